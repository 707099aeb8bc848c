"""Sector and state of a participant as the network reads them: for those of whom neither the actor base nor their own words tell."""

from __future__ import annotations

import msgspec

from waqai.analysis.grammar import Grammar
from waqai.analysis.participants import Linking, tokens_of
from waqai.document import Participant
from waqai.encoder.labels import COUNTRIES, SECTORS
from waqai.encoder.network import Answered, likeliest

# From what probability the network's sector of somebody counts, who has none and who has another by his words, and its state; chosen on
# held-out sentences.
_SECTOR, _OTHER_SECTOR, _STATE = 0.4, 0.7, 0.8


def in_sector(grammar: Grammar, linker: Linking, participant: Participant, answer: Answered) -> Participant:
    """The participant in the sector that the network gives it: victims, suspects, people without a title. Those of the actor base keep theirs."""
    entity = participant.entity
    if participant.mention.kind == "implicit" or linker.listed(entity):
        return participant
    sector, probability = likeliest(answer.sectors, tokens_of(grammar, participant.mention.span), SECTORS)
    if not sector or probability < (_OTHER_SECTOR if entity.sector else _SECTOR):
        return participant
    return msgspec.structs.replace(participant, entity=msgspec.structs.replace(entity, sector=sector))


def state_of(grammar: Grammar, participant: Participant, answer: Answered | None) -> str:
    """The state or other country slot that the network is sure of for a participant; "" for none."""
    if answer is None:
        return ""
    country, probability = likeliest(answer.countries, tokens_of(grammar, participant.mention.span), COUNTRIES)
    return country if probability >= _STATE else ""
