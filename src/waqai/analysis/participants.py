"""Participants: from noun phrases and pronouns of a sentence to mentions with entities, with memory of the document so far."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Protocol

import msgspec

from waqai.analysis.grammar import Dropped, Filler, Grammar, pronoun
from waqai.analysis.linking_home import Sighting, with_places
from waqai.document import Entity, Evidence, Genre, Mention, Participant, Phrase, PlaceReference, Span, Token

if TYPE_CHECKING:
    from waqai.analysis.context import Earlier

_TITLE_LINKS = frozenset({"ل", "باسم", "إلى", "لدى", "ب"})
_COMMON = frozenset({"noun", "masdar", "adjective", "participle"})
_NOBODY = frozenset({"unknown", "thing", "place"})
_BY_ONE_WORD, _NAMING = frozenset({"weak", "surname", "media", "town"}), frozenset({"noun", "verb"})
_MEMORY, _DEPTH = 60, 3


class Linking(Protocol):
    """What resolves the words of a phrase to an entity."""

    def link(self, words: Sequence[str], date: dt.date | None, home: str = "") -> Entity:
        """The entity that folded `words` name at `date` in a text about `home`."""

    def kinds(self, entity: Entity) -> frozenset[str]:
        """The categories of frames' `where` that the entity belongs to."""

    def sightings(self, words: Sequence[str]) -> tuple[Sighting, ...]:
        """The words of a sentence, all folded, that speak of states."""

    def home_of(self, entity: Entity, position: int, seen: Sequence[Sighting], *, document: str = "", place: str = "") -> str:
        """The state of somebody named without one, at that word of a sentence of the document."""

    def listed(self, entity: Entity) -> bool:
        """Whether the entity stands in the actor base, under names of its own."""

    def opens_title(self, stem: str) -> bool:
        """Whether a noun begins a title that goes on behind a preposition (الأمين العام ل، المتحدث باسم)."""

    def counts(self, stem: str) -> bool:
        """Whether a word counts those named behind it (عشرات من، عدد من)."""

    def is_nationality(self, stem: str) -> bool:
        """Whether an adjective stands for a country (أميركية)."""


class Known(msgspec.Struct, frozen=True, gc=False):
    """A participant named earlier, and the stems of its phrase."""

    participant: Participant
    stems: frozenset[str]
    head: str
    sentence: int
    subject: bool


class Discourse:
    """Who has been named so far in a document. Grows sentence by sentence.

    `home` is the state that the document is about, as far as its places and names tell; of a document of one sentence the
    sentence itself tells more, and `alone` says so: `about` is then empty, else it is `home`. `genre` is what kind of text it is.
    `earlier` are the last sentences that the network has read.
    """

    def __init__(
        self, linker: Linking, text: str, date: dt.date | None, home: str, *, alone: bool = False, genre: Genre | None = None,
    ) -> None:
        self.linker, self.text, self.date, self.home, self.genre = linker, text, date, home, genre
        self.about = "" if alone else home
        self.earlier: tuple[Earlier, ...] = ()
        self._known: list[Known] = []
        self._fullest: dict[str, str] = {}

    def of(self, grammar: Grammar, fillers: Iterable[Filler], rule: str) -> tuple[Participant, ...]:
        """Participants of slot fillers, resolved, without repetition."""
        found: list[Participant] = []
        for filler in fillers:
            participant = self.acting(grammar, filler, rule)[0] if isinstance(filler, int) else self.pronoun(grammar, filler)
            if participant is not None and all(participant.mention.span != other.mention.span for other in found):
                found.append(participant)
        return tuple(found)

    def phrase(self, grammar: Grammar, number: int, rule: str) -> Participant:
        """The participant of a phrase with the title that goes on behind it."""
        phrase = grammar.parse.phrases[number]
        last = self.title_end(grammar, number, phrase.head)
        return self.words(grammar, phrase.first, last, phrase.span.start, rule)

    def acting(self, grammar: Grammar, number: int, rule: str) -> tuple[Participant, int]:
        """Who is in a phrase, and the token where that part begins: behind nouns of action stands somebody (مقتل جندي، قيام الشرطة)."""
        phrase = grammar.parse.phrases[number]
        participant = self.phrase(grammar, number, rule)
        if participant.entity.kind != "thing":
            return participant, phrase.first
        owner = self._owner(grammar, phrase)
        if owner is not None:
            return owner, phrase.first
        inner = self.behind(grammar, phrase.head, phrase.last, lambda start: self.title_end(grammar, number, start), rule)
        return inner or (participant, phrase.first)

    def behind(self, grammar: Grammar, first: int, last: int, end_of: Callable[[int], int], rule: str) -> tuple[Participant, int] | None:
        """Somebody behind the noun at `first`, at most three words on and up to `last`, and where that begins; `end_of` that word it ends."""
        for start in range(first + 1, min(last, first + _DEPTH) + 1):
            if grammar.tags[start] in ("noun", "number"):
                inner = self.words(grammar, start, end_of(start), None, rule)
                if inner.entity.kind not in ("thing", "unknown"):
                    return inner, start
        return None

    def sightings(self, grammar: Grammar, places: Iterable[PlaceReference]) -> tuple[Sighting, ...]:
        """The words of a sentence that speak of states, and its resolved `places`."""
        resolved = ((tokens_of(grammar, found.span), found.place.country) for found in places if found.place)
        seen = self.linker.sightings([token.folded for token in grammar.tokens])
        # «كان» is a broadcaster, «حتى» and «شباط» are surnames, where they are not what they nearly always are.
        named = tuple(s for s in seen if s.kinds[0] not in _BY_ONE_WORD or grammar.tags[s.position] in _NAMING)
        return with_places(named, resolved)

    def _owner(self, grammar: Grammar, phrase: Phrase) -> Participant | None:
        """Whose thing it is: the owner of the pronoun on a noun of action (بدوره، موقفها)."""
        reading = grammar.readings[phrase.first]
        if phrase.first != phrase.last or reading is None or not reading.enclitic:
            return None
        return self.pronoun(grammar, pronoun(phrase.first, reading.enclitic))

    def words(self, grammar: Grammar, first: int, last: int, start: int | None, rule: str) -> Participant:
        """The participant that tokens `first` to `last` name; `start` is where its text begins without clitics."""
        tokens, readings = grammar.tokens, grammar.readings
        words = _linked_words(grammar, first, last)
        head = next((i for i in range(first, last + 1) if grammar.tags[i] == "noun"), first)
        head_reading = readings[head]
        entity = self.linker.link(words, self.date, self.home)
        if entity.kind == "unknown" and head_reading is not None and head_reading.pos in _COMMON and not _may_be_name(tokens[head]):
            entity = msgspec.structs.replace(entity, kind="thing")
        stems = frozenset(r.stem for r in readings[first : last + 1] if r is not None)
        entity = self._coreferent(entity, stems, head_reading.stem if head_reading else "", last - first + 1, definite=_definite(grammar, head))
        mention = Mention(
            Span(tokens[first].span.start if start is None else start, tokens[last].span.end), tokens[head].span, grammar.sentence.index,
            "name" if head_reading is not None and head_reading.pos == "name" else "nominal",
            head_reading.number if head_reading else "", head_reading.gender if head_reading else "",
        )
        if entity.id.startswith("local:") and entity.name_ar == " ".join(words):
            entity = msgspec.structs.replace(entity, name_ar=" ".join(mention.span.text(self.text).split()))
        return Participant(mention, entity, (Evidence("participant", "rule", rule, None, (mention.span,)),))

    def at_home(self, grammar: Grammar, participant: Participant, seen: Sequence[Sighting], place: str, guess: str = "") -> Participant:
        """The participant with the state that the sentence gives it, where its words and the document before it give none; `guess` before others."""
        entity, tokens = participant.entity, tokens_of(grammar, participant.mention.span)
        if self.linker.listed(entity) or entity.country not in ("", self.home) or not tokens or participant.mention.kind == "implicit":
            return participant
        words = _linked_words(grammar, tokens[0], tokens[-1])
        home = guess or self.linker.home_of(entity, tokens[0], seen, document=self.about, place=place)
        if not home or self.linker.link(words, self.date, "").country or not (found := self.linker.link(words, self.date, home)).country:
            return participant
        return msgspec.structs.replace(participant, entity=msgspec.structs.replace(entity, id=found.id, country=found.country, name_en=found.name_en))

    def remember(self, grammar: Grammar) -> None:
        """Note the phrases of a sentence, its subjects first, for the sentences that follow."""
        subjects = {filler for verb in grammar.verbs for filler in grammar.subject(verb) if isinstance(filler, int)}
        for number, phrase in enumerate(grammar.parse.phrases):
            participant = self.phrase(grammar, number, "mention")
            kinds = self.linker.kinds(participant.entity)
            if not somebody(kinds):
                continue
            self._note_name(participant)
            stems = frozenset(r.stem for r in grammar.readings[phrase.first : phrase.last + 1] if r is not None)
            head = grammar.readings[phrase.head]
            self._known.append(Known(participant, stems, head.stem if head else "", grammar.sentence.index, number in subjects))
        del self._known[:-_MEMORY]

    def _note_name(self, participant: Participant) -> None:
        name = " ".join(participant.mention.span.text(self.text).split())
        if len(name) > len(self._fullest.get(participant.entity.id, "")):
            self._fullest[participant.entity.id] = name

    def fully_named(self, participant: Participant) -> Participant:
        """The participant under the fullest name that the document gives it so far, unless the actor base has one."""
        entity = participant.entity
        if self.linker.listed(entity) or entity.id not in self._fullest:
            return participant
        return msgspec.structs.replace(participant, entity=msgspec.structs.replace(entity, name_ar=self._fullest[entity.id]))

    def pronoun(self, grammar: Grammar, dropped: Dropped) -> Participant | None:
        """The owner of a pronoun or of a verb's person: the nearest agreeing phrase before it, subjects preferred."""
        if dropped.person in ("1", "2"):
            return None
        inside = self._inside(grammar, dropped)
        if inside is not None:
            return inside
        token = grammar.tokens[dropped.token]
        for subjects_only in (True, False):
            for known in reversed(self._known):
                if grammar.sentence.index - known.sentence > 2:
                    break
                if (known.subject or not subjects_only) and _agree(known.participant.mention, dropped, self.linker.kinds(known.participant.entity)):
                    mention = Mention(token.span, token.span, grammar.sentence.index, "implicit", dropped.number, dropped.gender)  # type: ignore[arg-type]
                    return msgspec.structs.replace(known.participant, mention=mention)
        return None

    def _inside(self, grammar: Grammar, dropped: Dropped) -> Participant | None:
        phrases = grammar.parse.phrases
        subjects = {f for verb in grammar.verbs if verb < dropped.token for f in grammar.subject(verb) if isinstance(f, int)}
        own = grammar.parse.phrase_of[dropped.token]
        clause: frozenset[Filler] = frozenset()
        if grammar.tags[dropped.token] != "verb" or ((reading := grammar.readings[dropped.token]) is not None and reading.enclitic):
            verb = next((v for v in reversed(grammar.verbs) if v <= dropped.token), None)
            clause = frozenset(grammar.subject(verb)) if verb is not None else frozenset()
        candidates = [n for n, p in enumerate(phrases) if p.last < dropped.token and n != own and n not in clause]
        for pool in ([n for n in candidates if n in subjects], [n for n in candidates if not phrases[n].preposition], candidates):
            for number in reversed(pool):
                participant = self.phrase(grammar, number, "pronoun")
                if _agree(participant.mention, dropped, self.linker.kinds(participant.entity)):
                    return participant
        return None

    def title_end(self, grammar: Grammar, number: int, start: int) -> int:
        """The last token of the title or name that begins at `start` (الأمين العام للأمم المتحدة X), or of the whole that a number is part of."""
        phrases = grammar.parse.phrases
        last = phrases[number].last
        if self._counts(grammar, phrases[number]) and number + 1 < len(phrases) and phrases[number + 1].preposition == "من" and phrases[number + 1].first <= last + 2:
            return phrases[number + 1].last
        head = grammar.readings[start]
        if head is None or not self.linker.opens_title(head.stem):
            return last
        following, named = number + 1, False
        while following < len(phrases) and self._belongs(grammar, phrases[following], last) and not (named and phrases[following].preposition):
            last = phrases[following].last
            named = named or self._ends_in_name(grammar, phrases[following])
            following += 1
        return last

    def _counts(self, grammar: Grammar, phrase: Phrase) -> bool:
        """Whether a phrase is but a number, or a word that counts (ثلاثة من رجال الشرطة، عشرات من)."""
        head = grammar.readings[phrase.head]
        return grammar.tags[phrase.head] == "number" or (head is not None and self.linker.counts(head.stem))

    @staticmethod
    def _ends_in_name(grammar: Grammar, phrase: Phrase) -> bool:
        reading = grammar.readings[phrase.last]
        return not phrase.preposition and reading is not None and reading.pos in ("name", "unknown")

    @staticmethod
    def _belongs(grammar: Grammar, phrase: Phrase, last: int) -> bool:
        gap = [t.folded for t in grammar.tokens[last + 1 : phrase.first]]
        if phrase.coordinated:
            return False
        if phrase.preposition in _TITLE_LINKS and gap in ([], ["باسم"], ["الي"], ["لدي"]):
            return True
        head = grammar.readings[phrase.first]
        return not gap and not phrase.preposition and head is not None and head.pos == "name" and "ال" not in head.proclitics

    def _coreferent(self, entity: Entity, stems: frozenset[str], head: str, length: int, *, definite: bool) -> Entity:
        """An entity known only here takes the identity of an earlier one with the same name or title."""
        if not entity.id.startswith("local:"):
            return entity
        if length > 2 or not definite:
            return entity
        for known in reversed(self._known):
            if known.head == head and stems <= known.stems and len(known.stems) > len(stems):
                return known.participant.entity
            if entity.kind in ("person", "unknown") and known.participant.entity.kind == "person" and stems <= known.stems:
                return known.participant.entity
        return entity


def _linked_words(grammar: Grammar, first: int, last: int) -> list[str]:
    """The folded words of a phrase without the clitics of the first."""
    words = [token.folded for token in grammar.tokens[first : last + 1] if token.folded != '"']
    reading = grammar.readings[first]
    if reading is not None and words:
        words[0] = ("ال" if "ال" in reading.proclitics else "") + reading.stem if not reading.enclitic else words[0]
    return words


def tokens_of(grammar: Grammar, span: Span) -> list[int]:
    """The tokens that a span overlaps."""
    return [index for index, token in enumerate(grammar.tokens) if token.span.start < span.end and span.start < token.span.end]


def somebody(kinds: frozenset[str]) -> bool:
    """Whether categories are those of one who can act, and whom we know as such."""
    return not kinds <= _NOBODY


def _may_be_name(token: Token) -> bool:
    return any(reading.pos == "name" for reading in token.readings)


def _definite(grammar: Grammar, head: int) -> bool:
    reading = grammar.readings[head]
    return reading is not None and reading.definite


def _agree(mention: Mention, dropped: Dropped, kinds: frozenset[str]) -> bool:
    """Number and gender of a pronoun and of the phrase that may own it. Only those who act can own a verb's person."""
    if not somebody(kinds):
        return False
    person = "person" in kinds
    if dropped.number == "p":
        return mention.number == "p"
    if dropped.number == "d":
        return mention.number in ("d", "")
    if dropped.gender == "f":
        return mention.gender == "f" or (mention.gender == "" and not person)
    if dropped.gender == "m":
        # States and towns are feminine.
        return mention.gender != "f" and mention.number != "p" and kinds - {"political"} != {"state"} and "place" not in kinds
    return True
