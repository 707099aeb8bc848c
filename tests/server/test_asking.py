"""Articles that are sent: coded and shown, or coded and kept."""

from __future__ import annotations

API, OURS = "/api/v1", {"X-Waqai": "1"}
ARTICLE = {"text": "أدانت وزارة الخارجية المصرية الخميس الهجوم على الخرطوم، وفق مصدر.", "date": "2020-01-02", "title": "مصر تدين الهجوم", "outlet": "وكالة د"}


def send(client, path, status=200, **article):
    answer = client.post(f"{API}/{path}", json=article, headers=OURS)
    assert answer.status_code == status, answer.text
    return answer.json()


def test_a_pasted_article_is_shown_like_one_of_the_store_and_not_kept(writing):
    shown = send(writing, "code", **ARTICLE)
    assert "ACCUSE" in {event["event_type"] for event in shown["events"] if event["part"] == "text"}
    assert all(event["sentence_text"] in (shown["title"], shown["text"]) and event["outlet"] == "وكالة د" for event in shown["events"])
    assert writing.get(f"{API}/about").json()["documents"] == 20
    kept = send(writing, "documents", status=201, **ARTICLE)
    assert kept["doc_id"] != "pasted"
    same = {"doc_id", "events", "entities", "quotations"}  # these name the document
    assert {n: kept[n] for n in kept if n not in same} == {n: shown[n] for n in shown if n not in same}
    assert [e["trigger"] for e in kept["events"]] == [e["trigger"] for e in shown["events"]]
    assert sorted(e["entity_id"] for e in kept["entities"]) == sorted(e["entity_id"] for e in shown["entities"])


def test_an_article_is_kept_once_and_told_of(writing):
    first = send(writing, "documents", status=201, **ARTICLE)
    again = send(writing, "documents", status=201, **{**ARTICLE, "title": "عنوان آخر"})
    assert again["doc_id"] == first["doc_id"] and again["title"] == "عنوان آخر"
    assert writing.get(f"{API}/about").json()["documents"] == 21
    assert writing.get(f"{API}/events", params={"outlet": "وكالة د"}).json()["total"] == len(again["events"]) > 0
    kept = [text for _, text in writing.app.state.room.feed._kept]
    assert len(kept) == 2 and "event: events" in kept[0] and first["doc_id"] in kept[0]


def test_what_cannot_be_coded_says_so(writing, serving):
    assert send(writing, "code", status=422, text="")["error"]["code"] == "WQ-700"
    assert send(writing, "code", status=422, text="x", date="yesterday")["error"]["where"] == "body.date"
    assert send(writing, "code", text="  \n ")["events"] == []
    assert send(serving(read_only=True), "documents", status=403, **ARTICLE)["error"]["code"] == "WQ-611"


def test_a_fault_in_the_coder_is_an_answer(serving):
    from waqai.issues import Issue

    client = serving()
    client.app.state.room.make_work = lambda: lambda article: Issue("WQ-120", "could not be coded.", advice="Report it.")
    assert send(client, "code", status=422, text="نص")["error"] == {"code": "WQ-120", "message": "could not be coded.", "where": "", "advice": "Report it."}
