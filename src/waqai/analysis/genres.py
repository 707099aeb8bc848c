"""What kind of text a document is, as far as its events depend on it: how much it speaks of politics, and whether it reports or comments."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Sized

import msgspec

from waqai.analysis.stage import Stage
from waqai.analysis.topics import TopicFinder
from waqai.document import Document, Genre, Parse, Sentence
from waqai.text.folding import fold

# From how many sentences, title included, and words a document is judged, and the words that a shorter one is taken to have.
_SENTENCES, _LEAST, _WORDS = 2, 20, 50
# How many verbs of the writer, questions and exclamations a sentence make a comment of as many sentences; a report dates its news in the lead.
_VOICE, _COMMENT, _LEAD = 0.25, 4, 2

# How many lines, and what share of all, begin with a year in a chronicle.
_YEARS, _OFTEN = 3, 0.3


class GenreFinder(msgspec.Struct, frozen=True):
    """Judges documents by the words of cues/topics.tsv and by every word that speaks of a state (`sightings` of folded words)."""

    topics: TopicFinder
    sightings: Callable[[Sequence[str]], Sized]

    def of(self, document: Document) -> Genre:
        """The genre of a document with sentences, times and parses; that of a single sentence or a few words is unknown."""
        sentences = [[token.folded for token in sentence.tokens] for sentence in document.sentences or ()]
        if document.title:
            sentences.append(fold(document.title).text.split())
        words = sum(word[0].isalnum() for sentence in sentences for word in sentence)
        if len(sentences) < _SENTENCES or words < _LEAST:
            return Genre()
        weight = sum(self.topics.political_weight(sentence) + len(self.sightings(sentence)) for sentence in sentences)
        return Genre(100 * weight / max(words, _WORDS), _comments(document), _goes_through_years(sentences))


def genre_stage(finder: GenreFinder) -> Stage:
    """Adds `genre`, unless the document has one: a headline has that of its article."""

    def run(document: Document) -> Document:
        return document if document.genre is not None else msgspec.structs.replace(document, genre=finder.of(document))

    return Stage("genre", ("sentences", "times", "parses"), ("genre",), run)


def _goes_through_years(sentences: Sequence[Sequence[str]]) -> bool:
    """Whether many sentences begin with a year and a mark (1969 - ...)."""
    dated = sum(len(words) > 2 and words[0].isdecimal() and len(words[0]) == 4 and not words[1][0].isalnum() for words in sentences)
    return dated >= max(_YEARS, _OFTEN * len(sentences))


def _comments(document: Document) -> bool:
    """Whether a writer speaks for himself (first person outside quotation marks, questions, exclamations) without a day in the lead."""
    sentences = document.sentences or ()
    if len(sentences) < _COMMENT:
        return False
    lead = sentences[_LEAD - 1].span.end
    if any(time.anchor == "published" and time.span.start < lead for time in document.times or ()):
        return False
    voices = sum(_voice(sentence, parse) for sentence, parse in zip(sentences, document.parses or (), strict=True))
    return voices >= _VOICE * len(sentences)


def _voice(sentence: Sentence, parse: Parse) -> int:
    words = [token.folded for token in sentence.tokens]
    asked = sum(word in ("?", "!") for word in words)
    if '"' in words:
        return asked
    return asked + sum(tag == "verb" and bool(token.readings) and token.readings[0].person == "1" for token, tag in zip(sentence.tokens, parse.tags, strict=True))
