"""Numbers in words and digits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.knowledge.loader import Resources
from waqai.knowledge.numbers import load_numbers
from waqai.text.folding import fold
from waqai.text.numerals import NumberReader

READER = NumberReader(load_numbers(Resources()))
UNITS = ["", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة"]
TENS = ["", "عشرة", "عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون"]
HUNDREDS = ["", "مئة", "مئتان", "ثلاثمئة", "أربعمئة", "خمسمئة", "ستمئة", "سبعمئة", "ثمانمئة", "تسعمئة"]


def read(text: str) -> tuple[int, int] | None:
    return READER.read(fold(text).text.split())


@pytest.mark.parametrize(
    ("text", "value", "used"),
    [
        ("ثلاثة وعشرون شخصا", 23, 2), ("مئة وخمسون", 150, 2), ("ألفان", 2000, 1), ("3 آلاف جندي", 3000, 2), ("١٬٢٠٠ جندي", 1200, 1),
        ("1.500 عامل", 1500, 1), ("ثلاثة عشر", 13, 2), ("إحدى عشرة", 11, 2), ("أحد عشر", 11, 2), ("اثنا عشر ألفا", 12000, 3),
        ("خمسمائة وستة وعشرين", 526, 3), ("ثلاث مئة", 300, 2), ("ألف ومئتان وخمسة", 1205, 3), ("ثلاثة آلاف وخمسمئة", 3500, 3),
        ("2.5 مليون", 2_500_000, 2), ("مئة ألف", 100_000, 2), ("مليون ومئتي ألف", 1_200_000, 3), ("وعشرين", 20, 1), ("بثلاثة جنود", 3, 1),
        ("الثلاثة", 3, 1), ("۱۲ قتيلا", 12, 1), ("خمسة وأصيب", 5, 1),
    ],
)
def test_reads(text, value, used):
    assert read(text) == (value, used)


@pytest.mark.parametrize("text", ["آلاف المتظاهرين", "أحد الجنود", "12:30", "5/6", "2.57", "عشرات", "", "الجيش"])
def test_no_number(text):
    assert read(text) is None


def spelled(number: int) -> str:
    parts = []
    hundreds, rest = divmod(number, 100)
    if hundreds:
        parts.append(HUNDREDS[hundreds])
    tens, units = divmod(rest, 10)
    if rest and rest != 10 and tens == 1:
        parts.append({1: "أحد عشر", 2: "اثنا عشر"}.get(units) or f"{UNITS[units]} عشر")
    else:
        parts += [word for word in (UNITS[units], TENS[tens]) if word]
    return " و".join(parts)


@given(st.integers(min_value=1, max_value=999))
def test_all_numbers_up_to_a_thousand(number):
    text = spelled(number)
    assert read(text) == (number, len(text.split()))


@given(st.lists(st.sampled_from([*UNITS[1:], *TENS[1:], *HUNDREDS[1:], "ألف", "آلاف", "مليون", "و", "12", "3.4", "جندي", "وعشرون"]), max_size=8))
def test_never_reads_past_the_end(words):
    folded = fold(" ".join(words)).text.split()
    for start in range(len(folded) + 1):
        found = READER.read(folded, start)
        if found is not None:
            assert found[0] >= 0
            assert 0 < found[1] <= len(folded) - start
