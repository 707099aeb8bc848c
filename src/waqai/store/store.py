"""The store: one DuckDB file with everything that was found, added to in transactions, read by SQL."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb
import msgspec

from waqai.errors import StoreError, UsageError
from waqai.issues import Issue
from waqai.records import DocumentRecord, EntityRecord, EventRecord, QuotationRecord, Records, SentenceRecord, to_json
from waqai.store.shapes import Shape, as_json, shape_of

SCHEMA_VERSION = "1"
_FOLDER = Path(__file__).parent
_OF_DOCUMENTS = (
    "documents",
    "sentences",
    "entities",
    "mentions",
    "events",
    "participants",
    "attributions",
    "quotations",
)
_READING = frozenset({duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN})
_BATCH: dict[str, Shape] = {
    "document": shape_of(DocumentRecord),
    "sentences": [shape_of(SentenceRecord)],
    "entities": [shape_of(EntityRecord)],
    "events": [shape_of(EventRecord)],
    "quotations": [shape_of(QuotationRecord)],
    "event_lines": ["VARCHAR"],
    "quotation_lines": ["VARCHAR"],
}


class Rows:
    """The result of a query: `columns`, and the rows as one goes through it."""

    def __init__(self, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
        self.columns, self._rows = tuple(columns), rows

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return iter(self._rows)


class Store:
    """A store that is open. Use it as a context manager, or close it."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: Path, *, read_only: bool) -> None:
        self._connection, self.path, self.read_only = connection, path, read_only
        self._run = ""

    @classmethod
    def open(cls, path: str | Path, *, read_only: bool = False) -> Store:
        """Open a store, made anew if there is none. StoreError when it is locked, no store, or of a later version."""
        path = Path(path)
        if read_only and not path.exists():
            raise StoreError(
                "WQ-601", "there is no such store.", where=str(path), advice="Make one with `waqai add INPUT`."
            )
        try:
            # Nothing that a query says may reach for other files or the network.
            # What adds needs little memory; DuckDB would take most of the machine's by default.
            config: dict[str, Any] = {"enable_external_access": "false"} if read_only else {"memory_limit": "1GB"}
            connection = duckdb.connect(str(path), read_only=read_only, config=config)
        except duckdb.IOException as error:
            raise _cannot_open(path, error) from error
        except duckdb.Error as error:
            raise StoreError("WQ-602", f"cannot be opened: {_first_line(error)}", where=str(path)) from error
        store = cls(connection, path, read_only=read_only)
        try:
            store._check()
        except BaseException:
            connection.close()
            raise
        return store

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Write what is still in the log, and let go of the file."""
        self._connection.close()

    def has(self, doc_id: str, text_hash: str, coder: str) -> bool:
        """Whether this document is stored with the same content, coded by the same version."""
        asked = "SELECT 1 FROM documents WHERE doc_id = ? AND text_hash = ? AND coder = ?"
        return self._connection.execute(asked, [doc_id, text_hash, coder]).fetchone() is not None

    def begin_run(self, coder: str) -> str:
        """Note that a run begins, and return its identifier. What is added until the next run belongs to it."""
        self._run = uuid.uuid4().hex[:12]
        now = dt.datetime.now(dt.UTC).replace(tzinfo=None)
        self._connection.execute(
            "INSERT INTO runs (run_id, started_at, coder) VALUES (?, ?, ?)", [self._run, now, coder]
        )
        return self._run

    def finish_run(self, *, unchanged: int = 0) -> None:
        """Note that the run came to its end, with the number of documents that were there already."""
        now = dt.datetime.now(dt.UTC).replace(tzinfo=None)
        self._connection.execute(
            "UPDATE runs SET finished_at = ?, unchanged = ? WHERE run_id = ?", [now, unchanged, self._run]
        )
        self._connection.execute("CHECKPOINT")

    def add(self, batch: Iterable[Records | Issue]) -> int:
        """Add records and issues in one transaction, documents of known identifiers replaced; how many documents.

        When it returns, everything is on the disk; when it raises or is killed, nothing of the batch is.
        """
        listed = list(batch)
        documents = {item.document.doc_id: item for item in listed if isinstance(item, Records)}
        issues = [item for item in listed if isinstance(item, Issue)]
        if not listed:
            return 0
        if not self._run:
            self.begin_run(next((item.document.coder for item in documents.values()), ""))
        self._connection.begin()
        try:
            if documents:
                self._insert(list(documents.values()))
            self._insert_issues(issues)
            events = sum(len(d.events) for d in documents.values())
            quotations = sum(len(d.quotations) for d in documents.values())
            self._connection.execute(
                "UPDATE runs SET documents = documents + ?, events = events + ?, quotations = quotations + ?, "
                "issues = issues + ? WHERE run_id = ?",
                [len(documents), events, quotations, len(issues), self._run],
            )
            self._connection.commit()
        except duckdb.Error as error:
            self._connection.rollback()
            raise StoreError("WQ-603", f"cannot be written: {_first_line(error)}", where=str(self.path)) from error
        except BaseException:
            self._connection.rollback()
            raise
        return len(documents)

    def query(self, sql: str, parameters: Mapping[str, Any] | None = None) -> Rows:
        """The rows of one SELECT, `parameters` for its $names. UsageError when it is anything else."""
        try:
            statements = self._connection.extract_statements(sql)
            if len(statements) != 1 or statements[0].type not in {
                duckdb.StatementType.SELECT,
                duckdb.StatementType.EXPLAIN,
            }:
                raise UsageError("WQ-604", "a query is one SELECT.", advice="It reads the store and cannot change it.")
            cursor = self._connection.cursor()
            cursor.execute(statements[0], dict(parameters) if parameters else None)
        except duckdb.Error as error:
            raise UsageError("WQ-605", f"the query failed: {_several_lines(error)}") from error
        columns = [str(column[0]) for column in cursor.description or ()]
        return Rows(columns, _fetch(cursor))

    def _insert(self, documents: list[Records]) -> None:
        rows = [_nested(records) for records in documents]
        content = msgspec.json.encode(rows).decode()
        self._connection.execute(
            "CREATE OR REPLACE TEMP TABLE batch AS SELECT r.* FROM (SELECT unnest(from_json($content, $shape)) AS r)",
            {"content": content, "shape": as_json([_BATCH])},
        )
        for table in _OF_DOCUMENTS:
            self._connection.execute(f"DELETE FROM {table} WHERE doc_id IN (SELECT document.doc_id FROM batch)")
        for statement in self._connection.extract_statements((_FOLDER / "insert.sql").read_text(encoding="utf-8")):
            self._connection.execute(statement, {"run": self._run} if "run" in statement.named_parameters else None)
        self._connection.execute("DROP TABLE batch")

    def _insert_issues(self, issues: Sequence[Issue]) -> None:
        for issue in issues:
            row = [self._run, issue.code, issue.level, issue.fatal, issue.where, issue.message, issue.advice]
            self._connection.execute("INSERT INTO issues VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    def _check(self) -> None:
        tables = {
            str(row[0])
            for row in self._connection.execute("SELECT table_name FROM information_schema.tables").fetchall()
        }
        if "about" not in tables:
            if self.read_only or tables:
                raise StoreError("WQ-606", "is a DuckDB file, but no store of Waqai.", where=str(self.path))
            self._connection.begin()
            self._connection.execute((_FOLDER / "schema.sql").read_text(encoding="utf-8"))
            self._connection.execute("INSERT INTO about VALUES ('schema_version', ?)", [SCHEMA_VERSION])
            self._connection.commit()
            return
        found = self._connection.execute("SELECT value FROM about WHERE key = 'schema_version'").fetchone()
        if found is None or found[0] != SCHEMA_VERSION:
            raise StoreError(
                "WQ-607",
                f"has schema version {found[0] if found else 'unknown'}; this Waqai reads version {SCHEMA_VERSION}.",
                where=str(self.path),
                advice="Use the version of Waqai that made it, or add the articles to a new store.",
            )


def _nested(records: Records) -> dict[str, Any]:
    return {
        "document": records.document,
        "sentences": records.sentences,
        "entities": records.entities,
        "events": records.events,
        "quotations": records.quotations,
        "event_lines": [to_json(event) for event in records.events],
        "quotation_lines": [to_json(said) for said in records.quotations],
    }


def _fetch(cursor: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while rows := cursor.fetchmany(1000):
        yield from rows


def _cannot_open(path: Path, error: duckdb.Error) -> StoreError:
    text = str(error)
    if "lock" in text.lower():
        advice = "Wait for the other program, or end it."
        return StoreError("WQ-608", "is in use by another program.", where=str(path), advice=advice)
    return StoreError("WQ-602", f"cannot be opened: {_first_line(error)}", where=str(path), advice="Is it a store?")


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0][:300]


def _several_lines(error: Exception) -> str:
    return "\n".join(str(error).strip().splitlines()[:8])
