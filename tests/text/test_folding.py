"""Folding and the way back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.document import Span
from waqai.text.folding import fold, fold_text, fold_word

TEXTS = st.text(alphabet="أإآٱاىيةهکیءؤئ \u00a0\t\nَُِّْـ٠٩۳7«»“”،؛؟٪٫ﻻﷲﷺﺑ\u200f\u202b\u2066\ufeffabc.", max_size=60)


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("أحمد", "احمد"), ("إلى", "الي"), ("آلاف", "الاف"), ("حكومة", "حكومه"), ("قُتِلَ", "قتل"), ("قدّم", "قدم"), ("قـــال", "قال"), ("مسؤول", "مسؤول"),
        ("١٢٣", "123"), ("۱۲۳", "123"), ("«لا»", '"لا"'), ("،", ","), ("؟", "?"), ("ﻻ", "لا"), ("ﺑﻴﺮوت", "بيروت"), ("ایران", "ايران"), ("کابل", "كابل"),
        ("\u202bلا\u202c", "لا"), ("", ""), ("NATO", "NATO"), ("شيئًا", "شيئا"),
    ],
)
def test_folds(word, folded):
    assert fold_word(word) == folded
    assert fold(word).text == folded


@pytest.mark.parametrize(("text", "word", "original"), [
    ("قُتِلَ خمسةُ جنودٍ", "قتل", "قُتِلَ"), ("قُتِلَ خمسةُ جنودٍ", "جنود", "جنودٍ"), ("أعلن الرئيس", "الرئيس", "الرئيس"), ("في ﻻهاي أمس", "لاهاي", "ﻻهاي"),
    ("الجيــش يتقدم", "الجيش", "الجيــش"), ("\u202bالجيش\u202c يتقدم", "الجيش", "الجيش"),
])
def test_the_way_back(text, word, original):
    folded = fold(text)
    start = folded.text.index(word)
    assert folded.to_original(start, start + len(word)).text(text) == original


def test_text_without_marks_needs_no_alignment():
    folded = fold("أعلن الرئيس حالة الطوارئ")
    assert folded.origins is None
    assert folded.to_original(5, 11) == Span(5, 11)


@given(TEXTS)
def test_folding_twice_changes_nothing(text):
    once = fold(text).text
    assert fold(once).text == once
    assert fold_word(text) == fold_text(text) == once


@given(TEXTS, st.data())
def test_spans_give_back_text_that_folds_to_the_same(text, data):
    folded = fold(text)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    if start == end:
        return
    span = folded.to_original(start, end)
    assert 0 <= span.start < span.end <= len(text)
    # A ligature is one character of the original: a span that cuts it takes it whole.
    assert folded.text[start:end] in fold(span.text(text)).text


@given(TEXTS)
def test_the_whole_gives_back_the_whole(text):
    folded = fold(text)
    if folded.text:
        assert fold(folded.to_original(0, len(folded.text)).text(text)).text == folded.text
        assert folded.origins is None or list(folded.origins) == sorted(folded.origins)
