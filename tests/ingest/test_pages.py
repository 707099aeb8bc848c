"""Pages in the styles of Arabic news sites, our own texts: article, title, date, outlet, byline and deck.

`pages/expected.jsonl` has the right answers. The first forty are older; of the others, each lot was read for the first time when it was finished. Pages in windows-1256 end with .htm, those in UTF-8 with .html.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from waqai.document import Document
from waqai.ingest import read_date, read_inputs
from waqai.ingest.dates import DateWords
from waqai.ingest.decoding import decode
from waqai.ingest.html import declared_charset, read_page
from waqai.knowledge.calendars import load_calendars
from waqai.knowledge.loader import Resources
from waqai.knowledge.pages import PagePhrases

PAGES = Path(__file__).parent / "pages"
EXPECTED = [json.loads(line) for line in (PAGES / "expected.jsonl").read_text(encoding="utf-8").splitlines()]
PHRASES = PagePhrases(Resources())
DATES = DateWords(lambda: load_calendars(Resources()))


@pytest.fixture(scope="module")
def pages():
    """Each page as it is read, beside what it should give."""
    read = []
    for expected in EXPECTED:
        data = (PAGES / expected["page"]).read_bytes()
        read.append((read_page(decode(data, declared_charset(data)).text, PHRASES), expected))
    return read


def token_f1(found: str, right: str) -> float:
    """F1 of the words of two texts, each counted as often as it comes."""
    ours, theirs = Counter(re.findall(r"\w+", found)), Counter(re.findall(r"\w+", right))
    return 2 * (ours & theirs).total() / (ours.total() + theirs.total())


def test_the_article_and_little_else(pages):
    scores = {expected["page"]: token_f1(page.text, expected["body"]) for page, expected in pages}
    assert len(scores) == len(EXPECTED)
    assert sum(scores.values()) / len(scores) >= 0.99, sorted(scores.items(), key=lambda item: item[1])[:5]
    assert sum(score < 0.95 for score in scores.values()) <= 3


def test_nine_of_ten_are_right_to_the_letter(pages):
    assert sum(page.text == expected["body"] for page, expected in pages) >= 90


def test_titles(pages):
    wrong = [expected["page"] for page, expected in pages if page.about.title != expected["title"]]
    assert wrong == ["96-forum-repost.html"]


def test_dates(pages):
    assert [str(read_date(page.about.date, DATES)) for page, _ in pages] == [expected["date"] for _, expected in pages]


@pytest.mark.parametrize(("field", "least"), [("outlet", 94), ("author", 85), ("deck", 94)])
def test_who_wrote_it_and_the_lines_under_the_headline(pages, field, least):
    found = [getattr(page, field) if field == "deck" else getattr(page.about, field) for page, _ in pages]
    right = [expected[field] for _, expected in pages]
    assert sum(ours == theirs for ours, theirs in zip(found, right, strict=True)) >= least


def test_every_page_becomes_a_document():
    documents = list(read_inputs([PAGES / expected["page"] for expected in EXPECTED], parse=DATES))
    assert len(documents) == len(EXPECTED) and all(isinstance(document, Document) and document.published for document in documents)
