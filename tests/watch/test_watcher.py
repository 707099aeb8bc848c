"""The watch against real servers on this machine: what it asks, how often, and what it hands on."""

from __future__ import annotations

import contextlib
import itertools
import threading
import time

import pytest
from web_site import Site, page, rss

from waqai.document import Document
from waqai.errors import StoreError
from waqai.ingest.reading import Reading
from waqai.issues import Issue
from waqai.knowledge.loader import Resources
from waqai.knowledge.pages import PagePhrases
from waqai.watch import Plan, Polled, State, Watcher

READING = Reading(PagePhrases(Resources()))
PLAN = Plan(delay=0.0, allow_private=True, seconds=3, user_agent="waqai/test")


class Desk:
    """Keeps what it is given; `locked` times the store is in use."""

    def __init__(self, locked=0):
        self.stored, self.polls, self.issues, self.locked = [], [], [], locked

    def keep(self, items):
        if self.locked:
            self.locked -= 1
            raise StoreError("WQ-608", "is in use.")
        self.stored += items

    def tell(self, what):
        (self.polls if isinstance(what, Polled) else self.issues).append(what)

    @property
    def documents(self):
        return [item for item in self.stored if isinstance(item, Document)]


@pytest.fixture
def web():
    with Site() as found:
        yield found


class Clock:
    """A clock that can be set forward."""

    def __init__(self):
        self.ahead = 0.0

    def __call__(self):
        return time.time() + self.ahead


def once(tmp_path, *urls, plan=PLAN, desk=None, clock=None):
    """One poll of each, with the memory of the folder."""
    desk = desk or Desk()
    clock = clock or Clock()
    with State(tmp_path / "memory") as state:
        state.begin([(url, "") for url in urls], int(clock() // 86_400))
        Watcher(state, desk, plan, reading=READING, clock=clock).run(once=True, stop=threading.Event())
    return desk


def test_new_articles_are_read_coded_and_told_of(web, tmp_path):
    web.pages |= {"/feed": rss({web.url("/1"): "عنوان", "/2": "ثان"}), "/1": page(1), "/2": page(2)}
    desk = once(tmp_path, web.url("/feed"))
    assert sorted(document.url for document in desk.documents) == [web.url("/1"), web.url("/2")]
    assert {document.outlet for document in desk.documents} == {"وكالة"}
    [poll] = desk.polls
    assert (poll.feed, poll.status, poll.http, poll.new, poll.stored, poll.issues) == (web.url("/feed"), "ok", 200, 2, 2, 0)
    assert web.paths()[:2] == ["/robots.txt", "/feed"] and sorted(web.paths()[2:]) == ["/1", "/2"]
    assert {headers["User-Agent"] for _, _, headers in web.asked} == {"waqai/test"}


def test_a_second_poll_asks_only_for_what_has_changed(web, tmp_path):
    def feed(handler):
        same = handler.headers.get("If-None-Match") == '"1"' and handler.headers.get("If-Modified-Since") == "Sat, 20 Apr 2019 10:00:00 GMT"
        headers = {"ETag": '"1"', "Last-Modified": "Sat, 20 Apr 2019 10:00:00 GMT"}
        handler.reply(304 if same else 200, headers, b"" if same else rss({"/1": "خبر"}).encode())

    web.pages |= {"/feed": feed, "/1": page(1)}
    once(tmp_path, web.url("/feed"))
    asked = len(web.asked)
    desk = once(tmp_path, web.url("/feed"))
    assert web.paths()[asked:] == ["/feed"] and [(poll.status, poll.http) for poll in desk.polls] == [("unchanged", 304)]


def test_an_article_is_read_once_whatever_its_address(web, tmp_path):
    same = page(1, head=f'<link rel="canonical" href="{web.url("/1")}">')
    web.pages |= {"/feed": rss({"/1": "أ", "/1?utm_source=feed": "أ", "/1/": "أ", "/copy": "أ", "/2": "ب"}), "/1": same, "/1/": same, "/copy": same, "/2": page(2)}
    web.pages |= {"/other": rss({"/1": "أ", "/2": "ب"})}
    desk = once(tmp_path, web.url("/feed"), web.url("/other"))
    assert sorted(document.url for document in desk.documents) == [web.url("/1"), web.url("/2")]
    assert sum(poll.known for poll in desk.polls) == 1, (desk.polls, web.paths())
    web.pages["/feed"] = rss({"/copy": "أ", "/2": "ب", "/3": "ج"})
    web.pages["/3"] = page(3)
    asked = len(web.asked)
    assert [document.url for document in once(tmp_path, web.url("/feed")).documents] == [web.url("/3")]
    assert web.paths()[asked:] == ["/feed", "/3"]


def test_the_text_of_a_full_feed_needs_no_page(web, tmp_path):
    body = "رفضت القاهرة مقترح موسكو بشأن الهدنة في المدينة. " * 12
    item = f"<item><title>خبر</title><link>/1</link><pubDate>Sat, 20 Apr 2019 10:00:00 GMT</pubDate><description>&lt;p&gt;{body * 3}&lt;/p&gt;</description></item>"
    web.pages["/feed"] = rss({}, more=item)
    desk = once(tmp_path, web.url("/feed"), plan=Plan(delay=0, allow_private=True, oldest_days=0))
    [document] = desk.documents
    assert body.strip() in document.text and str(document.published) == "2019-04-20" and document.url == web.url("/1")
    assert web.paths() == ["/robots.txt", "/feed"]


def test_robots_are_obeyed(web, tmp_path):
    web.pages |= {"/robots.txt": "User-agent: waqai\nDisallow: /no\nDisallow: /*.php$", "/feed": rss({"/no/1": "أ", "/2": "ب", "/x.php": "ج"}), "/2": page(2)}
    web.pages |= {"/no/1": page(1), "/no/feed": rss({"/2": "ب"}), "/x.php": page(3)}
    desk = once(tmp_path, web.url("/feed"), web.url("/no/feed"))
    assert sorted(web.paths()) == ["/2", "/feed", "/robots.txt"]
    assert [issue.code for issue in desk.issues] == ["WQ-116"] * 3
    assert {poll.status for poll in desk.polls} == {"ok", "robots"}


def test_without_knowing_robots_nothing_is_asked(web, tmp_path):
    web.pages |= {"/robots.txt": (500, {}, b""), "/feed": rss({"/1": "أ"})}
    desk = once(tmp_path, web.url("/feed"))
    assert web.paths() == ["/robots.txt"] and [poll.status for poll in desk.polls] == ["later"]


@pytest.mark.parametrize("status", [429, 503])
def test_a_host_that_asks_to_wait_is_left_alone_also_after_a_restart(web, tmp_path, status):
    web.pages |= {"/feed": (status, {"Retry-After": "120"}, b""), "/other": rss({})}
    desk = once(tmp_path, web.url("/feed"))
    assert [(poll.status, poll.http) for poll in desk.polls] == [("later", status)]
    asked = len(web.asked)
    assert [poll.status for poll in once(tmp_path, web.url("/feed"), web.url("/other")).polls] == ["later", "later"]
    assert len(web.asked) == asked
    clock = Clock()
    clock.ahead = 121
    web.pages["/feed"] = rss({})
    assert [poll.status for poll in once(tmp_path, web.url("/feed"), clock=clock).polls] == ["ok"]


def test_pauses_between_requests_to_a_host(web, tmp_path):
    web.pages |= {"/robots.txt": "User-agent: *\nCrawl-delay: 0.3", "/feed": rss({f"/{n}": "أ" for n in range(3)})}
    web.pages |= {f"/{n}": page(n) for n in range(3)}
    once(tmp_path, web.url("/feed"))
    times = [when for when, _, _ in web.asked]
    assert len(times) == 5 and all(later - earlier >= 0.29 for earlier, later in itertools.pairwise(times[1:]))


def test_an_article_that_fails_is_tried_again_later_and_at_last_given_up(web, tmp_path):
    web.pages |= {"/feed": rss({"/1": "أ", "/gone": "ب"}), "/1": (500, {}, b"")}
    clock, asked = Clock(), []
    for _ in range(7):
        desk = once(tmp_path, web.url("/feed"), clock=clock)
        asked.append(web.paths().count("/1"))
        clock.ahead += 50_000
    assert asked == [1, 2, 3, 4, 5, 5, 5] and web.paths().count("/gone") == 1
    assert desk.issues == []


def test_private_machines_are_not_asked_unless_allowed(web, tmp_path):
    web.pages["/feed"] = rss({})
    desk = once(tmp_path, web.url("/feed"), plan=Plan(delay=0))
    assert web.asked == [] and [issue.code for issue in desk.issues] == ["WQ-117"] and [poll.status for poll in desk.polls] == ["error"]


def test_redirects_to_other_hosts_keep_their_manners(web, tmp_path):
    with Site() as other:
        other.pages |= {"/robots.txt": "User-agent: *\nDisallow: /no", "/feed": rss({"/1": "أ"}), "/1": page(1)}
        elsewhere = {name: (301, {"Location": other.url(path, host="localhost")}, b"") for name, path in {"/feed": "/feed", "/a": "/1", "/b": "/no"}.items()}
        web.pages |= elsewhere | {"/local": rss({"/a": "أ", "/b": "ب"})}
        desk = once(tmp_path, web.url("/feed"), web.url("/local"))
        assert [document.url for document in desk.documents] == [other.url("/1", host="localhost")]
        assert sorted(other.paths()) == ["/1", "/feed", "/robots.txt"]
        once(tmp_path, web.url("/feed"))
        assert web.paths().count("/feed") == 1, "a feed that moved for good is asked where it is"


def test_lists_of_feeds_and_sitemaps(web, tmp_path):
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    web.pages |= {
        "/opml": f'<opml><body><outline title="جريدة" xmlUrl="{web.url("/feed")}"/><outline xmlUrl="{web.url("/index")}"/></body></opml>',
        "/feed": rss({"/1": "أ"}),
        "/index": f"<sitemapindex {space}><sitemap><loc>{web.url('/new.xml')}</loc></sitemap><sitemap><loc>{web.url('/old.xml')}</loc><lastmod>2019-04-20</lastmod></sitemap></sitemapindex>",
        "/new.xml": f"<urlset {space}><url><loc>{web.url('/2')}</loc></url><url><loc>{web.url('/3')}</loc><lastmod>2019-04-20</lastmod></url></urlset>",
        **{f"/{n}": page(n) for n in (1, 2)},
    }
    desk = once(tmp_path, web.url("/opml"))
    assert sorted((document.url, document.outlet) for document in desk.documents) == [(web.url("/1"), "جريدة"), (web.url("/2"), "")]
    assert "/old.xml" not in web.paths() and "/3" not in web.paths()


@pytest.mark.parametrize("body", [b"", b"<rss><channel><item>", b"<html>no feed</html>", b"\x1f\x8b\x08broken", b"<rss>" + b"<a>" * 500])
def test_a_bad_feed_is_told_of_and_the_others_go_on(web, tmp_path, body):
    web.pages |= {"/bad": body, "/feed": rss({"/1": "أ"}), "/1": page(1)}
    desk = once(tmp_path, web.url("/bad"), web.url("/feed"))
    assert len(desk.documents) == 1 and desk.issues and {poll.feed for poll in desk.polls} == {web.url("/bad"), web.url("/feed")}


def test_a_store_in_use_is_waited_for(web, tmp_path, monkeypatch):
    monkeypatch.setattr("waqai.watch.watcher._STORE_AGAIN", 0.05)
    web.pages |= {"/feed": rss({"/1": "أ"}), "/1": page(1)}
    desk = once(tmp_path, web.url("/feed"), desk=Desk(locked=3))
    assert len(desk.documents) == 1 and [issue.code for issue in desk.issues] == ["WQ-608"]


def test_what_was_not_stored_is_read_again(web, tmp_path):
    class Full(Desk):
        def keep(self, items):
            raise StoreError("WQ-603", "cannot be written.")

    web.pages |= {"/feed": (200, {"ETag": '"1"'}, rss({"/1": "أ"}).encode()), "/1": page(1)}
    with contextlib.suppress(StoreError):
        once(tmp_path, web.url("/feed"), desk=Full())
    web.pages["/feed"] = (304, {}, b"")
    assert len(once(tmp_path, web.url("/feed")).documents) == 1


def test_a_watch_that_runs_on_polls_again_and_stops_when_asked(web, tmp_path):
    web.pages["/feed"] = rss({})
    desk, stop = Desk(), threading.Event()

    def tell(what):
        desk.polls.append(what)
        if len(desk.polls) == 3:
            stop.set()

    desk.tell = tell
    with State(tmp_path / "memory") as state:
        state.begin([(web.url("/feed"), "")], 0)
        Watcher(state, desk, Plan(delay=0, every=0.05, allow_private=True), reading=READING).run(once=False, stop=stop)
    assert web.paths() == ["/robots.txt", "/feed", "/feed", "/feed"]


def test_one_watch_a_memory(tmp_path):
    with State(tmp_path / "memory"), pytest.raises(StoreError, match="WQ-612"):
        State(tmp_path / "memory")
    (tmp_path / "text").write_text("no database, but long enough to be read as one" * 100)
    with pytest.raises(StoreError, match="WQ-613"):
        State(tmp_path / "text")


def test_issues_of_articles_are_stored_too(web, tmp_path):
    web.pages |= {"/feed": rss({"/1": "أ", "/2": "ب"}), "/1": "<html><body></body></html>", "/2": "<html><body><p>" + "English words only. " * 20 + "</p></body></html>"}
    desk = once(tmp_path, web.url("/feed"))
    assert {item.code for item in desk.stored if isinstance(item, Issue)} == {"WQ-111", "WQ-103"}
    assert desk.polls[0].issues == 2
