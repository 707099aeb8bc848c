"""A data set: what is in stores, as Parquet files by the month of the articles, for what outgrows one file.

    DIR/waqai.json                                     which files are in force
    DIR/events/year=2019/month=04/1f0c….parquet        one file a table and month; year=undated where an article has no date

It holds what stands: earlier codings, issues, runs and the quarantine stay in the stores. A month is written anew, all tables of it,
when a document of it is new or has changed; other months are left alone. New files get new names, and count from the moment that
waqai.json, which is replaced in one step, names them: whoever reads sees the months before or after, and what is cut off leaves
files that nobody reads and the next run removes.
"""

from __future__ import annotations

import os
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import msgspec

from waqai.errors import StoreError

_NAME = "waqai.json"
_VERSION = 2
_FOLDER = Path(__file__).parent
_OF_DOCUMENTS = ("documents", "sentences", "entities", "mentions", "events", "participants", "attributions", "quotations", "originals", "reviews", "copies")
# Whose rows they are, where the column is not doc_id.
_OWNER = {"copies": "of_doc_id", "search_postings": "doc"}
# What is sorted in a file is found in it by reading little of it.
_ORDER = {"events": "day, doc_id, event_id", "search_postings": "word, doc, sentence, place", "search_words": "word"}
# In a data set a word is its own number, and so is a document.
_SEARCH = {
    "search_documents": "SELECT doc_id AS doc, doc_id, words FROM s.search_documents WHERE doc_id IN (SELECT doc_id FROM mine)",
    "search_postings": "SELECT w.word, d.doc_id AS doc, p.sentence, p.place, p.heading FROM s.search_postings p "
    "JOIN s.search_documents d ON d.doc = p.doc JOIN s.search_words w ON w.number = p.word WHERE d.doc_id IN (SELECT doc_id FROM mine)",
}
_KEYS = """
    SELECT d.doc_id, md5(concat_ws('|', d.text_hash, d.coder, e.key, r.key, c.key)) AS key,
        coalesce(strftime(d.published, 'year=%Y/month=%m'), 'year=undated/month=undated') AS month
    FROM s.documents d
    LEFT JOIN (SELECT doc_id, md5(string_agg(record || coalesce(review, ''), '|' ORDER BY event_id)) AS key FROM s.events GROUP BY 1) e USING (doc_id)
    LEFT JOIN (SELECT doc_id, max(review_id)::VARCHAR AS key FROM s.reviews GROUP BY 1) r USING (doc_id)
    LEFT JOIN (SELECT of_doc_id AS doc_id, md5(string_agg(doc_id || text_hash, '|' ORDER BY doc_id)) AS key FROM s.copies GROUP BY 1) c USING (doc_id)
"""
# Documents whose place others took.
_LEAVING = "SELECT DISTINCT doc_id FROM s.earlier WHERE doc_id <> by_doc_id AND doc_id NOT IN (SELECT doc_id FROM keys)"


class Manifest(msgspec.Struct, frozen=True):
    """What is in force: for each month the name that its files have, and the version of the tables."""

    data_set: int
    schema_version: str
    months: dict[str, str]


class Written(msgspec.Struct, frozen=True):
    """What an export did: documents that were new or had changed, and months that were written and left alone."""

    documents: int
    written: int
    unchanged: int


def is_dataset(path: Path) -> bool:
    """Whether a path is a folder with a data set in it."""
    return (path / _NAME).is_file()


def write_dataset(store: Path, target: Path) -> Written:
    """Bring a data set up to date with a store that nobody writes to: documents that are new or have changed, the others kept.

    StoreError when the folder holds something else, or the data set is of another version.
    """
    target.mkdir(parents=True, exist_ok=True)
    if not is_dataset(target) and any(target.iterdir()):
        raise StoreError("WQ-613", "is a folder with other files in it.", where=str(target), advice="Name a new folder for the data set.")
    with tempfile.TemporaryDirectory(prefix="waqai-") as spill, duckdb.connect(config={"memory_limit": "1GB", "temp_directory": spill}) as connection:
        connection.execute(f"ATTACH {_quoted(str(store))} AS s (READ_ONLY)")
        [[version]] = connection.execute("SELECT value FROM s.about WHERE key = 'schema_version'").fetchall()
        manifest = _read(target, version) if is_dataset(target) else Manifest(_VERSION, version, {})
        return _Export(connection, target, manifest).run()


def open_views(connection: duckdb.DuckDBPyConnection, path: Path, version: str) -> None:
    """Make the tables of a store, as views on the files of a data set, in an empty database. Nothing else can be read from it afterwards."""
    manifest = _read(path, version)
    for name in ("schema.sql", "search.sql"):
        connection.execute((_FOLDER / name).read_text(encoding="utf-8"))
    connection.execute("INSERT INTO about VALUES ('schema_version', ?)", [version])
    if manifest.months:
        for table in (*_OF_DOCUMENTS, *_SEARCH):
            connection.execute(f"DROP TABLE {table}")
            connection.execute(f"CREATE VIEW {table} AS SELECT * FROM {_files(path, table, manifest.months)}")
        connection.execute("DROP TABLE search_words")
        connection.execute(f"CREATE VIEW search_words AS SELECT DISTINCT word, word AS number FROM {_files(path, 'search_words', manifest.months)}")
    connection.execute((_FOLDER / "views.sql").read_text(encoding="utf-8"))
    connection.execute(f"SET allowed_directories = [{_quoted(str(path.resolve()) + '/')}]")
    for name, value in (("enable_external_access", "false"), ("lock_configuration", "true")):
        connection.execute(f"SET {name} = {value}")


class _Export:
    """One run. `connection` has the store attached as `s`."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, target: Path, manifest: Manifest) -> None:
        self._connection, self._target, self._manifest = connection, target, manifest
        self._name = uuid.uuid4().hex[:12]

    def run(self) -> Written:
        """Write what changed, put it into force, and remove what is no longer in force."""
        connection, months = self._connection, dict(self._manifest.months)
        connection.execute(f"CREATE TEMP TABLE keys AS {_KEYS}")
        known = _files(self._target, "keys", months) if months else "(SELECT NULL::VARCHAR AS doc_id, NULL::VARCHAR AS key, NULL::VARCHAR AS month)"
        connection.execute(f"CREATE TEMP TABLE known AS SELECT doc_id, key, month FROM {known} WHERE doc_id IN (SELECT doc_id FROM keys UNION ALL {_LEAVING})")
        connection.execute("CREATE TEMP TABLE changed AS SELECT k.* FROM keys k ANTI JOIN known o USING (doc_id, key, month)")
        [[documents]] = connection.execute("SELECT count(*) FROM changed").fetchall()
        connection.execute(f"CREATE TEMP TABLE replaced AS SELECT doc_id FROM changed UNION {_LEAVING}")
        # A document that moved to another month leaves its old one.
        affected = connection.execute("SELECT month FROM changed UNION SELECT month FROM known SEMI JOIN replaced USING (doc_id) ORDER BY 1").fetchall()
        for (month,) in affected:
            self._write(month, months.get(month))
            months[month] = self._name
        if affected or not is_dataset(self._target):
            self._put_into_force(months)
        for leftover in self._leftovers(months):
            leftover.unlink()
        return Written(documents, len(affected), len(months) - len(affected))

    def _write(self, month: str, before: str | None) -> None:
        """All tables of a month: the changed documents as the store has them, the others as they were."""
        self._connection.execute("CREATE OR REPLACE TEMP TABLE mine AS SELECT doc_id FROM changed WHERE month = ?", [month])
        mine = "SELECT * FROM s.{0} WHERE {1} IN (SELECT doc_id FROM mine)"
        for table in (*_OF_DOCUMENTS, *_SEARCH):
            self._copy(table, month, before, _SEARCH.get(table, mine.format(table, _OWNER.get(table, "doc_id"))))
        self._copy("keys", month, before, "SELECT * FROM keys WHERE doc_id IN (SELECT doc_id FROM mine)")
        postings = self._file("search_postings", month, self._name)
        self._connection.execute(f"COPY (SELECT DISTINCT word FROM read_parquet({_quoted(str(postings))}) ORDER BY word) TO {self._new('search_words', month)}")

    def _copy(self, table: str, month: str, before: str | None, rows: str) -> None:
        if before is not None:
            old, owner = _quoted(str(self._file(table, month, before))), _OWNER.get(table, "doc_id")
            rows += f" UNION ALL BY NAME SELECT * FROM read_parquet({old}, hive_partitioning = false) WHERE {owner} NOT IN (SELECT doc_id FROM replaced)"
        order = _ORDER.get(table, _OWNER.get(table, "doc_id"))
        self._connection.execute(f"COPY (SELECT * FROM ({rows}) ORDER BY {order}) TO {self._new(table, month)}")

    def _new(self, table: str, month: str) -> str:
        """The file that is written now, as the end of a COPY."""
        file = self._file(table, month, self._name)
        file.parent.mkdir(parents=True, exist_ok=True)
        return f"{_quoted(str(file))} (FORMAT parquet, COMPRESSION zstd)"

    def _file(self, table: str, month: str, name: str) -> Path:
        return self._target / table / month / f"{name}.parquet"

    def _put_into_force(self, months: dict[str, str]) -> None:
        partial = self._target / f".{_NAME}.{self._name}"
        with partial.open("wb") as file:
            file.write(msgspec.json.format(msgspec.json.encode(Manifest(_VERSION, self._manifest.schema_version, dict(sorted(months.items()))))) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        partial.replace(self._target / _NAME)

    def _leftovers(self, months: dict[str, str]) -> Iterator[Path]:
        """Files of months as they were, and of runs that were cut off."""
        for file in self._target.glob("*/year=*/month=*/*.parquet"):
            if months.get("/".join(file.parts[-3:-1])) != file.stem:
                yield file
        yield from self._target.glob(f".{_NAME}.*")


def _read(path: Path, version: str) -> Manifest:
    try:
        manifest = msgspec.json.decode((path / _NAME).read_bytes(), type=Manifest)
    except (OSError, msgspec.MsgspecError) as error:
        raise StoreError("WQ-614", f"cannot be read: {error}", where=str(path / _NAME), advice="Write the data set anew: `waqai export`.") from error
    if (manifest.data_set, manifest.schema_version) != (_VERSION, version):
        advice = "Write it anew into another folder, from a store of this version: `waqai export`."
        raise StoreError("WQ-607", f"has schema version {manifest.schema_version}; this Waqai reads version {version}.", where=str(path), advice=advice)
    return manifest


def _files(path: Path, table: str, months: dict[str, str]) -> str:
    """The files of a table that are in force, as SQL."""
    files: list[Any] = [_quoted(str(path.resolve() / table / month / f"{name}.parquet")) for month, name in months.items()]
    return f"read_parquet([{', '.join(files)}], hive_partitioning = false)"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
