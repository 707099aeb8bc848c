"""Issues: problems with one input, collected while the batch goes on."""

from __future__ import annotations

from typing import Literal

import msgspec

MOST_CONTENT = 1_000_000
"""Bytes of an input that is kept for another attempt; of a larger one only the reason is."""


class Issue(msgspec.Struct, frozen=True, gc=False):
    """One problem with one input.

    `fatal` means that the input was skipped; `where` is file, line and field; `content` is the input as it came, where another attempt may help.
    """

    code: str
    message: str
    where: str = ""
    advice: str = ""
    fatal: bool = True
    level: Literal["error", "warning"] = "error"
    content: bytes = b""

    def __str__(self) -> str:
        return " ".join(part for part in (self.code, self.where and f"{self.where}:", self.message, self.advice) if part)
