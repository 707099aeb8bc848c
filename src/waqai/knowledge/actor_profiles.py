"""What the base knows of one entity, for people: names as they are written, offices and dates, ties to others."""

from __future__ import annotations

import msgspec

from waqai.knowledge.actor_relations import Span, Standing
from waqai.knowledge.actor_tables import Tenure
from waqai.knowledge.actors import ActorBase
from waqai.knowledge.loader import Resources

_TABLES = ("states", "organisations", "armed_groups", "parties", "media", "additions", "persons", "persons_by_hand")


class Related(msgspec.Struct, frozen=True):
    """Another entity and the relation to it; `forward` is false where the relation is that of the other to this one."""

    relation: str
    name_en: str
    span: Span
    forward: bool


class Profile(msgspec.Struct, frozen=True):
    """Names in Arabic, offices held (the latest first) and holders of the body's own offices, dates of existence, standings, ties."""

    names: tuple[str, ...]
    offices: tuple[tuple[Tenure, str], ...]
    officers: tuple[tuple[Tenure, str], ...]
    life: Span | None
    standings: tuple[Standing, ...]
    ties: tuple[Related, ...]


def profile(resources: Resources, actors: ActorBase, entity: str) -> Profile:
    """The profile of an entity of the base. Reads the tables, as the compiled form has folded names only."""
    same = {row["id"]: row["same_as"] for row in resources.table("actors/same.tsv")}
    rows = (row for table in _TABLES for row in resources.table(f"actors/{table}.tsv") if same.get(row["id"], row["id"]) == entity)
    names = dict.fromkeys(name for row in rows for name in row["names_ar"].split("|") if name)
    held = sorted(actors.tenures.get(entity, ()), key=lambda tenure: tenure.first, reverse=True)
    of_body = [tenure for (_, body), found in actors.offices.items() if body == entity and not held for tenure in found]
    of_body = sorted((t for t in of_body if t.office in _LEADING), key=lambda tenure: tenure.first, reverse=True)
    return Profile(
        tuple(names), tuple((t, _name(actors, t.body)) for t in held), tuple((t, _name(actors, t.person)) for t in of_body),
        actors.relations.lives.get(entity), actors.relations.standings.get(entity, ()), tuple(_ties(actors, entity)),
    )


_LEADING = frozenset({"head_of_organisation", "group_leader", "military_chief", "head_of_state", "head_of_government", "supreme_leader"})


def _name(actors: ActorBase, entity: str) -> str:
    known = actors.entities.get(entity)
    return known.name_en if known is not None else entity


def _ties(actors: ActorBase, entity: str) -> list[Related]:
    own = [Related(tie.relation, _name(actors, tie.other), tie.span, forward=True) for tie in actors.relations.ties.get(entity, ())]
    others = [
        Related(tie.relation, _name(actors, other), tie.span, forward=False)
        for other, ties in actors.relations.ties.items() for tie in ties if tie.other == entity
    ]
    return own + others
