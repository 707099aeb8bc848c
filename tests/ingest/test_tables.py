"""Lists of JSON, JSON lines and CSV within bounds; lists of addresses."""

from __future__ import annotations

import io
import json
import tracemalloc

import pytest
from readers import outcome, page, read, row, text, texts

from waqai.errors import InputError
from waqai.ingest import source
from waqai.ingest.fetch import Answer
from waqai.ingest.limits import Limits

ROWS = [{"id": str(number), "text": text(number), "title": 'أ "ب" {ج} [\\'} for number in range(5)]
FEW = Limits(line=2_000, article=1_000)


@pytest.mark.parametrize(
    "content",
    [
        json.dumps(ROWS),
        json.dumps(ROWS, ensure_ascii=False, indent=4),
        "\ufeff" + json.dumps(ROWS, indent="\t"),
        json.dumps({"count": 5, "articles": ROWS}, indent=1),
        json.dumps({"count": 5, "articles": ROWS}),
        "\n".join(json.dumps(each, indent=2) for each in ROWS),
        "\n".join(json.dumps(each) for each in ROWS),
    ],
)
def test_json_in_every_layout(tmp_path, content):
    (tmp_path / "a.json").write_text(content, encoding="utf-8")
    assert texts(read(tmp_path / "a.json")) == [text(number) for number in range(5)]
    assert texts(read("-", stdin=io.BytesIO(content.encode()))) == [text(number) for number in range(5)]


def test_a_bad_object_of_a_list_is_an_issue(tmp_path):
    (tmp_path / "a.json").write_bytes(b"[" + row(1).strip() + b", {bad}, " + row(2).strip() + b', {"id": 3}, 7, ' + row(4).strip() + b', {"text": "')
    found = read(tmp_path / "a.json")
    assert outcome(found) == ["ok", "WQ-105", "ok", "WQ-106", "ok", "WQ-105"]
    assert found[1].where.endswith("a.json object 2")


@pytest.mark.parametrize("content", [b"[]", b"[1, 2]", b"[[[[", b"[{", b'{"a": '])
def test_json_without_articles_is_an_issue(tmp_path, content):
    (tmp_path / "a.json").write_bytes(content)
    assert outcome(read(tmp_path / "a.json")) in (["WQ-105"], ["WQ-106"])


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_deep_nesting_is_an_issue(tmp_path, name):
    deep = b'{"text": ' + b"[" * 100_000 + b"]" * 100_000 + b"}\n"
    (tmp_path / name).write_bytes(deep + row(1) if name == "a.jsonl" else b"[\n" + deep + b"," + row(1) + b"]")
    assert outcome(read(tmp_path / name))[-2:] in (["WQ-105", "ok"], ["WQ-130", "ok"])


@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.csv"])
def test_a_gigantic_line_is_skipped_in_little_memory(tmp_path, name):
    with (tmp_path / name).open("wb") as file:
        file.write(b"id,text\n" if name == "a.csv" else b"")
        file.write(b'{"id": "0", "text": "' if name != "a.csv" else b"0,")
        for _ in range(300):
            file.write("طويل ".encode() * 10_000)
        file.write(b'"}\n' if name != "a.csv" else b"\n")
        file.write(f"1,{text(1)}\n".encode() if name == "a.csv" else row(1))
    limits = Limits(line=1_000_000, article=400_000)
    tracemalloc.start()
    found = read(tmp_path / name, limits=limits)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert outcome(found) in (["WQ-130", "ok"], ["WQ-105", "ok"])
    assert most < 20_000_000


def test_a_long_article_is_an_issue(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(row(1) + json.dumps({"text": text(2) * 20}, ensure_ascii=False).encode() + b"\n" + row(3))
    (tmp_path / "a.txt").write_text(text(2) * 20, encoding="utf-8")
    assert outcome(read(tmp_path / "a.jsonl", tmp_path / "a.txt", limits=Limits(article=1_000))) == ["ok", "WQ-130", "ok", "WQ-130"]


def test_a_quotation_mark_that_is_not_closed_ends_at_the_bound(tmp_path):
    lines = ["id,text", '1,"' + "فقرة " * 100] + [f"{number},{text(number)}" for number in range(2, 40)]
    (tmp_path / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    found = outcome(read(tmp_path / "a.csv", limits=FEW))
    assert found[0] == "WQ-105" and found.count("ok") > 20


def test_zero_bytes_and_broken_utf8_stop_nothing(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(b"\x00\x00\n" + row(1) + b"\xff\xfe\xfa\n" + row(2))
    (tmp_path / "a.csv").write_bytes(b"id,text\n1,\x00\n2," + text(2).encode() + b"\xd9\n3," + text(3).encode() + b"\n")
    assert outcome(read(tmp_path / "a.jsonl")).count("ok") == 2
    assert outcome(read(tmp_path / "a.csv")).count("ok") == 2


ARTLIST = {"url": "https://example.org/1", "url_mobile": "", "title": "عنوان", "seendate": "20190420T101500Z", "domain": "example.org", "language": "Arabic"}
GKG = "\t".join(["20190420101500-1", "20190420101500", "1", "example.org", "https://example.org/1", *[""] * 22])
EVENT = "\t".join(["850000001", "20190420", *[""] * 57, "20190420101500", "https://example.org/1"])
MENTION = "\t".join(["850000001", "20190420101500", "20190420101500", "1", "example.org", "https://example.org/1", *["1"] * 10])
LISTS = [
    ("a.json", json.dumps({"articles": [ARTLIST]})),
    ("a.csv", "URL,MobileURL,Date,Title\nhttps://example.org/1,,2019-04-20 10:15:00,عنوان\n"),
    ("a.tsv", "url\ttitle\nhttps://example.org/1\tعنوان\n"),
    ("20190420101500.gkg.csv", f"{GKG}\n{GKG}\n"),
    ("20190420101500.export.CSV", f"{EVENT}\n{EVENT}\n"),
    ("20190420101500.mentions.CSV", f"{MENTION}\n"),
    ("a.txt", "https://example.org/1\n\n"),
]


@pytest.mark.parametrize(("name", "content"), LISTS)
def test_addresses_are_followed_only_when_asked(tmp_path, monkeypatch, name, content):
    asked = []
    monkeypatch.setattr(source, "fetch", lambda url, rules: asked.append(url) or Answer(page(1), "text/html", "utf-8", url))
    (tmp_path / name).write_text(content, encoding="utf-8")
    [issue] = read(tmp_path / name)
    assert issue.code == "WQ-136" and "--follow" in issue.advice and asked == []
    [document] = read(tmp_path / name, follow=True)
    assert (document.text, document.url, asked) == (text(1), "https://example.org/1", ["https://example.org/1"])
    assert name == "a.tsv" or name == "a.txt" or str(document.published) == "2019-04-20"


def test_an_address_that_cannot_be_read_stops_nothing(tmp_path, monkeypatch):
    def fetch(url, rules):
        if url.endswith("1"):
            raise InputError("WQ-112", "cannot be read.", where=url)
        return Answer(page(2), "text/html", "utf-8", url)

    monkeypatch.setattr(source, "fetch", fetch)
    (tmp_path / "a.txt").write_text("https://example.org/1\nhttps://example.org/2\n", encoding="utf-8")
    assert outcome(read(tmp_path / "a.txt", follow=True)) == ["WQ-112", "ok"]


def test_articles_in_other_languages_are_not_fetched(tmp_path):
    (tmp_path / "a.json").write_text(json.dumps({"articles": [{**ARTLIST, "language": "English"}]}), encoding="utf-8")
    assert outcome(read(tmp_path / "a.json", follow=True)) == ["WQ-103"]
