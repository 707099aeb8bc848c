"""The gate: sport and weather are no politics, a sports minister's arrest is."""

from __future__ import annotations

import re

import pytest

from waqai.analysis.topics import SILENT, TopicFinder
from waqai.document import Document, Sentence, Span, Token
from waqai.knowledge.loader import Resources
from waqai.knowledge.topics import load_topics
from waqai.text.folding import fold

FINDER = TopicFinder(load_topics(Resources()))


def article(text: str, title: str = "") -> Document:
    tokens = tuple(Token(Span(m.start(), m.end()), fold(m.group()).text) for m in re.finditer(r"\w+", text))
    return Document("t", text, title=title, sentences=(Sentence(0, Span(0, len(text)), "body", tokens),))


@pytest.mark.parametrize(
    ("topic", "text"),
    [
        ("sport", "تعادل المنتخب مع ضيفه بهدف لمثله في المباراة الودية التي جرت على ملعب العاصمة، وسجل المهاجم هدفه في الشوط الثاني قبل أن يعادل الضيوف من ركلة جزاء"),
        ("weather", "تتوقع الأرصاد الجوية اليوم أمطارا رعدية على المرتفعات ورياحا سطحية مثيرة للغبار، وتنخفض درجات الحرارة على السواحل"),
        ("markets", "أغلق مؤشر سوق الأسهم مرتفعا ثلاثين نقطة وبلغت قيمة التداول أربعة مليارات، وارتفعت أسهم المصارف بعد إعلان أرباح الربع الثاني"),
        ("culture", "عرض المهرجان فيلم المخرج الشاب وتحدث الممثلون عن السينما المستقلة بعد حفل غنائي أحياه المطرب مع فرقة موسيقية"),
        ("telegram", "بعث الملك ببرقية تهنئة إلى رئيس الجمهورية بمناسبة ذكرى استقلال بلاده معربا عن أصدق التهاني وأطيب التمنيات"),
    ],
)
def test_topics(topic, text):
    assert FINDER.topic(article(text)) == topic


@pytest.mark.parametrize(
    "text",
    [
        "اعتقلت الشرطة وزير الرياضة بتهمة الفساد في ملف استضافة كأس العالم، وقالت النيابة إن المحكمة ستنظر في القضية الأسبوع المقبل",
        "فرضت واشنطن عقوبات على مصارف إيرانية فانخفضت أسعار النفط، وقال وزير الخارجية إن المفاوضات ستستأنف في جنيف",
        "قتل سبعة أشخاص في تفجير استهدف مهرجانا للموسيقى، وتبنى تنظيم متطرف الهجوم وأعلنت الحكومة الحداد",
        "",
    ],
)
def test_politics_stays(text):
    assert not FINDER.silences(article(text))


def test_telegrams_and_obituaries_are_not_silenced():
    assert not SILENT & {"telegram", "obituary", "politics", "accident"}


def test_sentences():
    assert FINDER.sentence_topic(fold("سجل المهاجم هدف المباراة في الشوط الأول").text.split()) == "sport"
    assert FINDER.sentence_topic(fold("قتل لاعب المنتخب في تفجير قرب الملعب").text.split()) == "politics"
