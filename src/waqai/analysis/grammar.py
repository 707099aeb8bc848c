"""Who is subject, object, and second part of what: slots of a predicate, read off the shallow parse.

Arabic news puts the verb first (VSO) or the subject first (SVO); it drops the subject where the verb's person shows it. The
rules below look first after the verb, then before it, and leave the rest to coreference.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import msgspec

from waqai.document import Parse, Phrase, Reading, Sentence

_SKIPPED = frozenset({"adverb", "time", "particle", "preposition", "quote"})
_MEMBERS = frozenset({"بينها", "بينهم", "منها", "منهم", "ابرزها", "ابرزهم", "ومنها", "وبينها"})
_PARENTHESIS = 24
_SHORT = 5
_HARD_STOPS = frozenset(";.:!?")


class Dropped(msgspec.Struct, frozen=True, gc=False):
    """A participant shown only by the verb's person or an attached pronoun: the features that its owner must have."""

    token: int
    person: str = "3"
    number: str = ""
    gender: str = ""


Filler = int | Dropped
"""Index of a phrase of the sentence, or a participant without words of its own."""


class Grammar:
    """Slots of the predicates of one parsed sentence. Subjects of verbs are found once and kept."""

    def __init__(self, sentence: Sentence, parse: Parse) -> None:
        self.sentence, self.parse = sentence, parse
        self.tokens, self.tags, self.readings = sentence.tokens, parse.tags, parse.readings
        self.verbs = tuple(i for i, tag in enumerate(parse.tags) if tag == "verb")
        self._subjects: dict[int, tuple[Filler, ...]] = {}
        self._roles: dict[int, tuple[int, str]] | None = None

    def following(self, index: int, *, limit: int = 40, through_commas: bool = True) -> list[int]:
        """Phrases after token `index` up to the next verb, complementiser, relative or full stop, in order."""
        found: list[int] = []
        last = -1
        for position in range(index + 1, min(index + limit, len(self.tags))):
            tag = self.tags[position]
            if tag in ("verb", "complementiser", "relative"):
                break
            if tag == "punctuation" and (self.tokens[position].folded in _HARD_STOPS or not through_commas):
                break
            number = self.parse.phrase_of[position]
            if number >= 0 and number != last and self.parse.phrases[number].first > index:
                found.append(number)
                last = number
        return found

    @cached_property
    def words(self) -> list[str]:
        """The folded words of the sentence without a conjunction written onto them."""
        return [_bare(token.folded, reading) for token, reading in zip(self.tokens, self.readings, strict=True)]

    def token_at(self, offset: int) -> int | None:
        """The first token that ends behind a character of the text, None where there is none."""
        return next((i for i, token in enumerate(self.tokens) if token.span.end > offset), None)

    def past_parenthesis(self, position: int) -> int:
        """Where the clause goes on when a relative clause between commas begins at `position` (فرنسا، التي ...، إلى); else `position`."""
        if position + 1 >= len(self.tags) or self.tokens[position].folded != "," or self.tags[position + 1] != "relative":
            return position
        closing = next((i for i in range(position + 2, min(position + _PARENTHESIS, len(self.tags))) if self.tokens[i].folded == ","), None)
        return closing + 1 if closing is not None else position

    def coordinated(self, number: int) -> tuple[int, ...]:
        """The phrase and those that continue its list."""
        group = [number]
        while group[-1] + 1 < len(self.parse.phrases) and (self.parse.phrases[group[-1] + 1].coordinated or self._lists_members(group[-1])):
            group.append(group[-1] + 1)
        return tuple(group)

    def _lists_members(self, number: int) -> bool:
        """Whether what follows names members of the phrase: دول عربية بينها مصر والأردن."""
        phrase, following = self.parse.phrases[number], self.parse.phrases[number + 1]
        gap = [token.folded for token in self.tokens[phrase.last + 1 : following.first] if token.folded not in (",", "من", "و")]
        return not following.preposition and len(gap) == 1 and gap[0] in _MEMBERS

    def subject(self, verb: int) -> tuple[Filler, ...]:
        """Subject of the verb at token `verb`: phrases, or one Dropped when no words in the sentence stand for it."""
        if verb not in self._subjects:
            self._subjects[verb] = self._find_subject(verb)
        return self._subjects[verb]

    def object(self, verb: int) -> tuple[Filler, ...]:
        """Direct object: an attached pronoun, or the first bare phrase that is not the subject."""
        reading = self.readings[verb]
        if reading is not None and reading.enclitic:
            return (pronoun(verb, reading.enclitic),)
        subjects = set(self.subject(verb))
        for number in self.following(verb):
            if not self.parse.phrases[number].preposition and number not in subjects:
                return self.coordinated(number)
        return ()

    def bare_after(self, verb: int) -> list[int]:
        """Bare phrases after the verb, those of a list counted once."""
        return [n for n in self.following(verb) if not self.parse.phrases[n].preposition and not self.parse.phrases[n].coordinated]

    def prepositional(self, index: int, preposition: str) -> tuple[Filler, ...]:
        """The first phrase after token `index` under a preposition, with its list; or the pronoun attached to it."""
        skipped = index
        for position in range(index + 1, min(index + 40, len(self.tags))):
            if position < skipped:
                continue
            skipped = self.past_parenthesis(position)
            tag = self.tags[position]
            if tag in ("verb", "complementiser", "relative") or (tag == "punctuation" and self.tokens[position].folded in _HARD_STOPS):
                break
            reading = self.readings[position]
            if reading is not None and reading.enclitic and tag in ("preposition", "particle") and _same(reading.stem, preposition):
                return (pronoun(position, reading.enclitic),)
            number = self.parse.phrase_of[position]
            if number >= 0:
                phrase = self.parse.phrases[number]
                if phrase.first == position and phrase.preposition == preposition:
                    return self.coordinated(number)
        return ()

    def between(self, index: int) -> tuple[Filler, ...]:
        """The two sides behind بين, also where a relative clause stands before it (المحادثات التي رعتها مصر بين فتح وحماس)."""
        found = self.prepositional(index, "بين")
        verb = self.relative_verb(index) if not found else None
        return self.prepositional(verb, "بين") if verb is not None and self.tags[verb - 1] == "relative" else found

    def genitive(self, noun: int) -> tuple[Filler, ...]:
        """Second part of the construct whose first part is the token `noun`: the rest of its phrase, or its pronoun."""
        reading = self.readings[noun]
        if reading is not None and reading.enclitic:
            return (pronoun(noun, reading.enclitic),)
        number = self.parse.phrase_of[noun]
        if number < 0 or (reading is not None and reading.definite):
            return ()
        phrase = self.parse.phrases[number]
        if phrase.last > noun:
            return (number, *self.coordinated(number)[1:])
        return ()

    def governing_verb(self, noun: int) -> int | None:
        """The finite verb before a noun in its clause, with nothing but phrases between."""
        for position in range(noun - 1, max(noun - 25, -1), -1):
            tag = self.tags[position]
            if tag == "verb":
                return position
            if tag in ("complementiser", "relative") or (tag == "punctuation" and self.tokens[position].folded in _HARD_STOPS):
                return None
        return None

    def relative_verb(self, noun: int) -> int | None:
        """The verb of the relative clause that follows a noun: الهجوم الذي شنه، هجوم شنته."""
        number = self.parse.phrase_of[noun]
        start = self.parse.phrases[number].last + 1 if number >= 0 else noun + 1
        for position in range(start, min(start + 6, len(self.tags))):
            tag = self.tags[position]
            if tag == "verb":
                return position
            if tag in ("complementiser", "punctuation"):
                return None
        return None

    def verb_roles(self) -> dict[int, tuple[int, str]]:
        """For phrases that are subject or object of a verb: the verb, and which of the two."""
        if self._roles is None:
            self._roles = {}
            for verb in self.verbs:
                for role, fillers in (("subject", self.subject(verb)), ("object", self.object(verb))):
                    for filler in fillers:
                        if isinstance(filler, int):
                            self._roles.setdefault(filler, (verb, role))
        return self._roles

    def main_subject(self) -> tuple[Filler, ...]:
        """Subject of the first finite verb, or the first bare phrase of a sentence without one."""
        if self.verbs:
            return self.subject(self.verbs[0])
        for number, phrase in enumerate(self.parse.phrases):
            if not phrase.preposition:
                return self.coordinated(number)
        return ()

    def _find_subject(self, verb: int) -> tuple[Filler, ...]:
        reading = self.readings[verb]
        person = reading.person if reading is not None else "3"
        if reading is not None and person in ("1", "2"):
            return (Dropped(verb, person, reading.number, reading.gender),)
        after = self._subject_after(verb)
        if after is not None:
            return self.coordinated(after)
        before = self._subject_before(verb)
        if before:
            return before
        if reading is None:
            return ()
        return (Dropped(verb, "3", reading.number, reading.gender),)

    def _subject_after(self, verb: int) -> int | None:
        reading = self.readings[verb]
        if reading is not None and reading.number in ("p", "d"):
            return None
        antecedent = self._antecedent(verb)
        for number in self.following(verb):
            phrase = self.parse.phrases[number]
            if phrase.preposition:
                continue
            if not self._agrees(verb, phrase):
                return None
            if antecedent is not None and reading is not None and not reading.enclitic and self._only_object(verb, number, antecedent):
                return None
            return number
        return None

    def _only_object(self, verb: int, number: int, topic: int) -> bool:
        """With a subject before the verb and a single bare phrase after it, that phrase is the object."""
        phrase = self.parse.phrases[topic]
        bare = self.bare_after(verb)
        return len(bare) == 1 and bare[0] == number and self._agrees(verb, phrase) and not phrase.preposition

    def _antecedent(self, verb: int) -> int | None:
        """The phrase right before the verb (SVO, after إن, before a relative), that could be its subject."""
        position = verb - 1
        through_relative = False
        while position >= 0:
            tag = self.tags[position]
            if tag in ("auxiliary", "negation", "relative", "adverb", "time", "quote"):
                through_relative = through_relative or tag == "relative"
                position -= 1
                continue
            if tag == "punctuation" and self.tokens[position].folded == "," and through_relative:
                position -= 1
                continue
            break
        if position < 0:
            return None
        number = self.parse.phrase_of[position]
        if number < 0:
            return None
        reading = self.readings[verb]
        if reading is not None and reading.proclitics and reading.proclitics[0] in ("و", "ف"):
            return None
        if through_relative or (not self.parse.phrases[number].definite and self.parse.phrases[number].preposition):
            return number
        return self._topic(number)

    def _topic(self, number: int) -> int | None:
        """From the phrase before a verb back over its prepositional complements to the bare phrase that they belong to."""
        phrases = self.parse.phrases
        clause = self.parse.clause_of[phrases[number].first]
        best: int | None = None
        while number >= 0 and self.parse.clause_of[phrases[number].first] == clause:
            if not phrases[number].preposition:
                best = number
                if phrases[number].coordinated:
                    number -= 1
                    continue
                break
            number -= 1
        return best

    def _subject_before(self, verb: int) -> tuple[Filler, ...]:
        antecedent = self._antecedent(verb)
        if antecedent is not None and self._agrees(verb, self.parse.phrases[antecedent], before=True):
            return self.coordinated(antecedent)
        earlier = [v for v in self.verbs if v < verb]
        reading = self.readings[verb]
        for other in reversed(earlier):
            candidates = self.subject(other)
            if candidates and all(isinstance(c, int) for c in candidates) and self._may_share(verb, candidates):
                return candidates
        if reading is not None and not earlier:
            return self._leading_topic(verb)
        return ()

    def _leading_topic(self, verb: int) -> tuple[Filler, ...]:
        """A bare phrase at the head of the sentence, set off from the verb by a comma or a prepositional phrase."""
        for number, phrase in enumerate(self.parse.phrases):
            if phrase.first > verb:
                break
            if not phrase.preposition and self._agrees(verb, phrase, before=True):
                return self.coordinated(number)
        return ()

    def _may_share(self, verb: int, candidates: Sequence[Filler]) -> bool:
        """Whether a verb can have the subject of an earlier one: person, number and gender agree."""
        first = candidates[0]
        if not isinstance(first, int):
            return False
        phrase = self.parse.phrases[first]
        reading = self.readings[verb]
        if reading is not None and reading.number == "p" and len(candidates) > 1:
            return True
        return self._agrees(verb, phrase, before=True)

    def _agrees(self, verb: int, phrase: Phrase, *, before: bool = False) -> bool:
        reading = self.readings[verb]
        head = self.readings[phrase.head]
        if reading is None or head is None:
            return True
        if head.pos == "pronoun":
            return before
        if not before and _oblique(head):
            return False
        gender = head.gender or ("f" if head.stem.endswith("ه") and head.pos != "name" else "")
        plural = head.number == "p"
        if before and reading.number == "p":
            return plural or head.pos in ("name", "unknown") or head.number == ""
        if reading.gender == "f":
            return gender != "m" or plural
        if reading.gender == "m":
            return gender != "f" or plural
        return True


def pronoun(token: int, enclitic: str) -> Dropped:
    """The features of an attached pronoun."""
    number = "p" if enclitic in ("هم", "هن", "نا", "كم") else "d" if enclitic in ("هما", "كما") else "s"
    gender = {"ه": "m", "ها": "f", "هم": "m", "هن": "f"}.get(enclitic, "")
    person = "1" if enclitic in ("نا", "ني", "ي") else "2" if enclitic in ("ك", "كم", "كما") else "3"
    return Dropped(token, person, number, gender)


def _oblique(noun: Reading) -> bool:
    """Whether a noun is a sound plural of people in the case that no subject of a verb before it has (دعت الليبيين، ناشد المواطنين)."""
    stem = noun.stem
    return noun.pos not in ("name", "number") and len(stem) > _SHORT and (stem.endswith("يين") or (stem.startswith("م") and stem.endswith("ين")))


def _bare(word: str, reading: Reading | None) -> str:
    conjoined = reading is not None and reading.proclitics[:1] in (("و",), ("ف",))
    return word[1:] if conjoined and len(word) > 2 else word


def _same(stem: str, preposition: str) -> bool:
    """Whether a folded preposition stem before a pronoun (علي، الي، مع، ل) is the preposition of a slot."""
    return {"علي": "على", "الي": "إلى", "امام": "أمام", "بشان": "بشأن"}.get(stem, stem) == preposition
