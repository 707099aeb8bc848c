"""Places: spans and what they mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.analysis.places import document_country, places_stage
from waqai.document import Document, Sentence, Span
from waqai.knowledge.gazetteer import Gazetteer
from waqai.knowledge.lexicon import Lexicon
from waqai.knowledge.loader import Resources
from waqai.knowledge.syntax import load_syntax
from waqai.text.tokens import tokenize
from waqai.text.words import WordAnalyzer

RESOURCES = Resources()
WORDS = WordAnalyzer(Lexicon.load(RESOURCES), load_syntax(RESOURCES))
STAGE = places_stage(Gazetteer.load(RESOURCES))


def analysed(*texts: str) -> Document:
    text, sentences = "", []
    for index, part in enumerate(texts):
        start, text = len(text), text + part + "\n"
        sentences.append(Sentence(index, Span(start, start + len(part)), "body", tokenize(text, start, start + len(part), WORDS)))
    return STAGE.run(Document("t", text, sentences=tuple(sentences)))


def found(*texts: str) -> list[tuple[str, str | None]]:
    document = analysed(*texts)
    return [(document.text_of(p.span), p.place and p.place.name_en) for p in document.places or ()]


@pytest.mark.parametrize(
    ("text", "span", "name"),
    [
        ("قتل خمسة أشخاص في بلدة عربين بريف دمشق", "بلدة عربين بريف دمشق", "‘Irbīn"),
        ("وصل الوزير إلى العاصمة الفرنسية باريس", "العاصمة الفرنسية باريس", "Paris"),
        ("شهدت العاصمة الفرنسية تظاهرة", "العاصمة الفرنسية", "Paris"),
        ("اندلعت اشتباكات في حي الكرادة وسط بغداد", "حي الكرادة وسط بغداد", "Karrada"),
        ("انفجرت سيارة قرب السفارة الإيرانية في بيروت", "قرب السفارة الإيرانية في بيروت", "Beirut"),
        ("هاجم مسلحون معسكرا في محافظة شبوة جنوبي اليمن", "محافظة شبوة جنوبي اليمن", "Shabwah"),
        ("تجمع المحتجون في ساحة «الحرية» بالعاصمة التونسية", "ساحة «الحرية» بالعاصمة التونسية", "Tunis"),
        ("تجمّع مئات الشبّان بمدينةِ نابُلُس", "مدينةِ نابُلُس", "Nablus"),
        ("تظاهر المئات أمام مقر البرلمان", "أمام مقر البرلمان", None),
    ],
)
def test_phrases(text, span, name):
    assert (span, name) in [(s, n if name is None or n is None else n[: len(name)]) for s, n in found(text)]


def test_clitics_are_left_out():
    assert [text for text, _ in found("زار القاهرة وعمان وبغداد ثم انتقل للكويت")] == ["القاهرة", "عمان", "بغداد", "للكويت"]


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("قال الجيش اللبناني إن اشتباكات اندلعت في طرابلس", "LBN"),
        ("قالت حكومة الوفاق الليبية إن قذائف سقطت على طرابلس", "LBY"),
        ("وقعت اشتباكات في الزاوية غرب العاصمة الليبية", "LBY"),
        ("سيطر مقاتلون على مدينة الرقة السورية", "SYR"),
    ],
)
def test_the_document_decides_between_namesakes(text, country):
    assert analysed(text).places[0].place.country == country


def test_evidence_may_stand_in_another_sentence():
    document = analysed("اندلعت اشتباكات في طرابلس.", "وطالب الرئيس اللبناني الجيش بالتدخل، وقال إن لبنان لن يسكت.")
    assert document.places[0].place.country == "LBN"
    assert document_country(document) == "LBN"


@pytest.mark.parametrize("text", ["كان واحد من خمسة وقد سمعت كلمة وجامعة وخبر", "أعلنت المحكمة أن السجن عقوبة قاسية", "قالت سارة إن نور لن تحضر", "",
    "شارك عدد كبيرا من أنصار باراك في مظاهرة سلمية", "اغتيل عماد مغنية", "التقى الملك عبد العزيز الوفد", "دارت المعارك حول الهجرة"])
def test_common_words_are_no_places(text):
    assert found(text) == []


def test_a_ministry_is_no_word_of_place_before_a_name_that_is_a_common_word():
    assert [name for _, name in found("قال متحدث في وزارة الداخلية المصرية إن الشرطة انتشرت")] == [None]


def test_the_country_is_open_when_two_are_as_likely():
    assert document_country(analysed("وصل من باريس إلى برلين")) == ""


PIECES = st.lists(
    st.sampled_from(
        ["في", "شمال", "بِمدينة", "مدينة", "طـرابلس", "لبنان", "وبيروت", "للعاصمة", "«", "»", "(", ")", "،", "الليبية", "قرب", "من", "مقر", "البرلمان", "قال", "و", "بريف", "دمشق"]
    ),
    max_size=16,
)


@given(st.lists(PIECES, max_size=3))
def test_spans_are_words_of_their_sentence_and_never_overlap(sentences):
    document = analysed(*(" ".join(words) for words in sentences))
    last = 0
    for reference in document.places or ():
        assert last <= reference.span.start < reference.span.end
        assert document.sentences[reference.sentence].span.contains(reference.span)
        assert document.text_of(reference.span).strip() == document.text_of(reference.span)
        last = reference.span.end
