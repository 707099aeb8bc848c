"""What the trained scorers look at: an event candidate and its possible participants as named features."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from waqai.analysis.grammar import Grammar
from waqai.analysis.participants import Discourse
from waqai.analysis.triggers import Candidate
from waqai.document import Participant, Span

_LONGEST_PATH = 7
_KINDS = ("group", "state", "military", "police", "armed", "court", "party", "media", "person", "organisation", "thing", "place")
_LETTERS = {
    "verb": "V", "noun": "N", "number": "N", "pronoun": "N", "demonstrative": "N", "preposition": "p", "conjunction": "c", "complementiser": "C",
    "relative": "R", "negation": "x", "auxiliary": "a", "adverb": "", "time": "t", "particle": "", "quote": "q", "punctuation": ",",
}


class Option(msgspec.Struct, frozen=True, gc=False):
    """A participant that an event could have: `rules` says by which slots ("actor:subject"), `first` and `last` are tokens."""

    participant: Participant
    rules: tuple[str, ...]
    first: int
    last: int
    preposition: str
    phrase: int


def options(
    grammar: Grammar, discourse: Discourse, candidate: Candidate, actors: Sequence[Participant], recipients: Sequence[Participant]
) -> list[Option]:
    """Every phrase of the sentence, and what the rules found besides, with the rules that chose it."""
    chosen: dict[Span, list[str]] = {}
    by_span: dict[Span, Participant] = {}
    for role, participants in (("actor", actors), ("recipient", recipients)):
        for participant in participants:
            rule = participant.evidence[0].name if participant.evidence else "mention"
            chosen.setdefault(participant.mention.span, []).append(f"{role}:{rule}")
            by_span.setdefault(participant.mention.span, participant)
    found: list[Option] = []
    seen: set[Span] = set()
    for number, phrase in enumerate(grammar.parse.phrases):
        if phrase.first <= candidate.token <= phrase.last and candidate.kind != "verb":
            continue
        participant, first = discourse.acting(grammar, number, "phrase")
        span = participant.mention.span
        if span in seen:
            continue
        seen.add(span)
        found.append(Option(by_span.pop(span, participant), tuple(chosen.get(span, ())), first, phrase.last, phrase.preposition, number))
    for span, participant in by_span.items():
        first = grammar.token_at(span.start) or 0
        last = max((i for i, t in enumerate(grammar.tokens) if t.span.start < span.end), default=first)
        found.append(Option(participant, tuple(chosen[span]), first, last, "", -1))
    return found


def option_features(grammar: Grammar, discourse: Discourse, candidate: Candidate, option: Option, rivals: frozenset[str]) -> list[str]:
    """Features of one option. `rivals` are the roles for which the rules chose something."""
    frame, token = candidate.frame, candidate.token
    kinds = discourse.linker.kinds(option.participant.entity)
    named = next((kind for kind in _KINDS if kind in kinds), "unknown")
    place = _relation(grammar, candidate, option)
    rules = option.rules or ("none",)
    taken = "+".join(sorted(rivals))
    found = ["bias", f"k={named}", f"t={frame.type} k={named}", f"p={option.preposition} k={named}"]
    for rule in rules:
        found += [f"r={rule}", f"r={rule} t={frame.type} {candidate.kind}", f"r={rule} k={named}", f"f={frame.id} r={rule}"]
    if not option.rules:
        found += [f"free={taken}", f"free={taken} {place}", f"free={taken} t={frame.type} {candidate.kind} {place}", f"free={taken} t={frame.type} k={named}"]
    verbs = sum(1 for v in grammar.verbs if min(token, option.first) < v < max(token, option.first))
    distance = min(abs(option.first - token), 24) // 3
    found += [
        f"rel={place}", f"rel={place} t={frame.type} {candidate.kind}", f"rel={place} k={named}", f"rel={place} f={frame.id}",
        f"d={distance} {option.first > token}", f"v={min(verbs, 3)} {option.first > token}", f"p={option.preposition} t={frame.type} {option.first > token}",
        f"subj={_is_subject(grammar, option)} {option.first > token} k={named}", f"m={option.participant.mention.kind} k={named}",
        f"co={option.phrase >= 0 and grammar.parse.phrases[option.phrase].coordinated} {bool(option.rules)}",
        f"first={option.phrase == 0} t={frame.type} {bool(option.rules)}",
    ]
    found += _surroundings(grammar, candidate, option, named)
    return found


def _surroundings(grammar: Grammar, candidate: Candidate, option: Option, kind: str) -> list[str]:
    """The noun and the verb that govern the option, the word after it, and the predicate's own neighbours."""
    before = grammar.readings[option.first - 1] if option.first else None
    noun = before.lemma if before is not None else grammar.tokens[option.first - 1].folded if option.first else "^"
    verb, role = grammar.verb_roles().get(option.phrase, (None, "other"))
    if verb is None:
        verb = next((v for v in reversed(grammar.verbs) if v < option.first), None)
    reading = grammar.readings[verb] if verb is not None else None
    lemma = reading.lemma if reading is not None else "-"
    governing = grammar.governing_verb(candidate.token) if candidate.kind != "verb" else candidate.token
    shared = f"{verb == governing} {role}"
    own = grammar.parse.phrase_of[candidate.token]
    governor = grammar.parse.phrases[own].preposition if own >= 0 else "-"
    event_type = candidate.frame.type
    path = _path(grammar, candidate.token, option)
    return [
        f"sg={shared} {candidate.kind}", f"sg={shared} t={event_type} {candidate.kind}", f"sg={shared} k={kind}", f"sg={shared} gp={governor}",
        f"path={path} k={kind}", f"path={path} t={event_type} {candidate.kind}", f"path={path} {candidate.kind}",
        f"n={noun}", f"n={noun} t={event_type}", f"gv={lemma} {role}", f"gv={lemma} {role} t={event_type}",
        f"gp={governor} {option.first > candidate.token} {role}",
        f"gp={governor} t={event_type} k={kind} {option.first > candidate.token}", f"self={verb == candidate.token} {role} k={kind}",
    ]


def _path(grammar: Grammar, token: int, option: Option) -> str:
    """The tags between predicate and option, runs of one tag written once; "far" when they are many."""
    after = option.first > token
    low, high = (token + 1, option.first) if after else (option.last + 1, token)
    letters: list[str] = []
    for index in range(low, high):
        letter = _LETTERS.get(grammar.tags[index], "x")
        if letter and (not letters or letters[-1] != letter):
            letters.append(letter)
        if len(letters) > _LONGEST_PATH:
            return ">far" if after else "<far"
    return (">" if after else "<") + "".join(letters) + "/" + option.preposition


def candidate_features(
    grammar: Grammar, candidate: Candidate, *, fits: bool, modality: str, actors: int, recipients: int, attributed: bool
) -> list[str]:
    """Features of a candidate as a whole: is an event reported here?"""
    frame, token = candidate.frame, candidate.token
    reading = candidate.reading
    before = grammar.tokens[token - 1].folded if token else "^"
    after = grammar.tokens[token + 1].folded if token + 1 < len(grammar.tokens) else "$"
    tag = grammar.tags[token - 1] if token else "^"
    definite = "ال" in reading.proclitics
    filled = f"{min(actors, 1)}{min(recipients, 1)}"
    return [
        "bias", f"t={frame.type}", f"f={frame.id}", f"f={frame.id} {candidate.kind} {filled}", f"t={frame.type} {candidate.kind} {filled}",
        f"w={reading.lemma if candidate.kind == 'verb' else reading.stem} t={frame.type}", f"fits={fits} t={frame.type}", f"fits={fits} {filled}",
        f"b={before}", f"b={before} t={frame.type}", f"a={after}", f"a={after} f={frame.id}", f"tag={tag} {candidate.kind}",
        f"def={definite} n={reading.number} {candidate.kind} {filled}", f"def={definite} f={frame.id}", f"clitic={reading.proclitics[:1]} {candidate.kind}",
        f"asp={reading.aspect} p={reading.person} n={reading.number}", f"mod={modality} t={frame.type}", f"role={grammar.sentence.role}",
        f"comp={bool(candidate.companions)} t={frame.type}", f"attr={attributed} t={frame.type}", f"len={min(len(grammar.tokens), 60) // 10}",
        f"pos={min(token, 30) // 5} {candidate.kind}",
    ]


def _relation(grammar: Grammar, candidate: Candidate, option: Option) -> str:
    """Where the option stands to the predicate: side, how many phrases between, what governs it, same clause or not."""
    token, parse = candidate.token, grammar.parse
    after = option.first > token
    clause = "same" if parse.clause_of[option.first] == parse.clause_of[token] else "other"
    own = parse.phrase_of[token]
    if option.phrase >= 0 and own >= 0:
        between = abs(option.phrase - own)
    else:
        low, high = sorted((token, option.first))
        between = len({n for n in parse.phrase_of[low : high + 1] if n >= 0 and n != option.phrase})
    return f"{'after' if after else 'before'} {min(between, 3)} {option.preposition} {clause}"


def _is_subject(grammar: Grammar, option: Option) -> str:
    if option.phrase < 0:
        return "-"
    subject_of = [v for v in grammar.verbs if option.phrase in grammar.subject(v)]
    if not subject_of:
        return "no"
    return "main" if subject_of[0] == grammar.verbs[0] else "yes"
