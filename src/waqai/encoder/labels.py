"""What the network tells apart, in the order of its outputs."""

from __future__ import annotations

TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION",
    "MOBILIZE", "COERCE", "ASSAULT",
)
ROLES = ("none", "actor", "recipient", "place", "time")
MODALITIES = ("actual", "future", "hypothetical")
