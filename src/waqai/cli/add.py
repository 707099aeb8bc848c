"""`waqai add`: read, code, keep."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from waqai.cli.code import CodingMode, Date, Follow, Inputs, Outlet, Quiet, ResourceFolder, Workers

StoreFile = Annotated[
    Path,
    typer.Option("--store", metavar="FILE", envvar="WAQAI_STORE", help="The DuckDB file of the store.", show_default=True),
]
DEFAULT_STORE = Path("waqai.duckdb")


def add(
    inputs: Inputs,
    store: StoreFile = DEFAULT_STORE,
    date: Date = "",
    outlet: Outlet = "",
    workers: Workers = 1,
    mode: CodingMode = "full",
    again: Annotated[bool, typer.Option("--again", help="Code again what is stored and unchanged.")] = False,
    follow: Follow = False,
    resources: ResourceFolder = None,
    quiet: Quiet = False,
) -> None:
    """Read articles, code them, and keep everything in a store.

    A second run goes on where the first one stopped: articles that are stored and unchanged are passed over.

    Examples:

    waqai add news.jsonl --store news.duckdb

    waqai add articles/ --workers 4
    """
    from waqai.cli.keep import Keeper
    from waqai.cli.progress import Report
    from waqai.cli.work import make_work, read
    from waqai.engines import code_many, coder_name
    from waqai.issues import Issue

    documents = read(inputs, date=date, outlet=outlet, resources=resources, follow=follow)
    with Report(quiet=quiet, prints=False) as report, Keeper(store, report, coder_name(mode)) as keeper:
        wanted = documents if again else keeper.new_only(documents)
        for outcome in code_many(wanted, make_work(resources, mode), workers=workers):
            keeper.keep(outcome)
            if isinstance(outcome, Issue):
                report.issue(outcome)
            else:
                report.coded(outcome)
    name = "" if store == DEFAULT_STORE or os.environ.get("WAQAI_STORE") else f" --store {store}"
    report.finish(f"waqai query --actor EGY{name}")
    raise typer.Exit(report.exit_status)
