"""Waqai (وقائع): who did what to whom, when, where, and according to whom, out of Arabic news."""

__version__ = "0.1.0"
