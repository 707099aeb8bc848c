"""The last stage: events, quotations and attributions of every sentence, with the discourse carried through the document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import msgspec

from waqai.analysis.attributions import Attributor, Carried, Content, content_span
from waqai.analysis.grammar import Grammar
from waqai.analysis.participants import Discourse, Linking
from waqai.analysis.selection import Choice, Selector
from waqai.analysis.stage import Stage
from waqai.analysis.times import times_by_sentence
from waqai.analysis.triggers import Candidate, TriggerFinder
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

_NO_COUNTRY = frozenset({"UNO", "EUR", "IGO", "NGO", "MNC", "IMG", "ISM"})
_ANNOUNCED_AGREE = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID"})
_GOVERNED_REACH, _TIME_REACH, _ONE_BREATH = 9, 32, 14
_PLACE_WORDS = frozenset({"في", "قرب", "شمال", "جنوب", "شرق", "غرب", "وسط", "ب", "داخل", "بين", "من", "على", "خارج", "عند", "امام"})


class Tools(msgspec.Struct, frozen=True):
    """What the stage works with; all of it is stateless."""

    triggers: TriggerFinder
    selector: Selector
    attributor: Attributor
    linker: Linking
    contexts: Callable[[Sequence[str], str], tuple[str, ...]]
    casualties: Callable[[Sequence[str], int], Casualties]
    country: Callable[[Document], str]
    silent: Callable[[Document], bool]


def events_stage(tools: Tools) -> Stage:
    """Adds `events`, `quotations` and `attributions`."""

    def run(document: Document) -> Document:
        reader = _Reader(tools, document)
        reader.read()
        return msgspec.structs.replace(
            document, events=tuple(reader.events), quotations=tuple(reader.quotations), attributions=tuple(reader.attributions)
        )

    return Stage("events", ("sentences", "times", "places", "parses"), ("events", "quotations", "attributions"), run)


class _Reader:
    """Reads one document from its first sentence to its last."""

    def __init__(self, tools: Tools, document: Document) -> None:
        self.tools, self.document = tools, document
        self.discourse = Discourse(tools.linker, document.text, document.published, home_country(tools, document))
        self.times = times_by_sentence(document)
        self.places = _places_by_sentence(document)
        self.block_spans = [block.span for block in document.blocks or ()]
        self.silent = tools.silent(document)
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
            if not self.silent:
                self._sentence(grammar, contents)
            self.discourse.remember(grammar)

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
        found = self._chosen(grammar, contents)
        found = _without_governed(grammar, found)
        found = _without_deaths(found)
        for item in found:
            self.events.append(self._event(grammar, item, contents, found))

    def _chosen(self, grammar: Grammar, contents: list[Content]) -> list[Choice]:
        """For every predicate the first frame whose arguments fit; words that belong to another predicate give none."""
        found: list[Choice] = []
        taken: set[int] = set()
        groups = self.tools.triggers.find(grammar.sentence, grammar.parse)
        groups.sort(key=lambda group: not group[0].companions)
        for group in groups:
            if group[0].token in taken:
                continue
            chain, _ = self.tools.attributor.chain(contents, group[0].token)
            choice = self.tools.selector.choose(grammar, self.discourse, group, attributed=bool(chain))
            if choice is not None:
                found.append(choice)
                taken.update((choice.candidate.token, *choice.candidate.companions))
        found.sort(key=lambda item: item.candidate.token)
        return found

    def _event(self, grammar: Grammar, item: Choice, contents: list[Content], found: list[Choice]) -> Event:
        candidate, arguments = item.candidate, item.arguments
        frame = candidate.frame
        polarity, modality = item.polarity, item.modality
        chain, denied = self.tools.attributor.chain(contents, candidate.token)
        if denied:
            polarity = "negated"
        own = {p.entity.id for p in arguments.actors} if len(chain) == 1 and frame.governs else set()
        chain = tuple(source for source in chain if source.participant.entity.id not in own or len(chain) > 1)
        event_type, modes = _announced(frame.type, frame.modes, modality)
        words = [token.folded for token in grammar.tokens]
        undated = ["-" if tag == "time" else word for word, tag in zip(words, grammar.tags, strict=True)]
        time = self._time(grammar, candidate.token)
        trigger = _trigger_span(grammar, candidate)
        return Event(
            sentence=grammar.sentence.index, trigger=Trigger(trigger, candidate.reading.lemma), type=event_type, frame=frame.id, modes=modes,
            contexts=self.tools.contexts(words, event_type), actors=arguments.actors, recipients=arguments.recipients, about=arguments.about,
            polarity=polarity, modality=modality, attribution=chain, time=time, place=self._place(grammar, candidate.token, found),
            casualties=self.tools.casualties(undated, candidate.token) if event_type == "ASSAULT" else Casualties(),
            confidence=_confidence(item, self.discourse), evidence=_evidence(item, trigger, chain),
        )

    def _time(self, grammar: Grammar, token: int) -> TimeExpression | None:
        """The time expression nearest to the predicate in its sentence, those in other clauses last."""
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

    def _place(self, grammar: Grammar, token: int, found: list[Choice]) -> PlaceReference | None:
        """The nearest place after the predicate that stands behind a preposition of place and is nobody's name in a slot."""
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


def _without_governed(grammar: Grammar, found: list[Choice]) -> list[Choice]:
    """What is demanded, refused, threatened or promised is no event of its own."""
    kept: list[Choice] = []
    for item in found:
        token = item.candidate.token
        if not any(_governs(grammar, other.candidate, token, item.candidate.kind) for other in kept if other.candidate.frame.governs):
            kept.append(item)
    return kept


def _governs(grammar: Grammar, governor: Candidate, token: int, kind: str) -> bool:
    start = max((governor.token, *governor.companions))
    if not start < token <= start + _GOVERNED_REACH:
        return False
    between = range(start + 1, token)
    if any(grammar.tokens[i].folded in (".", ";", ":", '"') or grammar.tags[i] in ("relative",) for i in between):
        return False
    if any(grammar.tags[i] == "verb" for i in between):
        return False
    if kind == "verb":
        return any(grammar.tags[i] == "complementiser" for i in between)
    if kind == "participle":
        return False
    return not any(grammar.tokens[i].folded == "," for i in between)


def _without_deaths(found: list[Choice]) -> list[Choice]:
    """A death noun that results from an attack named beside it adds its victims to the attack."""
    attacks = [i for i, item in enumerate(found) if item.candidate.frame.type == "ASSAULT" and not _is_death(item)]
    if not attacks:
        return _first_death(found)
    result = list(found)
    for item in found:
        if _is_death(item):
            nearest = min(attacks, key=lambda i: abs(found[i].candidate.token - item.candidate.token))
            result[nearest] = _with_victims(result[nearest], item)
    return [item for item in result if not _is_death(item)]


def _first_death(found: list[Choice]) -> list[Choice]:
    """Killed and injured in one breath are one event."""
    kept: list[Choice] = []
    for item in found:
        last = next((i for i in reversed(range(len(kept))) if _is_death(kept[i])), None)
        if _is_death(item) and last is not None and item.candidate.token - kept[last].candidate.token < _ONE_BREATH:
            kept[last] = _with_victims(kept[last], item)
        else:
            kept.append(item)
    return kept


def _is_death(item: Choice) -> bool:
    return item.candidate.frame.id.startswith("assault.death")


def _with_victims(item: Choice, death: Choice) -> Choice:
    """The event with the recipients of another that are not among its own."""
    own = item.arguments.recipients
    extra = tuple(p for p in death.arguments.recipients if all(not p.mention.span.overlaps(q.mention.span) for q in own))
    return msgspec.structs.replace(item, arguments=msgspec.structs.replace(item.arguments, recipients=own + extra))


def _announced(event_type: str, modes: tuple[str, ...], modality: str) -> tuple[str, tuple[str, ...]]:
    """An announced future act of cooperation is an agreement, an announced withdrawal a concession (PLOVER manual)."""
    if modality == "future" and event_type in _ANNOUNCED_AGREE:
        return "AGREE", ()
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
        return round(item.score, 2)
    frame, arguments = item.candidate.frame, item.arguments
    score = 0.45 + 0.1 * bool(item.candidate.companions) + 0.1 * bool(frame.actor_kinds or frame.recipient_kinds)
    for participants in (arguments.actors, arguments.recipients):
        if participants:
            known = any(discourse.linker.kinds(p.entity) - {"unknown"} for p in participants)
            score += 0.15 if known else 0.03
    return round(min(score, 0.98), 2)


def _evidence(item: Choice, trigger: Span, chain: tuple[Source, ...]) -> tuple[Evidence, ...]:
    arguments = item.arguments
    found = [Evidence("type", "frame", item.candidate.frame.id, None, (trigger,))]
    if item.score is not None:
        found.append(Evidence("type", "model", "event", round(item.score, 2), (trigger,)))
    for slot, participants in (("actor", arguments.actors), ("recipient", arguments.recipients)):
        found.extend(_slot_evidence(slot, participant) for participant in participants)
    found.extend(Evidence("attribution", "rule", source.cue_lemma, None, (source.cue,)) for source in chain)
    return tuple(found)


def _slot_evidence(slot: str, participant: Participant) -> Evidence:
    rule = participant.evidence[0].name if participant.evidence else "mention"
    return Evidence(slot, "rule", rule, None, (participant.mention.span,))


