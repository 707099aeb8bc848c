"""What the API says of many events together: counts, actors, networks, maps."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from waqai.server.shapes import DocumentRow, Event, Moment, Page, Shape

Step = Literal["day", "week", "month", "quarter", "year"]


class About(Shape):
    """What this server serves. `version` of the data changes with every write."""

    waqai: str
    store: str
    schema_version: str
    data_version: int
    read_only: bool
    reviewer: str | None
    documents: int
    events: int
    quotations: int
    outlets: int
    first: dt.date | None
    last: dt.date | None
    coders: list[str]
    last_run: Moment | None
    issues: int
    reviewed: int
    types: list[TypeInfo]
    limits: dict[str, float]


class TypeInfo(Shape):
    """An event type of the codebook; `intensity` from -10 to 10."""

    name: str
    quad: str
    intensity: float
    definition: str
    arabic: str
    modes: list[ModeInfo]


class ModeInfo(Shape):
    """A mode of a type."""

    name: str
    definition: str
    arabic: str


class Who(Shape):
    """An entity as a list or a picture names it; `resolved` is false for one known only inside its article."""

    entity_id: str
    name_ar: str
    name_en: str
    kind: str
    country: str
    sector: str
    resolved: bool


class Bin(Shape):
    """A stretch of time that begins on `start`, with the number of events by quad class. `intensity` is their mean, -10 to 10."""

    start: dt.date
    events: int
    verbal_cooperation: int
    material_cooperation: int
    verbal_conflict: int
    material_conflict: int
    intensity: float | None


class Day(Shape):
    """A day of the calendar. `documents` tells a quiet day from a day without articles."""

    day: dt.date
    events: int
    documents: int
    intensity: float | None


class ActorRow(Who):
    """An actor with its counts: events in which it acts, is acted upon, speaks; documents that have such an event."""

    as_actor: int
    as_recipient: int
    as_speaker: int
    conflict: int
    cooperation: int
    documents: int
    first: dt.date | None
    last: dt.date | None


class ActorPage(Page):
    """A page of actors."""

    actors: list[ActorRow]


class Dyad(Shape):
    """Who acts on whom, how often and how."""

    actor: Who
    recipient: Who
    events: int
    conflict: int
    cooperation: int
    intensity: float | None


class Count(Shape):
    """A value with the number of its events; the label is null where the value speaks for itself."""

    value: str
    events: int
    label_ar: str | None = None
    label_en: str | None = None


class Totals(Shape):
    """Numbers of the chosen part of the store. `dated` events have a day of their own, the others that of the article."""

    events: int
    documents: int
    actors: int
    outlets: int
    conflict: int
    cooperation: int
    negated: int
    not_actual: int
    dated: int
    located: int
    attributed: int
    anonymous: int
    killed: int
    injured: int
    intensity: float | None
    first: dt.date | None
    last: dt.date | None


class Overview(Shape):
    """What happened in the chosen part of the store."""

    totals: Totals
    step: Step
    timeline: list[Bin]
    calendar: list[Day]
    types: list[Count]
    actors: list[ActorRow]
    dyads: list[Dyad]
    places: list[PlaceRow]
    countries: list[CountryRow]
    newest: list[DocumentRow]


class PlaceRow(Shape):
    """A place with its events. `place` is what the filter of that name takes; `level` null where it is not in the gazetteer."""

    place: str
    name_ar: str
    name_en: str
    country: str
    level: str | None
    lat: float | None
    lon: float | None
    geonames_id: int | None
    events: int
    conflict: int
    cooperation: int
    killed: int
    injured: int
    intensity: float | None


class CountryRow(Shape):
    """A country (ISO 3166-1 alpha-3) with the events that happened in it."""

    country: str
    name_ar: str
    name_en: str
    lat: float | None
    lon: float | None
    events: int
    conflict: int
    cooperation: int
    killed: int
    injured: int
    intensity: float | None


class MapAnswer(Shape):
    """Where it happened: `places` without those of level country, which are in `countries`; `unlocated` events have no place."""

    places: list[PlaceRow]
    countries: list[CountryRow]
    located: int
    unlocated: int


class Node(Who):
    """An actor of the network; with `level=country` a country, with its code as `entity_id`."""

    as_actor: int
    as_recipient: int
    conflict: int
    cooperation: int


class Slice(Shape):
    """Events of an edge in one stretch of time."""

    start: dt.date
    events: int
    conflict: int
    cooperation: int


class Edge(Shape):
    """Events from `source` on `target`; `negated` of them did not happen; `slices` lists them by time, empty stretches left out."""

    source: str
    target: str
    events: int
    verbal_cooperation: int
    material_cooperation: int
    verbal_conflict: int
    material_conflict: int
    negated: int
    intensity: float | None
    first: dt.date | None
    last: dt.date | None
    slices: list[Slice]


class Network(Shape):
    """Who acts on whom. `omitted` counts edges that the limit leaves out."""

    nodes: list[Node]
    edges: list[Edge]
    step: Step
    omitted: int


class Facets(Shape):
    """Values of each filter with their counts, under the other filters; `more` says that a list was cut."""

    facets: dict[str, list[Count]]
    more: dict[str, bool]


class Office(Shape):
    """An office held: dates are ISO or their beginnings (2019-04), "" where open or unknown."""

    title_en: str
    office: str
    body: str
    country: str
    first: str
    last: str


class Name(Shape):
    """How an outlet names an actor, how often, and with what kind of mention."""

    text: str
    kind: str
    outlet: str
    mentions: int


class Counterpart(Shape):
    """Relations of an actor with another: acts of the one on the other and back, over time."""

    who: Who
    made: int
    received: int
    conflict: int
    cooperation: int
    intensity: float | None
    made_slices: list[Slice]
    received_slices: list[Slice]


class TypeCount(Shape):
    """Events of a type made and received."""

    event_type: str
    quad: str | None
    made: int
    received: int


class Said(Shape):
    """A quotation of the actor with its document."""

    doc_id: str
    title: str
    outlet: str
    published: dt.date | None
    kind: str
    text: str
    part: str
    sentence: int
    start: int
    end: int


class SpokenBy(Shape):
    """Somebody whose words tell of the actor, with the number of events that they tell."""

    who: Who
    events: int
    conflict: int
    cooperation: int


class Actor(Shape):
    """All about one actor in the chosen part of the store."""

    actor: ActorRow
    wikidata: str
    roles: list[Role]
    offices: list[Office]
    step: Step
    made: list[Bin]
    received: list[Bin]
    types: list[TypeCount]
    counterparts: list[Counterpart]
    names: list[Name]
    said: list[Said]
    said_total: int
    spoken_by: list[SpokenBy]
    events: list[Event]


class Role(Shape):
    """A title that documents of the store give the actor, with the first and last day of those documents."""

    role: str
    documents: int
    first: dt.date | None
    last: dt.date | None


class Problem(Shape):
    """What went wrong, for a person: a permanent code, the message, where, and what to do."""

    code: str
    message: str
    where: str = ""
    advice: str = ""


class ProblemAnswer(Shape):
    """The answer of every failed request."""

    error: Problem


class Column(Shape):
    """A column of a table of the store."""

    name: str
    type: str


class Table(Shape):
    """A table or view of the store."""

    name: str
    kind: Literal["table", "view"]
    rows: int | None
    columns: list[Column]


class Schema(Shape):
    """Tables of the store for those who write SQL, with questions to begin from; and the JSON Schema of the records."""

    tables: list[Table]
    examples: list[str]
    records: dict[str, Any]


About.model_rebuild()
TypeInfo.model_rebuild()
Overview.model_rebuild()
Actor.model_rebuild()
