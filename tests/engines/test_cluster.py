"""Coding on a Ray cluster of this machine: the results of one machine, whatever is killed on the way."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import msgspec
import pytest

from waqai.ingest.source import is_readable
from waqai.records import EventRecord, to_json

SENTENCE = "رفضت الولايات المتحدة الثلاثاء مقترح روسيا بشأن سوريا، بحسب دبلوماسي."
ARTICLES, SHARD = 800, 20
LINUX = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds the processes of Ray in /proc")


def command(*words):
    return [sys.executable, "-m", "waqai", "code", "news", "--mode", "lexicon", *words]


@pytest.fixture
def on_ray(tmp_path):
    """Starts a run in the folder of the test; what is left of it ends with the test."""
    started = []

    def start():
        started.append(run_on_ray(tmp_path))
        return started[-1]

    yield start
    for run in started:
        if run.poll() is None:
            left = descendants(run.pid)
            run.kill()
            run.communicate()
            end(left)


def run_on_ray(folder):
    words = ("--engine", "ray", "--format", "parquet", "-o", "coded", "--shard", str(SHARD), "--workers", "1")
    return subprocess.Popen(command(*words), cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def finished(folder):
    return {path.name: path.stat().st_mtime_ns for path in folder.glob("coded/issues/*.parquet")}


def wait_for(count, folder, run):
    """Until `count` shards are there."""
    end = time.monotonic() + 240
    while len(finished(folder)) < count:
        assert run.poll() is None, run.communicate()[1]
        assert time.monotonic() < end, "no shard was written"
        time.sleep(0.02)


def descendants(root):
    """Identifiers and titles of the processes below `root`."""
    parents, titles = {}, {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
                titles[int(entry.name)] = (entry / "cmdline").read_bytes().decode(errors="replace")
            except OSError:
                continue  # it has ended meanwhile
    below = {root}
    for _ in range(6):
        below |= {pid for pid, parent in parents.items() if parent in below}
    return {pid: titles[pid] for pid in below - {root}}


def end(processes):
    """End what Ray left behind: its workers go by themselves with the program, some of its helpers only after minutes."""
    folders = {found for title in processes.values() for found in re.findall(r"/tmp/waqai-\w+", title)}
    for pid, title in processes.items():
        deadline = time.monotonic() + 60
        while "_Worker" in title and runs(pid):
            assert time.monotonic() < deadline, f"worker {pid} outlives its program"
            time.sleep(0.05)
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


def runs(pid):
    """Whether a process is there and not only waiting to be counted as dead."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def write_news(folder):
    """Articles in several files, of Parquet too where this version reads it. The last file has the one bad line."""
    folder.mkdir()
    rows = [json.dumps({"id": f"d{n}", "text": f"{SENTENCE} وقال ذلك {n} مرة.", "date": "2019-04-19"}) for n in range(ARTICLES)]
    (folder / "a.jsonl").write_text("\n".join(rows[:500]), encoding="utf-8")
    (folder / "b.jsonl").write_text("\n".join(rows[500:-50]), encoding="utf-8")
    if is_readable(Path("b.parquet")):
        duckdb.sql(f"COPY (FROM '{folder}/b.jsonl') TO '{folder}/b.parquet'")
        (folder / "b.jsonl").unlink()
    (folder / "c.jsonl").write_text("\n".join(["{broken", *rows[-50:]]), encoding="utf-8")


@LINUX
def test_a_lost_worker_and_a_killed_program_cost_nothing(tmp_path, on_ray):
    write_news(tmp_path / "news")
    local = subprocess.run(command("--format", "jsonl"), cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False)

    first = on_ray()
    wait_for(1, tmp_path, first)
    [worker] = [pid for pid, title in descendants(first.pid).items() if title.startswith("ray::") and "_Worker" in title]
    os.kill(worker, signal.SIGKILL)
    before = len(finished(tmp_path))
    wait_for(before + 5, tmp_path, first)
    left = descendants(first.pid)
    first.kill()
    first.communicate()
    end(left)
    there = finished(tmp_path)
    assert len(there) < ARTICLES // SHARD, "the program was to be killed in the middle"

    second = on_ray()
    out, err = second.communicate(timeout=300)
    assert second.returncode == 1 and out == "", err
    assert all(re.match(r"error: WQ-105 |[\d,]+ documents · ", line) for line in err.splitlines()), f"a stray line: {err}"
    assert {name: finished(tmp_path)[name] for name in there} == there, "a finished shard was written again"

    found = duckdb.sql(f"SELECT * FROM '{tmp_path}/coded/events/*.parquet' ORDER BY filename, file_row_number")
    assert [to_json(msgspec.convert(row, EventRecord)) for row in found.to_arrow_table().to_pylist()] == local.stdout.splitlines()
    assert duckdb.sql(f"SELECT code FROM '{tmp_path}/coded/issues/*.parquet'").fetchall() == [("WQ-105",)]
    third = on_ray()
    assert "0 documents" in third.communicate(timeout=300)[1] and third.returncode == 0
