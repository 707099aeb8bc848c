"""Cues: words that show who says so, who stays unnamed, what did not happen, and what has not happened yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Generic, TypeVar

import msgspec

from waqai.knowledge.loader import Resources
from waqai.text.folding import fold_word

Words = tuple[str, ...]
T = TypeVar("T")


class SpeechCue(msgspec.Struct, frozen=True, gc=False):
    """A word or phrase of saying; the columns of cues/speech.tsv."""

    words: Words
    cue: str
    kind: str
    speech: str
    source: str
    content: tuple[str, ...]
    inner: str


class ScopeCue(msgspec.Struct, frozen=True, gc=False):
    """A cue of negation or modality with what it bears on."""

    words: Words
    kind: str
    scope: str


class PhraseIndex(Generic[T]):
    """Phrases of folded words, found by their first word, longest first."""

    def __init__(self, entries: Iterable[tuple[Words, T]]) -> None:
        self._first: dict[str, list[tuple[Words, T]]] = defaultdict(list)
        for words, value in entries:
            self._first[words[0]].append((words, value))
        for found in self._first.values():
            found.sort(key=lambda entry: -len(entry[0]))

    def at(self, words: list[str], index: int) -> tuple[int, T] | None:
        """Number of words and value of the longest phrase that begins at `index`."""
        for phrase, value in self._first.get(words[index], ()):
            if tuple(words[index : index + len(phrase)]) == phrase:
                return len(phrase), value
        return None


class Cues:
    """All cue tables. Verbs are indexed by lemma, everything else by folded words."""

    def __init__(self, resources: Resources) -> None:
        speech = [_speech(row) for row in resources.table("cues/speech.tsv")]
        self.speech_verbs = {cue.cue: cue for cue in speech if cue.kind == "verb"}
        self.speech_participles = {cue.words[0]: cue for cue in speech if cue.kind == "participle"}
        self.speech_phrases = PhraseIndex((cue.words, cue) for cue in speech if cue.kind == "phrase")
        negation = resources.table("cues/negation.tsv")
        self.negation_verbs = {row["cue"]: row["scope"] for row in negation if row["kind"] == "verb"}
        self.negation = PhraseIndex(_scoped(row["cue"], row["kind"], row["scope"]) for row in negation if row["kind"] not in ("verb", "participle"))
        modality = resources.table("cues/modality.tsv")
        self.modality_verbs = {row["cue"]: ScopeCue((), row["kind"], row["scope"]) for row in modality if row["form"] == "verb"}
        self.modality = PhraseIndex(_scoped(row["cue"], row["kind"], row["scope"]) for row in modality if row["form"] == "words")
        anonymous = resources.table("cues/anonymous.tsv")
        self.anonymous_heads = frozenset(fold_word(row["cue"]) for row in anonymous if row["kind"] in ("head", "medium"))


def _words(cue: str) -> Words:
    return tuple(fold_word(word) for word in cue.split())


def _speech(row: dict[str, str]) -> SpeechCue:
    return SpeechCue(
        _words(row["cue"]), row["cue"], row["kind"], row["class"], row["source"], tuple(row["content"].split("|")), row["inner"],
    )


def _scoped(cue: str, kind: str, scope: str) -> tuple[Words, ScopeCue]:
    words = _words(cue)
    return words, ScopeCue(words, kind, scope)
