"""Feeds, lists of feeds and sitemaps: what they list, also when they are broken or hostile."""

from __future__ import annotations

import gzip
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.errors import InputError
from waqai.ingest.inflate import inflate
from waqai.ingest.listing import Listing, looks_like_listing, read_listing

BODY = "رفضت القاهرة مقترح موسكو بشأن الهدنة. " * 20
RSS = f"""<?xml version="1.0" encoding="ENCODING"?>
<rss version="2.0" xmlns:text="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>أخبار &raquo; اليوم</title><link>https://e.org/</link><ttl>30</ttl>
<item><title><![CDATA[خبر & <b>عاجل</b>]]></title><link>/a?x=1&y=2</link><guid isPermaLink="false">g1</guid>
<pubDate>السبت، 20 أبريل 2019</pubDate><dc:creator>محررة</dc:creator><media:title>صورة</media:title><text:encoded><![CDATA[<p>{BODY}</p>]]></text:encoded></item>
<item><media:content url="x.jpg"/><title>ثان</title><guid>https://e.org/b</guid><description>ملخص قصير</description></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><title>وكالة</title>
<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>
<entry><id>urn:1</id><title type="html">&lt;i&gt;خبر&lt;/i&gt;</title><link rel="enclosure" href="/x.mp3"/><link rel="alternate" href="/a"/>
<updated>2019-04-21T00:00:00Z</updated><published>2019-04-20T00:00:00Z</published><author><name>محرر</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{BODY}</p><p>قال: 1 &lt; 2</p></div></content></entry></feed>"""
OPML = """<opml version="2.0"><body><outline text="عرب"><outline type="rss" text="أ" xmlUrl="https://e.org/1"/>
<outline type="rss" title="ب" text="x" xmlUrl="https://e.org/2"/></outline><outline text="أ" xmlUrl="https://e.org/1"/></body></opml>"""
SITEMAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://e.org/a</loc><lastmod>2019-04-21</lastmod><n:news><n:publication><n:name>وكالة</n:name></n:publication>
<n:publication_date>2019-04-20T10:00:00+03:00</n:publication_date><n:title>خبر</n:title></n:news></url><url><loc> https://e.org/b </loc></url></urlset>"""
INDEX = "<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><sitemap><loc>https://e.org/s1.xml</loc><lastmod>2019-04-21</lastmod></sitemap></sitemapindex>"


@pytest.mark.parametrize("declared", ["windows-1256", "utf-8", ""])
@pytest.mark.parametrize("written", ["cp1256", "utf-8", "utf-16"])
def test_rss_in_every_encoding_whatever_it_declares(written, declared):
    feed = read_listing(RSS.replace("ENCODING", declared).encode(written), url="https://e.org/feed")
    first, second = feed.entries
    assert (feed.kind, feed.title, feed.minutes, feed.problem) == ("feed", "أخبار » اليوم", 30, "")
    assert (first.url, first.guid, first.title, first.author, first.date) == ("https://e.org/a?x=1&y=2", "g1", "خبر & عاجل", "محررة", "السبت، 20 أبريل 2019")
    assert first.whole and BODY.strip() in first.content
    assert (second.url, second.title, second.whole, second.content) == ("https://e.org/b", "ثان", False, "")


def test_atom():
    feed = read_listing(ATOM.encode(), url="https://e.org/feed")
    [entry] = feed.entries
    assert (feed.minutes, entry.url, entry.title, entry.author) == (15, "https://e.org/a", "خبر", "محرر")
    assert (entry.date, entry.changed, entry.whole) == ("2019-04-20T00:00:00Z", "2019-04-21T00:00:00Z", True)
    assert "<p>قال: 1 &lt; 2</p>" in entry.content


def test_atom_with_a_prefix_and_rss_1():
    prefixed = ATOM.replace("<", "<a:").replace("<a:/", "</a:").replace("a:sy:", "sy:").replace('xmlns="http://www.w3.org/2005/Atom"', 'xmlns:a="http://www.w3.org/2005/Atom"')
    assert read_listing(prefixed.encode(), url="https://e.org/").entries[0].url == "https://e.org/a"
    old = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel><title>و</title></channel>'
    old += '<item rdf:about="https://e.org/a"><title>خبر</title></item></rdf:RDF>'
    assert read_listing(old.encode()).entries[0].url == "https://e.org/a"


@pytest.mark.parametrize("end", ["...", "…", "[&#8230;]", "اقرأ المزيد"])
def test_a_text_that_is_cut_off_is_not_the_article(end):
    assert not read_listing(RSS.replace("</p>]]>", f"{end}</p>]]>").encode(), url="https://e.org/").entries[0].whole


def test_lists_of_feeds():
    feeds = read_listing(OPML.encode())
    assert [(feed.url, feed.title) for feed in feeds.inner] == [("https://e.org/1", "أ"), ("https://e.org/2", "ب")]
    lines = read_listing("# بث\r\nhttps://e.org/1\r\n\r\nhttps://e.org/2\n".encode())
    assert (lines.kind, [feed.url for feed in lines.inner]) == ("opml", ["https://e.org/1", "https://e.org/2"])


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_sitemaps(pack):
    pages = read_listing(pack(SITEMAP.encode())).entries
    assert [page.url for page in pages] == ["https://e.org/a", "https://e.org/b"]
    assert (pages[0].title, pages[0].outlet, pages[0].date, pages[0].changed) == ("خبر", "وكالة", "2019-04-20T10:00:00+03:00", "2019-04-21")
    [inner] = read_listing(pack(INDEX.encode())).inner
    assert (inner.url, inner.changed) == ("https://e.org/s1.xml", "2019-04-21")


@pytest.mark.parametrize("data", [b"", b"nonsense", b"<html><body>x</body></html>", b"<a/>", b"<", "رفضت القاهرة".encode(), b"\x1f\x8bxxxx"])
def test_what_is_no_list(data):
    with pytest.raises(InputError, match=r"WQ-11[08]"):
        read_listing(data)
    assert not looks_like_listing(data)


def test_a_broken_item_costs_itself_alone():
    items = [f"<item><title>خبر {n}</title><link>https://e.org/{n}</link></item>" for n in range(9)]
    items[4] = "<item><title>خبر</b></title><link>https://e.org/4</link></item>"
    feed = read_listing(f"بايتات قبل البداية <rss><channel>{''.join(items)}".encode())
    assert [entry.url[-1] for entry in feed.entries] == list("01235678") and "mismatched" in feed.problem


def test_entities_are_not_expanded():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><rss><channel><title>&b;</title></channel></rss>'
    outside = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><channel><title>&a;</title></channel></rss>'
    for text in (bomb, outside):
        with pytest.raises(InputError, match="declares entities"):
            read_listing(text.encode())


@pytest.mark.parametrize(
    "piece", ["<", "<a ", "<item>", "<item></item>", "&a", "&#x41;", "<![CDATA[", "<!--", "<?xml ", "<!DOCTYPE x ", "<a b='", "</item>", "<url>", "]]>", "<outline>"]
)
def test_hostile_bytes_take_linear_time(piece):
    start = time.monotonic()
    for head in ("", "<rss><channel><item><title>", "<rss><channel><item><description>", "<opml><body>"):
        try:
            read_listing((head + piece * (400_000 // len(piece))).encode())
        except InputError:
            continue
    assert time.monotonic() - start < 20


def test_a_packed_sitemap_does_not_unpack_for_ever():
    with pytest.raises(InputError, match=r"WQ-110 .*more than 20 MB"):
        read_listing(gzip.compress(b"\0" * 30_000_000))


SEEDS = [RSS.replace("ENCODING", "utf-8").encode(), ATOM.encode(), OPML.encode(), SITEMAP.encode(), INDEX.encode()]


@st.composite
def broken(draw):
    """A good document with some places overwritten, taken out or doubled."""
    data = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(1, 6))):
        place = draw(st.integers(0, len(data) - 1))
        length = draw(st.integers(0, 40))
        with_what = draw(st.sampled_from([b"", b"<", b">", b"&", b"]]>", b"<![CDATA[", b"\0", b"\xff\xfe", b"</item>", b'"', b"&#0;", b"&#xD800;"]) | st.binary(max_size=8))
        data[place : place + length] = with_what
        if not data:
            break
    return bytes(data)


@given(broken() | st.binary(max_size=300))
def test_any_bytes_are_a_list_or_an_error(data):
    try:
        listing = read_listing(data, url="https://e.org/feed")
    except InputError:
        return
    assert isinstance(listing, Listing)
    assert all(entry.url.startswith(("http://", "https://")) or entry.content for entry in listing.entries)
    assert all(inner.url.startswith(("http://", "https://")) for inner in listing.inner)


@given(st.binary(max_size=3000), st.integers(1, 500))
def test_unpacking_gives_back_what_was_packed(data, size):
    packed = gzip.compress(data)
    pieces = [packed[start : start + size] for start in range(0, len(packed), size)]
    assert inflate(pieces, 3000) == data
