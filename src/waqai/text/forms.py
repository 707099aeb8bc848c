"""All the ways in which a text may write a word that somebody looks for: with clitics, in other numbers, as other forms of a verb.

This is the analysis of `words` turned round. Forms that no text has cost nothing, as a search looks them up in the list of words that
its texts have; so this makes too many rather than too few, and knows nothing of what it is searched in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache

from waqai.knowledge.actors import ActorBase
from waqai.knowledge.lexicon import Lexicon, VerbStem
from waqai.knowledge.loader import Resources
from waqai.knowledge.plurals import Families, load_families
from waqai.knowledge.syntax import load_syntax
from waqai.text.folding import fold_word
from waqai.text.words import WordAnalyzer

_CONJUNCTIONS = ("", "و", "ف")
_BARE = tuple(c + p for c in _CONJUNCTIONS for p in ("", "ب", "ل", "ك"))
_WITH_ARTICLE = tuple(c + p for c in _CONJUNCTIONS for p in ("ال", "بال", "كال", "لل"))
_OF_IMPERFECT = tuple(c + p for c in _CONJUNCTIONS for p in ("", "س", "ل"))
_POSSESSIVE = ("ه", "ها", "هم", "هما", "هن", "نا", "ي", "ك", "كم")
_OBJECT = ("", "ه", "ها", "هم", "هما", "هن", "نا", "ني", "ك", "كم")
_ENDINGS = ("", "ه", "ات", "ون", "ين", "ان", "ا", "و", "ي", "تان", "تين", "تا", "تي", "يا")
_OWNED_ENDINGS = ("", "ت", "ات", "و", "ي", "ا", "تا", "تي")
_FEMININE, _FEMININE_OWNED = ("ه", "ات", "تان", "تين", "تا", "تي"), ("ه", "ت", "ات", "تا", "تي")
_NUMBERS = (("تين", "ه"), ("تان", "ه"), ("ات", "ه"), ("ات", ""), ("ون", ""), ("ين", ""), ("ان", ""))
_PERFECT: Mapping[str, tuple[str, ...]] = {
    "a": ("",), "b": ("ت",), "c": ("ا",), "d": ("تا",), "e": ("وا", "و"), "f": ("ن",), "g": ("ت",), "h": ("نا",),
}
_IMPERFECT: Mapping[str, tuple[str, str]] = {
    "a": ("ي", ""), "b": ("ت", ""), "c": ("ي", "ان"), "d": ("ت", "ان"), "e": ("ي", "ون"), "f": ("ي", "ن"), "g": ("ا", ""), "h": ("ن", ""),
    "A": ("ي", ""), "B": ("ت", ""), "C": ("ي", "ا"), "D": ("ت", "ا"), "E": ("ي", "وا"), "F": ("ي", "ن"), "G": ("ا", ""), "H": ("ن", ""),
}
_CLOSED = frozenset({"preposition", "particle", "pronoun"})
_SHORTEST_BASE, _SHORTEST_NAME = 3, 4
_ARABIC = frozenset(chr(code) for code in range(0x0621, 0x064B))
# Letters by which the press writes one foreign sound, and letters that it writes or leaves out.
_SOUNDS = str.maketrans({**dict.fromkeys("غجق", "ك"), **dict.fromkeys("شثص", "س"), **dict.fromkeys("ذظض", "ز"), "ط": "ت", **dict.fromkeys("اويهءؤئ", "")})


class WordForms:
    """Called with a word in any spelling, gives its folded forms. `words` reads what is asked; the other tables lead from there."""

    def __init__(self, words: WordAnalyzer, lexicon: Lexicon, families: Families, names: Mapping[str, tuple[str, ...]]) -> None:
        self._words, self._lexicon, self._families, self._names = words, lexicon, families, names

    @classmethod
    def load(cls, resources: Resources) -> WordForms:
        """From the lexicon and the names of the actor base; takes about a second when the compiled forms are there."""
        lexicon, actors = Lexicon.load(resources), ActorBase.load(resources)
        words = WordAnalyzer(lexicon, load_syntax(resources), actors.name_words, actors.whole_names)
        return cls(words, lexicon, load_families(resources), actors.names)

    def __call__(self, word: str) -> frozenset[str]:
        """The folded forms of a word, itself among them; a word of other letters has no other form."""
        folded, found = fold_word(word).lower(), set[str]()
        if not folded or not _ARABIC.issuperset(folded):
            return frozenset((folded,))
        _, readings = self._words.analyze(word)
        for reading in readings:
            if reading.pos == "verb":
                found.update(self._verb(reading.lemma))
                found.update(form for base in self._families.get(folded, ()) for form in _nominal(base))
            elif reading.pos in _CLOSED:
                found.update(_closed(reading.stem))
            elif reading.pos == "name":
                found.update(form for name in self._spellings(reading.stem) for form in _with_clitics(name))
            else:
                found.update(form for base in self._bases(reading.lemma, reading.stem) for form in _nominal(base))
        if not any(reading.pos in _CLOSED or not (reading.proclitics or reading.enclitic) for reading in readings):
            # What looks like a clitic may be a letter of the word: فيضان, مشتبه.
            found.update(_nominal(folded))
        return frozenset(_hamzas({folded, *found}))

    def _bases(self, *words: str) -> set[str]:
        """The words from which inflection begins: lemma and stem, without endings of number where that is a word, and plurals."""
        found = {fold_word(word) for word in words}
        known = self._lexicon.nouns
        for word in list(found):
            for ending, rest in _NUMBERS:
                base = word.removesuffix(ending) + rest
                if word.endswith(ending) and len(base) >= _SHORTEST_BASE and base in known and known[base].number != "p":
                    found.add(base)
            # The feminine of an adjective is the same word; that of a noun may be another (سيار، سيارة), and السعودية is a country.
            masculine = known.get(word.removesuffix("ه"))
            if word.endswith("ه") and masculine is not None and masculine.pos == "adjective" and f"ال{word}" not in self._names:
                found.add(word.removesuffix("ه"))
        # قاض and القاضي are one word.
        found |= {word[:-1] for word in found if word.endswith("ي") and word[:-1] in self._families}
        return found.union(*(self._families.get(word, frozenset()) for word in found))

    def _spellings(self, name: str) -> set[str]:
        """A word of a name as the names of the same persons write it: ترامب، ترمب."""
        found = {name}
        if len(name) >= _SHORTEST_NAME:
            sound = _sound(name)
            for bearer in self._bearers.get(name, ()):
                found.update(word for word in self._words_of_bearers[bearer] if _sound(word) == sound)
        return found

    @cached_property
    def _bearers(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for name, bearers in self._names.items():
            for word in name.split(" "):
                found[word].update(bearers)
        return found

    @cached_property
    def _words_of_bearers(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for word, bearers in self._bearers.items():
            for bearer in bearers:
                found[bearer].add(word)
        return found

    @cached_property
    def _stems(self) -> dict[str, list[tuple[str, VerbStem]]]:
        """Verb lemmas to their stems: p for perfect, i for imperfect, before the stem."""
        found: dict[str, list[tuple[str, VerbStem]]] = defaultdict(list)
        for aspect, stems in (("p", self._lexicon.perfect), ("i", self._lexicon.imperfect)):
            for stem, entries in stems.items():
                for entry in entries:
                    found[entry.lemma].append((aspect + stem, entry))
        return found

    def _verb(self, lemma: str) -> Iterator[str]:
        for stem, entry in self._stems.get(lemma, ()):
            bare, objects = stem[1:], _OBJECT
            for slot in entry.slots:
                if stem[0] == "p":
                    yield from (c + form + o for form in _perfects(bare, slot) for c in _CONJUNCTIONS for o in objects)
                else:
                    prefix, suffix = _IMPERFECT[slot]
                    form = prefix + bare + suffix
                    # A final ى before a pronoun is ا, and a final ون loses the ن when the mood does.
                    forms = (form, form[:-1] + "ا") if form.endswith("ي") else (form,)
                    yield from (c + each + o for each in forms for c in _OF_IMPERFECT for o in objects)


def _perfects(stem: str, slot: str) -> Iterator[str]:
    for suffix in _PERFECT[slot]:
        yield stem + suffix
    if slot == "a" and stem.endswith("ي"):
        yield stem[:-1] + "ا"


def _closed(stem: str) -> Iterator[str]:
    for conjunction in _CONJUNCTIONS:
        yield conjunction + stem
        yield from (conjunction + stem + pronoun for pronoun in _POSSESSIVE)


def _with_clitics(word: str) -> Iterator[str]:
    yield from (prefix + word for prefix in _BARE)
    yield from (prefix + word.removeprefix("ال") for prefix in _WITH_ARTICLE)


@lru_cache(maxsize=512)
def _nominal(base: str) -> frozenset[str]:
    """The forms of a noun or adjective, both genders and all regular numbers; `base` is folded."""
    if base.endswith("ه"):
        stem = base[:-1]
        # Folded, the feminine ending looks like a last letter ه: مشتبها.
        bare = {stem + ending for ending in _FEMININE} | {base + ending for ending in ("ا", "ون", "ين")}
        owned = {stem + ending for ending in _FEMININE_OWNED}
    else:
        bare = {base + ending for ending in _ENDINGS}
        owned = {base + ending for ending in _OWNED_ENDINGS}
    if base.endswith("ي"):
        bare |= {base[:-1] + ending for ending in ("", "ون", "ين")}
        owned.add(base[:-1] + "ا")
    elif base.endswith("اء"):
        owned |= {base[:-1] + "ئ", base[:-1] + "ؤ"}
    forms = {form for word in bare for form in _with_clitics(word)}
    forms.update(prefix + word + pronoun for word in owned for prefix in _BARE for pronoun in _POSSESSIVE)
    return frozenset(forms)


def _hamzas(forms: Iterable[str]) -> Iterator[str]:
    """The forms, and those with the other seat of a hamza beside و: مسؤول، مسئول."""
    for form in forms:
        yield form
        if "ؤو" in form:
            yield form.replace("ؤو", "ئو")
        elif "ئو" in form:
            yield form.replace("ئو", "ؤو")


@lru_cache(maxsize=4096)
def _sound(name: str) -> str:
    return name[:1].translate(_SOUNDS) + name[1:].translate(_SOUNDS)
