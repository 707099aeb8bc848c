"""A data set answers like the store that it was made from, takes what is new, and is whole whatever is cut off."""

from __future__ import annotations

import datetime as dt

import duckdb
import msgspec
import pytest
import stand_in

from waqai.document import Document
from waqai.errors import StoreError, UsageError
from waqai.identity import Article, Copy
from waqai.store import Decision, Store, dataset
from waqai.store.conditions import EventFilters, where
from waqai.store.search import Search, plain_forms, read_question

WORK = stand_in.make_work()
TABLES = (
    "documents", "sentences", "entities", "mentions", "events", "participants", "attributions", "quotations", "originals", "reviews", "event_wide", "decisions",
    "copies", "appearances",
)


def article(doc_id, day, text=stand_in.TEXT):
    return WORK(Document(id=doc_id, text=text, title=stand_in.TITLE, published=dt.date.fromisoformat(day) if day else None, outlet="وكالة"))


@pytest.fixture
def path(tmp_path):
    """A store with articles of two months and one without a date, and a decision of a reviewer."""
    with Store.open(tmp_path / "s.duckdb") as store:
        store.add([article("a", "2019-04-03"), article("b", "2019-04-30"), article("c", "2019-05-01"), article("d", None)])
        [(event_id, record)] = store.query("SELECT event_id, record FROM events WHERE doc_id = 'a' ORDER BY event_id LIMIT 1")
        store.decide(Decision("R", "reject", event_id, "a", None))
        assert record
    return tmp_path / "s.duckdb"


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "set"


def same(path, folder):
    """That every table and every kind of question has the same answer from both."""
    with Store.open(path, read_only=True) as store, Store.open(folder, read_only=True) as views:
        for table in TABLES:
            left = store.query(f"SELECT * FROM {table} ORDER BY ALL")
            right = views.query(f"SELECT * FROM {table} ORDER BY ALL")
            assert left.columns == right.columns, table
            assert list(left) == list(right), table
        for asked in ("بيروت", '"مقترح الدوحة"', "الخرطوم OR واشنطن -القاهرة"):
            ranked = Search(read_question(asked), plain_forms).ranked()
            assert list(store.query(ranked.sql, ranked.values)) == list(views.query(ranked.sql, ranked.values))
        for filters in (
            EventFilters(from_=dt.date(2019, 4, 15), type=("REJECT", "ACCUSE")), EventFilters(q="الخرطوم", by_named=("EGY",)), EventFilters(dyad=("EGY", "الدوحة")),
            EventFilters(speaker_named=("anonymous",), place_named=("khartoum",), outlet_named=("وكاله",)), EventFilters(review="accepted"),
        ):
            chosen = where(filters, plain_forms)
            sql = f"SELECT e.event_id FROM events e WHERE {chosen.sql} ORDER BY 1"
            assert list(store.query(sql, chosen.values)) == list(views.query(sql, chosen.values))


def test_a_data_set_answers_like_its_store(path, folder):
    assert dataset.write_dataset(path, folder) == dataset.Written(4, 3, 0)
    same(path, folder)
    assert sorted({"/".join(file.parts[-3:-1]) for file in folder.glob("events/*/*/*.parquet")}) == [
        "year=2019/month=04", "year=2019/month=05", "year=undated/month=undated"]


def test_a_second_run_changes_nothing(path, folder):
    dataset.write_dataset(path, folder)
    before = {file: file.stat().st_mtime_ns for file in folder.rglob("*")}
    assert dataset.write_dataset(path, folder) == dataset.Written(0, 0, 3)
    assert {file: file.stat().st_mtime_ns for file in folder.rglob("*")} == before


def test_what_is_new_or_changed_is_taken(path, folder):
    dataset.write_dataset(path, folder)
    with Store.open(path) as store:
        store.add([article("e", "2019-06-01"), article("b", "2019-05-30"), article("d", None, "أدانت أنقرة الهجوم")])
    assert dataset.write_dataset(path, folder) == dataset.Written(3, 4, 0)
    same(path, folder)
    with Store.open(path) as store:
        [(event_id,)] = store.query("SELECT event_id FROM events WHERE doc_id = 'c' ORDER BY event_id LIMIT 1")
        store.decide(Decision("R", "reject", event_id, "c", None))
    assert dataset.write_dataset(path, folder) == dataset.Written(1, 1, 3)
    same(path, folder)


def test_copies_come_along_and_versions_take_the_place_of_older_ones(path, folder):
    copy = Copy(Article("b2", stand_in.TEXT, "صحيفة", published=dt.date(2019, 5, 2)), "b", 1.0)
    dataset.write_dataset(path, folder)
    with Store.open(path) as store:
        store.add([copy])
    assert dataset.write_dataset(path, folder) == dataset.Written(1, 1, 2)
    same(path, folder)
    with Store.open(path) as store:
        store.add([article("new", "2019-05-03", "أدانت أنقرة الهجوم")], versions_of={"new": "b"})
    assert dataset.write_dataset(path, folder) == dataset.Written(1, 2, 1)
    same(path, folder)
    assert dataset.write_dataset(path, folder) == dataset.Written(0, 0, 3)


def test_several_stores_make_one_data_set(path, folder, tmp_path):
    dataset.write_dataset(path, folder)
    with Store.open(tmp_path / "other.duckdb") as other:
        other.add([article("x", "2019-04-15"), article("c", "2019-05-01", "أدانت أنقرة الهجوم")])
    assert dataset.write_dataset(tmp_path / "other.duckdb", folder) == dataset.Written(2, 2, 1)
    with Store.open(folder, read_only=True) as views:
        assert [row[0] for row in views.query("SELECT doc_id FROM documents ORDER BY 1")] == ["a", "b", "c", "d", "x"]
        assert list(views.query("SELECT count(*) FROM events WHERE doc_id = 'c'")) == [(2,)]


def test_a_run_that_is_cut_off_leaves_the_data_set_as_it_was(path, folder, monkeypatch):
    dataset.write_dataset(path, folder)
    with Store.open(folder, read_only=True) as views:
        before = list(views.query("SELECT * FROM event_wide ORDER BY ALL"))
    with Store.open(path) as store:
        store.add([article("a", "2019-04-03", "أدانت أنقرة الهجوم"), article("e", "2019-06-01")])
    with monkeypatch.context() as patched:
        patched.setattr(dataset._Export, "_put_into_force", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            dataset.write_dataset(path, folder)
    with Store.open(folder, read_only=True) as views:
        assert list(views.query("SELECT * FROM event_wide ORDER BY ALL")) == before
    dataset.write_dataset(path, folder)
    same(path, folder)
    assert len(list(folder.glob("events/*/*/*.parquet"))) == 4


def test_an_empty_store(tmp_path, folder):
    Store.open(tmp_path / "s.duckdb").close()
    assert dataset.write_dataset(tmp_path / "s.duckdb", folder) == dataset.Written(0, 0, 0)
    with Store.open(folder, read_only=True) as views:
        assert list(views.query("SELECT count(*) FROM events")) == [(0,)]


def test_a_data_set_only_reads_and_only_itself(path, folder, tmp_path):
    dataset.write_dataset(path, folder)
    (tmp_path / "secret.csv").write_text("a\n1\n", encoding="utf-8")
    with pytest.raises(StoreError, match="WQ-611"):
        Store.open(folder)
    with Store.open(folder, read_only=True) as views:
        with pytest.raises(StoreError, match="WQ-611"):
            views.add([article("z", None)])
        for sql in (f"SELECT * FROM '{tmp_path / 'secret.csv'}'", f"SELECT * FROM read_csv('{folder}/../secret.csv')"):
            with pytest.raises(UsageError, match="WQ-605"):
                list(views.query(sql))


def test_folders_that_are_no_data_set(path, folder, tmp_path):
    with pytest.raises(StoreError, match="WQ-613"):
        dataset.write_dataset(path, tmp_path)
    with pytest.raises(StoreError, match="WQ-606"):
        Store.open(tmp_path, read_only=True)
    dataset.write_dataset(path, folder)
    manifest = msgspec.json.decode((folder / "waqai.json").read_bytes())
    (folder / "waqai.json").write_bytes(msgspec.json.encode({**manifest, "schema_version": "99"}))
    for attempt in (lambda: Store.open(folder, read_only=True), lambda: dataset.write_dataset(path, folder)):
        with pytest.raises(StoreError, match="WQ-607"):
            attempt()
    (folder / "waqai.json").write_text("no manifest", encoding="utf-8")
    with pytest.raises(StoreError, match="WQ-614"):
        Store.open(folder, read_only=True)


def test_other_programs_read_the_files(path, folder):
    dataset.write_dataset(path, folder)
    sql = f"SELECT month, count(*) FROM read_parquet('{folder}/events/*/*/*.parquet', hive_partitioning = true, hive_types_autocast = false) GROUP BY 1 ORDER BY 1"
    assert duckdb.sql(sql).fetchall() == [("04", 5), ("05", 3), ("undated", 3)]
