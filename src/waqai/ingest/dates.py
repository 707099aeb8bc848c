"""Dates in words (١٩ نيسان ٢٠١٩) for metadata: the date grammar, loaded only when such a date comes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from waqai.ingest.decoding import ARABIC_LETTERS
from waqai.knowledge.calendars import Calendars
from waqai.text.dates import parse_date


class DateWords:
    """Reads the day out of a short text. `load` gives the calendars and is called once, at the first use."""

    def __init__(self, load: Callable[[], Calendars]) -> None:
        self._load = load
        self._calendars: Calendars | None = None

    def __call__(self, written: str) -> dt.date | None:
        """The day, or None when the text names none."""
        if not ARABIC_LETTERS.search(written):
            # 20/4/19 is a riddle in metadata: the grammar would guess, and a wrong day spoils a whole article.
            return None
        if self._calendars is None:
            self._calendars = self._load()
        interval = parse_date(written, self._calendars)
        return interval.first if interval is not None and interval.precision == "day" else None
