"""Main text and metadata of pages."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from waqai.ingest.html import declared_charset, read_page
from waqai.knowledge.loader import Resources
from waqai.knowledge.pages import PagePhrases

PHRASES = PagePhrases(Resources())

FIRST = "رفضت القاهرة أمس مقترح البعثة بشأن نشر قوات أجنبية في ليبيا، بحسب دبلوماسي."
SECOND = "وقال وزير الخارجية إن بلاده تؤيد الحل السياسي وتدعو إلى هدنة فورية بين الطرفين."
PAGE = f"""<!doctype html><html lang="ar"><head><meta charset="utf-8">
<title>القاهرة ترفض | وكالة أ</title>
<meta property="og:title" content="القاهرة ترفض المقترح"><meta property="og:site_name" content="وكالة أ">
<meta property="article:published_time" content="2019-04-20T10:00:00+02:00"><meta name="author" content="مراسل">
<link rel="canonical" href="https://example.org/a"><script>var p = "<p>ليس نصا</p>";</script>
<style>p {{ color: red }}</style></head><body>
<nav><ul><li><a href="/">الرئيسية</a></li><li><a href="/s">سياسة واقتصاد وثقافة وفنون ورياضة</a></li></ul></nav>
<div class="page"><h1>القاهرة ترفض المقترح</h1>
<div class="body"><p>{FIRST}</p><p>وأضاف <a href="/b">المصدر</a> أن &laquo;الموقف&raquo; ثابت لا يتغير مهما طال الوقت.</p>
<div class="related"><p>اقرأ أيضا: {SECOND}</p></div>
<p>{SECOND}<p>فقرة بلا نهاية مكتوبة كما تكتب الصفحات القديمة منذ سنوات طويلة.</div></div>
<aside><p>{SECOND * 4}</p></aside>
<footer><p>جميع الحقوق محفوظة لوكالة الأنباء منذ تأسيسها في المدينة القديمة.</p></footer></body></html>"""


def test_the_article_and_nothing_else():
    page = read_page(PAGE, PHRASES)
    assert page.text.split("\n\n") == [
        FIRST, "وأضاف المصدر أن «الموقف» ثابت لا يتغير مهما طال الوقت.", SECOND,
        "فقرة بلا نهاية مكتوبة كما تكتب الصفحات القديمة منذ سنوات طويلة.",
    ]


def test_what_the_page_says_about_itself():
    about = read_page(PAGE, PHRASES).about
    assert about.title == "القاهرة ترفض المقترح"
    assert (about.outlet, about.author, about.url) == ("وكالة أ", "مراسل", "https://example.org/a")
    assert about.date.startswith("2019-04-20")


def test_linked_data():
    data = '{"@graph": [{"@type": "WebPage"}, {"headline": "عنوان", "datePublished": "2020-01-02", "author": [{"name": "كاتب"}], "publisher": {"name": "دار"}}]}'
    about = read_page(f'<script type="application/ld+json">{data}</script><body><p>{FIRST}</p></body>', PHRASES).about
    assert (about.title, about.date, about.author, about.outlet) == ("عنوان", "2020-01-02", "كاتب", "دار")


def test_old_pages_without_paragraphs():
    page = read_page(f"<body><table><tr><td><font>{FIRST}<br><br>{SECOND}</font></td></tr></table></body>", PHRASES)
    assert page.text == f"{FIRST}\n\n{SECOND}"


def test_a_page_without_an_article():
    assert read_page("<html><body><nav><a href='/'>الرئيسية</a></nav></body></html>", PHRASES).text == ""


def test_charset():
    assert declared_charset(b'<meta charset="windows-1256">') == "windows-1256"
    assert declared_charset(b'<meta http-equiv="Content-Type" content="text/html; charset=windows-1256">') == "windows-1256"
    assert declared_charset(b"<p>") == ""


@given(st.text(st.sampled_from("<>/=\"' pdivascript!-[]&;#x\u0627\u0628\n"), max_size=200))
def test_no_markup_makes_it_fail(markup):
    read_page(markup, PHRASES)
