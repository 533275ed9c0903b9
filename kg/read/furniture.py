"""Is this line the page's or the article's? The rules of `furniture.toml`, compiled."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from kg.read.dates import DATE, iso_date

_EDGES: Final = " \t»«>›<|:!…→←↑↓▲▼·•*#~_-–—\"'"
_PARTS: Final = re.compile(r"\s*[|·•›»>/]\s*|\s{2,}")
_PLACE_DATE: Final = re.compile(
    rf"[A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*){{0,2}}, (?:(?i:{DATE.pattern}))\.?"
)
#: Between two sentences.
_SENTENCE: Final = re.compile(r"(?<=[.!?]) (?=[A-Z])")
_LONGEST_PARAGRAPH: Final = 20_000
TERMINAL: Final = re.compile(r"[.!?…]['\"”’»)\]]*$")


@dataclass(frozen=True, slots=True)
class Found:
    """What a line of page furniture tells of the article. All None: it tells nothing."""

    date: str | None = None
    updated: bool = False
    publisher: str | None = None
    authors: tuple[str, ...] = ()


NOTHING: Final = Found()


@dataclass(frozen=True, slots=True)
class Rules:
    """`furniture.toml`, compiled."""

    longest: int
    phrases: frozenset[str]
    line: re.Pattern[str]
    tail: re.Pattern[str]
    keypoint_headings: frozenset[str]
    menu: frozenset[str]
    copyright: re.Pattern[str]
    publisher: re.Pattern[str]
    not_publisher: re.Pattern[str]
    credit: re.Pattern[str]
    credit_tail: re.Pattern[str]
    caption_prefix: re.Pattern[str]
    bylines: tuple[re.Pattern[str], ...]
    name: re.Pattern[str]
    role: re.Pattern[str]
    dateline: re.Pattern[str]
    date_label: re.Pattern[str]
    date_updated: re.Pattern[str]
    date_noise: re.Pattern[str]
    date_labelled: re.Pattern[str]
    date_half: re.Pattern[str]


def _ignoring_case(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


@cache
def rules() -> Rules:
    """The compiled rules."""
    data: dict[str, Any] = tomllib.loads(
        Path(__file__).with_name("furniture.toml").read_text(encoding="utf-8")
    )
    credit, line = data["credit"], data["dateline"]
    agencies = "|".join(map(re.escape, line["agencies"]))
    dash = r"\s*(?:—|–|―|--|-)\s+"
    day = rf"(?:{line['month']} \d{{1,2}}|\d{{1,2}} {line['month']})"
    date = (
        r"(?:,? (?P<date{0}>" + day.replace("{", "{{").replace("}", "}}") + r"(?:,? \d{{4}})?),?)"
    )
    return Rules(
        longest=data["longest"],
        phrases=frozenset(data["phrases"]),
        line=_ignoring_case("|".join(f"(?:{pattern})" for pattern in data["patterns"])),
        tail=_ignoring_case(rf"(?<=[.!?…\"”’)])\s+(?:{'|'.join(data['tails'])})$"),
        keypoint_headings=frozenset(data["keypoint_headings"]),
        menu=frozenset(data["menu"]),
        copyright=_ignoring_case(data["copyright"]["line"]),
        publisher=_ignoring_case(data["copyright"]["publisher"]),
        not_publisher=_ignoring_case(data["copyright"]["not_publisher"]),
        credit=_ignoring_case(credit["line"]),
        credit_tail=_ignoring_case(rf"(?:(?<=[.!?\"”’])\s+|\s*(?=[(\[|]))(?:{credit['line']})$"),
        caption_prefix=_ignoring_case(credit["caption_prefix"]),
        bylines=tuple(
            re.compile(pattern.format(name=data["byline"]["name"], place=data["byline"]["place"]))
            for pattern in data["byline"]["lines"]
        ),
        name=re.compile(data["byline"]["name"]),
        role=_ignoring_case(data["byline"]["role"]),
        dateline=re.compile(
            rf"(?:{line['place']}{date.format(1)}?\s*\((?P<agency1>{agencies})\){dash}"
            rf"|{line['place_mixed']}{date.format(2)}?\s*\((?P<agency2>{agencies})\){dash}"
            rf"|{line['place']}{date.format(3)}\s*(?:\((?P<agency3>[A-Z][\w .&-]{{1,30}})\))?{dash}"
            rf"|{line['place']}{dash}(?![^.!?]{{0,200}} [—–―-]{{1,2}} )"
            rf"|{line['place_mixed']}, (?P<date4>{day},? \d{{4}}){dash}"
            rf"|{line['place']}\s*\((?P<agency5>{line['teller']})\){dash}"
            rf"|\((?P<agency6>(?:{agencies})(?: [A-Z]\w+)?)\){dash}"
            rf"|{line['korean']})"
            r"(?=[\"“‘'A-Z0-9])"
        ),
        date_label=_ignoring_case(data["date"]["labels"]),
        date_updated=_ignoring_case(data["date"]["updated"]),
        date_noise=_ignoring_case(data["date"]["noise"]),
        date_labelled=_ignoring_case(data["date"]["labelled"]),
        date_half=_ignoring_case(data["date"]["half"]),
    )


def key(text: str) -> str:
    """``text`` for comparing lines: lower case, without marks at its ends."""
    return text.strip(_EDGES).casefold()


def is_furniture(line: str) -> bool:
    """Whether the whole line belongs to the page: a button, a prompt, a label, a menu."""
    given = rules()
    if len(line) > given.longest:
        return False
    if key(line) in given.phrases or given.line.fullmatch(line):
        return True
    if len(told := _SENTENCE.split(line)) > 1 and all(map(given.line.fullmatch, told)):
        return True
    parts = [part for part in map(key, _PARTS.split(line)) if part]
    known = sum(part in given.phrases or part in given.menu for part in parts)
    if len(parts) >= 2 and known == len(parts):
        return True
    if len(parts) >= 4 and 2 * known > len(parts) and all(map(is_menu_item, parts)):
        return True
    words = [part for part in map(key, line.split()) if part]
    return len(words) >= 3 and all(word in given.menu for word in words)


def is_menu_item(line: str) -> bool:
    """Whether the line is short enough for a menu: up to three words, no sentence."""
    return len(line) <= 30 and len(line.split()) <= 3 and not TERMINAL.search(line)


def is_section(line: str) -> bool:
    """Whether the line is the name of a section ("World", "Business")."""
    return key(line) in rules().menu or key(line) in rules().phrases


def rights(line: str) -> Found | None:
    """A copyright line and whose it is: "© The Example Daily(www.example.org)"."""
    given = rules()
    if len(line) > given.longest or not given.copyright.fullmatch(line):
        return None
    found = given.publisher.match(line)
    name = found["publisher"].strip(" -–—:") if found else ""
    if not name or given.not_publisher.search(line[: found.end()] if found else ""):
        return NOTHING
    after = line[found.end() :] if found else ""
    if after.startswith("/"):
        return NOTHING
    return Found(publisher=name)


def byline(line: str) -> Found | None:
    """A line that names who wrote the article: "By Ann Roe and John Doe, Example Times"."""
    if len(line) > 200:
        return None
    for pattern in rules().bylines:
        if found := pattern.fullmatch(line):
            rest = line[found.end("authors") :]
            return Found(authors=names_in(found["authors"]), date=iso_date(rest))
    return None


def role_line(name: str, line: str) -> Found | None:
    """Two lines that name the author and what they are: "Ann Roe", "Technology reporter"."""
    if len(name.split()) > 4 or not is_role(line):
        return None
    return Found(authors=(name,)) if rules().name.fullmatch(name) else None


def is_role(line: str) -> bool:
    """Whether the whole line says what an author is: "Technology reporter, Example Times"."""
    return len(line) <= 80 and rules().role.fullmatch(line) is not None


def names_in(text: str) -> tuple[str, ...]:
    """The names of a list of authors, in order: ``"Ann Roe in Rome and John Doe"`` gives two."""
    parts = re.split(r"\s*(?:;|,|\band\b|&)\s*", text)
    cut = [
        re.sub(r"^by\s+|\s+in\s+[A-Z].*$|\s*\(.*\)$", "", part, flags=re.IGNORECASE)
        for part in parts
    ]
    return tuple(dict.fromkeys(part.strip(" .") for part in cut if part.strip(" .")))


def date_line(line: str) -> Found | None:
    """A line that holds a full date and nothing else, but perhaps the place of a press release:
    "Published: Aug 6, 2025 10:15 AM GMT", "Tarnby, 12 June 2025"; behind a label any date or time
    ("Posted Monday, May 5 | Updated: 2 hours ago")."""
    given = rules()
    if len(line) > 120:
        return None
    date = iso_date(line)
    labelled = given.date_labelled.match(line) is not None
    if date is None and not labelled:
        return None
    rest = DATE.sub(" ", line)
    rest = given.date_noise.sub(" ", rest)
    rest = given.date_label.sub(" ", rest)
    if labelled:
        rest = given.date_half.sub(" ", rest)
    if re.search(r"\w", rest) and not _PLACE_DATE.fullmatch(line):
        return None
    return Found(date=date, updated=given.date_updated.match(line) is not None)


def cut_dateline(line: str) -> tuple[str, Found] | None:
    """``(the sentence, what the dateline tells)`` of "LONDON, Aug 6 (Reuters) — Netflix said"."""
    found = rules().dateline.match(line) if len(line) <= _LONGEST_PARAGRAPH else None
    if found is None:
        return None
    part = found.groupdict()
    date = part["date1"] or part["date2"] or part["date3"] or part["date4"]
    return line[found.end() :], Found(
        date=iso_date(date) if date else None,
        publisher=next((name for key, name in part.items() if key[:6] == "agency" and name), None),
    )


def is_credit(line: str) -> bool:
    """Whether the line is nothing but a picture's credit."""
    return len(line) <= 120 and rules().credit.fullmatch(line) is not None


def caption(line: str) -> str | None:
    """The caption without its credit or label, when the line has one; else None."""
    given = rules()
    if len(line) > 400:
        return None
    if (tail := given.credit_tail.search(line)) and tail.start() > 0:
        return line[: tail.start()].strip()
    found = given.caption_prefix.fullmatch(line)
    return found["caption"].strip() if found else None


def cut_tail(line: str) -> str:
    """The line without a "Read more" after its last sentence."""
    cut = line
    while len(cut) <= _LONGEST_PARAGRAPH and (found := rules().tail.search(cut)):
        cut = cut[: found.start()]
    return cut
