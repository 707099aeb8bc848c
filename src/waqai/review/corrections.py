"""What a reviewer changes about an event: a record in, a record out, with all that follows from the change."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, Literal, Protocol

import msgspec

from waqai.errors import UsageError
from waqai.knowledge.ontology import Ontology
from waqai.records.rows import (
    ActorRecord,
    CasualtiesRecord,
    EventRecord,
    PlaceRecord,
    SourceRecord,
    SpanRecord,
    TimeRecord,
    TriggerRecord,
    WordsRecord,
)

Part = Literal["text", "title"]


class At(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Characters `start` up to, not including, `end`, of the part that the event stands in."""

    start: int
    end: int


class WhoAt(At, frozen=True, forbid_unknown_fields=True):
    """A participant: its words and, where the reviewer chose it, its entity. `anonymous` and `cue` are for speakers."""

    entity_id: str = ""
    anonymous: bool | None = None
    cue: str | None = None


class WhenAt(At, frozen=True, forbid_unknown_fields=True):
    """A time: its words and the days they mean, ISO 8601, null where that cannot be said."""

    from_: str | msgspec.UnsetType | None = msgspec.field(name="from", default=msgspec.UNSET)
    to: str | msgspec.UnsetType | None = msgspec.UNSET


class Changes(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What shall be otherwise; what is UNSET stays. A list of participants is the whole new list."""

    part: Part = "text"
    event_type: str | msgspec.UnsetType = msgspec.UNSET
    modes: tuple[str, ...] | msgspec.UnsetType = msgspec.UNSET
    trigger: At | msgspec.UnsetType = msgspec.UNSET
    actors: tuple[WhoAt, ...] | msgspec.UnsetType = msgspec.UNSET
    recipients: tuple[WhoAt, ...] | msgspec.UnsetType = msgspec.UNSET
    attribution: tuple[WhoAt, ...] | msgspec.UnsetType = msgspec.UNSET
    object: At | msgspec.UnsetType | None = msgspec.UNSET
    polarity: Literal["affirmed", "negated"] | msgspec.UnsetType = msgspec.UNSET
    modality: Literal["actual", "future", "hypothetical"] | msgspec.UnsetType = msgspec.UNSET
    place: At | msgspec.UnsetType | None = msgspec.UNSET
    time: WhenAt | msgspec.UnsetType | None = msgspec.UNSET
    killed: int | msgspec.UnsetType | None = msgspec.UNSET
    injured: int | msgspec.UnsetType | None = msgspec.UNSET


class Directory(Protocol):
    """Who and where words mean, for an article: the store and the knowledge answer."""

    def entity(self, entity_id: str, words: WordsRecord) -> ActorRecord | None:
        """The entity of an identifier, bound to these words; None when nobody knows it."""
        ...

    def named(self, words: WordsRecord, part: Part) -> ActorRecord:
        """Whom words mean where the reviewer did not say."""
        ...

    def place(self, words: WordsRecord) -> PlaceRecord:
        """The place that words mean, without an entry where none fits."""
        ...


class Article(msgspec.Struct, frozen=True):
    """The text that an event stands in: `sentences` are part, index, start, end."""

    doc_id: str
    title: str
    text: str
    sentences: tuple[tuple[str, int, int, int], ...]

    def words(self, at: At, part: Part) -> WordsRecord:
        """The words of a span, blanks at its edges left out. UsageError when it lies outside or is blank."""
        whole = self.title if part == "title" else self.text
        text = whole[at.start : at.end] if 0 <= at.start < at.end <= len(whole) else ""
        if not text.strip():
            raise UsageError("WQ-630", f"characters {at.start} to {at.end} are no words of the {part}.", advice="Select the words again.")
        start = at.start + len(text) - len(text.lstrip())
        return WordsRecord(text.strip(), start, start + len(text.strip()))

    def sentence(self, at: WordsRecord, part: Part) -> tuple[int, SpanRecord]:
        """The sentence in which words begin: its index and span."""
        for where, index, start, end in self.sentences:
            if where == part and start <= at.start < end:
                return index, SpanRecord(start, end)
        raise UsageError("WQ-631", "these words stand in no sentence.", where=at.text[:40])


def accepted(event: EventRecord) -> EventRecord:
    """An event that a person found right: it is certain, and says so."""
    return _reviewed(event, "accept")


def corrected(event: EventRecord, changes: Changes, article: Article, directory: Directory, ontology: Ontology) -> EventRecord:
    """The event with the changes and what follows from them: sentence, quad class, intensity, CAMEO code.

    UsageError for spans outside the text, types or modes that do not exist, entities that nobody knows.
    """
    new: dict[str, Any] = {
        name: getattr(changes, name) for name in ("polarity", "modality") if getattr(changes, name) is not msgspec.UNSET
    }
    if isinstance(changes.trigger, At):
        words = article.words(changes.trigger, event.part)
        index, span = article.sentence(words, event.part)
        new |= {"trigger": TriggerRecord(words.text, words.start, words.end, words.text), "sentence": index, "sentence_span": span}
    for slot in ("actors", "recipients"):
        wanted = getattr(changes, slot)
        if wanted is not msgspec.UNSET:
            new[slot] = tuple(_who(who, event.part, article, directory) for who in wanted)
    if changes.attribution is not msgspec.UNSET:
        assert isinstance(changes.attribution, tuple)
        new["attribution"] = tuple(_source(who, event, article, directory) for who in changes.attribution)
    if changes.object is not msgspec.UNSET:
        new["object"] = article.words(changes.object, event.part) if isinstance(changes.object, At) else None
    new |= _circumstances(event, changes, article, directory)
    return _reviewed(_coded(msgspec.structs.replace(event, **new), changes, ontology), "correct")


def added(changes: Changes, article: Article, directory: Directory, ontology: Ontology, key: str) -> EventRecord:
    """An event that the coder missed, from type and trigger at least; `key` makes its identifier."""
    if not isinstance(changes.trigger, At) or changes.event_type is msgspec.UNSET:
        raise UsageError("WQ-632", "an event needs a type and the words of its trigger.")
    words = article.words(changes.trigger, changes.part)
    index, span = article.sentence(words, changes.part)
    name = hashlib.sha256(f"{article.doc_id}|review|{key}".encode()).hexdigest()[:16]
    blank = EventRecord(
        event_id=name, doc_id=article.doc_id, event_type="", modes=(), contexts=(), quad=None, intensity=None, cameo=None, part=changes.part,
        sentence=index, sentence_span=span, trigger=TriggerRecord(words.text, words.start, words.end, words.text), actors=(), recipients=(),
        object=None, polarity="affirmed", modality="actual", attribution=(), time=None, place=None, casualties=CasualtiesRecord(None, None),
        confidence=1.0, evidence=(), coder="review",
    )
    event = corrected(blank, changes, article, directory, ontology)
    return msgspec.structs.replace(event, evidence=("review:add",))


def _reviewed(event: EventRecord, action: str) -> EventRecord:
    evidence = tuple(each for each in event.evidence if not each.startswith("review:"))
    return msgspec.structs.replace(event, confidence=1.0, evidence=(*evidence, f"review:{action}"))


def _coded(event: EventRecord, changes: Changes, ontology: Ontology) -> EventRecord:
    """With type and modes as wanted, and the codes that hang on them."""
    if changes.event_type is msgspec.UNSET and changes.modes is msgspec.UNSET:
        return event
    kind = event.event_type if changes.event_type is msgspec.UNSET else str(changes.event_type)
    if kind not in ontology.types and kind != event.event_type:
        raise UsageError("WQ-633", f"there is no event type {kind!r}.", advice=f"There are {', '.join(sorted(ontology.types))}.")
    given = changes.modes if isinstance(changes.modes, tuple) else None
    modes = given if given is not None else tuple(mode for mode in event.modes if (kind, mode) in ontology.modes)
    strange = [mode for mode in modes if (kind, mode) not in ontology.modes and mode not in event.modes]
    if strange:
        known = ", ".join(name for of, name in ontology.modes if of == kind) or "none"
        raise UsageError("WQ-634", f"{kind} has no mode {strange[0]!r}.", advice=f"It has {known}.")
    contexts = ontology.all_contexts(modes, event.contexts)
    return msgspec.structs.replace(
        event, event_type=kind, modes=tuple(modes), contexts=contexts, quad=ontology.quad(kind), intensity=ontology.intensity(kind, modes),
        cameo=ontology.cameo(kind, modes, contexts),
    )


def _circumstances(event: EventRecord, changes: Changes, article: Article, directory: Directory) -> dict[str, Any]:
    new: dict[str, Any] = {}
    if changes.place is not msgspec.UNSET:
        new["place"] = directory.place(article.words(changes.place, event.part)) if isinstance(changes.place, At) else None
    if changes.time is not msgspec.UNSET:
        new["time"] = _time(changes.time, event, article) if isinstance(changes.time, WhenAt) else None
    numbers = {name: getattr(changes, name) for name in ("killed", "injured") if getattr(changes, name) is not msgspec.UNSET}
    if numbers:
        new["casualties"] = msgspec.structs.replace(event.casualties, **numbers)
    return new


def _time(when: WhenAt, event: EventRecord, article: Article) -> TimeRecord:
    words = article.words(when, event.part)
    old = event.time
    first, last = when.from_, when.to
    if first is msgspec.UNSET and last is msgspec.UNSET and old is not None and (old.start, old.end) == (words.start, words.end):
        return old
    first = None if first is msgspec.UNSET else first
    last = first if last is msgspec.UNSET else last
    if (first is None) != (last is None) or (first is not None and last is not None and first > last):
        raise UsageError("WQ-635", "a time has a first and a last day, in this order, or neither.", where="time")
    return TimeRecord(words.text, words.start, words.end, first, last, "day" if first is not None else None)


def _who(who: WhoAt, part: Part, article: Article, directory: Directory) -> ActorRecord:
    words = article.words(who, part)
    if not who.entity_id:
        return directory.named(words, part)
    found = directory.entity(who.entity_id, words)
    if found is None:
        raise UsageError("WQ-636", "nobody knows this entity.", where=who.entity_id[:60], advice="Choose one of GET review/entities.")
    return found


def _source(who: WhoAt, event: EventRecord, article: Article, directory: Directory) -> SourceRecord:
    actor = _who(who, event.part, article, directory)
    before = next((source for source in event.attribution if (source.start, source.end) == (actor.start, actor.end)), None)
    cue = who.cue if who.cue is not None else before.cue if before else ""
    hidden = who.anonymous if who.anonymous is not None else before.anonymous if before else False
    return SourceRecord(**{name: getattr(actor, name) for name in ActorRecord.__struct_fields__}, cue=cue, anonymous=hidden)


def changes_of(given: Mapping[str, Any]) -> Changes:
    """Changes as JSON gives them. UsageError for unknown fields and wrong types."""
    try:
        return msgspec.convert(given, Changes)
    except msgspec.ValidationError as error:
        raise UsageError("WQ-637", f"the changes cannot be read: {error}.") from error

