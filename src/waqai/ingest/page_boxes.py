"""Boxes that are no article whatever they are called: tables of figures, forms with what invites to fill them, pictures with their captions."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any, TypeAlias

# An element of lxml, which comes without types.
Element: TypeAlias = Any

PICTURES = ("img", "amp-img", "picture", "video", "amp-video")
_FIELDS = frozenset({"input", "textarea", "select"})
_FRAMES = frozenset({"div", "figure", "li", "section", "dl", "amp-carousel"})
_CAPTION_LONGEST = 160
_FORM_LONGEST = 400
_FORM_CHILDREN = 5
_TABLE_LONGEST = 4_000
_CELL_LONGEST = 120
_CELLS = 400
_LEVELS = 3
"""A picture is so many elements away, at most, from the box that holds it and its caption."""
_MOST = 2_000
_ENDINGS = (".", "!", "؟", ":", "،")


class Boxes:
    """Knows the boxes of one page. `lengths` are the characters in each element."""

    def __init__(self, root: Element, lengths: Mapping[Element, int]) -> None:
        self._lengths = lengths
        self._pictured: set[Element] = set()
        self._forms: set[Element] = set()
        for picture in islice(root.iter(*PICTURES), _MOST):
            self._pictured.update(islice(picture.iterancestors(), _LEVELS))
        for form in islice(root.iter("form"), _MOST):
            holder = form.getparent()
            self._forms.add(form)
            if holder is not None and holder.tag in _FRAMES and len(holder) <= _FORM_CHILDREN:
                self._forms.add(holder)

    def is_caption(self, element: Element) -> bool:
        """Whether an element is a picture and a short line that is no sentence of an article."""
        if element not in self._pictured or element.tag not in _FRAMES or not 0 < self._lengths[element] <= _CAPTION_LONGEST:
            return False
        text = "".join(str(piece) for piece in element.itertext()).strip()
        return not text.endswith(_ENDINGS) and element.find(".//h1") is None

    def is_unread(self, element: Element) -> bool:
        """Whether an element is a short form with what invites to fill it, or a table whose cells hold figures and names."""
        if element.tag == "table":
            return self._lengths[element] <= _TABLE_LONGEST and self._holds_figures(element)
        return element in self._forms and self._lengths[element] <= _FORM_LONGEST and any(child.tag in _FIELDS for child in islice(element.iter(), _CELLS))

    def _holds_figures(self, table: Element) -> bool:
        """At least two rows of at least two filled cells, all of them short."""
        rows: dict[Element, int] = {}
        for cell in islice(table.iter("td", "th"), _CELLS):
            length = self._lengths[cell]
            if length > _CELL_LONGEST:
                return False
            rows[cell.getparent()] = rows.get(cell.getparent(), 0) + (length > 0)
        return sum(filled > 1 for filled in rows.values()) > 1
