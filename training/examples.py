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

from labels import unpacked
from waqai import Coder
from waqai.analysis.attributions import Carried
from waqai.analysis.events import home_country
from waqai.analysis.grammar import Grammar
from waqai.analysis.hints import pair_hints, word_hints
from waqai.analysis.participants import Discourse, tokens_of
from waqai.analysis.selection import Selector
from waqai.analysis.triggers import Candidate
from waqai.document import Document, Span
from waqai.encoder import Pieces
from waqai.encoder.labels import COUNTRIES, MODALITIES, ROLES, SECTORS, TYPES
from waqai.encoder.network import context_of

_ORDER = ("time", "place", "recipient", "actor")
UNCODED = -100
"""The class of what no loss counts (torch.nn.functional.cross_entropy)."""
Record = dict[str, Any]


@dataclass(frozen=True)
class Labels:
    """What words are to an event: a role for each, and sector and country of participants (else UNCODED)."""

    roles: list[int]
    sectors: list[int]
    countries: list[int]


@dataclass(frozen=True)
class Answer:
    """One annotated event: trigger tokens, labels of every token, who speaks, whether it happened; `before` labels the earlier sentences of its context."""

    type: int
    trigger: tuple[int, int]
    labels: Labels
    speaker: list[int]
    negated: int
    modality: int
    hints: list[list[int]]
    before: Labels


@dataclass(frozen=True)
class Example:
    """One sentence, and how many before it in its record are its context."""

    record: str
    context: int
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
        earlier: list[tuple[Grammar, Example]] = []
        for sentence, parse in zip(document.sentences or (), document.parses or (), strict=True):
            grammar = Grammar(sentence, parse)
            contents, carried = tools.attributor.contents(grammar, discourse, carried)
            groups = self.rules.triggers.find(sentence, parse)
            answers = []
            near = context_of([len(example.ids) for _, example in earlier])
            context = [spoken for spoken, _ in earlier[len(earlier) - near :]]
            for span, bounds, event in events:
                trigger = tokens_of(grammar, span)
                if not trigger:
                    continue
                placed += 1
                candidate = _candidate(groups, event["type"], trigger)
                arguments = self.rules.arguments.find(grammar, discourse, candidate) if candidate else None
                chain, _ = tools.attributor.chain(contents, trigger[0])
                before = _before(context, record, event)
                answers.append(_answer(grammar, record["text"], bounds, event, trigger, pair_hints(grammar, trigger[0], arguments, chain), before))
            start = sentence.span.start
            spans = [Span(t.span.start - start, t.span.end - start) for t in sentence.tokens]
            reading = self.pieces.cut(sentence.span.text(record["text"]), spans)
            example = Example(record["id"], len(context), reading.ids, reading.word_of, word_hints(grammar, discourse, groups), answers)
            yield example
            earlier.append((grammar, example))
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


def _answer(
    grammar: Grammar, text: str, bounds: tuple[int, int], event: Record, trigger: list[int], hints: list[list[int]], before: Labels,
) -> Answer:
    near = grammar.tokens[trigger[0]].span.start
    labels = _unlabelled(len(grammar.tokens))
    for role in _ORDER:
        for words, code in zip_longest(_texts(event[role]), event.get(f"{role}_code", ())):
            _label(labels, _words(grammar, text, bounds, words, near), role, code)
    speaker = [0] * len(grammar.tokens)
    for words in _texts(event["speaker"]):
        for index in _words(grammar, text, bounds, words, near):
            speaker[index] = 1
    return Answer(
        TYPES.index(event["type"]), (trigger[0], trigger[-1]), labels, speaker, int(event["polarity"] == "negated"),
        MODALITIES.index(event["modality"]), hints, before,
    )


def _unlabelled(words: int) -> Labels:
    return Labels([0] * words, [UNCODED] * words, [UNCODED] * words)


def _label(labels: Labels, words: Iterable[int], role: str, code: str | None) -> None:
    country, sector = _coded(code)
    for index in words:
        labels.roles[index], labels.sectors[index], labels.countries[index] = ROLES.index(role), sector, country


def _before(context: Sequence[Grammar], record: Record, event: Record) -> Labels:
    """Labels of the words of the context: where participants stand who have no words in the sentence of the event, each once, as near as possible."""
    labels = _unlabelled(sum(len(grammar.tokens) for grammar in context))
    for role in ("recipient", "actor"):
        for mention, code in zip(event[role], event.get(f"{role}_code", ()), strict=False):
            if isinstance(mention, str) or mention["text"]:
                continue
            end = len(labels.roles)
            for grammar in reversed(context):
                end -= len(grammar.tokens)
                if words := _named(grammar, record, mention["name"]):
                    _label(labels, (end + index for index in words), role, code)
                    break
    return labels


def _named(grammar: Grammar, record: Record, name: str) -> list[int]:
    """Tokens of the last words of a sentence that stand for somebody: his name, or what the annotation of its events has for it."""
    span = grammar.sentence.span
    mentions = (m for event in record["events"] for role in ("actor", "recipient", "speaker") for m in event[role] if not isinstance(m, str))
    texts = {name, *(m["text"] for m in mentions if m["name"] == name and m["text"])}
    spots = [
        (match.start(), match.end()) for text in texts for match in re.finditer(re.escape(text), record["text"][span.start : span.end])
        if not _inside_word(record["text"], span.start + match.start(), len(text))
    ]
    start, end = max(spots, key=lambda spot: (spot[1], -spot[0]), default=(0, 0))
    return tokens_of(grammar, Span(span.start + start, span.start + end)) if end else []


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
