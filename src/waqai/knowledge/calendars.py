"""Calendars: the words of dates by class, the grammar over the classes, and the cues of tense.

Read from resources/calendars/; how the grammar is compiled is in date_grammar.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

import msgspec

from waqai.errors import ResourceError
from waqai.knowledge.date_grammar import Rule, compile_grammar
from waqai.knowledge.loader import Resources, Row
from waqai.text.folding import fold_word

Tense = Literal["past", "future", ""]

_TABLES = ("weekdays", "relative", "parts", "units", "numbers", "particles")
_MADE_BY_SCANNER = ("number", "year4", "figure", "numeric", "open", "close", "slash", "dash", "comma", "equal", "clitic", "other")
_MONTHS = {("gregorian", "strong"): "month", ("gregorian", "weak"): "month_weak", ("hijri", "strong"): "hijri", ("hijri", "weak"): "hijri_weak"}
_PREFIXES = ("و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل")
_NO_PREFIX = frozenset({"hijri_mark", "gregorian_mark", "article", "and", "cardinal", "part_adverb", "same_before", "several"})
_TOKEN = re.compile(r"[^\W\d_]+|\d+")


class Word(msgspec.Struct, frozen=True, gc=False):
    """An entry: the class of a word, its value, and how it is found.

    `rest` are the folded words that must follow the first one, `stripped` how many letters of the first are proclitics that do
    not belong to the date, `joined` whether one of them is و, `clitic` whether one is a preposition.
    """

    kind: str
    value: int
    unit: str
    rest: tuple[str, ...] = ()
    stripped: int = 0
    joined: bool = False
    clitic: bool = False


class TenseCues(msgspec.Struct, frozen=True, gc=False):
    """Folded words that tell past from future, and beginnings and endings with their exceptions.

    `toward` holds verbs of calling and asking, which look ahead when one of `aims` stands between them and the date;
    `appointed` words that make a date before them one to come; `auxiliary` words that put an imperfect after them into the past.
    """

    future: frozenset[str]
    toward: frozenset[str]
    aims: frozenset[str]
    appointed: frozenset[str]
    past: frozenset[str]
    auxiliary: frozenset[str]
    stops: frozenset[str]
    prefix: re.Pattern[str]
    not_prefix: tuple[str, ...]
    not_words: frozenset[str]
    past_ending: re.Pattern[str]
    not_past_ending: frozenset[str]

    def of(self, word: str) -> Literal["past", "future", "toward", "stop", ""]:
        """What a folded word says; a leading و or ف is looked through."""
        for form in (word, word[1:]) if word[0] in "وف" else (word,):
            if form in self.future:
                return "future"
            if form in self.stops:
                return "stop"
            if form in self.toward:
                return "toward"
            if form in self.past:
                return "past"
            if self.prefix.match(form) and form not in self.not_words and not form.startswith(self.not_prefix):
                return "future"
        if self.past_ending.fullmatch(word) and word not in self.not_past_ending:
            return "past"
        return ""


class Calendars(msgspec.Struct, frozen=True):
    """Everything that reading dates needs. `codes` gives the character of a class, `rules` are grouped by first character."""

    words: dict[str, tuple[Word, ...]]
    codes: dict[str, str]
    rules: dict[str, tuple[Rule, ...]]
    tense: TenseCues
    not_before: dict[str, frozenset[str]]
    not_after: dict[str, frozenset[str]]
    famous: dict[tuple[int, int], tuple[tuple[frozenset[str], str], ...]]
    settings: dict[str, int]


def load_calendars(resources: Resources) -> Calendars:
    """Read resources/calendars/. ResourceError where a file breaks the format or the grammar names an unknown class."""
    entries = _entries(resources)
    kinds = sorted({word.kind for group in entries.values() for word in group} | set(_MADE_BY_SCANNER) | set(_MONTHS.values()))
    codes, rules = compile_grammar(kinds, resources.entries("calendars/grammar.toml", "macro"), resources.entries("calendars/grammar.toml", "rule"))
    neighbours = resources.table("calendars/not_dates.tsv")
    settings = {entry["id"]: int(entry["value"]) for entry in resources.entries("calendars/grammar.toml", "setting")}
    return Calendars(
        entries, codes, rules, _tense(resources.table("calendars/tense.tsv")), _neighbours(neighbours, "before"),
        _neighbours(neighbours, "after"), _famous(resources.table("calendars/famous_days.tsv")), settings,
    )


def _entries(resources: Resources) -> dict[str, tuple[Word, ...]]:
    bare: dict[str, list[Word]] = {}
    for row in resources.table("calendars/months.tsv"):
        kind = _MONTHS.get((row["calendar"], row["standing"]))
        if kind is None:
            raise ResourceError("WQ-203", f"month {row['id']!r} has calendar {row['calendar']!r} and standing {row['standing']!r}.")
        _add(bare, row, kind, "")
    for table in _TABLES:
        for row in resources.table(f"calendars/{table}.tsv"):
            _add(bare, row, row["kind"], row["unit"])
    grown = {first: list(words) for first, words in bare.items()}
    for first, words in bare.items():
        for prefix in _PREFIXES:
            form = _attached(prefix, first)
            if form in bare:
                continue
            for word in words:
                if _takes(prefix, word):
                    stripped = 0 if form != prefix + first else len(prefix)
                    grown.setdefault(form, []).append(
                        msgspec.structs.replace(word, stripped=stripped, joined=prefix[0] in "وف", clitic=prefix[-1] in "بلك")
                    )
    return {first: tuple(sorted(words, key=lambda word: -len(word.rest))) for first, words in grown.items()}


def _add(into: dict[str, list[Word]], row: Row, kind: str, unit: str) -> None:
    for form in row["forms"].split("|"):
        first, *rest = _TOKEN.findall(fold_word(form))
        into.setdefault(first, []).append(Word(kind, int(row["number"]), unit, tuple(rest)))


def _attached(prefix: str, word: str) -> str:
    """The word with proclitics: ل melts with the article (للعام)."""
    if prefix[-1] == "ل" and word.startswith("ال"):
        return prefix + word[1:]
    return prefix + word


def _takes(prefix: str, word: Word) -> bool:
    if word.kind in _NO_PREFIX and not (prefix == "و" and word.kind == "cardinal"):
        return False
    if word.kind in ("month_weak", "hijri_weak", "of", "until", "between", "in", "before", "after", "since"):
        return prefix in ("و", "ف")
    return True


def _tense(rows: Iterable[Row]) -> TenseCues:
    forms: dict[tuple[str, str], tuple[str, ...]] = {
        (row["tense"], row["how"]): tuple(fold_word(form) for form in row["forms"].split("|")) for row in rows
    }
    return TenseCues(
        future=frozenset(forms["future", "word"]),
        toward=frozenset(forms["future", "toward"]),
        aims=frozenset(forms["future", "aim"]),
        appointed=frozenset(forms["future", "after"]),
        past=frozenset(forms["past", "word"]),
        auxiliary=frozenset(forms["past", "auxiliary"]),
        stops=frozenset(forms["stop", "word"]),
        prefix=re.compile("(?:" + "|".join(forms["future", "prefix"]) + ").."),
        not_prefix=forms["future", "not-prefix"],
        not_words=frozenset(forms["future", "not-word"]),
        # A perfect of the third person feminine; plurals in ـات and words with the article are none.
        past_ending=re.compile("(?!ال|لل|بال|وال|فال|كال).{2,}[^ايوه](?:" + "|".join(forms["past", "ending"]) + ")"),
        not_past_ending=frozenset(forms["past", "not-ending"]),
    )


def _neighbours(rows: Iterable[Row], side: str) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for row in rows:
        if row["side"] == side:
            found[row["kind"]] = found.get(row["kind"], frozenset()) | {fold_word(form) for form in row["forms"].split("|")}
    return found


def _famous(rows: Iterable[Row]) -> dict[tuple[int, int], tuple[tuple[frozenset[str], str], ...]]:
    found: dict[tuple[int, int], tuple[tuple[frozenset[str], str], ...]] = {}
    for row in rows:
        key = int(row["day"]), int(row["month"])
        words = frozenset(fold_word(form) for form in row["after"].split("|"))
        found[key] = (*found.get(key, ()), (words, row["date"]))
    return found
