"""The parts of an article's layout."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.text.blocks import find_blocks


def blocks(text):
    return [(block.role, block.span.text(text)) for block in find_blocks(text)]


def test_an_article_with_everything():
    text = (
        "الجيش يستعيد البلدة\nمقتل عشرين مسلحا في المعارك\nكتب سالم محمود\nبغداد (رويترز) - استعاد الجيش البلدة أمس. وقتل عشرون مسلحا.\n"
        "معارك في الجوار\n\nوقال المتحدث إن المعارك مستمرة.\nصورة من الأرشيف"
    )
    assert blocks(text) == [
        ("headline", "الجيش يستعيد البلدة"), ("deck", "مقتل عشرين مسلحا في المعارك"), ("byline", "كتب سالم محمود"), ("dateline", "بغداد (رويترز)"),
        ("body", "استعاد الجيش البلدة أمس. وقتل عشرون مسلحا."), ("highlight", "معارك في الجوار"), ("body", "وقال المتحدث إن المعارك مستمرة."),
        ("caption", "صورة من الأرشيف"),
    ]


@pytest.mark.parametrize(
    ("head", "dateline"),
    [
        ("واشنطن - ", "واشنطن"), ("واشنطن – ", "واشنطن"), ("بغداد (رويترز) - ", "بغداد (رويترز)"), ("القاهرة/الخرطوم — ", "القاهرة/الخرطوم"),
        ("نيويورك (الأمم المتحدة) - ", "نيويورك (الأمم المتحدة)"),
    ],
)
def test_datelines(head, dateline):
    assert blocks(f"{head}أعلن الرئيس حالة الطوارئ.") == [("dateline", dateline), ("body", "أعلن الرئيس حالة الطوارئ.")]


@pytest.mark.parametrize("text", ["أعلن الرئيس حالة الطوارئ.", "أعلن الرئيس حالة الطوارئ", "فاز الحزب بنتيجة 50-40 في الانتخابات."])
def test_a_single_paragraph_is_a_body(text):
    assert blocks(text) == [("body", text)]


@pytest.mark.parametrize("line", ["رويترز", "أ ف ب", "بقلم: سالم محمود", "إعداد سالم محمود", "وكالات", "سالم محمود - رويترز"])
def test_bylines(line):
    assert blocks(f"الحكومة تستقيل\n{line}\nاستقالت الحكومة اليوم. وغادر الرئيس.")[1] == ("byline", line)


def test_a_headline_may_follow_a_byline():
    assert [role for role, _ in blocks("كتب سالم محمود\nالحكومة تستقيل\nاستقالت الحكومة. وغادر الرئيس.")] == ["byline", "headline", "body"]


def test_without_headline():
    text = "استقالت الحكومة اليوم. وغادر الرئيس القصر.\nخلاف على الميزانية\nوقال الرئيس إنه قبل الاستقالة."
    assert [role for role, _ in blocks(text)] == ["body", "highlight", "body"]


@pytest.mark.parametrize("text", ["", "\n", " \r\n \n"])
def test_nothing_in_nothing(text):
    assert blocks(text) == []


@given(st.text(alphabet="وقال الرئيس.-:()\n\r«»", max_size=120))
def test_blocks_are_in_order_and_lose_no_word(text):
    found = find_blocks(text)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
    assert all(block.span.text(text).strip() for block in found)
    letters = [char for char in text if char.isalpha()]
    assert [char for block in found for char in block.span.text(text) if char.isalpha()] == letters
