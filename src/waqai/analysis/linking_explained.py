"""Why a phrase means whom: the candidates, what speaks for each, and how sure the choice is.

The confidence is a rule of thumb, not a calibrated probability: it orders cases from a full name of one bearer (0.97) down to a surname
that several bear with nothing to tell them apart, which names nobody (NIL).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from waqai.analysis.linking import Linker
from waqai.analysis.linking_composition import country_of
from waqai.analysis.linking_offices import title_of
from waqai.analysis.linking_phrase import Match, Phrase, PhraseReader
from waqai.document import Entity
from waqai.document.explanation import Candidate, Explanation
from waqai.knowledge.actor_tables import Tenure, Title
from waqai.knowledge.actors import ActorBase, covers

_SHOWN = 5
_SURE = 0.97
_BY_OFFICE = 0.95
_COMPOSED = 0.9
_BY_CONTEXT = 0.85
_SURNAME = 0.8
_PROMINENT = 0.65
_UNSURE = 0.4
NIL = 0.5
"""Below this nobody in particular is meant."""


def explain(actors: ActorBase, linker: Linker, words: Sequence[str], date: dt.date | None, context: Sequence[str] = ()) -> Explanation:
    """Link folded words at a date and say why; `context` are the folded words of the article around them."""
    seen = linker.sightings(context) if context else ()
    home = linker.home_of(Entity("", "group", ""), 0, seen) if seen else ""
    entity = linker.link(words, date, home)
    phrase = Phrase(actors, PhraseReader(actors), words, date, home)
    around = frozenset(sighting.country for sighting in seen)
    match = next((m for m in phrase.names if entity.id in m.ids), None)
    if match is not None:
        return _by_name(phrase, match, entity, around)
    title = title_of(phrase, country_of(phrase, phrase.first), home) if phrase.words and phrase.head is not None else None
    if title is not None and title[0].office:
        return _by_title(phrase, title[0], entity)
    if entity.id in actors.entities:
        held = actors.tenure_at(entity.id, date)
        return Explanation(entity, True, _BY_OFFICE, (_held(held),) if held is not None else (), ())
    composed = not entity.id.startswith("local:")
    why = ("a body of that state" if composed else "no name of the actor base", *((f"country at home: {home}",) if home else ()))
    return Explanation(entity, composed, _COMPOSED if composed else 0.0, why, ())


def _by_name(phrase: Phrase, match: Match, entity: Entity, around: frozenset[str]) -> Explanation:
    name = " ".join(word.text for word in phrase.words[match.start : match.end])
    candidates = tuple(_bearer(phrase, match, i, entity.id, around) for i in match.ids[:_SHOWN])
    why, confidence = [f"name: {name}"], _SURE
    deciding = [e for c in candidates if c.chosen for e in c.evidence]
    rivals = len(match.ids) > 1
    if rivals:
        telling = [e for e in deciding if not any(e in c.evidence for c in candidates if not c.chosen)]
        if telling:
            confidence = _BY_CONTEXT
            why.append("told from others of that name by: " + "; ".join(telling))
        else:
            confidence = _PROMINENT if entity.kind == "person" and match.ids[0] == entity.id and match.end - match.start > 1 else _UNSURE
            why.append("nothing tells it from others of that name")
    elif entity.kind == "person" and match.end - match.start == 1:
        confidence = _SURNAME
        why.append("a surname alone, of one bearer in the base")
    why += [e for e in deciding if e not in " ".join(why)]
    return Explanation(entity, confidence >= NIL, confidence, tuple(why), candidates)


def _bearer(phrase: Phrase, match: Match, candidate: str, chosen: str, around: frozenset[str]) -> Candidate:
    """One who bears a name, with the title before it, the office held at the date and the countries spoken of."""
    actors, date = phrase.actors, phrase.date
    entity = actors.at(candidate, date)
    classes = phrase.classes_before(match.start)
    held = [t for t in actors.tenures.get(candidate, ()) if date is not None and covers(t, date)]
    evidence = [f"title: {t.title}" for t in held if t.office in classes][:1]
    evidence += [f"in office: {_held(t)}" for t in held if t.office not in classes][:1]
    if date is not None and actors.over(candidate, date):
        evidence.append("had ceased to exist")
    if entity.country and entity.country == phrase.home:
        evidence.append(f"country at home: {entity.country}")
    elif entity.country in around:
        evidence.append(f"co-mention: {entity.country}")
    return Candidate(candidate, entity.name_en, entity.name_ar, entity.country, tuple(evidence), candidate == chosen)


def _by_title(phrase: Phrase, title: Title, entity: Entity) -> Explanation:
    place = country_of(phrase, phrase.first) or (title.countries[0] if len(title.countries) == 1 else phrase.home)
    body = title.body or next((phrase.choose(m).id for m in phrase.names if (title.office, phrase.choose(m).id) in phrase.actors.offices), place)
    of_class = phrase.actors.offices.get((title.office, body), ())
    holders = [t for t in of_class if (any(words in t.title for words in title.holds) if title.holds else t.main)]
    near = sorted(holders, key=lambda tenure: _distance(tenure, phrase.date))[:_SHOWN]
    candidates = {
        t.person: Candidate(t.person, who.name_en, who.name_ar, t.country, (_held(t),), t.person == entity.id)
        for t in reversed(near) for who in (phrase.actors.entities[t.person],)
    }
    known = entity.id in phrase.actors.entities
    why = [f"title: {title.english}", f"of: {body}" if body else "of an unknown state"]
    if phrase.date is None:
        why.append("no date")
    else:
        why.append(f"date: {phrase.date.isoformat()}")
    if not known:
        why.append("nobody, or several, held it then as far as the base knows")
    ordered = sorted(candidates.values(), key=lambda candidate: not candidate.chosen)
    return Explanation(entity, known, _BY_OFFICE if known else 0.0, tuple(why), tuple(ordered))


def _held(tenure: Tenure) -> str:
    until = f"to {tenure.last}" if tenure.last else "on"
    return f"{tenure.title}, from {tenure.first or '?'} {until}"


def _distance(tenure: Tenure, date: dt.date | None) -> int:
    """Years between a tenure and a date; without one the latest come first."""
    first, last = int(tenure.first[:4] or 0), int(tenure.last[:4] or 9999)
    return -first if date is None else max(first - date.year, date.year - last, 0) if not covers(tenure, date) else -1
