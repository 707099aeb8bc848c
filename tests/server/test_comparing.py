"""Two texts as one: what is gone, what is new, and where the words went."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from waqai.server.comparing import compare

WORDS = some.lists(some.sampled_from(["قال", "الوزير", "في", "بغداد", "12", "،", ".", "\n", "\n\n", "أَعلنت", "UN"]), max_size=40).map(" ".join)


def runs(before, now):
    """The paragraphs of two texts, as "=words", "-gone" and "+new"."""
    told, _ = compare(("", before), ("", now))
    marks = {"same": "=", "gone": "-", "new": "+"}
    return [[marks[piece.change] + piece.text for piece in paragraph] for paragraph in told.paragraphs]


@pytest.mark.parametrize(("before", "now", "shown"), [
    ("قال الوزير", "قال  الوزير\n", [["=قال الوزير"]]),
    ("قال الوزير أمس.", "أعلن الوزير.", [["-قال", "= ", "+أعلن", "= الوزير ", "-أمس", "=."]]),
    ("أصيب 1,200 شخص", "أصيب 1,300 شخص", [["=أصيب ", "-1,200", "= ", "+1,300", "= شخص"]]),
    ("وقال", "قال", [["-وقال", "= ", "+قال"]]),
    ("فقرة أولى\nفقرة ثانية", "فقرة ثانية", [["-فقرة أولى"], ["=فقرة ثانية"]]),
    ("فقرة ثانية", "فقرة أولى\nفقرة ثانية", [["+فقرة أولى"], ["=فقرة ثانية"]]),
    ("غادر الوفد بغداد صباح اليوم", "وصل الرئيس بغداد مساء أمس", [["-غادر الوفد بغداد صباح اليوم", "= ", "+وصل الرئيس بغداد مساء أمس"]]),
    ("قُتِل رجل", "قُتِل رجلان", [["=قُتِل ", "-رجل", "= ", "+رجلان"]]),
    ("رفض الوزير الطلب.\nوغادر الوفد.", "رفض الوزير طلب الوفد اليوم.", [["=رفض الوزير ", "-الطلب", "= ", "+طلب الوفد اليوم", "=."], ["-وغادر الوفد."]]),
    ("رفض الوزير الطلب. وغادر الوفد بغداد.", "رفض الوزير الطلب.\nوغادر الوفد عمان.", [["=رفض الوزير الطلب."], ["=وغادر الوفد ", "-بغداد", "= ", "+عمان", "=."]]),
    ("", "نص", [["+نص"]]),
    ("", "", []),
])
def test_what_is_told(before, now, shown):
    assert runs(before, now) == shown


@given(WORDS, WORDS)
def test_both_texts_can_be_read_out_of_the_comparison(before, now):
    told, places = compare(("", before), ("", now))
    for text, without in ((before, "new"), (now, "gone")):
        shown = "".join(piece.text for paragraph in told.paragraphs for piece in paragraph if piece.change != without)
        assert "".join(shown.split()) == "".join(text.split())
    for at in range(len(before)):
        there = places["text"].now(at)
        assert there is None or now[there] == before[at]


def test_long_texts_of_nothing_in_common_are_told_as_replaced():
    before, now = (" ".join(f"{letter}{number}" for number in range(2500)) for letter in "اب")
    told, _ = compare(("", before), ("", now))
    assert [piece.change for piece in told.paragraphs[0]] == ["gone", "same", "new"] and (told.words_gone, told.words_new) == (2500, 2500)
