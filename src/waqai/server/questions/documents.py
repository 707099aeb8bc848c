"""Documents: lists, and one with everything that was found in it."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any, Literal

from waqai.errors import UsageError
from waqai.server.filters import Filters, where
from waqai.server.paging import pack, unpack
from waqai.server.questions import appearances, events, versions
from waqai.server.shapes import Document, DocumentPage, DocumentRow, Entity, Quotation, Sentence, Span
from waqai.store import Reader
from waqai.store.search import Forms, Search, Where, read_question

Sort = Literal["-published", "published", "-events", "events"]
_KEYS: dict[str, tuple[str, type]] = {"published": ("coalesce(d.published::VARCHAR, '')", str), "events": ("coalesce(n.n, 0)", int)}
_OF_DOCUMENTS = frozenset({"from_", "to", "outlet", "q"})
_BEGINNING = 220


def condition(filters: Filters, forms: Forms) -> Where:
    """What documents the filters let through: those with such an event; by day, outlet and words alone, all such documents."""
    asked = filters.model_fields_set & Filters.model_fields.keys()
    if any(getattr(filters, name) not in (None, "", []) for name in asked - _OF_DOCUMENTS):
        chosen = where(filters, forms)
        return Where(f"d.doc_id IN (SELECT e.doc_id FROM events e WHERE {chosen.sql})", chosen.values)
    found, values = [], dict[str, Any]()
    for name, value, asks in (
        ("first", filters.from_, "d.published >= $first"),
        ("last", filters.to, "d.published <= $last"),
        ("outlets", filters.outlet, "d.outlet IN (SELECT unnest($outlets))"),
    ):
        if value:
            found.append(asks)
            values[name] = value
    question = read_question(filters.q)
    if question:
        # All words somewhere in the article, not in one sentence: a person looks for the article.
        having = Search(question, forms).condition("document", "d")
        found.append(having.sql)
        values |= having.values
    return Where(" AND ".join(found) or "TRUE", values)


def page(reader: Reader, chosen: Where, *, sort: str, limit: int, cursor: str | None) -> DocumentPage:
    """A page of documents. UsageError for a bad cursor."""
    key, kind = _KEYS[sort.removeprefix("-")]
    way, sign = ("DESC", "<") if sort.startswith("-") else ("ASC", ">")
    total = int(reader.row(f"SELECT count(*) AS n FROM documents d WHERE {chosen.sql}", chosen.values)["n"])
    after, values, more = unpack(cursor, sort, (kind, str)), dict(chosen.values), ""
    if after is not None:
        values |= {"a_key": after[0], "a_doc": after[1]}
        more = f" AND ({key} {sign} $a_key OR ({key} = $a_key AND d.doc_id > $a_doc))"
    counts = "LEFT JOIN (SELECT doc_id, count(*) AS n FROM events GROUP BY doc_id) n ON n.doc_id = d.doc_id" if "events" in sort else ""
    found = reader.rows(
        f"SELECT d.doc_id, {key} AS sort_key FROM documents d {counts} WHERE {chosen.sql}{more} "
        f"ORDER BY sort_key {way}, d.doc_id LIMIT {limit + 1}",
        values,
    )
    shown = found[:limit]
    following = pack(sort, shown[-1]["sort_key"], shown[-1]["doc_id"]) if len(found) > limit else None
    return DocumentPage(total=total, cursor=following, documents=rows(reader, [row["doc_id"] for row in shown]))


def rows(reader: Reader, doc_ids: list[str]) -> list[DocumentRow]:
    """Rows of these documents, in their order."""
    if not doc_ids:
        return []
    found = reader.rows(
        f"""
        SELECT d.doc_id, d.title, d.outlet, d.published, d.url, d.author, d.sentences, d.quotations,
            left(d.text, {_BEGINNING}) AS beginning, t.types, coalesce(t.events, 0) AS events,
            coalesce(t.conflict, 0) AS conflict, coalesce(t.cooperation, 0) AS cooperation
        FROM documents d LEFT JOIN (
            SELECT doc_id, map_from_entries(list((event_type, n) ORDER BY n DESC, event_type)) AS types, sum(n)::BIGINT AS events,
                sum(conflict)::BIGINT AS conflict, sum(cooperation)::BIGINT AS cooperation
            FROM (
                SELECT doc_id, event_type, count(*) AS n, count(*) FILTER (quad LIKE '%conflict') AS conflict,
                    count(*) FILTER (quad LIKE '%cooperation') AS cooperation
                FROM events WHERE doc_id IN (SELECT unnest($docs)) GROUP BY doc_id, event_type
            ) GROUP BY doc_id
        ) t USING (doc_id) WHERE d.doc_id IN (SELECT unnest($docs))
        """,
        {"docs": doc_ids},
    )
    stands = appearances.counts(reader, doc_ids)
    by_id = {}
    for row in found:
        copies, outlets = stands.get(row["doc_id"], (0, 1 if row["outlet"] else 0))
        by_id[row["doc_id"]] = DocumentRow(**_without_null(row), published=row["published"], types=row["types"] or {}, copies=copies, outlets=outlets)
    return [by_id[doc_id] for doc_id in doc_ids]


def _without_null(row: dict[str, Any]) -> dict[str, Any]:
    texts = {name: row[name] or "" for name in ("doc_id", "title", "outlet", "url", "author", "beginning")}
    return texts | {name: row[name] or 0 for name in ("sentences", "events", "quotations", "conflict", "cooperation")}


def whole(reader: Reader, doc_id: str) -> Document:
    """A document with all its layers; for a copy or an earlier version the one that stands for it. UsageError when there is none."""
    root = appearances.standing(reader, doc_id)
    if root is None:
        raise UsageError("WQ-703", "there is no such document.", where=doc_id, advice="Search for it: GET /api/v1/documents.")
    values = {"doc": root}
    row = reader.row("SELECT * FROM documents WHERE doc_id = $doc", values)
    sentences = reader.rows(
        'SELECT part, sentence, role, start_char AS start, end_char AS "end" FROM sentences WHERE doc_id = $doc '
        "ORDER BY part = 'text', start_char",
        values,
    )
    quotations = reader.rows("SELECT record FROM quotations WHERE doc_id = $doc ORDER BY part = 'text', start_char", values)
    texts = {name: row[name] or "" for name in ("doc_id", "title", "outlet", "url", "author", "language", "coder", "text")}
    return Document(
        **texts,
        published=row["published"],
        credit=row["credit"] or [],
        paragraphs=paragraphs(texts["text"]),
        sentences=[Sentence(**each) for each in sentences],
        events=events.some(reader, "e.doc_id = $doc", values, "ORDER BY e.part = 'text', e.trigger_start_char, e.event_id"),
        rejected=events.rejected(reader, "r.doc_id = $doc", values),
        quotations=[Quotation.model_validate(json.loads(each["record"])) for each in quotations],
        entities=_entities(reader, root),
        stands_for=appearances.stands_for(reader, doc_id) if root != doc_id else None,
        copies=appearances.appearances(reader, root),
        versions=versions.count(reader, root),
    )


def paragraphs(text: str) -> list[Span]:
    """The runs of text between line breaks, without empty ones."""
    found, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append(Span(start=start, end=start + len(line)))
        start += len(line) + 1
    return found


def _entities(reader: Reader, doc_id: str) -> list[Entity]:
    mentions: dict[str, list[dict[str, Any]]] = defaultdict(list)
    found = reader.rows(
        'SELECT entity_id, text, kind, sentence, part, start_char AS start, end_char AS "end" FROM mentions '
        "WHERE doc_id = $doc ORDER BY part = 'text', start_char",
        {"doc": doc_id},
    )
    for mention in found:
        mentions[mention.pop("entity_id")].append(mention)
    rows = reader.rows(
        "SELECT entity_id, kind, name_ar, name_en, country, sector, role, wikidata FROM entities WHERE doc_id = $doc", {"doc": doc_id}
    )
    return [
        Entity.model_validate({
            **{name: value or "" for name, value in row.items()},
            "role": row["role"],
            "resolved": not row["entity_id"].startswith("local:"),
            "mentions": mentions[row["entity_id"]],
        })
        for row in rows
    ]
