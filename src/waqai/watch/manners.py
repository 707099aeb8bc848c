"""Manners towards a host: one request at a time, the pause after it, and what its robots.txt asks for."""

from __future__ import annotations

import re

from protego import Protego

ROBOTS_KEPT = 86_400.0
ROBOTS_MOST = 500_000
_LONGEST_DELAY = 3_600.0
_LONG_LINE = re.compile(r"^.{2000}.*$", re.MULTILINE)


class Robots:
    """What a robots.txt allows a program of this name to read."""

    def __init__(self, text: str, name: str) -> None:
        self._rules, self._name = Protego.parse(_LONG_LINE.sub("", text[:ROBOTS_MOST])), name

    def allows(self, url: str) -> bool:
        """Whether the address may be read."""
        return self._rules.can_fetch(url, self._name)

    @property
    def delay(self) -> float:
        """The pause between two requests that it asks for, in seconds, at most an hour."""
        rate = self._rules.request_rate(self._name)
        by_rate = rate.seconds / rate.requests if rate is not None and rate.requests else 0.0
        return min(max(float(self._rules.crawl_delay(self._name) or 0.0), by_rate), _LONGEST_DELAY)


class Manners:
    """Which hosts may be asked now. Times are those of the caller's clock, in seconds."""

    def __init__(self, delay: float) -> None:
        self._delay = delay
        self._busy: set[str] = set()
        self._ready: dict[str, float] = {}
        self._asked: dict[str, float] = {}

    def begin(self, host: str) -> None:
        """A request to the host is under way."""
        self._busy.add(host)

    def end(self, host: str, now: float) -> None:
        """The request is over; the pause begins."""
        self._busy.discard(host)
        self._ready[host] = max(self._ready.get(host, 0.0), now + max(self._delay, self._asked.get(host, 0.0)))

    def release(self, host: str) -> None:
        """The host was not asked after all."""
        self._busy.discard(host)

    def ask_pause(self, host: str, seconds: float) -> None:
        """The host wants at least this pause between two requests."""
        self._asked[host] = seconds

    def leave_alone(self, host: str, until: float) -> None:
        """The host is not asked before this moment."""
        self._ready[host] = max(self._ready.get(host, 0.0), until)

    def ready(self, host: str) -> float:
        """The moment from which the host may be asked; infinity while a request is under way."""
        return float("inf") if host in self._busy else self._ready.get(host, 0.0)

    def not_now(self, now: float) -> list[str]:
        """The hosts that must not be asked now."""
        return [*self._busy, *(host for host, ready in self._ready.items() if ready > now and host not in self._busy)]

    def next_ready(self, now: float) -> float:
        """The next moment at which a host that waits may be asked; infinity when none waits."""
        return min((ready for host, ready in self._ready.items() if ready > now and host not in self._busy), default=float("inf"))
