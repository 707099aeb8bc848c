"""What several folders of tests share."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import waqai

# Worker processes get this path too, and import their stand-ins from it.
sys.path.insert(0, str(Path(__file__).parent / "support"))


@pytest.fixture(scope="session")
def coder() -> waqai.Coder:
    """One coder with the packaged resources for all tests."""
    return waqai.load()
