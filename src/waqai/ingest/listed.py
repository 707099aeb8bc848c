"""The shape of a list of articles."""

from __future__ import annotations

from typing import Literal

import msgspec


class Entry(msgspec.Struct, frozen=True):
    """One article of a list; "" where the list says nothing. Dates are as written, `content` is HTML.

    `date` is that of publication, `changed` that of the last change. `whole` says that `content` is the article and no summary.
    """

    url: str = ""
    guid: str = ""
    title: str = ""
    date: str = ""
    changed: str = ""
    outlet: str = ""
    author: str = ""
    content: str = ""
    whole: bool = False


class Inner(msgspec.Struct, frozen=True):
    """A list that another one names: a feed of an OPML file, a sitemap of an index."""

    url: str
    title: str = ""
    changed: str = ""


class Listing(msgspec.Struct, frozen=True):
    """What a list says. `minutes` is how often it wants to be read (0: it does not say), `problem` what was wrong with it."""

    kind: Literal["feed", "opml", "sitemap", "index"]
    title: str = ""
    entries: tuple[Entry, ...] = ()
    inner: tuple[Inner, ...] = ()
    minutes: int = 0
    problem: str = ""
