"""`waqai actor`: whom a name or title stands for on a day."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from waqai.cli.code import ResourceFolder
from waqai.errors import UsageError


def actor(
    name: Annotated[list[str], typer.Argument(metavar="NAME", help="As an article would write it: الرئيس الأميركي")],
    date: Annotated[str, typer.Option("--date", "--at", metavar="DATE", help="The day to look at; today without it.")] = "",
    format: Annotated[Literal["table", "jsonl"] | None, typer.Option("--format", help="Default: by where it goes.")] = None,
    resources: ResourceFolder = None,
) -> None:
    """Say whom a name or title stands for on a day.

    Examples:

    waqai actor الرئيس الأميركي --date 2019-04-19

    waqai actor الكرملين
    """
    import datetime as dt
    import sys

    import msgspec

    import waqai
    from waqai.cli.output import stdout_console
    from waqai.cli.terminal import Words
    from waqai.ingest import read_date
    from waqai.text.folding import fold_word

    day = read_date(date) if date else dt.date.today()
    if day is None:
        raise UsageError("WQ-402", f"{date!r} is no date we can read.", where="--date", advice="Write 2019-04-20.")
    words = [fold_word(word) for word in " ".join(name).split()]
    entity = waqai.load(resources).tools.linker.link(words, day)
    if format == "jsonl" or (format is None and not sys.stdout.isatty()):
        found = {**msgspec.to_builtins(entity), "date": day.isoformat()}
        sys.stdout.buffer.write(msgspec.json.encode(found) + b"\n")
        return
    console = stdout_console()
    shown = Words(isolated=console.is_terminal)
    known = not entity.id.startswith("local:")
    rows = [
        ("on", day.isoformat()),
        ("id", entity.id if known else "not in the actor base"),
        ("kind", entity.kind),
        ("country", entity.country),
        ("sector", entity.sector),
        ("role", entity.role or ""),
        ("Wikidata", entity.wikidata),
        ("name", entity.name_en),
        ("", entity.name_ar),
    ]
    for label, value in rows:
        if value:
            console.print(f"{label:<9} {shown.mixed(value)}", markup=False, highlight=False, soft_wrap=True)
