"""Shards of results: what a folder holds says what is still to be done."""

from __future__ import annotations

import itertools
import json

import duckdb
import pytest
import stand_in

from waqai.document import Document
from waqai.engines.shards import Input, plan, shards, tidy, write
from waqai.errors import UsageError
from waqai.issues import Issue

SETTINGS = {"coder": "waqai test"}
WORK = stand_in.make_work()


def documents(count):
    return [Document(id=str(n), text=stand_in.TEXT) for n in range(count)]


def code(source, items, folder, most=4):
    return [write(folder, shard.name, (issue or WORK(document) for document, issue in shard.items)) for shard in shards(source, items, most)]


@pytest.fixture
def news(tmp_path):
    (tmp_path / "in").mkdir()
    for name in ("a-1.jsonl", "b.jsonl"):
        (tmp_path / "in" / name).write_text(json.dumps({"text": name}), encoding="utf-8")
    return tmp_path / "in"


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


def test_a_folder_is_planned_file_by_file_and_what_is_done_is_left_out(news, out):
    todo, issues = plan([str(news)], out, SETTINGS)
    assert [source.name.split("-")[0] for source in todo] == ["a_1", "b"] and issues == []
    assert [tally.documents for tally in code(todo[0], documents(10), out)] == [4, 4, 2]
    [left], _ = plan([str(news)], out, SETTINGS)
    assert left == todo[1]


def test_a_run_that_was_ended_goes_on_with_the_shards_that_are_missing(news, out):
    [source, _], _ = plan([str(news)], out, SETTINGS)
    parts = list(shards(source, documents(10), 4))
    for part in (parts[0], parts[2]):
        write(out, part.name, (WORK(document) for document, _ in part.items))
    [again, _], _ = plan([str(news)], out, SETTINGS)
    assert again.finished == (0, 2)
    assert [part.name for part in shards(again, documents(10), 4)] == [parts[1].name]


@pytest.mark.parametrize("count", range(10))
def test_shards_hold_every_item_once_and_the_last_says_so(count):
    found = list(shards(Input("a", "a"), [*documents(count), Issue("WQ-105", "bad")], 3))
    items = [document.id if document else issue.code for shard in found for document, issue in shard.items]
    assert items == [*(str(n) for n in range(count)), "WQ-105"]
    assert [shard.name.endswith("-last") for shard in found] == [False] * (len(found) - 1) + [True]


def test_an_input_without_articles_is_finished_too(news, out):
    [source, _], _ = plan([str(news)], out, SETTINGS)
    assert [tally.documents for tally in code(source, [], out)] == [0]
    assert source.path not in [each.path for each in plan([str(news)], out, SETTINGS)[0]]


def test_a_fault_in_reading_ends_one_input_with_an_issue():
    def broken():
        yield from documents(5)
        raise RuntimeError("as asked")

    found = list(shards(Input("a.warc", "a"), broken(), 3))
    assert [len(shard.items) for shard in found] == [3, 3]
    issue = found[-1].items[-1][1]
    assert issue.code == "WQ-125" and "RuntimeError: as asked" in issue.message and issue.where == "a.warc"


def test_reading_does_not_run_ahead():
    read = []

    def endless():
        for number in itertools.count():
            read.append(number)
            yield Document(id=str(number), text=stand_in.TEXT)

    next(shards(Input("a", "a"), endless(), 10))
    assert len(read) <= 2 * 10


def test_long_texts_make_short_shards():
    long = (Document(id=str(n), text="ب" * 3_000_000) for n in range(6))
    assert [len(shard.items) for shard in shards(Input("a", "a"), long, 1000)] == [3, 3]


def test_a_shard_that_cannot_be_finished_leaves_nothing_to_be_read(news, out):
    [source, _], _ = plan([str(news)], out, SETTINGS)

    def breaking():
        yield WORK(documents(1)[0])
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="the disk is full"):
        write(out, f"{source.name}-000000", breaking())
    assert list(out.glob("*/*.parquet")) == []
    tidy(out)
    assert not (out / ".unfinished").exists()


def test_bad_inputs_stand_in_a_table_of_their_own(news, out):
    [source, _], _ = plan([str(news)], out, SETTINGS)
    [tally] = code(source, [*documents(2), Issue("WQ-105", "no JSON", where="a line 3")], out)
    assert (tally.documents, tally.undated, [issue.code for issue in tally.issues]) == (2, 2, ["WQ-105"])
    assert duckdb.sql(f"SELECT code, \"where\" FROM '{out}/issues/*.parquet'").fetchall() == [("WQ-105", "a line 3")]
    assert duckdb.sql(f"SELECT doc_id, count(*) FROM '{out}/events/*.parquet' GROUP BY ALL ORDER BY ALL").fetchall() == [("0", 2), ("1", 2)]


def test_what_is_not_there_is_an_issue_and_not_a_finished_input(tmp_path, out):
    todo, [issue] = plan([str(tmp_path / "none.jsonl")], out, SETTINGS)
    assert todo == [] and issue.code == "WQ-101" and "none.jsonl" in issue.where


def test_other_settings_are_refused(news, out):
    plan([str(news)], out, SETTINGS)
    with pytest.raises(UsageError, match=r"WQ-432 .*coder 'waqai test', now 'waqai 2'"):
        plan([str(news)], out, {"coder": "waqai 2"})


def test_an_input_that_has_changed_is_refused_and_one_that_has_moved_is_not_coded_again(news, out):
    [source, _], _ = plan([str(news)], out, SETTINGS)
    code(source, documents(1), out)
    (news / "a-1.jsonl").rename(news / "c.jsonl")
    assert [each.name.split("-")[0] for each in plan([str(news)], out, SETTINGS)[0]] == ["b"]
    (news / "a-1.jsonl").write_text("{}", encoding="utf-8")
    with pytest.raises(UsageError, match=r"WQ-433 .*a-1\.jsonl"):
        plan([str(news)], out, SETTINGS)
