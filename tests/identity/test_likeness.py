"""Which articles are copies, and which versions: the cases that a crawl brings."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waqai.identity import Article, fingerprint, wording
from waqai.identity import likeness as likeness_of

DAY = dt.date(2019, 4, 19)
WIRE = (
    "طرابلس - أعلنت حكومة الوفاق الوطني الليبية أن قواتها استعادت السيطرة على معسكر جنوب العاصمة بعد معارك استمرت يومين مع قوات المشير خليفة حفتر. "
    "وقال المتحدث باسم الحكومة إن 12 مقاتلا قتلوا وإن 30 آخرين أصيبوا بجروح. ودعت بعثة الأمم المتحدة الطرفين إلى هدنة إنسانية تتيح إجلاء المدنيين من مناطق القتال. "
    "وكانت الاشتباكات قد اندلعت مطلع الشهر حين تقدمت قوات حفتر من الشرق والجنوب في اتجاه المدينة، ونزح آلاف السكان من بيوتهم إلى أحياء أبعد عن خطوط القتال."
)


def article(doc_id, text, *, outlet="وكالة", url="", published=DAY):
    return Article(doc_id, text, outlet, url, published)


def likeness(new, old):
    return likeness_of(new, wording(new.text), old)


ORIGINAL = article("one", WIRE, url="https://a.example/1")


@pytest.mark.parametrize(
    ("text", "changes", "kind"),
    [
        (WIRE, {"outlet": "صحيفة"}, "copy"),
        (WIRE.replace("أعلنت", "أَعلنت").replace("هدنة", "هدنه"), {"outlet": "صحيفة"}, "copy"),
        (WIRE.replace("طرابلس - ", "طرابلس (أ ف ب) - "), {"outlet": "صحيفة"}, "copy"),
        (WIRE.split(" وكانت")[0], {"outlet": "صحيفة"}, "copy"),
        (WIRE.replace("12", "15").replace("30", "44"), {"outlet": "صحيفة"}, None),
        (WIRE.replace("12", "15").replace("30", "44"), {}, "version"),
        (WIRE + " وأكد وزير الخارجية الفرنسي أن بلاده ستواصل اتصالاتها مع الأطراف كلها من أجل وقف القتال، ورفض اتهامات بأنها تدعم أحدا منها. " * 3, {"outlet": "صحيفة"}, None),
        (WIRE, {"outlet": "صحيفة", "published": dt.date(2021, 1, 1)}, None),
        ("اجتمع وزراء خارجية دول الجوار في تونس لبحث الأزمة وسبل استئناف الحوار بين الأطراف الليبية برعاية الأمم المتحدة في أقرب وقت ممكن بلا شروط.", {}, None),
        ("نص آخر تماما في العنوان نفسه بعد أن صححته الصحيفة", {"url": "https://a.example/1"}, "version"),
    ],
    ids=["same", "spelling", "agency named", "cut", "other figures elsewhere", "other figures, same outlet", "with a part of its own", "years later", "other", "same address"],
)
def test_what_a_new_article_is_to_an_old_one(text, changes, kind):
    new = msgspec.structs.replace(article("two", text), **changes)
    found = likeness(new, ORIGINAL)
    assert (found.kind if found else None) == kind


def test_the_weather_of_another_day_is_no_copy():
    text = "توقعت الأرصاد الجوية طقسا معتدلا في معظم المناطق، وتبلغ الحرارة العظمى في العاصمة {} درجة والصغرى {} درجة والرياح شمالية غربية معتدلة السرعة."
    old, new = article("one", text.format(24, 13)), article("two", text.format(27, 15), published=DAY + dt.timedelta(days=1))
    assert likeness(new, old) is None


def test_short_texts_are_copies_on_the_same_day_only():
    text = "أسعار الذهب مستقرة في السوق المحلية"
    assert likeness(article("two", text), article("one", text)).kind == "copy"
    assert likeness(article("two", text, published=DAY + dt.timedelta(days=9)), article("one", text)) is None


@settings(deadline=None)
@given(st.text(alphabet="ابتثج حخدذر0123ًـ،.\n", max_size=400))
def test_fingerprints_depend_on_the_words_alone(text):
    seen = fingerprint(wording(text))
    assert fingerprint(wording(f" {text}\u200f! ")) == seen and len(seen.bands) == 21
    assert all(-(2**63) <= mark < 2**63 for mark in seen.marks)
    assert len(wording(text).triples) >= 1


@settings(deadline=None)
@given(st.text(alphabet="ابتث جح", min_size=1, max_size=200), st.text(alphabet="ابتث جح", min_size=1, max_size=200))
def test_shares_are_shares(first, second):
    found = likeness(article("two", first), article("one", second))
    assert found is None or 0 <= found.share <= 1
