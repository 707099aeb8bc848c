"""Linking: the words of a noun phrase to the entity that they name, at the date of the text.

Names are looked up; the rest is composed of a head noun (army, ministry, demonstrators), a country (adjective, name inside the
phrase, or the country the text is about) and, for an office whose holder is known, the person who held it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec

from waqai.analysis.linking_phrase import Match, PhraseReader, Word
from waqai.document import Entity
from waqai.knowledge.actor_tables import Head
from waqai.knowledge.actors import ActorBase
from waqai.text.romanising import romanise

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
# A force is whose it is: of rebels, police, a service; anything else beside it does not change that it is military.
_OF_FORCES = {"REB": "REB", "COP": "COP", "PRM": "PRM", "UAF": "UAF", "SPY": "SPY", "OPP": "REB"}
_OPEN_SECTORS = frozenset({"GOV", "", "UNK", "SOC"})
_STATES = frozenset({"organisation", "military", "police"})
_KEPT = 100_000
_BEFORE = frozenset({"quantity", "honorific"})
_DOMESTIC = frozenset({"GOV", "LEG", "JUD", "COP", "MIL", "SPY"})
_OF_ORGANS = frozenset({"GOV", "COP", "MIL", "JUD", "LEG", "SPY"})


class Linker:
    """Links phrases against an actor base. Results are kept by words, date and home country."""

    def __init__(self, actors: ActorBase) -> None:
        self._actors = actors
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
            found = self._known[key] = _Linking(self._actors, self._reader, words, date, home).entity()
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

    def opens_title(self, stem: str) -> bool:
        """Whether a noun begins a title that goes on behind a preposition."""
        head = self._actors.heads.get(stem)
        return head is not None and "title" in head.use

    def is_state(self, code: str) -> bool:
        """Whether a country slot is that of a state."""
        entity = self._actors.entities.get(code)
        return entity is not None and entity.kind == "country"

    def is_nationality(self, stem: str) -> bool:
        """Whether an adjective stands for a country."""
        return stem in self._actors.nationalities


class _Linking:
    """One phrase being linked."""

    def __init__(self, actors: ActorBase, reader: PhraseReader, words: Sequence[str], date: dt.date | None, home: str) -> None:
        self.actors, self.reader, self.date, self.home = actors, reader, date, home
        self.text = " ".join(words)
        self.words = self._own(reader.words([word for word in words if word]))
        self.names = reader.names(self.words)
        self.first, self.head, self.after = self._find_head()

    def entity(self) -> Entity:
        """The entity of the phrase."""
        if not self.words:
            return Entity("local:", "unknown", self.text)
        named = self._named()
        if named is not None:
            return named
        if self.head is not None:
            return self._composed(self.head)
        return self._headless()

    def _own(self, words: list[Word]) -> list[Word]:
        """The words that are said of the phrase's own head: a relative or «loyal to», «accused of» begins what is not."""
        for index, word in enumerate(words):
            modifier = self.actors.modifiers.get(word.stem)
            if modifier is not None and modifier.use == "stop" and index > 0 and any(w.stem in self.actors.heads for w in words[:index]):
                return words[:index]
        return words

    def _find_head(self) -> tuple[int, Head | None, int]:
        """Where the phrase begins behind its quantities, its head noun and where that ends."""
        counted = -1
        for index, word in enumerate(self.words):
            found = self.reader.head_at(self.words, index)
            if found is not None and not (found[1] == index + 1 and self._quantity(word) and index + 1 < len(self.words)):
                return index, *found
            if not self._quantity(word):
                return index, None, index
            counted = index
        return max(counted, 0), None, 0

    def _quantity(self, word: Word) -> bool:
        modifier = self.actors.modifiers.get(word.stem)
        return (modifier is not None and modifier.use in _BEFORE) or word.stem[0].isdigit() or number_word(word.stem)

    # Names

    def _named(self) -> Entity | None:
        for match in self.names:
            if match.start < self.first:
                continue
            entity = self._choose(match)
            if entity is None or not self._counts(match, entity):
                continue
            if entity.kind == "person":
                found = self._person(match, entity)
            elif entity.kind == "country":
                found = self._state(match, entity)
            else:
                found = self._body(match, entity)
            if found is not None:
                return found
            if entity.kind != "country" or match.start == self.first:
                return None
        return None

    def _choose(self, match: Match) -> Entity | None:
        """The entity that a name means here: in office at the date, of the home country, or the most prominent."""
        entities = [self.actors.entities[i] for i in match.ids]
        if len(entities) == 1:
            return entities[0]
        classes = self._classes_before(match.start)
        titled = [e for e in entities if any(tenure.office in classes for tenure in self.actors.tenures.get(e.id, ()))] if classes else []
        if titled:
            entities = titled
        at_home = [e for e in entities if self.home and e.country == self.home]
        if self.date is not None:
            serving = [e for e in at_home or entities if self.actors.tenure_at(e.id, self.date) is not None]
            if serving:
                return serving[0]
        return (at_home or entities)[0]

    def _counts(self, match: Match, entity: Entity) -> bool:
        """Whether a name is one here: a single word may be a surname of somebody else, a common noun or adjective."""
        if match.end - match.start > 1:
            return True
        if entity.kind == "country":
            return True
        word = self.words[match.start]
        if entity.kind == "person":
            if word.text in self.actors.given:
                return False
            before = self.words[match.start - 1] if match.start > self.first else None
            after = self.words[match.end] if match.end < len(self.words) else None
            return (before is None or self._ordinary(before)) and (after is None or self._ordinary(after))
        if word.text not in self.actors.weak:
            return True
        whole = match.start == self.first and match.end == len(self.words)
        behind_class = match.start > self.first and match.start == self.after and self.head is not None and bool(self.head.use & {"class", "part", "title"})
        return behind_class or (whole and (entity.country == self.home or word.stem not in self.actors.heads or word.text == "القاعده"))

    def _ordinary(self, word: Word) -> bool:
        """Whether a word is no part of somebody's name."""
        actors = self.actors
        return word.stem in actors.heads or word.stem in actors.modifiers or word.stem in actors.nationalities or word.stem in actors.title_words

    def _person(self, match: Match, person: Entity) -> Entity | None:
        """The person of a name alone or behind a title; nobody where another is meant: «his adviser», «forces of»."""
        if self.head is None or match.start == self.first:
            return self._dated(person) if match.start == self.first else None
        if not self.head.use & {"title"}:
            return None
        between = self.words[self.after : match.start]
        if not all(self._ordinary(word) or self._within_name(index) for index, word in enumerate(between, self.after)):
            return None
        if "relation" in self.head.use and self._bears(person, match.start):
            return None
        if any(self._former(word) for word in between):
            return msgspec.structs.replace(self._dated(person), sector="ELI", role=None)
        return self._dated(person)

    def _classes_before(self, position: int) -> frozenset[str]:
        """The classes of office of the longest title that ends right before a position, adjectives of nationality apart."""
        while position > self.first and self.words[position - 1].stem in self.actors.nationalities:
            position -= 1
        for start in range(max(self.first, position - 4), position):
            titles = self.actors.titles.get(" ".join(word.stem for word in self.words[start:position]), ())
            if titles:
                found = {title.office for title in titles}
                # Lebanon calls its heads of government الرئيس too.
                return frozenset(found | {"head_of_government", "speaker"} if "head_of_state" in found else found)
        return frozenset()

    def _within_name(self, index: int) -> bool:
        return any(match.start <= index < match.end for match in self.names)

    def _bears(self, person: Entity, position: int) -> bool:
        """Whether the title right before a name is an office that the person held: then the head before it is another's."""
        held = {tenure.office for tenure in self.actors.tenures.get(person.id, ())}
        for start in range(position - 1, self.first, -1):
            for end in range(min(position, start + 4), start, -1):
                titles = self.actors.titles.get(" ".join(word.stem for word in self.words[start:end]), ())
                if any(title.office in held for title in titles if title.office):
                    return True
        return False

    def _dated(self, entity: Entity) -> Entity:
        """A person with the office held at the date."""
        tenure = self.actors.tenure_at(entity.id, self.date)
        if tenure is not None:
            return msgspec.structs.replace(entity, country=tenure.country, sector=tenure.sector, role=tenure.title)
        held = self.actors.tenures.get(entity.id, ())
        if self.date is not None and held and all(t.last and t.last + "~" < self.date.isoformat() for t in held):
            return msgspec.structs.replace(entity, sector="ELI")
        return entity

    def _state(self, match: Match, state: Entity) -> Entity | None:
        """A country named alone, or behind دولة, جمهورية, مملكة."""
        if match.start == self.first:
            rest = self.words[match.end :]
            return state if not rest or all(not w.stem[:1].isdigit() for w in rest) else None
        if self.head is not None and match.start == self.after and self.head.english in ("state", "republic", "kingdom", "emirate", "country"):
            return state
        return None

    def _body(self, match: Match, body: Entity) -> Entity | None:
        """An organisation named alone or behind the word for what it is (حركة، حزب، صحيفة)."""
        if match.start == self.first:
            return body
        if self.head is not None and match.start == self.after and "class" in self.head.use and body.kind != "place":
            return body
        return None

    # Composed

    def _composed(self, head: Head) -> Entity:
        office = self._office()
        country = self._country(self.first)
        place = country or ("" if head.kind == "thing" else self.home)
        if office is not None and head.kind == "office":
            return self._official(office, country, place)
        sector, kind = self._sector(self.first)
        if head.kind == "office" and any(self._former(word) for word in self.words[self.after :]) and sector in ("GOV", "LEG", "MIL", "COP", "SPY", "JUD"):
            sector = "ELI"
        if place in ("UNO", "EUR", "IGO", "NGO") and sector in ("GOV", "SOC", "PTY"):
            sector = ""
        if self._bare_nation(head) and place:
            return self.actors.entities.get(place) or self._local(head.kind, place, sector)
        return self._institution(head, place, sector) or self._local(kind or head.kind, place, sector)

    def _bare_nation(self, head: Head) -> bool:
        return head.english == "country" and self.after == len(self.words)

    def _institution(self, head: Head, place: str, sector: str) -> Entity | None:
        """An organ of a state that is nothing but its head noun and the country: الجيش الليبي، الخارجية الروسية."""
        state = self.actors.entities.get(place)
        if state is None or head.kind not in _STATES or head.number != "s" or not {"class"} <= head.use or self.words[self.first].owned:
            return None
        rest = self.words[self.after :]
        named = {i for m in self.names if self.actors.entities[m.ids[0]].kind == "country" for i in range(m.start, m.end)}
        if all(word.stem in self.actors.nationalities or index in named for index, word in enumerate(rest, self.after)):
            name = f"{head.english[0].upper()}{head.english[1:]} ({state.name_en})"
            return Entity(f"{place}:{head.english.replace(' ', '-')}", head.kind, self.text, name, place, sector)
        return None

    def _local(self, kind: str, country: str, sector: str, role: str | None = None) -> Entity:
        stems = " ".join(word.stem for word in self.words)
        return Entity("local:" + stems, kind, self.text, romanise(self.text, self.actors.spellings), country, sector, role)  # type: ignore[arg-type]

    def _office(self) -> tuple[str, str, str, int] | None:
        """The title that the phrase begins with: its class, sector and English, and where it ends; the longest."""
        country = self._country(self.first) or self.home
        stems = [word.stem for word in self.words[self.first : self.first + 6]]
        for length in range(len(stems), 0, -1):
            for title in self.actors.titles.get(" ".join(stems[:length]), ()):
                if not title.countries or country in title.countries:
                    return title.office, title.sector, title.english, self.first + length
        return None

    def _official(self, office: tuple[str, str, str, int], country: str, place: str) -> Entity:
        kind, sector, english, end = office
        rest = self.words[end:]
        if any(self._former(word) for word in rest):
            return self._local("office", place, "ELI")
        body = next((m.ids[0] for m in self.names if m.start >= self.first and m.ids[0] in self.actors.entities and (kind, m.ids[0]) in self.actors.offices), place)
        named = {i for m in self.names for i in range(m.start, m.end)}
        if kind and all(word.stem in self.actors.nationalities or i in named or self._ordinary(word) for i, word in enumerate(rest, end)):
            person = self.actors.holder(kind, body, self.date)
            if person is not None:
                return msgspec.structs.replace(self._dated(self.actors.entities[person]), country=place, sector=sector, role=english)
        if place in ("UNO", "EUR", "IGO", "NGO"):
            sector = ""
        if end - self.first == 1:
            sector = self._sector(self.first)[0]
        return self._local("office", place, sector, english)

    def _former(self, word: Word) -> bool:
        modifier = self.actors.modifiers.get(word.stem)
        return modifier is not None and modifier.use == "former"

    def _country(self, start: int) -> str:
        """The country that the phrase itself names: of an organisation, an adjective, a state, a town."""
        starts = {match.start: match for match in self.names}
        slot = ""
        for index in range(start, len(self.words)):
            word = self.words[index]
            match = starts.get(index)
            if match is not None:
                entity = self._choose(match)
                if entity is not None and entity.country and (entity.kind == "country" or self._counts(match, entity)):
                    return entity.country
            nation = self._nation(word, index)
            if nation:
                return nation
            modifier = self.actors.modifiers.get(word.stem)
            if modifier is not None and modifier.use == "slot" and not slot:
                slot = modifier.value
            if index > start and word.text in self.actors.places and word.stem not in self.actors.heads:
                return self.actors.places[word.text]
        return slot

    def _nation(self, word: Word, index: int) -> str:
        found = self.actors.nationalities.get(word.stem)
        if not found:
            return ""
        return self.home if self.home in found else found[0]

    def _sector(self, start: int) -> tuple[str, str]:
        """The sector of the head at `start`, or of the body that it belongs to (قائد الشرطة، عناصر طالبان), and that one's kind."""
        found = self.reader.head_at(self.words, start)
        if found is None:
            return "", ""
        head, position = found
        forces = head.kind == "military"
        opens = bool(head.use & {"part", "relation"}) or (head.sector in _OPEN_SECTORS and head.kind in ("organisation", "group") and head.english not in ("ministry",))
        if not opens and not forces:
            return head.sector, head.kind
        starts = {match.start: match for match in self.names}
        while position < len(self.words):
            sector, kind, position = self._said_at(position, starts, head)
            if forces:
                sector = _OF_FORCES.get(sector, "")
            if sector:
                return sector, head.kind if head.kind in ("office", "military") or not kind else kind
        return head.sector, head.kind

    def _said_at(self, position: int, starts: dict[int, Match], head: Head) -> tuple[str, str, int]:
        """The sector that a name, noun or adjective at a position gives to the head, its kind, and where to go on."""
        word = self.words[position]
        match = starts.get(position)
        if match is not None:
            entity = self._choose(match)
            if entity is not None and entity.kind not in ("country", "person", "place") and self._counts(match, entity):
                return entity.sector, entity.kind, match.end
            if entity is not None and entity.kind == "country":
                return "", "", match.end
        modifier = self.actors.modifiers.get(word.stem)
        if modifier is not None:
            value = modifier.value if modifier.use == "sector" and not word.text.startswith("لل") else ""
            return value, "", position + 1
        inner = self.reader.head_at(self.words, position)
        if inner is not None and word.stem not in self.actors.nationalities and inner[0].kind not in ("thing", "place") and (inner[0].kind != "office" or "title" not in head.use):
            sector, kind = self._sector(position)
            return sector, kind, inner[1]
        return "", "", position + 1

    # No head

    def _headless(self) -> Entity:
        word = self.words[self.first]
        nation = self._nation(word, self.first)
        if nation:
            return self._national(word, nation)
        if self._quantity(word):
            country = self._country(0) or self.home
            return self._local("group", country, "CVL")
        country = self._country(self.first)
        if word.text in self.actors.places and self.first + 1 >= len(self.words):
            return Entity("local:" + word.stem, "place", self.text, romanise(self.text, self.actors.spellings), self.actors.places[word.text], "CVL")
        former = any(self._former(w) for w in self.words)
        for index in range(self.first + 1, len(self.words)):
            found = self.reader.head_at(self.words, index)
            if found is not None and found[0].kind not in ("thing", "place") and index >= 2:
                sector, kind = self._sector(index)
                return self._local("person" if found[0].kind in ("office", "media") else kind, country or self.home, "ELI" if former else sector)
        return self._local("unknown", country, "")

    def _national(self, word: Word, nation: str) -> Entity:
        """An adjective of nationality alone: people in the plural, else the state."""
        state = self.actors.entities.get(nation)
        plural = word.stem.endswith(("ين", "ون", "ات")) or (not word.stem.endswith(("ي", "ه")) and word.text.startswith("ال"))
        if plural or state is None or self.first > 0:
            return self._local("group", nation, "CVL")
        return state if len(self.words) == 1 else self._local("unknown", nation, "")


_DIGITS = frozenset(
    "واحد واحده اثنان اثنين اثنتان اثنتين ثلاثه ثلاث اربعه اربع خمسه خمس سته ست سبعه سبع ثمانيه ثماني ثمان تسعه تسع عشره عشر عشرين عشرون".split()
)
_TENS = frozenset("عشر ثلاث اربع خمس ست سبع ثمان تسع".split())


def number_word(word: str) -> bool:
    """Whether a folded word is a numeral."""
    return word in _DIGITS or (word.endswith(("ون", "ين", "مئه", "مائه")) and (word[:-2] in _TENS or word[:-3] in _TENS or word[:-4] in _TENS))
