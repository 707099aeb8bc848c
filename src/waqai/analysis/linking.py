"""Linking: the words of a noun phrase to the entity that they name, at the date of the text.

Names are looked up; the rest is composed of a head noun (army, ministry, demonstrators), a country (adjective, name inside the
phrase, or the country the text is about) and, for an office whose holder is known, the person who held it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec

from waqai.analysis.linking_composition import compose
from waqai.analysis.linking_home import Sighting, home_of, sightings
from waqai.analysis.linking_names import named
from waqai.analysis.linking_phrase import Phrase, PhraseReader
from waqai.document import Entity
from waqai.knowledge.actors import ActorBase

_KINDS: dict[str, frozenset[str]] = {
    "country": frozenset({"state", "political"}),
    "office": frozenset({"person", "political"}),
    "person": frozenset({"person", "political"}),
    "group": frozenset({"group", "political"}),
    "armed group": frozenset({"armed", "organisation", "political"}),
    "military": frozenset({"military", "political"}),
    "police": frozenset({"police", "political"}),
    "party": frozenset({"party", "organisation", "political"}),
    "media": frozenset({"media", "organisation", "political"}),
    "organisation": frozenset({"organisation", "political"}),
    "place": frozenset({"place"}),
    "thing": frozenset({"thing"}),
    "unknown": frozenset({"unknown"}),
}
_BY_SECTOR = {
    "GOV": "state", "MIL": "military", "COP": "police", "JUD": "court", "REB": "armed", "UAF": "armed", "PRM": "armed", "PTY": "party", "OPP": "party",
    "CVL": "group", "JRN": "media", "REF": "group",
}
_KEPT = 100_000


class Linker:
    """Links phrases against an actor base. Results are kept by words, date and home country.

    `state_sector` is the sector of a country named as such: "" as the contract has it, or "GOV".
    """

    def __init__(self, actors: ActorBase, *, state_sector: str = "") -> None:
        self._actors = actors
        self._state_sector = state_sector
        self._reader = PhraseReader(actors)
        self._known: dict[tuple[tuple[str, ...], dt.date | None, str], Entity] = {}
        self._kinds: dict[tuple[str, str], frozenset[str]] = {}

    def link(self, words: Sequence[str], date: dt.date | None, home: str = "") -> Entity:
        """The entity that the folded words of a phrase name. `home` is the country of bare institutions (الجيش، الشرطة)."""
        key = (tuple(words), date, home)
        found = self._known.get(key)
        if found is None:
            if len(self._known) > _KEPT:
                self._known.clear()
            found = self._known[key] = self._link(words, date, home)
        return found

    def kinds(self, entity: Entity) -> frozenset[str]:
        """The categories of frames' `where` that an entity belongs to."""
        key = (entity.kind, entity.sector)
        found = self._kinds.get(key)
        if found is None:
            found = _KINDS[entity.kind]
            extra = _BY_SECTOR.get(entity.sector)
            if extra and entity.kind not in ("country", "thing", "unknown"):
                found = found | {extra}
            self._kinds[key] = found
        return found

    def sightings(self, words: Sequence[str]) -> tuple[Sighting, ...]:
        """The words of a sentence, all folded, that speak of states."""
        return sightings(Phrase(self._actors, self._reader, words, None, "", sentence=True))

    def home_of(self, entity: Entity, position: int, seen: Sequence[Sighting], *, document: str = "", place: str = "") -> str:
        """The state of somebody named without one, at that word of a sentence; `document` and `place` are the states of the text and of the event."""
        return home_of(seen, self._actors.home, position, sector=entity.sector, document=document, place=place)

    def listed(self, entity: Entity) -> bool:
        """Whether the entity stands in the actor base, under names of its own."""
        return entity.id in self._actors.entities

    def opens_title(self, stem: str) -> bool:
        """Whether a noun begins a title that goes on behind a preposition."""
        head = self._actors.heads.get(stem)
        return head is not None and "title" in head.use

    def counts(self, stem: str) -> bool:
        """Whether a word counts those named behind it (عشرات من، عدد من)."""
        modifier = self._actors.modifiers.get(stem)
        return modifier is not None and modifier.use == "quantity"

    def is_nationality(self, stem: str) -> bool:
        """Whether an adjective stands for a country."""
        return stem in self._actors.nationalities

    def _link(self, words: Sequence[str], date: dt.date | None, home: str) -> Entity:
        if len(words) == 1 and words[0] and self._reader.says_nothing(words[0]):
            # Most calls are for a noun that no table has.
            word = self._reader.words(words)[0]
            return Entity("local:" + word.stem, "unknown", words[0], self._reader.latin(word.text), home)
        phrase = Phrase(self._actors, self._reader, words, date, home)
        if not phrase.words:
            return Entity("local:", "unknown", phrase.text)
        entity = named(phrase) or compose(phrase)
        if entity.kind == "country" and self._state_sector:
            return msgspec.structs.replace(entity, sector=self._state_sector)
        return entity
