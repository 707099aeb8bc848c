"""`waqai export`: events as files of other programs, or a whole store as a data set."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Literal

import typer

from waqai.cli.add import DEFAULT_STORE, StoreFile
from waqai.cli.filters import (
    AccordingTo,
    Actor,
    Confidence,
    Country,
    Dyad,
    First,
    Last,
    Modality,
    Mode,
    Outlet,
    Place,
    Polarity,
    Quad,
    Recipient,
    Type,
    Words,
    filters_of,
)
from waqai.cli.query import existing, forms_of
from waqai.errors import UsageError

ExportFormat = Literal["csv", "jsonl", "parquet", "geojson", "graphml", "parquet-dataset"]


def export(
    store: StoreFile = DEFAULT_STORE,
    format: Annotated[ExportFormat, typer.Option("--format", "--as", help="parquet-dataset is a folder of the whole store, by month.")] = "csv",
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="PATH", help="A file, or the folder of the data set. Default: standard output.")] = None,
    columns: Annotated[str, typer.Option("--columns", metavar="NAMES", help="Columns of CSV, with commas between; default: all.")] = "",
    actor: Actor = None,
    recipient: Recipient = None,
    dyad: Dyad = ("", ""),
    type: Type = None,
    mode: Mode = None,
    quad: Quad = None,
    country: Country = None,
    place: Place = None,
    first: First = "",
    last: Last = "",
    outlet: Outlet = None,
    according_to: AccordingTo = None,
    confidence: Confidence = None,
    polarity: Polarity = "",
    modality: Modality = "",
    words: Words = "",
) -> None:
    """Write events as CSV, JSON lines, Parquet, GeoJSON or GraphML; or bring a data set up to date.

    Cells of CSV that a spreadsheet would run begin with an apostrophe. A data set takes the documents that are new or have changed,
    and is then a store for `waqai query --store FOLDER`.

    Examples:

    waqai export --type ASSAULT --from 2019-04-01 > assaults.csv

    waqai export --format geojson --place LBY -o libya.geojson

    waqai export --format parquet-dataset -o archive/
    """
    from waqai.store.conditions import EventFilters

    filters = filters_of(
        actor=actor, recipient=recipient, dyad=dyad, type=type, mode=mode, quad=quad, country=country, place=place, first=first, last=last,
        outlet=outlet, according_to=according_to, confidence=confidence, polarity=polarity, modality=modality, words=words,
    )
    if format == "parquet-dataset":
        if filters != EventFilters():
            raise UsageError("WQ-411", "a data set is of the whole store.", where="--format parquet-dataset", advice="Leave the filters out.")
        _dataset(existing(store), output)
        return
    if output is None and format == "parquet" and sys.stdout.isatty():
        raise UsageError("WQ-404", "Parquet is not for a terminal.", where="--format parquet", advice="Add -o FILE, or send it into a file with > FILE.")
    _write(_content(existing(store), format, filters, columns), output)


def _content(store: Path, format: Literal["csv", "jsonl", "parquet", "geojson", "graphml"], filters: object, columns: str) -> Iterator[bytes]:
    from waqai.export.events import columns_of, pieces
    from waqai.store import Store
    from waqai.store.conditions import EventFilters, where

    assert isinstance(filters, EventFilters)
    wanted = columns_of(columns)
    with Store.open(store, read_only=True) as opened:
        yield from pieces(opened, format, where(filters, forms_of(filters.q)), _levels, columns=wanted, bom=False)


def _levels() -> Callable[[int | None], str | None]:
    from waqai.cli.work import knowledge
    from waqai.knowledge.gazetteer import Gazetteer

    levels = {place.geonames_id: str(place.level) for place in Gazetteer.load(knowledge(None)).places if place.geonames_id}
    return lambda number: levels.get(number) if number else None


def _write(content: Iterator[bytes], output: Path | None) -> None:
    """To standard output, or to a file that is there whole or not at all."""
    if output is None:
        for piece in content:
            sys.stdout.buffer.write(piece)
        sys.stdout.buffer.flush()
        return
    partial = output.with_name(f".{output.name}.part")
    try:
        with partial.open("wb") as file:
            file.writelines(content)
        shutil.move(partial, output)
    except OSError as error:
        raise UsageError("WQ-409", f"cannot be written: {error.strerror}.", where=str(output), advice="Name a file in a folder that is there.") from error
    finally:
        partial.unlink(missing_ok=True)


def _dataset(store: Path, output: Path | None) -> None:
    from waqai.store import Store
    from waqai.store.dataset import is_dataset, write_dataset

    if output is None:
        raise UsageError("WQ-411", "a data set is a folder.", where="--format parquet-dataset", advice="Add -o FOLDER.")
    if is_dataset(store):
        raise UsageError("WQ-411", "is a data set itself.", where=str(store), advice="Export from a store.")
    # It must be of this version before its tables are copied as they are.
    Store.open(store, read_only=True).close()
    done = write_dataset(store, output)
    sys.stderr.write(f"{done.documents:,} documents new or changed · {done.written:,} months written, {done.unchanged:,} left alone\n")
