"""Inputs to documents: files, folders, addresses and standard input, as one stream. A bad input never stops it."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import IO

import msgspec

from waqai.document import Document
from waqai.errors import InputError
from waqai.ingest import parquet, warc
from waqai.ingest.archives import Member, read_tar, read_zip, shown_name
from waqai.ingest.articles import read_entries
from waqai.ingest.decoding import decode
from waqai.ingest.fetch import PUBLIC_ONLY, Reach, Rules, fetch, is_address
from waqai.ingest.formats import BINARY, CSV, FEED, HEAD, HTML, JSON, LINES, PARQUET, TAR, TEXT, WARC, ZIP, Format, by_content, by_name, contradicts
from waqai.ingest.limits import DEFAULT, Limits
from waqai.ingest.listing import looks_like_listing
from waqai.ingest.metadata import DateParser, Metadata, make_documents
from waqai.ingest.packing import packing, unpacked
from waqai.ingest.pages import read_html
from waqai.ingest.reading import Read, Reading, read_whole, too_large, with_content
from waqai.ingest.tables import read_addresses, read_csv, read_json, read_json_lines
from waqai.issues import Issue
from waqai.knowledge.loader import Resources
from waqai.knowledge.pages import PagePhrases

_KINDS = "Inputs are .txt, .html, .jsonl, .json, .csv, .parquet and .warc files, packed or in archives too."


def read_inputs(
    inputs: Iterable[str | Path],
    *,
    defaults: Metadata | None = None,
    parse: DateParser | None = None,
    stdin: IO[bytes] | None = None,
    phrases: PagePhrases | None = None,
    limits: Limits = DEFAULT,
    follow: bool = False,
) -> Iterator[Document | Issue]:
    """Documents and issues of every input, in order, read only as far as they are asked for.

    An input is a file, a folder (read through, sorted), an address, or "-" for `stdin`. `defaults` fill in what an
    article does not say itself; `parse` reads dates that are words; `phrases` are what pages print around an article, ours
    by default; `follow` reads the pages behind the addresses of lists.
    """
    reading = _reading(defaults, parse, phrases, limits, follow=follow)
    seen: set[int] = set()
    for item in _all(inputs, reading, stdin):
        if isinstance(item, Document):
            # Hashes, because a set of a million identifiers would be the largest thing in memory.
            key = hash(item.id)
            if key in seen:
                yield _twice(item)
            seen.add(key)
        yield item


def read_contents(
    contents: Iterable[tuple[str, bytes]],
    *,
    defaults: Metadata | None = None,
    parse: DateParser | None = None,
    phrases: PagePhrases | None = None,
    limits: Limits = DEFAULT,
    follow: bool = False,
) -> Iterator[Document | Issue]:
    """Documents and issues of inputs that are at hand: each the place that it came from and its bytes. The rest as in `read_inputs`."""
    reading = _reading(defaults, parse, phrases, limits, follow=follow)
    for place, content in contents:
        yield from with_content(_stream(_buffered(io.BytesIO(content)), place, Format("", ""), reading), content)


def _reading(defaults: Metadata | None, parse: DateParser | None, phrases: PagePhrases | None, limits: Limits, *, follow: bool) -> Reading:
    reading = Reading(phrases or PagePhrases(Resources()), defaults or Metadata(), parse, limits)
    return msgspec.structs.replace(reading, follow=partial(_followed, reading)) if follow else reading


def _all(inputs: Iterable[str | Path], reading: Reading, stdin: IO[bytes] | None) -> Read:
    for given in inputs:
        name = str(given)
        try:
            if name == "-":
                if stdin is None:
                    raise InputError("WQ-101", "there is no standard input to read.", where="-")
                yield from _stream(_buffered(stdin), "standard input", Format("", ""), reading)
            elif is_address(name):
                # Who types an address of his own network means it; what a page there leads to is another matter.
                yield from _address(name, reading, Rules(reach="given"))
            else:
                yield from _path(Path(name), reading)
        except InputError as error:
            yield _issue(error)


def _issue(error: InputError, where: str = "") -> Issue:
    return Issue(error.code, error.message, where=error.where or where, advice=error.advice)


def _twice(document: Document) -> Issue:
    advice = "Both are coded; a store keeps the later one. Give every article an id of its own."
    message = "an article with this identifier came before."
    return Issue("WQ-113", message, where=f"document {document.id}", advice=advice, fatal=False, level="warning")


def is_readable(path: Path) -> bool:
    """Whether a file in a folder looks like an input, by the ending of its name."""
    return by_name(path.name).kind != ""


def _path(path: Path, reading: Reading) -> Read:
    if not path.exists():
        advice = "Check the name; put quotation marks around a name with blanks."
        raise InputError("WQ-101", "there is no such file or folder.", where=str(path), advice=advice)
    if not path.is_dir():
        yield from _file(path, reading)
        return
    found = False
    for inner in _walk(path, ()):
        found = True
        yield from (inner,) if isinstance(inner, Issue) else _file(inner, reading)
    if not found:
        raise InputError("WQ-101", "the folder has no file that can be read.", where=str(path), advice=_KINDS)


def _walk(folder: Path, within: tuple[tuple[int, int], ...]) -> Iterator[Path | Issue]:
    """Readable files of a folder and those below it, sorted. `within` are the folders above, so that links in a circle end."""
    try:
        status = folder.stat()
        inside = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Issue("WQ-101", f"cannot be read: {error.strerror or error}.", where=str(folder))
        return
    here = (status.st_dev, status.st_ino)
    if here in within:
        message = "leads back to a folder above it, and was left out."
        yield Issue("WQ-140", message, where=str(folder), fatal=False, level="warning")
        return
    for entry in inside:
        path = folder / entry.name
        if entry.name.startswith("."):
            continue
        if path.is_dir():
            yield from _walk(path, (*within, here))
        elif is_readable(path) and path.is_file():
            yield path
        elif is_readable(path) and path.is_symlink():
            yield Issue("WQ-101", "is a link that leads nowhere.", where=str(path))


def _file(path: Path, reading: Reading) -> Read:
    try:
        with path.open("rb") as stream:
            yield from _stream(stream, str(path), by_name(path.name), reading, path=path)
    except OSError as error:
        yield Issue("WQ-101", f"cannot be read: {error.strerror or error}.", where=str(path))


def _stream(stream: io.BufferedReader, name: str, told: Format, reading: Reading, *, depth: int = 0, path: Path | None = None) -> Read:
    """The documents of one stream. `told` is the format that its name tells, `depth` how many packings it lies in.

    `path` is where it lies as a file, for what cannot be read as a stream.
    """
    if depth > reading.limits.archive_depth:
        yield Issue("WQ-133", f"lies in more than {reading.limits.archive_depth} archives.", where=name, advice="Unpack it, and give the folder.")
        return
    try:
        packed = told.packing or packing(stream.peek(HEAD)[:HEAD])
        if packed:
            inner = unpacked(stream, packed, name, reading.limits)
            yield from _stream(inner, name, Format(told.kind, ""), reading, depth=depth + 1)
        else:
            yield from _content(stream, name, told.kind, reading, depth, path)
    except InputError as error:
        yield _issue(error, name)


def _content(stream: io.BufferedReader, name: str, kind: str, reading: Reading, depth: int, path: Path | None) -> Read:
    head = stream.peek(HEAD)[:HEAD]
    kind = kind or by_content(head)
    if kind == BINARY or contradicts(kind, head):
        yield Issue("WQ-108", "is no text file.", where=name, advice=_KINDS)
    elif kind == ZIP:
        yield from _members(read_zip(stream, name, reading), name, reading, depth)
    elif kind == TAR:
        yield from _members(read_tar(stream, name, reading), name, reading, depth)
    elif kind == PARQUET and path is not None:
        yield from _something(parquet.read_parquet(path, name, reading), name)
    elif kind == PARQUET:
        yield Issue("WQ-139", "Parquet can only be read from a file of its own.", where=name, advice="Unpack it, and give the file.")
    else:
        yield from _something(_READERS[kind](stream, name, reading), name)


def _something(read: Read, name: str) -> Read:
    """What is read; an issue where that is nothing, so that no input goes by unnoticed."""
    nothing = True
    for item in read:
        nothing = False
        yield item
    if nothing:
        yield Issue("WQ-102", "holds no article.", where=name)


def _members(members: Iterator[Member | Issue], name: str, reading: Reading, depth: int) -> Read:
    """The documents in the members of an archive that are inputs by their names."""
    found = False
    for member in members:
        if isinstance(member, Issue):
            found = True
            yield member
            continue
        told = by_name(member.name)
        if not told.kind or any(part.startswith((".", "__MACOSX")) for part in member.name.split("/") if part not in {".", ".."}):
            continue
        found = True
        yield from _stream(member.stream, f"{name}/{shown_name(member.name)}", told, reading, depth=depth + 1)
    if not found:
        yield Issue("WQ-101", "the archive has no file that can be read.", where=name, advice=_KINDS)


def _buffered(stream: IO[bytes]) -> io.BufferedReader:
    return stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(stream)  # type: ignore[arg-type]


def _read_text(stream: io.BufferedReader, name: str, reading: Reading) -> Read:
    data = read_whole(stream, reading.limits.page)
    yield from (too_large(name, reading.limits.page),) if data is None else with_content(_text(data, name, reading), data)


def _read_page(stream: io.BufferedReader, name: str, reading: Reading) -> Read:
    data = read_whole(stream, reading.limits.page)
    yield from (too_large(name, reading.limits.page),) if data is None else with_content(read_html(data, name, reading), data)


def _read_feed(stream: io.BufferedReader, name: str, reading: Reading) -> Read:
    # Many things are called .xml.
    if not looks_like_listing(stream.peek(HEAD)[:HEAD]):
        yield from _read_page(stream, name, reading)
        return
    data = read_whole(stream, reading.limits.page)
    yield from (too_large(name, reading.limits.page),) if data is None else read_entries(data, name, reading)


def _read_warc(stream: io.BufferedReader, name: str, reading: Reading) -> Read:
    for item in warc.read_warc(stream, name, reading):
        if isinstance(item, Issue):
            yield item
        else:
            yield from with_content(read_html(item.data, item.url or name, _at(reading, item.url), item.charset), item.data)


_READERS: dict[str, Callable[[io.BufferedReader, str, Reading], Read]] = {
    TEXT: _read_text,
    HTML: _read_page,
    LINES: read_json_lines,
    JSON: read_json,
    CSV: read_csv,
    WARC: _read_warc,
    FEED: _read_feed,
}


def _text(data: bytes, name: str, reading: Reading, charset: str = "") -> Read:
    decoded = decode(data, charset)
    lines = decoded.text.split("\n")
    if is_address(lines[0]) and all(is_address(line) for line in lines if line.strip()):
        yield from read_addresses(lines, name, reading)
        return
    notes = (decoded.repair,) if decoded.repair else ()
    yield from make_documents(decoded.text, reading.about, where=name, parse=reading.parse, notes=notes, longest=reading.limits.article)


def _at(reading: Reading, url: str) -> Reading:
    """The reading of what was found at an address."""
    return msgspec.structs.replace(reading, about=Metadata(url=url).or_else(reading.about))


def _address(url: str, reading: Reading, rules: Rules = PUBLIC_ONLY, *, further: bool = True) -> Read:
    """What is at an address; where that is a feed, the pages behind its links if `further`."""
    answer = fetch(url, rules)
    if further and looks_like_listing(answer.data[:HEAD]):
        # Who gives a feed on a machine of his own may have its articles there too.
        reach: Reach = "any" if answer.private else "public"
        following = msgspec.structs.replace(reading, follow=partial(_followed, reading, rules=Rules(reach=reach)))
        yield from read_entries(answer.data, answer.url, following, charset=answer.charset)
        return
    reading = _at(reading, answer.url)
    if "json" in answer.media_type:
        yield from read_json(io.BufferedReader(io.BytesIO(answer.data)), url, reading)
    elif "html" in answer.media_type or answer.media_type.endswith("xml"):
        yield from read_html(answer.data, url, reading, answer.charset)
    else:
        yield from _text(answer.data, url, reading, answer.charset)


def _followed(reading: Reading, url: str, about: Metadata, where: str, *, rules: Rules = PUBLIC_ONLY) -> Read:
    """What is behind an address of a list; what the page does not say of itself, the list does."""
    try:
        # What is there may be a list that names itself: it is not followed once more.
        inner = msgspec.structs.replace(reading, about=about.or_else(reading.about), follow=None)
        yield from _address(url, inner, rules, further=False)
    except InputError as error:
        yield _issue(error, where)
