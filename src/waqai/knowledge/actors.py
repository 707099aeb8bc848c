"""The actor base: states, organisations, persons and their offices, head nouns, as immutable lookups."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

import msgspec

from waqai.document import Entity
from waqai.knowledge.actor_own import FILE as OWN
from waqai.knowledge.actor_relations import Relations
from waqai.knowledge.actor_tables import Head, Modifier, Packed, Tenure, Title, pack
from waqai.knowledge.loader import Resources
from waqai.text.folding import fold_word

_PEOPLE = frozenset({"person", "office", "group", "armed group", "military", "police", "party", "media"})
# Held together, the office of the higher rank is the one that a text means; those not listed come last.
_RANK = {office: rank for rank, office in enumerate((
    "supreme_leader", "head_of_state", "head_of_government", "head_of_organisation", "crown_prince", "vice_president", "ruler", "foreign", "speaker",
    "military_chief", "defence", "interior", "deputy_prime_minister", "regional", "security", "finance", "justice", "energy", "minister", "group_leader",
    "envoy",
))}


class ActorBase(msgspec.Struct, frozen=True, gc=False):
    """Everything the linker looks up; keys are folded words.

    `names` maps whole names, words joined by blanks, to entity ids, the most prominent first; `longest` maps the first word
    of names to the length of the longest. `weak` are one-word names that are also common words. `heads` and `titles` are
    keyed by stems without article, `officers` by those of who leads or speaks for a body, with the classes of such offices.
    `paired` are the words of adjectives of two words (كوري جنوبي), `longest_head` and `longest_title` are to heads and titles what `longest` is to names.
    `nationalities` gives the states of an adjective, `places` the state of a town, `shared_places` the states of a
    name of several towns. `home` weighs what a sentence says of whose its army, police and demonstrators are; `numbers` are number words
    with their digits. `skeletons` are full names of persons from abroad by their consonants.
    """

    entities: dict[str, Entity]
    names: dict[str, tuple[str, ...]]
    longest: dict[str, int]
    weak: frozenset[str]
    nationalities: dict[str, tuple[str, ...]]
    heads: dict[str, Head]
    modifiers: dict[str, Modifier]
    titles: dict[str, tuple[Title, ...]]
    officers: dict[str, tuple[str, ...]]
    tenures: dict[str, tuple[Tenure, ...]]
    offices: dict[tuple[str, str], tuple[Tenure, ...]]
    relations: Relations
    places: dict[str, str]
    shared_places: dict[str, tuple[str, ...]]
    spellings: dict[str, str]
    vocabulary: frozenset[str]
    paired: frozenset[str]
    title_words: frozenset[str]
    longest_head: dict[str, int]
    longest_title: dict[str, int]
    given: frozenset[str]
    skeletons: dict[str, str]
    home: dict[str, float]
    numbers: dict[str, str]

    @classmethod
    def load(cls, resources: Resources) -> ActorBase:
        """Read actors/*.tsv and offices/*.tsv, or their compiled form. ResourceError where a table breaks its format."""
        sources = [
            *resources.files("actors/*.tsv"), *resources.files("offices/*.tsv"), OWN, "gazetteer/places.tsv",
            "gazetteer/common_words.tsv", "lexicon/nouns.tsv", "lexicon/numbers.tsv",
        ]
        packed = resources.compiled("actors", sources, Packed, lambda: pack(resources))
        words = {word for name in packed.names for word in name.split(" ")}
        for table in (packed.heads, packed.modifiers, packed.titles, packed.officers):
            for key in table:
                words.update(key.split(" "))
        words.update(packed.nationalities)
        offices: dict[tuple[str, str], list[Tenure]] = defaultdict(list)
        for tenures in packed.tenures.values():
            for tenure in tenures:
                offices[tenure.office, tenure.body].append(tenure)
        return cls(
            packed.entities, packed.names, _longest(packed.names), frozenset(packed.weak), packed.nationalities, packed.heads, packed.modifiers, packed.titles,
            packed.officers, packed.tenures, {key: tuple(found) for key, found in offices.items()}, packed.relations,
            packed.places, packed.shared_places, packed.spellings, frozenset(words),
            frozenset(word for adjective in packed.nationalities if " " in adjective for word in adjective.split(" ")),
            frozenset(word for title in packed.titles for word in title.split(" ")), _longest(packed.heads), _longest(packed.titles),
            frozenset(packed.given), packed.skeletons,
            packed.home, packed.numbers,
        )

    @property
    def human(self) -> frozenset[str]:
        """Folded head nouns that denote people: their name may follow them."""
        return frozenset(word for word, head in self.heads.items() if head.kind in _PEOPLE and " " not in word)

    @property
    def name_words(self) -> frozenset[str]:
        """Every word of a name that is no head noun."""
        return frozenset(word for name in self.names for word in name.split(" ") if len(word) > 2 and word.removeprefix("ال") not in self.heads)

    @property
    def whole_names(self) -> frozenset[str]:
        """Those of `name_words` that are a name by themselves."""
        return frozenset(word for word in self.name_words if word in self.names)

    @property
    def states(self) -> frozenset[str]:
        """Names of countries that are one word: two beside each other are two participants (دعت مصر إسرائيل)."""
        return frozenset(name for name, ids in self.names.items() if " " not in name and self.entities[ids[0]].kind == "country")

    def find(self, name: str) -> tuple[Entity, ...]:
        """The entities of a name in any spelling of its letters, the most prominent first."""
        return tuple(self.entities[i] for i in self.names.get(fold_word(name), ()))

    def nationality(self, adjective: str) -> str:
        """The state of an adjective of nationality, with or without article; "" for none."""
        found = self.nationalities.get(fold_word(adjective).removeprefix("ال"), ())
        return found[0] if found else ""

    def head(self, noun: str) -> Head | None:
        """What a head noun says, in any of its forms, with or without article."""
        folded = fold_word(noun)
        return self.heads.get(folded) or self.heads.get(folded.removeprefix("ال"))

    def at(self, entity: str, date: dt.date | None) -> Entity:
        """An entity with the country and sector that it had at a date."""
        found = self.entities[entity]
        standings = self.relations.standings.get(entity, ())
        standing = next((s for s in standings if s.span.covers(date)), None) if date is not None else None
        return found if standing is None else msgspec.structs.replace(found, country=standing.country, sector=standing.sector)

    def begun(self, entity: str, date: dt.date | None) -> bool:
        """Whether an entity existed at a date or before, as far as the tables know."""
        life = self.relations.lives.get(entity)
        return date is None or life is None or life.begun(date)

    def over(self, entity: str, date: dt.date | None) -> bool:
        """Whether an entity is known to have ended before a date."""
        life = self.relations.lives.get(entity)
        return date is not None and life is not None and life.over(date)

    def tenure_at(self, person: str, date: dt.date | None) -> Tenure | None:
        """The highest office that a person held at a date; nothing without a date, or for none."""
        held = self.tenures.get(person, ())
        if date is None or not held:
            return None
        current = [tenure for tenure in held if covers(tenure, date)]
        return min(current, key=lambda tenure: (_RANK.get(tenure.office, 99), -int(tenure.first[:4] or 0)), default=None)

    def tenure_of(self, office: str, body: str, date: dt.date | None, holds: tuple[str, ...] = ()) -> Tenure | None:
        """Who held an office of a state or organisation at a date, when the base knows exactly whom.

        `holds` are words of the English titles of one post among several of that class.
        """
        if date is None:
            return None
        of_class = self.offices.get((office, body), ())
        named = (t for t in of_class if any(words in t.title for words in holds)) if holds else (t for t in of_class if t.main)
        held = [tenure for tenure in named if covers(tenure, date)]
        if not held:
            return None
        latest = max(held, key=lambda tenure: tenure.first)
        # On the day of a change, and where a list lacks an end, the newcomer is meant; else two rivals hold the office.
        rivals = [t for t in held if t.person != latest.person and t.last and t.last[: len(latest.first)] > latest.first]
        return None if rivals else latest

    def office_holder(self, title: str, body: str, date: dt.date | None) -> Entity | None:
        """Who bore a title («وزير الخارجية») in a state (ISO-3) or an organisation (its id) at a date; None when unknown."""
        where = {body, self.entities[body].country} if body in self.entities else {body}
        for found in self.titles.get(" ".join(stem(word) for word in fold_word(title).split()), ()):
            tenure = self.tenure_of(found.office, body, date) if not found.countries or where.intersection(found.countries) else None
            if tenure is not None:
                return self.entities[tenure.person]
        return None


def _longest(names: Iterable[str]) -> dict[str, int]:
    """By first word, how many words the longest name has."""
    longest: dict[str, int] = {}
    for name in names:
        first, words = name.partition(" ")[0], name.count(" ") + 1
        if longest.get(first, 0) < words:
            longest[first] = words
    return longest


def covers(tenure: Tenure, date: dt.date) -> bool:
    """Whether a date lies in a tenure; dates of a year or month only stand for all their days."""
    day = date.isoformat()
    return tenure.first <= day and (not tenure.last or day <= tenure.last + "~")


def stem(word: str) -> str:
    """A folded word without its article."""
    return word[2:] if word.startswith("ال") and len(word) > 4 else word
