"""SQL of strangers reads, and does nothing else: not write, not touch files or settings, not run on, not fill memory."""

from __future__ import annotations

import threading
import time

import pytest

API, OURS = "/api/v1", {"X-Waqai": "1"}


@pytest.fixture
def query(reading):
    def post(sql, status=200, **parameters):
        answer = reading.post(f"{API}/sql", json={"sql": sql, "parameters": parameters}, headers=OURS)
        assert answer.status_code == status, answer.text
        return answer.json()

    return post


def test_a_select_with_parameters(query):
    found = query("SELECT event_type, count(*) AS n FROM events WHERE event_type = $type GROUP BY ALL;", type="ASSAULT")
    assert [c["name"] for c in found["columns"]] == ["event_type", "n"] and found["columns"][1]["type"] == "BIGINT"
    assert found["rows"][0][0] == "ASSAULT" and found["truncated"] is False


@pytest.mark.parametrize("sql", ["SELECT 1 -- end", "WITH a AS (SELECT 1) SELECT * FROM a", "FROM events LIMIT 1", "EXPLAIN SELECT 1", "DESCRIBE events", "SHOW TABLES", "VALUES (1)"])
def test_other_ways_to_read(query, sql):
    assert query(sql)["rows"]


def test_values_that_json_cannot_hold(query):
    [row] = query("SELECT 'nan'::DOUBLE, 'inf'::DOUBLE, 9007199254740993, DATE '2020-01-01', [1, NULL], {'a': 1}, '\\xAA'::BLOB, NULL, TRUE, INTERVAL 1 DAY")["rows"]
    assert row[:9] == ["nan", "inf", "9007199254740993", "2020-01-01", [1, None], {"a": 1}, "1 bytes", None, True]


WRITES = [
    "DELETE FROM events", "DROP TABLE events", "INSERT INTO about VALUES ('a', 'b')", "UPDATE about SET value = '9'", "CREATE TABLE t (a INTEGER)",
    "CREATE TEMP TABLE t AS SELECT 1", "ALTER TABLE events ADD COLUMN x INTEGER", "BEGIN", "COMMIT", "VACUUM", "CHECKPOINT", "CALL force_checkpoint()",
    "SET threads = 1", "RESET threads", "PRAGMA database_list", "ATTACH '/tmp/x.duckdb'", "DETACH memory", "INSTALL httpfs", "LOAD httpfs",
    "COPY events TO '/tmp/waqai-test.csv'", "COPY about FROM '/etc/passwd'", "EXPORT DATABASE '/tmp/waqai-test'", "IMPORT DATABASE '/tmp/x'", "SELECT 1; DELETE FROM events",
    "WITH gone AS (DELETE FROM events RETURNING event_id) SELECT * FROM gone", "WITH i AS (INSERT INTO about VALUES ('a', 'b') RETURNING key) SELECT * FROM i",
    "EXPLAIN ANALYZE DELETE FROM events", "EXPLAIN ANALYZE WITH gone AS (DELETE FROM events RETURNING 1) SELECT * FROM gone", "SELECT 1) UNION ALL (SELECT 2",
    "PREPARE p AS DELETE FROM events", "EXECUTE p", "CREATE MACRO f() AS 1", "CREATE SECRET (TYPE s3)", "USE memory", "",
]
FILES = [
    "SELECT * FROM read_text('/etc/passwd')", "SELECT * FROM read_csv('/etc/passwd')", "SELECT * FROM '/etc/passwd'", "SELECT * FROM read_blob('/etc/*')",
    "SELECT * FROM glob('/*')", "SELECT * FROM read_json('/etc/passwd')", "SELECT * FROM read_parquet('/x.parquet')", "SELECT getenv('HOME')",
    "SELECT * FROM sniff_csv('/etc/passwd')", "SELECT * FROM 'https://example.org/x.csv'", "FROM query('DELETE FROM events')", "SELECT * FROM duckdb_secrets()",
    "SELECT * FROM sqlite_scan('/x', 'y')", "FROM read_duckdb('/x.duckdb')",
]


@pytest.mark.parametrize("sql", WRITES + FILES)
def test_sql_cannot_write_nor_leave_the_store(query, truth, sql):
    before = truth("SELECT (SELECT count(*) FROM events), (SELECT count(*) FROM about), (SELECT value FROM about)")
    assert query(sql, status=422)["error"]["code"] in {"WQ-604", "WQ-605", "WQ-700"}
    assert truth("SELECT (SELECT count(*) FROM events), (SELECT count(*) FROM about), (SELECT value FROM about)") == before


def test_an_endless_query_ends(query):
    started = time.monotonic()
    error = query("SELECT count(*) FROM range(10000000000) a, range(10000000000) b WHERE a.range * b.range % 7 = 3", status=408)["error"]
    assert error["code"] == "WQ-610" and time.monotonic() - started < 4
    assert query("SELECT 1")["rows"] == [[1]]


def test_an_endless_recursion_ends(query):
    assert query("WITH RECURSIVE r AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM r) SELECT count(*) FROM r", status=408)["error"]["code"] == "WQ-610"


def test_millions_of_rows_are_cut(query):
    found = query("SELECT * FROM range(50000000)")
    assert len(found["rows"]) == 10_000 and found["truncated"] is True


def test_wide_rows_are_cut(reading):
    answer = reading.post(f"{API}/sql", json={"sql": "SELECT repeat('س', 100000) FROM range(500)"}, headers=OURS)
    assert answer.status_code == 200 and answer.json()["truncated"] is True and len(answer.content) < 40_000_000


def test_who_asks_too_much_at_once_waits_or_is_told_and_pages_go_on(serving):
    client = serving(sql_seconds=1.0)
    long = {"sql": "SELECT count(*) FROM range(10000000000) a, range(10000000000) b WHERE a.range * b.range % 7 = 3"}
    codes: list[str] = []
    threads = [threading.Thread(target=lambda: codes.append(client.post(f"{API}/sql", json=long, headers=OURS).json()["error"]["code"])) for _ in range(6)]
    for thread in threads:
        thread.start()
    started = time.monotonic()
    assert client.get(f"{API}/events?limit=1").status_code == 200
    # Six of a second each, two at a time: a page that waited for them would take three.
    assert time.monotonic() - started < 2.5
    for thread in threads:
        thread.join()
    assert set(codes) <= {"WQ-610", "WQ-706"} and codes.count("WQ-610") >= 2


def test_sql_needs_our_header(reading):
    assert reading.post(f"{API}/sql", json={"sql": "SELECT 1"}).status_code == 403


def test_the_command_line_query_cannot_write_either(template, tmp_path):
    import shutil

    from waqai.errors import UsageError
    from waqai.store import Store

    shutil.copy(template, tmp_path / "s.duckdb")
    with Store.open(tmp_path / "s.duckdb") as store, pytest.raises(UsageError, match=r"read-only|data-modifying"):
        list(store.query("WITH gone AS (DELETE FROM events RETURNING event_id) SELECT * FROM gone"))
