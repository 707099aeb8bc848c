"""Strangers, other sites, hostile articles: who is let in, and what a browser may do with an answer."""

from __future__ import annotations

import json

import pytest

API, OURS = "/api/v1", {"X-Waqai": "1"}
TOKEN = "correct horse battery"
ACCEPT = {"action": "accept", "event_id": "none"}


def code(answer):
    return answer.json()["error"]["code"]


@pytest.mark.parametrize("path", ["/", f"{API}/about", f"{API}/none", f"{API}/docs", f"{API}/events/export", f"{API}/events?bogus=1"])
def test_every_answer_forbids_what_pages_do_not_need(reading, path):
    headers = reading.get(path).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';") and "unsafe" not in policy and "http" not in policy
    assert "frame-ancestors 'none'" in policy and headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"] == "no-referrer"
    assert "access-control-allow-origin" not in headers and "server" not in headers


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8420", "testserver.evil.example", "", "127.0.0.1.evil.example", "[::1", "a b", "testserver@evil.example"])
def test_another_name_in_host_is_refused(reading, host):
    for path in ("/", f"{API}/about"):
        answer = reading.get(path, headers={"Host": host})
        assert answer.status_code == 421 and code(answer) == "WQ-711"
        assert answer.headers["content-security-policy"]


@pytest.mark.parametrize("host", ["testserver", "TESTSERVER:8420", "testserver:1"])
def test_our_name_in_host_is_answered(reading, host):
    assert reading.get(f"{API}/about", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {}, {**OURS, "Origin": "http://evil.example"}, {**OURS, "Origin": "null"}, {**OURS, "Sec-Fetch-Site": "cross-site"}, {**OURS, "Sec-Fetch-Site": "same-site"},
        {**OURS, "Origin": "http://testserver:1"}, {"Content-Type": "application/x-www-form-urlencoded"}, {"Content-Type": "text/plain"},
    ],
)
@pytest.mark.parametrize("path", ["review/decisions", "review/undo", "sql", "code", "session"])
def test_another_site_can_send_nothing(reading, path, headers):
    answer = reading.post(f"{API}/{path}", content=json.dumps(ACCEPT), headers=headers)
    assert answer.status_code == 403 and code(answer) == "WQ-712"


def test_our_pages_can(reading):
    headers = {**OURS, "Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
    assert reading.post(f"{API}/sql", json={"sql": "SELECT 1"}, headers=headers).status_code == 200


def test_a_preflight_gets_no_permission(reading):
    answer = reading.options(f"{API}/sql", headers={"Origin": "http://evil.example", "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "x-waqai"})
    assert answer.status_code == 405 and not any(name.startswith("access-control") for name in answer.headers)


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_other_methods_change_nothing(reading, method):
    assert reading.request(method, f"{API}/events/x", headers=OURS).status_code == 405
    assert reading.request(method, f"{API}/events/x").status_code == 403


def test_too_much_is_refused(serving):
    client = serving(body_bytes=10_000, raises=False)
    answer = client.post(f"{API}/code", content=b"x" * 10_001, headers=OURS)
    assert answer.status_code == 413 and code(answer) == "WQ-713"

    def pieces():
        for _ in range(100):
            yield b"x" * 1000

    assert client.post(f"{API}/code", content=pieces(), headers={**OURS, "Content-Type": "application/json"}).status_code in {400, 413}


def test_a_token_lets_in(serving):
    client = serving(token=TOKEN)
    for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": f"Basic {TOKEN}"}, {"Cookie": "waqai_token=wrong"}, {"Authorization": "Bearer "}):
        answer = client.get(f"{API}/about", headers=headers)
        assert answer.status_code == 401 and code(answer) == "WQ-710" and "events" not in answer.text
    assert client.get(f"{API}/openapi.json").status_code == 401
    assert client.get(f"{API}/about?token={TOKEN}").status_code == 401
    assert client.get(f"{API}/about", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200
    # A bearer token cannot be sent by another site: it needs no further header.
    assert client.post(f"{API}/sql", json={"sql": "SELECT 1"}, headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200
    assert client.post(f"{API}/sql", json={"sql": "SELECT 1"}, headers={"Cookie": f"waqai_token={TOKEN}"}).status_code == 403


def test_a_token_in_the_address_becomes_a_cookie(serving):
    client = serving(token=TOKEN)
    answer = client.get("/events", params={"type": "AID", "token": TOKEN, "lang": "ar"}, follow_redirects=False)
    assert answer.status_code == 303 and answer.headers["location"] == "/events?type=AID&lang=ar"
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=strict" in cookie and "path=/" in cookie
    assert client.get(f"{API}/about").status_code == 200
    wrong = serving(token=TOKEN).get("/events?token=wrong", follow_redirects=False)
    assert "set-cookie" not in wrong.headers


@pytest.mark.parametrize("path", ["//evil.example/", "//evil.example", "/%5Cevil.example", "///evil.example/x"])
def test_the_token_leads_to_no_other_site(serving, path):
    answer = serving(token=TOKEN).get(f"http://testserver{path}?token={TOKEN}", follow_redirects=False)
    location = answer.headers.get("location", "/")
    assert location.startswith("/") and not location.startswith(("//", "/\\"))


def test_a_session_is_opened_with_the_token(serving):
    client = serving(token=TOKEN)
    assert client.post(f"{API}/session", json={"token": "wrong"}, headers=OURS).status_code == 401
    answer = client.post(f"{API}/session", json={"token": TOKEN}, headers=OURS)
    assert answer.status_code == 204 and client.get(f"{API}/about").status_code == 200
    assert serving().post(f"{API}/session", json={"token": ""}, headers=OURS).status_code == 401


def test_a_reverse_proxy_says_who_it_is(serving):
    client = serving(trusted_header="X-Remote-User")
    assert client.get(f"{API}/about").status_code == 401
    assert client.get(f"{API}/about", headers={"X-Remote-User": "Aya"}).json()["reviewer"] == "Aya"
    event = client.get(f"{API}/events?limit=1", headers={"X-Remote-User": "Aya"}).json()["events"][0]
    body = {"action": "accept", "event_id": event["event_id"], "reviewer": "somebody else"}
    after = client.post(f"{API}/review/decisions", json=body, headers={**OURS, "X-Remote-User": "Aya"}).json()
    assert after["event"]["review"]["reviewer"] == "Aya"


def test_nobody_poses_as_somebody_without_a_proxy(serving):
    assert serving().get(f"{API}/about", headers={"X-Remote-User": "admin"}).json()["reviewer"] is None


def test_a_hostile_article_is_only_ever_data(reading, ask):
    """Its text comes as JSON, byte for byte, of a type that no browser runs; its address is no link."""
    [row] = [row for row in ask("documents", limit=100)["documents"] if "evil" in row["doc_id"]]
    answer = reading.get(f"{API}/documents/{row['doc_id']}")
    document = answer.json()
    assert answer.headers["content-type"] == "application/json" and "<script>alert(1)</script>" in document["text"] and "\u202e" in document["text"]
    assert document["url"] == "" and all(event["url"] == "" for event in document["events"])
    assert document["events"], "the article has events"
    for event in document["events"]:
        whole = document["title"] if event["part"] == "title" else document["text"]
        assert whole[event["trigger"]["start"]:event["trigger"]["end"]] == event["trigger"]["text"]


def test_hostile_values_come_back_as_json(reading):
    for value in ("<script>alert(1)</script>", "'; DROP TABLE events; --", "\u202e", "%00", "../../etc/passwd"):
        for path in (f"{API}/events/{value}", f"{API}/actors/{value}", f"{API}/events?q={value}", f"{API}/actors?q={value}", f"{API}/events?actor={value}", f"{API}/{value}"):
            answer = reading.get(path)
            assert answer.headers["content-type"].startswith(("application/json", "text/html; charset=utf-8")) and answer.status_code in {200, 404, 422}
            assert "<script>alert" not in answer.text or answer.headers["content-type"].startswith("application/json")
    assert reading.get(f"{API}/events").json()["total"] > 0


def test_a_fault_shows_no_insides(serving, monkeypatch):
    client = serving(raises=False)
    monkeypatch.setattr("waqai.server.questions.about.schema", lambda reader: 1 / 0)
    answer = client.get(f"{API}/schema")
    assert answer.status_code == 500 and answer.json()["error"]["code"] == "WQ-500" and "ZeroDivision" not in answer.text and "Traceback" not in answer.text
    assert answer.headers["content-security-policy"]

