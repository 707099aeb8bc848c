"""Files of events: whole, in their format, harmless, and read back the same."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree

import duckdb
import pytest

from waqai.export.tabular import COLUMNS

API = "/api/v1"


@pytest.fixture
def export(reading):
    def get(format, **parameters):
        answer = reading.get(f"{API}/events/export", params={"format": format, **parameters})
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-disposition"] == f'attachment; filename="waqai-events.{format}"'
        return answer.content

    return get


def test_csv_has_a_row_an_event_and_no_byte_mark(export, ask):
    rows = list(csv.DictReader(io.StringIO(export("csv").decode())))
    assert list(rows[0]) == COLUMNS["events"] and len(rows) == ask("events")["total"]
    event = ask(f"events/{rows[5]['event_id']}")
    assert rows[5]["sentence_text"] == event["sentence_text"] and rows[5]["outlet"].lstrip("'") == event["outlet"]
    assert rows[5]["actor_ids"] == "; ".join(who["entity_id"] for who in event["actors"])


def test_csv_for_excel_with_chosen_columns(export):
    content = export("csv", bom=True, columns="event_type, event_id", type="ASSAULT")
    assert content.startswith("\ufeffevent_type,event_id\nASSAULT,".encode())


def test_csv_runs_nothing_in_a_spreadsheet(export):
    rows = list(csv.DictReader(io.StringIO(export("csv", **{"from": "2024-02-29"}).decode())))
    assert rows and all(row["outlet"] == "'=cmd|' /C calc'!A0" for row in rows)
    assert not any(cell.startswith(("=", "+", "@", "-")) for row in rows for cell in row.values() if not cell.lstrip("-").replace(".", "").isdigit())


def test_json_lines_are_the_records(export, truth):
    lines = export("jsonl", type=["ASSAULT", "AID"]).decode().splitlines()
    assert sorted(lines) == sorted(row[0] for row in truth("SELECT record FROM events WHERE event_type IN ('ASSAULT', 'AID')"))


def test_parquet_is_read_back(export, tmp_path, ask):
    (tmp_path / "e.parquet").write_bytes(export("parquet"))
    rows = duckdb.connect().execute(f"SELECT event_id, actors[1].name_en FROM '{tmp_path / 'e.parquet'}' ORDER BY 1").fetchall()
    assert len(rows) == ask("events")["total"]
    event = ask(f"events/{rows[0][0]}")
    assert rows[0][1] == (event["actors"][0]["name_en"] if event["actors"] else None)


def test_geojson_has_points_but_none_for_a_country(export, ask):
    features = json.loads(export("geojson"))["features"]
    assert len(features) == ask("events")["total"]
    located = [f for f in features if f["geometry"]]
    assert located and all(f["properties"]["level"] != "country" for f in located)
    assert any(f["properties"]["level"] == "country" and f["geometry"] is None for f in features)
    for each in located:
        longitude, latitude = each["geometry"]["coordinates"]
        assert -180 <= longitude <= 180 and -90 <= latitude <= 90
        assert ask(f"events/{each['id']}")["place"]["lat"] == latitude


def test_graphml_is_the_network(export, ask):
    root = ElementTree.fromstring(export("graphml"))
    space = "{http://graphml.graphdrawing.org/xmlns}"
    network = ask("network", limit=500)
    edges = root.findall(f".//{space}edge")
    assert {(e.get("source"), e.get("target")) for e in edges} == {(e["source"], e["target"]) for e in network["edges"]}
    keys = {key.get("id"): key.get("attr.name") for key in root.findall(f"{space}key")}
    weights = {data.text for e in edges for data in e if keys[data.get("key")] == "events"}
    assert weights == {str(e["events"]) for e in network["edges"]}


def test_a_column_that_is_not_there(reading):
    answer = reading.get(f"{API}/events/export?columns=colour")
    assert answer.status_code == 422 and answer.json()["error"]["code"] == "WQ-720"
    assert reading.get(f"{API}/events/export?format=exe").status_code == 422
