"""The example articles are good input: complete, dated, clean, and different from each other."""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata

import pytest


@pytest.fixture
def articles(root):
    return [json.loads(line) for line in (root / "examples" / "articles.jsonl").read_text(encoding="utf-8").splitlines()]


def test_there_are_enough_and_each_has_its_own_id(articles):
    assert len(articles) >= 14
    assert len({article["id"] for article in articles}) == len(articles)


def test_each_is_an_article(articles, verdict):
    problems = []
    for article in articles:
        sentences = len(re.findall(r"[.؟!]»?(?=\s|$)", article["text"]))
        if not 6 <= sentences <= 15 or article["text"].count("\n\n") < 3:
            problems.append(f"{article['id']}: {sentences} sentences, {article['text'].count(chr(10) * 2) + 1} paragraphs")
        if not article["title"] or dt.date.fromisoformat(article["date"]) > dt.date.today():
            problems.append(f"{article['id']}: title or date")
    verdict(problems, "an example is a short report of several paragraphs with a headline and a date.")


def test_their_text_is_clean(articles, verdict):
    problems = [a["id"] for a in articles if a["text"] != unicodedata.normalize("NFC", a["text"]) or "\u0640" in a["text"]]
    verdict(problems, "save as NFC without tatweel.")


def test_the_newest_date_of_the_text_is_not_after_publication(articles, verdict):
    """An example that names a year after its own date tells the past what is to come."""
    problems = []
    for article in articles:
        years = [int(year) for year in re.findall(r"\b(?:19|20)\d{2}\b", article["text"])]
        if years and max(years) > int(article["date"][:4]) + 2:
            problems.append(f"{article['id']}: {max(years)}")
    verdict(problems, "check the facts.")
