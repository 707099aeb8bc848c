"""Numbers in words and digits: ثلاثة وعشرون, مئة وخمسون, 3 آلاف, ١٬٢٠٠."""

from __future__ import annotations

import re
from collections.abc import Sequence

from waqai.knowledge.numbers import NumberWord, NumberWords

_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_DECIMAL = re.compile(r"(\d+)[.,](\d{1,2})")
_CEILING = 10**15


class NumberReader:
    """Reads numbers out of folded words."""

    def __init__(self, words: NumberWords) -> None:
        self._words = words

    def read(self, words: Sequence[str], start: int = 0) -> tuple[int, int] | None:
        """The number that begins at `words[start]` and how many words it takes; None where none begins.

        The first word may carry a proclitic (وعشرين, بثلاثة) or the article. A fraction counts only before a scale
        (2.5 مليون); 12:30 and 5/6 are no numbers.
        """
        if start >= len(words):
            return None
        first = words[start]
        if first[:1].isdigit():
            return self._digits(words, start)
        word = self._first(first)
        if word is None or word.kind == "scale_plural":
            return None
        return self._compound(words, start, word)

    def _digits(self, words: Sequence[str], start: int) -> tuple[int, int] | None:
        text, fraction = words[start], 0.0
        if _GROUPED.fullmatch(text):
            value = int(re.sub("[.,]", "", text))
        elif text.isdecimal():
            value = int(text)
        elif (match := _DECIMAL.fullmatch(text)) is not None:
            value, fraction = int(match[1]), int(match[2]) / 10 ** len(match[2])
        else:
            return None
        scale = self._words.get(words[start + 1]) if start + 1 < len(words) else None
        if scale is None or scale.kind not in ("scale", "scale_plural"):
            return (value, 1) if not fraction and value < _CEILING else None
        total, used = round((value + fraction) * scale.value), 2
        rest = self._joined(words, start + used)
        if rest is not None and rest[0] < scale.value:
            total, used = total + rest[0], used + rest[1]
        return (total, used) if total < _CEILING else None

    def _joined(self, words: Sequence[str], start: int) -> tuple[int, int] | None:
        """A number word that goes on with و."""
        if start >= len(words) or not words[start].startswith("و") or words[start][1:] not in self._words:
            return None
        return self._compound(words, start, self._words[words[start][1:]])

    def _first(self, text: str) -> NumberWord | None:
        forms = [text]
        if len(text) > 3 and text[0] in "وفبلك":
            forms.append("ال" + text[2:] if text.startswith("لل") else text[1:])
        for form in forms:
            found = self._words.get(form) or self._words.get(form.removeprefix("ال"))
            if found is not None:
                return found
        return None

    def _compound(self, words: Sequence[str], start: int, first: NumberWord) -> tuple[int, int] | None:
        total, current, last, index = 0, first.value, first.kind, start + 1
        if last in ("scale", "dual"):
            total, current = current, 0
        while index < len(words):
            joined = words[index].startswith("و") and words[index][1:] in self._words
            word = self._words.get(words[index][1:] if joined else words[index])
            if word is None:
                break
            if not joined and (step := _multiplied(last, current, word)) is not None:
                current = step
                if word.kind in ("scale", "scale_plural"):
                    total, current = total + current, 0
                last = "hundreds" if word.kind == "hundred" else "tens" if word.kind == "ten" else word.kind
            elif joined and _adds(last, current, total, word):
                if word.kind in ("scale", "dual"):
                    total, current = total + current + word.value, 0
                else:
                    current += word.value
                last = word.kind
            else:
                break
            index += 1
        if last == "teen_one" or (last == "ten" and index == start + 1):
            return (10, 1) if last == "ten" else None
        value = total + current
        return (value, index - start) if value < _CEILING else None


def _multiplied(last: str, current: int, word: NumberWord) -> int | None:
    """The value after a word that follows without و: ثلاثة عشر, ثلاث مئة, ثلاثة آلاف."""
    if word.kind in ("ten", "unit") and word.value == 10 and last in ("unit", "teen_one") and current % 100 < 10:
        return current + 10
    if word.kind == "hundred" and last == "unit" and 2 < current % 100 < 10:
        return current - current % 100 + 100 * (current % 100)
    if word.kind in ("scale", "scale_plural") and current:
        return current * word.value
    return None


def _adds(last: str, current: int, total: int, word: NumberWord) -> bool:
    """Whether a word with و goes on with the number: خمسة وعشرون, مئة وثلاثة, ألف ومئتان."""
    if word.kind == "tens":
        return last in ("hundred", "hundreds", "scale", "scale_plural", "dual") or (
            last == "unit" and current % 100 < 10
        )
    if word.kind in ("unit", "ten", "teen_one"):
        return last in ("hundred", "hundreds", "scale", "scale_plural", "dual")
    if word.kind in ("hundred", "hundreds"):
        return last in ("scale", "scale_plural", "dual")
    return word.kind in ("scale", "dual") and (current > 0 or total > word.value)
