"""The work on one document, wherever it is done: code it, make its records, turn a failure into an issue."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import waqai
from waqai.document import Document
from waqai.errors import WaqaiError
from waqai.issues import Issue
from waqai.records import Converter, Records

if TYPE_CHECKING:
    from waqai.coder import Mode


class Coder(Protocol):
    """What codes a document: `waqai.coder.Coder`, or a stand-in of a test."""

    def code(self, document: Document) -> Document:
        """The document with all its layers."""
        ...


Outcome = Records | Issue
Work = Callable[[Document], Outcome]
MakeWork = Callable[[], Work]


def worker(coder: Coder, converter: Converter) -> Work:
    """A function that codes one document and never raises: what goes wrong comes back as an issue."""

    def work(document: Document) -> Outcome:
        try:
            return unwritable(document) or converter.records(coder.code(document))
        except WaqaiError as error:
            return Issue(error.code, error.message, where=error.where or name_of(document), advice=error.advice)
        except Exception as error:
            # A fault of ours in one article must not cost the others; it is reported with its kind and counted.
            return Issue(
                "WQ-120",
                f"could not be coded ({type(error).__name__}: {error}; {_place(error)}).",
                where=name_of(document),
                advice="This is a fault in Waqai: please report it with the article.",
            )

    return work


def unwritable(document: Document) -> Issue | None:
    """The issue of a text with halves of characters (lone surrogates), which no file and no other process can be given."""
    try:
        for text in (document.id, document.text, document.title, document.url, document.outlet, document.author):
            text.encode()
    except UnicodeEncodeError as error:
        place = f"document {document.id!a}"
        return Issue("WQ-124", f"the text has half of a character at {error.start:,}.", where=place, advice="Decode it with errors='replace'.")
    return None


def make_work(mode: Mode = "full", resources: Path | None = None) -> MakeWork:
    """What builds the work of the coder, in this process or in another one: it can be pickled. `resources` is a folder of the user's."""
    return partial(_build, mode, resources)


def coder_name(mode: Mode) -> str:
    """How records name what coded them."""
    return f"waqai {waqai.__version__}" + (f" {mode}" if mode != "full" else "")


def _build(mode: Mode, resources: Path | None) -> Work:
    # The process that only hands out documents need not load the analysis.
    from waqai.coder import build, default_cache
    from waqai.knowledge.loader import Resources
    from waqai.knowledge.ontology import Ontology

    knowledge = Resources(resources, cache=default_cache())
    return worker(build(knowledge, mode=mode), Converter(Ontology.load(knowledge), coder_name(mode)))


def _place(error: Exception) -> str:
    """Module and line where an error arose: enough to find it, and one line long."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(last.filename).name} line {last.lineno}"


def name_of(document: Document) -> str:
    """How to name a document to a person: its identifier, with the beginning of its title."""
    return f"document {document.id}" + (f" ({document.title[:40]})" if document.title else "")
