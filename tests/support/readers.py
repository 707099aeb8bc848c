"""Inputs that several tests of readers build from."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Mapping

from waqai.document import Document
from waqai.ingest import read_inputs

SENTENCE = "رفضت القاهرة أمس مقترح البعثة بشأن نشر قوات أجنبية في ليبيا، بحسب دبلوماسي."


def text(number: int = 0) -> str:
    """A text of its own for each number."""
    return f"{SENTENCE} وهذا الخبر رقم {number}."


def page(number: int = 0) -> bytes:
    """A page with one article."""
    return f"<!doctype html><html><head><title>عنوان الخبر رقم {number}</title></head><body><p>{text(number)}</p></body></html>".encode()


def row(number: int = 0, **more: object) -> bytes:
    """A line of JSON."""
    return json.dumps({"id": str(number), "text": text(number), **more}, ensure_ascii=False).encode() + b"\n"


def zipped(members: Mapping[str, bytes]) -> bytes:
    """A zip archive."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return held.getvalue()


def tarred(members: Mapping[str, bytes]) -> bytes:
    """A tar archive."""
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return held.getvalue()


def record(body: bytes, *, kind: str = "response", status: str = "200 OK", url: str = "http://example.org/1", head: str = "Content-Type: text/html") -> bytes:
    """A record of a web archive with an HTTP answer."""
    answer = f"HTTP/1.1 {status}\r\n{head}\r\n\r\n".encode() + body
    top = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nContent-Type: application/http; msgtype=response\r\n"
    return top.encode() + f"Content-Length: {len(answer)}\r\n\r\n".encode() + answer + b"\r\n\r\n"


def web_archive(count: int, *, packed: bool = False) -> bytes:
    """A web archive of pages, each record packed by itself as crawlers do."""
    records = [record(page(number), url=f"http://example.org/{number}") for number in range(count)]
    return b"".join(map(gzip.compress, records) if packed else records)


def texts(found: list) -> list[str]:
    """The texts of the documents, after a check that there is nothing else."""
    assert all(isinstance(item, Document) for item in found), found
    return [item.text for item in found]


def read(*inputs: object, **options) -> list:
    """Everything that inputs give."""
    return list(read_inputs([str(name) for name in inputs], **options))


def outcome(found: list) -> list[str]:
    """Codes of issues and, for documents, "ok"."""
    return ["ok" if isinstance(item, Document) else item.code for item in found]
