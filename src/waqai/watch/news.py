"""What of a list is wanted, and by what an article is known again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from waqai.document import Document
from waqai.errors import InputError
from waqai.ingest import read_date
from waqai.ingest.addresses import split_address
from waqai.ingest.listing import Entry, Listing
from waqai.ingest.metadata import DateParser
from waqai.watch.plan import Plan
from waqai.watch.state import digest, page_key

_DEEPEST, _MOST_LISTS, _MOST_SITEMAPS = 3, 2_000, 50


def wanted_entries(listing: Listing, plan: Plan, now: float, parse: DateParser | None) -> Iterator[tuple[Entry, bool]]:
    """The entries, each with whether it is young enough; one without a date is. Oldest last in the list come first, as they happened."""
    for entry in reversed(listing.entries):
        yield entry, _young(entry.date or entry.changed, plan, now, parse)


def wanted_lists(listing: Listing, plan: Plan, depth: int, now: float, parse: DateParser | None) -> list[tuple[str, str]]:
    """Address and title of the lists that a list names: all feeds of an OPML file, of an index the 50 sitemaps changed last."""
    if depth >= _DEEPEST:
        return []
    found = [inner for inner in listing.inner if _young(inner.changed, plan, now, parse) and _is_good(inner.url)]
    if listing.kind == "index":
        found = sorted(found, key=lambda inner: inner.changed, reverse=True)[:_MOST_SITEMAPS]
    return [(inner.url, inner.title) for inner in found[:_MOST_LISTS]]


def keys_of(document: Document) -> tuple[bytes, ...]:
    """By what an article of a site is known under another address: its words, and the page that it says to be, with its title."""
    try:
        site = split_address(document.url).host.removeprefix("www.")
        page = page_key(document.url)
    except InputError:
        return ()
    return digest("words", site, " ".join(document.text.split())), digest("claim", page.hex(), document.title)


def _young(written: str, plan: Plan, now: float, parse: DateParser | None) -> bool:
    day = read_date(written, parse) if written and plan.oldest_days else None
    return day is None or day >= dt.datetime.fromtimestamp(now, dt.UTC).date() - dt.timedelta(days=plan.oldest_days)


def _is_good(url: str) -> bool:
    try:
        split_address(url)
    except InputError:
        return False
    return True
