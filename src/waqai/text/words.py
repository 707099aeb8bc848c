"""Readings of a word form: clitics, stem, part of speech, and what the form shows of person, number and gender.

Proclitics come in the order conjunction (و ف), preposition (ب ل ك) or future (س), article; then the stem; then one attached
pronoun. Every split is tried and the lexicon decides; without its help the article is believed, a conjunction half believed.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import Literal

import msgspec

from waqai.document import PartOfSpeech, Reading, Tag
from waqai.knowledge.lexicon import Lexicon, Noun, VerbStem
from waqai.text.folding import fold_word

_ENCLITICS = ("هما", "كما", "ها", "هم", "هن", "نا", "كم", "ني", "ه", "ك")
_NOUN_ENCLITICS = ("هما", "ها", "هم", "هن", "نا", "كم", "ه")
_GOVERNING = frozenset([
    "ل", "ب", "من", "عن", "في", "مع", "علي", "الي", "لدي", "بين", "عند", "امام", "خلف", "ضد", "حول", "قبل", "بعد", "نحو", "تجاه", "دون", "خلال",
    "بشان", "لاجل", "حيال", "ازاء", "ضمن",
])
_PERSON = {
    "a": ("3", "s", "m"), "b": ("3", "s", "f"), "c": ("3", "d", "m"), "d": ("3", "d", "f"), "e": ("3", "p", "m"), "f": ("3", "p", "f"),
    "g": ("1", "s", ""), "h": ("1", "p", ""),
}
_PERFECT = (("وا", "e"), ("تا", "d"), ("نا", "h"), ("ت", "b"), ("ا", "c"), ("", "a"))
_PERFECT_BEFORE_PRONOUN = (("و", "e"), ("تا", "d"), ("نا", "h"), ("ت", "b"), ("ا", "c"), ("", "a"))
_IMPERFECT = {
    "ي": (("ون", "e"), ("وا", "E"), ("ان", "c"), ("ا", "C"), ("ن", "f"), ("", "a"), ("", "A")),
    "ت": (("ان", "d"), ("ا", "D"), ("", "b"), ("", "B")),
    "ن": (("", "h"), ("", "H")),
    "ا": (("", "g"), ("", "G")),
}
_INFLECTIONS: tuple[tuple[str, tuple[str, ...], Literal["", "s", "d", "p"], Literal["", "m", "f"]], ...] = (
    ("تين", ("ه",), "d", "f"), ("تان", ("ه",), "d", "f"), ("ات", ("ه", ""), "p", "f"), ("ون", ("",), "p", "m"), ("ين", ("",), "p", "m"),
    ("ان", ("",), "d", "m"), ("تي", ("ه",), "d", "f"), ("تا", ("ه",), "d", "f"), ("ه", ("",), "s", "f"), ("ا", ("",), "", ""),
    ("و", ("",), "p", "m"), ("ي", ("",), "", ""),
)
_CACHE_LIMIT = 300_000


class _Split(msgspec.Struct, frozen=True, gc=False):
    """One way to cut a nominal form, with how well the lexicon bears it out."""

    score: float
    proclitics: tuple[str, ...]
    stem: str
    enclitic: str
    noun: Noun | None
    kind: str


class WordAnalyzer:
    """Reads word forms. Results are kept by surface form, as the words of a language repeat themselves."""

    def __init__(self, lexicon: Lexicon, closed: Mapping[str, Tag], names: Container[str] = (), whole_names: Container[str] = ()) -> None:
        self._lexicon, self._closed, self._names, self._whole_names = lexicon, closed, names, whole_names
        self._known: dict[str, tuple[str, tuple[Reading, ...]]] = {}

    def analyze(self, surface: str) -> tuple[str, tuple[Reading, ...]]:
        """The folded form of an Arabic word and its readings, closed-class words first, verbs before nouns."""
        found = self._known.get(surface)
        if found is None:
            if len(self._known) > _CACHE_LIMIT:
                self._known.clear()
            folded = fold_word(surface)
            found = self._known[surface] = (folded, tuple(self._readings(surface, folded)))
        return found

    @staticmethod
    def foreign(folded: str) -> tuple[Reading, ...]:
        """The reading of a word in Latin letters: a name."""
        return (Reading("name", folded, folded, definite=True),)

    def _readings(self, surface: str, folded: str) -> Iterator[Reading]:
        closed = self._closed_class(folded)
        if closed is not None:
            yield closed
            if closed.pos != "preposition" or closed.proclitics or closed.enclitic or not surface.endswith("ي"):
                return
        verbs = [] if surface[-1:] == "ة" or surface[:1] == "إ" else list(self._verbs(surface, folded))
        split = max(self._splits(surface, folded), key=lambda s: s.score, default=None)
        if split is not None and not split.proclitics and split.kind in ("known", "name"):
            verbs = [reading for reading in verbs if not reading.proclitics]
        if split is not None and split.kind in ("known", "inflected"):
            verbs = [reading for reading in verbs if reading.person != "1" or reading.aspect != "imperfect" or reading.number == "p"]
        yield from sorted(verbs, key=lambda reading: reading.number == "d")
        if split is None or (verbs and split.kind == "unknown"):
            return
        yield _nominal(split)
        if split.kind != "name" and not split.enclitic and self._is_name(split.stem):
            yield _nominal(msgspec.structs.replace(split, noun=None, kind="name"))

    def _closed_class(self, folded: str) -> Reading | None:
        for conjunction in ("", "و", "ف"):
            if not folded.startswith(conjunction) or folded == conjunction:
                continue
            rest = folded[len(conjunction) :]
            proclitics = (conjunction,) if conjunction else ()
            for pronoun in _ENCLITICS:
                stem = rest.removesuffix(pronoun)
                if stem != rest and stem in _GOVERNING:
                    return Reading("preposition", stem, stem, proclitics, pronoun)
            tag = self._closed.get(rest)
            if tag is not None:
                return Reading(_CLOSED_POS.get(tag, "particle"), rest, rest, proclitics)
            for pronoun in _ENCLITICS:
                stem = rest.removesuffix(pronoun)
                if stem != rest and stem in ("ان", "لان", "كان") and pronoun in ("ه", "ها", "هم", "هما", "نا", "هن"):
                    return Reading("particle", stem, stem, proclitics, pronoun)
        return None

    def _verbs(self, surface: str, folded: str) -> Iterator[Reading]:
        seen: set[tuple[str, str, str]] = set()
        for proclitics, rest in _verbal_proclitics(folded):
            perfect_allowed = not proclitics or proclitics[-1] in ("و", "ف")
            first_person = not proclitics and surface[:1] == "أ"
            for enclitic in ("", *_ENCLITICS):
                if enclitic and not rest.endswith(enclitic):
                    continue
                base = rest[: len(rest) - len(enclitic)]
                if len(base) < 2:
                    continue
                for entry, letter, aspect in self._finite(base, bool(enclitic), perfect_allowed, first_person):
                    key = (entry.lemma, letter.lower(), enclitic)
                    if key not in seen:
                        seen.add(key)
                        person, number, gender = _PERSON[letter.lower()]
                        yield Reading("verb", entry.lemma, base, proclitics, enclitic, aspect, entry.voice, person, number, gender)  # type: ignore[arg-type]

    def _finite(self, base: str, pronoun: bool, perfect: bool, first: bool) -> Iterator[tuple[VerbStem, str, str]]:
        found = False
        if perfect:
            for suffix, letter in _PERFECT_BEFORE_PRONOUN if pronoun else _PERFECT:
                if base.endswith(suffix):
                    for stem in _stem_spellings(base[: len(base) - len(suffix)], pronoun and not suffix):
                        for entry in self._lexicon.perfect.get(stem, ()):
                            if letter in entry.slots:
                                found = True
                                yield entry, letter, "perfect"
        prefix = base[0]
        if prefix not in _IMPERFECT or (prefix == "ا" and (found or not first)):
            return
        for suffix, letter in _IMPERFECT[prefix]:
            if base.endswith(suffix) and len(base) > len(suffix) + 1:
                for stem in _stem_spellings(base[1 : len(base) - len(suffix)], pronoun and not suffix):
                    for entry in self._lexicon.imperfect.get(stem, ()):
                        if letter in entry.slots:
                            yield entry, letter, "imperfect"

    def _splits(self, surface: str, folded: str) -> Iterator[_Split]:
        aligned = len(surface) == len(folded)
        for conjunction in ("", "و", "ف"):
            if conjunction and (not folded.startswith(conjunction) or len(folded) < 4):
                continue
            rest = folded[len(conjunction) :]
            for preposition in ("", "ب", "ل", "ك"):
                if preposition and not rest.startswith(preposition):
                    continue
                body = rest[len(preposition) :]
                clitics = tuple(c for c in (conjunction, preposition) if c)
                begins = surface[len(conjunction) + len(preposition)] if aligned and body else ""
                # An alef with hamza is no article: بإلقاء, وألغى.
                yield from self._with_article(clitics, preposition, body, article_possible=begins not in ("أ", "إ", "آ"))
                if len(body) >= 2:
                    yield from self._stems(clitics, body, surface[-1:] == "ة")

    def _with_article(self, clitics: tuple[str, ...], preposition: str, body: str, *, article_possible: bool) -> Iterator[_Split]:
        if not article_possible:
            return
        if preposition == "ل" and body.startswith("ل") and len(body) > 2:
            options = (body[1:], body) if len(body) > 3 else (body,)
        elif preposition != "ل" and body.startswith("ال") and len(body) > 3:
            options = (body[2:],)
        else:
            return
        for stem in options:
            noun, kind = self._look_up(stem)
            score = {"known": 2.95, "inflected": 2.6, "name": 2.2, "unknown": 1.5}[kind] - 0.1 * len(clitics)
            yield _Split(score + 0.05 * (stem is body), (*clitics, "ال"), stem, "", noun, kind)

    def _stems(self, clitics: tuple[str, ...], stem: str, ta_marbuta: bool) -> Iterator[_Split]:
        noun, kind = self._look_up(stem)
        score = {"known": 3.0, "inflected": 2.6, "name": 2.9, "unknown": 1.0}[kind] - 0.2 * len(clitics)
        if kind == "name" and stem not in self._lexicon.names and stem not in self._whole_names:
            score -= 0.2  # words inside long names carry clitics themselves: القائد العام للجيش
        if kind == "unknown" and clitics:
            score = 1.1 if clitics == ("و",) and len(stem) > 2 else 0.5 - 0.1 * len(clitics)
        yield _Split(score, clitics, stem, "", noun, kind)
        if ta_marbuta:
            return
        for pronoun in _NOUN_ENCLITICS:
            if not stem.endswith(pronoun) or len(stem) < len(pronoun) + 2:
                continue
            owned = stem[: len(stem) - len(pronoun)]
            for base in ((owned[:-1] + "ه", owned) if owned.endswith("ت") else (owned[:-1] + "ء", owned) if owned.endswith(("ائ", "اؤ")) else (owned,)):
                noun, kind = self._look_up(base)
                if kind in ("known", "inflected"):
                    bonus = 0.1 if pronoun == "ه" and base == stem[:-1] and kind == "known" else 0.0
                    yield _Split((2.85 if kind == "known" else 2.4) + bonus - 0.2 * len(clitics), clitics, base, pronoun, noun, kind)
                    break
            else:
                if len(owned) > 3 and pronoun in ("ها", "هم", "هما"):
                    yield _Split(1.3 - 0.2 * len(clitics), clitics, owned, pronoun, None, "unknown")

    def _look_up(self, stem: str) -> tuple[Noun | None, str]:
        """The noun of a stem and how it was found: known, inflected, name, unknown."""
        nouns = self._lexicon.nouns
        noun = nouns.get(stem)
        if noun is not None:
            return noun, "known"
        if self._closed.get(stem) == "number":
            return Noun(stem, "noun"), "known"
        if self._is_name(stem):
            return None, "name"
        for ending, replacements, number, gender in _INFLECTIONS:
            if stem.endswith(ending) and len(stem) > len(ending) + 2:
                base = stem[: len(stem) - len(ending)]
                for replacement in replacements:
                    noun = nouns.get(base + replacement)
                    if noun is not None and not (noun.number == "p" and number):
                        return Noun(noun.lemma, noun.pos, number or noun.number, gender or noun.gender), "inflected"
        return None, "unknown"

    def _is_name(self, stem: str) -> bool:
        return stem in self._lexicon.names or stem in self._names


_CLOSED_POS: Mapping[str, PartOfSpeech] = {  # how closed-class tags are called as parts of speech
    "preposition": "preposition", "pronoun": "pronoun", "demonstrative": "pronoun", "adverb": "adverb", "number": "number", "time": "adverb",
}


def _verbal_proclitics(folded: str) -> Iterator[tuple[tuple[str, ...], str]]:
    yield (), folded
    for first in ("و", "ف", "س", "ل"):
        if folded.startswith(first) and len(folded) > 3:
            rest = folded[1:]
            yield (first,), rest
            if first in "وف" and rest[0] in "سل" and len(rest) > 3:
                yield (first, rest[0]), rest[1:]


def _stem_spellings(stem: str, before_pronoun: bool) -> tuple[str, ...]:
    """A final ى is written ا before an attached pronoun: رمى، رماه."""
    return (stem, stem[:-1] + "ي") if before_pronoun and stem.endswith("ا") else (stem,)


def _nominal(split: _Split) -> Reading:
    noun = split.noun
    number, gender = (noun.number, noun.gender) if noun is not None else ("", "")
    if not gender and split.kind != "name":
        gender = "f" if split.stem.endswith(("ه", "ات")) else ""
    if not number and split.stem.endswith("ات") and len(split.stem) > 4:
        number = "p"
    pos = "name" if split.kind == "name" else noun.pos if noun is not None else "unknown"
    lemma = noun.lemma if noun is not None else split.stem
    definite = "ال" in split.proclitics or bool(split.enclitic) or split.kind == "name"
    return Reading(pos, lemma, split.stem, split.proclitics, split.enclitic, "", "", "", number, gender, definite)
