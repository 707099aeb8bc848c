"""Conditions: alternatives within a filter, all filters together, names in any spelling, codes that are no parts of names."""

from __future__ import annotations

import datetime as dt

import pytest
import stand_in

from waqai.store import Store
from waqai.store.conditions import EventFilters, where
from waqai.store.search import plain_forms


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    with Store.open(tmp_path_factory.mktemp("conditions") / "s.duckdb") as opened:
        opened.add([stand_in.make_work()(stand_in.coded())])
        yield opened


def triggers(store, but="", **filters):
    chosen = where(EventFilters(**filters), plain_forms, but=but)
    return [row[0] for row in store.query(f"SELECT trigger_text || ' ' || part FROM events e WHERE {chosen.sql} ORDER BY part, trigger_start_char", chosen.values)]


ALL = ["رفضت text", "أدانت text", "رفضت title"]


@pytest.mark.parametrize(
    ("filters", "found"),
    [({}, ALL), ({"type": ("REJECT", "ACCUSE")}, ALL), ({"type": ("REJECT",), "by_named": ("EGY",)}, [ALL[0], ALL[2]]), ({"by_named": ("egypt",)}, ALL[:1]),
     ({"by_named": ("القاهره",)}, ALL[:1]), ({"by_named": ("egypt", "أنقرة")}, ALL[:2]), ({"by_named": ("gyp",)}, []), ({"to_whom_named": ("egypt",)}, []),
     ({"dyad": ("الدوحة", "EGY")}, ALL[:1]), ({"dyad": ("egypt", "الدوحه")}, ALL[:1]), ({"dyad": ("الدوحة", "أنقرة")}, []), ({"mode": ("yield",)}, [ALL[0], ALL[2]]), ({"mode": ("disapprove", "none")}, ALL[1:2]),
     ({"place_named": ("SDN",)}, ALL[:1]), ({"place_named": ("379252", "none")}, ALL[:1]), ({"place_named": ("الخرطوم",)}, ALL[:1]), ({"place_named": ("kha",)}, []),
     ({"speaker_named": ("anonymous",)}, ALL[:1]), ({"speaker_named": ("دبلوماسى",)}, ALL[:1]), ({"q": "واشنطن"}, ALL[2:]), ({"q": "واشنطن OR بيروت"}, ALL[1:]),
     ({"q": "-واشنطن"}, ALL[:2]), ({"confidence": 1.0}, []), ({"polarity": "affirmed", "modality": "actual"}, ALL), ({"review": "none"}, ALL), ({"review": "added"}, []),
     ({"from_": dt.date(2019, 4, 16), "to": dt.date(2019, 4, 16)}, ALL[:1])],
)
def test_filters(store, filters, found):
    assert triggers(store, **filters) == found


def test_a_filter_is_left_out(store):
    assert triggers(store, but="type", type=("AID",), q="واشنطن") == ALL[2:]
    assert triggers(store, but="q", type=("REJECT",), q="لا شيء") == [ALL[0], ALL[2]]


def test_a_quotation_mark_is_no_sql(store):
    for name in ("by_named", "to_whom_named", "speaker_named", "place_named", "outlet_named", "type", "outlet"):
        assert triggers(store, **{name: ("'; DROP TABLE events; --",)}) == []
