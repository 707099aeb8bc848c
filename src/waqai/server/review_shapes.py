"""What reviewers send and get."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from waqai.server.answers import Who
from waqai.server.shapes import Change, Event, Given, Page, Shape

Offset = Annotated[int, Field(ge=0, le=100_000_000)]
Name = Annotated[str, StringConstraints(max_length=300)]


class SpanGiven(Given):
    """Characters `start` up to, not including, `end`, of the part in which the event stands."""

    start: Offset
    end: Offset


class WhoGiven(SpanGiven):
    """A participant: its words and, where the reviewer chose it, its entity. `anonymous` and `cue` are for speakers."""

    entity_id: Name = ""
    anonymous: bool | None = None
    cue: Name | None = None


class TimeGiven(SpanGiven):
    """A time: its words and the days they mean, both included."""

    from_: dt.date | None = Field(None, alias="from")
    to: dt.date | None = None


class ChangesGiven(Given):
    """What shall be otherwise; what is left out stays. A list of participants is the whole new list."""

    part: Literal["text", "title"] = "text"
    event_type: Name = ""
    modes: Annotated[list[Name], Field(max_length=20)] = Field(default_factory=list)
    trigger: SpanGiven | None = None
    actors: Annotated[list[WhoGiven], Field(max_length=50)] = Field(default_factory=list)
    recipients: Annotated[list[WhoGiven], Field(max_length=50)] = Field(default_factory=list)
    attribution: Annotated[list[WhoGiven], Field(max_length=20)] = Field(default_factory=list)
    object: SpanGiven | None = None
    polarity: Literal["affirmed", "negated"] = "affirmed"
    modality: Literal["actual", "future", "hypothetical"] = "actual"
    place: SpanGiven | None = None
    time: TimeGiven | None = None
    killed: Annotated[int, Field(ge=0, le=1_000_000_000)] | None = None
    injured: Annotated[int, Field(ge=0, le=1_000_000_000)] | None = None


class DecisionGiven(Given):
    """A decision: about the event `event_id`, or, to add one that was missed, about the document `doc_id`.

    Who is "unsure" leaves the event as it is, marked for others.

    With `basis`, the `review.review_id` that the reviewer saw (0 for none), it is refused when somebody else was faster.
    """

    action: Literal["accept", "correct", "reject", "add", "unsure"]
    event_id: Name = ""
    doc_id: Annotated[str, StringConstraints(max_length=500)] = ""
    changes: ChangesGiven = ChangesGiven()
    reviewer: Annotated[str, StringConstraints(max_length=80)] = ""
    note: Annotated[str, StringConstraints(max_length=2000)] = ""
    basis: Annotated[int, Field(ge=0, le=2**53)] | None = None


class UndoGiven(Given):
    """Which decision to take back."""

    review_id: Annotated[int, Field(ge=1, le=2**53)]
    reviewer: Annotated[str, StringConstraints(max_length=80)] = ""


class Decided(Shape):
    """The number of a decision in the log, and the event as it is now; null when it is rejected or gone."""

    review_id: int
    event: Event | None


class QueueItem(Shape):
    """An event to be reviewed, with the sentences around it."""

    event: Event
    previous_sentence: str | None
    next_sentence: str | None


class Reviewer(Shape):
    """A reviewer with the number of decisions that stand."""

    reviewer: str
    decisions: int


class Progress(Shape):
    """How far the review has come: decisions that stand. `unsure` ones decide nothing and are not among the `reviewed`.

    `compared` events were decided about by two reviewers or more, and in `agreed` of them all say the same.
    """

    reviewed: int
    accepted: int
    corrected: int
    rejected: int
    added: int
    unsure: int
    compared: int
    agreed: int
    reviewers: list[Reviewer]


class Queue(Page):
    """Events that nobody has decided about, or those about which somebody was unsure; `total` of them."""

    items: list[QueueItem]
    progress: Progress


class Log(Page):
    """Decisions, the newest first."""

    changes: list[Change]


class Candidate(Who):
    """Somebody whom words may mean, and where that is known from."""

    role: str | None
    source: Literal["document", "store", "base"]


class Candidates(Shape):
    """Who may be meant: those of the document, of the store, of the actor base."""

    entities: list[Candidate]
