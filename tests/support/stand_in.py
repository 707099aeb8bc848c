"""A coder for the tests of everything behind the analysis: simple rules, every field of an event filled.

It finds the words أدانت (ACCUSE), رفضت (REJECT) and قتل (ASSAULT); the word after one is the actor, the next but one the
recipient. It lives in a module of its own because worker processes import it.
"""

from __future__ import annotations

import datetime as dt
import os
import re

import msgspec

from waqai.document import (
    Casualties,
    CoreferenceChain,
    Document,
    Entity,
    Event,
    Evidence,
    Interval,
    Mention,
    Participant,
    Place,
    PlaceReference,
    Quotation,
    Sentence,
    Source,
    Span,
    TimeExpression,
    Trigger,
)
from waqai.engines import Work, worker
from waqai.knowledge.loader import Resources
from waqai.knowledge.ontology import Ontology
from waqai.records import Converter

TEXT = (
    "أعلنت الوزارة أمس: «لن نقبل».\n"
    "رفضت القاهرة مقترح الدوحة الثلاثاء في الخرطوم، بحسب دبلوماسي.\n"
    "أدانت أنقرة الهجوم في بيروت."
)
TITLE = "رفضت بغداد طلب واشنطن"
_TYPES = {"أدانت": ("ACCUSE", ("disapprove",)), "رفضت": ("REJECT", ("yield",)), "قتل": ("ASSAULT", ())}
_WORD = re.compile(r"\w+")
_PLACE = Place("g1", "الخرطوم", "Khartoum", "SDN", "city", 15.55, 32.53, 379252)


class StandIn:
    """Codes a document with the rules above."""

    def code(self, document: Document) -> Document:
        headline = None
        if document.title and document.part == "text":
            headline = self.code(
                Document(id=document.id, text=document.title, part="title", published=document.published)
            )
        lines = list(re.finditer(r"[^\n]+", document.text))
        sentences = tuple(Sentence(i, Span(*line.span()), "body") for i, line in enumerate(lines))
        events = tuple(event for sentence in sentences for event in _events(document, sentence))
        chains = tuple(CoreferenceChain((who.mention,), who.entity) for event in events for who in event.actors)
        quotations = tuple(said for sentence in sentences for said in _quotations(document, sentence))
        return msgspec.structs.replace(
            document, sentences=sentences, events=events, chains=chains, quotations=quotations, headline=headline
        )


class Breaking(StandIn):
    """Raises on one text, and ends its process on another."""

    def code(self, document: Document) -> Document:
        if "يرفع خطأ" in document.text:
            raise RuntimeError("as asked")
        if "يقتل العملية" in document.text:
            os._exit(9)
        return super().code(document)


def make_work() -> Work:
    """Work with the stand-in."""
    return worker(StandIn(), Converter(Ontology.load(Resources()), "waqai test"))


def make_breaking_work() -> Work:
    """Work that raises, and worse."""
    return worker(Breaking(), Converter(Ontology.load(Resources()), "waqai test"))


def broken_work() -> Work:
    """Cannot be built: the process ends at once."""
    os._exit(3)


def raising_work() -> Work:
    """Cannot be built, and says why."""
    raise KeyError("no such row")


def coded() -> Document:
    """A coded article with a headline, three sentences, three events and a quotation."""
    document = Document(
        id="a1", text=TEXT, title=TITLE, outlet="وكالة أ", published=dt.date(2019, 4, 19), credit=("AFP",)
    )
    return StandIn().code(document)


def _participant(span: Span, sentence: int, document: Document) -> Participant:
    name = document.text_of(span)
    entity = Entity(f"local:{name}", "country", name, "Egypt" if name == "القاهرة" else "", "EGY", "GOV")
    return Participant(
        Mention(span, span, sentence, "name"), entity, (Evidence("actor", "rule", "subject after verb", spans=(span,)),)
    )


def _events(document: Document, sentence: Sentence) -> list[Event]:
    words = [Span(*word.span()) for word in _WORD.finditer(document.text, sentence.span.start, sentence.span.end)]
    found = []
    for index, span in enumerate(words):
        known = _TYPES.get(document.text_of(span))
        if known is None:
            continue
        after = words[index + 1 : index + 4]
        found.append(
            Event(
                sentence=sentence.index,
                trigger=Trigger(span, document.text_of(span)),
                type=known[0],
                modes=known[1],
                frame="reject.refuse",
                contexts=("diplomatic",),
                actors=tuple(_participant(who, sentence.index, document) for who in after[:1]),
                recipients=tuple(_participant(who, sentence.index, document) for who in after[2:3]),
                about=after[1] if len(after) > 1 else None,
                attribution=_sources(document, sentence),
                time=_time(document, sentence),
                place=_place(document, sentence),
                casualties=Casualties(killed=3) if known[0] == "ASSAULT" else Casualties(),
                confidence=0.9 if known[0] == "REJECT" else 0.6,
                evidence=(
                    Evidence("type", "frame", "reject.refuse", 0.9, (span,)),
                    Evidence("type", "model", "tagger", 0.88),
                ),
            )
        )
    return found


def _find(document: Document, sentence: Sentence, word: str) -> Span | None:
    start = document.text.find(word, sentence.span.start, sentence.span.end)
    return None if start < 0 else Span(start, start + len(word))


def _sources(document: Document, sentence: Sentence) -> tuple[Source, ...]:
    who, cue = _find(document, sentence, "دبلوماسي"), _find(document, sentence, "بحسب")
    return (Source(_participant(who, sentence.index, document), cue, "بحسب", True),) if who and cue else ()


def _time(document: Document, sentence: Sentence) -> TimeExpression | None:
    span = _find(document, sentence, "الثلاثاء")
    day = dt.date(2019, 4, 16)
    if span is None:
        return None
    return TimeExpression(span, "weekday", Interval(day, day, "day") if document.published else None)


def _place(document: Document, sentence: Sentence) -> PlaceReference | None:
    span = _find(document, sentence, "الخرطوم")
    if span is not None:
        return PlaceReference(span, _PLACE, sentence.index)
    span = _find(document, sentence, "بيروت")
    return None if span is None else PlaceReference(span, None, sentence.index)


def _quotations(document: Document, sentence: Sentence) -> list[Quotation]:
    start, end = (document.text.find(mark, sentence.span.start, sentence.span.end) for mark in "«»")
    if start < 0 or end < 0:
        return []
    who, cue = _find(document, sentence, "الوزارة"), _find(document, sentence, "أعلنت")
    chain = (Source(_participant(who, sentence.index, document), cue, "أعلن"),) if who and cue else ()
    return [Quotation(Span(start + 1, end), "direct", chain, sentence.index)]
