"""Words typical of topics; the table cues/topics.tsv."""

from __future__ import annotations

from typing import Literal, cast

import msgspec

from waqai.knowledge.contexts import bare
from waqai.knowledge.loader import Resources
from waqai.text.folding import fold_word

Topic = Literal[
    "politics",
    "sport",
    "weather",
    "markets",
    "religion",
    "culture",
    "history",
    "obituary",
    "telegram",
    "accident",
    "health",
    "technology",
]


class TopicWord(msgspec.Struct, frozen=True, gc=False):
    """The rest of a phrase after its first word, its topic, and how typical it is (1 to 3)."""

    rest: tuple[str, ...]
    topic: Topic
    weight: int


TopicWords = dict[str, tuple[TopicWord, ...]]


def load_topics(resources: Resources) -> TopicWords:
    """The entries of cues/topics.tsv by their bare first word, longest phrases first."""
    found: dict[str, dict[tuple[tuple[str, ...], str], TopicWord]] = {}
    for row in resources.table("cues/topics.tsv"):
        first, *rest = (bare(fold_word(word)) for word in row["word"].split())
        entry = TopicWord(tuple(rest), cast(Topic, row["topic"]), int(row["weight"]))
        known = found.setdefault(first, {}).get((entry.rest, entry.topic))
        if known is None or known.weight < entry.weight:
            found[first][entry.rest, entry.topic] = entry
    return {first: tuple(sorted(entries.values(), key=lambda e: -len(e.rest))) for first, entries in found.items()}
