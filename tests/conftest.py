"""What several folders of tests share."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import settings

import waqai

# The suite gives the same verdict on the same code; WAQAI_EXPLORE=1 looks for new counterexamples.
settings.register_profile("suite", derandomize=True)
settings.register_profile("explore", max_examples=1000)
settings.load_profile("explore" if os.environ.get("WAQAI_EXPLORE") else "suite")

# Worker processes get this path too, and import their stand-ins from it.
sys.path.insert(0, str(Path(__file__).parent / "support"))


@pytest.fixture(scope="session")
def coder() -> waqai.Coder:
    """One coder for all tests of frames and rules, which must not hang on what the network learnt."""
    return waqai.load(mode="lexicon")


@pytest.fixture(scope="session")
def full_coder() -> waqai.Coder:
    """One coder with frames and network."""
    return waqai.load()
