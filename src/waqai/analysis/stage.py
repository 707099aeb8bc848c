"""What a stage is, and the check that a list of stages can run in its order."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from waqai.document import Document
from waqai.errors import UsageError


class Stage(msgspec.Struct, frozen=True):
    """A step of the analysis: `run` takes a document that has the layers `requires` and returns it with `provides` added."""

    name: str
    requires: tuple[str, ...]
    provides: tuple[str, ...]
    run: Callable[[Document], Document]


def in_order(stages: Iterable[Stage]) -> tuple[Stage, ...]:
    """The stages as a tuple, after checking that each finds the layers it needs. UsageError names the first that does not."""
    listed, present = tuple(stages), set[str]()
    for stage in listed:
        missing = [layer for layer in stage.requires if layer not in present]
        if missing:
            raise UsageError("WQ-301", f"stage {stage.name!r} needs {', '.join(missing)}, which no earlier stage provides.")
        present.update(stage.provides)
    return listed
