"""How much of an input is read: every reader keeps to these bounds, so that no input takes all memory or all time."""

from __future__ import annotations

import msgspec


class Limits(msgspec.Struct, frozen=True):
    """The largest of everything. What is larger is reported and skipped, and reading goes on behind it."""

    article: int = 5_000_000
    """Characters of one article."""
    page: int = 10_000_000
    """Bytes of one page, or of one text file."""
    tags: int = 100_000
    """Tags of one page; real ones have up to some ten thousand, and each costs time and memory."""
    line: int = 32_000_000
    """Bytes of one line, or of one value in a list of JSON."""
    json_depth: int = 200
    """How many brackets may stand within one another in JSON."""
    archive: int = 500_000_000
    """Bytes of an archive that cannot be read where it lies, such as one inside another, and is held in memory."""
    members: int = 200_000
    """Members of one archive."""
    archive_depth: int = 4
    """How many packings and archives may lie within one another: .tar.gz are two."""
    unpacked_freely: int = 100_000_000
    """So many bytes may come out of any packed file or member, whatever its size."""
    ratio: int = 250
    """Beyond that, how many bytes may come out for each that went in. Text gives 3 to 60."""


DEFAULT = Limits()


def readable_size(count: int) -> str:
    """A number of bytes for people: "10 MB"."""
    return f"{count / 1e6:.0f} MB" if count >= 1_000_000 else f"{count} bytes"
