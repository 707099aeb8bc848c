"""Arithmetic of days: weeks, months and years around a day, parts of them, and the Hijri calendar."""

from __future__ import annotations

import calendar
import datetime as dt

from hijridate import Hijri

from waqai.document.time import Interval, Precision

_FINER: dict[Precision, Precision] = {"year": "month", "month": "week", "week": "day", "day": "day"}
_UMM_AL_QURA = range(1343, 1501)
_TABULAR_EPOCH = 227014  # the proleptic Gregorian ordinal of 1 Muharram 1 (19 July 622)


def day(date: dt.date) -> Interval:
    """One day."""
    return Interval(date, date, "day")


def month(year: int, number: int) -> Interval:
    """A Gregorian month; `number` may lie outside 1-12 and then reaches into other years."""
    year, zero_based = divmod(year * 12 + number - 1, 12)
    return Interval(dt.date(year, zero_based + 1, 1), dt.date(year, zero_based + 1, calendar.monthrange(year, zero_based + 1)[1]), "month")


def year(first: int, last: int | None = None) -> Interval:
    """A Gregorian year, or the years `first` to `last`."""
    return Interval(dt.date(first, 1, 1), dt.date(last or first, 12, 31), "year")


def week(date: dt.date, starts: int) -> Interval:
    """The week that holds `date`; it starts on ISO weekday `starts`."""
    first = date - dt.timedelta(days=(date.isoweekday() - starts) % 7)
    return Interval(first, first + dt.timedelta(days=6), "week")


def part_of(whole: Interval, place: int) -> Interval:
    """The first (1), middle (2) or last (3) third of an interval: of a year in months, of more in years, of less in days."""
    years = whole.last.year - whole.first.year + 1
    if whole.precision == "year" and years > 1:
        return year(whole.first.year + years * (place - 1) // 3, whole.first.year + years * place // 3 - 1)
    if whole.precision == "year":
        return Interval(month(whole.first.year, 4 * place - 3).first, month(whole.first.year, 4 * place).last, "month")
    length = (whole.last - whole.first).days + 1
    first, last = (whole.first + dt.timedelta(days=length * third // 3) for third in (place - 1, place))
    return Interval(first, last - dt.timedelta(days=1), _FINER[whole.precision])


def weekday_before(weekday: int, date: dt.date) -> dt.date:
    """The last day with ISO weekday `weekday` that is `date` or earlier."""
    return date - dt.timedelta(days=(date.isoweekday() - weekday) % 7)


def weekday_after(weekday: int, date: dt.date) -> dt.date:
    """The first day with ISO weekday `weekday` that is `date` or later."""
    return date + dt.timedelta(days=(weekday - date.isoweekday()) % 7)


def shifted(date: dt.date, count: int, unit: str) -> Interval:
    """The day, week, month or year that lies `count` units from `date`, as finely as the unit speaks."""
    if unit == "day":
        return day(date + dt.timedelta(days=count))
    if unit in ("hour", "minute"):
        return day(date + dt.timedelta(days=int(count / 24) if unit == "hour" else 0))
    if unit == "week":
        middle = date + dt.timedelta(days=7 * count)
        return Interval(middle - dt.timedelta(days=3), middle + dt.timedelta(days=3), "week")
    if unit == "month":
        return month(date.year, date.month + count)
    return year(date.year + count * {"year": 1, "decade": 10, "century": 100}[unit])


def gregorian(year_: int, number: int, date: int) -> dt.date | None:
    """The Gregorian day, or None when there is none."""
    try:
        return dt.date(year_, number, date)
    except ValueError:
        return None


def hijri(year_: int, number: int, date: int) -> tuple[dt.date, bool] | None:
    """The Gregorian day of a Hijri one (Umm al-Qura), and whether it had to be reckoned by the tabular calendar.

    Umm al-Qura is known for 1343 to 1500; outside, the tabular calendar may be off by a day or two.
    """
    if not (1 <= number <= 12 and 1 <= date <= 30 and 1 <= year_ <= 2000):
        return None
    if year_ in _UMM_AL_QURA:
        try:
            return Hijri(year_, number, date).to_gregorian(), False
        except ValueError:
            # The 30th of a month that had 29 days: local sighting differs from the tables by a day.
            return Hijri(year_, number, 29).to_gregorian() + dt.timedelta(days=1), False
    days = (year_ - 1) * 354 + (3 + 11 * year_) // 30 + 29 * (number - 1) + number // 2 + date
    return dt.date.fromordinal(_TABULAR_EPOCH + days - 1), True


def hijri_month(year_: int, number: int) -> tuple[Interval, bool] | None:
    """A Hijri month as Gregorian days, and whether it is tabular."""
    first = hijri(year_, number, 1)
    after = hijri(year_ + number // 12, number % 12 + 1, 1)
    if first is None or after is None:
        return None
    return Interval(first[0], after[0] - dt.timedelta(days=1), "month"), first[1]


def hijri_year(first: int, last: int | None = None) -> tuple[Interval, bool] | None:
    """A Hijri year, or the years `first` to `last`, as Gregorian days, and whether tabular."""
    begin, after = hijri(first, 1, 1), hijri((last or first) + 1, 1, 1)
    if begin is None or after is None or after[0] <= begin[0]:
        return None
    return Interval(begin[0], after[0] - dt.timedelta(days=1), "year"), begin[1]


def hijri_year_of(date: dt.date) -> int:
    """The Hijri year of a Gregorian day, reckoned by the length of the lunar year (right to a few days)."""
    guess = int((date.toordinal() - _TABULAR_EPOCH) / 354.36667) + 1
    start = hijri(guess + 1, 1, 1)
    return guess + 1 if start is not None and start[0] <= date else guess
