"""Evidence: who filled a slot, by what rule, resting on which words."""

from __future__ import annotations

from typing import Literal

import msgspec

from waqai.document.span import Span


class Evidence(msgspec.Struct, frozen=True, gc=False):
    """Why a slot has its value.

    `slot` names the field of the event (type, actor, recipient, ...); `kind` who spoke; `name` the frame, rule or
    lookup ("accuse.accuse", "subject after verb"); `score` a probability where there is one; `spans` the words.
    """

    slot: str
    kind: Literal["frame", "model", "rule", "lookup", "person"]
    name: str
    score: float | None = None
    spans: tuple[Span, ...] = ()
