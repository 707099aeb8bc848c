"""The example articles: in the wheel beside the other resources, in a checkout in examples/."""

from __future__ import annotations

from pathlib import Path

from waqai.errors import ResourceError
from waqai.knowledge.loader import PACKAGED


def example_articles() -> Path:
    """The file of example articles, JSON lines. ResourceError when it is missing."""
    checkout = PACKAGED.parent.parent.parent / "examples" / "articles.jsonl"
    for path in (PACKAGED / "examples" / "articles.jsonl", checkout):
        if path.exists():
            return path
    raise ResourceError("WQ-205", "the example articles are missing.", advice="Install Waqai again.")
