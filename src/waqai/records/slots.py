"""The slots of an event with their words and the reasons for them: what `explain` and the notebook show."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from waqai.document import Document, Entity, Event, Evidence, Participant, Span
from waqai.records.convert import Converter
from waqai.records.rows import EventRecord


class Slot(msgspec.Struct, frozen=True):
    """A slot that is filled: its words in the text, what they were resolved to, and why."""

    name: str
    span: Span | None
    value: str
    reasons: tuple[str, ...]


def with_records(document: Document, converter: Converter) -> Iterator[tuple[Document, Event, EventRecord]]:
    """Every event of a coded document with its record, and the part (headline or text) that it stands in."""
    records = iter(converter.records(document).events)
    for part in (document,) if document.headline is None else (document.headline, document):
        for event in part.events or ():
            yield part, event, next(records)


def slots_of(event: Event) -> list[Slot]:
    """The slots of an event in the order in which people read them."""
    slots = [Slot("type", event.trigger.span, " ".join([event.type, *event.modes]), _reasons(event, "type"))]
    slots += [_participant("actor", who, event) for who in event.actors]
    slots += [_participant("recipient", who, event) for who in event.recipients]
    if event.about is not None:
        slots.append(Slot("object", event.about, "", _reasons(event, "object", "about")))
    for source in event.attribution:
        slots.append(_participant("attribution", source.participant, event))
        hidden = ", anonymous" if source.anonymous else ""
        slots.append(Slot("cue", source.cue, source.cue_lemma + hidden, ()))
    slots += _circumstances(event)
    for name, value, usual in (("polarity", event.polarity, "affirmed"), ("modality", event.modality, "actual")):
        reasons = _reasons(event, name)
        if value != usual or reasons:
            slots.append(Slot(name, None, value, reasons))
    return slots


def _circumstances(event: Event) -> list[Slot]:
    slots = []
    if event.time is not None:
        days = event.time.interval
        value = f"{days.first} to {days.last}" if days and days.first != days.last else str(days.first) if days else ""
        why = f"rule:{event.time.rule}" + (
            f", anchored by {event.time.anchor}" if days else f", {event.time.unresolved}"
        )
        slots.append(Slot("time", event.time.span, value or "unresolved", (*_reasons(event, "time"), why)))
    if event.place is not None:
        place = event.place.place
        value = ", ".join(part for part in (place.name_en, place.country) if part) if place else "not in the gazetteer"
        slots.append(Slot("place", event.place.span, value, _reasons(event, "place")))
    losses = (("killed", event.casualties.killed), ("injured", event.casualties.injured))
    if any(number is not None for _, number in losses):
        value = ", ".join(f"{number} {what}" for what, number in losses if number is not None)
        slots.append(Slot("casualties", None, value, _reasons(event, "casualties", "killed", "injured")))
    return slots


def _participant(slot: str, who: Participant, event: Event) -> Slot:
    span = who.mention.span
    mine = [
        evidence
        for evidence in event.evidence
        if evidence.slot == slot and any(span.overlaps(each) for each in evidence.spans)
    ]
    reasons = dict.fromkeys(_reason(evidence) for evidence in (*mine, *who.evidence))
    return Slot(slot, span, _entity(who.entity), tuple(reasons))


def _entity(entity: Entity) -> str:
    code = " ".join(part for part in (entity.country, entity.sector) if part)
    name = entity.name_en or entity.name_ar
    role = f", {entity.role}" if entity.role else ""
    return f"{name}{role} ({code})" if code else f"{name}{role}"


def _reasons(event: Event, *names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_reason(evidence) for evidence in event.evidence if evidence.slot in names))


def _reason(evidence: Evidence) -> str:
    score = "" if evidence.score is None else f" {evidence.score:.2f}"
    return f"{evidence.kind}:{evidence.name}{score}"
