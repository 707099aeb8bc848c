"""What every reader needs besides its input: what is known already, how dates are read, and how much may be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import IO

import msgspec

from waqai.document import Document
from waqai.ingest.limits import DEFAULT, Limits, readable_size
from waqai.ingest.metadata import DateParser, Metadata
from waqai.issues import MOST_CONTENT, Issue
from waqai.knowledge.pages import PagePhrases

Read = Iterator[Document | Issue]
_NOT_ARABIC = "WQ-103"


class Reading(msgspec.Struct, frozen=True):
    """The settings of one reading.

    `about` fills in what an article does not say itself; `parse` reads dates in words; `follow` reads the page behind an
    address that a list names (address, what the list says of it, where it stands), and is None where that is not wanted.
    """

    phrases: PagePhrases
    about: Metadata = Metadata()
    parse: DateParser | None = None
    limits: Limits = DEFAULT
    follow: Callable[[str, Metadata, str], Read] | None = None


def with_content(read: Read, content: bytes) -> Read:
    """What is read; the issue of an input that another attempt may help gets the input as it came."""
    for item in read:
        hopeless = isinstance(item, Document) or not item.fatal or item.content or item.code == _NOT_ARABIC or len(content) > MOST_CONTENT
        yield item if hopeless else msgspec.structs.replace(item, content=content)


def read_whole(stream: IO[bytes], limit: int) -> bytes | None:
    """All of a stream, None where it has more than `limit` bytes."""
    data = stream.read(limit + 1)
    return None if len(data) > limit else data


def too_large(where: str, limit: int, what: str = "is") -> Issue:
    """The issue for what goes over a bound."""
    return Issue("WQ-130", f"{what} larger than {readable_size(limit)}, and was skipped.", where=where, advice="Split it into one article each.")
