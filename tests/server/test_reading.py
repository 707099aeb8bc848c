"""Answers of GET: compared with what the database says, filter by filter and page by page."""

from __future__ import annotations

import json

import msgspec
import pytest

from waqai.records.rows import EventRecord
from waqai.server.filters import words
from waqai.server.shapes import Record

API = "/api/v1"
AMONG = "event_id IN (SELECT event_id FROM participants WHERE {})"
FILTERS = [
    ({"from": "2019-01-01"}, "coalesce(date_from, d.published) >= '2019-01-01'"),
    ({"to": "2018-12-31"}, "coalesce(date_from, d.published) <= '2018-12-31'"),
    ({"actor": "USA"}, AMONG.format("entity_id = 'USA'")),
    ({"actor": ["USA", "IRN"]}, AMONG.format("entity_id IN ('USA', 'IRN')")),
    ({"by": "USA"}, AMONG.format("entity_id = 'USA' AND slot = 'actor'")),
    ({"to_whom": "USA"}, AMONG.format("entity_id = 'USA' AND slot = 'recipient'")),
    ({"by": "DZA", "to_whom": "MAR"}, AMONG.format("entity_id = 'DZA' AND slot = 'actor'") + " AND " + AMONG.format("entity_id = 'MAR' AND slot = 'recipient'")),
    ({"country": "SDN"}, AMONG.format("country = 'SDN'")),
    ({"by_country": "SDN"}, AMONG.format("country = 'SDN' AND slot = 'actor'")),
    ({"to_country": "SDN"}, AMONG.format("country = 'SDN' AND slot = 'recipient'")),
    ({"place_country": "IRQ"}, "place_country = 'IRQ'"),
    ({"type": ["ASSAULT", "ACCUSE"]}, "event_type IN ('ASSAULT', 'ACCUSE')"),
    ({"quad": "verbal conflict"}, "quad = 'verbal conflict'"),
    ({"outlet": "Paper C"}, "d.outlet = 'Paper C'"),
    ({"confidence": 0.7}, "confidence >= 0.7"),
    ({"polarity": "negated"}, "polarity = 'negated'"),
    ({"modality": "future"}, "modality = 'future'"),
    ({"review": "none"}, "TRUE"),
]


@pytest.mark.parametrize(("parameters", "condition"), FILTERS, ids=lambda value: str(value)[:40])
def test_a_filter_lets_through_what_the_database_finds(ask, truth, parameters, condition):
    expected = {row[0] for row in truth(f"SELECT event_id FROM events JOIN documents d USING (doc_id) WHERE {condition}")}
    answer = ask("events", limit=500, **parameters)
    assert {event["event_id"] for event in answer["events"]} == expected
    assert answer["total"] == len(expected) > 0


def test_a_filter_by_speaker(ask, truth):
    [(speaker, number)] = truth("SELECT entity_id, count(DISTINCT event_id) AS n FROM attributions GROUP BY 1 ORDER BY n DESC, 1 LIMIT 1")
    events = ask("events", speaker=speaker, limit=500)["events"]
    assert len(events) == number and all(speaker in {s["entity_id"] for s in event["attribution"]} for event in events)


def test_a_filter_by_place(ask):
    place = ask("map")["places"][0]
    assert ask("events", place=place["place"])["total"] == place["events"]


def test_words_are_found_in_any_spelling(ask):
    found = ask("events", q="السعودية", limit=500)
    assert found["total"] == ask("events", q="السعوديه", limit=500)["total"] == ask("events", q="السّعوديَّة")["total"] > 0
    assert all("سعودية" in event["sentence_text"] for event in found["events"])


def test_words_and_phrases():
    assert words('وزير "الخارجية المصري" قال') == ["وزير", "الخارجيه المصري", "قال"]
    assert words('"open') == ["open"]
    assert words("") == words('""') == []
    assert len(words(" ".join(map(str, range(100))))) == 12


@pytest.mark.parametrize("sort", ["-date_from", "date_from", "-published", "published", "-confidence", "confidence", "type", "-type"])
def test_pages_hold_every_event_once_and_in_order(ask, truth, sort):
    seen, cursor = [], ""
    while True:
        page = ask("events", sort=sort, limit=37, **({"cursor": cursor} if cursor else {}))
        seen += page["events"]
        cursor = page["cursor"]
        if not cursor:
            break
    assert len({event["event_id"] for event in seen}) == len(seen) == truth("SELECT count(*) FROM events")[0][0] == page["total"]
    key = {"date_from": "day", "published": "published", "confidence": "confidence", "type": "event_type"}[sort.strip("-")]
    keys = [event[key] if event[key] is not None else "" for event in seen]
    assert keys == sorted(keys, reverse=sort.startswith("-"))


@pytest.mark.parametrize(("path", "key"), [("documents", "documents"), ("actors", "actors")])
def test_other_lists_page_by_page(ask, path, key):
    seen, cursor = [], ""
    while True:
        page = ask(path, limit=7, **({"cursor": cursor} if cursor else {}))
        seen += [row.get("doc_id") or row["entity_id"] for row in page[key]]
        if not (cursor := page["cursor"]):
            break
        assert page["total"] >= len(seen)
    assert len(seen) == len(set(seen)) == page["total"]


def test_a_cursor_of_another_list_is_refused(reading, ask):
    cursor = ask("events", limit=1)["cursor"]
    for path, parameters in (("events", {"sort": "type"}), ("documents", {}), ("actors", {})):
        answer = reading.get(f"{API}/{path}", params={"cursor": cursor, **parameters})
        assert answer.status_code == 422 and answer.json()["error"]["code"] == "WQ-701"
    for bad in ("x", "a" * 1000, "WyJub3RoaW5nIl0", "é"):
        assert reading.get(f"{API}/events", params={"cursor": bad}).status_code == 422


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("bogus=1", "There is no parameter 'bogus'."), ("from=yesterday", "'from'"), ("confidence=2", "'confidence'"), ("limit=501", "'limit'"),
        ("limit=0", "'limit'"), ("polarity=maybe", "'polarity'"), ("sort=random", "'sort'"), ("q=" + "x" * 301, "'q'"), ("quad=peace", "quad"),
        ("&".join(["type=A"] * 51), "'type'"),
    ],
)
def test_what_is_no_filter_is_said(reading, query, says):
    answer = reading.get(f"{API}/events?{query}")
    assert answer.status_code == 422
    error = answer.json()["error"]
    assert says in error["message"] or says in error["where"]
    assert error["code"] == "WQ-700" and error["advice"]


def test_the_event_of_the_api_has_the_fields_of_the_record(ask, truth):
    assert {field.alias or name for name, field in Record.model_fields.items()} == {field.encode_name for field in msgspec.structs.fields(EventRecord)}
    event = ask("events", limit=1)["events"][0]
    [(record,)] = truth("SELECT record FROM events WHERE event_id = $id", {"id": event["event_id"]})
    assert {name: event[name] for name in json.loads(record)} == json.loads(record)


def test_spans_lie_where_they_say(ask):
    for row in ask("documents", limit=100)["documents"]:
        document = ask(f"documents/{row['doc_id']}")
        parts = {"title": document["title"], "text": document["text"]}
        for event in document["events"]:
            text = parts[event["part"]]
            people = [*event["actors"], *event["recipients"], *event["attribution"]]
            for words_ in [event["trigger"], *people, *filter(None, (event["time"], event["place"], event["object"]))]:
                assert text[words_["start"]:words_["end"]] == words_["text"]
            assert text[event["sentence_span"]["start"]:event["sentence_span"]["end"]] == event["sentence_text"]
        for said in document["quotations"]:
            assert parts[said["part"]][said["start"]:said["end"]] == said["text"]
        for entity in document["entities"]:
            assert all(parts[m["part"]][m["start"]:m["end"]] == m["text"] for m in entity["mentions"])
        assert "\n".join(document["text"][p["start"]:p["end"]] for p in document["paragraphs"]) == "\n".join(filter(str.strip, document["text"].split("\n")))
        assert row["events"] == len(document["events"]) == sum(row["types"].values())


def test_an_event_with_its_surroundings(ask):
    event = next(e for e in ask("events", limit=100)["events"] if e["sentence"] > 1 and e["part"] == "text")
    detail = ask(f"events/{event['event_id']}")
    document = ask(f"documents/{event['doc_id']}")
    [before] = [s for s in document["sentences"] if s["part"] == "text" and s["sentence"] == event["sentence"] - 1]
    assert detail["previous_sentence"] == document["text"][before["start"]:before["end"]]
    assert {name: detail[name] for name in event} == event
    assert detail["history"] == []


def test_overview_adds_up(ask, truth):
    whole = ask("overview")
    events = whole["totals"]["events"]
    assert events == truth("SELECT count(*) FROM events")[0][0] == sum(count["events"] for count in whole["types"])
    undated = truth("SELECT count(*) FROM events WHERE day IS NULL")[0][0]
    assert undated > 0 and sum(each["events"] for each in whole["timeline"]) == events - undated
    assert sum(day["events"] for day in whole["calendar"]) == events - undated
    assert whole["totals"]["located"] == ask("map")["located"] == truth("SELECT count(*) FROM events WHERE place_en IS NOT NULL OR place_ar IS NOT NULL")[0][0]
    for each in whole["timeline"]:
        assert each["events"] == each["verbal_cooperation"] + each["material_cooperation"] + each["verbal_conflict"] + each["material_conflict"]
    one = ask("overview", **{"from": "2019-01-01", "to": "2019-12-31"})
    assert one["totals"]["events"] == ask("events", **{"from": "2019-01-01", "to": "2019-12-31"})["total"] < events


def test_overview_counts_of_actors_are_those_of_their_pages(ask):
    for row in ask("overview")["actors"][:3]:
        actor = ask(f"actors/{row['entity_id']}")
        assert actor["actor"] == row
        made = ask("events", by=row["entity_id"])["total"]
        assert sum(count["made"] for count in actor["types"]) == made == sum(each["events"] for each in actor["made"])


def test_an_actor_with_offices(ask):
    actor = ask("actors/Q311440")
    assert actor["actor"]["name_en"] == "António Guterres" and actor["actor"]["resolved"]
    assert any(office["title_en"] and office["first"] == "2017-01-01" for office in actor["offices"])
    assert {name["outlet"] for name in actor["names"]} <= {"وكالة أ", "قناة ب", "Paper C", ""}
    assert actor["actor"]["as_actor"] + actor["actor"]["as_recipient"] > 0
    for other in actor["counterparts"]:
        assert sum(s["events"] for s in other["made_slices"]) <= other["made"]


def test_actors_are_found_in_both_scripts_and_by_identifier(ask):
    for search in ("guterres", "غوتيريش", "Q311440"):
        assert "Q311440" in {row["entity_id"] for row in ask("actors", q=search)["actors"]}
    assert all(row["resolved"] for row in ask("actors", resolved=True)["actors"])
    assert not any(row["resolved"] for row in ask("actors", resolved=False)["actors"])


def test_an_edge_of_the_network_leads_to_its_events(ask):
    network = ask("network")
    assert network["edges"] and {edge[end] for edge in network["edges"] for end in ("source", "target")} == {n["entity_id"] for n in network["nodes"]}
    for edge in network["edges"][:5]:
        assert ask("events", by=edge["source"], to_whom=edge["target"])["total"] == edge["events"]
    assert not any(node["entity_id"].startswith("local:") for node in network["nodes"])
    countries = ask("network", level="country")["edges"]
    assert all(len(edge["source"]) == 3 for edge in countries)
    ego = ask("network", centre=network["edges"][0]["source"])
    near = {edge[end] for edge in ego["edges"] for end in ("source", "target") if network["edges"][0]["source"] in edge.values()}
    assert {node["entity_id"] for node in ego["nodes"]} == near
    assert ask("network", limit=1)["omitted"] == len(ask("network", limit=500)["edges"]) - 1


def test_a_country_is_no_point(ask):
    whole = ask("map")
    assert all(place["level"] != "country" for place in whole["places"])
    assert {country["country"] for country in whole["countries"]} > {"IRQ"}
    for country in whole["countries"][:3]:
        assert ask("events", place_country=country["country"])["total"] == country["events"]


def test_facets_count_under_the_other_filters(ask):
    counts = ask("facets", type="ASSAULT", facet=["type", "outlet"])["facets"]
    assert {count["value"] for count in counts["type"]} > {"ASSAULT", "ACCUSE"}
    for count in counts["outlet"]:
        assert ask("events", type="ASSAULT", outlet=count["value"])["total"] == count["events"]
    found = ask("facets", facet="actor", search="أمريكا")["facets"]["actor"] + ask("facets", facet="actor", search="united states")["facets"]["actor"]
    assert "USA" in {count["value"] for count in found}
    assert ask("facets", facet="country", limit=1)["more"]["country"] is True
    for name in ("by", "to_whom", "speaker", "place_country"):
        for count in ask("facets", facet=name)["facets"][name][:2]:
            assert ask("events", **{name: count["value"]})["total"] == count["events"]


def test_documents_are_found_by_their_words(ask):
    found = ask("documents", q="غوتيريش الصومال")
    assert ask("documents", q="غوتيريش الصومال", sort="-published", limit=30)["total"] == found["total"], "an order is no filter"
    assert all("غوتيريش" in ask(f"documents/{row['doc_id']}")["text"] for row in found["documents"])
    assert ask("documents")["total"] == 20
    assert ask("documents", outlet="Paper C")["total"] == 6
    assert ask("documents", type="ASSAULT")["total"] == len({e["doc_id"] for e in ask("events", type="ASSAULT", limit=500)["events"]})


def test_what_is_not_there_is_404(reading):
    for path, code in (("events/none", "WQ-702"), ("documents/none", "WQ-703"), ("actors/none", "WQ-704"), ("nothing", "WQ-404"), ("events/a/b", "WQ-404")):
        answer = reading.get(f"{API}/{path}")
        assert (answer.status_code, answer.json()["error"]["code"]) == (404, code)
    answer = reading.post(f"{API}/events", headers={"X-Waqai": "1"})
    assert answer.status_code == 405 and answer.headers["allow"] == "GET"


def test_an_actor_that_only_the_base_knows(ask):
    assert ask("actors/NOR")["actor"]["as_actor"] == 0


def test_answers_are_remembered_until_something_is_written(writing):
    first = writing.get(f"{API}/overview")
    again = writing.get(f"{API}/overview", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304 and not again.content
    event = writing.get(f"{API}/events?limit=1").json()["events"][0]
    version = writing.get(f"{API}/about").json()["data_version"]
    writing.post(f"{API}/review/decisions", json={"action": "reject", "event_id": event["event_id"]}, headers={"X-Waqai": "1"})
    after = writing.get(f"{API}/overview", headers={"If-None-Match": first.headers["etag"]})
    assert after.status_code == 200
    assert after.json()["totals"]["events"] == first.json()["totals"]["events"] - 1
    assert writing.get(f"{API}/about").json()["data_version"] == version + 1


def test_about_and_schema(ask):
    about = ask("about")
    assert about["documents"] == 20 and about["schema_version"] == "3" and not about["read_only"]
    assert about["last_run"].endswith("Z") and len(about["types"]) == 16
    schema = ask("schema")
    tables = {table["name"]: table for table in schema["tables"]}
    assert tables["event_wide"]["kind"] == "view" and tables["events"]["rows"] > 0
    assert "EventRecord" in schema["records"]["$defs"]


def test_examples_of_the_schema_run(reading, ask):
    for sql in ask("schema")["examples"]:
        answer = reading.post(f"{API}/sql", json={"sql": sql}, headers={"X-Waqai": "1"})
        assert answer.status_code == 200 and answer.json()["rows"], sql


def test_an_empty_store_answers_everything(resources, work, tmp_path):
    from fastapi.testclient import TestClient

    from waqai.server.app import create_app
    from waqai.server.room import Room, Settings
    from waqai.store import Store

    with Store.open(tmp_path / "empty.duckdb") as store:
        client = TestClient(create_app(Room(store, resources, Settings(hosts=("testserver",)), lambda: work)))
        for path in ("about", "overview", "events", "documents", "actors", "network", "map", "facets", "schema", "review/queue", "review/log", "review/export"):
            assert client.get(f"{API}/{path}").status_code == 200, path
        for name in ("csv", "jsonl", "parquet", "geojson", "graphml"):
            assert client.get(f"{API}/events/export?format={name}").status_code == 200


def test_the_description_is_whole(reading):
    described = reading.get(f"{API}/openapi.json").json()
    assert all(operation.get("description") for methods in described["paths"].values() for operation in methods.values())
    page = reading.get(f"{API}/docs")
    assert page.headers["content-type"].startswith("text/html")
    assert all(path in page.text for path in described["paths"])
    assert "http://" not in page.text.replace("http://www.w3.org", "") and "https://" not in page.text and "<script" not in page.text


def test_outlets_stand_beside_each_other(ask):
    whole, overview = ask("outlets"), ask("overview")
    rows = {row["outlet"]: row for row in whole["outlets"]}
    assert {"وكالة أ", "قناة ب", "Paper C"} < set(rows) and whole["omitted"] == 0
    assert [row["documents"] for row in whole["outlets"]] == sorted((row["documents"] for row in whole["outlets"]), reverse=True)
    for name in ("events", "conflict", "cooperation", "attributed", "anonymous"):
        assert sum(row[name] for row in rows.values()) == overview["totals"][name]
    for row in rows.values():
        assert sum(each["events"] for each in row["types"]) == row["events"]
        dated = sum(each["documents"] for each in row["coverage"])
        assert dated == row["documents"] or row["first"] is None
    one = ask("outlets", type="ASSAULT", limit=1)
    assert one["outlets"][0]["documents"] == whole["outlets"][0]["documents"] and one["omitted"] == len(rows) - 1
    assert all(each["value"] == "ASSAULT" for each in one["outlets"][0]["types"])
    assert ask("outlets", **{"from": "1999-01-01", "to": "1999-01-02"}) == {"outlets": [], "step": "day", "omitted": 0}
