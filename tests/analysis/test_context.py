"""Participants who stand in the sentences before, on the network that ships."""

from __future__ import annotations

import pytest

from waqai.analysis.context import RULE


def coded(coder, text, event_type):
    """Names of actors and recipients of the last event of a type."""
    document = coder(text, date="2021-03-01")
    event = [event for event in document.events if event.type == event_type][-1]
    return event, {p.entity.name_ar for p in event.actors}, {p.entity.name_ar for p in event.recipients}


@pytest.mark.parametrize(
    ("text", "event_type", "names"),
    [
        ("التقى وزير الخارجية المصري سامح شكري في القاهرة نظيره الروسي سيرغي لافروف. وجرى خلال اللقاء بحث تطورات الأزمة الليبية.", "CONSULT", {"سامح شكري"}),
        ("عقد مجلس الوزراء الأردني جلسة مع وفد من البنك الدولي في عمان. وتناولت المحادثات برنامج الإصلاح.", "CONSULT", {"مجلس الوزراء الأردني"}),
    ],
)
def test_who_met_is_known_in_the_sentence_after(full_coder, text, event_type, names):
    event, actors, recipients = coded(full_coder, text, event_type)
    assert names <= actors | recipients
    assert event.sentence == 1 and all(p.mention.sentence == 0 for p in event.actors)


def test_the_evidence_is_the_words_of_the_sentence_before(full_coder):
    text = "التقى وزير الخارجية المصري سامح شكري في القاهرة نظيره الروسي سيرغي لافروف. وجرى خلال اللقاء بحث تطورات الأزمة الليبية."
    event, _, _ = coded(full_coder, text, "CONSULT")
    spans = [span for p in event.actors for evidence in p.evidence if evidence.name == RULE for span in evidence.spans]
    assert spans and all(span.end <= text.index(".") for span in spans)


def test_a_sentence_that_names_everybody_is_coded_the_same_behind_another(full_coder):
    alone = full_coder("اعتقلت الشرطة التونسية عشرين محتجا في صفاقس.", date="2021-03-01").events
    behind = full_coder("رفضت الحكومة الفرنسية مطالب النقابات. اعتقلت الشرطة التونسية عشرين محتجا في صفاقس.", date="2021-03-01").events
    assert [p.entity.name_ar for p in behind[-1].recipients] == [p.entity.name_ar for p in alone[0].recipients]
    assert [p.entity.name_ar for p in behind[-1].actors] == [p.entity.name_ar for p in alone[0].actors]
