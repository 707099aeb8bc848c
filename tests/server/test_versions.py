"""Where an article stands, what stood in its place before, and what changed."""

from __future__ import annotations

import shutil

import pytest
from fastapi.testclient import TestClient
from mcp.server.mcpserver.exceptions import ToolError

from waqai.server.app import create_app
from waqai.server.mcp import Tools
from waqai.server.room import Room, Settings
from waqai.store import Store

API = "/api/v1"


@pytest.fixture(scope="module")
def room(standing, resources, work, tmp_path_factory):
    path = tmp_path_factory.mktemp("versions") / "s.duckdb"
    shutil.copy(standing, path)
    with Store.open(path) as store:
        yield Room(store, resources, Settings(hosts=("testserver",)), lambda: work)


@pytest.fixture(scope="module")
def get(room):
    client = TestClient(create_app(room), base_url="http://testserver")

    def asking(path, status=200, **parameters):
        answer = client.get(f"{API}/{path}", params=parameters)
        assert answer.status_code == status, answer.text
        return answer.json()

    return asking


def test_an_article_names_its_copies_the_newest_last(get):
    copies = get("documents/new")["copies"]
    assert [each["doc_id"] for each in copies] == [f"copy {number}" for number in reversed(range(8))]
    last = {"doc_id": "copy 0", "title": "باريس ترفض", "outlet": "Outlet 0", "published": "2024-03-08", "url": "https://0.example/x", "author": "", "share": 0.8}
    assert copies[-1] == last
    assert get("documents/undated")["copies"] == []


def test_lists_count_the_outlets_of_an_article(get):
    row = next(each for each in get("documents", q="القمة")["documents"] if each["doc_id"] == "new")
    assert (row["copies"], row["outlets"]) == (8, 5)
    alone = next(each for each in get("documents", limit=100)["documents"] if each["doc_id"] == "sudan-army-headquarters" or each["copies"] == 0)
    assert (alone["copies"], alone["outlets"]) == (0, 1)
    assert all(each["doc_id"] not in {"old", "copy 1"} for each in get("documents", limit=100)["documents"])


@pytest.mark.parametrize(("asked", "kind"), [("copy 1", "copy"), ("copy 3", "copy"), ("copy 4", "copy"), ("old", "version")])
def test_copies_and_old_versions_lead_to_the_article_that_stands_for_them(get, asked, kind):
    found = get(f"documents/{asked}")
    assert (found["doc_id"], found["stands_for"]["doc_id"], found["stands_for"]["kind"]) == ("new", asked, kind)
    assert found["events"] == get("documents/new")["events"] != []
    assert (found["stands_for"]["replaced_at"] is None) == (kind == "copy") == (found["stands_for"]["share"] is not None)
    assert get("documents/new")["stands_for"] is None


def test_what_leads_nowhere_is_not_there(room, get):
    rows = [("lost", "nowhere"), ("round", "about"), ("about", "round")]
    for doc_id, to in rows:
        room.store._connection.execute("INSERT INTO copies (doc_id, of_doc_id, text_hash, text) VALUES (?, ?, '', '')", [doc_id, to])
    for doc_id in ("lost", "round", "nowhere"):
        assert get(f"documents/{doc_id}", 404)["error"]["code"] == get(f"versions/{doc_id}", 404)["error"]["code"] == "WQ-703"
    room.store._connection.execute("DELETE FROM copies WHERE doc_id IN ('lost', 'round', 'about')")


def test_the_texts_before_beside_what_took_their_place(get):
    answer = get("versions/new")
    assert get("versions/copy 1") == get("versions/old") == answer
    assert (answer["doc_id"], answer["omitted"], len(answer["versions"])) == ("new", 0, 2) == ("new", 0, get("documents/new")["versions"])
    coding, text = answer["versions"]
    assert (coding["doc_id"], coding["coder"], coding["comparison"]) == ("new", "waqai 0.0.1", None) and coding["by_coder"] != "waqai 0.0.1"
    assert (text["doc_id"], text["by_doc_id"], text["by_coder"], text["published"]) == ("old", "new", "waqai 0.0.1", "2024-03-05")
    told = text["comparison"]
    gone = [piece["text"] for paragraph in told["paragraphs"] for piece in paragraph if piece["change"] == "gone"]
    new = [piece["text"] for paragraph in told["paragraphs"] for piece in paragraph if piece["change"] == "new"]
    assert gone == ["وأدانت مصر الهجوم على الخرطوم أمس."]
    assert new == ["تأجيل القمة", "وطالبت ألمانيا بوقف إطلاق النار."]
    assert [piece["text"] for piece in told["title"] if piece["change"] == "new"] == ["تأجيل القمة"]
    assert (told["words_gone"], told["words_new"]) == (6, 9)


def test_events_gone_new_and_kept(get):
    coding, text = get("versions/new")["versions"]
    assert [(each["change"], each["now"]["event_type"]) for each in coding["events"] if each["change"] != "kept"] == [("new", coding["events"][0]["now"]["event_type"])]
    changes = {(each["change"], (each["now"] or each["before"])["trigger"]["text"].split()[0]) for each in text["events"]}
    assert {("gone", "أدانت"), ("kept", "رفضت"), ("new", "طالبت")} <= changes
    assert all(each["before"]["event_id"] != each["now"]["event_id"] for each in text["events"] if each["change"] == "kept")


def test_an_article_without_a_past(get):
    assert get("versions/undated") == {"doc_id": "undated", "versions": [], "omitted": 0}
    assert get("documents/undated")["versions"] == 0


def test_assistants_are_told_of_copies_and_of_what_stands_for_what(room):
    tools = Tools(room)
    found = tools.get_document("copy 2")
    assert (found["doc_id"], found["asked_for"]["doc_id"], found["asked_for"]["kind"], found["earlier_versions"]) == ("new", "copy 2", "copy", 2)
    assert [copy["url"] for copy in found["copies"]][-1] == "https://0.example/x"
    assert tools.get_document("new")["asked_for"] is None
    with pytest.raises(ToolError, match="WQ-703"):
        tools.get_document("none")
