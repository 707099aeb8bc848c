"""The gazetteer: place names to places, words that lead to them, nationalities, capitals.

Read from resources/gazetteer/; keys are folded, words of a name joined by single spaces.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Literal, cast

import msgspec

from waqai.document import Place, PlaceLevel
from waqai.knowledge.loader import Resources, Row
from waqai.text.folding import fold_word

HeadKind = Literal["in", "front", "side", "name", "spot", "whole"]
Need = Literal["", "country", "place_word"]

_FILES = ("places", "common_words", "nationalities", "place_heads", "capitals")
_LEVEL_PRIOR = {"country": 5.0, "province": 2.6, "region": 2.8, "site": 2.6, "city": 0.0}
_SMALL_TOWN = 20_000
_WRITTEN = ("news:", "own:")
_PLURALS = ("ين", "ون", "ات", "ان", "تين", "تان")


class PlaceHead(msgspec.Struct, frozen=True, gc=False):
    """A word that stands before or for the name of a place; `level` is what it says about the place, or ""."""

    kind: HeadKind
    level: PlaceLevel | Literal[""] = ""


class Gazetteer(msgspec.Struct, frozen=True, gc=False):
    """Places and the words around them.

    `names` gives the indices into `places` of all that a name may mean, likeliest first; `longest` the words of the
    longest name that begins with a word; `priors` how likely a place is meant, without any context; `small` the
    indices of places so small that a bare name needs support; `needs` what a name that is also a common word needs;
    `people` the country of a form of a nationality; `capitals` the index of a country's capital, `countries` its own.
    """

    places: tuple[Place, ...]
    priors: tuple[float, ...]
    small: frozenset[int]
    names: dict[str, tuple[int, ...]]
    longest: dict[str, int]
    needs: dict[str, Need]
    people: dict[str, str]
    heads: dict[str, PlaceHead]
    capitals: dict[str, int]
    countries: dict[str, int]

    @classmethod
    def load(cls, resources: Resources) -> Gazetteer:
        """Read gazetteer/*.tsv, or their compiled form. ResourceError where a file breaks the format."""
        sources = [f"gazetteer/{name}.tsv" for name in _FILES]
        return resources.compiled("gazetteer", sources, Gazetteer, lambda: _read(resources))

    def candidates(self, name: str) -> tuple[Place, ...]:
        """All places that a name (in any spelling) may mean, likeliest first."""
        return tuple(self.places[index] for index in self.names.get(fold_word(name), ()))

    def country(self, code: str) -> Place | None:
        """The entry of a country by its ISO 3166-1 alpha-3 code."""
        index = self.countries.get(code)
        return None if index is None else self.places[index]

    def capital(self, code: str) -> Place | None:
        """The capital of a country, where the gazetteer knows it."""
        index = self.capitals.get(code)
        return None if index is None else self.places[index]


def _read(resources: Resources) -> Gazetteer:
    rows = resources.table("gazetteer/places.tsv")
    positions = {row["id"]: index for index, row in enumerate(rows)}
    capitals = {
        row["country"]: positions[row["place"]]
        for row in resources.table("gazetteer/capitals.tsv")
        if row["place"] in positions
    }
    seats = frozenset(capitals.values())
    priors = tuple(_prior(row) + (0.8 if index in seats else 0.0) for index, row in enumerate(rows))
    names = _names(rows, priors)
    return Gazetteer(
        places=tuple(map(_place, rows)),
        priors=priors,
        small=frozenset(index for index, row in enumerate(rows) if _is_small(row) and index not in seats),
        names=names,
        longest=_longest(names),
        needs={
            fold_word(row["word"]): cast(Need, row["needs"]) for row in resources.table("gazetteer/common_words.tsv")
        },
        people=dict(_people(resources.table("gazetteer/nationalities.tsv"))),
        heads=dict(_heads(resources.table("gazetteer/place_heads.tsv"))),
        capitals=capitals,
        countries={row["country"]: index for index, row in enumerate(rows) if row["level"] == "country"},
    )


def _place(row: Row) -> Place:
    return Place(
        row["id"],
        row["name_ar"],
        row["name_en"],
        row["country"],
        cast(PlaceLevel, row["level"]),
        float(row["lat"]) if row["lat"] else None,
        float(row["lon"]) if row["lon"] else None,
        int(row["geonames_id"]) if row["geonames_id"] else None,
    )


def _prior(row: Row) -> float:
    """How likely a place is meant: countries first, hand-written places by their level, towns by the logarithm
    of their people."""
    prior = _LEVEL_PRIOR[row["level"]]
    if row["level"] == "city":
        prior = math.log10(int(row["population"])) / 2 if row["population"] else 0.8
    if row["id"].startswith(_WRITTEN):
        prior = max(prior, 2.4) + 0.4
    return round(prior, 2)


def _is_small(row: Row) -> bool:
    if row["level"] == "province":
        return len(row["name_ar"]) < 5
    return row["level"] == "city" and int(row["population"] or 0) < _SMALL_TOWN and not row["id"].startswith(_WRITTEN)


def _names(rows: list[Row], priors: tuple[float, ...]) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    for index, row in enumerate(rows):
        for form in dict.fromkeys(
            fold_word(name).replace("-", " ") for name in (row["name_ar"], *row["aliases_ar"].split("|")) if name
        ):
            found.setdefault(form, []).append(index)
    return {name: tuple(sorted(indices, key=lambda i: -priors[i])) for name, indices in found.items()}


def _longest(names: Iterable[str]) -> dict[str, int]:
    longest: dict[str, int] = {}
    for name in names:
        first, length = name.partition(" ")[0], name.count(" ") + 1
        longest[first] = max(length, longest.get(first, 0))
    return longest


def _people(rows: Iterable[Row]) -> Iterator[tuple[str, str]]:
    """Forms of a nationality: masculine, feminine, dual and plural, with and without article; the first row that
    has one wins."""
    seen: set[str] = set()
    for row in rows:
        forms = [fold_word(form) for cell in ("nisba_ar", "people_ar") for form in row[cell].split("|") if form]
        for form in forms:
            grown = (
                [form, form + "ه", *(form + ending for ending in _PLURALS)]
                if form.endswith("ي")
                else [form, form.removesuffix("ون") + "ين"]
            )
            for word in grown:
                for written in (word, "ال" + word):
                    if written not in seen:
                        seen.add(written)
                        yield written, row["country"]


def _heads(rows: Iterable[Row]) -> Iterator[tuple[str, PlaceHead]]:
    for row in rows:
        yield (
            fold_word(row["word"]),
            PlaceHead(cast(HeadKind, row["kind"]), cast('PlaceLevel | Literal[""]', row["level"])),
        )
