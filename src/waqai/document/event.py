"""Events: political acts that a document reports."""

from __future__ import annotations

from typing import Literal

import msgspec

from waqai.document.evidence import Evidence
from waqai.document.mentions import Participant
from waqai.document.place import PlaceReference
from waqai.document.span import Span
from waqai.document.speech import Source
from waqai.document.time import TimeExpression

Polarity = Literal["affirmed", "negated"]
Modality = Literal["actual", "future", "hypothetical"]


class Trigger(msgspec.Struct, frozen=True, gc=False):
    """The words that name the act, and the lemma of its head."""

    span: Span
    lemma: str


class Casualties(msgspec.Struct, frozen=True, gc=False):
    """People killed and injured, None where the text gives no number."""

    killed: int | None = None
    injured: int | None = None


class Event(msgspec.Struct, frozen=True, gc=False):
    """One reported act. `type`, `modes` and `contexts` are PLOVER 2.0 names; `confidence` a calibrated probability."""

    sentence: int
    trigger: Trigger
    type: str
    frame: str
    modes: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    actors: tuple[Participant, ...] = ()
    recipients: tuple[Participant, ...] = ()
    about: Span | None = None
    polarity: Polarity = "affirmed"
    modality: Modality = "actual"
    attribution: tuple[Source, ...] = ()
    time: TimeExpression | None = None
    place: PlaceReference | None = None
    casualties: Casualties = Casualties()
    confidence: float = 0.5
    evidence: tuple[Evidence, ...] = ()
