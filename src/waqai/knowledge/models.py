"""Trained linear scorers: weights by feature name, and how a sum becomes a probability."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import msgspec

from waqai.knowledge.loader import Resources


class LinearModel(msgspec.Struct, frozen=True, gc=False):
    """Multinomial logistic regression over named features. `weights` maps a feature to one weight a class."""

    classes: tuple[str, ...]
    weights: dict[str, tuple[float, ...]]

    def probabilities(self, features: Iterable[str]) -> Sequence[float]:
        """One probability a class; features that training did not see count nothing."""
        sums = [0.0] * len(self.classes)
        for feature in features:
            weights = self.weights.get(feature)
            if weights is not None:
                for index, weight in enumerate(weights):
                    sums[index] += weight
        top = max(sums)
        powers = [math.exp(value - top) for value in sums]
        total = sum(powers)
        return [power / total for power in powers]


class Models(msgspec.Struct, frozen=True, gc=False):
    """The scorers of the coder: whether a candidate is an event, and what part a participant has in it."""

    event: LinearModel
    role: LinearModel
    event_threshold: float
    actor_threshold: float
    recipient_threshold: float


def load_models(resources: Resources) -> Models | None:
    """models/scorers.json, or None where there is none: then the rules decide alone."""
    content = resources.read_bytes("models/scorers.json")
    return msgspec.json.decode(content, type=Models) if content is not None else None
