"""A noun phrase as linking reads it: its words without clitics, their stems, the names and heads among them."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from waqai.document import Entity
from waqai.knowledge.actor_tables import Head
from waqai.knowledge.actors import ActorBase, stem

_PROCLITICS = "وفبكل"
_ENCLITICS = ("هما", "كما", "هم", "هن", "كم", "ها", "نا", "ه", "ي")
_LONGEST_HEAD = 4


class Word(msgspec.Struct, frozen=True, gc=False):
    """A word without proclitics, and without article and attached pronoun as `stem`."""

    text: str
    stem: str
    owned: bool = False


class Match(msgspec.Struct, frozen=True, gc=False):
    """A name in a phrase: words `start` to `end`, and the entities that bear it, the most prominent first."""

    start: int
    end: int
    ids: tuple[str, ...]


class PhraseReader:
    """Reads phrases against an actor base; words are read once and kept."""

    def __init__(self, actors: ActorBase) -> None:
        self._actors = actors
        self._words: dict[str, Word] = {}

    def words(self, words: Sequence[str]) -> list[Word]:
        """The words of a phrase without clitics."""
        return [self._words.get(word) or self._word(word) for word in words]

    def names(self, words: list[Word]) -> list[Match]:
        """The longest names, from left to right, not overlapping."""
        found: list[Match] = []
        position = 0
        while position < len(words):
            match = self._name_at(words, position)
            if match is None:
                position += 1
            else:
                found.append(match)
                position = match.end
        return found

    def head_at(self, words: list[Word], position: int) -> tuple[Head, int] | None:
        """The longest head noun of several words or one at a position, and where it ends."""
        stems = [word.stem for word in words[position : position + _LONGEST_HEAD]]
        for length in range(len(stems), 0, -1):
            head = self._actors.heads.get(" ".join(stems[:length]))
            if head is not None:
                return head, position + length
        return None

    def _name_at(self, words: list[Word], position: int) -> Match | None:
        actors = self._actors
        longest = actors.longest.get(words[position].text, 0)
        if not longest:
            return None
        texts = [word.text for word in words[position : position + longest]]
        for length in range(len(texts), 0, -1):
            ids = actors.names.get(" ".join(texts[:length]))
            if ids is not None:
                return Match(position, position + length, ids)
        return None

    def _word(self, word: str) -> Word:
        if len(self._words) > 100_000:
            self._words.clear()
        text = self._without_proclitics(word)
        bare = stem(text)
        owned = False
        if not self._known(text):
            base = self._without_pronoun(bare)
            if base:
                bare, owned = base, True
        found = self._words[word] = Word(text, bare, owned)
        return found

    def _known(self, word: str) -> bool:
        vocabulary = self._actors.vocabulary
        return word in vocabulary or (word.startswith("ال") and word[2:] in vocabulary)

    def _without_proclitics(self, word: str) -> str:
        if self._known(word) or word in self._actors.places:
            return word
        if word.startswith("لل"):
            for candidate in ("ال" + word[2:], "ال" + word[1:]):
                if self._known(candidate):
                    return candidate
        if len(word) > 3 and word[0] in _PROCLITICS:
            rest = word[1:]
            if self._known(rest) or rest in self._actors.places:
                return rest
            if word[0] in "وف" and (rest.startswith("لل") or (len(rest) > 3 and rest[0] in "بكل")):
                inner = self._without_proclitics(rest)
                return inner if inner != rest else word
        return word

    def _without_pronoun(self, word: str) -> str:
        heads = self._actors.heads
        for ending in _ENCLITICS:
            if word.endswith(ending) and len(word) - len(ending) > 1:
                base = word[: -len(ending)]
                for candidate in (base, base[:-1] + "ه" if base.endswith("ت") else base, base[:-1] + "ء" if base[-1] in "ئؤ" else base):
                    if candidate in heads:
                        return candidate
        return ""


def is_person(entity: Entity) -> bool:
    """Whether an entity is a person of the base."""
    return entity.kind == "person"
