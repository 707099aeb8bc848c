"""News for those who listen: what was written to the store, as server-sent events."""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import AsyncIterator
from typing import Any

import msgspec

from waqai.errors import UsageError

_KEPT, _LISTENERS, _WAITING, _HEARTBEAT = 500, 64, 200, 15.0


class Feed:
    """Hands every piece of news to every listener; the last ones are kept for those who were away for a moment."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._number = 0
        self._kept: deque[tuple[int, str]] = deque(maxlen=_KEPT)
        self._listeners: dict[asyncio.Queue[str | None], asyncio.AbstractEventLoop] = {}

    def publish(self, kind: str, content: Any) -> None:
        """Send news; from any thread."""
        with self._lock:
            self._number += 1
            text = f"id: {self._number}\nevent: {kind}\ndata: {msgspec.json.encode(content).decode()}\n\n"
            self._kept.append((self._number, text))
            listeners = list(self._listeners.items())
        for queue, loop in listeners:
            loop.call_soon_threadsafe(_offer, queue, text)

    def close(self) -> None:
        """Let all listeners go, so that the server can end."""
        with self._lock:
            listeners = list(self._listeners.items())
        for queue, loop in listeners:
            loop.call_soon_threadsafe(_offer, queue, None)

    def listen(self, last: int | None) -> AsyncIterator[str]:
        """News from now on, and what came after number `last`. UsageError when too many listen already."""
        queue: asyncio.Queue[str | None] = asyncio.Queue(_WAITING)
        with self._lock:
            if len(self._listeners) >= _LISTENERS:
                raise UsageError("WQ-705", "too many listen already.", advice="Try again later.")
            missed = [text for number, text in self._kept if last is not None and number > last]
            self._listeners[queue] = asyncio.get_running_loop()
        return self._each(queue, missed)

    async def _each(self, queue: asyncio.Queue[str | None], missed: list[str]) -> AsyncIterator[str]:
        try:
            yield ": waqai\nretry: 3000\n\n"
            for text in missed:
                yield text
            while True:
                try:
                    news = await asyncio.wait_for(queue.get(), _HEARTBEAT)
                except TimeoutError:
                    yield ": still here\n\n"
                    continue
                if news is None:
                    return
                yield news
        finally:
            with self._lock:
                self._listeners.pop(queue, None)


def _offer(queue: asyncio.Queue[str | None], text: str | None) -> None:
    """Put news into a queue; who does not read loses the oldest."""
    if queue.full():
        queue.get_nowait()
    queue.put_nowait(text)
