"""The values of each filter with their counts, each under all other filters."""

from __future__ import annotations

from typing import Literal, get_args

from waqai.knowledge.gazetteer import Gazetteer
from waqai.server.answers import Count, Facets
from waqai.server.filters import Filters, among, contains, where, words
from waqai.store import Reader
from waqai.store.search import Forms, Where
from waqai.store.writing import folded

Facet = Literal[
    "type", "quad", "outlet", "polarity", "modality", "review", "place_country", "country", "actor", "by", "to_whom", "speaker"
]
FACETS: tuple[Facet, ...] = get_args(Facet)
_COLUMNS = {
    "type": "e.event_type", "quad": "e.quad", "outlet": "e.doc_outlet", "polarity": "e.polarity", "modality": "e.modality",
    "review": "coalesce(e.review, 'none')", "place_country": "e.place_country",
}
_PEOPLE = {
    "actor": ("participants", "TRUE"), "by": ("participants", "p.slot = 'actor'"), "to_whom": ("participants", "p.slot = 'recipient'"),
    "speaker": ("attributions", "TRUE"),
}


def facets(reader: Reader, filters: Filters, wanted: list[Facet], search: str, limit: int, gazetteer: Gazetteer, forms: Forms) -> Facets:
    """Up to `limit` values of each wanted filter whose names contain the words of `search`, the most frequent first."""
    found: dict[str, list[Count]] = {}
    more: dict[str, bool] = {}
    for facet in wanted or FACETS:
        chosen = where(filters, forms, but=facet)
        counts = _counts(reader, facet, chosen, search, limit + 1, gazetteer)
        found[facet], more[facet] = counts[:limit], len(counts) > limit
    return Facets(facets=found, more=more)


def _counts(reader: Reader, facet: Facet, chosen: Where, search: str, limit: int, gazetteer: Gazetteer) -> list[Count]:
    if facet in _PEOPLE:
        return _people(reader, facet, chosen, search, limit)
    if facet == "country":
        sql = f"""SELECT p.country AS value, count(DISTINCT hash(p.event_id)) AS events FROM participants p
            WHERE p.country <> '' AND {among(chosen, "p.event_id")} GROUP BY 1"""
    else:
        column = _COLUMNS[facet]
        sql = f"SELECT {column} AS value, count(*) AS events FROM events e WHERE coalesce({column}, '') <> '' AND {chosen.sql} GROUP BY 1"
    rows = reader.rows(f"{sql} ORDER BY events DESC, 1", chosen.values)
    counts = [_named(row["value"], row["events"], facet, gazetteer) for row in rows]
    terms = [term.lower() for term in words(search)]
    return [each for each in counts if all(term in _searched(each) for term in terms)][:limit]


def _named(value: str, events: int, facet: Facet, gazetteer: Gazetteer) -> Count:
    place = gazetteer.country(value) if facet in {"country", "place_country"} else None
    return Count(value=value, events=events, label_ar=place.name_ar if place else None, label_en=place.name_en if place else None)


def _searched(count: Count) -> str:
    return folded(f"{count.value} {count.label_ar or ''} {count.label_en or ''}")


def _people(reader: Reader, facet: Facet, chosen: Where, search: str, limit: int) -> list[Count]:
    table, condition = _PEOPLE[facet]
    values = dict(chosen.values)
    terms = words(search)
    matching = f"p.entity_id IN (SELECT entity_id FROM entities WHERE {contains('folded', terms, values, 's')})" if terms else "TRUE"
    rows = reader.rows(
        f"""
        WITH best AS (
            SELECT p.entity_id AS value, count(DISTINCT hash(p.event_id)) AS events FROM {table} p
            WHERE p.entity_id <> '' AND NOT starts_with(p.entity_id, 'local:') AND {condition} AND {matching} AND {among(chosen, "p.event_id")}
            GROUP BY 1 ORDER BY events DESC, 1 LIMIT {limit}
        )
        SELECT value, any_value(events) AS events, any_value(p.name_ar) AS label_ar, any_value(p.name_en) AS label_en
        FROM best JOIN {table} p ON p.entity_id = best.value GROUP BY 1 ORDER BY events DESC, 1
        """,
        values,
    )
    return [Count(**row) for row in rows]
