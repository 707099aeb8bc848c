"""The watch itself: one thread that decides whom to ask, keeps what comes, and hands it on; requests run on others."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Sequence
from typing import Protocol

import msgspec

from waqai.document import Document
from waqai.errors import StoreError
from waqai.ingest.addresses import split_address
from waqai.ingest.listing import Listing
from waqai.ingest.reading import Reading
from waqai.issues import Issue
from waqai.watch.asking import Ask, Asker, Done, Job
from waqai.watch.hosts import Hosts
from waqai.watch.ledger import Ledger, Polled
from waqai.watch.news import keys_of, wanted_entries, wanted_lists
from waqai.watch.plan import DAY, MOST_TRIES, Plan, next_poll, next_try
from waqai.watch.state import FeedRow, State, Waiting

_BATCH, _BATCH_SECONDS, _MOST_UNSTORED = 64, 10.0, 256
_STORE_AGAIN = 5.0
_MOST_HOPS = 5
_IN_USE = "WQ-608"


class Desk(Protocol):
    """Who takes what a watch finds."""

    def keep(self, items: Sequence[Document | Issue]) -> None:
        """Code and store documents, and store issues; on the disk when it returns. StoreError WQ-608 when it should be tried later."""
        ...

    def tell(self, what: Polled | Issue) -> None:
        """A feed was polled and its articles are through, or something is wrong."""
        ...


class _Outcome(msgspec.Struct, frozen=True):
    """What waits to be stored of an article, and what is remembered when it is; `bad` when there is no document."""

    article: Waiting
    keys: tuple[bytes, ...]
    items: tuple[Document | Issue, ...]
    bad: bool


class Watcher:
    """A watch over the feeds of a state. `run` once; `clock` gives seconds since 1970."""

    def __init__(
        self, state: State, desk: Desk, plan: Plan, *, reading: Reading, clock: Callable[[], float] = time.time,
        chance: Callable[[], float] = random.random, ask: Ask | None = None,
    ) -> None:
        self._state, self._desk, self._plan, self._clock, self._chance = state, desk, plan, clock, chance
        self._parse = reading.parse
        self._asker = Asker(plan, reading, ask) if ask else Asker(plan, reading)
        self._hosts = Hosts(state, plan)
        self._ledger = Ledger(desk.tell)
        self._waiting: list[_Outcome] = []
        self._since = self._store_after = 0.0
        self._under_way: set[int | str] = set()
        self._moved: list[Job] = []

    def run(self, *, once: bool, stop: threading.Event) -> None:
        """Poll feeds until `stop` is set, or each of them once. StoreError when what was found cannot be stored."""
        self._ledger.open = self._state.open_articles()
        try:
            while not stop.is_set():
                self._dispatch(once)
                idle = not self._asker.under_way and not self._more(once)
                self._store(now=idle)
                if once and idle and not self._waiting:
                    break
                if not self._asker.under_way:
                    stop.wait(self._pause(once))
                elif (done := self._asker.result(self._pause(once))) is not None:
                    self._take(done)
            self._store(now=True)
        finally:
            self._asker.close()

    def _dispatch(self, once: bool) -> None:
        """Hand out every request that may be made now."""
        now, free = self._clock(), 2 * self._plan.connections - self._asker.under_way
        moved, self._moved = self._moved, []
        for job in moved:
            if self._hosts.asked_to_wait(job.host, now) and job.feed is not None:
                self._under_way.discard(job.feed.url)
                self._poll_failed(job.feed, "later", 0)
            elif not self._begin(job, now):
                self._moved.append(job)
        for feed in self._due_feeds(once, now):
            host = split_address(feed.address).host
            if once and self._hosts.asked_to_wait(host, now):
                self._poll_failed(feed, "later", 0)
            elif free > 0 and self._begin(Job("feed", feed.address, host, feed=feed), now):
                free -= 1
        if len(self._waiting) >= _MOST_UNSTORED or free <= 0:
            return
        titles = {feed.url: feed.title for feed in self._state.feeds()}
        for article in self._ready_articles(self._hosts.not_now(now), free):
            self._begin(Job("article", article.url, article.host, article=article, feed_title=titles.get(article.feed, "")), now)

    def _ready_articles(self, but_hosts: Sequence[str], most: int) -> list[Waiting]:
        under_way = [each for each in self._under_way if isinstance(each, int)]
        return self._state.waiting(self._clock(), but_hosts=but_hosts, but=under_way, most=most)

    def _due_feeds(self, once: bool, now: float) -> list[FeedRow]:
        found = [feed for feed in self._state.feeds() if feed.url not in self._under_way]
        if once:
            return [feed for feed in found if feed.url not in self._ledger.polled]
        return [feed for feed in found if feed.due <= now and not self._ledger.open.get(feed.url)]

    def _begin(self, job: Job, now: float) -> bool:
        """Start a request if its host may be asked, or the one for its robots.txt; True when the job itself is under way."""
        whole = job.article is not None and job.article.entry.whole
        if self._hosts.ready(job.host) > now:
            return False
        robots = None if whole else self._hosts.robots(job.address, now)
        if robots is None and not whole:
            self._hosts.begin(job.host)
            self._asker.give(Job("robots", split_address(job.address).origin + "/robots.txt", job.host))
            return False
        if robots is not None and not robots.allows(job.address):
            self._refused(job)
            return True
        self._hosts.begin(job.host)
        self._under_way.add(_name(job))
        self._asker.give(job)
        return True

    def _refused(self, job: Job) -> None:
        issue = Issue("WQ-116", "its robots.txt asks us not to read it.", where=job.address)
        self._desk.tell(issue)
        self._under_way.discard(_name(job))
        if job.article is not None:
            self._finish(job.article, (issue,), bad=True)
        elif job.feed is not None:
            self._poll_failed(job.feed, "robots", 0)

    def _take(self, done: Done) -> None:
        now = self._clock()
        self._hosts.end(done.job.host, now, asked=done.answer is not None or done.error is not None)
        if done.job.kind == "robots":
            problem = self._hosts.learn(done, now)
            if problem is not None:
                self._desk.tell(problem)
            return
        self._under_way.discard(_name(done.job))
        if done.job.feed is not None:
            self._take_feed(done.job.feed, done, now)
        elif done.job.article is not None:
            self._take_article(done.job.article, done, now)

    def _take_feed(self, feed: FeedRow, done: Done, now: float) -> None:
        answer = done.answer
        if answer is None or done.error is not None:
            error = done.error
            if error is not None:
                self._desk.tell(Issue(error.code, error.message, where=error.where or feed.address, advice=error.advice))
            self._poll_failed(feed, "error", 0)
        elif answer.moved and done.job.hops < _MOST_HOPS:
            if answer.permanent and done.job.hops == 0:
                self._state.polled(feed.url, due=feed.due, failures=feed.failures, address=answer.moved)
            self._under_way.add(feed.url)
            self._moved.append(Job("feed", answer.moved, split_address(answer.moved).host, feed=feed, hops=done.job.hops + 1))
        elif answer.status in {429, 503}:
            self._hosts.leave_alone(done.job.host, answer, now)
            self._poll_failed(feed, "later", answer.status)
        elif answer.status == 304:
            due = now + next_poll(self._plan, minutes=feed.minutes, chance=self._chance)
            self._state.polled(feed.url, due=due, failures=0)
            self._ledger.poll(feed.url, "unchanged", 304, 0, due)
        elif done.listing is not None:
            self._listed(feed, done.listing, answer.headers.get("etag", ""), answer.headers.get("last-modified", ""))
        else:
            self._desk.tell(Issue("WQ-112", f"cannot be read: the server answered {answer.status}.", where=feed.address))
            self._poll_failed(feed, "error", answer.status)

    def _listed(self, feed: FeedRow, listing: Listing, etag: str, modified: str) -> None:
        now = self._clock()
        due = now + next_poll(self._plan, minutes=listing.minutes, chance=self._chance)
        if listing.problem:
            self._desk.tell(
                Issue("WQ-119", f"the feed is broken: {listing.problem}.", where=feed.address, advice="What could be read was.", fatal=False, level="warning")
            )
        new = self._state.listed(
            feed, wanted_entries(listing, self._plan, now, self._parse), wanted_lists(listing, self._plan, feed.depth, now, self._parse),
            title=listing.title, minutes=listing.minutes, today=int(now // DAY), due=due, etag=etag[:1000], modified=modified[:200],
        )
        self._ledger.poll(feed.url, "ok", 200, new, due)

    def _poll_failed(self, feed: FeedRow, status: str, http: int) -> None:
        failures = feed.failures + 1
        due = self._clock() + next_poll(self._plan, failures=failures, chance=self._chance)
        self._state.polled(feed.url, due=due, failures=failures)
        self._ledger.poll(feed.url, status, http, 0, due)

    def _take_article(self, article: Waiting, done: Done, now: float) -> None:
        answer, error = done.answer, done.error
        if done.items:
            self._found(article, done.items)
        elif answer is not None and answer.moved and article.hops < _MOST_HOPS:
            if not self._state.redirected(article, answer.moved, int(now // DAY)):
                self._known(article)
        elif answer is not None and answer.status in {429, 503}:
            self._hosts.leave_alone(done.job.host, answer, now)
            issue = Issue("WQ-112", f"cannot be read: the server answered {answer.status}.", where=article.url)
            self._again(article, issue, self._hosts.ready(done.job.host))
        elif error is not None:
            issue = Issue(error.code, error.message, where=error.where or article.url, advice=error.advice)
            # What lies where it must not will lie there tomorrow.
            self._failed(article, issue, now, for_good=error.code != "WQ-112")
        else:
            status = answer.status if answer is not None else 0
            issue = Issue("WQ-112", f"cannot be read: the server answered {status}.", where=article.url)
            self._failed(article, issue, now, for_good=status < 500)

    def _failed(self, article: Waiting, issue: Issue, now: float, *, for_good: bool) -> None:
        if for_good:
            self._desk.tell(issue)
            self._finish(article, (issue,), bad=True)
        else:
            self._again(article, issue, now + next_try(article.tries + 1))

    def _again(self, article: Waiting, issue: Issue, due: float) -> None:
        if article.tries + 1 >= MOST_TRIES:
            self._desk.tell(issue)
            self._finish(article, (issue,), bad=True)
            return
        self._state.later(article, due)
        self._ledger.through(article, "issues")
        self._desk.tell(msgspec.structs.replace(issue, fatal=False, level="warning", advice="It is tried again later."))

    def _found(self, article: Waiting, items: Sequence[Document | Issue]) -> None:
        issues = tuple(item for item in items if isinstance(item, Issue))
        document = next((item for item in items if isinstance(item, Document)), None)
        keys = keys_of(document) if document is not None else ()
        if self._state.has_seen(keys) or any(set(keys) & set(other.keys) for other in self._waiting):
            self._known(article)
            return
        for issue in issues:
            self._desk.tell(issue)
        self._finish(article, (*issues, *(() if document is None else (document,))), keys, bad=document is None)

    def _known(self, article: Waiting) -> None:
        self._state.finished([(article, ())], int(self._clock() // DAY))
        self._ledger.through(article, "known")

    def _finish(self, article: Waiting, items: tuple[Document | Issue, ...], keys: tuple[bytes, ...] = (), *, bad: bool) -> None:
        """Have the outcome stored with the next batch; only then does the article leave the queue."""
        if not self._waiting:
            self._since = self._clock()
        self._under_way.add(article.id)
        self._waiting.append(_Outcome(article, keys, items, bad))

    def _store(self, *, now: bool) -> None:
        clock = self._clock()
        late = clock - self._since > _BATCH_SECONDS
        if not self._waiting or clock < self._store_after or not (now or late or len(self._waiting) >= _BATCH):
            self._ledger.settle()
            return
        try:
            self._desk.keep([item for each in self._waiting for item in each.items])
        except StoreError as error:
            if error.code != _IN_USE:
                raise
            if not self._store_after:
                self._desk.tell(Issue(error.code, error.message, where=error.where, advice="It is tried again.", fatal=False, level="warning"))
            self._store_after = clock + _STORE_AGAIN
            return
        self._store_after = 0.0
        self._state.finished([(each.article, each.keys) for each in self._waiting], int(clock // DAY))
        for each in self._waiting:
            self._under_way.discard(each.article.id)
            self._ledger.through(each.article, "issues" if each.bad else "stored")
        self._waiting = []
        self._ledger.settle()

    def _more(self, once: bool) -> bool:
        """Whether there is something to ask for that only a pause or a request under way holds up, and nothing longer."""
        now = self._clock()
        return bool(self._moved or self._due_feeds(once, now) or self._ready_articles(self._hosts.blocked_now(now), 1))

    def _pause(self, once: bool) -> float:
        """How long nothing can happen but answers, in seconds; never so long that a signal waits."""
        now = self._clock()
        moments = [self._hosts.next_ready(now), self._store_after or now + 1.0]
        if not once:
            moments += [feed.due for feed in self._state.feeds()[:1] if feed.due > now]
        return min(1.0, max(0.01, min(moments) - now))


def _name(job: Job) -> int | str:
    """What a job is under way for: the address of a feed, the number of an article."""
    return job.article.id if job.article is not None else job.feed.url if job.feed is not None else ""
