"""The filters that `waqai query` and `waqai export` share."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from waqai.errors import UsageError

if TYPE_CHECKING:
    import datetime as dt

    from waqai.store.conditions import EventFilters

_QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")


def _option(name: str, metavar: str, help: str) -> Any:
    return typer.Option(name, metavar=metavar, help=help, rich_help_panel="Filters", show_default=False)


Actor = Annotated[list[str] | None, _option("--actor", "WHO", "Who acts: a country (EGY), a sector (MIL), a name. Several are alternatives.")]
Recipient = Annotated[list[str] | None, _option("--recipient", "WHO", "To whom: as --actor.")]
Dyad = Annotated[tuple[str, str], _option("--dyad", "WHO WHO", "Two sides, either acting on the other: --dyad RUS UKR.")]
Type = Annotated[list[str] | None, _option("--type", "TYPE", "An event type: REJECT.")]
Mode = Annotated[list[str] | None, _option("--mode", "MODE", "A mode of a type: yield.")]
Quad = Annotated[list[str] | None, _option("--quad", "CLASS", "verbal or material, cooperation or conflict: material-conflict.")]
Country = Annotated[list[str] | None, _option("--country", "ISO3", "Country of somebody who takes part.")]
Place = Annotated[list[str] | None, _option("--place", "WHERE", "Where it happened: a country (LBY), a name, a GeoNames number.")]
First = Annotated[str, _option("--from", "DATE", "Events of this day and later.")]
Last = Annotated[str, _option("--to", "DATE", "Events of this day and earlier.")]
Outlet = Annotated[list[str] | None, _option("--outlet", "NAME", "Who published it: a part of the name.")]
AccordingTo = Annotated[list[str] | None, _option("--according-to", "WHO", "Who says so, anywhere in the chain: as --actor, or anonymous.")]
Confidence = Annotated[float | None, _option("--min-confidence", "NUMBER", "Least confidence, 0 to 1.")]
Polarity = Annotated[str, _option("--polarity", "WORD", "affirmed or negated.")]
Modality = Annotated[str, _option("--modality", "WORD", "actual, future or hypothetical.")]
Words = Annotated[str, _option("--words", "WORDS", "Words of the sentence of the event, in any form.")]


def filters_of(
    *, actor: Sequence[str] | None, recipient: Sequence[str] | None, dyad: tuple[str, str], type: Sequence[str] | None, mode: Sequence[str] | None,
    quad: Sequence[str] | None, country: Sequence[str] | None, place: Sequence[str] | None, first: str, last: str, outlet: Sequence[str] | None,
    according_to: Sequence[str] | None, confidence: float | None, polarity: str, modality: str, words: str,
) -> EventFilters:
    """The filters of the options of a command. UsageError for a value that there is not."""
    from waqai.store.conditions import EventFilters

    return EventFilters(
        from_=_day(first, "--from"), to=_day(last, "--to"), type=_known("types", type, "--type"), mode=_known("modes", mode, "--mode"),
        quad=tuple(_among(_QUADS, each.replace("-", " "), "--quad") for each in quad or ()), country=tuple(code.upper() for code in country or ()),
        polarity=_among(("affirmed", "negated"), polarity, "--polarity") or None,
        modality=_among(("actual", "future", "hypothetical"), modality, "--modality") or None, confidence=confidence, q=words,
        by_named=tuple(actor or ()), to_whom_named=tuple(recipient or ()), dyad=dyad if any(dyad) else None,
        speaker_named=tuple(according_to or ()), place_named=tuple(place or ()), outlet_named=tuple(outlet or ()),
    )


def _known(table: str, written: Sequence[str] | None, option: str) -> tuple[str, ...]:
    """Names of the codebook as it writes them."""
    if not written:
        return ()
    from waqai.cli.work import knowledge
    from waqai.knowledge.ontology import Ontology

    ontology = Ontology.load(knowledge(None))
    if table == "types":
        return tuple(_among(tuple(ontology.types), each.upper(), option) for each in written)
    modes = tuple({mode.name for mode in ontology.modes.values()})
    return tuple(_among(modes, each.lower(), option) for each in written)


def _among(known: Sequence[str], written: str, option: str) -> str:
    if not written or written in known:
        return written
    near = difflib.get_close_matches(written, known, 1)
    advice = f"Did you mean {near[0]}?" if near else f"There are {', '.join(sorted(known))}."
    raise UsageError("WQ-406", f"there is no {option.lstrip('-')} {written!r}.", where=option, advice=advice)


def _day(written: str, option: str) -> dt.date | None:
    from waqai.ingest import read_date

    day = read_date(written) if written else None
    if written and day is None:
        raise UsageError("WQ-402", f"{written!r} is no date we can read.", where=option, advice="Write 2019-04-20.")
    return day
