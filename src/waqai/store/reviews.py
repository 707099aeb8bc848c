"""Decisions of reviewers: rows that are only ever added. The tables of events are made to say what was decided."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Literal

import duckdb
import msgspec

from waqai.errors import UsageError
from waqai.records import EventRecord, to_json
from waqai.store.writing import now, replace_events

Action = Literal["accept", "correct", "reject", "add", "unsure"]
_STATUS = {"accept": "accepted", "correct": "corrected", "add": "added", "unsure": "unsure"}


class Decision(msgspec.Struct, frozen=True):
    """What a reviewer decided about one event: `after` is its record as it shall be, None for a rejected one. Who is unsure leaves it as it is.

    `basis` is the number of the decision that the reviewer saw, 0 for none, None where it does not matter.
    """

    reviewer: str
    action: Action
    event_id: str
    doc_id: str
    after: EventRecord | None
    note: str = ""
    basis: int | None = None


def decide(connection: duckdb.DuckDBPyConnection, decision: Decision) -> int:
    """Note a decision and let it take effect; its number. To be called within a transaction.

    UsageError when somebody else decided since the reviewer looked.
    """
    latest = connection.execute("SELECT review_id FROM decisions WHERE event_id = ?", [decision.event_id]).fetchone()
    if decision.basis is not None and decision.basis != (latest[0] if latest else 0):
        raise UsageError("WQ-623", "somebody decided about this event in the meantime.", where=decision.event_id, advice="Look at it again.")
    current = connection.execute("SELECT record, review FROM events WHERE event_id = ?", [decision.event_id]).fetchone()
    before = current[0] if current else None
    known = connection.execute("SELECT 1 FROM originals WHERE event_id = ?", [decision.event_id]).fetchone()
    if current and current[1] is None and not known:
        row = [decision.event_id, decision.doc_id, before]
        connection.execute("INSERT INTO originals VALUES (?, ?, ?)", row)
    after = None if decision.after is None else to_json(decision.after)
    number = _note(connection, decision.reviewer, decision.action, (decision.event_id, decision.doc_id), before, after, decision.note)
    settle(connection, [decision.event_id])
    return number


def undo(connection: duckdb.DuckDBPyConnection, review_id: int, reviewer: str) -> int:
    """Take a decision back, the latest of its event; the number of the undo. UsageError when it is not the latest."""
    row = connection.execute(
        "SELECT event_id, doc_id, action FROM reviews WHERE review_id = ?", [review_id]
    ).fetchone()
    if row is None or row[2] == "undo":
        raise UsageError("WQ-621", f"there is no decision {review_id}.", advice="The log lists them: GET review/log.")
    event_id, doc_id, _ = row
    latest = connection.execute("SELECT review_id FROM decisions WHERE event_id = ?", [event_id]).fetchone()
    if latest is None or latest[0] != review_id:
        said = "was taken back already" if latest is None or latest[0] < review_id else "is not the latest of its event"
        advice = f"Take back decision {latest[0]} first." if latest and latest[0] > review_id else "Nothing is left to do."
        raise UsageError("WQ-622", f"decision {review_id} {said}.", advice=advice)
    current = connection.execute("SELECT record FROM events WHERE event_id = ?", [event_id]).fetchone()
    number = _note(connection, reviewer, "undo", (event_id, doc_id), current[0] if current else None, None, "", undoes=review_id)
    settle(connection, [event_id])
    return number


def settle_documents(connection: duckdb.DuckDBPyConnection, doc_ids: Iterable[str]) -> None:
    """After documents were coded anew: keep what the coder says now as original, and let decisions take effect again."""
    values = {"docs": list(doc_ids)}
    rows = connection.execute(
        "SELECT DISTINCT event_id FROM reviews WHERE doc_id IN (SELECT unnest($docs))", values
    ).fetchall()
    if not rows:
        return
    connection.execute("DELETE FROM originals WHERE doc_id IN (SELECT unnest($docs))", values)
    connection.execute(
        "INSERT INTO originals SELECT event_id, doc_id, record FROM events "
        "WHERE doc_id IN (SELECT unnest($docs)) AND event_id IN (SELECT event_id FROM reviews)",
        values,
    )
    settle(connection, [str(row[0]) for row in rows])


def settle(connection: duckdb.DuckDBPyConnection, event_ids: list[str]) -> None:
    """Make the tables say of these events what was decided, or what the coder said where nothing stands."""
    rows = connection.execute(
        """
        SELECT ids.event_id, d.action, d.before, d.after, o.record, t.title, t.text
        FROM (SELECT unnest($ids) AS event_id) ids
        LEFT JOIN decisions d ON d.event_id = ids.event_id
        LEFT JOIN originals o ON o.event_id = ids.event_id
        LEFT JOIN documents t ON t.doc_id = coalesce(d.doc_id, o.doc_id)
        """,
        {"ids": event_ids},
    ).fetchall()
    wanted: list[tuple[str, str | None]] = []
    for _, action, before, after, original, title, text in rows:
        stands = action is not None and _still_there(after or before, title or "", text or "")
        if stands and after is not None:
            wanted.append((after, _STATUS[action]))
        elif not stands and original is not None:
            wanted.append((original, None))
    replace_events(connection, event_ids, wanted)


def _still_there(record: str | None, title: str, text: str) -> bool:
    """Whether the words of a record's trigger still stand where they stood: an article may have changed since."""
    if record is None:
        return False
    event = json.loads(record)
    trigger = event["trigger"]
    return bool((title if event["part"] == "title" else text)[trigger["start"] : trigger["end"]] == trigger["text"])


def _note(
    connection: duckdb.DuckDBPyConnection, reviewer: str, action: str, event: tuple[str, str], before: str | None, after: str | None, note: str,
    *, undoes: int | None = None,
) -> int:
    """Add a row to the log; its number. `event` are the identifiers of the event and its document."""
    row = connection.execute("SELECT coalesce(max(review_id), 0) + 1 FROM reviews").fetchone()
    assert row is not None
    number = int(row[0])
    values: list[Any] = [number, now(), reviewer, action, *event, before, after, note, undoes]
    connection.execute("INSERT INTO reviews VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
    return number
