"""Coding in one process and in several: same results, same order, and a death costs one document."""

from __future__ import annotations

import itertools
from functools import partial

import failing
import pytest
import stand_in
from hypothesis import given, settings
from hypothesis import strategies as st

from waqai.document import Document
from waqai.engines import Pool, code_many
from waqai.errors import WaqaiError
from waqai.issues import Issue
from waqai.records import Records


def documents(count):
    return [Document(id=str(n), text=stand_in.TEXT + f"\n{n} " * (n % 7)) for n in range(count)]


def names(outcomes):
    return [x.document.doc_id if isinstance(x, Records) else x.code for x in outcomes]


def test_one_process():
    found = list(code_many([*documents(3), Issue("WQ-102", "empty")], stand_in.make_work))
    assert names(found) == ["0", "1", "2", "WQ-102"]


def test_several_processes_give_the_same_in_the_same_order():
    inputs = documents(60)
    inputs[7:7] = [Issue("WQ-105", "no JSON")]
    assert list(code_many(inputs, stand_in.make_work, workers=2)) == list(code_many(inputs, stand_in.make_work))


def test_an_error_costs_one_document():
    bad = Document(id="bad", text="يرفع خطأ")
    found = list(code_many([*documents(2), bad, *documents(1)], stand_in.make_breaking_work))
    assert names(found) == ["0", "1", "WQ-120", "0"]
    assert "RuntimeError: as asked" in found[2].message and "document bad" in found[2].where


def test_a_death_costs_one_document():
    deadly = Document(id="deadly", text="يقتل العملية")
    inputs = [*documents(5), deadly, *documents(5), deadly, *documents(3)]
    found = list(code_many(inputs, stand_in.make_breaking_work, workers=2))
    assert names(found) == [*"01234", "WQ-121", *"01234", "WQ-121", *"012"]
    assert "exit code 9" in found[5].message


def test_a_worker_that_cannot_start_is_an_error():
    with pytest.raises(WaqaiError, match="WQ-122"):
        list(code_many(documents(1), stand_in.broken_work, workers=2))


def test_a_coder_that_cannot_be_built_says_why(capfd):
    with pytest.raises(WaqaiError, match=r"WQ-123 .*KeyError: 'no such row'"):
        list(code_many(documents(1), stand_in.raising_work, workers=2))
    assert "Traceback" not in capfd.readouterr().err


def test_nothing_in_nothing_out():
    assert list(code_many([], stand_in.make_work, workers=2)) == []


def test_reading_does_not_run_ahead():
    read = []

    def endless():
        for number in itertools.count():
            read.append(number)
            yield Document(id=str(number), text=stand_in.TEXT)

    outcomes = code_many(endless(), stand_in.make_work, workers=2)
    assert names(itertools.islice(outcomes, 20)) == [str(n) for n in range(20)]
    outcomes.close()
    assert len(read) < 20 + 2 * 8 + 3


@pytest.fixture(scope="module")
def pool():
    with Pool(failing.make_failing_work, 2) as pool:
        yield pool


@settings(max_examples=8, deadline=None)
@given(kinds=st.lists(st.sampled_from(["", "", "", "bad input", "dies once", "dies"]), max_size=12))
def test_whatever_fails_the_order_stays_and_nothing_is_lost(kinds, pool, tmp_path_factory):
    folder = tmp_path_factory.mktemp("died")
    inputs = [
        Issue("WQ-105", "no JSON", where=str(n)) if kind == "bad input" else Document(id=str(n), text="", title=kind, url=str(folder / str(n)))
        for n, kind in enumerate(kinds)
    ]
    expected = [{"bad input": "WQ-105", "dies": "WQ-121"}.get(kind, "WQ-000") for kind in kinds]
    outcomes = list(pool.run(inputs))
    assert [outcome.code for outcome in outcomes] == expected
    assert [outcome.where.removeprefix("document ").split()[0] for outcome in outcomes] == [str(n) for n in range(len(kinds))]


def test_a_process_that_cannot_start_again_at_once_is_no_end(tmp_path):
    inputs = [Document(id=str(n), text="", title="dies" if n in (2, 4) else "") for n in range(6)]
    with Pool(partial(failing.flaky_start, tmp_path), 1) as pool:
        codes = [outcome.code for outcome in pool.run(inputs)]
    assert codes == ["WQ-000", "WQ-000", "WQ-121", "WQ-000", "WQ-121", "WQ-000"]


def test_what_was_read_is_coded_before_the_source_raises(pool):
    def source():
        yield from (Document(id=str(n), text="") for n in range(5))
        raise OSError("the disk is gone")

    outcomes = pool.run(source())
    assert [next(outcomes).where for _ in range(5)] == list("01234")
    with pytest.raises(OSError, match="the disk is gone"):
        next(outcomes)


def test_half_a_character_is_an_issue_with_one_process_and_with_two():
    inputs = [Document(id="bad", text="ق\ud800"), *documents(1)]
    for workers in (1, 2):
        assert names(code_many(inputs, stand_in.make_work, workers=workers)) == ["WQ-124", "0"]
