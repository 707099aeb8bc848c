"""The tables of actors through time: no impossible dates, no office held by two at once, no name twice, every id known."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from itertools import pairwise

import pytest

from waqai.knowledge.actor_profiles import profile
from waqai.knowledge.actor_relations import Span
from waqai.knowledge.actors import ActorBase
from waqai.knowledge.loader import Resources
from waqai.text.folding import fold_word

RESOURCES = Resources()
OFFICES = ("head_of_state", "head_of_government", "foreign", "defence", "interior", "speaker", "supreme_leader", "crown_prince", "military_chief")
RIVALS = {("head_of_state", "LBY"), ("head_of_government", "LBY")}
"""Two at a time in 2011: the base refuses to choose."""
SHARED = {("يونميس", "UNO")}
"""Of two missions, told apart by their dates."""
TOLERATED_DAYS = 45
"""Two lists may date a change differently by some weeks."""


@pytest.fixture(scope="module")
def base() -> ActorBase:
    return ActorBase.load(RESOURCES)


def first_day(date: str) -> dt.date:
    return dt.date.fromisoformat((date + "-01-01")[:10] if len(date) == 4 else (date + "-01")[:10])


def last_day(date: str) -> dt.date:
    if len(date) == 10:
        return dt.date.fromisoformat(date)
    year, month = int(date[:4]), int(date[5:7] or 12) if len(date) > 4 else 12
    return dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)


def test_nothing_ends_before_it_begins(base):
    spans = [(t.person, t.office, t.first, t.last) for held in base.tenures.values() for t in held]
    spans += [(i, "life", life.first, life.last) for i, life in base.relations.lives.items()]
    spans += [(i, "standing", s.span.first, s.span.last) for i, found in base.relations.standings.items() for s in found]
    spans += [(i, tie.relation, tie.span.first, tie.span.last) for i, found in base.relations.ties.items() for tie in found]
    assert [span for span in spans if span[2] and span[3] and first_day(span[2]) > last_day(span[3])] == []


def test_no_date_is_in_the_far_future(base):
    dates = [date for held in base.tenures.values() for t in held for date in (t.first, t.last)]
    assert max(dates)[:4] <= "2030" and min(filter(None, dates))[:4] > "1900"


def test_ids_of_relations_are_known(base):
    unknown = {i for i in base.relations.standings if i not in base.entities}
    unknown |= {i for entity, ties in base.relations.ties.items() for i in (entity, *(tie.other for tie in ties)) if i not in base.entities}
    unknown |= {title.body for titles in base.titles.values() for title in titles if title.body and title.body not in base.entities}
    unknown |= {row["same_as"] for row in RESOURCES.table("actors/same.tsv") if row["same_as"] not in base.entities}
    unknown |= {row["id"] for row in RESOURCES.table("actors/same.tsv") if row["id"] in base.entities}
    unknown |= {person for person in base.tenures if person not in base.entities}
    assert unknown == set()


def test_standings_follow_each_other(base):
    for entity, standings in base.relations.standings.items():
        ordered = sorted((s.span for s in standings), key=lambda span: span.first)
        overlaps = [(a, b) for a, b in pairwise(ordered) if not a.last or last_day(a.last) >= first_day(b.first)]
        assert overlaps == [], entity


def test_one_person_holds_an_office_at_a_time(base):
    """Main holders of the same high office of a state, but for the rivals that tenure_of refuses to choose between."""
    overlaps = []
    for (office, body), tenures in base.offices.items():
        if office not in OFFICES or len(body) != 3 or (office, body) in RIVALS:
            continue
        main = sorted((t for t in tenures if t.main and t.first), key=lambda t: (t.first, t.last or "9999"))
        for a, b in pairwise(main):
            days = (last_day(a.last) - first_day(b.first)).days if a.last else 10_000
            if a.person != b.person and len(a.first) == len(b.first) == 10 and len(a.last or b.first) == 10 and days > TOLERATED_DAYS:
                overlaps.append(f"{office} {body}: {a.person} {a.first} to {a.last or 'now'}, {b.person} from {b.first}")
    assert overlaps == []


def test_the_arab_states_always_had_somebody(base):
    """From 2005 on somebody headed each Arab state, or its government."""
    states = ["ARE", "BHR", "DJI", "DZA", "EGY", "IRQ", "JOR", "KWT", "LBN", "LBY", "MAR", "MRT", "OMN", "PSE", "QAT", "SAU", "SDN", "SOM", "SYR", "TUN", "YEM", "USA", "RUS", "FRA", "GBR", "CHN", "TUR", "IRN", "ISR"]
    days = [dt.date(year, month, 15) for year in range(2005, 2026) for month in (1, 7)]
    gaps = [
        f"{state} {day}" for state in states for day in days
        if not any(t.first <= day.isoformat() <= (t.last or "9999") + "~" for o in ("head_of_state", "head_of_government") for t in base.offices.get((o, state), ()))
    ]
    assert gaps == []


def test_bodies_of_one_country_do_not_share_names():
    owners = defaultdict(set)
    for table in ("organisations", "armed_groups", "parties", "additions"):
        for row in RESOURCES.table(f"actors/{table}.tsv"):
            for name in row["names_ar"].split("|"):
                owners[fold_word(name), row["country"]].add(row["id"])
    assert {key: ids for key, ids in owners.items() if len(ids) > 1 and key not in SHARED} == {}


def test_a_full_name_is_that_of_one_person_of_a_country():
    same = {row["id"]: row["same_as"] for row in RESOURCES.table("actors/same.tsv")}
    owners = defaultdict(set)
    for table in ("persons", "persons_by_hand"):
        for row in RESOURCES.table(f"actors/{table}.tsv"):
            for name in row["names_ar"].split("|"):
                if " " in name:
                    owners[fold_word(name), row["country"]].add(same.get(row["id"], row["id"]))
    assert {key: ids for key, ids in owners.items() if len(ids) > 1} == {}


@pytest.mark.parametrize(("name", "date", "country", "sector"), [
    ("قوات الدعم السريع", "2019-06-03", "SDN", "PRM"), ("قوات الدعم السريع", "2023-05-01", "SDN", "REB"),
    ("حركة طالبان", "2010-01-01", "AFG", "REB"), ("حركة طالبان", "2022-01-01", "AFG", "GOV"), ("الحركة الشعبية لتحرير السودان", "2004-01-01", "SDN", "REB"),
])
def test_a_body_has_the_standing_of_the_day(base, name, date, country, sector):
    entity = base.at(base.find(name)[0].id, dt.date.fromisoformat(date))
    assert (entity.country, entity.sector) == (country, sector)


def test_spans_know_before_and_after():
    span = Span("2015-12", "2021")
    assert not span.begun(dt.date(2015, 11, 30)) and span.begun(dt.date(2015, 12, 1))
    assert span.covers(dt.date(2021, 12, 31)) and span.over(dt.date(2022, 1, 1))
    assert Span("", "").covers(dt.date(1900, 1, 1))


def test_a_profile_has_names_offices_and_ties(base):
    about = profile(RESOURCES, base, "HTS")
    assert "هيئة تحرير الشام" in about.names
    assert [tie.name_en for tie in about.ties if not tie.forward] == ["Jabhat Fatah al-Sham"]
    assert about.officers[0][1] == "Ahmed al-Sharaa"
    assert profile(RESOURCES, base, "Q22686").offices[0][0].first == "2025-01-20"
