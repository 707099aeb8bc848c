"""Rules that come down to days: weekdays, dates, days of a month, ranges of days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Literal

import msgspec

from waqai.document.time import Interval
from waqai.text import intervals
from waqai.text.dated import (
    AHEAD,
    GREGORIAN_FROM,
    IMPOSSIBLE,
    LONG_AGO,
    NO_EARLIER_DATE,
    NO_PUBLICATION_DATE,
    SIGHTING,
    Atom,
    Dated,
    Surroundings,
    Words,
    from_publication,
    unresolved,
)


def weekday(words: Words, around: Surroundings) -> Dated:
    """الأحد, مساء الأحد الماضي, الأحد من الأسبوع المقبل, الأحد قبل الماضي, اليوم الأحد."""
    number = words.first["weekday"].value
    direction = words.direction()

    def resolve(published: dt.date) -> Interval:
        if "today" in words.first or "tonight" in words.first:
            return intervals.day(_near(number, published))
        if "the_week" in words.first:
            inside = intervals.week(published + dt.timedelta(days=7 * (direction or 0)), around.settings["week_starts"])
            return intervals.day(intervals.weekday_after(number, inside.first))
        extra = 7 if "before" in words.first else 0
        if direction == -1:
            return intervals.day(intervals.weekday_before(number, published - dt.timedelta(days=1 + extra)))
        if direction == 1:
            return intervals.day(intervals.weekday_after(number, published + dt.timedelta(days=1)))
        if around.tense() == "future":
            return intervals.day(intervals.weekday_after(number, published))
        return intervals.day(intervals.weekday_before(number, published))

    return from_publication(around, resolve)


def _near(number: int, date: dt.date) -> dt.date:
    """The day with that weekday nearest to `date`; three days back rather than four on."""
    return intervals.weekday_before(number, date + dt.timedelta(days=3))


def weekdays(words: Words, around: Surroundings) -> Dated:
    """يومي الثلاثاء والأربعاء, ليل الخميس الجمعة: the days from the first to the last."""
    first, last = (atom.value for atom in words.all("weekday")[:2])

    def resolve(published: dt.date) -> Interval:
        direction = words.direction()
        if direction == 1 or (direction is None and around.tense() == "future"):
            begin = intervals.weekday_after(first, published + dt.timedelta(days=direction or 0))
            return Interval(begin, intervals.weekday_after(last, begin), "day")
        end = intervals.weekday_before(last, published + dt.timedelta(days=min(direction or 0, 0)))
        if direction is None and "part" in words.first and (end - published).days == -6:
            # «ليل الخميس الجمعة» in a report of Thursday reaches into the day after publication.
            end += dt.timedelta(days=7)
        return Interval(intervals.weekday_before(first, end), end, "day")

    return from_publication(around, resolve)


def relday(words: Words, around: Surroundings) -> Dated:
    """أمس, أمس الأربعاء, اليوم, اليوم (أمس), الليلة الماضية: a weekday beside it wins when it is near."""
    offset = words.value("relday", "today", "tonight") or 0
    number = words.value("weekday")

    def resolve(published: dt.date) -> Interval:
        base = published + dt.timedelta(days=offset)
        if number is None:
            return intervals.day(base)
        near = _near(number, base)
        return intervals.day(near - dt.timedelta(days=7) if offset <= 0 and near > published else near)

    return from_publication(around, resolve)


def day_of_month(words: Words, around: Surroundings) -> Dated:
    """15 من الشهر الجاري, الخامس من الشهر نفسه."""
    number = words.value("number", "ordinal") or 0
    if {"same_after", "same_before", "following"} & words.first.keys():
        before = around.previous
        if before is None or before.precision not in ("day", "month"):
            return unresolved(NO_EARLIER_DATE, "expression")
        whole = intervals.month(before.first.year, before.first.month + (words.value("following") or 0))
        found = intervals.gregorian(whole.first.year, whole.first.month, number)
        return Dated(intervals.day(found), "expression") if found else unresolved(IMPOSSIBLE)

    def resolve(published: dt.date) -> Interval | None:
        whole = intervals.month(published.year, published.month + (words.direction() or 0))
        found = intervals.gregorian(whole.first.year, whole.first.month, number)
        return intervals.day(found) if found else None

    return from_publication(around, resolve)


# --- days of a calendar ---


def date(words: Words, around: Surroundings) -> Dated | None:
    """A day of a Gregorian or Hijri month or in digits; of two calendars side by side the Gregorian one counts."""
    number = words.value("weekday")
    other = _hijri_day(Words(words.groups["h"], {}), around, number) if "h" in words.groups else None
    if "g" not in words.groups:
        return other
    if other is not None and other.interval is not None and (other.anchor == "absolute" or around.published is None):
        # The Hijri day tells the year of a Gregorian day without one.
        around = msgspec.structs.replace(around, published=other.interval.first + dt.timedelta(days=SIGHTING))
    found = _gregorian_day(Words(words.groups["g"], {}), around, number)
    if found is None or found.interval is None:
        return other or found
    return found if other is None or other.anchor != "absolute" else msgspec.structs.replace(found, anchor="absolute")


def _gregorian_day(words: Words, around: Surroundings, weekday_: int | None) -> Dated | None:
    if "numeric" in words.first:
        return _numeric(words.first["numeric"], hijri=False)
    days = words.all("number", "ordinal")
    number, month_ = days[0].value, words.value("month", "month_weak") or 0
    if intervals.gregorian(2000, month_, number) is None:
        return None
    year_ = year_value(words, skip=days[0])
    if year_ is not None:
        return _absolute_day(year_, month_, number)
    famous = around.famous(number, month_)
    if famous:
        return Dated(intervals.day(dt.date.fromisoformat(famous)), "absolute")
    if {"same_after", "same_before", "following"} & words.first.keys():
        return in_year_before(words, around, month_, number)

    def resolve(published: dt.date) -> Interval | None:
        if "the_year" in words.first:
            found = intervals.gregorian(published.year + (words.direction() or 0), month_, number)
            return intervals.day(found) if found else None
        returns = [found for step in range(-5, 6) if (found := intervals.gregorian(published.year + step, month_, number))]
        found = _choose(returns, published, words.direction(), around, weekday_)
        return intervals.day(found) if found else None

    return from_publication(around, resolve)


def _choose(returns: Sequence[dt.date], published: dt.date, direction: int | None, around: Surroundings, weekday_: int | None) -> dt.date | None:
    """Which return of a yearly day is meant: the last one up to publication, unless words, tense or nearness say otherwise.

    None where the calendar has no such return (the years 1 and 9999).
    """
    last = max((found for found in returns if found < published or (found == published and direction != -1)), default=None)
    following = min((found for found in returns if found > published or (found == published and direction != 1)), default=None)
    if direction == 0:
        return min(returns, key=lambda found: abs((found - published).days), default=None)
    if last is None or following is None or direction:
        return {-1: last, 1: following}.get(direction or 0, last or following)
    if weekday_ is not None:
        fitting = [found for found in (last, following) if found.isoweekday() == weekday_]
        if fitting:
            return fitting[0]
    tense = around.tense()
    if tense == "future" and (following - published).days <= LONG_AGO:
        return following
    if tense != "past" and (published - last).days > LONG_AGO and (following - published).days <= AHEAD:
        return following
    return last


def _absolute_day(year_: int, month_: int, number: int) -> Dated:
    found = intervals.gregorian(year_, month_, number)
    return Dated(intervals.day(found), "absolute") if found else unresolved(IMPOSSIBLE)


def in_year_before(words: Words, around: Surroundings, month_: int, number: int) -> Dated:
    """A day or (number 0) a month of the year that an earlier expression named."""
    if around.previous is None:
        return unresolved(NO_EARLIER_DATE, "expression")
    year_ = around.previous.first.year + (words.value("following") or 0)
    if not number:
        return Dated(intervals.month(year_, month_), "expression")
    found = intervals.gregorian(year_, month_, number)
    return Dated(intervals.day(found), "expression") if found else unresolved(IMPOSSIBLE)


def year_value(words: Words, skip: Atom | None = None) -> int | None:
    """A year that is written out: four digits, or two after عام."""
    four = words.value("year4")
    if four is not None:
        return four
    if "year" in words.first or "the_year" in words.first:
        two = [atom.value for atom in words.all("number") if atom is not skip]
        return 1900 + two[-1] if two and two[-1] > 20 else None
    return None


def _numeric(atom: Atom, *, hijri: bool) -> Dated | None:
    """20/4/2019, 2019-04-20, 1436/10/6: `unit` holds the three numbers."""
    a, b, c = (int(part) for part in atom.unit.split("/"))
    year_, month_, number = (a, b, c) if a > 31 else (c, b, a)
    if month_ > 12:
        month_, number = number, month_
    if year_ < 100:
        year_ += (1400 if hijri else 2000 if year_ < 70 else 1900)
    if not (1 <= month_ <= 12 and 1 <= number <= 31 and (1300 <= year_ <= 1500 or 1500 < year_ < 2200)):
        return None
    if hijri or 1300 <= year_ <= 1500:
        return _of_hijri(intervals.hijri(year_, month_, number))
    return _absolute_day(year_, month_, number)


def _of_hijri(found: tuple[dt.date, bool] | None, anchor: Literal["absolute", "published"] = "absolute") -> Dated:
    if found is None:
        return Dated(calendar="hijri", unresolved=IMPOSSIBLE)
    return Dated(intervals.day(found[0]), anchor, "hijri", tabular=found[1])


def _hijri_day(words: Words, around: Surroundings, weekday_: int | None) -> Dated | None:
    if "numeric" in words.first:
        found = _numeric(words.first["numeric"], hijri=True)
        return found and _fit_weekday(found, weekday_)
    days = words.all("number", "ordinal")
    number, month_ = days[0].value, words.value("hijri", "hijri_weak") or 0
    if not 1 <= number <= 30:
        return None
    year_ = year_value(words, skip=days[0])
    if year_ is not None:
        return _fit_weekday(_of_hijri(intervals.hijri(hijri_year(year_, month_), month_, number)), weekday_)
    if around.published is None:
        return Dated(None, "published", "hijri", NO_PUBLICATION_DATE)
    here = intervals.hijri_year_of(around.published)
    returns = [near[0] for step in range(-4, 5) if (near := intervals.hijri(here + step, month_, number))]
    chosen = _choose(returns, around.published, words.direction(), around, None)
    return _fit_weekday(Dated(intervals.day(chosen), "published", "hijri"), weekday_) if chosen else None


def hijri_year(year_: int, month_: int) -> int:
    """The Hijri year of a month that may be given with a Gregorian one (رمضان 2014): the last that begins in that year."""
    if year_ < GREGORIAN_FROM:
        return year_
    last = intervals.hijri_year_of(dt.date(year_, 12, 31))
    first = intervals.hijri(last, month_, 1)
    return last if first is not None and first[0].year == year_ else last - 1


def _fit_weekday(dated: Dated, weekday_: int | None) -> Dated:
    """A Hijri day moved by one when the weekday beside it says so: the sighting differed from the tables."""
    if weekday_ is None or dated.interval is None:
        return dated
    for step in (0, 1, -1):
        moved = dated.interval.first + dt.timedelta(days=step)
        if moved.isoweekday() == weekday_:
            return msgspec.structs.replace(dated, interval=intervals.day(moved))
    return dated


def day_range(words: Words, around: Surroundings) -> Dated | None:
    """3-5 مايو, من 3 إلى 5 مايو 2019."""
    first, last = (atom.value for atom in words.all("number", "ordinal")[:2])
    rest = [atom for atom in words.atoms if atom.kind not in ("number", "ordinal")]
    years = words.all("number")[2:]

    whole = Words([Atom("number", last, "", 0, 0, 0), *rest, *years], {})
    end = (_hijri_day if {"hijri", "hijri_weak"} & whole.first.keys() else _gregorian_day)(whole, around, None)
    if end is None or end.interval is None:
        return end
    if not 1 <= first < last:
        return None
    begin = end.interval.last - dt.timedelta(days=last - first)
    return msgspec.structs.replace(end, interval=Interval(begin, end.interval.last, "day"))


# --- months, years and longer ---
