"""Phrases that name a place: which words they take in, and which gazetteer names stand in them.

A phrase is made of words of position (أمام, شمال), a generic noun (مدينة, مقر), a name, an adjective, and a
further phrase
hung on by في or ب (بلدة X في محافظة Y). Each word form is looked up once and remembered, so that a text costs one
dictionary access a word and more work only where a place may begin.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from waqai.document import Token
from waqai.knowledge.gazetteer import Gazetteer, PlaceHead

_MEMORY = 200_000
_COMPLEMENT = 4
_OPENING, _CLOSING = frozenset('"('), frozenset('")')
_STOPS = frozenset({"verb", "preposition", "particle", "pronoun", "adverb"})


class FoundName(msgspec.Struct, frozen=True, gc=False):
    """A gazetteer name in a text: folded `name`, first and last token, `cued` by a word of place, `level` that
    it says."""

    name: str
    first: int
    last: int
    cued: bool = False
    level: str = ""
    stripped: int = 0


class PlacePhrase(msgspec.Struct, frozen=True, gc=False):
    """Tokens `first` to `last` that name a place; `stripped` letters of the first are proclitics.

    `names` are the gazetteer names inside, `countries` those that adjectives in it name, `general` the folded generic
    nouns (العاصمة), `located` says that a preposition of place governs it.
    """

    first: int
    last: int
    stripped: int = 0
    names: tuple[FoundName, ...] = ()
    countries: tuple[str, ...] = ()
    general: tuple[str, ...] = ()
    located: bool = False


class _Form(msgspec.Struct, frozen=True, gc=False):
    """What a word form may be: heads and starts of names, each with the number of proclitic letters and whether
    ب is one."""

    heads: tuple[tuple[PlaceHead, int, bool, str], ...] = ()
    names: tuple[tuple[str, int, bool], ...] = ()
    country: str = ""


_NOTHING = _Form()


class PlaceScanner:
    """Finds place phrases in sentences. Not for use by several threads at once: it remembers word forms."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._forms: dict[str, _Form | None] = {}

    def scan(self, tokens: Sequence[Token]) -> list[PlacePhrase]:
        """The place phrases of a sentence, in order and without overlap. Takes time linear in its length."""
        known, found = self._forms, list[PlacePhrase]()
        folded = [token.folded for token in tokens]
        for word in folded:
            if word not in known:
                if len(known) > _MEMORY:
                    known.clear()
                known[word] = self._look_up(word)
        forms = [known[word] if word in known else self._look_up(word) for word in folded]
        reader, index = _Reader(self._gazetteer, tokens, folded, forms), 0
        while index < len(forms):
            form = forms[index]
            phrase = reader.phrase(index) if form is not None and (form.heads or form.names) else None
            if phrase is not None:
                found.append(phrase)
                index = phrase.last
            index += 1
        return found

    def nationality(self, word: str) -> str:
        """The country whose adjective or people a folded word is, or ""."""
        form = self._forms[word] if word in self._forms else self._look_up(word)
        return form.country if form is not None else ""

    def _look_up(self, word: str) -> _Form | None:
        gazetteer, heads, names, country = self._gazetteer, [], [], ""
        for stripped, stem, joined in _splits(word):
            head = gazetteer.heads.get(stem)
            definite = "ال" if stem.startswith("ال") else ""
            if (
                head is None
                and definite
                and (base := gazetteer.heads.get(stem[2:])) is not None
                and base.kind in ("spot", "name")
            ):
                head = msgspec.structs.replace(base, kind="spot")
            if head is not None:
                heads.append((head, stripped, joined, stem))
            if stem in gazetteer.longest and (not stripped or len(stem) > 2):
                names.append((stem, stripped, joined))
            country = country or gazetteer.people.get(stem, "")
            if not stripped and (head is not None or stem in gazetteer.names):
                break
        return _Form(tuple(heads), tuple(names), country) if heads or names or country else None


def _splits(word: str) -> list[tuple[int, str, bool]]:
    """Ways to cut proclitics off: how many letters, what is left, whether the preposition of place ب is among them."""
    found = [(0, word, False)]
    rest, cut = word, 0
    if len(word) > 3 and word[0] in "وف":
        rest, cut = word[1:], 1
        found.append((1, rest, False))
    for start, body in ((0, word), (cut, rest)) if cut else ((0, word),):
        if len(body) > 3 and body[0] in "بلك":
            if body.startswith("لل"):
                found.append((start, "ال" + body[2:], False))
            else:
                found.append((start + 1, body[1:], body[0] == "ب"))
    return found


class _Core(msgspec.Struct, frozen=True, gc=False):
    last: int
    names: tuple[FoundName, ...] = ()
    countries: tuple[str, ...] = ()
    general: str = ""
    bare: bool = False
    stripped: int = 0


class _Reader:
    """Reads the phrases of one sentence."""

    def __init__(
        self, gazetteer: Gazetteer, tokens: Sequence[Token], folded: list[str], forms: list[_Form | None]
    ) -> None:
        self.gazetteer, self.tokens, self.folded, self.forms = gazetteer, tokens, folded, forms

    def phrase(self, first: int) -> PlacePhrase | None:
        """The phrase that begins at a token, or None."""
        start, stripped, located = self._position(first)
        located = located or self._after_preposition(first)
        core = self._core(start, located, cued=start > first and self._head(start - 1, ("side",)) is not None)
        if core is None or (start > first and core.stripped):
            return None
        if start == first:
            stripped = core.stripped
        last, names, countries = core.last, list(core.names), list(core.countries)
        general = [core.general]
        for _ in range(3):
            more = self._continuation(last + 1)
            if more is None:
                break
            last = more.last
            names += more.names
            countries += more.countries
            general.append(more.general)
        nouns = tuple(filter(None, general))
        return PlacePhrase(first, last, stripped, tuple(names), tuple(countries), nouns, located)

    def _position(self, index: int) -> tuple[int, int, bool]:
        """Past words of position (أمام, شمال غرب, بالقرب من): the next token, letters cut off the first, whether
        it locates."""
        start, stripped, located = index, 0, False
        while start < len(self.forms) and start - index < 4:
            head = self._head(start, ("front", "side"))
            if head is None:
                break
            if start == index:
                stripped = head[1]
            elif head[1]:
                break
            located = located or head[0].kind == "front" or head[2]
            start += 1
        if start > index and start < len(self.folded) and self.folded[start] == "من":
            start += 1
            located = True
        return start, stripped, located

    def _head(self, index: int, kinds: tuple[str, ...]) -> tuple[PlaceHead, int, bool, str] | None:
        form = self.forms[index] if index < len(self.forms) else None
        if form is None:
            return None
        return next((head for head in form.heads if head[0].kind in kinds), None)

    def _after_preposition(self, index: int) -> bool:
        return self._joined(index) or (index > 0 and self._head(index - 1, ("in",)) is not None)

    def _joined(self, index: int) -> bool:
        """Whether ب is joined to a word, before a head or a name."""
        form = self.forms[index]
        return form is not None and (any(head[2] for head in form.heads) or any(name[2] for name in form.names))

    def _core(self, index: int, located: bool, *, cued: bool = False, level: str = "", depth: int = 0) -> _Core | None:
        if index >= len(self.forms) or depth > 3:
            return None
        form = self.forms[index]
        if form is None:
            return None
        name = self._name(index, cued, level)
        if name is not None and (name.last > index or not form.heads):
            return self._with_adjectives(_Core(name.last, (name,), stripped=name.stripped))
        head = self._head(index, ("name", "spot", "whole"))
        if head is not None:
            core = self._headed(index, head, located or cued, depth)
            if core is not None:
                return msgspec.structs.replace(core, stripped=head[1])
        return None if name is None else self._with_adjectives(_Core(name.last, (name,), stripped=name.stripped))

    def _headed(self, index: int, head: tuple[PlaceHead, int, bool, str], located: bool, depth: int) -> _Core | None:
        kind, level = head[0].kind, head[0].level
        after = index + 1
        if kind == "name" or (kind == "whole" and level == "city"):
            quoted = after < len(self.folded) and self.folded[after] in _OPENING
            inner = after + quoted
            while kind == "whole" and inner < len(self.forms) and self._country(inner):
                inner += 1
            core = self._core(inner, located, cued=True, level=level, depth=depth + 1)
            if core is not None and not core.stripped:
                countries = tuple(c for i in range(after, inner) if (c := self._country(i)))
                last = core.last + (
                    quoted and core.last + 1 < len(self.folded) and self.folded[core.last + 1] in _CLOSING
                )
                return _Core(last, core.names, (*countries, *core.countries), head[3])
            if kind == "name":
                end = self._unknown(after)
                if end is not None and (located or level in ("city", "province")):
                    return self._with_adjectives(_Core(end, general=head[3]))
        if not located and not (kind == "whole" and level == "city" and self._country(after)):
            return None
        return self._complement(index, head[3], alone=kind == "whole" or head[3].startswith("ال"))

    def _name(self, index: int, cued: bool, level: str) -> FoundName | None:
        """The longest gazetteer name that begins at a token."""
        form = self.forms[index]
        if form is None:
            return None
        for stem, stripped, _joined in form.names:
            longest = min(self.gazetteer.longest[stem], len(self.folded) - index)
            for length in range(longest, 0, -1):
                name = stem if length == 1 else " ".join([stem, *self.folded[index + 1 : index + length]])
                if name in self.gazetteer.names and not (length == 1 and stripped and self._is_word(index, name)):
                    return FoundName(name, index, index + length - 1, cued, level, stripped)
        return None

    def _is_word(self, index: int, name: str) -> bool:
        """Whether a form that a proclitic would have to be cut off from reads better as a word of its own."""
        if self.gazetteer.priors[self.gazetteer.names[name][0]] >= 2.5 and len(name) > 3:
            return False
        readings = self.tokens[index].readings
        return bool(readings) and not readings[0].proclitics and readings[0].pos not in ("name", "unknown")

    def _unknown(self, index: int) -> int | None:
        """The last token of a name that the gazetteer lacks: quoted, or one or two words that can be a name."""
        folded = self.folded
        if index >= len(folded):
            return None
        if folded[index] in _OPENING:
            closing = next((i for i in range(index + 1, min(index + 6, len(folded))) if folded[i] in _CLOSING), None)
            return closing if closing is not None and closing > index + 1 else None
        readings = self.tokens[index].readings
        if (
            not readings
            or self._country(index)
            or readings[0].pos in _STOPS
            or (readings[0].proclitics and readings[0].proclitics != ("ال",))
        ):
            return None
        return index if readings[0].pos in ("name", "unknown") or folded[index].startswith("ال") else None

    def _complement(self, index: int, general: str, *, alone: bool) -> _Core | None:
        """A generic noun with the rest of its construct: مقر البرلمان, السفارة اليونانية, مبنى في وسط X."""
        last, names, countries = index, list[FoundName](), list[str]()
        while last - index < _COMPLEMENT and last + 1 < len(self.forms):
            step = last + 1
            name = self._name(step, True, "")
            if name is not None and not name.stripped and (last == index or not names):
                # «The Ministry of the Interior» is no word of place before Oman's province of that name.
                names.append(msgspec.structs.replace(name, cued=name.name not in self.gazetteer.needs))
                last = name.last
            elif country := self._country(step):
                countries.append(country)
                last = step
            elif not names and self._goes_on(step):
                last = step
            else:
                break
        return _Core(last, tuple(names), tuple(countries), general, bare=last == index and not alone)

    def _goes_on(self, index: int) -> bool:
        token = self.tokens[index]
        if not token.readings or (token.folded[0] in "وف" and "و" in token.readings[0].proclitics):
            return False
        if token.folded.startswith("ال"):
            return token.readings[0].pos not in ("adverb", "pronoun", "particle") and not token.folded.startswith(
                ("الذي", "التي", "اللذ", "اللت")
            )
        form = self.forms[index]
        return token.readings[0].pos == "name" or (
            form is not None and any(h[0].kind in ("name", "spot") and not h[1] for h in form.heads)
        )

    def _country(self, index: int) -> str:
        form = self.forms[index] if index < len(self.forms) else None
        return form.country if form is not None else ""

    def _with_adjectives(self, core: _Core) -> _Core:
        """The core with nationality adjectives after it: مدينة عنتيبي الأوغندية."""
        last, countries = core.last, list(core.countries)
        while (
            last + 1 < len(self.forms)
            and self.folded[last + 1].startswith("ال")
            and (country := self._country(last + 1))
        ):
            countries.append(country)
            last += 1
        return msgspec.structs.replace(core, last=last, countries=tuple(countries))

    def _continuation(self, index: int) -> _Core | None:
        """A further place hung on: في محافظة Y, بشمال X, شرق المدينة, (شمال X)."""
        if index >= len(self.forms):
            return None
        bracket = self.folded[index] in "(," and index + 1 < len(self.forms)
        index += bracket
        start, _, _ = self._position(index)
        moved = start > index
        if not moved and self.folded[index] == "في" and not bracket:
            start, _, _ = self._position(index + 1)
            moved = True
        elif not moved:
            if not self._joined(index) or self.folded[index][0] != "ب":
                return None
        elif (position := self._head(index, ("front", "side"))) is not None and position[1] and not position[2]:
            return None
        core = self._core(start, True, cued=moved and self.folded[start - 1] not in ("في", "من"))
        if core is None or core.bare:
            return None
        closing = (
            bracket
            and self.folded[index - 1] == "("
            and core.last + 1 < len(self.folded)
            and self.folded[core.last + 1] == ")"
        )
        return msgspec.structs.replace(core, last=core.last + closing)
