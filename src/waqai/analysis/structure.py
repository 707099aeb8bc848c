"""The first stage: blocks, sentences and tokens, and the agencies a text credits."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from waqai.analysis.stage import Stage
from waqai.document import Block, Document, Sentence
from waqai.text.blocks import find_blocks
from waqai.text.sentences import split_sentences
from waqai.text.tokens import tokenize
from waqai.text.words import WordAnalyzer

_READ = frozenset({"headline", "deck", "highlight", "body", "pull quote"})


def structure_stage(words: WordAnalyzer) -> Stage:
    """Adds `blocks`, `sentences` with tokens, and `credit` where bylines and datelines name agencies."""

    def run(document: Document) -> Document:
        if document.part == "title":
            blocks = tuple(msgspec.structs.replace(b, role="headline") for b in find_blocks(document.text))
        else:
            blocks = find_blocks(document.text)
        sentences = tuple(_sentences(document.text, blocks, words))
        credit = document.credit or tuple(
            document.text_of(b.span) for b in blocks if b.role in ("byline", "dateline")
        )
        return msgspec.structs.replace(document, blocks=blocks, sentences=sentences, credit=credit)

    return Stage("structure", (), ("blocks", "sentences"), run)


def _sentences(text: str, blocks: tuple[Block, ...], words: WordAnalyzer) -> Iterator[Sentence]:
    index = 0
    for block in blocks:
        if block.role not in _READ:
            continue
        for span in split_sentences(text, block.span):
            tokens = tokenize(text, span.start, span.end, words)
            if tokens:
                yield Sentence(index, span, block.role, tokens)
                index += 1
