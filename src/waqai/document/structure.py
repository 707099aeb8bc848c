"""Blocks, sentences, tokens, and the readings of a word form."""

from __future__ import annotations

from typing import Literal

import msgspec

from waqai.document.span import Span

BlockRole = Literal["headline", "deck", "byline", "dateline", "highlight", "body", "pull quote", "caption"]
PartOfSpeech = Literal[
    "verb", "noun", "masdar", "participle", "adjective", "name", "preposition", "particle", "pronoun", "adverb", "number", "unknown"
]
Aspect = Literal["", "perfect", "imperfect", "imperative"]
Voice = Literal["", "active", "passive", "either"]


class Genre(msgspec.Struct, frozen=True, gc=False):
    """What kind of text a document is. `politics`: how much it speaks of politics, in weighted words of a hundred; None where it is too short to tell.
    `comment`: a writer speaks in the first person, asks or exclaims, and begins with no news of the day. `chronicle`: it goes through
    years long past, line by line."""

    politics: float | None = None
    comment: bool = False
    chronicle: bool = False


class Block(msgspec.Struct, frozen=True, gc=False):
    """A paragraph-like stretch of a document with its role in the layout. Blocks do not overlap and stand in order."""

    span: Span
    role: BlockRole


class Reading(msgspec.Struct, frozen=True, gc=False):
    """One way to read a word form: proclitics + stem + enclitic.

    All strings are folded (see `waqai.text.folding`) except `lemma`. `proclitics` are letters in order, of و ف ب ل ك س
    and "ال" for the article ("لل" gives ("ل", "ال")). `enclitic` is an attached pronoun or "". A form that ends in a
    letter that marks the person of the verb has it in the stem. `lemma` is unvowelled but keeps shadda (قدّم against
    قدم) and hamza.
    """

    pos: PartOfSpeech
    lemma: str
    stem: str
    proclitics: tuple[str, ...] = ()
    enclitic: str = ""
    aspect: Aspect = ""
    voice: Voice = ""
    person: Literal["", "1", "2", "3"] = ""
    number: Literal["", "s", "d", "p"] = ""
    gender: Literal["", "m", "f"] = ""
    definite: bool = False


class Token(msgspec.Struct, frozen=True, gc=False):
    """A word, number or single punctuation mark. `folded` is its folded form; `readings` best first, empty for punctuation."""

    span: Span
    folded: str
    readings: tuple[Reading, ...] = ()


class Sentence(msgspec.Struct, frozen=True, gc=False):
    """A sentence: `index` counts from 0 through the document; `role` is that of its block."""

    index: int
    span: Span
    role: BlockRole
    tokens: tuple[Token, ...] = ()
