"""Closed-class words and the tag that each has in the shallow parse."""

from __future__ import annotations

from typing import cast

from waqai.document import Tag
from waqai.knowledge.loader import Resources
from waqai.text.folding import fold_word

SyntaxClasses = dict[str, Tag]


def load_syntax(resources: Resources) -> SyntaxClasses:
    """Folded word to tag, out of lexicon/syntax.tsv. Where folding makes two words one, the first row counts."""
    classes: SyntaxClasses = {}
    for row in resources.table("lexicon/syntax.tsv"):
        classes.setdefault(fold_word(row["word"]), cast(Tag, row["tag"]))
    return classes


def load_fields(resources: Resources) -> frozenset[str]:
    """Folded fields of ministries without article, out of offices/fields.tsv."""
    return frozenset(fold_word(row["word"]) for row in resources.table("offices/fields.tsv"))
