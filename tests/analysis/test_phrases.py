"""Tags, noun phrases and clauses."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from parsing import Parsed

WORDS = [
    "قال", "الوزير", "إن", "الجيش", "قصف", "مواقع", "المسلحين", "في", "حلب", ",", "التي", "من قبل", "وزارة", "الخارجية", "لم", "قد", ":", "«", "»", "ثلاثة", "أمس",
    "والحكومة", "لروسيا", "بالاتفاق", "12", "هذا", ".",
]


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("اعتقلت الشرطة التونسية ثلاثة محتجين في صفاقس.", [("", "الشرطة التونسية"), ("", "ثلاثة محتجين"), ("في", "صفاقس")]),
        ("انتقد وزير الخارجية الإيراني العقوبات الأميركية.", [("", "وزير الخارجية الإيراني"), ("", "العقوبات الأميركية")]),
        ("وقعت مصر والسودان وإثيوبيا اتفاقا بشأن السد.", [("", "مصر"), ("", "السودان"), ("", "إثيوبيا"), ("", "اتفاقا"), ("بشأن", "السد")]),
        ("طالبت المعارضة الحكومة بالاستقالة.", [("", "المعارضة"), ("", "الحكومة"), ("ب", "الاستقالة")]),
        ("قتل خمسة جنود على يد مسلحين.", [("", "خمسة جنود"), ("على يد", "مسلحين")]),
        ("فرضت واشنطن عقوبات على موسكو.", [("", "واشنطن"), ("", "عقوبات"), ("على", "موسكو")]),
        ("سلم السفير رسالة إلى الرئيس.", [("", "السفير"), ("", "رسالة"), ("إلى", "الرئيس")]),
        ("التقى وزير التربية والتعليم رئيس النقابة.", [("", "وزير التربية والتعليم"), ("", "رئيس النقابة")]),
        ("التقى وزير الدفاع والرئيس المصري أمير الكويت.", [("", "وزير الدفاع"), ("", "الرئيس المصري"), ("", "أمير الكويت")]),
        ("شكر الرئيس الأميركي جو بايدن قطر.", [("", "الرئيس الأميركي جو بايدن"), ("", "قطر")]),
        ("ناشد أنطونيو غوتيريش المانحين.", [("", "أنطونيو غوتيريش"), ("", "المانحين")]),
        ("اقتحم مسلحون قنصلية أميركية.", [("", "مسلحون"), ("", "قنصلية أميركية")]),
        ("واتهمت موسكو الجيش.", [("", "موسكو"), ("", "الجيش")]),
        ("تتهم السلطات الفرماوي.", [("", "السلطات"), ("", "الفرماوي")]),
        ("تصريحات وزير الدفاع أثارت جدلا.", [("", "تصريحات وزير الدفاع"), ("", "جدلا")]),
    ],
)
def test_phrases(coder, text, phrases):
    assert Parsed(coder, text).phrases() == phrases


@pytest.mark.parametrize(
    ("text", "word", "tag"),
    [
        ("قصف الجيش مواقع المسلحين.", "قصف", "verb"), ("قال إن الجيش قصف القرية.", "قصف", "verb"), ("أدان الوزير القصف.", "القصف", "noun"),
        ("اعتقال الصحافي أثار غضب زملائه.", "اعتقال", "noun"), ("اعتقال الصحافي أثار غضب زملائه.", "أثار", "verb"),
        ("اتهمت بغداد الحكومة بقصف القرية.", "بقصف", "noun"), ("لم يقصف الجيش القرية.", "لم", "negation"), ("قال إن الحرب انتهت.", "إن", "complementiser"),
        ("الهجوم الذي شنه المسلحون.", "الذي", "relative"), ("وصل الوفد إلى حلب.", "إلى", "preposition"), ("غادر الوفد اليوم.", ".", "punctuation"),
    ],
)
def test_tags(coder, text, word, tag):
    assert Parsed(coder, text).tag(word) == tag


def test_coordination_is_marked(coder):
    phrases = Parsed(coder, "وقعت مصر والسودان اتفاقا.").parse.phrases
    assert [phrase.coordinated for phrase in phrases] == [False, True, False]


def test_definiteness(coder):
    phrases = Parsed(coder, "سلم السفير رسالة إلى الرئيس.").parse.phrases
    assert [phrase.definite for phrase in phrases] == [True, False, True]


def test_a_verb_behind_a_complementiser_is_in_a_new_clause(coder):
    parsed = Parsed(coder, "أعلنت الحكومة أن الوزير سيغادر البلاد.")
    clauses = parsed.parse.clause_of
    assert clauses[parsed.token("أعلنت")] == clauses[parsed.token("الحكومة")] < clauses[parsed.token("سيغادر")]
    assert list(clauses) == sorted(clauses)


@settings(deadline=None)
@given(words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=25))
def test_the_lists_of_a_parse_fit_together(coder, words):
    parsed = Parsed(coder, " ".join(words).strip(" .") + " كلمة")
    parse, tokens = parsed.parse, parsed.sentence.tokens
    assert len(parse.tags) == len(parse.readings) == len(parse.phrase_of) == len(parse.clause_of) == len(tokens)
    for number, phrase in enumerate(parse.phrases):
        assert phrase.first <= phrase.head <= phrase.last
        assert set(parse.phrase_of[phrase.first : phrase.last + 1]) == {number}
        assert tokens[phrase.first].span.start <= phrase.span.start < phrase.span.end == tokens[phrase.last].span.end
    assert list(parse.clause_of) == sorted(parse.clause_of)
