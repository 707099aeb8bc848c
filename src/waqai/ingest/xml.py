"""XML of strangers, read into a tree in linear time: feeds, lists of feeds, sitemaps. Standard library only.

Feeds are often broken, so the text is mended first (stray &, names of HTML entities, bytes before the beginning), and what stood
before a mistake is kept. They may also be hostile: nothing is expanded, nothing is fetched, depth and number have bounds.
"""

from __future__ import annotations

import html
import re
import xml.parsers.expat
from collections.abc import Iterator
from html.entities import html5
from xml.parsers.expat import errors

from waqai.ingest.decoding import decode

_DEEPEST, _MOST_ELEMENTS = 100, 400_000
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.-]+)")
_DECLARATION = re.compile(r"<\?xml[^>]{0,300}>")
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_AND = re.compile(r"&(?:(#x[0-9a-fA-F]{1,6}|#[0-9]{1,7})|([A-Za-z][A-Za-z0-9]{0,30}));|&")
_OWN = frozenset({"amp", "lt", "gt", "quot", "apos"})
# Names by the prefix that everybody uses, and plain where the namespace is that of the format itself.
_PREFIXES = {
    "http://www.w3.org/2005/Atom": "",
    "http://purl.org/atom/ns#": "",
    "http://purl.org/rss/1.0/": "",
    "http://backend.userland.com/rss2": "",
    "http://www.sitemaps.org/schemas/sitemap/0.9": "",
    "http://www.google.com/schemas/sitemap/0.84": "",
    "http://www.google.com/schemas/sitemap-news/0.9": "news",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/rss/1.0/modules/syndication/": "sy",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://search.yahoo.com/mrss/": "media",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
}


class Element:
    """An element: its name in small letters with the usual prefix (`content:encoded`), attributes, and what is inside, in order."""

    __slots__ = ("attributes", "inside", "name")

    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        self.name, self.attributes = name, attributes
        self.inside: list[Element | str] = []

    def children(self, *names: str) -> Iterator[Element]:
        """The elements inside with one of these names, in order."""
        return (child for child in self.inside if isinstance(child, Element) and child.name in names)

    def first(self, *names: str) -> Element | None:
        """The first element inside that bears the earliest of these names that is there."""
        return next((child for name in names for child in self.children(name)), None)

    def text(self, *names: str) -> str:
        """The text of the first of these elements inside, without blanks around; "" when there is none."""
        found = self.first(*names)
        return found.own_text() if found is not None else ""

    def own_text(self) -> str:
        """The text directly inside."""
        return "".join(part for part in self.inside if isinstance(part, str)).strip()

    def markup(self) -> str:
        """What is inside as HTML: text that is escaped HTML as it stands, elements written out as they were."""
        if not any(isinstance(part, Element) for part in self.inside):
            return self.own_text()
        return "".join(html.escape(part) if isinstance(part, str) else part._written() for part in self.inside)

    def _written(self) -> str:
        # Depth has a bound, so recursion has one too.
        inside = "".join(html.escape(part, quote=False) if isinstance(part, str) else part._written() for part in self.inside)
        return f"<{self.name}>{inside}</{self.name}>"


def xml_text(data: bytes, charset: str = "") -> str:
    """The text of a document; `charset` is what a header says, and what the document says of itself comes after it."""
    declared = _DECLARED.search(data[:1000])
    return decode(data, charset or (declared.group(1).decode("ascii") if declared else "")).text


def read_xml(text: str) -> tuple[Element | None, str]:
    """The root of a document, as far as it could be read, and what was wrong with it ("" when nothing was).

    None when there is no element at all.
    """
    builder = _Builder()
    problem = builder.feed(mended(text))
    return builder.root, problem


def mended(text: str) -> str:
    """The text with what expat would stumble over put right: bytes before the first element, stray &, named entities, controls."""
    text = _DECLARATION.sub("", text[text.find("<") :] if "<" in text else "", count=1)
    text = _ILLEGAL.sub(" ", text)
    parts, place = [], 0
    while True:
        start = text.find("<![CDATA[", place)
        end = text.find("]]>", start) if start >= 0 else -1
        if end < 0:
            parts.append(_AND.sub(_entity, text[place:]))
            return "".join(parts)
        parts += [_AND.sub(_entity, text[place:start]), text[start : end + 3]]
        place = end + 3


def _entity(found: re.Match[str]) -> str:
    number, name = found.groups()
    if number:
        code = int(number[2:], 16) if number[1] in "xX" else int(number[1:])
        return "" if code > 0x10FFFF or _ILLEGAL.match(chr(code)) else found.group()
    if name in _OWN:
        return found.group()
    return html5.get(f"{name};", f"&amp;{name};") if name else "&amp;"


class _RefusedError(Exception):
    """What no honest feed has."""


class _Builder:
    """Grows the tree out of what expat reports."""

    def __init__(self) -> None:
        self.root: Element | None = None
        self._open: list[Element] = []
        self._count = 0
        self._prefixes: dict[str, str] = {}
        self._parser = xml.parsers.expat.ParserCreate("utf-8")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.EntityDeclHandler = self._entity

    def feed(self, text: str) -> str:
        try:
            self._parser.Parse(text.encode("utf-8", "replace"), True)
        except xml.parsers.expat.ExpatError as error:
            return f"line {error.lineno}: {errors.messages.get(error.code, 'is no XML')}"
        except _RefusedError as error:
            return str(error)
        return ""

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if len(self._open) >= _DEEPEST or self._count > _MOST_ELEMENTS:
            raise _RefusedError("is nested too deeply" if len(self._open) >= _DEEPEST else f"has more than {_MOST_ELEMENTS:,} elements")
        for key, value in attributes.items():
            if key.startswith("xmlns:") and value in _PREFIXES:
                self._prefixes[key[6:]] = _PREFIXES[value]
        element = Element(self._named(name), attributes)
        if self._open:
            self._open[-1].inside.append(element)
        else:
            self.root = element
        self._open.append(element)

    def _named(self, name: str) -> str:
        prefix, colon, local = name.rpartition(":")
        if not colon:
            return name.lower()
        usual = self._prefixes.get(prefix, prefix)
        return f"{usual}:{local}".lower() if usual else local.lower()

    def _end(self, _name: str) -> None:
        self._open.pop()

    def _text(self, text: str) -> None:
        if self._open:
            self._open[-1].inside.append(text)

    def _entity(self, *_declared: object) -> None:
        raise _RefusedError("declares entities of its own")
