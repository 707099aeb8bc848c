"""Work that fails in every way that work can fail, as the title of a document asks. Worker processes import it."""

from __future__ import annotations

import os
from pathlib import Path

from waqai.document import Document
from waqai.engines import Outcome, Work
from waqai.issues import Issue


def make_failing_work() -> Work:
    """Work whose outcome names the document."""
    return _work


def flaky_start(folder: Path) -> Work:
    """Like `make_failing_work`, but each process after the first ends once before it is ready."""
    starts = len(list(folder.iterdir()))
    (folder / str(starts)).touch()
    if starts % 2:
        os._exit(5)
    return _work


def _work(document: Document) -> Outcome:
    dies_once = document.title == "dies once" and not Path(document.url).exists()
    if dies_once:
        Path(document.url).touch()
    if dies_once or document.title == "dies":
        os._exit(9)
    return Issue("WQ-000", "done", where=document.id)
