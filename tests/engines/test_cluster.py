"""Coding on a Ray cluster of this machine: the results of one machine, whatever is killed on the way."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import msgspec
import pytest

from waqai.records import EventRecord, to_json

SENTENCE = "رفضت الولايات المتحدة الثلاثاء مقترح روسيا بشأن سوريا، بحسب دبلوماسي."
ARTICLES, SHARD = 1500, 25
LINUX = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds the processes of Ray in /proc")


def command(folder, *words):
    return [sys.executable, "-m", "waqai", "code", "news.jsonl", "--mode", "lexicon", *words]


def on_ray(folder):
    words = ("--engine", "ray", "--format", "parquet", "-o", "coded", "--shard", str(SHARD), "--workers", "1")
    return subprocess.Popen(command(folder, *words), cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


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


def wait_until_gone(pid):
    """Until a process has ended, as all of Ray does with the program that started it."""
    end = time.monotonic() + 60
    while Path(f"/proc/{pid}").exists():
        assert time.monotonic() < end, f"process {pid} outlives its program"
        time.sleep(0.05)


@LINUX
def test_a_lost_worker_and_a_killed_program_cost_nothing(tmp_path):
    rows = [json.dumps({"id": f"d{n}", "text": f"{SENTENCE} وقال ذلك {n} مرة.", "date": "2019-04-19"}) for n in range(ARTICLES)]
    rows[100] = "{broken"
    (tmp_path / "news.jsonl").write_text("\n".join(rows), encoding="utf-8")
    local = subprocess.run(command(tmp_path, "--format", "jsonl"), cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False)

    first = on_ray(tmp_path)
    wait_for(1, tmp_path, first)
    [worker] = [pid for pid, title in descendants(first.pid).items() if title.startswith("ray::") and "_Worker" in title]
    os.kill(worker, signal.SIGKILL)
    before = len(finished(tmp_path))
    wait_for(before + 5, tmp_path, first)
    left = descendants(first.pid)
    first.kill()
    first.communicate()
    for pid in left:
        wait_until_gone(pid)
    there = finished(tmp_path)
    assert len(there) < ARTICLES // SHARD, "the program was to be killed in the middle"

    second = on_ray(tmp_path)
    out, err = second.communicate(timeout=300)
    assert second.returncode == 1 and out == "", err
    assert all(line.startswith(("error: WQ-105", f"{ARTICLES - 1 - SHARD * len(there)}", f"{ARTICLES - SHARD * len(there)}")) for line in err.splitlines()), err
    assert {name: finished(tmp_path)[name] for name in there} == there, "a finished shard was written again"

    found = duckdb.sql(f"SELECT * FROM '{tmp_path}/coded/events/*.parquet' ORDER BY filename, file_row_number")
    assert [to_json(msgspec.convert(row, EventRecord)) for row in found.to_arrow_table().to_pylist()] == local.stdout.splitlines()
    assert duckdb.sql(f"SELECT code FROM '{tmp_path}/coded/issues/*.parquet'").fetchall() == [("WQ-105",)]
    third = on_ray(tmp_path)
    assert "0 documents" in third.communicate(timeout=60)[1] and third.returncode == 0
