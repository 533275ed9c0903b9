"""Whether a text has a point or a comma before decimals: "2.5 million" or "2,5 million"."""

from __future__ import annotations

import re
from typing import Final
from typing import Literal as OneOf

#: ``both`` are in the text, or it ``may`` be either: the outlet is where a comma is usual.
Decimals = OneOf["point", "comma", "both", "may"]

#: What is measured: before it, a number has decimals.
_MEASURE: Final = (
    r"(?=[ -]?(?:%|per\ ?cent\b|pct\b|(?:percentage\ )?points?\b|[mb]illion\b|trillion\b|[mb]n?\b|euros?\b|dollars?\b|pounds\b"
    r"|francs?\b|zloty\b|kron(?:er|or|a|e)\b|[ckm]?m\b|[kc]?m²|[kM]?g\b|[kMGT]Wh?\b|°|metres?\b|meters?\b"
    r"|kilomet(?:re|er)s?\b|miles?\b|tonn?e?s?\b|kilos?\b|kilograms?\b|lit(?:re|er)s?\b|hectares?\b|degrees\b|times\b))"
)
#: A comma before decimals, where nothing else can be meant: "63,4 %", "€2,5 million".
COMMA: Final = rf"(?<![\d.,])\d+,\d{{1,2}}{_MEASURE}|(?<=[€£$])\d+,\d{{1,2}}(?![\d,])"
#: Points between thousands: "3.200.000", "1.250,50".
THOUSANDS: Final = (
    r"(?<![\w.,])\d{1,3}(?:(?:\.\d{3}){2,}(?![\w.,]\d)|(?:\.\d{3})+,\d{1,2}(?!\d))(?![\w])"
)
_COMMAS: Final = re.compile(f"{COMMA}|{THOUSANDS}", re.VERBOSE | re.IGNORECASE)
#: Points before decimals, commas between thousands: "2.5 %", "1,250,000", "1,250.5".
_POINTS: Final = re.compile(
    rf"(?<![\d.,])\d+\.\d{{1,2}}{_MEASURE}|(?<![\w.,])\d{{1,3}}(?:,\d{{3}})+(?:,\d{{3}}|\.\d)",
    re.VERBOSE | re.IGNORECASE,
)
_THREE: Final = re.compile(r"\d{1,3}[.,]\d{3}")


def decimals(text: str, *, usual: bool = False) -> Decimals:
    """How the numbers of a text have their decimals, as those tell that can be read one way.

    ``usual`` is whether a comma is usual where the outlet is. A text without such numbers has points,
    as English has.
    """
    commas, points = _COMMAS.search(text), _POINTS.search(text)
    if commas:
        return "both" if points else "comma"
    return "may" if usual and not points else "point"


def figure(word: str, how: Decimals) -> str | None:
    """The number in figures, with a point before decimals and nothing between thousands; None where
    it can be read two ways (``1.250`` in a text that has both).

    >>> figure("1.250", "comma"), figure("1.250", "point"), figure("1.250", "both")
    ('1250', '1.250', None)
    """
    if _THREE.fullmatch(word):
        between = "." if how == "comma" else ","
        if between not in word and how != "point":
            return None
        return word.replace(between, "")
    if re.search(r"\.\d{3}(?:\.|,)", word) or re.fullmatch(r"\d+,\d{1,2}", word):
        return word.replace(".", "").replace(",", ".")
    return word.replace(",", "")
