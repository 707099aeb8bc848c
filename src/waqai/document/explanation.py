"""Why a phrase was taken for whom."""

from __future__ import annotations

import msgspec

from waqai.document.mentions import Entity


class Candidate(msgspec.Struct, frozen=True):
    """Somebody whom a phrase may mean, and what speaks for and against it."""

    id: str
    name_en: str
    name_ar: str
    country: str
    evidence: tuple[str, ...]
    chosen: bool


class Explanation(msgspec.Struct, frozen=True):
    """The entity of a phrase, how sure that is, why, and who else it might be. `known` is false for NIL: nobody in the base."""

    entity: Entity
    known: bool
    confidence: float
    why: tuple[str, ...]
    candidates: tuple[Candidate, ...]
