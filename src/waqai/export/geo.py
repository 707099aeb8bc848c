"""Events as GeoJSON: one feature an event, a point where the place is known, no geometry where it is not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from waqai.export.tabular import Flat


def feature(row: Flat, level: str | None) -> dict[str, Any]:
    """The feature of a flat row. A whole country is an area and no point: it gets no geometry, its code is a property."""
    longitude, latitude = row["longitude"], row["latitude"]
    known = longitude is not None and latitude is not None and level != "country"
    geometry = {"type": "Point", "coordinates": [longitude, latitude]} if known else None
    rest = {name: value for name, value in row.items() if name not in {"longitude", "latitude"}}
    return {"type": "Feature", "id": row["event_id"], "geometry": geometry, "properties": {**rest, "level": level}}


def collection(features: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """A feature collection piece by piece."""
    yield b'{"type":"FeatureCollection","features":['
    for number, each in enumerate(features):
        yield (b",\n" if number else b"\n") + msgspec.json.encode(each)
    yield b"\n]}\n"
