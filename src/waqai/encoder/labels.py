"""What the network tells apart, in the order of its outputs."""

from __future__ import annotations

TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION",
    "MOBILIZE", "COERCE", "ASSAULT",
)
ROLES = ("none", "actor", "recipient", "place", "time")
MODALITIES = ("actual", "future", "hypothetical")
SECTORS = (
    "", "AGR", "BUS", "COP", "CRM", "CVL", "EDU", "ELI", "GOV", "JRN", "JUD", "LAB", "LEG", "MED", "MIL", "OPP", "PRE", "PRM", "PTY", "REB", "REF", "REL",
    "SOC", "SPY", "UAF", "UNK",
)
