"""The annotated data that the network learns from: every word stands where it is said to, every code is one of the ontology."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

from waqai.encoder.labels import MODALITIES, TYPES

TRAINING = Path(__file__).parents[2] / "training"
REPORTS = ["reports.jsonl", "reports_more.jsonl"]
CODE = re.compile(r"([A-Z]{3}|---) ([A-Z]{3}|---)")
sys.path.insert(0, str(TRAINING))

from labels import packed, unpacked  # noqa: E402


def rows(name):
    return [json.loads(line) for line in (TRAINING / "data" / name).read_text(encoding="utf-8").splitlines()]


def faults(event, sentence, whole):
    """What is wrong with the words and codes of an event."""
    for role in ("actor", "recipient", "speaker"):
        for value in event[role]:
            text, name = (value, value) if isinstance(value, str) else (value["text"], value["name"])
            if text not in sentence or not name or name not in whole:
                yield f"{role} {value}"
        codes = event.get(f"{role}_code", [])
        if role != "speaker" and (len(codes) != len(event[role]) or not all(CODE.fullmatch(code) for code in codes)):
            yield f"{role} codes {codes}"
    for slot in ("trigger", "place", "time"):
        if event[slot] not in sentence:
            yield f"{slot} {event[slot]}"
    if not event["trigger"] or event["type"] not in TYPES or event["modality"] not in MODALITIES or event["polarity"] not in ("affirmed", "negated"):
        yield f"{event['trigger']} {event['type']} {event['modality']} {event['polarity']}"


@pytest.mark.parametrize("name", REPORTS)
def test_reports(name):
    wrong = [
        (report["id"], fault) for report in rows(name) for event in report["events"]
        for fault in faults(event, report["sentences"][event["sentence"]], " ".join(report["sentences"]))
    ]
    assert not wrong


def test_sentences():
    assert not [(row["id"], fault) for row in rows("sentences.jsonl") for event in row["events"] for fault in faults(event, row["text"], row["text"])]


def test_labels_hold_no_text():
    for row in rows("labels.jsonl"):
        assert set(row) == {"id", "events"}
        for event in row["events"]:
            assert not re.search("[\u0600-\u06ff]", json.dumps(event, ensure_ascii=False))
            start, end = event["trigger"]
            assert 0 <= start < end
            assert event["type"] in TYPES


def test_nothing_stands_twice():
    ids = [row["id"] for name in (*REPORTS, "sentences.jsonl", "labels.jsonl") for row in rows(name)]
    assert len(ids) == len(set(ids))


def test_what_is_packed_comes_back():
    row = {"id": "x", "text": "قال الوزير إن الوزير التقى السفير", "events": [{
        "type": "CONSULT", "mode": ["meet"], "trigger": "التقى", "actor": ["الوزير"], "actor_code": ["--- GOV"], "recipient": ["السفير"],
        "recipient_code": ["--- GOV"], "place": "", "time": "", "polarity": "affirmed", "modality": "actual", "speaker": ["الوزير"],
    }]}
    short = packed(row)
    assert short["events"][0]["actor"] == [[14, 20]]
    assert unpacked(short, {"x": row["text"]}) == row
