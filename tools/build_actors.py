"""Compiles states, organisations, persons and tenures: `python tools/build_actors.py DATA_FOLDER`.

Head nouns, metonyms and titles are written by hand in resources/actors and resources/offices and are not touched here.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from build_verbs import write

from waqai.text.folding import fold_word

RESOURCES = Path(__file__).resolve().parent.parent / "src/waqai/resources"
KINDS = {
    "armed_group": ("armed group", "REB"), "coalition": ("party", "PTY"), "company": ("organisation", "BUS"), "government": ("organisation", "GOV"),
    "igo": ("organisation", ""), "intelligence": ("organisation", "SPY"), "military": ("military", "MIL"), "movement": ("party", "OPP"),
    "ngo": ("organisation", ""), "operation": ("military", "MIL"), "parliament": ("organisation", "LEG"), "party": ("party", "PTY"),
    "party_armed": ("armed group", "REB"), "police": ("police", "COP"), "religious": ("organisation", "REL"), "union": ("organisation", "LAB"),
}
IGO = {"igo": "IGO", "ngo": "NGO", "company": "MNC"}
UNITED_NATIONS = ("UN", "WHO", "WFP", "IAEA", "ILO", "ICJ", "FAO", "OCHA")
EUROPEAN = ("EU", "EC", "EP")
SECTORS = {
    "minister": "GOV", "foreign": "GOV", "ambassador": "GOV", "head_of_government": "GOV", "defence": "GOV", "interior": "GOV", "deputy_minister": "GOV",
    "justice": "GOV", "finance": "GOV", "head_of_state": "GOV", "judge": "JUD", "deputy_prime_minister": "GOV", "governor": "GOV", "speaker": "LEG",
    "military_chief": "MIL", "energy": "GOV", "vice_president": "GOV", "security": "GOV", "regional": "GOV", "central_bank": "GOV", "chief_of_staff": "GOV",
    "information": "GOV", "head_of_organisation": "", "member": "LEG", "deputy_speaker": "LEG", "spokesperson": "GOV", "ruler": "GOV", "military": "MIL",
    "crown_prince": "GOV", "group_leader": "OPP", "religious_leader": "REL", "envoy": "GOV", "media": "JRN", "police": "COP", "activist": "OPP",
}
SURNAME_OFFICES = frozenset({"head_of_state", "head_of_government", "foreign", "crown_prince", "group_leader", "military_chief", "head_of_organisation", "envoy", "speaker"})


def rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def names(*cells: str) -> str:
    found: dict[str, None] = {}
    for cell in cells:
        for name in cell.split("|"):
            if name.strip():
                found.setdefault(name.strip())
    return "|".join(found)


def states(data: Path, iso3: dict[str, str]) -> None:
    table = []
    for row in rows(data / "countries/countries.csv"):
        iso3[row["iso2"]] = row["iso3"]
        table.append((row["iso3"], row["name_en"], names(row["name_ar"], row["formal_ar"], row["aliases_ar"]), row["nisba_ar"], row["people_ar"]))
    write(RESOURCES / "actors/states.tsv", {
        "what": "states and territories with their Arabic names and adjectives",
        "columns": "id (ISO 3166-1 alpha-3), name_en, names_ar (first: the usual one), nationality_ar (masculine singular), people_ar (plural)",
        "source": "datasets/country-codes, Unicode CLDR, Natural Earth; adjectives and aliases by hand. tools/build_actors.py",
        "licence": "ODC-PDDL 1.0, Unicode License v3, public domain; own work Apache-2.0",
        "known problems": "كونغولي, غيني and كوري stand for several states; the first row that has them counts",
    }, ("id", "name_en", "names_ar", "nationality_ar", "people_ar"), sorted(table))


def organisations(data: Path, iso3: dict[str, str]) -> None:
    table = []
    for row in rows(data / "organisations/organisations.csv"):
        kind, sector = KINDS[row["kind"]]
        country = iso3.get(row["iso2"], "")
        if not country:
            country = IGO.get(row["kind"], "IMG" if row["kind"] == "armed_group" else "")
            country = "UNO" if row["code"].startswith(UNITED_NATIONS) else "EUR" if row["code"] in EUROPEAN else country
        table.append((row["code"], kind, country, sector, row["start"], row["end"], row["name_en"], names(row["name_ar"], row["aliases_ar"])))
    write(RESOURCES / "actors/organisations.tsv", {
        "what": "international organisations, armed groups, parties, coalitions and organs of states",
        "columns": "id, kind, country (PLOVER country slot), sector (PLOVER), from, to (years or dates), name_en, names_ar (first: the usual one)",
        "source": "written by hand for this project. tools/build_actors.py",
        "licence": "Apache-2.0",
        "known problems": "some names are those of several groups (أنصار الشريعة): the country of the text decides",
    }, ("id", "kind", "country", "sector", "from", "to", "name_en", "names_ar"), sorted(table))


def persons(data: Path, iso3: dict[str, str]) -> None:
    tenures: list[tuple[str, str, str, str, str, str, str]] = []
    people: dict[str, list[str]] = {}
    offices: dict[str, set[str]] = defaultdict(set)
    for file in ("tenures_hand.csv", "tenures_arab.csv", "tenures_world.csv"):
        for row in rows(data / "leaders" / file):
            key = row["qid"] or "x:" + row["name_en"].replace(" ", "_")
            country = iso3.get(row.get("iso2") or row.get("entity") or "", row.get("entity") or "")
            if not row["name_ar"] or (row["end"] or "9999") < "2003":
                continue
            person = people.setdefault(key, [row["name_en"], "", country])
            person[1] = names(person[1], row["name_ar"], row.get("aliases_ar") or "")
            offices[key].add(row["office_class"])
            tenures.append((key, row["office_class"], country, SECTORS.get(row["office_class"], "GOV"), row["start"], row["end"] or row.get("end_at_latest") or "", row["position_en"]))
    for row in rows(data / "leaders/persons.csv"):
        if row["qid"] in people and row["name_ar"]:
            people[row["qid"]][1] = names(people[row["qid"]][1], row["name_ar"], row["aliases_ar"])
    add_surnames(people, offices)
    write(RESOURCES / "actors/persons.tsv", {
        "what": "holders of political offices since 2003",
        "columns": "id (Wikidata, or x: where none is known), country (of the last office listed first), name_en, names_ar (first: the fullest usual one)",
        "source": "Wikidata; names and tenures completed by hand. tools/build_actors.py",
        "licence": "CC0 1.0; own work Apache-2.0",
        "known problems": "a surname alone stands for the one holder of a high office who has it; ministers are found by full name only",
    }, ("id", "country", "name_en", "names_ar"), sorted((key, p[2], p[0], p[1]) for key, p in people.items()))
    write(RESOURCES / "offices/tenures.tsv", {
        "what": "who held which office from when to when",
        "columns": "person (id in actors/persons.tsv), office (class), country (or organisation), sector, from, to (empty: still in office, or unknown), title_en",
        "source": "Wikidata; completed by hand. tools/build_actors.py",
        "licence": "CC0 1.0; own work Apache-2.0",
        "known problems": "ends of offices of the last two years may be missing",
    }, ("person", "office", "country", "sector", "from", "to", "title_en"), sorted(set(tenures)))


def add_surnames(people: dict[str, list[str]], offices: dict[str, set[str]]) -> None:
    """The last word of a name, where one person of high office has it and it is no common word."""
    owners: dict[str, set[str]] = defaultdict(set)
    common = {fold_word(row.split("\t")[0]) for row in (RESOURCES / "lexicon/nouns.tsv").read_text(encoding="utf-8").splitlines()}
    for key, person in people.items():
        for name in person[1].split("|"):
            if offices[key] & SURNAME_OFFICES and len(name.split()) > 1:
                owners[name.split()[-1]].add(key)
    for surname, keys in owners.items():
        folded = fold_word(surname)
        if len(keys) == 1 and len(folded) > 3 and folded not in common and folded.removeprefix("ال") not in common:
            key = next(iter(keys))
            people[key][1] = names(people[key][1], surname)


def main() -> None:
    data, iso3 = Path(sys.argv[1]), dict[str, str]()
    states(data, iso3)
    organisations(data, iso3)
    persons(data, iso3)


if __name__ == "__main__":
    main()
