"""Which country a sentence is about: what the army, the police, the demonstrators are the army, police, demonstrators of."""

from __future__ import annotations

from collections import defaultdict

from waqai.analysis.linking_phrase import Phrase

_SHORTEST_PLACE = 4


def countries_of(sentence: Phrase) -> dict[str, float]:
    """How often a sentence speaks of each state: by name, capital, adjective of nationality, body, full name of a person, town."""
    actors = sentence.actors
    found: dict[str, float] = defaultdict(float)
    covered: set[int] = set()
    for match in sentence.names:
        entity = sentence.choose(match)
        single = match.end - match.start == 1
        if entity.kind != "country" and single and (entity.kind == "person" or sentence.words[match.start].text in actors.weak):
            continue
        covered.update(range(match.start, match.end))
        if entity.country in actors.entities:
            # A capital that is a town elsewhere too (طرابلس) says less.
            found[entity.country] += 0.5 if single and sentence.words[match.start].text not in actors.places else 1.0
    for index, word in enumerate(sentence.words):
        if index in covered:
            continue
        country = sentence.nation(index)
        if not country and len(word.text) >= _SHORTEST_PLACE and word.stem not in actors.heads:
            country = actors.places.get(word.text, "")
        if country:
            found[country] += 1.0
    return dict(found)
