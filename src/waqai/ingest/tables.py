"""Many articles in one file: JSON lines and CSV, read line by line."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterator
from typing import IO, Any

from waqai.document import Document
from waqai.ingest.decoding import decode
from waqai.ingest.metadata import DateParser, Metadata, from_row, make_documents
from waqai.issues import Issue


def read_json_lines(stream: IO[bytes], name: str, defaults: Metadata, parse: DateParser | None) -> Iterator[Document | Issue]:
    """The articles of a JSON lines file in order; a line that is none gives an issue with its number."""
    for number, line in enumerate(_lines(stream), 1):
        if not line.strip():
            continue
        where = f"{name} line {number}"
        decoded = decode(line)
        row = _object(decoded.text, where)
        if isinstance(row, Issue):
            yield row
            continue
        yield from _documents(row, where, defaults, parse, (decoded.repair,) if decoded.repair else ())


def read_csv(stream: IO[bytes], name: str, defaults: Metadata, parse: DateParser | None) -> Iterator[Document | Issue]:
    """The articles of a CSV file with a head line, separated by commas, semicolons or tabs."""
    head = stream.peek(65536) if isinstance(stream, io.BufferedReader) else b""
    encoding = decode(head).encoding if head else "utf-8"
    text = io.TextIOWrapper(stream, encoding="utf-8-sig" if encoding == "utf-8" else encoding, errors="replace", newline="")
    # The limit belongs to the csv module as a whole; an article may well be longer than its 128 kB.
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    try:
        yield from _csv_rows(text, name, defaults, parse)
    finally:
        # The stream belongs to the caller; a wrapper that is thrown away would close it.
        text.detach()


def _csv_rows(text: IO[str], name: str, defaults: Metadata, parse: DateParser | None) -> Iterator[Document | Issue]:
    first = text.readline()
    delimiter = max(",;\t", key=first.count)
    columns = next(csv.reader([first.lstrip("\ufeff")], delimiter=delimiter), [])
    reader = csv.DictReader(text, fieldnames=columns, delimiter=delimiter)
    try:
        for row in reader:
            yield from _documents(row, f"{name} line {reader.line_num + 1}", defaults, parse, ())
    except csv.Error as error:
        yield Issue("WQ-105", f"is no CSV we can read: {error}.", where=f"{name} line {reader.line_num + 1}")


def _lines(stream: IO[bytes]) -> Iterator[bytes]:
    """Lines as bytes. A UTF-16 file is recoded first, because its line ends are two bytes wide."""
    head = stream.peek(2)[:2] if isinstance(stream, io.BufferedReader) else b""
    if head not in (b"\xff\xfe", b"\xfe\xff"):
        yield from stream
        return
    text = io.TextIOWrapper(stream, encoding="utf-16", errors="replace", newline="\n")
    try:
        for line in text:
            yield line.encode("utf-8", "replace")
    finally:
        text.detach()


def _object(line: str, where: str) -> dict[str, Any] | Issue:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        reason = getattr(error, "msg", "nested too deeply")
        place = f", character {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        advice = "Each line must be one JSON object."
        return Issue("WQ-105", f"is no JSON ({reason}{place}).", where=where, advice=advice)
    if not isinstance(row, dict):
        return Issue("WQ-105", "is no JSON object.", where=where, advice='Write {"id": ..., "text": ...}.')
    return row


def _documents(row: dict[str, Any], where: str, defaults: Metadata, parse: DateParser | None, notes: tuple[str, ...]) -> Iterator[Document | Issue]:
    read = from_row(row, where)
    if isinstance(read, Issue):
        yield read
        return
    text, about = read
    yield from make_documents(text, about.or_else(defaults), where=where, parse=parse, notes=notes)
