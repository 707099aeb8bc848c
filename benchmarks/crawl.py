"""A crawl whose right answer is known: pages of news in many templates, and how much of them is read back.

    python benchmarks/crawl.py write crawl/ --pages 20000 --copies 0.3 --broken 0.02
    python benchmarks/crawl.py write crawl/ --pages 2000 --from articles.jsonl --warc
    python benchmarks/crawl.py measure crawl/

`write` makes pages out of sentences of our own, or out of the articles of a JSON lines file, as files or as one web archive
(crawl.warc.gz), with the right answers beside them (truth.jsonl: a line for every page in order). A copy has the text of an
earlier article at another address, in another outlet and template. `measure` reads the pages and compares.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import gzip
import html
import json
import random
import re
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from waqai.document import Document
from waqai.ingest import read_inputs
from waqai.ingest.dates import DateWords
from waqai.knowledge.calendars import load_calendars
from waqai.knowledge.loader import Resources
from waqai.knowledge.pages import PagePhrases

PARTS = Path(__file__).resolve().parent / "crawl_parts"
MONTHS = ("يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر")
PER_FOLDER = 1000
FIRST_DAY = dt.date(2021, 1, 1)
# White space and marks of direction at the edges of a paragraph are no part of it.
EDGE = " \t\r\n\f\v\u00a0\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"

Article = dict[str, str]


class Template:
    """A page with places to fill: {{title}}, {{json:title}} and the like, and paragraphs between {{each}} and {{end}}."""

    def __init__(self, path: Path) -> None:
        self.name = path.stem
        whole = path.read_text(encoding="utf-8")
        self.encoding = "cp1256" if "windows-1256" in whole else "utf-8"
        self._before, rest = whole.split("{{each}}")
        inner, self._after = rest.split("{{end}}")
        self._paragraph, *inserts = re.split(r"\{\{after (\d+)\}\}", inner)
        self._inserts = dict(zip(map(int, inserts[::2]), inserts[1::2], strict=True))

    def fill(self, article: Article, others: list[Article], comments: list[str]) -> bytes:
        """The page of an article, with the titles of `others` as links."""
        paragraphs = article["text"].split("\n\n")
        body = ""
        for number, paragraph in enumerate(paragraphs, 1):
            body += self._paragraph.replace("{{text}}", html.escape(paragraph, quote=False))
            # What stands after the last paragraph would stand after the article.
            body += self._inserts.get(number, "") if number < len(paragraphs) else ""
        values = _values(article)

        def value(found: re.Match[str]) -> str:
            name = found.group(1)
            if name.startswith("json:"):
                return json.dumps(values[name[5:]], ensure_ascii=False).replace("</", "<\\/")
            if name.startswith("headline "):
                return html.escape(others[int(name[9:]) % len(others)]["title"])
            if name.startswith("comment "):
                return comments[int(name[8:]) % len(comments)]
            return html.escape(values[name])

        frame = re.compile(r"\{\{(.*?)\}\}")
        # The paragraphs are put in last: an article may have braces of its own.
        inserted = frame.sub(value, body) if self._inserts else body
        page = frame.sub(value, self._before) + inserted + frame.sub(value, self._after)
        return page.encode(self.encoding, "xmlcharrefreplace")


def _values(article: Article) -> dict[str, str]:
    day = dt.date.fromisoformat(article["date"])
    first = article["text"].split("\n\n")[0]
    return {
        **{name: article[name] for name in ("title", "author", "outlet", "id")},
        "day": article["date"],
        "words": f"{day.day} {MONTHS[day.month - 1]} {day.year}",
        "dmy": f"{day.day:02}/{day.month:02}/{day.year}",
        "dotted": f"{day.day:02}.{day.month:02}.{day.year}",
        "deck": "",
        "p1": first,
    }


def written(count: int, chance: random.Random, parts: dict[str, Any]) -> Iterator[Article]:
    """`count` different articles out of our own sentences."""
    seen: set[str] = set()
    while len(seen) < count:
        chosen = chance.sample(parts["sentences"]["patterns"], chance.randint(4, 9))
        text = "\n\n".join(_filled(pattern, chance, parts["slots"]) for pattern in chosen)
        if text not in seen:
            seen.add(text)
            title = _filled(chance.choice(parts["titles"]["patterns"]), chance, parts["slots"])
            yield {"text": text, "title": title, "author": chance.choice(parts["authors"])}


def _filled(pattern: str, chance: random.Random, slots: dict[str, list[str]]) -> str:
    return re.sub(r"\{(\w+)\}", lambda found: chance.choice(slots[found.group(1)]), pattern)


def rendered(path: Path) -> Iterator[Article]:
    """The articles of a JSON lines file, white space as a browser shows it."""
    for item in read_inputs([path]):
        if isinstance(item, Document):
            lines = (re.sub(r"[ \t\r\f\v]+", " ", line).strip(EDGE) for line in item.text.split("\n"))
            text = "\n\n".join(line for line in lines if line)
            yield {"text": text, "title": item.title or text[:60], "author": item.author, "outlet": item.outlet, "date": str(item.published or FIRST_DAY)}


def crawl(given: argparse.Namespace, parts: dict[str, Any]) -> Iterator[tuple[Article, bytes]]:
    """Every page with what it should give; `broken` says what is wrong with it, "" when nothing is."""
    chance = random.Random(given.seed)
    templates = [Template(path) for path in sorted(PARTS.glob("*.html"))]
    copies = int(given.pages * given.copies)
    source = islice(rendered(given.source), given.pages) if given.source else written(given.pages - copies, chance, parts)
    articles = list(source)
    broken = set(chance.sample(range(given.pages), int(given.pages * given.broken)))
    for number in range(min(given.pages, len(articles) + copies)):
        place = number if number < len(articles) else chance.randrange(len(articles))
        original = articles[place]
        # A copy appears on the day of its original, or soon after.
        day = FIRST_DAY + dt.timedelta(days=place * 365 // len(articles) + (chance.randrange(3) if place != number else 0))
        article = {"outlet": chance.choice(parts["outlets"]), "date": str(day), **original, "id": f"{number:07}"}
        template = chance.choice(templates)
        page = template.fill(article, chance.sample(articles, min(9, len(articles))), parts["comments"])
        article |= {"template": template.name, "broken": "", "copy": "yes" if number >= len(articles) else ""}
        yield _broken(article, page, chance) if number in broken else (article, page)


def _broken(article: Article, page: bytes, chance: random.Random) -> tuple[Article, bytes]:
    kind, content = chance.choice(
        [
            ("empty", b""),
            ("head only", re.split(rb"(?i)<body", page)[0]),
            ("binary", b"\x89PNG\r\n\x1a\n" + bytes(200)),
            ("no article", b"<html><body><nav><a href='/'>x</a></nav></body></html>"),
            ("another language", b"<html><body><p>The page that you are looking for was not found on this server.</p></body></html>"),
        ]
    )
    return article | {"broken": kind, "text": ""}, content


def write(given: argparse.Namespace) -> None:
    """Write pages and right answers."""
    parts = tomllib.loads((PARTS / "sentences.toml").read_text(encoding="utf-8"))
    given.folder.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as stack:
        truth = stack.enter_context((given.folder / "truth.jsonl").open("w", encoding="utf-8"))
        archive = stack.enter_context(gzip.open(given.folder / "crawl.warc.gz", "wb", compresslevel=1)) if given.warc else None
        for number, (article, page) in enumerate(crawl(given, parts)):
            article["url"] = f"https://example.org/{article['id']}.html"
            if archive:
                archive.write(_record(page, article["url"]))
            else:
                path = given.folder / f"{number // PER_FOLDER:04}" / f"{article['id']}.html"
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(page)
            truth.write(json.dumps(article, ensure_ascii=False) + "\n")


def _record(page: bytes, url: str) -> bytes:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nContent-Type: application/http; msgtype=response\r\n"
    return head.encode() + f"Content-Length: {len(answer)}\r\n\r\n".encode() + answer + b"\r\n\r\n"


def measure(given: argparse.Namespace) -> None:
    """Read the pages, and print how much of their articles came back."""
    truth = [json.loads(line) for line in (given.folder / "truth.jsonl").read_text(encoding="utf-8").splitlines()]
    scores: dict[str, list[float]] = {}
    exact = titles = dates = lost = unreported = 0
    resources = Resources()
    options: dict[str, Any] = {"parse": DateWords(lambda: load_calendars(resources)), "phrases": PagePhrases(resources)}
    start = time.perf_counter()
    for article in truth:
        path = given.folder / f"{int(article['id']) // PER_FOLDER:04}" / f"{article['id']}.html"
        found = [item for item in read_inputs([path], **options) if isinstance(item, Document)]
        if article["broken"]:
            unreported += bool(found)
            continue
        text = found[0].text if found else ""
        lost += not found
        exact += text == article["text"]
        titles += bool(found) and found[0].title == " ".join(article["title"].split())
        dates += bool(found) and str(found[0].published) == article["date"]
        scores.setdefault(article["template"], []).append(_f1(text, article["text"]))
        if given.show and text != article["text"]:
            print(json.dumps({"page": str(path), "missing": _lines(article["text"], text), "extra": _lines(text, article["text"])}, ensure_ascii=False))
    seconds = time.perf_counter() - start
    count = sum(map(len, scores.values()))
    print(f"{count} readable pages: token F1 {sum(map(sum, scores.values())) / count:.4f}, exact {exact / count:.1%}, no document {lost}")
    print(f"title {titles / count:.1%}, date {dates / count:.1%}; broken pages that gave a document: {unreported}")
    print(f"{1000 * seconds / len(truth):.1f} ms a page; templates from the worst:")
    for name, each in sorted(scores.items(), key=lambda item: sum(item[1]) / len(item[1])):
        print(f"  {name:10} {sum(each) / len(each):.4f} of {len(each)}")


def _lines(one: str, other: str) -> list[str]:
    return [line[:120] for line in one.split("\n\n") if line not in other.split("\n\n")]


def _f1(found: str, right: str) -> float:
    ours, theirs = Counter(re.findall(r"\w+", found)), Counter(re.findall(r"\w+", right))
    return 2 * (ours & theirs).total() / max(ours.total() + theirs.total(), 1)


def main() -> int:
    """Write a crawl, or measure how it is read."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("action", choices=["write", "measure"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=20_000)
    parser.add_argument("--copies", type=float, default=0.3, help="share of the pages that repeat an earlier article")
    parser.add_argument("--broken", type=float, default=0.02, help="share of the pages that hold no article")
    parser.add_argument("--from", dest="source", type=Path, help="a JSON lines file of articles to render instead of our own")
    parser.add_argument("--warc", action="store_true", help="write one web archive instead of files")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", action="store_true", help="print what is missing and what is too much")
    given = parser.parse_args()
    if given.source:
        given.copies = 0.0
    write(given) if given.action == "write" else measure(given)
    return 0


if __name__ == "__main__":
    sys.exit(main())
