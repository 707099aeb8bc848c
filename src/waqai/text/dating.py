"""From the words of a date to days: months, years, seasons, spans, and the table of all rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator

import msgspec

from waqai.document.time import Interval
from waqai.text import intervals
from waqai.text.dated import (
    HALF_A_YEAR,
    IMPOSSIBLE,
    NO_EARLIER_DATE,
    NO_PUBLICATION_DATE,
    OTHER_EVENT,
    VAGUE,
    Atom,
    Dated,
    Surroundings,
    Words,
    from_publication,
    unresolved,
)
from waqai.text.day_dates import (
    date,
    day_of_month,
    day_range,
    hijri_year,
    in_year_before,
    relday,
    weekday,
    weekdays,
    year_value,
)


def month(words: Words, around: Surroundings) -> Dated | None:
    """سبتمبر/أيلول 2019, مطلع يونيو الماضي, شهر رمضان."""
    hijri_number = words.value("hijri", "hijri_weak")
    found = _month_of(words, around, hijri_number) if hijri_number else _gregorian_month(words, around)
    return _placed(found, words)


def _placed(found: Dated, words: Words) -> Dated:
    place = words.value("position")
    if place and found.interval is not None:
        return msgspec.structs.replace(found, interval=intervals.part_of(found.interval, place))
    return found


def _gregorian_month(words: Words, around: Surroundings) -> Dated:
    number = words.value("month", "month_weak") or 0
    year_ = year_value(words)
    if year_ is not None:
        return Dated(intervals.month(year_, number), "absolute")
    if {"same_after", "same_before", "following"} & words.first.keys():
        return in_year_before(words, around, number, 0)

    def resolve(published: dt.date) -> Interval:
        if "the_year" in words.first:
            return intervals.month(published.year + (words.direction() or 0), number)
        direction = words.direction()
        back = (published.month - number) % 12
        if direction == -1:
            return intervals.month(published.year, published.month - (back or 12))
        if direction == 1 or (direction is None and back and _speaks_of_next(around, back)):
            return intervals.month(published.year, published.month + (12 - back))
        return intervals.month(published.year, published.month - (back if direction is None or back < 6 else back - 12))

    return from_publication(around, resolve)


def _speaks_of_next(around: Surroundings, months_back: int) -> bool:
    tense = around.tense()
    return (tense == "future" and months_back >= 6) or (tense == "" and months_back >= 11)


def _month_of(words: Words, around: Surroundings, number: int) -> Dated:
    year_ = year_value(words)
    if year_ is not None:
        whole = intervals.hijri_month(hijri_year(year_, number), number)
        return Dated(whole[0], "absolute", "hijri", tabular=whole[1]) if whole else Dated(calendar="hijri", unresolved=IMPOSSIBLE)
    if around.published is None:
        return Dated(None, "published", "hijri", NO_PUBLICATION_DATE)
    published, direction = around.published, words.direction()
    here = intervals.hijri_year_of(published)
    returns = [found[0] for step in range(-3, 4) if (found := intervals.hijri_month(here + step, number))]
    if direction == -1:
        chosen = [whole for whole in returns if whole.last < published][-1]
    elif direction == 1:
        chosen = next(whole for whole in returns if whole.first > published)
    elif direction == 0:
        chosen = min(returns, key=lambda whole: abs((whole.first - published).days))
    else:
        chosen = [whole for whole in returns if whole.first <= published][-1]
        ahead = next(whole for whole in returns if whole.first > published)
        if around.tense() == "future" and chosen.last < published and (ahead.first - published).days <= HALF_A_YEAR:
            chosen = ahead
    return Dated(chosen, "published", "hijri")


def months(words: Words, around: Surroundings) -> Dated | None:
    """بين شهري أغسطس وديسمبر 2005: a month without a year takes that of the last."""
    cut = next((at for at, atom in enumerate(words.atoms) if atom.kind in ("and", "dash", "until") and at > 0), len(words.atoms))
    begin, end = Words(words.atoms[:cut], {}), Words(words.atoms[cut:], {})
    last = _gregorian_month(end, around)
    if last.interval is None:
        return last
    number = begin.value("month", "month_weak") or 0
    year_ = year_value(begin) or last.interval.first.year - (number > last.interval.first.month)
    first = intervals.month(year_, number)
    if first.first > last.interval.last:
        return None
    return msgspec.structs.replace(last, interval=Interval(first.first, last.interval.last, "month"))


def year(words: Words, around: Surroundings) -> Dated | None:
    """عام 1990, 2012, سنة 1180هـ, نهاية العام 2006."""
    value = words.value("year4")
    if value is None:
        value = year_value(words)
        if value is None:
            return None
    return _placed(_year(value, "hijri_mark" in words.first, "gregorian_mark" in words.first), words)


def _year(value: int, is_hijri: bool, is_gregorian: bool, last: int | None = None) -> Dated:
    # Years of the 1340s to 1460s without a mark are Hijri ones in the press (عام 1436).
    if is_hijri or (not is_gregorian and 1340 <= value <= 1465):
        whole = intervals.hijri_year(value, last)
        return Dated(whole[0], "absolute", "hijri", tabular=whole[1]) if whole else Dated(calendar="hijri", unresolved=IMPOSSIBLE)
    return Dated(intervals.year(value, last), "absolute")


def years(words: Words, around: Surroundings) -> Dated | None:
    """بين عامي 2021 و2022, عامي 47 و48."""
    first, last = (atom.value if atom.kind == "year4" else 1900 + atom.value for atom in words.all("year4", "number")[:2])
    if last < first:
        return None
    return _year(first, "hijri_mark" in words.first, "gregorian_mark" in words.first, last)


def season(words: Words, around: Surroundings) -> Dated:
    """الصيف الماضي, ربيع 2021: three months; a winter begins in the December of its year."""
    start = words.value("season", "the_season") or 1
    value = words.value("year4")
    if value is not None:
        return Dated(_season(value, start), "absolute")
    direction = words.direction()

    def resolve(published: dt.date) -> Interval:
        if "the_year" in words.first:
            return _season(published.year + (direction or 0), start)
        returns = [_season(published.year + step, start) for step in (-2, -1, 0, 1, 2)]
        if direction == -1:
            return [whole for whole in returns if whole.last < published][-1]
        if direction == 1:
            return next(whole for whole in returns if whole.first > published)
        return min(returns, key=lambda whole: abs((whole.first - published).days))

    return from_publication(around, resolve)


def _season(year_: int, start: int) -> Interval:
    return Interval(intervals.month(year_, start).first, intervals.month(year_, start + 2).last, "month")


def decade(words: Words, around: Surroundings) -> Dated:
    """التسعينيات, ثلاثينات القرن الماضي, العقد الماضي."""
    tens = words.value("decade")
    if tens is None:
        return _placed(from_publication(around, lambda day: intervals.year(*_decade(day, words.direction() or 0))), words)
    century_ = words.value("number", "ordinal") if "the_century" in words.first else None
    if century_ is None and "current" in words.first:
        century_ = 21
    first = (century_ - 1) * 100 + tens if century_ else 1900 + tens
    return _placed(Dated(intervals.year(first, first + 9), "absolute"), words)


def _decade(published: dt.date, direction: int) -> tuple[int, int]:
    first = (published.year // 10 + direction) * 10
    return first, first + 9


def century(words: Words, around: Surroundings) -> Dated:
    """القرن الماضي, القرن الـ19."""
    number = words.value("number", "ordinal")
    if number:
        return _placed(Dated(intervals.year((number - 1) * 100 + 1, number * 100), "absolute"), words)

    def resolve(published: dt.date) -> Interval:
        first = ((published.year - 1) // 100 + (words.direction() or 0)) * 100 + 1
        return intervals.year(first, first + 99)

    return _placed(from_publication(around, resolve), words)


def relative_unit(words: Words, around: Surroundings) -> Dated:
    """الشهر الماضي, منتصف الشهر الجاري, هذا العام, نهاية الأسبوع."""
    unit, step = words.unit("the_week", "the_month", "the_year"), words.direction() or 0

    def resolve(published: dt.date) -> Interval:
        if unit == "week":
            return intervals.week(published + dt.timedelta(days=7 * step), around.settings["week_starts"])
        return intervals.shifted(published, step, unit)

    return _placed(from_publication(around, resolve), words)


def relative_units(words: Words, around: Surroundings) -> Dated:
    """الأيام الماضية, الأشهر الستة المقبلة: up to the day of publication or from it on."""
    direction = words.direction() or 0
    unit = words.unit("unit", "the_unit")
    if direction == 0:
        return unresolved(VAGUE)
    count = _count(words)

    def resolve(published: dt.date) -> Interval:
        far = intervals.shifted(published, direction * (count or around.settings[f"several.{unit}"]), unit)
        if unit in ("hour", "minute"):
            earlier, later = sorted((published, far.first))
            far = Interval(earlier, later, "day")
        precision = "week" if unit == "day" and not count else far.precision
        return Interval(far.first, published, precision) if direction < 0 else Interval(published, far.last, precision)

    return from_publication(around, resolve)


def _count(words: Words) -> int:
    """How many units; 0 where the words do not say (أيام, بضعة أشهر)."""
    numbers: Iterator[Atom] | Iterable[Atom] = words.all("number", "figure", "cardinal")
    total = sum(atom.value for atom in numbers)
    unit = words.value("unit", "the_unit", "day", "week", "month_word", "year")
    if "several" in words.first:
        return 0
    return unit if unit == 2 else (total or unit or 0)


def ago(words: Words, around: Surroundings) -> Dated:
    """قبل يومين, منذ نحو ستة أشهر, قبل أيام."""
    return from_publication(around, lambda published: _away(words, around, published, -1))


def from_now(words: Words, around: Surroundings) -> Dated:
    """بعد أسبوعين: from publication on where the clause speaks of the future; in a tale it counts from an event."""
    if around.tense() != "future":
        return unresolved(OTHER_EVENT, "expression")
    return from_publication(around, lambda published: _away(words, around, published, 1))


def _away(words: Words, around: Surroundings, published: dt.date, sign: int) -> Interval:
    unit = words.unit("unit", "day", "week", "month_word", "year")
    count = _count(words)
    if count or unit in ("hour", "minute"):
        return intervals.shifted(published, sign * count, unit)
    far = intervals.shifted(published, sign * around.settings[f"several.{unit}"], unit)
    near = intervals.shifted(published, sign, unit)
    precision = "week" if unit == "day" else far.precision
    return Interval(min(far.first, near.first), max(far.last, near.last), precision)


def counted(words: Words, around: Surroundings) -> Dated:
    """بعد ذلك بيومين: from the date named last; بعد يومين من ...: only the event it is counted from could tell."""
    before = around.previous
    if "same_before" not in words.first or before is None or before.precision != "day":
        return unresolved(OTHER_EVENT, "expression")
    sign = -1 if "before" in words.first else 1
    count = _count(words)
    if not count:
        return unresolved(OTHER_EVENT, "expression")
    return Dated(intervals.shifted(before.last, sign * count, words.unit("unit", "day", "week", "month_word", "year")), "expression")


def famous_day(words: Words, around: Surroundings) -> Dated | None:
    """هجمات 11/9: a day and a month in digits, where the word before makes them a known day."""
    number, month_ = (atom.value for atom in words.all("number"))
    known = around.famous(number, month_)
    return Dated(intervals.day(dt.date.fromisoformat(known)), "absolute") if known else None


def following(words: Words, around: Surroundings) -> Dated:
    """اليوم التالي, اليوم نفسه, ذلك العام: relative to the date named last."""
    if around.previous is None:
        return unresolved(NO_EARLIER_DATE, "expression")
    step = words.value("following") or 0
    unit = words.unit("the_week", "the_month", "the_year", "year", "week", "month_word") or "day"
    if unit == "day":
        if around.previous.precision != "day":
            return unresolved(NO_EARLIER_DATE, "expression")
        return Dated(intervals.day(around.previous.last + dt.timedelta(days=step)), "expression")
    if unit == "week":
        return Dated(intervals.week(around.previous.first + dt.timedelta(days=7 * step), around.settings["week_starts"]), "expression")
    return Dated(intervals.shifted(around.previous.first, step, unit), "expression")


def vague(words: Words, around: Surroundings) -> Dated:
    """مؤخرا, وقت سابق."""
    return unresolved(VAGUE)


def part(words: Words, around: Surroundings) -> Dated:
    """ليلا, فجرا."""
    return unresolved("names a part of the day only")


RESOLVERS: dict[str, Callable[[Words, Surroundings], Dated | None]] = {
    function.__name__: function
    for function in (
        weekday, weekdays, relday, day_of_month, date, day_range, month, months, year, years, season, decade, century, relative_unit,
        relative_units, ago, from_now, counted, famous_day, following, vague, part,
    )
}
"""What the `resolve` of a rule names."""
