"""Hints: what the rules tell the network."""

from __future__ import annotations

from waqai.analysis.grammar import Grammar
from waqai.analysis.hints import PAIR_HINTS, WORD_HINTS, pair_hints, word_hints
from waqai.analysis.participants import Discourse
from waqai.encoder.labels import TYPES


def read(coder, text):
    document = coder(text, date="2021-03-01")
    grammar = Grammar(document.sentences[0], document.parses[0])
    discourse = Discourse(coder.tools.linker, text, document.published, "")
    return grammar, discourse, coder.tools.selector.triggers.find(grammar.sentence, grammar.parse)


def test_a_frame_marks_its_predicate(coder):
    grammar, discourse, groups = read(coder, "اتهمت روسيا أوكرانيا بقصف المدينة.")
    hints = word_hints(grammar, discourse, groups)
    assert TYPES.index("ACCUSE") in hints[0]
    assert len(hints) == len(grammar.tokens)
    assert all(0 <= hint < WORD_HINTS for word in hints for hint in word)


def test_the_participants_of_a_frame_are_marked(coder):
    grammar, discourse, groups = read(coder, "اتهمت روسيا أوكرانيا بقصف المدينة.")
    arguments = coder.tools.selector.arguments.find(grammar, discourse, groups[0][0])
    hints = pair_hints(grammar, 0, arguments, ())
    assert 0 in hints[1] and 1 in hints[2]
    assert all(0 <= hint < PAIR_HINTS for word in hints for hint in word)


def test_without_a_frame_only_clauses_are_marked(coder):
    grammar, _, _ = read(coder, "اتهمت روسيا أوكرانيا بقصف المدينة.")
    assert set().union(*pair_hints(grammar, 0, None, ())) <= {3, 4}
