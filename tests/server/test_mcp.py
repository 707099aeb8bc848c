"""The tools for assistants: asked as an assistant asks, over the protocol; every event cites its source."""

from __future__ import annotations

import asyncio

import pytest
from mcp import Client

from waqai.server.mcp import make_server


@pytest.fixture
def tool(reading):
    """Calls a tool: what it answers, or the words of its error."""
    server = make_server(reading.app.state.room)

    def call(name, /, **arguments):
        async def asking():
            async with Client(server) as client:
                return await client.call_tool(name, arguments)

        answer = asyncio.run(asking())
        return answer.content[0].text if answer.is_error else answer.structured_content

    return call


def test_the_tools_say_what_they_do_and_only_read(reading):
    async def listing():
        async with Client(make_server(reading.app.state.room)) as client:
            return (await client.list_tools()).tools

    tools = {tool.name: tool for tool in asyncio.run(listing())}
    assert set(tools) == {"search_events", "get_event", "get_document", "actor", "query_sql"}
    assert all(tool.description and tool.annotations.read_only_hint for tool in tools.values())


def test_events_are_found_and_cited(tool, ask):
    found = tool("search_events", event_type="assault", limit=5, first="2015-01-01", least_confidence=0.2)
    assert found["total"] == ask("events", type="ASSAULT", confidence=0.2, **{"from": "2015-01-01"})["total"] > 5
    for event in found["events"]:
        citation = event["citation"]
        document = ask(f"documents/{citation['doc_id']}")
        whole = document["title"] if citation["part"] == "title" else document["text"]
        assert citation["sentence_text"] in whole and citation["outlet"] == document["outlet"] and citation["published"] == document["published"]
    assert {e["event_id"] for e in tool("search_events", event_type="ASSAULT", limit=5, cursor=found["cursor"])["events"]}.isdisjoint(
        e["event_id"] for e in found["events"]
    )


def test_an_event_and_its_document(tool, ask):
    event = ask("events", limit=1)["events"][0]
    assert tool("get_event", event_id=event["event_id"])["citation"]["sentence_text"] == event["sentence_text"]
    document = tool("get_document", doc_id=event["doc_id"])
    assert event["event_id"] in {each["event_id"] for each in document["events"]} and document["text"]


def test_an_actor_by_its_name(tool):
    found = tool("actor", name="غوتيريش")
    assert found["actor"]["entity_id"] == "Q311440" and found["offices"] and found["newest"]
    assert tool("actor", name="NOR")["actor"]["name_en"] == "Norway"


def test_sql(tool):
    assert tool("query_sql", sql="SELECT count(*) AS n FROM documents")["rows"] == [[20]]


@pytest.mark.parametrize(
    ("name", "arguments", "says"),
    [
        ("query_sql", {"sql": "DELETE FROM events"}, "WQ-604"), ("query_sql", {"sql": "SELECT * FROM read_text('/etc/passwd')"}, "WQ-605"),
        ("get_event", {"event_id": "none"}, "WQ-702"), ("get_document", {"doc_id": "none"}, "WQ-703"), ("actor", {"name": "xyzzy"}, "WQ-704"),
        ("search_events", {"cursor": "x"}, "WQ-701"), ("search_events", {"limit": 1000}, "less than or equal to 50"), ("search_events", {"outlet": "x" * 301}, "outlet"),
    ],
)
def test_what_can_be_mended_is_said(tool, name, arguments, says):
    assert says in tool(name, **arguments)
