"""Members of archives as files, whatever they are called and however they are packed."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile

import pytest
from backports import zstd
from readers import outcome, page, read, row, tarred, text, texts, web_archive, zipped

from waqai.ingest.archives import shown_name
from waqai.ingest.limits import Limits

MEMBERS = {"a/1.txt": text(1).encode(), "a/2.html": page(2), "b/3.jsonl": row(3) + row(4), "b/picture.png": b"\x89PNG", "b/.4.txt": b"x"}
FOUND = [text(1), text(2), text(3), text(4)]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.zip", zipped(MEMBERS)),
        ("a.tar", tarred(MEMBERS)),
        ("a.tar.gz", gzip.compress(tarred(MEMBERS))),
        ("a.tgz", gzip.compress(tarred(MEMBERS))),
        ("a.tar.bz2", bz2.compress(tarred(MEMBERS))),
        ("a.tar.xz", lzma.compress(tarred(MEMBERS))),
        ("a.tar.zst", zstd.compress(tarred(MEMBERS))),
        ("inner.tar", tarred({"x.zip": zipped(MEMBERS)})),
        ("inner.zip", zipped({"x.tar.gz": gzip.compress(tarred(MEMBERS))})),
    ],
)
def test_members_in_order(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    assert texts(read(tmp_path / name)) == FOUND
    assert texts(read("-", stdin=io.BytesIO(content))) == FOUND


def test_an_issue_names_archive_and_member(tmp_path):
    (tmp_path / "a.zip").write_bytes(zipped({"x/1.jsonl": row(1) + b"{broken\n", "2.txt": text(2).encode()}))
    found = read(tmp_path / "a.zip")
    assert outcome(found) == ["ok", "WQ-105", "ok"]
    assert found[1].where.endswith("a.zip/x/1.jsonl line 2")


def test_paths_that_lead_out_of_the_archive_lead_nowhere(tmp_path):
    (tmp_path / "a.zip").write_bytes(zipped({"../../evil.txt": text(1).encode(), "/etc/evil.txt": text(2).encode()}))
    assert texts(read(tmp_path / "a.zip")) == [text(1), text(2)]
    assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]


def test_links_and_devices_are_left_out(tmp_path):
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE):
            info = tarfile.TarInfo("secret.txt")
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    (tmp_path / "a.tar").write_bytes(held.getvalue())
    assert outcome(read(tmp_path / "a.tar")) == ["WQ-101"]


def test_an_encrypted_member_is_an_issue_and_the_next_is_read(tmp_path):
    content = bytearray(zipped({"1.txt": text(1).encode(), "2.txt": text(2).encode()}))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        directory = archive.start_dir
    content[6] |= 1
    content[directory + 8] |= 1
    (tmp_path / "a.zip").write_bytes(content)
    assert outcome(read(tmp_path / "a.zip")) == ["WQ-132", "ok"]


def test_a_damaged_member_is_an_issue_and_the_next_is_read(tmp_path):
    content = bytearray(zipped({"1.txt": text(1).encode() * 20, "2.txt": text(2).encode()}))
    content[60] ^= 0xFF
    (tmp_path / "a.zip").write_bytes(content)
    assert outcome(read(tmp_path / "a.zip")) == ["WQ-110", "ok"]


@pytest.mark.parametrize("ending", ["zip", "tar", "tar.gz", "warc.gz", "txt.zst", "tar.xz"])
def test_what_is_cut_off_is_an_issue(tmp_path, ending):
    whole = {
        "zip": zipped(MEMBERS),
        "tar": tarred({"1.txt": text(1).encode() * 900}),
        "tar.gz": gzip.compress(tarred(MEMBERS)),
        "warc.gz": web_archive(3, packed=True),
        "txt.zst": zstd.compress(text(1).encode()),
        "tar.xz": lzma.compress(tarred(MEMBERS)),
    }[ending]
    (tmp_path / f"a.{ending}").write_bytes(whole[: len(whole) * 2 // 3])
    assert {"WQ-110"} <= set(outcome(read(tmp_path / f"a.{ending}")))


def test_too_many_members(tmp_path):
    members = {f"{number}.txt": text(number).encode() for number in range(9)}
    for name, content in (("a.zip", zipped(members)), ("a.tar", tarred(members))):
        (tmp_path / name).write_bytes(content)
        assert outcome(read(tmp_path / name, limits=Limits(members=3))) == ["ok"] * 3 + ["WQ-133"]


def test_archives_within_archives_have_an_end(tmp_path):
    content = text(1).encode()
    for _ in range(9):
        content = gzip.compress(content)
    (tmp_path / "a.txt.gz").write_bytes(content)
    assert outcome(read(tmp_path / "a.txt.gz")) == ["WQ-133"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt.gz", gzip.compress(bytes(3_000_000))),
        ("a.txt.bz2", bz2.compress(bytes(3_000_000))),
        ("a.jsonl.xz", lzma.compress(bytes(3_000_000))),
        ("a.html.zst", zstd.compress(bytes(3_000_000))),
        ("a.zip", zipped({"a.jsonl": bytes(3_000_000)})),
        ("a.tar.gz", gzip.compress(tarred({"a.csv": bytes(3_000_000)}))),
    ],
)
def test_bombs_are_stopped_early(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    found = read(tmp_path / name, limits=Limits(unpacked_freely=100_000, ratio=60))
    assert "WQ-131" in outcome(found) and "ok" not in outcome(found)


def test_after_a_bomb_the_next_member_is_read(tmp_path):
    (tmp_path / "a.zip").write_bytes(zipped({"1.txt": bytes(3_000_000), "2.txt": text(2).encode()}))
    assert outcome(read(tmp_path / "a.zip", limits=Limits(unpacked_freely=100_000))) == ["WQ-131", "ok"]


def test_names_of_members_in_errors_are_clean():
    assert shown_name("a\x1b[31m\n.txt") == "a\ufffd[31m\ufffd.txt"
    assert len(shown_name("a" * 5000)) < 300
