"""Headline, byline and date of pages that do not name them."""

from __future__ import annotations

import pytest

from waqai.ingest.html import read_page
from waqai.ingest.page_top import written_date
from waqai.knowledge.loader import Resources
from waqai.knowledge.pages import PagePhrases

PHRASES = PagePhrases(Resources())
FIRST = "رفضت القاهرة أمس مقترح البعثة بشأن نشر قوات أجنبية في ليبيا، بحسب دبلوماسي."
SECOND = "وقال وزير الخارجية إن بلاده تؤيد الحل السياسي وتدعو إلى هدنة فورية بين الطرفين."
TITLE = "القاهرة ترفض مقترح البعثة الأممية"


@pytest.mark.parametrize(
    ("text", "date"),
    [("نشر في 20-04-2019", "2019-04-20"), ("10/31/2024 - 17:22", "2024-10-31"), ("٢٠٢٣/٠٣/١٠ م", "2023/03/10"), ("٤ نيسان ٢٠٢٣ مساء", "4 نيسان 2023"),
     ("مارس 6, 2024", "6 مارس 2024"), ("١٠\u200f/٠٣\u200f/٢٠٢٣، ٤:٤٢ م", "2023-03-10"), ("3-9-1425 هـ الموافق 03-09-2004", "2004-09-03"), ("العدد 2019", ""), ("", "")],
)  # fmt: skip
def test_dates_as_they_are_written(text, date):
    assert written_date(text) == date


@pytest.mark.parametrize("headline", ["<td><font size=5><b>{}</b></font></td>", "<td><span class=NewsTitle>{}</span></td>", "<td><h2>{}</h2></td>"])
def test_a_headline_that_only_its_place_tells(headline):
    page = read_page(
        f"<title>جريدة النهر</title><body><table><tr><td>الأربعاء 3 آذار 2021 العدد الأول</td></tr><tr>{headline.format(TITLE)}</tr>"
        f"<tr><td><br>{FIRST}<br>{SECOND}</td></tr></table></body>",
        PHRASES,
    )
    assert page.about.title == TITLE
    assert page.text == f"{FIRST}\n\n{SECOND}"


def test_the_date_nearest_to_the_headline():
    page = read_page(f"<body><div>السبت 3 شباط 2024</div><h1>{TITLE}</h1><div>16/05/2023 | 14:52</div><div><p>{FIRST}</p><p>{SECOND}</p></div></body>", PHRASES)
    assert page.about.date == "2023-05-16"


def test_a_date_in_the_dateline_when_there_is_no_other():
    assert read_page(f"<body><h1>{TITLE}</h1><p>طشقند 8 مايو 2023 (آسيا) - {FIRST}</p></body>", PHRASES).about.date == "8 مايو 2023"
    assert not read_page(f"<body><h1>{TITLE}</h1><p>في 8 مايو 2023 {FIRST}</p></body>", PHRASES).about.date


@pytest.mark.parametrize(
    "top",
    ["<ul><li>مريم بوعلام</li><li>27 جوان 2022</li></ul>", "<div>27 جوان 2022</div><div>مريم بوعلام</div>", "<p>الكاتبة: مريم بوعلام</p>",
     "<div><a href='/writers/7'>مريم بوعلام</a> <span>الإثنين 27 جوان 2022</span></div>", "<div>نشر بواسطة مريم بوعلام في الإثنين, 27/06/2022 - 17:22</div>"],
)  # fmt: skip
def test_a_byline_that_its_place_or_its_words_tell(top):
    page = read_page(f"<body><h1>{TITLE}</h1>{top}<section><p>{FIRST}</p><p>{SECOND}</p></section></body>", PHRASES)
    assert page.about.author == "مريم بوعلام"
    assert page.text == f"{FIRST}\n\n{SECOND}"


@pytest.mark.parametrize("top", ["<div>منذ ساعتين</div><div>27 جوان 2022</div>", "<div>رياضة</div><div>27 جوان 2022</div>", "<div>آخر تحديث 27/06/2022</div>"])
def test_what_stands_beside_a_date_and_is_no_name(top):
    assert read_page(f"<body><h1>{TITLE}</h1>{top}<section><p>{FIRST}</p><p>{SECOND}</p></section></body>", PHRASES).about.author == ""


def test_a_name_that_the_page_has_in_arabic_counts_before_a_login():
    page = read_page(f'<meta name="author" content="Super User"><body><h1>{TITLE}</h1><a rel="author">مريم بوعلام</a><p>{FIRST}</p></body>', PHRASES)
    assert page.about.author == "مريم بوعلام"


def test_a_label_above_the_headline_is_no_deck():
    page = read_page(f'<body><h4 class="sub">حوارات</h4><h1>{TITLE}</h1><p class="sub">في 3 آذار 2021</p><div><p>{FIRST}</p></div></body>', PHRASES)
    assert page.deck == ""
