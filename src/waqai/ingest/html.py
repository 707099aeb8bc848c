"""Web pages: the main text, and what the page says about itself. Standard library only."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from html.parser import HTMLParser
from typing import Any

import msgspec

from waqai.ingest.metadata import Metadata

_SKIPPED = frozenset(
    {
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "iframe",
        "form",
        "button",
        "select",
        "nav",
        "footer",
        "aside",
        "menu",
    }
)
_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
_BLOCKS = frozenset({"p", "div", "article", "section", "main", "header", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol"}) | frozenset(
    {"blockquote", "figcaption", "figure", "td", "tr", "table", "pre", "br", "dd", "dt", "dl", "body", "center"}
)
_BOILERPLATE = re.compile(
    r"\b(nav|menu|breadcrumb|footer|sidebar|related|share|social|comment|cookie|advert|banner|newsletter|promo|tags?)\b",
    re.IGNORECASE,
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_META = {
    "date": (
        "article:published_time",
        "datepublished",
        "date",
        "pubdate",
        "publishdate",
        "dc.date",
        "dc.date.issued",
        "parsely-pub-date",
    ),
    "title": ("og:title", "twitter:title", "dc.title"),
    "outlet": ("og:site_name", "application-name", "publisher"),
    "author": ("author", "article:author", "dc.creator"),
    "url": ("og:url",),
}


class Page(msgspec.Struct, frozen=True):
    """Main text of a page (paragraphs apart by an empty line) and its metadata."""

    text: str
    about: Metadata


class _Block(msgspec.Struct):
    """A stretch of text without block elements inside: its containers (outermost first) and the length of its links."""

    containers: tuple[int, ...]
    tag: str
    words: list[str]
    linked: int = 0

    @property
    def text(self) -> str:
        return re.sub(r"[ \t\r\n\f]+", " ", "".join(self.words)).strip()


class _Parser(HTMLParser):
    """Collects blocks of text with their containers, meta elements and linked data."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[_Block] = []
        self.meta: dict[str, str] = {}
        self.linked_data: list[str] = []
        self.page_title: list[str] = []
        self.times: list[str] = []
        self.main: set[int] = set()
        self._open: list[tuple[str, int, bool]] = []
        self._count = 0
        self._data = False
        self._fresh = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._note(tag, given)
        if tag in _BLOCKS:
            self._fresh = True
        if tag in _VOID:
            return
        if tag in {"p", "li"}:
            self._close_open(tag)
        self._count += 1
        self._data = tag == "script" and "ld+json" in given.get("type", "")
        if self._data:
            self.linked_data.append("")
        if tag in {"article", "main"} or given.get("itemprop", "").lower() == "articlebody":
            self.main.add(self._count)
        label = f"{given.get('class', '')} {given.get('id', '')} {given.get('role', '')}"
        hidden = "hidden" in given or (tag not in {"body", "html", "article", "main"} and bool(_BOILERPLATE.search(label)))
        self._open.append((tag, self._count, tag in _SKIPPED or hidden))

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._fresh = True
        self._data = False
        for index in range(len(self._open) - 1, -1, -1):
            if self._open[index][0] == tag:
                del self._open[index:]
                return

    def handle_data(self, data: str) -> None:
        if self._data:
            self.linked_data[-1] += data
            return
        tags = [tag for tag, _, _ in self._open]
        if "title" in tags:
            self.page_title.append(data)
        elif "head" not in tags and not any(skipped for _, _, skipped in self._open):
            self._write(data, tags)

    def _write(self, data: str, tags: list[str]) -> None:
        if self._fresh:
            blocks = [(tag, number) for tag, number, _ in self._open if tag in _BLOCKS]
            self.blocks.append(_Block(tuple(n for _, n in blocks), blocks[-1][0] if blocks else "", []))
            self._fresh = False
        self.blocks[-1].words.append(data)
        if "a" in tags:
            self.blocks[-1].linked += len(data.strip())

    def _close_open(self, tag: str) -> None:
        """A paragraph or item ends where the next one begins, with or without its end tag."""
        if self._open and self._open[-1][0] == tag:
            self._open.pop()

    def _note(self, tag: str, given: dict[str, str]) -> None:
        if tag == "meta":
            name = (given.get("property") or given.get("name") or given.get("itemprop") or "").lower()
            if name and given.get("content"):
                self.meta.setdefault(name, given["content"].strip())
        elif tag == "link" and given.get("rel", "").lower() == "canonical":
            self.meta.setdefault("canonical", given.get("href", ""))
        elif tag == "time" and given.get("datetime"):
            self.times.append(given["datetime"])


def declared_charset(data: bytes) -> str:
    """The encoding that a page names in its head, "" when it names none."""
    found = _CHARSET.search(data[:4096])
    return found.group(1).decode("ascii", "ignore") if found else ""


def read_page(markup: str) -> Page:
    """Main text and metadata of a page. The text is empty when nothing looks like an article."""
    parser = _Parser()
    parser.feed(markup)
    parser.close()
    blocks = [block for block in parser.blocks if block.text]
    heading = next((block.text for block in blocks if block.tag == "h1"), "")
    about = _about(parser, heading)
    chosen = _main_blocks(blocks, parser.main)
    texts = [block.text for block in chosen if block.tag != "h1" and block.text != about.title]
    return Page("\n\n".join(texts), about)


def _main_blocks(blocks: list[_Block], main: set[int]) -> list[_Block]:
    """The blocks inside the container that holds most running text, without those that are chiefly links."""
    scores: dict[int, float] = defaultdict(float)
    for block in blocks:
        worth = len(block.text) - 2 * block.linked
        if worth < 25 or block.tag == "h1":
            continue
        # The nearer a container is to the paragraph, the better it bounds the article.
        for step, container in enumerate(reversed(block.containers[:-1] if block.tag == "p" else block.containers)):
            scores[container] += worth * (1.0 if step == 0 else 0.7 / step) * (1.5 if container in main else 1.0)
    if not scores:
        return [block for block in blocks if block.linked * 2 < len(block.text)]
    best = max(scores, key=lambda container: scores[container])
    return [block for block in blocks if best in block.containers and block.linked * 2 <= len(block.text)]


def _about(parser: _Parser, heading: str) -> Metadata:
    data = _article_data(parser.linked_data)
    found = {field: next((parser.meta[name] for name in names if parser.meta.get(name)), "") for field, names in _META.items()}
    title = heading or found["title"] or _text(data.get("headline")) or "".join(parser.page_title).strip()
    date = found["date"] or _text(data.get("datePublished")) or next(iter(parser.times), "")
    return Metadata(
        date=date,
        title=" ".join(title.split()),
        url=parser.meta.get("canonical") or found["url"],
        outlet=found["outlet"] or _text(data.get("publisher")),
        author=found["author"] or _text(data.get("author")),
    )


def _article_data(scripts: list[str]) -> dict[str, Any]:
    """The first object of linked data that has a publication date or a headline."""
    for script in scripts:
        try:
            content = json.loads(script)
        except ValueError:
            continue
        listed = content if isinstance(content, list) else [content]
        nested = [part for part in listed if isinstance(part, dict)]
        inner = [each for part in nested for each in part.get("@graph", []) if isinstance(each, dict)]
        for part in nested + inner:
            if "datePublished" in part or "headline" in part:
                return part
    return {}


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(filter(None, map(_text, value)))
    if isinstance(value, dict):
        return _text(value.get("name"))
    return value if isinstance(value, str) else ""
