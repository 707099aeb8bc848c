"""Time expressions and the intervals they denote."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

from waqai.document.span import Span

Precision = Literal["day", "week", "month", "year"]


class Interval(msgspec.Struct, frozen=True, gc=False):
    """Days `first` to `last`, both included; `precision` is how fine the expression speaks, not how long it lasts."""

    first: dt.date
    last: dt.date
    precision: Precision


class TimeExpression(msgspec.Struct, frozen=True, gc=False):
    """Words that date something. `interval` is None when it cannot be resolved, and `unresolved` then says why."""

    span: Span
    rule: str
    interval: Interval | None = None
    anchor: Literal["absolute", "published", "expression", "none"] = "none"
    calendar: Literal["gregorian", "hijri"] = "gregorian"
    unresolved: str = ""
