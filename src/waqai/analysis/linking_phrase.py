"""A noun phrase as linking reads it: its words without clitics, their stems, the names and heads among them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

import msgspec

from waqai.document import Entity
from waqai.knowledge.actor_tables import Head, Title, skeleton
from waqai.knowledge.actors import ActorBase, stem
from waqai.text.romanising import romanise

_PROCLITICS = "وفبكل"
_ENCLITICS = ("هما", "كما", "هم", "هن", "كم", "ها", "نا", "ه", "ي")
_NUMERAL = re.compile(
    "واحده?|اثنا|اثني|اثنان|اثنين|اثنتان|اثنتين|(ثلاث|اربع|خمس|ست|سبع|ثمان|تسع|عشر)(ه|ي|ون|ين|ميه|مئه|مائه)?|ثمانيه|احد|احدي|مئتان|مئتين|مئتا|مئتي|الفا|الفي"
)
_BEFORE = frozenset({"quantity", "honorific"})
_FOREMOST = frozenset({"head_of_state", "head_of_government", "supreme_leader"})
_LONGEST_TITLE = 5
_LONGEST_LINEAGE = 9
_SON = "بن"
_KEPT = 100_000


class Word(msgspec.Struct, frozen=True, gc=False):
    """A word without proclitics, and without article and attached pronoun as `stem`; `prefix` is what was cut in front.
    `inside` is the text without a preposition that may, or may not, be part of a longer name (للأمم، لحركة)."""

    text: str
    stem: str
    prefix: str = ""
    owned: bool = False
    inside: str = ""


class Match(msgspec.Struct, frozen=True, gc=False):
    """A name in a phrase: words `start` to `end`, and the entities that bear it, the most prominent first."""

    start: int
    end: int
    ids: tuple[str, ...]


def is_number(stem: str) -> bool:
    """Whether a word is a number, in digits or one of the words for those below a hundred."""
    return stem[:1].isdigit() or _NUMERAL.fullmatch(stem) is not None


class PhraseReader:
    """Reads words against an actor base, each once."""

    def __init__(self, actors: ActorBase) -> None:
        self._actors = actors
        self._words: dict[tuple[str, bool], Word] = {}
        self._latin: dict[str, str] = {}

    def words(self, words: Sequence[str]) -> list[Word]:
        """The words of a phrase without clitics."""
        return [self._words.get((word, index == 0)) or self._word(word, leads=index == 0) for index, word in enumerate(filter(None, words))]

    def says_nothing(self, word: str) -> bool:
        """Whether a word alone is no name, head, modifier, adjective of nationality, town or number of the tables."""
        actors, found = self._actors, self.words((word,))[0]
        return not (
            found.text in actors.names or found.inside or found.stem in actors.heads or found.stem in actors.modifiers
            or found.stem in actors.nationalities or found.text in actors.places or is_number(found.stem)
        )

    def latin(self, word: str) -> str:
        """A word in Latin letters."""
        found = self._latin.get(word)
        if found is None:
            if len(self._latin) > _KEPT:
                self._latin.clear()
            found = self._latin[word] = romanise(word, self._actors.spellings)
        return found

    def _word(self, word: str, *, leads: bool) -> Word:
        if len(self._words) > _KEPT:
            self._words.clear()
        text = self._without_proclitics(word)
        # Inside a name the preposition is part of it (للأمم المتحدة); in front it is the sentence's.
        article = "ال" + word[2:] if word.startswith("لل") else ""
        if article and leads and self._known(article):
            text = article
        bare, owned = stem(article if article and text == word and self._known(article) else text), False
        if not self._known(text):
            base = self._without_pronoun(bare)
            if base:
                bare, owned = base, True
        prefix = "ل" if article else word[: len(word) - len(text)] if word.endswith(text) else ""
        rest = text[1:]
        inside = article or (rest if len(text) > 3 and text[0] in _PROCLITICS and self._known(rest) else "")
        found = self._words[word, leads] = Word(text, bare, prefix, owned, inside if inside != text else "")
        return found

    def _known(self, word: str) -> bool:
        vocabulary = self._actors.vocabulary
        return word in vocabulary or (word.startswith("ال") and word[2:] in vocabulary)

    def _without_proclitics(self, word: str) -> str:
        if self._known(word) or word in self._actors.places:
            return word
        if word.startswith("لل"):
            for candidate in ("ال" + word[2:], "ال" + word[1:]):
                if self._known(candidate):
                    return candidate
        if len(word) > 3 and word[0] in _PROCLITICS:
            rest = word[1:]
            if self._known(rest) or rest in self._actors.places or (self._without_pronoun(rest) and not self._without_pronoun(word)):
                return rest
            if word[0] in "وف" and (rest.startswith("لل") or (len(rest) > 3 and rest[0] in "بكل")):
                inner = self._without_proclitics(rest)
                return inner if inner != rest else word
        return word

    def _without_pronoun(self, word: str) -> str:
        heads, modifiers = self._actors.heads, self._actors.modifiers
        for ending in _ENCLITICS:
            base = word.removesuffix(ending)
            if base != word and len(base) > 1:
                for candidate in (base, base[:-1] + "ه" if base.endswith("ت") else base, base[:-1] + "ء" if base[-1] in "ئؤ" else base):
                    if candidate in heads or (candidate in modifiers and modifiers[candidate].use == "quantity"):
                        return candidate
        return ""


class Phrase:
    """A noun phrase in a text of a date and a home country: `first` is where it begins behind quantities and honorifics,
    `head` the head noun there and `after` where that ends; `names` are the longest names, left to right."""

    def __init__(
        self, actors: ActorBase, reader: PhraseReader, words: Sequence[str], date: dt.date | None, home: str, *, sentence: bool = False,
    ) -> None:
        """`sentence`: the words are a whole sentence, all of which count."""
        self.actors, self.reader, self.date, self.home = actors, reader, date, home
        self.text = " ".join(words)
        self.words = reader.words(words) if sentence else self._own(reader.words(words))
        self.names = self._names()
        self.first, self.head, self.after = self._find_head()

    @property
    def stems(self) -> str:
        """The stems of all words."""
        return " ".join(word.stem for word in self.words)

    def text_at(self, index: int) -> str:
        """The word at an index without proclitics, "" behind the last."""
        return self.words[index].text if index < len(self.words) else ""

    def use(self, index: int) -> str:
        """How a modifier is used, "" where a word is none."""
        modifier = self.actors.modifiers.get(self.words[index].stem)
        return modifier.use if modifier is not None else ""

    def value(self, index: int, use: str) -> str:
        """The value of a modifier of one use."""
        modifier = self.actors.modifiers.get(self.words[index].stem)
        return modifier.value if modifier is not None and modifier.use == use else ""

    def former(self, start: int, end: int | None = None) -> bool:
        """Whether one of the words says that the office is no longer held."""
        return any(self.use(index) == "former" for index in range(start, len(self.words) if end is None else end))

    def head_at(self, position: int) -> tuple[Head, int] | None:
        """The longest head noun of several words or one at a position, and where it ends."""
        longest = self.actors.longest_head.get(self.words[position].stem, 0)
        stems = [word.stem for word in self.words[position : position + longest]]
        for length in range(len(stems), 0, -1):
            head = self.actors.heads.get(" ".join(stems[:length]))
            if head is not None:
                return head, position + length
        return None

    def nation(self, index: int) -> str:
        """The state of an adjective of nationality, of several the home country."""
        word = self.words[index].stem
        for start in (index, index - 1) if word in self.actors.paired else ():
            of_two = self.actors.nationalities.get(" ".join(w.stem for w in self.words[start : start + 2])) if start >= 0 else None
            if of_two and start + 1 < len(self.words):
                return of_two[0]
        found = self.actors.nationalities.get(word)
        if not found:
            return ""
        if index and (pair := f"{self.words[index - 1].stem} {word}") and (pair in self.actors.titles or pair in self.actors.heads):
            return ""  # وزير المالية is no minister of Mali
        return self.home if self.home in found else found[0]

    def ordinary(self, index: int) -> bool:
        """Whether a word is no part of somebody's unknown name."""
        actors, word = self.actors, self.words[index].stem
        return (
            word in actors.heads or word in actors.modifiers or word in actors.nationalities or word in actors.title_words
            or self.words[index].inside in actors.names or (word in actors.paired and bool(self.nation(index)))
            or any(m.start <= index < m.end for m in self.names) or self.quantity(index)
        )

    def quantity(self, index: int) -> bool:
        """Whether a word counts or honours what follows."""
        word = self.words[index].stem
        return self.use(index) in _BEFORE or is_number(word)

    def titles_before(self, position: int) -> tuple[Title, ...]:
        """The longest title that ends right before a position, adjectives of nationality apart."""
        while position > self.first and self.words[position - 1].stem in self.actors.nationalities:
            position -= 1
        for start in range(max(self.first, position - _LONGEST_TITLE), position):
            titles = self.actors.titles.get(" ".join(word.stem for word in self.words[start:position]), ())
            if titles:
                return titles
        return ()

    def classes_before(self, position: int) -> frozenset[str]:
        """The classes of office of the title that ends right before a position."""
        return _classes(self.titles_before(position))

    def choose(self, match: Match) -> Entity:
        """The entity that a name means here: of the office before it, in office at the date, at home, or the most prominent."""
        entities = [self.actors.at(i, self.date) for i in match.ids]
        if len(entities) == 1:
            return self._town_at_home(match, entities[0])
        titles = self.titles_before(match.start)
        if titles:
            classes, states = _classes(titles), {state for title in titles for state in title.countries}
            entities = [e for e in entities if any(t.office in classes for t in self.actors.tenures.get(e.id, ()))] or entities
            entities = [e for e in entities if e.country in states] or entities
        if match.end - match.start > 1 or not self.foremost(entities[0]):
            entities = [e for e in entities if self.home and e.country == self.home] or entities
        if self.date is not None:
            entities = [e for e in entities if self.actors.tenure_at(e.id, self.date) is not None] or entities
            entities = [e for e in entities if not self.actors.over(e.id, self.date)] or entities
        return entities[0]

    def _town_at_home(self, match: Match, entity: Entity) -> Entity:
        """A capital, unless the country at home has a town of that name (طرابلس)."""
        name = self.words[match.start].text
        if entity.kind != "country" or match.end - match.start > 1 or entity.country == self.home or self.home not in self.actors.shared_places.get(name, ()):
            return entity
        return Entity(f"{self.home}:{name}", "place", name, self.reader.latin(name), self.home, "CVL")

    def foremost(self, entity: Entity) -> bool:
        """Whether an entity has headed a state or government: its surname alone means it, whatever the country at home."""
        return any(tenure.office in _FOREMOST for tenure in self.actors.tenures.get(entity.id, ()))

    def _own(self, words: list[Word]) -> list[Word]:
        """The words that are said of the phrase's own head: a relative or «loyal to», «accused of» begins what is not."""
        for index, word in enumerate(words):
            modifier = self.actors.modifiers.get(word.stem)
            if modifier is not None and modifier.use == "stop" and any(w.stem in self.actors.heads for w in words[:index]):
                return words[:index]
        return words

    def _names(self) -> list[Match]:
        found: list[Match] = []
        position = 0
        while position < len(self.words):
            match = self._longest_behind_class(self._name_at(position))
            if match is not None and self._of_somebody_else(match):
                match = None
            position = position + 1 if match is None else match.end
            if match is not None:
                found.append(self._with_given_name(match, found[-1].end if found else 0))
        return found

    def _longest_behind_class(self, match: Match | None) -> Match | None:
        """The longer of two names that overlap, where only the word for what it is stands before it: حزب [التجمع الوطني] الديمقراطي."""
        for start in range(match.start + 1, match.end) if match is not None else ():
            before = self.head_at(start - 1)
            if before is None or before[1] != start or "class" not in before[0].use:
                return match
            inner = self._name_at(start)
            if match is not None and inner is not None and inner.end > match.end:
                return inner
        return match

    def _of_somebody_else(self, match: Match) -> bool:
        """Whether a surname of two words stands behind a given name that is not its bearer's (علي [فضل الله])."""
        actors, before, first = self.actors, self.words[match.start - 1] if match.start else None, self.words[match.start]
        if before is None or match.end - match.start != 2 or before.text not in actors.given or first.text in actors.given or before.stem in actors.heads:
            return False
        return all(actors.entities[i].kind == "person" for i in match.ids)

    def _with_given_name(self, match: Match, free: int) -> Match:
        """A surname with the given name before it, where that is one of ours in another spelling (سرغي لافروف)."""
        start = match.start - 1
        if start < free or match.end - match.start > 1 or self.words[start].stem in self.actors.heads:
            return match
        person = self.actors.skeletons.get(skeleton(f"{self.words[start].text} {self.words[match.start].text}"))
        return Match(start, match.end, (person,)) if person in match.ids else match

    def _name_at(self, position: int) -> Match | None:
        word = self.words[position]
        # «للأمم المتحدة» is the United Nations, though the preposition is part of longer names.
        for first in (word.text, word.inside):
            longest = self.actors.longest.get(first, 0)
            if not longest:
                continue
            texts = [first, *(word.text for word in self.words[position + 1 : position + longest])]
            for length in range(min(len(texts), longest), 0, -1):
                ids = tuple(i for i in self.actors.names.get(" ".join(texts[:length]), ()) if self.actors.begun(i, self.date))
                if ids and (length > 1 or first == word.text or first.startswith("ال")):
                    return Match(position, position + length, ids)
        return self._with_fathers(position)

    def _with_fathers(self, position: int) -> Match | None:
        """A given name, the names of father and grandfather, and the family's: عادل بن أحمد الجبير is عادل الجبير."""
        texts = [word.text for word in self.words[position : position + _LONGEST_LINEAGE]]
        if _SON not in texts[1:3]:
            return None
        first = texts.index(_SON, 1)
        for last in range(len(texts) - 1, first + 1, -1):
            ids = tuple(i for i in self.actors.names.get(" ".join((*texts[:first], texts[last])), ()) if self.actors.entities[i].kind == "person")
            if ids:
                return Match(position, position + last + 1, ids)
        return None

    def _find_head(self) -> tuple[int, Head | None, int]:
        counted = 0
        for index in range(len(self.words)):
            counts = self.quantity(index)
            found = self.head_at(index)
            if found is not None and not (counts and found[1] == index + 1 < len(self.words)):
                return index, *found
            if not counts:
                return index, None, index
            counted = index
        return counted, None, counted


def _classes(titles: tuple[Title, ...]) -> frozenset[str]:
    found = frozenset(title.office for title in titles)
    # Lebanon calls its heads of government and parliament الرئيس too.
    return found | {"head_of_government", "speaker"} if "head_of_state" in found else found
