"""add, query, explain: what is kept, found again, and shown with its reasons. Real processes, the real coder."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import duckdb
import pytest

from waqai.cli.app import run

SENTENCE = "رفضت الولايات المتحدة الثلاثاء مقترح روسيا بشأن سوريا، بحسب دبلوماسي."
ENVIRONMENT = {**os.environ, "NO_COLOR": "1"}


def waqai(*words, folder):
    # What the frames code is fixed in these tests; what the network adds to it is not their matter.
    mode = ("--mode", "lexicon") if words and words[0] in {"code", "add", "explain"} and "--help" not in words else ()
    command = [sys.executable, "-m", "waqai.cli.app", *map(str, words), *mode]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=folder, env=ENVIRONMENT, timeout=120, check=False)
    assert "Traceback" not in done.stderr
    return done


def write(path, count, *, text=SENTENCE):
    rows = [{"id": f"d{n}", "text": f"{text} وقال ذلك {n} مرة.", "date": "2019-04-19", "outlet": "وكالة"} for n in range(count)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


@pytest.fixture
def folder(tmp_path):
    write(tmp_path / "news.jsonl", 6)
    assert waqai("add", "news.jsonl", folder=tmp_path).returncode == 0
    return tmp_path


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A folder with a store for tests that only read."""
    folder = tmp_path_factory.mktemp("kept")
    write(folder / "news.jsonl", 6)
    assert waqai("add", "news.jsonl", folder=folder).returncode == 0
    return folder


@pytest.fixture
def ask(kept, monkeypatch, capsys):
    """`waqai query` in this process: exit status, output and errors."""
    monkeypatch.chdir(kept)

    def asked(*words):
        status = run(["query", *words])
        said = capsys.readouterr()
        return status, said.out, said.err

    return asked


def test_add_goes_on_where_it_stopped_and_replaces_what_changed(folder):
    again = waqai("add", "news.jsonl", folder=folder)
    assert "0 documents" in again.stderr and "6 unchanged" in again.stderr
    write(folder / "news.jsonl", 8)
    assert "2 documents" in waqai("add", "news.jsonl", folder=folder).stderr
    write(folder / "news.jsonl", 8, text="أدانت فرنسا الهجوم على السفارة.")
    assert "8 documents" in waqai("add", "news.jsonl", folder=folder).stderr
    asked = "SELECT event_type AS t, count(*) AS n FROM events WHERE t IN ('ACCUSE', 'REJECT') GROUP BY t"
    assert json.loads(waqai("query", asked, folder=folder).stdout) == {"t": "ACCUSE", "n": 8}
    assert "8 documents" in waqai("add", "news.jsonl", "--again", folder=folder).stderr


def test_code_with_a_store_prints_and_keeps(tmp_path):
    write(tmp_path / "news.jsonl", 3)
    done = waqai("code", "news.jsonl", "--store", "x.duckdb", folder=tmp_path)
    assert len(done.stdout.splitlines()) == 3
    stored = waqai("query", "SELECT record FROM events ORDER BY doc_id", "--store", "x.duckdb", folder=tmp_path)
    assert [json.loads(line)["record"] for line in stored.stdout.splitlines()] == done.stdout.splitlines()


LONG = (
    "تونس - أعلنت الرئاسة التونسية أن الرئيس استقبل وفدا من البرلمان الليبي وبحث معه سبل دعم الحوار بين الأطراف الليبية. "
    "وقال المتحدث باسم الرئاسة إن تونس ترفض أي تدخل عسكري أجنبي في ليبيا، ودعا إلى وقف فوري لإطلاق النار حول العاصمة طرابلس."
)


def rows_of(path, *rows):
    path.write_text("".join(json.dumps({"date": "2019-05-02", **row}) + "\n" for row in rows), encoding="utf-8")


def counts(folder):
    with duckdb.connect(str(folder / "waqai.duckdb"), read_only=True) as connection:
        return [connection.execute(f"SELECT list(doc_id ORDER BY doc_id) FROM {table}").fetchone()[0] or [] for table in ("documents", "copies", "earlier")]


def test_copies_and_versions_of_one_input(tmp_path):
    """All in one batch: a copy, a version at the same address, a copy of what the version took the place of, the same line twice."""
    first = {"id": "a", "text": LONG, "outlet": "وكالة", "url": "https://a.example/1"}
    version = {**first, "id": "b", "text": LONG + " وأضاف المتحدث أن الوفد يلتقي اليوم رئيس الحكومة."}
    rows_of(tmp_path / "news.jsonl", first, first, {**first, "id": "c", "outlet": "صحيفة", "url": "https://c.example/9"}, version)
    done = waqai("add", "news.jsonl", folder=tmp_path)
    assert "2 documents (1 version)" in done.stderr and "1 copy" in done.stderr and "1 unchanged" in done.stderr
    assert counts(tmp_path) == [["b"], ["c"], ["a"]]
    with duckdb.connect(str(tmp_path / "waqai.duckdb"), read_only=True) as connection:
        assert connection.execute("SELECT of_doc_id FROM copies").fetchone() == ("b",)
    # Coding again, or printing what is stored, doubles nothing.
    assert "1 document " in waqai("add", "news.jsonl", "--again", folder=tmp_path).stderr
    printed = waqai("code", "news.jsonl", "--store", "waqai.duckdb", folder=tmp_path)
    assert {json.loads(line)["doc_id"] for line in printed.stdout.splitlines()} == {"a", "b", "c"}
    assert counts(tmp_path) == [["b"], ["c"], ["a"]]


@pytest.mark.parametrize(
    ("options", "number"),
    [(["--actor", "USA"], 6), (["--actor", "united states"], 6), (["--actor", "الولايات"], 6), (["--actor", "FRA"], 0),
     (["--type", "reject"], 6), (["--type", "REJECT", "--actor", "usa"], 6), (["--from", "2019-04-16", "--to", "2019-04-16"], 6),
     (["--from", "2019-04-17"], 0), (["--type", "REJECT", "--limit", "2"], 2), (["--recipient", "روسيا"], 6), (["--dyad", "RUS", "USA"], 6),
     (["--dyad", "RUS", "EGY"], 0), (["--actor", "FRA", "--actor", "USA"], 6), (["--country", "rus", "--quad", "verbal-conflict"], 6), (["--outlet", "وكاله"], 6),
     (["--outlet", "قناة"], 0), (["--according-to", "anonymous"], 6), (["--according-to", "دبلوماسي"], 6), (["--according-to", "FRA"], 0), (["--mode", "yield"], 0),
     (["--polarity", "affirmed", "--modality", "actual"], 6), (["--polarity", "negated"], 0), (["--min-confidence", "0"], 6), (["--place", "LBY"], 0),
     (["--words", "المقترحات سورية OR لسوريا"], 6), (["--words", "-مقترح"], 0), (["--words", "رفضوا", "--actor", "USA"], 6)],
)
def test_ready_questions(ask, options, number):
    status, out, error = ask(*options)
    assert status == 0, error
    assert len(out.splitlines()) == number
    assert ("nothing found" in error) == (number == 0)


@pytest.mark.parametrize(
    ("words", "number"),
    [(["للمقترح", "الفرنسي"], 0), (["للمقترح"], 6), (['"مقترحات روسيا"'], 6), (["سوريا", "--actor", "USA"], 6), (["سوريا", "--actor", "FRA"], 0), (["3", "مرات"], 1),
     (["سوريا", "--limit", "4"], 4), (["ثلوج", "OR", "دبلوماسيون"], 6)],
)
def test_words_find_articles(ask, words, number):
    status, out, error = ask(*words)
    assert status == 0, error
    rows = [json.loads(line) for line in out.splitlines()]
    assert len(rows) == number
    if number == 6:
        assert rows[0]["sentence"].startswith(SENTENCE[:-1]) and "REJECT United States -> Russia" in rows[0]["events"] and len(rows[0]["event_ids"]) >= 1


def test_a_table_shows_the_word_that_was_searched(ask):
    _, out, _ = ask("دبلوماسي", "--format", "table")
    assert "بحسب دبلوماسي" in out and "REJECT" in out


@pytest.mark.parametrize(
    ("words", "code"),
    [([], "WQ-405"), (["SELECT 1", "--actor", "USA"], "WQ-405"), (["--", "-سوريا"], "WQ-410"), (["--quad", "peace"], "WQ-406"), (["--mode", "yeld"], "Did you mean yield"),
     (["--from", "soon"], "WQ-402"), (["DROP TABLE events"], "WQ-604"), (["select nothing from events"], "WQ-605")],
)
def test_questions_that_cannot_be_answered(ask, words, code):
    status, _, error = ask(*words)
    assert status == 2 and code in error


def test_queries_in_every_format(folder):
    sql = "SELECT doc_id, published, modes, event_type FROM events JOIN documents USING (doc_id) ORDER BY 1 LIMIT 1"
    row = json.loads(waqai("query", sql, folder=folder).stdout)
    assert row["doc_id"] == "d0" and row["published"] == "2019-04-19" and isinstance(row["modes"], list)
    assert waqai("query", sql, "--format", "csv", folder=folder).stdout.startswith("doc_id,published,modes,event_type\nd0,2019-04-19,")
    table = waqai("query", sql, "--format", "table", folder=folder).stdout
    assert "d0" in table and "│" not in table and "|" not in table


def test_a_query_cannot_change_the_store(folder):
    done = waqai("query", "DELETE FROM events", folder=folder)
    assert done.returncode == 2 and "WQ-604" in done.stderr


def test_near_words_are_suggested(folder):
    assert "Did you mean REJECT?" in waqai("query", "--type", "REJCT", folder=folder).stderr


def test_explain_from_the_store_and_from_the_input(folder):
    event = json.loads(waqai("query", "SELECT event_id, doc_id FROM events ORDER BY doc_id LIMIT 1", folder=folder).stdout)["event_id"]
    for source in ([], ["news.jsonl"]):
        done = waqai("explain", event[:10], *source, folder=folder)
        assert done.returncode == 0, done.stderr
        assert SENTENCE in done.stdout and "frame:reject." in done.stdout and "United States" in done.stdout
    assert waqai("explain", "0000000000", folder=folder).returncode == 2


def test_a_store_in_use_is_reported(folder):
    holder = duckdb.connect(str(folder / "waqai.duckdb"))
    done = waqai("add", "news.jsonl", folder=folder)
    holder.close()
    assert done.returncode == 1 and "WQ-608" in done.stderr


STORED = 300_000
"""A log of this many bytes holds more than the tables of an empty store."""


def test_a_killed_run_goes_on_and_doubles_nothing(tmp_path):
    write(tmp_path / "news.jsonl", 1000)
    process = subprocess.Popen([sys.executable, "-m", "waqai.cli.app", "add", "news.jsonl", "-q", "--mode", "lexicon"], cwd=tmp_path, env=ENVIRONMENT)
    with process:
        deadline, log = time.monotonic() + 60, tmp_path / "waqai.duckdb.wal"
        while time.monotonic() < deadline and not (log.exists() and log.stat().st_size > STORED):
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
    done = waqai("add", "news.jsonl", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    row = json.loads(waqai("query", "SELECT count(*) AS n, count(DISTINCT doc_id) AS d FROM documents", folder=tmp_path).stdout)
    assert row == {"n": 1000, "d": 1000}
    assert "unchanged" in done.stderr
    events = waqai("query", "SELECT count(*) AS n, count(DISTINCT event_id) AS d FROM events", folder=tmp_path)
    assert len(set(json.loads(events.stdout).values())) == 1
