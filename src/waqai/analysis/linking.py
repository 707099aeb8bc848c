"""Linking: the words of a noun phrase to the entity that they name, at the date of the text.

Names are looked up; the rest is composed of a head noun (army, ministry, demonstrators), a country (adjective, name inside the
phrase, or the country the text is about) and, for an office whose holder is known, the person who held it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec

from waqai.document import Entity
from waqai.knowledge.actors import ActorBase, Head

_OF_NO_COUNTRY = frozenset({"دول", "دولتان", "دولتين", "بلدان", "بلدين", "اطراف", "طرفان", "طرفين", "جانبان", "جانبين", "زعماء", "مراقبون", "خبراء"})
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
    "CVL": "group", "JRN": "media",
}
_KEPT = 100_000


class Linker:
    """Links phrases against an actor base. Results are kept by words, date and home country."""

    def __init__(self, actors: ActorBase) -> None:
        self._actors = actors
        self._known: dict[tuple[tuple[str, ...], dt.date | None, str], Entity] = {}
        self._kinds: dict[tuple[str, str], frozenset[str]] = {}

    def link(self, words: Sequence[str], date: dt.date | None, home: str = "") -> Entity:
        """The entity that the folded words of a phrase name. `home` is the country of bare institutions (الجيش، الشرطة)."""
        key = (tuple(words), date, home)
        found = self._known.get(key)
        if found is None:
            if len(self._known) > _KEPT:
                self._known.clear()
            found = self._known[key] = self._resolve(list(words), date, home)
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
        return head is not None and head.title

    def is_state(self, code: str) -> bool:
        """Whether a country slot is that of a state."""
        entity = self._actors.entities.get(code)
        return entity is not None and entity.kind == "country"

    def is_nationality(self, stem: str) -> bool:
        """Whether an adjective stands for a country."""
        return stem in self._actors.nationalities

    def _resolve(self, words: list[str], date: dt.date | None, home: str) -> Entity:
        if not words or not words[0]:
            return Entity("local:", "unknown", " ".join(words))
        bare = [_without_article(word) for word in words]
        name = self._longest_name(words, bare, date, home)
        head = self._head(bare)
        if name is not None:
            start, length, entity = name
            if start == 0 and (length == len(words) or head is None or entity.kind != "country"):
                return self._dated(entity, date)
            if entity.kind == "person":
                return self._dated(entity, date)
        country = self._country(bare, name)
        if head is not None:
            return self._composed(words, bare, head, country, date, home)
        if name is not None and name[0] <= 1 and name[2].kind != "country":
            return self._dated(name[2], date)
        if country:
            return self._adjectival(words, bare, country)
        if name is not None and name[0] == 0:
            return name[2]
        return Entity("local:" + " ".join(bare), "unknown", " ".join(words), "", home)

    def _longest_name(self, words: list[str], bare: list[str], date: dt.date | None, home: str) -> tuple[int, int, Entity] | None:
        best: tuple[int, int, Entity] | None = None
        for start, word in enumerate(bare):
            for name in self._actors.by_first_word.get(word, ()):
                if len(name) == 1 and not self._single(words, start, word):
                    continue
                if tuple([word, *words[start + 1 : start + len(name)]]) == name:
                    if best is None or len(name) > best[1]:
                        best = (start, len(name), self._choose(self._actors.names[name], home))
                    break
        return best

    def _single(self, words: list[str], start: int, word: str) -> bool:
        """One-word names count alone or beside a title; common head nouns and adjectives do not count at all."""
        return word not in self._actors.heads and (start == 0 or word not in self._actors.nationalities)

    def _choose(self, ids: tuple[str, ...], home: str) -> Entity:
        entities = [self._actors.entities[i] for i in ids]
        return next((e for e in entities if home and e.country == home), entities[0])

    def _head(self, bare: list[str]) -> Head | None:
        for word in bare[:3]:
            head = self._actors.heads.get(word)
            if head is not None:
                return head
            if not word.isdigit() and not self._counts(word):
                return None
        return None

    @staticmethod
    def _counts(word: str) -> bool:
        return word in _COUNTING or word.endswith(("مئه", "مائه", "ون", "ين")) and word[:-2] in _TENS

    def _country(self, bare: list[str], name: tuple[int, int, Entity] | None) -> str:
        for word in bare:
            country = self._actors.nationalities.get(word)
            if country:
                return country
        return name[2].country if name is not None else ""

    def _composed(self, words: list[str], bare: list[str], head: Head, country: str, date: dt.date | None, home: str) -> Entity:
        text = " ".join(words)
        place = country or ("" if bare[0] in _OF_NO_COUNTRY else home)
        role = None
        if head.kind == "office":
            title = self._title(bare)
            if title is not None:
                office, role = title
                person = self._actors.holder(office, place, date)
                if person is not None and self._plain_title(bare, office):
                    entity = self._actors.entities[person]
                    return msgspec.structs.replace(entity, country=place, sector=head.sector, role=role)
        sector = self._sector(bare, head)
        if head.sector == "GOV" and country in ("UNO", "EUR", "IGO", "NGO"):
            sector = ""
        return Entity("local:" + " ".join(bare), head.kind, text, "", place, sector, role)

    def _sector(self, bare: list[str], head: Head) -> str:
        """The sector of the head, or of the body that its office belongs to (قائد الشرطة، المتحدث باسم الجيش، مجلس النواب)."""
        if head.kind == "office" or bare[0] in _BODIES:
            for word in bare[1:]:
                inner = self._actors.heads.get(word)
                if inner is not None and inner.sector in ("MIL", "COP", "JUD", "LEG", "SPY", "REB", "PTY", "OPP", "LAB", "JRN") and inner.kind != "office":
                    return inner.sector
        if bare[0] in ("قوات", "قوه", "اجهزه", "رجال", "عناصر", "افراد", "جهاز"):
            for word in bare[1:]:
                if word in ("امن", "شرطه", "امنيه", "درك", "داخليه"):
                    return "COP"
                if word in ("جيش", "مسلحه", "بحريه", "نظاميه", "جويه"):
                    return "MIL"
        return head.sector

    def _title(self, bare: list[str]) -> tuple[str, str] | None:
        for length in (3, 2, 1):
            found = self._actors.titles.get(tuple([bare[0], *self._articled(bare, length)]))
            if found is not None:
                return found
        return None

    def _articled(self, bare: list[str], length: int) -> list[str]:
        return ["ال" + w if i == 0 and ("ال" + w) in _TITLE_WORDS else w for i, w in enumerate(bare[1:length])]

    def _plain_title(self, bare: list[str], office: str) -> bool:
        """Whether nothing but title and country is in the phrase: a name that we do not know names somebody else."""
        return all(
            word in self._actors.nationalities or word in self._actors.heads or word in _TITLE_PARTS or (word,) in self._actors.names for word in bare
        )

    def _adjectival(self, words: list[str], bare: list[str], country: str) -> Entity:
        people = bare[0] in self._actors.nationalities and bare[0].endswith(("ين", "ون", "ات")) or "ال" not in words[0][:2] and len(bare) == 1
        if people and not bare[0].endswith("ه"):
            return Entity("local:" + " ".join(bare), "group", " ".join(words), "", country, "CVL")
        state = self._actors.entities.get(country)
        if len(bare) == 1 and state is not None:
            return state
        return Entity("local:" + " ".join(bare), "unknown", " ".join(words), "", country)

    def _dated(self, entity: Entity, date: dt.date | None) -> Entity:
        """The entity with the office that it held at the date."""
        if entity.kind != "person":
            return entity
        tenure = self._actors.tenure_at(entity.id, date)
        if tenure is None:
            held = self._actors.tenures.get(entity.id, ())
            if date is not None and held and all(t.last and t.last < date.isoformat() for t in held):
                return msgspec.structs.replace(entity, sector="ELI")
            return entity
        return msgspec.structs.replace(entity, country=tenure.country, sector=tenure.sector, role=tenure.title)


_COUNTING = frozenset("واحد اثنان اثنين ثلاثه ثلاث اربعه اربع خمسه خمس سته ست سبعه سبع ثمانيه ثماني تسعه تسع عشره عشر احد نحو حوالي اكثر من اقل عن مئه مئات الاف عشرات عده بعض هذه هذا كل جميع كلا".split())
_TENS = frozenset("عشر ثلاث اربع خمس ست سبع ثمان تسع".split())
_BODIES = frozenset({"مجلس", "لجنه", "قياده", "وفد", "اعضاء", "قاده", "عضو", "مقر", "عناصر"})
_TITLE_PARTS = frozenset({"وزراء", "خارجيه", "دفاع", "داخليه", "عدل", "ماليه", "عهد", "عام", "جمهوريه", "دوله", "اركان", "اول", "مجلس"})
_TITLE_WORDS = frozenset({"الوزراء", "الخارجيه", "الدفاع", "الداخليه", "العدل", "الماليه", "العهد", "العام", "الجمهوريه", "الدوله", "الحكومه", "الاركان", "الرئيس", "البرلمان", "الجيش", "الاول"})


def _without_article(word: str) -> str:
    return word[2:] if word.startswith("ال") and len(word) > 4 else word
