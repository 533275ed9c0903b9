"""The words of an article out of the text of a page: furniture off, blocks marked.

Nothing is rewritten: every block is a line of the page (or the lines of one wrapped paragraph),
perhaps without a dateline before it or a picture credit after it. Sentences are never cut.
Cleaning what is clean changes nothing.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final
from typing import Literal as OneOf

from kg.model import Block, BlockKind
from kg.read import furniture
from kg.read.characters import normalise
from kg.read.emphasis import without_emphasis
from kg.read.furniture import TERMINAL, Found
from kg.read.language import is_latin
from kg.read.unwrap import unwrap

log = logging.getLogger("kg.read")

#: What the markup says a line is; None where there is no markup.
Hint = OneOf["headline", "subheading", "bullet", "paragraph", "caption"]
SEPARATOR: Final = "\n\n"
_BULLET: Final = re.compile(r"(?:[-*•‣▪●◦·○■]\s+)*(?:[-*•‣▪●◦·○■](?:\s+|$)|[•‣▪●◦■▲△▶►◆◇※])")
#: "2. What was seen" is a chapter of a text that is called otherwise.
_CHAPTER: Final = re.compile(r"\d{1,2}(?:\.\d{1,2})*[.)] ")
_WORD: Final = re.compile(r"[^\W_]")
_STARTS_BLOCK: Final = re.compile(r"[\"“‘'(\[¿¡]*[^\W_a-zß-öø-ÿ]")
_PASSES: Final = 100  # what went may bare what now goes; two or three do, but for hostile pages
_BODY_WORDS: Final = 8  # from here on a line with a full stop is taken for a paragraph


@dataclass(slots=True)
class Line:
    """A line of a page, with what the markup said of it; ``bold`` are the words in bold that it
    begins with, ``language`` what the page says it is written in."""

    text: str
    hint: Hint | None = None
    kind: BlockKind | None = None
    bold: str = ""
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The cleaned text, its blocks, and what the page told of the article."""

    text: str
    blocks: tuple[Block, ...]
    title: str | None = None
    date: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()


@dataclass(slots=True)
class _Told:
    """What furniture told so far; the first to tell it wins, a publication before an update."""

    date: str | None = None
    updated: str | None = None
    publisher: str | None = None
    agency: str | None = None
    authors: list[str] = field(default_factory=list)

    def take(self, found: Found, *, dateline: bool = False) -> None:
        if found.updated:
            self.updated = self.updated or found.date
        else:
            self.date = self.date or found.date
        if dateline:
            self.agency = self.agency or found.publisher
        else:
            self.publisher = self.publisher or found.publisher
        self.authors += [name for name in found.authors if name not in self.authors]


def clean(text: str, *, title: str | None = None) -> Cleaned:
    """The article in ``text``: plain text of a page, wrapped or not.

    ``title`` is the headline when it is known from elsewhere; else the first line that looks like
    one is taken. The text returned is the blocks, one line each, joined by a blank line.
    """
    lines = unwrap([line.strip() for line in normalise(text).split("\n")])
    return clean_lines([_of_plain_text(line) for line in lines], title=title)


def _of_plain_text(line: str) -> Line:
    text, bold = without_emphasis(line)
    return Line(text, bold=bold)


def clean_lines(lines: Iterable[Line], *, title: str | None = None) -> Cleaned:
    """As `clean`, for lines that markup has told apart (one paragraph, heading or item each)."""
    told = _Told()
    title = " ".join(normalise(title).split()) or None if title else None
    page = [
        replace(line, text=_plain(line.text), bold=_plain(line.bold) if line.bold else "")
        for line in lines
    ]
    headline = title
    for _ in range(_PASSES):
        before = [line.text for line in page]
        page = _without_bullets(page)
        page = _without_furniture(page, told)
        page = _without_menus(page)
        headline = title or _headline(page)
        page = _without_repeats(page, headline)
        if [line.text for line in page] == before:
            break
    _mark(page, headline)
    blocks, position = [], 0
    for line in page:
        bold = len(line.bold) if line.text.startswith(line.bold) else 0
        end = position + len(line.text)
        blocks.append(Block(line.kind or "paragraph", position, end, bold, line.language))
        position += len(line.text) + len(SEPARATOR)
    return Cleaned(
        SEPARATOR.join(line.text for line in page),
        tuple(blocks),
        headline,
        told.date or told.updated,
        told.publisher or told.agency,
        tuple(told.authors),
    )


def _plain(text: str) -> str:
    return " ".join(normalise(text).split())


def is_sentence(text: str) -> bool:
    """Whether a line ends as a sentence does."""
    return TERMINAL.search(text) is not None


def _is_body(line: Line) -> bool:
    return is_sentence(line.text) and len(line.text.split()) >= _BODY_WORDS


def _without_bullets(page: Sequence[Line]) -> list[Line]:
    kept = []
    for line in page:
        text = line.text
        if line.kind != "table" and (found := _BULLET.match(text)):
            text, line.hint = text[found.end() :].strip(), line.hint or "bullet"
        if _WORD.search(text):
            line.text = text
            kept.append(line)
    return kept


def _without_furniture(page: Sequence[Line], told: _Told) -> list[Line]:
    body = [index for index, line in enumerate(page) if _is_body(line)]
    top = body[1] if len(body) > 1 else len(page)
    end = body[-1] if body else 0
    foreign = sum(len(line.text) for line in page if not is_latin(line.text))
    latin = 2 * foreign < sum(len(line.text) for line in page)
    kept: list[Line] = []
    for index, line in enumerate(page):
        text = line.text
        if line.kind == "table":
            kept.append(line)
            continue
        if latin and not is_latin(text):
            log.debug("left out a line in another script: %.60s", text)
            continue
        if furniture.is_furniture(text) or furniture.is_credit(text):
            continue
        at_edge = index <= top or index >= end
        found = furniture.rights(text)
        if found is None and at_edge:
            found = furniture.byline(text) or furniture.date_line(text)
        if found is None and at_edge:
            found = _role(text, kept, told)
        if found is not None:
            told.take(found)
            continue
        while index <= top and (cut := furniture.cut_dateline(line.text)):
            if _is_repeated(line.text.removesuffix(cut[0]), page):
                break
            line.text = cut[0]
            told.take(cut[1], dateline=True)
        line.text = furniture.cut_tail(line.text)
        if (caption := furniture.caption(line.text)) and _WORD.search(caption):
            line.text, line.kind = caption, "caption"
        kept.append(line)
    return kept


def _role(text: str, kept: list[Line], told: _Told) -> Found | None:
    """What a line tells that says what the author is; the name before it goes."""
    found = furniture.role_line(kept[-1].text, text) if kept else None
    if found is not None:
        kept.pop()
    elif told.authors and furniture.is_role(text):  # "By Ann Roe", "Staff Writer, Emsby Gazette"
        return furniture.NOTHING
    return found


def _is_repeated(opening: str, page: Sequence[Line]) -> bool:
    """Whether several lines open so: "MB –" tells who speaks, and not where the article was written."""
    return sum(line.text.startswith(opening) for line in page) > 1


def _without_menus(page: Sequence[Line]) -> list[Line]:
    """Without runs of three or more short lines, many of which are names of sections."""
    kept: list[Line] = []
    run: list[Line] = []
    for line in [*page, None]:
        if line is not None and line.kind != "table" and furniture.is_menu_item(line.text):
            run.append(line)
            continue
        sections = sum(furniture.is_section(item.text) for item in run)
        if not (len(run) >= 3 and sections >= 2 and 5 * sections >= 2 * len(run)):
            kept += run
        run = []
        if line is not None:
            kept.append(line)
    return kept


def _headline(page: Sequence[Line]) -> str | None:
    """The first line that looks like a headline, among those before the first paragraph."""
    lines: list[str] = []
    for line in page[:-1]:
        if line.kind == "table" or not _looks_like_headline(line.text, first=not lines):
            break
        lines.append(line.text)
    long = [line for line in lines if len(line.split()) >= 4]
    return next(iter(long or [line for line in lines if len(line.split()) >= 2]), None)


def _looks_like_headline(text: str, *, first: bool) -> bool:
    if len(text) > 200 or not _STARTS_BLOCK.match(text) or text.endswith((",", ":", ";")):
        return False
    if _CHAPTER.match(text):
        return False
    if not is_sentence(text):
        return True
    return (
        first
        and len(text) <= 150
        and re.search(r"[.!?…] ", text[:-1]) is None
        and (text.endswith(("?", "!")))
    )


def _without_repeats(page: Sequence[Line], headline: str | None) -> list[Line]:
    """Without a line that stands there a second time, and without the headline before a caption:
    "Court Backs Strikers in Port Dispute The port of Emsby" is the caption "The port of Emsby"."""
    heading = furniture.key(headline) if headline else ""
    words = len(heading.split())
    starts = [line for line in page if headline and _is_prefixed(line.text, headline)]
    seen: set[str] = set()
    kept = []
    for line in page:
        if headline and line in starts and (words >= 5 or (words >= 3 and len(starts) > 1)):
            line.text, line.kind = line.text[len(headline) :].strip(), "caption"
        name = furniture.key(line.text)
        if line.kind == "table":
            kept.append(line)
            continue
        if name in seen and (len(name.split()) >= 4 or name == heading):
            continue
        seen.add(name)
        kept.append(line)
    return kept


def _is_prefixed(text: str, headline: str) -> bool:
    rest = text[len(headline) :]
    return (
        text.startswith(headline)
        and rest[:1] == " "
        and len(rest) <= 300
        and _STARTS_BLOCK.match(rest[1:]) is not None
    )


def _mark(page: Sequence[Line], headline: str | None) -> None:
    """Give every line its kind."""
    heading = furniture.key(headline) if headline else None
    listing = True  # bullets before the first paragraph, or under "Key points"
    for line in page:
        text = line.text
        if line.kind is not None:
            continue
        if heading is not None and furniture.key(text) == heading:
            line.kind, heading = "headline", None
        elif furniture.key(text) in furniture.rules().keypoint_headings:
            line.kind, listing = "subheading", True
        elif line.hint == "bullet":
            line.kind = "keypoint" if listing else "paragraph"
        elif line.hint == "caption":
            line.kind = "caption"
        elif line.hint in ("headline", "subheading"):
            line.kind = "subheading"
        elif line.hint == "paragraph" and is_sentence(text):
            line.kind, listing = "paragraph", False
        elif re.match(r"[-–—]", text) and not is_sentence(text):
            line.kind = "caption"  # "— Ann Roe, on the strike": whose a pull quote is
        elif _is_heading(text):
            line.kind = "subheading"
        else:
            line.kind = "paragraph"
            listing = listing and len(text.split()) < 25 and line is not page[-1]


def _is_heading(text: str) -> bool:
    if len(text) > 120 or len(text.split()) > 15 or text.endswith((":", ",", ";", "-", "—")):
        return False
    if text[0] in "\"“‘'" and text[-1] in "\"”’'":
        return False
    return not is_sentence(text) and _STARTS_BLOCK.match(text) is not None
