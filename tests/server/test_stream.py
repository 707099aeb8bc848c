"""The stream of news: everybody hears everything, who comes back hears what was missed, who is slow stops nobody."""

from __future__ import annotations

import asyncio
import json
import threading
import time

import httpx2
import pytest
import uvicorn

from waqai.errors import UsageError
from waqai.server import stream
from waqai.server.stream import Feed

API, OURS = "/api/v1", {"X-Waqai": "1"}


async def heard(listening, number):
    """So many pieces of news, without the comment at the beginning."""
    found = []
    async for text in listening:
        if not text.startswith(":"):
            found.append(text)
        if len(found) == number:
            break
    await listening.aclose()
    return found


def test_everybody_hears_everything():
    async def main():
        feed = Feed()
        one, other = feed.listen(None), feed.listen(None)
        threading.Thread(target=lambda: [feed.publish("decision", {"n": n}) for n in range(3)]).start()
        return await asyncio.gather(heard(one, 3), heard(other, 3))

    one, other = asyncio.run(main())
    assert one == other == [f'id: {n + 1}\nevent: decision\ndata: {{"n":{n}}}\n\n' for n in range(3)]


def test_who_comes_back_hears_what_was_missed():
    async def main():
        feed = Feed()
        for n in range(5):
            feed.publish("decision", n)
        return await heard(feed.listen(3), 2)

    assert [text.splitlines()[0] for text in asyncio.run(main())] == ["id: 4", "id: 5"]


def test_who_is_slow_loses_the_oldest_and_stops_nobody(monkeypatch):
    async def main():
        monkeypatch.setattr(stream, "_WAITING", 3)
        feed = Feed()
        listening = feed.listen(None)
        await anext(listening)
        for n in range(10):
            feed.publish("decision", n)
        await asyncio.sleep(0)
        feed.close()
        await asyncio.sleep(0)
        return [text async for text in listening]

    assert [text.splitlines()[0] for text in asyncio.run(main())] == ["id: 9", "id: 10"]


def test_not_too_many_listen(monkeypatch):
    async def main():
        monkeypatch.setattr(stream, "_LISTENERS", 1)
        feed = Feed()
        first = feed.listen(None)
        await anext(first)
        with pytest.raises(UsageError, match="WQ-705"):
            feed.listen(None)
        await first.aclose()
        second = feed.listen(None)
        await anext(second)
        await second.aclose()

    asyncio.run(main())


def test_a_decision_is_heard_over_http(serving):
    client = serving(hosts=("127.0.0.1",))
    server = uvicorn.Server(uvicorn.Config(client.app, port=0, log_level="error", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.01)
        address = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}{API}"
        event = httpx2.get(f"{address}/events?limit=1").json()["events"][0]
        with httpx2.stream("GET", f"{address}/stream", timeout=5) as listening:
            assert listening.headers["content-type"].startswith("text/event-stream")
            lines = listening.iter_lines()
            assert next(lines) == ": waqai"
            httpx2.post(f"{address}/review/decisions", json={"action": "accept", "event_id": event["event_id"]}, headers=OURS).raise_for_status()
            news = json.loads(next(line for line in lines if line.startswith("data:")).removeprefix("data:"))
        assert news["event_id"] == event["event_id"] and news["action"] == "accept" and news["data_version"] == 2
    finally:
        server.should_exit = True
        thread.join(5)
    assert not thread.is_alive()
