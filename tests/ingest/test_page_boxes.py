"""Boxes and lines beside an article, told by what they are made of and not by what they are called."""

from __future__ import annotations

import pytest

from waqai.ingest.html import read_page
from waqai.knowledge.loader import Resources
from waqai.knowledge.pages import PagePhrases

PHRASES = PagePhrases(Resources())
FIRST = "رفضت القاهرة أمس مقترح البعثة بشأن نشر قوات أجنبية في ليبيا، بحسب دبلوماسي."
SECOND = "وقال وزير الخارجية إن بلاده تؤيد الحل السياسي وتدعو إلى هدنة فورية بين الطرفين."
THIRD = "ومن المقرر أن يستأنف الطرفان المحادثات في جنيف الأسبوع المقبل برعاية المبعوث الخاص."
OTHER = "أعلنت وزارة الصحة السودانية تسجيل إصابات بالكوليرا في ولاية القضارف شرق البلاد."


def text_with(box: str) -> list[str]:
    """What is read of an article with a box in it."""
    return read_page(f"<body><h1>القاهرة ترفض مقترح البعثة الأممية</h1><div><p>{FIRST}</p>{box}<p>{SECOND}</p><p>{THIRD}</p></div></body>", PHRASES).text.split("\n\n")


@pytest.mark.parametrize(
    "box",
    [
        "<table><tr><td>الميلاد</td><td>20 كانون الأول 1929، بيروت</td></tr><tr><td>التعليم</td><td>دكتوراه في الاقتصاد من جامعة إنديانا</td></tr></table>",
        "<div><p>كل صباح أهم ما جرى في أسواق العمل العربية في رسالة واحدة قصيرة.</p><form><input type=email><button>سجلني</button></form></div>",
        "<div><img src=a.jpg><div><span>متظاهرون أمام البرلمان في العاصمة يرفعون لافتات (أ ب)</span></div></div>",
        "<p><img src=a.jpg></p><p><font color=navy>صورة وزعتها وكالة الأنباء الرسمية لجانب من الاجتماع</font></p>",
        "<div>«بلاده تؤيد الحل السياسي وتدعو إلى هدنة فورية»</div>",
        f"<div><h3>للمشتركين فقط</h3><p>{OTHER}</p></div>",
        f"<div><a href=/1>شارل حلو</a><p>{OTHER}</p></div><div><a href=/2>جنبلاط</a><p>{OTHER}</p></div>",
        "<p>La Mauritanie et l'Union européenne ont signé jeudi à Nouakchott une déclaration conjointe.</p>",
        "<p>تصدر نشرتنا كل يوم قبل افتتاح الأسواق. سجل هنا.</p>",
    ],
)
def test_boxes_in_the_text(box):
    assert text_with(box) == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize("line", ["ردود متباينة من العواصم", "انقسام في المواقف العربية"])
def test_a_line_between_paragraphs_is_kept(line):
    assert text_with(f"<h3>{line}</h3>") == [FIRST, line, SECOND, THIRD]


def test_a_table_that_holds_sentences_is_an_article():
    page = read_page(f"<body><table><tr><td>خبر</td><td>{FIRST * 2}</td></tr><tr><td>خبر</td><td>{SECOND * 2}</td></tr></table></body>", PHRASES)
    assert FIRST in page.text and SECOND in page.text


def test_boxes_under_a_title_below_the_article():
    cards = "".join(f"<div><h6>{title}</h6><p>{OTHER}</p></div>" for title in ("محلقة فوق الجليل", "القرى بلا ماء"))
    page = read_page(f"<body><h1>القاهرة ترفض</h1><div><div><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></div><div><h5>من الملف</h5><div>{cards}</div></div></div></body>", PHRASES)
    assert page.text.split("\n\n") == [FIRST, SECOND, THIRD]


def test_another_article_below_the_article():
    entries = "".join(f"<article><h1>{title}</h1><div>{text}</div></article>" for title, text in (("القاهرة ترفض", f"<p>{FIRST}</p><p>{SECOND}</p>"), ("الكوليرا تتفشى", f"<p>{OTHER}</p>")))
    assert read_page(f"<title>القاهرة ترفض</title><body>{entries}</body>", PHRASES).text == f"{FIRST}\n\n{SECOND}"


def test_paragraphs_that_are_set_as_headings_or_as_they_were_typed():
    assert read_page(f"<body><h2>القاهرة ترفض</h2><div><h4>{FIRST}</h4><h4>{SECOND}</h4></div></body>", PHRASES).text == f"{FIRST}\n\n{SECOND}"
    assert read_page(f"<body><h2>القاهرة ترفض</h2><pre>\n{FIRST}\n\n{SECOND}\n</pre></body>", PHRASES).text == f"{FIRST}\n\n{SECOND}"


def test_a_drop_cap_is_no_caption():
    assert read_page(f'<body><p class="has-drop-cap">{FIRST}</p><p>{SECOND}</p></body>', PHRASES).text == f"{FIRST}\n\n{SECOND}"
