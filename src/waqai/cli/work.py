"""What every command that codes needs: the inputs as documents, and the work on one of them."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from waqai.errors import UsageError

if TYPE_CHECKING:
    from waqai.coder import Mode
    from waqai.document import Document
    from waqai.engines import MakeWork
    from waqai.ingest import Metadata
    from waqai.ingest.dates import DateWords
    from waqai.ingest.metadata import DateParser
    from waqai.issues import Issue
    from waqai.knowledge.loader import Resources
    from waqai.knowledge.pages import PagePhrases
    from waqai.records import Converter


def knowledge(resources: Path | None) -> Resources:
    """The resources with the user's folder laid over them, compiled forms kept."""
    from waqai.coder import default_cache
    from waqai.knowledge.loader import Resources

    if resources is not None and not resources.is_dir():
        raise UsageError("WQ-401", "there is no such folder.", where=f"--resources {resources}")
    return Resources(resources, cache=default_cache())


def converter(resources: Path | None, mode: Mode = "full") -> Converter:
    """What makes records of coded documents."""
    from waqai.engines import coder_name
    from waqai.knowledge.ontology import Ontology
    from waqai.records import Converter

    return Converter(Ontology.load(knowledge(resources)), coder_name(mode))


def make_work(resources: Path | None, mode: Mode) -> MakeWork:
    """What builds the work, here or in a worker process. UsageError when there is no such folder."""
    from waqai import engines

    knowledge(resources)
    return engines.make_work(mode, resources)


def date_words(resources: Path | None) -> DateWords:
    """What reads dates in words."""
    from waqai.ingest.dates import DateWords
    from waqai.knowledge.calendars import load_calendars

    return DateWords(lambda: load_calendars(knowledge(resources)))


def read(
    inputs: Sequence[str], *, date: str = "", outlet: str = "", resources: Path | None = None, follow: bool = False
) -> Iterator[Document | Issue]:
    """Documents and issues of the inputs; `date` and `outlet` stand in where an article has none of its own.

    `follow` reads the pages behind the addresses of lists.
    """
    from waqai.ingest import read_inputs

    return read_inputs(inputs, stdin=sys.stdin.buffer, follow=follow, **_settings(date, outlet, resources))


def read_again(
    contents: Iterable[tuple[str, bytes]], *, date: str = "", outlet: str = "", resources: Path | None = None, follow: bool = False
) -> Iterator[Document | Issue]:
    """Documents and issues of inputs out of quarantine, each with the place that it came from."""
    from waqai.ingest import read_contents

    return read_contents(contents, follow=follow, **_settings(date, outlet, resources))


class _Settings(TypedDict):
    defaults: Metadata
    parse: DateParser
    phrases: PagePhrases


def _settings(date: str, outlet: str, resources: Path | None) -> _Settings:
    from waqai.ingest import Metadata, read_date
    from waqai.knowledge.pages import PagePhrases

    parse = date_words(resources)
    if date and read_date(date, parse) is None:
        raise UsageError("WQ-402", f"{date!r} is no date we can read.", where="--date", advice="Write 2019-04-20.")
    return {"defaults": Metadata(date=date, outlet=outlet), "parse": parse, "phrases": PagePhrases(knowledge(resources))}
