"""What pages call their outlet."""

from __future__ import annotations

import pytest

from waqai.ingest.html import read_page
from waqai.knowledge.loader import Resources
from waqai.knowledge.pages import PagePhrases

PHRASES = PagePhrases(Resources())
TEXT = "<p>رفضت القاهرة أمس مقترح البعثة بشأن نشر قوات أجنبية في ليبيا، بحسب دبلوماسي رفيع.</p>"


@pytest.mark.parametrize(
    "site",
    [
        "<img src=/img/logo.png alt='جريدة النهر'>",
        "<a href=/>الرئيسية</a><a href=/>جريدة النهر</a>",
        "<a href='https://nahr.example/' title='جريدة النهر'><svg></svg></a>",
        '<script type="application/ld+json">{"@type": "WebSite", "name": "جريدة النهر"}</script>',
    ],
)
def test_an_outlet_that_only_the_page_around_the_article_names(site):
    page = read_page(f"<title>القاهرة ترفض المقترح الأممي</title><body>{site}<h1>القاهرة ترفض المقترح الأممي</h1>{TEXT}</body>", PHRASES)
    assert (page.about.title, page.about.outlet) == ("القاهرة ترفض المقترح الأممي", "جريدة النهر")


def test_the_name_of_the_site_is_no_title():
    head = '<title>جريدة النهر الكبير</title><meta property="og:title" content="جريدة النهر الكبير"><meta property="og:site_name" content="جريدة النهر الكبير">'
    page = read_page(f"{head}<body><div>جريدة النهر الكبير</div><h2>القاهرة ترفض المقترح الأممي</h2>{TEXT}</body>", PHRASES)
    assert (page.about.title, page.about.outlet) == ("القاهرة ترفض المقترح الأممي", "جريدة النهر الكبير")


def test_a_section_beside_the_title_is_no_outlet():
    page = read_page(f"<title>جريدة النهر - القاهرة ترفض المقترح - سياسة</title><body><img src=logo.png alt='جريدة النهر'><h1>القاهرة ترفض المقترح</h1>{TEXT}</body>", PHRASES)
    assert (page.about.title, page.about.outlet) == ("القاهرة ترفض المقترح", "جريدة النهر")
