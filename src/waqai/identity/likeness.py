"""What one article is to another: a copy, a version, or neither.

A copy says nothing new: the words are the same, or nearly, or all stand in the other; and the figures are the same, or it is the weather
of another day in the words of today's. A version is what an outlet made of an article of its own: another text at the same address, or
a text much like it on the same day.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Literal

import msgspec

from waqai.identity.fingerprints import triples, words_of

_COPY, _CONTAINED, _VERSION = 0.8, 0.95, 0.5
"""Shares of triples of words: common to both; those of one in the other; common to two versions."""
_FEW_WORDS, _ENOUGH_WORDS = 20, 50
"""Shorter texts are copies only to the word, and only those of enough words where the other has more to say."""
_DAYS, _DAYS_OF_SHORT = 14, 2
_FIGURES = 0.1
"""The share of its figures that a copy may have alone."""


class Article(msgspec.Struct, frozen=True):
    """What identity looks at in an article."""

    doc_id: str
    text: str
    outlet: str = ""
    url: str = ""
    published: dt.date | None = None


class Likeness(msgspec.Struct, frozen=True):
    """What the newer article is to the older one, and the share of their triples of words that is common."""

    kind: Literal["copy", "version"]
    share: float


class Copy(msgspec.Struct, frozen=True):
    """An article that is not coded, since it says what another one says. `text_hash` is that of documents."""

    article: Article
    of_doc_id: str
    share: float
    text_hash: str
    title: str = ""
    author: str = ""


def likeness(new: Article, old: Article) -> Likeness | None:
    """What `new` is to `old`, None when it is neither copy nor version."""
    mine, theirs = words_of(new.text), words_of(old.text)
    first, second = triples(mine), triples(theirs)
    common = len(first & second)
    share = common / max(1, len(first | second))
    same_place = bool(new.url) and new.url == old.url
    if mine == theirs:
        short = len(mine) < _FEW_WORDS
        return Likeness("copy", 1.0) if same_place or _near(new, old, _DAYS_OF_SHORT if short else 10 * _DAYS) else None
    if same_place:
        return Likeness("version", round(share, 3))
    if _says_nothing_new(mine, first, common, share) and min(len(mine), len(theirs)) >= _FEW_WORDS and _near(new, old, _DAYS) and _same_figures(mine, theirs):
        return Likeness("copy", round(share, 3))
    own = bool(new.outlet) and new.outlet == old.outlet and new.published is not None and new.published == old.published
    return Likeness("version", round(share, 3)) if own and share >= _VERSION and min(len(mine), len(theirs)) >= _FEW_WORDS else None


def _says_nothing_new(mine: list[str], first: set[str], common: int, share: float) -> bool:
    return share >= _COPY or (common / max(1, len(first)) >= _CONTAINED and len(mine) >= _ENOUGH_WORDS)


def _near(new: Article, old: Article, days: int) -> bool:
    return new.published is None or old.published is None or abs((new.published - old.published).days) <= days


def _same_figures(mine: list[str], theirs: list[str]) -> bool:
    """Whether the newer text has no figures, or next to none, that the older one lacks."""
    ours, others = (Counter(word for word in words if any(char.isdigit() for char in word)) for words in (mine, theirs))
    return (ours - others).total() <= _FIGURES * ours.total()
