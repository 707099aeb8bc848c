"""Valid inputs of every format with random damage: documents and issues come out, never an error, and soon."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import tempfile
import time
from pathlib import Path

import duckdb
import pytest
from backports import zstd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from readers import page, read, row, tarred, text, web_archive, zipped

from waqai.document import Document
from waqai.ingest.limits import Limits
from waqai.issues import Issue

SMALL = Limits(article=20_000, page=50_000, line=20_000, archive=200_000, members=20, unpacked_freely=200_000)


def parquet() -> bytes:
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as connection:
        path = Path(folder) / "a.parquet"
        connection.execute(f"COPY (SELECT ? || range AS text, '2019-04-20' AS date FROM range(20)) TO '{path}' (FORMAT parquet)", [text()])
        return path.read_bytes()


ROWS = b"".join(map(row, range(5)))
MEMBERS = {"1.txt": text(1).encode(), "2.html": page(2), "3.jsonl": ROWS}
VALID = {
    "a.txt": text(1).encode(),
    "a.html": page(1),
    "a.jsonl": ROWS,
    "a.json": json.dumps([{"id": n, "text": text(n), "date": "2019-04-20"} for n in range(5)]).encode(),
    "a.csv": "\n".join(["id,text", *(f'{n},"{text(n)}"' for n in range(5))]).encode(),
    "a.tsv": ("\t".join(["2019-1", "20190420101500", "1", "example.org", "https://example.org/1", *[""] * 22]) + "\n").encode(),
    "a.parquet": parquet(),
    "a.warc": web_archive(3),
    "a.warc.gz": web_archive(3, packed=True),
    "a.zip": zipped(MEMBERS),
    "a.tar": tarred(MEMBERS),
    "a.tar.bz2": bz2.compress(tarred(MEMBERS)),
    "a.jsonl.xz": lzma.compress(ROWS),
    "a.jsonl.gz": gzip.compress(ROWS),
    "a.html.zst": zstd.compress(page(1)),
}
# Where in the file (per mille), how many bytes go, what comes instead.
DAMAGE = st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 40), st.binary(max_size=12)), min_size=1, max_size=6)


def damaged(content: bytes, damage: list[tuple[int, int, bytes]]) -> bytes:
    for place, gone, new in damage:
        at = len(content) * place // 1000
        content = content[:at] + new + content[at + gone :]
    return content


@pytest.mark.parametrize("name", VALID)
def test_without_damage_there_are_documents(tmp_path, name):
    (tmp_path / name).write_bytes(VALID[name])
    assert name == "a.tsv" or all(isinstance(item, Document) for item in read(tmp_path / name))


@pytest.mark.parametrize("name", VALID)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(damage=DAMAGE)
def test_damage_stops_nothing(tmp_path, name, damage):
    (tmp_path / name).write_bytes(damaged(VALID[name], damage))
    (tmp_path / "z.txt").write_bytes(text(9).encode())
    start = time.monotonic()
    found = read(tmp_path / name, tmp_path / "z.txt", limits=SMALL)
    assert all(isinstance(item, Document | Issue) for item in found) and len(found) > 1
    assert isinstance(found[-1], Document) and found[-1].text == text(9)
    assert time.monotonic() - start < 5
