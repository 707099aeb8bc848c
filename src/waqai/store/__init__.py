"""The store."""

from waqai.store.store import Rows, Store

__all__ = ["Rows", "Store"]
