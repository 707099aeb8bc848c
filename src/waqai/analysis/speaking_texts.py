"""Texts that speak: a draft that asks, a statement that condemns act for those whose they are (قرار لمجلس الأمن يدعو إلى)."""

from __future__ import annotations

from collections.abc import Container

from waqai.analysis.grammar import Grammar
from waqai.analysis.participants import Discourse
from waqai.document import Participant

RULE = "whose text speaks"
_REACH = 12
_BETWEEN = frozenset({"noun", "number", "preposition", "adverb", "time", "quote", "demonstrative", "negation", "auxiliary"})
_OWNERS = frozenset({"ل", "من", "عن", "من قبل"})
_NOBODY = frozenset({"thing", "unknown", "place"})


def whose_text(grammar: Grammar, discourse: Discourse, verb: int, texts: Container[str]) -> Participant | None:
    """Whose the text is that is the subject of a verb behind it; None where the subject is none of the `texts` or nobody's in particular."""
    noun = _text_before(grammar, verb, texts)
    if noun is None:
        return None
    number = grammar.parse.phrase_of[noun]
    phrase = grammar.parse.phrases[number]
    inside = discourse.behind(grammar, noun, phrase.last, lambda start: discourse.title_end(grammar, number, start), RULE)
    if inside is not None:
        return inside[0]
    for index in range(noun + 1, phrase.last + 1):
        reading = grammar.readings[index]
        if reading is not None and discourse.linker.is_nationality(reading.stem):
            return discourse.words(grammar, index, index, None, RULE)
    if number + 1 < len(grammar.parse.phrases):
        following = grammar.parse.phrases[number + 1]
        if following.first == phrase.last + 1 and following.preposition in _OWNERS:
            owner = discourse.phrase(grammar, number + 1, RULE)
            return owner if owner.entity.kind not in _NOBODY else None
    return None


def _text_before(grammar: Grammar, verb: int, texts: Container[str]) -> int | None:
    """The noun for a text that agrees with a verb and stands before it in its clause, with nothing but phrases or a relative pronoun between."""
    reading = grammar.readings[verb]
    if reading is None or reading.person != "3" or reading.number == "p" or reading.proclitics[:1] in (("و",), ("ف",)):
        return None
    related = False
    for index in range(verb - 1, max(verb - _REACH, 0) - 1, -1):
        tag = grammar.tags[index]
        if tag == "relative" and not related:
            related = True
        elif tag not in _BETWEEN and not (related and grammar.tokens[index].folded == ","):
            return None
        noun = grammar.readings[index] if tag == "noun" else None
        if noun is not None and noun.stem in texts and grammar.parse.phrase_of[index] >= 0 and _gender(noun.gender, noun.stem) == (reading.gender or "m"):
            return index
    return None


def _gender(said: str, stem: str) -> str:
    return said or ("f" if stem.endswith("ه") else "m")
