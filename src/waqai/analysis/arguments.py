"""Arguments: actor, recipient and subject matter of a candidate, through the slots of its frame."""

from __future__ import annotations

from collections.abc import Container

import msgspec

from waqai.analysis.grammar import Dropped, Filler, Grammar
from waqai.analysis.participants import Discourse, tokens_of
from waqai.analysis.speaking_texts import whose_text
from waqai.analysis.triggers import Candidate
from waqai.document import Participant, Span
from waqai.knowledge.frames import Alternatives
from waqai.knowledge.support import SupportVerbs

_DOERS = frozenset({"military", "police", "state", "court", "media", "organisation", "armed"})
_SPOKEN = frozenset({"REQUEST", "ACCUSE", "REJECT", "SUPPORT", "THREATEN"})
_ACTING = _DOERS | {"person", "group", "party", "political"}


class Arguments(msgspec.Struct, frozen=True, gc=False):
    """Participants of one predicate and the words of what it is about."""

    actors: tuple[Participant, ...] = ()
    recipients: tuple[Participant, ...] = ()
    about: Span | None = None
    fits: bool = True


class ArgumentFinder:
    """Fills slots. Holds the support verbs and the nouns for texts that speak, nothing else."""

    def __init__(self, support: SupportVerbs, texts: Container[str] = ()) -> None:
        self._support, self._texts = support, texts

    def find(self, grammar: Grammar, discourse: Discourse, candidate: Candidate) -> Arguments:
        """The arguments; `fits` is false when the frame asks for other kinds of participants than are there."""
        passive = candidate.kind == "verb" and self._passive(grammar, discourse, candidate)
        slots = candidate.slots
        actors = () if passive and "subject" in {s for g in slots.actor for s in g} else self._fill(grammar, discourse, candidate, slots.actor)
        if passive:
            actors = self._fill(grammar, discourse, candidate, (("من قبل",), ("على يد",), ("على أيدي",), ("من جانب",))) or actors
        recipients = self._fill(grammar, discourse, candidate, slots.recipient, passive=passive)
        actors, recipients = self._supported(grammar, discourse, candidate, actors, recipients)
        inside = [p for p in recipients if any(p.mention.span.overlaps(actor.mention.span) for actor in actors)]
        if inside:
            recipients = tuple(p for p in recipients if p not in inside) or self._beyond(grammar, discourse, actors, slots.recipient)
        frame = candidate.frame
        fits = self._allowed(discourse, frame.actor_kinds, actors) and self._allowed(discourse, frame.recipient_kinds, recipients)
        acting = tuple(p for p in actors if _acts(discourse, p))
        touched = tuple(p for p in recipients if _acts(discourse, p, recipient=True))
        return Arguments(acting, touched, self._about(grammar, candidate), fits)

    def _fill(
        self, grammar: Grammar, discourse: Discourse, candidate: Candidate, alternatives: Alternatives, *, passive: bool = False
    ) -> tuple[Participant, ...]:
        for group in alternatives:
            found: list[Participant] = []
            for slot in group:
                found.extend(self._slot(grammar, discourse, candidate, slot, passive=passive))
            usable = [p for p in found if not self._only_thing(discourse, p)]
            if usable:
                return tuple(usable)
        return ()

    @staticmethod
    def _beyond(grammar: Grammar, discourse: Discourse, actors: tuple[Participant, ...], alternatives: Alternatives) -> tuple[Participant, ...]:
        """The next phrase behind the actors under a preposition that also stands in their title (زيارة الأمين العام للأمم المتحدة لطرابلس)."""
        prepositions = {slot for group in alternatives for slot in group}
        last = max(i for actor in actors for i in tokens_of(grammar, actor.mention.span) or (0,))
        number = next((n for n in grammar.following(last) if grammar.parse.phrases[n].preposition in prepositions), None)
        return discourse.of(grammar, grammar.coordinated(number), "after the title") if number is not None else ()

    @staticmethod
    def _only_thing(discourse: Discourse, participant: Participant) -> bool:
        return discourse.linker.kinds(participant.entity) <= {"thing"}

    def _slot(self, grammar: Grammar, discourse: Discourse, candidate: Candidate, slot: str, *, passive: bool) -> tuple[Participant, ...]:
        token = candidate.token
        after = candidate.companions[-1] if candidate.companions else token
        if slot == "subject":
            owner = whose_text(grammar, discourse, token, self._texts) if candidate.kind == "verb" and candidate.frame.type in _SPOKEN else None
            if owner is not None:
                return (owner,)
            return discourse.of(grammar, self._subject(grammar, candidate), "subject")
        if slot == "object":
            if passive:
                return discourse.of(grammar, grammar.subject(token), "subject of the passive")
            if candidate.kind == "verb":
                return discourse.of(grammar, self._object(grammar, candidate), "object")
            return self._rest(grammar, discourse, candidate) or discourse.of(grammar, self._bare_next(grammar, candidate), "object")
        if slot == "genitive":
            return self._rest(grammar, discourse, candidate)
        if slot == "adjective":
            return self._adjective(grammar, discourse, candidate)
        if slot == "self":
            number = grammar.parse.phrase_of[token]
            return discourse.of(grammar, (number,), "the crowd itself") if number >= 0 else ()
        if slot == "between":
            return discourse.of(grammar, grammar.between(token), "between")
        fillers = grammar.prepositional(token, slot)
        if not fillers and after != token:
            fillers = self._at(grammar, after, slot) or grammar.prepositional(after, slot)
        return discourse.of(grammar, fillers, f"after {slot}")

    @staticmethod
    def _at(grammar: Grammar, token: int, slot: str) -> tuple[Filler, ...]:
        """The phrase of a companion that itself carries the preposition (لل..., ب...)."""
        number = grammar.parse.phrase_of[token]
        if number >= 0 and grammar.parse.phrases[number].preposition == slot and grammar.parse.phrases[number].first == token:
            return grammar.coordinated(number)
        return ()

    @staticmethod
    def _subject(grammar: Grammar, candidate: Candidate) -> tuple[Filler, ...]:
        if candidate.kind == "verb":
            return grammar.subject(candidate.token)
        governing = grammar.governing_verb(candidate.token)
        if governing is None:
            earlier = [v for v in grammar.verbs if v < candidate.token]
            governing = earlier[-1] if earlier else None
        number = grammar.parse.phrase_of[candidate.token]
        if number > 0 and governing is None:
            previous = grammar.parse.phrases[number - 1]
            return (number - 1,) if not previous.preposition else grammar.main_subject()
        return grammar.subject(governing) if governing is not None else grammar.main_subject()

    @staticmethod
    def _object(grammar: Grammar, candidate: Candidate) -> tuple[Filler, ...]:
        """The direct object, unless it is a companion of the predicate (أطلق سراح X: X)."""
        fillers = grammar.object(candidate.token)
        if not candidate.companions or not fillers or not isinstance(fillers[0], int):
            return fillers
        phrase = grammar.parse.phrases[fillers[0]]
        return () if any(phrase.first <= c <= phrase.last for c in candidate.companions) and phrase.last in candidate.companions else fillers

    @staticmethod
    def _bare_next(grammar: Grammar, candidate: Candidate) -> tuple[Filler, ...]:
        following = grammar.following(candidate.token)
        if following and not grammar.parse.phrases[following[0]].preposition:
            return grammar.coordinated(following[0])
        return ()

    @staticmethod
    def _rest(grammar: Grammar, discourse: Discourse, candidate: Candidate) -> tuple[Participant, ...]:
        """The second part of the construct that the predicate, or its last companion, opens."""
        token = candidate.token
        beyond = candidate.kind == "noun" and bool(grammar.genitive(token)) and _outside(grammar, candidate)
        if candidate.companions and not beyond and not _describes(grammar, discourse, candidate):
            token = _last_companion(grammar, candidate)
        fillers = grammar.genitive(token)
        if not fillers:
            return ()
        first = fillers[0]
        if isinstance(first, Dropped):
            return discourse.of(grammar, fillers, "owner")
        reading = grammar.readings[token + 1]
        if reading is None or (reading.pos == "adjective" and not discourse.linker.is_nationality(reading.stem) and reading.number != "p"):
            return ()
        if "ال" not in reading.proclitics and discourse.linker.is_nationality(reading.stem) and reading.number != "p":
            return ()
        head = discourse.words(grammar, token + 1, discourse.title_end(grammar, first, token + 1), None, "construct")
        return (head, *discourse.of(grammar, fillers[1:], "construct"))

    @staticmethod
    def _adjective(grammar: Grammar, discourse: Discourse, candidate: Candidate) -> tuple[Participant, ...]:
        number = grammar.parse.phrase_of[candidate.token]
        if number < 0:
            return ()
        phrase = grammar.parse.phrases[number]
        for index in range(candidate.token + 1, phrase.last + 1):
            reading = grammar.readings[index]
            if reading is not None and discourse.linker.is_nationality(reading.stem):
                return (discourse.words(grammar, index, index, None, "adjective"),)
        return ()

    def _supported(
        self, grammar: Grammar, discourse: Discourse, candidate: Candidate, actors: tuple[Participant, ...], recipients: tuple[Participant, ...]
    ) -> tuple[tuple[Participant, ...], tuple[Participant, ...]]:
        """A noun takes the subject of the support verb that carries it, or of the relative clause behind it."""
        if candidate.kind != "noun":
            return actors, recipients
        number = grammar.parse.phrase_of[candidate.token]
        preposition = grammar.parse.phrases[number].preposition if number >= 0 else ""
        governing = grammar.governing_verb(candidate.token)
        if governing is not None:
            role = self._role(grammar, governing, preposition)
            if role:
                fillers = tuple(f for f in grammar.subject(governing) if f != number)
                if role == "actor" and not actors:
                    actors = discourse.of(grammar, fillers, "subject of the support verb")
                elif role == "recipient" and not recipients:
                    recipients = discourse.of(grammar, fillers, "subject of the support verb")
        if not actors:
            relative = grammar.relative_verb(candidate.token)
            if relative is not None and self._role(grammar, relative, "") == "actor":
                actors = discourse.of(grammar, tuple(f for f in grammar.subject(relative) if f != number), "subject of the relative clause")
        return actors, recipients

    def _role(self, grammar: Grammar, verb: int, preposition: str) -> str:
        for reading in grammar.tokens[verb].readings:
            role = self._support.get((reading.lemma, preposition))
            if role:
                return role
        return ""

    def _passive(self, grammar: Grammar, discourse: Discourse, candidate: Candidate) -> bool:
        """Unvowelled verbs hide their voice: passive when the form is, or when one phrase alone could be subject and is no doer."""
        reading = candidate.reading
        if reading.voice == "passive":
            return True
        if not candidate.frame.passive or reading.voice != "either" or reading.enclitic:
            return False
        if any(grammar.prepositional(candidate.token, agent) for agent in ("من قبل", "على يد", "على أيدي")):
            return True
        subject = grammar.subject(candidate.token)
        if grammar.object(candidate.token) or not subject or not isinstance(subject[0], int):
            return False
        if reading.number == "p" and grammar.bare_after(candidate.token):
            return False
        complement = candidate.token + 1 < len(grammar.tags) and grammar.tags[candidate.token + 1] == "complementiser"
        kinds = discourse.linker.kinds(discourse.phrase(grammar, subject[0], "subject").entity)
        return not complement and not (kinds & _DOERS and not kinds & {"person", "group"})

    @staticmethod
    def _allowed(discourse: Discourse, kinds: frozenset[str], participants: tuple[Participant, ...]) -> bool:
        if not kinds:
            return True
        for participant in participants:
            found = discourse.linker.kinds(participant.entity)
            if found & kinds or ("political" in kinds and found & _ACTING):
                return True
        return False

    @staticmethod
    def _about(grammar: Grammar, candidate: Candidate) -> Span | None:
        for group in candidate.slots.about:
            for slot in group:
                fillers = grammar.object(candidate.token) if slot == "object" and candidate.kind == "verb" else grammar.prepositional(candidate.token, slot)
                numbers = [f for f in fillers if isinstance(f, int)]
                if numbers:
                    phrases = grammar.parse.phrases
                    return Span(phrases[numbers[0]].span.start, phrases[numbers[-1]].span.end)
        return None


def _last_companion(grammar: Grammar, candidate: Candidate) -> int:
    """The last companion that is no preposition (بدوره في)."""
    return next((c for c in reversed(candidate.companions) if grammar.tags[c] != "preposition"), candidate.companions[-1])


def _outside(grammar: Grammar, candidate: Candidate) -> bool:
    """Whether all companions stand outside the phrase of a noun (معارضة واشنطن [لهجوم]): then its own construct counts."""
    number = grammar.parse.phrase_of[candidate.token]
    return all(grammar.parse.phrase_of[companion] != number for companion in candidate.companions)


def _describes(grammar: Grammar, discourse: Discourse, candidate: Candidate) -> bool:
    """Whether the last companion is itself the one acted upon, with adjectives at most behind it (طرد دبلوماسيا روسيا)."""
    last = _last_companion(grammar, candidate)
    number = grammar.parse.phrase_of[last]
    if number < 0:
        return True
    if number != grammar.parse.phrase_of[candidate.token]:
        return False
    rest = grammar.readings[last + 1 : grammar.parse.phrases[number].last + 1]
    return bool(rest) and all(r is not None and (r.pos == "adjective" or discourse.linker.is_nationality(r.stem)) for r in rest)


def _acts(discourse: Discourse, participant: Participant, *, recipient: bool = False) -> bool:
    kinds = discourse.linker.kinds(participant.entity)
    return bool(kinds - {"thing"}) if recipient else bool(kinds - {"thing", "place"})
