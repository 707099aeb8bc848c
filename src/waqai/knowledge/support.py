"""Support verbs: verbs that only carry an event noun."""

from __future__ import annotations

from waqai.knowledge.loader import Resources

SupportVerbs = dict[tuple[str, str], str]
"""(verb lemma, preposition or "") to what the subject of the verb is to the noun: actor or recipient."""


def load_support_verbs(resources: Resources) -> SupportVerbs:
    """lexicon/support_verbs.tsv."""
    return {(row["verb"], row["preposition"]): row["role"] for row in resources.table("lexicon/support_verbs.tsv")}
