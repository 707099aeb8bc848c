"""Inputs to documents: files, folders, addresses and standard input, as one stream. A bad input never stops it."""

from __future__ import annotations

import contextlib
import gzip
import io
import lzma
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, cast

from waqai.document import Document
from waqai.errors import InputError
from waqai.ingest.decoding import decode
from waqai.ingest.fetch import fetch, is_address
from waqai.ingest.html import declared_charset, read_page
from waqai.ingest.metadata import DateParser, Metadata, make_documents
from waqai.ingest.tables import read_csv, read_json_lines
from waqai.issues import Issue

TEXT, HTML, LINES, TABLE = "text", "html", "json lines", "csv"
_FORMATS = {
    ".txt": TEXT,
    ".text": TEXT,
    ".md": TEXT,
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
    ".jsonl": LINES,
    ".ndjson": LINES,
    ".json": LINES,
    ".csv": TABLE,
    ".tsv": TABLE,
}
_PACKED = frozenset({".gz", ".xz"})
_BINARY = (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"\xd0\xcf\x11\xe0", b"PAR1", b"GIF8", b"\x7fELF")


def read_inputs(
    inputs: Iterable[str | Path],
    *,
    defaults: Metadata | None = None,
    parse: DateParser | None = None,
    stdin: IO[bytes] | None = None,
) -> Iterator[Document | Issue]:
    """Documents and issues of every input, in order, read only as far as they are asked for.

    An input is a file, a folder (read through, sorted), an address, or "-" for `stdin`. `defaults` fill in what an
    article does not say itself; `parse` reads dates that are words.
    """
    seen: set[int] = set()
    for item in _all(inputs, defaults or Metadata(), parse, stdin):
        if isinstance(item, Document):
            # Hashes, because a set of a million identifiers would be the largest thing in memory.
            key = hash(item.id)
            if key in seen:
                yield _twice(item)
            seen.add(key)
        yield item


def _all(inputs: Iterable[str | Path], about: Metadata, parse: DateParser | None, stdin: IO[bytes] | None) -> Iterator[Document | Issue]:
    for given in inputs:
        name = str(given)
        try:
            if name == "-":
                if stdin is None:
                    raise InputError("WQ-101", "there is no standard input to read.", where="-")
                yield from _sniffed(_buffered(stdin), "standard input", about, parse)
            elif is_address(name):
                yield from _address(name, about, parse)
            else:
                for path in _files(Path(name)):
                    yield from _file(path, about, parse)
        except InputError as error:
            yield Issue(error.code, error.message, where=error.where, advice=error.advice)


def _twice(document: Document) -> Issue:
    advice = "Both are coded; a store keeps the later one. Give every article an id of its own."
    message = "an article with this identifier came before."
    return Issue("WQ-113", message, where=f"document {document.id}", advice=advice, fatal=False, level="warning")


def is_readable(path: Path) -> bool:
    """Whether a file in a folder looks like an input, by the ending of its name."""
    return _format(path)[0] != ""


def _format(path: Path) -> tuple[str, str]:
    """Format and packing of a file by its name, "" where unknown."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    packed = suffixes.pop() if suffixes and suffixes[-1] in _PACKED else ""
    return (_FORMATS.get(suffixes[-1], "") if suffixes else "", packed)


def _files(path: Path) -> Iterator[Path]:
    if not path.exists():
        advice = "Check the name; put quotation marks around a name with blanks."
        raise InputError("WQ-101", "there is no such file or folder.", where=str(path), advice=advice)
    if not path.is_dir():
        yield path
        return
    found = False
    for inner in sorted(path.rglob("*")):
        hidden = any(part.startswith(".") for part in inner.relative_to(path).parts)
        if inner.is_file() and not hidden and is_readable(inner):
            found = True
            yield inner
    if not found:
        advice = "Inputs are .txt, .html, .jsonl and .csv files, also packed as .gz or .xz."
        raise InputError("WQ-101", "the folder has no file that can be read.", where=str(path), advice=advice)


def _file(path: Path, about: Metadata, parse: DateParser | None) -> Iterator[Document | Issue]:
    kind, packed = _format(path)
    with contextlib.ExitStack() as stack:
        try:
            stream = _buffered(stack.enter_context(_opened(path, packed)))
            head = stream.peek(8)
            if head.startswith(_BINARY) and not packed:
                yield Issue("WQ-108", "is no text file.", where=str(path), advice="Give .txt, .html, .jsonl or .csv files.")
            elif kind == LINES:
                yield from read_json_lines(stream, str(path), about, parse)
            elif kind == TABLE:
                yield from read_csv(stream, str(path), about, parse)
            elif kind == HTML:
                yield from _page(stream.read(), str(path), about, parse)
            elif kind == TEXT:
                yield from _text(stream.read(), str(path), about, parse)
            else:
                yield from _sniffed(stream, str(path), about, parse)
        except (EOFError, lzma.LZMAError, zlib.error, gzip.BadGzipFile) as error:
            yield Issue("WQ-110", f"cannot be unpacked: {error}.", where=str(path), advice="What came before was read.")
        except OSError as error:
            yield Issue("WQ-101", f"cannot be read: {error.strerror or error}.", where=str(path))


def _opened(path: Path, packed: str) -> IO[bytes]:
    if packed == ".gz":
        return cast(IO[bytes], gzip.open(path, "rb"))
    return lzma.open(path, "rb") if packed == ".xz" else path.open("rb")


def _buffered(stream: IO[bytes]) -> io.BufferedReader:
    return stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(stream)  # type: ignore[arg-type]


def _sniffed(stream: io.BufferedReader, name: str, about: Metadata, parse: DateParser | None) -> Iterator[Document | Issue]:
    """Standard input and files without a telling name: JSON lines, a page, or plain text, by how they begin."""
    head = stream.peek(512)[:512].removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith((b'{"', b"{ ")):
        yield from read_json_lines(stream, name, about, parse)
    elif head[:15].lower().startswith((b"<!doctype html", b"<html", b"<?xml")):
        yield from _page(stream.read(), name, about, parse)
    elif head.startswith(_BINARY):
        yield Issue("WQ-108", "is no text.", where=name, advice="Give .txt, .html, .jsonl or .csv files.")
    else:
        yield from _text(stream.read(), name, about, parse)


def _text(data: bytes, name: str, about: Metadata, parse: DateParser | None, charset: str = "") -> Iterator[Document | Issue]:
    decoded = decode(data, charset)
    notes = (decoded.repair,) if decoded.repair else ()
    yield from make_documents(decoded.text, about, where=name, parse=parse, notes=notes)


def _page(data: bytes, name: str, about: Metadata, parse: DateParser | None, charset: str = "") -> Iterator[Document | Issue]:
    decoded = decode(data, charset or declared_charset(data))
    page = read_page(decoded.text)
    if not page.text:
        yield Issue("WQ-111", "no article was found in the page.", where=name, advice="Save its text as a .txt file.")
        return
    notes = (decoded.repair,) if decoded.repair else ()
    yield from make_documents(page.text, page.about.or_else(about), where=name, parse=parse, notes=notes)


def _address(url: str, about: Metadata, parse: DateParser | None) -> Iterator[Document | Issue]:
    answer = fetch(url)
    about = Metadata(url=answer.url).or_else(about)
    if "json" in answer.media_type:
        yield from read_json_lines(io.BytesIO(answer.data), url, about, parse)
    elif "html" in answer.media_type or answer.media_type.endswith("xml"):
        yield from _page(answer.data, url, about, parse, answer.charset)
    else:
        yield from _text(answer.data, url, about, parse, answer.charset)
