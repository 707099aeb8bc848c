"""Who and where the words of a reviewer mean: first as the article has it, then as the store, then as the knowledge."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import msgspec

from waqai.document import Entity
from waqai.errors import UsageError
from waqai.knowledge.actors import ActorBase
from waqai.records.rows import ActorRecord, PlaceRecord, WordsRecord
from waqai.review.corrections import Article, Part
from waqai.server.questions.places import Levels
from waqai.store import Reader

_ENTITY = "SELECT entity_id, kind, name_ar, name_en, country, sector, role FROM entities"


class Directory:
    """Answers for one article. Entities are as of its day of publication."""

    def __init__(self, reader: Reader, doc_id: str, published: dt.date | None, actors: ActorBase, levels: Levels) -> None:
        self.reader, self.doc_id, self.published, self.actors, self.levels = reader, doc_id, published, actors, levels

    def entity(self, entity_id: str, words: WordsRecord) -> ActorRecord | None:
        """The entity of an identifier, bound to these words; None when nobody knows it."""
        values = {"id": entity_id, "doc": self.doc_id}
        row = self.reader.row(f"{_ENTITY} WHERE entity_id = $id AND doc_id = $doc LIMIT 1", values)
        if row:
            return _bound(row, words)
        known = self.actors.entities.get(entity_id)
        if known is not None:
            return _bound(self._as_of_then(known), words)
        if entity_id.startswith("local:"):
            return None
        row = self.reader.row(f"{_ENTITY} WHERE entity_id = $id LIMIT 1", {"id": entity_id})
        return _bound({**row, "role": None}, words) if row else None

    def named(self, words: WordsRecord, part: Part) -> ActorRecord:
        """Whom words mean: the mention at their place, else the actor of that name, else somebody known only here."""
        row = self.reader.row(
            "SELECT entity_id FROM mentions WHERE doc_id = $doc AND part = $part AND start_char = $start AND end_char = $end LIMIT 1",
            {"doc": self.doc_id, "part": part, "start": words.start, "end": words.end},
        )
        found = self.entity(row["entity_id"], words) if row else None
        if found is not None:
            return found
        known = self.actors.find(words.text)
        if known:
            return _bound(self._as_of_then(known[0]), words)
        local = {"entity_id": f"local:{words.text}", "kind": "unknown", "name_ar": words.text, "role": None}
        return _bound(local, words)

    def place(self, words: WordsRecord) -> PlaceRecord:
        """The likeliest place of these words, without an entry where none has the name."""
        found = next(iter(self.levels.gazetteer.candidates(words.text)), None)
        if found is None:
            return PlaceRecord(words.text, words.start, words.end, None, None, None, None, None, None)
        return PlaceRecord(
            words.text, words.start, words.end, found.name_ar, found.name_en, found.country, found.latitude, found.longitude, found.geonames_id
        )

    def _as_of_then(self, entity: Entity) -> dict[str, Any]:
        tenure = self.actors.tenure_at(entity.id, self.published)
        return {
            "entity_id": entity.id, "kind": entity.kind, "name_ar": entity.name_ar, "name_en": entity.name_en, "country": entity.country,
            "sector": entity.sector, "role": tenure.title if tenure else entity.role,
        }


def article(reader: Reader, doc_id: str) -> tuple[Article, dt.date | None, str]:
    """The text of a document with its sentences, its day and its outlet. UsageError when there is none of that identifier."""
    row = reader.row("SELECT title, text, published, outlet FROM documents WHERE doc_id = $doc", {"doc": doc_id})
    if not row:
        raise UsageError("WQ-703", "there is no such document.", where=doc_id, advice="Search for it: GET /api/v1/documents.")
    found = reader.rows("SELECT part, sentence, start_char, end_char FROM sentences WHERE doc_id = $doc ORDER BY start_char", {"doc": doc_id})
    sentences = tuple((r["part"], r["sentence"], r["start_char"], r["end_char"]) for r in found)
    return Article(doc_id, row["title"] or "", row["text"] or "", sentences), row["published"], row["outlet"] or ""


def _bound(row: Mapping[str, Any], words: WordsRecord) -> ActorRecord:
    texts = {name: row.get(name) or "" for name in ("entity_id", "kind", "name_ar", "name_en", "country", "sector")}
    return msgspec.convert({**msgspec.structs.asdict(words), **texts, "role": row.get("role")}, ActorRecord)
