"""What a watch remembers: feeds and their validators, articles that are still to be read, and what was seen. One SQLite file.

A feed's validators and the articles that it listed are written in one transaction, and an article leaves the queue only
when it is in the store: a kill at any moment costs at most the reading of some pages a second time.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from waqai.errors import InputError, StoreError
from waqai.ingest.addresses import same_page, split_address
from waqai.ingest.listing import Entry

_SCHEMA = """
CREATE TABLE IF NOT EXISTS feeds (
    url TEXT PRIMARY KEY, parent TEXT, depth INTEGER NOT NULL, title TEXT NOT NULL, address TEXT NOT NULL, etag TEXT NOT NULL DEFAULT '',
    modified TEXT NOT NULL DEFAULT '', due REAL NOT NULL DEFAULT 0, failures INTEGER NOT NULL DEFAULT 0, minutes INTEGER NOT NULL DEFAULT 0,
    active INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS queue (
    id INTEGER PRIMARY KEY, feed TEXT NOT NULL, host TEXT NOT NULL, url TEXT NOT NULL, entry BLOB NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0, hops INTEGER NOT NULL DEFAULT 0, due REAL NOT NULL DEFAULT 0);
CREATE INDEX IF NOT EXISTS queue_of_hosts ON queue (host, due);
CREATE TABLE IF NOT EXISTS seen (key BLOB PRIMARY KEY, day INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS robots (origin TEXT PRIMARY KEY, text TEXT NOT NULL, until REAL NOT NULL);
CREATE TABLE IF NOT EXISTS hosts (host TEXT PRIMARY KEY, until REAL NOT NULL, failures INTEGER NOT NULL);
"""
_VERSION = 1
_FORGOTTEN_AFTER_DAYS = 90
_ENTRY = msgspec.json.Decoder(Entry)


class FeedRow(msgspec.Struct, frozen=True):
    """A feed as it is remembered; `due` is when it is asked next, in seconds since 1970."""

    url: str
    depth: int
    title: str
    address: str
    etag: str
    modified: str
    due: float
    failures: int
    minutes: int


class Waiting(msgspec.Struct, frozen=True):
    """An article that is to be read: `tries` failed so far, `hops` redirects to other hosts were followed."""

    id: int
    feed: str
    host: str
    url: str
    entry: Entry
    tries: int
    hops: int


class State:
    """The memory of a watch, open. One program and one thread at a time."""

    def __init__(self, path: Path) -> None:
        """Open or make it. StoreError WQ-612 when another watch has it, WQ-613 when it cannot be read."""
        try:
            self._connection = sqlite3.connect(path, timeout=0.5, isolation_level=None)
            self._connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = NORMAL")
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.execute("COMMIT")
            self._connection.executescript(_SCHEMA)
            version = self._connection.execute("PRAGMA user_version").fetchone()[0]
            self._connection.execute(f"PRAGMA user_version = {_VERSION}")
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise StoreError("WQ-612", "another watch of this store is running.", where=str(path), advice="End it first.") from error
            raise StoreError("WQ-613", f"the memory of the watch cannot be opened: {error}.", where=str(path)) from error
        except sqlite3.DatabaseError as error:
            raise StoreError("WQ-613", f"is no memory of a watch: {error}.", where=str(path), advice="Move it away.") from error
        if version > _VERSION:
            raise StoreError("WQ-613", "is of a later version of Waqai.", where=str(path))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._connection.close()

    def begin(self, roots: Sequence[tuple[str, str]], today: int) -> None:
        """The feeds (address and title) of this watch; others stay remembered, and are not asked. Old keys are forgotten."""
        with self._transaction():
            self._connection.execute("UPDATE feeds SET active = 0")
            for url, title in roots:
                self._put_feed(url, None, 0, title)
            self._connection.execute(
                "WITH RECURSIVE below(url) AS (SELECT url FROM feeds WHERE active UNION SELECT f.url FROM feeds f JOIN below ON f.parent = below.url) "
                "UPDATE feeds SET active = 1 WHERE url IN (SELECT url FROM below)"
            )
            self._connection.execute("DELETE FROM seen WHERE day < ?", [today - _FORGOTTEN_AFTER_DAYS])

    def feeds(self) -> list[FeedRow]:
        """The feeds of this watch, those that wait longest first."""
        asked = "SELECT url, depth, title, address, etag, modified, due, failures, minutes FROM feeds WHERE active ORDER BY due, url"
        return [FeedRow(*row) for row in self._connection.execute(asked)]

    def polled(self, feed: str, *, due: float, failures: int, address: str = "", etag: str | None = None, modified: str | None = None) -> None:
        """What a poll changes besides articles; None leaves a validator as it is."""
        self._connection.execute(
            "UPDATE feeds SET due = ?, failures = ?, address = coalesce(nullif(?, ''), address), etag = coalesce(?, etag), "
            "modified = coalesce(?, modified) WHERE url = ?",
            [due, failures, address, etag, modified, feed],
        )

    def listed(
        self, feed: FeedRow, entries: Iterable[tuple[Entry, bool]], inner: Sequence[tuple[str, str]], *, title: str, minutes: int,
        today: int, due: float, etag: str, modified: str,
    ) -> int:
        """Keep what a feed lists and its validators, all or nothing; how many articles are new.

        An entry comes with whether it is wanted; what is not wanted counts as seen. `inner` are the lists it names, with titles.
        """
        with self._transaction():
            new = sum(self._put_entry(feed, entry, wanted, today) for entry, wanted in entries)
            for url, name in inner:
                self._put_feed(url, feed.url, feed.depth + 1, name)
            self._connection.execute("UPDATE feeds SET title = coalesce(nullif(title, ''), ?), minutes = ? WHERE url = ?", [title, minutes, feed.url])
            self.polled(feed.url, due=due, failures=0, etag=etag, modified=modified)
        return new

    def waiting(self, now: float, *, but_hosts: Sequence[str], but: Sequence[int], most: int) -> list[Waiting]:
        """Articles that may be read now, one of each host, none of some hosts, and none of some articles."""
        asked = (
            "SELECT id, feed, host, url, entry, tries, hops FROM queue WHERE id IN (SELECT min(q.id) FROM queue q JOIN feeds f ON f.url = q.feed "
            "WHERE f.active AND q.due <= ? AND q.host NOT IN (SELECT value FROM json_each(?)) AND q.id NOT IN (SELECT value FROM json_each(?)) "
            "GROUP BY q.host) ORDER BY id LIMIT ?"
        )
        rows = self._connection.execute(asked, [now, json.dumps(list(but_hosts)), json.dumps(list(but)), most])
        return [Waiting(row[0], row[1], row[2], row[3], _ENTRY.decode(row[4]), row[5], row[6]) for row in rows]

    def open_articles(self) -> dict[str, int]:
        """How many articles of each feed wait that were not tried in vain."""
        return dict(self._connection.execute("SELECT feed, count(*) FROM queue WHERE tries = 0 GROUP BY feed").fetchall())

    def finished(self, articles: Sequence[tuple[Waiting, Sequence[bytes]]], today: int) -> None:
        """These are in the store, or never will be: they leave the queue, and their keys are remembered."""
        with self._transaction():
            for article, keys in articles:
                self._see(keys, today)
                self._connection.execute("DELETE FROM queue WHERE id = ?", [article.id])

    def later(self, article: Waiting, due: float) -> None:
        """The article is tried once more, not before `due`."""
        self._connection.execute("UPDATE queue SET tries = tries + 1, due = ? WHERE id = ?", [due, article.id])

    def redirected(self, article: Waiting, url: str, today: int) -> bool:
        """The article is at another host; False when what is there was seen already."""
        key = page_key(url)
        if self.has_seen([key]):
            return False
        with self._transaction():
            self._see([key], today)
            self._connection.execute("UPDATE queue SET url = ?, host = ?, hops = hops + 1 WHERE id = ?", [url, split_address(url).host, article.id])
        return True

    def has_seen(self, keys: Sequence[bytes]) -> bool:
        """Whether one of the keys is remembered."""
        return any(self._connection.execute("SELECT 1 FROM seen WHERE key = ?", [key]).fetchone() for key in keys)

    def robots(self, origin: str, now: float) -> str | None:
        """The robots.txt of an origin, None when it is not known or too old."""
        row = self._connection.execute("SELECT text FROM robots WHERE origin = ? AND until > ?", [origin, now]).fetchone()
        return None if row is None else str(row[0])

    def keep_robots(self, origin: str, text: str, until: float) -> None:
        """Remember a robots.txt until then."""
        self._connection.execute("INSERT OR REPLACE INTO robots VALUES (?, ?, ?)", [origin, text, until])

    def blocked(self) -> dict[str, tuple[float, int]]:
        """Hosts that want to be left alone: until when, and how often in a row they said so."""
        return {str(host): (until, failures) for host, until, failures in self._connection.execute("SELECT host, until, failures FROM hosts")}

    def block(self, host: str, until: float, failures: int) -> None:
        """Leave a host alone until then; 0 failures forget that it ever said so."""
        if failures:
            self._connection.execute("INSERT OR REPLACE INTO hosts VALUES (?, ?, ?)", [host, until, failures])
        else:
            self._connection.execute("DELETE FROM hosts WHERE host = ?", [host])

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def _put_feed(self, url: str, parent: str | None, depth: int, title: str) -> None:
        self._connection.execute(
            "INSERT INTO feeds (url, parent, depth, title, address, active) VALUES (?, ?, ?, ?, ?, 1) ON CONFLICT (url) DO UPDATE SET active = 1",
            [url, parent, depth, title, url],
        )

    def _put_entry(self, feed: FeedRow, entry: Entry, wanted: bool, today: int) -> bool:
        url = entry.url or feed.address
        try:
            # What the feed holds itself is asked of no host.
            host = "" if entry.whole else split_address(url).host
            keys = [page_key(url)] if entry.url else []
        except InputError:
            return False
        # A link without an identifier is told by its address, text without a link by itself.
        guid = entry.guid or ("" if entry.url else entry.content)
        keys += [digest("guid", feed.url, guid)] if guid else []
        known = self.has_seen(keys)
        self._see(keys, today)
        if known or not wanted:
            return False
        row = [feed.url, host, url, msgspec.json.encode(entry)]
        self._connection.execute("INSERT INTO queue (feed, host, url, entry) VALUES (?, ?, ?, ?)", row)
        return True

    def _see(self, keys: Iterable[bytes], today: int) -> None:
        self._connection.executemany(
            "INSERT INTO seen VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET day = excluded.day WHERE day < excluded.day", [(key, today) for key in keys]
        )


def digest(*parts: str) -> bytes:
    """A key of what was seen: 16 bytes."""
    return hashlib.blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def page_key(url: str) -> bytes:
    """The key of a page by its address, the same for all spellings of it. InputError when it is none."""
    return digest("page", same_page(url))
