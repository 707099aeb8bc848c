"""What happened: totals, time line, calendar, and who and where at a glance."""

from __future__ import annotations

from waqai.server.answers import Count, Day, Overview, Totals
from waqai.server.filters import among
from waqai.server.questions import actors, documents, network, places
from waqai.server.questions.time import SIDES, bins, fitting
from waqai.store import Reader
from waqai.store.search import Where

_ACTORS, _DYADS, _PLACES, _NEWEST = 12, 12, 60, 8


def overview(reader: Reader, chosen: Where, chosen_documents: Where, levels: places.Levels) -> Overview:
    """All of the first page; `chosen_documents` is the condition on `documents d` of the same filters."""
    most_active, people = actors.top(reader, chosen, _ACTORS)
    totals = _totals(reader, chosen, people)
    step = fitting(totals.first, totals.last)
    newest = reader.rows(
        f"SELECT d.doc_id FROM documents d WHERE {chosen_documents.sql} ORDER BY d.published DESC NULLS LAST, d.doc_id LIMIT {_NEWEST}",
        chosen_documents.values,
    )
    return Overview(
        totals=totals,
        step=step,
        timeline=bins(reader, chosen, step),
        calendar=_calendar(reader, chosen),
        types=_types(reader, chosen),
        actors=most_active,
        dyads=network.dyads(reader, chosen, _DYADS),
        places=places.places(reader, chosen, levels, _PLACES),
        countries=places.countries(reader, chosen, levels),
        newest=documents.rows(reader, [row["doc_id"] for row in newest]),
    )


def _totals(reader: Reader, chosen: Where, people: int) -> Totals:
    row = reader.row(
        f"""
        SELECT count(*) AS events, count(DISTINCT hash(e.doc_id)) AS documents, count(DISTINCT nullif(e.doc_outlet, '')) AS outlets, {SIDES},
            count(*) FILTER (e.polarity = 'negated') AS negated, count(*) FILTER (e.modality <> 'actual') AS not_actual,
            count(e.date_from) AS dated, count(coalesce(e.place_en, e.place_ar)) AS located,
            coalesce(sum(e.killed), 0)::BIGINT AS killed, coalesce(sum(e.injured), 0)::BIGINT AS injured,
            round(avg(e.intensity), 3) AS intensity, min(e.day) AS first, max(e.day) AS last
        FROM events e WHERE {chosen.sql}
        """,
        chosen.values,
    )
    said = reader.row(
        "SELECT count(*) AS attributed, count(*) FILTER (anonymous) AS anonymous FROM (SELECT bool_or(s.anonymous) AS anonymous "
        f"FROM attributions s WHERE {among(chosen, 's.event_id')} GROUP BY s.event_id)",
        chosen.values,
    )
    return Totals(**row, **said, actors=people)


def _calendar(reader: Reader, chosen: Where) -> list[Day]:
    """Days with events or articles. Articles are counted whatever the filters: a day without any is no quiet day."""
    rows = reader.rows(
        f"""
        WITH days AS (SELECT e.day, count(*) AS events, round(avg(e.intensity), 3) AS intensity FROM events e
            WHERE e.day IS NOT NULL AND {chosen.sql} GROUP BY 1)
        SELECT coalesce(days.day, d.day) AS day, coalesce(events, 0) AS events, coalesce(documents, 0) AS documents, intensity
        FROM days FULL JOIN (
            SELECT published AS day, count(*) AS documents FROM documents
            WHERE published BETWEEN (SELECT min(day) FROM days) AND (SELECT max(day) FROM days) GROUP BY 1
        ) d ON d.day = days.day ORDER BY 1
        """,
        chosen.values,
    )
    return [Day(**row) for row in rows]


def _types(reader: Reader, chosen: Where) -> list[Count]:
    rows = reader.rows(f"SELECT e.event_type AS value, count(*) AS events FROM events e WHERE {chosen.sql} GROUP BY 1 ORDER BY 2 DESC, 1", chosen.values)
    return [Count(**row) for row in rows]
