"""Articles on their way into a store, so that a copy is known before its original is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from waqai.identity.fingerprints import Fingerprint
from waqai.identity.likeness import Article


class Recent:
    """The articles that were taken up and not yet forgotten, found by their fingerprints."""

    def __init__(self) -> None:
        self._articles: dict[str, tuple[Article, Fingerprint]] = {}
        self._by_mark: dict[tuple[str, int], set[str]] = defaultdict(set)

    def add(self, article: Article, seen: Fingerprint) -> None:
        """Take up an article; one of the same identifier takes the place of the earlier."""
        self.forget([article.doc_id])
        self._articles[article.doc_id] = article, seen
        for mark in _marks(article, seen):
            self._by_mark[mark].add(article.doc_id)

    def like(self, article: Article, seen: Fingerprint) -> list[Article]:
        """Those that may be the same, or are of the same address."""
        found = {doc_id: self._articles[doc_id][0] for mark in _marks(article, seen) for doc_id in sorted(self._by_mark.get(mark, ()))}
        return [other for doc_id, other in found.items() if doc_id != article.doc_id]

    def forget(self, doc_ids: Iterable[str]) -> None:
        """Let go of articles, unknown identifiers included."""
        for doc_id in doc_ids:
            if doc_id in self._articles:
                article, seen = self._articles.pop(doc_id)
                for mark in _marks(article, seen):
                    self._by_mark[mark].discard(doc_id)
                    if not self._by_mark[mark]:
                        del self._by_mark[mark]


def _marks(article: Article, seen: Fingerprint) -> list[tuple[str, int]]:
    address = [(article.url, 0)] if article.url else []
    return [("content", seen.content), *(("band", band) for band in seen.bands), *address]
