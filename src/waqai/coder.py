"""The coder: knowledge and the list of stages, made once and used for many documents."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import msgspec

from waqai.analysis.arguments import ArgumentFinder
from waqai.analysis.attributions import Attributor
from waqai.analysis.casualties import CasualtyFinder
from waqai.analysis.contexts import ContextFinder
from waqai.analysis.events import Tools, events_stage
from waqai.analysis.factuality import Factuality
from waqai.analysis.genres import GenreFinder, genre_stage
from waqai.analysis.joining import Joiner
from waqai.analysis.linking import Linker
from waqai.analysis.linking_explained import explain
from waqai.analysis.phrases import Nouns, phrases_stage
from waqai.analysis.places import document_country, places_stage
from waqai.analysis.selection import Choosing, Selector
from waqai.analysis.stage import Stage, in_order
from waqai.analysis.structure import structure_stage
from waqai.analysis.times import times_stage
from waqai.analysis.topics import TopicFinder
from waqai.analysis.triggers import TriggerFinder
from waqai.document import Document, document_id
from waqai.document.explanation import Explanation
from waqai.encoder.network import Network
from waqai.errors import UsageError
from waqai.knowledge.actors import ActorBase
from waqai.knowledge.calendars import load_calendars
from waqai.knowledge.casualty_words import load_casualty_words
from waqai.knowledge.contexts import load_contexts
from waqai.knowledge.cues import Cues
from waqai.knowledge.frames import FrameBook
from waqai.knowledge.gazetteer import Gazetteer
from waqai.knowledge.lexicon import Lexicon
from waqai.knowledge.loader import Resources
from waqai.knowledge.models import load_models
from waqai.knowledge.numbers import load_numbers
from waqai.knowledge.support import load_support_verbs, load_texts
from waqai.knowledge.syntax import load_fields, load_syntax
from waqai.knowledge.topics import load_topics
from waqai.text.numerals import NumberReader
from waqai.text.words import WordAnalyzer

Mode = Literal["full", "lexicon"]
_STATE_SECTOR = "GOV"


class Coder:
    """Codes documents. Make one a process: building takes about a second, coding a millisecond a sentence."""

    def __init__(self, stages: Sequence[Stage], tools: Tools) -> None:
        self.stages = in_order(stages)
        self.tools = tools

    def __call__(
        self, text: str, *, date: str | dt.date | None = None, outlet: str = "", title: str = "", url: str = "", author: str = "", id: str | None = None
    ) -> Document:
        """Code a text. Without `date` (a date or "YYYY-MM-DD") relative expressions of time stay unresolved."""
        return self.code(Document(
            id or document_id(text, url, outlet), text, title=title, url=url, outlet=outlet, author=author, published=_date(date),
        ))

    def code(self, document: Document) -> Document:
        """The document with all its layers. A title that the text does not repeat is coded too, as `headline`."""
        coded = self._run(document)
        if document.title and document.title not in document.text and document.part == "text":
            headline = Document(
                document.id, document.title, url=document.url, outlet=document.outlet, published=document.published, part="title",
                genre=coded.genre,
            )
            coded = msgspec.structs.replace(coded, headline=self._run(headline))
        return coded

    def _run(self, document: Document) -> Document:
        for stage in self.stages:
            document = stage.run(document)
        return document


def load(resources: Path | str | None = None, *, mode: Mode = "full", cache: Path | None = None) -> Coder:
    """A coder with the packaged resources, and those of the user's folder laid over them.

    `mode` "full" reads with frames and network together, "lexicon" with the frames alone, several times faster. Compiled forms
    are kept in `cache`, by default ~/.cache/waqai. ResourceError when a resource breaks its format.
    """
    return build(Resources(Path(resources) if resources else None, cache=cache or default_cache()), mode=mode)


def build(knowledge: Resources, *, mode: Mode = "full") -> Coder:
    """A coder from a set of resources: the one place where knowledge and stages meet."""
    actors, syntax, cues = ActorBase.load(knowledge), load_syntax(knowledge), Cues(knowledge)
    linker, topics = Linker(actors, state_sector=_STATE_SECTOR), TopicFinder(load_topics(knowledge))
    words = WordAnalyzer(Lexicon.load(knowledge), syntax, actors.name_words, actors.whole_names)
    numbers = NumberReader(load_numbers(knowledge))
    triggers, arguments = TriggerFinder(FrameBook.load(knowledge)), ArgumentFinder(load_support_verbs(knowledge), load_texts(knowledge))
    factuality, attributor = Factuality(cues), Attributor(cues)
    rules = Selector(triggers, arguments, factuality, attributor, load_models(knowledge))
    selector: Choosing = rules
    if mode == "full":
        # The runtime of the network reports its use to its maker unless it is told not to before it is loaded.
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"
        selector = Joiner(Network(lambda name: knowledge.required(f"models/network/{name}")), rules)
    tools = Tools(
        selector=selector, attributor=attributor, linker=linker,
        contexts=ContextFinder(load_contexts(knowledge)).find, casualties=CasualtyFinder(load_casualty_words(knowledge), numbers).find_in,
        country=document_country, silent=topics.silences, silent_sentence=topics.silences_sentence,
    )
    return Coder((
        structure_stage(words), times_stage(load_calendars(knowledge)), places_stage(Gazetteer.load(knowledge)),
        phrases_stage(syntax, Nouns(actors.human, actors.states, load_fields(knowledge))),
        genre_stage(GenreFinder(topics, linker.sightings)), events_stage(tools),
    ), tools)


def explain_actor(actors: ActorBase, words: Sequence[str], date: dt.date | None, context: Sequence[str] = ()) -> Explanation:
    """Whom folded words mean at a date, as the coder links them, and why; `context` are folded words of the article."""
    return explain(actors, Linker(actors, state_sector=_STATE_SECTOR), words, date, context)


def default_cache() -> Path:
    """Where compiled resources are kept: $XDG_CACHE_HOME/waqai or ~/.cache/waqai."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "waqai"


def _date(date: str | dt.date | None) -> dt.date | None:
    if date is None or isinstance(date, dt.date):
        return date
    try:
        return dt.date.fromisoformat(date)
    except ValueError as error:
        raise UsageError("WQ-302", f"{date!r} is no date.", advice="Write it as YYYY-MM-DD.") from error
