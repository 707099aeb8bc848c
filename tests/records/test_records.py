"""The records are the contract of section 4 of the design: keys, order, spans, nulls."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import msgspec
import pytest
import stand_in
from hypothesis import given
from hypothesis import strategies as st

import waqai.records
from waqai.document import Document
from waqai.records import Records, confident, rows_of, text_hash, to_json
from waqai.records.schema import json_schema, schema_text

EVENT_KEYS = [
    "event_id", "doc_id", "event_type", "modes", "contexts", "quad", "intensity", "cameo", "part", "sentence", "sentence_span",
    "trigger", "actors", "recipients", "object", "polarity", "modality", "attribution", "time", "place", "casualties",
    "confidence", "evidence", "coder",
]
ACTOR_KEYS = ["text", "start", "end", "entity_id", "kind", "name_ar", "name_en", "country", "sector", "role"]
WORK = stand_in.make_work()


@pytest.fixture(scope="module")
def records():
    return WORK(stand_in.coded())


def keys(record):
    return list(json.loads(to_json(record)))


def test_keys_of_an_event_and_their_order(records):
    event = json.loads(to_json(records.events[1]))
    assert list(event) == EVENT_KEYS
    assert list(event["sentence_span"]) == ["start", "end"]
    assert list(event["trigger"]) == ["text", "start", "end", "lemma"]
    assert list(event["actors"][0]) == list(event["recipients"][0]) == ACTOR_KEYS
    assert list(event["attribution"][0]) == [*ACTOR_KEYS, "cue", "anonymous"]
    assert list(event["object"]) == ["text", "start", "end"]
    assert list(event["time"]) == ["text", "start", "end", "from", "to", "precision"]
    assert list(event["place"]) == ["text", "start", "end", "name_ar", "name_en", "country", "lat", "lon", "geonames_id"]
    assert event["casualties"] == {"killed": None, "injured": None}


def test_values_of_an_event(records):
    event = records.events[1]
    assert (event.event_type, event.modes, event.quad, event.intensity) == ("REJECT", ("yield",), "verbal conflict", -2.0)
    assert event.evidence == ("frame:reject.refuse", "model:0.88", "rule:subject after verb")
    assert event.time and (event.time.from_, event.time.precision) == ("2019-04-16", "day")
    assert event.attribution[0].anonymous and event.attribution[0].cue == "بحسب"


def test_nulls_are_written(records):
    event = json.loads(to_json(records.events[2]))
    assert event["time"] is None and event["attribution"] == []
    assert event["place"]["geonames_id"] is None and event["place"]["text"] == "بيروت"
    assert event["actors"][0]["role"] is None


def test_a_time_that_is_not_resolved():
    undated = stand_in.StandIn().code(Document(id="u", text=stand_in.TEXT))
    time = json.loads(to_json(WORK(undated).events[0]))["time"]
    assert time["text"] == "الثلاثاء" and (time["from"], time["to"], time["precision"]) == (None, None, None)


def test_keys_of_a_quotation(records):
    said = json.loads(to_json(records.quotations[0]))
    assert list(said)[:9] == ["doc_id", "text", "start", "end", "kind", "speaker", "chain", "cue", "sentence"]
    assert list(said["speaker"]) == ACTOR_KEYS
    assert said["cue"] == {"text": "أعلنت", "start": 0, "end": 5, "lemma": "أعلن"}


def test_events_of_the_title_have_offsets_into_the_title(records):
    event = records.events[0]
    assert event.part == "title"
    assert stand_in.TITLE[event.trigger.start : event.trigger.end] == event.trigger.text == "رفضت"
    assert {e.part for e in records.events[1:]} == {"text"}


def spans(value):
    """Every object with words and offsets in a record."""
    if isinstance(value, dict):
        if "text" in value and "start" in value:
            yield value
        for inner in value.values():
            yield from spans(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from spans(inner)


@given(st.text(st.sampled_from("أدانت رفضت قتل القاهرة الدوحة «» دبلوماسي بحسب الثلاثاء\n🙂\u064b."), max_size=120), st.booleans())
def test_offsets_are_those_of_the_text(text, titled):
    document = Document(id="p", text=text, title=text[:30] if titled else "", published=dt.date(2019, 4, 19))
    made = WORK(document)
    assert isinstance(made, Records)
    for table in ("events", "quotes", "entities"):
        for row in rows_of(made, table):
            record = msgspec.to_builtins(row)
            for words in spans(record):
                part = words.get("part") or record.get("part", "text")
                source = document.title if part == "title" else text
                assert source[words["start"] : words["end"]] == words["text"]


def test_identifiers_are_stable_and_unique(records):
    again = WORK(stand_in.coded())
    assert [e.event_id for e in again.events] == [e.event_id for e in records.events]
    assert len({e.event_id for e in records.events}) == len(records.events)


def test_two_events_of_one_type_on_the_same_words_differ():
    coded = stand_in.coded()
    doubled = msgspec.structs.replace(coded, events=coded.events + coded.events, headline=None)
    ids = [e.event_id for e in stand_in_records(doubled).events]
    assert len(set(ids)) == len(ids) == 4


def stand_in_records(coded):
    from waqai.knowledge.loader import Resources
    from waqai.knowledge.ontology import Ontology

    return waqai.records.Converter(Ontology.load(Resources()), "waqai test").records(coded)


def test_a_document_without_layers_gives_no_rows():
    made = stand_in_records(Document(id="x", text="نص"))
    assert (made.events, made.quotations, made.entities, made.sentences) == ((), (), (), ())


def test_entities_hold_their_mentions_once(records):
    cairo = next(e for e in records.entities if e.name_ar == "القاهرة")
    assert [(m.text, m.part) for m in cairo.mentions] == [("القاهرة", "text")]


def test_the_hash_follows_what_the_coding_depends_on():
    base = Document(id="a", text="نص")
    for change in ({"text": "نص آخر"}, {"title": "ع"}, {"published": dt.date(2020, 1, 1)}, {"outlet": "و"}):
        assert text_hash(msgspec.structs.replace(base, **change)) != text_hash(base)
    assert text_hash(msgspec.structs.replace(base, id="b")) == text_hash(base)


def test_confidence_filters_events_and_their_count(records):
    kept = confident(records, 0.8)
    assert {e.event_type for e in kept.events} == {"REJECT"} and kept.document.events == len(kept.events) == 2
    assert confident(records, 0) is records


def test_records_come_back_from_bytes(records):
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(records), type=Records) == records


def test_the_schema_file_is_up_to_date():
    file = Path(waqai.records.__file__).with_name("schema.json")
    assert file.read_text(encoding="utf-8") == schema_text(), "run tools/build_schema.py"


def test_the_schema_requires_every_key():
    definitions = json_schema()["$defs"]
    assert definitions["EventRecord"]["required"] == EVENT_KEYS
    assert list(definitions["TimeRecord"]["properties"])[3:5] == ["from", "to"]
