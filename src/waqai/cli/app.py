"""The program: its commands, and what becomes of errors. Imports stay light: `waqai --help` must come at once."""

from __future__ import annotations

import io
import os
import sys
import tempfile
import traceback
from collections.abc import Sequence
from typing import Annotated

import typer
import typer.core

import waqai
from waqai.cli.actor import actor
from waqai.cli.add import add
from waqai.cli.code import code
from waqai.cli.demo import demo
from waqai.cli.explain import explain
from waqai.cli.export import export
from waqai.cli.query import query
from waqai.cli.serve import serve
from waqai.cli.watch import watch
from waqai.errors import UsageError, WaqaiError

ALL_READ, SOME_BAD, MISUSE, INTERNAL, INTERRUPTED = 0, 1, 2, 70, 130


class _Program(typer.core.TyperGroup):
    """Ends in silence when the reader of our pipe has seen enough (`| head`)."""

    def invoke(self, ctx: typer.Context) -> object:  # type: ignore[override]
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            # Python flushes stdout once more at the end; it goes nowhere, so that nothing is said about it.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(ALL_READ) from None


app = typer.Typer(
    name="waqai",
    cls=_Program,
    help="Arabic news in; who did what to whom, when, where, and according to whom out.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"waqai {waqai.__version__}")
        raise typer.Exit


@app.callback()
def _root(
    _shown: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    """Arabic news in; who did what to whom, when, where, and according to whom out."""


app.command(rich_help_panel="Read")(code)
app.command(rich_help_panel="Read")(add)
app.command(rich_help_panel="Read")(watch)
app.command(rich_help_panel="Read")(demo)
app.command(rich_help_panel="Look")(query)
app.command(rich_help_panel="Look")(export)
app.command(rich_help_panel="Look")(explain)
app.command(rich_help_panel="Look")(actor)
app.command(rich_help_panel="Look")(serve)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the program and leave with its exit status; no error shows a traceback."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the program on `arguments` (those of the process by default) and return its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Arabic goes out as UTF-8 whatever the locale says; a character that cannot be shown must not end a batch.
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app(args=None if arguments is None else list(arguments), prog_name="waqai")
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else SOME_BAD
    except UsageError as error:
        return _tell(error, MISUSE)
    except WaqaiError as error:
        return _tell(error, SOME_BAD)
    except KeyboardInterrupt:
        sys.stderr.write("\ninterrupted\n")
        return INTERRUPTED
    except Exception:
        return _fault()
    return ALL_READ


def _tell(error: WaqaiError, status: int) -> int:
    sys.stderr.write(f"error: {error}\n")
    return status


def _fault() -> int:
    """A fault of ours: the details go to a file, a person gets two lines."""
    with tempfile.NamedTemporaryFile("w", prefix="waqai-fault-", suffix=".txt", delete=False, encoding="utf-8") as file:
        file.write(f"waqai {waqai.__version__}, Python {sys.version}\n{traceback.format_exc()}")
    sys.stderr.write(f"error: WQ-500 a fault in Waqai: {sys.exc_info()[1]!r}.\nThe details are in {file.name}: please report it.\n")
    return INTERNAL


if __name__ == "__main__":
    main()
