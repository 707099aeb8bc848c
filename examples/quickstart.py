"""Code the example articles and print one line for each event: when, who, did what, to whom, according to whom.

Run it from the root of the repository: `python examples/quickstart.py`. Give the path of another JSON lines file to
code that one instead.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import waqai
from waqai.document import Document, Event, Participant

ARTICLES = Path(__file__).parent / "articles.jsonl"


def names(event_slot: tuple[Participant, ...]) -> str:
    """The names of the fillers of a slot, in English where we know one."""
    return ", ".join(filler.entity.name_en or filler.entity.name_ar for filler in event_slot) or "?"


def line(document: Document, event: Event) -> str:
    """One event in one line."""
    day = event.time.interval.first if event.time and event.time.interval else document.published
    sources = [source.participant.entity.name_en or source.participant.entity.name_ar for source in event.attribution]
    told = f"  (according to: {' < '.join(reversed(sources))})" if sources else ""
    sign = "" if event.polarity == "affirmed" else "NOT "
    return f"{day}  {sign}{event.type:<10} {names(event.actors)} -> {names(event.recipients)}{told}"


def main(path: Path) -> None:
    """Code every article of a JSON lines file."""
    coder = waqai.load()
    for row in path.read_text(encoding="utf-8").splitlines():
        article = json.loads(row)
        document = coder(article["text"], date=article["date"], outlet=article["outlet"], title=article["title"])
        sys.stdout.write(f"\n{document.title}\n")
        for event in document.events or ():
            sys.stdout.write(f"  {line(document, event)}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES)
