"""Subjects, objects, genitives and prepositional slots."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from parsing import Parsed

from waqai.analysis.grammar import Dropped, pronoun


@pytest.mark.parametrize(
    ("text", "verb", "subject", "object"),
    [
        ("اعتقلت الشرطة التونسية ثلاثة محتجين في صفاقس.", "اعتقلت", ["الشرطة التونسية"], ["ثلاثة محتجين"]),
        ("طالبت المعارضة الحكومة بالاستقالة.", "طالبت", ["المعارضة"], ["الحكومة"]),
        ("طالب نواب المعارضة رئيس البرلمان بالاستقالة.", "طالب", ["نواب المعارضة"], ["رئيس البرلمان"]),
        ("بحث الوزير مع نظيره التركي ملف المياه.", "بحث", ["الوزير"], ["ملف المياه"]),
        ("الشرطة التونسية اعتقلت ثلاثة محتجين.", "اعتقلت", ["الشرطة التونسية"], ["ثلاثة محتجين"]),
        ("المتظاهرون أغلقوا الطرق وأحرقوا الإطارات.", "أغلقوا", ["المتظاهرون"], ["الطرق"]),
        ("المتظاهرون أغلقوا الطرق وأحرقوا الإطارات.", "وأحرقوا", ["المتظاهرون"], ["الإطارات"]),
        ("أعلنت الحكومة أن الوزير سيغادر البلاد.", "سيغادر", ["الوزير"], ["البلاد"]),
        ("قال شهود إن الجيش قصف القرية.", "قصف", ["الجيش"], ["القرية"]),
        ("المتظاهرون الذين أغلقوا الطرق عادوا إلى منازلهم.", "أغلقوا", ["المتظاهرون"], ["الطرق"]),
        ("تصريحات وزير الدفاع أثارت جدلا.", "أثارت", ["تصريحات وزير الدفاع"], ["جدلا"]),
        ("وأوضح أن الجيش قصف القرية.", "وأوضح", ["[3sm]"], []),
        ("وأضافت أن الجيش قصف القرية.", "وأضافت", ["[3sf]"], []),
        ("سنواصل القتال.", "سنواصل", ["[1p]"], ["القتال"]),
        ("اعتقلتهم قوات الأمن في مداهمة.", "اعتقلتهم", ["قوات الأمن"], ["[3pm]"]),
        ("وقعت مصر والسودان وإثيوبيا اتفاقا بشأن السد.", "وقعت", ["مصر", "السودان", "إثيوبيا"], ["اتفاقا"]),
        ("قال ناشطون ومسعفون إن الجيش قصف القرية.", "قال", ["ناشطون", "مسعفون"], []),
        ("ودعت الليبيين إلى حوار شامل.", "ودعت", ["[3sf]"], ["الليبيين"]),
        ("ناشدت المواطنين التزام الهدوء.", "ناشدت", ["[3sf]"], ["المواطنين"]),
        ("دعت البحرين الأطراف إلى الحوار.", "دعت", ["البحرين"], ["الأطراف"]),
        ("الهجوم الذي شنه المسلحون على القرية.", "شنه", ["المسلحون"], ["[3sm]"]),
    ],
)
def test_subject_and_object(coder, text, verb, subject, object):
    parsed = Parsed(coder, text)
    assert parsed.subject(verb) == subject
    assert parsed.object(verb) == object


@pytest.mark.parametrize(
    ("text", "noun", "genitive"),
    [
        ("أدت زيارته إلى بيروت إلى احتجاجات.", "زيارته", ["[3sm]"]), ("انتهت العقوبات.", "العقوبات", []),
        ("انتهى الاجتماع بعد مغادرة.", "مغادرة", []),
    ],
)
def test_genitive(coder, text, noun, genitive):
    parsed = Parsed(coder, text)
    assert parsed.words(parsed.grammar.genitive(parsed.token(noun))) == genitive


def test_genitive_is_the_rest_of_the_phrase(coder):
    parsed = Parsed(coder, "أثار اعتقال الصحافي غضب زملائه.")
    assert parsed.words(parsed.grammar.genitive(parsed.token("اعتقال")))[0].startswith("اعتقال الصحافي")


@pytest.mark.parametrize(
    ("text", "after", "preposition", "found"),
    [
        ("سلم السفير رسالة إلى الرئيس.", "سلم", "إلى", ["الرئيس"]), ("فرضت واشنطن عقوبات على موسكو.", "عقوبات", "على", ["موسكو"]),
        ("طالبت المعارضة الحكومة بالاستقالة.", "طالبت", "ب", ["الاستقالة"]), ("قتل خمسة جنود على يد مسلحين.", "قتل", "على يد", ["مسلحين"]),
        ("سلم السفير رسالة إلى الرئيس والوزير.", "سلم", "إلى", ["الرئيس", "الوزير"]), ("سلم السفير رسالة إليه.", "سلم", "إلى", ["[3sm]"]),
        ("سلم السفير رسالة إلى الرئيس.", "سلم", "من", []), ("قال إن السفير سلم رسالة إلى الرئيس.", "قال", "إلى", []),
        ("دعت فرنسا، التي ترأس المجلس، إلى وقف القتال.", "دعت", "إلى", ["وقف القتال"]),
    ],
)
def test_prepositional(coder, text, after, preposition, found):
    parsed = Parsed(coder, text)
    assert parsed.words(parsed.grammar.prepositional(parsed.token(after), preposition)) == found


def test_governing_and_relative_verbs(coder):
    parsed = Parsed(coder, "الهجوم الذي شنه المسلحون على القرية.")
    assert parsed.grammar.relative_verb(parsed.token("الهجوم")) == parsed.token("شنه")
    parsed = Parsed(coder, "طالبت المعارضة الحكومة بالاستقالة.")
    assert parsed.grammar.governing_verb(parsed.token("بالاستقالة")) == parsed.token("طالبت")
    assert parsed.grammar.governing_verb(parsed.token("طالبت")) is None


def test_the_two_sides_stand_behind_between_also_past_a_relative_clause(coder):
    parsed = Parsed(coder, "انتهت المحادثات التي رعتها مصر بين فتح وحماس.")
    assert parsed.words(parsed.grammar.between(parsed.token("المحادثات"))) == ["فتح", "حماس"]
    parsed = Parsed(coder, "انتهت المحادثات وقال الوزير إن بين الطرفين خلافا.")
    assert parsed.grammar.between(parsed.token("المحادثات")) == ()


def test_roles_of_phrases(coder):
    parsed = Parsed(coder, "طالبت المعارضة الحكومة بالاستقالة.")
    verb = parsed.token("طالبت")
    assert parsed.grammar.verb_roles() == {0: (verb, "subject"), 1: (verb, "object")}


@pytest.mark.parametrize(
    ("enclitic", "features"), [("هم", ("3", "p", "m")), ("ها", ("3", "s", "f")), ("ه", ("3", "s", "m")), ("نا", ("1", "p", "")), ("هما", ("3", "d", ""))]
)
def test_pronouns(enclitic, features):
    assert pronoun(4, enclitic) == Dropped(4, *features)


@settings(deadline=None)
@given(words=st.lists(st.sampled_from(["قال", "الوزير", "إن", "قصف", "الذي", "،", "في", "حلب", "واتهم", "لروسيا", "هم", "أعلنوا", "والجيش", ":"]), min_size=1, max_size=20))
def test_slots_are_phrases_of_the_sentence(coder, words):
    parsed = Parsed(coder, " ".join(words) + " كلمة")
    grammar = parsed.grammar
    for index in range(len(parsed.sentence.tokens)):
        for fillers in (
            grammar.genitive(index), grammar.prepositional(index, "في"), *((grammar.subject(index), grammar.object(index)) if index in grammar.verbs else ())
        ):
            for filler in fillers:
                assert isinstance(filler, Dropped) or 0 <= filler < len(parsed.parse.phrases)
