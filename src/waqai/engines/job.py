"""The work on one document, wherever it is done: code it, make its records, turn a failure into an issue."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from waqai.document import Document
from waqai.errors import WaqaiError
from waqai.issues import Issue
from waqai.records import Converter, Records


class Coder(Protocol):
    """What codes a document: `waqai.coder.Coder`, or a stand-in of a test."""

    def code(self, document: Document) -> Document:
        """The document with all its layers."""
        ...


Work = Callable[[Document], "Records | Issue"]
MakeWork = Callable[[], Work]


def worker(coder: Coder, converter: Converter) -> Work:
    """A function that codes one document and never raises: what goes wrong comes back as an issue."""

    def work(document: Document) -> Records | Issue:
        try:
            return converter.records(coder.code(document))
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


def _place(error: Exception) -> str:
    """Module and line where an error arose: enough to find it, and one line long."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(last.filename).name} line {last.lineno}"


def name_of(document: Document) -> str:
    """How to name a document to a person: its identifier, with the beginning of its title."""
    return f"document {document.id}" + (f" ({document.title[:40]})" if document.title else "")
