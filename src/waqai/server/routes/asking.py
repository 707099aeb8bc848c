"""What is computed on request: files, SQL, the coding of a pasted article, the stream of news, the session."""

from __future__ import annotations

import datetime as dt
import hmac
from typing import Annotated

from fastapi import APIRouter, Header, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import Field, StringConstraints

from waqai.document import Document as Article
from waqai.document import document_id
from waqai.errors import StoreError, UsageError
from waqai.export.events import Format, columns_of, pieces
from waqai.issues import Issue
from waqai.records import Records
from waqai.server.filters import Filters, where
from waqai.server.pasted import as_document
from waqai.server.questions.documents import whole
from waqai.server.room import Room
from waqai.server.routes.common import TheRoom
from waqai.server.security import set_cookie
from waqai.server.shapes import Document, Given
from waqai.server.sql import Counter, SqlAnswer, SqlGiven

router = APIRouter(tags=["asking"])
_MEDIA: dict[Format, str] = {
    "csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson", "parquet": "application/vnd.apache.parquet",
    "geojson": "application/geo+json", "graphml": "application/graphml+xml; charset=utf-8",
}
Short = Annotated[str, StringConstraints(max_length=500)]


class ExportAsked(Filters):
    """Filters and form of a file of events."""

    format: Format = "csv"
    columns: Annotated[str, StringConstraints(max_length=2000)] = Field("", description="For csv: a comma list; all columns without it.")
    bom: bool = Field(False, description="For csv: begin with a byte mark, for Excel.")


class ArticleGiven(Given):
    """An article to be coded."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=200_000)]
    title: Short = ""
    date: dt.date | None = None
    outlet: Short = ""
    url: Short = ""


class SessionGiven(Given):
    """The token that lets in."""

    token: Annotated[str, StringConstraints(max_length=500)]


@router.get("/events/export", response_class=StreamingResponse)
def export(asked: Annotated[ExportAsked, Query()], room: TheRoom) -> StreamingResponse:
    """The events that the filters let through as a file. In csv, cells that a spreadsheet would run begin with an apostrophe."""
    columns = columns_of(asked.columns)
    content = pieces(room.store, asked.format, where(asked, room.forms), lambda: room.levels.of, columns=columns, bom=asked.bom)
    name = f'attachment; filename="waqai-events.{asked.format}"'
    return StreamingResponse(content, media_type=_MEDIA[asked.format], headers={"Content-Disposition": name, "Cache-Control": "no-store"})


@router.post("/sql", response_model=SqlAnswer)
def sql(given: SqlGiven, request: Request) -> SqlAnswer:
    """One SELECT over the tables of the store. It cannot write, read files, or run for long."""
    counter = request.app.state.counter
    assert isinstance(counter, Counter)
    return counter.ask(given.sql, given.parameters)


@router.post("/code", response_model=Document)
def code(given: ArticleGiven, room: TheRoom) -> Document:
    """Code an article and show it like one of the store. Nothing is kept."""
    article = Article("pasted", given.text, title=given.title, url=given.url, outlet=given.outlet, published=given.date)
    return as_document(_coded(article, room))


@router.post("/documents", response_model=Document, status_code=201)
def add(given: ArticleGiven, room: TheRoom) -> Document:
    """Code an article and keep it, one of the same text and address replaced. While the server runs, this is the way in."""
    if room.store.read_only:
        raise StoreError("WQ-611", "is open for reading only.", where=room.store.path.name)
    article = Article(document_id(given.text, given.url, given.outlet), given.text, title=given.title, url=given.url, outlet=given.outlet, published=given.date)
    records = _coded(article, room)
    room.store.add([records])
    room.changed()
    news = {"doc_id": records.document.doc_id, "events": [event.event_id for event in records.events], "data_version": room.version}
    room.feed.publish("events", news)
    with room.store.reader() as reader:
        return whole(reader, records.document.doc_id)


def _coded(article: Article, room: Room) -> Records:
    with room.coding:
        outcome = room.work(article)
    if isinstance(outcome, Issue):
        raise UsageError(outcome.code, outcome.message, advice=outcome.advice)
    return outcome


@router.get("/stream", response_class=StreamingResponse)
async def stream(room: TheRoom, last_event_id: Annotated[str, Header()] = "") -> StreamingResponse:
    """News as server-sent events: `events` for every article that is added, `decision` for every decision of a reviewer."""
    last = int(last_event_id) if last_event_id.isascii() and last_event_id.isdigit() and len(last_event_id) < 16 else None
    return StreamingResponse(room.feed.listen(last), media_type="text/event-stream", headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})


@router.post("/session", status_code=204)
def session(given: SessionGiven, request: Request, room: TheRoom) -> Response:
    """Let a browser in: keeps the token in a cookie that scripts cannot read."""
    if not room.settings.token or not hmac.compare_digest(given.token.encode(), room.settings.token.encode()):
        raise UsageError("WQ-710", "this is not the token.", advice="Open the address that `waqai serve` printed.")
    answer = Response(status_code=204)
    set_cookie(answer, given.token, secure=request.url.scheme == "https")
    return answer
