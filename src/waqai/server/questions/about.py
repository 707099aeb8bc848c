"""What this store is: its extent, versions, tables."""

from __future__ import annotations

from typing import Any

from waqai.records.schema import json_schema
from waqai.server.answers import Column, Schema, Table
from waqai.store import Reader

_HIDDEN = frozenset({"about"})
_EXAMPLES = (
    "SELECT event_type, count(*) AS events FROM events GROUP BY ALL ORDER BY events DESC",
    "SELECT day, event_type, actors, recipients, sentence_text\nFROM event_wide WHERE confidence >= 0.7 ORDER BY day DESC LIMIT 100",
    "SELECT date_trunc('month', day) AS month, quad, count(*) AS events\nFROM events GROUP BY ALL ORDER BY month, quad",
    "SELECT a.name_en AS actor, r.name_en AS recipient, count(*) AS events\n"
    "FROM participants a JOIN participants r USING (event_id)\n"
    "WHERE a.slot = 'actor' AND r.slot = 'recipient' GROUP BY ALL ORDER BY events DESC LIMIT 50",
    "SELECT outlet, event_type, count(*) AS events FROM event_wide GROUP BY ALL ORDER BY outlet, events DESC",
    "SELECT speaker_en, count(*) AS quotations FROM quotations GROUP BY ALL ORDER BY quotations DESC LIMIT 50",
)


def counts(reader: Reader) -> dict[str, Any]:
    """The fields of `About` that come from the store."""
    row = reader.row(
        """
        SELECT (SELECT count(*) FROM documents) AS documents, (SELECT count(*) FROM events) AS events,
            (SELECT count(*) FROM quotations) AS quotations, (SELECT count(DISTINCT nullif(outlet, '')) FROM documents) AS outlets,
            (SELECT min(day) FROM events) AS first, (SELECT max(day) FROM events) AS last,
            (SELECT max(coalesce(finished_at, started_at)) FROM runs) AS last_run, (SELECT count(*) FROM issues) AS issues,
            (SELECT count(*) FROM decisions WHERE action <> 'unsure') AS reviewed, (SELECT value FROM about WHERE key = 'schema_version') AS schema_version
        """
    )
    coders = reader.rows("SELECT DISTINCT coder FROM documents ORDER BY 1")
    return {**row, "coders": [each["coder"] for each in coders]}


def schema(reader: Reader) -> Schema:
    """Tables and views with their columns, for those who write SQL."""
    columns: dict[str, list[Column]] = {}
    for row in reader.rows(
        "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = 'main' "
        "AND table_catalog = current_database() ORDER BY table_name, ordinal_position"
    ):
        columns.setdefault(row["table_name"], []).append(Column(name=row["column_name"], type=row["data_type"]))
    sizes = {row["table_name"]: row["estimated_size"] for row in reader.rows("SELECT table_name, estimated_size FROM duckdb_tables()")}
    tables = [
        Table(name=name, kind="table" if name in sizes else "view", rows=sizes.get(name), columns=found)
        for name, found in columns.items()
        if name not in _HIDDEN
    ]
    return Schema(tables=sorted(tables, key=lambda table: (table.kind, table.name)), examples=list(_EXAMPLES), records=json_schema())
