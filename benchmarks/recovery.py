"""Kills `waqai add` at random points, again and again, and looks each time at what is there: `python benchmarks/recovery.py --kills 200`.

Articles are made up, each like no other but for copies. A run is killed at any moment of the time that a whole one takes. After every kill no
stored document may be missing, doubled or half there; when all articles are in, a new store is begun. Exit status 1 at the first fault.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

SEED, ARTICLES = 20261126, 600
STATES = ("مصر", "تونس", "العراق", "لبنان", "المغرب", "الأردن", "السودان", "اليمن", "قطر", "الكويت")
FAULTS = {
    "documents twice": "SELECT count(*) - count(DISTINCT doc_id) FROM documents",
    "copies twice": "SELECT count(*) - count(DISTINCT doc_id) FROM copies",
    "copies without original": "SELECT count(*) FROM copies WHERE of_doc_id NOT IN (SELECT doc_id FROM documents)",
    "events without document": "SELECT count(*) FROM events WHERE doc_id NOT IN (SELECT doc_id FROM documents)",
    "events missing": "SELECT count(*) FROM documents d WHERE d.events <> (SELECT count(*) FROM events e WHERE e.doc_id = d.doc_id)",
    "without index": "SELECT count(*) FROM documents WHERE doc_id NOT IN (SELECT doc_id FROM search_documents)",
    "without fingerprint": "SELECT count(*) FROM documents WHERE doc_id NOT IN (SELECT doc_id FROM fingerprints)",
}


def write(path: Path, chance: random.Random) -> None:
    """Articles as JSON lines; every fifth is a copy of the one before."""
    text = ""
    with path.open("w", encoding="utf-8") as file:
        for number in range(ARTICLES):
            if number % 5 != 4:
                text = " ".join(f"أدانت {chance.choice(STATES)} الهجوم رقم {chance.randrange(100_000)} على سفارتها." for _ in range(12))
            file.write(json.dumps({"id": f"d{number}", "text": text, "date": "2019-04-19", "outlet": f"outlet {number % 3}"}) + "\n")


def look(store: Path) -> tuple[set[str], list[str]]:
    """What is stored, and the faults found."""
    with duckdb.connect(str(store)) as connection:
        if not connection.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'search_postings'").fetchone():
            return set(), []
        found = {row[0] for row in connection.execute("SELECT doc_id FROM documents UNION ALL SELECT doc_id FROM copies").fetchall()}
        counts = {fault: connection.execute(asked).fetchall()[0][0] for fault, asked in FAULTS.items()}
    return found, [f"{number} {fault}" for fault, number in counts.items() if number]


def remove(folder: Path) -> None:
    """The store and its log."""
    for path in folder.glob("x.duckdb*"):
        path.unlink()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    options = parser.parse_args()
    chance, kills, whole, stored = random.Random(SEED), 0, 0, 0
    with tempfile.TemporaryDirectory() as folder:
        store, before = Path(folder) / "x.duckdb", set[str]()
        write(Path(folder) / "news.jsonl", chance)
        command = [sys.executable, "-m", "waqai", "add", "news.jsonl", "--store", "x.duckdb", "--mode", "lexicon", "--quiet"]
        started = time.monotonic()
        subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, check=True)
        whole_run = time.monotonic() - started
        remove(Path(folder))
        while kills < options.kills:
            process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
            time.sleep(whole_run * chance.random())
            ended = process.poll() is not None
            process.send_signal(signal.SIGKILL)
            process.wait()
            kills += not ended
            if not store.exists():
                continue
            found, faults = look(store)
            if before - found:
                faults.append(f"{len(before - found)} lost")
            if faults:
                print(f"after {kills} kills: {', '.join(faults)}")
                sys.exit(1)
            stored += len(found - before)
            before = found
            if len(found) == ARTICLES:
                whole, before = whole + 1, set()
                remove(Path(folder))
    print(f"{kills} kills, {stored:,} articles stored in between, {whole} stores of {ARTICLES} finished: nothing lost, doubled or half there")


if __name__ == "__main__":
    main()
