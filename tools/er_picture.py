"""The tables of a store as a picture: `python tools/er_picture.py` writes the diagram in docs/store.md anew from the schema."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SCHEMA = ROOT / "src/waqai/store/schema.sql"
PAGE = ROOT / "docs/store.md"
_TABLE = re.compile(r"CREATE TABLE IF NOT EXISTS (\w+) \((.*?)\);", re.DOTALL)
_OWNERS = {"doc_id": "documents", "event_id": "events", "run_id": "runs", "of_doc_id": "documents", "by_doc_id": "documents"}
_BLOCK = re.compile(r"```mermaid\n.*?```", re.DOTALL)


def tables(schema: str) -> dict[str, list[tuple[str, str]]]:
    """Name and type of the columns of each table."""
    found = {}
    for name, body in _TABLE.findall(schema):
        columns = [column.split() for column in re.split(r",(?![^(]*\))", " ".join(body.split()))]
        found[name] = [(words[0], words[1].replace("[]", "_list")) for words in columns]
    return found


def diagram(schema: str) -> str:
    """A Mermaid diagram of the tables, with a line from each to what its rows belong to."""
    found = tables(schema)
    lines = ["```mermaid", "erDiagram"]
    for table, columns in found.items():
        for column, _ in columns:
            owner = _OWNERS.get(column)
            own = columns[0][0] == column and owner == table
            if owner and not own and owner != table:
                lines.append(f"    {owner} ||--o{{ {table} : {column}")
    for table, columns in found.items():
        lines += [f"    {table} {{", *(f"        {kind} {column}" for column, kind in columns), "    }"]
    return "\n".join([*lines, "```"])


def main() -> None:
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(_BLOCK.sub(lambda _: diagram(SCHEMA.read_text(encoding="utf-8")), page), encoding="utf-8")


if __name__ == "__main__":
    main()
