"""Earlier texts and codings of an article: what each said otherwise than what took its place."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from waqai.errors import UsageError
from waqai.server.comparing import Places, compare
from waqai.server.questions.appearances import FAMILY, standing
from waqai.server.shapes import ParticipantWords, Record
from waqai.server.version_shapes import Detail, EventChange, Version, Versions
from waqai.store import Reader

_MOST = 20


class _State(NamedTuple):
    """An article as it stood for a time: `row` of `earlier` or `documents`, and its events."""

    row: dict[str, Any]
    events: Sequence[Record]

    @property
    def article(self) -> tuple[str, str]:
        return self.row["title"] or "", self.row["text"] or ""


def count(reader: Reader, doc_id: str) -> int:
    """How many earlier texts and codings of a document are kept."""
    return int(reader.row(f"{FAMILY} SELECT count(*) AS n FROM earlier e JOIN family f ON e.doc_id = f.doc_id", {"docs": [doc_id]})["n"])


def versions(reader: Reader, doc_id: str) -> Versions:
    """The earlier states of a document, each beside what took its place. UsageError when the store has no such document."""
    root = standing(reader, doc_id)
    if root is None:
        raise UsageError("WQ-703", "there is no such document.", where=doc_id, advice="Search for it: GET /api/v1/documents.")
    rows = reader.rows(
        f"{FAMILY} SELECT e.* FROM earlier e JOIN family f ON e.doc_id = f.doc_id ORDER BY e.replaced_at DESC, e.doc_id LIMIT {_MOST}", {"docs": [root]}
    )
    current = reader.row("SELECT * FROM documents WHERE doc_id = $doc", {"doc": root})
    records = reader.rows("SELECT record FROM events WHERE doc_id = $doc ORDER BY part = 'text', trigger_start_char", {"doc": root})
    latest = _State(current, [Record.model_validate(json.loads(row["record"])) for row in records])
    states = [_State(row, [Record.model_validate(json.loads(record)) for record in row["records"] or ()]) for row in rows]
    found = [_version(state, _following(state, states) or latest) for state in states]
    return Versions(doc_id=root, versions=found, omitted=count(reader, root) - len(found))


def _following(state: _State, states: Sequence[_State]) -> _State | None:
    """The state that took the place of another and was itself replaced; `states` begin with the newest."""
    by, at = state.row["by_doc_id"], state.row["replaced_at"]
    return next((each for each in reversed(states) if each.row["doc_id"] == by and each.row["replaced_at"] > at), None)


def _version(before: _State, now: _State) -> Version:
    comparison, places = compare(before.article, now.article)
    row = before.row
    return Version(
        **{name: row[name] or "" for name in ("doc_id", "title", "outlet", "url", "coder")}, published=row["published"], replaced_at=row["replaced_at"],
        by_doc_id=now.row["doc_id"], by_coder=now.row["coder"], comparison=comparison if before.article != now.article else None,
        events=_event_changes(before, now, places),
    )


def _event_changes(before: _State, now: _State, places: Mapping[str, Places]) -> list[EventChange]:
    """Events of now in their order, then those gone. An event is kept where its type and the words of its trigger are, or its whole sentence."""
    waiting: dict[tuple[Any, ...], list[Record]] = defaultdict(list)
    for event in now.events:
        waiting[event.event_type, event.part, event.trigger.start].append(event)
    pairs: dict[int, Record] = {}
    left = []
    for event in before.events:
        same = waiting[event.event_type, event.part, places[event.part].now(event.trigger.start)]
        if same:
            pairs[id(same[0])] = event
            del same[0]
        else:
            left.append(event)
    moved: dict[tuple[Any, ...], list[Record]] = defaultdict(list)
    for event in now.events:
        if id(event) not in pairs:
            moved[_sentence(event, now)].append(event)
    gone = []
    for event in left:
        same = moved[_sentence(event, before)]
        if same:
            pairs[id(same.pop(0))] = event
        else:
            gone.append(event)
    return [_change(pairs.get(id(event)), event) for event in now.events] + [_change(event, None) for event in gone]


def _sentence(event: Record, state: _State) -> tuple[str, str, int]:
    """What finds an event again whose sentence has moved: type, words of the sentence, place in it."""
    whole = state.article[0 if event.part == "title" else 1]
    return event.event_type, whole[event.sentence_span.start : event.sentence_span.end], event.trigger.start - event.sentence_span.start


def _change(before: Record | None, now: Record | None) -> EventChange:
    if before is None or now is None:
        return EventChange(change="new" if before is None else "gone", before=before, now=now, differs=[])
    first, second = _details(before), _details(now)
    return EventChange(change="kept", before=before, now=now, differs=[name for name in first if first[name] != second[name]])


def _details(event: Record) -> dict[Detail, Any]:
    return {
        "actors": [_who(who) for who in event.actors], "recipients": [_who(who) for who in event.recipients],
        "object": event.object and event.object.text, "attribution": [(_who(who), who.anonymous) for who in event.attribution],
        "polarity": event.polarity, "modality": event.modality, "time": event.time and (event.time.from_, event.time.to),
        "place": event.place and (event.place.name_ar or event.place.text), "casualties": event.casualties,
    }


def _who(who: ParticipantWords) -> str:
    """Somebody known by identifier, else by the name: identifiers of unresolved actors belong to one text."""
    return (who.name_ar or who.text) if who.entity_id.startswith("local:") else who.entity_id
