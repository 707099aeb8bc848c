"""Number words by folded form."""

from __future__ import annotations

from typing import Literal, cast

import msgspec

from waqai.knowledge.loader import Resources
from waqai.text.folding import fold_word

NumberKind = Literal["unit", "teen_one", "ten", "tens", "hundred", "hundreds", "scale", "scale_plural", "dual"]


class NumberWord(msgspec.Struct, frozen=True, gc=False):
    """A word of lexicon/numbers.tsv: its part in a compound number, and its value."""

    kind: NumberKind
    value: int


NumberWords = dict[str, NumberWord]


def load_numbers(resources: Resources) -> NumberWords:
    """Folded word to number word."""
    rows = resources.table("lexicon/numbers.tsv")
    return {fold_word(row["word"]): NumberWord(cast(NumberKind, row["kind"]), int(row["value"])) for row in rows}
