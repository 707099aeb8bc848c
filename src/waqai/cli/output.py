"""Where results go: cards for a terminal, JSON lines for a pipe, CSV or Parquet where asked for."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from waqai.errors import UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from waqai.records import Records

Format = Literal["table", "jsonl", "csv", "parquet"]
Table = Literal["events", "quotes", "entities"]


class Writer(Protocol):
    """Takes the records of one document after the other."""

    def write(self, records: Records) -> None:
        """Write what the table asks for."""
        ...

    def close(self) -> None:
        """Finish; nothing may be written afterwards."""
        ...


class JsonLines:
    """One record a line, as in the contract."""

    def __init__(self, table: Table) -> None:
        self.table = table

    def write(self, records: Records) -> None:
        """The rows of one document."""
        from waqai.records import rows_of, to_json

        lines = "".join(f"{to_json(row)}\n" for row in rows_of(records, self.table))
        sys.stdout.buffer.write(lines.encode())
        sys.stdout.buffer.flush()

    def close(self) -> None:
        """Nothing is held back."""


def stdout_console() -> Console:
    """The console of results. A pipe gets no colour and no wrapping."""
    from rich.console import Console

    # A pipe has no width; 80 columns would break every line of a table.
    return Console(soft_wrap=True, width=None if sys.stdout.isatty() else 200)


def choose(wanted: Format | None, table: Table, output: Path | None) -> Writer:
    """The writer for a format; without one, cards for a terminal and JSON lines for a pipe."""
    chosen = wanted or ("table" if sys.stdout.isatty() and output is None else "jsonl")
    if output is not None and chosen != "parquet":
        raise UsageError("WQ-403", "is for Parquet.", where="--output", advice="Use > FILE for the other formats.")
    if chosen == "table":
        from waqai.cli.cards import Cards

        return Cards(stdout_console(), table)
    if chosen == "jsonl":
        return JsonLines(table)
    if chosen == "csv":
        from waqai.cli.tabular import Csv

        return Csv(table)
    from waqai.cli.tabular import Parquet

    return Parquet(table, output)
