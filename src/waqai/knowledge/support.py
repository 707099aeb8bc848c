"""Words around predicates: verbs that only carry an event noun, nouns for texts that speak."""

from __future__ import annotations

from waqai.knowledge.loader import Resources
from waqai.text.folding import fold_word

SupportVerbs = dict[tuple[str, str], str]
"""(verb lemma, preposition or "") to what the subject of the verb is to the noun: actor or recipient."""


def load_support_verbs(resources: Resources) -> SupportVerbs:
    """lexicon/support_verbs.tsv."""
    return {(row["verb"], row["preposition"]): row["role"] for row in resources.table("lexicon/support_verbs.tsv")}


def load_texts(resources: Resources) -> frozenset[str]:
    """lexicon/texts.tsv, folded."""
    return frozenset(fold_word(row["word"]) for row in resources.table("lexicon/texts.tsv"))
