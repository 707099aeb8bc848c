"""What a later text says otherwise than an earlier one, word by word, for people to read.

Lines that both have are the same; where lines differ, their words are compared. White space is no difference. Words are compared as they are
written and never cut, so that Arabic letters stay joined under any mark.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from waqai.server.version_shapes import Change, Comparison, Piece

_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u200c\u200d"
_TOKEN = re.compile(rf"\d+(?:[.,:/٫٬]\d+)*|[\w{_MARKS}]+|[^\w\s{_MARKS}]")
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_MOST_PAIRS = 4_000_000
"""Longer stretches (two thousand words against two thousand) that share no line are told as one replaced by the other."""
_MOST_LINES, _ALIKE, _WORTH = 2_500, 0.4, 1.15
"""So many pairs of lines are tried; two lines are versions of one another with such a share of words; taking lines together must keep so much more."""


class Token(NamedTuple):
    """A word, a number or a mark, with its place; whether a space stands before it, and whether a line begins with it."""

    text: str
    start: int
    end: int
    spaced: bool
    line: bool


Line = list[Token]


class Step(NamedTuple):
    """Tokens of the earlier text and those of the later one that stand for them."""

    same: bool
    before: Sequence[Token]
    now: Sequence[Token]


class Places:
    """Where a place of the earlier text is in the later one."""

    def __init__(self, steps: Sequence[Step]) -> None:
        self._kept = [(old.start, old.end, new.start) for step in steps if step.same for old, new in zip(step.before, step.now, strict=True)]
        self._starts = [start for start, _, _ in self._kept]

    def now(self, at: int) -> int | None:
        """The place of the same word in the later text; None where it is gone."""
        found = bisect_right(self._starts, at) - 1
        if found < 0 or at >= self._kept[found][1]:
            return None
        start, _, now = self._kept[found]
        return now + at - start


def compare(before: tuple[str, str], now: tuple[str, str]) -> tuple[Comparison, dict[str, Places]]:
    """An earlier and a later article, each as title and text; and where the words of both parts went."""
    title, text = _steps(before[0], now[0]), _steps(before[1], now[1])
    head = [piece for paragraph in _paragraphs(_readable(title)) for piece in paragraph]
    paragraphs = _paragraphs(_readable(text))
    pieces = [*head, *(piece for paragraph in paragraphs for piece in paragraph)]
    told = Comparison(title=head, paragraphs=paragraphs, words_new=_words(pieces, "new"), words_gone=_words(pieces, "gone"))
    return told, {"title": Places(title), "text": Places(text)}


def _steps(before: str, now: str) -> list[Step]:
    """From one text to the other, in order."""
    first, second = _lines(before), _lines(now)
    keys = [[" ".join(token.text for token in line) for line in lines] for lines in (first, second)]
    found: list[Step] = []
    for same, i, j, k, m in _matched(*keys):
        if same:
            found += [Step(True, old, new) for old, new in zip(first[i:j], second[k:m], strict=True)]
        else:
            found += _between(first[i:j], second[k:m])
    return found


def _between(before: Sequence[Line], now: Sequence[Line]) -> list[Step]:
    """Between lines of which none is the same: line by line with the likest; as one stretch where lines were joined or parted."""
    joined = list(_word_steps([token for line in before for token in line], [token for line in now for token in line]))
    if len(before) * len(now) > _MOST_LINES:
        return joined
    apart: list[Step] = []
    i = k = 0
    for j, m in [*_likest(before, now), (len(before), len(now))]:
        apart += [Step(False, line, ()) for line in before[i:j]] + [Step(False, (), line) for line in now[k:m]]
        if j < len(before):
            apart += _word_steps(before[j], now[m])
        i, k = j + 1, m + 1
    return joined if _kept(joined) > _WORTH * _kept(apart) else apart


def _likest(before: Sequence[Line], now: Sequence[Line]) -> list[tuple[int, int]]:
    """Pairs of lines in order that are versions of one another: those that have most words in common, all pairs together."""
    if len(before) == len(now) == 1:
        return [(0, 0)]
    words = [[Counter(token.text for token in line) for line in lines] for lines in (before, now)]
    best = [[0.0] * (len(now) + 1) for _ in range(len(before) + 1)]
    alike = [[0.0] * len(now) for _ in before]
    for i in range(len(before) - 1, -1, -1):
        for k in range(len(now) - 1, -1, -1):
            common = (words[0][i] & words[1][k]).total()
            alike[i][k] = common if 2 * common >= _ALIKE * (len(before[i]) + len(now[k])) else 0
            best[i][k] = max(best[i + 1][k], best[i][k + 1], best[i + 1][k + 1] + alike[i][k])
    pairs, i, k = [], 0, 0
    while i < len(before) and k < len(now):
        if alike[i][k] and best[i][k] == best[i + 1][k + 1] + alike[i][k]:
            pairs.append((i, k))
            i, k = i + 1, k + 1
        elif best[i][k] == best[i + 1][k]:
            i += 1
        else:
            k += 1
    return pairs


def _kept(steps: Sequence[Step]) -> int:
    return sum(len(step.now) for step in steps if step.same)


def _word_steps(before: Sequence[Token], now: Sequence[Token]) -> Iterator[Step]:
    if len(before) * len(now) > _MOST_PAIRS:
        yield Step(False, before, now)
        return
    for same, i, j, k, m in _matched([token.text for token in before], [token.text for token in now]):
        yield Step(same, before[i:j], now[k:m])


def _matched(before: Sequence[str], now: Sequence[str]) -> Iterator[tuple[bool, int, int, int, int]]:
    for tag, i, j, k, m in SequenceMatcher(None, before, now, autojunk=False).get_opcodes():
        yield tag == "equal", i, j, k, m


def _lines(text: str) -> list[Line]:
    found = []
    for line in _LINE.finditer(text):
        tokens: Line = []
        for match in _TOKEN.finditer(text, line.start(), line.end()):
            tokens.append(Token(match.group(), match.start(), match.end(), bool(tokens) and match.start() > tokens[-1].end, not tokens))
        found.append(tokens)
    return found


def _readable(steps: Sequence[Step]) -> list[Step]:
    """The same steps, but a single word that stays between two longer changes is told with them: a text in shreds cannot be read."""
    found: list[Step] = []
    for number, step in enumerate(steps):
        following = steps[number + 1] if number + 1 < len(steps) else None
        if found and following and _alone(step) and _goes_on(step) and _goes_on(following) and min(_size(found[-1]), _size(following)) > 1:
            step = Step(False, step.before, step.now)
        if found and not step.same and not found[-1].same and _goes_on(step):
            found[-1] = Step(False, [*found[-1].before, *step.before], [*found[-1].now, *step.now])
        else:
            found.append(step)
    return found


def _alone(step: Step) -> bool:
    """Whether a step is one word that both texts have, or a mark."""
    return step.same and sum(token.text[0].isalnum() for token in step.before) <= 1


def _goes_on(following: Step) -> bool:
    """Whether a step follows the one before it within a line."""
    return not any(tokens and tokens[0].line for tokens in (following.before, following.now))


def _size(step: Step) -> int:
    return max(len(step.before), len(step.now))


def _paragraphs(steps: Sequence[Step]) -> list[list[Piece]]:
    """Runs of words for each paragraph; what is gone stands before what is new."""
    found = [_Paragraph()]
    for step in steps:
        for token in () if step.same else step.before:
            if token.line and found[-1].pieces:
                found.append(_Paragraph())
            found[-1].add(token, "gone")
        for number, token in enumerate(step.now):
            # A line whose first words are gone goes on behind them.
            goes_on = found[-1].gone_only and not (step.before[number].line if step.same else number or not step.before)
            if token.line and found[-1].pieces and not goes_on:
                found.append(_Paragraph())
            found[-1].add(token, "same" if step.same else "new")
    return [paragraph.pieces for paragraph in found if paragraph.pieces]


class _Paragraph:
    """A paragraph in the making."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.gone_only = True

    def add(self, token: Token, change: Change) -> None:
        """Put a token behind what is there; the space before it is marked only where it stands within a run."""
        pieces, space = self.pieces, " " if self.pieces and (token.spaced or token.line) else ""
        if pieces and pieces[-1].change == change:
            pieces[-1].text += space + token.text
        elif change == "same":
            pieces.append(Piece(change=change, text=space + token.text))
        else:
            if space and pieces[-1].change == "same":
                pieces[-1].text += space
            elif space:
                pieces.append(Piece(change="same", text=space))
            pieces.append(Piece(change=change, text=token.text))
        self.gone_only = self.gone_only and change == "gone"


def _words(pieces: Sequence[Piece], change: Change) -> int:
    return sum(token[0].isalnum() for piece in pieces if piece.change == change for token in _TOKEN.findall(piece.text))
