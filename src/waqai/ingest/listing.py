"""Lists of articles: what a feed, a sitemap or a list of feeds says, in one shape, whatever its format."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

import msgspec

from waqai.errors import InputError
from waqai.ingest.feeds import read_feed, read_opml
from waqai.ingest.inflate import GZIP, inflate
from waqai.ingest.listed import Entry, Inner, Listing
from waqai.ingest.sitemap import read_index, read_sitemap
from waqai.ingest.xml import Element, read_xml, xml_text

__all__ = ["Entry", "Inner", "Listing", "looks_like_listing", "read_listing"]

_MOST = 20_000_000
_ROOTS = ("<rss", "<feed", "<rdf:rdf", "<opml", "<urlset", "<sitemapindex")
_ROOT_OF = {"item": "rss", "entry": "feed", "sitemap": "sitemapindex", "url": "urlset"}
_MOST_PIECES = 5_000


def looks_like_listing(head: bytes) -> bool:
    """Whether a file or answer that begins so is a feed, a sitemap or a list of feeds."""
    start = head[:1000].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").decode("latin-1").lower()
    return start.startswith("<") and any(root in start for root in _ROOTS) and "<html" not in start


def read_listing(data: bytes, *, url: str = "", charset: str = "") -> Listing:
    """What a feed (RSS, Atom), a list of feeds (OPML, or one address a line) or a sitemap (also packed by gzip, or an index) lists.

    `url` is where it was read, for links without a host; `charset` what a header says. InputError (WQ-118) when it is none
    of these, WQ-110 when it cannot be unpacked; a broken one gives what can be read, and says so in `problem`.
    """
    if data.startswith(GZIP):
        data = inflate([data], _MOST)
    text = xml_text(data, charset)
    if "<" not in text:
        return _lines(text, url)
    root, problem = read_xml(text)
    listing = _read(root, problem) if root is not None else None
    if listing is None:
        raise InputError("WQ-118", f"is no feed, list of feeds or sitemap{f' ({problem})' if problem else ''}.", where=url)
    if problem and listing.kind != "opml":
        listing = _piecewise(text, listing)
    return _absolute(listing, url)


def _read(root: Element, problem: str) -> Listing | None:
    if root.name in {"rss", "feed", "rdf:rdf", "rdf"}:
        return read_feed(root, problem)
    if root.name == "opml":
        return read_opml(root, problem)
    if root.name == "urlset":
        return read_sitemap(root, problem)
    return read_index(root, problem) if root.name == "sitemapindex" else None


def _lines(text: str, url: str) -> Listing:
    """One address a line; lines that begin with # are remarks."""
    lines = [line.strip() for line in text.splitlines()]
    found = [line for line in lines if line and not line.startswith("#")]
    bad = [line for line in found if not line.startswith(("http://", "https://"))]
    if bad or not found:
        shown = f"the line {bad[0][:60]!r} is no address" if bad else "there is no address in it"
        raise InputError("WQ-118", f"is no feed, list of feeds or sitemap: {shown}.", where=url, advice="Write one address a line.")
    return Listing("opml", inner=tuple(Inner(line) for line in dict.fromkeys(found)))


def _piecewise(text: str, listing: Listing) -> Listing:
    """A mistake ends the reading of a whole document; with each item read by itself it costs only that item."""
    item = next((each for each in _ROOT_OF if f"<{each}" in text), "")
    if not item:
        return listing
    root = _ROOT_OF[item]
    entries: list[Entry] = []
    inner: list[Inner] = []
    for part in text.split(f"<{item}", _MOST_PIECES)[1:_MOST_PIECES]:
        end = part.find(f"</{item}>")
        if end < 0 or part[:1] not in {" ", ">", "\t", "\n", "\r"}:
            continue
        element, problem = read_xml(f"<{root}><{item}{part[:end]}</{item}></{root}>")
        found = _read(element, "") if element is not None and not problem else None
        if found is not None:
            entries += found.entries
            inner += found.inner
    if len(entries) + len(inner) <= len(listing.entries) + len(listing.inner):
        return listing
    return msgspec.structs.replace(listing, entries=tuple(entries), inner=tuple(inner))


def _absolute(listing: Listing, url: str) -> Listing:
    entries = (msgspec.structs.replace(entry, url=_joined(url, entry.url)) for entry in listing.entries)
    inner = (msgspec.structs.replace(each, url=_joined(url, each.url)) for each in listing.inner)
    good = tuple(entry for entry in entries if entry.url or entry.content)
    return msgspec.structs.replace(listing, entries=good, inner=tuple(each for each in inner if each.url))


def _joined(base: str, link: str) -> str:
    try:
        whole = urljoin(base, link.strip())
        return whole if urlsplit(whole).scheme in {"http", "https"} else ""
    except ValueError:
        return ""
