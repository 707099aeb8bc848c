"""Fingerprints of texts: what finds, among millions, the few that may be nearly the same.

MinHash over three words in a row (Broder 1997), cut into bands (Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, 3.4): two texts
that share a share s of their triples have a band in common with the probability 1 - (1 - s^6)^21, which is 0.99 at 0.8, 0.92 at 0.7 and 0.28 at 0.5.
"""

from __future__ import annotations

import hashlib
import re

import msgspec
from rensa import RMinHash

from waqai.text.folding import fold_text

_HASHES, _BANDS, _SEED = 126, 21, 19
_ROWS = _HASHES // _BANDS
_TRIPLE = 3
_WORD = re.compile(r"[^\W_]+")


class Fingerprint(msgspec.Struct, frozen=True, gc=False):
    """`content` is the same for texts of the same words; texts that are nearly the same share some of `bands`; `address` is 0 without one.

    All are signed numbers of 64 bits, and `marks` are all of them.
    """

    content: int
    bands: tuple[int, ...]
    address: int = 0

    @property
    def marks(self) -> tuple[int, ...]:
        """What the index holds of an article."""
        return (self.content, *self.bands, *((self.address,) if self.address else ()))


class Wording(msgspec.Struct, frozen=True, gc=False):
    """The words of a text in one spelling, without marks, and each three in a row that it has."""

    words: tuple[str, ...]
    triples: frozenset[str]


def wording(text: str) -> Wording:
    """How a text is worded: what fingerprints and likeness are made of."""
    words = tuple(_WORD.findall(fold_text(text).lower()))
    return Wording(words, frozenset(" ".join(words[i : i + _TRIPLE]) for i in range(max(1, len(words) - _TRIPLE + 1))))


def fingerprint(worded: Wording, url: str = "") -> Fingerprint:
    """The fingerprint of an article. The same in every process and on every machine."""
    hashes = RMinHash(num_perm=_HASHES, seed=_SEED)
    hashes.update(sorted(worded.triples))
    digest = hashes.digest()
    bands = tuple(_number(f"{band} {digest[band * _ROWS : (band + 1) * _ROWS]}") for band in range(_BANDS))
    return Fingerprint(_number(" ".join(worded.words)), bands, _number(f"address {url}") if url else 0)


def _number(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), signed=True)
