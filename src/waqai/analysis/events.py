"""The last stage: events, quotations and attributions of every sentence, with the discourse carried through the document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TypeVar

import msgspec

from waqai.analysis.attributions import Attributor, Carried, Content, content_span
from waqai.analysis.caution import unpolitical
from waqai.analysis.choice import Choice
from waqai.analysis.codes import state_of
from waqai.analysis.grammar import Grammar
from waqai.analysis.linking_home import Sighting
from waqai.analysis.participants import Discourse, Linking, tokens_of
from waqai.analysis.selection import Choosing
from waqai.analysis.stage import Stage
from waqai.analysis.times import times_by_sentence
from waqai.analysis.triggers import Candidate
from waqai.document import (
    Attribution,
    Casualties,
    Document,
    Event,
    Evidence,
    Participant,
    PlaceReference,
    Quotation,
    Sentence,
    Source,
    Span,
    TimeExpression,
    Trigger,
    cover,
    locate,
)
from waqai.encoder.network import Answered

_NO_COUNTRY = frozenset({"UNO", "EUR", "IGO", "NGO", "MNC", "IMG", "ISM"})
_ANNOUNCED_AGREE = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID"})
_TIME_REACH, _LIKELY = 32, 0.4
_BY_FORCE = frozenset({"ASSAULT", "MOBILIZE"})
_PLACE_WORDS = frozenset({"في", "قرب", "شمال", "جنوب", "شرق", "غرب", "وسط", "ب", "داخل", "بين", "من", "على", "خارج", "عند", "امام"})


class Tools(msgspec.Struct, frozen=True):
    """What the stage works with; all of it is stateless."""

    selector: Choosing
    attributor: Attributor
    linker: Linking
    contexts: Callable[[Sequence[str], str], tuple[str, ...]]
    casualties: Callable[[Sequence[str], int], Casualties]
    country: Callable[[Document], str]
    silent: Callable[[Document], bool]
    silent_sentence: Callable[[Sequence[str]], bool]


def events_stage(tools: Tools) -> Stage:
    """Adds `events`, `quotations` and `attributions`."""

    def run(document: Document) -> Document:
        reader = _Reader(tools, document)
        reader.read()
        return msgspec.structs.replace(
            document, events=tuple(reader.events), quotations=tuple(reader.quotations), attributions=tuple(reader.attributions)
        )

    return Stage("events", ("sentences", "genre", "times", "places", "parses"), ("events", "quotations", "attributions"), run)


class _Reader:
    """Reads one document from its first sentence to its last."""

    def __init__(self, tools: Tools, document: Document) -> None:
        self.tools, self.document = tools, document
        alone = len(document.sentences or ()) < 2
        home = home_country(tools, document)
        self.discourse = Discourse(tools.linker, document.text, document.published, home, alone=alone, genre=document.genre)
        self.times = times_by_sentence(document)
        self.places = _places_by_sentence(document)
        self.block_spans = [block.span for block in document.blocks or ()]
        self.silent = tools.silent(document) or unpolitical(document.genre)
        self.carried = Carried()
        self.block = -1
        self.events: list[Event] = []
        self.quotations: list[Quotation] = []
        self.attributions: list[Attribution] = []

    def read(self) -> None:
        for sentence, parse in zip(self.document.sentences or (), self.document.parses or (), strict=True):
            grammar = Grammar(sentence, parse)
            self._leave_block(sentence)
            contents, self.carried = self.tools.attributor.contents(grammar, self.discourse, self.carried)
            self._speech(grammar, contents)
            if not self.silent and not self.tools.silent_sentence([token.folded for token in grammar.tokens]):
                self._sentence(grammar, contents)
            self.discourse.remember(grammar)
        self.events = [self._named(event) for event in self.events]

    def _named(self, event: Event) -> Event:
        """The event with its participants under the fullest names of the document."""
        named = self.discourse.fully_named
        chain = tuple(msgspec.structs.replace(source, participant=named(source.participant)) for source in event.attribution)
        return msgspec.structs.replace(
            event, actors=tuple(map(named, event.actors)), recipients=tuple(map(named, event.recipients)), attribution=chain,
        )

    def _leave_block(self, sentence: Sentence) -> None:
        """A quotation that no mark has closed ends with its paragraph."""
        block = locate(self.block_spans, sentence.span)
        if block != self.block and self.carried.open_quotation:
            self.carried = msgspec.structs.replace(self.carried, open_quotation=False)
        self.block = block

    def _speech(self, grammar: Grammar, contents: list[Content]) -> None:
        for content in contents:
            if not content.sources or content.speech not in ("say", "continue", "deny", "believe", "report", "show"):
                continue
            chain, _ = self.tools.attributor.chain(contents, content.first)
            span = content_span(grammar, content)
            self.attributions.append(Attribution(span, chain or content.sources, grammar.sentence.index))
            kind = "direct" if content.direct else "mixed" if '"' in span.text(self.document.text) else "indirect"
            self.quotations.append(Quotation(span, kind, chain or content.sources, grammar.sentence.index))  # type: ignore[arg-type]

    def _sentence(self, grammar: Grammar, contents: list[Content]) -> None:
        found = self.tools.selector.choices(grammar, self.discourse, contents)
        seen = self.discourse.sightings(grammar, self.places[grammar.sentence.index]) if found else ()
        for item in found:
            self.events.append(self._event(grammar, item, contents, found, seen))

    def _event(self, grammar: Grammar, item: Choice, contents: list[Content], found: list[Choice], seen: Sequence[Sighting]) -> Event:
        candidate, arguments = item.candidate, item.arguments
        frame = candidate.frame
        polarity, modality = item.polarity, item.modality
        chain, denied = self.tools.attributor.chain(contents, candidate.token)
        if item.chain is not None:
            chain = item.chain
        elif denied:
            polarity = "negated"
        own = {p.entity.id for p in arguments.actors} if len(chain) == 1 and frame.governs else set()
        chain = tuple(source for source in chain if source.participant.entity.id not in own or len(chain) > 1)
        event_type, modes = _announced(frame.type, frame.modes, modality) if item.answer is None else (frame.type, frame.modes)
        words = [token.folded for token in grammar.tokens]
        undated = ["-" if tag == "time" else word for word, tag in zip(words, grammar.tags, strict=True)]
        place = self._place(grammar, item, found)
        there = place.place.country if place and place.place else ""
        actors, recipients = (
            tuple(self.discourse.at_home(grammar, p, seen, there, state_of(grammar, p, item.answer)) for p in side)
            for side in (arguments.actors, arguments.recipients)
        )
        if event_type in _BY_FORCE:
            actors = tuple(map(_by_forces, actors))
        time = self._time(grammar, candidate.token, item.answer)
        trigger = item.trigger or _trigger_span(grammar, candidate)
        return Event(
            sentence=grammar.sentence.index, trigger=Trigger(trigger, candidate.reading.lemma), type=event_type, frame=frame.id, modes=modes,
            contexts=self.tools.contexts(words, event_type), actors=actors, recipients=recipients, about=arguments.about,
            polarity=polarity, modality=modality, attribution=chain, time=time, place=place,
            casualties=self.tools.casualties(undated, candidate.token) if event_type == "ASSAULT" else Casualties(),
            confidence=_confidence(item, self.discourse), evidence=_evidence(item, trigger, chain),
        )

    def _time(self, grammar: Grammar, token: int, answer: Answered | None) -> TimeExpression | None:
        """The time expression that the network sees with the predicate, or else the nearest, those in other clauses last."""
        if answer is not None:
            return _likeliest(grammar, self.times[grammar.sentence.index], answer.roles["time"])
        clause_of = grammar.parse.clause_of
        near: list[tuple[int, TimeExpression]] = []
        for time in self.times[grammar.sentence.index]:
            found = grammar.token_at(time.span.start)
            at = token if found is None else found
            crossed = sum(1 for v in grammar.verbs if min(at, token) < v < max(at, token))
            stops = 4 * (clause_of[at] != clause_of[token])
            near.append((abs(at - token) + 6 * crossed + stops, time))
        best = min(near, key=lambda pair: pair[0], default=None)
        return best[1] if best is not None and best[0] <= _TIME_REACH else None

    def _place(self, grammar: Grammar, item: Choice, found: list[Choice]) -> PlaceReference | None:
        """The place that the network sees with the predicate, or else the nearest behind a preposition of place that is nobody's name in a slot."""
        token = item.candidate.token
        if item.answer is not None:
            places = self.places[grammar.sentence.index]
            return _likeliest(grammar, places, item.answer.roles["place"]) or _visited(item, places) or _behind_the_sides(grammar, item, places)
        acting = [
            p.mention.span for item in found for p in (*item.arguments.actors, *(() if "visit" in item.candidate.frame.modes else item.arguments.recipients))
        ]
        best: tuple[int, PlaceReference] | None = None
        for place in self.places[grammar.sentence.index]:
            if any(span.overlaps(place.span) for span in acting):
                continue
            at = grammar.token_at(place.span.start)
            if at is None or not _located(grammar, at):
                continue
            distance = at - token if at > token else 12 + token - at
            if best is None or distance < best[0]:
                best = (distance, place)
        return best[1] if best is not None and best[0] < 26 else None


def home_country(tools: Tools, document: Document) -> str:
    """The country of bare institutions in a document: that of most places, or else of most of those named."""
    country = tools.country(document)
    if country:
        return country
    counts: Counter[str] = Counter()
    for sentence, parse in zip(document.sentences or (), document.parses or (), strict=True):
        for phrase in parse.phrases:
            words = [token.folded for token in sentence.tokens[phrase.first : phrase.last + 1]]
            named = tools.linker.link(words, None).country
            if len(named) == 3 and named not in _NO_COUNTRY:
                counts[named] += 1
    return max(counts, key=lambda c: (counts[c], c), default="")


def _by_forces(participant: Participant) -> Participant:
    """A country that attacks does so by its armed forces."""
    entity = participant.entity
    return msgspec.structs.replace(participant, entity=msgspec.structs.replace(entity, sector="MIL")) if entity.kind == "country" else participant


def _visited(item: Choice, places: Sequence[PlaceReference]) -> PlaceReference | None:
    """Where a visit leads when its host is a town."""
    hosts = [p.mention.span for p in item.arguments.recipients] if "visit" in item.candidate.frame.modes else []
    return next((place for place in places if any(place.span.overlaps(host) for host in hosts)), None)


def _behind_the_sides(grammar: Grammar, item: Choice, places: Sequence[PlaceReference]) -> PlaceReference | None:
    """Where talks were held whose two sides only the rules saw: right behind them (بين فتح وحماس في القاهرة)."""
    sides = [actor.mention.span for actor in item.arguments.actors if any(evidence.name == "between" for evidence in actor.evidence)]
    last = max((i for span in sides for i in tokens_of(grammar, span)), default=None)
    if last is None:
        return None
    near = [(at, place) for place in places if (at := grammar.token_at(place.span.start)) is not None and last < at <= last + 2 and _located(grammar, at)]
    return near[0][1] if near else None


Located = TypeVar("Located", TimeExpression, PlaceReference)


def _likeliest(grammar: Grammar, found: Sequence[Located], scores: Sequence[float]) -> Located | None:
    """The expression whose words have the highest score on average, None when none is likely."""
    best: tuple[float, Located] | None = None
    for expression in found:
        tokens = tokens_of(grammar, expression.span)
        score = sum(scores[i] for i in tokens) / max(1, len(tokens))
        if score >= _LIKELY and (best is None or score > best[0]):
            best = (score, expression)
    return best[1] if best is not None else None


def _places_by_sentence(document: Document) -> list[list[PlaceReference]]:
    found: list[list[PlaceReference]] = [[] for _ in document.sentences or ()]
    for place in document.places or ():
        found[place.sentence].append(place)
    return found


def _located(grammar: Grammar, at: int) -> bool:
    reading = grammar.readings[at]
    if reading is not None and any(c in ("ب", "ل") for c in reading.proclitics):
        return True
    return any(grammar.tokens[i].folded.lstrip("و") in _PLACE_WORDS for i in range(max(0, at - 3), at))


def _announced(event_type: str, modes: tuple[str, ...], modality: str) -> tuple[str, tuple[str, ...]]:
    """An announced future act of cooperation is an agreement, an announced withdrawal a concession (PLOVER manual)."""
    if modality == "future" and event_type in _ANNOUNCED_AGREE:
        return "AGREE", ()
    if modality == "future" and event_type == "RETREAT":
        return "CONCEDE", ()
    return event_type, modes


def _trigger_span(grammar: Grammar, candidate: Candidate) -> Span:
    token = grammar.tokens[candidate.token]
    reading = candidate.reading
    clitics = [c for c in reading.proclitics if c in ("و", "ف", "ب", "ل", "ك")]
    start = token.span.start
    if clitics and len(token.span) == len(token.folded) and "ال" not in reading.proclitics and clitics != ["ل"]:
        start += len(clitics)
    spans = [Span(start, token.span.end)]
    near = [c for c in candidate.companions if c - candidate.token <= 3]
    spans += [grammar.tokens[c].span for c in near if c == candidate.token + 1 or len(near) == 1]
    return cover(spans)


def _confidence(item: Choice, discourse: Discourse) -> float:
    if item.score is not None:
        return round(item.score, 3)
    frame, arguments = item.candidate.frame, item.arguments
    score = 0.45 + 0.1 * bool(item.candidate.companions) + 0.1 * bool(frame.actor_kinds or frame.recipient_kinds)
    for participants in (arguments.actors, arguments.recipients):
        if participants:
            known = any(discourse.linker.kinds(p.entity) - {"unknown"} for p in participants)
            score += 0.15 if known else 0.03
    return round(min(score, 0.98), 2)


def _evidence(item: Choice, trigger: Span, chain: tuple[Source, ...]) -> tuple[Evidence, ...]:
    arguments = item.arguments
    found = [Evidence("type", "frame", item.candidate.frame.id, None, (trigger,))] if item.candidate.frame.known else []
    if item.score is not None:
        found.append(Evidence("type", "model", "event", round(item.score, 2), (trigger,)))
    for slot, participants in (("actor", arguments.actors), ("recipient", arguments.recipients)):
        found.extend(_slot_evidence(slot, participant) for participant in participants)
    found.extend(Evidence("attribution", "rule", source.cue_lemma, None, (source.cue,)) for source in chain)
    return tuple(found)


def _slot_evidence(slot: str, participant: Participant) -> Evidence:
    first = participant.evidence[0] if participant.evidence else Evidence(slot, "rule", "mention", None, ())
    return Evidence(slot, first.kind, first.name, first.score, first.spans or (participant.mention.span,))


