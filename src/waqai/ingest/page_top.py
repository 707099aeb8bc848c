"""What stands between the menus of a page and its first paragraph: headline, byline and date, where the markup does not name them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from waqai.ingest.decoding import ARABIC_LETTERS
from waqai.ingest.page_tree import HEADINGS, Block
from waqai.knowledge.pages import PagePhrases

_DATE_IN_WORDS = re.compile(r"(?<!\d)\d{1,2}\s+[^\W\d_]+(?:\s+[^\W\d_]+)?[\s,،]+\d{4}(?!\d)")
_MONTH_FIRST = re.compile(r"(?<!\w)([^\W\d_]+)\s+(\d{1,2})[,،]\s*(\d{4})(?!\d)")
_DATE_IN_FIGURES = re.compile(r"(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d)")
_DATE_ISO = re.compile(r"(?<!\d)(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)")
_MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
# A byline ends where a date or a line begins.
_SURROUNDINGS = re.compile(r"\s*[|·•\d].*$")
_TITLES = frozenset({"h1", "h2", "h3"})
_DATELINE = re.compile(r"[^\d.]{2,25}\d{1,2}[^.]{3,30}\d{4}[^.\d]{0,20}[-–—ـ:]")
_FOREIGN = re.compile(r"[\dA-Za-z]")
_SEPARATED = re.compile(r"\w\s*[/–—ـ]\s*\w|\s-|-\s")
_EARLIEST = 1700
_LINE_LONGEST = 120
_TITLE_LONGEST = 200
_TITLE_LEAST = 4
_NAME_LEAST, _NAME_MOST = 2, 6
_NAME_LONGEST = 60
_BEFORE = 8
"""So many blocks before the first paragraph may be looked through for a headline, and after a headline for the first paragraph."""
_ABOVE = 3
_ENDINGS = (".", "!", ":", "؟", "»", "...", "…")


def written_date(text: str) -> str:
    """The first date written in a line, in a form that can be read; "" when there is none. The day comes before the month."""
    text = _MARKS.sub("", text).translate(_DIGITS)
    iso, words = _DATE_ISO.search(text), _DATE_IN_WORDS.search(text)
    # Years of the Hijri calendar are read only where the month is named.
    figures = next((found for found in _DATE_IN_FIGURES.finditer(text) if int(found[3]) >= _EARLIEST), None)
    if iso:
        return iso.group()
    if figures:
        day, month, year = map(int, figures.groups())
        day, month = (month, day) if month > 12 >= day else (day, month)
        return f"{year:04}-{month:02}-{day:02}"
    if words:
        return words.group()
    turned = _MONTH_FIRST.search(text)
    return f"{turned[2]} {turned[1]} {turned[3]}" if turned else ""


def headline(blocks: Sequence[Block], first: int) -> int:
    """The block before the first paragraph that reads like a headline, -1 when none does."""
    near = [index for index in range(first - 1, max(first - 1 - _BEFORE, -1), -1) if _can_head(blocks[index])]
    return next((index for index in near if blocks[index].tag in HEADINGS), next(iter(near), -1))


def _can_head(block: Block) -> bool:
    return (
        len(block.text) <= _TITLE_LONGEST
        and len(block.text.split()) >= _TITLE_LEAST
        and block.role == ""
        and not block.is_links
        and not block.text.endswith(".")
        and not written_date(block.text)
    )


def byline(blocks: Sequence[Block], top: slice, phrases: PagePhrases) -> str:
    """Who wrote it: what the page labels so, what the words before it say, or a name beside the date or before the text.

    `top` ends with the first paragraph.
    """
    short = [block for block in blocks if block.role == "author" and len(block.text) <= _LINE_LONGEST and ARABIC_LETTERS.search(block.text)]
    labelled = next((name for block in short if phrases.bare_name(name := _name(block.text, phrases))), "")
    if labelled:
        return labelled
    above = [block for block in blocks[top] if len(block.text) <= _LINE_LONGEST and block.role != "heading"]
    said = next((block for block in above if phrases.begins_byline(block.text)), None)
    if said is not None:
        return _name(said.text, phrases)
    opening = blocks[top.stop] if top.stop < len(blocks) else None
    for index, block in enumerate(above):
        beside = [*above[max(index - 1, 0) : index], *above[index + 1 : index + 2]]
        in_text = opening is not None and block.containers[:-1] == opening.containers[:-1]
        if not in_text and any(written_date(other.text) for other in beside) and _can_be_name(block, phrases):
            return block.text
    if above and _SEPARATED.search(above[-1].text) and _can_be_name(above[-1], phrases):
        return above[-1].text
    dated = next((block.text for block in above if written_date(block.text)), "")
    before = _name(dated, phrases)
    return before if _reads_like_name(before, phrases) else ""


def _name(text: str, phrases: PagePhrases) -> str:
    return phrases.before_weekday(_SURROUNDINGS.sub("", text.translate(_DIGITS))).rstrip(" :\u060c,-")


def _can_be_name(block: Block, phrases: PagePhrases) -> bool:
    return block.role in ("", "author") and block.tag not in _TITLES and not block.is_links and _reads_like_name(block.text, phrases)


def _reads_like_name(text: str, phrases: PagePhrases) -> bool:
    return (
        len(text) <= _NAME_LONGEST
        and _NAME_LEAST <= len(text.split()) <= _NAME_MOST
        and not _FOREIGN.search(text)
        and not text.endswith(_ENDINGS)
        and not phrases.is_of_the_site(text)
        and not phrases.leads_elsewhere(text)
    )


def shown_date(blocks: Sequence[Block], top: slice) -> str:
    """The date in a line of its own that stands nearest to the headline, under it or just above, else anywhere on the page, else in the dateline."""
    above = blocks[max(top.start - _ABOVE, 0) : top.start]
    for zone in (blocks[top], above[::-1], blocks):
        short = [block for block in zone if len(block.text) <= _LINE_LONGEST and not block.text.endswith(".")]
        for block in sorted(short, key=lambda block: block.role != "date"):
            date = written_date(block.text)
            if date:
                return date
    opening = blocks[top.stop].text if top.stop < len(blocks) else ""
    dateline = _DATELINE.match(_MARKS.sub("", opening).translate(_DIGITS))
    return written_date(dateline.group()) if dateline else ""
