"""Which articles are the same: copies, and versions of one another."""

from waqai.identity.fingerprints import Fingerprint, Wording, fingerprint, wording
from waqai.identity.likeness import Article, Copy, Likeness, likeness
from waqai.identity.recent import MOST_LIKE
from waqai.identity.sieve import Shelf, Sieve, Standing, Verdict

__all__ = ["MOST_LIKE", "Article", "Copy", "Fingerprint", "Likeness", "Shelf", "Sieve", "Standing", "Verdict", "Wording", "fingerprint", "likeness", "wording"]
