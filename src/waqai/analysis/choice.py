"""A candidate taken for an event, before it becomes one."""

from __future__ import annotations

import msgspec

from waqai.analysis.arguments import Arguments
from waqai.analysis.triggers import Candidate
from waqai.document import Modality, Polarity, Source, Span
from waqai.encoder.network import Answered


class Choice(msgspec.Struct, frozen=True, gc=False):
    """A candidate taken for an event. What the network read of it stands in the last fields, None where the rules decide alone."""

    candidate: Candidate
    arguments: Arguments
    polarity: Polarity
    modality: Modality
    score: float | None = None
    trigger: Span | None = None
    chain: tuple[Source, ...] | None = None
    answer: Answered | None = None
