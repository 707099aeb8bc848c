"""The JSON Schema of the records, made from their types. schema.json beside it is for readers without Python."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from waqai.records.rows import DocumentRecord, EntityRecord, EventRecord, QuotationRecord

_PUBLIC = (EventRecord, QuotationRecord, EntityRecord, DocumentRecord)


def json_schema() -> dict[str, Any]:
    """One schema with a definition for each record type; the definitions refer to each other under #/$defs."""
    _, definitions = msgspec.json.schema_components(_PUBLIC, ref_template="#/$defs/{name}")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Records of Waqai",
        "description": "Lines of `waqai code --format jsonl`: --table events, quotes, entities.",
        "anyOf": [{"$ref": f"#/$defs/{record.__name__}"} for record in _PUBLIC],
        "$defs": dict(sorted(definitions.items())),
    }


def schema_text() -> str:
    """The schema as the file holds it."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"
