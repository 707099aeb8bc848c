"""What the API says of earlier texts and codings of an article, typed."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from waqai.server.shapes import Address, Moment, Record, Shape

Change = Literal["same", "gone", "new"]
Detail = Literal["actors", "recipients", "object", "attribution", "polarity", "modality", "time", "place", "casualties"]


class Piece(Shape):
    """Words that both texts have (same), only the earlier (gone), or only the later (new)."""

    change: Change
    text: str


class Comparison(Shape):
    """Two texts as one, white space apart: the headline, and paragraphs of the later text with what is gone where it stood."""

    title: list[Piece]
    paragraphs: list[list[Piece]]
    words_new: int
    words_gone: int


class EventChange(Shape):
    """An event before and now. It is kept where the same type stands on the same words; `differs` names what else was read otherwise."""

    change: Literal["kept", "gone", "new"]
    before: Record | None
    now: Record | None
    differs: list[Detail]


class Version(Shape):
    """An earlier state of an article, as long as it stood: another text, or the same text in an earlier coding (`comparison` is null).

    It is compared with what took its place: `by_doc_id`, coded by `by_coder`.
    """

    doc_id: str
    title: str
    outlet: str
    url: Address
    published: dt.date | None
    coder: str
    replaced_at: Moment
    by_doc_id: str
    by_coder: str
    comparison: Comparison | None
    events: list[EventChange]


class Versions(Shape):
    """The earlier states of an article, the newest first; `omitted` older ones are left out."""

    doc_id: str
    versions: list[Version]
    omitted: int
