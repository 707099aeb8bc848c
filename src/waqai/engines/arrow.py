"""Articles and records as Arrow tables: what Ray, Spark and Parquet files have in common.

`code_batches` is the one function that a cluster runs: batches of articles in, batches of coded articles out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import msgspec
import pyarrow as pa

from waqai.document import Document
from waqai.engines.job import MakeWork, Outcome
from waqai.engines.local import Pool
from waqai.ingest.metadata import from_row, make_documents
from waqai.issues import Issue
from waqai.records import DocumentRecord, EntityRecord, EventRecord, QuotationRecord
from waqai.store.shapes import Shape, shape_of

# The tables of a coded article, and what a row of each is.
TABLES: dict[str, type[msgspec.Struct]] = {
    "documents": DocumentRecord, "events": EventRecord, "quotes": QuotationRecord, "entities": EntityRecord, "issues": Issue,
}
_GROUP = 256
_PLAIN = {"VARCHAR": pa.string(), "BIGINT": pa.int64(), "DOUBLE": pa.float64(), "BOOLEAN": pa.bool_()}


def table_schema(table: str) -> pa.Schema:
    """The columns of one of TABLES: names, order and types as in the JSON schema of the records."""
    return pa.schema(_fields(TABLES[table]))


def coded_schema() -> pa.Schema:
    """One row an outcome: a column for each of TABLES, holding the rows of an article, or the one issue that it became."""
    return pa.schema([pa.field(name, pa.list_(pa.struct(_fields(record)))) for name, record in TABLES.items()])


def coded_batch(outcomes: Iterable[Outcome]) -> pa.RecordBatch:
    """Outcomes as rows of `coded_schema`, in their order."""
    return pa.RecordBatch.from_pylist([_row(outcome) for outcome in outcomes], schema=coded_schema())


def groups(outcomes: Iterable[Outcome]) -> Iterator[list[Outcome]]:
    """Outcomes in groups that become a batch each, so that some megabytes of them are held as objects and no more."""
    rest = iter(outcomes)
    while group := list(islice(rest, _GROUP)):
        yield group


def table_of(coded: pa.RecordBatch, table: str) -> pa.RecordBatch:
    """The rows of one of TABLES out of coded articles, in their order."""
    return pa.RecordBatch.from_struct_array(coded.column(table).flatten())


def code_batches(batches: Iterable[pa.RecordBatch], make: MakeWork) -> Iterator[pa.RecordBatch]:
    """Coded articles for each batch of articles; a bad one becomes an issue, and so does one that ends the process that codes it.

    Articles have the columns of our JSON lines: `text`, and `id`, `date`, `title`, `url`, `outlet`, `author` where they
    are known. `make` builds the coder, once, in a process of its own.
    """
    with Pool(make, 1) as pool:
        for number, batch in enumerate(batches):
            for group in groups(pool.run(documents_of(batch, f"batch {number}"))):
                yield coded_batch(group)


def documents_of(articles: pa.RecordBatch, name: str) -> Iterator[Document | Issue]:
    """The documents of a table of articles, and an issue for each row that is none. `name` says in issues where they stood."""
    rows = (row for first in range(0, articles.num_rows, _GROUP) for row in articles.slice(first, _GROUP).to_pylist())
    for number, row in enumerate(rows, 1):
        where = f"{name} row {number}"
        plain = {key: value.isoformat() if isinstance(value, dt.date) else value for key, value in row.items()}
        read = from_row(plain, where)
        yield from [read] if isinstance(read, Issue) else make_documents(read[0] or "", read[1], where=where)


def _row(outcome: Outcome) -> dict[str, list[Any]]:
    if isinstance(outcome, Issue):
        return {"documents": [], "events": [], "quotes": [], "entities": [], "issues": [msgspec.to_builtins(outcome)]}
    return {
        "documents": [msgspec.to_builtins(outcome.document)],
        "events": msgspec.to_builtins(outcome.events),
        "quotes": msgspec.to_builtins(outcome.quotations),
        "entities": msgspec.to_builtins(outcome.entities),
        "issues": [],
    }


def _fields(record: type[msgspec.Struct]) -> list[pa.Field]:
    return [pa.field(name, _type(shape)) for name, shape in shape_of(record).items()]


def _type(shape: Shape) -> pa.DataType:
    if isinstance(shape, dict):
        return pa.struct([pa.field(name, _type(inner)) for name, inner in shape.items()])
    return pa.list_(_type(shape[0])) if isinstance(shape, list) else _PLAIN[shape]
