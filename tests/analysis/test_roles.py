"""Which participants stand together, by likelihoods made by hand."""

from __future__ import annotations

import msgspec
import pytest

from waqai.analysis.grammar import Grammar
from waqai.analysis.participants import Discourse
from waqai.analysis.roles import in_company
from waqai.document import Evidence

LIST = "طالبت فرنسا وألمانيا وبريطانيا بهدنة."
CLAUSES = "رفض الوزير الخطة بعدما أيدها الرئيس."
VICTIMS = "قتل ثلاثة جنود في الهجوم وأصيب سبعة مدنيين."


@pytest.fixture
def scene(coder):
    def make(text: str, scores: dict[str, float]):
        document = coder(text)
        grammar = Grammar(document.sentences[0], document.parses[0])
        discourse = Discourse(coder.tools.linker, text, None, "")
        phrases = {phrase.span.text(text): number for number, phrase in enumerate(grammar.parse.phrases)}
        found = []
        for words, score in scores.items():
            participant = discourse.phrase(grammar, phrases[words], "test")
            found.append(msgspec.structs.replace(participant, evidence=(Evidence("participant", "model", "actor", score, ()),)))
        return lambda **options: [p.mention.span.text(text) for p in in_company(grammar, 0, tuple(found), **options)]

    return make


def test_a_list_stays_whole(scene):
    assert scene(LIST, {"فرنسا": 0.97, "ألمانيا": 0.7, "بريطانيا": 0.7})() == ["فرنسا", "ألمانيا", "بريطانيا"]


def test_one_of_another_clause_is_left_out_beside_a_sure_one(scene):
    assert scene(CLAUSES, {"الوزير": 0.97, "الرئيس": 0.93})() == ["الوزير"]


def test_of_two_unlikely_ones_both_stay(scene):
    assert scene(CLAUSES, {"الوزير": 0.7, "الرئيس": 0.68})() == ["الوزير", "الرئيس"]


def test_victims_are_counted_in_several_clauses(scene):
    company = scene(VICTIMS, {"ثلاثة جنود": 0.98, "سبعة مدنيين": 0.97})
    assert company(scattered=True) == ["ثلاثة جنود", "سبعة مدنيين"]
    assert company() == ["ثلاثة جنود"]
