"""The version of a store: a new one gets the tables of today, an old one is brought up to date where it stands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb

from waqai.errors import StoreError
from waqai.store import identities
from waqai.store.writing import folded

SCHEMA_VERSION = "3"
_FOLDER = Path(__file__).parent
_CHUNK = 2000


def check(connection: duckdb.DuckDBPyConnection, path: Path, *, read_only: bool) -> None:
    """See that the tables are those of this version; make or change them where that is allowed.

    StoreError when the file is no store, of a later version, or of an older one that may only be read.
    """
    tables = {
        str(row[0]) for row in connection.execute("SELECT table_name FROM information_schema.tables").fetchall()
    }
    if "about" not in tables:
        if read_only or tables:
            raise StoreError("WQ-606", "is a DuckDB file, but no store of Waqai.", where=str(path))
        _in_one(connection, lambda: _create(connection))
        return
    row = connection.execute("SELECT value FROM about WHERE key = 'schema_version'").fetchone()
    found = str(row[0]) if row else "unknown"
    if found == SCHEMA_VERSION:
        return
    if found not in _STEPS:
        raise StoreError(
            "WQ-607",
            f"has schema version {found}; this Waqai reads version {SCHEMA_VERSION}.",
            where=str(path),
            advice="Use the version of Waqai that made it, or add the articles to a new store.",
        )
    if read_only:
        raise StoreError(
            "WQ-609",
            "was made by an earlier Waqai and must be brought up to date first.",
            where=str(path),
            advice="Open it once for writing: `waqai add` with any article, or `waqai serve` without --read-only.",
        )
    _in_one(connection, lambda: _bring_up(connection, found))


def _in_one(connection: duckdb.DuckDBPyConnection, change: object) -> None:
    assert callable(change)
    connection.begin()
    try:
        change()
        connection.commit()
    except BaseException:
        connection.rollback()
        raise


def _create(connection: duckdb.DuckDBPyConnection) -> None:
    for name in ("schema.sql", "views.sql"):
        connection.execute((_FOLDER / name).read_text(encoding="utf-8"))
    connection.execute("INSERT INTO about VALUES ('schema_version', ?)", [SCHEMA_VERSION])


def _bring_up(connection: duckdb.DuckDBPyConnection, found: str) -> None:
    """Go from one version to the next until it is that of today."""
    for version in list(_STEPS)[list(_STEPS).index(found) :]:
        _STEPS[version](connection)
    for name in ("schema.sql", "views.sql"):
        connection.execute((_FOLDER / name).read_text(encoding="utf-8"))
    if not connection.execute("SELECT 1 FROM fingerprints LIMIT 1").fetchone():
        identities.fingerprint_everything(connection)
    connection.execute("UPDATE about SET value = ? WHERE key = 'schema_version'", [SCHEMA_VERSION])


def _from_version_1(connection: duckdb.DuckDBPyConnection) -> None:
    """Version 2 has corrections, columns for search, and the day and outlet beside each event."""
    connection.execute("DROP VIEW event_wide")
    for table, column in (
        ("sentences", "folded VARCHAR"),
        ("entities", "folded VARCHAR"),
        ("events", "doc_published DATE"),
        ("events", "doc_outlet VARCHAR"),
        ("events", "day DATE"),
        ("events", "review VARCHAR"),
    ):
        connection.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    connection.execute(
        "UPDATE events SET doc_published = d.published, doc_outlet = d.outlet, day = coalesce(events.date_from, d.published) "
        "FROM documents d WHERE d.doc_id = events.doc_id"
    )
    _fold(
        connection, "sentences",
        "SELECT s.rowid, substring(CASE s.part WHEN 'title' THEN d.title ELSE d.text END, s.start_char + 1, "
        "s.end_char - s.start_char) FROM sentences s JOIN documents d USING (doc_id)",
    )
    _fold(connection, "entities", "SELECT rowid, concat_ws(' ', name_ar, name_en) FROM entities")


def _from_version_2(connection: duckdb.DuckDBPyConnection) -> None:
    """Version 3 has copies, earlier codings, fingerprints and the quarantine, and counts copies and versions of a run."""
    for column in ("copies", "versions"):
        connection.execute(f"ALTER TABLE runs ADD COLUMN {column} INTEGER DEFAULT 0")


_STEPS: dict[str, Callable[[duckdb.DuckDBPyConnection], None]] = {"1": _from_version_1, "2": _from_version_2}
"""What changes a store of each earlier version into the next, before tables and views are made anew."""


def _fold(connection: duckdb.DuckDBPyConnection, table: str, texts: str) -> None:
    """Fill the column `folded` of a table from a query that gives rowid and text."""
    connection.execute("CREATE OR REPLACE TEMP TABLE texts (place BIGINT, folded VARCHAR)")
    reader = connection.cursor()
    # The columns were added in a transaction that another cursor does not see; what it reads was there before.
    reader.execute(texts)
    while rows := reader.fetchmany(_CHUNK):
        places, words = [row[0] for row in rows], [folded(row[1] or "") for row in rows]
        connection.execute("INSERT INTO texts SELECT unnest($places), unnest($words)", {"places": places, "words": words})
    reader.close()
    connection.execute(f"UPDATE {table} SET folded = texts.folded FROM texts WHERE texts.place = {table}.rowid")
    connection.execute("DROP TABLE texts")
