"""Nothing that was reported as stored is lost: `waqai add` killed at random points, cut off by a full disk, and met by a second process."""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
import zlib

import duckdb
import pytest

ENVIRONMENT = {**os.environ, "NO_COLOR": "1"}
KILLS, ARTICLES = 6, 160
NAMES = ["مصر", "تونس", "العراق", "لبنان", "المغرب", "الأردن", "السودان", "اليمن", "قطر", "الكويت"]


def write(path, count, seed=7):
    """Articles of which each is like no other, every fifth one apart, which is a copy of the one before."""
    chance = random.Random(seed)
    rows = []
    for number in range(count):
        states = [chance.choice(NAMES) for _ in range(24)]
        text = " ".join(f"أدانت {state} الهجوم رقم {chance.randrange(10_000)} على سفارتها." for state in states)
        if number % 5 == 4:
            text = rows[-1]["text"]
        rows.append({"id": f"d{number}", "text": text, "date": "2019-04-19", "outlet": f"outlet {number % 3}"})
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def add(folder, **settings):
    command = [sys.executable, "-m", "waqai", "add", "news.jsonl", "--mode", "lexicon"]
    return subprocess.Popen(command, cwd=folder, env=ENVIRONMENT, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, **settings)


def held(folder):
    """Identifiers of documents and of copies, with doubles."""
    with duckdb.connect(str(folder / "waqai.duckdb"), read_only=True) as connection:
        documents = [row[0] for row in connection.execute("SELECT doc_id FROM documents").fetchall()]
        copies = [row[0] for row in connection.execute("SELECT doc_id FROM copies").fetchall()]
        orphans = connection.execute("SELECT count(*) FROM copies WHERE of_doc_id NOT IN (SELECT doc_id FROM documents)").fetchone()[0]
        broken = connection.execute("SELECT count(*) FROM events WHERE doc_id NOT IN (SELECT doc_id FROM documents)").fetchone()[0]
    return documents, copies, orphans, broken


def test_killed_at_any_moment_it_goes_on_and_doubles_nothing(tmp_path):
    write(tmp_path / "news.jsonl", ARTICLES)
    chance, before = random.Random(11), 0
    for _ in range(KILLS):
        process = add(tmp_path)
        time.sleep(0.8 + 1.2 * chance.random())
        process.send_signal(signal.SIGKILL)
        process.communicate()
        if not (tmp_path / "waqai.duckdb").exists():
            continue
        with duckdb.connect(str(tmp_path / "waqai.duckdb")) as connection:
            ready = connection.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'documents'").fetchone()[0]
        if ready:
            documents, copies, orphans, broken = held(tmp_path)
            assert len(set(documents)) == len(documents) >= before
            assert len(set(copies)) == len(copies) and orphans == broken == 0
            before = len(documents)
    last = add(tmp_path)
    _, told = last.communicate(timeout=120)
    assert last.returncode == 0, told
    documents, copies, orphans, broken = held(tmp_path)
    assert sorted([*documents, *copies]) == sorted(f"d{n}" for n in range(ARTICLES))
    assert len(copies) == ARTICLES // 5 and orphans == broken == 0
    again = add(tmp_path)
    _, told = again.communicate(timeout=120)
    assert f"{ARTICLES} unchanged" in told and told.startswith("0 documents")


def test_a_full_disk_is_told_and_loses_nothing(tmp_path):
    write(tmp_path / "news.jsonl", ARTICLES)

    def little_room():
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_500_000, 1_500_000))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    process = add(tmp_path, preexec_fn=little_room)
    _, told = process.communicate(timeout=120)
    assert process.returncode == 1 and "WQ-60" in told and "Traceback" not in told
    whole = add(tmp_path)
    whole.communicate(timeout=120)
    documents, copies, orphans, broken = held(tmp_path)
    assert sorted([*documents, *copies]) == sorted(f"d{n}" for n in range(ARTICLES)) and orphans == broken == 0


def test_two_at_once_do_not_harm_each_other(tmp_path):
    write(tmp_path / "news.jsonl", ARTICLES)
    both = [add(tmp_path), add(tmp_path)]
    told = [process.communicate(timeout=120)[1] for process in both]
    codes = sorted(process.returncode for process in both)
    assert codes in ([0, 0], [0, 1])
    assert codes == [0, 0] or any("WQ-608" in each for each in told)
    documents, copies, _, _ = held(tmp_path)
    assert sorted([*documents, *copies]) == sorted(f"d{n}" for n in range(ARTICLES))


@pytest.mark.parametrize("line", ['{"id": "x", "text": ["a"]}', '{"text": '])
def test_bad_inputs_wait_and_are_tried_again(tmp_path, line):
    write(tmp_path / "news.jsonl", 2)
    with (tmp_path / "news.jsonl").open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    first = add(tmp_path)
    first.communicate(timeout=60)
    assert first.returncode == 1
    retry = subprocess.run([sys.executable, "-m", "waqai", "add", "--retry", "--mode", "lexicon"], cwd=tmp_path, env=ENVIRONMENT, capture_output=True, text=True, timeout=60, check=False)
    assert retry.returncode == 1 and "1 bad input" in retry.stderr
    with duckdb.connect(str(tmp_path / "waqai.duckdb")) as connection:
        assert connection.execute("SELECT tries, place FROM quarantine").fetchall() == [(2, connection.execute("SELECT place FROM quarantine").fetchone()[0])]
        content = '{"id": "x", "text": "أدانت مصر الهجوم على السفارة في بغداد.", "date": "2019-04-19"}'.encode()
        connection.execute("UPDATE quarantine SET content = ?", [zlib.compress(content)])
    retry = subprocess.run([sys.executable, "-m", "waqai", "add", "--retry", "--mode", "lexicon"], cwd=tmp_path, env=ENVIRONMENT, capture_output=True, text=True, timeout=60, check=False)
    assert retry.returncode == 0, retry.stderr
    with duckdb.connect(str(tmp_path / "waqai.duckdb"), read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM quarantine").fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM documents WHERE doc_id = 'x'").fetchone() == (1,)
