"""Where it happened: places and countries with their events. A country is an area and never a point."""

from __future__ import annotations

from typing import Any

from waqai.knowledge.gazetteer import Gazetteer
from waqai.server.answers import CountryRow, MapAnswer, PlaceRow
from waqai.server.questions.time import SIDES
from waqai.store import Reader
from waqai.store.search import Where

_NUMBERS = f"""count(*) AS events, {SIDES}, coalesce(sum(e.killed), 0)::BIGINT AS killed, coalesce(sum(e.injured), 0)::BIGINT AS injured,
    round(avg(e.intensity), 3) AS intensity"""


class Levels:
    """What kind of place an entry of the gazetteer is, by its GeoNames number; and the names of countries."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.by_number = {place.geonames_id: str(place.level) for place in gazetteer.places if place.geonames_id}

    def of(self, geonames_id: int | None) -> str | None:
        """The level of a place, None for one that is not in the gazetteer."""
        return None if geonames_id is None else self.by_number.get(geonames_id)


def places(reader: Reader, chosen: Where, levels: Levels, limit: int) -> list[PlaceRow]:
    """The places with most events, without those that are whole countries."""
    rows = reader.rows(
        f"""
        SELECT coalesce(e.geonames_id::VARCHAR, e.place_en, e.place_ar) AS place, any_value(e.place_ar) AS name_ar, any_value(e.place_en) AS name_en,
            any_value(e.place_country) AS country, any_value(e.latitude) AS lat, any_value(e.longitude) AS lon,
            any_value(e.geonames_id) AS geonames_id, {_NUMBERS}
        FROM events e WHERE coalesce(e.place_en, e.place_ar) IS NOT NULL AND {chosen.sql}
        GROUP BY 1 ORDER BY events DESC, 1
        """,
        chosen.values,
    )
    found = [_place(row, levels.of(row["geonames_id"])) for row in rows]
    return [place for place in found if place.level != "country"][:limit]


def countries(reader: Reader, chosen: Where, levels: Levels) -> list[CountryRow]:
    """The countries in which something happened, those with most events first."""
    rows = reader.rows(
        f"SELECT e.place_country AS country, {_NUMBERS} FROM events e WHERE coalesce(e.place_country, '') <> '' AND {chosen.sql} "
        "GROUP BY 1 ORDER BY events DESC, 1",
        chosen.values,
    )
    return [_country(row, levels.gazetteer) for row in rows]


def whole_map(reader: Reader, chosen: Where, levels: Levels, limit: int) -> MapAnswer:
    """Everything for a map."""
    counts = reader.row(
        f"SELECT count(*) AS n, count(*) FILTER (coalesce(e.place_en, e.place_ar) IS NOT NULL) AS located FROM events e WHERE {chosen.sql}", chosen.values
    )
    return MapAnswer(
        places=places(reader, chosen, levels, limit), countries=countries(reader, chosen, levels),
        located=counts["located"], unlocated=counts["n"] - counts["located"],
    )


def _place(row: dict[str, Any], level: str | None) -> PlaceRow:
    return PlaceRow(**{**row, **{name: row[name] or "" for name in ("name_ar", "name_en", "country")}}, level=level)


def _country(row: dict[str, Any], gazetteer: Gazetteer) -> CountryRow:
    place = gazetteer.country(row["country"])
    return CountryRow(
        **row, name_ar=place.name_ar if place else "", name_en=place.name_en if place else row["country"],
        lat=place.latitude if place else None, lon=place.longitude if place else None,
    )
