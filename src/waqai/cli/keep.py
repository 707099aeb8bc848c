"""Putting results into a store batch by batch: what has been told of is on the disk."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import msgspec

if TYPE_CHECKING:
    from waqai.cli.progress import Report
    from waqai.document import Document
    from waqai.identity import Article, Copy
    from waqai.issues import Issue
    from waqai.records import Records

_MOST, _SECONDS = 64, 5.0


class Keeper:
    """An open store with the batch that is to be written next. `coder` names what coded it."""

    def __init__(self, path: Path, report: Report, coder: str) -> None:
        from waqai.identity import Recent
        from waqai.store import Store

        self.store, self._report, self._coder = Store.open(path), report, coder
        self._waiting: list[Records | Issue] = []
        self._copies: list[Copy] = []
        self._versions: dict[str, str] = {}
        self._given: deque[Document | Issue] = deque()
        self._open: set[str] = set()
        self._failed: set[str] = set()
        self._recent = Recent()
        self._since = time.monotonic()
        self.store.begin_run(self._coder)

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

    def keep(self, item: Records | Issue) -> Records | Issue:
        """Take one result, in the order in which documents were given; every 64 documents or 5 seconds the batch is written.

        An issue about a document comes back with the document, for another attempt.
        """
        from waqai.issues import Issue

        given = self._given.popleft() if self._given else None
        if given is not None and not isinstance(given, Issue):
            self._open.discard(given.id)
            if isinstance(item, Issue) and item.fatal:
                item = msgspec.structs.replace(item, content=_as_input(_article_of(given), given.title, given.author))
                self._failed.add(given.id)
        self._waiting.append(item)
        if len(self._waiting) + len(self._copies) >= _MOST or time.monotonic() - self._since > _SECONDS:
            self.flush()
        return item

    def flush(self) -> None:
        """Write the batch, with the copies whose originals are written by then."""
        ready = [copy for copy in self._copies if copy.of_doc_id not in self._open]
        batch = [*self._waiting, *(self._orphan(copy) if copy.of_doc_id in self._failed else copy for copy in ready)]
        self.store.add(batch, versions_of=self._versions)
        written = {item.document.doc_id for item in self._waiting if not _is_issue(item)}  # type: ignore[union-attr]
        self._recent.forget(written | self._failed)
        self._versions = {new: old for new, old in self._versions.items() if new not in written}
        self._copies = [copy for copy in self._copies if copy.of_doc_id in self._open]
        if not self._copies:
            self._failed = set()
        self._waiting = []
        self._since = time.monotonic()

    def wanted(self, documents: Iterable[Document | Issue], *, again: bool = False) -> Iterator[Document | Issue]:
        """What is to be coded: all that is not stored as it is and says something new. The rest is counted, and copies are kept.

        With `again` what is stored is coded again too.
        """
        from waqai.issues import Issue

        for item in documents:
            if isinstance(item, Issue) or again or self._says_something_new(item):
                self._given.append(item)
                if not isinstance(item, Issue):
                    self._open.add(item.id)
                yield item

    def _says_something_new(self, document: Document) -> bool:
        from waqai.identity import Copy, fingerprint, likeness
        from waqai.records import text_hash

        hashed = text_hash(document)
        if self.store.has(document.id, hashed, self._coder):
            self._report.skipped()
            return False
        article = _article_of(document)
        seen = fingerprint(document.text, document.url)
        found = [(other, likeness(article, other)) for other in (*self.store.like(article, seen), *self._recent.like(article, seen))]
        original = next(((other, like) for other, like in found if like is not None and like.kind == "copy"), None)
        if original is not None:
            self._copies.append(Copy(article, original[0].doc_id, original[1].share, hashed, document.title, document.author))
            self._report.copied()
            return False
        earlier = next((other for other, like in found if like is not None), None)
        if earlier is not None:
            self._versions[document.id] = earlier.doc_id
            self._report.renewed()
        self._recent.add(article, seen)
        return True

    def _orphan(self, copy: Copy) -> Issue:
        """The issue for a copy of what could not be coded."""
        from waqai.issues import Issue

        content = _as_input(copy.article, copy.title, copy.author)
        advice = "Both are in quarantine: `waqai add --retry`."
        return Issue("WQ-126", "is a copy of an article that could not be coded.", where=f"document {copy.article.doc_id}", advice=advice, content=content)


def _article_of(document: Document) -> Article:
    from waqai.identity import Article

    return Article(document.id, document.text, document.outlet, document.url, document.published)


def _as_input(article: Article, title: str, author: str) -> bytes:
    """An article as a line of our own input."""
    row = {"id": article.doc_id, "text": article.text, "title": title, "url": article.url, "outlet": article.outlet, "author": author}
    return msgspec.json.encode({**row, "date": article.published.isoformat()} if article.published else row)


def _is_issue(item: Records | Issue) -> bool:
    return not hasattr(item, "document")
