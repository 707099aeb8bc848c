"""Participants who stand in the sentences before (وجرى خلال اللقاء بحث ...): the network is asked again where an act has no actor."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from waqai.analysis.codes import in_sector, state_of
from waqai.analysis.grammar import Grammar
from waqai.analysis.participants import Discourse
from waqai.analysis.roles import participants_in
from waqai.document import Evidence, Participant
from waqai.encoder.network import Answered, Asked, Read, context_of, part_of

_FAR = 3
"""Sentences between which nobody looks for participants."""
# How likely somebody must be; those who met are mostly the same in the next sentence. Chosen on held-out reports.
_SURE, _MET = 0.8, 0.58
RULE = "earlier sentence"
Hints = list[list[int]]


class Earlier(msgspec.Struct, frozen=True, gc=False):
    """A sentence that the network has read, with the hints of its words."""

    grammar: Grammar
    read: Read
    hints: Hints


def context(grammar: Grammar, discourse: Discourse) -> tuple[Earlier, ...]:
    """The sentences before that the network reads together with this one."""
    near = [earlier for earlier in discourse.earlier if grammar.sentence.index - earlier.grammar.sentence.index <= _FAR]
    return tuple(near[len(near) - context_of([earlier.read.pieces.shape[1] for earlier in near]) :])


def asked_with(before: Sequence[Earlier], asked: Asked) -> Asked:
    """A question about a sentence as one about it and those before it."""
    hints = [words for earlier in before for words in earlier.hints]
    return Asked(
        asked.first + len(hints), asked.last + len(hints), asked.type, [*hints, *asked.hints], [*([] for _ in hints), *asked.pair], len(hints),
    )


def standing_before(before: Sequence[Earlier], discourse: Discourse, answer: Answered, event_type: str, role: str) -> tuple[Participant, ...]:
    """Who of the sentences before has a role in the act that was asked about; those of the nearest sentence that has somebody."""
    least = _MET if event_type == "CONSULT" else _SURE
    end = sum(len(earlier.grammar.tokens) for earlier in before)
    for earlier in reversed(before):
        start = end - len(earlier.grammar.tokens)
        part = part_of(answer, start, end)
        if found := participants_in(earlier.grammar, discourse, (), part.roles, role, least=least):
            return tuple(_coded(earlier.grammar, discourse, participant, part) for participant in found)
        end = start
    return ()


def _coded(grammar: Grammar, discourse: Discourse, participant: Participant, answer: Answered) -> Participant:
    """Somebody of an earlier sentence with the sector and state that the network reads there, and the rule that found him."""
    known = discourse.at_home(grammar, in_sector(grammar, discourse.linker, participant, answer), (), "", state_of(grammar, participant, answer))
    return msgspec.structs.replace(known, evidence=(*participant.evidence, Evidence("participant", "rule", RULE, None, (participant.mention.span,))))
