"""On a terminal: cards, colours, isolates; and nothing hostile in an article reaches the terminal."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.cli.terminal import Words, visible

SENTENCE = "رفضت الولايات المتحدة الثلاثاء مقترح روسيا بشأن سوريا، بحسب دبلوماسي."
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def on_a_terminal(*words, **environment):
    """What the program shows on a terminal of 100 columns: output and status."""
    master, slave = pty.openpty()
    settings = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100", **environment}
    settings.pop("NO_COLOR", None) if "NO_COLOR" not in environment else None
    process = subprocess.Popen([sys.executable, "-m", "waqai.cli.app", *map(str, words)], stdin=slave, stdout=slave, stderr=slave, env=settings)
    os.close(slave)
    shown = b""
    while True:
        try:
            piece = os.read(master, 65536)
        except OSError:
            break
        if not piece:
            break
        shown += piece
    os.close(master)
    return shown.decode(), process.wait()


@pytest.fixture
def article(tmp_path):
    (tmp_path / "a.txt").write_text(f"{SENTENCE}\nقال \x1b]0;title\x07 وأدانت فرنسا \u202eالهجوم\x1b[2J على السفارة.\n", encoding="utf-8")
    return tmp_path / "a.txt"


def test_cards(article):
    shown, status = on_a_terminal("code", article, "--date", "2019-04-19")
    assert status == 0
    assert "2019-04-16" in shown and "REJECT" in shown and "United States -> " in COLOUR.sub("", shown)
    assert "\u2068" in shown and shown.count("\u2068") == shown.count("\u2069")
    assert "│" not in shown and "next: waqai explain" in shown
    assert COLOUR.search(shown)


def test_no_hostile_control_reaches_the_terminal(article):
    for table in ("events", "quotes", "entities"):
        shown, _ = on_a_terminal("code", article, "--table", table)
        rest = COLOUR.sub("", shown)
        assert "\x1b" not in rest and "\x07" not in rest and "\u202e" not in rest


def test_colour_is_left_out_on_request(article):
    shown, _ = on_a_terminal("code", article, NO_COLOR="1")
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]m", shown)


def test_a_bar_while_adding(article, tmp_path):
    shown, status = on_a_terminal("add", article, "--store", tmp_path / "s.duckdb")
    assert status == 0 and "\x1b[?25l" in shown, "the bar hides the cursor while it runs"
    assert "next: waqai query" in shown


def test_parquet_is_not_for_a_terminal(article):
    shown, status = on_a_terminal("code", article, "--format", "parquet")
    assert status == 2 and "WQ-404" in shown


@given(st.text())
def test_what_is_visible_has_no_controls(text):
    shown = visible(text)
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown) and shown == shown.strip()


def test_isolates_and_cuts():
    assert Words(isolated=True).arabic("قال") == "\u2068قال\u2069"
    assert Words(isolated=True).arabic("  ") == ""
    assert Words(isolated=False).arabic("قال الوزير", 6) == "قال ا…"
    assert Words(isolated=True).mixed("plain") == "plain"
