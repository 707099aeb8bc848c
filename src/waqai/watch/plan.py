"""How often and how hard a watch may ask, and what follows from it for the next time."""

from __future__ import annotations

import email.utils
from collections.abc import Callable

import msgspec

DAY = 86_400.0
MOST_TRIES = 5


class Plan(msgspec.Struct, frozen=True):
    """The bounds of a watch; times in seconds.

    `delay` lies between the end of one request to a host and the next; `every` and `seldom` bound the time between two polls
    of a feed; articles older than `oldest_days` are passed over (0: none is).
    """

    delay: float = 2.0
    every: float = 900.0
    seldom: float = DAY
    connections: int = 8
    oldest_days: int = 7
    seconds: float = 30.0
    allow_private: bool = False
    user_agent: str = "waqai"


def next_poll(plan: Plan, *, minutes: int = 0, failures: int = 0, chance: Callable[[], float]) -> float:
    """Seconds until a feed is asked again: what it says itself (`minutes`), doubled with each failure, within the bounds.

    Up to a tenth is added by `chance` (0 to 1), so that a hundred feeds do not ask at the same moment for ever.
    """
    wanted = max(plan.every, minutes * 60.0) * 2.0 ** min(failures, 16)
    return min(wanted, plan.seldom) * (1 + chance() / 10)


def next_try(tries: int) -> float:
    """Seconds until an article is tried again after `tries` failures: 10 minutes, 20, 40."""
    return 600.0 * 2.0 ** max(0, tries - 1)


def retry_after(written: str, now: float, failures: int) -> float:
    """Seconds that a server asks to be left alone, from a number or a date; one minute and doubled each time if it does not say."""
    text = written.strip()
    if text.isdecimal() and len(text) < 9:
        return min(max(1.0, float(text)), DAY)
    try:
        return min(max(1.0, email.utils.parsedate_to_datetime(text).timestamp() - now), DAY)
    except (ValueError, TypeError, IndexError, OverflowError):
        return min(60.0 * 2.0 ** min(failures, 10), DAY)
