"""Dates as they are written, rows of tables, and texts that are refused."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.document import Document
from waqai.ingest import Metadata, read_date
from waqai.ingest.dates import DateWords
from waqai.ingest.metadata import from_row, make_documents
from waqai.issues import Issue
from waqai.knowledge.calendars import load_calendars
from waqai.knowledge.loader import Resources

SENTENCE = "رفضت القاهرة المقترح يوم الثلاثاء."
DAY = dt.date(2019, 4, 20)


@pytest.mark.parametrize(
    "written",
    ["2019-04-20", "2019/4/20", "2019-04-20T23:59:00+03:00", "2019-04-20 10:00", "20190420", "٢٠١٩-٠٤-٢٠", "20/04/2019",
     " 20.4.2019 ", "Sat, 20 Apr 2019 10:00:00 +0300"],
)
def test_dates_that_are_read(written):
    assert read_date(written) == DAY


@pytest.mark.parametrize("written", ["", "20/4/19", "04/05/2019", "2019-13-01", "2019-02-30", "yesterday", "2019", "1" * 500])
def test_dates_that_are_not(written):
    assert read_date(written) is None


def test_the_same_day_and_month_are_no_riddle():
    assert read_date("04/04/2019") == dt.date(2019, 4, 4)


def test_dates_in_words():
    calls = []

    def load():
        calls.append(1)
        return load_calendars(Resources())

    words = DateWords(load)
    assert read_date("2019-04-20", words) == DAY and not calls, "the calendars are loaded only when needed"
    assert read_date("السبت 20 نيسان/أبريل 2019", words) == DAY
    assert read_date("لا تاريخ هنا", words) is None
    assert read_date("20/4/19", words) is None, "no guessing"
    assert len(calls) == 1


@given(st.dates(min_value=dt.date(1000, 1, 1)))
def test_iso_dates_come_back(day):
    assert read_date(day.isoformat()) == day


@given(st.text(max_size=40))
def test_no_date_makes_it_fail(written):
    read_date(written)


def documents(text, **about):
    return list(make_documents(text, Metadata(**about), where="a.txt"))


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "WQ-102"), ("\ufeff \u200f\n", "WQ-102"), ("An English sentence with one كلمة only here.", "WQ-103"), ("12345 !!", "WQ-103")],
)
def test_texts_that_are_refused(text, code):
    [issue] = documents(text)
    assert issue.code == code and issue.fatal and issue.where == "a.txt"


def test_an_unreadable_date_is_a_warning():
    warning, document = documents(SENTENCE, date="20/4/19")
    assert warning.code == "WQ-104" and not warning.fatal and "20/4/19" in str(warning) and "2019-04-20" in warning.advice
    assert document.published is None


def test_the_identifier_is_the_inputs_own_or_made_from_the_content():
    assert documents(SENTENCE, id="x1")[0].id == "x1"
    made = documents(SENTENCE)[0].id
    assert made == documents(SENTENCE)[0].id != documents(SENTENCE, url="https://example.org/a")[0].id


def test_defaults_fill_in_only_what_is_missing():
    mine = Metadata(date="2019-01-01").or_else(Metadata(date="2020-02-02", outlet="B", id="no"))
    assert (mine.date, mine.outlet, mine.id) == ("2019-01-01", "B", "")


def test_rows_with_other_names_for_the_fields():
    text, about = from_row({"Body": SENTENCE, "headline": "عنوان", "published_at": "2019-04-20", "source": "A", "id": 7}, "f line 1")
    assert (text, about) == (SENTENCE, Metadata(id="7", date="2019-04-20", title="عنوان", outlet="A"))


@pytest.mark.parametrize(
    ("row", "code", "said"),
    [({"title": "x"}, "WQ-106", "title"), ({}, "WQ-106", "nothing"), ({"text": ["a"]}, "WQ-109", '"text"'), ({"text": "a", "date": {}}, "WQ-109", "date")],
)
def test_rows_that_are_refused(row, code, said):
    issue = from_row(row, "f line 1")
    assert isinstance(issue, Issue) and issue.code == code and said in str(issue)


def test_half_a_surrogate_pair_keeps_offsets():
    text, _ = from_row({"text": "قال\ud800 الوزير"}, "f line 1")
    assert text == "قال\ufffd الوزير"
    assert isinstance(documents(text)[0], Document)
