"""The markup of a page as a sequence of blocks: stretches of text with their containers, and what the labels say of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Literal, NamedTuple

import msgspec
from lxml import etree

from waqai.ingest.page_boxes import PICTURES, Boxes, Element

Role = Literal["", "heading", "deck", "author", "date", "caption"]

_SKIPPED = frozenset(
    {
        "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "audio", "video", "canvas", "map",
        "button", "select", "textarea", "nav", "footer", "aside", "menu", "dialog", "amp-sidebar", "amp-ad", "amp-twitter", "amp-facebook",
        "amp-instagram", "amp-social-share", "head", "title",
    }
)  # fmt: skip
_BLOCKS = frozenset(
    {
        "p", "div", "article", "section", "main", "header", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "blockquote", "figcaption",
        "figure", "td", "th", "tr", "table", "tbody", "pre", "br", "hr", "dd", "dt", "dl", "body", "center", "form", "fieldset",
        "details", "summary", "address", "html",
    }
)  # fmt: skip
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_FURNITURE = re.compile(
    r"nav(bar|igation)?|menu\w*|breadcrumbs?|crumbs|footer|sidebar|related\w*|recommend\w*|recommendations|shar(e|ing|es)\w*|social\w*|sharedaddy|"
    r"comments?|commentlist|respond|disqus|cookies?|consent|gdpr|advert\w*|ads?|adsense|banner|newsletter|subscribe|subscription|paywall|promo\w*|"
    r"hashtags?|tags?|mostread|popular|trending|popup|modal|ticker|pager|pagination|jp|tweet|embed|toolbar|copyright|disclaimer"
)
_FURNITURE_PAIRS = re.compile(
    r"\b(more on|read more|read also|most (read|viewed|popular)|author (bio|box|card)|about author|also read|pull ?quote|post navigation|site header|"
    r"font (tools|size)|print version|visually hidden|screen reader|sr only|widget area)\b"
)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_CAPTION = re.compile(r"caption|figcaption|imgcap|cap|credits?|legend|photocredit")
_DECK = re.compile(r"(?:[a-z]+[-_]{1,2})?(?:deck|sub[-_]?title|sub[-_]?head(?:line|ing)?|standfirst|lede|excerpt|summary|intro|sub)", re.IGNORECASE)
_AUTHOR = re.compile(r"author|byline|writer|createdby|reporter|by")
_PERSON = re.compile(r"/(?:authors?|writers?|reporters?|profiles?|users?|members?|editors?|journalists?)/", re.IGNORECASE)
_DATE = re.compile(r"date|time|timestamp|datetime|pubdate|published|publish")
_TELLING: dict[str, Role] = {"figcaption": "caption", "time": "date"}
_NEVER = frozenset({"html", "body", "main", "article"})
_INLINE = frozenset({"span", "a", "time", "em", "i", "b", "strong", "font", "cite"})
_STRONG = frozenset({"b", "strong"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f\v]+")
# What stands around a line and is no part of it: white space and marks of direction.
_EDGE = " \t\r\n\f\v\u00a0\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u3000"
_EMPTY_LINE = re.compile(r"\n[ \t\r]*\n")
_ROLE_LONGEST = 160
_HEADING_LONGEST = 120
_LINE_LONGEST = 2_000
_NEAREST = 30
"""So many containers of a block are remembered, the nearest; what is further out says nothing about an article."""


class Block(msgspec.Struct, frozen=True):
    """A stretch of text without block elements inside, its nearest containers (outermost first), and how much of it is links.

    `strong`: it is bold from its beginning; `pictured`: nothing but a picture stands between it and the text before.
    """

    text: str
    linked: int
    tag: str
    containers: tuple[int, ...]
    role: Role
    strong: bool = False
    pictured: bool = False

    @property
    def is_links(self) -> bool:
        """Whether it is chiefly links."""
        return self.linked * 2 > len(self.text)


class Tree(msgspec.Struct, frozen=True):
    """A parsed page: its root (None when there is no markup), the characters in each element, and whether it was cut by depth."""

    root: Element | None
    lengths: Mapping[Element, int]
    cut: bool

    def short_text(self, element: Element) -> str:
        """The text in an element as one line, "" when it is longer than any title or byline.

        Elements within one another have the same text: without that bound a deep page would cost its size times its depth.
        """
        return text_of(element) if self.lengths.get(element, 0) <= _LINE_LONGEST else ""


def parse(markup: str) -> Tree:
    """Read markup of any kind; never fails. What is nested over 250 elements deep is left out."""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(markup.encode("utf-8", "replace"), parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        root = None
    return Tree(root, {} if root is None else _lengths(root), "depth" in str(parser.error_log.last_error).lower())


def line(text: str) -> str:
    """A text as one line, white space between words as one blank, none around."""
    return _SPACE.sub(" ", text).strip(_EDGE)


def text_of(element: Element) -> str:
    """All text inside an element as one line."""
    return line("".join(str(piece) for piece in element.itertext()))


def blocks(tree: Tree, heading: Element | None) -> list[Block]:
    """The blocks of a page in order, without menus, footers, comments and other furniture that its markup names.

    What holds `heading`, the element of the headline, is never furniture.
    """
    return list(_Walk(tree, heading))


class _Frame(NamedTuple):
    """What an open element means for the text in it."""

    containers: tuple[int, ...]
    tag: str
    role: Role
    in_link: bool
    strong: bool = False


class _Walk:
    """One pass over the tree that gives its blocks."""

    def __init__(self, tree: Tree, heading: Element | None) -> None:
        self._root, self._heading = tree.root, heading
        self._keep = {heading, *heading.iterancestors()} if heading is not None else set()
        self._lengths = tree.lengths
        self._boxes = Boxes(tree.root, tree.lengths)
        self._whole = max(tree.lengths.get(tree.root, 0), 1)
        self._frames = [_Frame((0,), "", "", False)]
        self._count = 0
        self._words: list[str] = []
        self._linked = 0
        self._seen = False
        self._frame = self._frames[0]
        self._pictured = False
        self._labelled: tuple[Element, str] = (None, "")

    def __iter__(self) -> Iterator[Block]:
        walk = etree.iterwalk(self._root, events=("start", "end"))
        for event, element in walk:
            if not isinstance(element.tag, str):
                continue
            breaks = self._breaks(element)
            self._pictured = self._pictured or (element.tag in PICTURES and event == "start")
            if breaks:
                yield from self._flush()
            if event == "end":
                self._frames.pop()
                self._add(element.tail)
            elif self._is_furniture(element):
                # The end of what is skipped is still reported: text may follow it.
                walk.skip_subtree()
                self._frames.append(self._frames[-1])
            else:
                self._open(element, breaks)
        yield from self._flush()

    def _breaks(self, element: Element) -> bool:
        """Whether an element begins a line of its own: a block, or a name or date in a short line such as a byline.

        The elements that a site defines for itself have a hyphen in their names.
        """
        if element.tag in _BLOCKS or "-" in element.tag:
            return True
        if element.tag not in _INLINE:
            return False
        return (_stands_alone(element) or self._lengths.get(element.getparent(), 0) <= _ROLE_LONGEST) and self._role(element) in ("author", "date")

    def _open(self, element: Element, breaks: bool) -> None:
        outer = self._frames[-1]
        containers, tag = outer.containers, outer.tag
        if breaks and element.tag != "br":
            self._count += 1
            containers, tag = (*containers[-_NEAREST:], self._count), element.tag
        role: Role = "heading" if element is self._heading else self._role(element) or outer.role
        strong = element.tag in _STRONG or (outer.strong and not breaks)
        self._frames.append(_Frame(containers, tag, role, outer.in_link or element.tag == "a", strong))
        self._add(element.text)

    def _add(self, words: str | None) -> None:
        if words:
            self._words.append(words)
            if self._frames[-1].in_link:
                self._linked += len(line(words))
            # The first frame that has text decides what the block is.
            self._frame = self._frames[-1] if len(self._words) == 1 or not self._seen else self._frame
            self._seen = self._seen or bool(words.strip(_EDGE))

    def _flush(self) -> Iterator[Block]:
        words = "".join(self._words)
        frame = self._frame
        # In <pre> an empty line is what parts paragraphs.
        for text in map(line, _EMPTY_LINE.split(words) if frame.tag == "pre" else (words,)):
            if text:
                is_text = frame.tag in HEADINGS and frame.role != "heading" and _reads_on(text)
                yield Block(text, self._linked, "p" if is_text else frame.tag, frame.containers, frame.role, frame.strong, self._pictured)
                self._pictured = False
        self._words, self._linked, self._seen = [], 0, False

    def _is_furniture(self, element: Element) -> bool:
        if element.tag in _NEVER or element in self._keep:
            return False
        if element.tag in _SKIPPED or element.get("hidden") is not None or _HIDDEN.search(element.get("style", "")):
            return True
        if self._boxes.is_unread(element) and self._lengths[element] * 2 < self._whole:
            return True
        label = self._label(element)
        # A wrapper of the whole page is called "has-sidebar" and holds the article all the same.
        return bool(label) and _names_furniture(label) and (self._lengths[element] * 2 < self._whole or "comment" in label)

    def _label(self, element: Element) -> str:
        """The label of an element, made once: furniture and role are asked one after the other."""
        if self._labelled[0] is not element:
            self._labelled = (element, _label(element))
        return self._labelled[1]

    def _role(self, element: Element) -> Role:
        if element.tag in _TELLING:
            return _TELLING[element.tag]
        if self._boxes.is_caption(element):
            return "caption"
        label = self._label(element)
        if element.tag == "a" and self._lengths[element] <= _ROLE_LONGEST and (element.get("rel") == "author" or _PERSON.search(element.get("href", ""))):
            return "author"
        if not label or self._lengths[element] > _ROLE_LONGEST * 3:
            return ""
        words = set(label.split())
        if _any(_CAPTION, words) and "drop" not in words:
            return "caption"
        if element.tag not in _NEVER and _any(_DECK, {*element.get("class", "").split(), element.get("id", "")}) and _is_one_line(element):
            return "deck"
        if self._lengths[element] > _ROLE_LONGEST:
            return ""
        if _any(_AUTHOR, words):
            return "author"
        return "date" if _any(_DATE, words) else ""


def _lengths(root: Element) -> dict[Element, int]:
    """The number of characters in each element."""
    lengths: dict[Element, int] = {}
    for _, element in etree.iterwalk(root, events=("end",)):
        inner = sum(lengths[child] + len(child.tail or "") for child in element)
        lengths[element] = 0 if element.tag in _SKIPPED else len(element.text or "") + inner
    return lengths


def _reads_on(text: str) -> bool:
    """Whether a text is too long for a heading: some sites set every paragraph as one."""
    return len(text) > _HEADING_LONGEST or (len(text) > _HEADING_LONGEST / 2 and text.endswith("."))


def _stands_alone(element: Element) -> bool:
    """Whether no words stand before or after an element inside the one that holds it."""
    previous, holder = element.getprevious(), element.getparent()
    before = previous.tail if previous is not None else holder.text if holder is not None else ""
    return not (before or "").strip(_EDGE) and not (element.tail or "").strip(_EDGE)


def _is_one_line(element: Element) -> bool:
    """Whether it holds one paragraph at most: several are the article itself, whatever they are called."""
    return sum(1 for _ in islice(element.iter("p", "br"), 2)) < 2


def _label(element: Element) -> str:
    """Class, id, role and item property as small words: "readMore_box" is "read more box"."""
    given = " ".join(filter(None, (element.get(name) for name in ("class", "id", "role", "itemprop", "aria-labelledby"))))
    return " ".join(_WORD.findall(given)).lower() if given else ""


def _names_furniture(label: str) -> bool:
    return _any(_FURNITURE, set(label.split())) or bool(_FURNITURE_PAIRS.search(label))


def _any(pattern: re.Pattern[str], words: set[str]) -> bool:
    return any(map(pattern.fullmatch, words))
