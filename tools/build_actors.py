"""Compiles states, organisations, persons and tenures: `python tools/build_actors.py DATA_FOLDER`.

Head nouns, modifiers, metonyms, additions and titles are written by hand in resources/actors and resources/offices and are
not touched here.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import msgspec

from build_verbs import write
from waqai.text.folding import fold_word

RESOURCES = Path(__file__).resolve().parent.parent / "src/waqai/resources"
KINDS = {
    "armed_group": ("armed group", "REB"), "coalition": ("party", "PTY"), "company": ("organisation", "BUS"), "government": ("organisation", "GOV"),
    "igo": ("organisation", ""), "intelligence": ("organisation", "SPY"), "military": ("military", "MIL"), "movement": ("party", "OPP"),
    "ngo": ("organisation", ""), "operation": ("military", "MIL"), "parliament": ("organisation", "LEG"), "party": ("party", "PTY"),
    "party_armed": ("armed group", "REB"), "police": ("police", "COP"), "religious": ("organisation", "REL"), "union": ("organisation", "LAB"),
}
TABLES = {"armed group": "armed_groups", "party": "parties"}
SLOTS = {"igo": "IGO", "ngo": "NGO", "company": "MNC", "armed_group": "IMG", "military": "IGO"}
UNITED_NATIONS = ("UN", "WHO", "WFP", "IAEA", "ILO", "ICJ", "FAO", "OCHA", "OHCHR", "MINUS")
EUROPEAN = ("EU", "EC", "EP")
# What the source's kind does not say: parties with seats and arms, forces that stand with their government, courts.
SECTORS_OF = {
    "HEZBOLLAH": "PTY", "AMAL": "PTY", "STC": "REB", "PMF": "PRM", "LNA": "REB", "SAHWA": "PRM", "JANJAWEED": "PRM", "SHABBIHA": "PRM", "WAGNER": "PRM",
    "BASIJ": "PRM", "SECBELT": "PRM", "NRF-YE": "PRM", "POPRES-YE": "PRM", "LIBYASHIELD": "PRM", "SSA-LY": "PRM", "SDF-LY": "PRM", "BADR": "PRM",
    "SNC": "OPP", "SYR-NC": "OPP", "SYR-HNC": "OPP", "SYR-NCB": "OPP", "SADR": "PTY", "NATO": "MIL", "UNIFIL": "MIL", "UNDOF": "MIL", "MINUSMA": "MIL", "UNAMID": "MIL", "UNMIS": "MIL", "UNMISS": "MIL", "ICC": "JUD",
    "ICJ": "JUD", "STL": "JUD", "EP": "LEG", "INTERPOL": "COP", "RSFP": "JRN", "MSF": "MED",
}
COUNTRIES_OF = {
    "UNIFIL": "UNO", "UNDOF": "UNO", "MINUSMA": "UNO", "UNAMID": "UNO", "UNMIS": "UNO", "UNMISS": "UNO", "UNSMIL": "UNO", "UNAMI": "UNO", "UNMHA": "UNO",
    "UNITAMS": "UNO", "MINURSO": "UNO", "STL": "IGO", "AMISOM": "IGO", "ATMIS": "IGO", "OHCHR": "UNO", "SNHR": "NGO", "SOHR": "NGO", "AQAP": "YEM", "POLISARIO": "MAR", "AQIM": "IMG", "AQI": "IMG",
}
# Names and beginnings that the source gives to one of several bodies in a row: actors/succession.tsv has the others.
RENAMED = {
    "SLM-AW": ("SLM (al-Nur)", "حركة تحرير السودان جناح عبد الواحد|حركة تحرير السودان جناح عبد الواحد نور|حركة عبد الواحد نور", "2006-05"),
    "HTS": ("Hay'at Tahrir al-Sham", "هيئة تحرير الشام|تحرير الشام", "2017-01-28"),
}
# Short names that a text uses for other things far more often.
NOT_NAMES = {"القوات", "الموحدة", "القيادة العامة", "تقدم", "صمود", "المرصد", "المجموعة", "الأحرار", "التكتل", "التجمع", "السلطة", "مشروع", "تمرد", "الكتلة", "المسيرة", "القوات الدولية", "الحكومة المؤقتة", "المجلس العسكري", "القسام"}
SECTORS = {
    "minister": "GOV", "foreign": "GOV", "ambassador": "GOV", "head_of_government": "GOV", "defence": "GOV", "interior": "GOV", "deputy_minister": "GOV",
    "justice": "GOV", "finance": "GOV", "head_of_state": "GOV", "judge": "JUD", "deputy_prime_minister": "GOV", "governor": "GOV", "speaker": "LEG",
    "military_chief": "MIL", "energy": "GOV", "vice_president": "GOV", "security": "GOV", "regional": "GOV", "central_bank": "GOV", "chief_of_staff": "GOV",
    "information": "GOV", "member": "LEG", "deputy_speaker": "LEG", "spokesperson": "GOV", "ruler": "GOV", "military": "MIL",
    "crown_prince": "GOV", "group_leader": "OPP", "religious_leader": "REL", "envoy": "GOV", "media": "JRN", "police": "COP", "activist": "OPP",
}
RANK = (
    "head_of_state", "supreme_leader", "head_of_government", "head_of_organisation", "crown_prince", "ruler", "vice_president", "foreign", "speaker",
    "group_leader", "religious_leader", "military_chief", "military", "defence", "interior", "deputy_prime_minister", "regional", "security", "envoy",
)
SURNAME_OFFICES = frozenset({
    "head_of_state", "supreme_leader", "head_of_government", "foreign", "crown_prince", "group_leader", "military_chief", "head_of_organisation", "envoy",
    "speaker", "vice_president", "defence", "security", "interior", "regional", "military", "religious_leader",
})
OUTLET_WORDS = {
    "newspaper": ("صحيفة", "جريدة", "يومية"), "agency": ("وكالة", "وكالة أنباء", "وكالة الأنباء"), "tv": ("قناة", "تلفزيون", "فضائية", "محطة", "شبكة"),
    "site": ("موقع",), "radio": ("إذاعة", "راديو"), "magazine": ("مجلة",),
}
# International posts name their body in the title only.
INTERNATIONAL = (
    ("Court of Justice", "ICJ"), ("United Nations", "UN"), ("Secretary-General of the UN", "UN"), ("World Trade", "WTO"), ("Arab Parliament", "LAS"), ("Arab League", "LAS"),
    ("NATO", "NATO"), ("European Commission", "EC"), ("European Parliament", "EP"), ("European", "EU"), ("Monetary", "IMF"), ("World Bank", "WB"),
    ("Atomic", "IAEA"), ("World Health", "WHO"), ("OSCE", "OSCE"), ("African Union", "AU"), ("UNESCO", "UNESCO"), ("Criminal Court", "ICC"),
)
# Second halves of given names (صلاح الدين، عبد الرحمن), which name nobody alone.
SECOND_HALVES = frozenset({"الدين", "الله", "الرحمن", "العزيز", "الإسلام", "الاسلام", "الحق", "الملك", "الكريم", "الرحيم", "القادر", "الحميد", "باشا", "بن", "الثاني", "الأول", "الثالث", "السادس"})
# Adjectives that the press uses of another people or town (تركماني، سليماني).
OTHER_PEOPLES = ("TKM", "SLB")
RIVALS = ("acting", "Houthi", "eastern", "disputed", "Tripoli", "National Salvation", "Stability", "rival", "self-declared", "Interim Government")
BY_HAND = "written by hand for this project. tools/build_actors.py"


class Held(msgspec.Struct, frozen=True):
    """An office of a person as the source has it."""

    person: str
    office: str
    body: str
    sector: str
    first: str
    last: str
    title: str
    by_hand: bool


def rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def names(*cells: str) -> str:
    """Several cells of names as one, each name once, in order."""
    return "|".join(dict.fromkeys(name.strip() for cell in cells for name in cell.split("|") if name.strip()))


def states(data: Path) -> dict[str, str]:
    """Write states.tsv; ISO-2 to ISO-3."""
    iso3: dict[str, str] = {}
    capitals: dict[str, list[str]] = defaultdict(list)
    for line in (RESOURCES / "gazetteer/capitals.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            cells = line.split("\t")
            capitals[cells[0]].append(cells[2])
    table = []
    for row in rows(data / "countries/countries.csv"):
        # PLOVER's code of Kosovo, which ISO does not list.
        code = iso3[row["iso2"]] = "KOS" if row["iso2"] == "XK" else row["iso3"]
        if row["iso2"] == "EH":
            continue  # PLOVER codes the partly recognised with the state that holds them: metonyms.tsv
        table.append((
            code, row["name_en"], "" if row["iso3"] == "MDV" else "|".join(capitals[row["iso3"]]),
            names(row["name_ar"], row["formal_ar"], row["aliases_ar"]), "" if row["iso3"] in OTHER_PEOPLES else row["nisba_ar"],
            "" if row["iso3"] in OTHER_PEOPLES else row["people_ar"],
        ))
    write(RESOURCES / "actors/states.tsv", {
        "what": "states and territories with their Arabic names, capitals and adjectives",
        "columns": "id (ISO 3166-1 alpha-3), name_en, capital_ar (stands for the government), names_ar (first: the usual one), nationality_ar (masculine singular), "
                   "people_ar (plural)",
        "source": "datasets/country-codes, Unicode CLDR, Natural Earth; adjectives and aliases by hand. tools/build_actors.py",
        "licence": "ODC-PDDL 1.0, Unicode-3.0 (LICENSES/unicode.txt), public domain; own work Apache-2.0",
        "known problems": "Western Sahara is in metonyms.tsv; كونغولي, غيني and كوري stand for several states: the country of the text decides, else the first",
    }, ("id", "name_en", "capital_ar", "names_ar", "nationality_ar", "people_ar"), sorted(table))
    return iso3


def organisations(data: Path, iso3: dict[str, str]) -> dict[str, str]:
    """Write organisations.tsv, armed_groups.tsv and parties.tsv; the sector of each organisation."""
    tables: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    sectors: dict[str, str] = {}
    for row in rows(data / "organisations/organisations.csv"):
        code = row["code"]
        kind, sector = KINDS[row["kind"]]
        sectors[code] = sector = SECTORS_OF.get(code, sector)
        country = COUNTRIES_OF.get(code) or iso3.get(row["iso2"], "")
        if not country:
            country = "UNO" if code.startswith(UNITED_NATIONS) else "EUR" if code in EUROPEAN else SLOTS.get(row["kind"], "")
        english, arabic, start = RENAMED.get(code, (row["name_en"], names(row["name_ar"], row["aliases_ar"]), row["start"]))
        known = [name for name in arabic.split("|") if name not in NOT_NAMES]
        tables[TABLES.get(kind, "organisations")].append((code, kind, country, sector, start.zfill(4) if start else "", row["end"], english, "|".join(known)))
    for table, what in (("organisations", "international organisations, organs of states, forces"), ("armed_groups", "armed groups"), ("parties", "parties and movements")):
        write(RESOURCES / f"actors/{table}.tsv", {
            "what": what,
            "columns": "id, kind, country (PLOVER country slot), sector (PLOVER), from, to (years or dates), name_en, names_ar (first: the usual one)",
            "source": BY_HAND, "licence": "Apache-2.0",
            "known problems": "some names are those of several groups (أنصار الشريعة): the country of the text decides",
        }, ("id", "kind", "country", "sector", "from", "to", "name_en", "names_ar"), sorted(tables[table]))
    return sectors


def outlets(data: Path, iso3: dict[str, str]) -> None:
    """Write media.tsv. An outlet whose name is a common word is named with its kind only (صحيفة الأخبار)."""
    common = common_words()
    table = []
    for row in rows(data / "outlets/outlets.csv"):
        found: dict[str, None] = {}
        for name in names(row["name_ar"], row["aliases_ar"]).split("|"):
            if " " in name or not any(w in common for w in (fold_word(name), fold_word(name).removeprefix("ال"))):
                found.setdefault(name)
            if " " not in name:
                found.update(dict.fromkeys(f"{word} {name}" for word in OUTLET_WORDS[row["kind"]]))
        table.append((row["domain"], "media", iso3[row["iso2"]], "JRN", row["name_en"], "|".join(found)))
    write(RESOURCES / "actors/media.tsv", {
        "what": "news outlets",
        "columns": "id (web domain), kind, country (of the seat), sector, name_en, names_ar",
        "source": BY_HAND, "licence": "Apache-2.0",
        "known problems": "outlets named by a common word are found behind صحيفة, قناة, وكالة only",
    }, ("id", "kind", "country", "sector", "name_en", "names_ar"), sorted(table))


def common_words() -> frozenset[str]:
    """The folded common nouns and adjectives of the lexicon."""
    lines = (RESOURCES / "lexicon/nouns.tsv").read_text(encoding="utf-8").splitlines()
    return frozenset(fold_word(line.split("\t")[0]) for line in lines if not line.startswith("#"))


def persons(data: Path, iso3: dict[str, str], sectors: dict[str, str]) -> None:
    """Write persons.tsv and tenures.tsv."""
    held: list[Held] = []
    people: dict[str, list[str]] = {}
    for file in ("tenures_hand.csv", "tenures_arab.csv", "tenures_world.csv"):
        for row in rows(data / "leaders" / file):
            key = row["qid"] or "x:" + row["name_en"].replace(" ", "_")
            if not row["name_ar"] or (row["end"] or row.get("end_at_latest") or "9999") < "2003":
                continue
            person = people.setdefault(key, [row["name_en"], ""])
            person[1] = names(person[1], row["name_ar"], row.get("aliases_ar") or "")
            held.append(office(row, key, iso3, sectors))
    for row in rows(data / "leaders/persons.csv"):
        if row["qid"] in people and row["name_ar"]:
            people[row["qid"]][1] = names(people[row["qid"]][1], row["name_ar"], row["aliases_ar"])
    by_person: dict[str, list[Held]] = defaultdict(list)
    for one in held:
        by_person[one.person].append(one)
    add_surnames(people, by_person)
    write_persons(people, by_person)
    write_tenures(held)


def office(row: dict[str, str], key: str, iso3: dict[str, str], sectors: dict[str, str]) -> Held:
    """A row of the source as an office held; officers of a body have its sector."""
    by_hand = "entity" in row
    whose = row["entity"] if by_hand else row["iso2"]
    is_body = by_hand and row["entity_kind"] == "organisation"
    body = whose if is_body else iso3.get(whose, "SOM" if whose == "SO-SL" else "")
    kind = row["office_class"]
    if kind == "head_of_state" and "Supreme Leader" in row["position_en"]:
        kind = "supreme_leader"
    if kind == "military_chief" and any(word in row["position_en"] for word in ("Revolutionary Guards", "Quds", "Central Command", "Air Force", "Navy")):
        kind = "military"
    if whose == "ZZ":
        body = next((code for words, code in INTERNATIONAL if words in row["position_en"]), "IGO")
        kind = kind if kind == "head_of_organisation" or "Secretary-General of" in row["position_en"][:21] else "international"
        return Held(key, kind, body, sectors.get(body, ""), row["start"], row["end"] or row.get("end_at_latest") or "", row["position_en"], by_hand)
    sector = sectors.get(whose, "") if is_body else SECTORS.get(kind, "GOV")
    if "Libyan National Army" in row["position_en"] or "LNA" in row["position_en"]:
        body, sector = "LNA", "REB"
    elif "Houthi" in row["position_en"]:
        sector = "REB"
    return Held(key, kind, body, sector, row["start"], row["end"] or row.get("end_at_latest") or "", row["position_en"], by_hand)


def rank(one: Held) -> tuple[int, str]:
    """The order of offices by prominence."""
    return (RANK.index(one.office) if one.office in RANK else len(RANK), one.first)


def write_persons(people: dict[str, list[str]], by_person: dict[str, list[Held]]) -> None:
    """One row a person, with the country and sector of the highest office; the tables' order is alphabetic, so rank is a column."""
    table = []
    for key, (english, arabic) in people.items():
        best = min(by_person[key], key=rank)
        table.append((key, best.body, best.sector, str(rank(best)[0]), key if key.startswith("Q") else "", english, arabic))
    write(RESOURCES / "actors/persons.tsv", {
        "what": "holders of political offices since 2003, leaders of parties and armed groups",
        "columns": "id (Wikidata, or x: where none is known), country (or id of the organisation, of the highest office), sector, rank (0 the most prominent), wikidata, "
                   "name_en, names_ar (first: the fullest usual one)",
        "source": "Wikidata; names and tenures completed by hand. tools/build_actors.py",
        "licence": "CC0 1.0; own work Apache-2.0",
        "known problems": "a surname alone stands for the holders of high offices; ministers are found by full name only",
    }, ("id", "country", "sector", "rank", "wikidata", "name_en", "names_ar"), sorted(table))


def write_tenures(held: list[Held]) -> None:
    """One row an office held; `main` where a title without more means this holder."""
    covered = {(one.office, one.body) for one in held if one.by_hand}
    table = {
        (one.person, one.office, one.body, one.sector, one.first, one.last,
         "main" if (one.by_hand or (one.office, one.body) not in covered) and not any(word in one.title for word in RIVALS) else "", one.title)
        for one in held
    }
    write(RESOURCES / "offices/tenures.tsv", {
        "what": "who held which office from when to when",
        "columns": "person (id in actors/persons.tsv), office (class), country (or id of the organisation), sector, from, to (empty: still in office, or unknown), "
                   "rank (main: the title alone means this holder), title_en",
        "source": "Wikidata; completed by hand. tools/build_actors.py",
        "licence": "CC0 1.0; own work Apache-2.0",
        "known problems": "ends of offices of the last two years may be missing",
    }, ("person", "office", "country", "sector", "from", "to", "rank", "title_en"), sorted(table))


def add_surnames(people: dict[str, list[str]], by_person: dict[str, list[Held]]) -> None:
    """The last word of a name, for holders of high offices."""
    first = defaultdict(set)
    for key, (_, arabic) in people.items():
        for name in arabic.split("|"):
            first[name.split()[0]].add(key)
    for key, person in people.items():
        if any(one.office in SURNAME_OFFICES for one in by_person[key]):
            last = [name.split()[-1] for name in person[1].split("|") if len(name.split()) > 1]
            person[1] = names(person[1], *(word for word in last if len(fold_word(word)) > 2 and len(first[word]) < 3 and word not in SECOND_HALVES))


def romanisation(data: Path) -> None:
    """Write romanisation.tsv: Latin spellings of frequent words of names."""
    table = []
    for row in rows(data / "names/person_tokens.csv"):
        if (int(row["arab_officials"]) or int(row["count"]) > 60) and row["latin"]:
            latin = row["latin"].split("|")[0]
            table.append((latin.title() if latin.isalpha() else latin, row["token_ar"]))
    seen: dict[str, tuple[str, str]] = {}
    for latin, arabic in table:
        seen.setdefault(fold_word(arabic), (latin, arabic))
    write(RESOURCES / "actors/romanisation.tsv", {
        "what": "usual Latin spellings of words of personal names", "columns": "latin, arabic",
        "source": "NETransliteration-COLING2018, from Wikidata. tools/build_actors.py", "licence": "CC0 1.0",
        "known problems": "one spelling a word, the most frequent of the world's persons who bear it",
    }, ("latin", "arabic"), sorted(seen.values()))


def main() -> None:
    """Compile all tables."""
    data = Path(sys.argv[1])
    iso3 = states(data)
    sectors = organisations(data, iso3)
    outlets(data, iso3)
    persons(data, iso3, sectors)
    romanisation(data)


if __name__ == "__main__":
    main()
