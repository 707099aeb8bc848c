"""What a running server holds: the store, the knowledge, answers that were given, and those who listen for news."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from pydantic import BaseModel

from waqai.engines import MakeWork, Work
from waqai.knowledge.actors import ActorBase
from waqai.knowledge.gazetteer import Gazetteer
from waqai.knowledge.loader import Resources
from waqai.knowledge.ontology import Ontology
from waqai.server.questions.places import Levels
from waqai.server.stream import Feed
from waqai.store import Reader, Store
from waqai.text.forms import WordForms

_REMEMBERED, _LARGEST = 256, 2_000_000


@dataclass(frozen=True)
class Settings:
    """How the server is run. `token` and `trusted_header` say who is let in; `hosts` are the names it answers to."""

    token: str = ""
    trusted_header: str = ""
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")
    reviewer: str = "reviewer"
    sql_seconds: float = 10.0
    sql_rows: int = 10_000
    sql_characters: int = 8_000_000
    body_bytes: int = 2_000_000


@dataclass
class Room:
    """The store and everything that answers need. Made once; `make_work` builds the coder when an article is first pasted."""

    store: Store
    knowledge: Resources
    settings: Settings
    make_work: MakeWork
    feed: Feed = field(default_factory=Feed)
    version: int = 1
    _memo: OrderedDict[str, bytes] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    coding: threading.Lock = field(default_factory=threading.Lock)

    @cached_property
    def actors(self) -> ActorBase:
        """The actor base, with the offices of persons."""
        return ActorBase.load(self.knowledge)

    @cached_property
    def levels(self) -> Levels:
        """The gazetteer, by GeoNames number."""
        return Levels(Gazetteer.load(self.knowledge))

    @cached_property
    def forms(self) -> WordForms:
        """The forms in which an article may have a word that is searched."""
        return WordForms.load(self.knowledge)

    @cached_property
    def ontology(self) -> Ontology:
        """The codebook."""
        return Ontology.load(self.knowledge)

    @cached_property
    def work(self) -> Work:
        """What codes an article, one at a time under `coding`. Its first use takes a second or two."""
        return self.make_work()

    def warm(self) -> None:
        """Load the knowledge that pages ask for, so that the first of them need not wait."""
        _ = self.ontology, self.levels, self.actors, self.forms

    def changed(self) -> None:
        """The store was written to: answers given before are no longer true."""
        with self._lock:
            self.version += 1
            self._memo.clear()

    def remembered(self, key: str, make: Callable[[Reader], BaseModel]) -> tuple[bytes, str]:
        """The JSON of an answer and its tag, computed once for each state of the store: nobody else writes to it."""
        with self._lock:
            version = self.version
            body = self._memo.get(key)
        if body is None:
            with self.store.reader() as reader:
                body = make(reader).model_dump_json(by_alias=True).encode()
            with self._lock:
                if version == self.version and len(body) < _LARGEST:
                    self._memo[key] = body
                    if len(self._memo) > _REMEMBERED:
                        self._memo.popitem(last=False)
        return body, f'"{hashlib.sha256(body).hexdigest()[:20]}"'
