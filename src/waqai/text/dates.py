"""Dates in running Arabic: a scanner that turns words into classes, and the grammar of resources/calendars over them.

Works on folded text; spans lead back to the original. `find_times` is for sentences, `parse_date` for a line that holds a
date, such as a byline.
"""

from __future__ import annotations

import datetime as dt
import re

import msgspec

from waqai.document.span import Span
from waqai.document.time import Interval, TimeExpression
from waqai.knowledge.calendars import Calendars, Word
from waqai.text.dated import Atom, Dated, Surroundings, Words
from waqai.text.dating import RESOLVERS
from waqai.text.folding import FoldedText, fold

_TOKEN = re.compile(
    r"\d{4} ?[/\\.-] ?\d{1,2} ?[/\\.-] ?\d{1,2}(?!\d)|\d{1,2} ?[/\\.-] ?\d{1,2} ?[/\\.-] ?\d{4}(?!\d)|\d{1,2}/\d{1,2}/\d{2}(?!\d)"
    r"|\d+[.,]\d{1,3}(?!\d)|\d+|[^\W\d_]+|\S"
)
_PARTS = re.compile(r"\d+")
_SIGNS = {"(": "open", "[": "open", ")": "close", "]": "close", "/": "slash", "\\": "slash", "-": "dash", ",": "comma", "=": "equal"}
_CANNOT_BEGIN = frozenset({"open", "close", "slash", "dash", "comma", "equal", "clitic", "and", "corresponding"})
_CANNOT_BOUND = _CANNOT_BEGIN - {"corresponding"}
_ENDS_CLAUSE = frozenset(".;:?!")
_REACH = 16
"""How many words back a verb may stand and still give its tense to a date."""
_AUXILIARY = 4
"""How many words before an imperfect an auxiliary may stand."""
_OPENING, _FORWARD = 2, 4
"""At most so many words into a clause, a date takes the tense of a verb at most so many words after it."""


def find_times(
    text: FoldedText, calendars: Calendars, published: dt.date | None = None, previous: Interval | None = None
) -> tuple[TimeExpression, ...]:
    """The time expressions of a sentence in order, with spans in the original of `text`.

    `previous` is the last date found before (for اليوم التالي). Durations (لمدة يومين) are no time expressions.
    """
    scan = _Scan(text, calendars)
    if not scan.dateable:
        return ()
    found: list[TimeExpression] = []
    at, end = 0, len(scan.codes)
    while at < end:
        match = None if scan.atoms[at].kind in _CANNOT_BEGIN else scan.match(at)
        if match is None:
            at += 1
            continue
        name, resolver, hit = match
        atoms = scan.atoms[hit.start() : hit.end()]
        if scan.is_name(atoms):
            # The whole match is the name: the آذار of «شارع 14 آذار» is no month either.
            at = hit.end()
            continue
        around = scan.surroundings(hit.start(), hit.end(), published, previous)
        groups = {key: scan.atoms[slice(*hit.span(key))] for key in hit.groupdict() if hit.start(key) >= 0}
        dated = RESOLVERS[resolver](Words(atoms, groups), around)
        if dated is None:
            at += 1
            continue
        at = hit.end()
        expression = _expression(dated, name, scan.span(atoms))
        found.append(expression)
        previous = expression.interval or previous
    return tuple(found)


def parse_date(text: str, calendars: Calendars, published: dt.date | None = None) -> Interval | None:
    """The date that a short text such as a byline holds: its first absolute day, else its first day, else its first interval."""
    found = [expression for expression in find_times(fold(text), calendars, published) if expression.interval is not None]
    if not found:
        return None
    best = min(found, key=lambda expression: (not _is_day(expression), expression.anchor != "absolute"))
    return best.interval


def _is_day(expression: TimeExpression) -> bool:
    return expression.interval is not None and expression.interval.precision == "day"


def _expression(dated: Dated, name: str, span: Span) -> TimeExpression:
    rule = f"{name} (tabular)" if dated.tabular else name
    return TimeExpression(span, rule, dated.interval, dated.anchor, dated.calendar, dated.unresolved)


class _Scan:
    """A folded text as tokens, and as atoms with one class character each; words of no date are one `other` a run."""

    def __init__(self, text: FoldedText, calendars: Calendars) -> None:
        self.text, self.calendars = text, calendars
        self.tokens = list(_TOKEN.finditer(text.text))
        self.words = [token.group() for token in self.tokens]
        self.atoms: list[Atom] = []
        self.dateable = False
        self._read()
        self.codes = "".join([calendars.codes[atom.kind] for atom in self.atoms]) if self.dateable else ""

    def _read(self) -> None:
        known, words = self.calendars.words, self.words
        at, total, end = 0, len(words), 0
        breaks = "\n" in self.text.text
        while at < total:
            word = words[at]
            entries = known.get(word)
            if entries is not None:
                entry = next((entry for entry in entries if not entry.rest or words[at + 1 : at + 1 + len(entry.rest)] == list(entry.rest)), None)
            else:
                entry = None
            if breaks and "\n" in self.text.text[end : self.tokens[at].start()]:
                self._other(at)
            if entry is not None:
                self._known(entry, at)
                at += len(entry.rest)
            elif word[0].isdecimal():
                self._digits(word, at)
            elif word in _SIGNS:
                self._add(_SIGNS[word], 0, "", at, at)
                # Digits around a slash may be a date without any word that is (هجمات 11/9).
                self.dateable = self.dateable or word == "/"
            else:
                self._other(at)
            end = self.tokens[at].end()
            at += 1

    def _known(self, entry: Word, at: int) -> None:
        start = self.tokens[at].start()
        if entry.joined:
            self.atoms.append(Atom("and", 0, "", start, start, at))
        if entry.clitic:
            self.atoms.append(Atom("clitic", 0, "", start, start, at))
        self.atoms.append(Atom(entry.kind, entry.value, entry.unit, start + entry.stripped, self.tokens[at + len(entry.rest)].end(), at))
        self.dateable = True

    def _digits(self, word: str, at: int) -> None:
        parts = _PARTS.findall(word)
        if len(parts) == 2:
            self._other(at)
        elif len(parts) == 3:
            self._add("numeric", 0, "/".join(parts), at, at)
            self.dateable = True
        elif len(word) <= 2:
            self._add("number", int(word), "", at, at)
        elif len(word) == 4 and "1000" <= word <= "2200":
            self._add("year4", int(word), "", at, at)
        else:
            self._add("figure", int(word[:6]), "", at, at)

    def _add(self, kind: str, value: int, unit: str, at: int, last: int) -> None:
        self.atoms.append(Atom(kind, value, unit, self.tokens[at].start(), self.tokens[last].end(), at))

    def _other(self, at: int) -> None:
        if not self.atoms or self.atoms[-1].kind != "other":
            self._add("other", 0, "", at, at)

    def match(self, at: int) -> tuple[str, str, re.Match[str]] | None:
        """The longest rule at an atom: its name, resolver and match."""
        best = None
        longest = at
        for rule in self.calendars.rules.get(self.codes[at], ()):
            hit = rule.pattern.match(self.codes, at)
            if hit is not None and hit.end() > longest:
                best, longest = (rule.name, rule.resolve, hit), hit.end()
        return best

    def span(self, atoms: list[Atom]) -> Span:
        """The original span of a match, without hanging punctuation and conjunctions, and with an opened bracket closed."""
        first, last = 0, len(atoms)
        while atoms[first].kind in _CANNOT_BOUND:
            first += 1
        while atoms[last - 1].kind in _CANNOT_BOUND - {"close"} or (atoms[last - 1].kind == "close" and not _opened(atoms[first:last])):
            last -= 1
        start, end = atoms[first].start, atoms[last - 1].end
        inside = self.text.text[start:end]
        if inside.count("(") > inside.count(")") and self.text.text[end : end + 1] == ")":
            end += 1
        return self.text.to_original(start, end)

    def is_name(self, atoms: list[Atom]) -> bool:
        """Whether a neighbour shows that the words are no date: صحيفة اليوم, قوى 14 آذار, 2000 طن."""
        kinds = {atom.kind: atom for atom in atoms}
        before = self._neighbour(atoms[0].token, -1)
        after = self._neighbour(self._last_token(atoms), 1)
        single = len(atoms) == 1
        for kind in ("today", "relday", "weekday", "year4"):
            if single and kind in kinds and self._rejects(kind, kinds[kind], before, after):
                return True
        if single and "today" in kinds and self._melted(atoms[0]):
            return True
        if {"year4", "numeric", "past", "next", "current"} & kinds.keys() or not {"month", "month_weak"} & kinds.keys():
            return False
        return self._rejects("month", atoms[0], before, after)

    def _rejects(self, kind: str, atom: Atom, before: str, after: str) -> bool:
        not_before, not_after = self.calendars.not_before, self.calendars.not_after
        keys = (kind, f"{kind}:{atom.value}")
        return any(before in not_before.get(key, ()) or after in not_after.get(key, ()) for key in keys)

    def _melted(self, atom: Atom) -> bool:
        """Whether the word is written as one with a preposition, as لليوم is, which counts days («لليوم الثالث»)."""
        at = self.atoms.index(atom)
        return at > 0 and self.atoms[at - 1].kind == "clitic" and self.atoms[at - 1].token == atom.token and atom.start == self.tokens[atom.token].start()

    def _last_token(self, atoms: list[Atom]) -> int:
        token = atoms[-1].token
        while token + 1 < len(self.tokens) and self.tokens[token + 1].end() <= atoms[-1].end:
            token += 1
        return token

    def _neighbour(self, index: int, step: int) -> str:
        """The word before or after a token, quotation marks looked through."""
        word = self._word(index + step)
        return self._word(index + 2 * step) if word == '"' else word

    def _word(self, index: int) -> str:
        return self.words[index] if 0 <= index < len(self.words) else ""

    def surroundings(self, first: int, last: int, published: dt.date | None, previous: Interval | None) -> Surroundings:
        """What the atoms `first` up to `last` are relative to."""
        begin = self.atoms[first].token
        end = self._last_token(self.atoms[first:last])
        before = {self._word(begin - 1), self._word(begin - 2)}

        def famous(number: int, month: int) -> str:
            return next((date for words, date in self.calendars.famous.get((number, month), ()) if words & before), "")

        return Surroundings(published, previous, lambda: self.tense(begin, end), famous, self.calendars.settings)

    def tense(self, begin: int, end: int) -> str:
        """Past, future or "" for the clause around tokens `begin` to `end`: the nearest verb before it, else one soon after."""
        cues = self.calendars.tense
        if self._appointed(end + 1):
            return "future"
        aimed, held = False, ""
        at = begin - 1
        while at >= max(0, begin - _REACH) and self.words[at] not in _ENDS_CLAUSE:
            cue = cues.of(self.words[at])
            if cue == "future":
                return "past" if self._was(at) else cue
            if cue == "past" and self.words[at] not in cues.aims:
                return cue
            if cue == "toward" and aimed:
                return "future"
            if cue == "stop":
                ahead = [cues.of(word) for word in self.words[max(0, at - 2) : at]]
                return held or ("future" if "future" in ahead else "")
            # عقد is «held» or, after a request, «the holding of»: what stands before it decides.
            held = held or cue if cue == "past" else held
            aimed = aimed or self.words[at] in cues.aims
            at -= 1
        if held or begin - 1 - at > _OPENING:
            return held
        for word in self.words[end + 1 : end + 1 + _FORWARD]:
            cue = cues.of(word)
            if cue in ("past", "future", "stop") or word in _ENDS_CLAUSE:
                return cue if cue in ("past", "future") else ""
        return ""

    def _appointed(self, at: int) -> bool:
        """Whether the words from token `at` on make the date before them one to come: السبت موعدا, السبت 23 موعدا."""
        while self._word(at).isdecimal():
            at += 1
        return self._word(at) in self.calendars.tense.appointed

    def _was(self, at: int) -> bool:
        """Whether an auxiliary shortly before token `at` puts its imperfect into the past: كان الوزير يلتقي."""
        auxiliary = self.calendars.tense.auxiliary
        return any(word in auxiliary or (word[:1] in "وف" and word[1:] in auxiliary) for word in self.words[max(0, at - _AUXILIARY) : at])


def _opened(atoms: list[Atom]) -> bool:
    return any(atom.kind == "open" for atom in atoms)


def shift(expression: TimeExpression, by: int) -> TimeExpression:
    """The expression with its span moved by `by` characters, from a sentence to its document."""
    return msgspec.structs.replace(expression, span=Span(expression.span.start + by, expression.span.end + by))
