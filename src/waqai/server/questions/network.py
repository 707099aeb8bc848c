"""Who acts on whom: directed edges with their events by quad class and by time."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Literal

from waqai.export.events import QUAD_COUNTS
from waqai.server.answers import Dyad, Edge, Network, Node, Who
from waqai.server.questions.actors import named, slices, who
from waqai.server.questions.time import SIDES, step_of
from waqai.store import Reader
from waqai.store.search import Where

Level = Literal["actor", "country"]
_KEY = {"actor": "entity_id", "country": "country"}


def network(
    reader: Reader, chosen: Where, *, level: Level, centre: str | None, unresolved: bool, least: int, limit: int
) -> Network:
    """The `limit` heaviest edges with at least `least` events, around `centre` where one is given (edges of and among its
    neighbours), with their nodes."""
    pairs, values = _pairs(chosen, level, unresolved), dict(chosen.values)
    around = "TRUE"
    if centre:
        values["centre"] = centre
        around = "source IN (SELECT who FROM near) AND target IN (SELECT who FROM near)"
    near = "SELECT source AS who FROM pairs WHERE target = $centre UNION SELECT target FROM pairs WHERE source = $centre UNION SELECT $centre"
    ego = f", near AS ({near})" if centre else ""
    heaviest = "(source = $centre OR target = $centre) DESC, " if centre else ""
    rows = reader.rows(
        f"""
        WITH pairs AS ({pairs}){ego}, edges AS (
            SELECT source, target, count(*) AS events, {QUAD_COUNTS}, count(*) FILTER (polarity = 'negated') AS negated,
                round(avg(intensity), 3) AS intensity, min(day) AS first, max(day) AS last
            FROM pairs WHERE {around} GROUP BY 1, 2 HAVING count(*) >= {least}
        )
        SELECT *, count(*) OVER () AS total FROM edges ORDER BY {heaviest}events DESC, source, target LIMIT {limit}
        """,
        values,
    )
    step = step_of(reader, chosen)
    by_edge = _slices(reader, pairs, chosen, rows, step)
    edges = [
        Edge(**{name: row[name] for name in row if name != "total"}, slices=slices(by_edge[row["source"], row["target"]])) for row in rows
    ]
    return Network(nodes=_nodes(reader, edges, level), edges=edges, step=step, omitted=rows[0]["total"] - len(rows) if rows else 0)


def dyads(reader: Reader, chosen: Where, limit: int) -> list[Dyad]:
    """The pairs of resolved actors with most events."""
    rows = reader.rows(
        f"""
        SELECT source, target, count(*) AS events, count(*) FILTER (quad LIKE '%conflict') AS conflict,
            count(*) FILTER (quad LIKE '%cooperation') AS cooperation, round(avg(intensity), 3) AS intensity
        FROM ({_pairs(chosen, "actor", False)}) GROUP BY 1, 2 ORDER BY events DESC, 1, 2 LIMIT {limit}
        """,
        chosen.values,
    )
    people = named(reader, list({row[end] for row in rows for end in ("source", "target")}))
    return [
        Dyad(actor=people[row["source"]], recipient=people[row["target"]], **{name: row[name] for name in ("events", "conflict", "cooperation", "intensity")})
        for row in rows
    ]


def _pairs(chosen: Where, level: Level, unresolved: bool) -> str:
    """One row for each event and pair of an actor and a recipient in it."""
    key = _KEY[level]
    only = "" if unresolved or level == "country" else "AND NOT starts_with(a.entity_id, 'local:') AND NOT starts_with(r.entity_id, 'local:')"
    return f"""
        SELECT DISTINCT e.event_id, a.{key} AS source, r.{key} AS target, e.day, e.quad, e.polarity, e.intensity
        FROM participants a JOIN participants r USING (event_id) JOIN events e USING (event_id)
        WHERE a.slot = 'actor' AND r.slot = 'recipient' AND a.{key} <> r.{key} AND a.{key} <> '' AND r.{key} <> '' {only} AND {chosen.sql}
    """


def _slices(
    reader: Reader, pairs: str, chosen: Where, rows: list[dict[str, Any]], step: str
) -> defaultdict[tuple[str, str], list[dict[str, Any]]]:
    found: defaultdict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    if rows:
        values = {**chosen.values, "sources": [row["source"] for row in rows], "targets": [row["target"] for row in rows]}
        for row in reader.rows(
            f"""
            SELECT e.source, e.target, date_trunc('{step}', e.day)::DATE AS start, count(*) AS events, {SIDES}
            FROM ({pairs}) e JOIN (SELECT unnest($sources) AS source, unnest($targets) AS target) USING (source, target)
            GROUP BY 1, 2, 3 ORDER BY 3
            """,
            values,
        ):
            found[row["source"], row["target"]].append(row)
    return found


def _nodes(reader: Reader, edges: list[Edge], level: Level) -> list[Node]:
    """The ends of edges, with the events of these edges."""
    counts: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(("as_actor", "as_recipient", "conflict", "cooperation"), 0))
    for edge in edges:
        conflict, cooperation = edge.verbal_conflict + edge.material_conflict, edge.verbal_cooperation + edge.material_cooperation
        for end, slot in ((edge.source, "as_actor"), (edge.target, "as_recipient")):
            counts[end][slot] += edge.events
            counts[end]["conflict"] += conflict
            counts[end]["cooperation"] += cooperation
    people = named(reader, list(counts)) if level == "actor" else {code: _country(code) for code in counts}
    return [Node.model_validate({**dict(people[key]), **numbers}) for key, numbers in counts.items()]


def _country(code: str) -> Who:
    """A country as a node: pages have the names of countries by their codes."""
    return Who(**who({"entity_id": code, "name_ar": "", "name_en": code, "kind": "country", "country": code, "sector": ""}))
