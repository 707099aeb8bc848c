"""When a feed, an article, a host is asked again; what robots.txt allows; the pause between requests."""

from __future__ import annotations

import time

import pytest

from waqai.watch.manners import Manners, Robots
from waqai.watch.plan import Plan, next_poll, next_try, retry_after

PLAN = Plan(every=600, seldom=86_400)


@pytest.mark.parametrize(
    ("minutes", "failures", "seconds"), [(0, 0, 600), (5, 0, 600), (30, 0, 1800), (525_600, 0, 86_400), (0, 1, 1200), (0, 3, 4800), (0, 5000, 86_400)]
)
def test_a_poll_keeps_to_its_bounds(minutes, failures, seconds):
    assert next_poll(PLAN, minutes=minutes, failures=failures, chance=lambda: 0.0) == seconds
    assert seconds < next_poll(PLAN, minutes=minutes, failures=failures, chance=lambda: 1.0) <= seconds * 1.1 + 0.001


def test_tries_grow_apart():
    assert [next_try(n) for n in (1, 2, 3)] == [600, 1200, 2400]


@pytest.mark.parametrize(
    ("written", "seconds"),
    [("120", 120), (" 7 ", 7), ("0", 1), ("999999999999", 60), ("9999999", 86_400), ("Sat, 20 Apr 2019 10:02:00 GMT", 120), ("", 60), ("soon", 60), ("-5", 60)],
)
def test_retry_after(written, seconds):
    now = 1_555_754_400.0  # 20 April 2019, 10:00 UTC
    assert retry_after(written, now, 0) == seconds
    assert retry_after("", now, 3) == 480 and retry_after("", now, 50) <= 86_400


def test_robots():
    robots = Robots("User-agent: *\nDisallow: /private\nDisallow: /*.php$\nCrawl-delay: 7\n\nUser-agent: other\nDisallow: /", "waqai")
    assert robots.allows("https://e.org/a") and not robots.allows("https://e.org/private/1") and not robots.allows("https://e.org/x/a.php")
    assert robots.delay == 7
    named = Robots("User-agent: waqai\nDisallow: /\n\nUser-agent: *\nAllow: /", "waqai")
    assert not named.allows("https://e.org/a") and named.delay == 0


def test_hostile_robots_take_no_time():
    start = time.monotonic()
    robots = Robots("User-agent: *\n" + "Disallow: /" + "*a" * 900 + "$\n" + ("Disallow: /" + "x" * 50_000 + "\n") * 5 + "Crawl-delay: 1e999\n", "waqai")
    robots.allows("https://e.org/" + "a" * 3000 + "b")
    assert robots.delay <= 3600 and time.monotonic() - start < 2


def test_a_host_is_asked_by_one_at_a_time_and_after_a_pause():
    manners = Manners(2.0)
    assert manners.ready("e.org") == 0
    manners.begin("e.org")
    assert manners.ready("e.org") == float("inf") and manners.not_now(0) == ["e.org"]
    manners.end("e.org", 10.0)
    assert manners.ready("e.org") == 12 and manners.next_ready(10.0) == 12 and manners.not_now(12.0) == []
    manners.ask_pause("e.org", 30.0)
    manners.begin("e.org")
    manners.end("e.org", 20.0)
    assert manners.ready("e.org") == 50
    manners.leave_alone("e.org", 40.0)
    assert manners.ready("e.org") == 50
