"""Actors: lists by how much they do, and all about one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from waqai.errors import UsageError
from waqai.knowledge.actors import ActorBase
from waqai.server.answers import (
    Actor,
    ActorPage,
    ActorRow,
    Counterpart,
    Name,
    Office,
    Role,
    Said,
    Slice,
    SpokenBy,
    Step,
    TypeCount,
    Who,
)
from waqai.server.filters import among, contains, words
from waqai.server.paging import pack, unpack
from waqai.server.questions import events
from waqai.server.questions.time import SIDES, bins, step_of
from waqai.store import Reader
from waqai.store.search import Where

Sort = Literal["-events", "-as_actor", "-as_recipient", "-as_speaker", "-documents", "-conflict", "-cooperation", "name"]
RESOLVED = "NOT starts_with(p.entity_id, 'local:')"
_COUNTERPARTS, _NAMES, _SAID, _EVENTS = 20, 60, 20, 20


def who(row: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of `Who` in a row."""
    texts = {name: row[name] or "" for name in ("entity_id", "name_ar", "name_en", "kind", "country", "sector")}
    return texts | {"resolved": not texts["entity_id"].startswith("local:")}


def page(
    reader: Reader, chosen: Where, *, search: str, resolved: bool | None, sort: str, limit: int, cursor: str | None
) -> ActorPage:
    """A page of actors whose names contain all words of `search`. UsageError for a bad cursor."""
    values = dict(chosen.values)
    only = ["TRUE"]
    terms = words(search)
    if terms:
        only.append(f"(p.entity_id IN (SELECT entity_id FROM entities WHERE {contains('folded', terms, values, 's')}) OR p.entity_id = $exact)")
        values["exact"] = search.strip()
    if resolved is not None:
        only.append(f"{'NOT ' if resolved else ''}starts_with(p.entity_id, 'local:')")
    key = {"-events": "as_actor + as_recipient", "name": "lower(coalesce(nullif(name_en, ''), name_ar))"}.get(sort, sort.removeprefix("-"))
    way, sign = ("DESC", "<") if sort.startswith("-") else ("ASC", ">")
    after, more = unpack(cursor, sort, (int if way == "DESC" else str, str)), "TRUE"
    if after is not None:
        values |= {"a_key": after[0], "a_id": after[1]}
        more = f"sort_key {sign} $a_key OR (sort_key = $a_key AND entity_id > $a_id)"
    rows = reader.rows(
        f"""
        WITH c AS MATERIALIZED (SELECT *, {key} AS sort_key FROM ({_counted(chosen, " AND ".join(only))}))
        SELECT *, (SELECT count(*) FROM c) AS total FROM c WHERE {more} ORDER BY sort_key {way}, entity_id LIMIT {limit + 1}
        """,
        values,
    )
    shown = rows[:limit]
    following = pack(sort, shown[-1]["sort_key"], shown[-1]["entity_id"]) if len(rows) > limit else None
    return ActorPage(total=rows[0]["total"] if rows else 0, cursor=following, actors=[actor_row(row) for row in shown])


def top(reader: Reader, chosen: Where, limit: int) -> tuple[list[ActorRow], int]:
    """The resolved actors with most events, and how many there are that act or are acted upon."""
    # The few are found by counting alone; names, documents and days are looked up for them and not for thousands.
    best = reader.rows(
        f"SELECT p.entity_id, count(*) AS n, count(*) OVER () AS total FROM participants p "
        f"WHERE {RESOLVED} AND p.entity_id <> '' AND {among(chosen, 'p.event_id')} GROUP BY 1 ORDER BY n DESC, 1 LIMIT {limit}",
        chosen.values,
    )
    values = {**chosen.values, "best": [row["entity_id"] for row in best]}
    rows = reader.rows(
        f"{_counted(chosen, 'p.entity_id IN (SELECT unnest($best))')} ORDER BY as_actor + as_recipient DESC, entity_id", values
    ) if best else []
    return [actor_row(row) for row in rows], best[0]["total"] if best else 0


def actor_row(row: Mapping[str, Any]) -> ActorRow:
    """A row of counts as an actor of the API."""
    numbers = {name: row[name] or 0 for name in ("as_actor", "as_recipient", "as_speaker", "conflict", "cooperation", "documents")}
    return ActorRow.model_validate({**who(row), **numbers, "first": row["first"], "last": row["last"]})


def _counted(chosen: Where, only: str = "TRUE") -> str:
    """One row an entity: as participant (each event once a slot) and as speaker."""
    return f"""
    SELECT p.entity_id, any_value(p.kind) AS kind, any_value(p.country) AS country, any_value(p.sector) AS sector,
        any_value(p.name_ar) AS name_ar, any_value(p.name_en) AS name_en,
        count(*) FILTER (p.slot = 'actor') AS as_actor, count(*) FILTER (p.slot = 'recipient') AS as_recipient,
        count(*) FILTER (p.slot = 'speaker') AS as_speaker,
        count(*) FILTER (p.slot <> 'speaker' AND e.quad LIKE '%conflict') AS conflict,
        count(*) FILTER (p.slot <> 'speaker' AND e.quad LIKE '%cooperation') AS cooperation,
        count(DISTINCT hash(e.doc_id)) AS documents, min(e.day) AS first, max(e.day) AS last
    FROM (
        SELECT event_id, slot, entity_id, kind, country, sector, name_ar, name_en FROM participants
        UNION ALL
        SELECT event_id, 'speaker', entity_id, kind, country, sector, name_ar, name_en FROM attributions
    ) p JOIN events e USING (event_id)
    WHERE p.entity_id <> '' AND {only} AND {chosen.sql}
    GROUP BY p.entity_id
    """


def one(reader: Reader, chosen: Where, entity_id: str, base: ActorBase) -> Actor:
    """All about one actor. UsageError when neither store nor actor base knows it."""
    values = {**chosen.values, "id": entity_id}
    row = reader.row(_counted(chosen, "p.entity_id = $id"), values) or _nameless(reader, entity_id, base)
    involved = Where(f"e.event_id IN (SELECT event_id FROM participants WHERE entity_id = $id) AND {chosen.sql}", values)
    made = Where(f"e.event_id IN (SELECT event_id FROM participants WHERE entity_id = $id AND slot = 'actor') AND {chosen.sql}", values)
    received = Where(f"e.event_id IN (SELECT event_id FROM participants WHERE entity_id = $id AND slot = 'recipient') AND {chosen.sql}", values)
    step = step_of(reader, involved)
    said, said_total = _said(reader, entity_id)
    newest = f"ORDER BY e.day DESC NULLS LAST, e.doc_id, e.trigger_start_char LIMIT {_EVENTS}"
    wikidata = reader.row("SELECT max(wikidata) AS w FROM entities WHERE entity_id = $id", {"id": entity_id})["w"]
    return Actor(
        actor=actor_row(row), wikidata=wikidata or "", roles=_roles(reader, entity_id), offices=offices(base, entity_id),
        step=step, made=bins(reader, made, step), received=bins(reader, received, step), types=_types(reader, chosen, entity_id),
        counterparts=_counterparts(reader, chosen, entity_id, step), names=_names(reader, entity_id), said=said, said_total=said_total,
        spoken_by=_spoken_by(reader, involved), events=events.some(reader, involved.sql, values, newest),
    )


def _nameless(reader: Reader, entity_id: str, base: ActorBase) -> dict[str, Any]:
    """The row of an actor without events under the filters."""
    numbers = dict.fromkeys(("as_actor", "as_recipient", "as_speaker", "conflict", "cooperation", "documents"), 0)
    row = reader.row(
        "SELECT entity_id, any_value(kind) AS kind, any_value(country) AS country, any_value(sector) AS sector, any_value(name_ar) AS name_ar, "
        "any_value(name_en) AS name_en FROM entities WHERE entity_id = $id GROUP BY entity_id",
        {"id": entity_id},
    )
    known = base.entities.get(entity_id)
    if not row and known is not None:
        row = {name: getattr(known, name) for name in ("kind", "country", "sector", "name_ar", "name_en")} | {"entity_id": entity_id}
    if not row:
        raise UsageError("WQ-704", "there is no such actor.", where=entity_id, advice="Search for one: GET /api/v1/actors?q=NAME.")
    return {**row, **numbers, "first": None, "last": None}


def offices(base: ActorBase, entity_id: str) -> list[Office]:
    """The offices of a person in the actor base, the latest first."""
    held = sorted(base.tenures.get(entity_id, ()), key=lambda tenure: (tenure.first, tenure.last), reverse=True)
    return [
        Office(title_en=t.title, office=t.office, body=t.body, country=t.country, first=t.first, last=t.last) for t in held
    ]


def _roles(reader: Reader, entity_id: str) -> list[Role]:
    rows = reader.rows(
        """
        SELECT x.role, count(DISTINCT x.doc_id) AS documents, min(d.published) AS first, max(d.published) AS last
        FROM entities x JOIN documents d USING (doc_id)
        WHERE x.entity_id = $id AND coalesce(x.role, '') <> '' GROUP BY x.role ORDER BY last DESC NULLS LAST LIMIT 50
        """,
        {"id": entity_id},
    )
    return [Role(**row) for row in rows]


def _types(reader: Reader, chosen: Where, entity_id: str) -> list[TypeCount]:
    rows = reader.rows(
        f"""
        SELECT e.event_type, any_value(e.quad) AS quad, count(*) FILTER (p.slot = 'actor') AS made,
            count(*) FILTER (p.slot = 'recipient') AS received
        FROM (SELECT DISTINCT event_id, slot FROM participants WHERE entity_id = $id) p JOIN events e USING (event_id)
        WHERE {chosen.sql} GROUP BY 1 ORDER BY made + received DESC, 1
        """,
        {**chosen.values, "id": entity_id},
    )
    return [TypeCount(**row) for row in rows]


def _counterparts(reader: Reader, chosen: Where, entity_id: str, step: Step) -> list[Counterpart]:
    """Those with whom the actor has most to do, both ways, over time."""
    rows = reader.rows(
        f"""
        WITH mine AS (SELECT DISTINCT event_id, slot FROM participants WHERE entity_id = $id),
        pairs AS (
            SELECT DISTINCT m.event_id, m.slot, p.entity_id FROM mine m JOIN participants p USING (event_id)
            WHERE p.slot <> m.slot AND p.entity_id <> $id AND NOT starts_with(p.entity_id, 'local:')
        ),
        best AS (
            SELECT pairs.entity_id, count(*) AS n FROM pairs JOIN events e USING (event_id) WHERE {chosen.sql}
            GROUP BY 1 ORDER BY n DESC, 1 LIMIT {_COUNTERPARTS}
        )
        SELECT x.entity_id, x.slot, date_trunc('{step}', e.day)::DATE AS start, count(*) AS events, {SIDES}, sum(e.intensity) AS weight,
            count(e.intensity) AS weighed, any_value(best.n) AS n
        FROM pairs x JOIN best USING (entity_id) JOIN events e USING (event_id) WHERE {chosen.sql} GROUP BY 1, 2, 3 ORDER BY n DESC, 1, 3
        """,
        {**chosen.values, "id": entity_id},
    )
    grouped: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        grouped[row["entity_id"]].append(row)
    names = named(reader, list(grouped))
    return [_counterpart(names[other], found) for other, found in grouped.items()]


def _counterpart(other: Who, rows: list[dict[str, Any]]) -> Counterpart:
    def total(name: str, slot: str = "") -> int:
        return sum(int(row[name] or 0) for row in rows if not slot or row["slot"] == slot)

    weighed = total("weighed")
    return Counterpart(
        who=other, made=total("events", "actor"), received=total("events", "recipient"), conflict=total("conflict"), cooperation=total("cooperation"),
        intensity=round(sum(row["weight"] or 0 for row in rows) / weighed, 3) if weighed else None,
        made_slices=slices(row for row in rows if row["slot"] == "actor"),
        received_slices=slices(row for row in rows if row["slot"] == "recipient"),
    )


def slices(rows: Any) -> list[Slice]:
    """Rows by stretch of time as slices; rows without a day are left out."""
    return [Slice(start=r["start"], events=r["events"], conflict=r["conflict"], cooperation=r["cooperation"]) for r in rows if r["start"]]


def named(reader: Reader, entity_ids: Sequence[str]) -> dict[str, Who]:
    """Entities of the store by their identifiers."""
    rows = reader.rows(
        "SELECT entity_id, any_value(kind) AS kind, any_value(country) AS country, any_value(sector) AS sector, any_value(name_ar) AS name_ar, "
        "any_value(name_en) AS name_en FROM (SELECT entity_id, kind, country, sector, name_ar, name_en FROM participants UNION ALL "
        "SELECT entity_id, kind, country, sector, name_ar, name_en FROM attributions) "
        "WHERE entity_id IN (SELECT unnest($ids)) GROUP BY entity_id",
        {"ids": list(entity_ids)},
    ) if entity_ids else []
    return {row["entity_id"]: Who(**who(row)) for row in rows}


def _names(reader: Reader, entity_id: str) -> list[Name]:
    rows = reader.rows(
        f"""
        SELECT m.text, m.kind, coalesce(d.outlet, '') AS outlet, count(*) AS mentions FROM mentions m JOIN documents d USING (doc_id)
        WHERE m.entity_id = $id AND m.kind IN ('name', 'nominal', 'office') GROUP BY ALL ORDER BY mentions DESC, m.text LIMIT {_NAMES}
        """,
        {"id": entity_id},
    )
    return [Name(**row) for row in rows]


def _said(reader: Reader, entity_id: str) -> tuple[list[Said], int]:
    values = {"id": entity_id}
    total = reader.row("SELECT count(*) AS n FROM quotations WHERE speaker_id = $id", values)["n"]
    rows = reader.rows(
        f"""
        SELECT q.doc_id, d.title, d.outlet, d.published, q.kind, q.text, q.part, q.sentence, q.start_char AS start, q.end_char AS "end"
        FROM quotations q JOIN documents d USING (doc_id) WHERE q.speaker_id = $id
        ORDER BY d.published DESC NULLS LAST, q.doc_id, q.start_char LIMIT {_SAID}
        """,
        values,
    )
    return [Said.model_validate({**row, "title": row["title"] or "", "outlet": row["outlet"] or ""}) for row in rows], int(total)


def _spoken_by(reader: Reader, involved: Where) -> list[SpokenBy]:
    rows = reader.rows(
        f"""
        SELECT s.entity_id, any_value(s.kind) AS kind, any_value(s.country) AS country, any_value(s.sector) AS sector,
            any_value(s.name_ar) AS name_ar, any_value(s.name_en) AS name_en, count(*) AS events, {SIDES}
        FROM (SELECT DISTINCT ON (event_id, entity_id) * FROM attributions s WHERE entity_id <> $id AND {among(involved, "s.event_id")}) s
        JOIN events e USING (event_id) GROUP BY s.entity_id ORDER BY events DESC, 1 LIMIT 20
        """,
        involved.values,
    )
    return [SpokenBy(who=Who(**who(row)), events=row["events"], conflict=row["conflict"], cooperation=row["cooperation"]) for row in rows]
