"""Packed streams (.gz, .bz2, .xz, .zst), unpacked as they are read and never further than their size allows."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import sys
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from typing import IO, Any, cast

from waqai.errors import InputError
from waqai.ingest.limits import Limits, readable_size

PACKED = {".gz": "gz", ".bz2": "bz2", ".xz": "xz", ".lzma": "xz", ".zst": "zst"}
# Names that say both that it is packed and what is in it.
SHORT_NAMES = {".tgz": ".tar.gz", ".tbz2": ".tar.bz2", ".txz": ".tar.xz"}
_MAGIC = {b"\x1f\x8b": "gz", b"BZh": "bz2", b"\xfd7zXZ\x00": "xz", b"\x28\xb5\x2f\xfd": "zst"}
DAMAGED = (
    EOFError, OSError, ValueError, OverflowError, MemoryError, NotImplementedError,
    lzma.LZMAError, zlib.error, zipfile.BadZipFile, tarfile.TarError,
)  # fmt: skip
"""What the libraries raise for packed streams and archives that are not what they should be."""


def packing(head: bytes) -> str:
    """How a stream that begins with `head` is packed, "" when it is not."""
    return next((kind for magic, kind in _MAGIC.items() if head.startswith(magic)), "")


def unpacked(stream: IO[bytes], kind: str, where: str, limits: Limits) -> io.BufferedReader:
    """The content of a packed stream. InputError while reading when too much comes out, or without what .zst needs."""
    counted = Counted(stream)
    inner = _OPENERS[kind](io.BufferedReader(counted))
    return io.BufferedReader(Bounded(inner, lambda: counted.count, where, limits))


class Counted(io.RawIOBase):
    """A stream that knows how many bytes were taken from it, and leaves the one below open."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.count = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any, /) -> int:
        """Fill a buffer; the number of bytes, 0 at the end."""
        view = memoryview(buffer)
        data = self._stream.read(len(view))
        view[: len(data)] = data
        self.count += len(data)
        return len(data)


class Bounded(io.RawIOBase):
    """An unpacked stream that ends with InputError where it is damaged, or where far more comes out than `taken` bytes hold."""

    def __init__(self, inner: IO[bytes], taken: Callable[[], int], where: str, limits: Limits) -> None:
        self._inner, self._taken, self._where, self._limits = inner, taken, where, limits
        self._given = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any, /) -> int:
        """Fill a buffer; the number of bytes, 0 at the end. InputError as the class says."""
        view = memoryview(buffer)
        try:
            data = self._inner.read(len(view))
        except DAMAGED as error:
            raise broken(error, self._where) from error
        view[: len(data)] = data
        self._given += len(data)
        if self._given > self._limits.unpacked_freely and self._given > self._limits.ratio * max(self._taken(), 1):
            raise InputError(
                "WQ-131",
                f"unpacks to more than {self._limits.ratio} times its size; reading stopped after {readable_size(self._given)}.",
                where=self._where,
                advice="This is what archives look like that are made to fill a disk. Unpack it yourself if you trust it.",
            )
        return len(data)


def broken(error: BaseException, where: str) -> InputError:
    """The error for a packed stream or archive that raised one of DAMAGED."""
    reason = (str(error) or type(error).__name__)[:200]
    return InputError("WQ-110", f"cannot be unpacked: {reason}.", where=where, advice="What came before was read.")


def _zstandard(stream: IO[bytes]) -> IO[bytes]:
    try:
        if sys.version_info >= (3, 14):
            from compression import zstd
        else:
            from backports import zstd
    except ImportError as error:
        raise InputError("WQ-134", "Reading .zst needs a package.", advice="Run: pip install 'waqai[archives]'") from error
    return cast(IO[bytes], _Zstandard(cast(IO[bytes], zstd.ZstdFile(stream)), zstd.ZstdError))


class _Zstandard(io.RawIOBase):
    """A Zstandard stream whose errors are those of the other packings."""

    def __init__(self, inner: IO[bytes], error: type[Exception]) -> None:
        self._inner, self._error = inner, error

    def read(self, size: int = -1, /) -> bytes:
        try:
            return self._inner.read(size)
        except self._error as error:
            raise EOFError(str(error)) from error


_OPENERS: dict[str, Callable[[IO[bytes]], IO[bytes]]] = {
    "gz": lambda stream: cast(IO[bytes], gzip.GzipFile(fileobj=stream)),
    "bz2": lambda stream: cast(IO[bytes], bz2.BZ2File(stream)),
    "xz": lambda stream: cast(IO[bytes], lzma.LZMAFile(stream)),  # noqa: SIM115
    "zst": _zstandard,
}
