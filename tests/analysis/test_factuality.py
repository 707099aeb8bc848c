"""Polarity and modality of predicates."""

from __future__ import annotations

import pytest
from parsing import Parsed

from waqai.analysis.factuality import Factuality
from waqai.knowledge.cues import Cues
from waqai.knowledge.loader import Resources

FACTUALITY = Factuality(Cues(Resources()))


@pytest.mark.parametrize(
    ("text", "predicate", "polarity", "modality"),
    [
        ("قصف الجيش مواقع المسلحين.", "قصف", "affirmed", "actual"),
        ("يقصف الجيش مواقع المسلحين.", "يقصف", "affirmed", "actual"),
        ("لم يقصف الجيش مواقع المسلحين.", "يقصف", "negated", "actual"),
        ("ولم يقصف الجيش مواقع المسلحين.", "يقصف", "negated", "actual"),
        ("لن يقصف الجيش مواقع المسلحين.", "يقصف", "negated", "future"),
        ("لا يقصف الجيش مواقع المسلحين.", "يقصف", "negated", "actual"),
        ("سيقصف الجيش مواقع المسلحين.", "سيقصف", "affirmed", "future"),
        ("وسيقصف الجيش مواقع المسلحين.", "وسيقصف", "affirmed", "future"),
        ("سوف يقصف الجيش مواقع المسلحين.", "يقصف", "affirmed", "future"),
        ("قد يقصف الجيش مواقع المسلحين.", "يقصف", "affirmed", "hypothetical"),
        ("قد قصف الجيش مواقع المسلحين.", "قصف", "affirmed", "actual"),
        ("لقد قصف الجيش مواقع المسلحين.", "قصف", "affirmed", "actual"),
        ("يعتزم الوزير الإعلان عن هجوم.", "الإعلان", "affirmed", "future"),
        ("تعتزم الحكومة اعتقال المشتبه بهم.", "اعتقال", "affirmed", "future"),
        ("أكد الوزير عدم اعتقال أي صحافي.", "اعتقال", "negated", "actual"),
        ("نفت الشرطة اعتقال المعارض.", "اعتقال", "negated", "actual"),
        ("نفت وزارة الدفاع أن الجيش قصف القرية.", "قصف", "negated", "actual"),
        ("اعتقال المعارض أثار جدلا.", "اعتقال", "affirmed", "actual"),
    ],
)
def test_judges(coder, text, predicate, polarity, modality):
    parsed = Parsed(coder, text)
    index = parsed.token(predicate)
    assert FACTUALITY.judge(parsed.grammar, index, verbal=parsed.parse.tags[index] == "verb") == (polarity, modality)


def test_negation_bears_on_its_own_clause(coder):
    parsed = Parsed(coder, "لم يغادر الوزير البلاد؛ قصف الجيش القرية.")
    assert FACTUALITY.judge(parsed.grammar, parsed.token("قصف"), verbal=True) == ("affirmed", "actual")


@pytest.mark.parametrize(
    ("text", "polarity", "modality"),
    [
        ("قصف الجيش مواقع المسلحين.", "affirmed", "actual"), ("لم يقصف الجيش مواقع المسلحين.", "negated", "actual"),
        ("لن يقصف الجيش مواقع المسلحين.", "negated", "future"), ("سيقصف الجيش مواقع المسلحين.", "affirmed", "future"),
        ("قد يقصف الجيش مواقع المسلحين.", "affirmed", "hypothetical"),
    ],
)
def test_events_carry_it(coder, text, polarity, modality):
    assert [(event.type, event.polarity, event.modality) for event in coder(text).events] == [("ASSAULT", polarity, modality)]
