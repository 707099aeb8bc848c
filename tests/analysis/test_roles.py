"""Which participants stand together, by likelihoods made by hand."""

from __future__ import annotations

import msgspec
import pytest

from waqai.analysis.grammar import Grammar
from waqai.analysis.participants import Discourse
from waqai.analysis.roles import in_company, participants_in
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


@pytest.fixture
def likely(coder):
    """Participants of a role where the network would be sure of the given words and of nothing else."""

    def make(text: str, words: list[str], role: str = "actor") -> list[str]:
        document = coder(text)
        grammar = Grammar(document.sentences[0], document.parses[0])
        discourse = Discourse(coder.tools.linker, text, None, "")
        scores = [0.9 if token.span.text(text) in " ".join(words).split() else 0.0 for token in grammar.tokens]
        return [p.mention.span.text(text) for p in participants_in(grammar, discourse, (), {role: scores}, role)]

    return make


def test_a_name_and_the_office_behind_it_are_one(likely):
    text = "التقى سامح شكري، وزير الخارجية المصري، نظيره في القاهرة."
    assert likely(text, ["سامح شكري", "وزير الخارجية المصري"]) == ["سامح شكري"]


def test_two_offices_of_a_list_are_two(likely):
    text = "التقى وزير الخارجية المصري ووزير الدفاع الفرنسي في القاهرة."
    assert len(likely(text, ["وزير الخارجية المصري", "ووزير الدفاع الفرنسي"])) == 2


def test_states_between_commas_are_a_list(likely):
    assert likely("شاركت في القمة فرنسا، ألمانيا، إيطاليا.", ["فرنسا", "ألمانيا", "إيطاليا"]) == ["فرنسا", "ألمانيا", "إيطاليا"]


def test_an_adjective_cut_out_of_its_phrase_is_nobody(likely):
    assert likely("برز انتقاد مبطن للحكومة المصرية.", ["مبطن"]) == []


def test_the_outlet_to_which_somebody_spoke_suffers_nothing(likely):
    text = "قال المسؤول لرويترز إن الجيش السوري قصف المدينة."
    assert likely(text, ["لرويترز", "المدينة"], "recipient") == ["المدينة"]
    assert likely("هاجم الوزير رويترز أمس.", ["رويترز"], "recipient") == ["رويترز"]


def test_a_list_goes_on_behind_a_relative_clause(scene):
    text = "اشتبكت قوات الحكومة التي تسيطر على الميناء ومقاتلو الحركة."
    assert scene(text, {"قوات الحكومة": 0.98, "مقاتلو الحركة": 0.9})() == ["قوات الحكومة", "مقاتلو الحركة"]
