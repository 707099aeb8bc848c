"""Articles on their way into a store, so that a copy is known before its original is written."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from waqai.identity.fingerprints import Fingerprint
from waqai.identity.likeness import Article

MOST_LIKE = 8
"""So many articles are looked at for one. Where a template makes thousands that are nearly the same, the nearest decide."""


class Recent:
    """The articles that were taken up and not yet forgotten, found by their fingerprints."""

    def __init__(self) -> None:
        self._articles: dict[str, tuple[Article, Fingerprint]] = {}
        self._by_mark: dict[int, set[str]] = defaultdict(set)
        self._place: dict[str, int] = {}
        self._count = 0

    def add(self, article: Article, seen: Fingerprint) -> None:
        """Take up an article; one of the same identifier takes the place of the earlier."""
        self.forget([article.doc_id])
        self._articles[article.doc_id] = article, seen
        self._place[article.doc_id] = self._count = self._count + 1
        for mark in seen.marks:
            self._by_mark[mark].add(article.doc_id)

    def like(self, article: Article, seen: Fingerprint) -> list[Article]:
        """Those that may be the same, or are of the same address: those with most in common, and of these the first taken up."""
        shared = Counter(doc_id for mark in seen.marks for doc_id in self._by_mark.get(mark, ()) if doc_id != article.doc_id)
        found = sorted(shared, key=lambda doc_id: (-shared[doc_id], self._place[doc_id]))[:MOST_LIKE]
        return [self._articles[doc_id][0] for doc_id in found]

    def fingerprint_of(self, doc_id: str) -> Fingerprint | None:
        """The fingerprint of one that is there."""
        return self._articles[doc_id][1] if doc_id in self._articles else None

    def forget(self, doc_ids: Iterable[str]) -> None:
        """Let go of articles, unknown identifiers included."""
        for doc_id in doc_ids:
            if doc_id in self._articles:
                _, seen = self._articles.pop(doc_id)
                del self._place[doc_id]
                for mark in seen.marks:
                    self._by_mark[mark].discard(doc_id)
                    if not self._by_mark[mark]:
                        del self._by_mark[mark]

