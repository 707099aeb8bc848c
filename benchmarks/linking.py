"""What linking costs: its share of coding time, and what the actor base takes to load.

Articles are coded once undisturbed and once noting what the linker is asked; the questions are then put to a fresh linker, in their
order. Timing each call on the spot would mostly measure the clock. The share is a ratio of processor times of one run, so that a busy
machine moves it little.

    python benchmarks/linking.py
    python benchmarks/linking.py --articles news.jsonl --mode full
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from waqai.analysis.linking import Linker
from waqai.analysis.linking_home import Sighting
from waqai.coder import Coder, Mode, load
from waqai.document import Entity
from waqai.knowledge.actors import ActorBase
from waqai.knowledge.loader import Resources

ARTICLES = Path(__file__).resolve().parent.parent / "examples" / "articles.jsonl"
WANTED_SHARE, WANTED_SECONDS, WANTED_MB = 0.15, 0.3, 150
LOADS = 5


class NotingLinker(Linker):
    """A linker that notes what it is asked."""

    asked: list[Callable[[Linker], Any]]

    def link(self, words: Sequence[str], date: dt.date | None, home: str = "") -> Entity:
        """As Linker.link."""
        self.asked.append(lambda linker: linker.link(words, date, home))
        return super().link(words, date, home)

    def sightings(self, words: Sequence[str]) -> tuple[Sighting, ...]:
        """As Linker.sightings."""
        self.asked.append(lambda linker: linker.sightings(words))
        return super().sightings(words)


def code(coder: Coder, articles: Sequence[dict[str, str]]) -> float:
    """Processor seconds of coding articles."""
    begun = time.process_time()
    for article in articles:
        coder(article["text"], date=article.get("date"), outlet=article.get("outlet", ""), title=article.get("title", ""))
    return time.process_time() - begun


def share(path: Path, mode: Mode) -> tuple[float, int]:
    """The linker's part of the processor time of coding the articles of a file, and how often it is asked."""
    articles = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    whole = code(load(mode=mode), articles)
    coder, linker = load(mode=mode), NotingLinker(ActorBase.load(Resources()), state_sector="GOV")
    linker.asked = []
    coder.tools.linker.__dict__.update(linker.__dict__)
    coder.tools.linker.__class__ = NotingLinker
    code(coder, articles)
    fresh = Linker(ActorBase.load(Resources()), state_sector="GOV")
    begun = time.process_time()
    for ask in linker.asked:
        ask(fresh)
    return (time.process_time() - begun) / whole, len(linker.asked)


def loading() -> tuple[float, float]:
    """Processor seconds of loading the compiled actor base, the best of five, and the megabytes that one adds."""
    unit = 1 if sys.platform == "darwin" else 1024
    with tempfile.TemporaryDirectory() as folder:
        resources = Resources(cache=Path(folder))
        ActorBase.load(resources)
        before, kept, took = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, [], []
        for _ in range(LOADS):
            begun = time.process_time()
            kept.append(ActorBase.load(resources))
            took.append(time.process_time() - begun)
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    return min(took), grown * unit / 1e6 / len(kept)


def main() -> None:
    """Measure and print, with what is wanted beside it."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--articles", type=Path, default=ARTICLES, help="JSON lines with text and date (default: the examples)")
    options.add_argument("--mode", choices=("lexicon", "full"), default="lexicon")
    given = options.parse_args()
    seconds, megabytes = loading()
    part, calls = share(given.articles, given.mode)
    print(f"linker's share of coding time ({given.mode})  {part:.1%}  (wanted: under {WANTED_SHARE:.0%}; asked {calls} times)")
    print(f"loading the actor base                 {seconds * 1000:.0f} ms  (wanted: under {WANTED_SECONDS * 1000:.0f} ms)")
    print(f"memory of the actor base               {megabytes:.0f} MB  (wanted: under {WANTED_MB} MB)")


if __name__ == "__main__":
    main()
