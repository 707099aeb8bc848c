"""Whose the army, the police, the demonstrators of a sentence are, when their own words do not say so.

Every word by which the sentence speaks of a state is a sighting of that state; a conditional logit (McFadden 1974) weighs the
sightings of each. Its weights are a resource, actors/home.tsv, learnt by training/home.py from annotated sentences.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from waqai.analysis.linking_names import of_another_country
from waqai.analysis.linking_phrase import Match, Phrase
from waqai.document import Entity

_SHORTEST_PLACE, _NAMESAKES = 4, 3
_INSIDE = frozenset({"في", "ب"})
_LOCATING = frozenset({"في", "الي", "من", "بمدينه", "مدينه", "داخل", "جنوب", "شمال", "شرق", "غرب", "وسط", "قرب"})
_KINDS = {"country": "name", "person": "person", "armed group": "movement", "party": "movement", "group": "movement", "media": "media", "place": "town"}
_FORCES = frozenset({"MIL", "COP"})
_OFFICIAL = frozenset({"MIL", "COP", "GOV", "LEG", "JUD", "SPY"})
_PERMANENT = frozenset({"USA", "GBR", "FRA", "RUS", "CHN"})
"""The permanent members of the Security Council, who are quoted on everybody's affairs."""
_NEVER_ALONE = frozenset({"media"})
"""What says too little to give a state that nothing else speaks of."""
_HALFWAY = 5.0
"""At this distance in words what is near counts half."""


class Sighting(msgspec.Struct, frozen=True, gc=False):
    """A word by which a sentence speaks of a state: the state, the word's index, and what kinds of evidence it is."""

    country: str
    position: int
    kinds: tuple[str, ...]


def sightings(sentence: Phrase) -> tuple[Sighting, ...]:
    """The states that a sentence speaks of: by name, capital, adjective of nationality, body, person, town."""
    actors, found, covered = sentence.actors, [], set[int]()
    for match in sentence.names:
        entity = sentence.choose(match)
        kind = _kind(sentence, match, entity)
        if not kind:
            continue
        covered.update(range(match.start, match.end))
        if entity.country in actors.entities:
            found.append(Sighting(entity.country, match.start, (kind, *_inside(sentence, match.start))))
        if match.end - match.start == 1:
            found += _namesakes(sentence, match.start, entity.country)
    for index, word in enumerate(sentence.words):
        if index in covered:
            continue
        if country := sentence.nation(index):
            found.append(Sighting(country, index, ("adjective", *_of_whom(sentence, index))))
        elif len(word.text) >= _SHORTEST_PLACE and word.stem not in actors.heads and (country := actors.places.get(word.text, "")):
            found.append(Sighting(country, index, ("town", *_inside(sentence, index))))
        else:
            found += _namesakes(sentence, index, "")
    return tuple(sorted(found, key=lambda sighting: sighting.position))


def with_places(seen: Sequence[Sighting], places: Iterable[tuple[Sequence[int], str]]) -> tuple[Sighting, ...]:
    """The sightings and the places of the sentence, as the words of each and its state, where no word of it is a sighting yet."""
    taken = {sighting.position for sighting in seen}
    more = [Sighting(state, words[0], ("town", "inside")) for words, state in places if state and words and taken.isdisjoint(words)]
    return tuple(sorted((*seen, *more), key=lambda sighting: sighting.position))


def home_of(
    seen: Sequence[Sighting], weights: Mapping[str, float], position: int = 0, *, sector: str = "", document: str = "", place: str = "",
) -> str:
    """The state of a participant of that sector at that word, of those seen, the document's own and the event's place; "" for none."""
    candidates = dict.fromkeys(filter(None, (*(s.country for s in seen if s.kinds[0] not in _NEVER_ALONE), document, place)))
    scores = {
        country: sum(weights.get(name, 0.0) * value for name, value in evidence(country, seen, position, sector, document, place).items())
        for country in candidates
    }
    return max(scores, key=lambda country: scores[country], default="")


def evidence(country: str, seen: Sequence[Sighting], position: int, sector: str, document: str = "", place: str = "") -> dict[str, float]:
    """What speaks for a state and how much: the names are those of actors/home.tsv."""
    own = [s for s in seen if s.country == country]
    counts = Counter(kind for s in own for kind in s.kinds)
    found = {kind: math.log1p(count) for kind, count in counts.items()}
    if own:
        found["near"] = 1 / (1 + min(abs(s.position - position) for s in own) / _HALFWAY)
        found["first"] = float(seen[0].country == country)
        found["last before"] = float(next((s.country for s in reversed(seen) if s.position < position), "") == country)
        if sector not in _OFFICIAL and counts["of forces"]:
            found["forces beside civilians"] = found["of forces"]
    found["permanent member"] = float(country in _PERMANENT)
    found["document"] = float(country == document)
    found["place"] = float(country == place)
    return found


def _kind(sentence: Phrase, match: Match, entity: Entity) -> str:
    """What kind of evidence a name is; "" for none: كان is a verb before it is a broadcaster, السوداني an adjective before it is a surname."""
    actors, text = sentence.actors, sentence.words[match.start].text
    if entity.kind == "country":
        return "name"
    if of_another_country(sentence, match, entity):
        return ""
    if match.end - match.start > 1:
        return _KINDS.get(entity.kind, "body")
    if sentence.nation(match.start):
        return ""
    if text in actors.weak or text in actors.given:
        leading = entity.kind == "person" and text.startswith("ال") and sentence.foremost(entity)
        return "" if entity.kind == "media" else "leader" if leading else "weak"
    return "surname" if entity.kind == "person" else _KINDS.get(entity.kind, "body")


def _namesakes(sentence: Phrase, index: int, other: str) -> list[Sighting]:
    """The states that have a town of that name too: Tripoli is Libya's capital and a town of Lebanon."""
    word = sentence.words[index]
    if len(word.text) < _SHORTEST_PLACE or word.stem in sentence.actors.heads:
        return []
    states = sentence.actors.shared_places.get(word.text, ())
    return [Sighting(state, index, ("namesake", *_inside(sentence, index))) for state in states if state != other] if len(states) <= _NAMESAKES else []


def _inside(sentence: Phrase, index: int) -> tuple[str, ...]:
    """Whether a name stands where places do."""
    before = sentence.words[index - 1].text if index else ""
    return ("inside",) if sentence.words[index].prefix in _INSIDE or before in _LOCATING else ()


def _of_whom(sentence: Phrase, index: int) -> tuple[str, ...]:
    """Of whose kind an adjective of nationality is said: of armed forces, of others that we know, of what is nobody."""
    head = sentence.actors.heads.get(sentence.words[index - 1].stem) if index else None
    return ("of forces" if head is not None and head.sector in _FORCES else "of somebody" if head is not None else "of nobody",)
