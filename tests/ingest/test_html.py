"""Main text and metadata of pages."""

from __future__ import annotations

import json
import time

import pytest
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


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 100_000 + FIRST,
        "<title>x</title>" + "<div>" * 230 + FIRST * 10_000,
        "<div>" * 230 + ("<p>" + FIRST) * 3_000,
        "<b><i>" * 50_000 + FIRST + "</i></b>" * 50_000,
        "<table><tr><td>" * 20_000 + FIRST,
        "<!--" * 300_000,
        "<a " * 300_000,
        "<p " + "a=1 " * 200_000 + ">",
        "&#" * 300_000,
        "<" * 300_000,
        "<p>\x00" * 50_000,
        "<script type='application/ld+json'>" + "[" * 100_000,
    ],
)
def test_hostile_markup_takes_little_time(markup):
    start = time.monotonic()
    page = read_page(markup, PHRASES)
    assert time.monotonic() - start < 10
    assert len(page.text) <= len(markup)


def test_what_is_cut_off_by_depth_is_said():
    page = read_page(f"<body><p>{FIRST}</p>" + "<div>" * 5_000 + SECOND, PHRASES)
    assert page.cut and page.text == FIRST
    assert not read_page(PAGE, PHRASES).cut


def test_entities_do_not_expand():
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 30))
    page = read_page(f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY l0 "ha">{laughs}]><html><body><p>{FIRST} &l29;</p></body></html>', PHRASES)
    assert FIRST in page.text and len(page.text) < 5_000


def test_the_lines_under_the_headline_are_no_article():
    page = read_page(f'<body><h1>القاهرة ترفض المقترح</h1><p class="subtitle">{FIRST[:40]}</p><div><p>{FIRST}</p><p>{SECOND}</p></div></body>', PHRASES)
    assert (page.deck, page.text) == (FIRST[:40], f"{FIRST}\n\n{SECOND}")


def test_linked_data_stands_in_for_what_the_page_does_not_show():
    data = json.dumps({"@type": "NewsArticle", "headline": "القاهرة ترفض المقترح", "articleBody": f"{FIRST}\n{SECOND}"})
    page = read_page(f'<script type="application/ld+json">{data}</script><body><p>{FIRST}</p><p>اشترك لتقرأ</p></body>', PHRASES)
    assert page.text == f"{FIRST}\n\n{SECOND}"


def test_linked_data_that_is_cut_short_does_not_cut_the_article():
    data = json.dumps({"@type": "NewsArticle", "headline": "القاهرة ترفض المقترح", "articleBody": FIRST[:50]})
    page = read_page(f'<script type="application/ld+json">{data}</script><body><p>{FIRST}</p><p>{SECOND}</p></body>', PHRASES)
    assert page.text == f"{FIRST}\n\n{SECOND}"


@pytest.mark.parametrize("data", ["null", "[null, 3]", '{"@graph": 5}', '{"@graph": [[1]]}', '{"@type": {}, "author": [[{"name": []}]], "headline": {"name": {}}}', "{"])
def test_linked_data_of_any_shape(data):
    assert read_page(f'<script type="application/ld+json">{data}</script><body><p>{FIRST}</p></body>', PHRASES).text == FIRST
