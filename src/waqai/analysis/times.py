"""The stage that finds and resolves time expressions, sentence by sentence."""

from __future__ import annotations

import msgspec

from waqai.analysis.stage import Stage
from waqai.document import Document, locate
from waqai.document.time import Interval, TimeExpression
from waqai.knowledge.calendars import Calendars
from waqai.text.dates import find_times, shift
from waqai.text.folding import fold


def times_stage(calendar: Calendars) -> Stage:
    """A stage that adds the layer `times`; relative expressions need `published`."""
    return Stage("times", ("sentences",), ("times",), lambda document: _with_times(document, calendar))


def times_by_sentence(document: Document) -> list[list[TimeExpression]]:
    """The time expressions of each sentence, in the order of the sentences."""
    sentences = [sentence.span for sentence in document.sentences or ()]
    found: list[list[TimeExpression]] = [[] for _ in sentences]
    for time in document.times or ():
        index = locate(sentences, time.span)
        if index >= 0:
            found[index].append(time)
    return found


def _with_times(document: Document, calendar: Calendars) -> Document:
    found: list[TimeExpression] = []
    previous: Interval | None = None
    for sentence in document.sentences or ():
        text = document.text[sentence.span.start : sentence.span.end]
        for expression in find_times(fold(text), calendar, document.published, previous):
            found.append(shift(expression, sentence.span.start))
            previous = expression.interval or previous
    return msgspec.structs.replace(document, times=tuple(found))
