"""Inputs of every kind to documents and issues; nothing stops a batch."""

from __future__ import annotations

import gzip
import io
import itertools
import json
import lzma
import time

import pytest

from waqai.document import Document
from waqai.ingest import Metadata, read_inputs
from waqai.ingest.limits import Limits
from waqai.issues import Issue

SENTENCE = "رفضت القاهرة المقترح يوم الثلاثاء."


def read(*inputs, **options):
    return list(read_inputs([str(name) for name in inputs], **options))


def line(**row):
    return json.dumps(row, ensure_ascii=False) + "\n"


def test_plain_text_is_kept_as_given(tmp_path):
    text = "\u202bقال\u200f الرئيس\r\n  ﻗﺎﻝ\tالـوزير \n"
    (tmp_path / "a.txt").write_bytes(text.encode())
    [document] = read(tmp_path / "a.txt")
    assert document.text == text


def test_json_lines_in_order_with_every_field(tmp_path):
    row = {"id": "1", "text": SENTENCE, "date": "2019-04-20", "title": "عنوان", "url": "https://e.org", "outlet": "أ", "author": "ب"}
    (tmp_path / "a.jsonl").write_text(line(**row) + "\n" + line(id="2", text=SENTENCE), encoding="utf-8")
    first, second = read(tmp_path / "a.jsonl", defaults=Metadata(outlet="غيره"))
    assert (first.id, str(first.published), first.title, first.url, first.outlet, first.author) == ("1", "2019-04-20", "عنوان", "https://e.org", "أ", "ب")
    assert (second.id, second.outlet, second.published) == ("2", "غيره", None)


def test_a_bad_line_is_reported_with_its_number_and_the_rest_is_read(tmp_path):
    lines = [line(id="1", text=SENTENCE), "{not json\n", "[1]\n", line(id="2"), line(id="3", text=SENTENCE)]
    (tmp_path / "a.jsonl").write_text("".join(lines), encoding="utf-8")
    found = read(tmp_path / "a.jsonl")
    assert [x.id if isinstance(x, Document) else x.code for x in found] == ["1", "WQ-105", "WQ-105", "WQ-106", "3"]
    assert found[1].where.endswith("a.jsonl line 2")


@pytest.mark.parametrize(("ending", "opener"), [(".xz", lzma.open), (".gz", gzip.open)])
def test_packed_json_lines(tmp_path, ending, opener):
    with opener(tmp_path / f"a.jsonl{ending}", "wt", encoding="utf-8") as file:
        file.writelines(line(id=str(number), text=SENTENCE) for number in range(3))
    assert len(read(tmp_path / f"a.jsonl{ending}")) == 3


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.jsonl.xz"])
def test_a_broken_archive_is_an_issue(tmp_path, name):
    (tmp_path / name).write_bytes(b"this is no archive")
    [issue] = read(tmp_path / name)
    assert issue.code in {"WQ-110", "WQ-101"} and issue.fatal


def test_a_cut_archive_gives_what_it_holds(tmp_path):
    whole = gzip.compress("".join(line(id=str(n), text=SENTENCE + str(n * 7919)) for n in range(5000)).encode())
    (tmp_path / "a.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    found = read(tmp_path / "a.jsonl.gz")
    assert found[-1].code == "WQ-110" and len(found) > 100


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
def test_csv(tmp_path, delimiter, encoding):
    rows = [["id", "text", "date"], ["1", '"قال ""نعم""\nثم سكت القائد"', "2019-04-20"], ["2", "", ""]]
    text = "\n".join(delimiter.join(row) for row in rows) + "\n"
    (tmp_path / "a.csv").write_bytes(text.encode(encoding))
    first, second = read(tmp_path / "a.csv")
    assert first.text == 'قال "نعم"\nثم سكت القائد' and str(first.published) == "2019-04-20"
    assert second.code == "WQ-106"


def test_json_lines_in_utf16(tmp_path):
    (tmp_path / "a.jsonl").write_bytes((line(id="1", text=SENTENCE) + line(id="2", text=SENTENCE)).encode("utf-16"))
    assert [d.text for d in read(tmp_path / "a.jsonl")] == [SENTENCE] * 2


def test_folders_are_read_through_and_hidden_files_left(tmp_path):
    for name in ("b/2.txt", "a/1.txt", "a/.hidden.txt", ".git/3.txt", "a/picture.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(SENTENCE + name, encoding="utf-8")
    assert [d.text[-7:] for d in read(tmp_path)] == ["a/1.txt", "b/2.txt"]


def test_missing_and_empty_inputs_are_issues(tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty.txt").touch()
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 ...")
    found = read(tmp_path / "none.txt", tmp_path / "empty", tmp_path / "empty.txt", tmp_path / "a.pdf")
    assert [issue.code for issue in found] == ["WQ-101", "WQ-101", "WQ-102", "WQ-108"]
    assert "none.txt" in str(found[0])


@pytest.mark.parametrize("content", [SENTENCE, line(id="1", text=SENTENCE), f"<html><body><p>{SENTENCE * 3}</p></body></html>"])
def test_standard_input_is_sniffed(content):
    [document] = read("-", stdin=io.BytesIO(content.encode()))
    assert document.text.startswith(SENTENCE)


def test_reading_is_lazy(tmp_path):
    endless = itertools.cycle([line(id="1", text=SENTENCE).encode()])

    class Endless(io.RawIOBase):
        def readable(self):
            return True

        def readinto(self, buffer):
            piece = next(endless)
            buffer[: len(piece)] = piece
            return len(piece)

    stream = io.BufferedReader(Endless(), 4096)
    assert len(list(itertools.islice(read_inputs(["-"], stdin=stream), 50))) == 50


def test_five_megabytes_in_one_line(tmp_path):
    (tmp_path / "a.txt").write_text(SENTENCE * 90_000, encoding="utf-8")
    start = time.monotonic()
    [document] = read(tmp_path / "a.txt")
    assert len(document.text) == len(SENTENCE) * 90_000
    assert time.monotonic() - start < 10


def test_an_identifier_that_comes_twice_is_a_warning(tmp_path):
    (tmp_path / "a.jsonl").write_text(line(id="1", text=SENTENCE) + line(id="1", text=SENTENCE + " ثم سكت."), encoding="utf-8")
    first, warning, second = read(tmp_path / "a.jsonl")
    assert (first.id, second.id, warning.code, warning.fatal) == ("1", "1", "WQ-113", False)


def test_an_address_that_cannot_be_read_is_an_issue():
    [issue] = read("http://127.0.0.1:9/none")
    assert isinstance(issue, Issue) and issue.code == "WQ-112" and issue.where == "http://127.0.0.1:9/none"


def test_an_address(tmp_path, monkeypatch):
    from waqai.ingest import source
    from waqai.ingest.fetch import Answer

    page = f"<html><head><title>عنوان</title></head><body><article><p>{SENTENCE * 2}</p></article></body></html>"
    monkeypatch.setattr(source, "fetch", lambda url, rules: Answer(page.encode("cp1256"), "text/html", "windows-1256", url))
    [document] = read("https://example.org/a")
    assert document.text == SENTENCE * 2 and document.title == "عنوان" and document.url == "https://example.org/a"


def test_links_in_a_circle_end(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "1.txt").write_text(SENTENCE, encoding="utf-8")
    (tmp_path / "a" / "again").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "a" / "nowhere.txt").symlink_to(tmp_path / "none")
    (tmp_path / "a" / "itself.txt").symlink_to(tmp_path / "a" / "itself.txt")
    found = read(tmp_path)
    assert [x.text if isinstance(x, Document) else (x.code, x.where[-8:]) for x in found] == [
        SENTENCE, ("WQ-140", "/a/again"), ("WQ-101", "self.txt"), ("WQ-101", "here.txt"),
    ]


def test_folders_that_are_called_like_files(tmp_path):
    (tmp_path / "a.html").mkdir()
    (tmp_path / "a.html" / "b.zip").mkdir()
    (tmp_path / "a.html" / "b.zip" / "1.txt").write_text(SENTENCE, encoding="utf-8")
    assert [d.text for d in read(tmp_path)] == [SENTENCE]
    assert [d.text for d in read(tmp_path / "a.html")] == [SENTENCE]


def test_files_that_are_not_what_their_names_say(tmp_path):
    for name, content in (("a.txt", b"\x89PNG\r\n\x1a\n"), ("b.jsonl", b"PK\x03\x04rest"), ("c.html", b"%PDF-1.4"), ("d.warc", b"no archive"), ("e.zip", b"no archive")):
        (tmp_path / name).write_bytes(content)
    assert [issue.code for issue in read(tmp_path)] == ["WQ-108", "WQ-108", "WQ-108", "WQ-138", "WQ-110"]


def test_a_page_of_nothing_but_tags_is_skipped(tmp_path):
    (tmp_path / "a.html").write_text("<p>ا" * 400_000, encoding="utf-8")
    [issue] = read(tmp_path / "a.html")
    assert issue.code == "WQ-130" and "tags" in issue.message


def test_large_files_are_skipped(tmp_path):
    (tmp_path / "a.txt").write_text(SENTENCE * 100, encoding="utf-8")
    (tmp_path / "b.html").write_text(SENTENCE * 100, encoding="utf-8")
    (tmp_path / "c.txt").write_text(SENTENCE, encoding="utf-8")
    found = read(tmp_path, limits=Limits(page=1_000))
    assert [x.text if isinstance(x, Document) else x.code for x in found] == ["WQ-130", "WQ-130", SENTENCE]
