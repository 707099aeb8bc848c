"""Errors for people: a permanent code, what was wrong, where, and what to do."""

from __future__ import annotations


class WaqaiError(Exception):
    """Base of every error that Waqai raises on purpose. `code` is permanent, so that it can be searched for."""

    def __init__(self, code: str, message: str, *, where: str = "", advice: str = "") -> None:
        self.code, self.message, self.where, self.advice = code, message, where, advice
        super().__init__(" ".join(part for part in (code, where and f"{where}:", message, advice) if part))


class InputError(WaqaiError):
    """An input that cannot be read: it is reported, counted and skipped."""


class ResourceError(WaqaiError):
    """A resource file, ours or the user's, that breaks its own format."""


class StoreError(WaqaiError):
    """A store that cannot be opened, read or written."""


class UsageError(WaqaiError):
    """A request that makes no sense as it was put."""
