"""Records: the flat rows that users, files and the store see."""

from waqai.records.convert import Converter
from waqai.records.rows import (
    ActorRecord,
    DocumentRecord,
    EntityRecord,
    EventRecord,
    MentionRecord,
    QuotationRecord,
    Records,
    SentenceRecord,
    SourceRecord,
    to_json,
)

__all__ = [
    "ActorRecord",
    "Converter",
    "DocumentRecord",
    "EntityRecord",
    "EventRecord",
    "MentionRecord",
    "QuotationRecord",
    "Records",
    "SentenceRecord",
    "SourceRecord",
    "to_json",
]
