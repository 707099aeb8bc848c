"""Records as Arrow tables: nothing is lost or changed on the way."""

from __future__ import annotations

import datetime as dt

import duckdb
import msgspec
import pyarrow as pa
import stand_in

from waqai.document import Document
from waqai.engines.arrow import TABLES, code_batches, coded_batch, documents_of, table_of, table_schema
from waqai.export.tabular import ParquetWriter
from waqai.issues import Issue
from waqai.records import EventRecord, QuotationRecord, to_json

ISSUE = Issue("WQ-105", "no JSON", where="news line 3")


def records():
    return stand_in.make_work()(stand_in.coded())


def test_records_come_back_as_they_were():
    one = records()
    coded = coded_batch([one, ISSUE, one])
    for table, rows, kind in (("events", one.events, EventRecord), ("quotes", one.quotations, QuotationRecord)):
        back = [msgspec.convert(row, kind) for row in table_of(coded, table).to_pylist()]
        assert rows and [to_json(row) for row in back] == [to_json(row) for row in rows] * 2
    assert msgspec.convert(table_of(coded, "issues").to_pylist(), list[Issue]) == [ISSUE]
    assert table_of(coded, "documents").num_rows == 2


def test_columns_are_those_of_the_parquet_files_of_one_machine(tmp_path):
    for table in ("events", "quotes", "entities"):
        writer = ParquetWriter(tmp_path / table, table)
        writer.close()
        ours = table_schema(table)
        there = duckdb.from_parquet(str(tmp_path / table)).to_arrow_table().schema
        assert ours.names == there.names and ours.types == there.types


def test_an_empty_batch_has_all_tables():
    coded = coded_batch([])
    assert all(table_of(coded, table).schema == table_schema(table) for table in TABLES)


def test_rows_that_are_no_articles_become_issues():
    articles = pa.RecordBatch.from_pylist(
        [
            {"id": "a", "text": stand_in.TEXT, "date": dt.date(2019, 4, 19)},
            {"id": "b", "text": None, "date": None},
            {"id": "c", "text": "Nothing here is Arabic.", "date": None},
        ]
    )
    first, second, third = documents_of(articles, "part 1")
    assert isinstance(first, Document) and first.published == dt.date(2019, 4, 19)
    assert (second.code, second.where) == ("WQ-106", "part 1 row 2")
    assert (third.code, third.where) == ("WQ-103", "part 1 row 3")


def test_batches_of_articles_become_batches_of_coded_ones():
    texts = [stand_in.TEXT, "يقتل العملية", "يرفع خطأ", stand_in.TEXT]
    batches = [pa.RecordBatch.from_pylist([{"id": f"{n}-{m}", "text": text} for m, text in enumerate(texts)]) for n in range(2)]
    coded = list(code_batches(batches, stand_in.make_breaking_work))
    assert [table_of(batch, "documents").column("doc_id").to_pylist() for batch in coded] == [["0-0", "0-3"], ["1-0", "1-3"]]
    assert [table_of(batch, "issues").column("code").to_pylist() for batch in coded] == [["WQ-121", "WQ-120"]] * 2
