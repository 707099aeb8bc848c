"""The trained network at work: ONNX graphs, one sentence at a time, so that no sentence depends on its neighbours in a batch."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from waqai.document import Span
from waqai.encoder.labels import MODALITIES, ROLES
from waqai.encoder.pieces import Pieces

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

Part = Literal["encoder", "triggers", "roles"]
_LEAST = 1e-3
REACH = 24
"""Words beyond this distance from a trigger are equally far."""


class Asked(msgspec.Struct, frozen=True, gc=False):
    """A trigger whose participants are asked for: words `first` to `last`, its type, and hints for every word of the sentence."""

    first: int
    last: int
    type: int
    hints: Sequence[Sequence[int]]


class Answered(msgspec.Struct, frozen=True, gc=False):
    """Probabilities for one trigger: `roles[role][word]`, `speaker[word]`, `negated`, and one for each modality."""

    roles: dict[str, list[float]]
    speaker: list[float]
    negated: float
    modality: dict[str, float]


class Calibration(msgspec.Struct, frozen=True, gc=False):
    """From the log odds that the network gives to those that held-out sentences bear out."""

    slope: float
    intercept: float


class Network:
    """Loads its graphs when first asked. `read` gives the bytes of a file of the network by name."""

    def __init__(self, read: Callable[[str], bytes], *, threads: int = 1) -> None:
        self._read, self._threads = read, threads

    @cached_property
    def _pieces(self) -> Pieces:
        from tokenizers import Tokenizer

        return Pieces(Tokenizer.from_str(self._read("pieces.json").decode()))

    @cached_property
    def _sessions(self) -> dict[Part, Any]:
        import onnxruntime  # type: ignore[import-untyped]

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads = self._threads, 1
        options.log_severity_level = 3
        parts: tuple[Part, ...] = ("encoder", "triggers", "roles")
        return {part: onnxruntime.InferenceSession(self._read(f"{part}.onnx"), options, ["CPUExecutionProvider"]) for part in parts}

    @cached_property
    def _calibration(self) -> Calibration:
        return msgspec.json.decode(self._read("calibration.json"), type=Calibration)

    def confidence(self, probability: float) -> float:
        """How often a trigger of that probability was right in held-out sentences (logistic calibration, Platt 1999)."""
        odds = math.log(max(probability, _LEAST) / max(1 - probability, _LEAST))
        return 1 / (1 + math.exp(-(self._calibration.slope * odds + self._calibration.intercept)))

    def states(self, text: str, words: Sequence[Span]) -> Array:
        """What the network makes of each word of a sentence: [1, words, hidden]. `words` are spans into `text`."""
        import numpy as np

        reading = self._pieces.cut(text, words)
        pool = np.zeros((1, len(words), len(reading.ids)), np.float32)
        for position, word in enumerate(reading.word_of):
            if word >= 0:
                pool[0, word, position] = 1
        pool /= np.maximum(pool.sum(2, keepdims=True), 1)
        found: Array = self._sessions["encoder"].run(None, {"ids": np.array([reading.ids], np.int64), "pool": pool})[0]
        return found

    def triggers(self, states: Array, hints: Sequence[Sequence[int]], width: int) -> tuple[Array, Array]:
        """States that have seen the hints, and for each word the probability [words, TYPES] that it names an act of each type."""
        outputs = self._sessions["triggers"].run(None, {"words": states, "hints": _many_hot([hints], width)})
        return outputs[0], _sigmoid(outputs[1][0])

    def roles(self, states: Array, asked: Sequence[Asked], width: int) -> list[Answered]:
        """Who and what belongs to each trigger; `states` are those that `triggers` gave."""
        import numpy as np

        words = states.shape[1]
        marks = np.zeros((len(asked), words), np.float32)
        for number, trigger in enumerate(asked):
            marks[number, trigger.first : trigger.last + 1] = 1 / (trigger.last - trigger.first + 1)
        first = np.array([[trigger.first] for trigger in asked], np.int64)
        distances = np.clip(np.arange(words)[None] - first, -REACH, REACH) + REACH
        roles, speaker, facts = self._sessions["roles"].run(None, {
            "states": np.repeat(states, len(asked), axis=0), "marks": marks, "distances": distances,
            "kinds": np.array([trigger.type for trigger in asked], np.int64), "hints": _many_hot([trigger.hints for trigger in asked], width),
        })
        return [_answered(_softmax(roles[n]), _sigmoid(speaker[n]), _sigmoid(facts[n, :1]), _softmax(facts[n, 1:])) for n in range(len(asked))]


def mean_of(answers: Sequence[Answered]) -> Answered:
    """The mean of what several readings of one sentence say of one trigger."""
    share = 1 / len(answers)

    def mean(rows: Sequence[Sequence[float]]) -> list[float]:
        return [sum(values) * share for values in zip(*rows, strict=True)]

    return Answered(
        {role: mean([answer.roles[role] for answer in answers]) for role in answers[0].roles}, mean([answer.speaker for answer in answers]),
        sum(answer.negated for answer in answers) * share,
        {name: sum(answer.modality[name] for answer in answers) * share for name in answers[0].modality},
    )


def _answered(roles: Array, speaker: Array, negated: Array, modality: Array) -> Answered:
    return Answered(
        {role: roles[:, n].tolist() for n, role in enumerate(ROLES)}, speaker.tolist(), float(negated[0]), dict(zip(MODALITIES, modality.tolist(), strict=True)),
    )


def _many_hot(rows: Sequence[Sequence[Sequence[int]]], width: int) -> Array:
    import numpy as np

    found = np.zeros((len(rows), len(rows[0]), width), np.float32)
    for number, words in enumerate(rows):
        for word, held in enumerate(words):
            found[number, word, held] = 1
    return found


def _sigmoid(values: Array) -> Array:
    import numpy as np

    found: Array = 1 / (1 + np.exp(-values))
    return found


def _softmax(values: Array) -> Array:
    import numpy as np

    powers = np.exp(values - values.max(-1, keepdims=True))
    found: Array = powers / powers.sum(-1, keepdims=True)
    return found


