"""Tokens: words of any script, numbers, and single marks, with spans in the original."""

from __future__ import annotations

import re

from waqai.document import Span, Token
from waqai.text.folding import fold_word
from waqai.text.words import WordAnalyzer

_INVISIBLE = "\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u061c\u00ad"
_ARABIC = "[\u0610-\u061a\u0620-\u065f\u066e-\u06d3\u06d5-\u06dc\u06df-\u06e8\u06ea-\u06ef\u06fa-\u06fc\u0750-\u077f\ufb50-\ufdfb\ufe70-\ufefc]"
_TOKEN = re.compile(
    rf"(?P<arabic>{_ARABIC}(?:[{_INVISIBLE}]*{_ARABIC})*)"
    r"|(?P<number>\d+(?:[.,:/٫٬]\d+)*)"
    r"|(?P<latin>[^\W\d_]+(?:['’.-][^\W\d_]+)*)"
    rf"|(?P<mark>[^\s{_INVISIBLE}])"
)


def tokenize(text: str, start: int, end: int, words: WordAnalyzer) -> tuple[Token, ...]:
    """The tokens of `text` between `start` and `end`, with the readings of Arabic words."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text, start, end):
        surface = match.group()
        if match.lastgroup == "arabic":
            folded, readings = words.analyze(surface)
            if not folded:
                continue
        else:
            folded, readings = fold_word(surface), ()
            if match.lastgroup == "latin":
                readings = words.foreign(folded)
        found.append(Token(Span(match.start(), match.end()), folded, readings))
    return tuple(found)
