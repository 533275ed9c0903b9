"""Who has the turn: interviews, questions and answers, transcripts, from the article's blocks alone.

`turns_of` reads the layout before anything is parsed. Five layouts are known, the first that an
article has is taken: a name in double brackets (``((Anna Rask))``), a mark with a colon (``Q:``,
``Anna Rask:``, ``[00:12] Host:``), with a dash (``TT –``), in bold (``**Anna Rask** It was``), on a
line of its own; else questions that alternate with answers, after "The Post spoke to ...".

What looks like a mark is one only where it names somebody and the article talks: "Result: ..." and
"Tip: ..." name nobody, and a list of names with what they do has no questions and no "I". Where in
doubt the words stay the narrator's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

from kg.extract.words.load import word_lists
from kg.model import Article, Block

#: The speaker of an answer that names nobody.
INTERVIEWEE: Final = "interviewee"
_TIME: Final = r"[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?[\])]?"
_LEAD: Final = rf"(?:[-–—•]\s+)?(?:{_TIME}\s*[-–—:]?\s*)?"
_LABEL: Final = r"(?P<name>[^\W\d_a-zß-öø-ÿ][^:—–\n?!\[\]\"“”()]{0,48}?)"
_ROLE: Final = r"(?P<role>,\s[^:—–?!\n]{2,60}?|\s\((?!\d)[^()\n]{2,60}\))?"
_BRACKETS: Final = re.compile(rf"{_LEAD}\(\((?P<name>[^()\n]{{1,60}})\)\)\s*[:—–-]?\s*")
_COLON: Final = re.compile(
    rf"{_LEAD}(?:(?P<letter>[QA])\s?\d{{0,3}}\s?[.:)]\s+"
    rf"|{_LABEL}{_ROLE}\s*(?:{_TIME})?\s*:\s+)"
)
_DASH: Final = re.compile(rf"{_LEAD}{_LABEL}{_ROLE}\s+[—–-]{{1,2}}\s+")
_ALONE: Final = re.compile(rf"{_LEAD}{_LABEL}{_ROLE}\s*(?:{_TIME})?\s*:?\s*$")
_DIRECTION: Final = re.compile(r"(?:[\[(][^\])\n]{1,60}[\])]\s*)+")
_QUOTED: Final = re.compile(r"[\"“][^\"“”\n]*[\"”]")
_SELF: Final = re.compile(
    r"\b(?:I|I['’](?:m|ve|d|ll)|[Mm]e|[Mm]y|[Mm]yself|[Ww]e|[Ww]e['’](?:re|ve|d|ll)|us|[Oo]urs?)\b"
)
_I: Final = re.compile(r"\b(?:I|I['’](?:m|ve|d|ll)|[Mm]y|me)\b")
_YOU: Final = re.compile(r"\b(?:you|your|yours)\b", re.IGNORECASE)
_ENDS_ASKING: Final = re.compile(r"\?[\"”’)\]]*$")
_CAPITAL: Final = re.compile(r"[^\W\d_a-zß-öø-ÿ][\w.'’-]*$")
_LONGEST_QUESTION: Final = 90  # words
_LONGEST_CLOSING: Final = 40  # words
_ALL: Final = 0.8  # of a party's turns: it asks, whatever the others do


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
    polite: re.Pattern[str]
    closers: re.Pattern[str]
    short: dict[str, Any]


@cache
def words() -> Words:
    """The word lists that ship with the package."""
    data = word_lists("turns")
    lists = ("askers", "answerers", "roles", "titles", "particles", "labels", "pictures")
    return Words(
        **{name: frozenset(data[name]) for name in lists},
        cues=re.compile("|".join(data["cues"]), re.IGNORECASE),
        polite=re.compile(data["polite"], re.IGNORECASE),
        closers=re.compile(data["closers"], re.IGNORECASE),
        short=data["short"],
    )


@dataclass(frozen=True, slots=True)
class _Marked:
    """A block with a mark: ``mark`` is its range, ``start`` where the words begin, ``name`` the
    range of the label in it, ``label`` the label for comparing."""

    block: int
    mark: tuple[int, int]
    start: int
    name: tuple[int, int]
    label: str


def turns_of(article: Article) -> tuple[Turn, ...]:
    """The turns of an article in text order; empty for prose, as nearly all articles are.

    The words of a turn are never empty, begin after mark and stage direction and lie within blocks.
    """
    page = _Page(article)
    for layout, accepts in _LAYOUTS:
        marked = [found for i in range(len(page.blocks)) if (found := layout(page, i))]
        marked = accepts(page, marked)
        if marked:
            return tuple(_told(page, marked))
    return tuple(_alternating(page))


class _Page:
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


def is_opening(text: str) -> bool:
    """Whether these are the words of somebody who asks: a question, a welcome, thanks."""
    return asks(text) or words().polite.search(text) is not None


def is_closing(text: str) -> bool:
    """Whether these are the narrator's words on the interview itself."""
    return len(text.split()) <= _LONGEST_CLOSING and words().closers.search(text) is not None


def of_self(text: str) -> bool:
    """Whether somebody speaks of themselves in these words, outside quotation marks."""
    return _SELF.search(_QUOTED.sub(" ", text)) is not None


# --- marks -------------------------------------------------------------------------------------


def _by_pattern(*patterns: re.Pattern[str]) -> Callable[[_Page, int], _Marked | None]:
    def layout(page: _Page, i: int) -> _Marked | None:
        block = page.blocks[i]
        matches = (one.match(page.text, block.start, block.end) for one in patterns)
        found = next(filter(None, matches), None)
        return _marked(page, i, found, found.end()) if found else None

    return layout


def _marked(page: _Page, i: int, found: re.Match[str], end: int) -> _Marked | None:
    name = "letter" if found.groupdict().get("letter") else "name"
    start, stop = found.span(name)
    stage = _DIRECTION.match(page.text, end, page.blocks[i].end)
    said = stage.end() if stage and stage.end() < page.blocks[i].end else end
    label = _key(page.text[start:stop])
    return _Marked(i, (found.start(), end), said, (start, stop), label) if label else None


def _in_bold(page: _Page, i: int) -> _Marked | None:
    """``**Anna Rask** It was ...``: the first words in bold, and others after them."""
    block = page.blocks[i]
    if not 0 < block.bold < block.end - block.start:
        return None
    stop = block.start + block.bold
    bare = page.text[block.start : stop].rstrip(" :—–-.")
    rest = re.compile(r"[\s:—–-]*").match(page.text, stop, block.end)
    end = rest.end() if rest else stop
    if not bare or len(bare) > 50 or end >= block.end:
        return None
    return _Marked(
        i, (block.start, end), end, (block.start, block.start + len(bare)), _key(bare)
    )  # fmt: skip


def _on_line(page: _Page, i: int) -> _Marked | None:
    """A name on a line of its own, with somebody's words on the next: those are marked."""
    if i == 0 or page.is_heading(i) or len(page.words(i).split()) < 2:
        return None
    before = page.blocks[i - 1]
    found = _ALONE.match(page.text, before.start, before.end)
    if found is None or before.kind == "headline" or len(page.words(i - 1).split()) > 6:
        return None
    label = _key(found["name"])
    return _Marked(
        i, (before.start, before.end), page.blocks[i].start, found.span("name"), label
    ) if label else None  # fmt: skip


def _key(label: str) -> str:
    return re.sub(r"\s*\d+$", "", label.strip(" .:").casefold())


# --- which marks are marks ---------------------------------------------------------------------


def _brackets(page: _Page, marked: list[_Marked]) -> list[_Marked]:
    """Nobody writes double brackets but for this; one alone is a slip of something else. A colon
    may mark the other party, right after it ("NG: The study began")."""
    sure = [one for one in marked if page.text.startswith("((", one.name[0] - 2)]
    if len(sure) < 2:
        return []
    asked = {one.block for one in sure}
    others = {one.label for one in marked if one.block - 1 in asked} - {one.label for one in sure}
    fit = {label for label in others if _names(page, label, marked)}
    return [one for one in marked if one in sure or one.label in fit]


def _talk(page: _Page, marked: list[_Marked]) -> list[_Marked]:
    """The marks that name somebody, where the blocks behind them talk to each other."""
    marked = [one for one in marked if one.start < page.blocks[one.block].end]
    labels = Counter(one.label for one in marked)
    fit = {label for label in labels if _names(page, label, marked)}
    marked = [one for one in marked if one.label in fit]
    if len(marked) < 2 or 2 * len(marked) < sum(labels.values()):
        return []
    texts = [_QUOTED.sub(" ", page.words(one.block, one.start)) for one in marked]
    talking = sum(bool(asks(text) or _SELF.search(text) or _YOU.search(text)) for text in texts)
    if 2 * talking < len(marked):
        return []
    speaking = sum(_I.search(text) is not None for text in texts)
    answered = any(
        asks(text) and one.label != other.label
        for (one, text), other in zip(zip(marked, texts, strict=True), marked[1:], strict=False)
    )
    if len(fit) == 1:
        return marked if 2 * speaking >= len(marked) or _is_asker(marked[0].label) else []
    if (answered and (len(marked) > 2 or speaking)) or 3 * speaking >= 2 * len(marked):
        return marked
    return marked if _repeats(labels, fit) else []


def _repeats(labels: Counter[str], fit: set[str]) -> bool:
    return sum(labels[label] >= 2 for label in fit) >= 2


def _is_asker(label: str) -> bool:
    return label.removeprefix("the ") in words().askers


def _names(page: _Page, label: str, marked: Sequence[_Marked]) -> bool:
    """Whether the label stands for somebody: a word for a party or a role, a name of several
    words, or part or initials of one that the article has elsewhere."""
    known = words()
    bare = label.removeprefix("the ")
    if bare in known.askers or bare in known.answerers or bare in known.roles:
        return True
    start, end = next(one.name for one in marked if one.label == label)
    written = page.text[start:end]
    if _is_outlet(page, written):
        return True
    if {bare, label.split(maxsplit=1)[0].rstrip(".")} & known.labels:
        return False
    if re.split(r"\W+", label)[-1] in known.pictures:
        return False  # "Ada Venn.Image: ..." tells whose picture it is
    parts = [part for part in written.split() if part.casefold() not in known.particles]
    if not all(_CAPITAL.match(part) for part in parts) or len(parts) > 6:
        return False
    name = [part for part in parts if part.casefold().strip(".") not in known.titles]
    if len(name) >= 2 or (name and len(parts) > len(name)):
        return True
    return bool(name) and _is_part(page, name[0].strip("."), marked)


def _is_part(page: _Page, name: str, marked: Sequence[_Marked]) -> bool:
    """Whether the text has a longer name with this word in it, or one with these initials."""
    taken = {one.mark for one in marked}
    title = name if not name.isupper() or len(name) < 5 else name.title()
    around = re.compile(
        rf"(?<![.!?] )\b[A-Z][\w.'’-]+ {re.escape(title)}\b|\b{re.escape(title)} [A-Z][\w'’-]+"
    )
    for found in around.finditer(f"{page.text}\n{page.title}"):
        if not any(start <= found.start() < end for start, end in taken):
            return True
    if name == page.publisher or name in page.publisher.split():
        return True
    return name.isupper() and len(name) <= 4 and _spelled(name, page) is not None


def _spelled(name: str, page: _Page) -> re.Match[str] | None:
    """The longer name with these initials: "GH" for "Greta Holm"."""
    pattern = r"\b" + r" ".join(rf"{re.escape(letter)}[\w'’-]+" for letter in name) + r"\b"
    return re.search(pattern, page.publisher) or re.search(pattern, page.text)


_LAYOUTS: Final[
    tuple[
        tuple[
            Callable[[_Page, int], _Marked | None],
            Callable[[_Page, list[_Marked]], list[_Marked]],
        ],
        ...,
    ]
] = (
    (_by_pattern(_BRACKETS, _COLON), _brackets),
    (_by_pattern(_COLON), _talk),
    (_by_pattern(_DASH), _talk),
    (_in_bold, _talk),
    (_on_line, _talk),
)


# --- marks to turns ----------------------------------------------------------------------------


def _told(page: _Page, marked: Sequence[_Marked]) -> Iterator[Turn]:
    """The turns of marked blocks, and of the blocks without a mark that go on with them."""
    asking = _who_asks(page, marked)
    if all(one.label in asking for one in marked):
        yield from _only_asked(page, marked)
        return
    speakers = {label: _speaker(page, label, marked) for label in {m.label for m in marked}}
    by_block = {one.block: one for one in marked}
    lines = {i - 1 for i, one in by_block.items() if one.mark[1] <= page.blocks[i].start}
    first, last = marked[0].block, marked[-1].block
    yield from _before(page, first - (first - 1 in lines), marked[0].label in asking)
    turn: Turn | None = None
    for i in range(first, len(page.blocks)):
        block = page.blocks[i]
        if one := by_block.get(i):
            if turn is not None:
                yield turn
            asker = one.label in asking
            speaker = speakers[one.label]
            if speaker.start < 0:
                speaker = replace(speaker, start=one.name[0], end=one.name[1])
            turn = _opened(speaker, asker, one, block, page)
        elif turn is None or i in lines or block.kind in ("caption", "keypoint"):
            continue
        elif page.is_heading(i) or not _goes_on(page, turn, i, between=i < last):
            yield turn
            turn = None
        else:
            turn = replace(turn, parts=(*turn.parts, (block.start, block.end)))
    if turn is not None:
        yield turn


def _only_asked(page: _Page, marked: Sequence[_Marked]) -> Iterator[Turn]:
    """Marks on the questions alone: what stands between most of them are the answers; where
    hardly anything does, the answers are missing and the rest is the narrator's."""
    blocks = [one.block for one in marked]
    between = [
        _answer(page, one + 1, following, last=following == len(page.blocks))
        for one, following in zip(blocks, [*blocks[1:], len(page.blocks)], strict=True)
    ]
    texts = [" ".join(page.words(i) for i in answer) for answer in between if answer]
    answered = 2 * len(texts) >= len(between) and 2 * sum(map(of_self, texts)) >= len(texts)
    letters = _initials(page, between) if answered else ""
    for one, answer in zip(marked, between, strict=True):
        block = page.blocks[one.block]
        asked = Speaker(one.label, *one.name)
        if turn := _opened(asked, True, one, block, page):
            yield turn
        if answer and answered:
            parts = [(page.blocks[i].start, page.blocks[i].end) for i in answer]
            start, end = parts[0]
            mark = None
            if letters and page.text.startswith(f"{letters} ", start):
                mark = (start, start + len(letters))
                parts[0] = (mark[1] + 1, end)
            yield Turn(Speaker(INTERVIEWEE, start, start), False, tuple(parts), mark)


def _initials(page: _Page, answers: Sequence[Sequence[int]]) -> str:
    """The capitals that most answers begin with: "MS We repeated the analysis"."""
    found = Counter(
        first[1]
        for answer in answers
        if answer and (first := re.match(r"([A-Z]{2,3}) (?=[A-Z\"“])", page.words(answer[0])))
    )
    best = max(found, key=lambda name: (found[name], name), default="")
    return best if best and 2 * found[best] >= len(answers) else ""


def _opened(speaker: Speaker, asker: bool, one: _Marked, block: Block, page: _Page) -> Turn | None:
    start = one.start
    while start < block.end and page.text[start].isspace():
        start += 1
    return Turn(speaker, asker, ((start, block.end),), one.mark) if start < block.end else None


def _before(page: _Page, i: int, asked: bool) -> Iterator[Turn]:
    """The question without a mark before the first marked answer."""
    found = []
    while not asked and i > 0 and is_opening(page.words(i - 1)) and not page.is_heading(i - 1):
        i -= 1
        found.append(_asked(page, i))
    yield from reversed(found)


def _asked(page: _Page, i: int) -> Turn:
    block = page.blocks[i]
    return Turn(Speaker("", block.start, block.start), True, ((block.start, block.end),))


def _goes_on(page: _Page, turn: Turn, i: int, *, between: bool) -> bool:
    """Whether a block without a mark goes on with the turn: not where it speaks of the speaker by
    name, and after the last mark only where somebody speaks of themselves."""
    text = page.words(i)
    if is_closing(text):
        return False
    if of_self(text):
        return True
    if turn.asks:
        return between and is_opening(text)
    surname = turn.speaker.name.split()[-1]
    return between and not (turn.speaker.named and re.search(rf"\b{re.escape(surname)}\b", text))


def _who_asks(page: _Page, marked: Sequence[_Marked]) -> frozenset[str]:
    """The labels of those who ask: a word for it, the outlet or its initials, else a party most of
    whose turns end with a question while another's don't."""
    turns = Counter(one.label for one in marked)
    asked = Counter(
        one.label for one in marked if is_opening(page.words(one.block, one.start))
    )  # fmt: skip
    share = {label: asked[label] / turns[label] for label in turns}
    least = min(share.values())
    found = set()
    for label in turns:
        written = next(page.text[slice(*one.name)] for one in marked if one.label == label)
        bare = label.removeprefix("the ")
        if bare in words().answerers:
            continue
        short = written.isupper() and " " not in written and len(written) <= 5
        needed = 0.3 if short or bare in words().roles else 0.5
        if (
            _is_asker(label)
            or _is_outlet(page, written)
            or (share[label] > needed and (share[label] > least or share[label] > _ALL))
        ):
            found.add(label)
    return frozenset(found)


def _is_outlet(page: _Page, written: str) -> bool:
    outlet = page.publisher.casefold().removeprefix("the ")
    name = written.casefold().removeprefix("the ")
    initials = "".join(part[0] for part in page.publisher.split() if part[0].isupper())
    return bool(outlet) and (
        name == outlet
        or (len(name) > 3 and name in outlet.split())
        or (len(written) > 1 and written in (initials, initials.removeprefix("T")))
    )


def _speaker(page: _Page, label: str, marked: Sequence[_Marked]) -> Speaker:
    """Who the label stands for. Its place is -1 where it is the mark's own."""
    known = words()
    bare = label.removeprefix("the ")
    if bare in known.answerers:
        return Speaker(INTERVIEWEE, -1, -1)
    if bare in known.roles or bare in known.askers:
        return Speaker(bare, -1, -1)
    start, end = next(one.name for one in marked if one.label == label)
    written = page.text[start:end].strip()
    parts = written.split()
    while len(parts) > 1 and " ".join(parts[:2]).casefold().strip(".") in known.titles:
        parts = parts[2:] or parts[1:]
    while len(parts) > 1 and parts[0].casefold().strip(".") in known.titles:
        parts = parts[1:]
    name = " ".join(parts)
    if name.isupper() and len(name) <= 4 and (long := _spelled(name, page)):
        own = (long.start(), long.end()) if long.string is page.text else (-1, -1)
        return Speaker(long[0], *own, True)
    return Speaker(name.title() if name.isupper() and len(name) > 4 else name, -1, -1, True)


# --- no marks ----------------------------------------------------------------------------------


def _alternating(page: _Page) -> Iterator[Turn]:
    """Questions and answers that take turns without a mark."""
    questions = _questions(page)
    if len(questions) < 2:
        return
    end = len(page.blocks)
    answers = [
        _answer(page, one + 1, following, last=following == end)
        for one, following in zip(questions, [*questions[1:], end], strict=True)
    ]
    texts = [" ".join(page.words(i) for i in answer) for answer in answers]
    if 10 * sum(map(bool, texts[:-1])) < 7 * len(texts[:-1]):
        return
    of_themselves = sum(map(of_self, texts))
    first = questions[0]
    before = " ".join([page.title, *(page.words(i) for i in range(first))])
    cued = words().cues.search(before) is not None
    set_apart = all(_is_set_apart(page, i) for i in questions)
    addressed = 2 * sum(_YOU.search(page.words(i)) is not None for i in questions) >= len(texts)
    enough = len(texts) >= 3 and 2 * of_themselves >= len(texts)
    if not ((cued and 3 * of_themselves >= len(texts)) or (enough and (set_apart or addressed))):
        return
    for one, answer in zip(questions, answers, strict=True):
        yield _asked(page, one)
        if answer:
            parts = tuple((page.blocks[i].start, page.blocks[i].end) for i in answer)
            yield Turn(Speaker(INTERVIEWEE, parts[0][0], parts[0][0]), False, parts)


def _questions(page: _Page) -> list[int]:
    """The blocks that ask; where two or more are in bold or headings, those alone."""
    found = [
        i
        for i, block in enumerate(page.blocks)
        if asks(text := page.words(i))
        and text[0] not in "\"“'‘"
        and len(text.split()) <= _LONGEST_QUESTION
        and not (block.kind == "headline" or text == page.title)
    ]
    apart = [i for i in found if _is_set_apart(page, i)]
    return apart if len(apart) >= 2 else found


def _is_set_apart(page: _Page, i: int) -> bool:
    block = page.blocks[i]
    return block.kind == "subheading" or block.bold >= block.end - block.start - 1


def _answer(page: _Page, first: int, end: int, *, last: bool) -> list[int]:
    """The blocks of an answer: up to a heading; after the first of the last answer only those in
    which somebody speaks of themselves."""
    answer: list[int] = []
    for i in range(first, end):
        if page.blocks[i].kind in ("caption", "keypoint"):
            continue
        text = page.words(i)
        over = bool(answer) and (is_closing(text) or (last and not of_self(text)))
        if page.is_heading(i) or over:
            break
        answer.append(i)
    return answer
