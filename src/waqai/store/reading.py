"""Reading a store: a cursor of one's own, which cannot change anything, with bounds for questions of strangers."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from types import TracebackType
from typing import Any, NamedTuple, Self

import duckdb

from waqai.errors import UsageError

_QUERIES = frozenset({duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN})
_LONGEST_CELL = 100_000


class Bounded(NamedTuple):
    """The answer to a bounded query: `truncated` where there was more than was asked for."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    truncated: bool


class Reader:
    """Reads one state of the store, in a transaction that the database itself keeps from writing. One thread at a time."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection) -> None:
        self._cursor = cursor
        # A SELECT can write too: WITH x AS (INSERT ... RETURNING ...). Only the transaction is a wall.
        cursor.execute("BEGIN TRANSACTION READ ONLY")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the state that was read."""
        self._cursor.close()

    def rows(self, sql: str, values: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """All rows of a query of ours, each by its column names."""
        return list(self.each(sql, values))

    def row(self, sql: str, values: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The one row of a query of ours; empty when there is none."""
        return next(self.each(sql, values), {})

    def each(self, sql: str, values: Mapping[str, Any] | None = None) -> Iterator[dict[str, Any]]:
        """The rows of a query of ours as they come, for answers that are longer than memory."""
        self._cursor.execute(sql, dict(values) if values else None)
        names = [str(column[0]) for column in self._cursor.description or ()]
        while found := self._cursor.fetchmany(1000):
            for row in found:
                yield dict(zip(names, row, strict=True))

    def bounded(
        self, sql: str, values: Mapping[str, Any] | Sequence[Any] | None, *, seconds: float, most: int, characters: int
    ) -> Bounded:
        """Rows of somebody's SELECT, at most `most` and about `characters` in all, after at most `seconds`.

        UsageError when it is no single SELECT (WQ-604), fails (WQ-605) or takes longer (WQ-610). A single function
        call over a huge list may run on for some seconds after the limit.
        """
        single(self._cursor, sql)
        late = threading.Event()

        def stop() -> None:
            late.set()
            self._cursor.interrupt()

        timer = threading.Timer(seconds, stop)
        timer.start()
        try:
            # Within another query only a query can stand, and the database stops early at the limit.
            inner = sql.strip().rstrip(";")
            shown = inner if inner[:7].lower() == "explain" else f"SELECT * FROM (\n{inner}\n) LIMIT {most + 1}"
            self._cursor.execute(shown, values or None)
            described = self._cursor.description or ()
            rows, cut = self._fill(most, characters)
        except duckdb.Error as error:
            if late.is_set():
                advice = "Ask for less: a period, one event type, an aggregate."
                raise UsageError("WQ-610", f"the query took longer than {seconds:g} s.", advice=advice) from error
            raise UsageError("WQ-605", f"the query failed: {several_lines(error)}") from error
        finally:
            timer.cancel()
        return Bounded(tuple(str(c[0]) for c in described), tuple(str(c[1]) for c in described), rows, cut)

    def _fill(self, most: int, characters: int) -> tuple[list[tuple[Any, ...]], bool]:
        rows: list[tuple[Any, ...]] = []
        size = 0
        while found := self._cursor.fetchmany(200):
            for row in found:
                if len(rows) == most or size > characters:
                    return rows, True
                kept = tuple(plain(cell) for cell in row)
                size += sum(len(cell) if isinstance(cell, str) else 8 for cell in kept)
                rows.append(kept)
        return rows, False


def plain(cell: Any) -> Any:
    """A value as JSON can hold it: numbers, truth and null as they are, all else as text of bounded length."""
    if cell is None or isinstance(cell, bool):
        return cell
    if isinstance(cell, int):
        # JavaScript counts exactly up to 2**53.
        return cell if abs(cell) < 2**53 else str(cell)
    if isinstance(cell, float):
        return cell if cell == cell and abs(cell) != float("inf") else str(cell)
    if isinstance(cell, list | tuple) and len(cell) <= 1000:
        return [plain(each) for each in cell]
    if isinstance(cell, dict) and len(cell) <= 1000:
        return {str(key): plain(value) for key, value in cell.items()}
    text = cell if isinstance(cell, str) else f"{len(cell)} bytes" if isinstance(cell, bytes | bytearray) else str(cell)
    return text if len(text) <= _LONGEST_CELL else text[:_LONGEST_CELL] + "…"


def single(connection: duckdb.DuckDBPyConnection, sql: str) -> duckdb.Statement:
    """The statement of a text that is one SELECT. UsageError when it is anything else."""
    try:
        statements = connection.extract_statements(sql)
    except duckdb.Error as error:
        raise UsageError("WQ-605", f"the query failed: {several_lines(error)}") from error
    if len(statements) != 1 or statements[0].type not in _QUERIES:
        raise UsageError("WQ-604", "a query is one SELECT.", advice="It reads the store and cannot change it.")
    return statements[0]


def several_lines(error: Exception) -> str:
    """The first lines of what the database says, for a person."""
    return "\n".join(str(error).strip().splitlines()[:8])[:2000]
