"""Records: the flat rows that users, files and the store see."""

from waqai.records.convert import Converter, text_hash
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
    confident,
    rows_of,
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
    "confident",
    "rows_of",
    "text_hash",
    "to_json",
]
