"""Contexts: what a story is about."""

from __future__ import annotations

import pytest

from waqai.analysis.contexts import ContextFinder
from waqai.knowledge.contexts import bare, load_contexts
from waqai.knowledge.loader import Resources
from waqai.text.folding import fold

NAMES = frozenset(
    {
        "military", "intelligence", "executive", "legislative", "election", "political_institutions",
        "pro_democracy", "pro_autocracy", "economic", "legal", "reparations", "human_rights",
        "rights_freedoms", "repression", "human_security", "gender", "lgbt", "religion_ethnicity",
        "inequality", "diplomatic", "territory", "peacekeeping", "health", "asylum",
        "migration", "disasters", "natural_resource", "environment", "technology", "terrorism",
        "cbrn", "cyber", "misinformation", "crime", "corruption", "illegal_drugs",
        "trafficking",
    }
)
FINDER = ContextFinder(load_contexts(Resources()))


def find(text: str, event_type: str = "CONSULT") -> tuple[str, ...]:
    return FINDER.find(fold(text).text.split(), event_type)


@pytest.mark.parametrize(
    ("text", "context"),
    [
        ("ناقش المفاوضون مراحل تخصيب اليورانيوم", "cbrn"),
        ("اتهمته بالفساد واختلاس المال العام", "corruption"),
        ("وصل آلاف اللاجئين إلى الحدود", "migration"),
        ("أجريت الانتخابات البرلمانية", "election"),
        ("استدعت الخارجية السفير", "diplomatic"),
        ("أصدرت المحكمة حكما بحقه", "legal"),
        ("فجر انتحاري حزاما ناسفا", "terrorism"),
        ("نشرت السلطات قوات الجيش", "military"),
    ],
)
def test_finds(text, context):
    assert context in find(text)


def test_only_names_of_the_ontology():
    used = {row["context"] for row in Resources().table("cues/contexts.tsv")}
    assert used == NAMES


def test_repression_needs_an_act_of_force():
    text = "فرقت الشرطة المتظاهرين"
    assert "repression" in find(text, "ASSAULT")
    assert "repression" not in find(text, "CONSULT")


def test_crime_yields_to_special_crimes():
    assert "crime" in find("جرائم العصابات")
    assert find("عصابات تهريب المخدرات") == ("illegal_drugs", "trafficking")


def test_nothing_in_nothing():
    assert find("") == ()
    assert find("قال إنه سعيد بذلك") == ()


@pytest.mark.parametrize(("word", "left"), [("والجيش", "جيش"), ("للجيش", "جيش"), ("بالجيش", "جيش"), ("جيش", "جيش"), ("وجد", "وجد")])
def test_bare(word, left):
    assert bare(word) == left
