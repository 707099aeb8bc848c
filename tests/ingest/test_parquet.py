"""Parquet through DuckDB: rows as in JSON lines."""

from __future__ import annotations

import io

import duckdb
from readers import outcome, read, text, zipped


def write(path, select, *values):
    with duckdb.connect() as connection:
        escaped = str(path).replace("'", "''")
        connection.execute(f"COPY ({select}) TO '{escaped}' (FORMAT parquet)", values)


def test_rows_in_order_with_every_field(tmp_path):
    path = tmp_path / "week [1] of 'x'*.parquet"
    write(path, "SELECT range::VARCHAR AS id, ? || range AS Text, DATE '2019-04-20' AS date, 'وكالة' AS outlet, [1] AS other FROM range(1200)", text())
    found = read(path)
    assert [document.id for document in found] == [str(number) for number in range(1200)]
    assert (found[7].text, str(found[7].published), found[7].outlet) == (text() + "7", "2019-04-20", "وكالة")


def test_timestamps_and_empty_cells(tmp_path):
    write(tmp_path / "a.parquet", "SELECT ? AS body, TIMESTAMP '2019-04-20 10:00:00' AS published, NULL::VARCHAR AS title UNION ALL SELECT NULL, NULL, 'ب'", text())
    found = read(tmp_path / "a.parquet")
    assert sorted(outcome(found)) == ["WQ-106", "ok"]
    assert str(next(item.published for item in found if hasattr(item, "published"))) == "2019-04-20"


def test_without_a_text_it_says_which_columns_there_are(tmp_path):
    write(tmp_path / "a.parquet", "SELECT 1 AS one, 2 AS two")
    [issue] = read(tmp_path / "a.parquet")
    assert issue.code == "WQ-106" and "one, two" in issue.message


def test_no_parquet(tmp_path):
    write(tmp_path / "a.parquet", "SELECT ? AS text FROM range(1000)", text())
    content = (tmp_path / "a.parquet").read_bytes()
    (tmp_path / "cut.parquet").write_bytes(content[: len(content) // 2])
    (tmp_path / "zeros.parquet").write_bytes(b"PAR1" + bytes(1000) + b"PAR1")
    (tmp_path / "a.zip").write_bytes(zipped({"a.parquet": content}))
    assert outcome(read(tmp_path / "cut.parquet", tmp_path / "zeros.parquet")) == ["WQ-137", "WQ-137"]
    assert outcome(read(tmp_path / "a.zip")) == ["WQ-139"]
    assert outcome(read("-", stdin=io.BytesIO(content))) == ["WQ-139"]
