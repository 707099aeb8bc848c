"""Which articles of a collection are copies or versions of one another: `python benchmarks/copies.py news.jsonl [--pairs FILE]`.

Prints how many; writes pairs drawn with a fixed seed, to be judged by reading. Nothing is coded.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter
from pathlib import Path

from waqai.document import Document
from waqai.identity import Article, Likeness, Recent, fingerprint, likeness
from waqai.ingest import read_inputs

SEED = 20261126


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("input")
    parser.add_argument("--pairs", type=Path, help="where to write pairs for reading, as JSON lines")
    parser.add_argument("--number", type=int, default=100)
    options = parser.parse_args()
    recent, kinds, found = Recent(), Counter[str](), list[tuple[Article, Article, Likeness]]()
    began, articles = time.perf_counter(), 0
    for item in read_inputs([options.input]):
        if not isinstance(item, Document):
            continue
        articles += 1
        article, seen = Article(item.id, item.text, item.outlet, item.url, item.published), fingerprint(item.text, item.url)
        likes = [(other, like) for other in recent.like(article, seen) if (like := likeness(article, other)) is not None]
        first = min(likes, key=lambda pair: pair[1].kind, default=None)
        if first is not None:
            kinds[first[1].kind] += 1
            kinds["other outlet"] += first[1].kind == "copy" and first[0].outlet != article.outlet
            kinds["to the word"] += first[1].kind == "copy" and first[1].share == 1.0
            found.append((article, *first))
        if first is None or first[1].kind == "version":
            recent.add(article, seen)
    seconds = time.perf_counter() - began
    print(f"{articles:,} articles, {kinds['copy']:,} copies ({kinds['to the word']:,} to the word, {kinds['other outlet']:,} of another outlet), "
          f"{kinds['version']:,} versions; {1000 * seconds / max(1, articles):.1f} ms an article, reading included")
    if options.pairs:
        chosen = random.Random(SEED).sample(found, min(options.number, len(found)))
        with options.pairs.open("w", encoding="utf-8") as file:
            for new, old, like in chosen:
                days = [str(old.published), str(new.published)]
                row = {"kind": like.kind, "share": like.share, "outlets": [old.outlet, new.outlet], "published": days, "old": old.text, "new": new.text}
                file.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
