"""PLOVER contexts of an event, from the words of its sentence."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from waqai.knowledge.contexts import ContextWords, bare

_CRIMES = frozenset({"corruption", "illegal_drugs", "trafficking"})
_JOINED = "وفبلك"
_FORMS = 100_000


class ContextFinder:
    """Finds contexts: what a story is about, not what the act is."""

    def __init__(self, words: ContextWords) -> None:
        self._words = words
        self._first = lru_cache(maxsize=_FORMS)(self._candidates)

    def find(self, folded_words: Sequence[str], event_type: str) -> tuple[str, ...]:
        """The contexts that folded words show for an event of a type, sorted. Takes time linear in the number of words.

        `crime` stands only where no special crime does (PLOVER 2.0).
        """
        found: set[str] = set()
        for index, word in enumerate(folded_words):
            for form in self._first(word):
                for entry in self._words[form]:
                    if entry.context in found or (entry.types and event_type not in entry.types):
                        continue
                    end = index + 1 + len(entry.rest)
                    if not entry.rest or tuple(map(bare, folded_words[index + 1 : end])) == entry.rest:
                        found.add(entry.context)
        if found & _CRIMES:
            found.discard("crime")
        return tuple(sorted(found))

    def _candidates(self, word: str) -> tuple[str, ...]:
        forms = {word, bare(word)}
        if word[:1] in _JOINED and len(word) > 3:
            forms |= {word[1:], bare(word[1:])}
        return tuple(sorted(form for form in forms if form in self._words))
