"""What the rules know about the words of a sentence, as numbers that the network reads beside its own view of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from waqai.analysis.arguments import Arguments
from waqai.analysis.grammar import Grammar
from waqai.analysis.participants import Discourse, tokens_of
from waqai.analysis.triggers import Candidate
from waqai.document import Participant, Source
from waqai.document.syntax import Tag
from waqai.encoder.labels import TYPES

KINDS = ("state", "military", "police", "armed", "court", "party", "media", "group", "person", "organisation", "political", "place", "thing", "unknown")
PREPOSITIONS = ("", "ب", "ل", "في", "من", "على", "إلى", "عن", "مع", "بين", "ضد", "من قبل", "على يد", "تجاه", "لدى", "ك")
_TAGS: tuple[str, ...] = get_args(Tag)
_TYPE, _TAG = {name: n for n, name in enumerate(TYPES)}, {name: n for n, name in enumerate(_TAGS)}
_KIND, _PREPOSITION = {name: n for n, name in enumerate(KINDS)}, {name: n for n, name in enumerate(PREPOSITIONS)}
_FLAGS = 6
WORD_HINTS = 2 * len(TYPES) + len(_TAGS) + len(KINDS) + len(PREPOSITIONS) + 1 + _FLAGS
PAIR_HINTS = 6


def word_hints(grammar: Grammar, discourse: Discourse, groups: Sequence[Sequence[Candidate]]) -> list[list[int]]:
    """For every token the indices of the hints that hold, of WORD_HINTS: frames, tag, kind of its phrase, preposition, place in it."""
    found: list[list[int]] = [[] for _ in grammar.tokens]
    for group in groups:
        for candidate in group:
            kind = _TYPE[candidate.frame.type]
            found[candidate.token].append(kind)
            for companion in candidate.companions:
                found[companion].append(len(TYPES) + kind)
    base = 2 * len(TYPES)
    for index, tag in enumerate(grammar.tags):
        found[index].append(base + _TAG[tag])
    _phrase_hints(grammar, discourse, found, base + len(_TAGS))
    return [sorted(set(hints)) for hints in found]


def _phrase_hints(grammar: Grammar, discourse: Discourse, found: list[list[int]], base: int) -> None:
    after_kinds = base + len(KINDS)
    flags = after_kinds + len(PREPOSITIONS) + 1
    for number, phrase in enumerate(grammar.parse.phrases):
        kinds = discourse.linker.kinds(discourse.phrase(grammar, number, "hint").entity)
        shared = [base + _KIND[kind] for kind in kinds if kind in _KIND]
        shared.append(after_kinds + _PREPOSITION.get(phrase.preposition, len(PREPOSITIONS)))
        if phrase.coordinated:
            shared.append(flags)
        if phrase.definite:
            shared.append(flags + 1)
        role = grammar.verb_roles().get(number)
        if role is not None:
            shared.append(flags + (2 if role[1] == "subject" else 3))
        for index in range(phrase.first, phrase.last + 1):
            found[index] += shared
            found[index].append(flags + 4 if index == phrase.first else flags + 5)


def pair_hints(grammar: Grammar, token: int, arguments: Arguments | None, chain: Sequence[Source]) -> list[list[int]]:
    """For every token the indices, of PAIR_HINTS, of what the rules say of it as a participant of the predicate at `token`."""
    found: list[list[int]] = [[] for _ in grammar.tokens]
    if arguments is not None:
        _mark(grammar, found, arguments.actors, 0)
        _mark(grammar, found, arguments.recipients, 1)
    _mark(grammar, found, [source.participant for source in chain], 2)
    clauses = grammar.parse.clause_of
    for index, hints in enumerate(found):
        if clauses[index] == clauses[token]:
            hints.append(3)
        elif abs(clauses[index] - clauses[token]) == 1:
            hints.append(4)
        if arguments is not None:
            hints.append(5)
    return found


def _mark(grammar: Grammar, found: list[list[int]], participants: Sequence[Participant], hint: int) -> None:
    for participant in participants:
        for index in tokens_of(grammar, participant.mention.span):
            found[index].append(hint)
