"""One tag and one reading for every token of a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from waqai.document import Reading, Sentence, Tag, TimeExpression, Token
from waqai.knowledge.syntax import SyntaxClasses

NOMINAL = frozenset({"noun", "number", "pronoun", "demonstrative"})
_PREPOSITION_CLITICS = frozenset("بلك")
_CLAUSE_STARTS = frozenset({None, "punctuation", "auxiliary", "conjunction", "negation"})
_BEFORE_VERBS = frozenset({"negation", "auxiliary", "relative"})


class Tagger:
    """Chooses tags by closed-class words, readings and the tag before. Holds only what it was given."""

    def __init__(self, classes: SyntaxClasses) -> None:
        self._classes = dict(classes)
        for word, tag in classes.items():
            for conjunction in "وف":
                self._classes.setdefault(conjunction + word, tag)

    def tag(self, sentence: Sentence, times: Sequence[TimeExpression]) -> tuple[list[Tag], list[Reading | None]]:
        """Tags and chosen readings of the tokens; tokens inside a time expression are tagged "time"."""
        tokens = sentence.tokens
        timed = _timed(tokens, times)
        tags: list[Tag] = []
        readings: list[Reading | None] = []
        for index, token in enumerate(tokens):
            if index in timed:
                tags.append("time")
                readings.append(token.readings[0] if token.readings else None)
                continue
            tag, reading = self._choose(tokens, index, tags, readings)
            tags.append(tag)
            readings.append(reading)
        return tags, readings

    def _choose(
        self, tokens: Sequence[Token], index: int, tags: list[Tag], readings: list[Reading | None]
    ) -> tuple[Tag, Reading | None]:
        token = tokens[index]
        folded = token.folded
        known = self._classes.get(folded)
        if known is not None:
            return known, token.readings[0] if token.readings else None
        if not token.readings:
            return ("quote" if folded == '"' else "number" if folded[:1].isdigit() else "punctuation"), None
        first = token.readings[0]
        closed = self._closed(first)
        if closed is not None:
            return closed, first
        if first.pos == "number":
            return "number", first
        verb = next((r for r in token.readings if r.pos == "verb" and r.aspect != "imperative"), None)
        other = next((r for r in token.readings if r.pos != "verb"), None)
        if verb is None or other is None:
            reading = verb or other or first
            return ("verb" if reading.pos == "verb" else "noun"), reading
        is_verb = _prefers_verb(tokens, index, tags, readings, verb, other)
        return ("verb", verb) if is_verb else ("noun", other)

    def _closed(self, reading: Reading) -> Tag | None:
        """The tag of a preposition, particle or pronoun that stands behind clitics (ولها، وعليهم)."""
        if reading.pos in ("preposition", "particle", "pronoun", "adverb"):
            tag = self._classes.get(reading.stem)
            if tag is not None:
                return tag
            return {"preposition": "preposition", "pronoun": "pronoun", "adverb": "adverb"}.get(reading.pos, "particle")  # type: ignore[return-value]
        return None


def _timed(tokens: Sequence[Token], times: Sequence[TimeExpression]) -> frozenset[int]:
    if not times:
        return frozenset()
    return frozenset(
        index for index, token in enumerate(tokens)
        for time in times if time.span.start <= token.span.start < time.span.end or token.span.start <= time.span.start < token.span.end
    )


def _prefers_verb(
    tokens: Sequence[Token], index: int, tags: list[Tag], readings: list[Reading | None], verb: Reading, other: Reading
) -> bool:
    """Whether a form that can be verb or noun is a verb here (قتل، وقف، طلب)."""
    before: Tag | None = tags[-1] if tags else None
    if "ال" in other.proclitics and not verb.proclitics and verb.aspect == "perfect" and before in _CLAUSE_STARTS:
        return True
    if _PREPOSITION_CLITICS.intersection(verb.proclitics) - {"ل"} or "ال" in other.proclitics:
        return False
    if before == "preposition":
        return False
    if before in _BEFORE_VERBS:
        return True
    if before == "noun" and not verb.proclitics:
        previous = readings[-1]
        if previous is not None and not _is_definite(previous) and previous.pos not in ("name", "unknown"):
            return verb.aspect == "imperfect"
        if previous is not None and _is_definite(previous) and other.pos in ("noun", "masdar") and not other.enclitic and verb.aspect == "perfect":
            return not _after_verb_and_subject(tags)
    if verb.number == "d" and verb.proclitics and other.pos in ("masdar", "noun"):
        return True
    if before == "complementiser":
        return verb.aspect == "imperfect"
    if verb.aspect == "imperfect" or (verb.aspect == "perfect" and (verb.number != "s" or verb.gender == "f") and other.pos in ("name", "unknown")):
        return True
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if following is None or not following.readings:
        return following is not None and following.folded[:1].isdigit() and tokens[index].readings[0].pos == "verb"
    return _subject_may_follow(before, following, verb, other)


def _after_verb_and_subject(tags: list[Tag]) -> bool:
    """Whether a verb and one phrase stand right before: then a masdar is the object (نفى الجيش قصف القرية)."""
    position = len(tags) - 1
    while position >= 0 and tags[position] in ("noun", "number", "time", "adverb"):
        position -= 1
    return position >= 0 and tags[position] == "verb"


def _subject_may_follow(before: Tag | None, following: Token, verb: Reading, other: Reading) -> bool:
    """Verb-first order: at the head of a clause, followed by a definite noun, a name or a number."""
    starts_clause = before in (None, "punctuation", "quote", "conjunction", "time") or bool({"و", "ف"}.intersection(verb.proclitics))
    nominal = following.readings[0]
    subject_like = nominal.pos in ("noun", "name", "unknown", "number", "participle", "adjective", "masdar") and not _PREPOSITION_CLITICS.intersection(
        nominal.proclitics
    )
    if starts_clause and (subject_like or nominal.pos == "preposition"):
        return True
    if before == "noun" and other.enclitic == "" and nominal.definite and verb.gender == "f":
        return True
    return before == "noun" and other.pos in ("masdar", "noun") and nominal.pos in ("number", "preposition") and bool(verb.aspect)


def _is_definite(reading: Reading) -> bool:
    return reading.definite or bool(reading.enclitic) or reading.pos == "name"
