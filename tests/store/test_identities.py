"""Copies, versions, earlier codings and the quarantine of a store."""

from __future__ import annotations

import duckdb
import msgspec
import pytest

from waqai.identity import Article, Copy, Standing, fingerprint, wording
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


def like(store, article):
    [found] = store.like([(article, fingerprint(wording(article.text), article.url))])
    return [other.doc_id for other in found]


def test_a_copy_is_kept_beside_its_original(tmp_path, records):
    with Store.open(tmp_path / "x.duckdb") as store:
        store.add([records("one"), Copy(Article("two", TEXT, "صحيفة", "https://b.example/2", text_hash="hash"), "one", 1.0)])
        assert rows(store, "SELECT doc_id, outlet FROM appearances WHERE of_doc_id = 'one' ORDER BY doc_id") == [("one", "وكالة"), ("two", "صحيفة")]
        assert rows(store, "SELECT documents, copies FROM runs") == [(1, 1)]
        assert store.standings(["two"]) == {"two": [Standing("copy", "hash")]}
        assert like(store, Article("three", TEXT)) == ["one"]


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
        assert store.standings(["old"]) == {"old": [Standing("earlier", old.document.text_hash)]}
        assert rows(store, "SELECT versions FROM runs") == [(1,)]
        assert like(store, Article("x", TEXT)) in ([], ["new"])


def test_versions_of_one_batch_take_each_others_place(tmp_path, records):
    """Also a chain of them, a copy of the first, and the same identifier twice."""
    first, second, third = (records(name, TEXT.replace("الثلاثاء", day)) for name, day in (("1", "الثلاثاء"), ("2", "الأربعاء"), ("3", "الخميس")))
    corrected = records("3", TEXT.replace("الثلاثاء", "الجمعة"))
    copy = Copy(Article("copy", TEXT, "صحيفة"), "1", 1.0)
    with Store.open(tmp_path / "x.duckdb") as store:
        store.add([copy, first, second, third, corrected], versions_of={"2": "1", "3": "2"})
        assert rows(store, "SELECT doc_id, text_hash FROM documents") == [("3", corrected.document.text_hash)]
        assert rows(store, "SELECT doc_id, by_doc_id FROM earlier ORDER BY ALL") == [("1", "2"), ("2", "3"), ("3", "3")]
        assert rows(store, "SELECT doc_id, of_doc_id FROM copies") == [("copy", "3")]
        assert rows(store, "SELECT versions, documents FROM runs") == [(3, 4)]
        assert rows(store, "SELECT DISTINCT doc_id FROM events") == rows(store, "SELECT DISTINCT doc_id FROM search_documents") == [("3",)]


def test_a_copy_that_is_coded_is_a_copy_no_longer(tmp_path, records):
    with Store.open(tmp_path / "x.duckdb") as store:
        store.add([records("one"), Copy(Article("two", TEXT, "صحيفة"), "one", 1.0)])
        store.add([records("two", TEXT + " وكان ذلك أمس.")])
        assert rows(store, "SELECT count(*) FROM copies") == [(0,)]


def test_many_articles_are_looked_up_at_once(tmp_path, records):
    other = "التقى وزير الخارجية المصري نظيره السوداني في القاهرة وبحثا ملف سد النهضة، واتفقا على عقد اجتماع للخبراء في الخرطوم."
    with Store.open(tmp_path / "x.duckdb") as store:
        store.add([records("one"), records("two", other)])
        asked = [Article("a", other), Article("b", TEXT), Article("one", TEXT), Article("c", "لا شيء من هذا كله هنا")]
        found = store.like([(each, fingerprint(wording(each.text))) for each in asked])
        assert [[article.doc_id for article in each] for each in found] == [["two"], ["one"], [], []]


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
        assert like(store, Article("two", TEXT)) == ["one"]
        store.add([records("three", TEXT + " وكان ذلك أمس.")])
        assert rows(store, "SELECT copies, versions FROM runs") == [(0, 0)] * 2
