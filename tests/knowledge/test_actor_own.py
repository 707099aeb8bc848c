"""A user's own actors from a spreadsheet."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from waqai.errors import ResourceError
from waqai.knowledge.actor_own import own_actors
from waqai.knowledge.actors import ActorBase
from waqai.knowledge.loader import Resources

HEAD = "names,english,kind,country,sector,office,body,title,from,to\n"
ROWS = (
    "هيئة الضفاف|الضفاف,Riverside Body,organisation,JOR,SOC,,,,,\n"
    "سليم الحقلي,Salim al-Haqli,person,JOR,SOC,head_of_organisation,own:Riverside_Body,Head of the Riverside Body,2019-02,2022\n"
    'سامية القنطري,"Samia, al-Qantari",person,JOR,GOV,defence,,Minister of Defence,2024-01-05,\n'
)


def folder(path: Path, text: str, encoding: str = "utf-8") -> Resources:
    (path / "actors").mkdir()
    (path / "actors/own.csv").write_bytes(text.encode(encoding))
    return Resources(path)


def test_rows_are_actors_and_offices(tmp_path):
    base = ActorBase.load(folder(tmp_path, HEAD + ROWS, "utf-8-sig"))
    body = base.find("الضفاف")[0]
    assert (body.id, body.kind, body.country, body.sector) == ("own:Riverside_Body", "organisation", "JOR", "SOC")
    minister = base.office_holder("وزيرة الدفاع", "JOR", dt.date(2025, 1, 1))
    assert minister is not None and minister.name_en == "Samia, al-Qantari"
    held = base.tenure_at(base.find("سليم الحقلي")[0].id, dt.date(2022, 12, 31))
    assert held is not None and held.title == "Head of the Riverside Body" and held.body == "own:Riverside_Body"
    assert base.tenure_at(base.find("سليم الحقلي")[0].id, dt.date(2023, 1, 1)) is None


def test_the_users_actor_comes_before_ours(tmp_path):
    base = ActorBase.load(folder(tmp_path, "names,english,kind\nالكرملين,Kremlin Club,organisation\n"))
    assert base.find("الكرملين")[0].name_en == "Kremlin Club"


def test_a_change_of_the_file_is_seen(tmp_path):
    resources = Resources(tmp_path, cache=tmp_path / "cache")
    assert ActorBase.load(resources).find("هيئة الضفاف") == ()
    folder(tmp_path, HEAD + ROWS)
    assert ActorBase.load(resources).find("هيئة الضفاف") != ()


def test_without_a_file_there_are_none():
    assert own_actors(Resources()) == ()


@pytest.mark.parametrize(("text", "code", "where", "what"), [
    ("name,country\nفلان,JOR\n", "WQ-206", "line 1", "name, country"),
    ("names,country\n,JOR\n", "WQ-207", "line 2, column names", "no name"),
    ("names,country\nفلان,JO\n", "WQ-207", "line 2, column country", "'JO' is no country"),
    ("names,sector\nفلان,GOV\nعلان,ABC\n", "WQ-207", "line 3, column sector", "'ABC' is no sector"),
    ("names,kind\nفلان,club\n", "WQ-207", "line 2, column kind", "'club' is no kind"),
    ("names,from\nفلان,5/1/2019\n", "WQ-207", "line 2, column from", "is no date"),
    ("names,from,to\nفلان,2019,2018-05\n", "WQ-207", "line 2", "before it begins"),
])
def test_mistakes_are_named(tmp_path, text, code, where, what):
    with pytest.raises(ResourceError) as found:
        own_actors(folder(tmp_path, text))
    assert found.value.code == code and where in str(found.value) and what in str(found.value)


def test_other_encodings_are_refused(tmp_path):
    with pytest.raises(ResourceError, match="CSV UTF-8"):
        own_actors(folder(tmp_path, "names\nفلان\n", "cp1256"))
