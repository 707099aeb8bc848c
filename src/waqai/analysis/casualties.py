"""Numbers of killed and injured people in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from waqai.document import Casualties
from waqai.knowledge.casualty_words import CasualtyWords, Harm
from waqai.text.numerals import NumberReader

_WINDOW, _BEFORE = 9, 5
_ENDS = frozenset('.,;:?!()"')
_OTHERS = "اخر"
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


class _Count(msgspec.Struct, frozen=True, gc=False):
    harm: Harm
    position: int
    value: int | None


class CasualtyFinder:
    """Finds how many were killed and injured."""

    def __init__(self, words: CasualtyWords, numbers: NumberReader) -> None:
        self._words, self._numbers = words, numbers

    def find_in(self, folded: Sequence[str], near: int) -> Casualties:
        """The numbers of a sentence of folded words that stand nearest to word `near`; None for what the text does not count."""
        nearest: dict[Harm, _Count] = {}
        for count in self._counts(folded):
            best = nearest.get(count.harm)
            if count.value is not None and (best is None or abs(count.position - near) < abs(best.position - near)):
                nearest[count.harm] = count
        killed, injured = nearest.get("killed"), nearest.get("injured")
        return Casualties(killed.value if killed else None, injured.value if injured else None)

    def _counts(self, folded: Sequence[str]) -> list[_Count]:
        found, words = list[_Count](), self._words
        for index, word in enumerate(folded):
            bare = word if self._known(word) else word[1:] if word[:1] in "وفبل" and self._known(word[1:]) else ""
            if not bare:
                continue
            if bare in words.counted and not self._with_next(folded, index):
                value = self._after(folded, index)
                if value is None and bare in words.preceded:
                    value = self._before(folded, index)
                found.append(_Count(words.counted[bare], index, value))
            elif bare in words.preceded or bare in words.counted:
                harm = words.preceded.get(bare) or words.counted[bare]
                found.append(_Count(harm, index, self._before(folded, index)))
            elif bare in words.pairs:
                found.append(_Count(words.pairs[bare], index, 2))
            elif bare in words.victims:
                found.append(_Count(words.victims[bare], index, self._victims(folded, index, bare)))
            else:
                found.append(_Count(words.tallies[bare], index, self._tally(folded, index)))
        return found

    def _known(self, word: str) -> bool:
        words = self._words
        return (
            word in words.counted
            or word in words.preceded
            or word in words.victims
            or word in words.pairs
            or word in words.tallies
        )

    def _with_next(self, folded: Sequence[str], index: int) -> bool:
        """Whether the number after belongs to two acts together, or to the second: مقتل وإصابة 20."""
        following = folded[index + 1] if index + 1 < len(folded) else ""
        return following.startswith("و") and following[1:] in self._words.counted

    def _after(self, folded: Sequence[str], index: int) -> int | None:
        if folded[index].startswith("و") and index and self._shared(folded, index):
            return None
        for step in range(index + 1, min(index + 1 + _WINDOW, len(folded))):
            word = folded[step]
            if (
                word in _ENDS
                or word in self._words.rounded
                or ((self._known(word) or self._known(word[1:])) and not word.startswith("مصرع"))
            ):
                return None
            if word in self._words.two_persons:
                return self._and_more(folded, step, 2)
            read = self._numbers.read(folded, step)
            if read is not None and not word.startswith("و"):
                return (
                    self._and_more(folded, step + read[1] - 1, read[0])
                    if self._counts_people(folded, step, *read)
                    else None
                )
            if word in self._words.persons and step <= index + 2:
                return self._and_more(folded, step, 1)
            if step == index + 1 and folded[index] not in self._words.verbs and word not in self._words.skipped:
                return None
        return None

    def _shared(self, folded: Sequence[str], index: int) -> bool:
        """The second of two acts that share one number; «آخرون» after the number gives it to the second alone."""
        before = folded[index - 1]
        if (
            before not in self._words.counted and before[1:] not in self._words.counted
        ) or before in self._words.preceded:
            return False
        return not any(word.startswith(_OTHERS) for word in folded[index + 1 : index + 5])

    def _counts_people(self, folded: Sequence[str], start: int, value: int, used: int) -> bool:
        end = start + used
        following = folded[end] if end < len(folded) else ""
        if following in self._words.not_people or following == "%" or folded[start - 1] in self._words.no_number:
            return False
        year = folded[start].isdecimal() and _FIRST_YEAR <= value <= _LAST_YEAR and used == 1
        return not (year and (not following or following in _ENDS)) and folded[start - 1] != "في"

    def _and_more(self, folded: Sequence[str], index: int, value: int) -> int:
        """Adds what is hung on: 4 جنود و11 مسلحا, جنديين ومدني."""
        for step in range(index + 1, min(index + 5, len(folded))):
            word = folded[step]
            if word in _ENDS or word in ("في", "من", "بينهم", "علي", "الي", "عن"):
                break
            number_at = step + 1 if word == "و" else step
            if word.startswith("و") and number_at < len(folded):
                rest = folded[number_at] if word == "و" else word[1:]
                if self._known(rest):
                    break
                read = self._numbers.read([rest, *folded[number_at + 1 : number_at + 5]])
                if read is not None and self._counts_people([rest, *folded[number_at + 1 : number_at + 8]], 0, *read):
                    following = folded[number_at + read[1]] if number_at + read[1] < len(folded) else ""
                    return value if self._known(following) else value + read[0]
                if rest in self._words.two_persons:
                    return value + 2
                return value + 1 if rest in self._words.persons else value
        return value

    def _before(self, folded: Sequence[str], index: int) -> int | None:
        for step in range(index - 1, max(index - 1 - _BEFORE, -1), -1):
            word = folded[step]
            if word in _ENDS or (self._known(word) and step < index - 1):
                return None
            if word in self._words.two_persons:
                return 2
            start = step
            while (
                start > 0
                and (longer := self._numbers.read(folded, start - 1)) is not None
                and start - 1 + longer[1] > step
            ):
                start -= 1
            read = self._numbers.read(folded, start)
            if read is not None:
                return read[0] if self._counts_people(folded, start, *read) else None
        return None

    def _victims(self, folded: Sequence[str], index: int, bare: str) -> int | None:
        """A counted noun: 16 قتيلا, قتيل واحد, قتيل و11 جريحا; None in «بين قتيل وجريح» and عشرات القتلى."""
        previous = folded[index - 1] if index else ""
        if previous in self._words.rounded or previous == "بين" or (index > 1 and folded[index - 2] == "بين"):
            return None
        for start in range(max(index - 4, 0), index):
            read = self._numbers.read(folded, start)
            if read is not None and start + read[1] == index:
                return read[0]
        if bare[-1] in "يء" or bare.endswith(("ون", "ين")):
            return None
        return 1

    def _tally(self, folded: Sequence[str], index: int) -> int | None:
        """«ارتفع عدد القتلى إلى 22»."""
        for step in range(index + 1, min(index + 6, len(folded))):
            if folded[step] in _ENDS or self._known(folded[step]) or self._known(folded[step][1:]):
                return None
            read = self._numbers.read(folded, step)
            if read is not None:
                return read[0] if folded[step - 1] in ("الي", "هو", "نحو", "بلغ", "من") or step == index + 1 else None
        return None
