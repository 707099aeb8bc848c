"""Putting results into a store batch by batch: what has been told of is on the disk."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import msgspec

from waqai.issues import Issue

if TYPE_CHECKING:
    from waqai.cli.progress import Report
    from waqai.document import Document
    from waqai.identity import Article, Copy, Verdict
    from waqai.records import Records

_MOST, _CHARACTERS, _SECONDS = 64, 2_000_000, 5.0
_AT_ONCE = 32
"""So many documents are looked up in the store at once."""


class Keeper:
    """An open store with the batch that is to be written next. `coder` names what coded it."""

    def __init__(self, path: Path, report: Report, coder: str) -> None:
        from waqai.identity import Sieve
        from waqai.store import Store

        self.store, self._report = Store.open(path, sparing=True), report
        self._sieve = Sieve(self.store, coder)
        self._waiting: list[Records | Issue] = []
        self._copies: list[Copy] = []
        self._versions: dict[str, str] = {}
        self._given: deque[_Given | None] = deque()
        self._open: set[str] = set()
        self._failed: set[str] = set()
        self._characters = 0
        self._since = time.monotonic()
        self.store.begin_run(coder)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        try:
            if kind in {None, KeyboardInterrupt, BrokenPipeError}:
                self.flush()
            if kind is None:
                self.store.finish_run(unchanged=self._report.unchanged)
        finally:
            self.store.close()

    def wanted(self, documents: Iterable[Document | Issue], *, again: bool = False, every: bool = False) -> Iterator[Document | Issue]:
        """What is to be coded: all that is not stored as it is and says something new. The rest is counted, and copies are kept.

        With `again` what is stored is coded again too; with `every` all is, and what is not wanted is not stored for all that.
        """
        source = iter(documents)
        while some := list(islice(source, _AT_ONCE)):
            # All are judged before the first is handed on, since a batch may be written in between.
            verdicts = iter(self._sieve.judge([_article_of(item) for item in some if not isinstance(item, Issue)], again=again))
            for item in some:
                if isinstance(item, Issue):
                    self._given.append(None)
                    yield item
                    continue
                verdict = next(verdicts)
                wanted = verdict.kind in {"new", "version"}
                self._note(item, verdict)
                if wanted or every:
                    self._given.append(_Given(item, wanted))
                    yield item

    def keep(self, item: Records | Issue) -> Records | Issue:
        """Take one result, in the order in which documents were given; every 64 documents, two million characters or 5 seconds the batch is written.

        An issue about a document comes back with the document, for another attempt.
        """
        given = self._given.popleft() if self._given else None
        if given is not None and not given.wanted:
            return item
        if given is not None:
            self._open.discard(given.document.id)
            if isinstance(item, Issue) and item.fatal:
                item = msgspec.structs.replace(item, content=_as_input(_article_of(given.document)))
                self._failed.add(given.document.id)
        self._waiting.append(item)
        self._characters += 0 if isinstance(item, Issue) else len(item.document.text)
        if self._is_due():
            self.flush()
        return item

    def _is_due(self) -> bool:
        much = len(self._waiting) + len(self._copies) >= _MOST or self._characters >= _CHARACTERS
        return much or time.monotonic() - self._since > _SECONDS

    def flush(self) -> None:
        """Write the batch, with the copies whose originals are written by then."""
        ready = [copy for copy in self._copies if copy.of_doc_id not in self._open]
        batch = [*(self._orphan(copy) if copy.of_doc_id in self._failed else copy for copy in ready), *self._waiting]
        written = {item.document.doc_id for item in self._waiting if not isinstance(item, Issue)}
        self.store.add(batch, versions_of=self._versions, fingerprints=self._sieve.fingerprints(written))
        self._sieve.forget(written | self._failed | {copy.article.doc_id for copy in ready})
        self._versions = {new: old for new, old in self._versions.items() if new not in written}
        self._copies = [copy for copy in self._copies if copy.of_doc_id in self._open]
        if not self._copies:
            self._failed = set()
        self._waiting, self._characters = [], 0
        self._since = time.monotonic()

    def _note(self, document: Document, verdict: Verdict) -> None:
        """Count a document, and keep what its verdict asks for."""
        from waqai.identity import Copy

        if verdict.kind == "unchanged":
            self._report.skipped()
            return
        # One that came before and waits for its original is replaced by this one.
        self._copies = [copy for copy in self._copies if copy.article.doc_id != document.id]
        if verdict.kind == "copy":
            self._copies.append(Copy(_article_of(document), verdict.of, verdict.share))
            self._report.copied()
            return
        self._open.add(document.id)
        if verdict.kind == "version":
            self._report.renewed()
            self._versions[document.id] = verdict.of

    def _orphan(self, copy: Copy) -> Issue:
        """The issue for a copy of what could not be coded."""
        advice = "Both are in quarantine: `waqai add --retry`."
        where = f"document {copy.article.doc_id}"
        return Issue("WQ-126", "is a copy of an article that could not be coded.", where=where, advice=advice, content=_as_input(copy.article))


class _Given(msgspec.Struct, frozen=True):
    """A document that was handed out for coding; `wanted` in the store, or only by who asked."""

    document: Document
    wanted: bool


def _article_of(document: Document) -> Article:
    from waqai.identity import Article
    from waqai.records import text_hash

    return Article(
        document.id, document.text, document.outlet, document.url, document.published, text_hash(document), document.title, document.author
    )


def _as_input(article: Article) -> bytes:
    """An article as a line of our own input."""
    row = {"id": article.doc_id, "text": article.text, "title": article.title, "url": article.url, "outlet": article.outlet, "author": article.author}
    return msgspec.json.encode({**row, "date": article.published.isoformat()} if article.published else row)
