"""Which articles of a collection are copies or versions of one another: `python benchmarks/copies.py news.jsonl [--pairs FILE]`.

Prints how many; writes pairs drawn with a fixed seed, to be judged by reading. Nothing is coded.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from waqai.document import Document
from waqai.identity import Article, Fingerprint, Sieve, Standing, Verdict
from waqai.ingest import read_inputs
from waqai.records import text_hash

SEED = 20261126


class _Nothing:
    """A store that is empty and stays so."""

    def standings(self, doc_ids: Sequence[str]) -> Mapping[str, Sequence[Standing]]:  # noqa: ARG002
        return {}

    def like(self, asked: Sequence[tuple[Article, Fingerprint]]) -> Sequence[Sequence[Article]]:
        return [[] for _ in asked]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("input")
    parser.add_argument("--pairs", type=Path, help="where to write pairs for reading, as JSON lines")
    parser.add_argument("--number", type=int, default=100)
    options = parser.parse_args()
    sieve, kinds, found = Sieve(_Nothing(), ""), Counter[str](), list[tuple[Article, Article, Verdict]]()
    began, articles = time.perf_counter(), dict[str, Article]()
    for item in read_inputs([options.input]):
        if not isinstance(item, Document):
            continue
        article = articles[item.id] = Article(item.id, item.text, item.outlet, item.url, item.published, text_hash(item))
        [verdict] = sieve.judge([article])
        if verdict.of:
            old = articles[verdict.of]
            kinds[verdict.kind] += 1
            kinds["other outlet"] += verdict.kind == "copy" and old.outlet != article.outlet
            kinds["to the word"] += verdict.kind == "copy" and verdict.share == 1.0
            found.append((article, old, verdict))
    seconds = time.perf_counter() - began
    print(f"{len(articles):,} articles, {kinds['copy']:,} copies ({kinds['to the word']:,} to the word, {kinds['other outlet']:,} of another outlet), "
          f"{kinds['version']:,} versions; {1000 * seconds / max(1, len(articles)):.1f} ms an article, reading included")
    if options.pairs:
        chosen = random.Random(SEED).sample(found, min(options.number, len(found)))
        with options.pairs.open("w", encoding="utf-8") as file:
            for new, old, like in chosen:
                days = [str(old.published), str(new.published)]
                row = {"kind": like.kind, "share": like.share, "outlets": [old.outlet, new.outlet], "published": days, "old": old.text, "new": new.text}
                file.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
