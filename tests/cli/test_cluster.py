"""`waqai code --engine ray` where it need not start a cluster to answer."""

from __future__ import annotations

import subprocess
import sys

import pytest


def waqai(*words, folder):
    done = subprocess.run([sys.executable, "-m", "waqai", *words], cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    assert "Traceback" not in done.stderr
    return done


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["a.jsonl"], "WQ-430"),
        (["a.jsonl", "--format", "parquet"], "WQ-430"),
        (["a.jsonl", "--format", "csv", "-o", "out"], "WQ-430"),
        (["a.jsonl", "--format", "parquet", "-o", "file"], "WQ-430"),
        (["-", "--format", "parquet", "-o", "out"], "WQ-431"),
        (["a.jsonl", "--format", "parquet", "-o", "out", "--store", "s.duckdb"], "WQ-431"),
        (["a.jsonl", "--format", "parquet", "-o", "out", "--date", "yesterday"], "WQ-402"),
    ],
)
def test_misuse(words, code, tmp_path):
    (tmp_path / "file").touch()
    done = waqai("code", *words, "--engine", "ray", folder=tmp_path)
    assert done.returncode == 2 and code in done.stderr and done.stdout == ""
    assert not (tmp_path / "out").exists()


def test_inputs_that_are_not_there_need_no_cluster(tmp_path):
    done = waqai("code", "none.jsonl", "--engine", "ray", "--format", "parquet", "-o", "out", folder=tmp_path)
    assert done.returncode == 1 and "WQ-101 none.jsonl" in done.stderr and "1 bad input" in done.stderr


def test_a_folder_of_other_settings_is_refused(tmp_path):
    words = ("code", "none.jsonl", "--engine", "ray", "--format", "parquet", "-o", "out")
    waqai(*words, folder=tmp_path)
    done = waqai(*words, "--outlet", "Agency A", folder=tmp_path)
    assert done.returncode == 2 and "WQ-432" in done.stderr and "outlet '', now 'Agency A'" in done.stderr
