"""Dates as pages write them, to ISO 8601. Numeric dates that two countries read differently
(``03/04/2025``) are left alone: no date is better than a wrong one."""

from __future__ import annotations

import datetime
import re
from typing import Final

_MONTHS: Final = {
    name[:3]: number
    for number, name in enumerate(
        [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ],
        1,
    )
}
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
#: A date that carries its year, in words or in ISO form.
DATE: Final = re.compile(
    r"\b(?:"
    r"(?P<year>\d{4})[-./](?P<m>\d{1,2})[-./](?P<d>\d{1,2})(?!\d)"
    rf"|{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year2>\d{{4}})"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+{_MONTH.replace('month', 'month2')}"
    r",?[\s-]+(?P<year3>\d{4})"
    r")",
    re.IGNORECASE,
)


def iso_date(text: str) -> str | None:
    """The first full date in ``text`` as ``YYYY-MM-DD``, or None.

    >>> iso_date("Published: Wed, 6 August 2025 10:15 GMT")
    '2025-08-06'
    """
    for found in DATE.finditer(text):
        part = found.groupdict()
        year = part["year"] or part["year2"] or part["year3"]
        day = part["d"] or part["day"] or part["day2"]
        word = part["month"] or part["month2"]
        month = int(part["m"]) if part["m"] else _MONTHS[word[:3].lower()]
        try:
            return datetime.date(int(year), month, int(day)).isoformat()
        except ValueError:
            continue
    return None
