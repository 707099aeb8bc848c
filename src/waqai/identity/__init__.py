"""Which articles are the same: copies, and versions of one another."""

from waqai.identity.fingerprints import Fingerprint, fingerprint
from waqai.identity.likeness import Article, Copy, Likeness, likeness
from waqai.identity.recent import MOST_LIKE, Recent

__all__ = ["MOST_LIKE", "Article", "Copy", "Fingerprint", "Likeness", "Recent", "fingerprint", "likeness"]
