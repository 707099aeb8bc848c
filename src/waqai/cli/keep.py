"""Putting results into a store batch by batch: what has been told of is on the disk."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from waqai.cli.progress import Report
    from waqai.document import Document
    from waqai.issues import Issue
    from waqai.records import Records

_MOST, _SECONDS = 64, 5.0


class Keeper:
    """An open store with the batch that is to be written next. `coder` names what coded it."""

    def __init__(self, path: Path, report: Report, coder: str) -> None:
        from waqai.store import Store

        self._store, self._report, self._coder = Store.open(path), report, coder
        self._waiting: list[Records | Issue] = []
        self._since = time.monotonic()
        self._store.begin_run(self._coder)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        try:
            if kind in {None, KeyboardInterrupt, BrokenPipeError}:
                self.flush()
            if kind is None:
                self._store.finish_run(unchanged=self._report.unchanged)
        finally:
            self._store.close()

    def keep(self, item: Records | Issue) -> None:
        """Take one result; every 64 documents or 5 seconds the batch is written."""
        self._waiting.append(item)
        if len(self._waiting) >= _MOST or time.monotonic() - self._since > _SECONDS:
            self.flush()

    def flush(self) -> None:
        """Write the batch."""
        self._store.add(self._waiting)
        self._waiting = []
        self._since = time.monotonic()

    def new_only(self, documents: Iterable[Document | Issue]) -> Iterator[Document | Issue]:
        """The documents that are not stored yet as they are now, coded by this version; the others are counted."""
        from waqai.document import Document
        from waqai.records import text_hash

        for item in documents:
            if isinstance(item, Document) and self._store.has(item.id, text_hash(item), self._coder):
                self._report.skipped()
            else:
                yield item
