"""Which words of a sentence may name a political act, and by which frames."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from waqai.document import Parse, Reading, Sentence, Token
from waqai.knowledge.frames import Frame, FrameBook, Slots

_WINDOW_AFTER, _WINDOW_BEFORE, _UNLESS_AFTER, _UNLESS_BEFORE, _PARENTHESIS = 8, 4, 6, 3, 24


class Candidate(msgspec.Struct, frozen=True, gc=False):
    """A frame that fits a word: `token` is the predicate, `companions` the tokens that its `with` found."""

    frame: Frame
    kind: Literal["verb", "noun", "participle"]
    token: int
    reading: Reading
    companions: tuple[int, ...] = ()

    @property
    def slots(self) -> Slots:
        """The slots for this part of speech; a noun without slots of its own has none."""
        return self.frame.noun if self.kind == "noun" else self.frame.verb


class TriggerFinder:
    """Finds candidates through the indices of a frame book."""

    def __init__(self, book: FrameBook) -> None:
        self._book = book

    def find(self, sentence: Sentence, parse: Parse) -> list[list[Candidate]]:
        """For every predicate its candidates, most specific first; predicates in order of the text."""
        words: _Words | None = None
        found: list[list[Candidate]] = []
        for index, (token, tag) in enumerate(zip(sentence.tokens, parse.tags, strict=True)):
            pairs = list(self._frames(token, tag))
            if not pairs:
                continue
            words = words or _Words(sentence.tokens)
            group = [c for frame, kind, reading in pairs if (c := _fit(frame, kind, reading, index, words, parse)) is not None]
            if group:
                group.sort(key=lambda c: (not c.companions, not (c.frame.actor_kinds or c.frame.recipient_kinds), c.frame.id))
                found.append(group)
        return found

    def _frames(self, token: Token, tag: str) -> Iterable[tuple[Frame, Literal["verb", "noun", "participle"], Reading]]:
        seen: set[tuple[str, str]] = set()
        for reading in token.readings:
            if tag == "verb":
                if reading.pos == "verb":
                    for frame in self._book.by_verb.get(reading.lemma, ()):
                        if (frame.id, "verb") not in seen:
                            seen.add((frame.id, "verb"))
                            yield frame, "verb", reading
            elif tag == "noun" and reading.pos != "verb":
                for frame in self._book.by_noun.get(reading.stem, ()):
                    if (frame.id, "noun") not in seen:
                        seen.add((frame.id, "noun"))
                        yield frame, "noun", reading
                if "ال" not in reading.proclitics:
                    for frame in self._book.by_participle.get(reading.stem, ()):
                        if (frame.id, "noun") not in seen and (frame.id, "participle") not in seen:
                            seen.add((frame.id, "participle"))
                            yield frame, "participle", reading


class _Words:
    """The words of a sentence in all forms under which a pattern may name them."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.folded = [token.folded for token in tokens]
        self.variants = [_variants(token) for token in tokens]
        self._positions: dict[str, list[int]] = defaultdict(list)
        for index, variants in enumerate(self.variants):
            for variant in variants:
                self._positions[variant].append(index)

    def search(self, patterns: Iterable[tuple[str, ...]], start: int, stop: int) -> tuple[int, ...]:
        """Tokens of the first pattern found with its first word in `start` up to `stop`; () when there is none."""
        window = range(max(start, 0), min(stop, len(self.folded)))
        for pattern in filter(None, patterns):
            places = window if pattern[0].endswith("*") else self._positions.get(pattern[0], ())
            for index in places:
                if index in window and self._matches(pattern, index):
                    return tuple(range(index, index + len(pattern)))
        return ()

    def _matches(self, pattern: tuple[str, ...], index: int) -> bool:
        if index + len(pattern) > len(self.variants):
            return False
        for offset, word in enumerate(pattern):
            variants = self.variants[index + offset]
            if word.endswith("*"):
                if not any(v.startswith(word[:-1]) for v in variants):
                    return False
            elif word not in variants:
                return False
        return True


def _variants(token: Token) -> frozenset[str]:
    found = {token.folded}
    for reading in token.readings:
        found.add(reading.stem)
        if "ال" in reading.proclitics:
            found.add("ال" + reading.stem)
    if token.folded[:1] in "وف" and len(token.folded) > 3:
        found.add(token.folded[1:])
    return frozenset(found)


def _fit(
    frame: Frame, kind: Literal["verb", "noun", "participle"], reading: Reading, index: int, words: _Words, parse: Parse
) -> Candidate | None:
    """The candidate, or None when a condition on the words around forbids it."""
    companions: tuple[int, ...] = ()
    if frame.companions:
        companions = words.search(frame.companions, index + 1, _window_end(index, words, parse))
        if not companions:
            return None
    if frame.before and not words.search(frame.before, index - _WINDOW_BEFORE, index):
        return None
    if frame.unless and (
        words.search(frame.unless, index + 1, index + 1 + _UNLESS_AFTER) or words.search(frame.unless, index - _UNLESS_BEFORE, index)
    ):
        return None
    if frame.unless_sentence and words.search(frame.unless_sentence, 0, len(words.folded)):
        return None
    return Candidate(frame, kind, index, reading, companions)


def _window_end(index: int, words: _Words, parse: Parse) -> int:
    """Companions lie in the clause of the predicate, before the next finite verb or full stop."""
    start = _past_parenthesis(index, words, parse)
    stop = min(start + _WINDOW_AFTER, len(words.folded))
    for position in range(start, stop):
        if parse.tags[position] == "verb" or words.folded[position] in (".", ";", "?", "!"):
            return position
    return stop


def _past_parenthesis(index: int, words: _Words, parse: Parse) -> int:
    """Where the clause goes on behind a relative clause between commas (فرنسا، التي ...، إلى), or the next token."""
    for relative in range(index + 2, min(index + 5, len(parse.tags))):
        if parse.tags[relative] == "relative" and words.folded[relative - 1] == ",":
            closing = (i for i in range(relative + 1, min(relative + _PARENTHESIS, len(words.folded))) if words.folded[i] == ",")
            return next((i + 1 for i in closing), index + 1)
    return index + 1
