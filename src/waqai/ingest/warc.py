"""Web archives (WARC), as crawlers write them: the HTML answers with status 200, in order."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import IO, NamedTuple

from waqai.ingest.reading import Reading, too_large
from waqai.issues import Issue

MAGIC = b"WARC/"
_HEAD_LARGEST = 65_536
_CHUNK = 65_536
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_PAGES = ("text/html", "application/xhtml+xml")
# deflate comes with a head of zlib or gzip
_WBITS = {"gzip": 31, "x-gzip": 31, "deflate": 47}


class Archived(NamedTuple):
    """One archived page: its bytes, the encoding that the server named ("" when it named none), its address."""

    data: bytes
    charset: str
    url: str


class _DamageError(Exception):
    """A record that is not what its head says; the message says why."""


def read_warc(stream: IO[bytes], name: str, reading: Reading) -> Iterator[Archived | Issue]:
    """The pages of an archive that is unpacked already. After a broken record reading goes on with the next one."""
    number = 0
    while True:
        strange, found = _next_record(stream)
        if strange:
            yield _broken(f"{strange} bytes that belong to no record were skipped", f"{name} after record {number}")
        if not found:
            return
        number += 1
        where = f"{name} record {number}"
        try:
            head = _head(stream)
            where = f"{where} ({head['warc-target-uri'][:200]})" if "warc-target-uri" in head else where
            length = _length(head)
            if head.get("warc-type") != "response" or not head.get("content-type", "").startswith("application/http"):
                _skip(stream, length)
            elif length > reading.limits.page + _HEAD_LARGEST:
                _skip(stream, length)
                yield too_large(where, reading.limits.page)
            else:
                yield from _answer(_exactly(stream, length), head.get("warc-target-uri", ""), where, reading)
        except _DamageError as damage:
            yield _broken(str(damage), where)


def _broken(reason: str, where: str) -> Issue:
    return Issue("WQ-138", f"is no web archive as it should be: {reason}.", where=where, advice="Reading goes on with the next record.")


def _next_record(stream: IO[bytes]) -> tuple[int, bool]:
    """Go behind the line that begins the next record: how many bytes stood before it, and whether there is one."""
    strange = 0
    begins_line = True
    while piece := stream.readline(_CHUNK):
        if begins_line and piece.startswith(MAGIC):
            return strange, True
        strange += len(piece.strip())
        begins_line = piece.endswith(b"\n")
    return strange, False


def _head(stream: IO[bytes]) -> dict[str, str]:
    """The header lines of a record, names in lower case."""
    lines: list[bytes] = []
    size = 0
    while (piece := stream.readline(_HEAD_LARGEST)).strip():
        size += len(piece)
        if size > _HEAD_LARGEST:
            raise _DamageError("its head has no end")
        lines.append(piece)
    return _fields(lines)


def _fields(lines: list[bytes]) -> dict[str, str]:
    pairs = (line.decode("utf-8", "replace").partition(":") for line in lines)
    return {name.strip().lower(): value.strip() for name, colon, value in pairs if colon}


def _length(head: dict[str, str]) -> int:
    length = head.get("content-length", "")
    # Twenty digits are no length but an attempt to make Python work.
    if not (length.isascii() and length.isdigit() and len(length) < 20):
        raise _DamageError("its head names no length")
    return int(length)


def _exactly(stream: IO[bytes], length: int) -> bytes:
    data = stream.read(length)
    if len(data) < length:
        raise _DamageError(f"it ends after {len(data)} of {length} bytes")
    return data


def _skip(stream: IO[bytes], length: int) -> None:
    while length > 0:
        piece = stream.read(min(length, _CHUNK))
        if not piece:
            raise _DamageError("it ends too early")
        length -= len(piece)


def _answer(content: bytes, url: str, where: str, reading: Reading) -> Iterator[Archived | Issue]:
    """The page in an HTTP answer; nothing where it is no page or no success."""
    top, _, body = content.partition(b"\r\n\r\n")
    status, *lines = top.split(b"\r\n")
    head = _fields(lines)
    kind = head.get("content-type", "")
    if status.split()[1:2] != [b"200"] or not kind.lower().startswith(_PAGES):
        return
    if "chunked" in head.get("transfer-encoding", "").lower():
        body = _joined(body)
    data = _decoded(body, head.get("content-encoding", "").lower(), reading.limits.page)
    if len(data) > reading.limits.page:
        yield too_large(where, reading.limits.page)
        return
    charset = _CHARSET.search(kind)
    yield Archived(data, charset.group(1) if charset else "", url)


def _joined(body: bytes) -> bytes:
    """The content of a chunked body. Some crawlers join the chunks and leave the header: then it is the body itself."""
    pieces: list[bytes] = []
    at = 0
    while at < len(body):
        end = body.find(b"\r\n", at, at + 100)
        size = body[at:end].split(b";")[0].strip() if end >= 0 else b""
        if not re.fullmatch(rb"[0-9A-Fa-f]{1,8}", size):
            return body if not pieces else b"".join(pieces)
        length = int(size, 16)
        if length == 0:
            break
        pieces.append(body[end + 2 : end + 2 + length])
        at = end + 2 + length + 2
    return b"".join(pieces)


def _decoded(body: bytes, encoding: str, limit: int) -> bytes:
    """A body without its content encoding, at most one byte more than `limit`. Unpacked by the crawler, it is left as it is."""
    if encoding in {"", "identity"}:
        return body
    if encoding not in _WBITS:
        if b"<" in body[:200]:
            return body
        raise _DamageError(f"its page is packed as {encoding[:20]!r}, which we cannot unpack")
    try:
        return zlib.decompressobj(_WBITS[encoding]).decompress(body, limit + 1)
    except zlib.error:
        return body
