"""Turns without a mark: questions and answers that take turns, from the article's blocks alone.

`alternating` first asks whether this is a talk at all: blocks that ask, others between them in
which somebody speaks of themselves, and a lead that tells of a talk, or enough questions. In a talk
every block from the first to the last in which somebody speaks belongs to somebody: it asks
(with a question mark, or as "Tell us of ..."), it is a *prompt* ("You never won the cup.", or what
a "No, we never did" answers), or it answers. Headings, captions and notes on the interview stay the
narrator's, and so does what follows a heading in which nobody speaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

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
    of_self,
    speaks_on,
    words,
)
from kg.extract.words.pronouns import PRONOUNS

_LONGEST_QUESTION: Final = 90  # words
_LONGEST_PROMPT: Final = 40  # words; the answer after it speaks of itself, or replies
_SHORT_PROMPT: Final = 12  # words; a prompt whatever follows
_LEAST_ALONE: Final = 8  # answers of one block, for it to be the rule
_LEAST_HEADED: Final = 4  # questions without a mark
_LEAST_QUOTING: Final = 3  # blocks that begin with a quotation mark
_PICTURE: Final = re.compile(
    r"\b(?:image|photo|picture|video)\s*[:;]|^(?:file|photo|image)\b", re.IGNORECASE
)
_OF_ONE: Final = re.compile(r"\b(?:he|him|his|she|hers?)\b", re.IGNORECASE)
_I_ASKED: Final = re.compile(r"\b(?:I|[Ww]e) asked (?:her|him|whether|if|what|how|why|about)\b")
_US: Final = re.compile(r"\bus\b")
_NUMBER: Final = re.compile(r"\(?(\d{1,2})[.)]\s")
#: Who said what stands above: "— Ada Venn, 52, teacher".
_SIGNED: Final = re.compile(
    r"[—–-]?\s*([^\W\d_a-z][\w'’-]+(?: [^\W\d_a-z][\w'’-]+){1,3})(?:, | \(\d{2}\))[^.!?:]{0,60}$"
)
_CREDITED: Final = re.compile(r"[\s.,—–-]*[^\W\d_a-z]")


def alternating(page: Page) -> Iterator[Turn]:
    """The turns of an article that has no marks; nothing where it isn't a talk."""
    asking = _asking(page)
    apart = [i for i in asking if _is_set_apart(page, i)]
    counted = _numbered(page, asking)
    headed = [] if counted or len(apart) >= 2 else _headed(page)
    if not headed and len(apart) < 2 and _is_quoting(page):
        return
    asked = counted or headed or (_with_set_apart(page, apart) if len(apart) >= 2 else asking)
    if not asked or not (_takes_turns(page, asked) or _is_talk(page, asked)):
        return
    plain = len(apart) < 2 and not (counted or headed)
    yield from _laid_out(page, frozenset(asked), prompted=plain)


def answer_from(page: Page, first: int, end: int, *, last: bool) -> list[int]:
    """The blocks of an answer: up to a heading; after the first of the last answer only those in
    which somebody speaks of themselves."""
    found: list[int] = []
    for i in range(first, end):
        if page.blocks[i].kind in ("caption", "keypoint"):
            continue
        text = page.words(i)
        over = bool(found) and (is_closing(text) or (last and not speaks_on(text)))
        if page.is_heading(i) or over:
            break
        found.append(i)
    return found


def asked_in(page: Page, i: int) -> Turn:
    """The block as the turn of who asks, without a mark."""
    block = page.blocks[i]
    return Turn(Speaker("", block.start, block.start), True, ((block.start, block.end),))


def narrated(page: Page) -> Iterator[Turn]:
    """The answers of a talk told in prose: whole blocks in quotation marks, each after a question
    that the narrator tells of one person ("Had she been back?", "I asked whether he"), or after a
    sentence on that person. Nothing where fewer than two are asked for, or he and she are."""
    quoted = [i for i in range(1, len(page.blocks)) if _is_all_quoted(page, i)]
    asked = [i for i in quoted if _is_narrated(page, i - 1) or _tells_of_asking(page, i - 1)]
    if len(asked) < 2 or not _is_announced(page, asked[0]):
        return
    told = {whom[0].casefold() for i in asked for whom in _OF_ONE.finditer(_end_of(page, i - 1))}
    if told & PRONOUNS.male and told - PRONOUNS.male:
        return
    for i in quoted:
        block = page.blocks[i]
        if i in asked or (i > asked[0] and _OF_ONE.match(_end_of(page, i - 1, sentences=1))):
            said = (block.start + 1, block.end - 1)
            yield Turn(Speaker(INTERVIEWEE, block.start, block.start), False, (said,))


def credited(page: Page) -> Iterator[Turn]:
    """The turns of a page on which a name stands below each quotation: "I buy it." / Ada Venn, 52,
    teacher. Nothing where fewer than two people speak of themselves so."""
    found = []
    for i in range(len(page.blocks) - 1):
        name = _SIGNED.match(page.words(i + 1))
        if name and _is_all_quoted(page, i):
            found.append((i, name))
    speaking = sum(SELF.search(page.words(i)) is not None for i, _ in found)
    if len({name[1] for _, name in found}) < 2 or 2 * speaking < len(found):
        return
    for i, name in found:
        at, block = page.blocks[i + 1].start, page.blocks[i]
        who = Speaker(name[1], at + name.start(1), at + name.end(1), named=True)
        yield Turn(who, False, ((block.start + 1, block.end - 1),))


def _is_all_quoted(page: Page, i: int) -> bool:
    text = page.words(i)
    return text[:1] in '"“' and QUOTED.fullmatch(text) is not None and page.is_heading(i) is False


def _tells_of_asking(page: Page, i: int) -> bool:
    """Whether the narrator tells of a question: "I asked whether she blamed them"."""
    return _I_ASKED.search(_end_of(page, i)) is not None


def _end_of(page: Page, i: int, *, sentences: int = 2) -> str:
    """The last sentences of a block."""
    return " ".join(re.split(r"(?<=[.!?]) ", page.words(i))[-sentences:])


# --- is it a talk? -----------------------------------------------------------------------------


def _asking(page: Page) -> list[int]:
    """The blocks that ask, with a question mark or without."""
    return [
        i
        for i, block in enumerate(page.blocks)
        if (asks(text := page.words(i)) or invites(text))
        and text[0] not in "\"“'‘"
        and len(text.split()) <= _LONGEST_QUESTION
        and not (block.kind == "headline" or text == page.title)
        and not _is_narrated(page, i)
    ]


def _is_narrated(page: Page, i: int) -> bool:
    """Whether it is the narrator who asks, of somebody who is "she" there, and whose words follow
    in quotation marks: "Had she been back?"."""
    if i + 1 >= len(page.blocks) or page.words(i + 1)[:1] not in ('"', "“"):
        return False
    last = _end_of(page, i, sentences=1)
    return asks(last) and words().others.search(last) is not None and not YOU.search(last)


def _is_set_apart(page: Page, i: int) -> bool:
    block = page.blocks[i]
    bold = block.bold >= block.end - block.start - 1
    return bold or block.kind == "subheading" or i in page.capitals


def _with_set_apart(page: Page, asked: Sequence[int]) -> list[int]:
    """The blocks that ask, and those set apart as they are, in bold, that say something between
    them: "*Your critics say so.*", or to somebody who then speaks; all that are in capitals."""
    said = (
        i
        for i, block in enumerate(page.blocks)
        if _is_set_apart(page, i) and block.kind == "paragraph"
        if asked[0] < i < asked[-1] or _is_addressed(page, i)
    )
    return sorted({*asked, *said, *page.capitals})


def _is_addressed(page: Page, i: int) -> bool:
    """Whether the block speaks to somebody who speaks in the next one ("You sold it.")."""
    here, following = _bare(page, i), i + 1 < len(page.blocks)
    return following and YOU.search(here) is not None and of_self(page.words(i + 1))


def _numbered(page: Page, asking: Sequence[int]) -> list[int]:
    """The blocks with the numbers from 1 on, where most of them ask: "3. Some say that you knew."
    is a question, too. Nothing where fewer than three have one, or two have the same."""
    found = [
        (int(number[1]), i)
        for i, block in enumerate(page.blocks)
        if block.kind != "headline" and (number := _NUMBER.match(page.words(i)))
    ]
    counted = [number for number, _ in found] == list(range(1, len(found) + 1))
    asked = sum(i in asking for _, i in found)
    return [i for _, i in found] if counted and len(found) > 2 and 2 * asked > len(found) else []


def _headed(page: Page) -> list[int]:
    """The blocks set apart, where most are questions without a mark: "Who told him that". Nothing
    where the talk isn't announced, or there is no answer to nearly each of them."""
    apart = [
        i
        for i, block in enumerate(page.blocks)
        if _is_set_apart(page, i)
        and block.kind in ("paragraph", "subheading")
        and page.words(i) not in ("", page.title)
    ]
    if len(apart) < _LEAST_HEADED or not _is_announced(page, apart[0]):
        return []
    answered = sum(i + 1 not in apart for i in apart)
    asking = sum(words().opens_asking.match(page.words(i)) is not None for i in apart)
    return apart if 10 * answered >= 9 * len(apart) and 2 * asking >= len(apart) else []


def _is_quoting(page: Page) -> bool:
    """Whether the narrator tells in quotation marks what was said: the narrator asks, too."""
    return sum(page.words(i)[:1] in ('"', "“") for i in range(len(page.blocks))) >= _LEAST_QUOTING


def _takes_turns(page: Page, asked: Sequence[int]) -> bool:
    """Whether two or more blocks ask, and others answer them."""
    if len(asked) < 2:
        return False
    end = len(page.blocks)
    answers = [
        answer_from(page, one + 1, following, last=following == end)
        for one, following in zip(asked, [*asked[1:], end], strict=True)
    ]
    texts = [" ".join(page.words(i) for i in one) for one in answers]
    if 10 * sum(map(bool, texts[:-1])) < 7 * len(texts[:-1]):
        return False
    speaking = sum(map(of_self, texts))
    set_apart = all(_is_set_apart(page, i) for i in asked)
    addressed = 2 * sum(YOU.search(page.words(i)) is not None for i in asked) >= len(texts)
    enough = len(texts) >= 3 and 2 * speaking >= len(texts)
    cued = _is_announced(page, asked[0]) and 3 * speaking >= len(texts)
    return cued or (enough and (set_apart or addressed or _are_personal(page, asked, texts)))


def _are_personal(page: Page, asked: Sequence[int], answers: Sequence[str]) -> bool:
    """Whether most questions speak to somebody, or of somebody who then speaks; not of who
    asks."""
    personal = (
        (YOU.search(bare) or of_self(answer)) and not I_ALONE.search(bare)
        for bare, answer in zip((_bare(page, i) for i in asked), answers, strict=True)
    )
    return 5 * sum(map(bool, personal)) >= 4 * len(answers)


def _is_talk(page: Page, asked: Sequence[int]) -> bool:
    """Whether a talk was announced, and somebody speaks or asks in most blocks from there on,
    though they don't take turns."""
    rest = [i for i in range(asked[0], len(page.blocks)) if not page.is_heading(i)]
    speaking = [i for i in rest if of_self(page.words(i))]
    talking = {*speaking, *asked, *(i for i in rest if YOU.search(_bare(page, i)))}
    return (
        _is_announced(page, asked[0])
        and len(speaking) >= 2
        and 2 * len(speaking) >= len(rest) - len(asked)
        and 3 * len(talking) >= 2 * len(rest)
    )


def _is_announced(page: Page, first: int) -> bool:
    before = " ".join([page.title, *(page.words(i) for i in range(first))])
    return words().cues.search(before) is not None


def _bare(page: Page, i: int) -> str:
    """The words of a block outside quotation marks."""
    return QUOTED.sub(" ", page.words(i))


# --- whose block is whose ----------------------------------------------------------------------


def _laid_out(page: Page, asked: frozenset[int], *, prompted: bool) -> Iterator[Turn]:
    """The turns of a talk. ``prompted``: a block that doesn't ask may be the other party's, too."""
    first = _first(page, min(asked)) if prompted else min(asked)
    last = _last(page, asked)
    curt = prompted and any(
        _is_prompt(page, i, asked, last)
        for i in range(first, last)
        if not YOU.search(_bare(page, i))
    )
    told: list[tuple[int | None, list[int]]] = [(None, [])]  # what asks, and the answer's blocks
    silent = False  # the narrator has the word, up to the next question
    for i in range(first, last + 1):
        answer = told[-1][1]
        if i in asked or (prompted and not silent and _is_prompt(page, i, asked, last, curt=curt)):
            told.append((i, []))
            silent = False
        elif page.is_heading(i):
            silent = bool(answer) and not _is_spoken(page, i + 1, asked, last)
        elif is_closing(page.words(i)):
            silent = bool(answer)
        elif not silent and not is_aside(page, i):
            answer.append(i)
    one_each = prompted and _is_one_each([answer for _, answer in told])
    for one, answer in told:
        yield from [] if one is None else [asked_in(page, one)]
        yield from _by_turns(page, answer) if one_each else _answered(page, answer)


def _answered(page: Page, blocks: Sequence[int]) -> Iterator[Turn]:
    parts = tuple((page.blocks[i].start, page.blocks[i].end) for i in blocks)
    if parts:
        yield Turn(Speaker(INTERVIEWEE, parts[0][0], parts[0][0]), False, parts)


def _is_one_each(answers: Sequence[Sequence[int]]) -> bool:
    """Whether the parties take turns block by block: nearly every answer is one."""
    counts = [len(answer) for answer in answers if answer]
    return counts.count(1) >= _LEAST_ALONE and 5 * counts.count(1) >= 4 * len(counts)


def _by_turns(page: Page, blocks: Sequence[int]) -> Iterator[Turn]:
    """The turns of blocks none of which is known to ask, where others take turns block by block:
    every second short one is of who asks. Where that doesn't come out even, only the first is
    known to answer, and the rest is taken for nobody's words but the asker's, who states nothing.
    """
    even = len(blocks) % 2 == 0
    others = blocks[1:] if even else blocks[1::2]
    if any(len(page.words(i).split()) > _LONGEST_PROMPT for i in others):
        yield from _answered(page, blocks)
        return
    for i in blocks:
        yield from [asked_in(page, i)] if i in others else _answered(page, [i])


def _first(page: Page, first: int) -> int:
    """Where the talk begins: before the first question may stand an answer, and what prompted it."""
    while first > 0 and not page.is_heading(first - 1):
        text = _bare(page, first - 1)
        if words().cues.search(text) or words().others.search(text) or is_closing(text):
            break  # the narrator's, on whom they met
        prompts = YOU.search(text) and len(text.split()) <= _LONGEST_PROMPT
        told = I_ALONE.search(text) and _is_announced(page, first - 1)
        if not (prompts or told):
            break
        first -= 1
    return first


def _last(page: Page, asked: frozenset[int]) -> int:
    """The last block in which somebody speaks; the first after a question is its answer."""
    end = len(page.blocks)
    last = max(asked)
    following = [i for i in range(last + 1, end) if not (page.is_heading(i) or is_aside(page, i))]
    if following and not is_closing(page.words(following[0])):
        last = following[0]
    for i in following:
        if is_closing(page.words(i)):
            break
        if speaks_on(page.words(i)) or (i <= last + 2 and _is_reply(page, i)):
            last = i
    return last


def _is_spoken(page: Page, first: int, asked: frozenset[int], last: int) -> bool:
    """Whether somebody speaks in the blocks from here up to the next question or heading; where
    nobody is but "us" ("She asked us not to name her"), it is the narrator."""
    for i in range(first, last + 1):
        if i in asked or page.is_heading(i):
            return False
        if speaks_on(_US.sub(" ", page.words(i))) or YOU.search(_bare(page, i)):
            return True
    return False


def _is_prompt(page: Page, i: int, asked: frozenset[int], last: int, *, curt: bool = False) -> bool:
    """Whether the block, though no question, is the words of who asks. ``curt``: they are known to
    speak in short sentences that address nobody."""
    text = _bare(page, i)
    count = len(text.split())
    if page.is_heading(i) or of_self(text) or count > _LONGEST_PROMPT or is_aside(page, i):
        return False
    if i >= last or i + 1 in asked or i - 1 in asked:
        return False
    replied, answered = _is_reply(page, i + 1), of_self(page.words(i + 1))
    if YOU.search(text):
        return count <= _SHORT_PROMPT or replied or answered
    if _is_reply(page, i):
        return False
    return replied or (curt and answered and count <= _SHORT_PROMPT)


def _is_reply(page: Page, i: int) -> bool:
    """Whether the block begins with a yes or no."""
    return words().replies.match(page.words(i)) is not None


def is_aside(page: Page, i: int) -> bool:
    """Whether the block belongs to nobody's turn: a caption, a stage direction, or a quotation
    taken out of the talk with the name of who said it."""
    text = page.words(i)
    if DIRECTION.fullmatch(text):
        return True
    if page.blocks[i].kind in ("caption", "keypoint"):
        return not of_self(text)
    if len(text.split()) <= _LONGEST_PROMPT and _PICTURE.search(text):
        return True
    pulled = QUOTED.match(text)
    return pulled is not None and _CREDITED.match(text, pulled.end()) is not None
