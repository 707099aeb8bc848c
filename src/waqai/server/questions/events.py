"""Events one by one and page by page."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from waqai.errors import UsageError
from waqai.server.paging import pack, unpack
from waqai.server.shapes import Change, Event, EventDetail, EventPage, Record, Review
from waqai.store import Reader
from waqai.store.search import Where

Sort = Literal["-published", "published", "-date_from", "date_from", "-confidence", "confidence", "type", "-type"]
# Dates are compared as text: ISO dates sort as days do, and a cursor holds them as they are.
_KEYS: dict[str, tuple[str, type | tuple[type, ...]]] = {
    "published": ("coalesce(e.doc_published::VARCHAR, '')", str),
    "date_from": ("coalesce(e.day::VARCHAR, '')", str),
    "confidence": ("e.confidence", (int, float)),
    "type": ("e.event_type", str),
}
_SENTENCE = """substring(CASE e.part WHEN 'title' THEN d.title ELSE d.text END, e.sentence_start_char + 1,
    e.sentence_end_char - e.sentence_start_char)"""
SHOWN = f"""
SELECT e.record, e.day, e.doc_published AS published, e.doc_outlet AS outlet, e.review, d.title, d.url, {_SENTENCE} AS sentence_text, r.review_id,
    r.reviewer, r.decided_at, r.note, e.doc_id, e.trigger_start_char, e.event_id
FROM {{events}} e JOIN documents d USING (doc_id) LEFT JOIN decisions r USING (event_id)
"""
_STATUS = {"accept": "accepted", "correct": "corrected", "add": "added", "reject": "rejected", "unsure": "unsure"}
_SIMILAR_DAYS, _SIMILAR = 3, 10


class Order(NamedTuple):
    """An order of events: its key as SQL, the type of the key's values, and which way."""

    name: str
    key: str
    kind: type | tuple[type, ...]
    descending: bool

    @classmethod
    def of(cls, sort: str) -> Order:
        """The order of a `sort` parameter; a minus means greatest or newest first."""
        key, kind = _KEYS[sort.removeprefix("-")]
        return cls(sort, key, kind, sort.startswith("-"))


def page(reader: Reader, chosen: Where, *, sort: str, limit: int, cursor: str | None) -> EventPage:
    """A page of the events that a condition lets through, in an order; UsageError for a bad cursor."""
    order = Order.of(sort)
    total = int(reader.row(f"SELECT count(*) AS n FROM events e WHERE {chosen.sql}", chosen.values)["n"])
    rows = list(_rows(reader, chosen, order, limit + 1, unpack(cursor, sort, (order.kind, str, int, str))))
    shown = rows[:limit]
    following = None
    if len(rows) > limit:
        last = shown[-1]
        following = pack(sort, last["sort_key"], last["doc_id"], last["trigger_start_char"], last["event_id"])
    return EventPage(total=total, cursor=following, events=[event_of(row) for row in shown])


def _rows(
    reader: Reader, chosen: Where, order: Order, limit: int, after: tuple[Any, ...] | None
) -> Iterator[dict[str, Any]]:
    way, sign = ("DESC", "<") if order.descending else ("ASC", ">")
    values = dict(chosen.values)
    condition = chosen.sql
    if after is not None:
        values |= dict(zip(("a_key", "a_doc", "a_start", "a_id"), after, strict=True))
        tie = "(e.doc_id, e.trigger_start_char, e.event_id) > ($a_doc, $a_start, $a_id)"
        condition += f" AND ({order.key} {sign} $a_key OR ({order.key} = $a_key AND {tie}))"
    place = f"sort_key {way}, doc_id, trigger_start_char, event_id"
    # Keys are sorted first, and the wide columns are fetched for the rows of the page alone.
    sql = f"""
    WITH found AS (
        SELECT e.rowid AS row, {order.key} AS sort_key, e.doc_id, e.trigger_start_char, e.event_id
        FROM events e WHERE {condition} ORDER BY {place} LIMIT {limit}
    ),
    page AS (SELECT e.*, f.sort_key FROM events e JOIN found f ON e.rowid = f.row)
    SELECT shown.*, page.sort_key FROM ({SHOWN.format(events="page")}) shown JOIN page USING (event_id)
    ORDER BY page.sort_key {way}, shown.doc_id, shown.trigger_start_char, shown.event_id
    """
    return reader.each(sql, values)


def some(reader: Reader, condition: str, values: Mapping[str, Any], rest: str = "") -> list[Event]:
    """The events of a condition, with the `rest` of the query: order and limit."""
    # The rows are chosen by a few columns; the wide ones are fetched for them alone.
    found = f"SELECT e.rowid FROM events e WHERE {condition} {rest}"
    sql = f"WITH page AS (SELECT * FROM events WHERE rowid IN ({found})) {SHOWN.format(events='page')} {rest.split('LIMIT')[0]}"
    return [event_of(row) for row in reader.rows(sql, values)]


def event_of(row: Mapping[str, Any]) -> Event:
    """A row of `SHOWN` as an event of the API."""
    review = None
    if row["review_id"] is not None and row["review"] is not None:
        review = Review(
            status=row["review"], review_id=row["review_id"], reviewer=row["reviewer"], at=row["decided_at"], note=row["note"] or ""
        )
    return Event.model_validate({
        **json.loads(row["record"]),
        "day": row["day"],
        "published": row["published"],
        "outlet": row["outlet"] or "",
        "title": row["title"] or "",
        "url": row["url"] or "",
        "sentence_text": row["sentence_text"] or "",
        "review": review,
    })


def detail(reader: Reader, event_id: str) -> EventDetail:
    """One event with its surroundings, rejected ones too. UsageError when the store has none of that identifier."""
    values = {"id": event_id}
    found = some(reader, "e.event_id = $id", values) or rejected(reader, "r.event_id = $id", values)
    if not found:
        raise UsageError("WQ-702", "there is no such event.", where=event_id, advice="Search for it: GET /api/v1/events.")
    event = found[0]
    [(before, after)] = neighbours(reader, [event])
    return EventDetail(
        **dict(event), previous_sentence=before, next_sentence=after, history=history(reader, event_id),
        similar=_similar(reader, event),
    )


def rejected(reader: Reader, condition: str, values: Mapping[str, Any]) -> list[Event]:
    """Events that reviewers rejected, as they were; a condition on `decisions r`."""
    rows = reader.rows(
        f"""
        WITH page AS (
            SELECT r.event_id, r.doc_id, r.before AS record, coalesce((r.before->>'$.time.from')::DATE, d.published) AS day,
                d.published AS doc_published, d.outlet AS doc_outlet, 'rejected' AS review, r.before->>'$.part' AS part,
                (r.before->>'$.sentence_span.start')::INTEGER AS sentence_start_char,
                (r.before->>'$.sentence_span.end')::INTEGER AS sentence_end_char,
                (r.before->>'$.trigger.start')::INTEGER AS trigger_start_char
            FROM decisions r JOIN documents d USING (doc_id)
            WHERE r.action = 'reject' AND r.before IS NOT NULL AND {condition}
        ) {SHOWN.format(events="page")} ORDER BY e.trigger_start_char
        """,
        values,
    )
    return [event_of(row) for row in rows]


def neighbours(reader: Reader, found: Sequence[Event]) -> list[tuple[str | None, str | None]]:
    """The sentences before and after that of each event, None at the edges."""
    wanted = {(event.doc_id, event.part, event.sentence + step) for event in found for step in (-1, 1)}
    docs, parts, numbers = ([each[column] for each in wanted] for column in range(3))
    rows = reader.rows(
        """
        SELECT s.doc_id, s.part, s.sentence, substring(CASE s.part WHEN 'title' THEN d.title ELSE d.text END, s.start_char + 1,
            s.end_char - s.start_char) AS text
        FROM (SELECT unnest($docs) AS doc_id, unnest($parts) AS part, unnest($numbers) AS sentence) w
        JOIN sentences s USING (doc_id, part, sentence) JOIN documents d USING (doc_id)
        """,
        {"docs": docs, "parts": parts, "numbers": numbers},
    ) if wanted else []
    texts = {(row["doc_id"], row["part"], row["sentence"]): row["text"] for row in rows}
    return [
        (texts.get((event.doc_id, event.part, event.sentence - 1)), texts.get((event.doc_id, event.part, event.sentence + 1))) for event in found
    ]


def history(reader: Reader, event_id: str) -> list[Change]:
    """The decisions about an event, the newest first."""
    return changes(reader, "r.event_id = $id", {"id": event_id})


def changes(reader: Reader, condition: str, values: Mapping[str, Any], limit: int = 500) -> list[Change]:
    """Rows of the review log, the newest first; a condition on `reviews r`."""
    rows = reader.rows(
        f"""
        SELECT r.*, d.title, r.review_id IN (SELECT undoes FROM reviews WHERE undoes IS NOT NULL) AS undone
        FROM reviews r LEFT JOIN documents d USING (doc_id)
        WHERE {condition} ORDER BY r.review_id DESC LIMIT {limit}
        """,
        values,
    )
    return [
        Change(
            review_id=row["review_id"], at=row["decided_at"], reviewer=row["reviewer"], action=row["action"],
            event_id=row["event_id"], doc_id=row["doc_id"], note=row["note"] or "", undoes=row["undoes"], undone=row["undone"],
            title=row["title"] or "", before=_record(row["before"]), after=_record(row["after"]),
        )
        for row in rows
    ]


def _record(text: str | None) -> Record | None:
    return None if text is None else Record.model_validate_json(text)


def _similar(reader: Reader, event: Event) -> list[Event]:
    """Reports in other documents of an act of this type by or on the same resolved participants within a few days."""
    people = [who.entity_id for who in (*event.actors, *event.recipients) if not who.entity_id.startswith("local:")]
    if not people or event.day is None:
        return []
    condition = f"""e.event_type = $type AND e.doc_id <> $doc AND e.day BETWEEN $day::DATE - {_SIMILAR_DAYS} AND $day::DATE + {_SIMILAR_DAYS}
        AND e.event_id IN (SELECT event_id FROM participants WHERE entity_id IN (SELECT unnest($people))
            GROUP BY event_id HAVING count(DISTINCT entity_id) >= least(len($people::VARCHAR[]), 2))"""
    values = {"type": event.event_type, "doc": event.doc_id, "day": event.day, "people": list(dict.fromkeys(people))}
    return some(reader, condition, values, f"ORDER BY e.day, e.doc_id LIMIT {_SIMILAR}")
