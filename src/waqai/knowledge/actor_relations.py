"""What changes about a body over time: when it existed, its country and sector, what it belonged to, what it came from."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

import msgspec

from waqai.knowledge.loader import Resources

_DATED = ("organisations", "armed_groups", "parties")


class Span(msgspec.Struct, frozen=True, gc=False):
    """From a day to a day, as ISO dates or their beginnings; "" where open."""

    first: str
    last: str

    def covers(self, date: dt.date) -> bool:
        """Whether a date lies in it; a year or month stands for all its days."""
        return self.begun(date) and not self.over(date)

    def begun(self, date: dt.date) -> bool:
        """Whether it began on the date or before."""
        return self.first <= date.isoformat()

    def over(self, date: dt.date) -> bool:
        """Whether it ended before the date."""
        return bool(self.last) and date.isoformat() > self.last + "~"


class Standing(msgspec.Struct, frozen=True, gc=False):
    """The country slot and sector that an entity has for a time."""

    country: str
    sector: str
    span: Span


class Tie(msgspec.Struct, frozen=True, gc=False):
    """How an entity belongs to or comes from another: «member of», «part of», «allied with», «became», «merged into», «split into»."""

    relation: str
    other: str
    span: Span


class Relations(msgspec.Struct, frozen=True, gc=False):
    """By id of the entity."""

    lives: dict[str, Span]
    standings: dict[str, tuple[Standing, ...]]
    ties: dict[str, tuple[Tie, ...]]


def relations(resources: Resources, same: dict[str, str]) -> Relations:
    """Read the dates of existence, actors/standings.tsv, memberships.tsv and succession.tsv."""
    lives = {
        row["id"]: Span(row["from"], row["to"])
        for table in _DATED for row in resources.table(f"actors/{table}.tsv") if row["from"] or row["to"]
    }
    standings: dict[str, list[Standing]] = defaultdict(list)
    for row in resources.table("actors/standings.tsv"):
        standings[row["entity"]].append(Standing(row["country"], row["sector"], Span(row["from"], row["to"])))
    ties: dict[str, list[Tie]] = defaultdict(list)
    for row in resources.table("actors/memberships.tsv"):
        ties[same.get(row["entity"], row["entity"])].append(Tie(row["relation"], same.get(row["body"], row["body"]), Span(row["from"], row["to"])))
    for row in resources.table("actors/succession.tsv"):
        ties[row["earlier"]].append(Tie(row["how"], row["later"], Span(row["date"], row["date"])))
    return Relations(lives, {key: tuple(found) for key, found in standings.items()}, {key: tuple(found) for key, found in ties.items()})
