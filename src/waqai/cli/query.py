"""`waqai query`: look into a store, by options or by SQL."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Annotated

import typer

from waqai.cli.add import DEFAULT_STORE, StoreFile
from waqai.cli.rows import RowFormat
from waqai.errors import UsageError

_FOR_PEOPLE = """coalesce(w.date_from, w.published) AS day, left(w.event_id, 8) AS event,
    concat_ws(' ', w.event_type, nullif(w.modes, ''), nullif(w.polarity, 'affirmed'), nullif(w.modality, 'actual')) AS act,
    w.actors, w.recipients, w.according_to, w.sentence_text AS sentence"""
_FOR_PROGRAMS = """w.event_id, coalesce(w.date_from, w.published) AS day, w.event_type, w.modes, w.polarity, w.modality,
    w.actors, w.recipients, w.according_to, w.place_en AS place, w.killed, w.confidence, w.outlet, w.doc_id,
    w.object_text AS object, w.sentence_text AS sentence"""
_READY = """
SELECT {columns}
FROM event_wide w
WHERE {conditions}
ORDER BY day, w.doc_id, w.event_id
"""
_SLOT = """EXISTS (
    SELECT 1 FROM participants p WHERE p.event_id = w.event_id AND p.slot = '{slot}' AND (
        upper(${name}) IN (upper(p.country), upper(p.sector)) OR p.entity_id = ${name}
        OR contains(lower(p.name_en), lower(${name})) OR contains(p.name_ar, ${name}) OR contains(p.text, ${name})
    )
)"""


def query(
    sql: Annotated[str, typer.Argument(metavar="[SQL]", help="One SELECT over the tables and the view event_wide.")] = "",
    store: StoreFile = DEFAULT_STORE,
    actor: Annotated[str, typer.Option("--actor", help="Who acts: a country (EGY), a sector (MIL), a name.")] = "",
    recipient: Annotated[str, typer.Option("--recipient", help="To whom: as --actor.")] = "",
    type: Annotated[str, typer.Option("--type", help="An event type: REJECT.")] = "",
    first: Annotated[str, typer.Option("--from", metavar="DATE", help="Events of this day and later.")] = "",
    last: Annotated[str, typer.Option("--to", metavar="DATE", help="Events of this day and earlier.")] = "",
    format: Annotated[RowFormat | None, typer.Option("--format", help="Default: table on a terminal, jsonl in a pipe.")] = None,
    limit: Annotated[
        int | None,
        typer.Option("--limit", min=0, help="Rows to show; 0 for all. Default: 50 in a table, all in a pipe."),
    ] = None,
) -> None:
    """Look into a store: by options, or by SQL that only reads.

    Examples:

    waqai query --actor EGY --type REJECT --from 2019-04-01

    waqai query "SELECT event_type, count(*) FROM events GROUP BY ALL ORDER BY 2 DESC"
    """
    import sys

    from waqai.cli.rows import show
    from waqai.store import Store

    table = format == "table" or (format is None and sys.stdout.isatty())
    asked, values = _ready(actor, recipient, type, first, last)
    asked = asked.replace("{columns}", _FOR_PEOPLE if table else _FOR_PROGRAMS)
    if bool(sql) == bool(asked):
        advice = 'Try --actor EGY, or "SELECT event_type, count(*) FROM events GROUP BY ALL".'
        raise UsageError("WQ-405", "give either SQL or options." if sql else "nothing was asked.", advice=advice)
    most = limit if limit is not None else 50 if table else 0
    with Store.open(_existing(store), read_only=True) as opened:
        number = show(opened.query(sql or asked, values), format, most)
    if number == 0:
        sys.stderr.write("nothing found\n")


def _existing(store: Path) -> Path:
    if not store.exists():
        advice = "Make one with `waqai add INPUT`, or name another with --store FILE."
        raise UsageError("WQ-601", "there is no such store.", where=str(store), advice=advice)
    return store


def _ready(actor: str, recipient: str, type_name: str, first: str, last: str) -> tuple[str, dict[str, str]]:
    """The SQL of a ready question and its values; "" when nothing was asked."""
    conditions: list[str] = []
    values: dict[str, str] = {}
    for slot, name in (("actor", actor), ("recipient", recipient)):
        if name:
            conditions.append(_SLOT.format(slot=slot, name=slot))
            values[slot] = name
    if type_name:
        conditions.append("w.event_type = $type")
        values["type"] = _type(type_name)
    for name, written, sign in (("first", first, ">="), ("last", last, "<=")):
        if written:
            conditions.append(f"coalesce(w.date_from, w.published) {sign} ${name}::DATE")
            values[name] = _day(written, "--from" if name == "first" else "--to")
    return (_READY.replace("{conditions}", "\n    AND ".join(conditions)) if conditions else "", values)


def _type(written: str) -> str:
    from waqai.cli.work import knowledge
    from waqai.knowledge.ontology import Ontology

    known = Ontology.load(knowledge(None)).types
    if written.upper() in known:
        return written.upper()
    near = difflib.get_close_matches(written.upper(), known, 1)
    advice = f"Did you mean {near[0]}?" if near else f"There are {', '.join(sorted(known))}."
    raise UsageError("WQ-406", f"no event type {written!r}.", where="--type", advice=advice)


def _day(written: str, option: str) -> str:
    from waqai.ingest import read_date

    day = read_date(written)
    if day is None:
        raise UsageError("WQ-402", f"{written!r} is no date we can read.", where=option, advice="Write 2019-04-20.")
    return day.isoformat()
