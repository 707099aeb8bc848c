"""The recipe for Spark in docs/scale.md, run as it stands there on a Spark of two cores."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import duckdb
import msgspec

from waqai.records import EventRecord, to_json

RECIPE = Path(__file__).resolve().parents[2] / "docs" / "scale.md"
SENTENCE = "رفضت الولايات المتحدة الثلاثاء مقترح روسيا بشأن سوريا، بحسب دبلوماسي."
QUIET = "--master local[2] --driver-memory 512m --conf spark.ui.enabled=false --conf spark.sql.shuffle.partitions=2 pyspark-shell"


def test_the_recipe_gives_the_events_of_one_machine(tmp_path):
    [recipe] = re.findall(r"^```python\n(.*?)^```", RECIPE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert 'make_work("full")' in recipe and "repartition(64)" in recipe, "this test makes the run smaller in these two places"
    (tmp_path / "recipe.py").write_text(recipe.replace('"full"', '"lexicon"').replace("(64)", "(2)"), encoding="utf-8")
    rows = [{"id": f"d{n}", "text": f"{SENTENCE} وقال ذلك {n} مرة.", "date": "2019-04-19"} for n in range(20)]
    rows[7]["text"] = "Nothing here is Arabic."
    (tmp_path / "news.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    (tmp_path / "articles").mkdir()
    duckdb.sql(f"COPY (SELECT id, text, date::VARCHAR AS date FROM '{tmp_path}/news.jsonl') TO '{tmp_path}/articles/part.parquet'")

    environment = {**os.environ, "PYSPARK_SUBMIT_ARGS": QUIET, "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
    done = subprocess.run([sys.executable, "recipe.py"], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-3000:]

    local = subprocess.run(
        [sys.executable, "-m", "waqai", "code", "news.jsonl", "--mode", "lexicon", "--format", "jsonl"],
        cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False,
    )
    found = duckdb.sql(f"SELECT * FROM '{tmp_path}/events/*.parquet'").to_arrow_table().to_pylist()
    assert len(found) >= 19
    assert sorted(to_json(msgspec.convert(row, EventRecord)) for row in found) == sorted(local.stdout.splitlines())
    issues = duckdb.sql(f"SELECT unnest(issues).code FROM '{tmp_path}/coded/*.parquet'").fetchall()
    assert issues == [("WQ-103",)]
