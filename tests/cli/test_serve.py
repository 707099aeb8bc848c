"""`waqai serve` as a person starts and ends it, and where it refuses to stand open."""

from __future__ import annotations

import re
import signal
import subprocess
import sys

import httpx2
import pytest
import stand_in

from waqai.cli.app import run
from waqai.store import Store


@pytest.fixture
def store(tmp_path):
    path = tmp_path / "s.duckdb"
    with Store.open(path) as opened:
        opened.add([stand_in.make_work()(stand_in.coded())])
    return path


def start(*arguments):
    command = [sys.executable, "-m", "waqai.cli.app", "serve", *map(str, arguments), "--port", "0", "--no-browser"]
    return subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def told(process):
    """What it says until it serves, and the address in it."""
    assert process.stderr
    said = ""
    for line in process.stderr:
        said += line
        if "Ctrl-C" in line:
            break
    found = re.search(r"http://\S+", said)
    assert found, said
    return said, found.group()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_says_where_it_is_and_ends_cleanly(store, how):
    process = start(store)
    said, address = told(process)
    assert "1 articles, 3 events" in said and address.startswith("http://127.0.0.1:")
    assert httpx2.get(f"{address}api/v1/about", timeout=20).json()["documents"] == 1
    with httpx2.stream("GET", f"{address}api/v1/stream", timeout=20) as listening:
        assert next(listening.iter_lines()) == ": waqai"
        process.send_signal(how)
        output, rest = process.communicate(timeout=15)
    assert process.returncode == 0 and rest.strip() == "closed" and output == "", "no traceback, also while somebody listens"
    with Store.open(store) as again:
        assert list(again.query("SELECT count(*) FROM events")) == [(3,)]


def test_a_token_stands_in_the_address(store):
    process = start(store, "--token", "correct horse battery".replace(" ", "-"))
    _, address = told(process)
    try:
        assert address.endswith("/?token=correct-horse-battery")
        assert httpx2.get(address.partition("?")[0] + "api/v1/about").status_code == 401
        with httpx2.Client(follow_redirects=True) as client:
            client.get(address)
            assert client.get(address.partition("?")[0] + "api/v1/about").status_code == 200
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=15)


def test_an_empty_store_says_what_to_do(tmp_path):
    Store.open(tmp_path / "empty.duckdb").close()
    process = start(tmp_path / "empty.duckdb")
    said, _ = told(process)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=15)
    assert "empty" in said and f"waqai add YOUR_ARTICLES --store {tmp_path / 'empty.duckdb'}" in said


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--host", "0.0.0.0"], "WQ-420"), (["--host", "::"], "WQ-420"), (["--host", "192.0.2.1"], "WQ-420"), (["--host", "example.org"], "WQ-420"),
        (["--trust-header", "X-User"], "WQ-421"), (["--host", "0.0.0.0", "--token", "short"], "WQ-422"), (["--host", "192.0.2.1", "--token", "x" * 20], "WQ-423"),
    ],
)
def test_where_it_would_stand_open_it_does_not_start(store, capsys, options, says):
    assert run(["serve", str(store), *options, "--no-browser"]) == 2
    assert says in capsys.readouterr().err


def test_a_store_that_is_not_there(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("WAQAI_STORE", raising=False)
    assert run(["serve", "--no-browser"]) == 2
    error = capsys.readouterr().err
    assert "WQ-601 waqai.duckdb" in error and "waqai add" in error


def test_a_store_in_use_says_so(store, capsys):
    process = start(store)
    told(process)
    try:
        assert run(["serve", str(store), "--port", "0", "--no-browser"]) == 1
        assert "WQ-608" in capsys.readouterr().err
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=15)


def test_a_data_set_is_not_served(tmp_path, capsys):
    assert run(["serve", str(tmp_path), "--read-only", "--no-browser"]) == 2
    assert "WQ-425" in capsys.readouterr().err
