"""Time expressions of running Arabic and the days they denote."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.document.time import Interval, TimeExpression
from waqai.knowledge.calendars import load_calendars
from waqai.knowledge.loader import Resources
from waqai.text.dates import find_times, parse_date
from waqai.text.folding import fold

CALENDARS = load_calendars(Resources())
FRIDAY = dt.date(2021, 12, 3)
NAMES_OF_MONTHS = [
    ["يناير", "كانون الثاني", "جانفي"], ["فبراير", "شباط", "فيفري"], ["مارس", "آذار"], ["أبريل", "إبريل", "نيسان", "أفريل"],
    ["مايو", "أيار", "ماي"], ["يونيو", "حزيران", "جوان"], ["يوليو", "تموز", "جويلية", "يوليوز"], ["أغسطس", "آب", "أوت", "غشت"],
    ["سبتمبر", "أيلول", "شتنبر"], ["أكتوبر", "تشرين الأول"], ["نوفمبر", "تشرين الثاني", "نونبر"], ["ديسمبر", "كانون الأول", "دجنبر"],
]
MONTHS = [(name, number) for number, names in enumerate(NAMES_OF_MONTHS, 1) for name in names]
DUAL_MONTHS = [
    ("كانون الثاني/يناير", 1), ("فبراير/شباط", 2), ("مارس / آذار", 3), ("نيسان (أبريل)", 4), ("أيار - مايو", 5), ("حزيران/ يونيو", 6),
    ("يوليو تموز", 7), ("آب/أغسطس", 8), ("سبتمبر (أيلول)", 9), ("أكتوبر/تشرين الأول", 10), ("تشرين الثاني/نوفمبر", 11), ("ديسمبر/كانون الأول", 12),
]


def find(text: str, published: dt.date | None = FRIDAY, previous: Interval | None = None) -> tuple[TimeExpression, ...]:
    return find_times(fold(text), CALENDARS, published, previous)


def only(text: str, published: dt.date | None = FRIDAY, previous: Interval | None = None) -> TimeExpression:
    found = find(text, published, previous)
    assert len(found) == 1, [text[one.span.start : one.span.end] for one in found]
    return found[0]


def days(text: str, published: dt.date | None = FRIDAY) -> tuple[str, str, str] | None:
    interval = only(text, published).interval
    return interval and (interval.first.isoformat(), interval.last.isoformat(), interval.precision)


def one_day(text: str, published: dt.date | None = FRIDAY) -> str:
    found = days(text, published)
    assert found is not None
    assert found[0] == found[1]
    assert found[2] == "day"
    return found[0]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("أعلن الوزير الأربعاء استقالته", "2021-12-01"), ("قتل جنديان الجمعة في انفجار", "2021-12-03"), ("تظاهر المئات مساء السبت", "2021-11-27"),
        ("أقالت الحكومة الخميس محافظ المصرف المركزي", "2021-12-02"), ("وزعت جمعية محلية السبت مؤنا على السكان", "2021-11-27"),
        ("وصل الوفد يوم الاثنين الماضي إلى القاهرة", "2021-11-29"), ("وقعت الغارة الجمعة الماضي", "2021-11-26"),
        ("دعا المفوض إلى فتح تحقيق في قصف أصاب الخميس مدرسة", "2021-12-02"),
        ("دعت المنظمة إلى محاسبة المسؤولين عن غارة دمرت السبت مستشفى", "2021-11-27"),
        ("طلبت روسيا الثلاثاء عقد اجتماع طارئ", "2021-11-30"), ("دعا الاتحاد الاثنين إلى إضراب عام", "2021-11-29"),
        ("كان الوزير يلتقي الخميس سفراء الاتحاد", "2021-12-02"), ("عقد البرلمان السبت جلسة عاجلة", "2021-11-27"),
    ],
)
def test_weekday_in_a_clause_about_the_past(text, day):
    assert one_day(text) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("سيصل الوفد الاثنين إلى القاهرة", "2021-12-06"), ("يلتقي الرئيس السبت نظيره التركي", "2021-12-04"),
        ("وتجري الوزيرة الأحد مباحثات في عمان", "2021-12-05"), ("يجتمع المانحون الثلاثاء في جنيف", "2021-12-07"),
        ("تنطلق المفاوضات الثلاثاء المقبل في فيينا", "2021-12-07"), ("تبدأ الجولة الجمعة المقبل", "2021-12-10"),
        ("يعتزم البرلمان عقد جلسة الأحد", "2021-12-05"), ("ومن المقرر أن يصل المبعوث الاثنين", "2021-12-06"),
        ("حددت المحكمة الأحد موعدا للنطق بالحكم", "2021-12-05"), ("حددت المفوضية يوم السبت 4 موعدا للاقتراع", "2021-12-04"),
        ("اختارت اللجنة، التي شكلت قبل عام، الاثنين موعدا للاقتراع", "2021-12-06"),
        ("طلبت ثلاث دول عقد جلسة مغلقة للمجلس الثلاثاء", "2021-12-07"), ("اقترحت الجزائر عقد اجتماع طارئ الأربعاء", "2021-12-08"),
        ("دعت النقابة إلى إضراب الاثنين", "2021-12-06"), ("السبت يلتقي الوفدان في الدوحة", "2021-12-04"),
    ],
)
def test_weekday_in_a_clause_about_the_future(text, day):
    assert [one.interval for one in find(text)][-1] == Interval(dt.date.fromisoformat(day), dt.date.fromisoformat(day), "day")


def test_weekday_of_publication_is_that_day_in_either_tense():
    assert one_day("يلتقي الرئيس الجمعة نظيره") == one_day("التقى الرئيس الجمعة نظيره") == FRIDAY.isoformat()


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("اجتمع الوفدان يومي الثلاثاء والأربعاء", "2021-11-30", "2021-12-01"), ("اندلع حريق ليل الأربعاء الخميس", "2021-12-01", "2021-12-02"),
        ("يجتمع الوفدان يومي الاثنين والثلاثاء", "2021-12-06", "2021-12-07"), ("ليل الخميس - الجمعة", "2021-12-02", "2021-12-03"),
        ("تجري المناورات يومي الخميس والجمعة المقبلين", "2021-12-09", "2021-12-10"),
    ],
)
def test_two_weekdays(text, first, last):
    assert days(text) == (first, last, "day")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("استقال المحافظ أمس", "2021-12-02"), ("اعتقل الناشط أمس الخميس", "2021-12-02"), ("وقع الانفجار أول من أمس", "2021-12-01"),
        ("وقع الانفجار أول أمس الأربعاء", "2021-12-01"), ("وقع الانفجار أمس الأول", "2021-12-01"), ("غادر السفير اليوم الجمعة", "2021-12-03"),
        ("يغادر السفير غدا السبت", "2021-12-04"), ("يصل السفير بعد غد", "2021-12-05"), ("قصفت الطائرات المدينة الليلة الماضية", "2021-12-02"),
        ("أغلق المعبر أمس (الخميس)", "2021-12-02"), ("قال الناطق اليوم (أمس)", "2021-12-02"), ("قال الناطق في وقت متأخر من مساء الخميس", "2021-12-02"),
    ],
)
def test_yesterday_and_its_neighbours(text, day):
    assert one_day(text) == day


@pytest.mark.parametrize(("name", "number"), MONTHS + DUAL_MONTHS)
def test_months_under_all_their_names(name, number):
    assert one_day(f"استقال الوزير في 5 {name} 2019", None) == f"2019-{number:02}-05"
    assert one_day(f"استقال الوزير في الخامس من {name} 2019", None) == f"2019-{number:02}-05"


def test_digits_of_both_kinds():
    assert one_day("في ٥ كانون الأول ٢٠١٩", None) == one_day("في 5/12/2019", None) == one_day("في 2019-12-05", None) == "2019-12-05"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وقع الطرفان الاتفاق في 24 أوت الماضي", ("2021-08-24", "2021-08-24", "day")),
        ("تجري الانتخابات في 24 كانون الأول/ديسمبر", ("2021-12-24", "2021-12-24", "day")),
        ("ولد في 24 كانون الأول/ديسمبر", ("2021-12-24", "2021-12-24", "day")),
        ("احتجزت السلطات السفينة في 24 ديسمبر", ("2020-12-24", "2020-12-24", "day")),
        ("أقر البرلمان القانون في سبتمبر", ("2021-09-01", "2021-09-30", "month")),
        ("أقر البرلمان القانون في يونيو الماضي", ("2021-06-01", "2021-06-30", "month")),
        ("ستجرى الانتخابات في مارس/آذار المقبل", ("2022-03-01", "2022-03-31", "month")),
        ("بين شهري أغسطس وأكتوبر 2019", ("2019-08-01", "2019-10-31", "month")),
        ("عقد المؤتمر من 3 إلى 5 مايو 2019", ("2019-05-03", "2019-05-05", "day")),
        ("عقد المؤتمر يومي 3 و4 مايو 2019", ("2019-05-03", "2019-05-04", "day")),
        ("يجتمعون في السادس من الشهر الجاري", ("2021-12-06", "2021-12-06", "day")),
        ("هجمات 11 سبتمبر", ("2001-09-11", "2001-09-11", "day")),
        ("أواخر آب", ("2021-08-21", "2021-08-31", "week")),
    ],
)
def test_months_and_days_without_a_year(text, expected):
    assert days(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("في 10 رمضان 1442", ("2021-04-22", "2021-04-22", "day")), ("في العاشر من محرم 1443 هـ", ("2021-08-18", "2021-08-18", "day")),
        ("في غرة محرم 1443", ("2021-08-09", "2021-08-09", "day")), ("في 6/10/1436هـ", ("2015-07-22", "2015-07-22", "day")),
        ("في 9 ذو الحجة 1442", ("2021-07-19", "2021-07-19", "day")), ("خلال شهر رمضان 1440", ("2019-05-06", "2019-06-03", "month")),
        ("في 27 رجب", ("2021-03-11", "2021-03-11", "day")), ("شهد شعبان الماضي هدوءا", ("2021-03-14", "2021-04-12", "month")),
        ("في عام 1443 هـ", ("2021-08-09", "2022-07-29", "year")), ("صدر النظام سنة 1436", ("2014-10-25", "2015-10-13", "year")),
    ],
)
def test_hijri(text, expected):
    assert only(text).calendar == "hijri"
    assert days(text) == expected


def test_two_calendars_are_one_expression():
    text = "صدر الأمر السبت 10 رمضان 1436 الموافق 27 يونيو 2015"
    assert one_day(text, None) == "2015-06-27"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("اندلعت الحرب عام 1990", "1990-01-01", "1990-12-31"), ("اندلعت الحرب في 2015", "2015-01-01", "2015-12-31"),
        ("منذ 2011", "2011-01-01", "2011-12-31"), ("بين عامي 2014 و2018", "2014-01-01", "2018-12-31"), ("حرب عامي 47 و48", "1947-01-01", "1948-12-31"),
        ("في تسعينيات القرن الماضي", "1990-01-01", "1999-12-31"), ("في القرن التاسع عشر", "1801-01-01", "1900-12-31"),
    ],
)
def test_years_and_longer_need_no_publication_date(text, first, last):
    assert days(text, None) == (first, last, "year")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وقع الهجوم قبل ثلاثة أيام", ("2021-11-30", "2021-11-30", "day")), ("وقع الهجوم قبل أسبوعين", ("2021-11-16", "2021-11-22", "week")),
        ("وقع الهجوم قبل نحو ستة أشهر", ("2021-06-01", "2021-06-30", "month")), ("ستعقد القمة بعد يومين", ("2021-12-05", "2021-12-05", "day")),
        ("زاد العنف خلال الأيام الماضية", ("2021-11-26", "2021-12-03", "week")), ("ارتفعت الأسعار الشهر الماضي", ("2021-11-01", "2021-11-30", "month")),
        ("ارتفعت الأسعار هذا العام", ("2021-01-01", "2021-12-31", "year")), ("فاز الحزب في ربيع 2021", ("2021-03-01", "2021-05-31", "month")),
    ],
)
def test_spans_counted_from_publication(text, expected):
    assert days(text) == expected


@pytest.mark.parametrize("text", ["استقال الوزير مؤخرا", "يصدر القرار قريبا", "زار بغداد في وقت سابق", "تحسن الوضع في الآونة الأخيرة"])
def test_vague_words_stay_without_days(text):
    expression = only(text)
    assert expression.interval is None
    assert "vague" in expression.unresolved


@pytest.mark.parametrize("text", ["استقال الوزير الأربعاء", "استقال أمس", "في 24 أوت الماضي", "في 27 رجب", "قبل ثلاثة أيام", "الشهر الماضي", "في سبتمبر"])
def test_without_a_publication_date_relative_words_say_why(text):
    expression = only(text, None)
    assert expression.interval is None
    assert expression.anchor == "published"
    assert "publication date" in expression.unresolved


def test_the_following_day_counts_from_the_date_before_it():
    first, second = find("وقع الاتفاق في 3 مارس 2020 وانهار في اليوم التالي")
    assert second.anchor == "expression"
    assert second.interval == Interval(dt.date(2020, 3, 4), dt.date(2020, 3, 4), "day")
    assert first.anchor == "absolute"
    assert only("انهار في اليوم التالي").unresolved
    assert only("بعد ساعات من الهجوم").unresolved == "counted from an event in the text"


@pytest.mark.parametrize(
    "text",
    ["نشرت صحيفة المصري اليوم الخبر", "تتألف القوة من 2000 جندي", "زار سوق الخميس", "استمر الإضراب لمدة يومين", "احترقت مبان في شارع 14 آذار", "قال الوزير"],
)
def test_words_that_are_no_dates(text):
    assert find(text) == ()


def test_date_of_a_byline():
    assert parse_date("القاهرة - الاثنين 5 آذار/مارس 2018 الساعة 10:20", CALENDARS) == Interval(dt.date(2018, 3, 5), dt.date(2018, 3, 5), "day")
    assert parse_date("بقلم محرر الشؤون المحلية", CALENDARS) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("واستقال وَزِيرُ الدِّفَاعِ يوم الأربِعاء، احتجاجًا", "يوم الأربِعاء"), ("(29 نوفمبر/تشرين الثاني 2019) - أعلن", "29 نوفمبر/تشرين الثاني 2019"),
        ("أغلق المعبر أمس (الخميس) وفتح", "أمس (الخميس)"), ("اجتمعوا بالأمس.", "الأمس"), ("تظاهروا والأربعاء تفرقوا", "الأربعاء"),
        ("في عــام 1990 اندلعت", "عــام 1990"),
    ],
)
def test_spans_hold_the_words_and_nothing_more(text, words):
    expression = only(text)
    assert text[expression.span.start : expression.span.end] == words


PIECES = [
    "أعلن", "الوزير", "الأربعاء", "أمس", "في", "5", "كانون الثاني/يناير", "2019", "،", ".", "(", ")", "10 رمضان 1442", "هـ", "يومي", "والخميس",
    "الماضي", "المقبل", "قبل", "ثلاثة", "أيام", "الموافق", "/", "-", "سيلتقي", "موعدا", "31", "فبراير", "مساءً", "الأَحَد", "عـام", "\u200f", "بعد", "القرن",
]


@given(st.lists(st.sampled_from(PIECES), max_size=14), st.sampled_from([" ", "", "  ", "\n"]), st.sampled_from([FRIDAY, None, dt.date(1, 1, 1), dt.date(9999, 12, 31)]))
def test_spans_are_ordered_and_give_back_their_words(pieces, gap, published):
    text = gap.join(pieces)
    end = 0
    for expression in find(text, published):
        words = text[expression.span.start : expression.span.end]
        assert end <= expression.span.start < expression.span.end <= len(text)
        assert words == words.strip(" \n")
        assert any(sign.isalnum() for sign in words)
        assert (expression.interval is None) == bool(expression.unresolved)
        if expression.interval is not None:
            assert expression.interval.first <= expression.interval.last
        end = expression.span.end
