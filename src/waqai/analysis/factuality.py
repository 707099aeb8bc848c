"""Polarity and modality of a predicate: did it happen, is it planned, or only possible?"""

from __future__ import annotations

from waqai.analysis.grammar import Grammar
from waqai.document import Modality, Polarity, Reading
from waqai.knowledge.cues import Cues, ScopeCue

_REACH, _NEAR, _CLAUSE = 9, 3, 14
_SKIPPED = frozenset({"adverb", "time", "auxiliary", "quote", "particle"})
_STRONG = frozenset(";.:!?")


class Factuality:
    """Judges predicates by the cues before them. Stateless beyond its cues."""

    def __init__(self, cues: Cues) -> None:
        self._cues = cues

    def judge(self, grammar: Grammar, index: int, *, verbal: bool) -> tuple[Polarity, Modality]:
        """Polarity and modality of the predicate at token `index`."""
        words = grammar.words
        negated, future = self._before(grammar, words, index, verbal)
        modality: Modality = "future" if future or self._future_tense(grammar, index, verbal) else "actual"
        governed = self._governed(grammar, words, index, verbal)
        negated = negated or governed == "negated"
        if governed in ("future", "hypothetical") and modality == "actual":
            modality = governed  # type: ignore[assignment]
        if modality == "actual" and self._conditional(grammar, words, index):
            modality = "hypothetical"
        return ("negated" if negated else "affirmed"), modality

    def _future_tense(self, grammar: Grammar, index: int, verbal: bool) -> bool:
        reading = grammar.readings[index]
        if verbal:
            return reading is not None and announces(reading)
        verb = grammar.governing_verb(index)
        if verb is None or index - verb > 6:
            return False
        governing = grammar.readings[verb]
        return governing is not None and "س" in governing.proclitics

    def _before(self, grammar: Grammar, words: list[str], index: int, verbal: bool) -> tuple[bool, bool]:
        """Cues right before the predicate, with nothing but adverbs between."""
        position, crossed = index - 1, 0
        while position >= 0 and crossed <= _NEAR:
            for start in (position, position - 1, position - 2):
                if start < 0:
                    continue
                hit = self._cues.negation.at(words, start)
                if hit is not None and start + hit[0] == position + 1:
                    return self._negation(grammar, hit[1], start, index, verbal)
                modal = self._cues.modality.at(words, start)
                if modal is not None and start + modal[0] == position + 1 and modal[1].scope == "verb" and modal[1].kind == "future":
                    return False, True
            if grammar.tags[position] not in _SKIPPED:
                return False, False
            position -= 1
            crossed += 1
        return False, False

    def _negation(self, grammar: Grammar, cue: ScopeCue, start: int, index: int, verbal: bool) -> tuple[bool, bool]:
        if cue.kind == "not" or (cue.words == ("ما",) and not self._negative_ma(grammar, start, index)):
            return False, False
        if verbal and cue.scope in ("verb", "clause", "word"):
            return True, cue.words == ("لن",)
        return not verbal and cue.scope in ("genitive", "object", "word", "verb"), False

    @staticmethod
    def _negative_ma(grammar: Grammar, start: int, index: int) -> bool:
        reading = grammar.readings[index]
        return start == 0 and index == 1 and reading is not None and reading.aspect == "perfect"

    def _governed(self, grammar: Grammar, words: list[str], index: int, verbal: bool) -> str | None:
        """What the verb or noun that has the predicate in its complement makes of it."""
        for position in range(index - 1, max(index - _REACH, -1), -1):
            tag = grammar.tags[position]
            if tag == "punctuation" and grammar.tokens[position].folded in _STRONG:
                return None
            kind = self._kind(grammar, words, position, index, verbal)
            if kind is not None:
                return kind
            if tag in ("relative", "verb"):
                return None
        return None

    def _kind(self, grammar: Grammar, words: list[str], position: int, index: int, verbal: bool) -> str | None:
        reading = grammar.readings[position]
        opened = not verbal or any(grammar.tags[i] == "complementiser" for i in range(position + 1, index))
        if reading is not None and grammar.tags[position] == "verb":
            cue = self._cues.modality_verbs.get(reading.lemma)
            if cue is not None and cue.kind != "actual" and opened:
                return cue.kind
            scope = self._cues.negation_verbs.get(reading.lemma)
            if scope in ("object", "content") and opened:
                return "negated"
        hit = self._cues.modality.at(words, position)
        if hit is None or hit[1].kind == "actual":
            return None
        if hit[1].scope == "complement" and (opened or hit[1].words[-1] == "ان") and index - position <= 6:
            return hit[1].kind
        if hit[1].words == ("قد",) and verbal and index - position <= 2:
            predicate = grammar.readings[index]
            return "hypothetical" if predicate is not None and predicate.aspect == "imperfect" else None
        return None

    def _conditional(self, grammar: Grammar, words: list[str], index: int) -> bool:
        """Whether a conditional or ربما opens the clause of the predicate."""
        for position in range(index - 1, max(index - _CLAUSE, -1), -1):
            if grammar.tags[position] == "punctuation":
                return False
            hit = self._cues.modality.at(words, position)
            if hit is None or hit[1].kind != "hypothetical" or hit[1].scope != "clause" or hit[1].words == ("ان",):
                continue
            return True
        return False


def announces(verb: Reading) -> bool:
    """Whether a verb is in the future tense (سيلتقي)."""
    return verb.aspect == "imperfect" and "س" in verb.proclitics
