"""Rows of a query: a table without rules on a terminal, JSON lines or CSV in a pipe."""

from __future__ import annotations

import csv
import datetime as dt
import io
import sys
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal

from waqai.cli.terminal import Words

if TYPE_CHECKING:
    from waqai.store import Rows

RowFormat = Literal["table", "jsonl", "csv"]
_WIDEST = 60


def show(rows: Rows, wanted: RowFormat | None, limit: int) -> int:
    """Print rows, at most `limit` of them where that is not 0; how many there were."""
    chosen = wanted or ("table" if sys.stdout.isatty() else "jsonl")
    if chosen == "table":
        return _table(rows, limit)
    lines = _jsonl(rows) if chosen == "jsonl" else _csv(rows)
    number = 0
    for line in islice(lines, limit or None):
        sys.stdout.buffer.write(line)
        number += 1
    sys.stdout.buffer.flush()
    return number


def _jsonl(rows: Rows) -> Iterator[bytes]:
    import msgspec

    for row in rows:
        yield msgspec.json.encode(dict(zip(rows.columns, row, strict=True)), enc_hook=str) + b"\n"


def _csv(rows: Rows) -> Iterator[bytes]:
    """Lines of CSV; the head line comes with the first row."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(rows.columns)
    for row in rows:
        writer.writerow([_plain(value) for value in row])
        yield text.getvalue().encode()
        text.seek(0)
        text.truncate()


def _table(rows: Rows, limit: int) -> int:
    from rich import box
    from rich.table import Table

    from waqai.cli.output import stdout_console

    console = stdout_console()
    words = Words(isolated=console.is_terminal)
    table = Table(*rows.columns, box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    number = 0
    for row in rows:
        number += 1
        if not limit or number <= limit:
            table.add_row(*(words.mixed(_plain(value), _WIDEST) for value in row))
    if number == 0:
        return 0
    console.print(table, markup=False, soft_wrap=not console.is_terminal)
    if limit and number > limit:
        sys.stderr.write(f"{number:,} rows, {limit:,} shown; --limit 0 shows all\n")
    return number


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return "; ".join(map(_plain, value))
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    return f"{value:g}" if isinstance(value, float) else str(value)
