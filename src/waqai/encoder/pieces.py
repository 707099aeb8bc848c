"""Words of a sentence cut into the pieces that the network knows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from waqai.document import Span

if TYPE_CHECKING:
    from tokenizers import Tokenizer

LONGEST = 256
"""Pieces of a sentence that the network reads; words behind them get no reading."""


class Reading(msgspec.Struct, frozen=True, gc=False):
    """`ids` of the pieces with the marks of begin and end, and for each the word that it belongs to, -1 for none."""

    ids: list[int]
    word_of: list[int]


class Pieces:
    """Cuts sentences."""

    def __init__(self, cutter: Tokenizer) -> None:
        self._cutter = cutter

    def cut(self, text: str, words: Sequence[Span]) -> Reading:
        """`words` are spans into `text`, in order; a piece that begins before a word and ends in it belongs to it."""
        encoding = self._cutter.encode(text)
        starts = [word.start for word in words]
        word_of = []
        for start, end in encoding.offsets[:LONGEST]:
            index = bisect_right(starts, end - 1) - 1 if end > start else -1
            word_of.append(index if index >= 0 and words[index].end >= end else -1)
        return Reading(encoding.ids[:LONGEST], word_of)
