"""Fits the confidence of events to held-out annotation: `python training/calibrate.py --texts SENTENCES.jsonl --held-out N GOLD.jsonl...`.

Codes the records that train.py left out with the same N, compares every event with the annotation (right: same type, a word of the
trigger in common), fits a logistic curve over the log odds of the network (Platt 1999), writes it beside the network and prints how often
events of each confidence were right.
"""

from __future__ import annotations

import argparse
import itertools
import json
from collections.abc import Iterable
from pathlib import Path

import numpy as np

import waqai
from examples import Record, is_held_out, located, read_records
from export import TARGET
from waqai.document import Document

_STEPS, _RATE, _LEAST = 4000, 0.05, 1e-3
BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)


def judged(coder: waqai.Coder, records: Iterable[Record]) -> list[tuple[float, bool]]:
    """Confidence of every event of the records that the network found, and whether the annotation has it."""
    found: list[tuple[float, bool]] = []
    for record in records:
        document = coder.code(Document(record["id"], record["text"]))
        gold = [(event["type"], span) for span, _, event in located(record)]
        for event in document.events or ():
            if any(evidence.kind == "model" and evidence.slot == "type" for evidence in event.evidence):
                right = any(kind == event.type and span.overlaps(event.trigger.span) for kind, span in gold)
                found.append((event.confidence, right))
    return found


def fit(scores: np.ndarray, right: np.ndarray) -> tuple[float, float]:
    """Slope and intercept of the logistic curve over log odds."""
    clipped = np.clip(scores, _LEAST, 1 - _LEAST)
    odds = np.log(clipped / (1 - clipped))
    slope, intercept = 1.0, 0.0
    for _ in range(_STEPS):
        wrong = 1 / (1 + np.exp(-(slope * odds + intercept))) - right
        slope -= _RATE * float((wrong * odds).mean())
        intercept -= _RATE * float(wrong.mean())
    return slope, intercept


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--texts", type=Path, required=True)
    parser.add_argument("--held-out", type=int, required=True, metavar="N")
    options = parser.parse_args()
    texts = {row["id"]: row["text"] for row in map(json.loads, options.texts.open(encoding="utf-8"))}
    records = [record for record in read_records(options.gold, texts) if is_held_out(record, options.held_out)]
    target = TARGET / "calibration.json"
    target.write_text('{"slope": 1.0, "intercept": 0.0}\n', encoding="utf-8")
    raw = judged(waqai.load(), records)
    slope, intercept = fit(np.array([score for score, _ in raw]), np.array([right for _, right in raw]))
    target.write_text(json.dumps({"slope": round(slope, 4), "intercept": round(intercept, 4)}) + "\n", encoding="utf-8")
    calibrated = judged(waqai.load(), records)
    print(f"{len(raw)} events of {len(records)} records; slope {slope:.3f}, intercept {intercept:.3f}")
    for low, high in itertools.pairwise(BINS):
        inside = [(score, right) for score, right in calibrated if low <= score < high]
        if inside:
            said, were = np.mean([score for score, _ in inside]), np.mean([right for _, right in inside])
            print(f"| {low:.1f} to {min(high, 1.0):.1f} | {len(inside)} | {said:.2f} | {were:.2f} |")


if __name__ == "__main__":
    main()
