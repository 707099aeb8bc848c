"""From the words of a date to days: what each rule of the grammar means, relative to the day of publication."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal

import msgspec

from waqai.document.time import Interval
from waqai.text import intervals

MODIFIERS = {"past": -1, "recent": -1, "current": 0, "this": 0, "next": 1}
_NO_PUBLICATION_DATE = "relative to a publication date that is not known"
_NO_EARLIER_DATE = "relative to a date that was not found before it"
_OTHER_EVENT = "counted from an event in the text"
_VAGUE = "too vague for an interval"
_IMPOSSIBLE = "no such day"
_GREGORIAN_FROM = 1600
_SIGHTING = 3
"""Days by which a Hijri day may lie before the Gregorian one it is set beside."""
_AHEAD, _HALF_A_YEAR, _LONG_AGO = 60, 183, 270
"""A day without a year is taken to be to come when it is at most `_AHEAD` days off and its last return over `_LONG_AGO` days ago."""


class Atom(msgspec.Struct, frozen=True, gc=False):
    """A word of a date: its class, value and unit, the folded characters it covers and the index of its token."""

    kind: str
    value: int
    unit: str
    start: int
    end: int
    token: int


class Surroundings(msgspec.Struct, frozen=True, gc=False):
    """What a date is relative to. `tense` looks at the clause only when asked; `famous` knows days by day and month alone."""

    published: dt.date | None
    previous: Interval | None
    tense: Callable[[], str]
    famous: Callable[[int, int], str]
    settings: dict[str, int]


class Dated(msgspec.Struct, frozen=True, gc=False):
    """The meaning of an expression, as in TimeExpression; `tabular` marks Hijri days outside Umm al-Qura."""

    interval: Interval | None = None
    anchor: Literal["absolute", "published", "expression", "none"] = "none"
    calendar: Literal["gregorian", "hijri"] = "gregorian"
    unresolved: str = ""
    tabular: bool = False


class Words:
    """The atoms of a match, by class; `groups` are those of its named groups h (Hijri date) and g (Gregorian date)."""

    def __init__(self, atoms: Sequence[Atom], groups: dict[str, Sequence[Atom]]) -> None:
        self.atoms, self.groups = atoms, groups
        self.first: dict[str, Atom] = {}
        for atom in atoms:
            self.first.setdefault(atom.kind, atom)

    def value(self, *kinds: str) -> int | None:
        """The value of the first atom of one of the classes, in the order of the classes."""
        for kind in kinds:
            if kind in self.first:
                return self.first[kind].value
        return None

    def unit(self, *kinds: str) -> str:
        """The unit of the first atom of one of the classes."""
        return next((self.first[kind].unit for kind in kinds if kind in self.first), "")

    def all(self, *kinds: str) -> list[Atom]:
        """All atoms of the classes, in order."""
        return [atom for atom in self.atoms if atom.kind in kinds]

    def direction(self) -> int | None:
        """-1, 0 or 1 for الماضي, الجاري, المقبل."""
        return next((number for kind, number in MODIFIERS.items() if kind in self.first), None)


def _unresolved(why: str, anchor: Literal["published", "expression", "none"] = "none") -> Dated:
    return Dated(None, anchor, unresolved=why)


def _published(around: Surroundings, make: Callable[[dt.date], Interval | None]) -> Dated:
    if around.published is None:
        return _unresolved(_NO_PUBLICATION_DATE, "published")
    try:
        interval = make(around.published)
    except (ValueError, OverflowError):
        interval = None
    return Dated(interval, "published", unresolved="" if interval else _IMPOSSIBLE)


# --- days near publication ---


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

    return _published(around, resolve)


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

    return _published(around, resolve)


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

    return _published(around, resolve)


def day_of_month(words: Words, around: Surroundings) -> Dated:
    """15 من الشهر الجاري, الخامس من الشهر نفسه."""
    number = words.value("number", "ordinal") or 0
    if {"same_after", "same_before", "following"} & words.first.keys():
        before = around.previous
        if before is None or before.precision not in ("day", "month"):
            return _unresolved(_NO_EARLIER_DATE, "expression")
        whole = intervals.month(before.first.year, before.first.month + (words.value("following") or 0))
        found = intervals.gregorian(whole.first.year, whole.first.month, number)
        return Dated(intervals.day(found), "expression") if found else _unresolved(_IMPOSSIBLE)

    def resolve(published: dt.date) -> Interval | None:
        whole = intervals.month(published.year, published.month + (words.direction() or 0))
        found = intervals.gregorian(whole.first.year, whole.first.month, number)
        return intervals.day(found) if found else None

    return _published(around, resolve)


# --- days of a calendar ---


def date(words: Words, around: Surroundings) -> Dated | None:
    """A day of a Gregorian or Hijri month or in digits; of two calendars side by side the Gregorian one counts."""
    number = words.value("weekday")
    other = _hijri_day(Words(words.groups["h"], {}), around, number) if "h" in words.groups else None
    if "g" not in words.groups:
        return other
    if other is not None and other.interval is not None and (other.anchor == "absolute" or around.published is None):
        # The Hijri day tells the year of a Gregorian day without one.
        around = msgspec.structs.replace(around, published=other.interval.first + dt.timedelta(days=_SIGHTING))
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
    year_ = _year_value(words, skip=days[0])
    if year_ is not None:
        return _absolute_day(year_, month_, number)
    famous = around.famous(number, month_)
    if famous:
        return Dated(intervals.day(dt.date.fromisoformat(famous)), "absolute")
    if {"same_after", "same_before", "following"} & words.first.keys():
        return _in_year_before(words, around, month_, number)

    def resolve(published: dt.date) -> Interval | None:
        if "the_year" in words.first:
            found = intervals.gregorian(published.year + (words.direction() or 0), month_, number)
            return intervals.day(found) if found else None
        returns = [found for step in range(-5, 6) if (found := intervals.gregorian(published.year + step, month_, number))]
        return intervals.day(_choose(returns, published, words.direction(), around, weekday_))

    return _published(around, resolve)


def _choose(returns: Sequence[dt.date], published: dt.date, direction: int | None, around: Surroundings, weekday_: int | None) -> dt.date:
    """Which return of a yearly day is meant: the last one up to publication, unless words, tense or nearness say otherwise."""
    past = [found for found in returns if found <= published]
    ahead = [found for found in returns if found >= published]
    if direction == -1:
        return [found for found in past if found < published][-1]
    if direction == 1:
        return next(found for found in ahead if found > published)
    if direction == 0:
        return min(returns, key=lambda found: abs((found - published).days))
    if weekday_ is not None:
        fitting = [found for found in (past[-1], ahead[0]) if found.isoweekday() == weekday_]
        if fitting:
            return fitting[0]
    tense = around.tense()
    if tense == "future" and (ahead[0] - published).days <= _LONG_AGO:
        return ahead[0]
    if tense != "past" and (published - past[-1]).days > _LONG_AGO and (ahead[0] - published).days <= _AHEAD:
        return ahead[0]
    return past[-1]


def _absolute_day(year_: int, month_: int, number: int) -> Dated:
    found = intervals.gregorian(year_, month_, number)
    return Dated(intervals.day(found), "absolute") if found else _unresolved(_IMPOSSIBLE)


def _in_year_before(words: Words, around: Surroundings, month_: int, number: int) -> Dated:
    """A day or (number 0) a month of the year that an earlier expression named."""
    if around.previous is None:
        return _unresolved(_NO_EARLIER_DATE, "expression")
    year_ = around.previous.first.year + (words.value("following") or 0)
    if not number:
        return Dated(intervals.month(year_, month_), "expression")
    found = intervals.gregorian(year_, month_, number)
    return Dated(intervals.day(found), "expression") if found else _unresolved(_IMPOSSIBLE)


def _year_value(words: Words, skip: Atom | None = None) -> int | None:
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
        return Dated(calendar="hijri", unresolved=_IMPOSSIBLE)
    return Dated(intervals.day(found[0]), anchor, "hijri", tabular=found[1])


def _hijri_day(words: Words, around: Surroundings, weekday_: int | None) -> Dated | None:
    if "numeric" in words.first:
        found = _numeric(words.first["numeric"], hijri=True)
        return found and _fit_weekday(found, weekday_)
    days = words.all("number", "ordinal")
    number, month_ = days[0].value, words.value("hijri", "hijri_weak") or 0
    if not 1 <= number <= 30:
        return None
    year_ = _year_value(words, skip=days[0])
    if year_ is not None:
        return _fit_weekday(_of_hijri(intervals.hijri(_hijri_year(year_, month_), month_, number)), weekday_)
    if around.published is None:
        return Dated(None, "published", "hijri", _NO_PUBLICATION_DATE)
    here = intervals.hijri_year_of(around.published)
    returns = [found[0] for step in range(-4, 5) if (found := intervals.hijri(here + step, month_, number))]
    chosen = _choose(returns, around.published, words.direction(), around, None)
    return _fit_weekday(Dated(intervals.day(chosen), "published", "hijri"), weekday_)


def _hijri_year(year_: int, month_: int) -> int:
    """The Hijri year of a month that may be given with a Gregorian one (رمضان 2014): the last that begins in that year."""
    if year_ < _GREGORIAN_FROM:
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
    year_ = _year_value(words)
    if year_ is not None:
        return Dated(intervals.month(year_, number), "absolute")
    if {"same_after", "same_before", "following"} & words.first.keys():
        return _in_year_before(words, around, number, 0)

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

    return _published(around, resolve)


def _speaks_of_next(around: Surroundings, months_back: int) -> bool:
    tense = around.tense()
    return (tense == "future" and months_back >= 6) or (tense == "" and months_back >= 11)


def _month_of(words: Words, around: Surroundings, number: int) -> Dated:
    year_ = _year_value(words)
    if year_ is not None:
        whole = intervals.hijri_month(_hijri_year(year_, number), number)
        return Dated(whole[0], "absolute", "hijri", tabular=whole[1]) if whole else Dated(calendar="hijri", unresolved=_IMPOSSIBLE)
    if around.published is None:
        return Dated(None, "published", "hijri", _NO_PUBLICATION_DATE)
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
        if around.tense() == "future" and chosen.last < published and (ahead.first - published).days <= _HALF_A_YEAR:
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
    year_ = _year_value(begin) or last.interval.first.year - (number > last.interval.first.month)
    first = intervals.month(year_, number)
    if first.first > last.interval.last:
        return None
    return msgspec.structs.replace(last, interval=Interval(first.first, last.interval.last, "month"))


def year(words: Words, around: Surroundings) -> Dated | None:
    """عام 1990, 2012, سنة 1180هـ, نهاية العام 2006."""
    value = words.value("year4")
    if value is None:
        value = _year_value(words)
        if value is None:
            return None
    return _placed(_year(value, "hijri_mark" in words.first, "gregorian_mark" in words.first), words)


def _year(value: int, is_hijri: bool, is_gregorian: bool, last: int | None = None) -> Dated:
    # Years of the 1340s to 1460s without a mark are Hijri ones in the press (عام 1436).
    if is_hijri or (not is_gregorian and 1340 <= value <= 1465):
        whole = intervals.hijri_year(value, last)
        return Dated(whole[0], "absolute", "hijri", tabular=whole[1]) if whole else Dated(calendar="hijri", unresolved=_IMPOSSIBLE)
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

    return _published(around, resolve)


def _season(year_: int, start: int) -> Interval:
    return Interval(intervals.month(year_, start).first, intervals.month(year_, start + 2).last, "month")


def decade(words: Words, around: Surroundings) -> Dated:
    """التسعينيات, ثلاثينات القرن الماضي, العقد الماضي."""
    tens = words.value("decade")
    if tens is None:
        return _placed(_published(around, lambda day: intervals.year(*_decade(day, words.direction() or 0))), words)
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

    return _placed(_published(around, resolve), words)


def relative_unit(words: Words, around: Surroundings) -> Dated:
    """الشهر الماضي, منتصف الشهر الجاري, هذا العام, نهاية الأسبوع."""
    unit, step = words.unit("the_week", "the_month", "the_year"), words.direction() or 0

    def resolve(published: dt.date) -> Interval:
        if unit == "week":
            return intervals.week(published + dt.timedelta(days=7 * step), around.settings["week_starts"])
        return intervals.shifted(published, step, unit)

    return _placed(_published(around, resolve), words)


def relative_units(words: Words, around: Surroundings) -> Dated:
    """الأيام الماضية, الأشهر الستة المقبلة: up to the day of publication or from it on."""
    direction = words.direction() or 0
    unit = words.unit("unit", "the_unit")
    if direction == 0:
        return _unresolved(_VAGUE)
    count = _count(words)

    def resolve(published: dt.date) -> Interval:
        far = intervals.shifted(published, direction * (count or around.settings[f"several.{unit}"]), unit)
        if unit in ("hour", "minute"):
            far = Interval(*sorted((published, far.first)), "day")
        precision = "week" if unit == "day" and not count else far.precision
        return Interval(far.first, published, precision) if direction < 0 else Interval(published, far.last, precision)

    return _published(around, resolve)


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
    return _published(around, lambda published: _away(words, around, published, -1))


def from_now(words: Words, around: Surroundings) -> Dated:
    """بعد أسبوعين: from publication on where the clause speaks of the future; in a tale it counts from an event."""
    if around.tense() != "future":
        return _unresolved(_OTHER_EVENT, "expression")
    return _published(around, lambda published: _away(words, around, published, 1))


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
        return _unresolved(_OTHER_EVENT, "expression")
    sign = -1 if "before" in words.first else 1
    count = _count(words)
    if not count:
        return _unresolved(_OTHER_EVENT, "expression")
    return Dated(intervals.shifted(before.last, sign * count, words.unit("unit", "day", "week", "month_word", "year")), "expression")


def famous_day(words: Words, around: Surroundings) -> Dated | None:
    """هجمات 11/9: a day and a month in digits, where the word before makes them a known day."""
    number, month_ = (atom.value for atom in words.all("number"))
    known = around.famous(number, month_)
    return Dated(intervals.day(dt.date.fromisoformat(known)), "absolute") if known else None


def following(words: Words, around: Surroundings) -> Dated:
    """اليوم التالي, اليوم نفسه, ذلك العام: relative to the date named last."""
    if around.previous is None:
        return _unresolved(_NO_EARLIER_DATE, "expression")
    step = words.value("following") or 0
    unit = words.unit("the_week", "the_month", "the_year", "year", "week", "month_word") or "day"
    if unit == "day":
        if around.previous.precision != "day":
            return _unresolved(_NO_EARLIER_DATE, "expression")
        return Dated(intervals.day(around.previous.last + dt.timedelta(days=step)), "expression")
    if unit == "week":
        return Dated(intervals.week(around.previous.first + dt.timedelta(days=7 * step), around.settings["week_starts"]), "expression")
    return Dated(intervals.shifted(around.previous.first, step, unit), "expression")


def vague(words: Words, around: Surroundings) -> Dated:
    """مؤخرا, وقت سابق."""
    return _unresolved(_VAGUE)


def part(words: Words, around: Surroundings) -> Dated:
    """ليلا, فجرا."""
    return _unresolved("names a part of the day only")


RESOLVERS: dict[str, Callable[[Words, Surroundings], Dated | None]] = {
    function.__name__: function
    for function in (
        weekday, weekdays, relday, day_of_month, date, day_range, month, months, year, years, season, decade, century, relative_unit,
        relative_units, ago, from_now, counted, famous_day, following, vague, part,
    )
}
"""What the `resolve` of a rule names."""
