"""Linking phrases by the name in them: a person behind titles, a party behind «party», a country alone."""

from __future__ import annotations

import msgspec

from waqai.analysis.linking_phrase import Match, Phrase
from waqai.document import Entity
from waqai.knowledge.actors import covers

# Sectors of class words that the body's own sector overrides: a «movement» may be a party, an «organisation» a union.
_CLASSES = ("", "REB", "PTY", "JRN", "UAF", "SOC")
# «تنظيم الجهاد الأصولي المصري»: how many adjectives behind a name may say whose it is.
_ADJECTIVES = 2
_STATE_WORDS = frozenset({"state", "republic", "kingdom", "emirate"})
# Offices inside a state: their bearer is of the country that the text is about, unless it says another.
_DOMESTIC = frozenset({"GOV", "LEG", "JUD", "COP"})
# Sectors that a person has by an office: who held one and holds none at the date is of the elite.
_LEFT_BEHIND = frozenset({"GOV", "LEG", "JUD", "COP", "MIL", "SPY", ""})


def named(phrase: Phrase) -> Entity | None:
    """The known entity that a phrase names, None when it names none or only belongs to one."""
    for match in phrase.names:
        if match.end <= phrase.first:
            continue
        entity = phrase.choose(match)
        if not counts(phrase, match, entity):
            continue
        if entity.kind == "country":
            found = _state(phrase, match, entity)
        elif entity.kind == "person":
            found = _person(phrase, match, entity)
        else:
            found = _body(phrase, match, _ruling_or_opposed(phrase, match, entity))
        if found is not None:
            return found
        # Behind the first body that the phrase belongs to, only a person can still be the one named: عضو حماس فلان.
        if entity.kind == "person":
            return None
    return None


def counts(phrase: Phrase, match: Match, entity: Entity) -> bool:
    """Whether a name is one here: a single word may be somebody else's surname, a common noun or an adjective."""
    if entity.kind == "country":
        return True
    if match.end - match.start > 1:
        return not of_another_country(phrase, match, entity)
    if entity.kind == "person":
        return _surname_counts(phrase, match, entity)
    actors, word = phrase.actors, phrase.words[match.start]
    if of_another_country(phrase, match, entity):
        return False
    behind = phrase.head is not None and match.start == phrase.after
    if behind and phrase.head is not None and word.stem in actors.nationalities:
        return phrase.head.kind == entity.kind
    if word.stem in actors.nationalities:
        return False
    if word.text not in actors.weak:
        return True
    if behind and entity.kind == "media" and phrase.head is not None and phrase.head.kind != "media":
        return False  # فندق الجزيرة is no outlet's
    if behind and phrase.head is not None and phrase.head.use & {"class", "part", "title"}:
        return True
    whole = match.start <= phrase.first and all(phrase.nation(index) for index in range(match.end, len(phrase.words)))
    head = actors.heads.get(word.stem)
    return (whole or phrase.use(match.start - 1) == "quantity" or bool(word.prefix)) and (
        head is None or entity.country in (phrase.home, "IMG") or head.kind == entity.kind
    )


def of_another_country(phrase: Phrase, match: Match, entity: Entity) -> bool:
    """«مجلس النواب العراقي» is not the one of that name in another country; nor is a bare organ that of another than home."""
    if len(entity.country) != 3 or entity.country not in phrase.actors.entities or entity.kind == "person":
        return False
    for index in range(match.end, min(match.end + _ADJECTIVES, len(phrase.words))):
        nation = phrase.nation(index)
        if nation:
            return nation != entity.country
        if not phrase.words[index].stem.endswith(("ي", "يه")) or entity.kind == "country":
            break
    return bool(phrase.home) and phrase.home != entity.country and entity.sector in ("GOV", "LEG", "JUD", "COP") and _generic(phrase, match)


def _generic(phrase: Phrase, match: Match) -> bool:
    """Whether a name is made of common nouns alone, as many states have such a body."""
    actors = phrase.actors
    head = phrase.head_at(match.start)
    if head is not None and head[1] >= match.end:
        return True
    return all(
        word.stem in actors.heads or word.stem in actors.modifiers or word.stem in actors.nationalities for word in phrase.words[match.start : match.end]
    )


def _surname_counts(phrase: Phrase, match: Match, person: Entity) -> bool:
    actors, word = phrase.actors, phrase.words[match.start]
    if word.text in actors.given:
        return False
    before_is_ordinary = match.start <= phrase.first or phrase.ordinary(match.start - 1)
    after_is_ordinary = match.end == len(phrase.words) or phrase.ordinary(match.end)
    if not (before_is_ordinary and after_is_ordinary):
        return False
    if word.stem in actors.heads or word.stem in actors.modifiers or word.stem in actors.nationalities:
        tenures = actors.tenures.get(person.id, ())
        if word.stem in actors.nationalities:
            # «الرئيس السوداني» is of Sudan, but where somebody of that surname holds the office in the country at home.
            at_home = person.country == phrase.home
            tenures = tuple(t for t in tenures if at_home and phrase.date is not None and covers(t, phrase.date))
        return not {tenure.office for tenure in tenures}.isdisjoint(phrase.classes_before(match.start))
    if word.text in actors.weak and match.start > phrase.first and phrase.head is not None:
        return "title" in phrase.head.use
    return True


def _person(phrase: Phrase, match: Match, person: Entity) -> Entity | None:
    """The person of a name alone or behind a title; nobody where another is meant: «his adviser», «forces of»."""
    if match.start <= phrase.first:
        return _dated(phrase, match, person)
    head = phrase.head
    if head is None:
        behind_adjectives = all(phrase.nation(index) for index in range(phrase.first, match.start))
        return _dated(phrase, match, person) if behind_adjectives else None
    if "title" not in head.use:
        return None
    single = match.end - match.start == 1
    if single and not all(phrase.ordinary(index) for index in range(phrase.first, match.start)):
        return None
    if "relation" in head.use and _bears(phrase, person, match.start):
        return None
    if _domestic_elsewhere(phrase, person, match.start):
        return None
    return _dated(phrase, match, person)


def _bears(phrase: Phrase, person: Entity, position: int) -> bool:
    """Whether a title inside the phrase is an office that the person held: then the head before it is another's."""
    held = {tenure.office for tenure in phrase.actors.tenures.get(person.id, ())}
    for start in range(phrase.first + 1, position):
        for end in range(min(position, start + 4), start, -1):
            titles = phrase.actors.titles.get(" ".join(word.stem for word in phrase.words[start:end]), ())
            if any(title.office in held for title in titles if title.office):
                return True
    return False


def _domestic_elsewhere(phrase: Phrase, person: Entity, position: int) -> bool:
    """A deputy or governor of the country at home is no namesake abroad."""
    if not phrase.home or person.country == phrase.home or phrase.head is None or phrase.head.sector not in _DOMESTIC or "relation" in phrase.head.use:
        return False
    if any(phrase.nation(index) for index in range(phrase.first, position)) or len(phrase.names) > 1:
        return False
    return not phrase.classes_before(position) & {tenure.office for tenure in phrase.actors.tenures.get(person.id, ())}


def _dated(phrase: Phrase, match: Match, person: Entity) -> Entity:
    """A person with the office held at the date; without a date, the sector of the title that the text gives."""
    if match.start > phrase.first and phrase.former(phrase.first, match.start):
        return msgspec.structs.replace(person, sector="ELI")
    if match.end < len(phrase.words) and phrase.use(match.end) == "former" and phrase.head is not None:
        return msgspec.structs.replace(person, sector="ELI")
    tenure = phrase.actors.tenure_at(person.id, phrase.date)
    if phrase.date is None and match.start > phrase.first:
        classes = phrase.classes_before(match.start)
        said = next((t for t in phrase.actors.tenures.get(person.id, ()) if t.office in classes), None)
        if said is not None:
            return msgspec.structs.replace(person, country=said.country, sector=said.sector)
    if tenure is not None:
        return msgspec.structs.replace(person, country=tenure.country, sector=tenure.sector, role=tenure.title)
    if phrase.head is not None and phrase.head.kind == "office" and match.start > phrase.first and phrase.head.sector in ("LEG", "JUD", "COP") and phrase.date is None:
        return msgspec.structs.replace(person, sector=phrase.head.sector)
    held = phrase.actors.tenures.get(person.id, ())
    if phrase.date is not None and any(t.last and t.last + "~" < phrase.date.isoformat() for t in held) and person.sector in _LEFT_BEHIND:
        return msgspec.structs.replace(person, sector="ELI")
    return person


def _state(phrase: Phrase, match: Match, state: Entity) -> Entity | None:
    """A country named alone, or behind دولة, جمهورية, مملكة."""
    if match.start <= phrase.first:
        return state
    if phrase.head is not None and match.start == phrase.after and phrase.head.english in _STATE_WORDS and match.end == len(phrase.words):
        return state
    return None


def _ruling_or_opposed(phrase: Phrase, match: Match, body: Entity) -> Entity:
    """A party that the text calls ruling (GOV) or opposed (OPP)."""
    after = match.end
    while after < len(phrase.words) and phrase.nation(after):
        after += 1
    said = phrase.value(after, "sector") if after < len(phrase.words) and body.kind == "party" else ""
    return msgspec.structs.replace(body, sector=said) if said in ("GOV", "OPP") else body


def _body(phrase: Phrase, match: Match, body: Entity) -> Entity | None:
    """An organisation named alone or behind the word for what it is (حركة، حزب، صحيفة)."""
    if match.start <= phrase.first:
        return body
    head = phrase.head
    if head is None or match.start != phrase.after or "class" not in head.use or body.kind == "place":
        return None
    fits = head.kind == body.kind or head.kind in ("armed group", "party", "organisation", "media")
    return body if fits and head.sector in (*_CLASSES, body.sector) else None
