"""Requests on threads: what is to be asked, and what came of it. Threads hold no state and touch none."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Mapping
from typing import Literal

import msgspec

from waqai.document import Document
from waqai.errors import InputError
from waqai.ingest import Metadata
from waqai.ingest.articles import entry_documents, page_documents
from waqai.ingest.fetch import Answer, Rules, request
from waqai.ingest.listing import Listing, read_listing
from waqai.ingest.reading import Reading
from waqai.issues import Issue
from waqai.watch.manners import ROBOTS_MOST
from waqai.watch.plan import Plan
from waqai.watch.state import FeedRow, Waiting

Ask = Callable[..., Answer]


class Job(msgspec.Struct, frozen=True):
    """One request: a robots.txt, a feed, or an article. `feed_title` stands in for an outlet that nobody names."""

    kind: Literal["robots", "feed", "article"]
    address: str
    host: str
    feed: FeedRow | None = None
    article: Waiting | None = None
    hops: int = 0
    feed_title: str = ""


class Done(msgspec.Struct, frozen=True):
    """What came of a job: an answer with what was read out of it, or an error."""

    job: Job
    answer: Answer | None = None
    error: InputError | None = None
    listing: Listing | None = None
    items: tuple[Document | Issue, ...] = ()


class Asker:
    """Threads that do jobs; what comes of them is handed out by `result`. They end with the program, whatever they wait for."""

    def __init__(self, plan: Plan, reading: Reading, ask: Ask = request) -> None:
        self._plan, self._reading, self._ask = plan, reading, ask
        self._rules = Rules(reach="any" if plan.allow_private else "public", seconds=plan.seconds, one_host=True, user_agent=plan.user_agent)
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._results: queue.SimpleQueue[Done | Exception] = queue.SimpleQueue()
        self.under_way = 0
        for _ in range(plan.connections):
            threading.Thread(target=self._serve, daemon=True).start()

    def give(self, job: Job) -> None:
        """Do this job when a thread is free."""
        self.under_way += 1
        self._jobs.put(job)

    def result(self, seconds: float) -> Done | None:
        """What came of one job, or None when nothing comes in that time."""
        try:
            found = self._results.get(timeout=max(0.0, seconds))
        except queue.Empty:
            return None
        self.under_way -= 1
        if isinstance(found, Exception):
            raise found
        return found

    def close(self) -> None:
        """Let the threads end when they have done what they do now."""
        for _ in range(self._plan.connections):
            self._jobs.put(None)

    def _serve(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                self._results.put(self.do(job))
            except Exception as error:
                self._results.put(error)

    def do(self, job: Job) -> Done:
        """Do a job here and now."""
        article = job.article
        reading = msgspec.structs.replace(self._reading, about=Metadata(outlet=job.feed_title))
        try:
            if article is not None and article.entry.whole:
                return Done(job, items=tuple(entry_documents(article.entry, reading)))
            answer = self._ask(job.address, self._rules_of(job), headers=_validators(job))
            if answer.status != 200 or answer.moved:
                return Done(job, answer)
            if job.kind == "feed":
                return Done(job, answer, listing=read_listing(answer.data, url=answer.url, charset=answer.charset))
            if article is not None:
                return Done(job, answer, items=tuple(page_documents(answer, article.entry, reading)))
        except InputError as error:
            return Done(job, error=error)
        return Done(job, answer)

    def _rules_of(self, job: Job) -> Rules:
        if job.kind != "robots":
            return self._rules
        # A robots.txt may be longer than what counts of it, and may lie on another host.
        return msgspec.structs.replace(self._rules, one_host=False, most=4 * ROBOTS_MOST)


def _validators(job: Job) -> Mapping[str, str]:
    if job.feed is None:
        return {}
    found = {"If-None-Match": job.feed.etag, "If-Modified-Since": job.feed.modified}
    return {name: value for name, value in found.items() if value}
