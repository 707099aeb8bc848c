"""Feeds given to `read_inputs`: the text that they hold, and the pages behind their links."""

from __future__ import annotations

import pytest
from web_site import Site, page, rss

from waqai.document import Document
from waqai.ingest import read_inputs
from waqai.ingest.dates import DateWords
from waqai.knowledge.calendars import load_calendars
from waqai.knowledge.loader import Resources

BODY = "رفضت القاهرة مقترح موسكو بشأن الهدنة في المدينة. " * 30
WHOLE = f"<item><title>خبر</title><link>https://e.org/1</link><pubDate>السبت، 20 أبريل 2019</pubDate><description><![CDATA[<p>{BODY}</p>]]></description></item>"


@pytest.fixture
def web():
    with Site() as found:
        yield found


def test_a_feed_in_a_file_gives_its_own_text(tmp_path):
    (tmp_path / "feed.xml").write_bytes(rss({}, more=WHOLE).encode("cp1256"))
    [document] = read_inputs([tmp_path / "feed.xml"], parse=DateWords(lambda: load_calendars(Resources())))
    assert document.text.strip() == BODY.strip() and document.title == "خبر" and document.outlet == "وكالة"
    assert str(document.published) == "2019-04-20" and document.url == "https://e.org/1"


def test_a_feed_at_an_address_gives_the_pages_behind_its_links(web):
    web.pages |= {"/feed": (200, {"Content-Type": "application/rss+xml"}, rss({"/1": "أ", "/none": "ب"}).encode()), "/1": page(1)}
    document, issue = read_inputs([web.url("/feed")])
    assert isinstance(document, Document) and document.url == web.url("/1") and document.title == "خبر رقم 1"
    assert (issue.code, issue.where) == ("WQ-112", web.url("/none"))


def test_lists_that_name_themselves_end(web, tmp_path):
    web.pages |= {"/feed": rss({"/feed": "أ"}), "/list": (200, {"Content-Type": "text/plain"}, f"{web.url('/list')}\n".encode())}
    [issue] = read_inputs([web.url("/feed")], follow=True)
    assert issue.code in {"WQ-103", "WQ-111"}
    assert [item.code for item in read_inputs([web.url("/list")], follow=True)] == ["WQ-117"]
    assert len(web.asked) == 3


def test_a_feed_in_a_file_leads_to_no_private_machine(web, tmp_path):
    web.pages["/1"] = page(1)
    (tmp_path / "feed.xml").write_text(rss({web.url("/1"): "أ"}), encoding="utf-8")
    [issue] = read_inputs([tmp_path / "feed.xml"])
    assert issue.code == "WQ-136" and "--follow" in issue.advice
    [issue] = read_inputs([tmp_path / "feed.xml"], follow=True)
    assert issue.code == "WQ-117" and web.asked == []


def test_a_list_of_feeds_and_a_bad_feed_are_issues_and_the_folder_is_read_on(tmp_path):
    (tmp_path / "a.xml").write_text('<opml><body><outline xmlUrl="https://e.org/feed"/></body></opml>')
    (tmp_path / "b.xml").write_text('<!DOCTYPE x [<!ENTITY a "a">]><rss>&a;</rss>')
    (tmp_path / "c.txt").write_text(BODY, encoding="utf-8")
    found = list(read_inputs([tmp_path]))
    assert [item.code for item in found[:2]] == ["WQ-114", "WQ-118"] and found[2].text == BODY
