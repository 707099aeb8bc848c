"""Words that are one word in another number: broken plurals and what they are plurals of."""

from __future__ import annotations

from collections import defaultdict

from waqai.knowledge.loader import Resources
from waqai.text.folding import fold_word

Families = dict[str, frozenset[str]]


def load_families(resources: Resources) -> Families:
    """Folded word to all folded words of its lemma, itself included, out of lexicon/irregular.tsv and lexicon/plurals.tsv."""
    of_lemma: dict[str, set[str]] = defaultdict(set)
    for row in resources.table("lexicon/irregular.tsv"):
        of_lemma[fold_word(row["lemma"])].add(fold_word(row["word"]))
    for row in resources.table("lexicon/plurals.tsv"):
        of_lemma[fold_word(row["lemma"])].add(fold_word(row["word"]))
    found: dict[str, set[str]] = defaultdict(set)
    for lemma, words in of_lemma.items():
        family = {lemma, *words}
        for word in family:
            found[word] |= family
    return {word: frozenset(family) for word, family in found.items()}
