"""Killed and injured."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.analysis.casualties import CasualtyFinder
from waqai.document import Casualties
from waqai.knowledge.casualty_words import load_casualty_words
from waqai.knowledge.loader import Resources
from waqai.knowledge.numbers import load_numbers
from waqai.text.folding import fold
from waqai.text.numerals import NumberReader

FINDER = CasualtyFinder(load_casualty_words(Resources()), NumberReader(load_numbers(Resources())))


def words(text: str) -> list[str]:
    return re.findall(r"\d+(?:[.,]\d+)*|[^\W\d]+|[^\w\s]", fold(text).text)


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        ("مقتل 12 شخصا وإصابة ثلاثين", 12, 30),
        ("قتل جنديان في هجوم على حاجز", 2, None),
        ("مقتل ما لا يقل عن 20 مدنيا", 20, None),
        ("مقتل جندي في انفجار عبوة", 1, None),
        ("قتيلان في انفجار", 2, None),
        ("قتل 15 شخصا وأصيب خمسة آخرون بجروح", 15, 5),
        ("أسفر الهجوم عن سقوط 16 قتيلا على الأقل و40 جريحا", 16, 40),
        ("أودى الهجوم بحياة سبعة من الجنود", 7, None),
        ("إن ثلاثة أشخاص قتلوا وجرح أربعة", 3, 4),
        ("ارتفع عدد القتلى إلى 22", 22, None),
        ("مقتل 4 جنود و11 مسلحا في اشتباكات", 15, None),
        ("سقط قتيل و11 جريحا", 1, 11),
        ("راح ضحيتها 18 سائحا", 18, None),
        ("قتلت قوات الأمن 12 من المتظاهرين", 12, None),
        ("لقي سبعة أشخاص مصرعهم وأصيب آخرون", 7, None),
        ("إصابة ثلاثة وعشرين متظاهرا بجروح", None, 23),
        ("استشهاد فلسطيني وإصابة اثنين", 1, 2),
    ],
)
def test_counts(text, killed, injured):
    assert FINDER.find_in(words(text), 0) == Casualties(killed, injured)


@pytest.mark.parametrize(
    "text",
    ["سقط عشرات القتلى", "مقتل مئات المدنيين", "مقتل وإصابة 20 شخصا", "سقوط العشرات بين قتيل وجريح", "قتل عام 2006", "بعد مقتله بـ 3 أيام", "زار 12 مسؤولا المدينة"],
)
def test_no_number_is_none(text):
    assert FINDER.find_in(words(text), 0) == Casualties()


def test_the_nearest_attack_counts():
    text = words("قتل 3 جنود في تفجير شمال المدينة، وقتل 9 مدنيين في غارة جنوبها")
    assert FINDER.find_in(text, 0).killed == 3
    assert FINDER.find_in(text, len(text) - 2).killed == 9


@given(st.integers(min_value=3, max_value=900), st.integers(min_value=3, max_value=900))
def test_digits_come_back(killed, injured):
    assert FINDER.find_in(words(f"مقتل {killed} شخصا وإصابة {injured} آخرين"), 0) == Casualties(killed, injured)


@given(st.lists(st.sampled_from(words("مقتل قتل 12 شخصا و جنديان وأصيب ثلاثة قتلى إلى القتلى ، مصرعهم في عشرات وإصابة 7")), max_size=14), st.integers(0, 13))
def test_any_order_of_words_is_survived(text, near):
    found = FINDER.find_in(text, near)
    assert found.killed is None or found.killed >= 0
