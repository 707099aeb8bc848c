"""The store: complete, transactional, replaced and not doubled, read only for queries."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import duckdb
import pytest
import stand_in

from waqai.document import Document
from waqai.errors import StoreError, UsageError
from waqai.identity import Standing
from waqai.issues import Issue
from waqai.records import text_hash, to_json
from waqai.store import Store

WORK = stand_in.make_work()


@pytest.fixture
def records():
    return WORK(stand_in.coded())


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "s.duckdb") as opened:
        yield opened


def named(records, doc_id):
    document = Document(id=doc_id, text=stand_in.TEXT, title=stand_in.TITLE)
    return WORK(document)


def one(store, sql):
    return next(iter(store.query(sql)))[0]


def test_every_table_is_filled(store, records):
    store.add([records, Issue("WQ-103", "not Arabic", "a.txt", "")])
    counts = {t: one(store, f"SELECT count(*) FROM {t}") for t in (
        "documents", "sentences", "entities", "mentions", "events", "participants", "attributions", "quotations", "issues", "runs")}
    assert counts == {
        "documents": 1, "sentences": 4, "entities": len(records.entities), "mentions": sum(len(e.mentions) for e in records.entities),
        "events": 3, "participants": 6, "attributions": 1, "quotations": 1, "issues": 1, "runs": 1,
    }


def test_the_full_record_comes_back(store, records):
    store.add([records])
    lines = [row[0] for row in store.query("SELECT record FROM events ORDER BY trigger_start_char, part")]
    assert sorted(lines) == sorted(to_json(event) for event in records.events)
    assert json.loads(one(store, "SELECT record FROM quotations"))["text"] == "لن نقبل"


def test_the_wide_view(store, records):
    store.add([records])
    rows = store.query("SELECT actors, recipients, according_to, anonymous, date_from, place_en, sentence_text FROM event_wide WHERE place_en = 'Khartoum'")
    [(actors, recipients, source, anonymous, day, place, sentence)] = list(rows)
    assert (actors, recipients, source, anonymous, str(day), place) == ("Egypt", "الدوحة", "دبلوماسي", True, "2019-04-16", "Khartoum")
    assert sentence == stand_in.TEXT.splitlines()[1]


def test_offsets_in_the_database_are_code_points(store):
    text = "🙂🙂 أدانت أنقرة الهجوم"
    store.add([WORK(Document(id="e", text=text))])
    assert one(store, "SELECT substring(text, trigger_start_char + 1, trigger_end_char - trigger_start_char) FROM events JOIN documents USING (doc_id)") == "أدانت"


def test_adding_again_replaces(store, records):
    store.add([records])
    store.add([records, records])
    assert one(store, "SELECT count(*) FROM documents") == 1
    assert one(store, "SELECT count(*) FROM events") == 3
    shorter = WORK(Document(id="a1", text="أدانت أنقرة الهجوم"))
    store.add([shorter])
    assert one(store, "SELECT count(*) FROM events") == 1


def test_what_is_stored_is_known(store, records):
    document = stand_in.coded()
    store.add([records])
    assert store.standings(["a1", "a2"]) == {"a1": [Standing("document", text_hash(document), "waqai test")]}


def test_runs_count_what_was_added(store, records):
    store.begin_run("waqai test")
    store.add([records])
    store.add([named(records, "b"), Issue("WQ-102", "empty")])
    store.finish_run(unchanged=5)
    rows = store.query("SELECT documents, events, quotations, issues, unchanged, finished_at IS NOT NULL FROM runs")
    assert list(rows) == [(2, 6, 2, 1, 5, True)]


def test_a_failed_batch_leaves_nothing(store, records, monkeypatch):
    store.add([records])
    monkeypatch.setattr(store, "_insert_issues", lambda issues: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        store.add([named(records, "b")])
    assert one(store, "SELECT count(*) FROM documents") == 1


@pytest.mark.parametrize(
    "sql", ["DROP TABLE events", "DELETE FROM events", "SELECT 1; SELECT 2", "COPY events TO 'x.csv'", "ATTACH 'x.duckdb'", "SET threads = 1", ""]
)
def test_a_query_only_reads(store, sql):
    with pytest.raises(UsageError, match="WQ-604"):
        store.query(sql)


@pytest.mark.parametrize("sql", ["SELECT nothing FROM events", "SELEC 1", "SELECT * FROM no_such_table"])
def test_a_wrong_query_says_so(store, sql):
    with pytest.raises(UsageError, match="WQ-605"):
        store.query(sql)


def test_a_query_of_a_store_opened_to_read_reaches_no_files(tmp_path, records):
    (tmp_path / "secret.csv").write_text("a\n1\n", encoding="utf-8")
    with Store.open(tmp_path / "s.duckdb") as store:
        store.add([records])
    with Store.open(tmp_path / "s.duckdb", read_only=True) as store:
        assert one(store, "SELECT count(*) FROM events") == 3
        with pytest.raises(UsageError):
            list(store.query(f"SELECT * FROM '{tmp_path / 'secret.csv'}'"))


def test_files_that_are_no_store(tmp_path):
    (tmp_path / "text.duckdb").write_text("no database " * 100, encoding="utf-8")
    duckdb.connect(str(tmp_path / "other.duckdb")).execute("CREATE TABLE t (a INTEGER)").close()
    for name, code in (("text.duckdb", "WQ-602"), ("other.duckdb", "WQ-606")):
        with pytest.raises(StoreError, match=code):
            Store.open(tmp_path / name)
    with pytest.raises(StoreError, match="WQ-601"):
        Store.open(tmp_path / "none.duckdb", read_only=True)
    with pytest.raises(StoreError, match="WQ-602"):
        Store.open(tmp_path / "no" / "folder.duckdb")


def test_a_store_of_a_later_version(tmp_path):
    Store.open(tmp_path / "s.duckdb").close()
    duckdb.connect(str(tmp_path / "s.duckdb")).execute("UPDATE about SET value = '99'").close()
    with pytest.raises(StoreError, match=r"WQ-607 .*schema version 99"):
        Store.open(tmp_path / "s.duckdb")


KILLED = """
    import sys
    sys.path.insert(0, {support!r})
    import stand_in
    from waqai.document import Document
    from waqai.store import Store

    work, store = stand_in.make_work(), Store.open({path!r})
    for number in range(100_000):
        store.add([work(Document(id=f"{{number}}-{{k}}", text=stand_in.TEXT)) for k in range(5)])
        print(number, flush=True)
"""


def test_a_kill_loses_nothing_that_was_reported(tmp_path):
    path = tmp_path / "s.duckdb"
    script = textwrap.dedent(KILLED).format(support=str(Path(stand_in.__file__).parent), path=str(path))
    process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    with process:
        assert process.stdout
        reported = int(process.stdout.readline())
        time.sleep(0.5)
        process.send_signal(signal.SIGKILL)
        reported = max([reported, *(int(line) for line in process.stdout if line.strip().isdigit())])
    with Store.open(path) as store:
        batches = one(store, "SELECT count(*) FROM documents")
        assert batches % 5 == 0 and batches >= 5 * (reported + 1)
        assert one(store, "SELECT count(*) FROM events") == 2 * batches
        assert one(store, "SELECT documents FROM runs") == batches


def test_columns_of_events_hide_none_of_documents(store):
    """Who wrote SELECT published ... FROM events JOIN documents USING (doc_id) need not change it."""
    both = "SELECT column_name FROM duckdb_columns() WHERE table_name IN ('events', 'documents') GROUP BY 1 HAVING count(*) > 1"
    assert {row[0] for row in store.query(both)} == {"doc_id", "coder"}


def test_a_sparing_store_goes_on_when_what_is_in_use_is_more_than_the_limit(tmp_path, records, monkeypatch):
    monkeypatch.setattr("waqai.store.store._SPARING", "1KB")
    with Store.open(tmp_path / "x.duckdb", sparing=True) as store:
        assert store.add([records]) == 1
        assert store.add([named(records, "second")]) == 1
        assert [row[0] for row in store.query("SELECT count(*) FROM documents")] == [2]
        assert [row[0] for row in store.query("SELECT current_setting('memory_limit')")] == ["953.6 MiB"]


def test_a_sparing_store_keeps_little_in_memory(tmp_path, records):
    """After each batch, whatever it took; and the next one may take as much again. Nobody can set so where queries are written."""
    with Store.open(tmp_path / "x.duckdb", sparing=True) as store:
        for number in range(3):
            store.add([records, named(records, f"d{number}")])
            assert one(store, "SELECT current_setting('memory_limit')") == "953.6 MiB"
            assert one(store, "SELECT sum(memory_usage_bytes) FROM duckdb_memory()") < 48_000_000
    with duckdb.connect(str(tmp_path / "x.duckdb")) as connection:
        assert connection.execute("SELECT count(*) FROM documents").fetchone() == (4,)
    with Store.open(tmp_path / "x.duckdb") as store, pytest.raises(duckdb.Error, match="locked"):
        store._connection.execute("SET memory_limit = '1MB'")
