"""Dates, times of day and lengths of time as people and spreadsheets write them: what a text can mean, never a guess.

Everything here is a function of the text alone.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

DAY_FIRST, MONTH_FIRST = "d/m/y", "m/d/y"
ORDERS = (DAY_FIRST, MONTH_FIRST)
# Excel counts days from here (it takes 1900 for a leap year, so this holds from March 1900 on).
EXCEL_DAY_0 = dt.date(1899, 12, 30)
EXCEL_DAYS = range(20000, 80000)
# Excel's rule for years of two digits: 00 to 29 are of this century.
LAST_SHORT_YEAR = 29
# The same times stand in many cells; so many are remembered.
MANY = 4096
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
MONTH += r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\.?"
YEAR = r"(?P<year>\d{4}|\d{2})"
WEEKDAY = re.compile(r"^(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\.?,?\s+")
BETWEEN = r"(?:\s*[-./,]\s*|\s+)"
NAMED = tuple(
    re.compile(p) for p in (f"{DAY}{BETWEEN}?{MONTH}{BETWEEN}{YEAR}", f"{MONTH}{BETWEEN}?{DAY}{BETWEEN}{YEAR}")
)
NAMED_SHORT = tuple(re.compile(p) for p in (f"{DAY}{BETWEEN}?{MONTH}", f"{MONTH}{BETWEEN}?{DAY}"))
YEAR_FIRST = re.compile(r"(?P<year>\d{4})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})")
DIGITS = re.compile(r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)")
NUMBERS = re.compile(r"(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})\.?")
NUMBERS_SHORT = re.compile(r"(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*\2?")
EXCEL = re.compile(r"(\d{5})(\.\d+)?")
FRACTION = re.compile(r"0?\.(\d+)")
HALF_DAYS = re.compile(r"(\d{1,2})(?:[:.h](\d{2})(?:[:.](\d{2})(?:\.\d+)?)?)?\s*([ap])\.?\s?m\.?")
WHOLE_DAYS = re.compile(r"(\d{1,2})[:h](\d{2})(?::(\d{2})(?:\.\d+)?)?(?:\s?(?:h|uhr))?|(\d{1,2})h|(\d{1,2})\.(\d{2})")
# What programs put beside or instead of a space: no-break, narrow and thin spaces, marks of the writing direction.
SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u200e": None, "\u200f": None})
ZONE = re.compile(r"(?:z|[+-]\d\d:?\d\d)$")
LONG = re.compile(r"(\d+):([0-5]\d):([0-5]\d)")
PART = re.compile(r"\s*(\d+(?:[.,]\d+)?)\s*([^\W\d_]+)\.?,?")
UNITS = {
    60.0: ("h", "hr", "hrs", "hour", "hours", "hora", "horas", "std", "stunde", "stunden", "godz", "heure", "heures"),
    1.0: ("m", "min", "mins", "minute", "minutes", "minuto", "minutos", "minuten"),
    1 / 60: ("s", "sec", "secs", "second", "seconds", "seg", "segundo", "segundos", "sek", "sekunde", "sekunden"),
}
MINUTES = {word: minutes for minutes, words in UNITS.items() for word in words}


@dataclass(frozen=True)
class Written:
    """What a date as written can mean.

    Attributes:
        day_first: the date when the day stands before the month; None when there is no such date.
        month_first: the date when the month stands first. Equal to `day_first` where the order plays no part.
        short_year: the year has two digits.
        excel: it is a number of days as Excel counts them.
        no_year: it has no year; `day_first` and `month_first` are then of the year 2000.
    """

    day_first: dt.date | None
    month_first: dt.date | None
    short_year: bool = False
    excel: bool = False
    no_year: bool = False

    def under(self, order: str) -> dt.date | None:
        """The date in an order of day and month."""
        return self.day_first if order == DAY_FIRST else self.month_first

    @property
    def open(self) -> bool:
        """Whether the order of day and month decides which of two dates it is."""
        return None not in (self.day_first, self.month_first) and self.day_first != self.month_first

    @property
    def readings(self) -> frozenset[dt.date]:
        """Every date it can be."""
        return frozenset(date for date in (self.day_first, self.month_first) if date is not None)


@dataclass(frozen=True)
class Stamp:
    """A date, a time of day, or both. `excel`: written as a number, as Excel holds it."""

    date: Written | None
    time: dt.time | None
    excel: bool = False


def possible_orders(dates: Iterable[Written]) -> tuple[str, ...]:
    """The orders of day and month in which every one of these is a date.

    >>> possible_orders([read_date("03/04/2026"), read_date("25/04/2026")])
    ('d/m/y',)
    """
    listed = list(dates)
    return tuple(order for order in ORDERS if all(date.under(order) is not None for date in listed))


def read_date(text: str) -> Written | None:
    """What a text can mean as a date, a time behind it aside; None when it is no date.

    >>> read_date("2019-05-20").readings == read_date("May 20, 2019").readings == {dt.date(2019, 5, 20)}
    True
    >>> [str(day) for day in sorted(read_date("05/06/2019").readings)]
    ['2019-05-06', '2019-06-05']
    """
    stamp = read_stamp(text)
    return stamp.date if stamp is not None else None


@lru_cache(maxsize=MANY)
def read_stamp(text: str) -> Stamp | None:
    """What a text can mean as a date, a time of day or both; None when it is neither.

    >>> read_stamp("1/12/26, 3:58:02 PM").time
    datetime.time(15, 58, 2)
    >>> read_stamp("44571.667").time, read_stamp("half past four")
    (datetime.time(16, 0), None)
    """
    text = _plain(text)
    days = EXCEL.fullmatch(text)
    if days and int(days[1]) in EXCEL_DAYS:
        date = EXCEL_DAY_0 + dt.timedelta(days=int(days[1]))
        return Stamp(Written(date, date, excel=True), _of_day(days[2]) if days[2] else None, excel=True)
    date_alone = _date(text)
    if date_alone is not None:
        return Stamp(date_alone, None)
    time = _time(text)
    if time is not None:
        return Stamp(None, time, excel=FRACTION.fullmatch(text) is not None)
    for gap in re.finditer(r",?\s+|(?<=\d)t(?=\d)", text):
        date_part, time_part = _date(text[: gap.start()].rstrip(",")), _time(text[gap.end() :])
        if date_part is not None and time_part is not None:
            return Stamp(date_part, time_part)
        # A time of a stated zone is not local time: the day is known, the time is not.
        if date_part is not None and _time(ZONE.sub("", text[gap.end() :])) is not None:
            return Stamp(date_part, None)
    return None


def read_time(text: str) -> dt.time | None:
    """The time of day a text means, a date before it aside; None when it means none or could mean two.

    >>> read_time("16:05") == read_time("4.05 p.m.") == read_time("16.05") == read_time("16h05") == dt.time(16, 5)
    True
    >>> read_time("0.6667"), read_time("25:00"), read_time("0.25")
    (datetime.time(16, 0), None, None)
    """
    stamp = read_stamp(text)
    return stamp.time if stamp is not None else None


def half_of_day(text: str) -> bool:
    """Whether a time says which half of the day it is in: `am`, `pm`."""
    return re.search(r"\d\s*[ap]\.?\s?m\b", _plain(text)) is not None


def read_length(text: str) -> float | None:
    """A length of time in minutes, with its units; None when it has none or could mean two.

    >>> read_length("1h 2m 3s"), read_length("1 hr 5 min"), read_length("02:03:30"), read_length("0:35")
    (62.05, 65.0, 123.5, None)
    """
    text = _plain(text)
    clock = LONG.fullmatch(text)
    if clock:
        return int(clock[1]) * 60 + int(clock[2]) + int(clock[3]) / 60
    total, at = 0.0, 0
    while at < len(text):
        part = PART.match(text, at)
        if part is None or part[2] not in MINUTES:
            return None
        total += float(part[1].replace(",", ".")) * MINUTES[part[2]]
        at = part.end()
    return total if text else None


def without_year(text: str) -> Written | None:
    """What a text can mean as a date without its year; None when it is none.

    >>> without_year("12-Jan").month_first == without_year("January 12").day_first == dt.date(2000, 1, 12)
    True
    >>> [str(day) for day in sorted(without_year("12.01.").readings)], without_year("12 apples")
    (['2000-01-12', '2000-12-01'], None)
    """
    text = WEEKDAY.sub("", _plain(text))
    first = second = None
    if found := next(filter(None, (pattern.fullmatch(text) for pattern in NAMED_SHORT)), None):
        first = second = _day(2000, MONTHS.index(found["month"][:3]) + 1, int(found["day"]))
    elif found := NUMBERS_SHORT.fullmatch(text):
        first = _day(2000, int(found[3]), int(found[1]))
        second = _day(2000, int(found[1]), int(found[3]))
    return Written(first, second, no_year=True) if first or second else None


def month_of(text: str) -> tuple[int, int | None] | None:
    """(month, year or None) of a text that names a month and nothing else.

    >>> month_of("January"), month_of("Feb. 2026"), month_of("Meetings")
    ((1, None), (2, 2026), None)
    """
    found = re.fullmatch(rf"{MONTH}(?:[\s,'-]+(?P<year>\d{{4}}))?", _plain(text))
    if found is None:
        return None
    return MONTHS.index(found["month"][:3]) + 1, int(found["year"]) if found["year"] else None


def _plain(text: str) -> str:
    return " ".join(text.translate(SPACES).casefold().split())


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _year(digits: str) -> int:
    if len(digits) == 4:
        return int(digits)
    return int(digits) + (2000 if int(digits) <= LAST_SHORT_YEAR else 1900)


def _date(text: str) -> Written | None:
    """A date and nothing else."""
    text = WEEKDAY.sub("", text)
    short = False
    first = second = None
    if found := YEAR_FIRST.fullmatch(text) or DIGITS.fullmatch(text):
        first = second = _day(int(found["year"]), int(found["month"]), int(found["day"]))
    elif found := NUMBERS.fullmatch(text):
        one, two, year = int(found[1]), int(found[3]), _year(found[4])
        first, second, short = _day(year, two, one), _day(year, one, two), len(found[4]) == 2
    elif found := next(filter(None, (pattern.fullmatch(text) for pattern in NAMED)), None):
        month = MONTHS.index(found["month"][:3]) + 1
        first = second = _day(_year(found["year"]), month, int(found["day"]))
        short = len(found["year"]) == 2
    return Written(first, second, short) if first or second else None


def _time(text: str) -> dt.time | None:
    """A time of day and nothing else."""
    if found := HALF_DAYS.fullmatch(text):
        hour = int(found[1])
        if not 1 <= hour <= 12:
            return None
        return _clock(hour % 12 + (12 if found[4] == "p" else 0), int(found[2] or 0), int(found[3] or 0))
    fraction = FRACTION.fullmatch(text)
    of_day = _of_day(f"0.{fraction[1]}") if fraction else None
    if fraction and len(fraction[1]) < 3 and float(text) * 1440 % 1:
        of_day = None
    found = WHOLE_DAYS.fullmatch(text)
    if found is None:
        return of_day
    time = _clock(int(found[1] or found[4] or found[5]), int(found[2] or found[6] or 0), int(found[3] or 0))
    # 0.25 is a quarter of a day or 25 minutes past midnight.
    return time if of_day is None else of_day if time is None else None


def _clock(hour: int, minute: int, second: int) -> dt.time | None:
    try:
        return dt.time(hour, minute, second)
    except ValueError:
        return None


def _of_day(fraction: str) -> dt.time | None:
    """The time of day that is a fraction of a day: to the second, or to the minute where few digits are given."""
    digits = len(fraction.partition(".")[2])
    seconds = round(float(fraction) * 86400) if digits > 4 else round(float(fraction) * 1440) * 60
    return _clock(seconds // 3600, seconds // 60 % 60, seconds % 60)
