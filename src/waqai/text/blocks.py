"""Blocks: the paragraphs of an article and the part that each plays in its layout."""

from __future__ import annotations

import re
from collections.abc import Iterator

from waqai.document import Block, BlockRole, Span

_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_DATELINE = re.compile(r"^[\u0600-\u06ff0-9 ،,()\"«»/.-]{2,60}?(?:\([^)]{2,30}\)|[\u0600-\u06ff])\s*[-–—:]\s+(?=\S)")
_AGENCY = re.compile(r"^\s*\(?(?:رويترز|أ\s*ف\s*ب|ا\s*ف\s*ب|أ\s*ب|د\s*ب\s*أ|واس|وام|قنا|بنا|كونا|وكالات|الوكالات|وكالة الأنباء)\)?\s*[-–—:.]?\s*$")
_BYLINE = re.compile(
    r"^\s*(?:كتب|كتبت|بقلم|إعداد|اعداد|تقرير|مراسل|ترجمة|تحرير|متابعة)\b[^.]{0,80}$"
    r"|^[^.]{2,60}[-–—/]\s*(?:رويترز|أ ?ف ?ب|وكالات|الوكالات|واس)\s*$"
)
_SPEECH = re.compile(r"^و?(?:قال|قالت|أضاف|أضافت|أكد|أكدت|ذكر|ذكرت|أعلن|أعلنت|صرح|أوضح|أوضحت|تابع|كتب|كتبت|شدد|رأى|اعتبر)\b")
_CAPTION = re.compile(r"^\s*(?:صورة|تصوير|الصورة|\(?أرشيف)")
_FULL_STOP = re.compile(r"[.!?؟…][\"»”')\]]*\s*$")
_HEADLINE_LENGTH, _SHORT, _DATELINE_WORDS = 160, 120, 8
_NO_DATELINE = re.compile(r"[:]")


def find_blocks(text: str) -> tuple[Block, ...]:
    """Blocks in order. A single paragraph is a body; before the first full sentence come headline, deck and highlights."""
    lines = [
        Span(m.start() + len(m.group()) - len(m.group().lstrip()), m.start() + len(m.group().rstrip())) for m in _LINE.finditer(text) if m.group().strip()
    ]
    return tuple(_roles(text, lines))


def _roles(text: str, lines: list[Span]) -> Iterator[Block]:
    body = text
    started = len(lines) <= 1
    first = True
    for position, line in enumerate(lines):
        words = line.text(text)
        role = _role(words, first=first, started=started, last=position == len(lines) - 1)
        if role == "body":
            started = True
            yield from _with_dateline(body, line)
        else:
            yield Block(line, role)
        first = first and role == "byline"


def _role(words: str, *, first: bool, started: bool, last: bool) -> BlockRole:
    if _AGENCY.match(words) or _BYLINE.match(words):
        return "byline"
    if _CAPTION.match(words) and len(words) < _SHORT:
        return "caption"
    complete = bool(_FULL_STOP.search(words))
    if not started and first and not complete and len(words) <= _HEADLINE_LENGTH:
        return "headline"
    if not started and not complete and len(words) <= _HEADLINE_LENGTH and not _dateline(words):
        return "deck"
    if not started and not first and len(words) < _HEADLINE_LENGTH and not _dateline(words) and words.count(".") == 1:
        return "deck"
    if started and not complete and not last and len(words) <= _SHORT:
        return "highlight"
    return "body"


def _dateline(words: str) -> int:
    """Length of a dateline such as «واشنطن - » or «بغداد (رويترز) - » at the head of a paragraph, 0 without one."""
    match = _DATELINE.match(words)
    if match is None or len(match.group().split()) > _DATELINE_WORDS:
        return 0
    inside = match.group()
    if _SPEECH.match(inside):
        return 0
    if _NO_DATELINE.search(inside) and not re.search(r"\(|/|«", inside) and len(inside.split()) > 3:
        return 0
    return match.end()


def _with_dateline(text: str, line: Span) -> Iterator[Block]:
    length = _dateline(line.text(text))
    if length:
        head = text[line.start : line.start + length].rstrip().rstrip("-–—:").rstrip()
        if head:
            yield Block(Span(line.start, line.start + len(head)), "dateline")
    if line.start + length < line.end:
        yield Block(Span(line.start + length, line.end), "body")
