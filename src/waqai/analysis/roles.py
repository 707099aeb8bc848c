"""From probabilities of words to participants: where a phrase that the network means begins and ends, and who is in it."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence

import msgspec

from waqai.analysis.grammar import Grammar
from waqai.analysis.participants import Discourse, tokens_of
from waqai.document import Evidence, Participant

# Chosen on held-out training sentences: what makes a participant, a speaker, and the less likely word beside one.
_LIKELY, _HEARD, _PERHAPS = 0.58, 0.5, 0.2
# From what likelihood one participant stands without others that are not listed with it; from what one more of those who are scattered,
# or a list that was interrupted, stands beside it; what each clause and each verb between costs, and how many count.
_SURELY, _SCATTERED, _MEMBER, _APART, _FAR = 0.85, 0.8, 0.7, 0.05, 2
_BETWEEN = frozenset({"punctuation", "conjunction", "quote"})
_MARKS = 3
"""Tokens between somebody and an apposition, at most."""
_PEOPLE = frozenset({"person", "office"})
_COMPETING = ("actor", "recipient")
_EDGES = frozenset({"punctuation", "conjunction", "preposition", "quote", "complementiser", "relative"})


def participants_in(
    grammar: Grammar, discourse: Discourse, trigger: Container[int], roles: Mapping[str, Sequence[float]], role: str, *, least: float = 0.0,
) -> tuple[Participant, ...]:
    """Who is likely in a role of the act named by the tokens `trigger`, each entity once, where it is likeliest.

    `roles` holds for every role the probability of each token of the sentence; nobody counts who is on average below `least`.
    """
    scores = roles[role]
    others = [roles[name] for name in _COMPETING if name != role and name in roles]
    free = [index not in trigger and all(other[index] <= _LIKELY for other in others) for index in range(len(scores))]
    found: dict[str, tuple[float, Participant]] = {}
    for first, last in _runs(grammar, scores, _HEARD if role == "speaker" else _LIKELY):
        first, last = _wider(grammar, scores, first, last)
        score = sum(scores[first : last + 1]) / (last + 1 - first)
        if score < least:
            continue
        participant = _participant(grammar, discourse, first, last, free)
        if _loose_word(grammar, participant) or _attribute(grammar, discourse, participant):
            continue
        if (role == "recipient" and _told(grammar, participant)) or (role == "speaker" and _no_noun(grammar, participant)):
            continue
        key = participant.entity.id
        if key not in found or score > found[key][0]:
            evidence = (Evidence("participant", "model", role, round(min(max(score, 0.0), 1.0), 2), (participant.mention.span,)),)
            found[key] = score, msgspec.structs.replace(participant, evidence=evidence)
    return _without_apposition(grammar, sorted((p for _, p in found.values()), key=lambda p: p.mention.span.start))


def _without_apposition(grammar: Grammar, found: Sequence[Participant]) -> tuple[Participant, ...]:
    """Without those who are the one before again: a name or an office right behind somebody, or between marks (فلان، رئيس الحزب،)."""
    kept: list[Participant] = []
    last: Participant | None = None
    for participant in found:
        if last is None or not _says_again(grammar, last, participant):
            kept.append(participant)
        last = participant
    return tuple(kept)


def _says_again(grammar: Grammar, first: Participant, second: Participant) -> bool:
    before, after = tokens_of(grammar, first.mention.span), tokens_of(grammar, second.mention.span)
    if not before or not after or not 0 < after[0] - before[-1] <= _MARKS or _begins_member(grammar, after[0]):
        return False
    between = range(before[-1] + 1, after[0])
    people = first.entity.kind in (*_PEOPLE, "unknown") and second.entity.kind in _PEOPLE
    return not between or (people and all(grammar.tags[i] in ("punctuation", "quote") for i in between))


def _loose_word(grammar: Grammar, participant: Participant) -> bool:
    """Whether a participant is one indefinite word that is nobody: an adjective or a noun cut out of its phrase (انتقاد مبطن)."""
    tokens = tokens_of(grammar, participant.mention.span)
    if len(tokens) != 1 or participant.entity.kind not in ("thing", "unknown"):
        return False
    reading = grammar.readings[tokens[0]]
    named = any(other.pos in ("name", "unknown") for other in grammar.tokens[tokens[0]].readings)
    return reading is not None and not reading.definite and reading.number != "p" and not named


def _attribute(grammar: Grammar, discourse: Discourse, participant: Participant) -> bool:
    """Whether a participant is the attribute of a noun that is not part of it (توقيع الاتفاق النووي); a nationality stands for its state."""
    tokens = tokens_of(grammar, participant.mention.span)
    if not tokens or tokens[0] == 0 or not grammar.parse.phrase_of[tokens[0]] == grammar.parse.phrase_of[tokens[0] - 1] >= 0:
        return False
    noun, first = grammar.readings[tokens[0] - 1], grammar.readings[tokens[0]]
    if noun is None or first is None or first.pos != "adjective" or discourse.linker.is_nationality(first.stem):
        return False
    return "ال" in noun.proclitics and "ال" in first.proclitics


def _told(grammar: Grammar, participant: Participant) -> bool:
    """Whether a participant is the outlet to which somebody spoke (وقال المسؤول لرويترز): news media under that preposition."""
    tokens = tokens_of(grammar, participant.mention.span)
    number = grammar.parse.phrase_of[tokens[0]] if tokens else -1
    return participant.entity.kind == "media" and number >= 0 and grammar.parse.phrases[number].preposition == "ل"


def _no_noun(grammar: Grammar, participant: Participant) -> bool:
    """Whether a participant begins with a verb or holds no noun at all, in words that can be no name."""
    tokens = tokens_of(grammar, participant.mention.span)
    if any(reading.pos in ("name", "unknown") for index in tokens for reading in grammar.tokens[index].readings):
        return False
    return not tokens or grammar.tags[tokens[0]] == "verb" or all(grammar.tags[index] != "noun" for index in tokens)


def in_company(grammar: Grammar, trigger: int, found: tuple[Participant, ...], *, scattered: bool = False) -> tuple[Participant, ...]:
    """The likeliest participant of a role with those who stand beside it in a list; others only where none of them is likely enough.

    Participants further off are mostly those of another clause, but victims of one attack and the two sides of a meeting are often
    `scattered`.
    """
    if len(found) < 2:
        return found
    lists: list[list[Participant]] = []
    for participant in found:
        if lists and _listed_with(grammar, lists[-1][-1], participant):
            lists[-1].append(participant)
        else:
            lists.append([participant])
    scores = [max(_likelihood(grammar, trigger, participant) for participant in members) for members in lists]
    top = max(scores)
    if top < _SURELY:
        return found
    kept = [
        score == top or (scattered and score >= _SCATTERED) or (score >= _MEMBER and _goes_on(grammar, members[0]))
        for members, score in zip(lists, scores, strict=True)
    ]
    return tuple(p for members, stays in zip(lists, kept, strict=True) if stays for p in members)


def _goes_on(grammar: Grammar, participant: Participant) -> bool:
    """Whether a participant is written as the next of a list that was interrupted (قوات الحكومة التي ...، ومقاتلين)."""
    tokens = tokens_of(grammar, participant.mention.span)
    reading = grammar.readings[tokens[0]] if tokens else None
    return reading is not None and reading.proclitics[:1] == ("و",)


def _listed_with(grammar: Grammar, first: Participant, second: Participant) -> bool:
    """Whether nothing but conjunctions and marks stands between two participants."""
    before, after = tokens_of(grammar, first.mention.span), tokens_of(grammar, second.mention.span)
    return bool(before and after) and all(grammar.tags[i] in _BETWEEN for i in range(before[-1] + 1, after[0]))


def _likelihood(grammar: Grammar, trigger: int, participant: Participant) -> float:
    """The network's score of a participant, 1 for one that only the rules have, less for every clause and verb that part it from the trigger."""
    evidence, tokens = participant.evidence, tokens_of(grammar, participant.mention.span)
    score = evidence[0].score if evidence and evidence[0].score is not None else 1.0
    if not tokens:
        return score
    near = tokens[0] if tokens[0] > trigger else tokens[-1]
    clauses = abs(grammar.parse.clause_of[tokens[0]] - grammar.parse.clause_of[trigger])
    verbs = sum(1 for verb in grammar.verbs if min(near, trigger) < verb < max(near, trigger))
    return score - _APART * (min(clauses, _FAR) + min(verbs, _FAR))


def _runs(grammar: Grammar, scores: Sequence[float], threshold: float) -> Iterator[tuple[int, int]]:
    """First and last token of each run of likely words; a list is cut into its members, marks and prepositions at the edges fall off."""
    index = 0
    while index < len(scores):
        if scores[index] <= threshold or grammar.tags[index] in _EDGES:
            index += 1
            continue
        last = index
        while last + 1 < len(scores) and scores[last + 1] > threshold and not _begins_member(grammar, last + 1):
            last += 1
        end = last
        while grammar.tags[end] in _EDGES:
            end -= 1
        yield index, end
        index = last + 1


def _wider(grammar: Grammar, scores: Sequence[float], first: int, last: int) -> tuple[int, int]:
    """The run with its less likely neighbours in the phrases where it begins and ends."""
    phrase_of = grammar.parse.phrase_of
    while first > 0 and phrase_of[first - 1] == phrase_of[first] >= 0 and scores[first - 1] > _PERHAPS:
        first -= 1
    while last + 1 < len(scores) and phrase_of[last + 1] == phrase_of[last] >= 0 and scores[last + 1] > _PERHAPS:
        last += 1
    return first, last


def _begins_member(grammar: Grammar, index: int) -> bool:
    """Whether a list goes on here with its next member."""
    if grammar.tokens[index].folded in (",", "و"):
        return True
    number, reading = grammar.parse.phrase_of[index], grammar.readings[index]
    begins = number >= 0 and grammar.parse.phrases[number].first == index
    return begins and (grammar.parse.phrases[number].coordinated or (reading is not None and reading.proclitics[:1] == ("و",)))


def _participant(grammar: Grammar, discourse: Discourse, first: int, last: int, free: Sequence[bool]) -> Participant:
    """Who the tokens name, with the rest of the phrases that they begin and end in, as far as its words are `free`."""
    phrases, begins, ends = grammar.parse.phrases, grammar.parse.phrase_of[first], grammar.parse.phrase_of[last]
    if ends >= 0:
        end = discourse.title_end(grammar, ends, first) if begins == ends else phrases[ends].last
        while last < end and free[last + 1]:
            last += 1
    if begins >= 0 and first <= phrases[begins].head:
        while first > phrases[begins].first and free[first - 1]:
            first -= 1
    start = phrases[begins].span.start if begins >= 0 and phrases[begins].first == first else None
    whole = discourse.words(grammar, first, last, start, "network")
    # Behind a noun that is nobody stands somebody (موكب الوالي، مواقف الحكومتين).
    inner = discourse.behind(grammar, first, last, lambda _: last, "network") if whole.entity.kind == "thing" else None
    return inner[0] if inner is not None else whole
