"""Shallow syntax of a sentence: a tag for every token, and the noun phrases with what governs them."""

from __future__ import annotations

from typing import Literal

import msgspec

from waqai.document.span import Span
from waqai.document.structure import Reading

Tag = Literal[
    "verb", "noun", "number", "pronoun", "demonstrative", "preposition", "conjunction", "complementiser", "relative",
    "negation", "auxiliary", "adverb", "time", "particle", "quote", "punctuation",
]


class Phrase(msgspec.Struct, frozen=True, gc=False):
    """A noun phrase: tokens `first` to `last` (included) of its sentence.

    `span` leaves out the proclitic conjunction and preposition. `preposition` is the one that governs it ("" for a bare
    phrase), written alone (ب, ل, على, من قبل). `coordinated` says that it continues the list of the phrase before it.
    """

    first: int
    last: int
    head: int
    span: Span
    preposition: str = ""
    coordinated: bool = False
    definite: bool = False


class Parse(msgspec.Struct, frozen=True, gc=False):
    """The shallow parse of one sentence. Lists run parallel to the tokens of the sentence.

    `readings` holds the reading chosen for each token; `phrase_of` the index of the phrase a token is in, or -1;
    `clause_of` counts clauses from 0: a new one begins at a complementiser, relative, semicolon or finite verb.
    """

    tags: tuple[Tag, ...]
    readings: tuple[Reading | None, ...]
    phrases: tuple[Phrase, ...]
    phrase_of: tuple[int, ...]
    clause_of: tuple[int, ...]
