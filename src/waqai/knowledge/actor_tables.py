"""Reading the tables of the actor base into one packed value that can be kept compiled."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Callable

import msgspec

from waqai.document import Entity, EntityKind
from waqai.knowledge.actor_own import own_actors
from waqai.knowledge.actor_relations import Relations, relations
from waqai.knowledge.loader import Resources, Row
from waqai.text.folding import fold_word

_ORGANISATIONS = ("organisations", "armed_groups", "parties", "media", "additions")
_NATIONALITY_ENDINGS = ("", "ه", "ا", "ين", "ون", "ات", "ان", "تين", "تان", "و", "يا")
_SOUND = ("", "ا", "ان", "ين", "ون", "و", "ي", "ه", "ات", "تان", "تين", "تا", "تي")
_METONYM_KINDS: dict[str, EntityKind] = {
    "MIL": "military", "PRM": "military", "JRN": "media", "REB": "armed group", "COP": "police", "PTY": "party", "OPP": "party",
}
_PARTS_OF_NUMBERS = frozenset({"teen_one", "ten", "scale_plural"})
_GIVEN_NAME = 4
# States whose names have their spelling in Arabic itself, and the slots of bodies that are nobody's.
_ARABIC = frozenset({
    "ARE", "BHR", "COM", "DJI", "DZA", "EGY", "IRQ", "JOR", "KWT", "LBN", "LBY", "MAR", "MRT", "OMN", "PSE", "QAT", "SAU", "SDN",
    "SOM", "SYR", "TUN", "YEM", "IMG", "ISM", "NGO",
})
_PROMINENT = 2
_SKELETON = str.maketrans("جطقثذ", "غتكتد", "اويهء")
_SHORTEST_SKELETON = 6


class Head(msgspec.Struct, frozen=True, gc=False):
    """What a head noun says of the phrase that it heads. `use`: title, class, part, relation (see the table)."""

    kind: EntityKind
    sector: str
    use: frozenset[str]
    number: str
    gender: str
    english: str


class Modifier(msgspec.Struct, frozen=True, gc=False):
    """A word beside a head noun: how it is used and, for sector and slot, the value that it gives."""

    use: str
    value: str


class Title(msgspec.Struct, frozen=True, gc=False):
    """A title of office: its class in the tenures ("" for none), sector, the states that have it, its English.

    The title of one post names its `body`; `holds` are words of the English titles of its tenures.
    """

    office: str
    sector: str
    countries: tuple[str, ...]
    english: str
    body: str = ""
    holds: tuple[str, ...] = ()


class Tenure(msgspec.Struct, frozen=True, gc=False):
    """An office held by a person in `body`, a state or an organisation of `country`.

    `first` and `last` are ISO dates or their beginnings, "" when open. `main`: no rival or acting holder's.
    """

    person: str
    office: str
    body: str
    country: str
    sector: str
    first: str
    last: str
    title: str
    main: bool


class Packed(msgspec.Struct, frozen=True, gc=False):
    """All tables, folded and indexed."""

    entities: dict[str, Entity]
    names: dict[str, tuple[str, ...]]
    weak: list[str]
    nationalities: dict[str, tuple[str, ...]]
    heads: dict[str, Head]
    modifiers: dict[str, Modifier]
    titles: dict[str, tuple[Title, ...]]
    officers: dict[str, tuple[str, ...]]
    tenures: dict[str, tuple[Tenure, ...]]
    relations: Relations
    places: dict[str, str]
    shared_places: dict[str, tuple[str, ...]]
    spellings: dict[str, str]
    given: list[str]
    skeletons: dict[str, str]
    home: dict[str, float]
    numbers: dict[str, str]


class _Names:
    """Names to entity ids while tables are read; the order of reading is the order of preference."""

    def __init__(self) -> None:
        self.entities: dict[str, Entity] = {}
        self.ids: dict[str, dict[str, None]] = defaultdict(dict)
        self.prominent: set[str] = set()

    def add(self, entity: Entity, cell: str, rank: int = 99) -> None:
        """Note an entity and the names of a cell. Short names of the most prominent persons count though others bear them."""
        self.entities.setdefault(entity.id, entity)
        if rank <= _PROMINENT:
            self.prominent.update(fold_word(name) for name in cell.split("|") if " " not in name)
        foreign = entity.kind in ("person", "armed group", "organisation") and len(entity.country) == 3 and entity.country not in _ARABIC
        for name in filter(None, cell.split("|")):
            for key in (*spelling_variants(name), *(foreign_variants(name) if foreign else ())):
                self.ids[key].setdefault(entity.id)

    def merge(self, metonyms: set[str], doubles: dict[str, str]) -> None:
        """Let doubles be those they double, and a metonym of the English name of a listed body that body, whose codes are the better ones."""
        listed = {entity.name_en.lower(): entity.id for entity in self.entities.values() if entity.id not in metonyms and entity.kind != "person"}
        same = {i: listed[self.entities[i].name_en.lower()] for i in metonyms if self.entities[i].name_en.lower() in listed}
        same.update((double, other) for double, other in doubles.items() if double in self.entities)
        for double in same:
            del self.entities[double]
        for name, ids in self.ids.items():
            if not same.keys().isdisjoint(ids):
                self.ids[name] = dict.fromkeys(same.get(i, i) for i in ids)


def pack(resources: Resources) -> Packed:
    """All tables of the actor base, folded."""
    names = _Names()
    own = own_actors(resources)
    for one in own:
        names.add(one.entity, one.names)
    nationalities: dict[str, dict[str, None]] = defaultdict(dict)
    metonyms = resources.table("actors/metonyms.tsv")
    for row in metonyms:
        if row["kind"] != "country":
            names.add(_metonym(row), row["name_ar"])
    also = {row["name_ar"]: row["country"] for row in metonyms if row["kind"] == "country"}
    for row in resources.table("actors/states.tsv"):
        state = Entity(row["id"], "country", row["names_ar"].split("|")[0], row["name_en"], row["id"])
        names.add(state, "|".join((row["names_ar"], row["capital_ar"], *(name for name, country in also.items() if country == row["id"]))))
        for form in nationality_forms(row):
            nationalities[form].setdefault(row["id"])
    for table in _ORGANISATIONS:
        for row in resources.table(f"actors/{table}.tsv"):
            names.add(_organisation(row), row["names_ar"])
    bodies = {entity.id: entity for entity in names.entities.values()}
    same = {row["id"]: row["same_as"] for row in resources.table("actors/same.tsv")}
    people = [*resources.table("actors/persons.tsv"), *resources.table("actors/persons_by_hand.tsv")]
    for row in sorted(people, key=lambda row: int(row["rank"])):
        names.add(_person(row, bodies), row["names_ar"], int(row["rank"]))
    names.merge({_metonym(row).id for row in metonyms if row["kind"] != "country"}, same)
    heads = _heads(resources, names)
    common = {fold_word(row["word"]) for row in resources.table("gazetteer/common_words.tsv")}
    return Packed(
        names.entities, {key: tuple(ids) for key, ids in names.ids.items()}, _weak(resources, names, heads),
        {form: tuple(found) for form, found in nationalities.items()}, heads, _modifiers(resources), _titles(resources), _officers(resources),
        _tenures(resources, bodies, same, [one.office for one in own if one.office is not None]), relations(resources, same),
        *_places(resources, common), _spellings(resources), _given(names), _skeletons(names),
        {row["evidence"]: float(row["weight"]) for row in resources.table("actors/home.tsv")},
        {fold_word(row["word"]): row["value"] for row in resources.table("lexicon/numbers.tsv") if row["kind"] not in _PARTS_OF_NUMBERS},
    )


def spelling_variants(name: str) -> list[str]:
    """A name folded, with the two ways to write عبد الله."""
    folded = " ".join(fold_word(name).split())
    found = [folded]
    if "عبد ال" in folded:
        found.append(folded.replace("عبد ال", "عبدال"))
    elif "عبدال" in folded:
        found.append(folded.replace("عبدال", "عبد ال"))
    if "ابو " in folded:
        found.append(folded.replace("ابو ", "ابي "))
    return found


def foreign_variants(name: str) -> list[str]:
    """The spellings of a name from a language that has a g: the Egyptian press writes it with ج, the others mostly with غ."""
    folded = " ".join(fold_word(name).split())
    return [folded.replace("غ", "ج"), folded.replace("ج", "غ")] if "غ" in folded or ("ج" in folded and " " in folded) else []


def nationality_forms(row: Row) -> list[str]:
    """All folded forms of the adjectives of a state: أميركي، أميركية، أميركيين، أميركيون، أميركيتين، أميركا؛ كورية جنوبية."""
    forms = [_inflected(a, ending) for a in filter(None, row["nationality_ar"].split("|")) for ending in _NATIONALITY_ENDINGS]
    return forms + [fold_word(people) for people in filter(None, row["people_ar"].split("|"))]


def _inflected(adjective: str, ending: str) -> str:
    """An adjective with an ending at each of its words that takes one: كورية جنوبية, but جنوب سودانية."""
    return " ".join(word + ending if word.endswith("ي") else word for word in fold_word(adjective).split())


def _organisation(row: Row) -> Entity:
    return Entity(row["id"], row["kind"], row["names_ar"].split("|")[0], row["name_en"], row["country"], row["sector"])  # type: ignore[arg-type]


def _metonym(row: Row) -> Entity:
    kind: EntityKind = _METONYM_KINDS.get(row["sector"], "organisation")
    kind = row["kind"] or kind  # type: ignore[assignment]
    return Entity("x:" + row["name_en"].replace(" ", "_"), kind, row["name_ar"], row["name_en"], row["country"], row["sector"])


def _person(row: Row, bodies: dict[str, Entity]) -> Entity:
    body = bodies.get(row["country"])
    country = body.country if body else row["country"]
    return Entity(row["id"], "person", row["names_ar"].split("|")[0], row["name_en"], country, row["sector"], None, row["wikidata"])


def _tenures(resources: Resources, bodies: dict[str, Entity], same: dict[str, str], own: list[Row]) -> dict[str, tuple[Tenure, ...]]:
    """Offices by person. A row of additions.tsv stands instead of that of the same person, office, body and beginning; «-» only removes it."""
    by_hand = [*resources.table("offices/additions.tsv"), *own]
    replaced = {(row["person"].removeprefix("-"), row["office"], row["country"], row["from"]) for row in by_hand}
    compiled = (row for row in resources.table("offices/tenures.tsv") if (row["person"], row["office"], row["country"], row["from"]) not in replaced)
    found: dict[str, list[Tenure]] = defaultdict(list)
    for row in (*compiled, *(row for row in by_hand if not row["person"].startswith("-"))):
        body, person = bodies.get(row["country"]), same.get(row["person"], row["person"])
        country = body.country if body else row["country"]
        found[person].append(
            Tenure(person, row["office"], row["country"], country, row["sector"], row["from"], row["to"], row["title_en"], row["rank"] == "main")
        )
    return {person: tuple(tenures) for person, tenures in found.items()}


def _heads(resources: Resources, names: _Names) -> dict[str, Head]:
    heads: dict[str, Head] = {}
    derived: dict[str, Head] = {}
    for row in resources.table("actors/head_nouns.tsv"):
        use = frozenset(filter(None, row["use"].split("|")))
        word = _stems(row["word"])

        def head(number: str, gender: str, row: Row = row, use: frozenset[str] = use) -> Head:
            return Head(row["kind"], row["sector"], use, number, gender, row["en"])  # type: ignore[arg-type]

        heads.setdefault(word, head("s", row["gender"]))
        for form in filter(None, row["plurals"].split("|")):
            if form == "ون":
                for ending in _SOUND[1:]:
                    derived.setdefault(word + ending, head("s" if ending in ("ا", "ه") else "p", "f" if ending[:1] in "هت" or ending == "ات" else "m"))
            else:
                heads.setdefault(_stems(form), _listed(word, _stems(form), head))
                if " " not in form and not form.endswith(("ون", "ين", "ات", "ة", "ان", "ى", "ا", "ء")):
                    derived.setdefault(fold_word(form) + "ا", head("p", row["gender"]))
        if " " not in word:
            _derive(derived, word, row, head("s", row["gender"]), head("d", row["gender"]))
    for form, found in derived.items():
        # طالبان is a movement, not two students.
        if not any(names.entities[i].kind != "person" for i in names.ids.get(form, ())):
            heads.setdefault(form, found)
    return heads


def _listed(word: str, form: str, head: Callable[[str, str], Head]) -> Head:
    """A form that the table lists: the feminine of the word, its dual, or else a plural."""
    if form == word + "ه":
        return head("s", "f")
    if form in (word + "ان", word + "ين") or form.endswith(("تان", "تين", "تا", "تي")):
        return head("d", "f" if "ت" in form[-3:] else "m")
    return head("p", "f" if form.endswith("ات") else "m")


def _derive(derived: dict[str, Head], word: str, row: Row, singular: Head, dual: Head) -> None:
    """Accusative and dual of a singular: شخصا، شخصان، شخصين، سيارتين."""
    if word.endswith("ه") and row["gender"] == "f":
        for ending in ("تان", "تين", "تا", "تي"):
            derived.setdefault(word[:-1] + ending, dual)
    elif len(word) > 2 and row["gender"] == "m":
        derived.setdefault(word + "ا", singular)
        for ending in ("ان", "ين"):
            derived.setdefault(word + ending, dual)


def _stems(words: str) -> str:
    """Folded words without articles, joined by blanks; للأمم is read as الأمم."""
    return " ".join(word[2:] if word.startswith(("ال", "لل")) and len(word) > 4 else word for word in fold_word(words).split())


def _modifiers(resources: Resources) -> dict[str, Modifier]:
    found: dict[str, Modifier] = {}
    for row in resources.table("actors/modifiers.tsv"):
        modifier, word = Modifier(row["use"], row["value"]), fold_word(row["word"])
        found.setdefault(word, modifier)
        if row["use"] == "quantity":
            found.setdefault(word + "ا", modifier)
        else:
            for ending in ("ه", "ا", "ين", "ون", "ات", "و", "ي", "تين", "تان"):
                found.setdefault(word + ending, modifier)
    return found


def _titles(resources: Resources) -> dict[str, tuple[Title, ...]]:
    found: dict[str, list[Title]] = defaultdict(list)
    for row in resources.table("offices/titles.tsv"):
        title = Title(row["office"], row["sector"], tuple(filter(None, row["countries"].split("|"))), row["title_en"])
        for name in row["titles_ar"].split("|"):
            if title not in found[_stems(name)]:
                found[_stems(name)].append(title)
    for row in resources.table("offices/posts.tsv"):
        title = Title(row["office"], row["sector"], (), row["title_en"], row["body"], tuple(filter(None, row["holds"].split("|"))))
        for name, where in itertools.product(row["titles_ar"].split("|"), row["where_ar"].split("|")):
            found[_stems(f"{name} {where}")].insert(0, title)
    # The title of one post, then one of certain states, is tried before one that all have.
    return {key: tuple(sorted(titles, key=lambda t: (not t.body, not t.countries, not t.office))) for key, titles in found.items()}


def _officers(resources: Resources) -> dict[str, tuple[str, ...]]:
    """Titles of who leads or speaks for a body, with the classes of office that they may be."""
    return {_stems(name): tuple(row["offices"].split("|")) for row in resources.table("offices/officers.tsv") for name in row["titles_ar"].split("|")}


def _weak(resources: Resources, names: _Names, heads: dict[str, Head]) -> list[str]:
    """One-word names that are also words: heads, adjectives of other things, common nouns of the lexicon."""
    nouns = {fold_word(row["word"]) for row in resources.table("lexicon/nouns.tsv")}
    single = (name for name in names.ids if " " not in name)
    return sorted(
        name for name in single
        if name.removeprefix("ال") in heads or name in nouns or (name.startswith("ال") and name[2:] in nouns)
    )


def _places(resources: Resources, common: set[str]) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """Towns and divisions that mean one state wherever they are named, and those of several states."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in resources.table("gazetteer/places.tsv"):
        if row["country"]:
            for name in filter(None, (row["name_ar"] + "|" + row["aliases_ar"]).split("|")):
                found[fold_word(name)].add(row["country"])
    clear = {name: where for name, where in found.items() if name not in common and len(name) > 2}
    return (
        {name: next(iter(where)) for name, where in clear.items() if len(where) == 1},
        {name: tuple(sorted(where)) for name, where in clear.items() if len(where) > 1},
    )


def _spellings(resources: Resources) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in resources.table("actors/romanisation.tsv"):
        found.setdefault(fold_word(row["arabic"]), row["latin"])
    return found


def skeleton(name: str) -> str:
    """The consonants of a folded name as foreign names are spelt now one way, now another: سيرغي and سرغي, تاكسين and ثاكسين."""
    return name.translate(_SKELETON)


def _skeletons(names: _Names) -> dict[str, str]:
    """Full names of persons from abroad by their consonants, where these are one person's."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, ids in names.ids.items():
        for i in ids if " " in name else ():
            if names.entities[i].kind == "person" and names.entities[i].country not in _ARABIC:
                found[skeleton(name)].add(i)
    return {key: next(iter(ids)) for key, ids in found.items() if len(ids) == 1 and len(key) >= _SHORTEST_SKELETON}


def _given(names: _Names) -> list[str]:
    """Words that begin the names of several persons: given names, which alone name nobody."""
    first = Counter(name.split(" ")[0] for name, ids in names.ids.items() if " " in name and any(names.entities[i].kind == "person" for i in ids))
    return sorted(word for word, count in first.items() if count >= _GIVEN_NAME and word not in names.prominent)
