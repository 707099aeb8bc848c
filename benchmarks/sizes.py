"""How large results are: bytes an article as JSON lines, as shards of Parquet, and as a store.

    python benchmarks/sizes.py news.jsonl
    python benchmarks/sizes.py news.jsonl --mode lexicon --workers 2

Small inputs give large figures, because every file has a head and a store is made of blocks of 256 kB: use a thousand
articles or more.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from waqai.coder import Mode
from waqai.engines import Outcome, code_many, coder_name, make_work
from waqai.engines.arrow import TABLES
from waqai.engines.shards import plan, write
from waqai.ingest import read_inputs
from waqai.issues import Issue
from waqai.store import Store

_BATCH = 64


def outcomes(inputs: Sequence[str], mode: Mode, workers: int) -> list[Outcome]:
    """Everything coded, in memory: this is for some thousand articles."""
    return list(code_many(read_inputs(inputs), make_work(mode), workers=workers))


def shard_bytes(coded: Sequence[Outcome], folder: Path) -> dict[str, int]:
    """Bytes of one shard, table by table."""
    plan([], folder, {})
    write(folder, "all-0-0-000000-last", coded)
    return {table: sum(path.stat().st_size for path in (folder / table).iterdir()) for table in TABLES}


def store_bytes(coded: Sequence[Outcome], path: Path, coder: str) -> int:
    """Bytes of a store, filled in batches as `waqai add` fills it."""
    store = Store.open(path)
    store.begin_run(coder)
    for first in range(0, len(coded), _BATCH):
        store.add(coded[first : first + _BATCH])
    store.finish_run()
    store.close()
    return path.stat().st_size


def report(inputs: Sequence[str], mode: Mode, workers: int) -> Iterator[str]:
    """The lines of the report."""
    coded = outcomes(inputs, mode, workers)
    documents = [item.document for item in coded if not isinstance(item, Issue)]
    number = len(documents)
    yield f"{number:,} articles, {sum(document.events for document in documents) / number:.2f} events each, --mode {mode}"
    with tempfile.TemporaryDirectory() as name:
        sizes = {"text and title": sum(len((document.text + document.title).encode()) for document in documents)}
        sizes |= {f"parquet {table}": size for table, size in shard_bytes(coded, Path(name) / "coded").items()}
        sizes["parquet, all"] = sum(size for table, size in sizes.items() if table.startswith("parquet"))
        sizes["store"] = store_bytes(coded, Path(name) / "store.duckdb", coder_name(mode))
    for what, size in sizes.items():
        yield f"  {what:<20} {size / number:>8,.0f} bytes an article"


def main() -> None:
    """Read the options, measure, print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("inputs", nargs="+", help="files or folders")
    options.add_argument("--mode", choices=("full", "lexicon"), default="full")
    options.add_argument("--workers", type=int, default=1)
    given = options.parse_args()
    print(*report(given.inputs, given.mode, given.workers), sep="\n")


if __name__ == "__main__":
    main()
