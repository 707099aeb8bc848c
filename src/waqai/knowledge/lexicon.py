"""Words: stems of verbs, nouns and adjectives, personal names, irregular plurals."""

from __future__ import annotations

from collections import defaultdict
from typing import Literal

import msgspec

from waqai.knowledge.loader import Resources
from waqai.text.folding import fold_word

_SHORTEST_PARTICIPLE = 3
"""Participles of three letters (آد، غاء) are far rarer than the words that look like them."""


class VerbStem(msgspec.Struct, frozen=True, gc=False):
    """What a stem is a stem of. `slots` are letters as in lexicon/verbs.tsv."""

    lemma: str
    slots: str
    voice: Literal["active", "passive", "either"]


class Noun(msgspec.Struct, frozen=True, gc=False):
    """A common noun, masdar, participle or adjective; number and gender where the form alone does not show them."""

    lemma: str
    pos: Literal["noun", "masdar", "participle", "adjective"]
    number: Literal["", "s", "d", "p"] = ""
    gender: Literal["", "m", "f"] = ""


class Lexicon(msgspec.Struct, frozen=True, gc=False):
    """Dictionaries by folded form."""

    perfect: dict[str, tuple[VerbStem, ...]]
    imperfect: dict[str, tuple[VerbStem, ...]]
    nouns: dict[str, Noun]
    names: frozenset[str]

    @classmethod
    def load(cls, resources: Resources) -> Lexicon:
        """Read lexicon/*.tsv, or their compiled form."""
        sources = [f"lexicon/{name}.tsv" for name in ("verbs", "verbal_nouns", "nouns", "names", "irregular")]
        return resources.compiled("lexicon", sources, Lexicon, lambda: _read(resources))


def _read(resources: Resources) -> Lexicon:
    perfect: dict[str, list[VerbStem]] = defaultdict(list)
    imperfect: dict[str, list[VerbStem]] = defaultdict(list)
    for row in resources.table("lexicon/verbs.tsv"):
        for index, cell in ((perfect, row["perfect"]), (imperfect, row["imperfect"])):
            for entry in filter(None, cell.split("|")):
                stem, slots, voice = entry.split(":")
                index[stem].append(VerbStem(row["lemma"], slots, voice))  # type: ignore[arg-type]
    return Lexicon(
        {stem: tuple(entries) for stem, entries in perfect.items()},
        {stem: tuple(entries) for stem, entries in imperfect.items()},
        _nouns(resources),
        frozenset(fold_word(row["word"]) for row in resources.table("lexicon/names.tsv")),
    )


def _nouns(resources: Resources) -> dict[str, Noun]:
    """The first to name a form decides: irregular plurals, then masdars, then counted nouns, then participles."""
    nouns: dict[str, Noun] = {}
    for row in resources.table("lexicon/irregular.tsv"):
        nouns.setdefault(fold_word(row["word"]), Noun(row["lemma"], "noun", row["number"], row["gender"]))  # type: ignore[arg-type]
    derived = resources.table("lexicon/verbal_nouns.tsv")
    for row in derived:
        if row["pos"] == "masdar":
            nouns.setdefault(fold_word(row["word"]), Noun(row["word"], "masdar"))
    for row in resources.table("lexicon/nouns.tsv"):
        nouns.setdefault(fold_word(row["word"]), Noun(row["word"], row["pos"]))  # type: ignore[arg-type]
    for row in derived:
        if len(row["word"]) > _SHORTEST_PARTICIPLE:
            nouns.setdefault(fold_word(row["word"]), Noun(row["word"], "participle"))
    return nouns
