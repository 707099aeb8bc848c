"""The filters that all pages share: read from the query string, turned into conditions on events."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from waqai.store import Reader, conditions
from waqai.store.conditions import EventFilters
from waqai.store.search import Forms, Where
from waqai.store.writing import folded

Value = Annotated[str, StringConstraints(min_length=1, max_length=300)]
Values = Annotated[list[Value], Field(max_length=50)]
_MOST_WORDS = 12


class Filters(BaseModel):
    """Conditions on events. Values of one filter are alternatives; different filters must all hold."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    from_: dt.date | None = Field(None, alias="from", description="First day: of the event, else of the article (ISO 8601).")
    to: dt.date | None = Field(None, description="Last day, included.")
    actor: Values = Field([], description="Entity that acts or is acted upon.")
    by: Values = Field([], description="Entity that acts.")
    to_whom: Values = Field([], description="Entity that is acted upon.")
    country: Values = Field([], description="Country of a participant (ISO 3166-1 alpha-3, or a PLOVER slot).")
    by_country: Values = Field([], description="Country of who acts.")
    to_country: Values = Field([], description="Country of who is acted upon.")
    place_country: Values = Field([], description="Country where it happened (ISO 3166-1 alpha-3).")
    place: Values = Field([], description="Place where it happened, as `place` in the map.")
    type: Values = Field([], description="Event type: ASSAULT.")
    quad: list[Literal["verbal cooperation", "material cooperation", "verbal conflict", "material conflict"]] = Field([], max_length=8)
    outlet: Values = Field([], description="Outlet that reports.")
    speaker: Values = Field([], description="Entity in the chain of those who say so.")
    confidence: float | None = Field(None, ge=0, le=1, description="Least probability, 0 to 1.")
    polarity: Literal["affirmed", "negated"] | None = None
    modality: Literal["actual", "future", "hypothetical"] | None = None
    review: Literal["accepted", "corrected", "added", "unsure", "none"] | None = Field(None, description="What reviewers decided.")
    q: Annotated[str, StringConstraints(max_length=300)] = Field("", description='Words of the sentence, all of them; "in quotes" for a phrase.')


EVERYTHING = Filters.model_validate({})
_SHARED = tuple(name for name in EventFilters.__struct_fields__ if name in Filters.model_fields)


def where(filters: Filters, forms: Forms, *, but: str = "") -> Where:
    """The condition on `events e` that filters make, the filter `but` left out. `forms` gives the forms of the words in `q`."""
    return conditions.where(EventFilters(**{name: getattr(filters, name) for name in _SHARED}), forms, but=but)


def among(chosen: Where, event: str) -> str:
    """The condition that the event of a row, its column `event`, is one of those that a condition lets through: without a join where
    all are, which makes counting twice as fast."""
    return "TRUE" if chosen.sql == "TRUE" else f"{event} IN (SELECT e.event_id FROM events e WHERE {chosen.sql})"


def found(reader: Reader, chosen: Where) -> Where:
    """The same condition as the list of the events that it lets through now, for many questions of one reader: words are searched once."""
    rows = reader.rows(f"SELECT list(e.rowid) AS rows FROM events e WHERE {chosen.sql}", chosen.values)[0]["rows"]
    return Where("e.rowid IN (SELECT unnest($found_rows))", {"found_rows": rows or []})


def words(asked: str) -> list[str]:
    """The folded words and "quoted phrases" of a search, at most twelve."""
    pieces = folded(asked).split('"')
    found: list[str] = []
    for number, piece in enumerate(pieces):
        found += [piece.strip()] if number % 2 and number < len(pieces) - 1 else piece.split()
    return [each for each in dict.fromkeys(found) if each][:_MOST_WORDS]


def contains(column: str, terms: list[str], values: dict[str, Any], name: str = "w") -> str:
    """The condition that a column contains all terms; their values are put into `values`."""
    for number, term in enumerate(terms):
        values[f"{name}{number}"] = term
    return " AND ".join(f"contains({column}, ${name}{number})" for number in range(len(terms)))
