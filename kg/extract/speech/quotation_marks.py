"""Where a text opens and closes quotation marks, from its characters alone.

`quoted_spans` reads a text paragraph by paragraph and returns every stretch between marks:
straight ``"``, curly, low-high, guillemets, TeX-like pairs and single quotes. What makes it hard,
and what is done about it:

- an apostrophe looks like a single quote (``workers' rights``, ``'90s``, ``rock 'n' roll``): a
  single quote counts only as a pair whose ends stand against white space or punctuation;
- a straight mark does not say whether it opens or closes: its neighbours do, and where they
  don't, the marks open at that point do;
- a forgotten closing mark would turn everything after it inside out: an opening mark met while the
  same mark is open ends the open one at its last full stop;
- a quotation may go on over a line break: the next line closes what the line before left open;
- a quotation of several paragraphs opens every paragraph and closes only the last: the paragraphs
  before the last are returned with ``continues=True``, also where the breaks between them are lost
  ("'One. 'Two,' he said") and nobody else is told to speak in between.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

#: Opening mark -> the marks that can close it.
_PAIRS: Final = {
    '"': '"”″',
    "“": '”"“',
    "„": "“”",
    "‟": "”",
    "″": '″"',
    "«": "»",
    "``": "''",
    "'": "'’",
    "‘": "’'",
    "‹": "›",
}
_SINGLE: Final = frozenset("'‘")
_MARK: Final = re.compile(
    f"[{re.escape(''.join(sorted({*''.join(_PAIRS), *''.join(_PAIRS.values())})))}’]"
)
_CLOSING: Final = re.compile('["“”„«»]')  # the first such mark, whatever it does
_QUOTE: Final = re.compile("['‘]")
_ELIDED: Final = re.compile(r"(?:\d\ds?|em|til|tis|twas|cause|bout|round|n)\b", re.IGNORECASE)
_BEFORE_OPEN: Final = frozenset(" \t\n\u00a0([{—–-/:*\"“‘'«„")
_SENTENCE_END: Final = re.compile(r"[.!?…][)\]]?(?=\s|$)")
#: A single quote that can only close: the mark that opened was another.
_OTHER_CLOSE: Final = re.compile(r"[,!?.]['’](?=\s)")
_PARAGRAPH: Final = re.compile(r"[^\n]+")
#: Words of the narrator's, after which no quotation goes on.
_TOLD: Final = re.compile(r"\b(?:said|says|told|added|asked|replied|wrote|according)\b")
#: A quotation longer than this in one paragraph is a pair of marks that don't belong together.
_LONGEST: Final = 4000
#: Marks within marks: none that is deeper is read. News has three levels at most.
_DEEPEST: Final = 8


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch between quotation marks. ``start``/``end`` are the content, without the marks;
    ``outer_start``/``outer_end`` include them. ``depth`` is 0 for the outermost. ``closed`` is
    False where the closing mark is missing, ``continues`` where the next paragraph goes on."""

    start: int
    end: int
    outer_start: int
    outer_end: int
    depth: int
    mark: str
    closed: bool = True
    continues: bool = False

    @property
    def single(self) -> bool:
        """Whether the marks are single quotes, in which a word or a title stands more often."""
        return self.mark in _SINGLE


@dataclass(slots=True)
class _Open:
    mark: str
    at: int
    depth: int


def quoted_spans(text: str) -> tuple[Marked, ...]:
    """Every stretch of ``text`` between quotation marks, in text order, outer before inner.

    >>> text = 'He called it "a \\'total\\' success", and left.'
    >>> [(text[m.start:m.end], m.depth) for m in quoted_spans(text)]
    [("a 'total' success", 0), ('total', 1)]
    """
    found: list[Marked] = []
    lines = [(m.start(), m.end()) for m in _PARAGRAPH.finditer(text)]
    at = 0
    while at < len(lines):
        start, end = lines[at]
        at += 1
        spans = list(_paragraph(text, start, end, lines[at][0] if at < len(lines) else None))
        while at < len(lines) and _goes_on(text, spans, end, *lines[at]):
            end = lines[at][1]
            at += 1
            spans = list(_paragraph(text, start, end, lines[at][0] if at < len(lines) else None))
        found.extend(spans)
    return tuple(sorted(found, key=lambda m: (m.outer_start, -m.outer_end)))


def _goes_on(text: str, spans: list[Marked], end: int, start: int, stop: int) -> bool:
    """Whether the next line, right below, closes a mark that the lines before leave open."""
    if start - end > 1 or all(m.closed or m.single or m.depth for m in spans):
        return False
    found = _CLOSING.search(text, start, stop)
    at = found.start() if found is not None else start
    return at > start and not text[at - 1].isspace() and not text[at + 1 : at + 2].isalnum()


def _paragraph(text: str, start: int, end: int, following: int | None) -> Iterator[Marked]:
    singles, open_singles = _single_pairs(text, start, end, following)
    for at, stop in open_singles.items():
        yield Marked(at + 1, stop, at, stop, 0, text[at], False, True)
    stack: list[_Open] = []
    at = start
    while (found := _MARK.search(text, at, end)) is not None:
        at = found.start()
        mark = text[at : at + 2] if text[at : at + 2] in ("``", "''") else text[at]
        width = len(mark)
        if mark in ("'", "’", "‘"):
            if at in singles:
                close = singles[at]
                yield Marked(at + 1, close, at, close + 1, len(stack), mark)
            at += width
            continue
        if stack and mark in _PAIRS[stack[-1].mark] and _closes(text, at, end, stack[-1]):
            opened = stack.pop()
            if at - opened.at <= _LONGEST:
                yield Marked(
                    opened.at + len(opened.mark),
                    at,
                    opened.at,
                    at + width,
                    opened.depth,
                    opened.mark,
                )
        elif mark in _PAIRS and _opens(text, at, width, start):
            if stack and stack[-1].mark == mark:
                opened = stack.pop()
                if text[opened.at : at].rstrip()[-1] == ",":  # "... of it, “she said": set too late
                    begin, stop = opened.at + width, len(text[:at].rstrip())
                    yield Marked(begin, stop, opened.at, at + width, opened.depth, mark)
                    at += width
                    continue
                unclosed = _carried(text, opened, at) or _cut(text, opened, at)
                if unclosed:
                    yield unclosed
            if len(stack) < _DEEPEST:
                stack.append(_Open(mark, at, len(stack)))
        at += width
    yield from _left_open(text, stack, end, following)


def _left_open(text: str, stack: list[_Open], end: int, following: int | None) -> Iterator[Marked]:
    for opened in stack:
        start = opened.at + len(opened.mark)
        if opened.depth == 0 and following is not None and text[following] == opened.mark:
            yield Marked(start, end, opened.at, end, 0, opened.mark, False, True)
            return
        unclosed = _cut(text, opened, end)
        if unclosed:
            yield unclosed


def _carried(text: str, opened: _Open, following: int) -> Marked | None:
    """The content of a mark that nothing closes because the next paragraph, whose mark is at
    ``following``, goes on with it."""
    stop = _carried_end(text, opened.at, following) if opened.depth == 0 else None
    if stop is None:
        return None
    start = opened.at + len(opened.mark)
    return Marked(start, stop, opened.at, stop, 0, opened.mark, False, True)


def _carried_end(text: str, at: int, following: int) -> int | None:
    """Where the words from ``at`` on end, if they are sentences up to the mark that follows and no
    narrator tells in them that somebody speaks."""
    if sign_before(text, at) not in ("", *".!?…:,”\"'’"):
        return None  # 'He said "I am here. Then he left. "Go on," ...'
    stop = len(text[:following].rstrip())
    ended = stop > at + 1 and text[stop - 1] in ".!?…" and stop < following
    return stop if ended and _TOLD.search(text, at, stop) is None else None


def _cut(text: str, opened: _Open, limit: int) -> Marked | None:
    """The content of a mark that nothing closes: up to the last full stop before ``limit``, but
    no more than the first paragraph-sized sentence, because the rest may be the narrator's."""
    start = opened.at + len(opened.mark)
    stop = _SENTENCE_END.search(text, start, limit)
    end = stop.end() if stop else limit
    other = _OTHER_CLOSE.search(text, start, end)
    if other is not None and opened.depth == 0:  # '"It is so,' he said.'
        return Marked(start, other.end() - 1, opened.at, other.end(), 0, opened.mark)
    bracket = text.find(")", start, end)
    if bracket > 0 and "(" not in text[start:bracket] and "(" in text[max(0, start - 40) : start]:
        end = bracket  # '(also called "Bell 2) was found'
    while end > start and text[end - 1].isspace():
        end -= 1
    if end - start < 2:
        return None
    return Marked(start, end, opened.at, end, opened.depth, opened.mark, False)


def _opens(text: str, at: int, width: int, start: int) -> bool:
    mark = text[at : at + width]
    after = text[at + width : at + width + 1]
    if not after or after.isspace():
        return False
    if mark in "“„‟«‹" or mark == "``":
        return True
    before = text[at - 1] if at > start else " "
    return before in _BEFORE_OPEN


def _closes(text: str, at: int, end: int, opened: _Open) -> bool:
    mark = text[at]
    if at == opened.at + len(opened.mark):
        return False
    if mark in "”»›" or (mark == "“" and opened.mark == "„"):
        return True
    before = text[at - 1]
    after = text[at + 1] if at + 1 < end else " "
    if mark == "“":  # some sites close with the opening mark
        return not before.isspace() and (after.isspace() or after in ".,;:!?)")
    if before.isspace() or before in "([":  # opens, unless nothing could follow it
        return after.isspace() or after in ".,;:!?)"
    return True


def _single_pairs(
    text: str, start: int, end: int, following: int | None
) -> tuple[dict[int, int], dict[int, int]]:
    """Opening single quote -> its closing one; and of those that nothing closes, because the next
    paragraph goes on, -> the end of the words. An apostrophe is in neither."""
    pairs: dict[int, int] = {}
    carried: dict[int, int] = {}
    after = start
    while (mark := _QUOTE.search(text, after, end)) is not None:
        at = mark.start()
        after = at + 1
        if not _single_opens(text, at, start, end):
            continue
        close, reopened = _single_close(text, at, end)
        if reopened is None and close is None and following is not None:
            reopened = following if text[following] == text[at] else None
        stop = _carried_end(text, at, reopened) if reopened is not None else None
        if stop is not None:
            carried[at] = after = stop
        elif close is not None:
            pairs[at] = close
            after = close + 1
    return pairs, carried


def _single_opens(text: str, at: int, start: int, end: int) -> bool:
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    if before not in _BEFORE_OPEN or before in "'’":
        return False
    if not (after.isalnum() or after in '[(“"…$£€#@'):
        return False
    return not _ELIDED.match(text, at + 1)


def _single_close(text: str, at: int, end: int) -> tuple[int | None, int | None]:
    """The closing quote of the one at ``at``: the first that stands after punctuation or after a
    word that is no plural; a plural's ("the workers' choice") only when nothing better follows. And
    where, before a sure one, a quote opens again."""
    plural: int | None = None
    for position in range(at + 2, min(end, at + _LONGEST)):
        character = text[position]
        if character in "'‘" and _single_opens(text, position, at, end):
            return plural, position
        if character not in "'’":
            continue
        before = text[position - 1]
        after = text[position + 1] if position + 1 < end else " "
        if after.isalnum() or before.isspace():
            continue
        if before != "s" or after in '.,;:!?)"”' or position + 1 == end:
            return position, None
        plural = position if plural is None else plural
    return plural, None


def sign_before(text: str, at: int) -> str:
    """The last sign before a place that is no white space; empty at the beginning."""
    while at and text[at - 1].isspace():
        at -= 1
    return text[at - 1] if at else ""
