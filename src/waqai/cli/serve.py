"""`waqai serve`: the reading room, a web application on a store."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from waqai.cli.add import DEFAULT_STORE
from waqai.cli.code import ResourceFolder
from waqai.errors import UsageError


def serve(
    store: Annotated[Path, typer.Argument(metavar="[STORE]", envvar="WAQAI_STORE", help="The DuckDB file of the store.")] = DEFAULT_STORE,
    host: Annotated[str, typer.Option("--host", help="Where to listen. Beyond this machine only with --token or --trust-header.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0 takes a free one.")] = 8420,
    read_only: Annotated[bool, typer.Option("--read-only", help="Share the store with other readers; no review.")] = False,
    token: Annotated[str, typer.Option("--token", envvar="WAQAI_TOKEN", help="Let in only who has it.")] = "",
    trust_header: Annotated[str, typer.Option("--trust-header", metavar="NAME", help="Take the identity from this header of a reverse proxy.")] = "",
    allow_host: Annotated[list[str] | None, typer.Option("--allow-host", metavar="NAME", help="Another name that this server answers to.")] = None,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page.")] = True,
    mcp: Annotated[bool, typer.Option("--mcp", help="Serve an assistant on standard input and output instead.")] = False,
    resources: ResourceFolder = None,
) -> None:
    """Read, explore and review a store in the browser. Everything stays on this machine.

    Examples:

    waqai serve news.duckdb

    waqai serve news.duckdb --host 0.0.0.0 --token "$(openssl rand -hex 16)" --allow-host news.example.org
    """
    from waqai.cli.serving import Plan, run_mcp, run_web

    if not store.exists():
        advice = "Make one: waqai add examples/articles.jsonl, or waqai add YOUR_ARTICLES."
        raise UsageError("WQ-601", "there is no such store.", where=str(store), advice=advice)
    plan = Plan(store, host, port, read_only, token, trust_header, tuple(allow_host or ()), browser, resources)
    (run_mcp if mcp else run_web)(plan)
