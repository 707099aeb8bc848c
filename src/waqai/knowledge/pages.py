"""What news pages print around an article (resources/pages): headings of links and comments, lines of the site's own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from waqai.knowledge.loader import Resources
from waqai.text.folding import fold

_SOURCE = "pages/phrases.tsv"
_LONGEST = 200
_AFTER = " .:!>»…"
_BYLINE_WORDS = 8
_DATED = re.compile(r"\d.*$")
_COUNT = re.compile(r"^[\W\d_]+|[\W\d_]+$")


class PagePhrases:
    """Recognises lines that belong to the page and not to its article."""

    def __init__(self, resources: Resources) -> None:
        rows = resources.table(_SOURCE)
        self._links = _Phrases([row for row in rows if row["role"] == "link"])
        self._site = _Phrases([row for row in rows if row["role"] == "site" and row["whole"] in ("", "yes")])
        self._site_end = tuple(_folded(form) for row in rows if row["role"] == "site" and row["whole"] == "end" for form in row["forms"].split("|"))
        self._linked_site = _Phrases([row | {"whole": ""} for row in rows if row["role"] == "site" and row["whole"] == "linked"])
        self._comments = _Phrases([row for row in rows if row["role"] == "comments"])
        self._byline = _Phrases([row for row in rows if row["role"] == "byline"])
        self._credit = _Phrases([row for row in rows if row["role"] in ("byline", "credit")])
        self._home = _Phrases([row for row in rows if row["role"] == "home"])
        self._days = frozenset(_folded(form) for row in rows if row["role"] == "weekday" for form in row["forms"].split("|"))

    def leads_elsewhere(self, line: str) -> bool:
        """Whether a line or heading introduces links to other articles."""
        return self._links.begin(line)

    def is_of_the_site(self, line: str, *, linked: bool = False) -> bool:
        """Whether a line is about rights, printing, following, or where a report is from. `linked`: it has a link."""
        if len(line) > _LONGEST:
            return False
        return self._site.begin(line) or _folded(line).rstrip(_AFTER).endswith(self._site_end) or (linked and self._linked_site.begin(line)) or "©" in line

    def begins_comments(self, line: str) -> bool:
        """Whether a line is the heading over what readers wrote: «تعليقات (3)»."""
        return self._comments.begin(line)

    def begins_byline(self, line: str) -> bool:
        """Whether a short line says who wrote: «كتب: فلان», «إعداد فلان»."""
        return len(_DATED.sub("", line).split()) <= _BYLINE_WORDS and self._credit.begin(line)

    def leads_home(self, line: str) -> bool:
        """Whether a link is called front page, and not after its site."""
        return self._home.begin(line)

    def before_weekday(self, byline: str) -> str:
        """A byline without the day of the week at its end: what follows the name is a date, and «في» stands between them."""
        words = byline.split()
        while words and _COUNT.sub("", _folded(words[-1])) in self._days:
            words.pop()
        return " ".join(words).rstrip(" ,\u060c|-\u2013\u2014") if len(words) < len(byline.split()) else byline

    def bare_name(self, byline: str) -> str:
        """A byline without the words that only say that it is one."""
        length = self._byline.length(byline)
        return byline[length:].strip(" \u00a0:,\u2013\u2014-|") if length else byline


class _Phrases:
    """Phrases in folded form, as one expression for beginnings and a set for whole lines."""

    def __init__(self, rows: Sequence[dict[str, str]]) -> None:
        self._whole = {_folded(form) for row in rows if row["whole"] for form in row["forms"].split("|")}
        begin = sorted({_folded(form) for row in rows if not row["whole"] for form in row["forms"].split("|")}, key=len, reverse=True)
        self._begin = re.compile(rf"(?:{'|'.join(map(re.escape, begin))})(?!\w)" if begin else r"(?!)")

    def begin(self, line: str) -> bool:
        if len(line) > _LONGEST:
            return False
        folded = _folded(line)
        return bool(self._begin.match(folded)) or _COUNT.sub("", folded) in self._whole

    def length(self, line: str) -> int:
        """How many characters of a short line the phrase takes, 0 when it begins with none."""
        if len(line) > _LONGEST:
            return 0
        folded = fold(line)
        found = self._begin.match(folded.text)
        return folded.to_original(0, found.end()).end if found else 0


@lru_cache(maxsize=2048)
def _folded(line: str) -> str:
    return fold(line).text.strip()
