"""What a page says about its article: linked data, meta elements, microdata, and what stands around the headline."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import msgspec

from waqai.ingest import page_site, page_top
from waqai.ingest.decoding import ARABIC_LETTERS
from waqai.ingest.metadata import Metadata
from waqai.ingest.page_boxes import Element
from waqai.ingest.page_tree import Block, Tree, line, text_of
from waqai.knowledge.pages import PagePhrases

_META: Mapping[str, tuple[str, ...]] = {
    "date": (
        "article:published_time",
        "og:article:published_time",
        "datepublished",
        "date",
        "pubdate",
        "publishdate",
        "publish-date",
        "publish_date",
        "dc.date",
        "dc.date.issued",
        "dcterms.date",
        "dcterms.created",
        "parsely-pub-date",
        "sailthru.date",
        "mediator_published_time",
    ),
    "title": ("og:title", "twitter:title", "dc.title"),
    "outlet": ("og:site_name", "application-name", "publisher", "dc.publisher"),
    "author": ("author", "article:author", "dc.creator", "parsely-author", "twitter:data1"),
    "deck": ("og:description", "description", "twitter:description"),
    "url": ("og:url",),
}
_ARTICLES = ("Article", "Posting", "Report", "VideoObject")
_SEPARATORS = re.compile(r"\s+[|\-–—:»«/]+\s+|\s*[|»_]\s*|(?<=\w):\s+")
_TAG = re.compile(r"<[^<>]{0,500}>")
_NUMBER = re.compile(r"\d{4}")
_TITLE_LEAST = 12
_WORDS_LEAST = 4
"""A part of the title element with fewer words may be the name of the site or of a section."""
_LINE_LONGEST = 120
_DECK_WORDS = 3
_DATED_LONGEST = 60
_PARTS = 8
_OUTLET_LONGEST = 60
_BODY_LONGEST = 100_000
_CANDIDATES = 400


class Told(msgspec.Struct, frozen=True):
    """What the head of a page says; "" where it says nothing."""

    about: Metadata = Metadata()
    deck: str = ""
    body: str = ""
    page_title: str = ""
    """The title element, outlet and all."""
    names: tuple[str, ...] = ()
    """What the page calls its own site, the likeliest first."""


def told(root: Element, phrases: PagePhrases) -> Told:
    """The head of a page and its microdata."""
    meta, times = _meta(root)
    data = list(_linked_data(root))
    article = next((part for part in data if _is_article(part)), {})
    loose = next((part for part in data if "datePublished" in part or "headline" in part), {})
    names = {part["@id"]: _text(part) for part in data if isinstance(part.get("@id"), str) and part.get("name")}
    found = {field: next((meta[name] for name in keys if meta.get(name)), "") for field, keys in _META.items()}
    items = _microdata(root)
    title = next((child for child in root.iter("title") if child.getparent() is None or child.getparent().tag != "svg"), None)
    person = article.get("author") or loose.get("author")
    named = (found["outlet"], page_site.named_in_data(data), *page_site.named_by_logo(root, phrases))
    own = tuple(dict.fromkeys(line(name) for name in named if name))
    titles = (found["title"], _first(article, loose, "headline"), items["title"])
    about = Metadata(
        date=found["date"] or _first(article, loose, "datePublished", "dateCreated", "uploadDate") or items["date"] or next(iter(times), ""),
        title=next((title for title in titles if title and line(title) not in own), ""),
        url=meta.get("canonical") or found["url"],
        outlet=found["outlet"] or _text(article.get("publisher") or loose.get("publisher"), names) or items["outlet"],
        author=_text(person, names) or items["author"] or ("" if "//" in found["author"] else found["author"]),
    )
    body = _plain(_first(article, {}, "articleBody"))
    deck = _first(article, loose, "alternativeHeadline", "description") or found["deck"]
    return Told(about, line(deck), body, text_of(title) if title is not None else "", own)


def _plain(body: str) -> str:
    """The article in linked data without the markup that some sites leave in it."""
    if len(body) > _BODY_LONGEST:
        return ""
    body = html.unescape(body)
    return html.unescape(_TAG.sub("\n", body)) if "<" in body else body


def headline(tree: Tree, head: Told) -> Element | None:
    """The element that shows the title: the heading, or failing that the short line, that the head names; else the only h1."""
    root, text_in = tree.root, tree.short_text
    if root is None:
        return None
    names = [name for name in (line(head.about.title), head.page_title) if name and name not in head.names]
    parts = sorted(_SEPARATORS.split(head.page_title, maxsplit=_PARTS), key=lambda part: (bool(ARABIC_LETTERS.search(part)), len(part)), reverse=True)
    headings = [element for element in islice(root.iter("h1", "h2", "h3"), _CANDIDATES) if text_in(element)]
    for name in (*names, *(part for part in parts if part and part not in head.names)):
        short = name not in names and len(name.split()) < _WORDS_LEAST
        for element in headings:
            if _is_title(text_in(element), name) and not (short and element.tag != "h1"):
                return element
    lines = (element for element in root.iter("b", "strong", "font", "span", "div", "td", "p") if len(element) <= 1)
    for element in islice(lines, _CANDIDATES):
        text = text_in(element)
        if _TITLE_LEAST <= len(text) <= _LINE_LONGEST * 2 and any(text in name and 2 * len(text) > len(name) for name in names):
            return element
    firsts = [element for element in headings if element.tag == "h1" and text_in(element) not in head.names]
    return firsts[0] if len(firsts) == 1 or (firsts and not names) else None


def complete(head: Told, blocks: Sequence[Block], top: slice, phrases: PagePhrases) -> tuple[Metadata, str]:
    """Metadata and deck from the head of the page and, where that is silent, from the blocks around the headline.

    `top` are the blocks after the headline and before the first paragraph.
    """
    about = head.about
    shown = next((block.text for block in blocks if block.role == "heading"), "")
    title, outlet = _title_and_outlet(head, shown)
    author = about.author
    if author == outlet or not ARABIC_LETTERS.search(author):
        author = page_top.byline(blocks, top, phrases) or author
    date = about.date or page_top.shown_date(blocks, top)
    decks = (block.text for block in blocks if block.role == "deck" and len(block.text.split()) >= _DECK_WORDS)
    deck = next((text for text in decks if len(text) > _DATED_LONGEST or not page_top.written_date(text)), "")
    return msgspec.structs.replace(about, title=line(title), outlet=line(outlet), author=line(author), date=line(date)), deck


def _is_title(text: str, name: str) -> bool:
    return text == name or (len(text) >= _TITLE_LEAST and text in name and 2 * len(text) > len(name)) or (len(name) >= _TITLE_LEAST and name in text)


def _title_and_outlet(head: Told, shown: str) -> tuple[str, str]:
    """Title and outlet; a site that names itself only in the title element names itself beside the headline."""
    title, outlet, whole = line(head.about.title), head.about.outlet, head.page_title
    if shown and (not title or shown in title or title in shown):
        title = shown
    if not title:
        parts = [part for part in map(str.strip, _SEPARATORS.split(whole, maxsplit=_PARTS)) if part]
        title = shown or max(parts, key=lambda part: (part not in head.names, bool(ARABIC_LETTERS.search(part)), len(part)), default=whole)
    if outlet and title != outlet:
        return _without(title, outlet), outlet
    return title, _outlet_beside(title, head)


def _outlet_beside(title: str, head: Told) -> str:
    """What the title element has besides the title, if it is one name; else what the page calls its own site."""
    whole = head.page_title
    sides = whole.split(title, 1) if title and title in whole else []
    rest = [part for side in sides for part in (part.strip(" |-–—:«»/_") for part in _SEPARATORS.split(side, maxsplit=_PARTS)) if part]
    in_arabic = next((name for name in head.names if ARABIC_LETTERS.search(name)), "")
    if in_arabic and len(rest) == 1 and not ARABIC_LETTERS.search(rest[0]):
        return in_arabic
    if len(rest) == 1 and len(rest[0]) <= _OUTLET_LONGEST and not _NUMBER.search(rest[0]):
        return re.sub(r"\s*\(.*?\)$", "", rest[0])
    return next((name for name in head.names if name in whole), next(iter(head.names), ""))


def _without(title: str, outlet: str) -> str:
    """A title without the name of its outlet at either end."""
    for pattern in (rf"\s*[|\-–—:»/]+\s*{re.escape(outlet)}$", rf"^{re.escape(outlet)}\s*[|\-–—:»/]+\s*"):
        title = re.sub(pattern, "", title) or title
    return title


def _meta(root: Element) -> tuple[dict[str, str], list[str]]:
    """Meta elements and the canonical address by name in lower case, and the times that the page marks."""
    meta: dict[str, str] = {}
    for element in root.iter("meta", "link"):
        if element.tag == "link":
            if element.get("rel", "").lower() == "canonical":
                meta.setdefault("canonical", element.get("href", ""))
            continue
        content = line(element.get("content", ""))
        for name in (element.get("property"), element.get("name")):
            if name and content:
                meta.setdefault(name.lower(), content)
    return meta, [element.get("datetime", "") for element in root.iter("time") if element.get("datetime")]


def _microdata(root: Element) -> dict[str, str]:
    """Title, date, author and outlet as properties of elements."""
    found = {"title": "", "date": "", "author": "", "outlet": ""}
    fields = {"headline": "title", "datepublished": "date", "author": "author", "publisher": "outlet"}
    for element in root.iterfind(".//*[@itemprop]"):
        for name in element.get("itemprop", "").lower().split():
            field = fields.get(name)
            if field and not found[field]:
                found[field] = _property(element)
    return found


def _property(element: Element) -> str:
    for inner in element.iterfind(".//*[@itemprop]"):
        if inner.get("itemprop") == "name":
            return _property(inner)
    value = element.get("content") or element.get("datetime") or (element.get("title") if element.tag == "abbr" else "")
    return line(value) if value else text_of(element)


def _linked_data(root: Element) -> Iterator[dict[str, Any]]:
    """Every object of the page's JSON-LD, graphs and lists opened."""
    for script in root.iter("script"):
        if "ld+json" not in script.get("type", ""):
            continue
        try:
            content = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _objects(content)


def _objects(content: Any) -> Iterator[dict[str, Any]]:
    for part in content if isinstance(content, list) else [content]:
        if isinstance(part, dict):
            yield part
            graph = part.get("@graph")
            if isinstance(graph, list):
                yield from (each for each in graph if isinstance(each, dict))


def _is_article(part: dict[str, Any]) -> bool:
    kinds = part.get("@type")
    named: Iterable[Any] = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and kind.endswith(_ARTICLES) for kind in named)


def _first(article: dict[str, Any], loose: dict[str, Any], *names: str) -> str:
    return next((text for part in (article, loose) for name in names if (text := _text(part.get(name)))), "")


def _text(value: Any, names: Mapping[str, str] | None = None) -> str:
    """The text or name in a value of linked data; `names` resolves references."""
    if isinstance(value, list):
        return ", ".join(filter(None, (_text(each, names) for each in value[:20])))
    if isinstance(value, dict):
        return _text(value.get("name")) or (names or {}).get(str(value.get("@id")), "")
    return value if isinstance(value, str) else ""
