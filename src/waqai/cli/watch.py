"""`waqai watch`: poll feeds, read what is new, code it, keep it."""

from __future__ import annotations

import datetime as dt
import json
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import waqai
from waqai.cli.add import DEFAULT_STORE, StoreFile
from waqai.cli.code import CodingMode, Quiet, ResourceFolder
from waqai.errors import InputError, UsageError
from waqai.issues import Issue

if TYPE_CHECKING:
    from waqai.coder import Mode
    from waqai.document import Document
    from waqai.engines import Work
    from waqai.records import Records
    from waqai.watch import Plan, Polled

Feeds = Annotated[list[str], typer.Argument(metavar="FEEDS...", help="Addresses of feeds or sitemaps; OPML files; text files with an address a line.")]
Lines = Annotated[bool, typer.Option("--json", help="One JSON object a poll on standard output.")]
Once = Annotated[bool, typer.Option("--once", help="Poll each feed once, read what is new, and end.")]
Every = Annotated[float, typer.Option("--every", metavar="MINUTES", min=1, help="Least time between two polls of a feed.")]
Delay = Annotated[float, typer.Option("--delay", metavar="SECONDS", min=0, help="Least pause between two requests to a host.")]
OldestDays = Annotated[int, typer.Option("--oldest", metavar="DAYS", min=0, help="Pass over articles older than this; 0 reads all.")]
Connections = Annotated[int, typer.Option("--connections", min=1, max=64, help="Requests at the same time, never two to one host.")]
AllowPrivate = Annotated[bool, typer.Option("--allow-private", help="Also read from machines of your own network, and from any port.")]
Contact = Annotated[str, typer.Option("--contact", metavar="TEXT", help="An address that servers see, to write to if you disturb.")]


def watch(
    feeds: Feeds,
    store: StoreFile = DEFAULT_STORE,
    once: Once = False,
    every: Every = 15,
    delay: Delay = 2,
    oldest: OldestDays = 7,
    connections: Connections = 8,
    allow_private: AllowPrivate = False,
    contact: Contact = "",
    mode: CodingMode = "full",
    resources: ResourceFolder = None,
    as_json: Lines = False,
    quiet: Quiet = False,
) -> None:
    """Poll feeds and sitemaps, read what is new, code it, and keep it in a store, until you stop it.

    It asks politely (robots.txt, pauses, only what has changed) and goes on where it stopped.

    Examples:

    waqai watch https://example.org/feed.xml --store news.duckdb

    waqai watch feeds.opml --once
    """
    try:
        from waqai.watch import Plan
    except ModuleNotFoundError as error:
        raise UsageError("WQ-413", f"{error.name} is not installed.", advice="pip install 'waqai[watch]'") from error

    if not contact.isascii() or not contact.isprintable():
        raise UsageError("WQ-414", "can only have Latin letters, digits and signs.", where="--contact")
    agent = f"waqai/{waqai.__version__}" + (f" (+{contact})" if contact else "")
    plan = Plan(
        delay=delay, every=every * 60, oldest_days=oldest, connections=connections, allow_private=allow_private, user_agent=agent,
    )
    roots = _roots(feeds)
    desk = _Desk(store, mode, resources, quiet=quiet, as_json=as_json)
    _run(roots, plan, desk, once=once)
    raise typer.Exit(1 if desk.bad else 0)


def _run(roots: Sequence[tuple[str, str]], plan: Plan, desk: _Desk, *, once: bool) -> None:
    from waqai.cli.work import date_words, knowledge
    from waqai.ingest.reading import Reading
    from waqai.knowledge.pages import PagePhrases
    from waqai.watch import State, Watcher
    from waqai.watch.plan import DAY

    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda _number, _frame: stop.set())
    with State(desk.path.with_name(desk.path.name + ".watch")) as state:
        state.begin(roots, int(dt.datetime.now(dt.UTC).timestamp() // DAY))
        desk.say(f"{len(state.feeds()):,} feeds and lists" + ("" if once else "; Ctrl-C ends the watch"))
        reading = Reading(PagePhrases(knowledge(desk.resources)), parse=date_words(desk.resources))
        Watcher(state, desk, plan, reading=reading).run(once=once, stop=stop)


def _roots(given: Sequence[str]) -> list[tuple[str, str]]:
    """Address and title of every feed that was given, those of files taken out of them. UsageError where one makes no sense."""
    from waqai.ingest.addresses import is_address, split_address
    from waqai.ingest.listing import read_listing

    found: dict[str, str] = {}
    for name in given:
        try:
            if is_address(name):
                found[split_address(name).url] = ""
                continue
            listing = read_listing(Path(name).read_bytes())
            if listing.kind not in {"opml", "index"}:
                raise InputError("WQ-118", "is a feed in a file.", advice="`waqai add` reads it; here give addresses, or a list of them.")
            found |= {split_address(inner.url).url: inner.title for inner in listing.inner}
        except InputError as error:
            raise UsageError(error.code, error.message, where=error.where or name, advice=error.advice) from error
        except OSError as error:
            raise UsageError("WQ-101", f"cannot be read: {error.strerror}.", where=name, advice="Addresses begin with https://.") from error
    return list(found.items())


class _Desk:
    """Codes, stores, and tells. The store is open only while something is written, so that others can read it between."""

    def __init__(self, path: Path, mode: Mode, resources: Path | None, *, quiet: bool, as_json: bool) -> None:
        from waqai.cli.work import make_work
        from waqai.engines import coder_name

        self.path, self.resources, self.bad = path, resources, 0
        self._coder, self._make = coder_name(mode), make_work(resources, mode)
        self._work: Work | None = None
        self._quiet, self._json = quiet, as_json

    def keep(self, items: Sequence[Document | Issue]) -> None:
        """Code what says something new, and write the batch as one run; it is on the disk when this returns."""
        from waqai.cli.keep import Keeper
        from waqai.cli.progress import Report

        with Keeper(self.path, Report(quiet=True), self._coder) as keeper:
            for item in keeper.wanted(items):
                kept = keeper.keep(item if isinstance(item, Issue) else self._code(item))
                if isinstance(kept, Issue) and not isinstance(item, Issue):
                    self.tell(kept)

    def _code(self, document: Document) -> Records | Issue:
        if self._work is None:
            # A poll that brings nothing new needs no coder.
            self._work = self._make()
        return self._work(document)

    def tell(self, what: Polled | Issue) -> None:
        """An issue or a finished poll, for people and for programs."""
        from waqai.cli.terminal import visible

        if isinstance(what, Issue):
            self.bad += what.fatal
            sys.stderr.write(f"{what.level}: {visible(str(what))}\n")
            return
        following = dt.datetime.fromtimestamp(what.next, dt.UTC)
        if self._json:
            row = {"feed": what.feed, "status": what.status, "http": what.http, "new": what.new, "stored": what.stored, "known": what.known}
            row |= {"issues": what.issues, "next": following.isoformat(timespec="seconds")}
            sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
            sys.stdout.flush()
        counts = [("new", what.new), ("stored", what.stored), ("known", what.known), ("issues", what.issues)]
        shown = " · ".join(f"{number:,} {name}" for name, number in counts if number) or "nothing new"
        self.say(f"{dt.datetime.now():%H:%M:%S}  {visible(what.feed)}: {what.status} · {shown}")

    def say(self, line: str) -> None:
        """A line of progress, unless nobody wants it."""
        if not self._quiet:
            sys.stderr.write(f"{line}\n")
            sys.stderr.flush()
