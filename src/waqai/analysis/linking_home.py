"""Which country a sentence is about: what the army, the police, the demonstrators are the army, police, demonstrators of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from waqai.analysis.linking_phrase import Phrase

_SHORTEST_PLACE = 4
# How much a mention says of the country of those whom the sentence leaves without one; chosen on the training sentences.
_ADJECTIVE, _TOWN, _WEAK = 1.2, 0.5, 0.1
_VOTES = {"country": 1.0, "media": 0.0}
_OTHER = 0.3


def countries_of(sentence: Phrase) -> dict[str, float]:
    """How often a sentence speaks of each state: by name, capital, adjective of nationality, body, full name of a person, town."""
    actors = sentence.actors
    found: dict[str, float] = defaultdict(float)
    covered: set[int] = set()
    for match in sentence.names:
        entity = sentence.choose(match)
        single = match.end - match.start == 1
        weak = entity.kind != "country" and single and (entity.kind == "person" or sentence.words[match.start].text in actors.weak)
        covered.update(range(match.start, match.end))
        if entity.country in actors.entities:
            found[entity.country] += _WEAK if weak else _VOTES.get(entity.kind, _OTHER)
    for index, word in enumerate(sentence.words):
        if index in covered:
            continue
        country, vote = sentence.nation(index), _ADJECTIVE
        if not country and len(word.text) >= _SHORTEST_PLACE and word.stem not in actors.heads:
            country, vote = actors.places.get(word.text, ""), _TOWN
        if country:
            found[country] += vote
    return dict(found)


def leading(*votes: Mapping[str, float]) -> str:
    """The country with most votes, the first named where two are level; "" for none."""
    sums: dict[str, float] = {}
    for given in votes:
        for country, vote in given.items():
            if country:
                sums[country] = sums.get(country, 0.0) + vote
    return max(sums, key=lambda country: sums[country], default="")
