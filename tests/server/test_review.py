"""Review: every change takes effect everywhere, is logged, and can be undone; wrong ones are refused."""

from __future__ import annotations

import json

import pytest

API, OURS = "/api/v1", {"X-Waqai": "1"}


@pytest.fixture
def decide(writing):
    def post(action, status=200, **body):
        answer = writing.post(f"{API}/review/decisions", json={"action": action, **body}, headers=OURS)
        assert answer.status_code == status, answer.text
        return answer.json()

    return post


@pytest.fixture
def get(writing):
    def ask(path, **parameters):
        answer = writing.get(f"{API}/{path}", params=parameters)
        assert answer.status_code == 200, answer.text
        return answer.json()

    return ask


@pytest.fixture
def event(get):
    """An event in the body of an article, with an actor."""
    return next(e for e in get("events", limit=200)["events"] if e["actors"] and e["part"] == "text" and e["sentence"] > 0)


def undo(client, review_id, status=200, **body):
    answer = client.post(f"{API}/review/undo", json={"review_id": review_id, **body}, headers=OURS)
    assert answer.status_code == status, answer.text
    return answer.json()


def wide(client, event_id):
    sql = "SELECT event_type, actors, polarity, modality, according_to, trigger_text, review FROM event_wide WHERE event_id = $id"
    answer = client.post(f"{API}/sql", json={"sql": sql, "parameters": {"id": event_id}}, headers=OURS).json()
    return [dict(zip([c["name"] for c in answer["columns"]], row, strict=True)) for row in answer["rows"]]


def span(document, words):
    start = document["text"].index(words)
    return {"start": start, "end": start + len(words)}


def test_the_queue_begins_with_the_least_certain_and_forgets_what_is_decided(get, decide):
    first = get("review/queue", limit=3)
    confidences = [item["event"]["confidence"] for item in first["items"]]
    assert confidences == sorted(confidences) and first["total"] == get("events")["total"]
    decide("accept", event_id=first["items"][0]["event"]["event_id"], reviewer="Aya")
    second = get("review/queue", limit=3)
    assert second["items"][0] == {**first["items"][1]}
    assert second["total"] == first["total"] - 1
    assert second["progress"] == {**first["progress"], "reviewed": 1, "accepted": 1, "reviewers": [{"reviewer": "Aya", "decisions": 1}]}
    newest = [item["event"]["published"] for item in get("review/queue", order="newest", limit=50)["items"]]
    assert newest == sorted(newest, reverse=True)
    following = get("review/queue", limit=3, cursor=second["cursor"])
    assert not {i["event"]["event_id"] for i in following["items"]} & {i["event"]["event_id"] for i in second["items"]}


def test_an_accepted_event_is_certain_and_says_by_whom(decide, event, get):
    after = decide("accept", event_id=event["event_id"], reviewer="آية", note="واضح")["event"]
    assert after["confidence"] == 1.0 and after["review"]["status"] == "accepted" and after["review"]["reviewer"] == "آية"
    assert {n: after[n] for n in after if n not in {"confidence", "review", "evidence"}} == {n: event[n] for n in event if n not in {"confidence", "review", "evidence"}}
    [change] = get(f"events/{event['event_id']}")["history"]
    assert change["action"] == "accept" and change["note"] == "واضح" and change["at"].endswith("Z")


def test_a_correction_shows_everywhere(writing, decide, event, get):
    document = get(f"documents/{event['doc_id']}")
    trigger = {"start": event["trigger"]["start"], "end": event["trigger"]["end"]}
    actor = event["actors"][0]
    changes = {
        "event_type": "REJECT", "modes": [], "polarity": "negated", "modality": "hypothetical", "trigger": trigger,
        "actors": [{"start": actor["start"], "end": actor["end"], "entity_id": "NOR"}], "recipients": [],
        "attribution": [{"start": actor["start"], "end": actor["end"], "anonymous": True}], "killed": 7,
    }
    after = decide("correct", event_id=event["event_id"], changes=changes)["event"]
    assert (after["event_type"], after["quad"], after["intensity"]) == ("REJECT", "verbal conflict", -2.0)
    assert after["actors"][0]["name_en"] == "Norway" and after["actors"][0]["text"] == actor["text"]
    assert after["recipients"] == [] and after["attribution"][0]["anonymous"] and after["casualties"]["killed"] == 7
    assert after["attribution"][0]["entity_id"] == actor["entity_id"]
    assert get("events", by="NOR")["events"] == [after]
    assert after in get(f"documents/{document['doc_id']}")["events"]
    [row] = wide(writing, event["event_id"])
    assert row["actors"] == "Norway" and row["event_type"] == "REJECT" and row["polarity"] == "negated" and row["review"] == "corrected"
    assert "NOR" in writing.get(f"{API}/events/export?format=csv&by=NOR").text
    assert get("review/queue", by="NOR")["total"] == 0


def test_a_rejected_event_is_gone_but_not_lost(writing, decide, event, get):
    total = get("events")["total"]
    assert decide("reject", event_id=event["event_id"])["event"] is None
    assert get("events")["total"] == total - 1 and wide(writing, event["event_id"]) == []
    detail = get(f"events/{event['event_id']}")
    assert detail["review"]["status"] == "rejected" and detail["sentence_text"] == event["sentence_text"]
    document = get(f"documents/{event['doc_id']}")
    assert [e["event_id"] for e in document["rejected"]] == [event["event_id"]]
    assert event["event_id"] not in {e["event_id"] for e in document["events"]}
    # Whoever changes their mind may decide again without undoing.
    assert decide("accept", event_id=event["event_id"])["event"]["trigger"] == event["trigger"]


def test_a_missed_event_is_added(decide, event, get):
    document = get(f"documents/{event['doc_id']}")
    sentence = next(s for s in document["sentences"] if s["part"] == "text" and s["sentence"] == 1)
    word = document["text"][sentence["start"]:sentence["end"]].split()[0]
    at = {"start": sentence["start"], "end": sentence["start"] + len(word)}
    added = decide("add", doc_id=document["doc_id"], changes={"event_type": "CONSULT", "trigger": at, "actors": [at]}, reviewer="Aya")["event"]
    assert (added["sentence"], added["trigger"]["text"], added["actors"][0]["text"]) == (1, word, word)
    assert added["review"]["status"] == "added" and added["quad"] == "verbal cooperation" and added["confidence"] == 1.0
    again = decide("add", doc_id=document["doc_id"], changes={"event_type": "CONSULT", "trigger": at})["event"]
    assert again["event_id"] != added["event_id"]
    title = decide("add", doc_id=document["doc_id"], changes={"part": "title", "event_type": "AID", "trigger": {"start": 0, "end": 4}})["event"]
    assert title["part"] == "title" and document["title"].startswith(title["trigger"]["text"])


def test_undo_goes_back_step_by_step(writing, decide, event, get):
    one = decide("accept", event_id=event["event_id"])["review_id"]
    two = decide("correct", event_id=event["event_id"], changes={"event_type": "AID"})["review_id"]
    three = decide("reject", event_id=event["event_id"])["review_id"]
    assert undo(writing, one, status=409)["error"]["code"] == "WQ-622"
    assert undo(writing, three)["event"]["event_type"] == "AID"
    assert undo(writing, two, reviewer="Badr")["event"]["review"]["status"] == "accepted"
    assert undo(writing, one)["event"] == event
    assert undo(writing, one, status=409)["error"]["advice"] == "Nothing is left to do."
    assert undo(writing, 99, status=404)["error"]["code"] == "WQ-621"
    log = get("review/log")["changes"]
    assert [change["action"] for change in log] == ["undo", "undo", "undo", "reject", "correct", "accept"]
    assert [change["undone"] for change in log] == [False, False, False, True, True, True]
    assert get("review/log", reviewer="Badr")["total"] == 1 and get("review/log", action="undo", limit=2)["cursor"]
    assert get("review/queue")["progress"]["reviewed"] == 0


def test_undoing_an_addition_takes_the_event_away(writing, decide, event, get):
    at = {"start": event["trigger"]["start"], "end": event["trigger"]["end"]}
    added = decide("add", doc_id=event["doc_id"], changes={"event_type": "AID", "trigger": at})
    assert undo(writing, added["review_id"])["event"] is None
    assert added["event"]["event_id"] not in {e["event_id"] for e in get(f"documents/{event['doc_id']}")["events"]}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"event_type": "NONSENSE"}, "WQ-633"), ({"modes": ["nonsense"]}, "WQ-634"), ({"trigger": {"start": 5, "end": 5}}, "WQ-630"),
        ({"trigger": {"start": 0, "end": 99999}}, "WQ-630"), ({"actors": [{"start": 0, "end": 3, "entity_id": "nobody"}]}, "WQ-636"),
        ({"actors": [{"start": 0, "end": 3, "entity_id": "local:nobody"}]}, "WQ-636"), ({}, "WQ-641"), ({"part": "text"}, "WQ-641"),
        ({"time": {"start": 0, "end": 3, "from": "2020-02-02", "to": "2020-01-01"}}, "WQ-635"), ({"colour": "red"}, "WQ-700"),
        ({"polarity": "maybe"}, "WQ-700"), ({"killed": -1}, "WQ-700"), ({"trigger": None}, "WQ-637"), ({"event_type": None}, "WQ-700"),
    ],
)
def test_a_change_that_makes_no_sense_is_refused(decide, event, get, changes, code):
    error = decide("correct", status=422, event_id=event["event_id"], changes=changes)["error"]
    assert error["code"] == code
    assert get(f"events/{event['event_id']}")["history"] == []


def test_what_is_missing_is_said(decide, event):
    at = {"start": 0, "end": 3}
    assert decide("add", status=422, changes={"event_type": "AID", "trigger": at})["error"]["code"] == "WQ-640"
    assert decide("add", status=404, doc_id="none", changes={"event_type": "AID", "trigger": at})["error"]["code"] == "WQ-703"
    assert decide("add", status=422, doc_id=event["doc_id"], changes={"event_type": "AID"})["error"]["code"] == "WQ-632"
    assert decide("accept", status=404, event_id="none")["error"]["code"] == "WQ-702"


def test_who_was_slower_is_told(decide, event):
    first = decide("accept", event_id=event["event_id"], basis=0)
    assert decide("reject", status=409, event_id=event["event_id"], basis=0)["error"]["code"] == "WQ-623"
    assert decide("reject", event_id=event["event_id"], basis=first["review_id"])["event"] is None


def test_a_doubt_is_kept_shown_and_left_for_others(writing, decide, event, get):
    before = get("review/queue")
    doubted = decide("unsure", event_id=event["event_id"], reviewer="Aya", note="من المقصود؟")
    after = doubted["event"]
    assert after["review"]["status"] == "unsure" and after["review"]["reviewer"] == "Aya"
    assert {**after, "review": None} == event
    assert wide(writing, event["event_id"])[0]["review"] == "unsure"
    now = get("review/queue")
    assert now["total"] == before["total"] - 1 and now["progress"]["unsure"] == 1 and now["progress"]["reviewed"] == get("about")["reviewed"] == 0
    [waiting] = get("review/queue", review="unsure")["items"]
    assert waiting["event"]["event_id"] == event["event_id"] and waiting["event"]["review"]["note"] == "من المقصود؟"
    assert [each["event_id"] for each in get("events", review="unsure")["events"]] == [event["event_id"]]
    assert get("review/log", action="unsure")["total"] == 1
    assert writing.get(f"{API}/review/export?complete=false").text == ""
    for each in get(f"documents/{event['doc_id']}")["events"]:
        if each["event_id"] != event["event_id"]:
            decide("accept", event_id=each["event_id"])
    assert writing.get(f"{API}/review/export").text == ""
    undo(writing, doubted["review_id"])
    assert get(f"events/{event['event_id']}")["review"] is None


def test_a_doubt_about_a_correction_keeps_it(decide, event, get):
    decide("correct", event_id=event["event_id"], changes={"event_type": "AID"})
    assert decide("unsure", event_id=event["event_id"])["event"]["event_type"] == "AID"
    decide("reject", event_id=event["event_id"])
    assert decide("unsure", event_id=event["event_id"])["event"]["event_type"] == "AID"
    assert get(f"events/{event['event_id']}")["review"]["status"] == "unsure"


def test_how_far_reviewers_agree(decide, get):
    def progress():
        return {name: get("review/queue", limit=1)["progress"][name] for name in ("compared", "agreed")}

    one, two, three = [item["event"]["event_id"] for item in get("review/queue", limit=3)["items"]]
    decide("accept", event_id=one, reviewer="Aya")
    decide("reject", event_id=two, reviewer="Aya")
    decide("correct", event_id=three, reviewer="Aya", changes={"polarity": "negated"})
    assert progress() == {"compared": 0, "agreed": 0}
    decide("accept", event_id=three, reviewer="Badr")
    assert progress() == {"compared": 1, "agreed": 1}
    decide("accept", event_id=two, reviewer="Badr")
    decide("unsure", event_id=one, reviewer="Badr")
    assert progress() == {"compared": 2, "agreed": 1}
    decide("reject", event_id=two, reviewer="Badr")
    assert progress() == {"compared": 2, "agreed": 2}


def test_entities_to_choose_from(get, event):
    mine = get("review/entities", doc_id=event["doc_id"])["entities"]
    assert mine and {each["source"] for each in mine} == {"document"}
    found = get("review/entities", q="النرويج")["entities"]
    assert [each["entity_id"] for each in found if each["source"] == "base"] == ["NOR"]
    assert get("review/entities", q="الأمم المتحدة")["entities"][0]["entity_id"] == "UN"


def test_what_was_reviewed_is_exported_as_annotations(writing, decide, event, get):
    document = get(f"documents/{event['doc_id']}")
    kept, gone, *rest = document["events"]
    decide("accept", event_id=kept["event_id"])
    decide("reject", event_id=gone["event_id"])
    assert writing.get(f"{API}/review/export").text == ""
    partial = [json.loads(line) for line in writing.get(f"{API}/review/export?complete=false").text.splitlines()]
    assert [len(each["events"]) for each in partial] == [1]
    for each in rest:
        decide("accept", event_id=each["event_id"])
    [report] = [json.loads(line) for line in writing.get(f"{API}/review/export").text.splitlines()]
    assert list(report) == ["id", "date", "style", "sentences", "events"]
    assert report["id"] == document["doc_id"] and len(report["sentences"]) == len(document["sentences"])
    assert len(report["events"]) == len(rest) + 1
    wanted = ["sentence", "type", "mode", "trigger", "actor", "actor_code", "recipient", "recipient_code", "place", "time", "day", "polarity", "modality", "speaker"]
    for each in report["events"]:
        assert list(each) == wanted and each["trigger"] in report["sentences"][each["sentence"]]
        assert all(who["text"] in report["sentences"][each["sentence"]] and who["name"] for who in each["actor"] + each["recipient"])
    sentences = [json.loads(line) for line in writing.get(f"{API}/review/export?format=sentences").text.splitlines()]
    assert [s["text"] for s in sentences] == report["sentences"] and sum(len(s["events"]) for s in sentences) == len(report["events"])
    assert all(isinstance(word, str) for s in sentences for e in s["events"] for word in e["actor"])


def test_a_store_that_is_only_read_refuses(serving):
    client = serving(read_only=True)
    event = client.get(f"{API}/events?limit=1").json()["events"][0]
    answer = client.post(f"{API}/review/decisions", json={"action": "accept", "event_id": event["event_id"]}, headers=OURS)
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "WQ-611")
    assert client.get(f"{API}/about").json()["read_only"] is True


def test_decisions_outlive_a_new_coding(writing, decide, event, get, work):
    """`waqai add --again` brings the coder's events back; what people decided stands all the same."""
    import datetime as dt

    from waqai.document import Document

    document = get(f"documents/{event['doc_id']}")
    wrong, gone = document["events"][0], document["events"][1]
    corrected = decide("correct", event_id=wrong["event_id"], changes={"event_type": "AID"})
    rejected = decide("reject", event_id=gone["event_id"])
    at = {"start": event["trigger"]["start"], "end": event["trigger"]["end"]}
    added = decide("add", doc_id=document["doc_id"], changes={"event_type": "CONSULT", "trigger": at})["event"]
    room = writing.app.state.room
    day = dt.date.fromisoformat(document["published"])
    again = Document(document["doc_id"], document["text"], title=document["title"], published=day, outlet=document["outlet"], url=wrong["url"])
    room.store.add([work(again)])
    room.changed()
    now = get(f"documents/{document['doc_id']}")
    by_id = {e["event_id"]: e for e in now["events"]}
    assert by_id[wrong["event_id"]]["event_type"] == "AID" and gone["event_id"] not in by_id and by_id[added["event_id"]] == added
    undo(writing, corrected["review_id"])
    undo(writing, rejected["review_id"])
    assert get(f"events/{wrong['event_id']}")["event_type"] == wrong["event_type"]
    assert get(f"events/{gone['event_id']}")["review"] is None


def test_a_decision_about_words_that_are_gone_does_not_stand(writing, decide, event, get, work):
    from waqai.document import Document

    at = {"start": event["trigger"]["start"], "end": event["trigger"]["end"]}
    added = decide("add", doc_id=event["doc_id"], changes={"event_type": "CONSULT", "trigger": at})["event"]
    room = writing.app.state.room
    room.store.add([work(Document(event["doc_id"], "نص آخر تماما. أدانت فرنسا الهجوم على الخرطوم."))])
    room.changed()
    assert added["event_id"] not in {e["event_id"] for e in get(f"documents/{event['doc_id']}")["events"]}
    assert get("review/log", doc_id=event["doc_id"])["total"] == 1
