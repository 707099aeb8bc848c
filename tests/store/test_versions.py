"""An old store is brought up to date where it stands: nothing is lost, and it is like one made today."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
import stand_in

from waqai.errors import StoreError
from waqai.store import Store

VERSION_1 = Path(__file__).with_name("version_1.sql")
TABLES = ("runs", "documents", "sentences", "entities", "mentions", "events", "participants", "attributions", "quotations", "issues")


@pytest.fixture
def old(tmp_path):
    """A store of version 1 and one of today with the same content."""
    new, path = tmp_path / "new.duckdb", tmp_path / "old.duckdb"
    with Store.open(new) as store:
        store.add([stand_in.make_work()(stand_in.coded())])
    connection = duckdb.connect(str(path))
    connection.execute(VERSION_1.read_text(encoding="utf-8"))
    connection.execute("INSERT INTO about VALUES ('schema_version', '1')")
    connection.execute(f"ATTACH '{new}' AS new (READ_ONLY)")
    for table in TABLES:
        rows = connection.execute(f"SELECT column_name FROM duckdb_columns() WHERE database_name = 'old' AND table_name = '{table}'").fetchall()
        columns = ", ".join(row[0] for row in rows)
        connection.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM new.{table}")
    connection.close()
    return path


def content(store, table):
    return list(store.query(f"SELECT * FROM {table} ORDER BY ALL"))


@pytest.mark.parametrize("table", [*TABLES, "event_wide", "appearances", "fingerprints", "decisions", "reviews", "originals"])
def test_an_old_store_becomes_like_a_new_one(old, table):
    with Store.open(old) as store, Store.open(old.with_name("new.duckdb")) as new:
        assert content(store, table) == content(new, table)
        assert list(store.query("SELECT value FROM about")) == [("3",)]
    with Store.open(old) as again:
        assert list(again.query("SELECT count(*) FROM sentences WHERE folded IS NULL")) == [(0,)]


def test_an_old_store_takes_articles_and_decisions(old):
    with Store.open(old) as store:
        store.add([stand_in.make_work()(stand_in.coded())])
        assert list(store.query("SELECT count(*) FROM events")) == [(3,)]


def test_an_old_store_that_may_only_be_read_says_what_to_do(old):
    with pytest.raises(StoreError, match=r"WQ-609 .*waqai serve"):
        Store.open(old, read_only=True)


def test_a_move_that_fails_leaves_the_old_store(old, monkeypatch):
    monkeypatch.setattr("waqai.store.versions._fold", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        Store.open(old)
    monkeypatch.undo()
    with Store.open(old) as store:
        assert list(store.query("SELECT count(*) FROM sentences WHERE folded IS NOT NULL")) == list(store.query("SELECT count(*) FROM sentences"))
