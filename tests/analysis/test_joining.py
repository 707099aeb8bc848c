"""Frames and network together, on the network that ships and on answers made by hand."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import waqai
from waqai.analysis.joining import triggers_in
from waqai.encoder.labels import TYPES

PARTS = ["قال", "وزير الخارجية الروسي", "إن", "الجيش", "قصف", "المدينة", "،", "ورفضت", "إيران", "الاتهامات", ".", "أمس", "«", "»", "متظاهرون", "٣", "\u200f", "في"]


def probabilities(rows):
    found = np.zeros((len(rows), len(TYPES)))
    for word, scores in enumerate(rows):
        for name, score in scores.items():
            found[word, TYPES.index(name)] = score
    return found


def test_neighbouring_words_of_one_type_are_one_trigger():
    [found] = triggers_in(probabilities([{}, {"CONSULT": 0.9}, {"CONSULT": 0.88}, {}]), frozenset())
    assert (found.first, found.last, TYPES[found.type], found.score) == (1, 2, "CONSULT", 0.9)


def test_the_likeliest_type_takes_a_word():
    [found] = triggers_in(probabilities([{"ASSAULT": 0.85, "COERCE": 0.9}]), frozenset())
    assert TYPES[found.type] == "COERCE"


def test_what_is_unlikely_is_no_trigger_unless_a_frame_says_so():
    scores = probabilities([{"ASSAULT": 0.7}])
    assert triggers_in(scores, frozenset()) == []
    assert len(triggers_in(scores, frozenset({(0, TYPES.index("ASSAULT"))}))) == 1


@pytest.mark.parametrize(
    ("text", "event_type", "actor", "recipient"),
    [
        ("اتهمت وزارة الخارجية الروسية أوكرانيا بالكذب.", "ACCUSE", "وزارة الخارجية الروسية", "أوكرانيا"),
        ("اعتقلت الشرطة التونسية عشرين محتجا في صفاقس.", "COERCE", "الشرطة التونسية", "عشرين محتجا"),
        ("تظاهر آلاف الطلاب في الجزائر العاصمة.", "PROTEST", "آلاف الطلاب", None),
    ],
)
def test_plain_sentences(full_coder, text, event_type, actor, recipient):
    document = full_coder(text, date="2021-03-01")
    [event] = document.events
    assert event.type == event_type
    assert [document.text_of(p.mention.span) for p in event.actors] == [actor]
    assert [document.text_of(p.mention.span) for p in event.recipients] == ([recipient] if recipient else [])


def test_whoever_is_named_in_the_sentence_before_acts_in_the_next(full_coder):
    document = full_coder("التقى الرئيس المصري نظيره الفرنسي في القاهرة. وطالب بوقف فوري لإطلاق النار.", date="2024-02-01")
    demand = next(event for event in document.events if event.type == "REQUEST")
    assert [p.entity.country for p in demand.actors] == ["EGY"]


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("رفضت موسكو تأييد مشروع قرار لمجلس الأمن يطالب الحوثيين بوقف القتال في اليمن.", "UNO"),
        ("امتنعت الصين عن التصويت على مشروع قرار فرنسي يطالب إسرائيل بوقف الاستيطان.", "FRA"),
    ],
)
def test_a_text_asks_for_whoever_it_is_of(full_coder, text, country):
    demand = next(event for event in full_coder(text, date="2021-03-01").events if event.type == "REQUEST")
    assert [p.entity.country for p in demand.actors] == [country]


@pytest.mark.parametrize(
    "text",
    [
        "واتهمت واشنطن جماعة متشددة باقتحام القنصلية الأميركية في بنغازي وقتل السفير.",
        "واتهمت واشنطن جماعة متشددة بالوقوف وراء اقتحام قنصلية أميركية في بنغازي.",
    ],
)
def test_the_storming_of_an_embassy_is_no_police_raid(full_coder, text):
    document = full_coder(text, date="2013-02-01")
    assert "ASSAULT" in {event.type for event in document.events}
    assert "COERCE" not in {event.type for event in document.events}


def test_evidence_says_who_spoke(full_coder):
    event = full_coder("اتهمت وزارة الخارجية الروسية أوكرانيا بانتهاك الهدنة.", date="2021-03-01").events[0]
    assert event.type == "ACCUSE"
    assert {"frame", "model"} <= {evidence.kind for evidence in event.evidence}


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=st.lists(st.sampled_from(PARTS), max_size=30))
def test_spans_stand_in_the_text(full_coder, parts):
    text = " ".join(parts)
    document = full_coder(text, date="2021-10-26")
    for event in document.events:
        for span in [event.trigger.span, *(p.mention.span for p in (*event.actors, *event.recipients))]:
            assert 0 <= span.start < span.end <= len(text)
    assert msgspec.json.encode(full_coder(text, date="2021-10-26")) == msgspec.json.encode(document)


def test_the_frames_of_the_user_always_win(tmp_path):
    (tmp_path / "frames").mkdir()
    (tmp_path / "frames" / "protest.toml").write_text(
        '[[frame]]\nid = "protest.own"\nverbs = ["اتّهم"]\nverb = { actor = "subject", recipient = "object" }\n', encoding="utf-8",
    )
    document = waqai.load(tmp_path)("اتهمت وزارة الخارجية الروسية أوكرانيا بانتهاك الهدنة.", date="2021-03-01")
    own = [event for event in document.events if document.text_of(event.trigger.span) == "اتهمت"]
    assert [(event.type, event.frame) for event in own] == [("PROTEST", "protest.own")]


def test_support_that_is_refused_is_no_event(full_coder):
    document = full_coder("رفضت روسيا تأييد مشروع القرار في مجلس الأمن.", date="2021-03-01")
    assert [event.type for event in document.events] == ["REJECT"]


def test_a_ban_that_is_lifted_is_no_ban(full_coder):
    document = full_coder("رفعت السلطات العراقية حظر التجول في مدينة الناصرية.", date="2021-03-01")
    assert [event.type for event in document.events] == ["CONCEDE"]


def test_the_one_who_is_quoted_acts_in_the_first_person(full_coder):
    document = full_coder("قال الرئيس اللبناني ميشال سليمان «نرفض العقوبات على لبنان».", date="2012-03-01")
    assert [(event.type, [p.entity.country for p in event.actors]) for event in document.events] == [("REJECT", ["LBN"])]


def test_talks_are_between_those_named_so(full_coder):
    document = full_coder("أشاد الوزير بالمحادثات التي رعتها مصر بين فتح وحماس في القاهرة.", date="2021-03-01")
    talks = next(event for event in document.events if event.type == "CONSULT")
    assert [document.text_of(p.mention.span) for p in talks.actors] == ["فتح", "حماس"]
    assert talks.place and document.text_of(talks.place.span) == "القاهرة"


def test_what_a_verb_announces_is_future_and_a_threat_is_made_now(full_coder):
    [event] = full_coder("قال المتحدث إن رئيس الوزراء سيعتذر لعائلات الضحايا.", date="2021-03-01").events
    assert (event.type, event.modality) == ("CONCEDE", "future")


def test_a_partner_whom_only_the_rules_see_takes_part_in_a_call(full_coder):
    document = full_coder("أعلنت الرئاسة أن الرئيس التونسي تحدث هاتفيا أمس مع المستشارة الألمانية أنغيلا ميركل.", date="2021-05-25")
    [event] = [event for event in document.events if event.type == "CONSULT"]
    assert {p.entity.country for p in (*event.actors, *event.recipients)} == {"TUN", "DEU"}


def test_what_two_do_together_is_done_by_both_who_met(full_coder):
    document = full_coder("التقى وزير الخارجية القطري في طهران نظيره الإيراني وبحثا التهدئة.", date="2021-05-25")
    talks = next(event for event in document.events if document.text_of(event.trigger.span) == "بحثا")
    assert len(talks.actors) == 2 and not talks.recipients


def test_an_attribute_of_a_thing_is_no_participant(full_coder):
    document = full_coder("أشادت طهران بتوقيع الاتفاق النووي في فيينا.", date="2015-07-20")
    assert all(document.text_of(p.mention.span) != "النووي" for event in document.events for p in (*event.actors, *event.recipients))
