"""Choosing among what the rules propose: which candidates are events, and which phrases are their participants.

The scorers are trained on annotated sentences (tools/train_scorers.py). Without them the first frame that fits is taken as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import msgspec

from waqai.analysis.arguments import ArgumentFinder, Arguments
from waqai.analysis.attributions import Attributor, Content
from waqai.analysis.choice import Choice
from waqai.analysis.consolidation import consolidated
from waqai.analysis.factuality import Factuality
from waqai.analysis.features import Option, candidate_features, option_features, options
from waqai.analysis.grammar import Grammar
from waqai.analysis.participants import Discourse, somebody
from waqai.analysis.triggers import Candidate, TriggerFinder
from waqai.document import Participant
from waqai.knowledge.models import Models

_NEAR, _DOUBT, _SPECIFIC, _NOBODY, _UNKNOWN, _UNFIT = 0.6, 0.12, 0.2, 0.3, 0.2, 0.1
ROLES = ("none", "actor", "recipient")


class Choosing(Protocol):
    """What finds the events of a sentence."""

    def choices(self, grammar: Grammar, discourse: Discourse, contents: list[Content]) -> list[Choice]:
        """Events in order of their predicates."""


class Selector:
    """Takes candidates for events or leaves them. Stateless."""

    def __init__(self, triggers: TriggerFinder, arguments: ArgumentFinder, factuality: Factuality, attributor: Attributor, models: Models | None) -> None:
        self.triggers, self.arguments, self.factuality, self.attributor, self.models = triggers, arguments, factuality, attributor, models

    def choices(self, grammar: Grammar, discourse: Discourse, contents: list[Content]) -> list[Choice]:
        """Events in order of their predicates, among all candidates of the sentence."""
        return self.among(grammar, discourse, contents, self.triggers.find(grammar.sentence, grammar.parse))

    def among(self, grammar: Grammar, discourse: Discourse, contents: list[Content], groups: Sequence[Sequence[Candidate]]) -> list[Choice]:
        """For every predicate the best of its candidates; words that belong to another predicate give none."""
        found: list[Choice] = []
        taken: set[int] = set()
        for group in sorted(groups, key=lambda group: not group[0].companions):
            if group[0].token in taken:
                continue
            chain, _ = self.attributor.chain(contents, group[0].token)
            choice = self.choose(grammar, discourse, group, attributed=bool(chain))
            if choice is not None:
                found.append(choice)
                taken.update((choice.candidate.token, *choice.candidate.companions))
        found.sort(key=lambda item: item.candidate.token)
        return consolidated(grammar, found)

    def choose(self, grammar: Grammar, discourse: Discourse, group: Sequence[Candidate], *, attributed: bool) -> Choice | None:
        """The best candidate of one predicate with its participants, or None. A frame of the user's that fits is taken as it is."""
        best: Choice | None = None
        best_rank = 0.0
        for candidate in one_of_each_type(sorted(group, key=lambda c: not c.frame.own)):
            arguments = self.arguments.find(grammar, discourse, candidate)
            polarity, modality = self.factuality.judge(grammar, candidate.token, verbal=candidate.kind == "verb")
            if self.models is None or candidate.frame.own:
                if arguments.fits:
                    return Choice(candidate, arguments, polarity, modality)
                continue
            by_rule = arguments
            arguments = self.participants(grammar, discourse, candidate, arguments)
            score = self.models.event.probabilities(candidate_features(
                grammar, candidate, fits=arguments.fits, modality=modality, actors=len(arguments.actors), recipients=len(arguments.recipients),
                attributed=attributed,
            ))[1]
            if _borne_out(candidate, by_rule):
                score = max(score, self.models.event_threshold)
            rank = score + _SPECIFIC * (2 * bool(candidate.frame.before) + bool(candidate.companions))
            if score >= self.models.event_threshold + _caution(discourse, arguments) and rank > best_rank:
                best, best_rank = Choice(candidate, arguments, polarity, modality, score), rank
        return best

    def participants(self, grammar: Grammar, discourse: Discourse, candidate: Candidate, arguments: Arguments) -> Arguments:
        """The arguments as the scorer sees them: doubtful ones left out, empty roles filled; unchanged without a scorer."""
        models = self.models
        if models is None:
            return arguments
        rivals = rivals_of(arguments)
        scored: dict[str, list[tuple[float, Option]]] = {"actor": [], "recipient": []}
        for option in options(grammar, discourse, candidate, arguments.actors, arguments.recipients):
            _, actor, recipient = models.role.probabilities(option_features(grammar, discourse, candidate, option, rivals))
            role, score, threshold = ("actor", actor, models.actor_threshold) if actor >= recipient else ("recipient", recipient, models.recipient_threshold)
            by_rule = next((rule.split(":")[0] for rule in option.rules), None)
            if by_rule is not None and (actor if by_rule == "actor" else recipient) >= _DOUBT:
                scored[by_rule].append((1.0, option))
            elif score >= threshold and role not in rivals:
                scored[role].append((score, option))
        actors, recipients = _in_order(_leading(scored["actor"])), _in_order(_leading(scored["recipient"]))
        acting = {participant.entity.id for participant in actors}
        return msgspec.structs.replace(arguments, actors=actors, recipients=tuple(p for p in recipients if p.entity.id not in acting))


def _caution(discourse: Discourse, arguments: Arguments) -> float:
    """How much more the scorer must be sure of where nobody known acts politically, or the frame asks for others than are there."""
    kinds = [discourse.linker.kinds(p.entity) for p in (*arguments.actors, *arguments.recipients)]
    known = any(map(somebody, kinds))
    return _NOBODY * (not kinds) + _UNKNOWN * (bool(kinds) and not known) + _UNFIT * (not arguments.fits)


def _borne_out(candidate: Candidate, by_rule: Arguments) -> bool:
    """Whether a specific frame found both its participants by rule: the textbook case, which the scorer may not overrule."""
    specific = bool(candidate.companions) or candidate.kind == "verb"
    return specific and by_rule.fits and bool(by_rule.actors) and bool(by_rule.recipients)


def rivals_of(arguments: Arguments) -> frozenset[str]:
    """The roles that the rules have filled."""
    return frozenset(role for role, filled in (("actor", arguments.actors), ("recipient", arguments.recipients)) if filled)


def one_of_each_type(group: Sequence[Candidate]) -> list[Candidate]:
    """The most specific candidate of each event type."""
    seen: set[str] = set()
    found = []
    for candidate in group:
        if candidate.frame.type not in seen:
            seen.add(candidate.frame.type)
            found.append(candidate)
    return found


def _leading(scored: list[tuple[float, Option]]) -> list[tuple[float, Option]]:
    """The likeliest option and those that come near it: a list of participants is about equally likely in all its parts."""
    top = max((score for score, _ in scored), default=0.0)
    return [(score, option) for score, option in scored if score >= _NEAR * top]


def _in_order(scored: list[tuple[float, Option]]) -> tuple[Participant, ...]:
    return tuple(option.participant for _, option in sorted(scored, key=lambda pair: pair[1].first))
