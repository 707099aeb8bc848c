"""What the outlet of a page is called: the names under which a page speaks of its own site."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import Any

from waqai.ingest.page_boxes import Element
from waqai.ingest.page_tree import line, text_of
from waqai.knowledge.pages import PagePhrases

_ADDRESS_OF_HOME = re.compile(r"(?:https?://[^/?#]+)?/?(?:(?:index|default|home)\.\w+)?[?#]?", re.IGNORECASE)
_LONGEST = 60
_LINKS = 60
_PICTURES = 20
_SITES = ("WebSite", "Organization", "NewsMediaOrganization")


def named_in_data(data: Sequence[dict[str, Any]]) -> str:
    """What the linked data of a page calls its site."""
    for kind in _SITES:
        for part in data:
            name = part.get("name")
            if part.get("@type") == kind and isinstance(name, str):
                return name
    return ""


def named_by_logo(root: Element, phrases: PagePhrases) -> list[str]:
    """What the logo says and what the links to the front page are called, in the order of the page."""
    found: list[str] = []
    for element in islice(root.iter("img", "amp-img"), _PICTURES):
        about = " ".join(element.get(name, "") for name in ("src", "class", "id")).lower()
        if "logo" in about or "head" in about:
            found.append(line(element.get("alt", "")))
    for element in islice(root.iter("a"), _LINKS):
        if _ADDRESS_OF_HOME.fullmatch(element.get("href", "#no")):
            found += [text_of(element), line(element.get("aria-label", "")), line(element.get("title", ""))]
    return [name for name in found if 1 < len(name) <= _LONGEST and any(letter.isalpha() for letter in name) and not phrases.leads_home(name)]
