"""Tokens: what is one, and where it lies in the original."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.knowledge.lexicon import Lexicon
from waqai.text.folding import fold_word
from waqai.text.tokens import tokenize
from waqai.text.words import WordAnalyzer

WORDS = WordAnalyzer(Lexicon({}, {}, {}, frozenset()), {})


def surfaces(text):
    return [token.span.text(text) for token in tokenize(text, 0, len(text), WORDS)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قال الوزير: «لا».", ["قال", "الوزير", ":", "«", "لا", "»", "."]),
        ("استقال الوزير،وغادر", ["استقال", "الوزير", "،", "وغادر"]),
        ("الساعة 12:30 يوم 5/6/2021", ["الساعة", "12:30", "يوم", "5/6/2021"]),
        ("١٬٢٠٠ جندي", ["١٬٢٠٠", "جندي"]),
        ("٣٫٥ في المئة", ["٣٫٥", "في", "المئة"]),
        ("قَتَلَ الجيــش", ["قَتَلَ", "الجيــش"]),
        ("طائرة MQ-9 أميركية", ["طائرة", "MQ", "-", "9", "أميركية"]),
        ("شركة Human Rights", ["شركة", "Human", "Rights"]),
        ("في 2021.", ["في", "2021", "."]),
        ("الجيش\u200fيتقدم", ["الجيش\u200fيتقدم"]),
        ("", []), (" \n\t", []), ("\u200e\u200f", []),
    ],
)
def test_tokens(text, expected):
    assert surfaces(text) == expected


def test_only_the_stretch_that_was_asked_for():
    text = "قال الوزير إن الحرب انتهت"
    assert [t.span.text(text) for t in tokenize(text, 4, 10, WORDS)] == ["الوزير"]


def test_folded_forms_and_readings():
    text = "أُدينت «Reuters»"
    tokens = tokenize(text, 0, len(text), WORDS)
    assert [t.folded for t in tokens] == ["ادينت", '"', "Reuters", '"']
    assert [bool(t.readings) for t in tokens] == [True, False, True, False]


@given(st.text(alphabet="قالتأإةىءَّـ،.«»\" \n12٣/abc\u200f\u064bﻻﷺ\x00", max_size=60))
def test_spans_are_in_order_and_cover_every_visible_character(text):
    tokens = tokenize(text, 0, len(text), WORDS)
    ends = [0, *(token.span.end for token in tokens)]
    for before, token in zip(ends, tokens, strict=False):
        assert before <= token.span.start < token.span.end <= len(text)
        assert token.folded == fold_word(token.span.text(text))
    covered = {i for token in tokens for i in range(token.span.start, token.span.end)}
    assert all(fold_word(char).strip() == "" for i, char in enumerate(text) if i not in covered)
