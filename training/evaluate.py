"""Codes annotated text in every mode and notes the figures in runs.md: `python training/evaluate.py --scorer SCORE.py --made DIR NAME=INPUT=GOLD...`.

INPUT is JSONL with `id`, `text` and perhaps `date`; GOLD is what the scorer reads. The scorer is called with GOLD, our records and --json.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, get_args

import waqai
from waqai.coder import Mode

RUNS = Path(__file__).resolve().parent / "runs.md"
SHOWN = ("type", "w5", "actor", "recipient", "speaker", "country", "sector", "polarity", "modality", "day")


def coded(source: Path, mode: Mode, target: Path) -> None:
    """Write the records of every event of `source`."""
    command = [sys.executable, "-m", "waqai", "code", str(source), "--mode", mode, "--format", "jsonl", "--quiet"]
    with target.open("wb") as file:
        subprocess.run(command, stdout=file, check=True)


def figures(scorer: Path, gold: Path, records: Path) -> dict[str, Any]:
    """What the scorer says."""
    done = subprocess.run([sys.executable, str(scorer), str(gold), str(records), "--json"], capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def row(name: str, mode: str, found: dict[str, Any], made: str) -> str:
    """A line of the table in runs.md."""
    values = [str(found[key].get("F1", found[key].get("accuracy"))) if key in found else "" for key in SHOWN]
    return "| " + " | ".join([dt.date.today().isoformat(), waqai.__version__, name, mode, *values, made]) + " |\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+", metavar="NAME=INPUT=GOLD")
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--made", type=Path, help="folder of train.py whose made.json says how the network was made")
    parser.add_argument("--note", default="", help="what was tried")
    options = parser.parse_args()
    made = options.note + (" " + (options.made / "made.json").read_text(encoding="utf-8").strip() if options.made else "")
    for given in options.sets:
        name, source, gold = given.split("=")
        for mode in get_args(Mode):
            with tempfile.TemporaryDirectory() as folder:
                records = Path(folder) / "records.jsonl"
                coded(Path(source), mode, records)
                line = row(name, mode, figures(options.scorer, Path(gold), records), made.strip() if mode == "full" else "")
            print(line, end="", flush=True)
            with RUNS.open("a", encoding="utf-8") as file:
                file.write(line)


if __name__ == "__main__":
    main()
