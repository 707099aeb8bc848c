"""Entries of feeds to documents: the entry's own text where it is the whole article, else the page behind its link."""

from __future__ import annotations

from urllib.parse import urlsplit

import msgspec

from waqai.errors import InputError
from waqai.ingest.fetch import Answer
from waqai.ingest.listing import Entry, read_listing
from waqai.ingest.metadata import Metadata, read_date
from waqai.ingest.pages import read_html
from waqai.ingest.reading import Read, Reading
from waqai.issues import Issue


def read_entries(data: bytes, name: str, reading: Reading, *, charset: str = "") -> Read:
    """The articles of a feed: those that it holds, and where `reading` follows addresses, the pages behind its links."""
    try:
        listing = read_listing(data, url=name if "://" in name else "", charset=charset)
    except InputError as error:
        yield Issue(error.code, error.message, where=error.where or name, advice=error.advice)
        return
    if listing.kind != "feed":
        advice = "`waqai watch --once` reads it, with the pauses that the servers ask for."
        yield Issue("WQ-114", "lists feeds or a whole site, and no articles.", where=name, advice=advice)
        return
    if listing.problem:
        yield Issue("WQ-119", f"the feed is broken: {listing.problem}.", where=name, advice="What could be read was.", fatal=False, level="warning")
    reading = msgspec.structs.replace(reading, about=reading.about.or_else(Metadata(outlet=listing.title)))
    for entry in listing.entries:
        if entry.whole:
            yield from entry_documents(entry, reading)
        elif reading.follow is not None:
            yield from reading.follow(entry.url, _said(entry, reading).or_else(reading.about), entry.url)
        else:
            yield Issue("WQ-136", f"has an address and no text: {entry.url[:200]}", where=name, advice="Say --follow to read the pages behind addresses.")


def entry_documents(entry: Entry, reading: Reading) -> Read:
    """The document that an entry holds itself, or the issue that says why there is none."""
    page = f"<html><body><article>{entry.content}</article></body></html>".encode()
    said = _said(entry, reading)
    yield from read_html(page, entry.url, reading, "utf-8", lambda shown: said.or_else(reading.about).or_else(shown))


def page_documents(answer: Answer, entry: Entry, reading: Reading) -> Read:
    """The document of a page that an entry led to. Its date is that of the feed where there is one, the rest the page's own."""
    said = _said(entry, reading)

    def settle(shown: Metadata) -> Metadata:
        if urlsplit(shown.url).hostname != urlsplit(answer.url).hostname:
            # A page may say that it is another one of its site, and nothing more.
            shown = msgspec.structs.replace(shown, url=answer.url)
        return Metadata(date=said.date).or_else(shown).or_else(said).or_else(reading.about)

    yield from read_html(answer.data, answer.url, reading, answer.charset, settle)


def _said(entry: Entry, reading: Reading) -> Metadata:
    """What an entry says about its article; a date that cannot be read is none."""
    date = entry.date if entry.date and read_date(entry.date, reading.parse) else ""
    return Metadata(date=date, title=entry.title, url=entry.url, outlet=entry.outlet, author=entry.author)
