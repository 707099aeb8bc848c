"""`waqai code --engine ray`: what the command line asks of a cluster, and what it tells of it."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from waqai.cli.output import Format
from waqai.coder import Mode
from waqai.document import Document
from waqai.errors import UsageError
from waqai.issues import Issue


@dataclass(frozen=True)
class Request:
    """The options of `waqai code` that matter to a cluster. `reading` is `work.read` with the options of reading."""

    inputs: list[str]
    reading: partial[Iterator[Document | Issue]]
    mode: Mode
    resources: Path | None
    folder: Path
    shard: int
    min_confidence: float
    workers: int
    address: str

    @property
    def settings(self) -> dict[str, str]:
        """What must be the same in every run into one folder."""
        from waqai.engines import coder_name

        chosen = {**self.reading.keywords, "coder": coder_name(self.mode), "min_confidence": self.min_confidence, "shard": self.shard}
        return {name: str(value or "") for name, value in chosen.items()}


def output_folder(format: Format | None, output: Path | None, store: Path | None, inputs: list[str]) -> Path:
    """Where the shards go. UsageError for what a cluster cannot do."""
    if format != "parquet" or output is None:
        advice = "Add --format parquet -o FOLDER."
        raise UsageError("WQ-430", "a cluster writes a folder of Parquet files.", where="--engine ray", advice=advice)
    if store is not None or "-" in inputs:
        advice = "Give files or folders that every machine of the cluster sees, and no store."
        raise UsageError("WQ-431", "a cluster has no standard input and no store.", where="--engine ray", advice=advice)
    if output.is_file():
        raise UsageError("WQ-430", "is a file, and should be a folder.", where=str(output), advice="Choose another --output.")
    return output.absolute()


def code_on_cluster(request: Request, *, quiet: bool) -> int:
    """Code onto Parquet shards and report; the exit status. UsageError when Ray is missing, or the folder is of another kind."""
    from waqai.cli.progress import Report
    from waqai.cli.work import make_work

    request.reading([])  # refuses a date that is none before a cluster starts
    make = make_work(request.resources, request.mode)
    # Nobody is told that Waqai runs.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        from waqai.engines import cluster, shards
    except ImportError as error:
        advice = "pip install 'waqai[cluster]', on every machine of the cluster."
        raise UsageError("WQ-434", f"{error.name} is not installed.", where="--engine ray", advice=advice) from error
    todo, issues = shards.plan(request.inputs, request.folder, request.settings)
    job = cluster.Job(request.reading, make, request.folder, request.shard, request.min_confidence)
    with Report(quiet=quiet, prints=False) as report, _apart(request.folder / ".unfinished" / "ray.log"):
        for issue in issues:
            report.issue(issue)
        for tally in cluster.code_on_ray(todo, job, workers=request.workers, address=request.address or cluster.LOCAL):
            for issue in tally.issues:
                report.issue(issue)
            report.counted(tally.documents, tally.events, tally.quotations, tally.undated)
    report.finish()
    return report.exit_status


@contextlib.contextmanager
def _apart(log: Path) -> Iterator[None]:
    """Send what libraries write to the terminal into a log, also below Python, and leave it to our own lines."""
    with contextlib.ExitStack() as stack:
        ours = stack.enter_context(os.fdopen(os.dup(2), "w", encoding=sys.stderr.encoding, errors=sys.stderr.errors))
        file = stack.enter_context(log.open("a", encoding="utf-8"))
        os.dup2(file.fileno(), 2)
        stack.callback(os.dup2, ours.fileno(), 2)
        stack.enter_context(contextlib.redirect_stderr(ours))
        stack.enter_context(contextlib.redirect_stdout(file))
        yield
