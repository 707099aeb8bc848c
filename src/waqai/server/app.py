"""The app: routes, pages, and the wall around them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import APIRouter, FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import compile_path

import waqai
from waqai.server import manual, problems
from waqai.server.pages import FOLDER, pages
from waqai.server.problems import RESPONSES
from waqai.server.room import Room
from waqai.server.routes import asking, reading, review
from waqai.server.security import Wall
from waqai.server.sql import Counter

PREFIX = "/api/v1"
_ANY = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


def create_app(room: Room, *, built: Path = FOLDER) -> FastAPI:
    """An app that serves a room, with the pages of the folder `built`. The store stays the caller's, who closes it."""

    @asynccontextmanager
    async def living(app: FastAPI) -> AsyncIterator[None]:
        yield
        room.feed.close()
        app.state.counter.close()

    app = FastAPI(
        title="Waqai", version=waqai.__version__, openapi_url=f"{PREFIX}/openapi.json", docs_url=None, redoc_url=None, lifespan=living,
        description="Who did what to whom, when, where, and according to whom. Offsets count code points; days are ISO 8601.",
    )
    app.state.room, app.state.counter = room, Counter(room.store, room.settings)
    problems.install(app)
    api = APIRouter(prefix=PREFIX, responses=RESPONSES)
    for part in (review, asking, reading):
        api.include_router(part.router)
    app.include_router(api)
    manual.install(app, PREFIX)
    for path in ("/api", "/api/{rest:path}"):
        app.add_route(path, _unknown, methods=_ANY, include_in_schema=False)
    app.include_router(pages(built))
    app.add_middleware(Wall, settings=room.settings)
    return app


def _unknown(request: Request) -> Response:
    """What is below /api and no route is an error as JSON, never a page; a route asked in another way says which ways it takes."""
    described = request.app.openapi()["paths"]
    for path, methods in described.items():
        if compile_path(path)[0].match(request.url.path):
            raise HTTPException(405, headers={"Allow": ", ".join(method.upper() for method in methods)})
    raise HTTPException(404)
