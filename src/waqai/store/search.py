"""Full-text search: what is asked, the index that answers, and the SQL between the two.

The index (search.sql) holds words as texts write them. Which of them a word that is asked for may be written as is for `Forms` to say;
the store knows no Arabic. Documents are ranked by BM25, a word in a heading counting threefold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any, Literal, NamedTuple

import duckdb
import msgspec

from waqai.errors import StoreError
from waqai.text.folding import FoldedText, fold

Forms = Callable[[str], Iterable[str]]
"""The folded forms of a word in which a text may have it."""
Level = Literal["document", "sentence"]

_FOLDER = Path(__file__).parent
_MOST_WORDS = 12
_CHUNK = 2000
_HEADING_WEIGHT = 3
_SATURATION, _LENGTH = 1.2, 0.75
# Sorted postings are read faster; below this many, or while most are sorted, sorting them anew is not worth it.
_FEW, _UNSORTED_SHARE = 1_000_000, 1 / 3
_PIECE = re.compile(r'(?P<no>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_WORD = re.compile(r"\d+(?:,\d{3})+|[^\W_]+\*?")
_OR = frozenset({"OR", "|", "او"})


class Word(msgspec.Struct, frozen=True):
    """A word as it was written; with `prefix` all words that begin so."""

    text: str
    prefix: bool = False


Phrase = tuple[Word, ...]
"""Words that follow one another; mostly one."""


class Question(msgspec.Struct, frozen=True):
    """What is looked for: of each of `groups` one phrase at least, and none of `without`."""

    groups: tuple[tuple[Phrase, ...], ...] = ()
    without: tuple[Phrase, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.groups or self.without)


class Where(NamedTuple):
    """A condition or a query as SQL, with the values of its names."""

    sql: str
    values: dict[str, Any]


def plain_forms(word: str) -> Iterable[str]:
    """Forms for those who know no Arabic: the word alone, in one spelling."""
    return (fold(word).text.lower(),)


def read_question(asked: str) -> Question:
    """A question as a person writes it: all words; "in quotes" a phrase; OR between two; - before what must not stand; * for any ending.

    At most twelve words count; marks between them say nothing.
    """
    folded, words = fold(asked), count(1)
    groups: list[tuple[Phrase, ...]] = []
    without: list[Phrase] = []
    joined = False
    for match in _PIECE.finditer(folded.text):
        if match["word"] in _OR and groups:
            joined = True
            continue
        name = "word" if match["phrase"] is None else "phrase"
        phrase = tuple(word for word in _words(folded, *match.span(name)) if next(words) <= _MOST_WORDS)
        if phrase and match["no"]:
            without.append(phrase)
        elif phrase and joined:
            groups[-1] = (*groups[-1], phrase)
        elif phrase:
            groups.append((phrase,))
        joined = False
    return Question(tuple(groups), tuple(without))


def _words(folded: FoldedText, start: int, end: int) -> Iterator[Word]:
    for match in _WORD.finditer(folded.text, start, end):
        text = match.group()
        if text[0].isdigit():
            yield Word(text.replace(",", "").removesuffix("*"), text.endswith("*"))
        else:
            # The spelling of the person says more than the folded one: of أ and ا, of ة and ه.
            span = folded.to_original(match.start(), match.end())
            yield Word(span.text(folded.original).removesuffix("*"), text.endswith("*"))


class Search:
    """The SQL of a question. `name` begins the names of its values, so that several can stand in one statement."""

    def __init__(self, question: Question, forms: Forms, name: str = "q") -> None:
        self.question, self.name = question, name
        self._slots: list[int] = []
        self._forms: list[str] = []
        self._beginnings: list[str] = []
        self._beginning_slots: list[int] = []
        self._free = count()
        self._forms_of = forms
        groups = [f"g{n} AS ({self._any(phrases)})" for n, phrases in enumerate(question.groups)]
        without = [f"w{n} AS ({self._phrase(phrase)})" for n, phrase in enumerate(question.without)]
        self._with = "WITH " + ",\n".join([*self._hits(), *groups, *without])

    @property
    def values(self) -> dict[str, Any]:
        """The values of the names in every SQL of this search."""
        return {
            f"{self.name}_words": self._forms, f"{self.name}_slots": self._slots,
            f"{self.name}_beginnings": self._beginnings, f"{self.name}_beginning_slots": self._beginning_slots,
        }

    def condition(self, level: Level, table: str) -> Where:
        """The condition that a document, or the sentence of an event, has what is asked; `table` has its doc_id, part and sentence."""
        if level == "document":
            sql = f"{table}.doc_id IN ({self._with} SELECT doc_id FROM ({self._matching('doc')}) JOIN search_documents USING (doc))"
        else:
            sql = (
                f"({table}.doc_id, {table}.part, {table}.sentence) IN ({self._with} SELECT doc_id, {_PART}, {_SENTENCE} "
                f"FROM ({self._matching('doc, sentence')}) JOIN search_documents USING (doc))"
            )
        return Where(sql, self.values)

    def ranked(self, only: str = "TRUE") -> Where:
        """Documents with what is asked, the best first: doc_id, score, and part, sentence of the sentence that says most of it.

        `only` is a condition on `doc_id`. Nothing is found by a question that only says what must not stand.
        """
        groups = range(len(self.question.groups))
        each = " UNION ALL ".join(f"SELECT {n} AS g, doc, sentence, heading FROM g{n}" for n in groups) or _NOTHING
        sql = f"""{self._with},
            found AS (SELECT doc, doc_id, words FROM ({self._matching('doc')}) JOIN search_documents USING (doc) WHERE {only}),
            hits_of_groups AS ({each}),
            counted AS (SELECT g, doc, sum(CASE WHEN heading THEN {_HEADING_WEIGHT} ELSE 1 END) AS tf FROM hits_of_groups GROUP BY g, doc),
            extent AS (SELECT count(*) AS documents, avg(words) AS words FROM search_documents),
            rarity AS (
                SELECT g, ln(1 + (any_value(x.documents) - count(*) + 0.5) / (count(*) + 0.5)) AS idf FROM counted, extent x GROUP BY g
            ),
            scored AS (
                SELECT doc, any_value(f.doc_id) AS doc_id, sum(
                    idf * tf * {_SATURATION + 1} / (tf + {_SATURATION} * ({1 - _LENGTH} + {_LENGTH} * f.words / x.words))
                ) AS score
                FROM counted JOIN rarity USING (g) JOIN found f USING (doc), extent x GROUP BY doc
            ),
            lines AS (
                SELECT doc, sentence FROM hits_of_groups JOIN found USING (doc) GROUP BY doc, sentence
                QUALIFY row_number() OVER (PARTITION BY doc ORDER BY count(DISTINCT g) DESC, sentence < 0, count(*) DESC, sentence) = 1
            )
            SELECT doc_id, score, {_PART} AS part, {_SENTENCE} AS sentence FROM scored JOIN lines USING (doc) ORDER BY score DESC, doc_id"""
        return Where(sql, self.values)

    def _matching(self, key: str) -> str:
        """What of documents (`doc`) or sentences (`doc, sentence`) has every group and nothing that must not stand."""
        groups = " INTERSECT ".join(f"SELECT {key} FROM g{n}" for n in range(len(self.question.groups)))
        everything = f"SELECT DISTINCT {key} FROM search_postings"
        return "".join([
            groups if " INTERSECT " in groups else f"SELECT DISTINCT {key} FROM g0" if groups else everything,
            *(f" EXCEPT SELECT {key} FROM w{n}" for n in range(len(self.question.without))),
        ])

    def _hits(self) -> Iterator[str]:
        """What the words of the question are numbered in the index, and where they stand, each with its slot in the question."""
        n = self.name
        yield f"""known AS MATERIALIZED (
            SELECT a.slot, w.number FROM (SELECT unnest(${n}_words::VARCHAR[]) AS word, unnest(${n}_slots::INTEGER[]) AS slot) a
            JOIN search_words w USING (word)
            UNION
            SELECT b.slot, w.number
            FROM (SELECT unnest(${n}_beginnings::VARCHAR[]) AS beginning, unnest(${n}_beginning_slots::INTEGER[]) AS slot) b
            JOIN search_words w ON starts_with(w.word, b.beginning)
        )"""
        yield """hits AS MATERIALIZED (
            SELECT k.slot, p.doc, p.sentence, p.place, p.heading FROM search_postings p JOIN known k ON p.word = k.number
        )"""

    def _any(self, phrases: Sequence[Phrase]) -> str:
        return " UNION ALL ".join(self._phrase(phrase) for phrase in phrases)

    def _phrase(self, phrase: Phrase) -> str:
        """Where the words of a phrase follow one another; the query gives doc, sentence and heading."""
        slots = [self._slot(word) for word in phrase]
        joins = [
            f"JOIN hits h{n} ON h{n}.slot = {slot} AND h{n}.doc = h0.doc AND h{n}.sentence = h0.sentence AND h{n}.place = h0.place + {n}"
            for n, slot in enumerate(slots) if n
        ]
        return f"SELECT h0.doc, h0.sentence, h0.heading FROM hits h0 {' '.join(joins)} WHERE h0.slot = {slots[0]}"

    def _slot(self, word: Word) -> int:
        slot = next(self._free)
        if word.prefix:
            self._beginnings.append(fold(word.text).text.lower())
            self._beginning_slots.append(slot)
        else:
            forms = sorted(set(self._forms_of(word.text)))
            self._forms += forms
            self._slots += [slot] * len(forms)
        return slot


_PART = "CASE WHEN sentence < 0 THEN 'title' ELSE 'text' END"
_SENTENCE = "CASE WHEN sentence < 0 THEN -1 - sentence ELSE sentence END"
_NOTHING = "SELECT 0 AS g, doc, sentence, heading FROM hits WHERE FALSE"


def prepare(connection: duckdb.DuckDBPyConnection, path: Path, *, read_only: bool) -> None:
    """See that there is an index; make one of all documents where there is none. StoreError when the store may only be read."""
    if connection.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'search_postings'").fetchone():
        return
    if read_only:
        advice = "Open it once for writing: `waqai add` with any article, or `waqai serve` without --read-only."
        raise StoreError("WQ-609", "was made by an earlier Waqai and must be brought up to date first.", where=str(path), advice=advice)
    connection.begin()
    try:
        _index_everything(connection)
        connection.commit()
    except BaseException:
        connection.rollback()
        raise


def index_batch(connection: duckdb.DuckDBPyConnection) -> None:
    """Index the documents of the temporary table `batch`, which are not in the index yet. Within the transaction of the caller."""
    _fill(connection, "SELECT s.doc_id, s.part, s.sentence, s.role, folded FROM (SELECT unnest(sentences) AS s, unnest(folded_sentences) AS folded FROM batch)")


def forget(connection: duckdb.DuckDBPyConnection, doc_ids: Sequence[str]) -> None:
    """Take documents out of the index."""
    known = connection.execute("SELECT doc FROM search_documents WHERE doc_id IN (SELECT unnest($ids))", {"ids": list(doc_ids)}).fetchall()
    for table in ("search_postings", "search_documents"):
        connection.execute(f"DELETE FROM {table} WHERE doc IN (SELECT unnest($docs))", {"docs": [row[0] for row in known]})


def tidy(connection: duckdb.DuckDBPyConnection) -> None:
    """Sort the postings by word when enough came in since they last were: a search then reads few of them."""
    [[total, done]] = connection.execute(
        "SELECT (SELECT count(*) FROM search_postings), (SELECT value::BIGINT FROM about WHERE key = 'search_sorted')"
    ).fetchall()
    if total < _FEW or total - min(done or 0, total) < total * _UNSORTED_SHARE:
        return
    connection.begin()
    try:
        connection.execute("CREATE TABLE search_ordered AS SELECT * FROM search_postings ORDER BY word, doc, sentence, place")
        connection.execute("DROP TABLE search_postings")
        connection.execute("ALTER TABLE search_ordered RENAME TO search_postings")
        connection.execute("INSERT OR REPLACE INTO about VALUES ('search_sorted', ?)", [str(total)])
        connection.commit()
    except BaseException:
        connection.rollback()
        raise


def _index_everything(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute((_FOLDER / "search.sql").read_text(encoding="utf-8"))
    [[documents]] = connection.execute("SELECT count(*) FROM documents").fetchall()
    for start in range(0, documents, _CHUNK):
        some = f"SELECT doc_id FROM documents ORDER BY rowid LIMIT {_CHUNK} OFFSET {start}"
        _fill(connection, f"SELECT doc_id, part, sentence, role, folded FROM sentences WHERE doc_id IN ({some})")


def _fill(connection: duckdb.DuckDBPyConnection, sentences: str) -> None:
    connection.execute(f"CREATE OR REPLACE TEMP TABLE search_batch AS {sentences}")
    connection.execute((_FOLDER / "search_fill.sql").read_text(encoding="utf-8"))
