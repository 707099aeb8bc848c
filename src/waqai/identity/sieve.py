"""What is new in a stream of articles, seen beside what a store holds and what is still on its way there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, Protocol

import msgspec

from waqai.identity.fingerprints import Fingerprint, Wording, fingerprint, wording
from waqai.identity.likeness import Article, likeness
from waqai.identity.recent import Recent


class Standing(msgspec.Struct, frozen=True):
    """How a store has an identifier: as a document, as a copy, or as a document whose place another took ("earlier")."""

    kind: Literal["document", "copy", "earlier"]
    text_hash: str
    coder: str = ""


class Verdict(msgspec.Struct, frozen=True):
    """What an article is, `of` naming the copied one or the one whose place it takes: for a corrected article its own identifier."""

    kind: Literal["new", "unchanged", "copy", "version"]
    of: str = ""
    share: float = 0.0


class Shelf(Protocol):
    """What a sieve asks a store, for many articles at once."""

    def standings(self, doc_ids: Sequence[str]) -> Mapping[str, Sequence[Standing]]:
        """How these identifiers are stored; those that are not are left out."""
        ...

    def like(self, asked: Sequence[tuple[Article, Fingerprint]]) -> Sequence[Sequence[Article]]:
        """For each the stored documents that may be the same, the likeliest first."""
        ...


_NEW, _UNCHANGED = Verdict("new"), Verdict("unchanged")


class Sieve:
    """Verdicts on articles in the order in which they come. `coder` names what is to code them.

    What is not unchanged is under way from its verdict until it is forgotten: written, or known not to be.
    """

    def __init__(self, shelf: Shelf, coder: str) -> None:
        self._shelf, self._coder = shelf, coder
        self._recent = Recent()
        self._hashes: dict[str, str] = {}
        self._taken: dict[str, str] = {}

    def judge(self, articles: Sequence[Article], *, again: bool = False) -> list[Verdict]:
        """One verdict for each, those before it in the list counted as there. With `again` stored documents are to be coded again."""
        standings = self._shelf.standings([article.doc_id for article in articles])
        known = [_as_stored(article, standings.get(article.doc_id, ()), self._coder, again=again) for article in articles]
        worded = [wording(article.text) if verdict is None or verdict.kind == "version" else None for article, verdict in zip(articles, known, strict=True)]
        looks = [(place, words, fingerprint(words, articles[place].url)) for place, words in enumerate(worded) if words is not None]
        unknown = [(articles[place], seen) for place, _, seen in looks if known[place] is None]
        stored = iter(self._shelf.like(unknown) if unknown else ())
        looked = {place: (words, seen, next(stored) if known[place] is None else ()) for place, words, seen in looks}
        return [self._verdict(article, verdict, looked.get(place)) for place, (article, verdict) in enumerate(zip(articles, known, strict=True))]

    def fingerprints(self, doc_ids: Iterable[str]) -> dict[str, Fingerprint]:
        """The fingerprints of articles under way, those that were made."""
        return {doc_id: seen for doc_id in doc_ids if (seen := self._recent.fingerprint_of(doc_id)) is not None}

    def forget(self, doc_ids: Iterable[str]) -> None:
        """These are written, or will never be."""
        gone = set(doc_ids)
        self._recent.forget(gone)
        for doc_id in gone:
            self._hashes.pop(doc_id, None)
        self._taken = {old: new for old, new in self._taken.items() if new not in gone}

    def _verdict(self, article: Article, known: Verdict | None, looked: tuple[Wording, Fingerprint, Sequence[Article]] | None) -> Verdict:
        if known is _UNCHANGED or self._hashes.get(article.doc_id) == article.text_hash:
            return _UNCHANGED
        verdict = known
        if looked is not None:
            worded, seen, stored = looked
            corrected = known is not None or self._recent.fingerprint_of(article.doc_id) is not None
            verdict = Verdict("version", article.doc_id) if corrected else self._compared(article, worded, (*stored, *self._recent.like(article, seen)))
            if verdict.kind != "copy":
                self._recent.add(article, seen)
                self._taken.pop(article.doc_id, None)
        self._hashes[article.doc_id] = article.text_hash
        return verdict or _NEW

    def _compared(self, article: Article, worded: Wording, others: Sequence[Article]) -> Verdict:
        found = [(other.doc_id, like) for other in others if (like := likeness(article, worded, other)) is not None]
        # A copy of one is a copy, whatever it is to others.
        first = min(found, key=lambda pair: pair[1].kind != "copy", default=None)
        if first is None:
            return _NEW
        of = self._newest(first[0])
        if first[1].kind == "version":
            self._taken[of] = article.doc_id
        return Verdict(first[1].kind, of, first[1].share)

    def _newest(self, doc_id: str) -> str:
        """The document that takes the place of this one, by what is under way."""
        while doc_id in self._taken:
            doc_id = self._taken[doc_id]
        return doc_id


def _as_stored(article: Article, standings: Sequence[Standing], coder: str, *, again: bool) -> Verdict | None:
    """The verdict on an article whose identifier is stored, None where its text decides.

    A document is coded again when it, or the coder, is another; a copy, or a document whose place was taken, stays that.
    """
    document = next((standing for standing in standings if standing.kind == "document"), None)
    if document is not None and document.text_hash != article.text_hash:
        return Verdict("version", article.doc_id)
    if document is not None:
        return _NEW if again or document.coder != coder else _UNCHANGED
    return _UNCHANGED if any(standing.text_hash == article.text_hash for standing in standings) else None
