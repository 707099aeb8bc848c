"""What one article is to another: a copy, a version, or neither.

A copy says nothing new: the words are the same, or nearly, or all stand in the other; and the figures are the same, or it is the weather
of another day in the words of today's. A version is what an outlet made of an article of its own: another text at the same address, or
a text of the same day that keeps, or lengthens, most of it.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Literal

import msgspec

from waqai.identity.fingerprints import Wording, wording

_COPY, _CONTAINED = 0.8, 0.95
"""Shares of triples of words in a copy: common to both; those of the newer in the older."""
_VERSION, _KEPT = 0.5, 0.8
"""The same in a version: common to both; those of one, whichever, in the other."""
_FEW_WORDS, _ENOUGH_WORDS = 20, 50
"""Shorter texts are copies only to the word, and only those of enough words where the other has more to say."""
_DAYS, _DAYS_OF_SHORT = 14, 2
_FIGURES = 0.1
"""The share of its figures that a copy may have alone."""


class Article(msgspec.Struct, frozen=True):
    """What identity looks at in an article, and what is kept of a copy. `text_hash` is that of documents."""

    doc_id: str
    text: str
    outlet: str = ""
    url: str = ""
    published: dt.date | None = None
    text_hash: str = ""
    title: str = ""
    author: str = ""


class Likeness(msgspec.Struct, frozen=True):
    """What the newer article is to the older one, and the share of their triples of words that is common."""

    kind: Literal["copy", "version"]
    share: float


class Copy(msgspec.Struct, frozen=True):
    """An article that is not coded, since it says what another one says."""

    article: Article
    of_doc_id: str
    share: float


def likeness(new: Article, mine: Wording, old: Article) -> Likeness | None:
    """What `new`, worded as `mine`, is to `old`; None when it is neither copy nor version."""
    theirs = wording(old.text)
    common = len(mine.triples & theirs.triples)
    share = common / max(1, len(mine.triples | theirs.triples))
    fewest = min(len(mine.words), len(theirs.words))
    same_place = bool(new.url) and new.url == old.url
    if mine.words == theirs.words:
        return Likeness("copy", 1.0) if same_place or _near(new, old, _DAYS_OF_SHORT if fewest < _FEW_WORDS else 10 * _DAYS) else None
    if same_place:
        return Likeness("version", round(share, 3))
    if fewest < _FEW_WORDS:
        return None
    if _says_nothing_new(mine, common, share) and _near(new, old, _DAYS) and _same_figures(mine, theirs):
        return Likeness("copy", round(share, 3))
    own = bool(new.outlet) and new.outlet == old.outlet and new.published is not None and new.published == old.published
    kept = common / max(1, min(len(mine.triples), len(theirs.triples)))
    return Likeness("version", round(share, 3)) if own and share >= _VERSION and kept >= _KEPT else None


def _says_nothing_new(mine: Wording, common: int, share: float) -> bool:
    return share >= _COPY or (common / max(1, len(mine.triples)) >= _CONTAINED and len(mine.words) >= _ENOUGH_WORDS)


def _near(new: Article, old: Article, days: int) -> bool:
    return new.published is None or old.published is None or abs((new.published - old.published).days) <= days


def _same_figures(mine: Wording, theirs: Wording) -> bool:
    """Whether the newer text has no figures, or next to none, that the older one lacks."""
    ours, others = (Counter(word for word in worded.words if any(char.isdigit() for char in word)) for worded in (mine, theirs))
    return (ours - others).total() <= _FIGURES * ours.total()
