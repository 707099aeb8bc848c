"""Noun phrases: where one ends and the next begins, and the preposition that governs each."""

from __future__ import annotations

from collections.abc import Container, Sequence

import msgspec

from waqai.analysis.stage import Stage
from waqai.analysis.tagging import Tagger
from waqai.analysis.times import times_by_sentence
from waqai.document import Document, Parse, Phrase, Reading, Sentence, Span, Tag, TimeExpression, Token
from waqai.knowledge.syntax import SyntaxClasses

_PREPOSITIONS = frozenset("بلك")
_COMPOUND = {
    ("من", "قبل"): "من قبل", ("علي", "يد"): "على يد", ("علي", "ايدي"): "على أيدي",
    ("من", "جانب"): "من جانب", ("في", "وجه"): "في وجه", ("من", "طرف"): "من طرف", ("في", "حق"): "في حق",
}
_WRITTEN = {"علي": "على", "الي": "إلى", "امام": "أمام", "بشان": "بشأن"}
_OWNING = frozenset({"صاحب", "صاحبه", "اصحاب", "صاحبات", "ذات", "ذو", "ذوي", "ذوو", "ذي"})
_OF_FIELDS = frozenset({"وزير", "وزيره", "وزيرا", "وزيري", "وزراء", "وزاره", "وزارتا", "وزارتي", "وزارات"})
_PERSON_SUFFIXES = ("ون", "ين", "ان")
_BREAKING = frozenset({"verb", "complementiser", "relative", "negation", "auxiliary", "time", "conjunction", "punctuation", "adverb", "particle"})


class Nouns(msgspec.Struct, frozen=True):
    """Folded stems that decide where a phrase ends: nouns for people with a title or role, names of countries, fields of ministries."""

    human: Container[str]
    states: Container[str] = frozenset()
    fields: Container[str] = frozenset()


def phrases_stage(classes: SyntaxClasses, nouns: Nouns) -> Stage:
    """The stage that parses every sentence."""
    parser = Parser(Tagger(classes), nouns)

    def run(document: Document) -> Document:
        parses = tuple(map(parser.parse, document.sentences or (), times_by_sentence(document)))
        return msgspec.structs.replace(document, parses=parses)

    return Stage("phrases", ("sentences", "times"), ("parses",), run)


class Parser:
    """Parses sentences one by one."""

    def __init__(self, tagger: Tagger, nouns: Nouns) -> None:
        self._tagger, self._nouns = tagger, nouns

    def parse(self, sentence: Sentence, times: Sequence[TimeExpression] = ()) -> Parse:
        """Tags, readings, phrases and clauses of a sentence."""
        tags, readings = self._tagger.tag(sentence, times)
        chunker = _Chunker(sentence.tokens, tags, readings, self._nouns)
        phrases = chunker.phrases()
        phrase_of = [-1] * len(tags)
        for number, phrase in enumerate(phrases):
            phrase_of[phrase.first : phrase.last + 1] = [number] * (phrase.last - phrase.first + 1)
        return Parse(tuple(tags), tuple(readings), tuple(phrases), tuple(phrase_of), tuple(_clauses(sentence.tokens, tags)))


class _Chunker:
    """Cuts one tagged sentence into noun phrases."""

    def __init__(self, tokens: Sequence[Token], tags: list[Tag], readings: list[Reading | None], nouns: Nouns) -> None:
        self.tokens, self.tags, self.readings, self.nouns = tokens, tags, readings, nouns

    def phrases(self) -> list[Phrase]:
        found: list[Phrase] = []
        index, preposition, after_preposition = 0, "", -1
        while index < len(self.tags):
            tag = self.tags[index]
            if tag == "preposition":
                preposition, index = self._preposition(index)
                after_preposition = index
            elif tag in ("noun", "number", "pronoun", "demonstrative"):
                last = self._extent(index)
                found.append(self._phrase(index, last, preposition if after_preposition == index else "", found))
                index = last + 1
            else:
                if tag != "quote":
                    after_preposition = -1
                elif after_preposition == index:
                    after_preposition = index + 1
                index += 1
        return found

    def _preposition(self, index: int) -> tuple[str, int]:
        """The preposition at `index`, of two words where the language has one, and the token after it."""
        word = _bare(self.tokens[index], self.readings[index])
        if index + 1 < len(self.tokens):
            pair = _COMPOUND.get((word, self.tokens[index + 1].folded))
            if pair:
                return pair, index + 2
        return _WRITTEN.get(word, word), index + 1

    def _extent(self, first: int) -> int:
        """The last token of the phrase that begins at `first`."""
        last, state = first, self._state(first, "open")
        while last + 1 < len(self.tags):
            following = last + 1
            if self.tags[following] == "quote" and self._quoted_name(following):
                last = self._closing_quote(following)
                state = "closed"
                continue
            if self.tags[following] not in ("noun", "number"):
                break
            if not self._continues(first, last, following, state):
                break
            state = self._state(following, state)
            if state == "open" and self._adjective(following):
                state = "closed indefinite"
            last = following
        return last

    def _adjective(self, index: int) -> bool:
        """Behind an indefinite adjective stands no owner: محكمة أميركية / السودان."""
        reading = self.readings[index]
        return reading is not None and reading.pos == "adjective" and reading.stem.endswith(("ي", "يه"))

    def _continues(self, first: int, last: int, following: int, state: str) -> bool:
        reading = self.readings[following]
        if reading is None or self.tags[following] == "number":
            return state == "open" and not _has_clitic(reading)
        if _has_clitic(reading):
            return self._portfolio(first, last, reading)
        previous = self.readings[last]
        if reading.stem in _OWNING or (previous is not None and previous.stem in _OWNING):
            return True
        if self.tags[last] == "pronoun":
            return False
        if self.tags[last] == "demonstrative":
            return True
        if state == "open":
            return True
        if state == "closed indefinite":
            if previous is not None and _many(previous.stem) and reading.stem.endswith("ه"):
                return False  # مسلحون / قنصلية
            return not _definite(reading) and reading.pos in ("adjective", "participle", "unknown", "noun") and self._adjectival(reading)
        if state == "name":
            state_named = self.tokens[last].folded in self.nouns.states
            if self.tokens[following].folded in self.nouns.states and self._names_one(first, last):
                return False
            title = self._human_noun(reading) and not state_named
            return reading.pos in ("name", "unknown") or (
                _definite_article(reading) and (self._adjectival(reading) or title) and (not _plural(reading) or self._several(first))
            )
        return self._continues_definite(first, following, previous, reading)

    def _names_one(self, first: int, last: int) -> bool:
        """Whether the words up to `last` are a state, or a person with a title or in full: a state behind them is another (شكر جو بايدن قطر)."""
        if self.tokens[last].folded in self.nouns.states or self._human_noun(self.readings[first]):
            return True
        return last > first and all(r is not None and r.pos in ("name", "unknown") for r in self.readings[first : last + 1])

    def _several(self, first: int) -> bool:
        """Whether the head of a phrase is a plural: no other has an adjective in the plural (ناشد غوتيريش المانحين)."""
        head = self._head_reading(first)
        return head is None or _plural(head)

    def _head_reading(self, first: int) -> Reading | None:
        """The reading of the head of the phrase that begins at `first`: its first noun."""
        return next((r for i, r in enumerate(self.readings[first:], first) if self.tags[i] == "noun" and r is not None), None)

    def _portfolio(self, first: int, last: int, reading: Reading) -> bool:
        """Whether a minister or ministry goes on with the second of two fields: وزير التربية والتعليم."""
        head, field = self.readings[first], self.readings[last]
        return (
            reading.proclitics == ("و", "ال") and reading.stem in self.nouns.fields and head is not None and head.stem in _OF_FIELDS
            and field is not None and field.stem in self.nouns.fields
        )

    def _continues_definite(self, first: int, following: int, previous: Reading | None, reading: Reading) -> bool:
        """After the definite part: only adjectives, titles, and the name of a person or body in apposition."""
        if _definite(reading) and "ال" in reading.proclitics:
            if self._adjectival(reading):
                return self._agrees(first, reading)
            return self._human_noun(reading) and self._human_noun(self.readings[first]) and not _plural(reading) and not self._several(first)
        named = previous is not None and previous.pos in ("name", "unknown")
        if named and self.tokens[following].folded in self.nouns.states:
            return False
        if reading.pos in ("name", "unknown"):
            return named or self._human_noun(self.readings[first])
        may_name = not _definite(reading) and not self._human_noun(reading) and any(other.pos == "name" for other in self.tokens[following].readings)
        return may_name and self._human_noun(self.readings[first])

    def _agrees(self, first: int, adjective: Reading) -> bool:
        """A feminine adjective cannot belong to one masculine noun (الرئيس التركي / القاهرة), nor a masculine one to a feminine (السلطات / الفرماوي)."""
        head = self._head_reading(first)
        alone = head is not None and head.gender == "m" and head.number == "s"
        second = self.readings[first + 1] if first + 1 < len(self.readings) else None
        construct = second is not None and head is not None and "ال" not in head.proclitics
        if head is not None and "ال" in head.proclitics and head.stem.endswith(("ه", "ات")) and adjective.stem.endswith("ي"):
            return False
        return not (alone and not construct and adjective.stem.endswith("ه"))

    def _state(self, index: int, before: str) -> str:
        """What may follow the token at `index`: open (construct), closed, closed indefinite (adjectives only), name."""
        reading, tag = self.readings[index], self.tags[index]
        if tag in ("number", "demonstrative") or reading is None:
            return "open"
        if reading.pos == "name" and not _definite_article(reading):
            return "name" if before in ("open", "name") else before
        if reading.pos == "unknown" and before == "name":
            return "name"
        if _definite(reading) or before == "closed":
            return "closed"
        if before == "closed indefinite":
            return before
        stem = reading.stem
        if reading.pos in ("noun", "participle", "unknown", "adjective") and _many(stem):
            return "closed indefinite"
        if stem.endswith("ا") and len(stem) > 3 and not reading.lemma.endswith(("ا", "ى", "اء")) and reading.pos != "unknown":
            return "closed indefinite"
        return "open"

    def _adjectival(self, reading: Reading) -> bool:
        stem = reading.stem
        if reading.pos in ("adjective",):
            return not self._human_noun(reading) or stem.endswith(("ي", "يه"))
        if reading.pos not in ("unknown", "noun", "participle") or self._human_noun(reading):
            return False
        return stem.endswith(("ي", "يه", "يين", "يون", "يتين", "يات")) and len(stem) > 3

    def _human_noun(self, reading: Reading | None) -> bool:
        return reading is not None and (reading.stem in self.nouns.human or reading.lemma in self.nouns.human)

    def _quoted_name(self, index: int) -> bool:
        """A name in quotation marks of at most four words: حزب «العدالة والتنمية»."""
        return self._closing_quote(index) > index

    def _closing_quote(self, index: int) -> int:
        for end in range(index + 2, min(index + 6, len(self.tags))):
            if self.tags[end] == "quote":
                inside = self.tags[index + 1 : end]
                return end if all(tag in ("noun", "number") for tag in inside) else index
        return index

    def _phrase(self, first: int, last: int, preposition: str, before: list[Phrase]) -> Phrase:
        reading = self.readings[first]
        clitics = [c for c in (reading.proclitics if reading else ()) if c != "ال"]
        token = self.tokens[first]
        start = token.span.start
        if clitics and len(token.span) == len(token.folded):
            cut = len(clitics)
            start += cut - 1 if "ل" in clitics and "ال" in (reading.proclitics if reading else ()) else cut
        governing = next((c for c in clitics if c in _PREPOSITIONS), preposition)
        conjoined = bool(clitics) and clitics[0] == "و"
        coordinated = bool(before) and self._joined(before[-1].last, first, conjoined) and (
            not any(c in _PREPOSITIONS for c in clitics) or governing == before[-1].preposition
        )
        if coordinated and not governing:
            governing = before[-1].preposition
        end = self.tokens[last].span.end
        definite = any(r is not None and _definite(r) for r in self.readings[first : last + 1])
        return Phrase(first, last, self._head(first, last), Span(min(start, end - 1), end), governing, coordinated, definite)

    def _head(self, first: int, last: int) -> int:
        """The head word: past numbers and demonstratives."""
        for index in range(first, last + 1):
            if self.tags[index] == "noun":
                return index
        return first

    def _joined(self, last: int, first: int, conjoined: bool) -> bool:
        """Whether the phrase at `first` goes on with the list that the phrase ending at `last` belongs to."""
        between = self.tokens[last + 1 : first]
        if not between:
            return conjoined
        folded = "".join(token.folded for token in between)
        return (folded == "," and conjoined) or folded in ("و", "او", "ثم") or (folded in ('"',) and conjoined)


def _clauses(tokens: Sequence[Token], tags: Sequence[Tag]) -> list[int]:
    """A clause number for every token: a new clause at complementisers, relatives, semicolons and finite verbs."""
    numbers: list[int] = []
    current, opened = 0, True
    for index, tag in enumerate(tags):
        boundary = tag in ("complementiser", "relative") or (tag == "punctuation" and tokens[index].folded in ";.:!?")
        if tag == "verb" and not opened:
            boundary = True
        if boundary and index:
            current += 1
        opened = tag in ("complementiser", "relative", "negation", "auxiliary", "punctuation") and (boundary or opened)
        numbers.append(current)
    return numbers


def _bare(token: Token, reading: Reading | None) -> str:
    """The folded word without a conjunction in front."""
    if reading is not None and reading.proclitics and reading.proclitics[0] in ("و", "ف"):
        return token.folded[1:]
    return token.folded


def _has_clitic(reading: Reading | None) -> bool:
    return reading is not None and any(c != "ال" for c in reading.proclitics)


def _definite_article(reading: Reading) -> bool:
    return "ال" in reading.proclitics


def _definite(reading: Reading) -> bool:
    return reading.definite or "ال" in reading.proclitics or bool(reading.enclitic)


def _many(stem: str) -> bool:
    """Whether a stem ends like a masculine plural or dual."""
    return len(stem) > 4 and stem.endswith(_PERSON_SUFFIXES)


def _plural(reading: Reading) -> bool:
    return reading.number == "p" or reading.stem.endswith(("ين", "ون", "ات"))
