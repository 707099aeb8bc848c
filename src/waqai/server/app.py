"""The app: routes, pages, and the wall around them."""

from __future__ import annotations

from fastapi import APIRouter, FastAPI

import waqai
from waqai.server import problems
from waqai.server.problems import RESPONSES
from waqai.server.room import Room
from waqai.server.routes import asking, reading, review
from waqai.server.security import Wall
from waqai.server.sql import Counter

PREFIX = "/api/v1"


def create_app(room: Room) -> FastAPI:
    """An app that serves a room. The store stays the caller's, who closes it."""
    app = FastAPI(
        title="Waqai", version=waqai.__version__, openapi_url=f"{PREFIX}/openapi.json", docs_url=None, redoc_url=None,
        description="Who did what to whom, when, where, and according to whom. Offsets count code points; days are ISO 8601.",
    )
    app.state.room, app.state.counter = room, Counter(room.store, room.settings)
    problems.install(app)
    api = APIRouter(prefix=PREFIX, responses=RESPONSES)
    for part in (review, asking, reading):
        api.include_router(part.router)
    app.include_router(api)
    app.add_middleware(Wall, settings=room.settings)
    return app
