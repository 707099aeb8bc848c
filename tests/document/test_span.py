"""Spans."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from waqai.document import Document, Span, cover, document_id

SPANS = st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda ends: Span(min(ends), max(ends)))


def test_half_open_in_code_points():
    text = "𞤀 قُتل جندي"
    assert Span(2, 6).text(text) == "قُتل"
    assert len(Span(2, 6)) == 4
    assert Document("d", text).text_of(Span(7, 11)) == "جندي"


@pytest.mark.parametrize(
    ("one", "other", "contains", "overlaps"),
    [
        (Span(0, 5), Span(0, 5), True, True), (Span(0, 5), Span(1, 4), True, True), (Span(0, 5), Span(4, 6), False, True), (Span(0, 5), Span(5, 6), False, False),
        (Span(1, 4), Span(0, 5), False, True), (Span(3, 3), Span(3, 3), True, False),
    ],
)
def test_contains_and_overlaps(one, other, contains, overlaps):
    assert one.contains(other) is contains
    assert one.overlaps(other) is other.overlaps(one) is overlaps


@given(st.lists(SPANS, min_size=1, max_size=6))
def test_cover_is_the_smallest_that_contains_all(spans):
    whole = cover(iter(spans))
    assert all(whole.contains(span) for span in spans)
    assert whole.start in {s.start for s in spans}
    assert whole.end in {s.end for s in spans}


def test_cover_of_nothing():
    with pytest.raises(ValueError, match="at least one"):
        cover([])


@given(SPANS, SPANS)
def test_overlap_is_a_shared_character(one, other):
    assume(len(one) and len(other))
    assert one.overlaps(other) == bool(set(range(one.start, one.end)) & set(range(other.start, other.end)))


def test_spans_are_ordered_hashable_and_frozen():
    assert sorted([Span(3, 4), Span(1, 9), Span(1, 2)]) == [Span(1, 2), Span(1, 9), Span(3, 4)]
    assert len({Span(1, 2), Span(1, 2)}) == 1
    with pytest.raises(AttributeError):
        Span(1, 2).start = 0
    assert msgspec.json.decode(msgspec.json.encode(Span(1, 2)), type=Span) == Span(1, 2)


def test_identifiers_depend_on_text_and_address():
    assert document_id("نص") == document_id("نص")
    assert len({document_id("نص"), document_id("نص", "https://example.org/1"), document_id("آخر")}) == 3
    assert len(document_id("")) == 16
