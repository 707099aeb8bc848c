"""What `waqai add` costs beside coding alone, and whether it keeps every page of a crawl once.

    python benchmarks/crawl.py write crawl/ --pages 20000 --copies 0.3 --broken 0.02
    python benchmarks/adding.py crawl/ --mode lexicon

Adds the crawl to a new store in one process, and codes a tenth of its pages by `waqai code` before and after, as baseline. Prints processor seconds a
page and a coded article, memory in each tenth of the way, and how the store compares with `truth.jsonl`. Exit status 1 when a page is missing or there twice.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

TENTHS = 10


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("crawl", type=Path)
    parser.add_argument("--mode", choices=["lexicon", "full"], default="lexicon")
    given = parser.parse_args()
    truth = [json.loads(line) for line in (given.crawl / "truth.jsonl").read_text(encoding="utf-8").splitlines()]
    folders = sorted(path for path in given.crawl.iterdir() if path.is_dir())
    sample = [str(path.absolute()) for path in folders[:: max(1, len(folders) // 2)][:2]]
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store.duckdb"
        before = coding(sample, given.mode)
        wall, seconds, memory = adding([str(path.absolute()) for path in folders], store, given.mode)
        after = coding(sample, given.mode)
        return report(truth, store, seconds, wall, memory, (before + after) / 2)


def coding(inputs: list[str], mode: str) -> float:
    """Processor seconds an article of `waqai code`, what it takes to start included."""
    began = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([sys.executable, "-m", "waqai", "code", *inputs, "--mode", mode], capture_output=True, encoding="utf-8", check=False)
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    [documents] = re.findall(r"([\d,]+) documents?(?: \(.*?\))? ·", done.stderr)
    return (ended.ru_utime + ended.ru_stime - began.ru_utime - began.ru_stime) / int(documents.replace(",", ""))


def adding(inputs: list[str], store: Path, mode: str) -> tuple[float, float, list[list[int]]]:
    """Seconds, processor seconds, and the memory in MB, twice a second, in each tenth of the way."""
    began, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [sys.executable, "-m", "waqai", "add", *inputs, "--store", str(store), "--mode", mode, "-q"]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    seen: list[int] = []
    while process.poll() is None:
        status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii") if Path(f"/proc/{process.pid}").exists() else ""
        seen += [int(line.split()[1]) // 1024 for line in status.splitlines() if line.startswith("VmRSS")]
        time.sleep(0.5)
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    tenths = [seen[len(seen) * tenth // TENTHS : max(len(seen) * (tenth + 1) // TENTHS, 1)] for tenth in range(TENTHS)]
    return time.perf_counter() - start, ended.ru_utime + ended.ru_stime - began.ru_utime - began.ru_stime, tenths


def report(truth: list[dict[str, str]], store: Path, seconds: float, wall: float, memory: list[list[int]], alone: float) -> int:
    """Print all figures; 1 when the store is not what it should be."""
    readable = [page for page in truth if not page["broken"]]
    texts = {" ".join(page["text"].split()) for page in readable}
    with duckdb.connect(str(store), read_only=True) as connection:
        held = [" ".join(row[0].split()) for row in connection.execute("SELECT text FROM documents").fetchall()]
        [(copies,)] = connection.execute("SELECT count(*) FROM copies").fetchall()
        [(earlier,)] = connection.execute("SELECT count(*) FROM earlier").fetchall()
        [(issues,)] = connection.execute("SELECT count(*) FROM issues WHERE fatal").fetchall()
    missing, twice = len(texts - set(held)), len(held) - len(set(held))
    each = seconds / (len(held) + earlier)
    print(f"{len(truth):,} pages, {len(readable):,} readable with {len(texts):,} texts")
    print(f"{len(held):,} documents, {copies:,} copies, {earlier:,} replaced, {issues:,} refused")
    print(f"texts missing {missing}, twice {twice}, of no page {len(set(held) - texts)}")
    print(f"{wall:.0f} s, {len(truth) / wall:.1f} pages a second")
    page = seconds / len(readable)
    print(f"processor, ms a page: {1000 * page:.1f}; by `waqai code`, which codes copies too, {1000 * alone:.1f}; ratio {page / alone:.3f}")
    print(f"processor, ms a coded article: {1000 * each:.1f}; ratio {each / alone:.3f}")
    print(f"memory in each tenth, median (most), MB: {' '.join(f'{statistics.median(seen):.0f} ({max(seen)})' for seen in memory if seen)}")
    return int(missing > 0 or twice > 0)


if __name__ == "__main__":
    sys.exit(main())
