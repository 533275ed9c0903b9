"""The text of a mail or a newsletter without links, quoted mails, signature and foot. The rules of
`letters.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from kg.read.unwrap import join_long

#: A link as plain text has it, in brackets, perhaps wrapped.
_LINK: Final = re.compile(
    r"\s*(?:\(\s*https?://[^\s()]+\s*\)|<\s*https?://[^\s<>]+\s*>|\[\s*https?://[^\s\[\]]+\s*\])"
)
_BARE: Final = re.compile(r"(?<=[:\s])\s*https?://\S+$", re.MULTILINE)
_MARKS: Final = re.compile(r"^(?:\*{2,3}|#{1,4})\s+(.+?)\s*\**$")
_QUOTE: Final = re.compile(r"\s*(?:>\s?)+")


@dataclass(frozen=True, slots=True)
class _Rules:
    quoted: re.Pattern[str]
    signed: re.Pattern[str]
    signed_lines: int
    foot: re.Pattern[str]
    line: re.Pattern[str]
    tail: re.Pattern[str]


@cache
def _rules() -> _Rules:
    data = tomllib.loads(Path(__file__).with_name("letters.toml").read_text(encoding="utf-8"))

    def any_of(name: str) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{pattern})" for pattern in data[name]), re.IGNORECASE)

    return _Rules(
        quoted=any_of("quoted"),
        signed=any_of("signed"),
        signed_lines=data["signed_lines"],
        foot=any_of("foot"),
        line=any_of("lines"),
        tail=re.compile(
            rf"(?<=[.!?”\"])\s+(?:{'|'.join(data['tails'])})\W*$", re.IGNORECASE | re.MULTILINE
        ),
    )


def is_newsletter(text: str, *, mail: bool = False) -> bool:
    """Whether a plain text is a newsletter: links in brackets or on lines, and a foot. Of a mail
    the foot is enough."""
    given = _rules()
    links = len(_LINK.findall(text)) + len(_BARE.findall(text))
    feet = sum(given.foot.match(line.strip()) is not None for line in text.split("\n"))
    return feet >= (1 if mail or links >= 2 else 2)


def letter(text: str, *, mail: bool) -> str:
    """The text that was written for the reader. With ``mail``, a signature and quoted mails go too.

    Line ends stay where they are: wrapped lines are joined later, with all other text.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if mail:
        text = _without_others(text)
    text = _BARE.sub("", _LINK.sub("", text))
    text = re.sub(r"[ \t]+([.,;:!?])(?=\s|$)", r"\1", text)
    lines = kept([line.strip() for line in text.split("\n")])
    return _rules().tail.sub("", "\n".join(join_long(lines)))


def kept(lines: Sequence[str]) -> list[str]:
    """The lines; empty ones in place of those that are no text, none from the foot on."""
    given = _rules()
    made: list[str] = []
    written = sum(map(len, lines))
    seen = 0
    for line in lines:
        seen += len(line)
        if 2 * seen > written and given.foot.fullmatch(line):
            break
        if marked := _MARKS.match(line):
            made += ["", marked[1], ""]
        else:
            made.append("" if given.line.fullmatch(line) or given.foot.fullmatch(line) else line)
    return made


def _without_others(text: str) -> str:
    """The mail without what it quotes, and without its signature."""
    given = _rules()
    lines: list[str] = []
    every = [line.strip() for line in text.split("\n")]
    for line, after in zip(every, [*every[1:], ""], strict=True):
        if any(lines) and given.quoted.match(f"{line}\n{after}"):
            break
        if not _QUOTE.match(line):
            lines.append(line)
    while lines and not lines[-1]:
        lines.pop()
    return "\n".join(lines[: unsigned(lines)])


def unsigned(lines: Sequence[str]) -> int:
    """How many lines stand before the signature of a mail."""
    given = _rules()
    for place in range(max(1, len(lines) - given.signed_lines), len(lines)):
        if given.signed.fullmatch(lines[place]):
            return place
    return len(lines)
