"""What is to be reviewed, what was decided, and by whom."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import msgspec

from waqai.knowledge.actors import ActorBase
from waqai.records.rows import EventRecord
from waqai.review import gold
from waqai.server.directory import article
from waqai.server.filters import contains, words
from waqai.server.paging import pack, unpack
from waqai.server.questions import events
from waqai.server.questions.actors import who
from waqai.server.review_shapes import Candidate, Candidates, Log, Progress, Queue, QueueItem, Reviewer
from waqai.store import Reader
from waqai.store.search import Where

Order = Literal["confidence", "newest"]
_SORT: dict[str, events.Sort] = {"confidence": "confidence", "newest": "-published"}
_CANDIDATES = 12
# What each reviewer said last of an event; who accepts what another corrected says the same as he.
_AGREEMENT = """
SELECT count(*) AS compared, count(*) FILTER (verdicts = 1) AS agreed FROM (
    SELECT event_id, count(DISTINCT verdict) AS verdicts FROM (
        SELECT event_id, reviewer, coalesce(json_merge_patch(after::JSON, '{"evidence": null}')::VARCHAR, '') AS verdict FROM reviews
        WHERE action NOT IN ('undo', 'unsure') AND review_id NOT IN (SELECT undoes FROM reviews WHERE undoes IS NOT NULL)
        QUALIFY row_number() OVER (PARTITION BY event_id, reviewer ORDER BY review_id DESC) = 1
    ) GROUP BY event_id HAVING count(*) > 1
)
"""


def queue(reader: Reader, chosen: Where, *, unsure: bool, order: Order, limit: int, cursor: str | None) -> Queue:
    """Events without a decision, or with a doubt in place of one: the least certain first, or the newest. UsageError for a bad cursor."""
    waiting = chosen if unsure else Where(f"{chosen.sql} AND e.review IS NULL", chosen.values)
    page = events.page(reader, waiting, sort=_SORT[order], limit=limit, cursor=cursor)
    items = [
        QueueItem(event=event, previous_sentence=before, next_sentence=after)
        for event, (before, after) in zip(page.events, events.neighbours(reader, page.events), strict=True)
    ]
    return Queue(total=page.total, cursor=page.cursor, items=items, progress=progress(reader))


def progress(reader: Reader) -> Progress:
    """How far the review has come."""
    counts = reader.row(
        """
        SELECT count(*) FILTER (action <> 'unsure') AS reviewed, count(*) FILTER (action = 'accept') AS accepted, count(*) FILTER (action = 'correct') AS corrected,
            count(*) FILTER (action = 'reject') AS rejected, count(*) FILTER (action = 'add') AS added,
            count(*) FILTER (action = 'unsure') AS unsure FROM decisions
        """
    )
    agreement = reader.row(_AGREEMENT)
    people = reader.rows("SELECT reviewer, count(*) AS decisions FROM decisions GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 100")
    return Progress(**counts, **agreement, reviewers=[Reviewer(**row) for row in people])


def log(reader: Reader, asked: dict[str, str], *, limit: int, cursor: str | None) -> Log:
    """Decisions of a reviewer, of an action, about an event or document; the newest first."""
    values: dict[str, Any] = {name: value for name, value in asked.items() if value}
    condition = " AND ".join(f"r.{name} = ${name}" for name in values) or "TRUE"
    total = int(reader.row(f"SELECT count(*) AS n FROM reviews r WHERE {condition}", values)["n"])
    after = unpack(cursor, "log", (int,))
    if after is not None:
        condition, values = f"{condition} AND r.review_id < $after", {**values, "after": after[0]}
    found = events.changes(reader, condition, values, limit + 1)
    following = pack("log", found[limit - 1].review_id) if len(found) > limit else None
    return Log(total=total, cursor=following, changes=found[:limit])


def candidates(reader: Reader, base: ActorBase, search: str, doc_id: str) -> Candidates:
    """Whom a reviewer may mean: entities of the document, of the store, of the actor base, without repetition."""
    found: dict[str, Candidate] = {}
    terms = words(search)
    values: dict[str, Any] = {"doc": doc_id}
    matching = contains("folded", terms, values) or "TRUE"
    columns = "entity_id, kind, name_ar, name_en, country, sector, role"
    if doc_id:
        for row in reader.rows(f"SELECT {columns} FROM entities WHERE doc_id = $doc AND {matching} LIMIT 100", values):
            found[row["entity_id"]] = Candidate(**who(row), role=row["role"], source="document")
    if terms:
        del values["doc"]
        named = ", ".join(f"any_value({name}) AS {name}" for name in columns.split(", ")[1:])
        rows = reader.rows(
            f"SELECT entity_id, {named}, count(*) AS n FROM entities WHERE NOT starts_with(entity_id, 'local:') AND {matching} "
            f"GROUP BY 1 ORDER BY n DESC, 1 LIMIT {_CANDIDATES}",
            values,
        )
        for row in rows:
            found.setdefault(row["entity_id"], Candidate(**who(row), role=None, source="store"))
        for entity in base.find(search)[:_CANDIDATES]:
            row = {**msgspec.structs.asdict(entity), "entity_id": entity.id}
            found.setdefault(entity.id, Candidate(**who(row), role=entity.role, source="base"))
    return Candidates(entities=list(found.values()))


def reports(reader: Reader, *, complete: bool) -> Iterator[dict[str, Any]]:
    """Reviewed documents as annotated reports: those all of whose events were decided about or, not `complete`, all that have a decision."""
    undecided = "HAVING count(*) FILTER (coalesce(e.review, 'unsure') = 'unsure' AND e.event_id IS NOT NULL) = 0" if complete else ""
    documents = reader.rows(
        f"""
        SELECT r.doc_id FROM (SELECT DISTINCT doc_id FROM decisions WHERE action <> 'unsure') r JOIN documents d USING (doc_id) LEFT JOIN events e USING (doc_id)
        GROUP BY r.doc_id {undecided} ORDER BY r.doc_id
        """
    )
    for row in documents:
        values = {"doc": row["doc_id"]}
        text, published, _ = article(reader, row["doc_id"])
        decided = reader.rows("SELECT record FROM events WHERE doc_id = $doc AND review <> 'unsure'", values)
        mentions = reader.rows("SELECT entity_id, kind, text FROM mentions WHERE doc_id = $doc", values)
        yield gold.report(
            text, published.isoformat() if published else None, "news",
            [msgspec.json.decode(each["record"], type=EventRecord) for each in decided], [gold.Mention(**each) for each in mentions],
        )
