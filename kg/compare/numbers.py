"""Numbers that statements give, as two of them can be compared: "at least 14 people" and "20"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kg.model import Literal, Node, StatementArgument

_SMALL: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_WORDS: Final = {
    **{word: n for n, word in enumerate(_SMALL)},
    **{word: 10 * n for n, word in enumerate(_TENS, 2)},
    **{
        f"{ten}-{word}": 10 * n + m
        for n, ten in enumerate(_TENS, 2)
        for m, word in enumerate(_SMALL[1:10], 1)
    },
}
_SCALES: Final = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_BOUND: Final = re.compile(
    r"(?P<low>at least|more than|over|no fewer than|upwards of|minimum of)"
    r"|(?P<high>at most|up to|fewer than|less than|under|no more than)"
    r"|(?P<near>about|around|some|nearly|almost|approximately|roughly|an estimated)",
    re.IGNORECASE,
)
_FIGURE: Final = re.compile(r"[$€£¥]?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?%?$")
#: "About 1,000" and 1,080 are the same.
_NEAR: Final = 0.15
#: Plurals without their s.
_PLURAL: Final = frozenset(
    "people men women children police troops personnel staff dead percent crew cattle sheep fish".split()
)
_END: Final = frozenset("of in at from on by for with to across after during and or".split())


@dataclass(frozen=True, slots=True)
class Number:
    """A number with its unit as a plain noun; ``bound`` is ``low`` for "at least", ``high`` for "up
    to", ``near`` for "about", or ""."""

    value: float
    unit: str
    bound: str
    label: str

    def agrees(self, other: Number) -> bool:
        """Whether both can be right."""
        low, high = sorted((self, other), key=lambda n: (n.value, n.bound))
        if low.value == high.value or low.bound == "low" or high.bound == "high":
            return True
        return "near" in (low.bound, high.bound) and high.value - low.value <= _NEAR * high.value


def number(target: Node | Literal | StatementArgument) -> Number | None:
    """The number that it begins with or is; None where it has none to compare."""
    if isinstance(target, Literal):
        return _read(target.value, target.datatype, target.label, target.unit or "")
    return in_words(target)


def in_words(target: Node | StatementArgument) -> Number | None:
    """The number that words begin with; of an argument, the value that was read from them."""
    if isinstance(target, StatementArgument) and target.value is not None:
        return _read(target.value, target.datatype or "", target.label, "")
    bound, rest = _bound(target.label)
    words = rest.split()
    length = _length(words)
    if length == 0 or length == len(words):
        return None
    unit = _unit(words[length:])
    return Number(_value(words[:length]), unit, bound, target.label) if unit else None


def _read(value: str, datatype: str, label: str, unit: str) -> Number | None:
    if datatype not in ("xsd:integer", "xsd:decimal"):
        return None
    try:
        plain = float(value)
    except ValueError:
        return None
    bound, rest = _bound(label)
    words = rest.split()
    money = "".join(sorted({*rest} & {*"$€£¥%"}))
    return Number(plain, unit or _unit(words[_length(words) :]) or money, bound, label)


def _bound(label: str) -> tuple[str, str]:
    found = _BOUND.match(label)
    return (found.lastgroup or "", label[found.end() :].strip()) if found else ("", label)


def _length(words: list[str]) -> int:
    """How many words the number takes."""
    at = 0
    while at < len(words) and (
        _FIGURE.match(words[at]) or words[at].casefold() in _WORDS or (at and words[at] in _SCALES)
    ):
        at += 1
    return at


def _value(words: list[str]) -> float:
    value = 0.0
    for word in words:
        plain = word.casefold()
        if plain in _SCALES:
            value *= _SCALES[plain]
        elif plain in _WORDS:
            value += _WORDS[plain]
        else:
            value += float(re.sub(r"[^\d.]", "", plain))
    return value


def _unit(words: list[str]) -> str:
    """The noun that is counted: the last word before a preposition, in the singular as it seems."""
    inside = []
    for word in words:
        if word.casefold() in _END:
            break
        inside.append(word.casefold())
    if not inside or inside[-1] in ("more", "other", "others"):
        return ""
    if {"more", "other", "further", "additional", "another"} & {*inside}:
        return ""
    noun = inside[-1]
    if noun not in _PLURAL and not noun.endswith("s"):
        return ""  # "2025 election" counts nothing
    return noun.removesuffix("s")
