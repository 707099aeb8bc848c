"""How sure the network must be of an event before it counts: surer where less speaks for it beside the network itself.

Every demand is one on the calibrated confidence, chosen on held-out training sentences and on what was wrong in general news.
"""

from __future__ import annotations

from waqai.analysis.choice import Choice
from waqai.analysis.participants import Discourse

_UNFRAMED, _UNDONE_BY, _UNKNOWN, _NOBODY = 0.75, 0.6, 0.55, 0.65
_PUBLIC = frozenset({"state", "military", "armed", "court", "police", "party", "organisation"})


def believed(item: Choice, discourse: Discourse) -> bool:
    """Whether an event that the network found is likely enough, given what frames and participants say of it."""
    return item.score is None or item.score >= demanded(item, discourse)


def demanded(item: Choice, discourse: Discourse) -> float:
    """The confidence that an event must reach: more where no frame fires, nobody acts, nobody known takes part, or nobody at all."""
    arguments = item.arguments
    people = (*arguments.actors, *arguments.recipients)
    demands = [0.0]
    if not item.candidate.frame.known:
        demands.append(_UNFRAMED)
    if not arguments.actors:
        demands.append(_UNDONE_BY)
    if not any(p.entity.country or discourse.linker.kinds(p.entity) & _PUBLIC for p in people):
        demands.append(_UNKNOWN if people else _NOBODY)
    return max(demands)
