"""`waqai query`: look into a store by words, by filters or by SQL."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from waqai.cli.add import DEFAULT_STORE, StoreFile
from waqai.cli.filters import (
    AccordingTo,
    Actor,
    Confidence,
    Country,
    Dyad,
    First,
    Last,
    Modality,
    Mode,
    Outlet,
    Place,
    Polarity,
    Quad,
    Recipient,
    Type,
    Words,
    filters_of,
)
from waqai.cli.rows import RowFormat
from waqai.errors import UsageError

if TYPE_CHECKING:
    from waqai.store import Rows
    from waqai.store.conditions import EventFilters
    from waqai.store.search import Forms, Question, Where

_FOR_PEOPLE = """w.day, left(w.event_id, 8) AS event,
    concat_ws(' ', w.event_type, nullif(w.modes, ''), nullif(w.polarity, 'affirmed'), nullif(w.modality, 'actual')) AS act,
    w.actors, w.recipients, w.according_to, w.sentence_text AS sentence"""
_FOR_PROGRAMS = """w.event_id, w.day, w.event_type, w.modes, w.polarity, w.modality, w.actors, w.recipients, w.according_to, w.place_en AS place,
    w.killed, w.confidence, w.outlet, w.doc_id, w.object_text AS object, w.sentence_text AS sentence"""
_EVENTS = """
SELECT {columns} FROM event_wide w WHERE w.event_id IN (SELECT e.event_id FROM events e WHERE {condition}) ORDER BY w.day, w.doc_id, w.event_id
"""
_DOCUMENTS = """
WITH best AS MATERIALIZED (SELECT row_number() OVER (ORDER BY score DESC, doc_id) AS rank, * FROM ({ranked}) {limit}),
people AS (
    SELECT event_id, slot, string_agg(coalesce(nullif(name_en, ''), name_ar), ', ' ORDER BY position) AS names
    FROM participants WHERE doc_id IN (SELECT doc_id FROM best) GROUP BY event_id, slot
),
told AS (
    SELECT e.doc_id, e.part, e.sentence, list(e.event_id ORDER BY e.trigger_start_char, e.event_id) AS event_ids, string_agg(
        e.event_type || ' ' || coalesce(a.names, '?') || ' -> ' || coalesce(r.names, '?'), '; ' ORDER BY e.trigger_start_char, e.event_id
    ) AS events
    FROM events e LEFT JOIN people a ON a.event_id = e.event_id AND a.slot = 'actor'
    LEFT JOIN people r ON r.event_id = e.event_id AND r.slot = 'recipient'
    WHERE e.doc_id IN (SELECT doc_id FROM best) AND {condition} GROUP BY ALL
)
SELECT {columns}
FROM best b JOIN documents d USING (doc_id) LEFT JOIN sentences s USING (doc_id, part, sentence) LEFT JOIN told t USING (doc_id, part, sentence)
ORDER BY b.rank
"""
_TEXT = "substring(CASE b.part WHEN 'title' THEN d.title ELSE d.text END, s.start_char + 1, s.end_char - s.start_char) AS sentence"
_FOUND_FOR_PEOPLE = f"d.published, d.outlet, {_TEXT}, t.events"
_FOUND_FOR_PROGRAMS = f"d.doc_id, d.published, d.outlet, d.title, round(b.score, 3) AS score, b.part, b.sentence AS number, {_TEXT}, t.event_ids, t.events"
_SQL = re.compile(
    r"\s*(select|with|from|values|explain|describe|show|summarize|pivot|table|insert|update|delete|merge|create|drop|alter|copy|attach|detach|set|"
    r"reset|pragma|install|load|export|import|truncate|vacuum|checkpoint|begin|commit|call|use|execute|prepare)\b\W*\w", re.IGNORECASE,
)
_BEFORE = 25


def query(
    asked: Annotated[list[str] | None, typer.Argument(metavar="[WORDS | SQL]", help="Words to search for, or one SELECT.", show_default=False)] = None,
    store: StoreFile = DEFAULT_STORE,
    actor: Actor = None,
    recipient: Recipient = None,
    dyad: Dyad = ("", ""),
    type: Type = None,
    mode: Mode = None,
    quad: Quad = None,
    country: Country = None,
    place: Place = None,
    first: First = "",
    last: Last = "",
    outlet: Outlet = None,
    according_to: AccordingTo = None,
    confidence: Confidence = None,
    polarity: Polarity = "",
    modality: Modality = "",
    words: Words = "",
    format: Annotated[RowFormat | None, typer.Option("--format", help="Default: table on a terminal, jsonl in a pipe.")] = None,
    limit: Annotated[
        int | None,
        typer.Option("--limit", min=0, help="Rows to show; 0 for all. Default: 50 in a table, all in a pipe."),
    ] = None,
) -> None:
    """Look into a store: articles by their words, events by filters, anything by SQL that only reads.

    Words are found in any spelling, with any clitics, in other numbers and persons. "In quotes" is a phrase, OR stands between two,
    a minus before what must not stand, * for any ending.

    Examples:

    waqai query الحكومة السودانية

    waqai query '"مجلس الأمن" OR الجامعة -هدنة' --from 2019-04-01

    waqai query --actor EGY --type REJECT --according-to anonymous

    waqai query --dyad RUS USA --quad material-conflict --place SYR

    waqai query "SELECT event_type, count(*) FROM events GROUP BY ALL ORDER BY 2 DESC"
    """
    import sys

    from waqai.cli.rows import show
    from waqai.store import Store
    from waqai.store.conditions import EventFilters

    filters = filters_of(
        actor=actor, recipient=recipient, dyad=dyad, type=type, mode=mode, quad=quad, country=country, place=place, first=first, last=last,
        outlet=outlet, according_to=according_to, confidence=confidence, polarity=polarity, modality=modality, words=words,
    )
    text, filtered = " ".join(asked or ()), filters != EventFilters()
    if (_SQL.match(text) and filtered) or not (text or filtered):
        advice = 'Try --actor EGY, words of an article, or "SELECT event_type, count(*) FROM events GROUP BY ALL".'
        raise UsageError("WQ-405", "give either SQL or filters." if text else "nothing was asked.", advice=advice)
    table = format == "table" or (format is None and sys.stdout.isatty())
    most = limit if limit is not None else 50 if table else 0
    with Store.open(existing(store), read_only=True) as opened:
        if _SQL.match(text):
            rows = opened.query(text)
        elif text:
            rows = _search(opened, text, filters, table, most)
        else:
            asks = _events(filters, _FOR_PEOPLE if table else _FOR_PROGRAMS)
            rows = opened.query(asks.sql, asks.values)
        number = show(rows, format, most)
    if number == 0:
        sys.stderr.write("nothing found\n")


def existing(store: Path) -> Path:
    """The path of a store that is there. UsageError when it is not."""
    if not store.exists():
        advice = "Make one with `waqai add INPUT`, or name another with --store FILE."
        raise UsageError("WQ-601", "there is no such store.", where=str(store), advice=advice)
    return store


def forms_of(*texts: str) -> Forms:
    """What gives the forms of words; loaded only where there is a word, as it takes a moment."""
    from waqai.store.search import plain_forms

    if not any(texts):
        return plain_forms
    from waqai.cli.work import knowledge
    from waqai.text.forms import WordForms

    return WordForms.load(knowledge(None))


def _events(filters: EventFilters, columns: str) -> Where:
    from waqai.store.conditions import where
    from waqai.store.search import Where

    chosen = where(filters, forms_of(filters.q))
    return Where(_EVENTS.format(columns=columns, condition=chosen.sql), chosen.values)


def _search(store: Any, text: str, filters: EventFilters, table: bool, most: int) -> Rows:
    """The articles that have the words, each with the sentence that says most of them and its events; only those with an event that filters let through."""
    from waqai.store import Rows
    from waqai.store.conditions import where
    from waqai.store.search import Search, read_question

    question, forms = read_question(text), forms_of(text)
    if not question.groups:
        raise UsageError("WQ-410", "there is no word to search for.", where=text[:40], advice="Name one that shall stand in the article.")
    chosen = where(filters, forms)
    only = "TRUE" if chosen.sql == "TRUE" else f"doc_id IN (SELECT e.doc_id FROM events e WHERE {chosen.sql})"
    ranked = Search(question, forms).ranked(only)
    # One more than is shown, so that the table can say that there is more.
    sql = _DOCUMENTS.format(
        ranked=ranked.sql, limit=f"ORDER BY rank LIMIT {most + 1}" if most else "", condition=chosen.sql,
        columns=_FOUND_FOR_PEOPLE if table else _FOUND_FOR_PROGRAMS,
    )
    rows = store.query(sql, {**chosen.values, **ranked.values})
    return Rows(rows.columns, _near_the_hit(rows, question, forms)) if table else rows


def _near_the_hit(rows: Rows, question: Question, forms: Forms) -> Iterator[tuple[Any, ...]]:
    """Rows whose sentence begins shortly before the first word that was searched: a table shows the beginning alone."""
    from waqai.text.folding import fold

    place = rows.columns.index("sentence")
    sought = {form for group in question.groups for phrase in group for word in phrase if not word.prefix for form in forms(word.text)}
    for row in rows:
        text = str(row[place] or "")
        folded = fold(text)
        hit = next((match.start() for match in re.finditer(r"[^\W_]+", folded.text) if match.group().lower() in sought), 0)
        start = folded.to_original(hit, hit).start if hit > _BEFORE * 2 else 0
        cut = text.rfind(" ", 0, max(start - _BEFORE, 0)) + 1
        yield (*row[:place], f"…{text[cut:]}" if cut else text, *row[place + 1 :])
