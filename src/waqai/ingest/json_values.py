"""Files that hold one JSON value over many lines: its objects one by one, without reading the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

from waqai.ingest.limits import Limits

_CHUNK = 65_536
_SIGN = re.compile(rb'["\\{}\[\]]')
_STRING_SIGN = re.compile(rb'["\\]')


class Skipped(int):
    """Stands for an object that was larger or deeper than is read; its value is its number in the file."""


def objects(stream: IO[bytes], limits: Limits) -> Iterator[bytes | Skipped]:
    """The objects of a list, or those that stand one after another, each as its bytes.

    Only brackets and strings are looked at: whether an object is JSON is for whoever decodes it. What stands outside of
    objects is passed over.
    """
    scan = _Scan(limits)
    while chunk := stream.read(_CHUNK):
        yield from scan.take(chunk)
    if scan.depth:
        # An object without its end is given all the same, so that it is reported.
        yield scan.rest()


class _Scan:
    """Where the scan stands between two chunks: how deep in objects, whether in a string, what it has collected."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self.depth = 0
        self._number = 0
        self._held = bytearray()
        self._too_much = False
        self._in_string = False
        self._escaped = False

    def take(self, chunk: bytes) -> Iterator[bytes | Skipped]:
        """Go through one chunk; gives the objects that end in it."""
        begin = at = 0
        if self._escaped:
            self._escaped = False
            at = 1
        while found := (_STRING_SIGN if self._in_string else _SIGN).search(chunk, at):
            sign, at = found.group(), found.end()
            if sign == b"\\":
                at += self._in_string
                self._escaped = at > len(chunk)
            elif sign == b'"':
                self._in_string = not self._in_string
            elif sign in b"{[":
                if self.depth or sign == b"{":
                    begin = begin if self.depth else found.start()
                    self.depth += 1
                    self._too_much = self._too_much or self.depth > self._limits.json_depth
            elif self.depth:
                self.depth -= 1
                if not self.depth:
                    self._hold(chunk[begin:at])
                    yield self.rest()
        if self.depth:
            self._hold(chunk[begin:])

    def rest(self) -> bytes | Skipped:
        """What has been collected, and begin anew."""
        self._number += 1
        value = Skipped(self._number) if self._too_much else bytes(self._held)
        self._held, self._too_much = bytearray(), False
        return value

    def _hold(self, piece: bytes) -> None:
        self._too_much = self._too_much or len(self._held) + len(piece) > self._limits.line
        if self._too_much:
            self._held.clear()
        else:
            self._held += piece
