"""`waqai code`: read, code, print."""

from __future__ import annotations

import contextlib
from functools import partial
from pathlib import Path
from typing import Annotated, Literal

import typer

from waqai.cli.output import Format, Table

Inputs = Annotated[list[str], typer.Argument(metavar="INPUT...", help="Files, folders, archives, addresses, or - for standard input.")]
Date = Annotated[str, typer.Option("--date", metavar="DATE", help="Date of articles that have none: 2019-04-20.")]
Outlet = Annotated[str, typer.Option("--outlet", metavar="NAME", help="Outlet of articles that name none.")]
Workers = Annotated[int, typer.Option("--workers", min=1, max=4096, help="Processes to code with, on this machine or over the cluster.")]
Follow = Annotated[bool, typer.Option("--follow", help="Read the pages behind addresses that lists name.")]
ResourceFolder = Annotated[Path | None, typer.Option("--resources", metavar="FOLDER", help="Your own resource files, laid over ours.")]
CodingMode = Annotated[Literal["full", "lexicon"], typer.Option("--mode", help="Read with frames and network, or with the frames alone, faster.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no summary; problems are still reported.")]
Confidence = Annotated[float, typer.Option("--min-confidence", min=0, max=1, help="Leave out events below this probability.")]


def code(
    inputs: Inputs,
    date: Date = "",
    outlet: Outlet = "",
    format: Annotated[Format | None, typer.Option("--format", help="Default: table on a terminal, jsonl in a pipe.")] = None,
    table: Annotated[Table, typer.Option("--table", help="What to print.")] = "events",
    store: Annotated[Path | None, typer.Option("--store", metavar="FILE", help="Also keep everything in this DuckDB file.")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="PATH", help="Where --format parquet goes: a file; with --engine ray a folder.")] = None,
    engine: Annotated[Literal["local", "ray"], typer.Option("--engine", help="What runs the workers: this machine, or a Ray cluster.")] = "local",
    ray_address: Annotated[str, typer.Option("--ray-address", metavar="ADDRESS", envvar="RAY_ADDRESS", help="A cluster that runs already.")] = "",
    shard: Annotated[int, typer.Option("--shard", min=1, max=100_000, help="Articles in one file of --engine ray.")] = 1000,
    workers: Workers = 1,
    mode: CodingMode = "full",
    min_confidence: Confidence = 0.0,
    follow: Follow = False,
    resources: ResourceFolder = None,
    quiet: Quiet = False,
) -> None:
    """Read articles, code them, and print what was found.

    Inputs are text, HTML, JSON, CSV, Parquet and WARC, packed (.gz .bz2 .xz .zst) or in archives (.zip .tar) too.
    Cards on a terminal, one JSON object a line in a pipe. Exit status: 0 all was read, 1 some input was bad, 2 misuse.

    Examples:

    waqai code article.txt --date 2019-04-19 --outlet "Agency A"

    waqai code news.jsonl --format csv > events.csv

    waqai code crawl/ --engine ray --workers 64 --format parquet -o coded
    """
    from waqai.cli.keep import Keeper
    from waqai.cli.output import choose
    from waqai.cli.progress import Report
    from waqai.cli.work import make_work, read
    from waqai.engines import code_many, coder_name
    from waqai.issues import Issue
    from waqai.records import confident

    if engine == "ray" and resources is not None:
        resources = resources.absolute()  # workers stand in folders of their own
    reading = partial(read, date=date, outlet=outlet, resources=resources, follow=follow)
    if engine == "ray":
        from waqai.cli.cluster import Request, code_on_cluster, output_folder

        folder = output_folder(format, output, store, inputs)
        request = Request(inputs, reading, mode, resources, folder, shard, min_confidence, workers, ray_address)
        raise typer.Exit(code_on_cluster(request, quiet=quiet))
    documents = reading(inputs)
    writer = choose(format, table, output)
    with Report(quiet=quiet) as report, contextlib.ExitStack() as stack:
        keeper = stack.enter_context(Keeper(store, report, coder_name(mode))) if store else None
        for outcome in code_many(keeper.wanted(documents, again=True, every=True) if keeper else documents, make_work(resources, mode), workers=workers):
            kept = outcome if isinstance(outcome, Issue) else confident(outcome, min_confidence)
            if keeper:
                kept = keeper.keep(kept)
            if isinstance(kept, Issue):
                report.issue(kept)
            else:
                writer.write(kept)
                report.coded(kept)
        writer.close()
    report.finish(_next_step(inputs, store))
    raise typer.Exit(report.exit_status)


def _next_step(inputs: list[str], store: Path | None) -> str:
    """What a person may want to do now. Text from standard input cannot be read a second time."""
    if store:
        return f"waqai query --store {store} --type REJECT"
    return "waqai add INPUT" if "-" in inputs else f"waqai explain EVENT_ID {inputs[0]}"
