"""Sentences: where one ends inside a block."""

from __future__ import annotations

import re
from collections.abc import Iterator

from waqai.document import Span

_END = re.compile(r"(?P<mark>(?<![.!?؟])[.!?؟]+|…)(?P<closing>[\"»”’')\]]*)(?P<gap>\s+|(?=[\u0621-\u064a\"«“(]))")
_BEFORE_ABBREVIATION = re.compile(r"(?:^|[\s(.])[\u0621-\u064aA-Za-z]$")
_DIGIT = re.compile(r"\d$")
_LONG = 900
_COMMA = re.compile(r"[؛;]\s+")


def split_sentences(text: str, block: Span) -> Iterator[Span]:
    """Spans of the sentences of a block. Abbreviations (أ.ف.ب، د.) and decimals do not end one; 5 MB without a mark are cut."""
    start = block.start
    for match in _END.finditer(text, block.start, block.end):
        mark = match.start("mark")
        if match.group("mark") == "." and not match.group("closing") and _abbreviation(text, mark, match):
            continue
        yield from _pieces(text, Span(start, match.end("closing")))
        start = match.end()
    yield from _pieces(text, Span(start, block.end))


def _abbreviation(text: str, mark: int, match: re.Match[str]) -> bool:
    before = text[max(0, mark - 2) : mark]
    if _BEFORE_ABBREVIATION.search(before) and before.strip(" (.") not in ("", "ه"):
        return True
    return bool(_DIGIT.search(before)) and not match.group("gap")


def _pieces(text: str, span: Span) -> Iterator[Span]:
    """The sentence without space around it, cut at semicolons, then anywhere between words, where it is monstrously long."""
    words = span.text(text)
    start, end = span.start + len(words) - len(words.lstrip()), span.end - len(words) + len(words.rstrip())
    while end - start > _LONG:
        cut = _cut(text, start, start + _LONG)
        yield Span(start, start + len(text[start:cut].rstrip()))
        start = cut + len(text[cut:end]) - len(text[cut:end].lstrip()) if end - cut < 2000 else cut
    if end > start:
        yield Span(start, end)


def _cut(text: str, start: int, limit: int) -> int:
    semicolons = [m.start() + 1 for m in _COMMA.finditer(text, start + 200, limit)]
    if semicolons:
        return semicolons[-1]
    for mark in ("،", ",", " "):
        found = text.rfind(mark, start + 200, limit)
        if found > 0:
            return found + 1
    return limit
