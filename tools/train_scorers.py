"""Trains resources/models/scorers.json on annotated sentences: `python tools/train_scorers.py GOLD.jsonl... [--held-out N]`.

Multinomial logistic regression by AdaGrad over the features of waqai.analysis.features, with L1 shrinkage at the end of each pass.
With --held-out N, every Nth document is left out and used to choose thresholds.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

import waqai
from waqai.analysis.arguments import Arguments
from waqai.analysis.attributions import Carried
from waqai.analysis.events import Tools, home_country
from waqai.analysis.features import candidate_features, option_features, options
from waqai.analysis.grammar import Grammar
from waqai.analysis.participants import Discourse
from waqai.analysis.selection import ROLES, Selector, one_of_each_type, rivals_of
from waqai.coder import Coder
from waqai.document import Document
from waqai.knowledge.models import LinearModel, Models
from waqai.text.folding import fold_word

TARGET = Path(__file__).resolve().parent.parent / "src/waqai/resources/models/scorers.json"
Example = tuple[list[str], int]
MINIMUM, SHRINK, RATE, _FEWEST = 5, 0.004, 0.08, 100
_WORD = re.compile(r"\w+")


def content(text: str) -> set[str]:
    """Folded words without article and conjunction."""
    return {re.sub("^(?:وال|بال|فال|لل|ال|و(?=..))", "", fold_word(w)) for w in _WORD.findall(text) if len(w) > 1}


def same(gold: str, found: str) -> bool:
    """Whether two phrases share half the words of the shorter one."""
    left, right = content(gold), content(found)
    return bool(left and right) and len(left & right) * 2 >= min(len(left), len(right))


class Collector:
    """Runs the pipeline up to the choice of events and notes features with their labels."""

    def __init__(self, coder: Coder) -> None:
        self.coder = coder
        self.held: list[tuple[dict[str, Any], list[tuple[str, list[str]]]]] = []
        self.tools: Tools = coder.tools
        assert isinstance(coder.tools.selector, Selector), "the scorers are trained in the mode lexicon"
        self.selector = self.with_models(None, coder.tools.selector)

    @staticmethod
    def with_models(models: Models | None, rules: Selector) -> Selector:
        """The selector `rules` with `models` to choose participants."""
        return Selector(rules.triggers, rules.arguments, rules.factuality, rules.attributor, models)

    def examples(self, record: dict[str, Any], *, held: bool) -> Iterator[tuple[str, Example]]:
        document = Document(record["id"], record["text"])
        for stage in self.coder.stages[:-1]:
            document = stage.run(document)
        discourse = Discourse(self.tools.linker, document.text, None, home_country(self.tools, document))
        carried = Carried()
        gold = [(record["text"].find(e["trigger"]), e) for e in record["events"]]
        for sentence, parse in zip(document.sentences or (), document.parses or (), strict=True):
            grammar = Grammar(sentence, parse)
            contents, carried = self.tools.attributor.contents(grammar, discourse, carried)
            for group in self.selector.triggers.find(sentence, parse):
                chain, _ = self.tools.attributor.chain(contents, group[0].token)
                for candidate in one_of_each_type(group):
                    yield from self._candidate(grammar, discourse, candidate, gold, attributed=bool(chain), held=held)
            discourse.remember(grammar)

    def _candidate(self, grammar: Any, discourse: Any, candidate: Any, gold: Any, *, attributed: bool, held: bool) -> Iterator[tuple[str, Example]]:
        token = grammar.tokens[candidate.token]
        arguments: Arguments = self.selector.arguments.find(grammar, discourse, candidate)
        _, modality = self.selector.factuality.judge(grammar, candidate.token, verbal=candidate.kind == "verb")
        label = next(
            (e for start, e in gold if e["type"] == candidate.frame.type and start >= 0 and start < token.span.end and token.span.start < start + len(e["trigger"])),
            None,
        )
        label = label or self._near(grammar, candidate, gold)
        rivals = rivals_of(arguments)
        listed = options(grammar, discourse, candidate, arguments.actors, arguments.recipients)
        if label is not None:
            described = [
                (" ".join(t.folded for t in grammar.tokens[o.first : o.last + 1]), option_features(grammar, discourse, candidate, o, rivals)) for o in listed
            ]
            if held:
                self.held.append((label, described))
            for text, features in described:
                role = "actor" if any(same(g, text) for g in label["actor"]) else "recipient" if any(same(g, text) for g in label["recipient"]) else "none"
                yield "role", (features, ROLES.index(role))
        arguments = self.selector.participants(grammar, discourse, candidate, arguments)
        features = candidate_features(
            grammar, candidate, fits=arguments.fits, modality=modality, actors=len(arguments.actors), recipients=len(arguments.recipients), attributed=attributed,
        )
        yield "event", (features, int(label is not None))

    @staticmethod
    def _near(grammar: Any, candidate: Any, gold: Any) -> dict[str, Any] | None:
        """A gold event whose trigger is one of the companions of the candidate."""
        for companion in candidate.companions:
            span = grammar.tokens[companion].span
            for start, event in gold:
                if event["type"] == candidate.frame.type and 0 <= start < span.end and span.start < start + len(event["trigger"]):
                    return event  # type: ignore[no-any-return]
        return None


def train(examples: Sequence[Example], classes: tuple[str, ...], *, passes: int, rate: float = RATE, shrink: float = SHRINK) -> LinearModel:
    """Weights by AdaGrad; features seen once are left out."""
    counts = Counter(feature for features, _ in examples for feature in features)
    index = {feature: i for i, feature in enumerate(f for f, n in counts.items() if n >= MINIMUM)}
    size = len(classes)
    weights = [[0.0] * size for _ in index]
    squares = [[1e-2] * size for _ in index]
    rows = [([index[f] for f in features if f in index], label) for features, label in examples]
    order = random.Random(7)
    for _ in range(passes):
        order.shuffle(rows)
        for features, label in rows:
            sums = [sum(weights[f][c] for f in features) for c in range(size)]
            top = max(sums)
            powers = [math.exp(s - top) for s in sums]
            total = sum(powers)
            for c in range(size):
                gradient = powers[c] / total - (c == label)
                if abs(gradient) < 1e-3:
                    continue
                for f in features:
                    squares[f][c] += gradient * gradient
                    weights[f][c] -= rate * (gradient / math.sqrt(squares[f][c]) + shrink * weights[f][c] * 10)
        for row in weights:
            for c in range(size):
                row[c] = math.copysign(max(abs(row[c]) - shrink, 0.0), row[c])
    kept = {f: tuple(round(w, 3) for w in weights[i]) for f, i in index.items() if any(abs(w) > 0.02 for w in weights[i])}
    return LinearModel(classes, kept)


def best_threshold(model: LinearModel, examples: Sequence[Example], positive: int) -> tuple[float, float]:
    """The threshold with the best F (beta 0.7: precision weighs somewhat more) on `examples`, and that F."""
    scored = sorted(((model.probabilities(features)[positive], label == positive) for features, label in examples), reverse=True)
    total = sum(hit for _, hit in scored)
    best, hits = (0.5, 0.0), 0
    for number, (score, hit) in enumerate(scored, 1):
        hits += hit
        measure = 1.49 * hits / (number + 0.49 * total) if total else 0.0
        if number > _FEWEST and measure > best[1]:
            best = (round(score, 3), measure)
    return best


def tune(role: LinearModel, held: Sequence[tuple[dict[str, Any], list[tuple[str, list[str]]]]]) -> tuple[float, float]:
    """The thresholds at which most events get mostly right actors and recipients, or rightly none."""
    scored = [(event, [(text, role.probabilities(features)) for text, features in listed]) for event, listed in held]
    best: dict[str, tuple[float, float]] = {}
    for index, name in ((1, "actor"), (2, "recipient")):
        for step in range(10, 75, 2):
            threshold = step / 100
            right = 0
            for event, listed in scored:
                found = [text for text, p in listed if p[index] >= threshold and p[index] >= p[3 - index]]
                hits = sum(any(same(g, text) for g in event[name]) for text in found)
                right += hits * 3 >= len(found) > 0 if event[name] else not found
            if right / len(scored) > best.get(name, (0.0, 0.0))[0]:
                best[name] = (right / len(scored), threshold)
    print({name: (round(share, 3), threshold) for name, (share, threshold) in best.items()})
    return best["actor"][1], best["recipient"][1]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--held-out", type=int, default=5)
    parser.add_argument("--event-threshold", type=float, default=0.4, help="probability from which a candidate is an event")
    parser.add_argument("--passes", type=int, default=5)
    arguments = parser.parse_args()
    records = [json.loads(line) for path in arguments.gold for line in path.open(encoding="utf-8")]
    collector = Collector(waqai.load(mode="lexicon"))

    def collect() -> dict[tuple[str, bool], list[Example]]:
        found: dict[tuple[str, bool], list[Example]] = defaultdict(list)
        for record in records:
            held = zlib.crc32(record["id"].encode()) % arguments.held_out == 0
            for kind, example in collector.examples(record, held=held):
                found[kind, held].append(example)
        return found

    first = collect()
    role = train(first["role", False], ROLES, passes=arguments.passes)
    actor, recipient = best_threshold(role, first["role", True], 1), best_threshold(role, first["role", True], 2)
    print(f"roles: {len(first['role', False])} examples, actor F {actor[1]:.3f}, recipient F {recipient[1]:.3f}")
    actor_threshold, recipient_threshold = tune(role, collector.held)
    empty = LinearModel(("no", "yes"), {})
    collector.selector = collector.with_models(Models(empty, role, 0.5, actor_threshold, recipient_threshold), collector.selector)
    second = collect()
    event = train(second["event", False], ("no", "yes"), passes=arguments.passes)
    threshold = best_threshold(event, second["event", True], 1)
    print(f"events: {len(second['event', False])} examples, F {threshold[1]:.3f} at {threshold[0]}; {len(role.weights)} and {len(event.weights)} weights")
    TARGET.parent.mkdir(exist_ok=True)
    models = Models(event, role, arguments.event_threshold, actor_threshold, recipient_threshold)
    TARGET.write_bytes(msgspec.json.encode(models) + b"\n")


if __name__ == "__main__":
    main()
