"""Reviewed events in the format of the annotated reports: sentences, and events with words in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from waqai.records.rows import ActorRecord, EventRecord
from waqai.review.corrections import Article

_FULL = ("name", "office", "nominal")


class Mention(msgspec.Struct, frozen=True):
    """A mention of an entity: its words and how it refers."""

    entity_id: str
    kind: str
    text: str


def report(
    article: Article, date: str | None, style: str, events: Iterable[EventRecord], mentions: Sequence[Mention]
) -> dict[str, Any]:
    """One article as an annotated report; the headline, where it has sentences of its own, is the first of them."""
    ordered = sorted(article.sentences, key=lambda sentence: (sentence[0] == "text", sentence[2]))
    position = {(part, index): number for number, (part, index, _, _) in enumerate(ordered)}
    names = fullest(mentions)
    written = sorted(events, key=lambda event: (event.part == "text", event.trigger.start, event.event_id))
    return {
        "id": article.doc_id,
        "date": date,
        "style": style,
        "sentences": [(article.title if part == "title" else article.text)[start:end] for part, _, start, end in ordered],
        "events": [_event(event, position[event.part, event.sentence], names) for event in written if (event.part, event.sentence) in position],
    }


def sentences(whole: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A report sentence by sentence, words in place of mentions."""
    for number, text in enumerate(whole["sentences"]):
        events = [
            {
                name: [each["text"] for each in value] if name in {"actor", "recipient", "speaker"} else value
                for name, value in event.items()
                if name not in {"sentence", "day"}
            }
            for event in whole["events"]
            if event["sentence"] == number
        ]
        yield {"id": f"{whole['id']}-{number + 1}", "date": whole["date"], "style": whole["style"], "text": text, "events": events}


def fullest(mentions: Iterable[Mention]) -> dict[str, str]:
    """The fullest phrase for each entity: the longest name, else title, else noun phrase."""
    best: dict[str, tuple[int, int, str]] = {}
    for mention in mentions:
        if mention.kind in _FULL:
            rank = (-_FULL.index(mention.kind), len(mention.text), mention.text)
            if rank > best.get(mention.entity_id, (-len(_FULL), 0, "")):
                best[mention.entity_id] = rank
    return {entity_id: text for entity_id, (_, _, text) in best.items()}


def _event(event: EventRecord, sentence: int, names: dict[str, str]) -> dict[str, Any]:
    def people(who: Sequence[ActorRecord]) -> list[dict[str, str]]:
        return [{"text": _inside(each, event), "name": names.get(each.entity_id, each.text)} for each in who]

    return {
        "sentence": sentence,
        "type": event.event_type,
        "mode": list(event.modes),
        "trigger": event.trigger.text,
        "actor": people(event.actors),
        "actor_code": [_code(who) for who in event.actors],
        "recipient": people(event.recipients),
        "recipient_code": [_code(who) for who in event.recipients],
        "place": event.place.text if event.place else "",
        "time": event.time.text if event.time else "",
        "day": event.time.from_ if event.time and event.time.from_ == event.time.to else None,
        "polarity": event.polarity,
        "modality": event.modality,
        "speaker": people(event.attribution),
    }


def _inside(who: ActorRecord, event: EventRecord) -> str:
    """The words of a participant where they stand in the sentence of the event, "" where they do not."""
    within = event.sentence_span.start <= who.start and who.end <= event.sentence_span.end
    return who.text if within else ""


def _code(who: ActorRecord) -> str:
    return f"{who.country or '---'} {who.sector or '---'}"
