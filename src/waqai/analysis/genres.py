"""What kind of text a document is, as far as its events depend on it: how much it speaks of politics, and whether it reports or comments."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Sized

import msgspec

from waqai.analysis.stage import Stage
from waqai.analysis.topics import TopicFinder
from waqai.document import Document, Genre

# Sentences from which a document is judged, and the words that a shorter one is taken to have.
_SENTENCES, _WORDS = 2, 50


class GenreFinder(msgspec.Struct, frozen=True):
    """Judges documents by the words of cues/topics.tsv and by every word that speaks of a state (`sightings` of folded words)."""

    topics: TopicFinder
    sightings: Callable[[Sequence[str]], Sized]

    def of(self, document: Document) -> Genre:
        """The genre of a document with sentences; that of a single sentence is unknown."""
        sentences = document.sentences or ()
        if len(sentences) < _SENTENCES:
            return Genre()
        weight = words = 0
        for sentence in sentences:
            folded = [token.folded for token in sentence.tokens]
            words += sum(word[0].isalnum() for word in folded)
            weight += self.topics.political_weight(folded) + len(self.sightings(folded))
        return Genre(100 * weight / max(words, _WORDS))


def genre_stage(finder: GenreFinder) -> Stage:
    """Adds `genre`, unless the document has one: a headline has that of its article."""

    def run(document: Document) -> Document:
        return document if document.genre is not None else msgspec.structs.replace(document, genre=finder.of(document))

    return Stage("genre", ("sentences",), ("genre",), run)
