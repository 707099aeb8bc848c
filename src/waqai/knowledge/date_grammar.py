"""The grammar of dates, compiled: every class of words becomes one character, a rule a regular expression over such characters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from waqai.errors import ResourceError

_NAME = re.compile(r"\{([a-z]+):|(?<![a-z0-9_])([a-z][a-z_0-9]*)|(\S)")
_PIECE = re.compile(r"\(\?P<[a-z]+>|\(\?:|\(\?<=|\(\?<!|\(\?=|\(\?!|\(|\)|\||[?*+]|.")
_FIRST_CODE = 0x4E00


class Rule(msgspec.Struct, frozen=True, gc=False):
    """A rule: `pattern` over class characters, its `name` in the output, and `resolve`, what makes days of its words."""

    name: str
    resolve: str
    pattern: re.Pattern[str]


def compile_grammar(
    kinds: Sequence[str], macros: Iterable[Mapping[str, str]], rules: Iterable[Mapping[str, str]]
) -> tuple[dict[str, str], dict[str, tuple[Rule, ...]]]:
    """The character of every kind, and the rules in order by the character they can begin with."""
    codes = {kind: chr(_FIRST_CODE + number) for number, kind in enumerate(kinds)}
    known = dict(codes)
    for macro in macros:
        known[macro["id"]] = f"(?:{_translate(macro['pattern'], known, macro['id'])})"
    by_first: dict[str, list[Rule]] = {}
    for entry in rules:
        text = _translate(entry["pattern"], known, entry["id"])
        rule = Rule(entry["id"].partition(".")[0], entry["resolve"], re.compile(text))
        for code in _first(text):
            by_first.setdefault(code, []).append(rule)
    return codes, {code: tuple(found) for code, found in by_first.items()}


def _translate(pattern: str, known: Mapping[str, str], where: str) -> str:
    """The pattern with class names replaced by their characters and macros by their text."""
    pieces: list[str] = []
    for group, name, sign in _NAME.findall(pattern.replace("}", ")")):
        if name and name not in known:
            raise ResourceError("WQ-204", f"no class or macro is called {name!r}.", where=f"calendars/grammar.toml {where}")
        pieces.append(f"(?P<{group}>" if group else known.get(name, sign))
    # A bare parenthesis of the grammar groups only; those of macros are non-capturing already.
    return re.sub(r"\((?!\?)", "(?:", "".join(pieces))


def _first(pattern: str) -> frozenset[str]:
    """The characters with which a match can begin."""
    pieces = _PIECE.findall(pattern)
    found, _, _ = _first_of_choice(pieces, 0)
    return found


def _first_of_choice(pieces: list[str], at: int) -> tuple[frozenset[str], bool, int]:
    """First characters of the alternatives from `at` up to a closing parenthesis, whether they can be empty, and where they end."""
    found: frozenset[str] = frozenset()
    empty = False
    passing = True
    while at < len(pieces) and pieces[at] != ")":
        if pieces[at] == "|":
            empty, passing, at = empty or passing, True, at + 1
            continue
        first, optional, at = _first_of_item(pieces, at)
        if passing:
            found |= first
        passing = passing and optional
    return found, empty or passing, at


def _first_of_item(pieces: list[str], at: int) -> tuple[frozenset[str], bool, int]:
    """The same for one class or group with the sign of repetition after it."""
    piece = pieces[at]
    if piece.startswith("("):
        first, optional, at = _first_of_choice(pieces, at + 1)
        if piece in ("(?=", "(?!", "(?<=", "(?<!"):
            first, optional = frozenset(), True
    else:
        first, optional = (frozenset(), True) if piece == "^" else (frozenset(piece), False)
    at += 1
    if at < len(pieces) and pieces[at] in "?*+":
        optional, at = optional or pieces[at] != "+", at + 1
    return first, optional, at
