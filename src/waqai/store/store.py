"""The store: one DuckDB file with everything that was found, added to in transactions, read by SQL."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb

from waqai.errors import StoreError, UsageError
from waqai.identity import Article, Copy, Fingerprint, Standing, fingerprint, wording
from waqai.issues import Issue
from waqai.records import Records
from waqai.store import dataset, identities, quarantine, reviews, search, versions
from waqai.store.reading import Reader, several_lines, single
from waqai.store.writing import insert_documents, now

# Nothing that a query says may reach for other files, the network or the settings. What adds needs little memory;
# DuckDB would take most of the machine's by default.
_CONFIG: dict[str, Any] = {
    "enable_external_access": "false",
    "autoload_known_extensions": "false",
    "autoinstall_known_extensions": "false",
    "lock_configuration": "true",
    "memory_limit": "1GB",
}
_SPARING = "16MB"

class Rows:
    """The result of a query: `columns`, and the rows as one goes through it."""

    def __init__(self, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
        self.columns, self._rows = tuple(columns), rows

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return iter(self._rows)


class Store:
    """A store that is open. Use it as a context manager, or close it."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: Path, *, read_only: bool, sparing: bool = False) -> None:
        self._connection, self.path, self.read_only = connection, path, read_only
        self._run = ""
        self._sparing = sparing
        self._lock = threading.Lock()

    @classmethod
    def open(cls, path: str | Path, *, read_only: bool = False, sparing: bool = False) -> Store:
        """Open a store, made anew if there is none; a data set (a folder) only to read. StoreError: locked, no store, of a later version.

        One that is `sparing` keeps next to nothing of what it has read and written in memory: for those who only add. It is not for
        queries that people write.
        """
        path = Path(path)
        if path.is_dir():
            return cls._open_dataset(path, read_only=read_only)
        if read_only and not path.exists():
            raise StoreError(
                "WQ-601", "there is no such store.", where=str(path), advice="Make one with `waqai add INPUT`."
            )
        config = {**_CONFIG, "lock_configuration": str(not sparing).lower()}
        try:
            connection = duckdb.connect(str(path), read_only=read_only, config=config)
        except duckdb.IOException as error:
            raise _cannot_open(path, error) from error
        except duckdb.Error as error:
            raise StoreError("WQ-602", f"cannot be opened: {_first_line(error)}", where=str(path)) from error
        store = cls(connection, path, read_only=read_only, sparing=sparing)
        try:
            with store._told():
                versions.check(connection, path, read_only=read_only)
                search.prepare(connection, path, read_only=read_only)
        except BaseException:
            connection.close()
            raise
        return store

    @classmethod
    def _open_dataset(cls, path: Path, *, read_only: bool) -> Store:
        if not dataset.is_dataset(path):
            raise StoreError("WQ-606", "is a folder, but no data set of Waqai.", where=str(path))
        if not read_only:
            advice = "Add to a store, and bring the data set up to date with `waqai export`."
            raise StoreError("WQ-611", "is a data set, which can only be read.", where=str(path), advice=advice)
        settings = ("autoload_known_extensions", "autoinstall_known_extensions", "memory_limit")
        connection = duckdb.connect(config={name: _CONFIG[name] for name in settings})
        try:
            dataset.open_views(connection, path, versions.SCHEMA_VERSION)
        except BaseException:
            connection.close()
            raise
        return cls(connection, path, read_only=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Write what is still in the log, and let go of the file."""
        self._connection.close()

    def standings(self, doc_ids: Sequence[str]) -> Mapping[str, Sequence[Standing]]:
        """How identifiers are stored: as documents, as copies, as documents whose place others took. Those that are not are left out."""
        return identities.standings(self._connection, doc_ids)

    def like(self, asked: Sequence[tuple[Article, Fingerprint]]) -> Sequence[Sequence[Article]]:
        """For each article the stored ones that may be the same, or are of its address, the likeliest first."""
        return identities.like(self._connection, asked)

    def begin_run(self, coder: str) -> str:
        """Note that a run begins, and return its identifier. What is added until the next run belongs to it."""
        self._run = uuid.uuid4().hex[:12]
        with self._told():
            self._connection.execute("INSERT INTO runs (run_id, started_at, coder) VALUES (?, ?, ?)", [self._run, now(), coder])
        return self._run

    def finish_run(self, *, unchanged: int = 0) -> None:
        """Note that the run came to its end, with the number of documents that were there already."""
        with self._told():
            self._connection.execute("UPDATE runs SET finished_at = ?, unchanged = ? WHERE run_id = ?", [now(), unchanged, self._run])
            search.tidy(self._connection)
            self._connection.execute("CHECKPOINT")

    def add(
        self, batch: Iterable[Records | Copy | Issue], *,
        versions_of: Mapping[str, str] | None = None, fingerprints: Mapping[str, Fingerprint] | None = None,
    ) -> int:
        """Add records, copies and issues in one transaction, documents of known identifiers replaced; how many documents.

        `versions_of` names for a document the older one whose place it takes. What is replaced is kept as an earlier coding. `fingerprints`
        are those that were made already. When it returns, everything is on the disk; when it raises or is killed, nothing of the batch is.
        """
        listed = list(batch)
        documents = [item for item in listed if isinstance(item, Records)]
        copies = [item for item in listed if isinstance(item, Copy)]
        issues = [item for item in listed if isinstance(item, Issue)]
        if not listed:
            return 0
        if not self._run:
            self.begin_run(documents[0].document.coder if documents else "")
        with self._writing():
            identities.insert_copies(self._connection, copies, self._run)
            parts = _parts(documents, versions_of or {})
            versions = sum(self._replace(part, versions_of or {}, fingerprints or {}) for part in parts)
            self._insert_issues(issues)
            quarantine.put(self._connection, issues, self._run)
            events = sum(len(d.events) for d in documents)
            quotations = sum(len(d.quotations) for d in documents)
            self._connection.execute(
                "UPDATE runs SET documents = documents + ?, events = events + ?, quotations = quotations + ?, "
                "issues = issues + ?, copies = copies + ?, versions = versions + ? WHERE run_id = ?",
                [len(documents), events, quotations, len(issues), len(copies), versions, self._run],
            )
        if self._sparing:
            self._let_go()
        return len(documents)

    def _let_go(self) -> None:
        """Keep little of what was read and written in memory: a limit lets go of what is above it, and a large article may still take what it needs."""
        for limit in (_SPARING, _CONFIG["memory_limit"]):
            # What is in use stays; then the limit is not set, and nothing is lost but room.
            with suppress(duckdb.OutOfMemoryException):
                self._connection.execute(f"SET memory_limit = '{limit}'")

    def _replace(self, documents: Mapping[str, Records], versions_of: Mapping[str, str], made: Mapping[str, Fingerprint]) -> int:
        """Write documents in place of those of the same identifiers, and of those whose versions they are; how many older ones there were."""
        hashes = {doc_id: (item.document.text_hash, item.document.coder) for doc_id, item in documents.items()}
        changed = identities.keep_earlier(self._connection, {doc_id: doc_id for doc_id in documents}, hashes)
        changed += identities.supersede(self._connection, {old: new for new, old in versions_of.items() if new in documents and old != new})
        insert_documents(self._connection, list(documents.values()), self._run)
        identities.forget_copies(self._connection, list(documents))
        seen = {doc_id: made.get(doc_id) or fingerprint(wording(item.document.text), item.document.url) for doc_id, item in documents.items()}
        identities.insert_fingerprints(self._connection, seen)
        reviews.settle_documents(self._connection, documents)
        return changed

    def quarantined(self) -> Iterator[quarantine.Quarantined]:
        """The inputs that could not be read or coded, the oldest first."""
        return quarantine.items(self._connection)

    def release(self, item_ids: Iterable[str]) -> int:
        """Take inputs out of quarantine that this run did not put back; how many."""
        with self._writing():
            return quarantine.release(self._connection, item_ids, self._run)

    def decide(self, decision: reviews.Decision) -> int:
        """Keep a reviewer's decision about an event and let it take effect; its number in the log."""
        with self._writing():
            return reviews.decide(self._connection, decision)

    def undo(self, review_id: int, reviewer: str) -> int:
        """Take back a decision, the latest of its event; the number of the undo in the log. UsageError otherwise."""
        with self._writing():
            return reviews.undo(self._connection, review_id, reviewer)

    def reader(self) -> Reader:
        """A reader of the store as it is now. Readers do not wait for writers, nor writers for readers."""
        try:
            return Reader(self._connection.cursor())
        except duckdb.Error as error:
            raise StoreError("WQ-602", f"cannot be read: {_first_line(error)}", where=str(self.path)) from error

    def query(self, sql: str, parameters: Mapping[str, Any] | None = None) -> Rows:
        """The rows of one SELECT, `parameters` for its $names. UsageError when it is anything else."""
        cursor = self._connection.cursor()
        statement = single(cursor, sql)
        try:
            # A SELECT can write too (WITH x AS (INSERT ...)); the transaction of the database cannot.
            cursor.execute("BEGIN TRANSACTION READ ONLY")
            cursor.execute(statement, dict(parameters) if parameters else None)
        except duckdb.Error as error:
            raise UsageError("WQ-605", f"the query failed: {several_lines(error)}") from error
        columns = [str(column[0]) for column in cursor.description or ()]
        return Rows(columns, _fetch(cursor))

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """A transaction, one at a time: all of it or nothing."""
        with self._lock:
            if self.read_only:
                raise StoreError("WQ-611", "is open for reading only.", where=str(self.path))
            with self._told():
                self._connection.begin()
                try:
                    yield
                    self._connection.commit()
                except BaseException:
                    with suppress(duckdb.Error):  # DuckDB has let go of a transaction that met a full disk
                        self._connection.rollback()
                    raise

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What the database reports, for people."""
        try:
            yield
        except duckdb.Error as error:
            full = "Make room on the disk; what was reported as stored is there." if "write" in str(error).lower() or "space" in str(error).lower() else ""
            raise StoreError("WQ-603", f"cannot be written: {_first_line(error)}", where=str(self.path), advice=full) from error

    def _insert_issues(self, issues: Sequence[Issue]) -> None:
        for issue in issues:
            row = [self._run, issue.code, issue.level, issue.fatal, issue.where, issue.message, issue.advice]
            self._connection.execute("INSERT INTO issues VALUES (?, ?, ?, ?, ?, ?, ?)", row)


def _parts(documents: Sequence[Records], versions_of: Mapping[str, str]) -> Iterator[dict[str, Records]]:
    """Documents in parts, so that what takes a place comes in a later part than what had it."""
    part: dict[str, Records] = {}
    for item in documents:
        doc_id = item.document.doc_id
        if doc_id in part or versions_of.get(doc_id) in part:
            yield part
            part = {}
        part[doc_id] = item
    if part:
        yield part


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
