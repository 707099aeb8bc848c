"""Web archives: pages and nothing else, and the next record after a broken one."""

from __future__ import annotations

import gzip
import io

import pytest
from readers import SENTENCE, outcome, page, read, record, row, text, texts, web_archive

from waqai.ingest.limits import Limits


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "-"])
def test_pages_in_order_with_their_addresses(tmp_path, packed, name):
    content = web_archive(3, packed=packed or name.endswith("gz"))
    (tmp_path / "a.warc").write_bytes(content)
    (tmp_path / "a.warc.gz").write_bytes(content)
    found = read(name, stdin=io.BytesIO(content)) if name == "-" else read(tmp_path / name)
    assert texts(found) == [text(0), text(1), text(2)]
    assert [document.url for document in found] == [f"http://example.org/{number}" for number in range(3)]


def test_only_successful_pages(tmp_path):
    records = [
        record(page(1), kind="request"),
        record(page(2), status="404 Not Found"),
        record(page(3), status="301 Moved"),
        record(row(4), head="Content-Type: application/json"),
        record(page(5), head="Content-Type: text/html; charset=utf-8"),
        b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 4\r\n\r\nabcd\r\n\r\n",
    ]
    (tmp_path / "a.warc").write_bytes(b"".join(records))
    assert texts(read(tmp_path / "a.warc")) == [text(5)]


@pytest.mark.parametrize(
    ("body", "head"),
    [
        (gzip.compress(page(1)), "Content-Encoding: gzip"),
        (page(1), "Content-Encoding: gzip"),
        (page(1), "Content-Encoding: br"),
        (b"%x\r\n" % len(page(1)) + page(1) + b"\r\n0\r\n\r\n", "Transfer-Encoding: chunked"),
        (b"a;x=y\r\n" + page(1)[:10] + b"\r\n%X\r\n" % (len(page(1)) - 10) + page(1)[10:] + b"\r\n0\r\n\r\n", "Transfer-Encoding: chunked"),
        (page(1), "Transfer-Encoding: chunked"),
        (page(1).decode().encode("cp1256"), "Server: x"),
    ],
)
def test_encodings_of_an_answer(tmp_path, body, head):
    (tmp_path / "a.warc").write_bytes(record(body, head=f"Content-Type: text/html; charset=windows-1256\r\n{head}"))
    assert texts(read(tmp_path / "a.warc")) == [text(1)]


@pytest.mark.parametrize(
    "damage",
    [
        b"noise without end\r\nmore noise\r\n",
        b"WARC/1.0\r\nWARC-Type: response\r\n\r\n",
        b"WARC/1.0\r\nContent-Length: -5\r\n\r\n",
        b"WARC/1.0\r\nContent-Length: 9" + b"9" * 5000 + b"\r\n\r\n",
        b"WARC/1.0\r\n" + b"x: " + b"y" * 200_000 + b"\r\n\r\n",
        record(b"\x00\x01packed", head="Content-Type: text/html\r\nContent-Encoding: zstd"),
    ],
)
def test_after_damage_the_next_record_is_read(tmp_path, damage):
    (tmp_path / "a.warc").write_bytes(record(page(1)) + damage + record(page(2)))
    found = read(tmp_path / "a.warc")
    assert outcome(found)[0] == "ok" and outcome(found)[-1] == "ok"
    assert "WQ-138" in outcome(found)


def test_an_archive_without_its_end(tmp_path):
    (tmp_path / "a.warc").write_bytes(web_archive(2)[:-30])
    found = read(tmp_path / "a.warc")
    assert outcome(found) == ["ok", "WQ-138"] and "record 2 (http://example.org/1)" in found[1].where


def test_large_pages_and_packed_bombs_are_skipped(tmp_path):
    bomb = record(gzip.compress(b" " * 9_000_000), head="Content-Type: text/html\r\nContent-Encoding: gzip")
    large = record(b" " * 300_000)
    (tmp_path / "a.warc").write_bytes(bomb + large + record(page(1)))
    assert outcome(read(tmp_path / "a.warc", limits=Limits(page=100_000))) == ["WQ-130", "WQ-130", "ok"]


def test_a_page_without_arabic_is_an_issue_at_its_address(tmp_path):
    (tmp_path / "a.warc").write_bytes(record(b"<p>The minister refused the proposal on Tuesday.</p>", url="http://example.org/en") + record(page()))
    found = read(tmp_path / "a.warc")
    assert outcome(found) == ["WQ-103", "ok"] and found[0].where == "http://example.org/en"
    assert SENTENCE in found[1].text
