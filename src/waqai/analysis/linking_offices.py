"""Offices: the title that a phrase begins with, and who held it at the date, in a state or in a body that the phrase names."""

from __future__ import annotations

import msgspec

from waqai.analysis.linking_phrase import Match, Phrase
from waqai.document import Entity
from waqai.knowledge.actor_tables import Tenure, Title

_LONGEST_OFFICER = 4
# «The Libyan leader» led the state, whatever his office was called.
_LEADERS = ("supreme_leader", "head_of_state")


def title_of(phrase: Phrase, said: str, home: str) -> tuple[Title, int] | None:
    """The longest title that a phrase begins with, and where it ends; `said` is the country that the phrase names, `home` that of the text."""
    longest = phrase.actors.longest_title.get(phrase.words[phrase.first].stem, 0)
    stems = [word.stem for word in phrase.words[phrase.first : phrase.first + longest]]
    bodies = {body for match in phrase.names for body in match.ids} if stems else set()
    for length in range(len(stems), 0, -1):
        for title in phrase.actors.titles.get(" ".join(stems[:length]), ()):
            own = len(title.countries) == 1 and not said
            if not title.countries or own or (said or home) in title.countries or not bodies.isdisjoint(title.countries):
                return title, phrase.first + length
    return None


def holder(phrase: Phrase, title: Title, end: int, place: str) -> Tenure | None:
    """The tenure of a title that ends at `end`: in its own body, in the one that the phrase names, else in the state."""
    actors, date = phrase.actors, phrase.date
    if title.body:
        return actors.tenure_of(title.office, title.body, date, title.holds)
    offices = (title.office, "group_leader") if title.office == "head_of_organisation" else (title.office,)
    for match in phrase.names:
        body = phrase.choose(match).id if match.start >= phrase.first else ""
        for office in offices:
            if (office, body) in actors.offices:
                return actors.tenure_of(office, body, date)
    if title.office == "group_leader":
        whole = all(_of_state(phrase, index) for index in range(end, len(phrase.words)))
        return next(filter(None, (actors.tenure_of(office, place, date) for office in _LEADERS)), None) if whole and end < len(phrase.words) else None
    return actors.tenure_of(title.office, place, date)


def in_office(phrase: Phrase, tenure: Tenure, title: Title, place: str, sector: str) -> Entity:
    """The person of a tenure as the title shows them."""
    entity = phrase.actors.entities[tenure.person]
    if title.office == "group_leader":
        return msgspec.structs.replace(entity, country=tenure.country or place, sector=tenure.sector, role=tenure.title)
    return msgspec.structs.replace(entity, country=place or entity.country, sector=sector, role=title.english)


def officer(phrase: Phrase) -> Entity | None:
    """Who led, commanded or spoke for the body that a phrase names, where it is nothing but that: زعيم الحوثيين، قائد فيلق القدس."""
    start = phrase.first
    for length in range(min(_LONGEST_OFFICER, len(phrase.words) - start - 1), 0, -1):
        classes = phrase.actors.officers.get(" ".join(word.stem for word in phrase.words[start : start + length]))
        match = _body_behind(phrase, start + length) if classes else None
        if match is None or not classes:
            continue
        body = phrase.choose(match).id
        tenure = next(filter(None, (phrase.actors.tenure_of(office, body, phrase.date) for office in classes)), None)
        if tenure is not None:
            return msgspec.structs.replace(phrase.actors.entities[tenure.person], country=tenure.country, sector=tenure.sector, role=tenure.title)
    return None


def _body_behind(phrase: Phrase, start: int) -> Match | None:
    """The body named right behind a title, or behind the word for what it is; nothing but adjectives of nationality may follow."""
    for match in phrase.names:
        if match.start >= start:
            between = range(start, match.start)
            classes = all((head := phrase.head_at(index)) is not None and "class" in head[0].use for index in between)
            plain = all(phrase.nation(index) for index in range(match.end, len(phrase.words)))
            return match if classes and plain else None
    return None


def _of_state(phrase: Phrase, index: int) -> bool:
    """Whether a word is an adjective of nationality or part of the name of a country."""
    named = any(m.start <= index < m.end and phrase.actors.entities[m.ids[0]].kind == "country" for m in phrase.names)
    return named or bool(phrase.nation(index))
