"""PLOVER 2.0 as data: types, modes, contexts, sectors, their scores, and the CAMEO codes that stand for an act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from waqai.errors import ResourceError
from waqai.knowledge.frames import FrameBook
from waqai.knowledge.loader import Resources

QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")

# Modes that are contexts too: the manual has them go together.
_MODE_CONTEXTS = frozenset({"misinformation", "cyber"})


class EventType(msgspec.Struct, frozen=True):
    """One of the 16 types. `intensity` from -10 to 10; `needs_recipient` as in the manual (it never drops an event)."""

    name: str
    quad: str
    intensity: float
    needs_recipient: bool
    definition: str
    arabic: str


class Mode(msgspec.Struct, frozen=True):
    """A mode of one type, with its own intensity from -10 to 10."""

    type: str
    name: str
    intensity: float
    definition: str
    arabic: str


class Label(msgspec.Struct, frozen=True):
    """A context or sector: its code, what it stands for, its Arabic name."""

    name: str
    definition: str
    arabic: str


class Ontology(msgspec.Struct, frozen=True):
    """The codes of PLOVER 2.0 and what follows from them. `frame_codes` holds the CAMEO codes that frames name."""

    types: Mapping[str, EventType]
    modes: Mapping[tuple[str, str], Mode]
    contexts: Mapping[str, Label]
    sectors: Mapping[str, Label]
    cameo_codes: Mapping[str, str]
    frame_codes: Mapping[str, str]

    @classmethod
    def load(cls, resources: Resources) -> Ontology:
        """Read ontology/*.tsv and the codes of the frames. ResourceError where a table breaks its format."""
        types = {row["id"]: _event_type(row) for row in resources.table("ontology/types.tsv")}
        modes = {}
        for row in resources.table("ontology/modes.tsv"):
            type_name, _, name = row["id"].partition("/")
            score = _number(row, "intensity")
            modes[type_name, name] = Mode(type_name, name, score, row["definition"], row["arabic"])
        return cls(
            types=types,
            modes=modes,
            contexts=_labels(resources, "ontology/contexts.tsv"),
            sectors=_labels(resources, "ontology/sectors.tsv"),
            cameo_codes={row["id"]: row["cameo"] for row in resources.table("ontology/cameo.tsv")},
            frame_codes={frame.id: frame.cameo for frame in FrameBook.load(resources).frames.values() if frame.cameo},
        )

    def quad(self, type_name: str) -> str | None:
        """The quad class of a type, None for a type of the user's own that the table lacks."""
        known = self.types.get(type_name)
        return known.quad if known else None

    def intensity(self, type_name: str, modes: Sequence[str]) -> float | None:
        """The score of the strongest mode, or of the type when there is no mode; -10 to 10."""
        mode = self.strongest(type_name, modes)
        if mode is not None:
            return mode.intensity
        known = self.types.get(type_name)
        return known.intensity if known else None

    def strongest(self, type_name: str, modes: Sequence[str]) -> Mode | None:
        """The mode farthest from zero, the first of equals; None when none is known for this type."""
        known = [self.modes[type_name, name] for name in modes if (type_name, name) in self.modes]
        return max(known, key=lambda mode: abs(mode.intensity), default=None)

    def all_contexts(self, modes: Sequence[str], contexts: Sequence[str]) -> tuple[str, ...]:
        """The contexts with those that a mode brings along, in order."""
        return tuple(dict.fromkeys([*contexts, *(mode for mode in modes if mode in _MODE_CONTEXTS)]))

    def cameo(self, type_name: str, modes: Sequence[str], contexts: Sequence[str], frame: str = "") -> str | None:
        """The CAMEO code: the frame's own, else that of the most exact act in the table; None when there is none."""
        if frame in self.frame_codes:
            return self.frame_codes[frame]
        mode = self.strongest(type_name, modes)
        name = mode.name if mode else ""
        exact = [f"{type_name}/{name}/{context}" for context in contexts]
        for act in (*exact, f"{type_name}/{name}", type_name):
            if act in self.cameo_codes:
                return self.cameo_codes[act]
        return None


def _event_type(row: Mapping[str, str]) -> EventType:
    if row["quad"] not in QUADS:
        raise ResourceError(
            "WQ-203",
            f"{row['quad']!r} is no quad class.",
            where=f"types.tsv {row['id']}",
            advice=f"Use one of {', '.join(QUADS)}.",
        )
    needed = row["recipient"] == "required"
    return EventType(row["id"], row["quad"], _number(row, "intensity"), needed, row["definition"], row["arabic"])


def _number(row: Mapping[str, str], column: str) -> float:
    try:
        return float(row[column])
    except ValueError as error:
        raise ResourceError(
            "WQ-204", f"{row[column]!r} is no number.", where=f"ontology, {row['id']}, {column}"
        ) from error


def _labels(resources: Resources, name: str) -> dict[str, Label]:
    return {row["id"]: Label(row["id"], row["definition"], row["arabic"]) for row in resources.table(name)}
