"""Who has the turn: interviews, questions and answers, transcripts, from the article's blocks alone.

`turns_of` reads the layout before anything is parsed. Five layouts are known, the first that an
article has is taken: a name in double brackets (``((Anna Rask))``), a mark with a colon (``Q:``,
``Anna Rask:``, ``[00:12] Host:``), with a dash (``TT –``), in bold (``**Anna Rask** It was``), on a
line of its own; else lines with dashes, a life as told to somebody (`kg.extract.speech.dialogue`),
and questions that alternate with answers, after "The Post spoke to ...".

What looks like a mark is one only where it names somebody and the article talks: "Result: ..." and
"Tip: ..." name nobody, and a list of names with what they do has no questions and no "I". Where in
doubt the words stay the narrator's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from kg.analysis import analysis_of, keep
from kg.extract.speech.alternating import (
    alternating,
    answer_from,
    asked_in,
    credited,
    is_aside,
    narrated,
)
from kg.extract.speech.dialogue import as_told, dialogue
from kg.extract.speech.page import (
    DIRECTION,
    I_ALONE,
    INTERVIEWEE,
    QUOTED,
    SELF,
    YOU,
    Page,
    Speaker,
    Turn,
    asks,
    invites,
    is_closing,
    is_opening,
    leads_talk,
    of_self,
    speaks_on,
    words,
)
from kg.model import Article, Block

if TYPE_CHECKING:
    from spacy.tokens import Doc

_TIME: Final = r"[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?[\])]?"
_LEAD: Final = rf"(?:[-–—•]\s+)?(?:{_TIME}\s*[-–—:]?\s*)?"
_STAMP: Final = re.compile(_TIME)
_LABEL: Final = r"(?P<name>[^\W\d_a-zß-öø-ÿ][^:—–\n?!\[\]\"“”()]{0,48}?)"
_ROLE: Final = r"(?P<role>,\s[^:—–?!\n]{2,60}?|\s\((?!\d)[^()\n]{2,60}\))?"
_BRACKETS: Final = re.compile(rf"{_LEAD}\(\((?P<name>[^()\n]{{1,60}})\)\)\s*[:—–-]?\s*")
_LETTER: Final = r"(?P<letter>[QA](?=\s?\d{0,3}\s?[.:)]\s)|Q(?=\s[A-Z\"“]))(?:\s?\d{0,3}\s?[.:)])?"
_VERB: Final = r"(?:\s(?:(?P<asks>asks?|asked|wonders)|answers|answered|replies|replied|responds))?"
_COLON: Final = re.compile(rf"{_LEAD}(?:{_LETTER}\s+|{_LABEL}{_ROLE}{_VERB}\s*(?:{_TIME})?\s*:\s+)")
_DASH: Final = re.compile(rf"{_LEAD}{_LABEL}{_ROLE}\s+[—–-]{{1,2}}\s+")
_SQUARE: Final = re.compile(rf"{_LEAD}\[(?P<name>[^\W\d_a-z][^\[\]:\n]{{1,40}})\]\s*:?\s+(?=\S)")
_ALONE: Final = re.compile(rf"{_LEAD}{_LABEL}{_ROLE}\s*(?:{_TIME})?\s*:?\s*$")
_CAPITAL: Final = re.compile(r"[^\W\d_a-zß-öø-ÿ][\w.'’-]*$")
_ASKER: Final = "questioner"  # the label of whoever "asks:"
_COUNTED: Final = re.compile(r"q\d+ \w")
_PUBLIC: Final = re.compile(r"(?:question|caller|reader|listener|viewer)s? (?:from|by|in)\b")
_ALL: Final = 0.8  # of a party's turns: it asks, whatever the others do
_OFTEN: Final = 0.3  # of a party's turns: it asks, where the layout tells so, too
_SELDOM: Final = 0.15
_OPENING: Final = 3  # turns
_LEAST_AROUND: Final = 4  # turns of whom all others ask


@dataclass(frozen=True, slots=True)
class _Marked:
    """A block with a mark: ``mark`` is its range, ``start`` where the words begin, ``name`` the
    range of the label in it, ``label`` the label for comparing, ``role`` what it adds to it
    ("Anna Rask, *host*")."""

    block: int
    mark: tuple[int, int]
    start: int
    name: tuple[int, int]
    label: str
    role: str = ""


def turns_of(article: Article) -> tuple[Turn, ...]:
    """The turns of an article in text order; empty for prose, as nearly all articles are.

    The words of a turn are never empty, begin after mark and stage direction and lie within blocks.
    """
    page = Page(article)
    for layout, accepts in _LAYOUTS:
        marked = [found for i in range(len(page.blocks)) if (found := layout(page, i))]
        marked = accepts(page, marked)
        if marked:
            return tuple(_told(page, marked))
    unmarked = (dialogue, as_told, credited, narrated, alternating)
    return next((turns for layout in unmarked if (turns := tuple(layout(page)))), ())


def turns_in(doc: Doc, article: Article) -> tuple[Turn, ...]:
    """`turns_of` the article that ``doc`` is the parse of, found once."""
    known = analysis_of(doc)
    if known.laid[0] is not article:
        known = keep(replace(known, laid=(article, turns_of(article))))
    return known.laid[1]


# --- marks -------------------------------------------------------------------------------------


def _by_pattern(*patterns: re.Pattern[str]) -> Callable[[Page, int], _Marked | None]:
    def layout(page: Page, i: int) -> _Marked | None:
        block = page.blocks[i]
        matches = (one.match(page.text, block.start, block.end) for one in patterns)
        found = next(filter(None, matches), None)
        if (
            found is None
            and _COLON in patterns
            and _end_before(page, i)
            and page.text.endswith(":", 0, _end_before(page, i))
        ):
            return _on_line(page, i)
        return _marked(page, i, found, found.end()) if found else None

    return layout


def _end_before(page: Page, i: int) -> int:
    """Where the block before this one ends; 0 where there is none, or it is a heading."""
    return page.blocks[i - 1].end if i and not page.is_heading(i - 1) else 0


def _marked(page: Page, i: int, found: re.Match[str], end: int) -> _Marked | None:
    name = "letter" if found.groupdict().get("letter") else "name"
    start, stop = found.span(name)
    stage = DIRECTION.match(page.text, end, page.blocks[i].end)
    said = stage.end() if stage and stage.end() < page.blocks[i].end else end
    label = _key(page.text[start:stop])
    groups = found.groupdict()
    if groups.get("asks") or _COUNTED.match(label):
        label = _ASKER  # "Q3 Imran Sadiq:" of a committee's record
    role = (groups.get("role") or "").strip(", ()").casefold()
    return _Marked(i, (found.start(), end), said, (start, stop), label, role) if label else None


def _in_bold(page: Page, i: int) -> _Marked | None:
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


def _on_line(page: Page, i: int) -> _Marked | None:
    """A name on a line of its own, with somebody's words on the next: those are marked."""
    if i == 0 or page.is_heading(i) or len(page.words(i).split()) < 2 or i - 1 in page.capitals:
        return None
    before = page.blocks[i - 1]
    found = _ALONE.match(page.text, before.start, before.end)
    if found is None or before.kind == "headline" or len(page.words(i - 1).split()) > 6:
        return None
    label, role = _key(found["name"]), (found["role"] or "").strip(", ()").casefold()
    place = (before.start, before.end)
    said = page.blocks[i].start
    return _Marked(i, place, said, found.span("name"), label, role) if label else None


def _key(label: str) -> str:
    return re.sub(r"\s*\d+$", "", label.strip(" .:").casefold())


# --- which marks are marks ---------------------------------------------------------------------


def _brackets(page: Page, marked: list[_Marked]) -> list[_Marked]:
    """Nobody writes double brackets but for this; one alone is a slip of something else. A colon
    may mark the other party, right after it ("NG: The study began")."""
    sure = [one for one in marked if page.text.startswith("((", one.name[0] - 2)]
    if len(sure) < 2:
        return []
    asked = {one.block for one in sure}
    others = {one.label for one in marked if one.block - 1 in asked} - {one.label for one in sure}
    fit = {label for label in others if _names(page, label, marked)}
    return [one for one in marked if one in sure or one.label in fit]


def _talk(page: Page, marked: list[_Marked]) -> list[_Marked]:
    """The marks that name somebody, where the blocks behind them talk to each other."""
    marked = [one for one in marked if one.start < page.blocks[one.block].end]
    labels = Counter(one.label for one in marked)
    fit = {label for label in labels if _names(page, label, marked)}
    fit |= _beside(page, marked, fit) | _timed(page, marked)
    marked = [one for one in marked if one.label in fit]
    if len(marked) < 2 or 2 * len(marked) < sum(labels.values()):
        return []
    texts = [QUOTED.sub(" ", page.words(one.block, one.start)) for one in marked]
    talking = sum(bool(asks(text) or SELF.search(text) or YOU.search(text)) for text in texts)
    if 2 * talking < len(marked):
        return []
    speaking = sum(I_ALONE.search(text) is not None for text in texts)
    answered = any(
        asks(text) and one.label != other.label
        for (one, text), other in zip(zip(marked, texts, strict=True), marked[1:], strict=False)
    )
    if len(fit) == 1:
        return marked if 2 * speaking >= len(marked) or _is_asker(marked[0].label) else []
    if (answered and (len(marked) > 2 or speaking)) or 3 * speaking >= 2 * len(marked):
        return marked
    return marked if _repeats(labels, fit) else []


def _beside(page: Page, marked: Sequence[_Marked], fit: set[str]) -> set[str]:
    """The labels that may be names and take turns with marks that are, most of the time speaking
    of themselves, asking, or replying to a question: "Venn:", of whom nothing else tells."""
    sides = zip(marked, [None, *marked], [*marked[1:], None], strict=False)
    found: dict[str, list[bool]] = {}
    for one, before, after in sides:
        if one.label in fit or not _may_name(page.text[slice(*one.name)]):
            continue
        near = [other for other in (before, after) if other is not None and other.label in fit]
        text = page.words(one.block, one.start)
        asked = before is not None and asks(page.words(before.block, before.start))
        talks = asked or of_self(text) or asks(text)
        found.setdefault(one.label, []).append(bool(near) and talks)
    return {
        label for label, good in found.items() if len(good) > 1 and 3 * sum(good) > 2 * len(good)
    }


def _timed(page: Page, marked: Sequence[_Marked]) -> set[str]:
    """The labels that may be names, where a time stands at each mark and they take turns: in
    "[01:40] Ada: ..." "Ada" needs no other name."""
    stamped = [one for one in marked if _is_timed(page, one)]
    count = Counter(
        one.label for one in stamped if _may_name(page.text[slice(*one.name)])
    )  # fmt: skip
    again = {label for label, times in count.items() if times > 1}
    return set(count) if len(again) > 1 and 2 * len(stamped) > len(marked) else set()


def _is_timed(page: Page, one: _Marked) -> bool:
    """Whether a time stands before or behind the name, or on the line before it."""
    around = (page.text[one.mark[0] : one.name[0]], page.text[one.name[1] : one.mark[1]])
    line = page.words(one.block - 1) if one.block else ""
    return any(map(_STAMP.search, around)) or _STAMP.fullmatch(line) is not None


def _may_name(written: str) -> bool:
    """Whether this could be somebody's name, by its letters and as it is no other kind of label."""
    parts = written.split()
    known = words()
    listed = {part.casefold().strip(".") for part in parts} & (known.labels | known.pictures)
    return len(parts) <= 4 and not listed and all(_CAPITAL.match(part) for part in parts)


def _repeats(labels: Counter[str], fit: set[str]) -> bool:
    return sum(labels[label] >= 2 for label in fit) >= 2


def _is_asker(label: str) -> bool:
    bare = label.removeprefix("the ")
    return bare in words().askers or _PUBLIC.match(bare) is not None


def _names(page: Page, label: str, marked: Sequence[_Marked]) -> bool:
    """Whether the label stands for somebody: a word for a party or a role, a name of several
    words, or part or initials of one that the article has elsewhere."""
    known = words()
    bare = label.removeprefix("the ")
    if _is_asker(label) or bare in known.answerers or bare in known.roles:
        return True
    start, end = next(one.name for one in marked if one.label == label)
    written = page.text[start:end]
    if _is_outlet(page, written):
        return True
    if {bare, label.split(maxsplit=1)[0].rstrip(".,")} & known.labels:
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


def _is_part(page: Page, name: str, marked: Sequence[_Marked]) -> bool:
    """Whether the text has a longer name with this word in it, or one with these initials."""
    short = name.casefold()
    if any(one.label.endswith(f" {short}") or one.label.startswith(f"{short} ") for one in marked):
        return True
    taken = {one.mark for one in marked}
    forms = (name, name.title()) if name.isupper() and len(name) > 2 else (name,)
    either = "|".join(map(re.escape, forms))
    title = "|".join(sorted(words().titles - words().particles))
    around = re.compile(
        rf"(?<![.!?] )\b[A-Z][\w.'’-]+ (?:{either})\b|\b(?i:{title})\.? (?:{either})\b"
        rf"|\b(?:{either}) [A-Z][\w'’-]+"
    )
    for found in around.finditer(f"{page.text}\n{page.title}"):
        if not any(start <= found.start() < end for start, end in taken):
            return True
    if name == page.publisher or name in page.publisher.split() or _is_told(page, name, marked):
        return True
    return name.isupper() and len(name) <= 4 and _spelled(name, page) is not None


def _is_told(page: Page, name: str, marked: Sequence[_Marked]) -> bool:
    """Whether who has several marks is called so before the first of them: "Bo, 44, and Ada, 41"."""
    several = sum(page.text[slice(*one.name)] == name for one in marked) > 1
    told = re.compile(rf"(?:[a-z,] |\b(?=\w+, \d)){re.escape(name)}\b(?! [A-Z])")
    return several and told.search(page.text, 0, marked[0].mark[0]) is not None


def _spelled(name: str, page: Page) -> re.Match[str] | None:
    """The longer name with these initials: "GH" for "Greta Holm"."""
    pattern = r"\b" + r" ".join(rf"{re.escape(letter)}[\w'’-]+" for letter in name) + r"\b"
    return re.search(pattern, page.publisher) or re.search(pattern, page.text)


_LAYOUTS: Final[
    tuple[
        tuple[
            Callable[[Page, int], _Marked | None],
            Callable[[Page, list[_Marked]], list[_Marked]],
        ],
        ...,
    ]
] = (
    (_by_pattern(_BRACKETS, _COLON), _brackets),
    (_by_pattern(_COLON), _talk),
    (_by_pattern(_DASH), _talk),
    (_by_pattern(_SQUARE), _talk),
    (_in_bold, _talk),
    (_on_line, _talk),
)


#: What asks, though it speaks of who asks.
_TELL_ME: Final = re.compile(r"\b(?:tell|talk|walk|take) (?:me|us)\b", re.IGNORECASE)


# --- marks to turns ----------------------------------------------------------------------------


def _told(page: Page, marked: Sequence[_Marked]) -> Iterator[Turn]:
    """The turns of marked blocks, and of the blocks without a mark that go on with them."""
    marked = _joined(marked)
    asking = _who_asks(page, marked)
    if all(one.label in asking for one in marked):
        yield from _only_asked(page, marked)
        return
    speakers = {label: _speaker(page, label, marked) for label in {m.label for m in marked}}
    by_block = {one.block: one for one in marked}
    lines = {i - 1 for i, one in by_block.items() if one.mark[1] <= page.blocks[i].start}
    first, last = marked[0].block, marked[-1].block
    put = set() if asking else _questions_between(page, by_block.keys())
    yield from _before(page, first - (first - 1 in lines), marked[0].label in asking)
    turn: Turn | None = None
    paused: Turn | None = None  # cut by a heading
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
        elif i in lines or block.kind in ("caption", "keypoint") or _is_direction(page, i):
            continue
        elif turn is None:
            if paused is not None and _goes_on_after(page, i):
                turn = replace(paused, parts=((block.start, block.end),), mark=None)
        elif first < i < last and not turn.asks and (i in put or _is_asked(page, i)):
            yield from (turn, asked_in(page, i))
            turn = None
        elif page.is_heading(i) or not _goes_on(page, turn, i, between=i < last):
            yield turn
            paused, turn = turn if page.is_heading(i) else None, None
        else:
            turn = replace(turn, parts=(*turn.parts, (block.start, block.end)))
    if turn is not None:
        yield turn


def _is_direction(page: Page, i: int) -> bool:
    """Whether nobody speaks in the block: "[Laughter.]"."""
    return DIRECTION.fullmatch(page.words(i)) is not None


def _joined(marked: Sequence[_Marked]) -> list[_Marked]:
    """The marks with one label for each party: a surname, or a given name, alone is whose full name
    a mark has."""
    full = {one.label for one in marked if " " in one.label}
    same = {
        one.label: {name for name in full if one.label in (name.split()[-1], name.split()[0])}
        for one in marked
        if " " not in one.label
    }
    sure = {label: next(iter(names)) for label, names in same.items() if len(names) == 1}
    return [replace(one, label=sure.get(one.label, one.label)) for one in marked]


def _name_of(marked: Sequence[_Marked], label: str) -> tuple[int, int]:
    """Where a label stands, at its longest."""
    places = [one.name for one in marked if one.label == label]
    return max(places, key=lambda place: (place[1] - place[0], -place[0]))


def _only_asked(page: Page, marked: Sequence[_Marked]) -> Iterator[Turn]:
    """Marks on the questions alone: what stands between most of them are the answers; where
    hardly anything does, the answers are missing, and but for what is left of one the rest is the
    narrator's."""
    blocks = [one.block for one in marked]
    between = [
        answer_from(page, one + 1, following, last=following == len(page.blocks))
        for one, following in zip(blocks, [*blocks[1:], len(page.blocks)], strict=True)
    ]
    texts = [" ".join(page.words(i) for i in answer) for answer in between if answer]
    answered = 2 * len(texts) >= len(between) and 2 * sum(map(of_self, texts)) >= len(texts)
    if not answered:
        between = [answer if _is_left(page, answer) else [] for answer in between[:-1]] + [[]]
    letters = _initials(page, between)
    for one, answer in zip(marked, between, strict=True):
        asked = Speaker(one.label, *one.name)
        if turn := _opened(asked, True, one, page.blocks[one.block], page):
            yield turn
        if answer:
            parts = [(page.blocks[i].start, page.blocks[i].end) for i in answer]
            yield _answered(page, parts, letters)


def _is_left(page: Page, answer: Sequence[int]) -> bool:
    """Whether this is what is left of an answer: one block between two questions, and neither a
    picture nor on whom was met."""
    if len(answer) != 1 or is_aside(page, answer[0]):
        return False
    text = page.words(answer[0])
    return not (words().cues.search(text) or words().others.search(text))


def _answered(page: Page, parts: list[tuple[int, int]], letters: str) -> Turn:
    """An answer that begins with the initials of who gives it, with the whole name, or with the
    words."""
    start, end = parts[0]
    long = _spelled(letters, page) if letters else None
    forms = [letters, long[0]] if long else [letters] if letters else []
    said = page.text[start:end]
    name = next((n for n in forms if re.match(rf"{re.escape(n)} [A-Z\"“]", said)), "")
    if not name:
        return Turn(Speaker(INTERVIEWEE, start, start), False, tuple(parts))
    mark = (start, start + len(name))
    who = Speaker(INTERVIEWEE, start, start)
    if long and long.string is page.text:
        who = Speaker(long[0], long.start(), long.end(), named=True)
    return Turn(who, False, ((mark[1] + 1, end), *parts[1:]), mark)


def _initials(page: Page, answers: Sequence[Sequence[int]]) -> str:
    """The capitals that most answers begin with: "MS We repeated the analysis"."""
    found = Counter(
        first[1]
        for answer in answers
        if answer and (first := re.match(r"([A-Z]{2,3}) (?=[A-Z\"“])", page.words(answer[0])))
    )
    best = max(found, key=lambda name: (found[name], name), default="")
    return best if best and 2 * found[best] >= len(answers) else ""


def _opened(speaker: Speaker, asker: bool, one: _Marked, block: Block, page: Page) -> Turn | None:
    start = one.start
    while start < block.end and page.text[start].isspace():
        start += 1
    return Turn(speaker, asker, ((start, block.end),), one.mark) if start < block.end else None


def _before(page: Page, i: int, asked: bool) -> Iterator[Turn]:
    """The question without a mark before the first marked answer."""
    found = []
    while not asked and i > 0 and is_opening(page.words(i - 1)) and not page.is_heading(i - 1):
        i -= 1
        found.append(asked_in(page, i))
    yield from reversed(found)


def _questions_between(page: Page, marked: Set[int]) -> set[int]:
    """The blocks without a mark that are questions, each before one with a mark: of somebody who has no
    mark, where there are three. Where no answer has a second block, all that stand alone between two with
    marks are that one's ("Tell me about the school."), but for those that speak of themselves."""
    texts = {i: page.words(i) for i in range(min(marked), max(marked)) if i not in marked}
    put = {i for i, text in texts.items() if i + 1 in marked and asks(text) and "." not in text}
    if len(put) < 3:
        return set()
    if all(i + 1 in marked and i - 1 in marked for i in texts):
        put |= {i for i, text in texts.items() if not of_self(_TELL_ME.sub(" ", text))}
    return put


def _is_asked(page: Page, i: int) -> bool:
    """Whether a block without a mark puts a question to those who answer: "What will you build?"."""
    text = QUOTED.sub(" ", page.words(i))
    return asks(text) and YOU.search(text) is not None and not of_self(text) and "." not in text


def _goes_on(page: Page, turn: Turn, i: int, *, between: bool) -> bool:
    """Whether a block without a mark goes on with the turn: not where it speaks of the speaker by
    name, and after the last mark only where somebody speaks of themselves."""
    text = page.words(i)
    if is_closing(text):
        return False
    if of_self(text) if between else speaks_on(text):
        return True
    if turn.asks:
        return between and is_opening(text)
    surname = turn.speaker.name.split()[-1]
    return between and not (turn.speaker.named and re.search(rf"\b{re.escape(surname)}\b", text))


def _goes_on_after(page: Page, i: int) -> bool:
    """Whether a block without a mark goes on with the turn that a heading cut."""
    text = page.words(i)
    return not page.is_heading(i) and not is_closing(text) and of_self(text)


def _who_asks(page: Page, marked: Sequence[_Marked]) -> frozenset[str]:
    """The labels of those who ask: a word for it, the outlet or its initials, else a party most of
    whose turns end with a question while another's don't."""
    turns = Counter(one.label for one in marked)
    asked = Counter(
        one.label
        for one in marked
        if is_opening(text := page.words(one.block, one.start)) or invites(text)
    )
    share = {label: asked[label] / turns[label] for label in turns}
    least = min(share.values())
    hosts = _timed(page, marked) - {label for label in turns if _names(page, label, marked)}
    found = _hosts(marked) | {label for label in turns if _moderates(page, label)}
    found |= _around_one(page, marked) | _presenting(page, marked)
    for label in turns:
        written = page.text[slice(*_name_of(marked, label))]
        bare = label.removeprefix("the ")
        if bare in words().answerers:
            continue
        short = written.isupper() and " " not in written and len(written) <= 5
        needed = 0.3 if short or bare in words().roles or label in hosts else 0.5
        if (
            _is_asker(label)
            or _is_outlet(page, written)
            or (share[label] > needed and (share[label] > least or share[label] > _ALL))
        ):
            found.add(label)
    return frozenset(found)


def _questions(page: Page, marked: Sequence[_Marked]) -> Counter[str]:
    """How many of a label's turns ask, thanks and welcomes not counted."""
    texts = ((one.label, page.words(one.block, one.start)) for one in marked)
    return Counter(label for label, text in texts if asks(text) or invites(text))


def _around_one(page: Page, marked: Sequence[_Marked]) -> set[str]:
    """The labels of those who ask one party in turn, as a committee asks a witness: this one has
    nearly every second turn, speaks of itself and hardly ever asks; each of them asks often."""
    turns = Counter(one.label for one in marked)
    asked = _questions(page, marked)
    one, count = max(turns.items(), key=lambda item: (item[1], item[0]))
    own = [page.words(m.block, m.start) for m in marked if m.label == one]
    answers = 5 * count >= 2 * len(marked) and 2 * sum(map(of_self, own)) >= count
    if count < _LEAST_AROUND or not answers or asked[one] > _SELDOM * count:
        return set()
    others = {
        label for label in turns if asked[label] > 1 and asked[label] >= _OFTEN * turns[label]
    } - {one}
    beside: Counter[str] = Counter()
    for before, after in pairwise(marked):
        beside[before.label] += after.label == one
    return {label for label in others if 2 * beside[label] > turns[label]}


def _presenting(page: Page, marked: Sequence[_Marked]) -> set[str]:
    """The labels of those who open the talk with their own name ("And I'm Ada Venn"), before anybody
    is asked, and ask later."""
    found = set()
    turns, asked = Counter(one.label for one in marked), _questions(page, marked)
    for one in marked[:_OPENING]:
        text = page.words(one.block, one.start)
        name = one.label.rsplit(maxsplit=1)[-1]
        own = re.compile(rf"{words().own_name.pattern}(?:\w+ )?(?i:{re.escape(name)})\b")
        if asked[one.label] >= _OFTEN * turns[one.label] and own.search(text):
            found.add(one.label)
        if asks(text):
            break
    return found


def _moderates(page: Page, label: str) -> bool:
    """Whether the text says of the party that it asked: "Ana Strand asked the questions", "The
    talk was led by Ana Strand"."""
    last = re.escape(label.rsplit(maxsplit=1)[-1])
    named = re.compile(rf"(?:\b[^\W\d_a-z][\w.'’-]* ){{0,2}}\b(?i:{last})\b")
    return any(leads_talk(page.text, *one.span()) for one in named.finditer(page.text))


def _hosts(marked: Sequence[_Marked]) -> set[str]:
    """The labels of those whom a mark calls a host or the like."""
    return {one.label for one in marked if {*one.role.split()} & words().askers}


def _is_outlet(page: Page, written: str) -> bool:
    outlet = page.publisher.casefold().removeprefix("the ")
    name = written.casefold().removeprefix("the ")
    initials = "".join(part[0] for part in page.publisher.split() if part[0].isupper())
    return bool(outlet) and (
        name == outlet
        or (len(name) > 3 and name in outlet.split())
        or (len(written) > 1 and written in (initials, initials.removeprefix("T")))
    )


def _speaker(page: Page, label: str, marked: Sequence[_Marked]) -> Speaker:
    """Who the label stands for. Its place is -1 where it is the mark's own."""
    known = words()
    bare = label.removeprefix("the ")
    if bare in known.answerers:
        return Speaker(INTERVIEWEE, -1, -1)
    if bare in known.roles or bare in known.askers:
        return Speaker(bare, -1, -1)
    start, end = _name_of(marked, label)
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
    full = {one.label for one in marked if len(one.label.split()) > 1}
    if full and name.isupper() and len(name) <= 2:
        return Speaker(INTERVIEWEE, -1, -1)  # a slip: nobody is called so
    return Speaker(name.title() if _is_shouted(name, page) else name, -1, -1, True)


def _is_shouted(name: str, page: Page) -> bool:
    """Whether a name is in capitals that are no initials: it is long, or the text has it without."""
    known = len(name) > 2 and re.search(rf"\b{re.escape(name.title())}\b", page.text) is not None
    return name.isupper() and (len(name) > 4 or known)
