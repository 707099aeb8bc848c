"""Copies, versions and earlier codings in a store, and what finds them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import duckdb

from waqai.identity import MOST_LIKE, Article, Copy, Fingerprint, fingerprint
from waqai.store import search
from waqai.store.writing import OF_DOCUMENTS, now

_CHUNK = 2000


def is_known(connection: duckdb.DuckDBPyConnection, doc_id: str, text_hash: str, coder: str) -> bool:
    """Whether an article is stored as it is: coded by this coder, or as a copy, or as a version that another took the place of."""
    asked = """SELECT 1 FROM documents WHERE doc_id = $id AND text_hash = $hash AND coder = $coder
        UNION ALL SELECT 1 FROM copies WHERE doc_id = $id AND text_hash = $hash
        UNION ALL SELECT 1 FROM earlier WHERE doc_id = $id AND text_hash = $hash AND by_doc_id <> doc_id LIMIT 1"""
    return connection.execute(asked, {"id": doc_id, "hash": text_hash, "coder": coder}).fetchone() is not None


def like(connection: duckdb.DuckDBPyConnection, article: Article, seen: Fingerprint) -> list[Article]:
    """The stored articles that may be the same as this one, at most eight: of its address, then of most marks, then the first stored."""
    asked = """SELECT doc_id FROM fingerprints WHERE list_contains($marks, mark) AND doc_id <> $id
        GROUP BY doc_id ORDER BY bool_or(mark = $address) DESC, count(*) DESC, min(rowid) LIMIT $most"""
    values = {"id": article.doc_id, "marks": list(seen.marks), "address": seen.address, "most": MOST_LIKE}
    found = [row[0] for row in connection.execute(asked, values).fetchall()]
    if not found:
        return []
    asked = "SELECT doc_id, text, coalesce(outlet, ''), coalesce(url, ''), published FROM documents WHERE doc_id IN (SELECT unnest($ids))"
    articles = {row[0]: Article(*row) for row in connection.execute(asked, {"ids": found}).fetchall()}
    return [articles[doc_id] for doc_id in found if doc_id in articles]


def insert_fingerprints(connection: duckdb.DuckDBPyConnection, articles: Mapping[str, tuple[str, str]]) -> None:
    """Fingerprints of documents, by their text and address, in place of those of the same identifiers."""
    connection.execute("DELETE FROM fingerprints WHERE doc_id IN (SELECT unnest($ids))", {"ids": list(articles)})
    marks = [(mark, doc_id) for doc_id, (text, url) in articles.items() for mark in fingerprint(text, url).marks]
    values = {"marks": [mark for mark, _ in marks], "owners": [doc_id for _, doc_id in marks]}
    connection.execute("INSERT INTO fingerprints SELECT unnest($marks), unnest($owners)", values)


def fingerprint_everything(connection: duckdb.DuckDBPyConnection) -> None:
    """Fingerprints of all documents of a store that had none."""
    last = -1
    while rows := connection.execute("SELECT rowid, doc_id, text, coalesce(url, '') FROM documents WHERE rowid > ? ORDER BY rowid LIMIT ?", [last, _CHUNK]).fetchall():
        insert_fingerprints(connection, {doc_id: (text, url) for _, doc_id, text, url in rows})
        last = rows[-1][0]


def insert_copies(connection: duckdb.DuckDBPyConnection, copies: Sequence[Copy], run: str) -> None:
    """Copies, in place of those of the same identifiers."""
    for copy in copies:
        article = copy.article
        connection.execute("DELETE FROM copies WHERE doc_id = ?", [article.doc_id])
        row: list[Any] = [
            article.doc_id, copy.of_doc_id, copy.share, copy.text_hash, copy.title, article.url, article.outlet, copy.author, article.published, article.text, run,
        ]
        connection.execute("INSERT INTO copies VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)


def keep_earlier(connection: duckdb.DuckDBPyConnection, doc_ids: Mapping[str, str], hashes: Mapping[str, tuple[str, str]]) -> None:
    """Keep the coding of stored documents as an earlier one before they are replaced.

    `doc_ids` says for each which document takes its place; where `hashes` has the content and coder that the new one has, the same is replaced
    by the same and nothing is kept.
    """
    values = {
        "ids": list(doc_ids), "by": list(doc_ids.values()), "now": now(),
        "hashes": [hashes.get(doc_id, ("", ""))[0] for doc_id in doc_ids], "coders": [hashes.get(doc_id, ("", ""))[1] for doc_id in doc_ids],
    }
    connection.execute(
        """INSERT INTO earlier
        SELECT d.doc_id, d.text_hash, d.coder, n.by_doc_id, $now, d.title, d.url, d.outlet, d.author, d.published, d.text,
            (SELECT coalesce(list(e.record ORDER BY e.trigger_start_char), []) FROM events e WHERE e.doc_id = d.doc_id), d.run_id
        FROM documents d JOIN (
            SELECT unnest($ids) AS doc_id, unnest($by) AS by_doc_id, unnest($hashes) AS text_hash, unnest($coders) AS coder
        ) n USING (doc_id) WHERE d.text_hash <> n.text_hash OR d.coder <> n.coder""",
        values,
    )


def supersede(connection: duckdb.DuckDBPyConnection, doc_ids: Mapping[str, str]) -> None:
    """Take documents out whose place others took (`doc_ids`: the old one's identifier to the new one's); they are kept as earlier codings."""
    keep_earlier(connection, doc_ids, {})
    connection.execute("CREATE OR REPLACE TEMP TABLE leaving AS SELECT unnest($ids) AS doc_id", {"ids": list(doc_ids)})
    search.forget(connection, "SELECT doc_id FROM leaving")
    for table in (*OF_DOCUMENTS, "fingerprints"):
        connection.execute(f"DELETE FROM {table} WHERE doc_id IN (SELECT doc_id FROM leaving)")
    connection.execute("DROP TABLE leaving")

