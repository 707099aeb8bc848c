"""Readings of word forms: clitics, finite verbs, names, and letters that may or may not be clitics."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.knowledge.actors import ActorBase
from waqai.knowledge.lexicon import Lexicon
from waqai.knowledge.loader import Resources
from waqai.knowledge.syntax import load_syntax
from waqai.text.folding import fold_word
from waqai.text.words import WordAnalyzer


@pytest.fixture(scope="module")
def words():
    resources = Resources()
    actors = ActorBase.load(resources)
    return WordAnalyzer(Lexicon.load(resources), load_syntax(resources), actors.name_words, actors.whole_names)


def readings(words, form, pos=None):
    return [reading for reading in words.analyze(form)[1] if pos is None or reading.pos == pos]


@pytest.mark.parametrize(
    ("form", "proclitics", "stem"),
    [
        ("الجيش", ("ال",), "جيش"), ("والجيش", ("و", "ال"), "جيش"), ("للجيش", ("ل", "ال"), "جيش"), ("بالحكومة", ("ب", "ال"), "حكومه"),
        ("وبالحكومة", ("و", "ب", "ال"), "حكومه"), ("فللرئيس", ("ف", "ل", "ال"), "رئيس"), ("كرئيس", ("ك",), "رئيس"), ("لحكومة", ("ل",), "حكومه"),
        ("ووزارة", ("و",), "وزاره"), ("بجنود", ("ب",), "جنود"), ("للجنة", ("ل", "ال"), "لجنه"),
    ],
)
def test_proclitics_of_nouns(words, form, proclitics, stem):
    first = readings(words, form)[0]
    assert (first.proclitics, first.stem) == (proclitics, stem)
    assert first.definite == ("ال" in proclitics)


@pytest.mark.parametrize(("form", "stem"), [("بإلقاء", "القاء"), ("بإلغاء", "الغاء"), ("لإلحاق", "الحاق")])
def test_an_alef_with_hamza_is_no_article(words, form, stem):
    first = readings(words, form)[0]
    assert (first.proclitics, first.stem) == ((form[0],), stem)


@pytest.mark.parametrize(
    ("form", "stem", "pronoun"), [("لقائه", "لقاء", "ه"), ("لقاؤهما", "لقاء", "هما"), ("اعتداؤهم", "اعتداء", "هم"), ("رؤسائها", "رؤساء", "ها")],
)
def test_a_final_hamza_is_found_again_before_a_pronoun(words, form, stem, pronoun):
    first = readings(words, form)[0]
    assert (first.stem, first.enclitic) == (stem, pronoun)


@pytest.mark.parametrize(
    "form", ["وزير", "وكالة", "وزارة", "بيان", "بلاد", "لجنة", "لواء", "كتائب", "كتيبة", "فريق", "بنك", "والدة", "ولاية", "بعثة", "لقاء", "كارثة"]
)
def test_first_letters_that_are_no_clitics(words, form):
    first = readings(words, form)[0]
    assert first.proclitics == ()
    assert first.stem == fold_word(form)


@pytest.mark.parametrize("form", ["لبنان", "ليبيا", "لندن", "بغداد", "فلسطين", "كندا", "بوتين", "كييف", "وارسو", "واشنطن", "بيروت", "فرنسا", "لافروف", "بايدن"])
def test_names_keep_their_first_letter(words, form):
    assert ("name", fold_word(form), ()) in [(r.pos, r.stem, r.proclitics) for r in readings(words, form)[:1]]


@pytest.mark.parametrize(
    ("form", "clitic", "name"),
    [("لإسرائيل", "ل", "اسرائيل"), ("بروسيا", "ب", "روسيا"), ("كفرنسا", "ك", "فرنسا"), ("وواشنطن", "و", "واشنطن"), ("ولبنان", "و", "لبنان")],
)
def test_clitics_before_names(words, form, clitic, name):
    first = readings(words, form)[0]
    assert (first.pos, first.proclitics, first.stem) == ("name", (clitic,), name)


@pytest.mark.parametrize(
    ("form", "lemma", "aspect", "features"),
    [
        ("قتل", "قتل", "perfect", "3sm"), ("قتلت", "قتل", "perfect", "3sf"), ("قتلوا", "قتل", "perfect", "3pm"), ("قتلتا", "قتل", "perfect", "3df"),
        ("أعلنوا", "أعلن", "perfect", "3pm"), ("اتهمت", "اتّهم", "perfect", "3sf"), ("يطالبون", "طالب", "imperfect", "3pm"),
        ("تطالب", "طالب", "imperfect", "3sf"), ("نطالب", "طالب", "imperfect", "1p"), ("أطالب", "طالب", "imperfect", "1s"),
        ("طالبنا", "طالب", "perfect", "1p"), ("يقاتلان", "قاتل", "imperfect", "3dm"), ("وصل", "وصل", "perfect", "3sm"), ("رفضت", "رفض", "perfect", "3sf"),
        ("يدينون", "أدان", "imperfect", "3pm"), ("دعا", "دعا", "perfect", "3sm"), ("دعت", "دعا", "perfect", "3sf"), ("نفى", "نفى", "perfect", "3sm"),
    ],
)
def test_person_number_gender(words, form, lemma, aspect, features):
    found = [(r.lemma, r.aspect, r.person + r.number + r.gender) for r in readings(words, form, "verb")]
    assert (lemma, aspect, features) in found


@pytest.mark.parametrize(
    ("form", "proclitics", "lemma"),
    [
        ("سيزور", ("س",), "زار"), ("وستزور", ("و", "س"), "زار"), ("ليزور", ("ل",), "زار"), ("فاعتقلت", ("ف",), "اعتقل"), ("وأضاف", ("و",), "أضاف"),
        ("سينسحبون", ("س",), "انسحب"), ("لتعلن", ("ل",), "أعلن"), ("وسيعتقلون", ("و", "س"), "اعتقل"),
    ],
)
def test_proclitics_of_verbs(words, form, proclitics, lemma):
    assert (proclitics, lemma) in [(r.proclitics, r.lemma) for r in readings(words, form, "verb")]


@pytest.mark.parametrize(("form", "enclitic", "features"), [
    ("اعتقلهم", "هم", "3sm"), ("استقبلته", "ه", "3sf"), ("اتهمتها", "ها", "3sf"), ("رماه", "ه", "3sm"), ("دعاه", "ه", "3sm"), ("سيعتقلهم", "هم", "3sm"),
])
def test_pronouns_of_verbs(words, form, enclitic, features):
    assert (enclitic, features) in [(r.enclitic, r.person + r.number + r.gender) for r in readings(words, form, "verb")]


@pytest.mark.parametrize(("form", "stem", "enclitic"), [
    ("زيارته", "زياره", "ه"), ("حكومتهم", "حكومه", "هم"), ("بلاده", "بلاد", "ه"), ("وزيرها", "وزير", "ها"), ("قواتنا", "قوات", "نا"), ("بزيارتهما", "زياره", "هما"),
])
def test_pronouns_of_nouns(words, form, stem, enclitic):
    first = readings(words, form)[0]
    assert (first.stem, first.enclitic, first.definite) == (stem, enclitic, True)


@pytest.mark.parametrize(("form", "stem", "enclitic"), [("إليه", "الي", "ه"), ("عليها", "علي", "ها"), ("منهم", "من", "هم"), ("بينهما", "بين", "هما"), ("وعنه", "عن", "ه")])
def test_pronouns_of_prepositions(words, form, stem, enclitic):
    first = readings(words, form)[0]
    assert (first.pos, first.stem, first.enclitic) == ("preposition", stem, enclitic)


def test_voice_is_open_where_the_letters_do_not_show_it(words):
    assert {r.voice for r in readings(words, "قتل", "verb")} == {"either"}
    assert {r.voice for r in readings(words, "أضاف", "verb")} == {"active"}


def test_vowel_signs_and_tatweel_change_nothing_but_the_spelling(words):
    assert words.analyze("قُتِلَ") == words.analyze("قتل") == words.analyze("قتـــل")


def test_a_masdar_is_offered_beside_the_verb(words):
    assert {r.pos for r in readings(words, "قصف")} >= {"verb", "masdar"}


def test_number_and_gender_of_nouns(words):
    plural = readings(words, "مسؤولون")[0]
    assert (plural.lemma, plural.number, plural.gender) == ("مسؤول", "p", "m")
    assert readings(words, "حكومة")[0].gender == "f"
    assert (readings(words, "مصادر")[0].lemma, readings(words, "مصادر")[0].number) == ("مصدر", "p")


def test_latin_words_are_names(words):
    assert words.foreign("nato")[0].pos == "name"


@given(form=st.text(alphabet="ابتجحدرسشصطعغفقكلمنهويأإآىةءئؤ", min_size=1, max_size=14))
def test_the_parts_of_a_reading_make_up_the_word(words, form):
    folded, found = words.analyze(form)
    assert folded == fold_word(form)
    for reading in found:
        front = "".join(reading.proclitics).replace("لال", "لل")
        assert folded.startswith((front, front.removesuffix("ل")))
        assert folded.endswith(reading.enclitic)
