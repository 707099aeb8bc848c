"""Parses of sentences for the tests of the analysis."""

from __future__ import annotations

from waqai.analysis.grammar import Dropped, Filler, Grammar
from waqai.coder import Coder
from waqai.document import Document


class Parsed:
    """The first sentence of a text as far as the stage `phrases`, with its grammar."""

    def __init__(self, coder: Coder, text: str) -> None:
        document = Document("test", text)
        for stage in coder.stages:
            document = stage.run(document)
            if "parses" in stage.provides:
                break
        assert document.sentences and document.parses
        self.text, self.sentence, self.parse = text, document.sentences[0], document.parses[0]
        self.grammar = Grammar(self.sentence, self.parse)

    def token(self, word: str) -> int:
        """Index of the token that is written so."""
        return [token.span.text(self.text) for token in self.sentence.tokens].index(word)

    def tag(self, word: str) -> str:
        return self.parse.tags[self.token(word)]

    def phrases(self) -> list[tuple[str, str]]:
        """Preposition and words of every phrase."""
        return [(phrase.preposition, phrase.span.text(self.text)) for phrase in self.parse.phrases]

    def words(self, fillers: tuple[Filler, ...]) -> list[str]:
        """What fills a slot; a participant without words as its features in brackets."""
        return [
            f"[{filler.person}{filler.number}{filler.gender}]" if isinstance(filler, Dropped) else self.parse.phrases[filler].span.text(self.text)
            for filler in fillers
        ]

    def subject(self, verb: str) -> list[str]:
        return self.words(self.grammar.subject(self.token(verb)))

    def object(self, verb: str) -> list[str]:
        return self.words(self.grammar.object(self.token(verb)))
