"""Choices of one sentence that are one event, or no event beside another."""

from __future__ import annotations

import msgspec

from waqai.analysis.choice import Choice
from waqai.analysis.grammar import Grammar
from waqai.analysis.triggers import Candidate

_GOVERNED_REACH, _ONE_BREATH = 9, 14
_UNDONE = {
    "REJECT": frozenset({"SUPPORT", "AGREE", "CONSULT", "COOPERATE", "AID", "CONCEDE"}),
    "CONCEDE": frozenset({"COERCE", "SANCTION", "REQUEST", "THREATEN"}),
}
"""What an act of a type undoes where it governs the word of it."""


def consolidated(grammar: Grammar, found: list[Choice]) -> list[Choice]:
    """Without what is only demanded or refused, and with deaths joined to the attack that they result from."""
    return _without_deaths(_without_governed(grammar, found))


def _without_governed(grammar: Grammar, found: list[Choice]) -> list[Choice]:
    """What is demanded, refused, threatened or promised is no event of its own."""
    kept: list[Choice] = []
    for item in found:
        if not any(_governs(grammar, other.candidate, item) for other in kept if other.candidate.frame.governs):
            kept.append(item)
    return kept


def without_undone(grammar: Grammar, found: list[Choice]) -> list[Choice]:
    """Support that is refused did not happen; a ban that is lifted and a demand that is dropped are no acts of their own."""
    return [
        item for item in found
        if not any(_undoes(other.candidate, item) and _governs(grammar, other.candidate, item) for other in found)
    ]


def with_partners(found: list[Choice]) -> list[Choice]:
    """What two do together is done by the two who meet before it in the sentence (التقى الوزير نظيره وبحثا)."""
    done: list[Choice] = []
    for item in found:
        reading = item.candidate.reading
        if reading.pos == "verb" and reading.number == "d" and len(item.arguments.actors) == 1:
            pair = next((sides for other in reversed(done) if len(sides := (*other.arguments.actors, *other.arguments.recipients)) == 2 and _is_meeting(other)), ())
            if pair:
                item = msgspec.structs.replace(item, arguments=msgspec.structs.replace(item.arguments, actors=pair, recipients=()))
        done.append(item)
    return done


def _is_meeting(item: Choice) -> bool:
    return item.candidate.frame.type == "CONSULT"


def _undoes(governor: Candidate, item: Choice) -> bool:
    undone = _UNDONE.get(governor.frame.type, frozenset())
    return item.candidate.frame.type in undone and (governor.frame.type == "REJECT" or (governor.kind, item.candidate.kind) == ("verb", "noun"))


def _governs(grammar: Grammar, governor: Candidate, item: Choice) -> bool:
    token, kind = item.candidate.token, item.candidate.kind
    start = max((governor.token, *governor.companions))
    if not start < token <= start + _GOVERNED_REACH:
        return False
    between = range(start + 1, token)
    if any(grammar.tokens[i].folded in (".", ";", ":", '"') or grammar.tags[i] in ("relative",) for i in between):
        return False
    if any(grammar.tags[i] == "verb" for i in between):
        return False
    if kind == "verb":
        return any(grammar.tags[i] == "complementiser" for i in between)
    if kind == "participle":
        return False
    return not any(grammar.tokens[i].folded == "," for i in between)


def _without_deaths(found: list[Choice]) -> list[Choice]:
    """A death noun that results from an attack named beside it adds its victims to the attack."""
    attacks = [i for i, item in enumerate(found) if item.candidate.frame.type == "ASSAULT" and not _is_death(item)]
    if not attacks:
        return _first_death(found)
    result = list(found)
    for item in found:
        if _is_death(item):
            nearest = min(attacks, key=lambda i: abs(found[i].candidate.token - item.candidate.token))
            result[nearest] = _with_victims(result[nearest], item)
    return [item for item in result if not _is_death(item)]


def _first_death(found: list[Choice]) -> list[Choice]:
    """Killed and injured in one breath are one event."""
    kept: list[Choice] = []
    for item in found:
        last = next((i for i in reversed(range(len(kept))) if _is_death(kept[i])), None)
        if _is_death(item) and last is not None and item.candidate.token - kept[last].candidate.token < _ONE_BREATH:
            kept[last] = _with_victims(kept[last], item)
        else:
            kept.append(item)
    return kept


def _is_death(item: Choice) -> bool:
    return item.candidate.frame.id.startswith("assault.death")


def _with_victims(item: Choice, death: Choice) -> Choice:
    """The event with the recipients of another that are not among its own."""
    own = item.arguments.recipients
    extra = tuple(p for p in death.arguments.recipients if all(not p.mention.span.overlaps(q.mention.span) for q in own))
    return msgspec.structs.replace(item, arguments=msgspec.structs.replace(item.arguments, recipients=own + extra))
