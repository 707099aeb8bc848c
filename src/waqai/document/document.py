"""The document: a text, what is known about it, and the layers that the stages add."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Literal

import msgspec

from waqai.document.event import Event
from waqai.document.mentions import CoreferenceChain, Mention
from waqai.document.place import PlaceReference
from waqai.document.span import Span
from waqai.document.speech import Attribution, Quotation
from waqai.document.structure import Block, Genre, Sentence
from waqai.document.syntax import Parse
from waqai.document.time import TimeExpression


class Document(msgspec.Struct, frozen=True, gc=False):
    """An article. `text` is what ingestion gave, untouched; every span counts in it.

    A layer is None until its stage has run: not computed is not the same as empty. `headline` is the title coded as a
    document of its own when the title came apart from the text; its spans count in `title`.
    """

    id: str
    text: str
    title: str = ""
    url: str = ""
    outlet: str = ""
    author: str = ""
    published: dt.date | None = None
    language: str = "ar"
    part: Literal["text", "title"] = "text"
    credit: tuple[str, ...] = ()
    blocks: tuple[Block, ...] | None = None
    sentences: tuple[Sentence, ...] | None = None
    genre: Genre | None = None
    times: tuple[TimeExpression, ...] | None = None
    places: tuple[PlaceReference, ...] | None = None
    parses: tuple[Parse, ...] | None = None
    mentions: tuple[Mention, ...] | None = None
    chains: tuple[CoreferenceChain, ...] | None = None
    quotations: tuple[Quotation, ...] | None = None
    attributions: tuple[Attribution, ...] | None = None
    events: tuple[Event, ...] | None = None
    headline: Document | None = None

    def text_of(self, span: Span) -> str:
        """The words that `span` covers."""
        return self.text[span.start : span.end]


def document_id(text: str, url: str = "", outlet: str = "") -> str:
    """A stable identifier made from content and address, from the outlet where there is no address: 16 hexadecimal digits."""
    return hashlib.sha256(f"{url or outlet}\n{text}".encode()).hexdigest()[:16]
