"""What `waqai serve` does: see that it is safe, open the store, serve, end."""

from __future__ import annotations

import contextlib
import signal
import socket
import sys
import threading
import webbrowser
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from waqai.errors import UsageError

if TYPE_CHECKING:
    from waqai.server.room import Room, Settings
    from waqai.store import Store

_LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True)
class Plan:
    """The options of the command."""

    store: Path
    host: str
    port: int
    read_only: bool
    token: str
    trust_header: str
    allow_host: tuple[str, ...]
    browser: bool
    resources: Path | None


def run_web(plan: Plan) -> None:
    """Serve until Ctrl-C. UsageError when the server would stand open, or the extra is not installed."""
    settings = settings_of(plan)
    uvicorn = _uvicorn()
    from waqai.server.app import create_app
    from waqai.store import Store

    with Store.open(plan.store, read_only=plan.read_only) as store, _listen(plan) as listening:
        room = _room(plan, settings, store)
        address = _address(plan, listening.getsockname()[1])
        config = uvicorn.Config(
            create_app(room), log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=2, proxy_headers=False,
        )

        class Server(uvicorn.Server):  # type: ignore[name-defined, misc]
            """Lets listeners of the stream go at once when it is told to end."""

            def handle_exit(self, sig: int, frame: object) -> None:
                room.feed.close()
                super().handle_exit(sig, frame)

        # uvicorn takes the signals over and raises them again once everything is closed: to end is what was asked for.
        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, _end)
        with contextlib.suppress(KeyboardInterrupt):
            threading.Thread(target=room.warm, daemon=True).start()
            _say(address, store)
            if plan.browser:
                webbrowser.open(address)
            Server(config).run(sockets=[listening])
    sys.stderr.write("\nclosed\n")


def _end(*_: object) -> None:
    raise KeyboardInterrupt


def run_mcp(plan: Plan) -> None:
    """Serve an assistant on standard input and output until it closes them."""
    _uvicorn()
    from waqai.server.mcp import serve_stdio
    from waqai.store import Store

    with Store.open(plan.store, read_only=plan.read_only) as store:
        serve_stdio(_room(plan, settings_of(plan), store))


def settings_of(plan: Plan) -> Settings:
    """How to run; UsageError where strangers could read the store or pose as somebody (WQ-420 to WQ-422), and for a data set (WQ-425)."""
    from waqai.server.room import Settings
    from waqai.server.security import is_loopback

    if plan.store.is_dir():
        raise UsageError("WQ-425", "is a data set, which the reading room does not read.", where=str(plan.store), advice="Serve the store that it was made from.")
    if not is_loopback(plan.host) and not (plan.token or plan.trust_header):
        advice = "Add --token SECRET (or WAQAI_TOKEN), or stay on 127.0.0.1."
        raise UsageError("WQ-420", "everybody on the network could read and change the store.", where=f"--host {plan.host}", advice=advice)
    if plan.trust_header and not plan.allow_host:
        advice = "Name the address of the reverse proxy: --allow-host news.example.org."
        raise UsageError("WQ-421", "needs --allow-host.", where="--trust-header", advice=advice)
    if plan.token and len(plan.token) < 12:
        raise UsageError("WQ-422", "is too short to be secret.", where="--token", advice="Take 12 characters or more.")
    hosts = tuple(dict.fromkeys((*plan.allow_host, *_LOOPBACK_NAMES)))
    if plan.token and not plan.allow_host and not is_loopback(plan.host):
        # The token alone lets in, whatever name the server is called by.
        hosts = ("*",)
    return Settings(token=plan.token, trusted_header=plan.trust_header, hosts=hosts)


def _room(plan: Plan, settings: Settings, store: Store) -> Room:
    from waqai.cli.work import knowledge, make_work
    from waqai.server.room import Room

    return Room(store, knowledge(plan.resources), settings, make_work(plan.resources, "full"))


def _listen(plan: Plan) -> socket.socket:
    family = socket.AF_INET6 if ":" in plan.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((plan.host.strip("[]"), plan.port))
        # Who opens the address as soon as it is printed waits a moment and is not turned away.
        listening.listen(128)
    except OSError as error:
        listening.close()
        advice = "Take another: --port 0 finds a free one."
        raise UsageError("WQ-423", f"cannot listen there: {error.strerror}.", where=f"{plan.host}:{plan.port}", advice=advice) from error
    return listening


def _address(plan: Plan, port: int) -> str:
    host = {"0.0.0.0": "localhost", "::": "localhost"}.get(plan.host, f"[{plan.host}]" if ":" in plan.host else plan.host)
    return f"http://{host}:{port}/" + (f"?token={plan.token}" if plan.token else "")


def _say(address: str, store: Store) -> None:
    """Where it is, what is in it, how to end it; an empty store says how to fill it."""
    with store.reader() as reader:
        row = reader.row("SELECT (SELECT count(*) FROM documents) AS d, (SELECT count(*) FROM events) AS e")
    lines = [f"Waqai reads {store.path}: {row['d']:,} articles, {row['e']:,} events"]
    if not row["d"]:
        lines.append(f"The store is empty. Stop this, and fill it: waqai add YOUR_ARTICLES --store {store.path}")
    lines += [f"  {address}", "Ctrl-C ends it."]
    sys.stderr.write("\n".join(lines) + "\n")
    sys.stderr.flush()


def _uvicorn() -> ModuleType:
    try:
        import fastapi
        import uvicorn
    except ImportError as error:
        raise UsageError("WQ-424", "the reading room is not installed.", advice="pip install 'waqai[serve]'") from error
    assert fastapi.__version__
    return uvicorn
