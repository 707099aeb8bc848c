"""Where sentences end."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timing import quickest

from waqai.document import Span
from waqai.text.sentences import split_sentences


def split(text):
    return [span.text(text) for span in split_sentences(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    "sentences",
    [
        ["انتهت الحرب.", "وغادر الجنود."],
        ["هل استقال الوزير؟", "نعم!", "ثم غادر القاعة."],
        ["نقلت وكالة أ.ف.ب. عن الوزير قوله إن الحرب انتهت.", "وغادر بعدها."],
        ["قال د. محمود سالم إن الوضع صعب.", "وغادر."],
        ["قال «لن نقبل.»", "وغادر القاعة."],
        ["بلغ التضخم 3.5 في المئة.", "وارتفعت الأسعار."],
        ["استقال الوزير…", "وغادر القصر"],
        ["بدأ بحثه.", "ثم غادر."],
        ["جملة واحدة بلا نقطة في آخرها"],
        ["زار الوفد موسكو (روسيا.)", "ثم عاد."],
    ],
)
def test_sentences(sentences):
    assert split(" ".join(sentences)) == sentences


def test_a_missing_space_does_not_join_sentences():
    assert split("غادر الوزير.ووصل الوفد.") == ["غادر الوزير.", "ووصل الوفد."]


def test_a_decimal_point_ends_nothing():
    assert split("ارتفع السعر 3.5.") == ["ارتفع السعر 3.5."]


def test_only_the_block():
    text = "عنوان\nانتهت الحرب. وغادر الجنود.\nذيل"
    spans = list(split_sentences(text, Span(6, 32)))
    assert [span.text(text) for span in spans] == ["انتهت الحرب.", "وغادر الجنود."]


@pytest.mark.parametrize("text", ["", " ", "\n\n"])
def test_nothing_in_nothing(text):
    assert split(text) == []


def test_a_monstrous_sentence_is_cut_between_words():
    pieces = split("قال الوزير إن الحرب انتهت " * 200)
    assert len(pieces) > 3
    assert all(len(piece) <= 1000 and piece == piece.strip() for piece in pieces)
    assert " ".join(pieces).split() == ("قال الوزير إن الحرب انتهت " * 200).split()


def test_a_monstrous_sentence_is_cut_at_semicolons_first():
    part = "قال الوزير إن الحرب انتهت وعاد الجنود إلى ديارهم" + " وفرح الناس" * 40
    assert split(f"{part}؛ {part}؛ {part}")[0] == f"{part}؛"


@pytest.mark.parametrize(
    "text",
    ["قال الوزير إن الحرب انتهت وغادر القاعة " * 70_000, "كلمة" * 650_000, " " * 2_500_000 + "و", "!" * 2_000_000, ".«" * 500_000, ".»" * 500_000],
    ids=["words", "one word", "spaces", "marks", "opening", "closing"],
)
def test_five_megabytes_in_one_line_take_less_than_two_seconds(text):
    assert quickest(lambda: sum(1 for _ in split_sentences(text, Span(0, len(text)))), times=2) < 2


@given(st.text(alphabet="وقالهأد .!؟…؛،«»\")(\n3", max_size=80))
def test_nothing_but_space_is_lost(text):
    spans = list(split_sentences(text, Span(0, len(text))))
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert "".join("".join(span.text(text) for span in spans).split()) == "".join(text.split())
    assert all(span.text(text) == span.text(text).strip() != "" for span in spans)
