"""`waqai explain`: one event with the words that filled each slot, and the rule that did it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from waqai.cli.add import DEFAULT_STORE, StoreFile
from waqai.cli.code import CodingMode, Date, Outlet, ResourceFolder
from waqai.errors import UsageError

if TYPE_CHECKING:
    from rich.text import Text

    from waqai.cli.terminal import Words
    from waqai.document import Document
    from waqai.records import EventRecord
    from waqai.records.slots import Slot

STYLES = {
    "type": "bold red",
    "actor": "bold green",
    "recipient": "bold blue",
    "object": "cyan",
    "attribution": "magenta",
    "cue": "magenta",
    "time": "yellow",
    "place": "yellow",
}


def explain(
    event_id: Annotated[str, typer.Argument(metavar="EVENT_ID", help="The identifier of an event, or how it begins.")],
    inputs: Annotated[list[str] | None, typer.Argument(metavar="[INPUT]...", help="Where to look; without it, the store.")] = None,
    store: StoreFile = DEFAULT_STORE,
    date: Date = "",
    outlet: Outlet = "",
    mode: CodingMode = "full",
    resources: ResourceFolder = None,
) -> None:
    """Show the sentence of an event, the words that filled each slot, and the rule that did it.

    Give the same --date as when the event was coded.

    Examples:

    waqai explain 9661a458 article.txt --date 2019-04-19

    waqai explain 9661a458 --store news.duckdb
    """
    import waqai
    from waqai.cli.work import converter
    from waqai.document import Document
    from waqai.records.slots import slots_of, with_records

    if len(event_id) < 4:
        raise UsageError("WQ-407", "at least four characters are needed.", where=f"EVENT_ID {event_id!r}")
    coder, make = waqai.load(resources, mode=mode), converter(resources, mode)
    for document in _documents(event_id, inputs or [], store, date, outlet, resources):
        if not isinstance(document, Document):
            continue
        for part, event, record in with_records(coder.code(document), make):
            if record.event_id.startswith(event_id):
                _show(part, record, slots_of(event))
                return
    advice = "Give the input it came from with the same --date, or the store." if inputs else "Was it coded by another version?"
    raise UsageError("WQ-408", "no such event was found.", where=f"EVENT_ID {event_id!r}", advice=advice)


def _documents(event_id: str, inputs: list[str], store: Path, date: str, outlet: str, resources: Path | None) -> Iterator[object]:
    """The documents that may hold the event: those of the inputs, or the one that the store names."""
    if inputs:
        from waqai.cli.work import read

        yield from read(inputs, date=date, outlet=outlet, resources=resources)
        return
    from waqai.document import Document
    from waqai.store import Store

    asked = (
        "SELECT DISTINCT d.doc_id, d.text, d.title, d.url, d.outlet, d.author, d.published FROM documents d "
        "JOIN events e USING (doc_id) WHERE starts_with(e.event_id, $event)"
    )
    with Store.open(store, read_only=True) as opened:
        for name, text, title, url, source, author, published in opened.query(asked, {"event": event_id}):
            day = published if isinstance(published, dt.date) else None
            yield Document(name, text, title=title, url=url, outlet=source, author=author, published=day)


def _show(part: Document, record: EventRecord, slots: list[Slot]) -> None:
    from rich.table import Table
    from rich.text import Text

    from waqai.cli.output import stdout_console
    from waqai.cli.terminal import Words

    console = stdout_console()
    words = Words(isolated=console.is_terminal)
    about = f"{record.event_id}  {record.doc_id}  {part.published or 'no date'}  confidence {record.confidence:.2f}"
    console.print(Text(about, style="dim"), soft_wrap=True)
    console.print(_sentence(part, record, slots, words), soft_wrap=True)
    table = Table("slot", "resolved to", "because of", "words", box=None, pad_edge=False, header_style="dim")
    for slot in slots:
        quoted = words.arabic(part.text_of(slot.span), 60) if slot.span else ""
        style = STYLES.get(slot.name, "")
        reasons = words.mixed("; ".join(slot.reasons))
        table.add_row(Text(slot.name, style=style), words.mixed(slot.value), reasons, Text(quoted, style=style))
    console.print(Text(""))
    console.print(table, markup=False, highlight=False, soft_wrap=not console.is_terminal)
    contexts = ", ".join(record.contexts) or "none"
    codes = f"quad {record.quad}, intensity {record.intensity}, CAMEO {record.cameo}, contexts {contexts}"
    console.print(Text(""))
    console.print(Text(codes, style="dim"), soft_wrap=True)


def _sentence(part: Document, record: EventRecord, slots: list[Slot], words: Words) -> Text:
    """The sentence with the words of the slots in their colours; the first slot that claims a word has it."""
    from rich.text import Text

    from waqai.cli.terminal import FIRST_STRONG_ISOLATE, POP_ISOLATE, visible

    start, end = record.sentence_span.start, record.sentence_span.end
    owner: dict[int, str] = {}
    for slot in slots:
        if slot.span is not None:
            for place in range(max(slot.span.start, start), min(slot.span.end, end)):
                owner.setdefault(place, slot.name)
    text = Text(FIRST_STRONG_ISOLATE if words.isolated else "")
    for place in range(start, end):
        char = part.text[place]
        text.append(" " if char.isspace() else visible(char), style=STYLES.get(owner.get(place, ""), ""))
    return text.append(POP_ISOLATE if words.isolated else "")
