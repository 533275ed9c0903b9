"""When a statement holds: days that a written time covers, and whether two times can be the same."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

#: First and last day.
Days = tuple[date, date]
_DATE: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:T.*)?")
#: News of a day tells of the days before it, so far back.
_BEFORE: Final = timedelta(days=3)


def days(value: str | None) -> Days | None:
    """The days of a date, month, year or interval; None for any other time, such as a season.

    >>> days("2025-02")
    (datetime.date(2025, 2, 1), datetime.date(2025, 2, 28))
    """
    if not value:
        return None
    if "/" in value:
        first, last = (days(part) for part in value.split("/", 1))
        return (first[0], last[1]) if first and last else None
    found = _DATE.fullmatch(value)
    if found is None:
        return None
    year, month, day = (int(part) if part else 0 for part in found.groups())
    try:
        if day:
            return (date(year, month, day),) * 2
        if month:
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
        return date(year, 1, 1), date(year, 12, 31)
    except ValueError:  # a 30th of February, a month 24
        return None


def overlap(one: Days, other: Days) -> bool:
    """Whether they have a day in common."""
    return one[0] <= other[1] and other[0] <= one[1]


def spoken_of(told: Iterable[str], published: str | None) -> Days | None:
    """The days that a passage speaks of: those it tells, else those just before it was published."""
    spans = [span for value in told if (span := days(value))]
    if spans:
        return min(span[0] for span in spans), max(span[1] for span in spans)
    out = days(published)
    return (out[0] - _BEFORE, out[1]) if out else None
