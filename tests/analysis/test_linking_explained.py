"""Why a phrase means whom: candidates, evidence, confidence, and nobody where nothing decides."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waqai.analysis.linking import Linker
from waqai.analysis.linking_explained import NIL, explain
from waqai.document.explanation import Explanation
from waqai.knowledge.actors import ActorBase
from waqai.knowledge.loader import Resources
from waqai.text.folding import fold_word

BASE = ActorBase.load(Resources())
LINKER = Linker(BASE)


def why(phrase: str, date: str = "2019-04-19", context: str = "") -> Explanation:
    day = dt.date.fromisoformat(date) if date else None
    return explain(BASE, LINKER, fold_word(phrase).split(), day, fold_word(context).split())


def test_a_title_shows_who_held_the_office_before_and_after():
    found = why("الرئيس الأميركي")
    assert found.known and found.entity.name_en == "Donald Trump"
    assert [c.name_en for c in found.candidates if c.chosen] == ["Donald Trump"]
    assert {"Barack Obama", "Joe Biden"} <= {c.name_en for c in found.candidates}
    assert "title: President" in found.why and "date: 2019-04-19" in found.why


def test_a_post_shows_its_own_holders_only():
    names = [c.name_en for c in why("المبعوث الأممي إلى ليبيا").candidates]
    assert names[0] == "Ghassan Salamé" and "Geir Pedersen" not in names


def test_without_a_date_an_office_is_nobody():
    found = why("الرئيس الأميركي", "")
    assert not found.known and found.confidence < NIL and "no date" in found.why


@pytest.mark.parametrize(("context", "country"), [("قالت الشرطة المغربية في الرباط", "MAR"), ("قال متحدث تركي في أنقرة", "TUR")])
def test_the_words_around_tell_namesakes_apart(context, country):
    assert not why("حزب العدالة والتنمية").known
    found = why("حزب العدالة والتنمية", context=context)
    assert found.known and found.entity.country == country
    assert f"country at home: {country}" in " ".join(found.why)


def test_a_surname_alone_is_less_sure_than_a_full_name():
    assert why("بشار الأسد").confidence > why("الأسد").confidence >= NIL


def test_what_nobody_knows_is_nobody():
    found = why("فلان الفلاني")
    assert not found.known and found.candidates == ()


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(fold_word("الرئيس وزير الخارجية الأميركي في ليبيا حركة حماس حزب علي محمد رئيس الجيش ال و 3").split()), max_size=6))
def test_anything_is_explained(words):
    found = explain(BASE, LINKER, words, dt.date(2020, 1, 1))
    assert 0 <= found.confidence <= 1
    assert sum(candidate.chosen for candidate in found.candidates) <= 1
