"""The compact network that reads a sentence whole: inference only. It is trained in training/, at the root of the repository."""

from waqai.encoder.pieces import Pieces, Reading

__all__ = ["Pieces", "Reading"]
