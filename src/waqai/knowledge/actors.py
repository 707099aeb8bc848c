"""The actor base: states, organisations, persons and their offices, head nouns, as immutable lookups."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

import msgspec

from waqai.document import Entity, EntityKind
from waqai.knowledge.loader import Resources, Row
from waqai.text.folding import fold_word

Name = tuple[str, ...]


class Head(msgspec.Struct, frozen=True, gc=False):
    """What a head noun says of the phrase that it heads."""

    kind: EntityKind
    sector: str
    title: bool


class Tenure(msgspec.Struct, frozen=True, gc=False):
    """An office held by a person; `first` and `last` are ISO dates or their beginnings, "" when open."""

    person: str
    office: str
    country: str
    sector: str
    first: str
    last: str
    title: str


class ActorBase(msgspec.Struct, frozen=True, gc=False):
    """Everything the linker looks up. Keys are folded words without article."""

    entities: dict[str, Entity]
    names: dict[Name, tuple[str, ...]]
    by_first_word: dict[str, tuple[Name, ...]]
    nationalities: dict[str, str]
    heads: dict[str, Head]
    tenures: dict[str, tuple[Tenure, ...]]
    offices: dict[tuple[str, str], tuple[Tenure, ...]]
    titles: dict[Name, tuple[str, str]]

    @classmethod
    def load(cls, resources: Resources) -> ActorBase:
        """Read actors/*.tsv and offices/*.tsv, or their compiled form."""
        sources = [*resources.files("actors/*.tsv"), *resources.files("offices/*.tsv")]
        packed = resources.compiled("actors", sources, _Packed, lambda: _pack(resources))
        by_first: dict[str, list[Name]] = defaultdict(list)
        names = {tuple(key.split(" ")): ids for key, ids in packed.names.items()}
        for name in names:
            by_first[name[0]].append(name)
        offices: dict[tuple[str, str], list[Tenure]] = defaultdict(list)
        for tenures in packed.tenures.values():
            for tenure in tenures:
                offices[tenure.office, tenure.country].append(tenure)
        return cls(
            packed.entities, names, {word: tuple(sorted(found, key=len, reverse=True)) for word, found in by_first.items()},
            packed.nationalities, packed.heads, packed.tenures, {key: tuple(found) for key, found in offices.items()},
            {tuple(title.split(" ")): (office, english) for title, (office, english) in packed.titles.items()},
        )

    @property
    def human(self) -> frozenset[str]:
        """Folded head nouns that denote people: their name may follow them."""
        people = ("person", "office", "group", "armed group", "military", "police", "party", "media")
        return frozenset(word for word, head in self.heads.items() if head.kind in people)

    @property
    def name_words(self) -> frozenset[str]:
        """Every word of a name that no head noun begins."""
        return frozenset(word for name in self.names for word in name if word not in self.heads and len(word) > 2)

    def tenure_at(self, person: str, date: dt.date | None) -> Tenure | None:
        """The office of a person at a date: the one begun last; without a date, or none then, nothing."""
        held = self.tenures.get(person, ())
        if date is None or not held:
            return None
        current = [t for t in held if _covers(t, date)]
        return max(current, key=lambda t: t.first, default=None)

    def holder(self, office: str, country: str, date: dt.date | None) -> str | None:
        """The person who held an office at a date, when the base knows exactly whom."""
        if date is None:
            return None
        found = {t.person for t in self.offices.get((office, country), ()) if _covers(t, date)}
        return next(iter(found)) if len(found) == 1 else None


class _Packed(msgspec.Struct, frozen=True, gc=False):
    entities: dict[str, Entity]
    names: dict[str, tuple[str, ...]]
    nationalities: dict[str, str]
    heads: dict[str, Head]
    tenures: dict[str, tuple[Tenure, ...]]
    titles: dict[str, tuple[str, str]]


def name_key(words: str) -> str:
    """A name as a key: folded, the article of its first word and the words بن and آل dropped."""
    folded = fold_word(words).split()
    return " ".join([folded[0].removeprefix("ال") if len(folded[0]) > 4 else folded[0], *folded[1:]]) if folded else ""


def _covers(tenure: Tenure, date: dt.date) -> bool:
    day = date.isoformat()
    return tenure.first <= day and (not tenure.last or day <= tenure.last + "~")


def _pack(resources: Resources) -> _Packed:
    entities: dict[str, Entity] = {}
    names: dict[str, list[str]] = defaultdict(list)
    nationalities: dict[str, str] = {}

    def add(entity: Entity, cells: str) -> None:
        entities[entity.id] = entity
        for name in cells.split("|"):
            key = name_key(name)
            if key and entity.id not in names[key]:
                names[key].append(entity.id)

    for row in resources.table("actors/metonyms.tsv"):
        add(_metonym(row), row["name_ar"])
    for row in resources.table("actors/states.tsv"):
        name = row["names_ar"].split("|")[0]
        add(Entity(row["id"], "country", name, row["name_en"], row["id"]), row["names_ar"])
        for form in nationality_forms(row):
            nationalities.setdefault(form, row["id"])
    for row in resources.table("actors/organisations.tsv"):
        name = row["names_ar"].split("|")[0]
        add(Entity(row["id"], row["kind"], name, row["name_en"], row["country"], row["sector"]), row["names_ar"])  # type: ignore[arg-type]
    tenures: dict[str, list[Tenure]] = defaultdict(list)
    for row in resources.table("offices/tenures.tsv"):
        tenures[row["person"]].append(Tenure(row["person"], row["office"], row["country"], row["sector"], row["from"], row["to"], row["title_en"]))
    for row in resources.table("actors/persons.tsv"):
        name = row["names_ar"].split("|")[0]
        add(Entity(row["id"], "person", name, row["name_en"], row["country"], _usual_sector(tenures[row["id"]])), row["names_ar"])
    for row in resources.table("gazetteer/capitals.tsv"):
        if row["country"] in entities and name_key(row["name_ar"]) not in names:
            names[name_key(row["name_ar"])].append(row["country"])
    titles = {name_key(title): (row["office"], row["title_en"]) for row in resources.table("offices/titles.tsv") for title in row["titles_ar"].split("|")}
    return _Packed(
        entities, {key: tuple(ids) for key, ids in names.items()}, nationalities, _heads(resources),
        {key: tuple(found) for key, found in tenures.items()}, titles,
    )


def _usual_sector(tenures: list[Tenure]) -> str:
    return max(tenures, key=lambda t: t.first).sector if tenures else ""


def _metonym(row: Row) -> Entity:
    kind: EntityKind = {"MIL": "military", "PRM": "military", "JRN": "media", "REB": "armed group", "COP": "police"}.get(row["sector"], "organisation")  # type: ignore[assignment]
    return Entity("x:" + row["name_en"].replace(" ", "_"), kind, row["name_ar"], row["name_en"], row["country"], row["sector"])


def _heads(resources: Resources) -> dict[str, Head]:
    heads: dict[str, Head] = {}
    for row in resources.table("actors/head_nouns.tsv"):
        heads.setdefault(fold_word(row["word"]), Head(row["kind"], row["sector"], row["use"] == "title"))  # type: ignore[arg-type]
    return heads


def nationality_forms(row: Row) -> list[str]:
    """All folded forms of the adjectives of a state: أميركي، أميركية، أميركيين، أميركيون، أميركيتين، أميركا."""
    forms: list[str] = []
    for adjective in filter(None, row["nationality_ar"].split("|")):
        base = fold_word(adjective)
        forms += [base + ending for ending in ("", "ه", "ا", "ين", "ون", "ات", "ان", "تين", "تان")]
    for people in filter(None, row["people_ar"].split("|")):
        forms.append(fold_word(people))
    return forms
