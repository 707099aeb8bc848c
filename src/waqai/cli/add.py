"""`waqai add`: read, code, keep."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from waqai.cli.code import CodingMode, Date, Follow, Outlet, Quiet, ResourceFolder, Workers
from waqai.errors import UsageError

StoreFile = Annotated[
    Path,
    typer.Option("--store", metavar="FILE", envvar="WAQAI_STORE", help="The DuckDB file of the store.", show_default=True),
]
DEFAULT_STORE = Path("waqai.duckdb")


def add(
    inputs: Annotated[list[str] | None, typer.Argument(metavar="INPUT...", help="Files, folders, archives, addresses, or - for standard input.")] = None,
    store: StoreFile = DEFAULT_STORE,
    date: Date = "",
    outlet: Outlet = "",
    workers: Workers = 1,
    mode: CodingMode = "full",
    again: Annotated[bool, typer.Option("--again", help="Code again what is stored and unchanged.")] = False,
    retry: Annotated[bool, typer.Option("--retry", help="Try again what is in quarantine: inputs that could not be read or coded.")] = False,
    follow: Follow = False,
    resources: ResourceFolder = None,
    quiet: Quiet = False,
) -> None:
    """Read articles, code them, and keep everything in a store.

    A second run goes on where the first one stopped: articles that are stored and unchanged are passed over. Copies of stored articles are kept
    and not coded; a new version takes the place of the old one, which stays as an earlier coding.

    Examples:

    waqai add news.jsonl --store news.duckdb

    waqai add articles/ --workers 4
    """
    from waqai.cli.keep import Keeper
    from waqai.cli.progress import Report
    from waqai.cli.work import make_work, read, read_again
    from waqai.engines import code_many, coder_name
    from waqai.issues import Issue

    if bool(inputs) == retry:
        raise UsageError("WQ-412", "give inputs, or --retry alone." if retry else "nothing to add.", advice="Name files, folders or addresses.")
    with Report(quiet=quiet, prints=False) as report, Keeper(store, report, coder_name(mode)) as keeper:
        held = list(keeper.store.quarantined()) if retry else []
        settings = partial(read_again, [(item.place, item.content) for item in held]) if retry else partial(read, inputs or [])
        documents = settings(date=date, outlet=outlet, resources=resources, follow=follow)
        for outcome in code_many(keeper.wanted(documents, again=again), make_work(resources, mode), workers=workers):
            kept = keeper.keep(outcome)
            if isinstance(kept, Issue):
                report.issue(kept)
            else:
                report.coded(kept)
        keeper.flush()
        keeper.store.release(item.item_id for item in held)
    name = "" if store == DEFAULT_STORE or os.environ.get("WAQAI_STORE") else f" --store {store}"
    report.finish(f"waqai query --actor EGY{name}")
    raise typer.Exit(report.exit_status)
