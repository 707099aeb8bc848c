"""`waqai watch` as a process: what it stores, what it says, how it ends, and that a kill loses and doubles nothing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import duckdb
import pytest
from web_site import Site, page, rss

ENVIRONMENT = {**os.environ, "NO_COLOR": "1"}
OPTIONS = ("--store", "news.duckdb", "--mode", "lexicon", "--allow-private", "--delay", "0")


def command(*words):
    return [sys.executable, "-m", "waqai.cli.app", "watch", *words]


def watch(folder, *words):
    done = subprocess.run(command(*words, *OPTIONS), cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, timeout=120, check=False)
    assert "Traceback" not in done.stderr, done.stderr
    return done


def stored(folder):
    with duckdb.connect(str(folder / "news.duckdb"), read_only=True) as connection:
        return sorted(row[0] for row in connection.execute("SELECT url FROM documents").fetchall())


@pytest.fixture
def web():
    with Site() as found:
        yield found


def test_once_stores_tells_and_does_nothing_the_second_time(web, tmp_path):
    web.pages |= {"/feed": rss({"/1": "أ", "/2": "ب"}), "/1": page(1), "/2": page(2)}
    (tmp_path / "feeds.txt").write_text(f"# feeds\n{web.url('/feed')}\n", encoding="utf-8")
    done = watch(tmp_path, "feeds.txt", "--once", "--json")
    assert done.returncode == 0, done.stderr
    [line] = map(json.loads, done.stdout.splitlines())
    assert (line["feed"], line["status"], line["new"], line["stored"], line["issues"]) == (web.url("/feed"), "ok", 2, 2, 0)
    assert stored(tmp_path) == [web.url("/1"), web.url("/2")]
    again = watch(tmp_path, web.url("/feed"), "--once", "--json")
    assert json.loads(again.stdout)["new"] == 0 and "nothing new" in again.stderr
    assert web.paths().count("/1") == 1


def test_what_another_site_repeats_is_kept_as_a_copy(web, tmp_path):
    with Site() as other:
        web.pages |= {"/feed": rss({"/1": "أ"}), "/1": page(1)}
        other.pages |= {"/feed": rss({other.url("/9", host="localhost"): "أ"}), "/9": page(1)}
        for feed in (web.url("/feed"), other.url("/feed", host="localhost")):
            assert watch(tmp_path, feed, "--once").returncode == 0
        copy = other.url("/9", host="localhost")
    assert stored(tmp_path) == [web.url("/1")]
    with duckdb.connect(str(tmp_path / "news.duckdb"), read_only=True) as connection:
        assert connection.execute("SELECT url, share FROM copies").fetchall() == [(copy, 1.0)]


@pytest.mark.parametrize("words", [["none.opml"], ["ftp://e.org/"], ["http://user:x@e.org/"], ["empty.txt"], ["feed.xml"]])
def test_misuse(tmp_path, words):
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "feed.xml").write_text(rss({}), encoding="utf-8")
    done = watch(tmp_path, *words, "--once")
    assert done.returncode == 2 and "WQ-1" in done.stderr


def test_a_private_feed_is_refused_without_leave(web, tmp_path):
    web.pages["/feed"] = rss({})
    done = subprocess.run(
        command(web.url("/feed"), "--once", "--mode", "lexicon"), cwd=tmp_path, env=ENVIRONMENT, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 1 and "WQ-117" in done.stderr and web.asked == []


@pytest.mark.parametrize("name", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_when_asked_with_everything_stored(web, tmp_path, name):
    web.pages |= {"/feed": rss({"/1": "أ"}), "/1": page(1)}
    with subprocess.Popen(command(web.url("/feed"), "--json", *OPTIONS), cwd=tmp_path, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None and json.loads(process.stdout.readline())["stored"] == 1
        # Between two writings the store is free for others.
        assert stored(tmp_path) == [web.url("/1")]
        process.send_signal(name)
        assert process.wait(20) == 0


def test_killed_at_any_moment_it_goes_on(web, tmp_path):
    many = 30
    listed = rss({f"/{n}": f"خبر رقم {n}" for n in range(many)})
    web.pages["/feed"] = lambda handler: handler.reply(304 if handler.headers.get("If-None-Match") else 200, {"ETag": '"1"'}, listed.encode())
    web.pages |= {f"/{n}": page(n) for n in range(many)}
    for reads in (0, 1, 9, 20):
        with subprocess.Popen(command(web.url("/feed"), *OPTIONS), cwd=tmp_path, env=ENVIRONMENT, stderr=subprocess.DEVNULL) as process:
            deadline = time.monotonic() + 30
            while len(set(web.paths()) - {"/feed", "/robots.txt"}) <= reads and time.monotonic() < deadline and process.poll() is None:
                time.sleep(0.005)
            process.kill()
    done = watch(tmp_path, web.url("/feed"), "--once")
    assert done.returncode == 0, done.stderr
    assert stored(tmp_path) == sorted(web.url(f"/{n}") for n in range(many))
