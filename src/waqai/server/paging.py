"""Lists page by page: a cursor holds the place of the last row, so that pages stay right while rows are added."""

from __future__ import annotations

import base64
import binascii
from typing import Any

import msgspec

from waqai.errors import UsageError

Place = tuple[Any, ...]


def pack(order: str, *place: str | float | int | None) -> str:
    """A cursor for the row after which to go on, in a list sorted by `order`."""
    return base64.urlsafe_b64encode(msgspec.json.encode([order, *place])).decode().rstrip("=")


def unpack(cursor: str | None, order: str, kinds: tuple[type | tuple[type, ...], ...]) -> Place | None:
    """The place that a cursor holds. UsageError when it is none of ours, or belongs to another order."""
    if not cursor:
        return None
    try:
        found = msgspec.json.decode(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)), type=list[Any])
    except (binascii.Error, ValueError, msgspec.MsgspecError) as error:
        raise _bad(cursor) from error
    if len(found) != len(kinds) + 1 or found[0] != order:
        raise _bad(cursor)
    if any(not isinstance(value, kind) for value, kind in zip(found[1:], kinds, strict=True)):
        raise _bad(cursor)
    return tuple(found[1:])


def _bad(cursor: str) -> UsageError:
    return UsageError("WQ-701", "is no cursor of this list.", where=cursor[:40], advice="Begin without one.")
