"""Compiles resources/lexicon/nouns.tsv and names.tsv: `python tools/build_nouns.py NEWS.jsonl... --camel FOLDER --names FILE`.

Common nouns and adjectives show themselves by the article; personal names come from Wikidata by way of a transliteration study.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from build_verbs import BUCKWALTER, LEXICON, write

WORD = re.compile("[\u0621-\u0652]+")
MARKS = re.compile("[\u064b-\u0652\u0640]")
WITH_ARTICLE = re.compile("[وف]?(?:[بك]?ال|لل)(.{2,})$")
MINIMUM_WITH_ARTICLE = 2
MINIMUM_NAME = 25


def common_words(files: Iterable[Path]) -> tuple[Counter[str], Counter[str]]:
    """How often each word stands with the article, and how often it stands at all."""
    defined: Counter[str] = Counter()
    plain: Counter[str] = Counter()
    for text in {json.loads(line)["text"] for file in files for line in file.open(encoding="utf-8")}:
        for match in WORD.findall(text):
            word = MARKS.sub("", match)
            plain[word] += 1
            article = WITH_ARTICLE.match(word)
            if article:
                defined[article.group(1)] += 1
    return defined, plain


def adjectives(folder: Path) -> set[str]:
    with (folder / "MSA-Adj-LEX.csv").open(encoding="utf-8", newline="") as lines:
        return {re.sub("[^\u0621-\u064a]", "", row["LEMMA"].translate(BUCKWALTER)) for row in csv.DictReader(lines)}


def masculine(word: str) -> str:
    for ending in ("يين", "يون", "يتين", "ية", "يات"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return word[: -len(ending)] + "ي"
    return word.removesuffix("ة").removesuffix("ات") if len(word) > 4 else word


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("news", nargs="+", type=Path)
    parser.add_argument("--camel", type=Path, required=True)
    parser.add_argument("--names", type=Path, required=True)
    arguments = parser.parse_args()
    defined, plain = common_words(arguments.news)
    known = adjectives(arguments.camel)
    nouns = {word for word, count in defined.items() if count >= MINIMUM_WITH_ARTICLE and len(word) > 2}
    rows = [(word, "adjective" if masculine(word) in known or word.endswith("ية") else "noun") for word in sorted(nouns)]
    rows += [(word, "adjective") for word in sorted(known - nouns) if len(word) > 2]
    write(LEXICON / "nouns.tsv", {
        "what": "common nouns and adjectives, as word forms without article and clitics",
        "columns": "word, pos",
        "source": "forms that news sentences of 2006 to 2011 write with the article, counted; adjectives: camel_morph MSA lexicon. tools/build_nouns.py",
        "licence": "CC BY 4.0 (camel_morph); the counted forms are facts",
        "known problems": "nouns that end in ية are called adjectives",
    }, ("word", "pos"), sorted(rows))
    names: set[str] = set()
    with arguments.names.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            word = row["token_ar"]
            rare_as_word = defined[word] == 0 and plain[word] < 200
            officials = int(row["arab_officials"])
            if len(word) > 2 and (officials > 0 or (int(row["count"]) >= MINIMUM_NAME and rare_as_word)):
                names.add(word)
    write(LEXICON / "names.tsv", {
        "what": "words of personal names",
        "columns": "word",
        "source": "NETransliteration-COLING2018 (Merhav and Ash 2018), out of Wikidata; names of Arab officials. tools/build_nouns.py",
        "licence": "CC0 1.0",
        "known problems": "many are common words too (سلام، حسن): a name only beside a title or another name",
    }, ("word",), [(word,) for word in sorted(names)])


if __name__ == "__main__":
    main()
