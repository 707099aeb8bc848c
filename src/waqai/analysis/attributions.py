"""Who says so: stretches of a sentence that are somebody's words, and the chain of sources of each.

A cue of saying opens a content (أن، إن، a quotation mark, a colon); contents nest; a source carries over to the next sentence
when a verb such as أضاف has no subject of its own or a quotation is still open.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from waqai.analysis.grammar import Dropped, Grammar
from waqai.analysis.participants import Discourse
from waqai.document import Participant, Source, Span
from waqai.knowledge.cues import Cues, SpeechCue

_OPENERS = frozenset(["ان", "بان", "انه", "بانه", "انها", "بانها", "انهم", "بانهم", "انهما", "انني", "انا", "اننا", "بانهما", "بانني", "لان"])
_WINDOW = 22
_MASDAR_WINDOW = 4


class Content(msgspec.Struct, frozen=True, gc=False):
    """Tokens `first` to `last` of a sentence are the words of `sources`, side by side; `cue` is the token of saying."""

    first: int
    last: int
    cue: int
    sources: tuple[Source, ...]
    speech: str
    direct: bool = False


class Carried(msgspec.Struct, frozen=True, gc=False):
    """What a sentence hands to the next: the last chain, and whether its quotation is still open."""

    chain: tuple[Source, ...] = ()
    open_quotation: bool = False


class Attributor:
    """Finds the contents of a sentence. Stateless: what carries over is handed in and out."""

    def __init__(self, cues: Cues) -> None:
        self._cues = cues

    def contents(self, grammar: Grammar, discourse: Discourse, carried: Carried) -> tuple[list[Content], Carried]:
        """Contents in order of their cues, outer ones before those inside them, and what is carried on."""
        found = [*self._verbs(grammar, discourse, carried), *self._phrases(grammar, discourse)]
        found = [content for content in found if content.first <= content.last]
        found.sort(key=lambda c: (c.first, -c.last))
        quotes = [i for i, token in enumerate(grammar.tokens) if token.folded == '"']
        open_now = carried.open_quotation
        if open_now and carried.chain:
            end = quotes[0] if quotes else len(grammar.tokens) - 1
            found.insert(0, Content(0, end, 0, carried.chain, "say", True))
        still_open = (len(quotes) + open_now) % 2 == 1
        told = [c for c in found if c.sources and c.speech != "show"]
        outer = [c for c in told if not any(o is not c and o.first <= c.cue <= o.last for o in told)]
        last = outer[-1] if outer else None
        chain = last.sources if last is not None else carried.chain
        return found, Carried(chain, still_open and bool(chain))

    def chain(self, contents: list[Content], token: int) -> tuple[tuple[Source, ...], bool]:
        """Sources that say what token `token` tells, outermost first, and whether the innermost denies it."""
        around = [c for c in contents if c.first <= token <= c.last and c.cue != token]
        around.sort(key=lambda c: (c.first, -c.last))
        chain: list[Source] = []
        for content in around:
            for source in content.sources:
                if all(source.participant.entity.id != other.participant.entity.id for other in chain):
                    chain.append(source)
        return tuple(chain), bool(around) and around[-1].speech == "deny"

    def _verbs(self, grammar: Grammar, discourse: Discourse, carried: Carried) -> Iterator[Content]:
        for index, tag in enumerate(grammar.tags):
            reading = grammar.readings[index]
            if reading is None or tag not in ("verb", "noun"):
                continue
            cue = self._verb_cue(grammar, index) if tag == "verb" else self._nominal_cue(grammar, index)
            if cue is None:
                continue
            opened = self._opening(grammar, index, cue)
            if opened is None:
                continue
            first, direct = opened
            sources = self._sources(grammar, discourse, index, cue, first, carried)
            yield Content(first, self._end(grammar, first, direct), index, sources, cue.speech, direct)

    def _verb_cue(self, grammar: Grammar, index: int) -> SpeechCue | None:
        for reading in grammar.tokens[index].readings:
            if reading.pos == "verb" and reading.lemma in self._cues.speech_verbs:
                return self._cues.speech_verbs[reading.lemma]
        return None

    def _nominal_cue(self, grammar: Grammar, index: int) -> SpeechCue | None:
        reading = grammar.readings[index]
        if reading is None or "ال" in reading.proclitics:
            return None
        stem = reading.stem
        for form in (stem, stem.removesuffix("ا"), stem.removesuffix("ه"), stem.removesuffix("ين"), stem.removesuffix("ون")):
            cue = self._cues.speech_participles.get(form)
            if cue is not None:
                return cue
        return None

    def _opening(self, grammar: Grammar, index: int, cue: SpeechCue) -> tuple[int, bool] | None:
        """Where the content of a cue begins, and whether it is a direct quotation."""
        window = _WINDOW if "أن" in cue.content or ":" in cue.content else _MASDAR_WINDOW
        for position in range(index + 1, min(index + window, len(grammar.tokens))):
            word = grammar.tokens[position].folded
            if word in _OPENERS or (grammar.tags[position] == "complementiser" and word.lstrip("بل") in _OPENERS):
                return position + 1, False
            if word == '"' and position + 3 < len(grammar.tokens) and not self._quoted_name(grammar, position):
                return position + 1, True
            if word == ":" and ":" in cue.content:
                return position + 1, True
            if word in (".", ";"):
                return None
            if grammar.tags[position] == "verb" and not self._relative_before(grammar, index, position):
                return None
        return None

    @staticmethod
    def _relative_before(grammar: Grammar, index: int, position: int) -> bool:
        """A verb between a cue and its content may only stand in a relative clause of the source."""
        return any(grammar.tags[i] == "relative" for i in range(index + 1, position)) or position - index > 3

    @staticmethod
    def _quoted_name(grammar: Grammar, position: int) -> bool:
        closing = next((i for i in range(position + 1, min(position + 5, len(grammar.tokens))) if grammar.tokens[i].folded == '"'), None)
        return closing is not None and all(grammar.tags[i] in ("noun", "number") for i in range(position + 1, closing))

    @staticmethod
    def _end(grammar: Grammar, first: int, direct: bool) -> int:
        if direct and grammar.tokens[first - 1].folded == '"':
            for position in range(first, len(grammar.tokens)):
                if grammar.tokens[position].folded == '"':
                    return position
        for position in range(first, len(grammar.tokens)):
            if grammar.tokens[position].folded in (";", ".") and position < len(grammar.tokens) - 1:
                return position
        return len(grammar.tokens) - 1

    def _sources(
        self, grammar: Grammar, discourse: Discourse, index: int, cue: SpeechCue, first: int, carried: Carried
    ) -> tuple[Source, ...]:
        fillers = grammar.subject(index) if grammar.tags[index] == "verb" else grammar.main_subject()
        named = tuple(f for f in fillers if isinstance(f, int) and grammar.parse.phrases[f].first < first)
        if not named and any(isinstance(f, Dropped) for f in fillers) and carried.chain and not self._names_before(grammar, index):
            return carried.chain
        participants = discourse.of(grammar, named or tuple(f for f in fillers if isinstance(f, Dropped)), "speaker")
        sources = tuple(self._source(grammar, p, index, cue.cue) for p in participants)
        if cue.inner and grammar.tags[index] == "verb":
            inner = discourse.of(grammar, grammar.prepositional(index, cue.inner), "speaker")
            sources += tuple(self._source(grammar, p, index, cue.cue) for p in inner)
        return sources

    @staticmethod
    def _names_before(grammar: Grammar, index: int) -> bool:
        return any(not p.preposition and p.last < index for p in grammar.parse.phrases)

    def _source(self, grammar: Grammar, participant: Participant, index: int, cue: str) -> Source:
        head = participant.mention.head
        text = next((r.stem for t, r in zip(grammar.tokens, grammar.readings, strict=True) if t.span == head and r is not None), "")
        anonymous = text in self._cues.anonymous_heads and participant.entity.id.startswith("local:")
        return Source(participant, grammar.tokens[index].span, cue, anonymous)

    def _phrases(self, grammar: Grammar, discourse: Discourse) -> Iterator[Content]:
        """بحسب، وفق، نقلا عن: the clause that the phrase stands in are the words of whoever follows."""
        words = grammar.words
        for index in range(len(words)):
            hit = self._cues.speech_phrases.at(words, index)
            attached = hit is None and self._attached(words, index)
            cue = hit[1] if hit is not None else attached or None
            if cue is None or cue.source not in ("after", "verb", "none"):
                continue
            after = index + (hit[0] if hit is not None else len(cue.words)) - 1
            fillers = self._named_after(grammar, after, cue, bool(attached))
            if not fillers and cue.source != "none":
                continue
            sources = tuple(self._source(grammar, p, index, cue.cue) for p in discourse.of(grammar, fillers, "speaker"))
            # A source named beside a statement, before it or behind it, stands for the whole sentence.
            first = 0 if "whole" in cue.content else after + 1
            yield Content(first, len(words) - 1, index, sources, cue.speech)

    def _attached(self, words: list[str], index: int) -> SpeechCue | None:
        """A cue that ends in ل, written onto the next word: وفقا لمصادر."""
        if index + 1 >= len(words) or not words[index + 1].startswith("ل"):
            return None
        hit = self._cues.speech_phrases.at([words[index], "ل"], 0)
        return hit[1] if hit is not None and hit[0] == 2 else None

    @staticmethod
    def _named_after(grammar: Grammar, after: int, cue: SpeechCue, attached: bool) -> tuple[int, ...]:
        if cue.source == "verb":
            verb = next((v for v in grammar.verbs if after < v <= after + 3), None)
            return tuple(f for f in grammar.subject(verb) if isinstance(f, int)) if verb is not None else ()
        position = after if attached else after + 1
        for index in range(position, min(position + 2, len(grammar.tokens))):
            number = grammar.parse.phrase_of[index]
            if number >= 0 and grammar.parse.phrases[number].first >= position - 1:
                return grammar.coordinated(number)
        return ()


def content_span(grammar: Grammar, content: Content) -> Span:
    """The characters of a content."""
    return Span(grammar.tokens[content.first].span.start, grammar.tokens[content.last].span.end)
