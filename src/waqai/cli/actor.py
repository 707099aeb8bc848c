"""`waqai actor`: whom a name or title stands for on a day, why, and what is known of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from waqai.cli.code import ResourceFolder
from waqai.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from waqai.document.explanation import Explanation
    from waqai.knowledge.actor_profiles import Profile
    from waqai.knowledge.actor_relations import Span

_SHOWN = 12


def actor(
    name: Annotated[list[str], typer.Argument(metavar="NAME", help="As an article would write it: الرئيس الأميركي")],
    date: Annotated[str, typer.Option("--date", "--at", metavar="DATE", help="The day to look at; today without it.")] = "",
    context: Annotated[str, typer.Option("--context", metavar="TEXT", help="Other words of the article, which tell namesakes apart.")] = "",
    json: Annotated[bool, typer.Option("--json", help="One JSON object, for programs.")] = False,
    format: Annotated[Literal["table", "jsonl"] | None, typer.Option("--format", help="Default: by where it goes.")] = None,
    resources: ResourceFolder = None,
) -> None:
    """Say whom a name or title stands for on a day, and why; then names, offices and groups.

    Examples:

    waqai actor الرئيس الأميركي --date 2019-04-19

    waqai actor نبيه بري
    """
    import datetime as dt
    import sys
    from pathlib import Path

    from waqai.coder import default_cache, explain_actor
    from waqai.ingest import read_date
    from waqai.knowledge.actor_profiles import profile
    from waqai.knowledge.actors import ActorBase
    from waqai.knowledge.loader import Resources
    from waqai.text.folding import fold_word

    day = read_date(date) if date else dt.date.today()
    if day is None:
        raise UsageError("WQ-402", f"{date!r} is no date we can read.", where="--date", advice="Write 2019-04-20.")
    knowledge = Resources(Path(resources) if resources else None, cache=default_cache())
    base = ActorBase.load(knowledge)
    words, around = ([fold_word(word) for word in text.split()] for text in (" ".join(name), context))
    found = explain_actor(base, words, day, around)
    about = profile(knowledge, base, found.entity.id) if found.entity.id in base.entities and found.known else None
    if json or format == "jsonl" or (format is None and not sys.stdout.isatty()):
        _write(found, about, day)
    else:
        _show(found, about, day)


def _write(found: Explanation, about: Profile | None, day: Any) -> None:
    import sys

    import msgspec

    record = {
        **msgspec.to_builtins(found.entity), "date": day.isoformat(), "known": found.known, "confidence": found.confidence,
        "why": found.why, "candidates": found.candidates, "profile": _plain(about) if about is not None else None,
    }
    sys.stdout.buffer.write(msgspec.json.encode(record) + b"\n")


def _plain(about: Profile) -> dict[str, Any]:
    return {
        "names": about.names, "existed": _span(about.life) if about.life is not None else None,
        "standings": [{"country": s.country, "sector": s.sector, **_span(s.span)} for s in about.standings],
        "offices": [{"title": t.title, "body": body, "sector": t.sector, "from": t.first, "to": t.last or None} for t, body in about.offices],
        "officers": [{"title": t.title, "person": person, "from": t.first, "to": t.last or None} for t, person in about.officers],
        "groups": [{"relation": tie.relation, "name_en": tie.name_en, "forward": tie.forward, **_span(tie.span)} for tie in about.ties],
    }


def _span(span: Span) -> dict[str, str | None]:
    return {"from": span.first or None, "to": span.last or None}


def _show(found: Explanation, about: Profile | None, day: Any) -> None:
    from waqai.cli.output import stdout_console
    from waqai.cli.terminal import Words

    console = stdout_console()
    shown = Words(isolated=console.is_terminal)
    for label, value in (*_choice(found, day), *(_about(about) if about is not None else ())):
        if value:
            console.print(f"{label:<11} {shown.mixed(value)}", markup=False, highlight=False, soft_wrap=True)


def _choice(found: Explanation, day: Any) -> Iterator[tuple[str, str]]:
    entity = found.entity
    yield "on", day.isoformat()
    yield "who", entity.name_en if found.known else f"NIL: nobody known for sure ({entity.name_en})"
    yield "", entity.name_ar
    yield "id", entity.id if found.known else ""
    yield "Wikidata", entity.wikidata if found.known else ""
    yield "kind", entity.kind
    yield "country", entity.country
    yield "sector", entity.sector
    yield "role", entity.role or ""
    yield "confidence", f"{found.confidence:.2f}" if found.known else ""
    yield from _listed("why", found.why)
    others = (f"{'*' if c.chosen else '-'} {c.name_en or c.name_ar} ({c.country}): {'; '.join(c.evidence) or 'only the name'}" for c in found.candidates)
    yield from _listed("candidates", others)


def _about(about: Profile) -> Iterator[tuple[str, str]]:
    yield from _listed("names", about.names[:_SHOWN])
    if about.life is not None:
        yield "existed", _dates(about.life)
    yield from _listed("standing", (f"{_dates(s.span)}: {s.country} {s.sector}" for s in about.standings))
    for label, tenures in (("offices", about.offices), ("led by", about.officers)):
        lines = [f"{t.first or '?'} - {t.last or 'now'}: {_office(t.title, other, led=label == 'led by')}" for t, other in tenures]
        yield from _listed(label, dict.fromkeys(lines[:_SHOWN]))
        if len(lines) > _SHOWN:
            yield "", f"and {len(lines) - _SHOWN} more"
    yield from _listed("groups", (f"{tie.relation} {tie.name_en}" if tie.forward else f"{tie.name_en}: {tie.relation} this" for tie in about.ties))


def _office(title: str, other: str, *, led: bool) -> str:
    return f"{other}, {title}" if led else f"{title} ({other})"


def _dates(span: Span) -> str:
    return f"{span.first or '?'} - {span.last or 'now'}"


def _listed(label: str, lines: Any) -> Iterator[tuple[str, str]]:
    for index, line in enumerate(lines):
        yield (label if index == 0 else ""), line
