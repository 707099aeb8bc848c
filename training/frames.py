"""The examples and counter-examples of the frames as short training sentences: `python training/frames.py > frames.jsonl`.

What an example leaves open (polarity, modality, a participant) is as the frames alone code it. An example in which they see other events
than its own, and a counter-example in which they see any, are left out: nobody has checked those.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

import waqai
from waqai.document import Document, Event, Participant
from waqai.knowledge.frames import Example, Frame, FrameBook
from waqai.knowledge.loader import Resources

Record = dict[str, Any]


def records(coder: waqai.Coder, frames: FrameBook) -> Iterator[Record]:
    """One record a sentence; a sentence that is an example of several frames has the events of all."""
    given: dict[str, list[tuple[Frame, Example]]] = {}
    for frame in frames.frames.values():
        for example in frame.examples:
            given.setdefault(example.text, []).append((frame, example))
        for text in frame.counter:
            given.setdefault(text, [])
    for number, (text, examples) in enumerate(given.items()):
        document = coder(text)
        coded = [_coded(document, event) for event in document.events or ()]
        events = [_own(coded, frame, example) for frame, example in examples]
        if len(coded) <= len(events):
            yield {"id": f"frame-{number}", "text": text, "events": events}


def _own(coded: list[Record], frame: Frame, example: Example) -> Record:
    """The event of an example: what was coded of its type and words, under the participants that the example gives."""
    found = next((event for event in coded if event["type"] == frame.type and _shared(event["trigger"], example.trigger)), _nothing(frame))
    given = {"actor": list(example.actor), "recipient": list(example.recipient)}
    return found | {"trigger": example.trigger} | {role: words for role, words in given.items() if words}


def _nothing(frame: Frame) -> Record:
    return {
        "type": frame.type, "mode": list(frame.modes), "actor": [], "recipient": [], "place": "", "time": "", "polarity": "affirmed",
        "modality": "actual", "speaker": [],
    }


def _shared(one: str, other: str) -> bool:
    return one in other or other in one


def _coded(document: Document, event: Event) -> Record:
    def words(participants: tuple[Participant, ...]) -> list[str]:
        return [p.mention.span.text(document.text) for p in participants]

    return {
        "type": event.type, "mode": list(event.modes), "trigger": event.trigger.span.text(document.text), "actor": words(event.actors),
        "recipient": words(event.recipients), "place": event.place.span.text(document.text) if event.place else "",
        "time": event.time.span.text(document.text) if event.time else "", "polarity": event.polarity, "modality": event.modality,
        "speaker": words(tuple(source.participant for source in event.attribution)),
    }


def main() -> None:
    for record in records(waqai.load(mode="lexicon"), FrameBook.load(Resources())):
        sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
