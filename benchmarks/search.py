"""How full-text search does on real articles: what it costs to index, how long a query takes, and how much of what is there it finds.

Give it articles of your own as JSON lines (`id`, `text`, perhaps `title` and `date`); nothing is coded but sentences. Words of the lexicon that stand in the
articles are searched for in the form that one of the articles happens to use. What should be found is read off every word of the articles by
the analysis of the coder, which knows nothing of the index: a document is wanted when the likeliest reading of one of its words has the
lemma. Times are also given as ratios to a scan of all sentences for one spelling, timed in the same run.

    python benchmarks/search.py news.jsonl
    python benchmarks/search.py news.jsonl.xz --words 500 --json
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from waqai.analysis.structure import structure_stage
from waqai.cli.work import converter, knowledge, read
from waqai.document import Document
from waqai.knowledge.actors import ActorBase
from waqai.knowledge.lexicon import Lexicon
from waqai.knowledge.syntax import load_syntax
from waqai.records import Records
from waqai.store import Store, search
from waqai.store.search import Search, read_question
from waqai.text.forms import WordForms
from waqai.text.words import WordAnalyzer

BATCH, LIMIT_MS, SEED = 64, 50, 7
PHRASES = ('"مجلس الأمن"', '"وزير الخارجية"', "الحكومة السودانية", "رئيس OR وزير -السعودية", "حكوم*", "في من", '"الأمم المتحدة" اليمن هدنة')
SCAN = "SELECT DISTINCT doc_id FROM sentences WHERE contains(folded, $word)"


def articles(path: str, words: WordAnalyzer) -> Iterator[tuple[float, Records]]:
    """Records with sentences alone, and the seconds that finding the sentences took."""
    stage, convert = structure_stage(words), converter(None, "lexicon")
    for document in read([path]):
        if not isinstance(document, Document):
            continue
        started = time.perf_counter()
        found = stage.run(document)
        if document.title and document.title not in document.text:
            found = msgspec.structs.replace(found, headline=stage.run(Document(document.id, document.title, part="title")))
        yield time.perf_counter() - started, convert.records(found)


class Clock:
    """Seconds spent in the index, while it stands in its place."""

    def __init__(self) -> None:
        self.seconds, self._real = 0.0, search.index_batch
        search.index_batch = self

    def __call__(self, connection: Any) -> None:
        """Index a batch, timed."""
        started = time.perf_counter()
        self._real(connection)
        self.seconds += time.perf_counter() - started


def fill(store: Store, path: str, words: WordAnalyzer) -> dict[str, float]:
    """Add the articles; what adding and indexing cost."""
    clock, structure, adding, documents = Clock(), 0.0, 0.0, 0
    batch: list[Records] = []
    store.begin_run("benchmark")
    for seconds, records in articles(path, words):
        structure, documents = structure + seconds, documents + 1
        batch.append(records)
        if len(batch) == BATCH:
            started = time.perf_counter()
            store.add(batch)
            adding += time.perf_counter() - started
            batch = []
    store.add(batch)
    started = time.perf_counter()
    store.finish_run()
    return {
        "documents": documents, "index_ms_per_document": 1000 * clock.seconds / documents, "index_share_of_adding": clock.seconds / adding,
        "index_to_sentences_and_tokens": clock.seconds / structure, "sorting_s": time.perf_counter() - started,
    }


def wanted(store: Store, words: WordAnalyzer, count: int) -> list[tuple[str, set[str]]]:
    """Words as articles write them, drawn at random among the lemmas of the lexicon, with the documents that have the lemma."""
    with store.reader() as reader:
        vocabulary = reader.rows("SELECT word, number FROM search_words ORDER BY number")
        by_lemma: dict[tuple[str, bool], list[tuple[str, int]]] = defaultdict(list)
        for row in vocabulary:
            _, readings = words.analyze(row["word"])
            if readings and readings[0].pos in {"noun", "masdar", "verb"}:
                by_lemma[readings[0].lemma, readings[0].pos == "verb"].append((row["word"], row["number"]))
        draw, found = random.Random(SEED), list[tuple[str, set[str]]]()
        lemmas = sorted(lemma for lemma, written in by_lemma.items() if len(written) > 2)
        for lemma in draw.sample(lemmas, min(count, len(lemmas))):
            numbers = [number for _, number in by_lemma[lemma]]
            sql = "SELECT DISTINCT doc_id FROM search_postings p JOIN search_documents USING (doc) WHERE p.word IN (SELECT unnest($numbers))"
            found.append((draw.choice(by_lemma[lemma])[0], {row["doc_id"] for row in reader.each(sql, {"numbers": numbers})}))
    return found


def recall(store: Store, forms: WordForms, cases: Sequence[tuple[str, set[str]]]) -> dict[str, float]:
    """How much of what is wanted is found: over words, and over documents; and how many documents a search finds for each that is wanted."""
    shares, scans, hit, all_wanted, all_found = list[float](), list[float](), 0, 0, 0
    with store.reader() as reader:
        for word, documents in cases:
            asked = Search(read_question(word), forms).condition("document", "d")
            found = {row["doc_id"] for row in reader.each(f"SELECT doc_id FROM documents d WHERE {asked.sql}", asked.values)}
            scanned = {row["doc_id"] for row in reader.each(SCAN, {"word": word})}
            shares.append(len(found & documents) / len(documents))
            scans.append(len(scanned & documents) / len(documents))
            hit, all_wanted, all_found = hit + len(found & documents), all_wanted + len(documents), all_found + len(found)
    return {
        "words": len(cases), "recall_mean_over_words": statistics.mean(shares), "recall_of_documents": hit / all_wanted,
        "recall_of_scan_mean_over_words": statistics.mean(scans), "found_for_each_wanted": all_found / all_wanted,
    }


def times(store: Store, forms: WordForms, asked: Sequence[str]) -> dict[str, float]:
    """Milliseconds of a ranked answer, 50 of it fetched, and the ratio to a scan for one spelling."""
    ranked, scans = list[float](), list[float]()
    with store.reader() as reader:
        for question in asked:
            ranked.append(best(lambda question=question: one(reader, question, forms)))
            scans.append(best(lambda question=question: reader.rows(SCAN, {"word": question.strip('"').split()[0]})))
    return {
        "queries": len(asked), "query_ms_median": 1000 * statistics.median(ranked), "query_ms_95th": 1000 * sorted(ranked)[int(len(ranked) * 0.95)],
        "query_ms_slowest": 1000 * max(ranked), "query_to_scan": statistics.median(ranked) / statistics.median(scans), "target_ms": LIMIT_MS,
    }


def one(reader: Any, question: str, forms: WordForms) -> list[Any]:
    """The best fifty of a question."""
    where = Search(read_question(question), forms).ranked()
    found: list[Any] = reader.rows(f"SELECT * FROM ({where.sql}) LIMIT 50", where.values)
    return found


def best(work: Any, runs: int = 3) -> float:
    """The shortest of some runs, in seconds: what else the machine does only makes it longer."""
    seconds = []
    for _ in range(runs):
        started = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - started)
    return min(seconds)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", help="JSON lines, compressed or not")
    parser.add_argument("--words", type=int, default=200, help="words to search for")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    given = parser.parse_args()
    resources = knowledge(None)
    actors = ActorBase.load(resources)
    words = WordAnalyzer(Lexicon.load(resources), load_syntax(resources), actors.name_words, actors.whole_names)
    forms = WordForms.load(resources)
    with tempfile.TemporaryDirectory(prefix="waqai-") as folder, Store.open(Path(folder) / "s.duckdb") as store:
        figures = fill(store, given.articles, words)
        cases = wanted(store, words, given.words)
        figures |= recall(store, forms, cases)
        figures |= times(store, forms, [*PHRASES, *(word for word, _ in cases[:50])])
    if given.json:
        print(json.dumps(figures))
        return
    for name, value in figures.items():
        print(f"{name:34} {value:>10,.3f}")


if __name__ == "__main__":
    main()
