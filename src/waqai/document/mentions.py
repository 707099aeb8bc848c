"""Mentions of actors, the entities they stand for, and coreference chains."""

from __future__ import annotations

from typing import Literal

import msgspec

from waqai.document.evidence import Evidence
from waqai.document.span import Span

EntityKind = Literal[
    "person", "country", "organisation", "armed group", "military", "police", "party", "media", "group", "office", "place", "thing", "unknown"
]


class Entity(msgspec.Struct, frozen=True, gc=False):
    """Somebody or something that acts, as of the document's date.

    `id` is an identifier of the actor base, or "local:..." for one known only inside the document. `country` is the
    PLOVER country slot (ISO-3, UNO, EUR, IGO, NGO, MNC, IMG, ISM) or ""; `sector` a PLOVER sector code or "".
    `role` is the office held at that date, as "English title", or None.
    """

    id: str
    kind: EntityKind
    name_ar: str
    name_en: str = ""
    country: str = ""
    sector: str = ""
    role: str | None = None
    wikidata: str = ""


class Mention(msgspec.Struct, frozen=True, gc=False):
    """A noun phrase or pronoun that refers to an actor.

    `span` is the full phrase without leading preposition or conjunction, `head` its head word. `kind` is how it
    refers. `number` and `gender` are those of the head where known.
    """

    span: Span
    head: Span
    sentence: int
    kind: Literal["name", "nominal", "pronoun", "office", "implicit"]
    number: Literal["", "s", "d", "p"] = ""
    gender: Literal["", "m", "f"] = ""


class Participant(msgspec.Struct, frozen=True, gc=False):
    """A mention in a slot, with the entity it was resolved to and the evidence for both."""

    mention: Mention
    entity: Entity
    evidence: tuple[Evidence, ...] = ()


class CoreferenceChain(msgspec.Struct, frozen=True, gc=False):
    """Mentions of one entity inside a document, in order; `representative` indexes the fullest of them."""

    mentions: tuple[Mention, ...]
    entity: Entity
    representative: int = 0
