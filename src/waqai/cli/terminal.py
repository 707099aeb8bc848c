"""Text for terminals: what is safe to show, and how Arabic and Latin words stand in one line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from waqai.records import ActorRecord, EntityRecord

FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"
QUAD_COLOURS: Mapping[str | None, str] = {
    "verbal cooperation": "green",
    "material cooperation": "cyan",
    "verbal conflict": "yellow",
    "material conflict": "red",
}
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]")
_ARABIC = re.compile("[\u0600-\u06ff]")
_BLANKS = re.compile(r"\s+")


class Words:
    """Words as shown; `isolated` puts Arabic between isolates, so that a terminal keeps the columns in order."""

    def __init__(self, *, isolated: bool) -> None:
        self.isolated = isolated

    def arabic(self, text: str, limit: int = 0) -> str:
        """Words of an article on one line, without controls, cut at `limit` characters where that is not 0."""
        clean = visible(text)
        if limit and len(clean) > limit:
            clean = clean[: limit - 1].rstrip() + "…"
        return f"{FIRST_STRONG_ISOLATE}{clean}{POP_ISOLATE}" if self.isolated and clean else clean

    def mixed(self, text: str, limit: int = 0) -> str:
        """Words of any script on one line without controls, isolated when there is Arabic among them."""
        return self.arabic(text, limit) if _ARABIC.search(text) else visible(text)

    def name(self, who: ActorRecord | EntityRecord) -> str:
        """The English name, else country and sector, else the Arabic name."""
        code = " ".join(part for part in (who.country, who.sector) if part)
        return visible(who.name_en) or code or self.arabic(who.name_ar, 40)

    def names(self, many: Iterable[ActorRecord]) -> str:
        """Names with commas, ? for nobody."""
        return ", ".join(dict.fromkeys(map(self.name, many))) or "?"


def visible(text: str) -> str:
    """Text without control characters, terminal escapes and bidi controls, blanks as single spaces."""
    return _BLANKS.sub(" ", _CONTROLS.sub(" ", text)).strip()
