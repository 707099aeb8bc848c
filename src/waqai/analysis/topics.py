"""What an article is about: the gate that keeps sport, weather and the like from being coded as politics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from waqai.document import Document
from waqai.knowledge.contexts import bare
from waqai.knowledge.topics import Topic, TopicWords
from waqai.text.folding import fold

# Topics whose articles report no political events. Telegrams, accidents, obituaries, history and health do now
# and then.
SILENT: frozenset[Topic] = frozenset({"sport", "weather", "markets", "culture", "technology"})
_FORMS = 200_000
_JOINED = "وفبلك"
_TITLE = 2.0
# Weighted hits in a hundred words that a topic needs, and how many times the weight of politics; distinct words.
_DENSITY, _MARGIN, _DISTINCT = 6.0, 2.5, 3
# The same for markets, which governments and sanctions move, and for texts without a political word.
_DENSITY_MARKETS, _MARGIN_MARKETS = 8.0, 4.0
_DENSITY_ALONE, _DISTINCT_ALONE = 3.0, 2
_SENTENCE_WEIGHT = 5


class TopicFinder:
    """Finds topics by the words of an article or sentence."""

    def __init__(self, words: TopicWords) -> None:
        self._words = words
        self._first = lru_cache(maxsize=_FORMS)(self._candidates)

    def topic(self, document: Document) -> Topic:
        """What a document is mostly about; "politics" also when nothing else is clear."""
        body = [token.folded for sentence in document.sentences or () for token in sentence.tokens]
        title = fold(document.title).text.split() if document.title else []
        weights, distinct = self._weigh(body)
        for topic, weight in self._weigh(title)[0].items():
            weights[topic] += round(_TITLE * weight)
        length = max(len(body) + 2 * len(title), 30)
        return self._decide(weights, distinct, length)

    def sentence_topic(self, folded_words: Sequence[str]) -> Topic:
        """The topic of one sentence: another than politics only when its words are strong and politics has none."""
        weights, _ = self._weigh(folded_words)
        politics = weights.pop("politics", 0)
        ranked = weights.most_common(1)
        if ranked and not politics and ranked[0][1] >= _SENTENCE_WEIGHT:
            return ranked[0][0]
        return "politics"

    def political_weight(self, folded_words: Sequence[str]) -> int:
        """The summed weights of the political words."""
        return self._weigh(folded_words)[0]["politics"]

    def silences_sentence(self, folded_words: Sequence[str]) -> bool:
        """Whether a sentence speaks of sport, weather, markets or the arts and of nothing political."""
        return self.sentence_topic(folded_words) in SILENT

    def silences(self, document: Document) -> bool:
        """Whether the topic of a document is one that reports no political events."""
        return self.topic(document) in SILENT

    def _decide(self, weights: Counter[Topic], distinct: Counter[Topic], length: int) -> Topic:
        politics = weights.pop("politics", 0)
        for topic, weight in weights.most_common(2):
            density, margin = (_DENSITY_MARKETS, _MARGIN_MARKETS) if topic == "markets" else (_DENSITY, _MARGIN)
            needed = _DISTINCT if politics else _DISTINCT_ALONE
            dense = 100 * weight / length >= (density if politics else _DENSITY_ALONE)
            if dense and distinct[topic] >= needed and weight >= margin * politics:
                return topic
        return "politics"

    def _weigh(self, folded_words: Sequence[str]) -> tuple[Counter[Topic], Counter[Topic]]:
        """The weight and the number of distinct words of each topic."""
        weights: Counter[Topic] = Counter()
        seen: set[tuple[str, tuple[str, ...], Topic]] = set()
        for index, word in enumerate(folded_words):
            for form in self._first(word):
                for entry in self._words[form]:
                    end = index + 1 + len(entry.rest)
                    if not entry.rest or tuple(map(bare, folded_words[index + 1 : end])) == entry.rest:
                        weights[entry.topic] += entry.weight
                        seen.add((form, entry.rest, entry.topic))
        return weights, _count(topic for _, _, topic in seen)

    def _candidates(self, word: str) -> tuple[str, ...]:
        forms = {word, bare(word)}
        if word[:1] in _JOINED and len(word) > 3:
            forms |= {word[1:], bare(word[1:])}
        return tuple(sorted(form for form in forms if form in self._words))


def _count(topics: Iterable[Topic]) -> Counter[Topic]:
    return Counter(topics)
