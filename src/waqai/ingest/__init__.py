"""Bytes to documents."""

from waqai.ingest.metadata import Metadata, read_date
from waqai.ingest.source import read_contents, read_inputs

__all__ = ["Metadata", "read_contents", "read_date", "read_inputs"]
