"""Write src/waqai/records/schema.json, the JSON Schema of the records. Run it when a record type has changed."""

from __future__ import annotations

from pathlib import Path

from waqai.records.schema import schema_text

TARGET = Path(__file__).resolve().parent.parent / "src" / "waqai" / "records" / "schema.json"

if __name__ == "__main__":
    TARGET.write_text(schema_text(), encoding="utf-8")
