"""export: the formats with the filters, files whole or not at all, and a data set that is queried like a store."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from xml.etree import ElementTree

import duckdb
import pytest
import stand_in

from waqai.document import Document
from waqai.export.tabular import COLUMNS
from waqai.store import Store


def waqai(*words, folder):
    command = [sys.executable, "-m", "waqai.cli.app", *map(str, words)]
    done = subprocess.run(command, capture_output=True, cwd=folder, env={**os.environ, "NO_COLOR": "1"}, timeout=120, check=False)
    assert b"Traceback" not in done.stderr
    return done


@pytest.fixture
def folder(tmp_path):
    work = stand_in.make_work()
    with Store.open(tmp_path / "waqai.duckdb") as store:
        store.add([work(Document(id=name, text=stand_in.TEXT, title=stand_in.TITLE, outlet="=cmd()")) for name in "ab"])
    return tmp_path


def test_every_format_has_the_events_of_the_filters(folder):
    asked = ("--type", "REJECT", "--words", "الدوحة")
    rows = list(csv.DictReader(io.StringIO(waqai("export", *asked, folder=folder).stdout.decode())))
    assert list(rows[0]) == COLUMNS["events"] and [row["doc_id"] for row in rows] == ["a", "b"] and rows[0]["outlet"] == "'=cmd()"
    lines = waqai("export", "--format", "jsonl", *asked, folder=folder).stdout.splitlines()
    assert [json.loads(line)["event_id"] for line in lines] == [row["event_id"] for row in rows]
    features = json.loads(waqai("export", "--format", "geojson", *asked, folder=folder).stdout)["features"]
    assert [feature["id"] for feature in features] == [row["event_id"] for row in rows] and features[0]["geometry"]["type"] == "Point"
    assert waqai("export", "--as", "parquet", "-o", "e.parquet", *asked, folder=folder).returncode == 0
    assert [row[0] for row in duckdb.sql(f"SELECT event_id FROM '{folder / 'e.parquet'}'").fetchall()] == [row["event_id"] for row in rows]
    ElementTree.fromstring(waqai("export", "--format", "graphml", folder=folder).stdout)
    assert waqai("export", "--columns", "doc_id,event_type", *asked, folder=folder).stdout == b"doc_id,event_type\na,REJECT\nb,REJECT\n"


def test_a_data_set_is_queried_like_a_store(folder):
    done = waqai("export", "--format", "parquet-dataset", "-o", "set", folder=folder)
    assert done.returncode == 0 and done.stdout == b"" and "2 documents new or changed" in done.stderr.decode()
    assert "0 documents new or changed" in waqai("export", "--as", "parquet-dataset", "-o", "set", folder=folder).stderr.decode()
    for asked in (["--actor", "EGY"], ["الدوحه"], ["SELECT event_id, record FROM events ORDER BY 1"]):
        answer = waqai("query", *asked, folder=folder).stdout
        assert answer and waqai("query", *asked, "--store", "set", folder=folder).stdout == answer
    exported = waqai("export", "--store", "set", folder=folder)
    assert exported.stdout == waqai("export", folder=folder).stdout


@pytest.mark.parametrize(
    ("options", "code"),
    [(["--format", "parquet-dataset"], "WQ-411"), (["--format", "parquet-dataset", "-o", "x", "--type", "REJECT"], "WQ-411"), (["--columns", "colour"], "WQ-720"),
     (["-o", "no/folder.csv"], "WQ-409"), (["--type", "REJCT"], "WQ-406"), (["--store", "none.duckdb"], "WQ-601")],
)
def test_what_cannot_be_exported(folder, options, code):
    done = waqai("export", *options, folder=folder)
    assert done.returncode == 2 and code in done.stderr.decode() and done.stdout == b""
    assert sorted(path.name for path in folder.iterdir()) == ["waqai.duckdb"]


def test_a_file_that_fails_is_not_left_half_written(folder):
    (folder / "e.csv").write_text("old", encoding="utf-8")
    assert waqai("export", "--columns", "colour", "-o", "e.csv", folder=folder).returncode == 2
    assert (folder / "e.csv").read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in folder.iterdir()) == ["e.csv", "waqai.duckdb"]
