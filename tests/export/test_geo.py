"""GeoJSON: points where something is known to be, and nothing where it is not."""

from __future__ import annotations

import json

import pytest

from waqai.export.geo import collection, feature

ROW = {"event_id": "a", "longitude": 32.5, "latitude": 15.5, "event_type": "AID"}


@pytest.mark.parametrize(
    ("row", "level", "geometry"),
    [
        (ROW, "city", {"type": "Point", "coordinates": [32.5, 15.5]}), (ROW, None, {"type": "Point", "coordinates": [32.5, 15.5]}),
        (ROW, "country", None), ({**ROW, "latitude": None}, "city", None), ({**ROW, "latitude": 0.0, "longitude": 0.0}, "city", {"type": "Point", "coordinates": [0.0, 0.0]}),
    ],
)
def test_a_point_only_where_one_is_known(row, level, geometry):
    made = feature(row, level)
    assert made["geometry"] == geometry and made["properties"] == {"event_id": "a", "event_type": "AID", "level": level}


@pytest.mark.parametrize("number", [0, 1, 3])
def test_a_collection_is_json(number):
    whole = json.loads(b"".join(collection(feature(ROW, "city") for _ in range(number))))
    assert whole["type"] == "FeatureCollection" and len(whole["features"]) == number
