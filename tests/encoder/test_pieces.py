"""Pieces know the word that they belong to."""

from __future__ import annotations

import itertools
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from waqai.document import Span
from waqai.encoder.pieces import LONGEST, Pieces


def pieces_of(offsets):
    return Pieces(SimpleNamespace(encode=lambda text: SimpleNamespace(ids=list(range(len(offsets))), offsets=offsets)))


def test_pieces_belong_to_the_word_that_they_end_in():
    # "قال الوزير." with begin and end marks, a space before each word inside its first piece, a full stop that is no word.
    offsets = [(0, 0), (0, 3), (3, 6), (6, 10), (10, 11), (0, 0)]
    reading = pieces_of(offsets).cut("قال الوزير.", [Span(0, 3), Span(4, 10)])
    assert reading.word_of == [-1, 0, 1, 1, -1, -1]


def test_a_long_sentence_is_cut_at_the_reach_of_the_network():
    offsets = [(n, n + 1) for n in range(LONGEST + 40)]
    reading = pieces_of(offsets).cut("x" * (LONGEST + 40), [Span(n, n + 1) for n in range(LONGEST + 40)])
    assert len(reading.ids) == len(reading.word_of) == LONGEST


@given(st.lists(st.integers(1, 5), min_size=1, max_size=30), st.data())
def test_no_piece_belongs_to_a_word_that_it_does_not_touch(lengths, data):
    starts = [sum(lengths[:n]) + n for n in range(len(lengths))]
    words = [Span(start, start + length) for start, length in zip(starts, lengths, strict=True)]
    edges = sorted(data.draw(st.sets(st.integers(0, words[-1].end), min_size=2)))
    offsets = list(itertools.pairwise(edges))
    for (start, end), word in zip(offsets, pieces_of(offsets).cut(" " * words[-1].end, words).word_of, strict=True):
        assert word == -1 or words[word].overlaps(Span(start, end))
