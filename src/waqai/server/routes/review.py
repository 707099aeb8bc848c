"""Review: what waits, decisions, the log, and what was reviewed as annotations."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, Query, Request
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from waqai.errors import UsageError
from waqai.records.rows import EventRecord
from waqai.review import corrections, gold
from waqai.server.directory import Directory, article
from waqai.server.filters import Filters, where
from waqai.server.questions import events, review
from waqai.server.review_shapes import Candidates, Decided, DecisionGiven, Log, Queue, UndoGiven
from waqai.server.room import Room
from waqai.server.routes.common import Cursor, TheReader, TheRoom
from waqai.store import Decision, Reader

router = APIRouter(prefix="/review", tags=["review"])
Text = Annotated[str, StringConstraints(max_length=500)]


class QueueAsked(Filters):
    """Filters, order and page of the queue."""

    order: review.Order = "confidence"
    limit: Annotated[int, Field(ge=1, le=100)] = 20
    cursor: Cursor = None


class LogAsked(BaseModel):
    """Which decisions."""

    model_config = ConfigDict(extra="forbid")

    reviewer: Text = ""
    action: Literal["", "accept", "correct", "reject", "add", "unsure", "undo"] = ""
    event_id: Text = ""
    doc_id: Text = ""
    limit: Annotated[int, Field(ge=1, le=500)] = 50
    cursor: Cursor = None


class EntitiesAsked(BaseModel):
    """Words of a name, and the document in which they stand."""

    model_config = ConfigDict(extra="forbid")

    q: Annotated[str, StringConstraints(max_length=200)] = ""
    doc_id: Text = ""


class ExportAsked(BaseModel):
    """How to write what was reviewed."""

    model_config = ConfigDict(extra="forbid")

    format: Literal["reports", "sentences"] = "reports"
    complete: bool = Field(True, description="Only documents all of whose events were decided about; else all that have a decision.")


@router.get("/queue", response_model=Queue)
def get_queue(asked: Annotated[QueueAsked, Query()], reader: TheReader, room: TheRoom) -> Queue:
    """Events that nobody has decided about, or with `review=unsure` those about which somebody was unsure: the least certain first, or the newest."""
    chosen = where(asked, room.forms)
    return review.queue(reader, chosen, unsure=asked.review == "unsure", order=asked.order, limit=asked.limit, cursor=asked.cursor)


@router.get("/log", response_model=Log)
def get_log(asked: Annotated[LogAsked, Query()], reader: TheReader) -> Log:
    """Every decision and undo, with who and when, the newest first."""
    wanted = asked.model_dump(include={"reviewer", "action", "event_id", "doc_id"})
    return review.log(reader, wanted, limit=asked.limit, cursor=asked.cursor)


@router.get("/entities", response_model=Candidates)
def get_entities(asked: Annotated[EntitiesAsked, Query()], reader: TheReader, room: TheRoom) -> Candidates:
    """Whom the words of a reviewer may mean."""
    return review.candidates(reader, room.actors, asked.q, asked.doc_id)


@router.get("/export", response_class=StreamingResponse)
def export(asked: Annotated[ExportAsked, Query()], room: TheRoom) -> StreamingResponse:
    """What was reviewed, as annotated reports or sentences: one JSON object a line."""

    def lines() -> Iterator[bytes]:
        with room.store.reader() as reader:
            for report in review.reports(reader, complete=asked.complete):
                for row in [report] if asked.format == "reports" else gold.sentences(report):
                    yield msgspec.json.encode(row) + b"\n"

    name = f'attachment; filename="waqai-reviewed-{asked.format}.jsonl"'
    return StreamingResponse(lines(), media_type="application/x-ndjson", headers={"Content-Disposition": name, "Cache-Control": "no-store"})


@router.post("/decisions", response_model=Decided)
def decide(given: DecisionGiven, request: Request, room: TheRoom) -> Decided:
    """Accept, correct or reject an event, say that you are unsure, or add one that was missed. It takes effect at once, and can be undone."""
    with room.store.reader() as reader:
        decision = _decision(given, _reviewer(request, room, given.reviewer), reader, room)
    return _done(room, room.store.decide(decision), decision.action, decision.event_id, decision.reviewer)


@router.post("/undo", response_model=Decided)
def undo(given: UndoGiven, request: Request, room: TheRoom) -> Decided:
    """Take a decision back, the latest of its event."""
    reviewer = _reviewer(request, room, given.reviewer)
    number = room.store.undo(given.review_id, reviewer)
    with room.store.reader() as reader:
        event_id = reader.row("SELECT event_id FROM reviews WHERE review_id = $id", {"id": number})["event_id"]
    return _done(room, number, "undo", event_id, reviewer)


def _decision(given: DecisionGiven, reviewer: str, reader: Reader, room: Room) -> Decision:
    """What was sent as what the store keeps, with the record that follows from it."""
    changes = corrections.changes_of(given.changes.model_dump(mode="json", by_alias=True, exclude_unset=True))
    if given.action == "add":
        if not given.doc_id:
            raise UsageError("WQ-640", "which document is it?", where="doc_id")
        text, published, _ = article(reader, given.doc_id)
        directory = Directory(reader, given.doc_id, published, room.actors, room.levels)
        event = corrections.added(changes, text, directory, room.ontology, uuid.uuid4().hex)
        return Decision(reviewer, "add", event.event_id, event.doc_id, event, given.note)
    event = _event(reader, given.event_id)
    after: EventRecord | None = None
    if given.action == "accept":
        after = corrections.accepted(event)
    elif given.action == "unsure":
        after = event
    elif given.action == "correct":
        if not given.changes.model_fields_set - {"part"}:
            raise UsageError("WQ-641", "nothing was changed.", where="changes", advice='Send "accept" where the event is right.')
        text, published, _ = article(reader, event.doc_id)
        directory = Directory(reader, event.doc_id, published, room.actors, room.levels)
        after = corrections.corrected(event, changes, text, directory, room.ontology)
    return Decision(reviewer, given.action, event.event_id, event.doc_id, after, given.note, given.basis)


def _event(reader: Reader, event_id: str) -> EventRecord:
    """The record of an event as it is now; a rejected one as it was. UsageError when there is none."""
    row = reader.row("SELECT record FROM events WHERE event_id = $id", {"id": event_id}) or reader.row(
        "SELECT before AS record FROM decisions WHERE event_id = $id AND before IS NOT NULL", {"id": event_id}
    )
    if not row:
        raise UsageError("WQ-702", "there is no such event.", where=event_id, advice="Search for it: GET /api/v1/events.")
    return msgspec.json.decode(row["record"], type=EventRecord)


def _done(room: Room, number: int, action: str, event_id: str, reviewer: str) -> Decided:
    room.changed()
    with room.store.reader() as reader:
        found = events.some(reader, "e.event_id = $id", {"id": event_id})
        doc_id = reader.row("SELECT doc_id FROM reviews WHERE review_id = $id", {"id": number})["doc_id"]
    news: dict[str, Any] = {
        "review_id": number, "action": action, "event_id": event_id, "doc_id": doc_id, "reviewer": reviewer, "data_version": room.version,
    }
    room.feed.publish("decision", news)
    return Decided(review_id=number, event=found[0] if found else None)


def _reviewer(request: Request, room: Room, given: str) -> str:
    """Who decides: whom the reverse proxy names, else the name that was sent."""
    return str(request.scope.get("waqai.reviewer") or given.strip() or room.settings.reviewer)
