"""Waqai (وقائع): who did what to whom, when, where, and according to whom, out of Arabic news."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from waqai.coder import Coder, load
    from waqai.document import Document
    from waqai.records.html import load_ipython_extension, show
    from waqai.store import Store

__version__ = "0.1.0"
__all__ = ["Coder", "Document", "Store", "load", "load_ipython_extension", "show"]

_HOME = {
    "Coder": "waqai.coder", "load": "waqai.coder", "Document": "waqai.document", "Store": "waqai.store",
    "show": "waqai.records.html", "load_ipython_extension": "waqai.records.html",
}


def __getattr__(name: str) -> Any:
    """Public names are imported when they are asked for: `waqai --help` must not wait for the analysis."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOME[name]), name)
