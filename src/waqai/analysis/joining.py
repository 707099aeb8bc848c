"""Frames and network together: the network names triggers and their participants, frames tell it what they know and give modes.

Slot by slot: the network decides what is an event and of which type; a phrase is a participant when its words are, in the network's
eyes; whoever stands outside the sentence (a dropped subject, a pronoun, a carried speaker) is the rules' to say.
"""

from __future__ import annotations

import itertools
from collections.abc import Container, Sequence
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from waqai.analysis.arguments import Arguments
from waqai.analysis.attributions import Content
from waqai.analysis.caution import believed
from waqai.analysis.choice import Choice
from waqai.analysis.codes import in_sector
from waqai.analysis.consolidation import with_partners, without_undone
from waqai.analysis.context import Earlier, asked_with, context, standing_before
from waqai.analysis.factuality import announces
from waqai.analysis.grammar import Dropped, Grammar
from waqai.analysis.hints import PAIR_HINTS, WORD_HINTS, pair_hints, word_hints
from waqai.analysis.participants import Discourse, tokens_of
from waqai.analysis.roles import in_company, participants_in
from waqai.analysis.selection import Selector
from waqai.analysis.speaking_texts import RULE as WHOSE_TEXT
from waqai.analysis.triggers import Candidate
from waqai.document import Evidence, Mention, Participant, Reading, Source, Span
from waqai.encoder.labels import TYPES
from waqai.encoder.network import Answered, Asked, Network, Read, joined, mean_array, mean_of
from waqai.knowledge.frames import Frame, Slots

if TYPE_CHECKING:
    from numpy.typing import NDArray

# The probability from which a word is a trigger, and how much less is asked where a frame fires; chosen on held-out training sentences.
_TRIGGER, _FRAME = 0.86, 0.3
_RULE, _ADJACENT, _SURE = 0.2, 0.65, 0.9
_SPEECH = frozenset({"REQUEST", "ACCUSE", "REJECT", "SUPPORT", "AGREE", "THREATEN", "CONSULT"})
_SAID_NOW = frozenset({"THREATEN", "AGREE"})
_OF_VERB = frozenset({"subject", "object"})
_NOTHING = Slots()


class Found(msgspec.Struct, frozen=True, gc=False):
    """Tokens `first` to `last` name an act of a type, with the network's probability."""

    first: int
    last: int
    type: int
    score: float


class Sight(msgspec.Struct, frozen=True, gc=False):
    """A sentence as the network reads it: once without hints and, unless it is alone, once with them; `triggers` [words, TYPES] is the mean."""

    read: Read
    views: list[list[list[int]]]
    triggers: NDArray[Any]


class Joiner:
    """Chooses events by network and frames. Stateless. With `alone` the frames are not asked: what the network can do without them."""

    def __init__(self, network: Network, rules: Selector, *, alone: bool = False) -> None:
        self.network, self.rules, self.alone = network, rules, alone

    def choices(self, grammar: Grammar, discourse: Discourse, contents: list[Content]) -> list[Choice]:
        """The events of a sentence, in order of their triggers."""
        if not grammar.tokens:
            return []
        groups = [] if self.alone else self.rules.triggers.find(grammar.sentence, grammar.parse)
        sight = self._looked_at(grammar, discourse, groups)
        before = () if self.alone else context(grammar, discourse)
        probabilities = sight.triggers
        found = _one_a_predicate(grammar, groups, triggers_in(probabilities, _supported(groups)))
        read = self._read(grammar, discourse, contents, groups, sight, found, before) if found else []
        if self.alone:
            return read
        discourse.earlier = (*before, Earlier(grammar, sight.read, sight.views[-1]))
        ruled = self.rules.among(grammar, discourse, contents, groups)
        own = [item for item in ruled if item.candidate.frame.own]
        read = [item for item in read if not any(_same_words(item, other) for other in own)]
        sure = [item for item in ruled if not item.candidate.frame.own and _sure(item, probabilities) and not any(_same_words(item, other) for other in (*read, *own))]
        return with_partners(sorted((*read, *own, *sure), key=lambda item: item.candidate.token))

    def _looked_at(self, grammar: Grammar, discourse: Discourse, groups: Sequence[Sequence[Candidate]]) -> Sight:
        """The sentence without hints and with them, and the mean of what the network makes of both: two opinions err less than one."""
        span = grammar.sentence.span
        words = [Span(token.span.start - span.start, token.span.end - span.start) for token in grammar.tokens]
        read = self.network.read(span.text(discourse.text), words)
        views = [_no_hints(grammar)] if self.alone else [_no_hints(grammar), word_hints(grammar, discourse, groups)]
        return Sight(read, views, mean_array([self.network.triggers(read, view, WORD_HINTS) for view in views]))

    def _read(
        self, grammar: Grammar, discourse: Discourse, contents: list[Content], groups: Sequence[Sequence[Candidate]], sight: Sight,
        found: Sequence[Found], before: Sequence[Earlier],
    ) -> list[Choice]:
        """The acts that the network found, with their participants."""
        candidates = [_candidate(grammar, groups, trigger) for trigger in found]
        ruled = [self.rules.arguments.find(grammar, discourse, c) if c.frame.known else None for c in candidates]
        chains = [self.rules.attributor.chain(contents, trigger.first) for trigger in found]
        blind = _no_hints(grammar)
        told = [pair_hints(grammar, trigger.first, arguments, chain) for trigger, arguments, (chain, _) in zip(found, ruled, chains, strict=True)]
        asked = [
            Asked(trigger.first, trigger.last, trigger.type, hints, pair)
            for hints, pairs in zip(sight.views, ([blind] * len(found), told), strict=False) for trigger, pair in zip(found, pairs, strict=True)
        ]
        seen = self.network.roles(sight.read, asked, WORD_HINTS, PAIR_HINTS)
        answers = [mean_of(seen[number :: len(found)]) for number in range(len(found))]
        chosen = [self._choice(grammar, discourse, *parts) for parts in zip(found, candidates, ruled, chains, answers, strict=True)]
        if before:
            chosen = self._with_context(discourse, sight, before, chosen, asked[-len(found) :])
        done = without_undone(grammar, chosen)
        return done if self.alone else [item for item in done if believed(item, discourse)]

    def _with_context(
        self, discourse: Discourse, sight: Sight, before: Sequence[Earlier], chosen: list[Choice], asked: Sequence[Asked],
    ) -> list[Choice]:
        """The acts, those of nobody with who stands in the sentences before."""
        lacking = [number for number, item in enumerate(chosen) if _of_nobody(item)]
        if not lacking:
            return chosen
        read = joined([*(earlier.read for earlier in before), sight.read])
        answers = self.network.roles(read, [asked_with(before, asked[number]) for number in lacking], WORD_HINTS, PAIR_HINTS)
        for number, answer in zip(lacking, answers, strict=True):
            item = chosen[number]
            kind, recipients = item.candidate.frame.type, item.arguments.recipients
            actors = _others(standing_before(before, discourse, answer, kind, "actor"), recipients)
            recipients = recipients or _others(standing_before(before, discourse, answer, kind, "recipient"), actors)
            chosen[number] = msgspec.structs.replace(item, arguments=msgspec.structs.replace(item.arguments, actors=actors, recipients=recipients))
        return chosen

    def _choice(
        self, grammar: Grammar, discourse: Discourse, trigger: Found, candidate: Candidate, ruled: Arguments | None,
        chain: tuple[tuple[Source, ...], bool], answer: Answered,
    ) -> Choice:
        roles, words = _weighed(grammar, answer.roles, candidate, ruled), range(trigger.first, trigger.last + 1)
        actors = participants_in(grammar, discourse, words, roles, "actor")
        recipients = participants_in(grammar, discourse, words, roles, "recipient")
        actors, recipients = _side_taken(actors, recipients, ruled)
        if speaking := _speaking_of_himself(grammar, candidate, chain[0]):
            actors = speaking
        elif ruled is not None and (_between(ruled.actors) or _by_text(ruled.actors)):
            actors = ruled.actors
        elif ruled is not None:
            actors, recipients = _with_absent(actors, ruled.actors), _with_absent(recipients, ruled.recipients)
        elif not actors:
            actors = _subject_carried_on(grammar, discourse, trigger)
        recipients = tuple(p for p in recipients if not any(p.mention.span.overlaps(actor.mention.span) for actor in actors))
        actors = in_company(grammar, trigger.first, actors, scattered=TYPES[trigger.type] == "CONSULT")
        recipients = in_company(grammar, trigger.first, recipients, scattered=TYPES[trigger.type] == "ASSAULT")
        if ruled is not None and TYPES[trigger.type] == "CONSULT" and len(actors) + len(recipients) == 1:
            actors, recipients = _with_company(actors, recipients, ruled.actors), _with_company(recipients, actors, ruled.recipients)
        actors, recipients = (tuple(in_sector(grammar, discourse.linker, p, answer) for p in side) for side in (actors, recipients))
        modality = _modality(grammar, trigger, candidate, answer)
        return Choice(
            candidate, Arguments(actors, recipients, ruled.about if ruled else None), "negated" if answer.negated > 0.5 else "affirmed",
            modality, self.network.confidence(trigger.score), _span(grammar, trigger),  # type: ignore[arg-type]
            self._chain(grammar, discourse, words, chain[0], answer), answer,
        )

    @staticmethod
    def _chain(grammar: Grammar, discourse: Discourse, trigger: range, ruled: tuple[Source, ...], answer: Answered) -> tuple[Source, ...]:
        """Speakers whom the network hears, and those that the rules carry over from earlier sentences; outermost first."""
        heard = participants_in(grammar, discourse, trigger, answer.roles | {"speaker": answer.speaker}, "speaker")
        span = grammar.sentence.span
        chain = [source for source in ruled if not span.start <= source.participant.mention.span.start < span.end or source.participant.mention.kind == "implicit"]
        for participant in heard:
            if any(source.participant.entity.id == participant.entity.id for source in chain):
                continue
            known = next((s for s in ruled if s.participant.mention.span.overlaps(participant.mention.span)), None)
            if known is None and participant.entity.kind == "thing":
                continue
            if known is not None and len(known.participant.mention.span) < len(participant.mention.span):
                known = msgspec.structs.replace(known, participant=participant)
            chain.append(known or Source(participant, participant.mention.span, "", False))
        return tuple(chain)


def _of_nobody(item: Choice) -> bool:
    """Whether an act has no actor that a reader might know; a passive verb keeps silent about him (guidelines), at a meeting it does not."""
    return not item.arguments.actors and (item.candidate.frame.type == "CONSULT" or item.candidate.reading.voice != "passive")


def _others(found: tuple[Participant, ...], side: tuple[Participant, ...]) -> tuple[Participant, ...]:
    """Without those who are on the other side."""
    return tuple(p for p in found if all(p.entity.id != other.entity.id for other in side))


def _span(grammar: Grammar, trigger: Found) -> Span:
    """The words of a trigger without a conjunction written onto the first."""
    first, reading = grammar.tokens[trigger.first].span, grammar.readings[trigger.first]
    conjoined = reading is not None and reading.proclitics[:1] in (("و",), ("ف",)) and len(first) > 2
    return Span(first.start + conjoined, grammar.tokens[trigger.last].span.end)


def _weighed(grammar: Grammar, roles: dict[str, list[float]], candidate: Candidate, ruled: Arguments | None) -> dict[str, list[float]]:
    """The roles with what the rules say of actor and recipient: more for the one that they chose for a word, less for the other.

    Where the object of a verb follows its subject at once (اتهمت وزارة الخارجية الروسية أوكرانيا), only the rules know where one ends, and
    they are believed.
    """
    if ruled is None:
        return roles
    adjacent = candidate.kind == "verb" and any(
        0 < second.mention.span.start - first.mention.span.end <= 1 for first in ruled.actors for second in ruled.recipients
    )
    weight = _ADJACENT if adjacent else _RULE
    weighed = {name: list(scores) for name, scores in roles.items()}
    for role, other, participants in (("actor", "recipient", ruled.actors), ("recipient", "actor", ruled.recipients)):
        for participant in participants:
            if participant.mention.kind != "implicit":
                for token in tokens_of(grammar, participant.mention.span):
                    weighed[role][token] += weight
                    weighed[other][token] -= weight
    return weighed


def _subject_carried_on(grammar: Grammar, discourse: Discourse, trigger: Found) -> tuple[Participant, ...]:
    """Who acted in the sentence before, where a verb of speech opens the sentence without a subject (وطالب، ودعت)."""
    if TYPES[trigger.type] not in _SPEECH or trigger.first > 1:
        return ()
    verb = next((r for r in grammar.tokens[trigger.first].readings if r.pos == "verb" and r.person == "3" and r.voice != "passive"), None)
    if verb is None:
        return ()
    found = discourse.pronoun(grammar, Dropped(trigger.first, "3", verb.number, verb.gender))
    return (found,) if found is not None and found.mention.kind == "implicit" else ()


def _modality(grammar: Grammar, trigger: Found, candidate: Candidate, answer: Answered) -> str:
    """What the network says, but what a verb announces in the future tense is future; threats and promises are made now."""
    reading = grammar.readings[candidate.token]
    if reading is not None and announces(reading) and TYPES[trigger.type] not in _SAID_NOW:
        return "future"
    return max(answer.modality, key=lambda name: answer.modality[name])


def _no_hints(grammar: Grammar) -> list[list[int]]:
    return [[] for _ in grammar.tokens]


def _sure(item: Choice, probabilities: NDArray[Any]) -> bool:
    """Whether frames and network together are sure of an event that the network alone would not take: one with its participants."""
    event_type = item.candidate.frame.type
    likely = (item.score or 0.0) + float(probabilities[item.candidate.token, TYPES.index(event_type)])
    return likely >= _SURE and bool(item.arguments.actors) and (event_type == "CONSULT" or bool(item.arguments.recipients))


def _same_words(first: Choice, second: Choice) -> bool:
    words = {first.candidate.token, *first.candidate.companions}
    return not words.isdisjoint((second.candidate.token, *second.candidate.companions))


def _supported(groups: Sequence[Sequence[Candidate]]) -> frozenset[tuple[int, int]]:
    """Token and number of the type of every frame that fires."""
    return frozenset(
        (token, TYPES.index(candidate.frame.type)) for group in groups for candidate in group for token in (candidate.token, *candidate.companions)
    )


def _one_a_predicate(grammar: Grammar, groups: Sequence[Sequence[Candidate]], found: list[Found]) -> list[Found]:
    """Two triggers of one type are one, the likelier, in one predicate of several words (أنحت واشنطن باللوم) and beside a bracket (النقض (الفيتو))."""
    dropped: set[int] = set()
    for first, second in itertools.pairwise(found):
        between = grammar.tags[first.last + 1 : second.first]
        if first.type == second.type and between and all(tag in ("punctuation", "quote") for tag in between) and grammar.tokens[first.last + 1].folded == "(":
            dropped.add(id(min(first, second, key=lambda f: f.score)))
    for group in groups:
        for candidate in group:
            tokens = {candidate.token, *candidate.companions}
            inside = [f for f in found if TYPES[f.type] == candidate.frame.type and not tokens.isdisjoint(range(f.first, f.last + 1))]
            dropped.update(id(f) for f in sorted(inside, key=lambda f: -f.score)[1:])
    return [f for f in found if id(f) not in dropped]


def triggers_in(probabilities: NDArray[Any], supported: Container[tuple[int, int]]) -> list[Found]:
    """Runs of words that are likely to name one act; where a frame says so too, less is asked. The likeliest type takes a word."""
    found: list[Found] = []
    for kind in range(probabilities.shape[1]):
        column = probabilities[:, kind].tolist()
        named = [score > _TRIGGER - _FRAME * ((index, kind) in supported) for index, score in enumerate(column)]
        index = 0
        while index < len(column):
            last = index
            while last < len(column) and named[last]:
                last += 1
            if last > index:
                found.append(Found(index, last - 1, kind, max(column[index:last])))
            index = max(last, index + 1)
    kept: list[Found] = []
    for one in sorted(found, key=lambda f: -f.score):
        if all(one.last < other.first or one.first > other.last for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda f: f.first)


def _candidate(grammar: Grammar, groups: Sequence[Sequence[Candidate]], trigger: Found) -> Candidate:
    """The frame of that type that fires on the trigger's words, or one without slots."""
    fitting = [
        c for group in groups for c in group
        if c.frame.type == TYPES[trigger.type] and any(trigger.first <= token <= trigger.last for token in (c.token, *c.companions))
    ]
    best = max(fitting, key=lambda c: (trigger.first <= c.token <= trigger.last, bool(c.companions)), default=None)
    if best is not None:
        return best
    token = next((i for i in range(trigger.first, trigger.last + 1) if grammar.readings[i] is not None), trigger.first)
    kind: Literal["verb", "noun"] = "verb" if grammar.tags[token] == "verb" else "noun"
    reading = grammar.readings[token] or Reading("unknown", grammar.tokens[token].folded, grammar.tokens[token].folded)
    return Candidate(frame_of(TYPES[trigger.type]), kind, token, reading)


def frame_of(event_type: str) -> Frame:
    """The frame of an act that only the network sees: a type without words and slots."""
    return Frame(
        f"network.{event_type.lower()}", event_type, (), (), (), (), (), (), (), (), _NOTHING, _NOTHING, frozenset(), frozenset(),
        False, False, "", (), (),
    )


def _speaking_of_himself(grammar: Grammar, candidate: Candidate, chain: Sequence[Source]) -> tuple[Participant, ...]:
    """Whoever is quoted is the actor of his verbs in the first person (وقال الوزير: «نرفض الشروط»)."""
    if candidate.kind != "verb" or candidate.reading.person != "1" or not chain:
        return ()
    speaker, token = chain[-1].participant, grammar.tokens[candidate.token]
    mention = speaker.mention
    if mention.sentence != grammar.sentence.index:
        mention = Mention(token.span, token.span, grammar.sentence.index, "implicit", mention.number, mention.gender)
    evidence = (Evidence("participant", "rule", "first person", None, (mention.span,)),)
    return (msgspec.structs.replace(speaker, mention=mention, evidence=evidence),)


def _side_taken(
    actors: tuple[Participant, ...], recipients: tuple[Participant, ...], ruled: Arguments | None,
) -> tuple[tuple[Participant, ...], tuple[Participant, ...]]:
    """Of several recipients without an actor that one acts whom the rules have so, as subject or object of the verb (استقبل الملك سلمان وزير الدفاع)."""
    acting = [p.mention.span for p in ruled.actors if any(evidence.name in _OF_VERB for evidence in p.evidence)] if ruled and not actors else []
    moved = tuple(p for p in recipients if any(p.mention.span.overlaps(span) for span in acting))
    return (moved, tuple(p for p in recipients if p not in moved)) if moved and len(moved) < len(recipients) else (actors, recipients)


def _between(actors: tuple[Participant, ...]) -> bool:
    """Whether the rules have the two sides of an act, behind بين: nobody else takes part."""
    return len(actors) > 1 and all(evidence.name == "between" for actor in actors for evidence in actor.evidence)


def _by_text(actors: tuple[Participant, ...]) -> bool:
    """Whether the rules have whose the text is that speaks; the network would take the nearest who acts."""
    return any(evidence.name == WHOSE_TEXT for actor in actors for evidence in actor.evidence)


def _with_company(found: tuple[Participant, ...], others: tuple[Participant, ...], ruled: tuple[Participant, ...]) -> tuple[Participant, ...]:
    """Nobody meets alone: those whom the rules see at a meeting of one."""
    there = (*found, *others)
    return (*found, *(p for p in ruled if not any(p.mention.span.overlaps(q.mention.span) or p.entity.id == q.entity.id for q in there)))


def _with_absent(found: tuple[Participant, ...], ruled: tuple[Participant, ...]) -> tuple[Participant, ...]:
    """What the network cannot see: participants named only in earlier sentences or by a pronoun, where it found nobody."""
    return found or tuple(p for p in ruled if p.mention.kind == "implicit" or any(e.name == "pronoun" for e in p.evidence))
