"""Frames: the predicates of political acts, the PLOVER type and mode they stand for, and where their participants are.

The format of resources/frames/*.toml is described in resources/frames/README.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import msgspec

from waqai.errors import ResourceError
from waqai.knowledge.loader import Resources
from waqai.text.folding import fold_word

Alternatives = tuple[tuple[str, ...], ...]
"""Slots to look into: alternatives in order of preference, each a group of slots whose fillers are joined."""

_GOVERNING = frozenset({"REQUEST", "REJECT", "THREATEN", "AGREE"})
_SLOT_NAMES = frozenset([
    "subject", "object", "genitive", "adjective", "between", "self", "none", "ب", "ل", "على", "إلى", "من", "عن", "مع", "في", "ضد", "بين", "لدى",
    "نحو", "أمام", "تجاه", "حول", "بشأن", "عبر", "خلال", "بعد", "قبل", "ك", "دون", "إزاء", "حيال", "بحق", "خلف", "داخل", "لصالح", "قرب",
]) | {"من قبل", "على يد", "على أيدي", "من جانب", "في وجه", "من طرف", "في حق", "على رأس", "بين يدي"}
_KEYS = frozenset([
    "id", "modes", "verbs", "nouns", "participles", "with", "before", "unless", "unless_sentence", "verb", "noun", "where", "passive",
    "governs", "cameo", "examples", "counter",
])


class Slots(msgspec.Struct, frozen=True, gc=False):
    """Where actor, recipient and subject matter of a predicate are found."""

    actor: Alternatives = ()
    recipient: Alternatives = ()
    about: Alternatives = ()


class Example(msgspec.Struct, frozen=True, gc=False):
    """A sentence in which the frame must fire, with the words it must find."""

    text: str
    trigger: str = ""
    actor: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()


class Frame(msgspec.Struct, frozen=True, gc=False):
    """One sense of a predicate with one pattern of participants. Word lists are folded, lemmas are not. `own`: the user wrote it."""

    id: str
    type: str
    modes: tuple[str, ...]
    verbs: tuple[str, ...]
    nouns: tuple[str, ...]
    participles: tuple[str, ...]
    companions: tuple[tuple[str, ...], ...]
    before: tuple[tuple[str, ...], ...]
    unless: tuple[tuple[str, ...], ...]
    unless_sentence: tuple[tuple[str, ...], ...]
    verb: Slots
    noun: Slots
    actor_kinds: frozenset[str]
    recipient_kinds: frozenset[str]
    passive: bool
    governs: bool
    cameo: str
    examples: tuple[Example, ...]
    counter: tuple[str, ...]
    own: bool = False

    @property
    def known(self) -> bool:
        """Whether the frame has words of its own; one without stands for what only the network saw."""
        return bool(self.verbs or self.nouns or self.participles)


class FrameBook:
    """All frames, indexed by verb lemma, by folded noun form and by folded participle form."""

    def __init__(self, frames: Iterable[Frame]) -> None:
        self.frames = {frame.id: frame for frame in frames}
        self.by_verb: dict[str, tuple[Frame, ...]] = _index((lemma, f) for f in self.frames.values() for lemma in f.verbs)
        self.by_noun: dict[str, tuple[Frame, ...]] = _index(
            (form, f) for f in self.frames.values() for noun in f.nouns for form in noun_forms(noun)
        )
        self.by_participle: dict[str, tuple[Frame, ...]] = _index(
            (form, f) for f in self.frames.values() for participle in f.participles for form in participle_forms(participle)
        )

    @classmethod
    def load(cls, resources: Resources) -> FrameBook:
        """Read and check every file of frames/. ResourceError names file, frame and key of a mistake."""
        names = resources.files("frames/*.toml")
        frames = resources.compiled("frames", names, tuple[Frame, ...], lambda: tuple(_read(resources, names)))
        return cls(frames)


def noun_forms(noun: str) -> tuple[str, ...]:
    """Folded forms of an event noun without article: singular, regular plurals and duals, those before a genitive, accusative."""
    base = fold_word(noun)
    if noun.endswith("ة"):
        stem = base[:-1]
        return (base, stem + "ت", stem + "ات", stem + "تان", stem + "تين", stem + "تي", stem + "تا")
    if noun.endswith(("ون", "ين")):
        return (base, base[:-1])
    if noun.endswith(("ات", "اء", "ى")):
        return (base,)
    return (base, base + "ا", base + "ات", base + "ان", base + "ين", base + "ي", base + "و")


def participle_forms(participle: str) -> tuple[str, ...]:
    """Folded indefinite forms of a participle used as a predicate: متهم، متهما، متهمة، متهمين، متهمون، متهمات، متهمتين."""
    base = fold_word(participle)
    if base.endswith("ي"):
        return (base, base + "ا", base + "ه", base[:-1] + "ين", base[:-1] + "ون", base + "ات", base + "ان", base + "ين")
    return (base, base + "ا", base + "ه", base + "ين", base + "ون", base + "ات", base + "ان", base + "تين", base + "ي", base + "و")


def parse_slots(expression: str) -> Alternatives:
    """`"object | ل"` as alternatives of groups. ValueError names an unknown slot."""
    alternatives = tuple(tuple(slot.strip() for slot in group.split("+")) for group in expression.split("|"))
    for group in alternatives:
        for slot in group:
            if slot not in _SLOT_NAMES:
                raise ValueError(f"{slot!r} is no slot")
    return () if alternatives == (("none",),) else alternatives


def _index(pairs: Iterable[tuple[str, Frame]]) -> dict[str, tuple[Frame, ...]]:
    found: dict[str, list[Frame]] = defaultdict(list)
    for key, frame in pairs:
        if frame not in found[key]:
            found[key].append(frame)
    return {key: tuple(frames) for key, frames in found.items()}


def _read(resources: Resources, names: Iterable[str]) -> Iterable[Frame]:
    seen: set[str] = set()
    for name in names:
        event_type = name.rsplit("/", 1)[-1].removesuffix(".toml").upper()
        own = resources.own_ids(name, "frame")
        for entry in resources.entries(name, "frame"):
            where = f"{name}, frame {entry.get('id')!r}"
            if entry["id"] in seen:
                raise ResourceError("WQ-203", "the id is taken by another frame.", where=where)
            seen.add(entry["id"])
            try:
                yield _frame(event_type, entry, own=entry["id"] in own)
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                raise ResourceError("WQ-204", f"{error}.", where=where, advice="See resources/frames/README.md.") from error


def _frame(event_type: str, entry: dict[str, Any], *, own: bool) -> Frame:
    unknown = set(entry) - _KEYS
    if unknown:
        raise ValueError(f"unknown key {', '.join(sorted(unknown))}")
    where = entry.get("where", {})
    return Frame(
        id=entry["id"], type=event_type, modes=tuple(entry.get("modes", ())),
        verbs=tuple(entry.get("verbs", ())), nouns=tuple(entry.get("nouns", ())), participles=tuple(entry.get("participles", ())),
        companions=_patterns(entry.get("with", ())), before=_patterns(entry.get("before", ())),
        unless=_patterns(entry.get("unless", ())), unless_sentence=_patterns(entry.get("unless_sentence", ())),
        verb=_slots(entry.get("verb", {})), noun=_slots(entry.get("noun", {})),
        actor_kinds=frozenset(where.get("actor", ())), recipient_kinds=frozenset(where.get("recipient", ())),
        passive=bool(entry.get("passive", False)), governs=bool(entry.get("governs", event_type in _GOVERNING)),
        cameo=str(entry.get("cameo", "")),
        examples=tuple(
            Example(e["text"], e.get("trigger", ""), tuple(e.get("actor", ())), tuple(e.get("recipient", ()))) for e in entry.get("examples", ())
        ),
        counter=tuple(entry.get("counter", ())), own=own,
    )


def _patterns(items: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(fold_word(word) for word in item.split()) for item in items)


def _slots(entry: dict[str, str]) -> Slots:
    unknown = set(entry) - {"actor", "recipient", "about"}
    if unknown:
        raise ValueError(f"unknown role {', '.join(sorted(unknown))}")
    return Slots(*(parse_slots(entry[role]) if role in entry else () for role in ("actor", "recipient", "about")))
