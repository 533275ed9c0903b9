"""Calendar arithmetic for expressions of time: days, months, seasons, spans.

Values are ISO 8601, or EDTF (the Library of Congress's extension of it, datatype ``edtf:EDTF``)
where XML Schema has no type: intervals ``2019-07-29/2019-08-04``, decades ``198X``, centuries
``14XX``, seasons ``2025-22`` and quarters ``2025-34``.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Literal as OneOf

Date = datetime.date
Direction = OneOf[-1, 0, 1]
#: (value, datatype)
Value = tuple[str, str]
_SMALLER = {"Y": (12, "M"), "M": (30, "D"), "W": (7, "D"), "D": (24, "TH")}
_SMALLER_OF_CLOCK = {"H": (60, "M"), "M": (60, "S")}


def parse(iso: str | None) -> Date | None:
    """The date of an ISO string (a time after it is ignored), None if there is none."""
    if not iso:
        return None
    try:
        return Date.fromisoformat(iso[:10])
    except ValueError:
        return None


def day_value(day: Date) -> Value:
    """A day as ``xsd:date``."""
    return day.isoformat(), "xsd:date"


def interval(first: str, last: str) -> Value:
    """An interval in EDTF."""
    return f"{first}/{last}", "edtf:EDTF"


def shift_days(day: Date, days: int) -> Date | None:
    """The day so many days later; None outside the calendar."""
    try:
        return day + datetime.timedelta(days=days)
    except OverflowError:
        return None


def shift_months(day: Date, months: int) -> tuple[int, int] | None:
    """Year and month so many months later; None outside the calendar."""
    at = day.year * 12 + day.month - 1 + months
    year, month = divmod(at, 12)
    return (year, month + 1) if 1 <= year <= 9999 else None


def month_value(year: int | None, month: int) -> Value:
    """A month: ``xsd:gYearMonth``, or ``xsd:gMonth`` without a year."""
    if year is None:
        return f"--{month:02d}", "xsd:gMonth"
    return f"{year:04d}-{month:02d}", "xsd:gYearMonth"


def year_value(year: int) -> Value:
    """A year as ``xsd:gYear``."""
    return f"{year:04d}", "xsd:gYear"


def full_day(year: int | None, month: int, day: int) -> Value | None:
    """A day of a month: ``xsd:date``, or ``xsd:gMonthDay`` without a year; None if there is none
    (31 April)."""
    try:
        found = Date(year if year is not None else 2024, month, day)
    except ValueError:
        return None
    return day_value(found) if year is not None else (f"--{month:02d}-{day:02d}", "xsd:gMonthDay")


def weekday_date(base: Date, weekday: int, direction: Direction, *, strict: bool = False) -> Date:
    """The nearest day of that name before (-1) or after (1) the base; 0 is before.

    The base itself counts when looking back, unless ``strict``.
    """
    back = (base.weekday() - weekday) % 7
    if direction > 0:
        ahead = (weekday - base.weekday()) % 7 or 7
        return base + datetime.timedelta(days=ahead)
    if back == 0 and strict:
        back = 7
    return base - datetime.timedelta(days=back)


def month_year(base: Date, month: int, direction: Direction, day: int | None = None) -> int:
    """The year of a month (or day) named without one: the last, the next, or the nearest."""
    here = (month, day) if day else (month, base.day)
    now = (base.month, base.day)
    if direction < 0:
        return base.year if here <= now else base.year - 1
    if direction > 0:
        return base.year if here >= now else base.year + 1
    return min(
        (base.year, base.year - 1, base.year + 1),
        key=lambda y: abs((y - base.year) * 365 + (month - base.month) * 30 + (day or 15) - 15),
    )


def likely_year(base: Date, month: int, day: int, toward: Direction) -> int:
    """The year of a day that its clause only hints at: the nearest such day, or the nearest one
    ``toward`` where that is at most three times as far off."""
    nearest = month_year(base, month, 0, day)
    hinted = month_year(base, month, toward, day) if toward else nearest

    def off(year: int) -> int:
        return abs((year - base.year) * 365 + (month - base.month) * 30 + day - base.day)

    return hinted if off(hinted) <= 3 * off(nearest) else nearest


def years_with(base: Date, month: int, day: int, weekday: int) -> tuple[int, ...]:
    """The years about the base in which the day falls on this weekday, the nearest first."""
    found: list[tuple[int, int]] = []
    for year in (base.year - 1, base.year, base.year + 1):
        at = full_day(year, month, day)
        if at is not None and Date.fromisoformat(at[0]).weekday() == weekday:
            found.append((abs((Date.fromisoformat(at[0]) - base).days), year))
    return tuple(year for _, year in sorted(found))


def nearer(base: Date, weekday: int) -> Direction:
    """Whether the nearest day of that name is before the base or after it."""
    return -1 if (base.weekday() - weekday) % 7 <= 3 else 1


def american_offset(day: Date | None, hours: int) -> str:
    """The offset of a zone of the United States that is so many hours behind UTC in winter: summer
    time is from the second Sunday of March to the first of November. Empty without a day."""
    if day is None:
        return ""
    first = Date(day.year, 3, 14)
    last = Date(day.year, 11, 7)
    starts = first - datetime.timedelta(days=(first.weekday() + 1) % 7)
    ends = last - datetime.timedelta(days=(last.weekday() + 1) % 7)
    return f"-{hours - (starts <= day < ends):02d}:00"


def week_of(day: Date) -> tuple[Date, Date]:
    """Monday and Sunday of the day's week."""
    monday = day - datetime.timedelta(days=day.weekday())
    return monday, monday + datetime.timedelta(days=6)


def weekend_of(base: Date, direction: Direction) -> tuple[Date, Date]:
    """Saturday and Sunday: of the last weekend, this week's (0), or the next one."""
    saturday = week_of(base)[0] + datetime.timedelta(days=5)
    if direction < 0 and saturday >= base:
        saturday -= datetime.timedelta(days=7)
    if direction > 0 and saturday < base:
        saturday += datetime.timedelta(days=7)
    return saturday, saturday + datetime.timedelta(days=1)


def duration(count: str, unit: str) -> str:
    """An ISO 8601 duration: ``("3", "Y")`` gives ``P3Y``; a unit may carry a factor (``10Y``). Only
    seconds have decimals there: ``("2.5", "Y")`` gives ``P2Y6M``."""
    if unit == "MS":
        return f"PT{Decimal(count) / 1000:f}S"
    amount = Decimal(count) * int(unit[:-1] or 1)
    return "P" + _whole(amount, unit[-1:], _SMALLER)


def clock_duration(count: str, unit: str) -> str:
    """The same for hours, minutes and seconds: ``PT20S``."""
    if unit in ("MS", "S"):
        return duration(count, unit) if unit == "MS" else f"PT{count}S"
    return "PT" + _whole(Decimal(count), unit, _SMALLER_OF_CLOCK)


def _whole(amount: Decimal, unit: str, smaller: Mapping[str, tuple[int, str]]) -> str:
    """The amount in whole units, what is left in smaller ones."""
    whole = int(amount)
    rest = amount - whole
    told = f"{whole}{unit}" if whole or not rest else ""
    if not rest or unit not in smaller:
        return told or f"0{unit}"
    times, below = smaller[unit]
    if below.startswith("T"):
        return told + "T" + _whole(round(rest * times, 6), below[1:], _SMALLER_OF_CLOCK)
    return told + _whole(round(rest * times, 6), below, smaller)


def ago(base: Date, count: float, unit: str) -> Value | None:
    """The day, month or year so long before the base, as exact as the unit."""
    factor = int(unit[:-1] or 1)
    unit = unit[-1]
    amount = count * factor
    if amount > 20000:
        return None
    if unit in "DW":
        day = shift_days(base, -round(amount * (7 if unit == "W" else 1)))
        return day_value(day) if day else None
    if unit == "M" or amount != int(amount):
        found = shift_months(base, -round(amount * (1 if unit == "M" else 12)))
        return month_value(*found) if found else None
    year = base.year - int(amount)
    return year_value(year) if year >= 1 else None
