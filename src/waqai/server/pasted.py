"""A coded article that is in no store, in the shape of one that is."""

from __future__ import annotations

from typing import Any

import msgspec

from waqai.records import Records
from waqai.server.questions.documents import paragraphs
from waqai.server.shapes import Document


def as_document(records: Records) -> Document:
    """The records of a document as the API shows documents."""
    article = records.document
    plain: dict[str, Any] = msgspec.to_builtins(records)
    around = {"published": article.published, "outlet": article.outlet, "title": article.title, "url": article.url, "review": None}
    events = []
    for event, record in zip(plain["events"], records.events, strict=True):
        text = article.title if record.part == "title" else article.text
        day = record.time.from_ if record.time and record.time.from_ else article.published
        sentence = text[record.sentence_span.start : record.sentence_span.end]
        events.append({**event, **around, "day": day, "sentence_text": sentence})
    events.sort(key=lambda event: (event["part"] == "text", event["trigger"]["start"]))
    entities = [{**entity, "resolved": not entity["entity_id"].startswith("local:")} for entity in plain["entities"]]
    return Document.model_validate({
        **plain["document"], "paragraphs": paragraphs(article.text), "sentences": plain["sentences"], "events": events, "rejected": [],
        "quotations": plain["quotations"], "entities": entities, "stands_for": None, "copies": [], "versions": 0,
    })
