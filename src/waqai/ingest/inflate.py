"""Unpacking what came packed from the network, never further than a bound."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from waqai.errors import InputError

GZIP = b"\x1f\x8b"
_ANY_HEAD = 32 + zlib.MAX_WBITS


def inflate(pieces: Iterable[bytes], most: int) -> bytes:
    """The content of gzip or zlib data. InputError (WQ-110) when it is broken, cut off, or unpacks to more than `most` bytes."""
    found = bytearray()
    decoder = zlib.decompressobj(_ANY_HEAD)
    try:
        for piece in pieces:
            rest = piece
            while rest:
                if decoder.eof:
                    # A file of several gzip members is one file; zeros at the end are padding.
                    rest = rest.lstrip(b"\0")
                    decoder = zlib.decompressobj(_ANY_HEAD) if rest else decoder
                    continue
                found += decoder.decompress(rest, most + 1 - len(found))
                if len(found) > most:
                    raise InputError("WQ-110", f"unpacks to more than {most // 1_000_000} MB.")
                rest = decoder.unused_data if decoder.eof else decoder.unconsumed_tail
    except zlib.error as error:
        raise InputError("WQ-110", f"cannot be unpacked: {error}.") from error
    if not decoder.eof:
        raise InputError("WQ-110", "cannot be unpacked: it is cut off.")
    return bytes(found)
