"""Hosts as the watch knows them: manners, robots.txt, and who asked to be left alone."""

from __future__ import annotations

from waqai.ingest.addresses import split_address
from waqai.ingest.decoding import decode
from waqai.ingest.fetch import Answer
from waqai.issues import Issue
from waqai.watch.asking import Done
from waqai.watch.manners import ROBOTS_KEPT, Manners, Robots
from waqai.watch.plan import Plan, retry_after
from waqai.watch.state import State

# So many times in a row, over most of a day, a host could not be reached.
_GIVEN_UP = 10


class Hosts:
    """Whom to ask when; what must outlive the program is in the state."""

    def __init__(self, state: State, plan: Plan) -> None:
        self._state, self._manners = state, Manners(plan.delay)
        self._name = plan.user_agent.partition("/")[0]
        self._robots: dict[str, tuple[Robots, float]] = {}
        self._blocked = state.blocked()
        for host, (until, _) in self._blocked.items():
            self._manners.leave_alone(host, until)

    def begin(self, host: str) -> None:
        """A request is under way."""
        self._manners.begin(host)

    def end(self, host: str, now: float, *, asked: bool) -> None:
        """It is over; where the host was `asked`, the pause begins."""
        if asked:
            self._manners.end(host, now)
        else:
            self._manners.release(host)

    def ready(self, host: str) -> float:
        """From when the host may be asked."""
        return self._manners.ready(host)

    def not_now(self, now: float) -> list[str]:
        """Hosts that must not be asked now."""
        return self._manners.not_now(now)

    def next_ready(self, now: float) -> float:
        """When the next of those that wait may be asked."""
        return self._manners.next_ready(now)

    def asked_to_wait(self, host: str, now: float) -> bool:
        """Whether the host itself, by an answer or by failing, wants to be left alone."""
        return self._blocked.get(host, (0.0, 0))[0] > now

    def blocked_now(self, now: float) -> list[str]:
        """The hosts that want to be left alone."""
        return [host for host, (until, _) in self._blocked.items() if until > now]

    def robots(self, url: str, now: float) -> Robots | None:
        """The rules for an address, None when they must be asked for first."""
        address = split_address(url)
        known = self._robots.get(address.origin)
        if known is not None and known[1] > now:
            return known[0]
        text = self._state.robots(address.origin, now)
        if text is None:
            return None
        return self._set(address.origin, address.host, text, now)

    def learn(self, done: Done, now: float) -> Issue | None:
        """Keep what came of asking for a robots.txt. A server that has none allows all; one that fails is left alone."""
        answer, origin = done.answer, done.job.address.removesuffix("/robots.txt")
        failures = self._blocked.get(done.job.host, (0.0, 0))[1]
        if done.error is not None and (done.error.code != "WQ-112" or failures >= _GIVEN_UP):
            # Nothing there will be read: each article finds out by itself, and is told of and dropped.
            self._set(origin, done.job.host, "", now, kept=60.0)
            return None
        if answer is None or answer.status == 429 or answer.status >= 500:
            self._block(done.job.host, answer.headers.get("retry-after", "") if answer else "", now)
            why = done.error.message if done.error else f"the server answered {answer.status if answer else 0}."
            return Issue("WQ-112", f"whether it may be read is not known: {why}", where=done.job.address, advice="It is tried again later.")
        text = decode(answer.data).text if answer.status == 200 else ""
        self._state.keep_robots(origin, text, now + ROBOTS_KEPT)
        self._set(origin, done.job.host, text, now)
        if failures:
            del self._blocked[done.job.host]
            self._state.block(done.job.host, 0.0, 0)
        return None

    def leave_alone(self, host: str, answer: Answer, now: float) -> None:
        """The host answered that it has too much to do."""
        self._block(host, answer.headers.get("retry-after", ""), now)

    def _block(self, host: str, written: str, now: float) -> None:
        failures = self._blocked.get(host, (0.0, 0))[1] + 1
        until = now + retry_after(written, now, failures - 1)
        self._blocked[host] = (until, failures)
        self._manners.leave_alone(host, until)
        self._state.block(host, until, failures)

    def _set(self, origin: str, host: str, text: str, now: float, *, kept: float = ROBOTS_KEPT / 24) -> Robots:
        robots = Robots(text, self._name)
        self._robots[origin] = (robots, now + kept)
        self._manners.ask_pause(host, robots.delay)
        return robots
