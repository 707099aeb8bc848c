"""Copies, versions and earlier codings in a store, and what finds them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import duckdb

from waqai.identity import MOST_LIKE, Article, Copy, Fingerprint, Standing, fingerprint, wording
from waqai.store.writing import now, remove_documents

_CHUNK = 2000


def standings(connection: duckdb.DuckDBPyConnection, doc_ids: Sequence[str]) -> dict[str, list[Standing]]:
    """How identifiers are stored; those that are not are left out."""
    asked = """WITH asked AS (SELECT unnest($ids) AS doc_id)
        SELECT doc_id, 'document', text_hash, coder FROM documents SEMI JOIN asked USING (doc_id)
        UNION ALL SELECT doc_id, 'copy', text_hash, '' FROM copies SEMI JOIN asked USING (doc_id)
        UNION ALL SELECT doc_id, 'earlier', text_hash, '' FROM earlier SEMI JOIN asked USING (doc_id) WHERE by_doc_id <> doc_id"""
    found: dict[str, list[Standing]] = {}
    for doc_id, kind, text_hash, coder in connection.execute(asked, {"ids": list(doc_ids)}).fetchall():
        found.setdefault(doc_id, []).append(Standing(kind, text_hash, coder))
    return found


def like(connection: duckdb.DuckDBPyConnection, asked: Sequence[tuple[Article, Fingerprint]]) -> list[list[Article]]:
    """For each article the stored ones that may be the same, at most eight: of its address, then of most marks, then the first stored."""
    marks = [(place, mark, mark == seen.address) for place, (_, seen) in enumerate(asked) for mark in seen.marks]
    query = """WITH marks AS (SELECT unnest($places) AS place, unnest($marks) AS mark, unnest($own) AS own),
        asked AS (SELECT unnest($asked) AS place, unnest($ids) AS doc_id)
        SELECT place, f.doc_id FROM fingerprints f JOIN marks USING (mark) ANTI JOIN asked USING (place, doc_id)
        GROUP BY place, f.doc_id
        QUALIFY row_number() OVER (PARTITION BY place ORDER BY bool_or(own) DESC, count(*) DESC, min(f.rowid)) <= $most
        ORDER BY place, bool_or(own) DESC, count(*) DESC, min(f.rowid)"""
    values: dict[str, Any] = {
        "places": [place for place, _, _ in marks], "marks": [mark for _, mark, _ in marks], "own": [own for _, _, own in marks],
        "asked": list(range(len(asked))), "ids": [article.doc_id for article, _ in asked], "most": MOST_LIKE,
    }
    found = connection.execute(query, values).fetchall()
    articles = _articles(connection, {doc_id for _, doc_id in found})
    likely: list[list[Article]] = [[] for _ in asked]
    for place, doc_id in found:
        if doc_id in articles:
            likely[place].append(articles[doc_id])
    return likely


def _articles(connection: duckdb.DuckDBPyConnection, doc_ids: set[str]) -> dict[str, Article]:
    if not doc_ids:
        return {}
    asked = "SELECT doc_id, text, coalesce(outlet, ''), coalesce(url, ''), published FROM documents WHERE doc_id IN (SELECT unnest($ids))"
    return {row[0]: Article(*row) for row in connection.execute(asked, {"ids": sorted(doc_ids)}).fetchall()}


def insert_fingerprints(connection: duckdb.DuckDBPyConnection, seen: Mapping[str, Fingerprint]) -> None:
    """Fingerprints of documents that have none yet."""
    marks = [(mark, doc_id) for doc_id, fingerprinted in seen.items() for mark in fingerprinted.marks]
    values = {"marks": [mark for mark, _ in marks], "owners": [doc_id for _, doc_id in marks]}
    connection.execute("INSERT INTO fingerprints SELECT unnest($marks), unnest($owners)", values)


def fingerprint_everything(connection: duckdb.DuckDBPyConnection) -> None:
    """Fingerprints of all documents of a store that had none."""
    last = -1
    while rows := connection.execute("SELECT rowid, doc_id, text, coalesce(url, '') FROM documents WHERE rowid > ? ORDER BY rowid LIMIT ?", [last, _CHUNK]).fetchall():
        insert_fingerprints(connection, {doc_id: fingerprint(wording(text), url) for _, doc_id, text, url in rows})
        last = rows[-1][0]


def insert_copies(connection: duckdb.DuckDBPyConnection, copies: Sequence[Copy], run: str) -> None:
    """Copies, in place of those of the same identifiers."""
    forget_copies(connection, [copy.article.doc_id for copy in copies])
    rows = [
        (each.doc_id, copy.of_doc_id, copy.share, each.text_hash, each.title, each.url, each.outlet, each.author, each.published, each.text)
        for copy in copies
        for each in (copy.article,)
    ]
    if rows:
        values = {f"column_{n}": list(column) for n, column in enumerate(zip(*rows, strict=True))}
        columns = ", ".join(f"unnest(${name})" for name in values)
        connection.execute(f"INSERT INTO copies SELECT {columns}, $run", {**values, "run": run})


def forget_copies(connection: duckdb.DuckDBPyConnection, doc_ids: Sequence[str]) -> None:
    """Take copies out: they come anew, or are documents now."""
    if doc_ids:
        connection.execute("DELETE FROM copies WHERE doc_id IN (SELECT unnest($ids))", {"ids": list(doc_ids)})


def keep_earlier(connection: duckdb.DuckDBPyConnection, doc_ids: Mapping[str, str], hashes: Mapping[str, tuple[str, str]]) -> int:
    """Keep the coding of stored documents as an earlier one before they are replaced; how many of them had another content.

    `doc_ids` says for each which document takes its place; where `hashes` has the content and coder that the new one has, the same is replaced
    by the same and nothing is kept.
    """
    values = {
        "ids": list(doc_ids), "by": list(doc_ids.values()),
        "hashes": [hashes.get(doc_id, ("", ""))[0] for doc_id in doc_ids], "coders": [hashes.get(doc_id, ("", ""))[1] for doc_id in doc_ids],
    }
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE leaving AS
        SELECT d.doc_id, n.by_doc_id, d.text_hash <> n.text_hash AS changed FROM documents d JOIN (
            SELECT unnest($ids) AS doc_id, unnest($by) AS by_doc_id, unnest($hashes) AS text_hash, unnest($coders) AS coder
        ) n USING (doc_id) WHERE d.text_hash <> n.text_hash OR d.coder <> n.coder""",
        values,
    )
    [[number, changed]] = connection.execute("SELECT count(*), count(*) FILTER (changed) FROM leaving").fetchall()
    if number:
        # The records are those of the few that leave: a subquery for each document would gather those of the whole store.
        connection.execute(
            """INSERT INTO earlier
            WITH told AS (SELECT doc_id, list(record ORDER BY trigger_start_char) AS records FROM events SEMI JOIN leaving USING (doc_id) GROUP BY doc_id)
            SELECT d.doc_id, d.text_hash, d.coder, l.by_doc_id, $now, d.title, d.url, d.outlet, d.author, d.published, d.text,
                coalesce(t.records, []), d.run_id
            FROM documents d JOIN leaving l USING (doc_id) LEFT JOIN told t USING (doc_id)""",
            {"now": now()},
        )
    return int(changed)


def supersede(connection: duckdb.DuckDBPyConnection, doc_ids: Mapping[str, str]) -> int:
    """Take documents out whose place others took (`doc_ids`: the old one's identifier to the new one's); how many there were.

    They are kept as earlier codings, and their copies are copies of the new ones.
    """
    if not doc_ids:
        return 0
    number = keep_earlier(connection, doc_ids, {})
    remove_documents(connection, list(doc_ids))
    connection.execute("UPDATE copies SET of_doc_id = by_doc_id FROM leaving WHERE of_doc_id = leaving.doc_id")
    return number
