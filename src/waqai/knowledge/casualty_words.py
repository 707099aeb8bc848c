"""Words that tell of killed and injured people; the table cues/casualties.tsv."""

from __future__ import annotations

from typing import Literal, cast

import msgspec

from waqai.knowledge.loader import Resources
from waqai.text.folding import fold_word

Harm = Literal["killed", "injured"]
_ENDINGS = ("ان", "ين")


class CasualtyWords(msgspec.Struct, frozen=True, gc=False):
    """Folded words by what they tell.

    `counted` leads to a number after it, `preceded` to one before it, `victims` are counted nouns, `pairs` mean two,
    `tallies` stand before «to N». `persons` are singulars and `two_persons` duals of nouns for people.
    """

    counted: dict[str, Harm]
    verbs: frozenset[str]
    preceded: dict[str, Harm]
    victims: dict[str, Harm]
    pairs: dict[str, Harm]
    tallies: dict[str, Harm]
    persons: frozenset[str]
    two_persons: frozenset[str]
    skipped: frozenset[str]
    rounded: frozenset[str]
    not_people: frozenset[str]
    no_number: frozenset[str]


def load_casualty_words(resources: Resources) -> CasualtyWords:
    """Read cues/casualties.tsv."""
    kinds: dict[str, dict[str, Harm]] = {}
    for row in resources.table("cues/casualties.tsv"):
        kinds.setdefault(row["kind"], {})[fold_word(row["word"])] = cast(Harm, row["what"])
    persons = frozenset(kinds["person"])
    duals = {(p[:-1] + "ت" if p.endswith("ه") else p) + ending for p in persons for ending in _ENDINGS}
    return CasualtyWords(
        {**kinds["verb"], **kinds["noun"]},
        frozenset(kinds["verb"]),
        kinds["after"],
        kinds["victim"],
        kinds["two"],
        kinds["tally"],
        persons | {p + "ا" for p in persons} | {"ال" + p for p in persons},
        frozenset(duals),
        frozenset(kinds["skip"]),
        frozenset(kinds["round"]),
        frozenset(kinds["not_people"]),
        frozenset(kinds["no_number"]),
    )
