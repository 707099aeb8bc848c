"""What the API says of events and documents, typed. Offsets count code points of the text, or of the title where `part` says so."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

Part = Literal["text", "title"]


def _utc(value: Any) -> Any:
    """The store keeps moments of UTC without saying so; an answer says so."""
    return value.replace(tzinfo=dt.UTC) if isinstance(value, dt.datetime) and value.tzinfo is None else value


def _web(value: Any) -> Any:
    """A page makes a link of it: `javascript:` and the like are no addresses of articles."""
    return value if isinstance(value, str) and value.lower().startswith(("http://", "https://")) else ""


Address = Annotated[str, BeforeValidator(_web)]
Moment = Annotated[dt.datetime, BeforeValidator(_utc)]


class Shape(BaseModel):
    """Base of all answers: fields may be given by name or by their name in JSON."""

    model_config = ConfigDict(populate_by_name=True)


class Given(BaseModel):
    """Base of what is sent: unknown fields are refused, so that a misspelt one is not lost in silence."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class Span(Shape):
    """Characters `start` up to, not including, `end`."""

    start: int
    end: int


class Words(Span):
    """Words of the article with their place."""

    text: str


class TriggerWords(Words):
    """The words that name the act, and the lemma of their head."""

    lemma: str


class ParticipantWords(Words):
    """A participant: the words of the mention and the entity behind them. An `entity_id` that begins with "local:" is not resolved."""

    entity_id: str
    kind: str
    name_ar: str
    name_en: str
    country: str
    sector: str
    role: str | None


class SourceWords(ParticipantWords):
    """Who says so, with the word of saying; `anonymous` where the article hides the name."""

    cue: str
    anonymous: bool


class TimeWords(Words):
    """When: both days included, null where the words could not be resolved."""

    from_: dt.date | None = Field(alias="from")
    to: dt.date | None
    precision: str | None


class PlaceWords(Words):
    """Where: the gazetteer entry, null where there is none; degrees are WGS 84."""

    name_ar: str | None
    name_en: str | None
    country: str | None
    lat: float | None
    lon: float | None
    geonames_id: int | None


class Casualties(Shape):
    """People killed and injured, null where the text gives no number."""

    killed: int | None
    injured: int | None


class Review(Shape):
    """What was decided about an event: accepted, corrected, added by hand, rejected, or that the reviewer was unsure; by whom and when (UTC)."""

    status: Literal["accepted", "corrected", "added", "rejected", "unsure"]
    review_id: int
    reviewer: str
    at: Moment
    note: str


class Record(Shape):
    """One reported act: the public record of an event, as `waqai code` prints it."""

    event_id: str
    doc_id: str
    event_type: str
    modes: list[str]
    contexts: list[str]
    quad: str | None
    intensity: float | None
    cameo: str | None
    part: Part
    sentence: int
    sentence_span: Span
    trigger: TriggerWords
    actors: list[ParticipantWords]
    recipients: list[ParticipantWords]
    object: Words | None
    polarity: Literal["affirmed", "negated"]
    modality: Literal["actual", "future", "hypothetical"]
    attribution: list[SourceWords]
    time: TimeWords | None
    place: PlaceWords | None
    casualties: Casualties
    confidence: float
    evidence: list[str]
    coder: str


class Event(Record):
    """An event with what is needed to show it: its day (or that of the article), its outlet, its sentence, its review."""

    day: dt.date | None
    published: dt.date | None
    outlet: str
    title: str
    url: Address
    sentence_text: str
    review: Review | None


class Page(Shape):
    """Base of lists: `cursor` leads to what follows, null at the end; `total` counts all that the filters let through."""

    total: int
    cursor: str | None


class EventPage(Page):
    """A page of events."""

    events: list[Event]


class Change(Shape):
    """A row of the review log. `before` and `after` are the records, null where there is none (added, rejected)."""

    review_id: int
    at: Moment
    reviewer: str
    action: Literal["accept", "correct", "reject", "add", "unsure", "undo"]
    event_id: str
    doc_id: str
    note: str
    undoes: int | None
    undone: bool
    title: str
    before: Record | None
    after: Record | None


class EventDetail(Event):
    """An event with the sentences around it, its history, and other reports of the same type, actors and days."""

    previous_sentence: str | None
    next_sentence: str | None
    history: list[Change]
    similar: list[Event]


class Sentence(Span):
    """A sentence of a document with the role of its block: headline, body, caption and so on."""

    part: Part
    sentence: int
    role: str


class Quotation(Words):
    """Reported speech with its speaker and the chain of sources, outermost first."""

    doc_id: str
    kind: Literal["direct", "mixed", "indirect"]
    speaker: ParticipantWords | None
    chain: list[SourceWords]
    cue: TriggerWords | None
    sentence: int
    part: Part


class Mention(Words):
    """One mention of an entity, and how it refers: name, nominal, pronoun, office, implicit."""

    kind: str
    sentence: int
    part: Part


class Entity(Shape):
    """Somebody or something that a document names, with every mention."""

    entity_id: str
    kind: str
    name_ar: str
    name_en: str
    country: str
    sector: str
    role: str | None
    wikidata: str
    resolved: bool
    mentions: list[Mention]


class Appearance(Shape):
    """A copy of an article: where else it stands. `share` of all triples of words of the two are common to both."""

    doc_id: str
    title: str
    outlet: str
    published: dt.date | None
    url: Address
    author: str
    share: float | None


class StandsFor(Appearance):
    """What was asked for, where another article stands for it: a copy, or a version whose place that one took (at `replaced_at`)."""

    kind: Literal["copy", "version"]
    replaced_at: Moment | None


class DocumentRow(Shape):
    """A document in a list. `types` counts its events by type; with its `copies` it stands in so many `outlets`."""

    doc_id: str
    title: str
    outlet: str
    published: dt.date | None
    url: Address
    author: str
    sentences: int
    events: int
    quotations: int
    types: dict[str, int]
    conflict: int
    cooperation: int
    beginning: str
    copies: int
    outlets: int


class DocumentPage(Page):
    """A page of documents."""

    documents: list[DocumentRow]


class Document(Shape):
    """An article with all that was found in it. `paragraphs` are the runs of text between line breaks.

    `stands_for` is what was asked for where that was a copy or an earlier version; `copies` say where else the article stands, the newest
    last; `versions` counts the earlier texts and codings that GET versions/{doc_id} tells of.
    """

    doc_id: str
    title: str
    outlet: str
    published: dt.date | None
    url: Address
    author: str
    language: str
    credit: list[str]
    coder: str
    text: str
    paragraphs: list[Span]
    sentences: list[Sentence]
    events: list[Event]
    rejected: list[Event]
    quotations: list[Quotation]
    entities: list[Entity]
    stands_for: StandsFor | None
    copies: list[Appearance]
    versions: int
