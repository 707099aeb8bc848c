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
BEFORE = 2 * REACH + 1
"""The distance of words of earlier sentences."""
_CONTEXT, _CONTEXT_PIECES = 3, 192


class Read(msgspec.Struct, frozen=True, gc=False):
    """What the encoder made of a sentence: its pieces [1, pieces, hidden], its words [1, words, hidden], and which are whose."""

    pieces: Array
    words: Array
    pool: Array


class Asked(msgspec.Struct, frozen=True, gc=False):
    """A trigger whose participants are asked for: words `first` to `last`, its type, and for every word hints of the sentence and of the two.

    The first `before` words are those of earlier sentences (see `joined`).
    """

    first: int
    last: int
    type: int
    hints: Sequence[Sequence[int]]
    pair: Sequence[Sequence[int]]
    before: int = 0


class Answered(msgspec.Struct, frozen=True, gc=False):
    """Probabilities for one trigger: `roles[role][word]`, `speaker[word]`, `negated`, and one for each modality.

    `sectors` [words, SECTORS] and `countries` [words, COUNTRIES] are those of the words as participants.
    """

    roles: dict[str, list[float]]
    speaker: list[float]
    negated: float
    modality: dict[str, float]
    sectors: Array
    countries: Array


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

    def read(self, text: str, words: Sequence[Span]) -> Read:
        """What the network makes of a sentence. `words` are spans into `text`."""
        import numpy as np

        reading = self._pieces.cut(text, words)
        pool = np.zeros((1, len(words), len(reading.ids)), np.float32)
        for position, word in enumerate(reading.word_of):
            if word >= 0:
                pool[0, word, position] = 1
        pool /= np.maximum(pool.sum(2, keepdims=True), 1)
        pieces, seen = self._sessions["encoder"].run(None, {"ids": np.array([reading.ids], np.int64), "pool": pool})
        return Read(pieces, seen, pool)

    def triggers(self, read: Read, hints: Sequence[Sequence[int]], width: int) -> Array:
        """For each word the probability [words, TYPES] that it names an act of each type, told the hints."""
        return _sigmoid(self._sessions["triggers"].run(None, {"words": read.words, "hints": _many_hot([hints], width)})[0][0])

    def roles(self, read: Read, asked: Sequence[Asked], width: int, pair_width: int) -> list[Answered]:
        """Who and what belongs to each trigger, told its hints; `width` and `pair_width` are how many kinds of each there are."""
        import numpy as np

        words = read.words.shape[1]
        marks = np.zeros((len(asked), words), np.float32)
        for number, trigger in enumerate(asked):
            marks[number, trigger.first : trigger.last + 1] = 1 / (trigger.last - trigger.first + 1)
        first = np.array([[trigger.first] for trigger in asked], np.int64)
        distances = np.clip(np.arange(words)[None] - first, -REACH, REACH) + REACH
        for number, trigger in enumerate(asked):
            distances[number, : trigger.before] = BEFORE
        roles, speaker, facts, sectors, countries = self._sessions["roles"].run(None, {
            "pieces": read.pieces, "pool": read.pool, "marks": marks, "distances": distances,
            "kinds": np.array([trigger.type for trigger in asked], np.int64), "hints": _many_hot([trigger.hints for trigger in asked], width),
            "pair": _many_hot([trigger.pair for trigger in asked], pair_width),
        })
        roles, speaker, negated, modality = _softmax(roles), _sigmoid(speaker), _sigmoid(facts[:, :1]), _softmax(facts[:, 1:])
        sectors, countries = _softmax(sectors), _softmax(countries)
        return [
            Answered(
                {role: roles[n, :, k].tolist() for k, role in enumerate(ROLES)}, speaker[n].tolist(), float(negated[n, 0]),
                dict(zip(MODALITIES, modality[n].tolist(), strict=True)), sectors[n], countries[n],
            )
            for n in range(len(asked))
        ]


def context_of(lengths: Sequence[int]) -> int:
    """How many of the sentences before, the last of them first, are read together with a sentence; `lengths` are their pieces."""
    pieces = 0
    for count, length in enumerate(reversed(lengths[-_CONTEXT:])):
        pieces += length
        if pieces > _CONTEXT_PIECES:
            return count
    return min(len(lengths), _CONTEXT)


def joined(reads: Sequence[Read]) -> Read:
    """Sentences one behind the other as one."""
    import numpy as np

    pieces, words = np.concatenate([read.pieces for read in reads], 1), np.concatenate([read.words for read in reads], 1)
    pool = np.zeros((1, words.shape[1], pieces.shape[1]), np.float32)
    word, piece = 0, 0
    for read in reads:
        _, height, width = read.pool.shape
        pool[:, word : word + height, piece : piece + width] = read.pool
        word, piece = word + height, piece + width
    return Read(pieces, words, pool)


def part_of(answer: Answered, first: int, end: int) -> Answered:
    """What is said of the words from `first` up to `end`."""
    return msgspec.structs.replace(
        answer, roles={role: scores[first:end] for role, scores in answer.roles.items()}, speaker=answer.speaker[first:end],
        sectors=answer.sectors[first:end], countries=answer.countries[first:end],
    )


def mean_of(answers: Sequence[Answered]) -> Answered:
    """The mean of what several readings of one sentence say of one trigger."""
    share = 1 / len(answers)

    def mean(rows: Sequence[Sequence[float]]) -> list[float]:
        return [sum(values) * share for values in zip(*rows, strict=True)]

    return Answered(
        {role: mean([answer.roles[role] for answer in answers]) for role in answers[0].roles}, mean([answer.speaker for answer in answers]),
        sum(answer.negated for answer in answers) * share,
        {name: sum(answer.modality[name] for answer in answers) * share for name in answers[0].modality},
        mean_array([answer.sectors for answer in answers]), mean_array([answer.countries for answer in answers]),
    )


def mean_array(arrays: Sequence[Array]) -> Array:
    """The mean of arrays of one shape."""
    total = arrays[0]
    for array in arrays[1:]:
        total = total + array
    return total / len(arrays)


def likeliest(probabilities: Array, words: Sequence[int], labels: Sequence[str]) -> tuple[str, float]:
    """The label that the words have on average with the highest probability, and that; ("", 0) for no words."""
    if not words:
        return "", 0.0
    mean = probabilities[list(words)].mean(0)
    best = int(mean.argmax())
    return labels[best], float(mean[best])


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


