"""Feeds: RSS 0.9 to 2.0, Atom, and OPML, the list of feeds."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from waqai.ingest.listed import Entry, Inner, Listing
from waqai.ingest.xml import Element

_MOST_ENTRIES = 5_000
_MINUTES = {"hourly": 60, "daily": 1440, "weekly": 10_080, "monthly": 43_200, "yearly": 525_600}
_TAGS = re.compile(r"<[^<>]*>")
_CUT = re.compile(r"(\.\.\.|…|\[\s*(…|&#8230;|\.\.\.)\s*\]|اقرأ المزيد|قراءة المزيد|المزيد)[\s.»>]*$")
# A summary is seldom longer; an article in the element for the whole is seldom shorter.
_WHOLE_CONTENT, _WHOLE_SUMMARY = 400, 1_200
_LONGEST, _LONGEST_NAME = 500_000, 5_000


def read_feed(root: Element, problem: str = "") -> Listing:
    """The entries of an RSS or Atom feed, the first 5,000."""
    channel = root.first("channel") or root
    # RSS 1.0 has its items beside the channel.
    items = [*channel.children("item", "entry"), *(root.children("item") if channel is not root else ())]
    entries = tuple(_entry(item) for item in items[:_MOST_ENTRIES])
    return Listing("feed", _name(channel.text("title")), entries, minutes=_minutes(channel), problem=problem)


def read_opml(root: Element, problem: str = "") -> Listing:
    """The feeds of an OPML file, through all its folders, each once."""
    found = {feed.url: feed for feed in _outlines(root)}
    return Listing("opml", inner=tuple(found.values()), problem=problem)


def _outlines(element: Element) -> Iterator[Inner]:
    for child in element.children("body", "outline"):
        given = {name.lower(): value for name, value in child.attributes.items()}
        if given.get("xmlurl"):
            yield Inner(given["xmlurl"].strip(), given.get("title") or given.get("text") or "")
        yield from _outlines(child)


def _entry(item: Element) -> Entry:
    content = _markup(item.first("content:encoded", "content"))
    summary = _markup(item.first("description", "summary"))
    whole = _is_whole(content, _WHOLE_CONTENT) or _is_whole(summary, _WHOLE_SUMMARY)
    changed = item.text("updated", "modified", "dcterms:modified")
    return Entry(
        url=_link(item),
        guid=item.text("guid", "id")[:1000],
        title=_name(item.text("title")),
        date=(item.text("pubdate", "published", "issued", "dc:date", "dcterms:created", "dcterms:issued", "date") or changed)[:200],
        changed=changed[:200],
        author=_author(item),
        content=max(content, summary, key=len) if whole else "",
        whole=whole,
    )


def _markup(element: Element | None) -> str:
    return element.markup() if element is not None else ""


def _is_whole(markup: str, least: int) -> bool:
    """Whether it is long enough to be an article, and is not cut off at its end."""
    if not least <= len(markup) <= _LONGEST:
        return False
    words = _plain(markup)
    return len(words) >= least and not _CUT.search(words[-60:])


def _link(item: Element) -> str:
    """The page of the article: not the comments, the picture or the feed itself."""
    links = list(item.children("link"))
    for link in links:
        address = link.attributes.get("href", "")
        if address and link.attributes.get("rel", "alternate") == "alternate":
            return address.strip()
    plain = next((link.own_text() for link in links if link.own_text()), "")
    guid = item.first("guid")
    permanent = guid is not None and guid.attributes.get("isPermaLink", "true").lower() != "false"
    named = guid.own_text() if guid is not None and permanent else ""
    return plain or (named if named.startswith("http") else "") or item.attributes.get("rdf:about", "")


def _author(item: Element) -> str:
    author = item.first("author", "dc:creator")
    return _name(author.text("name") or author.own_text()) if author is not None else ""


def _minutes(channel: Element) -> int:
    """How long the feed says that it stays as it is: ttl in minutes, or period and frequency."""
    ttl = channel.text("ttl")
    if ttl.isdecimal() and len(ttl) < 7:
        return int(ttl)
    period, often = _MINUTES.get(channel.text("sy:updateperiod").lower(), 0), channel.text("sy:updatefrequency")
    return period // max(1, int(often) if often.isdecimal() and len(often) < 6 else 1)


def _name(markup: str) -> str:
    return _plain(markup[:_LONGEST_NAME])[:1000]


def _plain(markup: str) -> str:
    return " ".join(html.unescape(_TAGS.sub(" ", html.unescape(markup))).split())
