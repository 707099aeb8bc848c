"""SQL of strangers: only reading, a few at a time, for some seconds, some thousand rows."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLong
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from waqai.errors import UsageError
from waqai.server.answers import Column
from waqai.server.room import Settings
from waqai.server.shapes import Given, Shape
from waqai.store import Bounded, Store

_AT_ONCE, _GRACE = 2, 1.0
Scalar = str | int | float | bool | None


class SqlGiven(Given):
    """One SELECT, and values for its $names."""

    sql: Annotated[str, StringConstraints(min_length=1, max_length=20_000)]
    parameters: Annotated[dict[Annotated[str, StringConstraints(pattern=r"^[A-Za-z_]\w{0,60}$")], Scalar], Field(max_length=50)] = Field(default_factory=dict)


class SqlAnswer(Shape):
    """Columns and rows; `truncated` where there were more. Numbers beyond 2**53, dates and the like are text."""

    columns: list[Column]
    rows: list[list[Any]]
    truncated: bool
    seconds: float


class Counter:
    """Where SQL is answered. The database can take long to notice that it shall stop: who asks is told in time all the same."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self.store, self.settings = store, settings
        self._places = threading.Semaphore(_AT_ONCE)
        self._pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="sql")

    def close(self) -> None:
        """Take no more questions; those that run are not waited for."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def ask(self, sql: str, parameters: Mapping[str, Any]) -> SqlAnswer:
        """The answer to one SELECT. UsageError: no SELECT, wrong, too long (WQ-610), or too many at once (WQ-706)."""
        if not self._places.acquire(timeout=self.settings.sql_seconds):
            raise UsageError("WQ-706", "other queries are still running.", advice="Try again in a moment.")
        started = time.monotonic()
        running: Future[Bounded] = self._pool.submit(self._run, sql, parameters)
        running.add_done_callback(lambda _: self._places.release())
        try:
            found = running.result(self.settings.sql_seconds + _GRACE)
        except TooLong as error:
            advice = "Ask for less: a period, one event type, an aggregate."
            raise UsageError("WQ-610", f"the query took longer than {self.settings.sql_seconds:g} s.", advice=advice) from error
        columns = [Column(name=name, type=kind) for name, kind in zip(found.columns, found.types, strict=True)]
        return SqlAnswer(columns=columns, rows=[list(row) for row in found.rows], truncated=found.truncated, seconds=round(time.monotonic() - started, 4))

    def _run(self, sql: str, parameters: Mapping[str, Any]) -> Bounded:
        limits = self.settings
        with self.store.reader() as reader:
            return reader.bounded(sql, parameters, seconds=limits.sql_seconds, most=limits.sql_rows, characters=limits.sql_characters)
