"""Examples together as tensors, each trigger once with its sentence alone and some once more with the sentences before."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import torch
from torch import Tensor

from examples import UNCODED, Answer, Example
from waqai.analysis.hints import PAIR_HINTS, WORD_HINTS
from waqai.encoder.labels import ROLES, TYPES
from waqai.encoder.network import BEFORE, REACH

BATCH, RUN = 16, 8
_FULL, _HALF = 0.1, 0.35
"""How many events with both sides in their sentence, and with one, are asked for with the sentences before, though nobody stands there."""


@dataclass(frozen=True)
class Questions:
    """Tensors of triggers, each with the words of its sentence behind those of its context if it has one: see network.py for the shapes.

    `where` [triggers, pieces] says which piece of the batch, its sentences one behind the other, each piece is.
    """

    owner: Tensor
    where: Tensor
    pieces: Tensor
    pool: Tensor
    words: Tensor
    hints: Tensor
    marks: Tensor
    distances: Tensor
    types: Tensor
    pair_hints: Tensor
    roles: Tensor
    sectors: Tensor
    countries: Tensor
    speaker: Tensor
    negated: Tensor
    modality: Tensor


@dataclass(frozen=True)
class Batch:
    """Tensors of several sentences, and their annotated triggers, once without context and some once more with it."""

    ids: Tensor
    pieces: Tensor
    pool: Tensor
    hints: Tensor
    words: Tensor
    types: Tensor
    questions: list[Questions]


def collate(examples: Sequence[Example], pad: int, chance: random.Random) -> Batch:
    """`examples` padded to the longest of them; sentences of one record stand in order."""
    count, longest, widest = len(examples), max(len(e.ids) for e in examples), max(e.words for e in examples)
    ids = torch.full((count, longest), pad)
    pieces, words = torch.zeros(count, longest, dtype=torch.bool), torch.zeros(count, widest, dtype=torch.bool)
    pool, hints = torch.zeros(count, widest, longest), torch.zeros(count, widest, WORD_HINTS)
    types = torch.zeros(count, widest, len(TYPES))
    for number, example in enumerate(examples):
        ids[number, : len(example.ids)] = torch.tensor(example.ids)
        pieces[number, : len(example.ids)], words[number, : example.words] = True, True
        _pour(pool[number], [example])
        for word, held in enumerate(example.hints):
            hints[number, word, held] = 1
        for answer in example.answers:
            types[number, answer.trigger[0] : answer.trigger[1] + 1, answer.type] = 1
    alone = [(number, 0, answer) for number, example in enumerate(examples) for answer in example.answers]
    more = [(number, example.context, answer) for number, example in enumerate(examples) for answer in example.answers if _wants_context(examples, number, answer, chance)]
    return Batch(ids, pieces, pool, hints, words, types, [_questions(examples, asked, longest) for asked in (alone, more) if asked])


def _wants_context(examples: Sequence[Example], number: int, answer: Answer, chance: random.Random) -> bool:
    """Whether an event is asked for with its context: where participants stand there, and for some of the others, as many as the coder may ask for."""
    example = examples[number]
    if not example.context or number < example.context or examples[number - example.context].record != example.record:
        return False
    empty = len({ROLES.index("actor"), ROLES.index("recipient")} - set(answer.labels.roles))
    return any(answer.before.roles) or chance.random() < (_FULL, _HALF, _HALF)[empty]


def _pour(pool: Tensor, examples: Sequence[Example]) -> None:
    """Fills `pool` [words, pieces] with the share that each piece of sentences, one behind the other, has in its word."""
    word, piece = 0, 0
    for example in examples:
        for position, owner in enumerate(example.word_of):
            if owner >= 0:
                pool[word + owner, piece + position] = 1
        word, piece = word + example.words, piece + len(example.ids)
    pool /= pool.sum(1, keepdim=True).clamp(min=1)


def _questions(examples: Sequence[Example], asked: Sequence[tuple[int, int, Answer]], stride: int) -> Questions:
    """`asked` names the example of each answer and how many before it are its context."""
    read = [examples[number - context : number + 1] for number, context, _ in asked]
    count, longest, widest = len(asked), max(sum(len(e.ids) for e in es) for es in read), max(sum(e.words for e in es) for es in read)
    where = torch.zeros(count, longest, dtype=torch.long)
    pieces, words = torch.zeros(count, longest, dtype=torch.bool), torch.zeros(count, widest, dtype=torch.bool)
    pool, hints = torch.zeros(count, widest, longest), torch.zeros(count, widest, WORD_HINTS)
    marks, pair = torch.zeros(count, widest), torch.zeros(count, widest, PAIR_HINTS)
    distances = torch.full((count, widest), BEFORE)
    roles, sectors, countries = (torch.full((count, widest), UNCODED) for _ in range(3))
    speaker = torch.zeros(count, widest)
    for n, ((number, context, answer), sentences) in enumerate(zip(asked, read, strict=True)):
        _pour(pool[n], sentences)
        spots = [row * stride + at for row, e in zip(range(number - context, number + 1), sentences, strict=True) for at in range(len(e.ids))]
        begin, width = sum(e.words for e in sentences[:-1]), sum(e.words for e in sentences)
        where[n, : len(spots)] = torch.tensor(spots)
        pieces[n, : len(spots)], words[n, :width] = True, True
        for word, held in enumerate(hint for e in sentences for hint in e.hints):
            hints[n, word, held] = 1
        first, last = answer.trigger
        marks[n, begin + first : begin + last + 1] = 1 / (last - first + 1)
        distances[n, begin:] = (torch.arange(widest - begin) - first).clamp(-REACH, REACH) + REACH
        parts = [answer.before, answer.labels] if context else [answer.labels]
        for labels, name in ((roles, "roles"), (sectors, "sectors"), (countries, "countries")):
            labels[n, :width] = torch.tensor([label for part in parts for label in getattr(part, name)])
        speaker[n, begin:width] = torch.tensor(answer.speaker, dtype=torch.float)
        for word, held in enumerate(answer.hints):
            pair[n, begin + word, held] = 1
    answers = [answer for _, _, answer in asked]
    return Questions(
        torch.tensor([number for number, _, _ in asked]), where, pieces, pool, words, hints, marks, distances, torch.tensor([a.type for a in answers]),
        pair, roles, sectors, countries, speaker, torch.tensor([a.negated for a in answers], dtype=torch.float), torch.tensor([a.modality for a in answers]),
    )


def batches(examples: list[Example], chance: random.Random) -> list[list[Example]]:
    """Runs of sentences of like length together, in random order; sentences of one record stay together, at most RUN of them."""
    whole = [list(run) for _, run in groupby(examples, key=lambda e: e.record)]
    runs = [run[i : i + RUN] for run in whole for i in range(0, len(run), RUN)]
    chunks: list[list[Example]] = [[]]
    for run in sorted(runs, key=lambda run: max(len(e.ids) for e in run) + chance.random() * 20):
        if len(chunks[-1]) + len(run) > BATCH:
            chunks.append([])
        chunks[-1].extend(run)
    chance.shuffle(chunks)
    return chunks
