"""The user's own actors: actors/own.csv in a folder of theirs, as a spreadsheet writes it.

One row is an actor, or one more office of an actor that another row has. Columns, by name and in any order; only `names` must be there:
names (all spellings, with | between them), english, kind, country, sector, office (a class as in offices/titles.tsv), body (whose office
it is: a country code or the id of an organisation; empty: the country), title, from, to, id.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import get_args

import msgspec

from waqai.document import Entity, EntityKind
from waqai.errors import ResourceError
from waqai.knowledge.loader import Resources, Row

FILE = "actors/own.csv"
COLUMNS = ("names", "english", "kind", "country", "sector", "office", "body", "title", "from", "to", "id")
KINDS: tuple[str, ...] = get_args(EntityKind)
_SLOTS = ("UNO", "EUR", "IGO", "NGO", "MNC", "IMG", "ISM")
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


class Own(msgspec.Struct, frozen=True, gc=False):
    """A row: the entity, its names, and the row of its office as in offices/tenures.tsv, None without one."""

    entity: Entity
    names: str
    office: Row | None


def own_actors(resources: Resources) -> tuple[Own, ...]:
    """The rows of actors/own.csv; () without such a file. ResourceError names the line and column of a mistake."""
    content = resources.read_bytes(FILE)
    return tuple(_rows(resources, content)) if content is not None else ()


def _rows(resources: Resources, content: bytes) -> Iterator[Own]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ResourceError("WQ-206", "The file is not UTF-8.", where=FILE, advice="Save it from the spreadsheet as «CSV UTF-8».") from error
    states = {row["id"] for row in resources.table("actors/states.tsv")}
    sectors = {row["id"] for row in resources.table("ontology/sectors.tsv")}
    reader = csv.DictReader(io.StringIO(text))
    unknown = [name for name in reader.fieldnames or () if name.strip() not in COLUMNS]
    if unknown or "names" not in [name.strip() for name in reader.fieldnames or ()]:
        raise ResourceError(
            "WQ-206", f"the columns are {', '.join(reader.fieldnames or ()) or 'not named'}.", where=f"{FILE} line 1",
            advice=f"Name them out of: {', '.join(COLUMNS)}. There must be `names`.",
        )
    for row in reader:
        cells = {(name or "").strip(): value.strip() for name, value in row.items() if isinstance(value, str)}
        where = f"{FILE} line {reader.line_num}"
        _check(cells, where, states, sectors)
        yield _own({name: cells.get(name, "") for name in COLUMNS})


def _own(cells: Row) -> Own:
    first = cells["names"].split("|")[0].strip()
    names = "|".join(name.strip() for name in cells["names"].split("|") if name.strip())
    entity_id = cells["id"] or "own:" + (cells["english"] or first).replace(" ", "_")
    kind = cells["kind"] or "person"
    entity = Entity(entity_id, kind, first, cells["english"], cells["country"], cells["sector"])  # type: ignore[arg-type]
    office = {
        "person": entity_id, "office": cells["office"], "country": cells["body"] or cells["country"], "sector": cells["sector"],
        "from": cells["from"], "to": cells["to"], "rank": "main", "title_en": cells["title"] or cells["office"].replace("_", " "),
    }
    return Own(entity, names, office if cells["office"] else None)


def _check(cells: Row, where: str, states: set[str], sectors: set[str]) -> None:
    allowed = {"kind": {"", *KINDS}, "country": {"", *states, *_SLOTS}, "sector": {"", *sectors}}
    if not cells.get("names"):
        raise ResourceError("WQ-207", "there is no name.", where=f"{where}, column names", advice="Write at least one Arabic name.")
    for column, values in allowed.items():
        if cells.get(column, "") not in values:
            advice = "Write an ISO 3166-1 alpha-3 code or one of " + ", ".join(_SLOTS) if column == "country" else "Write one of " + ", ".join(sorted(values)[1:])
            raise ResourceError("WQ-207", f"{cells[column]!r} is no {column}.", where=f"{where}, column {column}", advice=advice + ".")
    for column in ("from", "to"):
        if cells.get(column) and not _DATE.fullmatch(cells[column]):
            raise ResourceError("WQ-207", f"{cells[column]!r} is no date.", where=f"{where}, column {column}", advice="Write 2019-04-20, 2019-04 or 2019.")
    if cells.get("from") and cells.get("to") and cells["to"] + "~" < cells["from"]:
        raise ResourceError("WQ-207", f"it ends ({cells['to']}) before it begins ({cells['from']}).", where=where, advice="Change the two around.")
