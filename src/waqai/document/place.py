"""Places: where a text puts something, resolved to a gazetteer entry."""

from __future__ import annotations

from typing import Literal

import msgspec

from waqai.document.span import Span

PlaceLevel = Literal["country", "province", "city", "site", "region"]


class Place(msgspec.Struct, frozen=True, gc=False):
    """A gazetteer entry. `country` is ISO 3166-1 alpha-3 or ""; `latitude` and `longitude` in degrees (WGS 84)."""

    id: str
    name_ar: str
    name_en: str
    country: str
    level: PlaceLevel
    latitude: float | None = None
    longitude: float | None = None
    geonames_id: int | None = None


class PlaceReference(msgspec.Struct, frozen=True, gc=False):
    """Words that name a place; `place` is None when no entry fits well enough."""

    span: Span
    place: Place | None
    sentence: int
