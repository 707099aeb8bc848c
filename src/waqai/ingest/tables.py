"""Many articles in one file: JSON lines, a list of JSON, and CSV, read row by row. Rows may name addresses instead of texts."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import IO, Any

from waqai.ingest.decoding import decode
from waqai.ingest.json_values import Skipped, objects
from waqai.ingest.metadata import from_row, make_documents
from waqai.ingest.reading import Read, Reading, too_large, with_content
from waqai.issues import Issue

Row = dict[str, Any]

_CHUNK = 65_536
_ARABIC = frozenset({"", "arabic", "ar", "ara", "العربية"})
# Files of GDELT have no head: columns by their number, for the rows of each width.
_GDELT = {
    27: {"date": 1, "outlet": 3, "url": 4},
    61: {"date": 59, "url": 60},
    16: {"date": 2, "outlet": 4, "url": 5},
}
# What lists of articles are called in an object around them.
_LISTS = ("articles", "items", "results", "documents", "data")


def read_json_lines(stream: io.BufferedReader, name: str, reading: Reading) -> Read:
    """The articles of a JSON lines file in order; a line that is none gives an issue with its number."""
    for number, line in enumerate(_lines(stream, reading.limits.line), 1):
        where = f"{name} line {number}"
        if line is None:
            yield too_large(where, reading.limits.line, "the line is")
        elif line.strip():
            yield from with_content(_json_row(line, where, reading), line)


def read_json(stream: io.BufferedReader, name: str, reading: Reading) -> Read:
    """The articles of a .json file: lines of objects, one list of them, or an object that holds such a list."""
    head = stream.peek(_CHUNK)[:_CHUNK]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or _is_lines(head):
        yield from read_json_lines(stream, name, reading)
        return
    found = False
    for number, value in enumerate(objects(stream, reading.limits), 1):
        found = True
        where = f"{name} object {number}"
        if isinstance(value, Skipped):
            yield too_large(where, reading.limits.line, f"the object is nested over {reading.limits.json_depth} deep or")
        else:
            yield from with_content(_json_row(value, where, reading), value)
    if not found:
        yield Issue("WQ-105", "holds no JSON object.", where=name, advice='Write {"id": ..., "text": ...}, one a line or in a list.')


def read_csv(stream: io.BufferedReader, name: str, reading: Reading) -> Read:
    """The articles of a CSV file with a head line, separated by commas, semicolons or tabs; and the tables of GDELT."""
    encoding = decode(stream.peek(_CHUNK)[:_CHUNK]).encoding
    text = io.TextIOWrapper(stream, encoding="utf-8-sig" if encoding == "utf-8" else encoding, errors="replace", newline="")
    # The limit belongs to the csv module as a whole; an article may well be longer than its 128 kB.
    csv.field_size_limit(reading.limits.article)
    try:
        yield from _csv_rows(_TextLines(text, reading.limits.line), name, reading)
    finally:
        # The stream belongs to the caller; a wrapper that is thrown away would close it.
        text.detach()


def read_addresses(lines: Iterable[str], name: str, reading: Reading) -> Read:
    """The pages behind addresses that stand one a line."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield from read_row({"url": line.strip()}, f"{name} line {number}", reading)


def read_row(row: Row, where: str, reading: Reading, notes: tuple[str, ...] = ()) -> Read:
    """The article of one row, or what is behind the address that it names instead of a text."""
    read = from_row(row, where)
    if isinstance(read, Issue):
        yield read
        return
    text, about = read
    if text is not None:
        yield from make_documents(text, about.or_else(reading.about), where=where, parse=reading.parse, notes=notes, longest=reading.limits.article)
        return
    language = str(row.get("language") or row.get("Language") or "")
    if language.lower() not in _ARABIC:
        yield Issue("WQ-103", f"not Arabic: the list says {language[:30]}.", where=where, advice="Waqai reads Arabic news.")
    elif reading.follow is None:
        yield Issue("WQ-136", f"has an address and no text: {about.url[:200]}", where=where, advice="Say --follow to read the pages behind addresses.")
    else:
        yield from reading.follow(about.url, about, where)


def _json_row(line: bytes, where: str, reading: Reading) -> Read:
    decoded = decode(line)
    row = _object(decoded.text, where)
    if isinstance(row, Issue):
        yield row
        return
    listed = next((row[key] for key in _LISTS if isinstance(row.get(key), list)), None) if "text" not in row else None
    if listed is None:
        yield from read_row(row, where, reading, (decoded.repair,) if decoded.repair else ())
        return
    for number, inner in enumerate(listed, 1):
        if isinstance(inner, dict):
            yield from read_row(inner, f"{where} article {number}", reading)
        else:
            yield Issue("WQ-105", "is no JSON object.", where=f"{where} article {number}", advice='Write {"id": ..., "text": ...}.')


def _is_lines(head: bytes) -> bool:
    """Whether the first line of a file is a whole object."""
    line, newline, _ = head.lstrip(b"\xef\xbb\xbf \t\r\n").partition(b"\n")
    if not line.startswith(b"{"):
        return False
    return line.rstrip().endswith(b"}") if newline else b"\n" not in head and len(head) >= _CHUNK


def _csv_rows(lines: _TextLines, name: str, reading: Reading) -> Read:
    first = next(lines, "").lstrip("\ufeff")
    delimiter = max(",;\t", key=first.count)
    try:
        columns = next(csv.reader([first], delimiter=delimiter), [])
    except csv.Error as error:
        yield _no_csv(error, f"{name} line 1")
        return
    positions = _GDELT.get(len(columns)) if delimiter == "\t" and columns[0][:1].isdigit() else None
    seen: set[int] = set()
    if positions:
        yield from _once(_named(columns, positions), f"{name} line 1", reading, seen)
    reader = csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE if positions else csv.QUOTE_MINIMAL)
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            where = f"{name} line {reader.line_num + 1}"
            yield too_large(where, reading.limits.line, "the line is") if lines.was_cut() else _no_csv(error, where)
            continue
        if cells is None:
            return
        where = f"{name} line {reader.line_num + 1}"
        if lines.was_cut():
            yield too_large(where, reading.limits.line, "the line is")
        elif positions:
            yield from _once(_named(cells, positions), where, reading, seen)
        elif cells:
            row = dict(zip(columns, cells, strict=False))
            yield from with_content(read_row(row, where, reading), json.dumps(row).encode())


def _no_csv(error: csv.Error, where: str) -> Issue:
    return Issue("WQ-105", f"is no CSV we can read: {error}.", where=where, advice="Look for a quotation mark that is not closed.")


def _named(cells: list[str], positions: dict[str, int]) -> Row:
    return {name: cells[index] for name, index in positions.items() if index < len(cells)}


def _once(row: Row, where: str, reading: Reading, seen: set[int]) -> Read:
    """A row of GDELT, where the same address comes once for every event in it."""
    key = hash(row.get("url"))
    if key not in seen:
        seen.add(key)
        yield from read_row(row, where, reading)


class _TextLines:
    """Lines of a text that end at a bound; the rest of a longer one is passed over."""

    def __init__(self, text: IO[str], limit: int) -> None:
        self._text, self._limit, self._cut = text, limit, False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._text.readline(self._limit)
        if not line:
            raise StopIteration
        if len(line) == self._limit and not line.endswith("\n"):
            self._cut = True
            while (piece := self._text.readline(_CHUNK)) and not piece.endswith("\n"):
                continue
        return line

    def was_cut(self) -> bool:
        """Whether a line since the last question was longer than the bound."""
        cut, self._cut = self._cut, False
        return cut


def _lines(stream: io.BufferedReader, limit: int) -> Iterator[bytes | None]:
    """Lines as bytes, None for one over `limit` bytes. A UTF-16 file is recoded first: its line ends are two bytes wide."""
    if stream.peek(2)[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = io.TextIOWrapper(stream, encoding="utf-16", errors="replace", newline="\n")
        lines = _TextLines(text, limit)
        try:
            for recoded in lines:
                yield None if lines.was_cut() else recoded.encode("utf-8", "replace")
        finally:
            text.detach()
        return
    while line := stream.readline(limit + 1):
        if len(line) <= limit or line.endswith(b"\n"):
            yield line
            continue
        while (piece := stream.readline(_CHUNK)) and not piece.endswith(b"\n"):
            continue
        yield None


def _object(line: str, where: str) -> Row | Issue:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        reason = getattr(error, "msg", "nested too deeply" if isinstance(error, RecursionError) else str(error)[:80])
        place = f", character {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        advice = "Each line must be one JSON object."
        return Issue("WQ-105", f"is no JSON ({reason}{place}).", where=where, advice=advice)
    if not isinstance(row, dict):
        return Issue("WQ-105", "is no JSON object.", where=where, advice='Write {"id": ..., "text": ...}.')
    return row
