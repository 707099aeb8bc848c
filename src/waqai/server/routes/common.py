"""What all routes share: the room, a reader for the request, and answers that are computed once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Annotated, TypeAlias

from fastapi import Depends, Request
from fastapi.responses import Response
from pydantic import BaseModel, StringConstraints

from waqai.server.room import Room
from waqai.store import Reader

Id: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=500)]
Cursor: TypeAlias = Annotated[str, StringConstraints(max_length=2000)] | None


def room_of(request: Request) -> Room:
    """The room that the app was made with."""
    room = request.app.state.room
    assert isinstance(room, Room)
    return room


def reader_of(request: Request) -> Iterator[Reader]:
    """A reader for one request."""
    with room_of(request).store.reader() as reader:
        yield reader


TheRoom: TypeAlias = Annotated[Room, Depends(room_of)]
TheReader: TypeAlias = Annotated[Reader, Depends(reader_of)]


def remembered(request: Request, make: Callable[[Reader], BaseModel]) -> Response:
    """An answer that is computed once for each state of the store; 304 when the asker has it already."""
    body, tag = room_of(request).remembered(f"{request.url.path}?{request.url.query}", make)
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)
