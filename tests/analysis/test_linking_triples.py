"""A thousand mentions with a day and whom they mean, written from general knowledge: at least 95 % must be right."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections import Counter
from pathlib import Path

import msgspec
import pytest

from waqai.analysis.linking import Linker
from waqai.document import Entity
from waqai.knowledge.actors import ActorBase
from waqai.knowledge.loader import PACKAGED, Resources
from waqai.text.folding import fold_word

TRIPLES = Path(__file__).parent.parent / "knowledge/actor_triples.tsv"
README = PACKAGED / "actors/README.md"
WANTED = 0.95
NOT_A_LETTER = re.compile(r"\s*\(.*|\b(?:al|el)-|[^a-z0-9]+")


class Triple(msgspec.Struct, frozen=True):
    """A mention, the day and country of its article, and the entity, country and sector expected ("" for not asked)."""

    mention: str
    date: str
    home: str
    entity: str
    country: str
    sector: str


def triples() -> list[Triple]:
    lines = (line for line in TRIPLES.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return [Triple(*line.split("\t")) for line in lines][1:]


def plain(name: str) -> str:
    """A Latin name without accents, articles, blanks and what stands in brackets."""
    letters = unicodedata.normalize("NFKD", name.replace("ı", "i").lower())
    return NOT_A_LETTER.sub("", "".join(letter for letter in letters if not unicodedata.combining(letter)))


def mistakes(triple: Triple, entity: Entity) -> str:
    """What is wrong about an entity: of its name, country and sector."""
    if triple.entity == "NIL":
        named = entity.id.startswith("local:")
    else:
        named = plain(entity.name_en) in {plain(name) for name in triple.entity.split("/")}
    sector = entity.sector or ("GOV" if entity.kind == "country" else "")
    wrong = {"entity": not named, "country": triple.country not in ("", entity.country), "sector": triple.sector not in ("", sector)}
    return ", ".join(what for what, is_wrong in wrong.items() if is_wrong)


@pytest.fixture(scope="module")
def linker() -> Linker:
    return Linker(ActorBase.load(Resources()))


def test_mentions_mean_whom_they_meant_on_the_day(linker):
    known = triples()
    assert len(known) >= 450
    errors = []
    for triple in known:
        entity = linker.link(fold_word(triple.mention).split(), dt.date.fromisoformat(triple.date), triple.home)
        what = mistakes(triple, entity)
        if what:
            errors.append(f"{triple.mention} {triple.date}: {what}: {entity.name_en} {entity.country} {entity.sector}, not {triple.entity}")
    assert len(errors) <= (1 - WANTED) * len(known), "\n".join([f"{len(errors)} of {len(known)} wrong:", *errors])
    unlisted = [error for error in errors if error.partition(":")[0].strip() not in README.read_text(encoding="utf-8")]
    assert not unlisted, "\n".join(["The list of known errors in the README of the actors lacks:", *unlisted])


def test_the_triples_are_well_formed():
    keys = Counter((triple.mention, triple.date, triple.home) for triple in triples())
    assert [key for key, count in keys.items() if count > 1] == []
    assert all("2003" <= triple.date[:4] <= "2026" for triple in triples() if triple.entity != "NIL")
