"""Copies, versions, earlier codings and the quarantine of a store."""

from __future__ import annotations

import duckdb
import msgspec
import pytest

from waqai.identity import Article, Copy, fingerprint
from waqai.ingest import read_contents
from waqai.issues import Issue
from waqai.knowledge.loader import Resources
from waqai.knowledge.ontology import Ontology
from waqai.records import Converter
from waqai.store import Store

TEXT = "رفضت الولايات المتحدة الثلاثاء مقترح روسيا بشأن سوريا، بحسب دبلوماسي. وأدانت فرنسا الهجوم على السفارة في بغداد ودعت إلى محاسبة المسؤولين عنه."


@pytest.fixture
def records(coder):
    ontology = Ontology.load(Resources())

    def make(doc_id, text=TEXT, *, coder_name="waqai 1", outlet="وكالة"):
        document = msgspec.structs.replace(coder(text, date="2019-04-19", outlet=outlet), id=doc_id)
        return Converter(ontology, coder_name).records(document)

    return make


def rows(store, sql):
    return list(store.query(sql))


def test_a_copy_is_kept_beside_its_original(tmp_path, records):
    with Store.open(tmp_path / "x.duckdb") as store:
        store.add([records("one"), Copy(Article("two", TEXT, "صحيفة", "https://b.example/2"), "one", 1.0, "hash")])
        assert rows(store, "SELECT doc_id, outlet FROM appearances WHERE of_doc_id = 'one' ORDER BY doc_id") == [("one", "وكالة"), ("two", "صحيفة")]
        assert rows(store, "SELECT documents, copies FROM runs") == [(1, 1)]
        assert store.has("two", "hash", "waqai 9") and not store.has("two", "other", "waqai 9")
        assert [other.doc_id for other in store.like(Article("three", TEXT), fingerprint(TEXT))] == ["one"]


def test_a_new_coding_keeps_the_old_one(tmp_path, records):
    first = records("one")
    fewer = msgspec.structs.replace(records("one", coder_name="waqai 2"), events=first.events[1:])
    with Store.open(tmp_path / "x.duckdb") as store:
        store.add([first])
        store.add([first])
        assert rows(store, "SELECT count(*) FROM earlier") == [(0,)]
        store.add([fewer])
        assert rows(store, "SELECT doc_id, coder, by_doc_id, len(records) FROM earlier") == [("one", "waqai 1", "one", len(first.events))]
        changes = dict(rows(store, "SELECT change, count(*) FROM coding_changes GROUP BY change"))
        assert changes == {"gone": 1, "kept": len(first.events) - 1}
        assert rows(store, "SELECT event_type FROM coding_changes WHERE change = 'gone'") == [(first.events[0].event_type,)]


def test_a_version_takes_the_place_of_the_older_one(tmp_path, records):
    old, new = records("old"), records("new", TEXT.replace("الثلاثاء", "الأربعاء"))
    with Store.open(tmp_path / "x.duckdb") as store:
        store.add([old])
        store.add([new], versions_of={"new": "old"})
        assert rows(store, "SELECT doc_id FROM documents") == [("new",)]
        assert rows(store, "SELECT DISTINCT doc_id FROM events") == [("new",)]
        assert rows(store, "SELECT doc_id, by_doc_id FROM earlier") == [("old", "new")]
        assert rows(store, "SELECT DISTINCT event_id FROM earlier_events ORDER BY 1") == sorted((e.event_id,) for e in old.events)
        assert store.has("old", old.document.text_hash, "waqai 1")
        assert rows(store, "SELECT versions FROM runs") == [(1,)]
        assert [other.doc_id for other in store.like(Article("x", TEXT), fingerprint(TEXT))] in ([], ["new"])


def test_inputs_wait_in_quarantine_until_they_succeed(tmp_path):
    line = '{"id": "a", "text": ["ل"]}'.encode()
    issues = [item for item in read_contents([("news.jsonl line 3", line), ("other", b'{"text": ')]) if isinstance(item, Issue)]
    assert [issue.content for issue in issues] == [line, b'{"text": ']
    with Store.open(tmp_path / "x.duckdb") as store:
        store.begin_run("c")
        store.add(issues)
        store.begin_run("c")
        store.add(issues[:1])
        assert rows(store, "SELECT tries FROM quarantine ORDER BY tries") == [(1,), (2,)]
        held = list(store.quarantined())
        assert {(item.content) for item in held} == {line, b'{"text": '}
        assert store.release(item.item_id for item in held) == 1
        assert [item.content for item in store.quarantined()] == [line]


def test_what_is_too_large_or_hopeless_is_not_kept(tmp_path):
    english = [item for item in read_contents([("page", b'{"text": "only English words here"}')]) if isinstance(item, Issue)]
    assert [(issue.code, issue.content) for issue in english] == [("WQ-103", b"")]
    with Store.open(tmp_path / "x.duckdb") as store:
        store.add([*english, Issue("WQ-105", "x", content=b"y" * 1_000_001), Issue("WQ-104", "x", fatal=False, level="warning", content=b"z")])
        assert list(store.quarantined()) == [] and rows(store, "SELECT count(*) FROM issues") == [(3,)]


def test_a_store_of_version_2_learns_what_its_articles_look_like(tmp_path, records):
    path = tmp_path / "x.duckdb"
    with Store.open(path) as store:
        store.add([records("one")])
    with duckdb.connect(str(path)) as connection:
        for table in ("copies", "earlier", "fingerprints", "quarantine"):
            connection.execute(f"DROP TABLE {table} CASCADE")
        for view in ("earlier_events", "coding_changes", "appearances"):
            connection.execute(f"DROP VIEW IF EXISTS {view}")
        connection.execute("ALTER TABLE runs DROP COLUMN copies")
        connection.execute("ALTER TABLE runs DROP COLUMN versions")
        connection.execute("UPDATE about SET value = '2' WHERE key = 'schema_version'")
    with Store.open(path) as store:
        assert [other.doc_id for other in store.like(Article("two", TEXT), fingerprint(TEXT))] == ["one"]
        store.add([records("three", TEXT + " وكان ذلك أمس.")])
        assert rows(store, "SELECT copies, versions FROM runs") == [(0, 0)] * 2
