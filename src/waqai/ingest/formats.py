"""Which format an input has: by the ending of its name, or by how it begins."""

from __future__ import annotations

from typing import NamedTuple

from waqai.ingest.listing import looks_like_listing
from waqai.ingest.packing import PACKED, SHORT_NAMES
from waqai.ingest.parquet import MAGIC as PARQUET_MAGIC
from waqai.ingest.warc import MAGIC as WARC_MAGIC

TEXT, HTML, LINES, JSON, CSV, PARQUET, WARC, ZIP, TAR, BINARY, FEED = (
    "text",
    "html",
    "json lines",
    "json",
    "csv",
    "parquet",
    "warc",
    "zip",
    "tar",
    "binary",
    "feed",
)
_KINDS = {
    ".txt": TEXT,
    ".text": TEXT,
    ".md": TEXT,
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
    ".jsonl": LINES,
    ".ndjson": LINES,
    ".json": JSON,
    ".xml": FEED,
    ".rss": FEED,
    ".atom": FEED,
    ".csv": CSV,
    ".tsv": CSV,
    ".parquet": PARQUET,
    ".warc": WARC,
    ".zip": ZIP,
    ".tar": TAR,
}
_BINARY = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"\xd0\xcf\x11\xe0", b"GIF8", b"\x7fELF", b"Rar!", b"7z\xbc\xaf", b"RIFF", b"ID3", b"OggS")
_ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
_PAGES = (b"<!doctype html", b"<html", b"<?xml")
_TAR_AT = 257
HEAD = 512
"""So many first bytes tell a format."""


class Format(NamedTuple):
    """What an input holds, and how it is packed; "" where that is not known."""

    kind: str
    packing: str


def by_name(name: str) -> Format:
    """The format that the ending of a file's name tells: news.jsonl.gz holds JSON lines, packed."""
    for short, long in SHORT_NAMES.items():
        if name.lower().endswith(short):
            name = name[: -len(short)] + long
    inner, dot, ending = name.lower().rpartition(".")
    packing = PACKED.get(dot + ending, "")
    if packing:
        _, dot, ending = inner.rpartition(".")
    return Format(_KINDS.get(dot + ending, ""), packing)


def by_content(head: bytes) -> str:
    """The kind of an input that begins with `head` and has no telling name: plain text where nothing else is sure."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(_ZIP_MAGIC):
        return ZIP
    if head.startswith(PARQUET_MAGIC):
        return PARQUET
    if head.startswith(_BINARY):
        return BINARY
    if head.startswith(WARC_MAGIC):
        return WARC
    if head[_TAR_AT : _TAR_AT + 5] == b"ustar":
        return TAR
    if start[:1] == b"{" or (start[:1] == b"[" and start[1:].lstrip()[:1] in {b"{", b"]"}):
        return JSON
    if looks_like_listing(head):
        return FEED
    return HTML if start[:15].lower().startswith(_PAGES) else TEXT


def contradicts(kind: str, head: bytes) -> bool:
    """Whether a file named as text is none by how it begins."""
    return kind in {TEXT, HTML, LINES, JSON, CSV, FEED} and by_content(head) in {BINARY, ZIP, PARQUET}
