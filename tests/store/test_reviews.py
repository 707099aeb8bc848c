"""Decisions in the store: rows that are only added, tables that follow them, all or nothing."""

from __future__ import annotations

import msgspec
import pytest
import stand_in

from waqai.errors import StoreError, UsageError
from waqai.records import EventRecord
from waqai.store import Decision, Store


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "s.duckdb") as opened:
        opened.add([stand_in.make_work()(stand_in.coded())])
        yield opened


def rows(store, sql):
    return list(store.query(sql))


def first(store):
    [(event_id, doc_id, record)] = rows(store, "SELECT event_id, doc_id, record FROM events ORDER BY event_id LIMIT 1")
    return event_id, doc_id, msgspec.json.decode(record, type=EventRecord)


def change(record, **new):
    return msgspec.structs.replace(record, **new)


def test_every_table_follows_a_decision_and_its_undo(store):
    event_id, doc_id, record = first(store)
    tables = ("events", "participants", "attributions", "event_wide")
    before = {table: rows(store, f"SELECT * FROM {table} ORDER BY ALL") for table in tables}
    number = store.decide(Decision("Aya", "correct", event_id, doc_id, change(record, event_type="AID", actors=(), attribution=())))
    assert rows(store, f"SELECT event_type, review FROM events WHERE event_id = '{event_id}'") == [("AID", "corrected")]
    assert rows(store, f"SELECT count(*) FROM participants WHERE event_id = '{event_id}' AND slot = 'actor'") == [(0,)]
    assert rows(store, f"SELECT actors, event_type FROM event_wide WHERE event_id = '{event_id}'") == [(None, "AID")]
    store.undo(number, "Badr")
    assert {table: rows(store, f"SELECT * FROM {table} ORDER BY ALL") for table in tables} == before
    assert rows(store, "SELECT review_id, reviewer, action, undoes FROM reviews ORDER BY 1") == [(1, "Aya", "correct", None), (2, "Badr", "undo", 1)]


def test_the_log_keeps_before_and_after(store):
    event_id, doc_id, record = first(store)
    store.decide(Decision("Aya", "correct", event_id, doc_id, change(record, event_type="AID")))
    store.decide(Decision("Aya", "reject", event_id, doc_id, None, "no act"))
    log = rows(store, "SELECT before->>'event_type', after->>'event_type', note FROM reviews ORDER BY review_id")
    assert log == [(record.event_type, "AID", ""), ("AID", None, "no act")]


def test_a_decision_that_cannot_be_kept_leaves_nothing(store, monkeypatch):
    event_id, doc_id, _ = first(store)
    before = rows(store, "SELECT * FROM events ORDER BY ALL")
    monkeypatch.setattr("waqai.store.reviews.replace_events", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        store.decide(Decision("Aya", "reject", event_id, doc_id, None))
    assert rows(store, "SELECT * FROM events ORDER BY ALL") == before and rows(store, "SELECT count(*) FROM reviews") == [(0,)]


def test_only_the_latest_of_an_event_is_undone(store):
    event_id, doc_id, record = first(store)
    one = store.decide(Decision("Aya", "accept", event_id, doc_id, change(record)))
    two = store.decide(Decision("Aya", "reject", event_id, doc_id, None))
    with pytest.raises(UsageError, match="WQ-622"):
        store.undo(one, "Aya")
    undone = store.undo(two, "Aya")
    with pytest.raises(UsageError, match="WQ-621"):
        store.undo(undone, "Aya")
    store.undo(one, "Aya")
    assert rows(store, f"SELECT review FROM events WHERE event_id = '{event_id}'") == [(None,)]


def test_a_store_opened_to_read_takes_no_decision(tmp_path, store):
    event_id, doc_id, record = first(store)
    store.close()
    with Store.open(tmp_path / "s.duckdb", read_only=True) as reading, pytest.raises(StoreError, match="WQ-611"):
        reading.decide(Decision("Aya", "accept", event_id, doc_id, change(record)))


def test_readers_see_one_state_while_others_write(store):
    event_id, doc_id, _ = first(store)
    with store.reader() as reader:
        before = reader.row("SELECT count(*) AS n FROM events")["n"]
        store.decide(Decision("Aya", "reject", event_id, doc_id, None))
        assert reader.row("SELECT count(*) AS n FROM events")["n"] == before
    with store.reader() as reader:
        assert reader.row("SELECT count(*) AS n FROM events")["n"] == before - 1


def test_a_reader_cannot_write(store):
    with store.reader() as reader, pytest.raises(Exception, match="read-only"):
        reader.rows("DELETE FROM events")
