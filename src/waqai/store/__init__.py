"""The store."""

from waqai.store.reading import Bounded, Reader
from waqai.store.reviews import Decision
from waqai.store.store import Rows, Store

__all__ = ["Bounded", "Decision", "Reader", "Rows", "Store"]
