"""The stage that finds places and resolves them with what the document says about countries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from waqai.analysis.place_phrases import FoundName, PlacePhrase, PlaceScanner
from waqai.analysis.stage import Stage
from waqai.document import Document, Place, PlaceReference, Sentence, Span
from waqai.knowledge.gazetteer import Gazetteer
from waqai.text.folding import fold

_NATIONALITY, _COUNTRY, _PLACE, _DATELINE = 1.0, 2.0, 1.0, 2.0
_SHARE, _LEAD = 0.3, 1.15
_FINENESS = {"site": 0, "city": 1, "province": 2, "region": 3, "country": 4}
_CAPITAL = "العاصمه"
_WHOLE_COUNTRY = frozenset(("البلاد", "المملكه", "السلطنه", "الجمهوريه"))

_Evidence = dict[str, float]


def places_stage(gazetteer: Gazetteer) -> Stage:
    """A stage that adds the layer `places`: every place phrase with the entry it means, None where none fits
    well enough."""
    finder = PlaceFinder(gazetteer)
    return Stage("places", ("sentences",), ("places",), finder.run)


def document_country(document: Document) -> str:
    """The ISO 3166-1 alpha-3 code of the country that the places of a document are mostly in, "" when none leads
    clearly."""
    weights: _Evidence = defaultdict(float)
    for reference in document.places or ():
        if reference.place is not None and reference.place.country:
            early = 1.5 if reference.sentence < 3 else 1.0
            weights[reference.place.country] += early * (_COUNTRY if reference.place.level == "country" else _PLACE)
    return _leader(weights)


def _leader(weights: _Evidence) -> str:
    ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:2]
    if not ranked or ranked[0][1] < _SHARE * sum(weights.values()):
        return ""
    return ranked[0][0] if len(ranked) == 1 or ranked[0][1] >= _LEAD * ranked[1][1] else ""


class PlaceFinder:
    """Finds and resolves the places of documents."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer, self._scanner = gazetteer, PlaceScanner(gazetteer)

    def run(self, document: Document) -> Document:
        """The document with its places."""
        sentences = document.sentences or ()
        scanned = [(sentence, self._scanner.scan(sentence.tokens)) for sentence in sentences]
        evidence = self._evidence(scanned)
        home = _leader(evidence)
        found: list[PlaceReference] = []
        for sentence, phrases in scanned:
            for phrase in phrases:
                fits, place = self._resolve(phrase, evidence, home)
                if fits:
                    found.append(PlaceReference(_span(document.text, sentence, phrase), place, sentence.index))
        return msgspec.structs.replace(document, places=tuple(found))

    def _evidence(self, scanned: Iterable[tuple[Sentence, Sequence[PlacePhrase]]]) -> _Evidence:
        """How much the document speaks of each country: names of countries, adjectives, places that lie in one
        country only."""
        weights: _Evidence = defaultdict(float)
        gazetteer = self._gazetteer
        for sentence, phrases in scanned:
            factor = _DATELINE if sentence.role in ("dateline", "headline") else 1.5 if sentence.index == 0 else 1.0
            for token in sentence.tokens:
                country = self._scanner.nationality(token.folded)
                if country:
                    weights[country] += factor * _NATIONALITY
            for phrase in phrases:
                for name in phrase.names:
                    if name.name in gazetteer.needs and not name.cued:
                        continue
                    indices = gazetteer.names[name.name]
                    first = gazetteer.places[indices[0]]
                    if first.level == "country":
                        weights[first.country] += factor * _COUNTRY
                    elif indices[0] not in gazetteer.small and len({gazetteer.places[i].country for i in indices}) == 1:
                        weights[first.country] += factor * _PLACE
        return weights

    def _resolve(self, phrase: PlacePhrase, evidence: _Evidence, home: str) -> tuple[bool, Place | None]:
        """Whether the phrase is one at all, and the finest place that it names."""
        local = Counter(phrase.countries)
        for name in phrase.names:
            first = self._gazetteer.places[self._gazetteer.names[name.name][0]]
            if first.level == "country" or len(phrase.names) > 1:
                local[first.country] += 1
        resolved = [
            place for name in phrase.names if (place := self._place(name, evidence, local, phrase.located)) is not None
        ]
        if resolved:
            return True, min(resolved, key=lambda place: _FINENESS[place.level])
        if not phrase.general or (phrase.names and not phrase.located):
            return False, None
        return True, self._general(phrase, home)

    def _place(self, name: FoundName, evidence: _Evidence, local: Counter[str], located: bool) -> Place | None:
        """The likeliest place of a name.

        A square or street says little: a name after it needs the support of a bare one.
        """
        gazetteer, total = self._gazetteer, max(sum(evidence.values()), 4.0)
        cued = name.cued and name.level != "site"
        need = "" if cued else gazetteer.needs.get(name.name, "")
        if need == "place_word" or (need and name.first == name.last and not (located or local)):
            return None
        best, best_score = None, 0.0
        for index in gazetteer.names[name.name]:
            place = gazetteer.places[index]
            spoken_of = evidence.get(place.country, 0.0) / total if place.country else 0.0
            supported = spoken_of > 0.1 or local[place.country] > 0
            if (need or index in gazetteer.small) and not (cued or supported):
                continue
            score = gazetteer.priors[index] + 4.0 * spoken_of + 3.0 * (local[place.country] > 0 and bool(place.country))
            score += 3.0 * (name.level == place.level) if name.level else 0.0
            if score > best_score:
                best, best_score = place, score
        return best

    def _general(self, phrase: PlacePhrase, home: str) -> Place | None:
        """What «the capital», «the French capital», «the country» mean; None for other generic nouns."""
        country = next(iter(phrase.countries), home)
        if _CAPITAL in phrase.general:
            return self._gazetteer.capital(country)
        if _WHOLE_COUNTRY.intersection(phrase.general):
            return self._gazetteer.country(country)
        return None


def _span(text: str, sentence: Sentence, phrase: PlacePhrase) -> Span:
    """The characters of a phrase, without the proclitics of its first word."""
    first, last = sentence.tokens[phrase.first], sentence.tokens[phrase.last]
    start = first.span.start
    if phrase.stripped:
        folded = fold(text[first.span.start : first.span.end])
        start += folded.to_original(phrase.stripped, len(folded.text)).start
    return Span(start, last.span.end)
