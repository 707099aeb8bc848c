"""Feeds readers with mutated inputs, guided by coverage, and stops at the first error that is no Issue.

    pip install -e '.[dev,fuzz]'
    python tools/fuzz.py html --seconds 600
    python tools/fuzz.py all --seconds 600

Each target runs in a process of its own, because libFuzzer ends the one it runs in. It begins with small inputs of the
format and keeps nothing. What it finds is written to the current folder as crash-*; give it to the target again with --replay.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import io
import json
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["waqai.ingest", "waqai.knowledge.pages", "zipfile", "tarfile", "csv", "json", "gzip", "zlib"]):
    from waqai.document import Document
    from waqai.errors import InputError
    from waqai.ingest import read_inputs
    from waqai.ingest.archives import read_tar, read_zip
    from waqai.ingest.decoding import decode
    from waqai.ingest.html import declared_charset, read_page
    from waqai.ingest.limits import Limits
    from waqai.ingest.reading import Reading
    from waqai.ingest.tables import read_csv, read_json, read_json_lines
    from waqai.ingest.warc import read_warc
    from waqai.issues import Issue
    from waqai.knowledge.loader import Resources
    from waqai.knowledge.pages import PagePhrases

TEXT = "رفضت القاهرة أمس مقترح البعثة بشأن نشر قوات أجنبية في ليبيا، بحسب دبلوماسي."
SECONDS_PER_INPUT = 10
MEGABYTES = 1500
PAGES = Path(__file__).resolve().parent.parent / "tests" / "ingest" / "pages"
READING = Reading(PagePhrases(Resources()), limits=Limits(article=20_000, page=50_000, line=20_000, archive=200_000, members=50, unpacked_freely=200_000))


def _html(data: bytes) -> None:
    page = read_page(decode(data, declared_charset(data)).text, READING.phrases)
    assert isinstance(page.text, str)


def _standard_input(data: bytes) -> None:
    for item in read_inputs(["-"], stdin=io.BytesIO(data), phrases=READING.phrases, limits=READING.limits):
        assert isinstance(item, Document | Issue)


def _rows(reader: Callable[..., object]) -> Callable[[bytes], None]:
    def read(data: bytes) -> None:
        for item in reader(io.BufferedReader(io.BytesIO(data)), "input", READING):  # type: ignore[attr-defined]
            assert isinstance(item, Document | Issue)

    return read


def _members(reader: Callable[..., object]) -> Callable[[bytes], None]:
    def read(data: bytes) -> None:
        for item in reader(io.BytesIO(data), "input", READING):  # type: ignore[attr-defined]
            if not isinstance(item, Issue):
                # What a damaged member raises is caught by the reader of members.
                with contextlib.suppress(InputError):
                    item.stream.read(100_000)

    return read


def _warc(data: bytes) -> None:
    for _ in read_warc(io.BytesIO(data), "input", READING):
        pass


def _zip_of(content: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("1.txt", content)
        archive.writestr("2.jsonl", content)
    return held.getvalue()


def _tar_of(content: bytes) -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as archive:
        info = tarfile.TarInfo("1.txt")
        info.size = len(content)
        archive.addfile(info, io.BytesIO(content))
    return held.getvalue()


def _warc_of(content: bytes) -> bytes:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n" % len(content) + content + b"\r\n0\r\n\r\n"
    head = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: %d\r\n\r\n" % len(answer)
    return head + answer + b"\r\n\r\n"


_LINE = json.dumps({"id": "1", "text": TEXT, "date": "2019-04-20", "url": "https://example.org/1"}, ensure_ascii=False).encode()
_PAGE = f'<html><head><script type="application/ld+json">{{"headline": "{TEXT}"}}</script></head><body><h1>{TEXT}</h1><p>{TEXT}</p></body></html>'.encode()
TARGETS: dict[str, tuple[Callable[[bytes], None], list[bytes]]] = {
    "html": (_html, [_PAGE, *(path.read_bytes() for path in sorted(PAGES.glob("*.htm*")))]),
    "jsonl": (_rows(read_json_lines), [_LINE + b"\n" + _LINE, _LINE.decode().encode("utf-16")]),
    "json": (_rows(read_json), [b"[" + _LINE + b",\n" + _LINE + b"]", b'{"articles": [' + _LINE + b"]}"]),
    "csv": (_rows(read_csv), [f'id,text\n1,"{TEXT}"\n'.encode(), f"id;text\n1;{TEXT}".encode("cp1256"), b"20190420\t" * 26 + b"x\n"]),
    "warc": (_warc, [_warc_of(_PAGE) * 2]),
    "zip": (_members(read_zip), [_zip_of(_LINE)]),
    "tar": (_members(read_tar), [_tar_of(_LINE)]),
    "stdin": (
        _standard_input,
        [TEXT.encode(), _PAGE, _LINE, _zip_of(_LINE), _tar_of(_LINE), _warc_of(_PAGE), gzip.compress(_LINE), gzip.compress(_tar_of(_LINE))],
    ),
}


def main() -> None:
    """Run one target, or all of them one after another."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", choices=[*TARGETS, "all"])
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--replay", type=Path, help="run this one input only")
    given = parser.parse_args()
    if given.target == "all":
        for name in TARGETS:
            print(f"== {name}", flush=True)
            subprocess.run([sys.executable, __file__, name, "--seconds", str(given.seconds)], check=True)
        return
    target, seeds = TARGETS[given.target]
    if given.replay:
        target(given.replay.read_bytes())
        return
    with tempfile.TemporaryDirectory() as folder:
        for number, seed in enumerate(seeds):
            (Path(folder) / str(number)).write_bytes(seed)
        options = [f"-max_total_time={given.seconds}", f"-timeout={SECONDS_PER_INPUT}", f"-rss_limit_mb={MEGABYTES}", "-max_len=20000"]
        atheris.Setup([sys.argv[0], folder, "-print_final_stats=1", "-verbosity=0", *options], target)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
