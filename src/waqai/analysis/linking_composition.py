"""Linking phrases that name nobody known: of a head noun, the body and country that it belongs to, and the office."""

from __future__ import annotations

from waqai.analysis.linking_names import counts
from waqai.analysis.linking_offices import holder, in_office, officer, title_of
from waqai.analysis.linking_phrase import Match, Phrase
from waqai.document import Entity
from waqai.knowledge.actor_tables import Head, Title

# A force is whose it is: of rebels, police, a service; anything else beside it does not change that it is military.
_OF_FORCES = {"REB": "REB", "COP": "COP", "PRM": "PRM", "UAF": "UAF", "SPY": "SPY", "OPP": "REB"}
_OF_ORGANS = frozenset({"GOV", "COP", "MIL", "JUD", "LEG", "SPY"})
_OF_GUNMEN = frozenset({"REB", "PRM", "MIL"})
_OF_PARTIES = frozenset({"OPP", "GOV"})
_OPEN = frozenset({"GOV", "", "UNK", "SOC"})
# What only says who is in a body does not make it one of theirs: رابطة ضحايا is no crowd.
_OF_NOBODY = frozenset({"CVL", "UNK"})
_CLOSED_HEADS = frozenset({"ministry", "government", "state", "foreign ministry", "embassy", "consulate", "presidency", "country", "capital", "regime"})
_LEFT_OFFICE = frozenset({"GOV", "LEG", "MIL", "COP", "SPY", "JUD"})
_HIGH = _LEFT_OFFICE | {"ELI"}
_ABOVE_STATES = frozenset({"UNO", "EUR", "IGO", "NGO", "MNC"})
_ORGANS = frozenset({"organisation", "military", "police"})
_MEETINGS = frozenset({"summit", "conference", "organisation", "international community"})
_THE_STATE = frozenset({"country", "kingdom", "emirate"})
_BESIDE = frozenset({"side", "men"})
_PARTNERS = _BESIDE | {"state", "country"}
# Whose army «the army» is where there is no own.
_ARMIES = {"PSE": "ISR"}
_NOBODY = frozenset({"thing", "place"})
_NAMED = frozenset({"office", "person", "group", "unknown"})
_BINDING = frozenset({"في", "الي", "من", "لدي", "عن", "باسم"})
_LENGTHS_OF_NAMES = range(2, 6)


def compose(phrase: Phrase) -> Entity:
    """The entity of a phrase by its head noun, or by an adjective of nationality, a town, an unknown name."""
    if phrase.head is None:
        return _headless(phrase)
    head = phrase.head
    country = country_of(phrase, phrase.first)
    home = "" if _of_several(phrase, head) else phrase.home
    if head.english == "army":
        home = _ARMIES.get(home, home)
    held = officer(phrase)
    if held is not None:
        return held
    title = title_of(phrase, country, home)
    if title is not None and head.kind == "office":
        # A title that one state alone has is of that state, whatever the text is about.
        only = title[0].countries[0] if len(title[0].countries) == 1 else ""
        return _official(phrase, *title, country or only or home)
    sector, kind = sector_of(phrase, phrase.first)
    if head.english in _BESIDE and sector == "GOV" and _of_several(phrase, head):
        sector = ""
    if head.kind == "group" and (not sector or (head.sector == "ELI" and not _of_officials(phrase))):
        sector = "CVL"
    if head.kind == "office" and sector in _LEFT_OFFICE and phrase.former(phrase.after):
        sector = "ELI"
    if country in _ABOVE_STATES and sector in ("GOV", "SOC", "PTY") and not (head.kind == "office" and head.number == "p" and sector == "GOV"):
        sector = ""
    place = country or home
    if head.english in _THE_STATE and not _of_several(phrase, head) and phrase.after == len(phrase.words) and place in phrase.actors.entities:
        return phrase.actors.entities[place]
    return _organ(phrase, head, place, sector) or _local(phrase, kind or head.kind, place, sector)


def _of_officials(phrase: Phrase) -> bool:
    """Whether somebody is of the family of one who holds or held an office."""
    if any(match.start >= phrase.after and phrase.choose(match).sector in _HIGH for match in phrase.names):
        return True
    heads = (phrase.head_at(index) for index in range(phrase.after, len(phrase.words)))
    return any(found is not None and found[0].kind == "office" and found[0].sector in _HIGH for found in heads)


def _of_several(phrase: Phrase, head: Head) -> bool:
    """Whether a head is nothing that the home country has of its own: «the two countries», «his country», a summit."""
    if head.kind == "thing" or head.english in _MEETINGS:
        return True
    return head.english in _PARTNERS and (head.number != "s" or phrase.first > 0 or phrase.words[phrase.first].owned)


def country_of(phrase: Phrase, start: int) -> str:
    """The country that a phrase itself names: of an organisation, an adjective, a state, a town."""
    starts = {match.start: match for match in phrase.names}
    slot = ""
    for index in range(start, len(phrase.words)):
        match = starts.get(index)
        if match is not None:
            entity = phrase.choose(match)
            if entity.country and counts(phrase, match, entity):
                return entity.country
        nation = phrase.nation(index)
        if nation:
            return nation
        slot = slot or phrase.value(index, "slot")
        word = phrase.words[index]
        if index > start and word.text in phrase.actors.places and word.stem not in phrase.actors.heads:
            return phrase.actors.places[word.text]
    return slot if slot in ("UNO", "EUR") or _international(phrase) else ""


def _international(phrase: Phrase) -> bool:
    """Whether «international», «Arab» make a head one of several states: a body, a force, ministers, not a person or crowd."""
    head = phrase.head
    return head is None or head.kind in ("organisation", "military", "police") or (head.kind == "office" and head.number != "s")


def sector_of(phrase: Phrase, start: int) -> tuple[str, str]:
    """The sector and kind of the head at `start`, or of the body that it belongs to (قائد الشرطة، عناصر طالبان)."""
    found = phrase.head_at(start)
    if found is None:
        return "", ""
    head, position = found
    if not _open(head):
        return head.sector, head.kind
    starts = {match.start: match for match in phrase.names}
    while position < len(phrase.words):
        sector, kind, position = _said_at(phrase, position, starts, head)
        sector = _allowed(head, sector)
        if head.kind == "organisation" and sector in _OF_NOBODY:
            return head.sector or "SOC", head.kind
        if sector:
            return sector, head.kind if head.kind in ("office", "military") or not kind or kind == "office" else kind
    return head.sector, head.kind


def _open(head: Head) -> bool:
    """Whether what follows a head may give it its sector."""
    if head.kind == "military" or (head.kind == "party" and "class" in head.use) or "part" in head.use or ("relation" in head.use and head.kind == "office"):
        return True
    return head.sector in _OPEN and head.kind in ("organisation", "group") and head.english not in _CLOSED_HEADS


def _allowed(head: Head, sector: str) -> str:
    if head.kind == "military":
        return _OF_FORCES.get(sector, "")
    if head.kind == "party" and "class" in head.use:
        return sector if sector in _OF_PARTIES else ""
    if head.kind == "armed group":
        return sector if sector in _OF_GUNMEN else ""
    if head.kind == "organisation" and head.sector == "GOV" and "part" not in head.use:
        return sector if sector in _OF_ORGANS else ""
    return sector


def _said_at(phrase: Phrase, position: int, starts: dict[int, Match], head: Head) -> tuple[str, str, int]:
    """The sector that a name, noun or adjective at a position gives to the head, its kind, and where to go on."""
    match = starts.get(position)
    if match is not None:
        entity = phrase.choose(match)
        if counts(phrase, match, entity) and entity.kind not in ("person", "place"):
            return entity.sector, entity.kind, match.end
    inner = phrase.head_at(position)
    word = phrase.words[position]
    if inner is not None and (inner[0].english == "other" or phrase.text_at(inner[1]) == "عن"):
        return "", "", inner[1]  # «other officers» are officers; «defence of» rights is no ministry's.
    value = phrase.value(position, "sector")
    if value and (inner is None or inner[1] == position + 1):
        return "" if word.prefix.endswith("ل") else value, "", position + 1
    adjective = inner is not None and inner[1] == position + 1 and word.stem.endswith(("ي", "يه")) and not inner[0].english.endswith("ministry")
    if inner is None or word.stem in phrase.actors.nationalities or adjective:
        return "", "", position + 1
    if inner[0].kind in _NOBODY or (inner[0].kind == "office" and "title" in head.use and head.kind == "office"):
        return "", "", inner[1]
    sector, kind = sector_of(phrase, position)
    return sector, kind, inner[1]


def _official(phrase: Phrase, title: Title, end: int, place: str) -> Entity:
    """The holder of an office, where the base knows who it was; else the office as such."""
    if title.body:
        place = phrase.actors.entities[title.body].country
    if phrase.former(end):
        return _local(phrase, "office", place, "ELI")
    rest_is_plain = all(phrase.ordinary(index) for index in range(end, len(phrase.words)))
    sector, role = title.sector, title.english
    if phrase.head is not None and phrase.after > end:
        sector, role = phrase.head.sector, ""
    elif end - phrase.first == 1 and phrase.head is not None and "part" in phrase.head.use:
        inner = sector_of(phrase, phrase.first)[0]
        if inner != phrase.head.sector:
            sector, role = inner, ""
    if title.office == "group_leader":
        sector = sector_of(phrase, phrase.first)[0]
    if title.office and role and rest_is_plain:
        person = holder(phrase, title, end, place)
        if person is not None:
            return in_office(phrase, person, title, place, sector)
    many = phrase.head is not None and phrase.head.number == "p"
    if place in _ABOVE_STATES and sector in ("GOV", "SOC", "PTY") and not (many and sector == "GOV"):
        sector = ""
    return _local(phrase, "office", place, sector, role or None)


def _organ(phrase: Phrase, head: Head, place: str, sector: str) -> Entity | None:
    """An organ of a state that is nothing but its head noun and the country: الجيش الليبي، الخارجية الروسية."""
    state = phrase.actors.entities.get(place)
    if state is None or head.kind not in _ORGANS or head.number != "s" or "class" not in head.use or phrase.first > 0:
        return None
    named = {i for m in phrase.names if phrase.actors.entities[m.ids[0]].kind == "country" for i in range(m.start, m.end)}
    if any(phrase.words[i].stem not in phrase.actors.nationalities and i not in named for i in range(phrase.after, len(phrase.words))):
        return None
    name = f"{head.english[0].upper()}{head.english[1:]} ({state.name_en})"
    return Entity(f"{place}:{head.english.replace(' ', '-')}", head.kind, phrase.text, name, place, sector)


def _headless(phrase: Phrase) -> Entity:
    first = phrase.first
    word = phrase.words[first]
    nation = phrase.nation(first)
    if nation:
        return _national(phrase, nation)
    if phrase.quantity(first):
        return _local(phrase, "group", country_of(phrase, 0) or phrase.home, "CVL")
    if first + 1 == len(phrase.words) and word.text in phrase.actors.places:
        return _local(phrase, "place", phrase.actors.places[word.text], "CVL")
    country = country_of(phrase, first)
    # «فلان المتحدث باسم الجيش»: the title stands behind an unknown name.
    for index in range(first + 2, len(phrase.words)):
        found = phrase.head_at(index)
        if found is not None and found[0].kind in ("office", "media", "group", "party"):
            sector = sector_of(phrase, index)[0]
            return _local(phrase, "person", country or phrase.home, "ELI" if phrase.former(index) else sector)
    if phrase.first and any(_peoples(phrase, index) for index in range(first, len(phrase.words))):
        return _local(phrase, "group", country or phrase.home, "CVL")
    if _personal_name(phrase):
        return _local(phrase, "person", country or phrase.home, "")
    return _local(phrase, "unknown", country or phrase.home, "")


def _personal_name(phrase: Phrase) -> bool:
    """Whether a phrase is a given name and more words that no noun of the base explains."""
    words = phrase.words[phrase.first :]
    if not 2 <= len(words) <= 5 or phrase.words[phrase.first].prefix:
        return False
    known = words[0].text in phrase.actors.given or (words[0].text in phrase.actors.spellings and words[1].text in phrase.actors.spellings)
    return known and not any(word.stem in phrase.actors.heads for word in words[1:])


def _national(phrase: Phrase, nation: str) -> Entity:
    """An adjective of nationality: people in the plural, else the state."""
    state = phrase.actors.entities.get(nation)
    if _peoples(phrase, phrase.first) or state is None or phrase.first > 0:
        return _local(phrase, "group", nation, "CVL")
    return state if all(phrase.nation(index) for index in range(len(phrase.words))) else _local(phrase, "unknown", nation, "")


def _peoples(phrase: Phrase, index: int) -> bool:
    """Whether an adjective of nationality stands for people: in the plural."""
    stem = phrase.words[index].stem
    return bool(phrase.nation(index)) and (stem.endswith(("ين", "ون", "ات", "يا")) or not stem.endswith(("ي", "ه")))


def _local(phrase: Phrase, kind: str, country: str, sector: str, role: str | None = None) -> Entity:
    name = _unknown_name(phrase) if kind in _NAMED else ""
    if name:
        # The same name in the same state is the same person, with a title and without, in every article.
        return Entity(f"local:{country or '---'}:{name}", "person", phrase.text, _english(phrase, role or ""), country, sector, role)
    return Entity("local:" + phrase.stems, kind, phrase.text, _english(phrase, role or ""), country, sector, role)  # type: ignore[arg-type]


def _unknown_name(phrase: Phrase) -> str:
    """The full name of somebody whom the base does not know, alone or behind a title; "" for none."""
    head = phrase.head
    if len(phrase.words) - phrase.after < _LENGTHS_OF_NAMES.start:
        return ""
    if head is not None and ("title" not in head.use or head.number != "s" or phrase.first > 0):
        return ""
    start = len(phrase.words)
    while start > phrase.after and not phrase.ordinary(start - 1):
        start -= 1
    words = [word.text for word in phrase.words[start:]]
    actors = phrase.actors
    given = len(words) in _LENGTHS_OF_NAMES and (words[0] in actors.given or all(word in actors.spellings for word in words[:2]))
    return " ".join(words) if given and not phrase.words[start].prefix else ""


def _english(phrase: Phrase, role: str) -> str:
    """A phrase for readers of English: glosses of its nouns, names as they are known, the rest in Latin letters."""
    actors = phrase.actors
    starts = {match.start: match for match in phrase.names}
    parts: list[str] = []
    states: dict[str, None] = {}
    position = 0
    if role and phrase.head is not None:
        title = title_of(phrase, country_of(phrase, phrase.first), phrase.home)
        parts, position = [role], title[1] if title is not None else phrase.after
    while position < len(phrase.words):
        match, head = starts.get(position), phrase.head_at(position)
        nation = phrase.nation(position)
        if nation or (match is not None and actors.entities[match.ids[0]].kind == "country"):
            state = actors.entities.get(nation or (actors.entities[match.ids[0]].id if match is not None else ""))
            states.update({state.name_en: None} if state is not None else {})
            position = position + 1 if nation or match is None else match.end
        elif match is not None and (head is None or match.end > head[1]):
            parts.append(phrase.choose(match).name_en)
            position = match.end
        elif head is not None:
            many = head[0].number == "p" or phrase.first > 0
            if parts and head[0].english.endswith(parts[-1]):
                parts.pop()  # وزارة الخارجية: the second noun already says ministry.
            parts.append(_plural(head[0].english) if many and position == phrase.first else head[0].english)
            position = head[1]
        else:
            parts.append(_figure(phrase, position) if phrase.quantity(position) else "" if _binds(phrase, position) else _romanised(phrase, position))
            position += 1
    english = " ".join(filter(None, parts))
    if english.isdigit():
        english += " people"
    return f"{english} ({', '.join(states)})" if states and english else english or ", ".join(states)


def _figure(phrase: Phrase, position: int) -> str:
    """A number of one word in digits; "" for other words of quantity, and where the number goes on."""
    if any(phrase.quantity(beside) for beside in (position - 1, position + 1) if 0 <= beside < len(phrase.words)):
        return ""
    word = phrase.words[position]
    return word.text if word.text.isdigit() else phrase.actors.numbers.get(word.text, "")


def _binds(phrase: Phrase, position: int) -> bool:
    """Whether a word only joins others: a preposition inside the phrase, «in the name of» behind a noun."""
    return position > phrase.first and phrase.words[position].text in _BINDING


def _romanised(phrase: Phrase, position: int) -> str:
    return "" if phrase.use(position) in ("sector", "slot") else phrase.reader.latin(phrase.words[position].text)


def _plural(noun: str) -> str:
    """An English noun in the plural: of «member of parliament» the first word."""
    first, of, rest = noun.partition(" of ")
    if first.endswith(("s", "people", "men")):
        return noun
    for singular, plural in (("man", "men"), ("person", "people"), ("child", "children"), ("wife", "wives"), ("y", "ies"), ("ch", "ches")):
        if first.endswith(singular) and not first.endswith("ey"):
            return first[: -len(singular)] + plural + of + rest
    return first + "s" + of + rest
