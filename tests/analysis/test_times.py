"""The stage of times: sentence by sentence, with spans in the document."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from waqai.analysis.times import times_stage
from waqai.document import Document
from waqai.document.span import Span
from waqai.document.structure import Sentence
from waqai.knowledge.calendars import load_calendars
from waqai.knowledge.loader import Resources

STAGE = times_stage(load_calendars(Resources()))
SENTENCES = [
    "أعلن الوزير الأربعاء استقالته.", "وقع الاتفاق في 3 آذار/مارس 2020.", "وانهار في اليوم التالي.", "ولم يعلق أحد.",
    "ويجري الموفد السبت محادثات في عمّان.", "وكان الجيش قد قصف البلدة أمس (الخميس).", "وتعود القضية إلى عام 1990.",
]


def dated(sentences: list[str], published: dt.date | None = dt.date(2021, 12, 3), gap: str = " ") -> Document:
    spans, start = [], 0
    for sentence in sentences:
        spans.append(Span(start, start + len(sentence)))
        start += len(sentence) + len(gap)
    document = Document(
        "d", gap.join(sentences), published=published, sentences=tuple(Sentence(index, span, "body") for index, span in enumerate(spans))
    )
    return STAGE.run(document)


def words(document: Document) -> list[str]:
    return [document.text_of(one.span) for one in document.times or ()]


def test_spans_count_in_the_document():
    document = dated(SENTENCES)
    assert words(document) == ["الأربعاء", "3 آذار/مارس 2020", "اليوم التالي", "السبت", "أمس (الخميس)", "عام 1990"]
    intervals = [one.interval for one in document.times or ()]
    assert [one and one.first.isoformat() for one in intervals] == ["2021-12-01", "2020-03-03", "2020-03-04", "2021-12-04", "2021-12-02", "1990-01-01"]


def test_a_date_is_remembered_across_sentences_that_hold_none():
    document = dated([SENTENCES[1], SENTENCES[3], SENTENCES[2]])
    assert document.times is not None
    assert document.times[-1].interval is not None
    assert document.times[-1].interval.first == dt.date(2020, 3, 4)


def test_an_unresolved_date_does_not_hide_the_one_before_it():
    document = dated([SENTENCES[1], "وتراجع الطرفان مؤخرا.", SENTENCES[2]])
    assert document.times is not None
    assert [one.interval is None for one in document.times] == [False, True, False]


def test_tense_does_not_cross_sentences():
    document = dated(["سيصل الوفد قريبا.", "الأربعاء كان يوم حداد."])
    assert document.times is not None
    assert document.times[-1].interval is not None
    assert document.times[-1].interval.first == dt.date(2021, 12, 1)


def test_without_a_publication_date_relative_days_say_why():
    document = dated(SENTENCES, None)
    unresolved = {document.text_of(one.span): one.unresolved for one in document.times or () if one.interval is None}
    assert set(unresolved) == {"الأربعاء", "السبت", "أمس (الخميس)"}
    assert all("publication date" in why for why in unresolved.values())


def test_the_layer_is_empty_rather_than_missing():
    assert STAGE.provides == ("times",)
    assert STAGE.requires == ("sentences",)
    assert dated([]).times == ()
    assert dated(["ولم يعلق أحد."]).times == ()


@given(st.lists(st.sampled_from(SENTENCES), max_size=8), st.sampled_from([" ", "\n\n", "\u200f ", ""]))
def test_every_expression_lies_in_one_sentence(sentences, gap):
    document = dated(sentences, gap=gap)
    last = 0
    for one in document.times or ():
        assert last <= one.span.start
        assert any(sentence.span.start <= one.span.start and one.span.end <= sentence.span.end for sentence in document.sentences or ())
        last = one.span.end
