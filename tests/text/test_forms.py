"""Forms of a word that is looked for: whatever clitics, number, person or spelling a text gives it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.coder import default_cache
from waqai.knowledge.loader import Resources
from waqai.text.folding import fold_word
from waqai.text.forms import WordForms


@pytest.fixture(scope="module")
def forms():
    return WordForms.load(Resources(cache=default_cache()))


@pytest.mark.parametrize(
    ("asked", "written"),
    [("حكومة", "والحكومة"), ("للحكومه", "حكومتهم"), ("حكومات", "وللحكومة"), ("لجنة", "للجان"), ("اللجان", "لجنتها"), ("قاضي", "القضاة"), ("القضاة", "قاضياً"),
     ("قتلت", "سيقتلونهم"), ("يقتل", "وقُتِل"), ("أعلن", "فأعلنوا"), ("رمى", "رماه"), ("دعا", "ويدعون"), ("قالوا", "يقول"), ("وزير", "وزرائها"),
     ("مستشفى", "مستشفياتهم"), ("المتظاهرين", "متظاهر"), ("مصرية", "المصريين"), ("مسئول", "ومسؤولون"), ("فيضان", "الفيضانات"), ("مرات", "مرة"), ("مشتبه", "مشتبها"),
     ("ترمب", "لترامب"), ("جوتيريش", "غوتيريس"), ("الســعودية", "السّعوديَّة"), ("٢٠١٩", "2019"), ("UNICEF", "unicef"), ("عليه", "وعلى")],
)
def test_a_word_and_what_a_text_makes_of_it(forms, asked, written):
    assert fold_word(written).lower() in forms(asked)


@pytest.mark.parametrize(
    ("asked", "other"),
    [("لبنان", "لبن"), ("سيارة", "سيار"), ("ترامب", "بوتين"), ("وزير", "زير"), ("في", "فيلم"), ("unicef", "الunicef")],
)
def test_words_that_only_look_alike(forms, asked, other):
    assert fold_word(other) not in forms(asked)


@given(st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهويءأإآؤئىةًُِّـ", min_size=1, max_size=14))
def test_the_word_itself_is_among_its_forms(forms, word):
    found = forms(word)
    assert fold_word(word) in found
    assert all(fold_word(form) == form for form in found)
    assert len(found) < 40_000
