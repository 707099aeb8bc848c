"""Annotation of real sentences without their text, which belongs to the newspapers: `python training/labels.py GOLD.jsonl... > data/labels.jsonl`.

A line is {"id", "events"}; every slot of an event is a pair of offsets into the text of that id, or a list of pairs.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

Record = dict[str, Any]
SINGLE, LISTS = ("trigger", "place", "time"), ("actor", "recipient", "speaker")


def packed(record: Record) -> Record:
    """The record with offsets for words. ValueError when words do not stand in the text."""
    return {"id": record["id"], "events": [_packed(record["text"], event) for event in record["events"]]}


def _packed(text: str, event: Record) -> Record:
    at = text.index(event["trigger"])
    spans = {name: _span(text, event[name], at) if event[name] else None for name in SINGLE}
    lists = {name: [_span(text, words, at) for words in event[name]] for name in LISTS}
    return event | spans | lists


def _span(text: str, words: str, near: int) -> list[int]:
    """The occurrence nearest to `near`."""
    starts = [match.start() for match in re.finditer(re.escape(words), text)]
    if not starts:
        raise ValueError(f"{words!r} does not stand in {text!r}")
    start = min(starts, key=lambda at: abs(at - near))
    return [start, start + len(words)]


def unpacked(record: Record, texts: Mapping[str, str]) -> Record:
    """The record with its text and the words of each slot. KeyError when `texts` lacks its id."""
    text = texts[record["id"]]
    return {"id": record["id"], "text": text, "events": [_unpacked(text, event) for event in record["events"]]}


def _unpacked(text: str, event: Record) -> Record:
    words = {name: text[slice(*event[name])] if event[name] else "" for name in SINGLE}
    lists = {name: [text[slice(*span)] for span in event[name]] for name in LISTS}
    return event | words | lists


def main(paths: Iterable[str]) -> None:
    for path in paths:
        for line in Path(path).read_text(encoding="utf-8").splitlines():
            sys.stdout.write(json.dumps(packed(json.loads(line)), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
