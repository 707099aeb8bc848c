"""Sitemaps: the pages of a site, those of its news, and the index of sitemaps."""

from __future__ import annotations

from waqai.ingest.listed import Entry, Inner, Listing
from waqai.ingest.xml import Element

_MOST_PAGES = 50_000


def read_sitemap(root: Element, problem: str = "") -> Listing:
    """The pages of a sitemap, with title, date and outlet where it is one of news. At most 50,000, as the protocol has it."""
    pages = list(root.children("url"))[:_MOST_PAGES]
    return Listing("sitemap", entries=tuple(_page(page) for page in pages), problem=problem)


def read_index(root: Element, problem: str = "") -> Listing:
    """The sitemaps of an index."""
    found = (Inner(each.text("loc"), changed=each.text("lastmod")[:200]) for each in root.children("sitemap"))
    return Listing("index", inner=tuple(found), problem=problem)


def _page(page: Element) -> Entry:
    news = page.first("news:news")
    publication = news.first("news:publication") if news is not None else None
    return Entry(
        url=page.text("loc"),
        title=news.text("news:title")[:1000] if news is not None else "",
        date=news.text("news:publication_date")[:200] if news is not None else "",
        changed=page.text("lastmod")[:200],
        outlet=publication.text("news:name")[:300] if publication is not None else "",
    )
