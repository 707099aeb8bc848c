"""What a story is about: the words of cues/contexts.tsv."""

from __future__ import annotations

import msgspec

from waqai.knowledge.loader import Resources
from waqai.text.folding import fold_word

_PROCLITICS = ("وبال", "وال", "بال", "فال", "كال", "ولل", "لل", "ال")


class ContextWord(msgspec.Struct, frozen=True, gc=False):
    """The rest of a phrase after its first word, the context it shows, and the event types it is limited to
    (empty: all)."""

    rest: tuple[str, ...]
    context: str
    types: frozenset[str] = frozenset()


ContextWords = dict[str, tuple[ContextWord, ...]]


def load_contexts(resources: Resources) -> ContextWords:
    """The entries of cues/contexts.tsv by their first word, bare (see `bare`)."""
    found: dict[str, dict[tuple[tuple[str, ...], str], ContextWord]] = {}
    for row in resources.table("cues/contexts.tsv"):
        first, *rest = (bare(fold_word(word)) for word in row["word"].split())
        types = frozenset(filter(None, row["types"].split("|")))
        found.setdefault(first, {})[tuple(rest), row["context"]] = ContextWord(tuple(rest), row["context"], types)
    return {first: tuple(entries.values()) for first, entries in found.items()}


def bare(word: str) -> str:
    """A folded word without article and what is joined to it; a proclitic without an article stays."""
    for prefix in _PROCLITICS:
        if word.startswith(prefix) and len(word) > len(prefix) + 1:
            return word[len(prefix) :]
    return word
