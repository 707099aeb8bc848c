"""How fast the reading room answers on a large store: the requests of every page, timed at the server.

The example articles are coded once; their records are multiplied with other days, outlets and actors, the same ones every time,
and go through the store's own `add`. Each request is made several times with an empty memory of answers, so that the database
works each time; the slowest counts.

    python benchmarks/reading_room.py                      # 100,000 events in a temporary folder
    python benchmarks/reading_room.py --events 1000000 --store big.duckdb --keep
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
from fastapi.testclient import TestClient

import waqai
from waqai.cli.work import converter, knowledge, make_work
from waqai.document import Document, Entity
from waqai.records import ActorRecord, EventRecord, Records, SourceRecord
from waqai.records.rows import PlaceRecord
from waqai.server.app import create_app
from waqai.server.room import Room, Settings
from waqai.store import Store

ARTICLES = Path(__file__).resolve().parent.parent / "examples" / "articles.jsonl"
OUTLETS = [f"Outlet {letter}" for letter in "ABCDEFGHIJKLMNOPQRST"]
FIRST, DAYS, ACTORS, LIMIT_MS = dt.date(2015, 1, 1), 3650, 1500, 300
# What the browser asks for when a page is opened. {event}, {document} and {actor} are taken from the store.
PAGES = {
    "overview": ["overview", "facets"],
    "overview, one year": ["overview?from=2019-01-01&to=2019-12-31", "facets?from=2019-01-01&to=2019-12-31"],
    "overview, words": ["overview?q=الخارجية", "facets?q=الخارجية&facet=type&facet=outlet"],
    "events": ["events", "facets?facet=type&facet=outlet&facet=actor"],
    "events, filtered": ["events?type=ACCUSE&country=SDN&sort=-confidence", "events?actor={actor}&q=وزير"],
    "event": ["events/{event}"],
    "documents": ["documents", "documents?q=الرئيس الأميركي"],
    "document": ["documents/{document}"],
    "actors": ["actors", "actors?q=محمد"],
    "actor": ["actors/{actor}"],
    "network": ["network"],
    "network, one actor": ["network?centre={actor}"],
    "network, countries": ["network?level=country"],
    "map": ["map"],
    "outlets": ["outlets"],
    "query": ["schema"],
    "review": ["review/queue", "review/log"],
    "review, newest": ["review/queue?order=newest"],
}


class Maker:
    """Makes synthetic documents out of coded ones, the same ones every time."""

    def __init__(self, originals: Sequence[Records], entities: Sequence[Entity]) -> None:
        self.originals, self.entities = originals, entities
        self.random = random.Random(1)
        self.weights = [1 / (rank + 3) for rank in range(len(entities))]

    def documents(self, events: int) -> Iterator[Records]:
        """Documents with at least so many events in all."""
        number = made = 0
        while made < events:
            records = self._vary(self.originals[number % len(self.originals)], number)
            made += len(records.events)
            number += 1
            yield records

    def _vary(self, records: Records, number: int) -> Records:
        doc_id = f"{records.document.doc_id}-{number}"
        day = FIRST + dt.timedelta(days=self.random.randrange(DAYS))
        cast: dict[str, Entity] = {}

        def who(actor: ActorRecord) -> ActorRecord:
            if actor.entity_id.startswith("local:"):
                return actor
            entity = cast.setdefault(actor.entity_id, self.random.choices(self.entities, self.weights)[0])
            return msgspec.structs.replace(
                actor, entity_id=entity.id, name_ar=entity.name_ar, name_en=entity.name_en, kind=entity.kind, country=entity.country, sector=entity.sector
            )

        events = tuple(self._event(event, doc_id, number, day, who) for event in records.events)
        quotations = tuple(
            msgspec.structs.replace(q, doc_id=doc_id, speaker=who(q.speaker) if q.speaker else None) for q in records.quotations
        )
        entities = tuple(
            msgspec.structs.replace(e, doc_id=doc_id, **_of(cast.get(e.entity_id))) for e in records.entities
        )
        document = msgspec.structs.replace(
            records.document, doc_id=doc_id, text_hash=f"{number:032x}", published=day.isoformat(), outlet=self.random.choice(OUTLETS)
        )
        sentences = tuple(msgspec.structs.replace(s, doc_id=doc_id) for s in records.sentences)
        return Records(document, sentences, entities, events, quotations)

    def _event(self, event: EventRecord, doc_id: str, number: int, day: dt.date, who: object) -> EventRecord:
        assert callable(who)
        time_of = event.time and msgspec.structs.replace(event.time, from_=day.isoformat(), to=day.isoformat(), precision="day")
        sources = tuple(SourceRecord(**{**msgspec.structs.asdict(who(s)), "cue": s.cue, "anonymous": s.anonymous}) for s in event.attribution)
        return msgspec.structs.replace(
            event, event_id=f"{event.event_id}{number:x}", doc_id=doc_id, time=time_of, place=self._moved(event.place), attribution=sources,
            actors=tuple(map(who, event.actors)), recipients=tuple(map(who, event.recipients)), confidence=round(self.random.random(), 3),
        )

    def _moved(self, place: PlaceRecord | None) -> PlaceRecord | None:
        """A place of several hundred, so that a map has points to draw."""
        if place is None or place.lat is None or place.lon is None or place.geonames_id is None:
            return place
        shift = self.random.randrange(40)
        return msgspec.structs.replace(place, geonames_id=place.geonames_id * 100 + shift, lat=place.lat + shift / 20, lon=place.lon - shift / 20)


def _of(entity: Entity | None) -> dict[str, str]:
    return {} if entity is None else {"entity_id": entity.id, "name_ar": entity.name_ar, "name_en": entity.name_en, "country": entity.country}


def fill(path: Path, events: int) -> None:
    """Make a store with so many synthetic events."""
    resources = knowledge(None)
    coder, convert = waqai.load(mode="lexicon"), converter(None, "lexicon")
    originals = []
    for line in ARTICLES.read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        document = Document(article["id"], article["text"], title=article["title"], published=dt.date.fromisoformat(article["date"]))
        originals.append(convert.records(coder.code(document)))
    from waqai.knowledge.actors import ActorBase

    known = [entity for entity in ActorBase.load(resources).entities.values() if entity.country]
    chosen = random.Random(2).sample(sorted(known, key=lambda entity: entity.id), ACTORS)
    with Store.open(path) as store:
        store.begin_run("synthetic")
        batch: list[Records] = []
        for records in Maker(originals, chosen).documents(events):
            batch.append(records)
            if len(batch) == 500:
                store.add(batch)
                batch = []
        store.add(batch)
        store.finish_run()


def measure(path: Path, repeats: int) -> dict[str, float]:
    """Milliseconds of each page: the sum of its requests, the slowest of several tries."""
    found = {}
    with Store.open(path) as store:
        room = Room(store, knowledge(None), Settings(hosts=("testserver",)), make_work(None, "lexicon"))
        with TestClient(create_app(room)) as client:
            event = client.get("/api/v1/events?limit=1").json()["events"][0]
            actor = client.get("/api/v1/actors?limit=1").json()["actors"][0]["entity_id"]
            client.get("/api/v1/overview"), client.get(f"/api/v1/actors/{actor}")  # knowledge is loaded once, at the first question
            for name, requests in PAGES.items():
                tries = [_page(client, room, [r.format(event=event["event_id"], document=event["doc_id"], actor=actor) for r in requests]) for _ in range(repeats)]
                found[name] = max(tries)
    return found


def _page(client: TestClient, room: Room, requests: Sequence[str]) -> float:
    room.changed()
    started = time.perf_counter()
    for request in requests:
        answer = client.get(f"/api/v1/{request}")
        assert answer.status_code == 200, answer.text
    return 1000 * (time.perf_counter() - started)


def main() -> None:
    """Make the store unless it is there, and print a line a page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--store", type=Path, help="where to make the store, or one that is there")
    parser.add_argument("--keep", action="store_true", help="keep the store that is made")
    parser.add_argument("--repeats", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = asked.store or Path(folder) / "synthetic.duckdb"
        if not path.exists():
            started = time.perf_counter()
            fill(path, asked.events)
            print(f"made {path} in {time.perf_counter() - started:.0f} s, {path.stat().st_size / 1e6:.0f} MB", file=sys.stderr)
        times = measure(path, asked.repeats)
        for name, took in times.items():
            print(f"{name:<24} {took:6.0f} ms{'  SLOW' if took > LIMIT_MS else ''}")
        if asked.store and not asked.keep and asked.store.exists():
            print(f"the store is kept: {asked.store}", file=sys.stderr)
    sys.exit(any(took > LIMIT_MS for took in times.values()))


if __name__ == "__main__":
    main()
