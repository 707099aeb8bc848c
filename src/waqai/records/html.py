"""A coded document as HTML: right to left, the words of each event marked, safe with hostile text.

One self-contained fragment with its own colours, light and dark, for notebooks and reports. No script, no address.
"""

from __future__ import annotations

from html import escape
from typing import Any

from waqai.document import Document, Event, Span
from waqai.records.slots import Slot, slots_of

_STYLE = """
.waqai{direction:rtl;font:1rem/1.9 "Noto Naskh Arabic","Amiri","Geeza Pro",serif;max-width:70ch;unicode-bidi:isolate}
.waqai mark{background:#0000;color:inherit;border-bottom:.16em solid}
.waqai .type{border-color:#c0392b}.waqai .actor{border-color:#1e8449}.waqai .recipient{border-color:#2874a6}
.waqai .object{border-color:#148f77}.waqai .attribution,.waqai .cue{border-color:#8e44ad}
.waqai .time,.waqai .place{border-color:#b9770e}
.waqai ul{list-style:none;margin:.2rem 0 1rem;padding:0;font-size:.85em}.waqai li{margin:.1rem 0}
.waqai bdi{unicode-bidi:isolate}.waqai .codes{opacity:.7}
"""


def document_html(document: Document) -> str:
    """The sentences of a document that report something, with their events; the whole text when it was not coded."""
    parts = [part for part in (document.headline, document) if part is not None]
    sections = [section for part in parts for section in _sections(part)]
    title = f'<p><strong lang="ar">{escape(document.title)}</strong></p>' if document.title else ""
    if not sections:
        sections = [f'<p lang="ar">{escape(document.text)}</p>']
    return f'<div class="waqai" dir="rtl" lang="ar"><style>{_STYLE}</style>{title}{"".join(sections)}</div>'


def _sections(part: Document) -> list[str]:
    found = []
    for sentence in part.sentences or ():
        events = [event for event in part.events or () if event.sentence == sentence.index]
        if events:
            marked = _marked(part, sentence.span, [slot for event in events for slot in slots_of(event)])
            lines = "".join(f"<li>{_line(part, event)}</li>" for event in events)
            found.append(f'<p lang="ar">{marked}</p><ul>{lines}</ul>')
    return found


def _marked(part: Document, span: Span, slots: list[Slot]) -> str:
    """The sentence with one mark around each stretch of characters that has the same slot; the first slot wins."""
    owner: dict[int, Slot] = {}
    for slot in slots:
        if slot.span is not None:
            for place in range(max(slot.span.start, span.start), min(slot.span.end, span.end)):
                owner.setdefault(place, slot)
    pieces, start = [], span.start
    while start < span.end:
        end = start + 1
        while end < span.end and owner.get(end) is owner.get(start):
            end += 1
        words, claimed = escape(part.text[start:end]), owner.get(start)
        if claimed is None:
            pieces.append(words)
        else:
            why = escape(f"{claimed.name}: {claimed.value} {'; '.join(claimed.reasons)}".strip(), quote=True)
            pieces.append(f'<mark class="{claimed.name}" title="{why}">{words}</mark>')
        start = end
    return "".join(pieces)


def _line(part: Document, event: Event) -> str:
    actors = "، ".join(part.text_of(who.mention.span) for who in event.actors) or "؟"
    recipients = "، ".join(part.text_of(who.mention.span) for who in event.recipients)
    status = ", ".join(word for word in (event.polarity, event.modality) if word not in {"affirmed", "actual"})
    codes = " ".join([event.type, *event.modes]) + (f" ({status})" if status else "") + f" {event.confidence:.2f}"
    people = f"<bdi>{escape(actors)}</bdi>" + (f" ← <bdi>{escape(recipients)}</bdi>" if recipients else "")
    return f'<bdi class="codes" dir="ltr" lang="en">{escape(codes)}</bdi> {people}'


class Page:
    """A document as a notebook shows it: the last line of a cell, `waqai.show(document)`, gives the picture."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def _repr_html_(self) -> str:
        return document_html(self.document)

    def __repr__(self) -> str:
        return f"<document {self.document.id}: {len(self.document.events or ())} events>"


def show(document: Document) -> Page:
    """The document as a page for notebooks."""
    return Page(document)


def load_ipython_extension(ipython: Any) -> None:
    """`%load_ext waqai` in a notebook: from then on every document shows as its page."""
    ipython.display_formatter.formatters["text/html"].for_type(Document, document_html)
