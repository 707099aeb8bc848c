"""How fast Waqai is on this machine: documents a second, cold start, memory.

The example articles are lengthened to about twenty sentences each and coded several times over. Clocks of shared
machines lie, so every rate is also given as a ratio to a fixed piece of plain Python work that is timed in the same run
(see `yardstick`): compare ratios between machines and versions, not seconds.

    python benchmarks/throughput.py
    python benchmarks/throughput.py --documents 100 --workers 1,2,4 --json
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import re
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import waqai
from waqai.coder import Mode

ARTICLES = Path(__file__).resolve().parent.parent / "examples" / "articles.jsonl"
SENTENCE_END = re.compile(r"(?<=[.؟!»])\s+")
SENTENCES = 20
FIRST_ARTICLE = "import sys, json, waqai; a = json.load(sys.stdin); waqai.load()(a['text'], date=a['date'])"

Article = dict[str, str]
MODES: tuple[Mode, ...] = ("lexicon", "full")


def long_articles(path: Path, count: int) -> list[Article]:
    """`count` articles of about twenty sentences, made by adding the following articles to each."""
    originals = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    made: list[Article] = []
    for index in range(count):
        sentences: list[str] = []
        step = 0
        while len(sentences) < SENTENCES:
            sentences += SENTENCE_END.split(originals[(index + step) % len(originals)]["text"])
            step += 1
        first = originals[index % len(originals)]
        made.append({**first, "id": f"{first['id']}-{index}", "text": " ".join(sentences[:SENTENCES])})
    return made


def yardstick(articles: Sequence[Article]) -> float:
    """Documents a second of a fixed piece of Python work (split, normalise, count); the median of five runs."""
    word = re.compile(r"\w+")
    letters = str.maketrans("أإآىة", "ااايه")
    rates = []
    for _ in range(5):
        start = time.perf_counter()
        for article in articles:
            counts: dict[str, int] = {}
            for found in word.finditer(article["text"].translate(letters)):
                for length in (2, 3, 4):
                    key = found.group()[:length]
                    counts[key] = counts.get(key, 0) + 1
        rates.append(len(articles) / (time.perf_counter() - start))
    return statistics.median(rates)


class Worker:
    """A process with a coder of its own. `coder` is made once, when the process starts."""

    coder: Callable[..., Any] | None = None

    @classmethod
    def start(cls, mode: Mode) -> None:
        """Build the coder of this process."""
        cls.coder = waqai.load(mode=mode)

    @classmethod
    def code(cls, article: Article) -> int:
        """The number of events of one article."""
        assert cls.coder is not None, "start first"
        document = cls.coder(article["text"], date=article["date"], outlet=article["outlet"], title=article["title"])
        return len(document.events or ())


def one_process(articles: Sequence[Article], mode: Mode) -> tuple[float, int]:
    """Documents a second in this process, and the number of events; the coder is warm."""
    Worker.start(mode)
    Worker.code(articles[0])
    start = time.perf_counter()
    events = sum(Worker.code(article) for article in articles)
    return len(articles) / (time.perf_counter() - start), events


def several_processes(articles: Sequence[Article], workers: int, mode: Mode) -> float:
    """Documents a second with `workers` processes that have already started."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=Worker.start, initargs=(mode,)) as pool:
        list(pool.map(Worker.code, articles[: workers * 4]))
        start = time.perf_counter()
        list(pool.map(Worker.code, articles, chunksize=4))
        return len(articles) / (time.perf_counter() - start)


def seconds(command: Sequence[str], given: str = "") -> float:
    """Wall-clock seconds of a command, the best of three."""
    took = []
    for _ in range(3):
        start = time.perf_counter()
        subprocess.run(command, input=given, text=True, capture_output=True, check=True)
        took.append(time.perf_counter() - start)
    return min(took)


def measure(documents: int, workers: Sequence[int]) -> dict[str, float | int]:
    """All figures of a run."""
    articles = long_articles(ARTICLES, documents)
    base = yardstick(articles)
    figures: dict[str, float | int] = {"documents": documents, "cores": os.cpu_count() or 1, "yardstick_per_s": base}
    python = sys.executable
    bare = seconds([python, "-c", "pass"])
    cold = seconds([python, "-c", FIRST_ARTICLE], json.dumps(articles[0]))
    figures |= {"bare_python_s": bare, "cold_start_s": cold, "cold_start_ratio": cold / bare}
    figures["help_s"] = seconds([python, "-m", "waqai.cli.app", "--help"])
    for mode in MODES:
        rate, events = one_process(articles, mode)
        figures |= {f"{mode}_per_s": rate, f"{mode}_ratio": rate / base, f"{mode}_events": events}
        for count in workers:
            rate = several_processes(articles, count, mode)
            figures |= {f"{mode}_workers_{count}_per_s": rate, f"{mode}_workers_{count}_ratio": rate / base}
    # Linux counts in kilobytes, macOS in bytes.
    unit = 1 if sys.platform == "darwin" else 1024
    figures["memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6
    return figures


def report(figures: dict[str, float | int]) -> str:
    """The figures for people."""
    first = f"{figures['documents']} articles of {SENTENCES} sentences"
    rest = [f"  {name:<28} {value:>10,.2f}" for name, value in figures.items() if name != "documents"]
    return "\n".join([first, *rest])


def main() -> None:
    """Read the options, measure, print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--documents", type=int, default=54, help="how many (default 54: each example three times)")
    options.add_argument("--workers", default="2", help="numbers of processes to try, with commas (default 2)")
    options.add_argument("--json", action="store_true", help="print one JSON object")
    given = options.parse_args()
    figures = measure(given.documents, [int(count) for count in given.workers.split(",")])
    print(json.dumps(figures) if given.json else report(figures))


if __name__ == "__main__":
    main()
