"""Stretches of time: as long as makes a readable number of them."""

from __future__ import annotations

import datetime as dt

from waqai.export.events import QUAD_COUNTS
from waqai.server.answers import Bin, Step
from waqai.store import Reader
from waqai.store.search import Where

# The first step that cuts a period into at most about a hundred stretches.
_STEPS: tuple[tuple[int, Step], ...] = ((100, "day"), (700, "week"), (3100, "month"), (9200, "quarter"))
SIDES = "count(*) FILTER (e.quad LIKE '%conflict') AS conflict, count(*) FILTER (e.quad LIKE '%cooperation') AS cooperation"


def fitting(first: dt.date | None, last: dt.date | None) -> Step:
    """The step for a period."""
    days = (last - first).days if first and last else 0
    return next((step for most, step in _STEPS if days <= most), "year")


def step_of(reader: Reader, chosen: Where) -> Step:
    """The step for the days of the events of a condition."""
    row = reader.row(f"SELECT min(e.day) AS first, max(e.day) AS last FROM events e WHERE {chosen.sql}", chosen.values)
    return fitting(row["first"], row["last"])


def bins(reader: Reader, chosen: Where, step: Step) -> list[Bin]:
    """Events by stretch of time and quad class; empty stretches are left out. Weeks begin on Monday."""
    rows = reader.rows(
        f"SELECT date_trunc('{step}', e.day)::DATE AS start, count(*) AS events, {QUAD_COUNTS}, round(avg(e.intensity), 3) AS intensity "
        f"FROM events e WHERE e.day IS NOT NULL AND {chosen.sql} GROUP BY 1 ORDER BY 1",
        chosen.values,
    )
    return [Bin(**row) for row in rows]
