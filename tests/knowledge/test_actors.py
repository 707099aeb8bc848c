"""The actor base: names in all spellings, adjectives, head nouns, who held which office when; overlay and speed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from timing import quickest

from waqai.knowledge.actors import ActorBase
from waqai.knowledge.loader import PACKAGED, Resources


@pytest.fixture(scope="module")
def base() -> ActorBase:
    return ActorBase.load(Resources())


@pytest.mark.parametrize(("name", "english"), [
    ("غوتيريش", "António Guterres"), ("غوتيريس", "António Guterres"), ("جوتيريش", "António Guterres"),
    ("دونالد ترامب", "Donald Trump"), ("دونالد ترمب", "Donald Trump"), ("نتنياهو", "Benjamin Netanyahu"), ("نتانياهو", "Benjamin Netanyahu"),
    ("عبد الفتاح السيسي", "Abdel Fattah el-Sisi"), ("عبدالفتاح السيسي", "Abdel Fattah el-Sisi"),
    ("الأمم المتحدة", "United Nations"), ("الامم المتحده", "United Nations"), ("الحوثيون", "Houthis (Ansar Allah)"), ("أنصار الله", "Houthis (Ansar Allah)"),
    ("الولايات المتحدة", "United States"), ("أمريكا", "United States"), ("واشنطن", "United States"), ("الكرملين", "Kremlin"), ("حماس", "Hamas"),
    ("قسد", "Syrian Democratic Forces"), ("داعش", "Islamic State"), ("بوكو حرام", "Boko Haram"), ("المستشار النمساوي فلان", ""),
])
def test_names_are_found_in_every_spelling(base, name, english):
    found = base.find(name)
    assert (found[0].name_en if found else "") == english


@pytest.mark.parametrize(("adjective", "country"), [
    ("أميركي", "USA"), ("الأمريكية", "USA"), ("سوريين", "SYR"), ("السورية", "SYR"), ("مصريون", "EGY"), ("البريطانيين", "GBR"), ("جنوب", ""), ("طويل", ""),
])
def test_adjectives_give_their_state(base, adjective, country):
    assert base.nationality(adjective) == country


@pytest.mark.parametrize(("noun", "sector", "number"), [
    ("متظاهر", "CVL", "s"), ("متظاهرون", "CVL", "p"), ("المتظاهرين", "CVL", "p"), ("جنود", "MIL", "p"), ("شرطية", "COP", "s"), ("صحافيات", "JRN", "p"),
    ("قضاة", "JUD", "p"), ("وزيرة", "GOV", "s"), ("لاجئين", "REF", "p"), ("ثوار", "REB", "p"), ("مسلحا", "UAF", "s"), ("نقابات", "LAB", "p"), ("سيارتين", "CVL", "d"),
    ("طبيبات", "MED", "p"), ("فلاحون", "AGR", "p"), ("تجار", "BUS", "p"), ("قراصنة", "CRM", "p"), ("أساقفة", "REL", "p"), ("مخابرات", "SPY", "s"),
])
def test_head_nouns_in_their_forms(base, noun, sector, number):
    head = base.head(noun)
    assert head is not None
    assert (head.sector, head.number) == (sector, number)


def test_a_movement_is_not_two_students(base):
    assert base.head("طالبان") is None


@pytest.mark.parametrize(("title", "body", "date", "english"), [
    ("الرئيس", "USA", dt.date(2012, 5, 1), "Barack Obama"), ("الرئيس", "USA", dt.date(2022, 5, 1), "Joe Biden"),
    ("رئيس الوزراء", "ISR", dt.date(2007, 3, 1), "Ehud Olmert"), ("وزير الخارجية", "RUS", dt.date(2015, 3, 1), "Sergey Lavrov"),
    ("المستشارة", "DEU", dt.date(2015, 3, 1), "Angela Merkel"), ("العاهل", "JOR", dt.date(2015, 3, 1), "Abdullah II"),
    ("المرشد الأعلى", "IRN", dt.date(2015, 3, 1), "Ali Khamenei"), ("الأمين العام", "UN", dt.date(2010, 3, 1), "Ban Ki-moon"),
])
def test_office_holders_at_a_date(base, title, body, date, english):
    holder = base.office_holder(title, body, date)
    assert holder is not None
    assert holder.name_en == english


def test_without_a_date_nobody_holds_an_office(base):
    assert base.office_holder("الرئيس", "USA", None) is None


def test_a_king_is_sought_in_kingdoms_only(base):
    assert base.office_holder("العاهل", "FRA", dt.date(2015, 3, 1)) is None


def test_heads_of_people_are_human(base):
    assert {"متظاهرين", "وزير", "جنود", "صحافي"} <= base.human
    assert not {"وزاره", "قرار", "سفاره"} & base.human


def test_the_user_adds_and_removes(tmp_path):
    (tmp_path / "actors").mkdir()
    (tmp_path / "actors/additions.tsv").write_text(
        "id\tkind\tcountry\tsector\tname_en\tnames_ar\nriverside\tparty\tJOR\tPTY\tRiverside Party\tحزب الضفاف\n", encoding="utf-8",
    )
    (tmp_path / "actors/parties.tsv").write_text(
        "id\tkind\tcountry\tsector\tfrom\tto\tname_en\tnames_ar\n-AKP\t\t\t\t\t\t\t\n", encoding="utf-8",
    )
    base = ActorBase.load(Resources(tmp_path))
    assert base.find("حزب الضفاف")[0].country == "JOR"
    assert not any(entity.id == "AKP" for entity in base.find("حزب العدالة والتنمية"))


def test_loading_the_compiled_form_is_fast(tmp_path):
    ActorBase.load(Resources(cache=tmp_path))
    assert quickest(lambda: ActorBase.load(Resources(cache=tmp_path))) < 0.3


def test_every_body_of_a_tenure_is_known(base):
    unknown = {t.body for held in base.tenures.values() for t in held if t.body and t.body not in base.entities and len(t.body) > 3}
    assert not unknown


def test_tables_are_where_the_base_reads_them():
    assert {p.name for p in Path(PACKAGED / "actors").glob("*.tsv")} >= {"states.tsv", "organisations.tsv", "armed_groups.tsv", "parties.tsv", "media.tsv", "persons.tsv"}
