"""Learns whose the army, the police, the demonstrators of a sentence are: `python training/home.py --texts raw.jsonl GOLD.jsonl... > home.tsv`.

A conditional logit over the states that a sentence speaks of, by gradient descent with a quadratic penalty; a few seconds to learn.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

import waqai
from examples import Record, is_held_out, located, opened, read_records
from waqai.analysis.grammar import Grammar
from waqai.analysis.linking_home import evidence
from waqai.analysis.participants import Discourse, tokens_of
from waqai.document import Document, Span
from waqai.knowledge.loader import PACKAGED, Resources

Array = npt.NDArray[np.float64]
STEPS, RATE, PENALTY = 600, 0.05, 0.003
TABLE = "actors/home.tsv"


@dataclass(frozen=True)
class Case:
    """A participant without a state of its own: what speaks for each candidate, and which of them is right (-1: none)."""

    evidence: list[dict[str, float]]
    right: int


def cases(coder: waqai.Coder, record: Record) -> Iterator[Case]:
    """The participants of a record whose state only the sentence or the document can tell."""
    document, discourse = opened(coder, record)
    events = list(located(record))
    for sentence, parse in zip(document.sentences or (), document.parses or (), strict=True):
        grammar = Grammar(sentence, parse)
        seen = discourse.sightings(grammar, [p for p in document.places or () if p.sentence == sentence.index])
        for trigger, _, event in events:
            if not sentence.span.start <= trigger.start < sentence.span.end:
                continue
            place = _place(document, sentence.span, event["place"])
            for words, state in _coded(event):
                at = document.text.find(words, sentence.span.start, sentence.span.end)
                tokens = tokens_of(grammar, Span(at, at + len(words))) if at >= 0 else []
                if not tokens:
                    continue
                participant = discourse.words(grammar, tokens[0], tokens[-1], None, "annotation")
                if state != "---" and _open(discourse, grammar, tokens):
                    candidates = list(dict.fromkeys(filter(None, (*(s.country for s in seen), discourse.about, place))))
                    found = [evidence(c, seen, tokens[0], participant.entity.sector, discourse.about, place) for c in candidates]
                    yield Case(found, candidates.index(state) if state in candidates else -1)


def _open(discourse: Discourse, grammar: Grammar, tokens: list[int]) -> bool:
    words = [grammar.tokens[i].folded for i in tokens]
    return not discourse.linker.link(words, discourse.date).country and bool(discourse.linker.link(words, discourse.date, "FRA").country)


def _coded(event: Record) -> Iterator[tuple[str, str]]:
    for role in ("actor", "recipient"):
        for value, code in zip(event[role], event[role + "_code"], strict=True):
            words = value if isinstance(value, str) else value["text"]
            if words:
                yield words, code.split()[0]


def _place(document: Document, sentence: Span, words: str) -> str:
    at = document.text.find(words, sentence.start, sentence.end) if words else -1
    span = Span(at, at + len(words)) if at >= 0 else None
    return next((p.place.country for p in document.places or () if span and p.place and p.span.overlaps(span)), "")


def learn(found: list[Case], names: list[str]) -> Array:
    """The weights, in the order of `names`, that make the right states likeliest."""
    tables = [(_table(case, names), case.right) for case in found if case.right >= 0 and len(case.evidence) > 1]
    weights, mean, square = (np.zeros(len(names)) for _ in range(3))
    for _ in range(STEPS):
        slope = PENALTY * weights
        for table, right in tables:
            chance = np.exp(table @ weights - np.max(table @ weights))
            slope = slope + (chance @ table / chance.sum() - table[right]) / len(tables)
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        weights = weights - RATE * mean / (np.sqrt(square) + 1e-8)
    return weights


def accuracy(found: list[Case], names: list[str], weights: Array) -> float:
    """Share of cases, in percent, whose state comes out right; those that no candidate fits count as wrong."""
    return 100 * sum(int(np.argmax(_table(case, names) @ weights)) == case.right for case in found if case.evidence) / max(1, len(found))


def _table(case: Case, names: list[str]) -> Array:
    return np.array([[given.get(name, 0.0) for name in names] for given in case.evidence])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--texts", type=Path, required=True, help="JSONL with `id` and `text`: the texts of labels")
    parser.add_argument("--held-out", type=int, default=5, metavar="N", help="every Nth record measures, the others teach")
    arguments = parser.parse_args()
    texts = {row["id"]: row["text"] for row in map(json.loads, arguments.texts.open(encoding="utf-8"))}
    coder = waqai.load(mode="lexicon")
    learnt: list[Case] = []
    held: list[Case] = []
    for record in read_records(arguments.gold, texts):
        (held if is_held_out(record, arguments.held_out) else learnt).extend(cases(coder, record))
    names = [row["evidence"] for row in Resources().table(TABLE)]
    old = np.array([float(row["weight"]) for row in Resources().table(TABLE)])
    new = learn(learnt, names)
    for name, weights in (("shipped", old), ("learnt", new)):
        print(f"{name}: {accuracy(learnt, names, weights):.1f} of {len(learnt)} taught, {accuracy(held, names, weights):.1f} of {len(held)} held out", file=sys.stderr)
    meaning = {row["evidence"]: row["meaning"] for row in Resources().table(TABLE)}
    head = [line for line in (PACKAGED / TABLE).read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    print("\n".join((*head, "evidence\tweight\tmeaning", *sorted(f"{n}\t{w:.2f}\t{meaning[n]}" for n, w in zip(names, new, strict=True)))))


if __name__ == "__main__":
    main()
