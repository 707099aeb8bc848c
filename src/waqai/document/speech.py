"""Who says so: sources, attribution chains and quotations."""

from __future__ import annotations

from typing import Literal

import msgspec

from waqai.document.mentions import Participant
from waqai.document.span import Span


class Source(msgspec.Struct, frozen=True, gc=False):
    """One link of an attribution chain: the participant who says so and the words that show it (قال، بحسب)."""

    participant: Participant
    cue: Span
    cue_lemma: str
    anonymous: bool = False


class Attribution(msgspec.Struct, frozen=True, gc=False):
    """A stretch of text that is somebody's words. `chain` is outermost first, and already holds the enclosing sources."""

    content: Span
    chain: tuple[Source, ...]
    sentence: int


class Quotation(msgspec.Struct, frozen=True, gc=False):
    """Reported speech: `span` is what was said (without quotation marks), `chain` who says so, outermost first."""

    span: Span
    kind: Literal["direct", "mixed", "indirect"]
    chain: tuple[Source, ...]
    sentence: int

    @property
    def speaker(self) -> Source | None:
        """The innermost source, the one whose words these are; None when nobody is named."""
        return self.chain[-1] if self.chain else None
