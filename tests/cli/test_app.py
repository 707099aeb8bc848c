"""The program as a person or a script meets it: exit statuses, streams, pipes. Real processes, the real coder."""

from __future__ import annotations

import csv
import io
import json
import os
import select
import signal
import subprocess
import sys
import time

import duckdb
import pytest

SENTENCE = "رفضت الولايات المتحدة الثلاثاء مقترح روسيا بشأن سوريا، بحسب دبلوماسي."
ENVIRONMENT = {**os.environ, "PYTHONIOENCODING": "ascii", "NO_COLOR": "1"}


def waqai(*words, given="", folder=None, **options):
    """Run the program with `given` on its standard input."""
    # What the frames code is fixed in these tests; what the network adds to it is not their matter.
    mode = ("--mode", "lexicon") if words and words[0] in {"code", "add", "explain"} and "--help" not in words else ()
    command = [sys.executable, "-m", "waqai", *map(str, words), *mode]
    data = given if isinstance(given, bytes) else given.encode()
    done = subprocess.run(command, input=data, capture_output=True, cwd=folder, env=ENVIRONMENT, timeout=120, check=False, **options)
    done.out, done.err = done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")
    assert "Traceback" not in done.err
    return done


@pytest.fixture
def article(tmp_path):
    (tmp_path / "a.txt").write_text(SENTENCE, encoding="utf-8")
    return tmp_path / "a.txt"


@pytest.fixture
def lines(tmp_path):
    rows = [{"id": f"d{n}", "text": f"{SENTENCE} وقال ذلك {n} مرة.", "date": "2019-04-19", "outlet": "وكالة"} for n in range(12)]
    (tmp_path / "news.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return tmp_path / "news.jsonl"


def test_a_pipe_gets_json_lines_and_nothing_else(article):
    done = waqai("code", article, "--date", "2019-04-19", "--outlet", "وكالة")
    assert done.returncode == 0
    [event] = [json.loads(line) for line in done.out.splitlines()]
    assert event["event_type"] == "REJECT"
    assert SENTENCE[event["trigger"]["start"] : event["trigger"]["end"]] == event["trigger"]["text"]
    assert event["time"]["from"] == "2019-04-16"
    assert "1 document · 1 event · " in done.err and "documents/s" in done.err
    assert "\x1b" not in done.out + done.err


def test_standard_input_as_text_and_as_json_lines(lines):
    assert json.loads(waqai("code", "-", given=SENTENCE).out)["event_type"] == "REJECT"
    done = waqai("code", "-", given=lines.read_bytes())
    assert [json.loads(line)["doc_id"] for line in done.out.splitlines()] == [f"d{n}" for n in range(12)]


def test_without_a_date_the_output_says_so(article):
    done = waqai("code", article)
    assert json.loads(done.out)["time"]["from"] is None
    assert "without a date" in done.err


def test_quiet_says_nothing(article):
    assert waqai("code", article, "--quiet").err == ""


def test_bad_inputs_are_reported_and_counted_and_the_rest_is_coded(tmp_path, article):
    (tmp_path / "english.txt").write_text("Nothing here is Arabic.", encoding="utf-8")
    done = waqai("code", tmp_path / "english.txt", tmp_path / "none.txt", article)
    assert done.returncode == 1
    assert len(done.out.splitlines()) == 1
    assert "WQ-103" in done.err and "WQ-101" in done.err and "2 bad inputs" in done.err


def test_a_warning_alone_is_not_bad(tmp_path):
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": SENTENCE, "date": "19/4/19"}), encoding="utf-8")
    done = waqai("code", tmp_path / "a.jsonl")
    assert done.returncode == 0 and "WQ-104" in done.err and "line 1" in done.err


@pytest.mark.parametrize(
    "words",
    [["code"], ["nonsense"], ["code", "x.txt", "--format", "xml"], ["code", "x.txt", "--date", "yesterday"],
     ["code", "x.txt", "--workers", "0"], ["code", "x.txt", "--resources", "none"], ["query"], ["query", "SELECT 1", "--store", "none.duckdb"],
     ["query", "--type", "ASULT", "--store", "none.duckdb"], ["explain", "abc"], ["code", "x.txt", "--output", "y.csv"]],
)
def test_misuse(words, tmp_path):
    done = waqai(*words, folder=tmp_path)
    assert done.returncode == 2 and done.out == "" and done.err


def test_no_command_shows_help():
    done = waqai()
    assert "Usage" in done.out + done.err


def test_help_comes_at_once():
    done = waqai("--help")
    assert done.returncode == 0
    for command in ("code", "add", "query", "demo", "explain", "actor"):
        assert command in done.out
    took = min(_seconds_of("-m", "waqai", "--help") for _ in range(3))
    bare = min(_seconds_of("-c", "import typer") for _ in range(3))
    assert took < 0.3 or took < 4 * bare, f"{took:.2f} s; importing typer alone takes {bare:.2f} s"


def _seconds_of(*words: str) -> float:
    start = time.monotonic()
    subprocess.run([sys.executable, *words], check=True, capture_output=True)
    return time.monotonic() - start


def test_help_imports_nothing_heavy():
    code = "import sys, waqai.cli.app; print(*(m for m in ('duckdb', 'waqai.coder', 'waqai.analysis', 'rich', 'ahocorasick') if m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_version():
    assert waqai("--version").out.startswith("waqai ")


def test_csv(lines):
    done = waqai("code", lines, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert len(rows) == 12 and rows[0]["event_type"] == "REJECT" and rows[0]["actor_countries"] == "USA"
    assert rows[3]["sentence_text"] == SENTENCE
    assert not done.stdout.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("table", ["events", "quotes", "entities"])
def test_parquet_and_csv_of_every_table(lines, tmp_path, table):
    expected = len(waqai("code", lines, "--table", table).out.splitlines())
    done = waqai("code", lines, "--table", table, "--format", "parquet", "-o", tmp_path / "x.parquet")
    assert done.returncode == 0 and done.out == ""
    piped = waqai("code", lines, "--table", table, "--format", "parquet")
    (tmp_path / "y.parquet").write_bytes(piped.stdout)
    for name in ("x", "y"):
        [(number,)] = duckdb.sql(f"SELECT count(*) FROM '{tmp_path / name}.parquet'").fetchall()
        assert number == expected
    rows = list(csv.DictReader(io.StringIO(waqai("code", lines, "--table", table, "--format", "csv").out)))
    assert len(rows) == expected


def test_a_table_in_a_pipe_has_no_colours_and_no_isolates(article):
    done = waqai("code", article, "--format", "table", "--date", "2019-04-19")
    assert "REJECT" in done.out and "\u2068" not in done.out and "\x1b" not in done.out
    for table in ("quotes", "entities"):
        assert waqai("code", article, "--format", "table", "--table", table).returncode == 0


def test_workers_give_the_same(lines):
    assert waqai("code", lines, "--workers", "2").out == waqai("code", lines).out


def test_confidence(lines):
    assert waqai("code", lines, "--min-confidence", "1").out == ""


def test_a_reader_that_hangs_up(lines):
    command = f"{sys.executable} -m waqai.cli.app code {lines} {lines} {lines} | head -1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0 and done.stdout.count("\n") == 1
    assert "Broken" not in done.stderr and "Traceback" not in done.stderr and "WQ-" not in done.stderr


def test_interrupted(tmp_path):
    process = subprocess.Popen([sys.executable, "-m", "waqai.cli.app", "code", "-"], stdin=subprocess.PIPE, stderr=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin
    process.stdin.write((json.dumps({"text": SENTENCE}) + "\n").encode())
    process.stdin.flush()
    assert process.stdout
    select.select([process.stdout], [], [], 30)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130 and b"Traceback" not in err


def test_an_error_of_ours_is_seventy_and_leaves_a_report(article, tmp_path):
    code = (
        "import sys, waqai.cli.work as w\n"
        "def broken(*a, **k): raise RuntimeError('as asked')\n"
        "w.read = broken\n"
        "from waqai.cli.app import main\nmain(['code', sys.argv[1]])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(article)], capture_output=True, text=True, env={**os.environ, "TMPDIR": str(tmp_path)}, check=False
    )
    assert done.returncode == 70 and "Traceback" not in done.stderr and "WQ-500" in done.stderr
    [report] = tmp_path.glob("waqai-fault-*.txt")
    assert "as asked" in report.read_text(encoding="utf-8")


def test_demo():
    done = waqai("demo")
    assert done.returncode == 0 and "REJECT" in done.out and "waqai code" in done.err
    assert waqai("demo", "--check").returncode == 0


def test_actor():
    found = json.loads(waqai("actor", "الرئيس", "الأميركي", "--date", "2019-04-19").out)
    assert found["country"] == "USA" and found["sector"] == "GOV" and "Trump" in found["name_en"]
    assert found["known"] and found["candidates"][0]["chosen"] and "title: President" in found["why"]
    assert {office["from"] for office in found["profile"]["offices"]} == {"2017-01-20", "2025-01-20"}
    assert waqai("actor", "الرئيس الأميركي", "--date", "x").returncode == 2


def test_actor_for_people():
    shown = waqai("actor", "قوات الدعم السريع", "--date", "2020-01-01", "--format", "table").out
    assert "2023-04-15 - now: SDN REB" in shown and "Mohamed Hamdan Dagalo" in shown
    assert "NIL" in waqai("actor", "حزب العدالة والتنمية", "--format", "table").out
    assert "PJD" in waqai("actor", "حزب العدالة والتنمية", "--context", "قال وزير مغربي في الرباط", "--format", "table").out.splitlines()[1]
