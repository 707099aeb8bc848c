"""Documents to records: the bridge between the world of spans and the world of rows."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec

from waqai.document import (
    Document,
    Entity,
    Event,
    Evidence,
    Mention,
    Participant,
    PlaceReference,
    Quotation,
    Sentence,
    Source,
    Span,
    TimeExpression,
)
from waqai.knowledge.ontology import Ontology
from waqai.records.rows import (
    ActorRecord,
    CasualtiesRecord,
    DocumentRecord,
    EntityRecord,
    EventRecord,
    MentionRecord,
    PlaceRecord,
    QuotationRecord,
    Records,
    SentenceRecord,
    SourceRecord,
    SpanRecord,
    TimeRecord,
    TriggerRecord,
    WordsRecord,
)


class Converter:
    """Makes the records of coded documents. `coder` names the version that coded them and stands in every event."""

    def __init__(self, ontology: Ontology, coder: str) -> None:
        self.ontology, self.coder = ontology, coder

    def records(self, document: Document) -> Records:
        """All rows of a document and of its headline. Layers that were not computed give no rows."""
        parts = (document,) if document.headline is None else (document.headline, document)
        sentences = tuple(row for part in parts for row in _sentences(part, document.id))
        events = tuple(row for part in parts for row in self._events(part, document.id))
        quotations = tuple(_quotation(part, said, document.id) for part in parts for said in part.quotations or ())
        return Records(
            document=self._document(document, len(sentences), len(events), len(quotations)),
            sentences=sentences,
            entities=tuple(_entities(parts, document.id)),
            events=events,
            quotations=quotations,
        )

    def _document(self, document: Document, sentences: int, events: int, quotations: int) -> DocumentRecord:
        return DocumentRecord(
            doc_id=document.id,
            text_hash=text_hash(document),
            coder=self.coder,
            title=document.title,
            url=document.url,
            outlet=document.outlet,
            author=document.author,
            published=document.published.isoformat() if document.published else None,
            language=document.language,
            credit=document.credit,
            text=document.text,
            sentences=sentences,
            events=events,
            quotations=quotations,
        )

    def _events(self, part: Document, doc_id: str) -> Iterator[EventRecord]:
        seen: Counter[str] = Counter()
        for event in part.events or ():
            key = event_key(doc_id, part.part, event)
            seen[key] += 1
            # Two events of one type on the same words are rare; the second must still have a name of its own.
            event_id = _digest(key if seen[key] == 1 else f"{key}|{seen[key]}")
            yield self._event(part, event, doc_id, event_id)

    def _event(self, part: Document, event: Event, doc_id: str, event_id: str) -> EventRecord:
        contexts = self.ontology.all_contexts(event.modes, event.contexts)
        words = _words(part, event.trigger.span)
        return EventRecord(
            event_id=event_id,
            doc_id=doc_id,
            event_type=event.type,
            modes=event.modes,
            contexts=contexts,
            quad=self.ontology.quad(event.type),
            intensity=self.ontology.intensity(event.type, event.modes),
            cameo=self.ontology.cameo(event.type, event.modes, contexts, event.frame),
            part=part.part,
            sentence=event.sentence,
            sentence_span=_sentence_span(part, event),
            trigger=TriggerRecord(words.text, words.start, words.end, event.trigger.lemma),
            actors=tuple(_actor(part, who) for who in event.actors),
            recipients=tuple(_actor(part, who) for who in event.recipients),
            object=None if event.about is None else _words(part, event.about),
            polarity=event.polarity,
            modality=event.modality,
            attribution=tuple(_source(part, source) for source in event.attribution),
            time=None if event.time is None else _time(part, event.time),
            place=None if event.place is None else _place(part, event.place),
            casualties=CasualtiesRecord(event.casualties.killed, event.casualties.injured),
            confidence=round(event.confidence, 3),
            evidence=_evidence(event),
            coder=self.coder,
        )


def text_hash(document: Document) -> str:
    """A hash of everything that the coding of a document depends on: 32 hexadecimal digits."""
    published = document.published.isoformat() if document.published else ""
    parts = (document.text, document.title, published, document.outlet, document.url, document.author)
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def event_key(doc_id: str, part: str, event: Event) -> str:
    """What the identifier of an event is made from: document, part, words of the trigger, type."""
    return f"{doc_id}|{part}|{event.trigger.span.start}|{event.trigger.span.end}|{event.type}"


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _words(part: Document, span: Span) -> WordsRecord:
    return WordsRecord(part.text_of(span), span.start, span.end)


def _sentence_span(part: Document, event: Event) -> SpanRecord:
    sentences = part.sentences or ()
    span = sentences[event.sentence].span if event.sentence < len(sentences) else Span(0, len(part.text))
    return SpanRecord(span.start, span.end)


def _actor(part: Document, who: Participant) -> ActorRecord:
    span, entity = who.mention.span, who.entity
    return ActorRecord(
        text=part.text_of(span),
        start=span.start,
        end=span.end,
        entity_id=entity.id,
        kind=entity.kind,
        name_ar=entity.name_ar,
        name_en=entity.name_en,
        country=entity.country,
        sector=entity.sector,
        role=entity.role,
    )


def _source(part: Document, source: Source) -> SourceRecord:
    actor = _actor(part, source.participant)
    return SourceRecord(**msgspec.structs.asdict(actor), cue=source.cue_lemma, anonymous=source.anonymous)


def _time(part: Document, time: TimeExpression) -> TimeRecord:
    days = time.interval
    return TimeRecord(
        text=part.text_of(time.span),
        start=time.span.start,
        end=time.span.end,
        from_=days.first.isoformat() if days else None,
        to=days.last.isoformat() if days else None,
        precision=days.precision if days else None,
    )


def _place(part: Document, reference: PlaceReference) -> PlaceRecord:
    span, place = reference.span, reference.place
    text = part.text_of(span)
    if place is None:
        return PlaceRecord(text, span.start, span.end, None, None, None, None, None, None)
    return PlaceRecord(
        text,
        span.start,
        span.end,
        place.name_ar,
        place.name_en,
        place.country,
        place.latitude,
        place.longitude,
        place.geonames_id,
    )


def _evidence(event: Event) -> tuple[str, ...]:
    """The evidence of the event and of its participants as strings, without repetition: "frame:reject.support"."""
    participants = [evidence for who in (*event.actors, *event.recipients) for evidence in who.evidence]
    return tuple(dict.fromkeys(evidence_string(evidence) for evidence in (*event.evidence, *participants)))


def evidence_string(evidence: Evidence) -> str:
    """One piece of evidence: the model by its score, the rest by name."""
    if evidence.kind == "model" and evidence.score is not None:
        return f"model:{evidence.score:.2f}"
    return f"{evidence.kind}:{evidence.name}"


def _quotation(part: Document, said: Quotation, doc_id: str) -> QuotationRecord:
    speaker = said.speaker
    cue = None
    if speaker is not None:
        words = _words(part, speaker.cue)
        cue = TriggerRecord(words.text, words.start, words.end, speaker.cue_lemma)
    return QuotationRecord(
        doc_id=doc_id,
        text=part.text_of(said.span),
        start=said.span.start,
        end=said.span.end,
        kind=said.kind,
        speaker=None if speaker is None else _actor(part, speaker.participant),
        chain=tuple(_source(part, source) for source in said.chain),
        cue=cue,
        sentence=said.sentence,
        part=part.part,
    )


def _sentences(part: Document, doc_id: str) -> Iterator[SentenceRecord]:
    for sentence in part.sentences or ():
        yield _sentence(part, sentence, doc_id)


def _sentence(part: Document, sentence: Sentence, doc_id: str) -> SentenceRecord:
    words = _words(part, sentence.span)
    return SentenceRecord(words.text, words.start, words.end, doc_id, part.part, sentence.index, sentence.role)


def _entities(parts: Iterable[Document], doc_id: str) -> Iterator[EntityRecord]:
    """One row an entity, of the chains and of the participants that stand in no chain, in order of first mention."""
    found: dict[str, tuple[Entity, list[MentionRecord]]] = {}
    for part in parts:
        for entity, mention in _mentions(part):
            record = _mention(part, mention)
            known = found.setdefault(entity.id, (entity, []))[1]
            if record not in known:
                known.append(record)
    for entity, mentions in found.values():
        yield EntityRecord(
            doc_id,
            entity.id,
            entity.kind,
            entity.name_ar,
            entity.name_en,
            entity.country,
            entity.sector,
            entity.role,
            entity.wikidata,
            tuple(mentions),
        )


def _mentions(part: Document) -> Iterator[tuple[Entity, Mention]]:
    for chain in part.chains or ():
        for mention in chain.mentions:
            yield chain.entity, mention
    for event in part.events or ():
        for who in (*event.actors, *event.recipients, *(source.participant for source in event.attribution)):
            yield who.entity, who.mention
    for said in part.quotations or ():
        for source in said.chain:
            yield source.participant.entity, source.participant.mention


def _mention(part: Document, mention: Mention) -> MentionRecord:
    words = _words(part, mention.span)
    return MentionRecord(words.text, words.start, words.end, mention.kind, mention.sentence, part.part)
