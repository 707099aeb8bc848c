"""What the rules of dates work with: words with their classes, what surrounds them, and the result."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Literal

import msgspec

from waqai.document.time import Interval

MODIFIERS = {"past": -1, "recent": -1, "current": 0, "this": 0, "next": 1}
NO_PUBLICATION_DATE = "relative to a publication date that is not known"
NO_EARLIER_DATE = "relative to a date that was not found before it"
OTHER_EVENT = "counted from an event in the text"
VAGUE = "too vague for an interval"
IMPOSSIBLE = "no such day"
GREGORIAN_FROM = 1600
SIGHTING = 3
"""Days by which a Hijri day may lie before the Gregorian one it is set beside."""
AHEAD, HALF_A_YEAR, LONG_AGO = 60, 183, 270
"""A day without a year is taken to be to come when it is at most `AHEAD` days off and its last return over `LONG_AGO` days ago."""


class Atom(msgspec.Struct, frozen=True, gc=False):
    """A word of a date: its class, value and unit, the folded characters it covers and the index of its token."""

    kind: str
    value: int
    unit: str
    start: int
    end: int
    token: int


class Surroundings(msgspec.Struct, frozen=True, gc=False):
    """What a date is relative to. `tense` looks at the clause only when asked; `famous` knows days by day and month alone."""

    published: dt.date | None
    previous: Interval | None
    tense: Callable[[], str]
    famous: Callable[[int, int], str]
    settings: dict[str, int]


class Dated(msgspec.Struct, frozen=True, gc=False):
    """The meaning of an expression, as in TimeExpression; `tabular` marks Hijri days outside Umm al-Qura."""

    interval: Interval | None = None
    anchor: Literal["absolute", "published", "expression", "none"] = "none"
    calendar: Literal["gregorian", "hijri"] = "gregorian"
    unresolved: str = ""
    tabular: bool = False


class Words:
    """The atoms of a match, by class; `groups` are those of its named groups h (Hijri date) and g (Gregorian date)."""

    def __init__(self, atoms: Sequence[Atom], groups: Mapping[str, Sequence[Atom]]) -> None:
        self.atoms, self.groups = atoms, groups
        self.first: dict[str, Atom] = {}
        for atom in atoms:
            self.first.setdefault(atom.kind, atom)

    def value(self, *kinds: str) -> int | None:
        """The value of the first atom of one of the classes, in the order of the classes."""
        for kind in kinds:
            if kind in self.first:
                return self.first[kind].value
        return None

    def unit(self, *kinds: str) -> str:
        """The unit of the first atom of one of the classes."""
        return next((self.first[kind].unit for kind in kinds if kind in self.first), "")

    def all(self, *kinds: str) -> list[Atom]:
        """All atoms of the classes, in order."""
        return [atom for atom in self.atoms if atom.kind in kinds]

    def direction(self) -> int | None:
        """-1, 0 or 1 for الماضي, الجاري, المقبل."""
        return next((number for kind, number in MODIFIERS.items() if kind in self.first), None)


def unresolved(why: str, anchor: Literal["published", "expression", "none"] = "none") -> Dated:
    """An expression that stays without days, and why."""
    return Dated(None, anchor, unresolved=why)


def from_publication(around: Surroundings, make: Callable[[dt.date], Interval | None]) -> Dated:
    """What `make` gives for the day of publication; unresolved where that is not known."""
    if around.published is None:
        return unresolved(NO_PUBLICATION_DATE, "published")
    try:
        interval = make(around.published)
    except (ValueError, OverflowError):
        interval = None
    return Dated(interval, "published", unresolved="" if interval else IMPOSSIBLE)
