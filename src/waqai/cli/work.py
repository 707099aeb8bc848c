"""What every command that codes needs: the inputs as documents, and the work on one of them."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import waqai
from waqai.errors import UsageError

if TYPE_CHECKING:
    import datetime as dt

    from waqai.document import Document
    from waqai.engines import MakeWork, Work
    from waqai.issues import Issue

CODER = f"waqai {waqai.__version__}"


def build(resources: Path | None) -> Work:
    """The work on one document; takes a second. `resources` is a folder of the user's laid over ours."""
    from waqai.engines import worker
    from waqai.knowledge.loader import Resources
    from waqai.knowledge.ontology import Ontology
    from waqai.records import Converter

    ontology = Ontology.load(Resources(resources))
    return worker(waqai.load(resources), Converter(ontology, CODER))


def make_work(resources: Path | None) -> MakeWork:
    """What builds the work, here or in a worker process."""
    if resources is not None and not resources.is_dir():
        raise UsageError("WQ-401", "there is no such folder.", where=f"--resources {resources}")
    return partial(build, resources)


def read(
    inputs: Sequence[str], *, date: str = "", outlet: str = "", resources: Path | None = None
) -> Iterator[Document | Issue]:
    """Documents and issues of the inputs; `date` and `outlet` stand in where an article has none of its own."""
    from waqai.ingest import Metadata, read_date, read_inputs

    parse = _DateWords(resources)
    if date and read_date(date, parse) is None:
        raise UsageError("WQ-402", f"{date!r} is no date we can read.", where="--date", advice="Write 2019-04-20.")
    return read_inputs(inputs, defaults=Metadata(date=date, outlet=outlet), parse=parse, stdin=sys.stdin.buffer)


class _DateWords:
    """Reads dates in words (١٩ نيسان ٢٠١٩). The calendars are loaded when the first such date comes."""

    def __init__(self, resources: Path | None) -> None:
        self.resources = resources

    def __call__(self, written: str) -> dt.date | None:
        from waqai.knowledge.calendars import load_calendars
        from waqai.knowledge.loader import Resources
        from waqai.text.dates import parse_date

        interval = parse_date(written, load_calendars(Resources(self.resources)))
        return interval.first if interval is not None and interval.precision == "day" else None
