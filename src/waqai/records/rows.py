"""The public records: flat, frozen rows. Keys and their order are a contract with every reader of our files.

Spans are `start` and `end`: code points of the text (or of the title, where `part` says so), half-open.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from waqai.document import EntityKind, Modality, Polarity, Precision

Part = Literal["text", "title"]


class SpanRecord(msgspec.Struct, frozen=True, gc=False):
    """Characters `start` up to, not including, `end`."""

    start: int
    end: int


class WordsRecord(msgspec.Struct, frozen=True, gc=False):
    """Words of the article with their place."""

    text: str
    start: int
    end: int


class TriggerRecord(WordsRecord, frozen=True, gc=False):
    """The words that name the act, and the lemma of their head."""

    lemma: str


class ActorRecord(WordsRecord, frozen=True, gc=False):
    """Who acts: the words of the mention, and the entity that they stand for at the date of the document."""

    entity_id: str
    kind: EntityKind
    name_ar: str
    name_en: str
    country: str
    sector: str
    role: str | None


class SourceRecord(ActorRecord, frozen=True, gc=False):
    """Who says so: an actor with the word of saying; `anonymous` where the article hides the name."""

    cue: str
    anonymous: bool


class TimeRecord(WordsRecord, frozen=True, gc=False):
    """When: the words and the days, both included; null where the words cannot be resolved."""

    from_: str | None = msgspec.field(name="from")
    to: str | None
    precision: Precision | None


class PlaceRecord(WordsRecord, frozen=True, gc=False):
    """Where: the words and the gazetteer entry, null where there is none; degrees are WGS 84."""

    name_ar: str | None
    name_en: str | None
    country: str | None
    lat: float | None
    lon: float | None
    geonames_id: int | None


class CasualtiesRecord(msgspec.Struct, frozen=True, gc=False):
    """People killed and injured, null where the text gives no number."""

    killed: int | None
    injured: int | None


class EventRecord(msgspec.Struct, frozen=True, gc=False):
    """One reported act."""

    event_id: str
    doc_id: str
    event_type: str
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    quad: str | None
    intensity: float | None
    cameo: str | None
    part: Part
    sentence: int
    sentence_span: SpanRecord
    trigger: TriggerRecord
    actors: tuple[ActorRecord, ...]
    recipients: tuple[ActorRecord, ...]
    object: WordsRecord | None
    polarity: Polarity
    modality: Modality
    attribution: tuple[SourceRecord, ...]
    time: TimeRecord | None
    place: PlaceRecord | None
    casualties: CasualtiesRecord
    confidence: float
    evidence: tuple[str, ...]
    coder: str


class QuotationRecord(msgspec.Struct, frozen=True, gc=False):
    """Reported speech: the words said, who said them, and the chain of sources, outermost first."""

    doc_id: str
    text: str
    start: int
    end: int
    kind: Literal["direct", "mixed", "indirect"]
    speaker: ActorRecord | None
    chain: tuple[SourceRecord, ...]
    cue: TriggerRecord | None
    sentence: int
    part: Part


class EntityRecord(msgspec.Struct, frozen=True, gc=False):
    """Somebody or something that a document names, with every mention in it."""

    doc_id: str
    entity_id: str
    kind: EntityKind
    name_ar: str
    name_en: str
    country: str
    sector: str
    role: str | None
    wikidata: str
    mentions: tuple[MentionRecord, ...]


class MentionRecord(WordsRecord, frozen=True, gc=False):
    """One mention of an entity: its words, and how it refers."""

    kind: Literal["name", "nominal", "pronoun", "office", "implicit"]
    sentence: int
    part: Part


class SentenceRecord(WordsRecord, frozen=True, gc=False):
    """A sentence with the role of its block."""

    doc_id: str
    part: Part
    sentence: int
    role: str


class DocumentRecord(msgspec.Struct, frozen=True, gc=False):
    """An article as it was read, with counts of what was found in it. `text_hash` covers text, title and date."""

    doc_id: str
    text_hash: str
    coder: str
    title: str
    url: str
    outlet: str
    author: str
    published: str | None
    language: str
    credit: tuple[str, ...]
    text: str
    sentences: int
    events: int
    quotations: int


class Records(msgspec.Struct, frozen=True):
    """All rows of one document: what a worker hands back and what the store takes."""

    document: DocumentRecord
    sentences: tuple[SentenceRecord, ...]
    entities: tuple[EntityRecord, ...]
    events: tuple[EventRecord, ...]
    quotations: tuple[QuotationRecord, ...]


def to_json(record: msgspec.Struct) -> str:
    """One record as one line of JSON, keys in the order of the contract, Arabic as it is."""
    return msgspec.json.encode(record).decode()


def rows_of(records: Records, table: str) -> Sequence[msgspec.Struct]:
    """The rows of one table of a document: events, quotes or entities."""
    tables: dict[str, Sequence[msgspec.Struct]] = {
        "events": records.events,
        "quotes": records.quotations,
        "entities": records.entities,
    }
    return tables[table]


def confident(records: Records, least: float) -> Records:
    """The records without the events whose confidence is below `least`, a probability."""
    events = tuple(event for event in records.events if event.confidence >= least)
    if len(events) == len(records.events):
        return records
    document = msgspec.structs.replace(records.document, events=len(events))
    return msgspec.structs.replace(records, document=document, events=events)
