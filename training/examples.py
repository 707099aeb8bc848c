"""Annotated sentences and reports as what the network reads and what it should answer."""

from __future__ import annotations

import datetime as dt
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from types import MappingProxyType
from typing import Any

import torch
from torch import Tensor

from labels import unpacked
from waqai import Coder
from waqai.analysis.attributions import Carried
from waqai.analysis.events import home_country
from waqai.analysis.grammar import Grammar
from waqai.analysis.hints import PAIR_HINTS, WORD_HINTS, pair_hints, word_hints
from waqai.analysis.participants import Discourse, tokens_of
from waqai.analysis.selection import Selector
from waqai.analysis.triggers import Candidate
from waqai.document import Document, Span
from waqai.encoder import Pieces
from waqai.encoder.labels import COUNTRIES, MODALITIES, ROLES, SECTORS, TYPES
from waqai.encoder.network import REACH

_ORDER = ("time", "place", "recipient", "actor")
UNCODED = -100
"""The class of what no loss counts (torch.nn.functional.cross_entropy)."""
Record = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """One annotated event: trigger tokens, a role for every token, sector and country of participants (else UNCODED), who speaks, whether it happened."""

    type: int
    trigger: tuple[int, int]
    roles: list[int]
    sectors: list[int]
    countries: list[int]
    speaker: list[int]
    negated: int
    modality: int
    hints: list[list[int]]


@dataclass(frozen=True)
class Example:
    """One sentence."""

    id: str
    ids: list[int]
    word_of: list[int]
    hints: list[list[int]]
    answers: list[Answer]

    @property
    def words(self) -> int:
        return len(self.hints)


def read_records(paths: Iterable[Path], texts: Mapping[str, str] = MappingProxyType({})) -> list[Record]:
    """Sentences ({"text", "events"}), reports ({"sentences", "events"}) and labels (see labels.py, whose text is in `texts`), one a line."""
    rows = [json.loads(line) for path in paths for line in path.open(encoding="utf-8") if line.strip()]
    return [_joined(row if "text" in row or "sentences" in row else unpacked(row, texts)) for row in rows]


def is_held_out(record: Record, every: int) -> bool:
    """Whether a record is among those left out of training when every `every`th is (0: none)."""
    return bool(every) and zlib.crc32(record["id"].encode()) % every == 0


def _joined(record: Record) -> Record:
    """A report's sentences as one text; every record gets `bounds`, the offsets of its annotated sentences."""
    sentences = record.get("sentences") or [record["text"]]
    bounds, at = [], 0
    for sentence in sentences:
        bounds.append((at, at + len(sentence)))
        at += len(sentence) + 1
    return record | {"text": " ".join(sentences), "bounds": bounds}


def opened(coder: Coder, record: Record) -> tuple[Document, Discourse]:
    """The record as the pipeline has it before events are chosen, and who is named in it so far: nobody."""
    date = record.get("date")
    document = Document(record["id"], record["text"], published=dt.date.fromisoformat(date) if date else None)
    for stage in coder.stages[:-1]:
        document = stage.run(document)
    alone = len(document.sentences or ()) < 2
    return document, Discourse(coder.tools.linker, document.text, document.published, home_country(coder.tools, document), alone=alone)


class Reader:
    """Runs the pipeline up to the choice of events and lays the annotation over its tokens."""

    def __init__(self, coder: Coder, pieces: Pieces) -> None:
        self.coder, self.pieces = coder, pieces
        assert isinstance(coder.tools.selector, Selector), "the network is trained on what the frames alone say"
        self.rules = coder.tools.selector
        self.lost = 0

    def examples(self, record: Record) -> Iterator[Example]:
        """One example for every sentence that the pipeline finds in the record."""
        tools = self.coder.tools
        document, discourse = opened(self.coder, record)
        carried = Carried()
        events = list(located(record))
        placed = 0
        for sentence, parse in zip(document.sentences or (), document.parses or (), strict=True):
            grammar = Grammar(sentence, parse)
            contents, carried = tools.attributor.contents(grammar, discourse, carried)
            groups = self.rules.triggers.find(sentence, parse)
            answers = []
            for span, bounds, event in events:
                trigger = tokens_of(grammar, span)
                if not trigger:
                    continue
                placed += 1
                candidate = _candidate(groups, event["type"], trigger)
                arguments = self.rules.arguments.find(grammar, discourse, candidate) if candidate else None
                chain, _ = tools.attributor.chain(contents, trigger[0])
                answers.append(_answer(grammar, record["text"], bounds, event, trigger, pair_hints(grammar, trigger[0], arguments, chain)))
            start = sentence.span.start
            spans = [Span(t.span.start - start, t.span.end - start) for t in sentence.tokens]
            reading = self.pieces.cut(sentence.span.text(record["text"]), spans)
            yield Example(f"{record['id']}#{sentence.index}", reading.ids, reading.word_of, word_hints(grammar, discourse, groups), answers)
            discourse.remember(grammar)
        self.lost += len(events) - placed


def located(record: Record) -> Iterator[tuple[Span, tuple[int, int], Record]]:
    """The words of every trigger in the text of a record, with the bounds of its sentence and the event."""
    for event in record["events"]:
        start, end = record["bounds"][event.get("sentence", 0)]
        at = record["text"].find(event["trigger"], start, end)
        if at >= 0:
            yield Span(at, at + len(event["trigger"])), (start, end), event


def _candidate(groups: Sequence[Sequence[Candidate]], event_type: str, trigger: Sequence[int]) -> Candidate | None:
    fitting = [c for group in groups for c in group if c.frame.type == event_type and not set(trigger).isdisjoint((c.token, *c.companions))]
    return max(fitting, key=lambda c: (c.token in trigger, bool(c.companions)), default=None)


def _answer(grammar: Grammar, text: str, bounds: tuple[int, int], event: Record, trigger: list[int], hints: list[list[int]]) -> Answer:
    near = grammar.tokens[trigger[0]].span.start
    roles = [0] * len(grammar.tokens)
    sectors, countries = ([UNCODED] * len(grammar.tokens) for _ in range(2))
    for role in _ORDER:
        texts = _texts(event[role])
        for words, code in zip_longest(texts, event.get(f"{role}_code", ())):
            for index in _words(grammar, text, bounds, words, near):
                roles[index] = ROLES.index(role)
                countries[index], sectors[index] = _coded(code)
    speaker = [0] * len(grammar.tokens)
    for words in _texts(event["speaker"]):
        for index in _words(grammar, text, bounds, words, near):
            speaker[index] = 1
    return Answer(
        TYPES.index(event["type"]), (trigger[0], trigger[-1]), roles, sectors, countries, speaker, int(event["polarity"] == "negated"),
        MODALITIES.index(event["modality"]), hints,
    )


def _coded(code: str | None) -> tuple[int, int]:
    """Country and sector of a code (`FRA ---`, `USA GOV`), UNCODED where unknown; a state as such has the sector ""."""
    country, sector = code.split() if code else ("---", "?")
    return _index(COUNTRIES, country), _index(SECTORS, sector.replace("---", ""))


def _index(labels: Sequence[str], label: str) -> int:
    return labels.index(label) if label in labels else UNCODED


def _texts(value: Any) -> list[str]:
    """The words of a slot: text, list of texts, or list of mentions, of which those without words are looked for by name."""
    if isinstance(value, str):
        return [value] if value else []
    return [v if isinstance(v, str) else v["text"] or v["name"] for v in value]


def _words(grammar: Grammar, text: str, bounds: tuple[int, int], words: str, near: int) -> list[int]:
    """Tokens of the occurrence of `words` that is nearest to the trigger, occurrences within longer words last."""
    spots = [m.start() for m in re.finditer(re.escape(words), text[bounds[0] : bounds[1]])]
    best = min(spots, key=lambda at: (_inside_word(text, bounds[0] + at, len(words)), abs(bounds[0] + at - near)), default=None)
    return tokens_of(grammar, Span(bounds[0] + best, bounds[0] + best + len(words))) if best is not None else []


def _inside_word(text: str, at: int, length: int) -> bool:
    after = text[at + length : at + length + 1]
    return after.isalnum() or (at >= 2 and text[at - 1].isalnum() and text[at - 2].isalnum())


@dataclass(frozen=True)
class Batch:
    """Tensors of several sentences, and those of all their annotated triggers: see network.py for the shapes."""

    ids: Tensor
    pieces: Tensor
    pool: Tensor
    hints: Tensor
    words: Tensor
    types: Tensor
    owner: Tensor
    marks: Tensor
    distances: Tensor
    trigger_types: Tensor
    pair_hints: Tensor
    roles: Tensor
    sectors: Tensor
    countries: Tensor
    speaker: Tensor
    negated: Tensor
    modality: Tensor


def collate(examples: Sequence[Example], pad: int) -> Batch:
    """`examples` padded to the longest of them."""
    count, longest, widest = len(examples), max(len(e.ids) for e in examples), max(e.words for e in examples)
    ids = torch.full((count, longest), pad)
    pieces, words = torch.zeros(count, longest, dtype=torch.bool), torch.zeros(count, widest, dtype=torch.bool)
    pool, hints = torch.zeros(count, widest, longest), torch.zeros(count, widest, WORD_HINTS)
    types = torch.zeros(count, widest, len(TYPES))
    pairs = [(number, answer) for number, example in enumerate(examples) for answer in example.answers]
    marks, pair = torch.zeros(len(pairs), widest), torch.zeros(len(pairs), widest, PAIR_HINTS)
    distances = torch.zeros(len(pairs), widest, dtype=torch.long)
    roles, sectors, countries = (torch.full((len(pairs), widest), UNCODED) for _ in range(3))
    speaker = torch.zeros(len(pairs), widest)
    for number, example in enumerate(examples):
        ids[number, : len(example.ids)] = torch.tensor(example.ids)
        pieces[number, : len(example.ids)], words[number, : example.words] = True, True
        for position, word in enumerate(example.word_of):
            if word >= 0:
                pool[number, word, position] = 1
        for word, held in enumerate(example.hints):
            hints[number, word, held] = 1
        for answer in example.answers:
            types[number, answer.trigger[0] : answer.trigger[1] + 1, answer.type] = 1
    pool /= pool.sum(2, keepdim=True).clamp(min=1)
    for number, (owner, answer) in enumerate(pairs):
        first, last = answer.trigger
        length = examples[owner].words
        marks[number, first : last + 1] = 1 / (last - first + 1)
        distances[number] = (torch.arange(widest) - first).clamp(-REACH, REACH) + REACH
        roles[number, :length] = torch.tensor(answer.roles)
        sectors[number, :length], countries[number, :length] = torch.tensor(answer.sectors), torch.tensor(answer.countries)
        speaker[number, :length] = torch.tensor(answer.speaker, dtype=torch.float)
        for word, held in enumerate(answer.hints):
            pair[number, word, held] = 1
    return Batch(
        ids, pieces, pool, hints, words, types, torch.tensor([owner for owner, _ in pairs], dtype=torch.long), marks, distances,
        torch.tensor([a.type for _, a in pairs], dtype=torch.long), pair, roles, sectors, countries, speaker,
        torch.tensor([a.negated for _, a in pairs], dtype=torch.float), torch.tensor([a.modality for _, a in pairs], dtype=torch.long),
    )
