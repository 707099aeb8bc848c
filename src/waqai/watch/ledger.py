"""What is told of each poll: a line when all that it brought is through."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import msgspec

from waqai.watch.state import Waiting


class Polled(msgspec.Struct, frozen=True):
    """A poll of a feed. `status`: ok, unchanged, robots (it may not be read), later (its host asked to wait), error.

    `new` articles were listed; `stored`, `known` (read before under another address) and `issues` count what became of them and
    of those that waited from before. `next` is when it is asked again, in seconds since 1970.
    """

    feed: str
    status: str
    http: int
    new: int
    stored: int
    known: int
    issues: int
    next: float


class Ledger:
    """Counts by feed. `open` is how many articles of each are not through yet, `polled` which feeds were asked in this run."""

    def __init__(self, tell: Callable[[Polled], None]) -> None:
        self._tell = tell
        self.open: dict[str, int] = {}
        self.polled: set[str] = set()
        self._counts: dict[str, dict[str, int]] = {}
        self._polls: dict[str, Polled] = {}

    def poll(self, feed: str, status: str, http: int, new: int, due: float) -> None:
        """A feed was asked, and listed so many new articles."""
        self.polled.add(feed)
        self.open[feed] = self.open.get(feed, 0) + new
        self._polls[feed] = Polled(feed, status, http, new, 0, 0, 0, due)

    def through(self, article: Waiting, what: Literal["stored", "known", "issues"]) -> None:
        """An article has been dealt with."""
        counts = self._counts.setdefault(article.feed, {})
        counts[what] = counts.get(what, 0) + 1
        if article.tries == 0:
            self.open[article.feed] = max(0, self.open.get(article.feed, 0) - 1)

    def settle(self) -> None:
        """Tell of the polls whose articles are all through."""
        for feed in [feed for feed in self._polls if not self.open.get(feed)]:
            self._tell(msgspec.structs.replace(self._polls.pop(feed), **self._counts.pop(feed, {})))
