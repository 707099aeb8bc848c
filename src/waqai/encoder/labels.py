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
COUNTRIES = (
    "AFG", "AGO", "ALB", "ARE", "ARG", "ARM", "AUS", "AUT", "AZE", "BDI", "BEL", "BFA", "BGD", "BGR", "BHR", "BIH", "BLR", "BOL",
    "BRA", "CAN", "CHE", "CHL", "CHN", "COD", "COG", "COL", "COM", "CUB", "CYP", "CZE", "DEU", "DJI", "DNK", "DZA", "ECU", "EGY",
    "ERI", "ESP", "EST", "ETH", "EUR", "FIN", "FRA", "GBR", "GEO", "GHA", "GIN", "GMB", "GNQ", "GRC", "GUY", "HKG", "HRV", "HTI",
    "HUN", "IDN", "IGO", "IMG", "IND", "IRL", "IRN", "IRQ", "ISM", "ISR", "ITA", "JAM", "JOR", "JPN", "KAZ", "KEN", "KGZ", "KHM",
    "KOR", "KOS", "KWT", "LBN", "LBY", "LKA", "LTU", "MAR", "MEX", "MKD", "MLI", "MLT", "MMR", "MNC", "MRT", "MYS", "NER", "NGA",
    "NGO", "NIC", "NLD", "NOR", "NPL", "NZL", "OMN", "PAK", "PER", "PHL", "POL", "PRK", "PSE", "QAT", "ROU", "RUS", "RWA", "SAU",
    "SDN", "SEN", "SOM", "SRB", "SSD", "SVK", "SVN", "SWE", "SYR", "TCD", "TGO", "THA", "TLS", "TUN", "TUR", "TWN", "UGA", "UKR",
    "UNO", "URY", "USA", "UZB", "VAT", "VEN", "YEM", "ZAF", "ZWE",
)
"""The states and other country slots that the annotation has."""
