"""The filters that all pages share: read from the query string, turned into conditions on events."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from waqai.store.writing import folded

Value = Annotated[str, StringConstraints(min_length=1, max_length=300)]
Values = Annotated[list[Value], Field(max_length=50)]
_WITH = "e.event_id IN (SELECT event_id FROM participants WHERE {})"
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


class Where(NamedTuple):
    """A condition on `events e` and the values of its names; "TRUE" for all events."""

    sql: str
    values: dict[str, Any]


def where(filters: Filters, *, but: str = "") -> Where:
    """The condition that filters make, the filter `but` left out."""
    found: list[str] = []
    values: dict[str, Any] = {}

    def ask(name: str, condition: str, value: object) -> None:
        if name != but and value not in (None, "", []):
            found.append(condition.replace("?", f"$f_{name}"))
            values[f"f_{name}"] = value

    among = "IN (SELECT unnest(?))"
    ask("from", "e.day >= ?", filters.from_)
    ask("to", "e.day <= ?", filters.to)
    ask("actor", _WITH.format(f"entity_id {among}"), filters.actor)
    ask("by", _WITH.format(f"slot = 'actor' AND entity_id {among}"), filters.by)
    ask("to_whom", _WITH.format(f"slot = 'recipient' AND entity_id {among}"), filters.to_whom)
    ask("country", _WITH.format(f"country {among}"), filters.country)
    ask("by_country", _WITH.format(f"slot = 'actor' AND country {among}"), filters.by_country)
    ask("to_country", _WITH.format(f"slot = 'recipient' AND country {among}"), filters.to_country)
    ask("place_country", f"e.place_country {among}", filters.place_country)
    ask("place", f"coalesce(e.geonames_id::VARCHAR, e.place_en, e.place_ar) {among}", filters.place)
    ask("type", f"e.event_type {among}", filters.type)
    ask("quad", f"e.quad {among}", filters.quad)
    ask("outlet", f"e.doc_outlet {among}", filters.outlet)
    ask("speaker", f"e.event_id IN (SELECT event_id FROM attributions WHERE entity_id {among})", filters.speaker)
    ask("confidence", "e.confidence >= ?", filters.confidence)
    ask("polarity", "e.polarity = ?", filters.polarity)
    ask("modality", "e.modality = ?", filters.modality)
    ask("review", "coalesce(e.review, 'none') = ?", filters.review)
    terms = words(filters.q)
    if terms and but != "q":
        found.append(
            "EXISTS (SELECT 1 FROM sentences s WHERE s.doc_id = e.doc_id AND s.part = e.part AND s.sentence = e.sentence "
            f"AND {contains('s.folded', terms, values)})"
        )
    return Where(" AND ".join(found) or "TRUE", values)


def among(chosen: Where, event: str) -> str:
    """The condition that the event of a row, its column `event`, is one of those that a condition lets through: without a join where
    all are, which makes counting twice as fast."""
    return "TRUE" if chosen.sql == "TRUE" else f"{event} IN (SELECT e.event_id FROM events e WHERE {chosen.sql})"


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
