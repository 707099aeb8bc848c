"""GET: what is in the store."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

import waqai
from waqai.server.answers import About, Actor, ActorPage, Facets, MapAnswer, ModeInfo, Network, Overview, Schema, TypeInfo
from waqai.server.filters import Filters, Value, found, where
from waqai.server.outlet_shapes import Outlets
from waqai.server.questions import about as extent
from waqai.server.questions import actors, documents, events, network, overview, places, versions
from waqai.server.questions.facets import Facet, facets
from waqai.server.questions.outlets import outlets
from waqai.server.room import Room
from waqai.server.routes.common import Cursor, Id, TheReader, TheRoom, remembered
from waqai.server.shapes import Document, DocumentPage, EventDetail, EventPage
from waqai.server.version_shapes import Versions
from waqai.store import Reader

router = APIRouter(tags=["reading"])
Limit = Annotated[int, Field(ge=1, le=500)]
Search = Annotated[str, StringConstraints(max_length=200)]


class EventsAsked(Filters):
    """Filters, order and page of a list of events."""

    sort: events.Sort = Field("-date_from", description="A minus means newest or greatest first. `date_from` is the day of the event, else of the article.")
    limit: Limit = 50
    cursor: Cursor = Field(None, description="`cursor` of the page before.")


class DocumentsAsked(Filters):
    """Filters, order and page of a list of documents."""

    sort: documents.Sort = "-published"
    limit: Limit = 50
    cursor: Cursor = None


class ActorsAsked(Filters):
    """Filters, order and page of a list of actors. Here `q` are words of the name."""

    q: Search = Field("", description="Words of the name, Arabic or Latin, or an identifier.")
    resolved: bool | None = Field(None, description="Only actors of the actor base (true), or only others (false).")
    sort: actors.Sort = "-events"
    limit: Limit = 50
    cursor: Cursor = None


class OutletsAsked(Filters):
    """Filters and number of outlets."""

    limit: Limit = Field(100, description="Most outlets.")


class NetworkAsked(Filters):
    """Filters and extent of a network."""

    level: network.Level = "actor"
    centre: Value | None = Field(None, description="An actor: the network around it.")
    unresolved: bool = Field(False, description="Also actors known only inside their articles. One identifier may stand for several.")
    least: Annotated[int, Field(ge=1, le=1_000_000)] = Field(1, description="Least events of an edge.")
    limit: Limit = Field(150, description="Most edges.")


class MapAsked(Filters):
    """Filters and extent of a map."""

    limit: Annotated[int, Field(ge=1, le=5000)] = 1000


class FacetsAsked(Filters):
    """Which values of which filters."""

    facet: Annotated[list[Facet], Field(max_length=12)] = Field([], description="Which filters; all without it.")
    search: Search = Field("", description="Words that the value or its name must contain.")
    limit: Limit = 20


class Nothing(BaseModel):
    """No parameters."""

    model_config = ConfigDict(extra="forbid")


@router.get("/about", response_model=About)
def about(request: Request, _: Annotated[Nothing, Query()], room: TheRoom) -> Response:
    """What this server serves: extent, versions, the codebook, limits."""
    reviewer = request.scope.get("waqai.reviewer") or None
    limits = {"sql_seconds": room.settings.sql_seconds, "sql_rows": float(room.settings.sql_rows), "page": 500.0}
    with room.store.reader() as reader:
        answer = About(
            waqai=waqai.__version__, store=room.store.path.name, data_version=room.version, read_only=room.store.read_only, reviewer=reviewer,
            types=_types(room), limits=limits, **extent.counts(reader),
        )
    return Response(answer.model_dump_json(), media_type="application/json", headers={"Cache-Control": "private, no-cache"})


def _types(room: Room) -> list[TypeInfo]:
    modes = room.ontology.modes.values()
    return [
        TypeInfo(
            name=kind.name, quad=kind.quad, intensity=kind.intensity, definition=kind.definition, arabic=kind.arabic,
            modes=[ModeInfo(name=m.name, definition=m.definition, arabic=m.arabic) for m in modes if m.type == kind.name],
        )
        for kind in room.ontology.types.values()
    ]


@router.get("/overview", response_model=Overview)
def get_overview(request: Request, asked: Annotated[Filters, Query()], room: TheRoom) -> Response:
    """What happened: totals, time line, calendar, types, actors, dyads, places, newest articles."""

    def answer(reader: Reader) -> Overview:
        chosen = where(asked, room.forms)
        return overview.overview(reader, found(reader, chosen) if asked.q else chosen, documents.condition(asked, room.forms), room.levels)

    return remembered(request, answer)


@router.get("/events", response_model=EventPage)
def get_events(asked: Annotated[EventsAsked, Query()], reader: TheReader, room: TheRoom) -> EventPage:
    """Events, page by page."""
    return events.page(reader, where(asked, room.forms), sort=asked.sort, limit=asked.limit, cursor=asked.cursor)


@router.get("/events/{event_id}", response_model=EventDetail)
def get_event(event_id: Id, _: Annotated[Nothing, Query()], reader: TheReader) -> EventDetail:
    """One event with the sentences around it, its review history, and similar reports."""
    return events.detail(reader, event_id)


@router.get("/documents", response_model=DocumentPage)
def get_documents(asked: Annotated[DocumentsAsked, Query()], reader: TheReader, room: TheRoom) -> DocumentPage:
    """Documents, page by page: those with events that the filters let through; by day, outlet and words alone, all such documents."""
    return documents.page(reader, documents.condition(asked, room.forms), sort=asked.sort, limit=asked.limit, cursor=asked.cursor)


@router.get("/documents/{doc_id:path}", response_model=Document)
def get_document(doc_id: Id, _: Annotated[Nothing, Query()], reader: TheReader) -> Document:
    """One document: its text with sentences, events, quotations and entities, all with their places in it; and where else it stands.

    The identifier of a copy, or of a version that was replaced, gives the document that stands for it (`stands_for`).
    """
    return documents.whole(reader, doc_id)


@router.get("/versions/{doc_id:path}", response_model=Versions)
def get_versions(doc_id: Id, request: Request, _: Annotated[Nothing, Query()]) -> Response:
    """Earlier texts and codings of a document: what each said otherwise than what took its place, word by word, and which events it had."""
    return remembered(request, lambda reader: versions.versions(reader, doc_id))


@router.get("/actors", response_model=ActorPage)
def get_actors(request: Request, asked: Annotated[ActorsAsked, Query()], room: TheRoom) -> Response:
    """Actors, page by page, with what they do and what is done to them."""
    chosen = where(asked, room.forms, but="q")
    return remembered(request, lambda reader: actors.page(
        reader, chosen, search=asked.q, resolved=asked.resolved, sort=asked.sort, limit=asked.limit, cursor=asked.cursor
    ))


@router.get("/actors/{entity_id:path}", response_model=Actor)
def get_actor(entity_id: Id, request: Request, asked: Annotated[Filters, Query()], room: TheRoom) -> Response:
    """All about one actor: offices, acts made and received, counterparts, names by outlet, words."""
    return remembered(request, lambda reader: actors.one(reader, where(asked, room.forms), entity_id, room.actors))


@router.get("/network", response_model=Network)
def get_network(request: Request, asked: Annotated[NetworkAsked, Query()], room: TheRoom) -> Response:
    """Who acts on whom."""
    return remembered(request, lambda reader: network.network(
        reader, where(asked, room.forms), level=asked.level, centre=asked.centre, unresolved=asked.unresolved, least=asked.least, limit=asked.limit
    ))


@router.get("/map", response_model=MapAnswer)
def get_map(request: Request, asked: Annotated[MapAsked, Query()], room: TheRoom) -> Response:
    """Where it happened."""
    return remembered(request, lambda reader: places.whole_map(reader, where(asked, room.forms), room.levels, asked.limit))


@router.get("/outlets", response_model=Outlets)
def get_outlets(request: Request, asked: Annotated[OutletsAsked, Query()], room: TheRoom) -> Response:
    """Outlets beside each other: what the store holds of each, when, and what each reports."""
    return remembered(request, lambda reader: outlets(reader, asked, where(asked, room.forms), room.forms, asked.limit))


@router.get("/facets", response_model=Facets)
def get_facets(request: Request, asked: Annotated[FacetsAsked, Query()], room: TheRoom) -> Response:
    """The values of each filter with their counts, under the other filters."""
    return remembered(request, lambda reader: facets(reader, asked, asked.facet, asked.search, asked.limit, room.levels.gazetteer, room.forms))


@router.get("/schema", response_model=Schema)
def get_schema(_: Annotated[Nothing, Query()], reader: TheReader) -> Schema:
    """Tables of the store for those who write SQL, and the JSON Schema of the records."""
    return extent.schema(reader)
