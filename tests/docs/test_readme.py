"""Documentation that cannot lie: every snippet and command of the documents runs, and the record shown is the record made."""

from __future__ import annotations

import contextlib
import io
import json
import re
import shutil
import subprocess
import sys
from typing import Any

import pytest
from documents import DOCUMENTS, ROOT, blocks, commands, needs_coder, needs_commands, run

SENTENCE = "قالت لجنة أطباء السودان المركزية إن قوات الجيش قتلت الاثنين ثلاثة متظاهرين في الخرطوم."
CALLS = [pytest.param(call, id=f"{document}: {' '.join(call)[:60]}") for document in DOCUMENTS for call in commands(document)]


@pytest.fixture
def folder(tmp_path):
    """A folder in which the commands of the documents find the files that they name."""
    articles = (ROOT / "examples" / "articles.jsonl").read_text(encoding="utf-8").splitlines()[:3]
    (tmp_path / "examples").mkdir()
    (tmp_path / "examples" / "articles.jsonl").write_text("\n".join(articles) + "\n", encoding="utf-8")
    shutil.copy(tmp_path / "examples" / "articles.jsonl", tmp_path / "news.jsonl")
    (tmp_path / "article.txt").write_text(json.loads(articles[0])["text"], encoding="utf-8")
    return tmp_path


def misses(shown: Any, made: Any, where: str = "record") -> list[str]:
    """Where `made` lacks what `shown` says. Objects may have more keys, lists must be as long."""
    if isinstance(shown, dict) and isinstance(made, dict):
        return [miss for key, value in shown.items() for miss in misses(value, made.get(key, "(no such key)"), f"{where}.{key}")]
    if isinstance(shown, list) and isinstance(made, list) and len(shown) == len(made):
        return [miss for index, value in enumerate(shown) for miss in misses(value, made[index], f"{where}[{index}]")]
    return [] if shown == made else [f"{where}: the document shows {shown!r}, the program makes {made!r}"]


def test_the_documents_have_what_is_tested_here():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert text.count(SENTENCE) == 2, "the sentence of the first screen and that of the snippet are the one tested here"
    assert blocks("README.md", "python") and len(blocks("README.md", "json")) == 1
    assert len(CALLS) >= 8, "the commands of the documents were not found"


@needs_coder
@pytest.mark.parametrize("snippet", blocks("README.md", "python"))
def test_python_snippets_run(snippet):
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(compile(snippet, "README.md", "exec"), {"__name__": "readme"})
    assert "ASSAULT" in said.getvalue(), said.getvalue()
    assert "2021-10-25" in said.getvalue()


@needs_commands
def test_the_record_shown_is_the_record_made(tmp_path):
    done = run(["waqai", "code", "-", "--date", "2021-10-26", "--outlet", "Agency A", "--format", "jsonl"], tmp_path, SENTENCE)
    assert done.returncode == 0, done.stderr
    records = [json.loads(line) for line in done.stdout.splitlines()]
    shown = json.loads(blocks("README.md", "json")[0])
    assert len(records) == 1, [record["event_type"] for record in records]
    problems = misses(shown, records[0])
    assert not problems, "\n".join(problems)


@needs_commands
@pytest.mark.parametrize("call", CALLS)
def test_commands_run(call, folder):
    if "GOLD" in call or "serve" in call:
        call = [*call[:2], "--help"]
    done = run(call, folder, (folder / "article.txt").read_text(encoding="utf-8"))
    assert done.returncode == 0, f"{' '.join(call)} ended with {done.returncode}\n{done.stdout[-1500:]}\n{done.stderr[-1500:]}"
    # What is added goes to a store; only the summary is said, to standard error.
    said = done.stderr if call[1] == "add" else done.stdout
    assert said.strip(), f"{' '.join(call)} printed nothing\n{done.stderr[-1500:]}"


@needs_commands
def test_options_that_the_readme_names_exist(tmp_path):
    known = run(["waqai", "code", "--help"], tmp_path).stdout
    named = set(re.findall(r"`(--[a-z-]+)", (ROOT / "README.md").read_text(encoding="utf-8")))
    missing = sorted(option for option in named if option not in known)
    assert not missing, f"README.md names options that `waqai code` does not have: {missing}"


@needs_coder
def test_quickstart_runs(tmp_path):
    done = subprocess.run(
        [sys.executable, str(ROOT / "examples" / "quickstart.py")], cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    articles = (ROOT / "examples" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    for article in articles:
        assert json.loads(article)["title"] in done.stdout
    assert " -> " in done.stdout, "not one event in eighteen articles"
