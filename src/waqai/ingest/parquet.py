"""Parquet files: their rows in order, a batch at a time, through DuckDB."""

from __future__ import annotations

import datetime as dt
import glob
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from waqai.ingest.metadata import FIELDS
from waqai.ingest.reading import Read, Reading
from waqai.ingest.tables import read_row
from waqai.issues import Issue

MAGIC = b"PAR1"
_BATCH = 500
_SETTINGS = {"threads": "1", "memory_limit": "1GB", "autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}


def read_parquet(path: Path, name: str, reading: Reading) -> Read:
    """The articles of a Parquet file; its columns are called as in JSON lines."""
    # DuckDB takes 30 ms to load, and most inputs are no Parquet.
    import duckdb

    try:
        with duckdb.connect(":memory:", config=dict(_SETTINGS)) as connection:
            for number, row in enumerate(_rows(connection, path), 1):
                yield from read_row(row, f"{name} row {number}", reading)
    except duckdb.Error as error:
        reason = str(error).splitlines()[0][:200]
        yield Issue("WQ-137", f"is no Parquet file we can read: {reason}", where=name, advice="What came before was read.")


def _rows(connection: Any, path: Path) -> Iterator[dict[str, Any]]:
    known = {name for names in FIELDS.values() for name in names} | {"language"}
    # The path would be taken for a pattern otherwise.
    source = glob.escape(str(path))
    described = connection.execute("SELECT * FROM read_parquet(?) LIMIT 0", [source]).description
    columns = [column[0] for column in described if column[0].lower() in known]
    if not columns:
        yield {str(column[0]): "" for column in described}
        return
    quoted = ", ".join('"' + column.replace('"', '""') + '"' for column in columns)
    cursor = connection.execute(f"SELECT {quoted} FROM read_parquet(?)", [source])
    while batch := cursor.fetchmany(_BATCH):
        for values in batch:
            yield {column: value.isoformat() if isinstance(value, dt.date) else value for column, value in zip(columns, values, strict=True)}
