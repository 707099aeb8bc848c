"""Spans: half-open intervals of characters in a text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

import msgspec


class Span(msgspec.Struct, frozen=True, order=True, gc=False):
    """Characters `start` up to, not including, `end` of a text, counted in Unicode code points (Python string indices)."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def contains(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end

    def text(self, source: str) -> str:
        """The characters of `source` that this span covers."""
        return source[self.start : self.end]


def locate(outer: Sequence[Span], inner: Span) -> int:
    """Index of the span of `outer` that contains `inner`, -1 for none. `outer` stands in order and does not overlap."""
    index = bisect_right(outer, inner.start, key=lambda span: span.start) - 1
    return index if index >= 0 and outer[index].contains(inner) else -1


def cover(spans: Iterable[Span]) -> Span:
    """The smallest span that contains all of `spans`; ValueError when there is none."""
    listed = list(spans)
    if not listed:
        raise ValueError("cover() needs at least one span")
    return Span(min(s.start for s in listed), max(s.end for s in listed))
