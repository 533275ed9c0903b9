"""What turns are made of: who speaks, the words of each, and an article's blocks as they are read.

`kg.extract.speech.turns` finds marks in a `Page`, `kg.extract.speech.alternating` turns without
them. What follows for a block of words is asked here: does somebody ask, close, speak of themselves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from functools import cache, cached_property
from typing import Any, Final

from kg.extract.words.load import word_lists
from kg.model import Article, Block

#: The speaker of an answer that names nobody.
INTERVIEWEE: Final = "interviewee"
#: The same where several answer and nothing tells whose words are whose.
INTERVIEWEES: Final = "interviewees"
QUOTED: Final = re.compile(r"[\"“][^\"“”\n]*[\"”]")
SELF: Final = re.compile(
    r"\b(?:I|I['’](?:m|ve|d|ll)|[Mm]e|[Mm]y|[Mm]yself|[Ww]e|[Ww]e['’](?:re|ve|d|ll)|us|[Oo]urs?)\b"
)
I_ALONE: Final = re.compile(r"\b(?:I|I['’](?:m|ve|d|ll)|[Mm]y|me)\b")
YOU: Final = re.compile(r"\b(?:you|your|yours)\b", re.IGNORECASE)
#: A stage direction: "[Laughter.]", "(She leaves. Her sister comes in.)".
DIRECTION: Final = re.compile(r"(?:[\[(][^\])\n]{1,60}[\])]\s*)+")
_ENDS_ASKING: Final = re.compile(r"\?[\"”’)\]]*$")
_NAME: Final = r"([^\W\d_a-z][\w'’-]+(?: (?:[^\W\d_a-z][\w.'’-]*|de|van|von|der|den|bin|al))+)"
_LONGEST_CLOSING: Final = 40  # words
_LONGEST_INVITING: Final = 60  # words
_BY_LINE: Final = 80  # characters before a name


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who has a turn. ``name`` is what to call them: as the mark has it, without title and in
    ordinary capitals, or the role ("witness"), or ``interviewee``. ``start``/``end`` are the words
    that stand for them; ``named`` whether these are a name."""

    name: str
    start: int
    end: int
    named: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """A stretch of an article in which one party speaks. ``parts`` are the words, a range for each
    block; ``mark`` the range of the mark before them, where there is one; ``asks`` whether it is
    the party that asks (an interviewer, a reporter), whose words state nothing."""

    speaker: Speaker
    asks: bool
    parts: tuple[tuple[int, int], ...]
    mark: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """The lists of ``en/turns.toml``."""

    askers: frozenset[str]
    answerers: frozenset[str]
    roles: frozenset[str]
    titles: frozenset[str]
    particles: frozenset[str]
    labels: frozenset[str]
    pictures: frozenset[str]
    cues: re.Pattern[str]
    asked_by: re.Pattern[str]
    by_line: re.Pattern[str]
    polite: re.Pattern[str]
    closers: re.Pattern[str]
    notes: re.Pattern[str]
    talking: re.Pattern[str]
    told_us: re.Pattern[str]
    moderates: re.Pattern[str]
    farewells: re.Pattern[str]
    invites: re.Pattern[str]
    replies: re.Pattern[str]
    others: re.Pattern[str]
    several: re.Pattern[str]
    own_name: re.Pattern[str]
    nameless: re.Pattern[str]
    as_told: re.Pattern[str]
    opens_asking: re.Pattern[str]
    in_title: tuple[re.Pattern[str], ...]
    short: dict[str, Any]


@cache
def words() -> Words:
    """The word lists that ship with the package."""
    data = word_lists("turns")
    lists = [field.name for field in fields(Words) if field.type == "frozenset[str]"]
    return Words(
        **{name: frozenset(data[name]) for name in lists},
        cues=re.compile("|".join(data["cues"]), re.IGNORECASE),
        asked_by=re.compile(data["asked_by"], re.IGNORECASE),
        by_line=re.compile(data["by_line"]),
        polite=re.compile(data["polite"], re.IGNORECASE),
        closers=re.compile(data["closers"], re.IGNORECASE),
        notes=re.compile(data["notes"], re.IGNORECASE),
        talking=re.compile(data["talking"], re.IGNORECASE),
        told_us=re.compile(data["told_us"]),
        moderates=re.compile(data["moderates"]),
        farewells=re.compile(data["farewells"], re.IGNORECASE),
        invites=re.compile("|".join(data["invites"]), re.IGNORECASE),
        replies=re.compile(data["replies"], re.IGNORECASE),
        others=re.compile(data["others"], re.IGNORECASE),
        several=re.compile(data["several"]),
        own_name=re.compile(data["own_name"]),
        nameless=re.compile(data["nameless"], re.IGNORECASE),
        as_told=re.compile(data["as_told"], re.IGNORECASE),
        opens_asking=re.compile(data["opens_asking"], re.IGNORECASE),
        in_title=tuple(re.compile(form.replace("NAME", _NAME)) for form in data["in_title"]),
        short=data["short"],
    )


class Page:
    """An article's blocks with their words, and what its labels may stand for."""

    def __init__(self, article: Article) -> None:
        self.text = article.text
        blocks = article.blocks or (Block("paragraph", 0, len(article.text)),)
        self.blocks = tuple(_trimmed(block, article.text) for block in blocks)
        self.title = article.title or ""
        self.publisher = article.publisher or ""

    def words(self, i: int, start: int | None = None) -> str:
        """The words of a block, from ``start`` on."""
        block = self.blocks[i]
        return self.text[block.start if start is None else start : block.end]

    @cached_property
    def capitals(self) -> frozenset[int]:
        """The blocks printed in capitals, where a third of them or more ask and others stand between:
        all are the interviewer's, "THEY SAY YOU LEFT." as much as "WHY DID YOU LEAVE?"."""
        found = {i for i in range(len(self.blocks)) if self._is_in_capitals(i)}
        asking = sum(asks(self.words(i)) for i in found)
        answered = sum(i + 1 not in found for i in found)
        talk = asking >= 2 and 3 * asking >= len(found) and 10 * answered >= 9 * len(found)
        return frozenset(found if talk else ())

    def _is_in_capitals(self, i: int) -> bool:
        text = self.words(i)
        heads = self.blocks[i].kind == "headline" or text == self.title
        return text.isupper() and not heads and (asks(text) or " " in text)

    def is_heading(self, i: int) -> bool:
        """Whether the block is a heading that asks nothing."""
        kind = self.blocks[i].kind
        return kind in ("headline", "subheading") and not asks(self.words(i))


def _trimmed(block: Block, text: str) -> Block:
    """The block without the white space at its ends."""
    words = text[block.start : block.end]
    start = block.end - len(words.lstrip())
    return replace(block, start=start, end=max(start, block.start + len(words.rstrip())))


def asks(text: str) -> bool:
    """Whether the words end with a question."""
    return _ENDS_ASKING.search(text.rstrip()) is not None


def invites(text: str) -> bool:
    """Whether the words ask without a question mark: "Tell us about it.", "How did you find it"."""
    bare = text.rstrip()
    return len(bare.split()) <= _LONGEST_INVITING and words().invites.search(bare) is not None


def leads_talk(text: str, start: int, end: int) -> bool:
    """Whether a by-line or a note says that who is named there asked: "By Ada Venn", "Ada Venn asked the
    questions"."""
    before = text[max(0, start - _BY_LINE) : start]
    return bool(words().by_line.search(before) or words().moderates.match(text, end))


def is_opening(text: str) -> bool:
    """Whether these are the words of somebody who asks: a question, a welcome, thanks."""
    return asks(text) or words().polite.search(text) is not None


def is_closing(text: str) -> bool:
    """Whether these are the narrator's words on the interview itself: a note of any length, or a
    short paragraph that speaks of it."""
    return words().notes.match(text) is not None or _is_on_interview(text)


def _is_on_interview(text: str) -> bool:
    return len(text.split()) <= _LONGEST_CLOSING and words().closers.search(text) is not None


def of_self(text: str) -> bool:
    """Whether somebody speaks of themselves in these words, outside quotation marks."""
    return SELF.search(QUOTED.sub(" ", text)) is not None


def speaks_on(text: str) -> bool:
    """Whether these words after an answer go on with it: somebody speaks of themselves, and is not
    the narrator who tells what "the council *told us*"."""
    return of_self(words().told_us.sub(" ", QUOTED.sub(" ", text)))
