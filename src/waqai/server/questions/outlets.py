"""Outlets beside each other: what the store holds of each, and what each reports."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from waqai.server.answers import Count, Step
from waqai.server.filters import Filters, among
from waqai.server.outlet_shapes import Covered, OutletRow, Outlets
from waqai.server.questions.documents import condition
from waqai.server.questions.time import SIDES, fitting
from waqai.store import Reader
from waqai.store.search import Forms, Where

_OF_ARTICLES = frozenset({"from_", "to", "outlet"})


def outlets(reader: Reader, filters: Filters, chosen: Where, forms: Forms, limit: int) -> Outlets:
    """The outlets with most articles; `chosen` is the condition on events of the same filters."""
    # Articles are counted whatever is asked of their events: an outlet that reports nothing of it is no gap.
    articles = condition(Filters.model_validate(filters.model_dump(include=set(_OF_ARTICLES), exclude_unset=True)), forms)
    held = reader.rows(
        f"""
        SELECT coalesce(d.outlet, '') AS outlet, count(*) AS documents, min(d.published) AS first, max(d.published) AS last,
            count(*) OVER () AS total
        FROM documents d WHERE {articles.sql} GROUP BY 1 ORDER BY documents DESC, 1 LIMIT {limit}
        """,
        articles.values,
    )
    days = [row[end] for row in held for end in ("first", "last") if row[end]]
    step = fitting(min(days, default=None), max(days, default=None))
    events, types, coverage = _events(reader, chosen), _types(reader, chosen), _coverage(reader, articles, step)
    nothing = dict.fromkeys(("events", "conflict", "cooperation", "attributed", "anonymous"), 0) | {"intensity": None}
    rows = [
        OutletRow(
            **{name: row[name] for name in row if name != "total"}, **events.get(row["outlet"], nothing),
            types=types[row["outlet"]], coverage=coverage[row["outlet"]],
        )
        for row in held
    ]
    return Outlets(outlets=rows, step=step, omitted=held[0]["total"] - len(rows) if held else 0)


def _events(reader: Reader, chosen: Where) -> dict[str, dict[str, Any]]:
    rows = reader.rows(
        f"""
        SELECT coalesce(e.doc_outlet, '') AS outlet, count(*) AS events, {SIDES}, count(s.event_id) AS attributed,
            count(*) FILTER (s.anonymous) AS anonymous, round(avg(e.intensity), 3) AS intensity
        FROM events e LEFT JOIN (
            SELECT a.event_id, bool_or(a.anonymous) AS anonymous FROM attributions a WHERE {among(chosen, "a.event_id")} GROUP BY 1
        ) s USING (event_id) WHERE {chosen.sql} GROUP BY 1
        """,
        chosen.values,
    )
    return {row.pop("outlet"): row for row in rows}


def _types(reader: Reader, chosen: Where) -> defaultdict[str, list[Count]]:
    found: defaultdict[str, list[Count]] = defaultdict(list)
    for row in reader.rows(
        "SELECT coalesce(e.doc_outlet, '') AS outlet, e.event_type AS value, count(*) AS events "
        f"FROM events e WHERE {chosen.sql} GROUP BY 1, 2 ORDER BY 3 DESC, 2",
        chosen.values,
    ):
        found[row.pop("outlet")].append(Count(**row))
    return found


def _coverage(reader: Reader, articles: Where, step: Step) -> defaultdict[str, list[Covered]]:
    found: defaultdict[str, list[Covered]] = defaultdict(list)
    for row in reader.rows(
        f"SELECT coalesce(d.outlet, '') AS outlet, date_trunc('{step}', d.published)::DATE AS start, count(*) AS documents "
        f"FROM documents d WHERE d.published IS NOT NULL AND {articles.sql} GROUP BY 1, 2 ORDER BY 2",
        articles.values,
    ):
        found[row.pop("outlet")].append(Covered(**row))
    return found
