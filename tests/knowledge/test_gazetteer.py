"""The gazetteer and its files."""

from __future__ import annotations

from pathlib import Path

import pytest
from timing import quickest

from waqai.knowledge.gazetteer import Gazetteer
from waqai.knowledge.loader import Resources, read_table
from waqai.text.folding import fold_word


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load(Resources())


def test_one_name_may_be_several_places(gazetteer):
    assert {place.country for place in gazetteer.candidates("طرابلس")} >= {"LBN", "LBY"}
    assert gazetteer.candidates("البصرة")[0].country == "IRQ"
    assert gazetteer.candidates("ليس مكانا") == ()


def test_spelling_does_not_matter(gazetteer):
    assert gazetteer.candidates("إسطنبول") == gazetteer.candidates("اسطنبول") != ()


def test_capitals_and_countries(gazetteer):
    assert gazetteer.capital("FRA").name_ar == "باريس"
    assert gazetteer.capital("ISR") is None
    assert gazetteer.country("LBN").name_ar == "لبنان"
    for country in gazetteer.capitals:
        assert gazetteer.capital(country).country == country


def test_nationalities(gazetteer):
    for word in ("لبناني", "اللبنانية", "اللبنانيين"):
        assert gazetteer.people[fold_word(word)] == "LBN"


def test_indices_point_to_places(gazetteer):
    assert all(0 <= index < len(gazetteer.places) for indices in gazetteer.names.values() for index in indices)
    assert all(name.count(" ") < gazetteer.longest[name.partition(" ")[0]] for name in gazetteer.names)


def test_levels_of_heads_are_known(gazetteer):
    assert {head.level for head in gazetteer.heads.values()} <= {"", "country", "province", "city", "region", "site"}
    assert {head.kind for head in gazetteer.heads.values()} == {"in", "front", "side", "name", "spot", "whole"}


def test_the_compiled_form_loads_fast_and_is_the_same(tmp_path):
    resources = Resources(cache=tmp_path)
    first = Gazetteer.load(resources)
    assert Gazetteer.load(resources) == first
    assert quickest(lambda: Gazetteer.load(resources)) < 0.5


def test_a_user_folder_adds_a_place(tmp_path):
    folder = tmp_path / "gazetteer"
    folder.mkdir()
    head = "id\tgeonames_id\tcountry\tlevel\tlat\tlon\tpopulation\tname_en\tname_ar\taliases_ar\n"
    (folder / "places.tsv").write_text(head + "own:test\t\tLBN\tcity\t34.0\t36.0\t900\tTestville\tبلدة الاختبار\t\n", encoding="utf-8")
    assert Gazetteer.load(Resources(tmp_path)).candidates("بلدة الاختبار")[0].id == "own:test"


def test_the_places_of_the_wars_are_there(gazetteer):
    """Governorates, front-line towns, camps and quarters, each in the state that it lies in."""
    rows = read_table(Path(__file__).with_name("war_places.tsv"))
    missing = [row["name"] for row in rows if row["country"] not in {place.country for place in gazetteer.candidates(row["name"])}]
    assert len(rows) >= 150
    assert missing == []
