"""Inputs that could not be read or coded, kept with the reason until a later attempt succeeds."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import duckdb

from waqai.issues import MOST_CONTENT, Issue
from waqai.store.writing import now

_FEW = 100


class Quarantined(NamedTuple):
    """An input as it came, and where from."""

    item_id: str
    place: str
    content: bytes


def put(connection: duckdb.DuckDBPyConnection, issues: Iterable[Issue], run: str) -> None:
    """Keep the inputs of fatal issues that have them. One that is there already counts another attempt."""
    for issue in issues:
        if not (issue.fatal and issue.content) or len(issue.content) > MOST_CONTENT:
            continue
        item = hashlib.sha256(issue.content).hexdigest()[:16]
        known = connection.execute("SELECT since, tries FROM quarantine WHERE item_id = ?", [item]).fetchone()
        since, tries = known or (now(), 0)
        row = [item, run, since, tries + 1, issue.where, issue.code, issue.message, issue.advice, zlib.compress(issue.content)]
        connection.execute("INSERT OR REPLACE INTO quarantine VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)


def items(connection: duckdb.DuckDBPyConnection) -> Iterator[Quarantined]:
    """Everything in quarantine when asked, the oldest first."""
    ids = [row[0] for row in connection.execute("SELECT item_id FROM quarantine ORDER BY since, item_id").fetchall()]
    for start in range(0, len(ids), _FEW):
        asked = "SELECT item_id, place, content FROM quarantine WHERE item_id IN (SELECT unnest($ids)) ORDER BY since, item_id"
        for item, place, content in connection.execute(asked, {"ids": ids[start : start + _FEW]}).fetchall():
            yield Quarantined(item, place or "", zlib.decompress(content))


def release(connection: duckdb.DuckDBPyConnection, item_ids: Iterable[str], run: str) -> int:
    """Let go of those that this run did not put back; how many."""
    asked = "DELETE FROM quarantine WHERE item_id IN (SELECT unnest($ids)) AND run_id <> $run"
    [[number]] = connection.execute(asked, {"ids": list(item_ids), "run": run}).fetchall()
    return int(number)
