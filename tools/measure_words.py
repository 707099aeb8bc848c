"""Measures which words that report an event the frames know: `python tools/measure_words.py GOLD.jsonl... [--sample N] [--seed S]`.

A trigger is known when one of its words is a verb, noun or participle of some frame, whatever its type. Prints the share by type and the
triggers that are not known. GOLD is annotated sentences, JSONL with "text" and "events".
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from pathlib import Path
from typing import Any

import waqai
from waqai.document import Document, Token
from waqai.knowledge.frames import FrameBook
from waqai.knowledge.loader import Resources


def known(book: FrameBook, token: Token) -> bool:
    """Whether some frame has the word."""
    return any(
        (reading.pos == "verb" and reading.lemma in book.by_verb) or reading.stem in book.by_noun or reading.stem in book.by_participle
        for reading in token.readings
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--sample", type=int, default=0, help="only so many sentences, drawn at random")
    parser.add_argument("--seed", type=int, default=20261126)
    options = parser.parse_args()
    records: list[dict[str, Any]] = [json.loads(line) for path in options.gold for line in path.open(encoding="utf-8")]
    if options.sample:
        records = random.Random(options.seed).sample(sorted(records, key=lambda record: record["id"]), options.sample)
    coder, book = waqai.load(mode="lexicon"), FrameBook.load(Resources())
    seen: Counter[str] = Counter()
    found: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for record in records:
        document = coder.stages[0].run(Document(record["id"], record["text"]))
        tokens = [token for sentence in document.sentences or () for token in sentence.tokens]
        for event in record["events"]:
            start = record["text"].find(event["trigger"])
            words = [token for token in tokens if token.span.start < start + len(event["trigger"]) and start < token.span.end]
            seen[event["type"]] += 1
            if any(known(book, token) for token in words):
                found[event["type"]] += 1
            else:
                missed[f"{event['type']} {event['trigger']}"] += 1
    print(f"{len(records)} sentences, {seen.total()} events, {100 * found.total() / max(1, seen.total()):.1f} % of their words known")
    for name, count in seen.most_common():
        print(f"  {name:10} {count:5} {100 * found[name] / count:6.1f} %")
    print("not known:", ", ".join(f"{words} ({count})" if count > 1 else words for words, count in missed.most_common()))


if __name__ == "__main__":
    main()
