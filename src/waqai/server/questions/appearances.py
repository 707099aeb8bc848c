"""Where an article stands: its copies, and the article that stands for a copy or for a version of the past."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from waqai.server.shapes import Appearance, StandsFor
from waqai.store import Reader

# Which article stands for which: a copy leads to its original, a version to what took its place. An article that is stored for itself leads nowhere.
_LEADS = "(SELECT doc_id, of_doc_id AS to_id FROM copies UNION ALL SELECT doc_id, by_doc_id FROM earlier)"
FAMILY = f"""WITH RECURSIVE family AS (
    SELECT unnest($docs) AS root, unnest($docs) AS doc_id
    UNION SELECT f.root, l.doc_id FROM family f JOIN {_LEADS} l ON l.to_id = f.doc_id
    WHERE l.doc_id <> l.to_id AND l.doc_id NOT IN (SELECT doc_id FROM documents)
)"""
_LONGEST = 50


def standing(reader: Reader, doc_id: str) -> str | None:
    """The document that stands for an identifier: itself where it is stored; None where nothing of that identifier was ever there."""
    if reader.row("SELECT 1 FROM documents WHERE doc_id = $doc", {"doc": doc_id}):
        return doc_id
    found = reader.row(
        f"""WITH RECURSIVE way AS (
            SELECT $doc::VARCHAR AS doc_id, 0 AS step
            UNION SELECT l.to_id, w.step + 1 FROM way w JOIN {_LEADS} l USING (doc_id) WHERE w.step < {_LONGEST}
        ) SELECT doc_id FROM way JOIN documents USING (doc_id) ORDER BY step, doc_id LIMIT 1""",
        {"doc": doc_id},
    )
    return str(found["doc_id"]) if found else None


def stands_for(reader: Reader, doc_id: str) -> StandsFor:
    """What was kept under the identifier of a copy or of an earlier version, the latest of it."""
    row = reader.row(
        """SELECT 'copy' AS kind, title, outlet, url, author, published, share, NULL AS replaced_at FROM copies WHERE doc_id = $doc
        UNION ALL SELECT 'version', title, outlet, url, author, published, NULL, replaced_at FROM earlier WHERE doc_id = $doc
        ORDER BY kind, replaced_at DESC LIMIT 1""",
        {"doc": doc_id},
    )
    return StandsFor(doc_id=doc_id, kind=row["kind"], replaced_at=row["replaced_at"], **_article(row))


def appearances(reader: Reader, doc_id: str) -> list[Appearance]:
    """The copies of a document, of its earlier versions too, the newest last."""
    rows = reader.rows(
        f"""{FAMILY} SELECT c.doc_id, c.title, c.outlet, c.url, c.author, c.published, c.share FROM copies c JOIN family f ON c.of_doc_id = f.doc_id
        WHERE c.doc_id <> f.root ORDER BY c.published NULLS LAST, c.outlet, c.doc_id""",
        {"docs": [doc_id]},
    )
    return [Appearance(doc_id=row["doc_id"], **_article(row)) for row in rows]


def counts(reader: Reader, doc_ids: Sequence[str]) -> dict[str, tuple[int, int]]:
    """For each document that has any: how many copies, and in how many outlets it stands with them."""
    rows = reader.rows(
        f"""{FAMILY} SELECT root, count(*) FILTER (copy) AS copies, count(DISTINCT nullif(outlet, '')) AS outlets FROM (
            SELECT f.root, c.outlet, TRUE AS copy FROM copies c JOIN family f ON c.of_doc_id = f.doc_id WHERE c.doc_id <> f.root
            UNION ALL SELECT d.doc_id, d.outlet, FALSE FROM documents d WHERE d.doc_id IN (SELECT unnest($docs))
        ) GROUP BY root HAVING count(*) > 1""",
        {"docs": list(doc_ids)},
    )
    return {row["root"]: (row["copies"], row["outlets"]) for row in rows}


def _article(row: dict[str, Any]) -> dict[str, Any]:
    texts = {name: row[name] or "" for name in ("title", "outlet", "url", "author")}
    return {**texts, "published": row["published"], "share": row["share"]}
