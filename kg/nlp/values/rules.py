"""Words cut by shape and class, and rules as regular expressions over those classes.

A text becomes one character a word, each character standing for a set of classes ("2019" is a
number and a year; "second" an ordinal and a unit of time). A rule of ``rules.toml`` is then a
short regular expression over characters, which is quick and blind to how a pipeline cuts words.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from kg.nlp.values.decimals import COMMA, THOUSANDS, Decimals, figure

_LEX: Final = re.compile(
    r"""
      (?P<plain>(?!per\ cent|lakh\s+crore|couple\s+of\b|(?-i:FY)\ ['’]?\d|(?:UTC|GMT)\+\d|o['’]clock)
        [^\W\d_]+(?![\w.$-]))
    | (?P<space>\ (?=\S))
    | (?P<break>\s*\n\s*)
    | (?P<blank>\s+)
    | (?P<isodate>(?<![\d-])\d{4}-\d{2}-\d{2}(?![\d-]))
    | (?P<slashed>(?<![\w./-])(?:\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})|\d{1,2}\.\d{1,2}\.\d{4}|\d{1,2}-\d{1,2}-\d{4}|\d{4}/\d{2}/\d{2})(?![\w/-]|\.\d))
    | (?P<twoyears>(?<![\w./-])(?:19|20)\d{2}/(?:(?:19|20)\d{2}|\d{2})(?![\w/-]|\.\d))
    | (?P<fiscalyear>(?-i:FY)[ ]?['’]?(?:\d{4}|\d{2})(?:[-–/]\d{2,4})?(?!\w))
    | (?P<offset>(?:UTC|GMT)[+−-]\d{1,2}(?::?\d{2})?(?!\w))
    | (?P<longclock>(?<![\d:])\d{1,2}:\d{2}:\d{2}(?:\.\d+)?(?![\d:]))
    | (?P<clock>(?<![\d:])\d{1,2}:\d{2}(?![\d:]))
    | (?P<thousands>"""
    + THOUSANDS
    + r""")
    | (?P<name>\d+/\d[\d/]*|\d+(?:\.\d+){2,}|(?!\d+(?:[ap]m|[kmb]|[bmt]n|km|kg|ft)-\d)\d+[A-Za-z]+-?\d[\w-]*)
    | (?P<decade>['’]?(?:\d{3}0|[2-9]0)s\b)
    | (?P<ord>\d[\d,]*(?:st|nd|rd|th)\b)
    | (?P<resolution>\d{3,4}p\b)
    | (?P<comma>"""
    + COMMA
    + r""")
    | (?P<pair>(?<![\d.,])\d+,\d{1,2}(?![\d,]))
    | (?P<number>\d{1,2}(?:,\d{2})+,\d{3}(?![\d,])|\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d])|\d+(?:\.\d+)?|(?<![\w.])\.\d+)
    | (?P<sign>(?:[A-Z]{1,3})?[$]|[£€¥₩₹₽₺₪₴₦₱₵₫₸₾฿৳]|(?-i:RM|Rs\.?|Tk\.?|Rp|K[Ss]h|U[Ss]h|T[Ss]h|Dhs?|USD|EUR|GBP|CHF|INR|PKR|MYR|SGD|HKD|AUD|CAD|NZD|JPY|CNY|ZAR|NGN|KES|SEK|NOK|DKK|PLN|AED|SAR|QAR|BDT|IDR|THB|PHP)(?=\d)|(?-i:(?:Rs|Tk)\.(?=\ \d)))
    | (?P<oclock>o['’]clock\b)
    | (?P<phrase>lakh\s+crores?\b|couple\s+of\b)
    | (?P<percent>%|per\ cent\b)
    | (?P<edge>(?:mid|early|late|pre|post)(?=-\d))
    | (?P<label>(?<!\d)[^\W\d_]+-?\d[\w-]*)
    | (?P<dotted>(?:[^\W\d_]\.){2,})
    | (?P<meridiem>[ap]\.m\b|[AP]\.M\b)
    | (?P<degree>°\ ?[CF]?)
    | (?P<word>[^\W\d_]+)
    | (?P<other>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)

#: The classes of each shape of a number.
_SHAPES: Final[dict[str, frozenset[str]]] = {
    "break": frozenset(),
    "other": frozenset(),
    "isodate": frozenset({"isodate"}),
    "slashed": frozenset({"slashed"}),
    "twoyears": frozenset({"twoyears"}),
    "fiscalyear": frozenset({"fiscalyear"}),
    "offset": frozenset({"offset"}),
    "clock": frozenset({"clock"}),
    "longclock": frozenset({"longclock"}),
    "decade": frozenset({"decade"}),
    "ord": frozenset({"ord"}),
    "resolution": frozenset({"resolution"}),
    "dom": frozenset({"num", "int", "dom"}),
    "int": frozenset({"num", "int"}),
    "year": frozenset({"num", "four", "year"}),
    "four": frozenset({"num", "four"}),
    "num": frozenset({"num"}),
    "unclear": frozenset({"unclear"}),
    "clockdot": frozenset({"num", "clockdot"}),
}
_AFTER_A_NUMBER: Final = frozenset({"glued", "unit", "meridiem", "time", "magnitude", "percent"})

#: How a number is written, in figures or words.
_MACROS: Final = {
    "DIGITS": "<num>",
    "WORDS": (
        "(?: (?: <small> | <a> (?=[hundred magnitude dozen]) )"
        " (?: <hyphen>? <small> | <hyphen>? [hundred magnitude dozen] (?: <and> (?=<small>) )? )*"
        " )"
    ),
    "NUMBER": (
        "(?: (?: <num> (?: <hyphen>? [magnitude hundred dozen] )? | WORDS )"
        " (?: <and> <a> <part> (?: <magnitude> )? )?"
        " | <part> <a> [magnitude dozen] )"
    ),
}


@dataclass(slots=True)
class Lexeme:
    """A word or mark: its place in the text, itself in lower case, its shape."""

    start: int
    end: int
    text: str
    shape: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the table, compiled. ``value`` names the function that gives the value."""

    label: str
    value: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Table:
    """The compiled table: meanings of words by class, the character of each word, the rules."""

    words: Mapping[str, Mapping[str, Any]]
    chars: Mapping[str, str]
    classes: Mapping[str, frozenset[str]]
    shapes: Mapping[str, str]
    rules: tuple[Rule, ...]
    settings: Mapping[str, Any]


@cache
def table() -> Table:
    """The rules of ``rules.toml``, compiled once."""
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    words: dict[str, dict[str, Any]] = data["words"]
    classes: dict[str, set[str]] = {}
    for name, members in words.items():
        for word in members:
            classes.setdefault(word, set()).add(name)
    signatures: dict[frozenset[str], str] = {}

    def char(signature: frozenset[str]) -> str:
        return signatures.setdefault(signature, chr(0x100 + len(signatures)))

    char(frozenset())
    shapes = {shape: char(signature) for shape, signature in _SHAPES.items()}
    chars = {word: char(frozenset(own)) for word, own in sorted(classes.items())}
    members = {
        name: "".join(c for own, c in signatures.items() if name in own)
        for name in {n for own in signatures for n in own}
    }
    rules = tuple(
        Rule(rule["label"], rule["value"], _compiled(rule["pattern"], members))
        for rule in data["rule"]
    )
    return Table(
        words, chars, {w: frozenset(c) for w, c in classes.items()}, shapes, rules,
        {k: v for k, v in data.items() if k not in ("words", "rule")},
    )  # fmt: skip


def _compiled(pattern: str, members: Mapping[str, str]) -> re.Pattern[str]:
    for _ in range(2):
        for name, body in _MACROS.items():
            pattern = re.sub(rf"<(\w+)={name}>", rf"(?P<\1> {body} )", pattern)
            pattern = re.sub(rf"\b{name}\b", body, pattern)

    def one_of(names: str) -> str:
        found = "".join(members.get(n, "") for n in names.split())
        if not found:
            raise ValueError(f"no such class: {names!r} in {pattern!r}")
        return f"[{found}]"

    pattern = re.sub(r"<(\w+)=\[([\w ]+)\]>", lambda m: f"(?P<{m[1]}>{one_of(m[2])})", pattern)
    pattern = re.sub(r"<(\w+)=(\w+)>", lambda m: f"(?P<{m[1]}>{one_of(m[2])})", pattern)
    pattern = re.sub(r"\[([a-z0-9]+(?: [a-z0-9]+)*)\]", lambda m: one_of(m[1]), pattern)
    pattern = re.sub(r"(?<!P)<([a-z]\w*)>", lambda m: one_of(m[1]), pattern)
    return re.compile(re.sub(r"\s+", "", pattern))


def lexemes(text: str, how: Decimals = "point") -> list[Lexeme]:
    """The words and marks of a text, white space left out; a line break is a mark. ``how`` is how
    the text has its decimals."""
    known = table().classes
    found: list[Lexeme] = []
    for match in _LEX.finditer(text):
        shape = match.lastgroup or "other"
        if shape in ("space", "blank"):
            continue
        word = match.group()
        start, end = match.span()
        if shape in ("number", "comma", "thousands", "pair"):
            clear = shape != "pair" or how in ("comma", "may")
            number = figure(word, how) if clear else None
            word, shape = (word, "unclear") if number is None else (number, _number_shape(number))
        elif shape in ("plain", "word", "label", "dotted", "meridiem", "edge"):
            word = word.lower()
            before = found[-1] if found else None
            glued = before is not None and before.end == start and before.shape in (
                "num", "int", "dom", "year", "four", "clockdot", "clock",
            )  # fmt: skip
            if glued and before is not None and not known.get(word, frozenset()) & _AFTER_A_NUMBER:
                # "5G", "7B": the name of a thing, no number
                found[-1] = Lexeme(before.start, end, before.text + word, "other")
                continue
            shape = "word"
        elif shape in ("oclock", "phrase"):
            word = " ".join(word.lower().replace("’", "'").removesuffix("s").split())
            shape = "word"
        elif shape in ("sign", "percent", "degree"):
            word = "%" if shape == "percent" else word.lower().replace(" ", "")
            shape = "word"
        elif shape == "name":
            shape = "other"
        found.append(Lexeme(start, end, word, shape))
    return found


def _number_shape(word: str) -> str:
    if word.isdigit():
        if len(word) == 4:
            return "year" if "1000" <= word <= "2199" else "four"
        if len(word) <= 2:
            return "dom" if 1 <= int(word) <= 31 else "int"
        return "num"
    return "clockdot" if re.fullmatch(r"\d{1,2}\.[0-5]\d", word) else "num"


def encode(words: list[Lexeme]) -> str:
    """One character a word: its set of classes."""
    known, shapes = table().chars, table().shapes
    other = shapes["other"]
    return "".join(
        known.get(w.text, other) if w.shape in ("word", "other") else shapes[w.shape] for w in words
    )
