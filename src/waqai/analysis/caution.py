"""How sure the network must be of an event before it counts: surer where less speaks for it beside the network itself.

Every demand is one on the calibrated confidence, chosen on held-out training sentences and on what was wrong in general news.
"""

from __future__ import annotations

from waqai.analysis.choice import Choice
from waqai.analysis.participants import Discourse
from waqai.document import Genre, Participant

_UNFRAMED, _UNDONE_BY, _UNKNOWN, _NOBODY = 0.75, 0.6, 0.55, 0.65
# Political words in a hundred: reports of politics have more than _ENOUGH, hardly any has less than _LITTLE; what is asked at both.
_LITTLE, _ENOUGH = 6.0, 13.0
_LITTLE_DEMAND, _ENOUGH_DEMAND, _COMMENT = 0.95, 0.75, 0.85
# What is asked where the network's score of the least sure participant is below these.
_UNSURE = ((0.55, 0.6), (0.7, 0.55))
_RULED, _CERTAIN = 0.65, 0.95
_PUBLIC = frozenset({"state", "military", "armed", "court", "police", "party", "organisation"})


def unpolitical(genre: Genre | None) -> bool:
    """Whether a text reports no political events of its day: it hardly speaks of politics, or tells of years long past."""
    return genre is not None and (genre.chronicle or (genre.politics is not None and genre.politics < _LITTLE))


def demanded_of(genre: Genre | None) -> float:
    """The confidence that every event of a text must reach: the more, the less the text speaks of politics; more in a comment."""
    if genre is None or genre.politics is None:
        return 0.0
    if genre.comment:
        return _COMMENT
    if genre.politics >= _ENOUGH:
        return 0.0
    return _LITTLE_DEMAND - (_LITTLE_DEMAND - _ENOUGH_DEMAND) * (genre.politics - _LITTLE) / (_ENOUGH - _LITTLE)


def believed(item: Choice, discourse: Discourse) -> bool:
    """Whether an event that the network found is likely enough, given what frames and participants say of it."""
    return item.score is None or item.score >= demanded(item, discourse)


def demanded(item: Choice, discourse: Discourse) -> float:
    """The confidence that an event must reach.

    More where the text hardly speaks of politics, no frame fires, nobody acts on somebody certain, nobody known takes part or nobody at
    all, or a participant is doubtful.
    """
    arguments = item.arguments
    people = (*arguments.actors, *arguments.recipients)
    demands = [demanded_of(discourse.genre)]
    if not item.candidate.frame.known:
        demands.append(_UNFRAMED)
    if not arguments.actors and not (arguments.recipients and min(map(_sureness, arguments.recipients)) >= _CERTAIN):
        demands.append(_UNDONE_BY)
    if not any(p.entity.country or discourse.linker.kinds(p.entity) & _PUBLIC for p in people):
        demands.append(_UNKNOWN if people else _NOBODY)
    least = min(map(_sureness, people), default=1.0)
    demands += [confidence for score, confidence in _UNSURE if least < score]
    return max(demands)


def _sureness(participant: Participant) -> float:
    """The network's score of a participant; one that only the rules found is no better than a middling one."""
    score = participant.evidence[0].score if participant.evidence else None
    return _RULED if score is None else score
