"""What the API says of outlets beside each other."""

from __future__ import annotations

import datetime as dt

from waqai.server.answers import Count, Step
from waqai.server.shapes import Shape


class Covered(Shape):
    """Articles of an outlet in a stretch of time that begins on `start`."""

    start: dt.date
    documents: int


class OutletRow(Shape):
    """What the store holds of an outlet, "" for articles that name none.

    `documents`, `coverage` (by stretch of time, empty ones left out) and days are of all its articles in the period, with events or
    without; the other numbers are of the events that the filters let through: `attributed` ones name a source, `anonymous` ones one
    without a name.
    """

    outlet: str
    documents: int
    events: int
    conflict: int
    cooperation: int
    attributed: int
    anonymous: int
    intensity: float | None
    first: dt.date | None
    last: dt.date | None
    types: list[Count]
    coverage: list[Covered]


class Outlets(Shape):
    """Outlets beside each other, those with most articles first; `omitted` counts those that the limit leaves out."""

    outlets: list[OutletRow]
    step: Step
    omitted: int
