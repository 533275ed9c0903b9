"""Who the parties of the turns are, by the parse of the article.

`part` tells the parser where turns begin; `named` finds the name of an interviewee whom only the
lead, the headline, a quotation taken out of the talk or the answers themselves name, or, in a
round-up, the introduction of each section, and puts the mentions of the article in order. Where
several answer, and no mark tells who, their words are the ``interviewees``'.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Final

from kg.analysis import analysis_of, keep
from kg.extract.grammar.annotations import text_of
from kg.extract.grammar.index import tokens_of
from kg.extract.grammar.labels import type_hint
from kg.extract.grammar.stretches import Stretches
from kg.extract.grammar.tree import sentence_of
from kg.extract.speech.page import (
    I_ALONE,
    INTERVIEWEE,
    INTERVIEWEES,
    QUOTED,
    YOU,
    Speaker,
    Turn,
    leads_talk,
    of_self,
    words,
)
from kg.extract.speech.sections import Section, sections
from kg.extract.words.load import rule_words
from kg.extract.words.phrases import phrase_words
from kg.extract.words.pronouns import PRONOUNS
from kg.model import Article, Mention

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_ABOUT: Final = re.compile(r"\b(?:about|on|over|called)\b")
_LEAST: Final = 6  # words of a quotation that was taken out of the talk
_GIVEN: Final = re.compile(r"(?<![.!?] )(?<!^)\b[A-Z][a-z'’-]+$")  # "Tom" Venn
_NAME: Final = r"[^\W\d_a-z][\w'’-]+(?: (?:[^\W\d_a-z][\w.'’-]*|de|van|von|der|den|bin|al))+"
_BEHIND: Final = re.compile(rf"[\s.,]*(?:[—–-]+\s*)?({_NAME}?)(?=[\s.,;:]|$)")
#: What stands behind the names of barristers and members of parliament: "Ada Venn KC".
_LETTERS: Final = re.compile(r"[A-Z]{2,4}")
_WE: Final = re.compile(r"\b(?:[Ww]e|[Ww]e['’](?:re|ve|d|ll)|us|[Oo]urs?)\b")
_OWN: Final = rule_words("parties")
_REPORTERS: Final = _OWN["reporters"]


def part(doc: Doc, turns: Iterable[Turn]) -> None:
    """Make the words of each turn begin a sentence, so that no mark is parsed as a part of it; the
    analysis has where they are."""
    parts = tuple(part for turn in turns for part in turn.parts)
    keep(replace(analysis_of(doc), turns=parts))
    starts = {start for start, _ in parts}
    if starts:
        for token in doc:
            if token.idx in starts and token.i:
                token.is_sent_start = True


def named(doc: Doc, article: Article, turns: tuple[Turn, ...]) -> tuple[Turn, ...]:
    """The turns, with the name of an interviewee whom no mark names, and with
    the mentions of ``doc`` in order: a speaker's mark is a mention, that of who asks is none, and
    nobody is "he" or "the mayor" in their own words."""
    if not turns:
        return turns
    turns = _in_whole(doc, article, _with_holders(doc, article, turns))
    turns = _by_given_name(doc, article, turns)
    if any(_is_unnamed(turn) for turn in turns):
        turns = tuple(_answers_named(doc, article, turns))
        turns = tuple(_without_captions(text_of(doc), turns))
    doc._.kg_mentions = _mentions(doc._.kg_mentions, turns, article.publisher or "", text_of(doc))
    return turns


def _with_holders(doc: Doc, article: Article, turns: tuple[Turn, ...]) -> tuple[Turn, ...]:
    """The turns, those of an office ("Minister:") as its who the text before them says holds it."""
    offices = {t.speaker.name for t in turns if not (t.asks or t.speaker.named)} & words().roles
    holders = {office: _holder(doc, article, turns, office) for office in sorted(offices)}
    return _renamed(turns, holders, lambda turn: not (turn.asks or turn.speaker.named))


def _renamed(
    turns: Iterable[Turn], known: Mapping[str, Speaker | None], meant: Callable[[Turn], bool]
) -> tuple[Turn, ...]:
    """The turns, those that are ``meant`` as of whom their mark is ``known`` to mean."""
    return tuple(
        replace(turn, speaker=known.get(turn.speaker.name) or turn.speaker) if meant(turn) else turn
        for turn in turns
    )


def _holder(doc: Doc, article: Article, turns: Sequence[Turn], office: str) -> Speaker | None:
    """The one person of this office: "Ada Venn, minister for ports", "the mayor, Ada Venn". Who was
    it, or is the deputy, is another."""
    first = _first_place(turns)
    held = rf"(?:[\w'’-]+ ){{0,3}}?\b{re.escape(office)}\b"
    behind = re.compile(rf"(?:,| \(|, who is) ?{held}", re.IGNORECASE)
    before = re.compile(rf"{held}(?: (?:for|of) [\w '’]{{2,40}}?)?,? $", re.IGNORECASE)
    people = [ent for ent in _people(doc, article) if ent.end_char <= first]
    found = [
        ent
        for ent in people
        if _is_office(behind.match(text_of(doc), ent.end_char, first))
        or _is_office(before.search(text_of(doc)[_opening(ent) : ent.start_char]))
    ]
    if len({_surname(ent) for ent in found}) != 1:
        return None
    same = [ent for ent in people if _surname(ent) == _surname(found[0])]
    full = max(same, key=lambda ent: (len(ent), -ent.start))
    return _as_speaker(full)


def _in_whole(doc: Doc, article: Article, turns: tuple[Turn, ...]) -> tuple[Turn, ...]:
    """The turns, those of a surname ("VENN:") as of the one person of this surname whom the text before
    them names in full: another Venn whom they speak of later is none of the parties."""
    labels = {turn.speaker.name for turn in turns if _is_surname(turn)}
    if not labels:
        return turns
    first = _first_place(turns)
    people = [ent for ent in _people(doc, article) if ent.end_char <= first and len(ent) > 1]
    full: dict[str, Speaker] = {}
    for label in sorted(labels):
        same = [ent for ent in people if _surname(ent) == label.casefold()]
        if len({_plain(_bare_end(ent.text)) for ent in same}) == 1:
            name, start = _bare_end(same[0].text), same[0].start_char
            full[label] = Speaker(name, start, start + len(name), named=True)
    return _renamed(turns, full, _is_surname)


def _by_given_name(doc: Doc, article: Article, turns: tuple[Turn, ...]) -> tuple[Turn, ...]:
    """The turns, those of a given name ("ADA:") as of the one person of this name whom the text
    before their first words names in full, as a host does."""
    known: dict[str, Speaker] = {}
    people = [ent for ent in _people(doc, article) if len(ent) > 1]
    for turn in turns:
        label = turn.speaker.name
        if not _is_surname(turn) or label in known:
            continue
        first = turn.parts[0][0]
        same = [e for e in people if e.end_char <= first and e[0].text == label]
        full = {_plain(_bare_end(ent.text)) for ent in same}
        if len(full) == 1 and not any(_surname(ent) == label.casefold() for ent in people):
            name, start = _bare_end(same[0].text), same[0].start_char
            known[label] = Speaker(name, start, start + len(name), named=True)
        else:
            known[label] = turn.speaker
    return _renamed(turns, known, _is_surname)


def _is_surname(turn: Turn) -> bool:
    who = turn.speaker
    return who.named and turn.mark is not None and not turn.asks and " " not in who.name


def _as_speaker(ent: Span) -> Speaker:
    return Speaker(ent.text, ent.start_char, ent.end_char, named=True)


def _is_office(found: re.Match[str] | None) -> bool:
    """Whether the words tell of the office itself: not of a "former minister"."""
    return found is not None and not _OWN["other_offices"] & set(
        re.findall(r"[a-z]+", found[0].casefold())
    )


def _is_unnamed(turn: Turn) -> bool:
    return turn.speaker.name == INTERVIEWEE and not turn.asks


def _answers_named(doc: Doc, article: Article, turns: tuple[Turn, ...]) -> Iterator[Turn]:
    """The turns, the unnamed ones as of the interviewee; in a round-up as of whom the section
    introduces, and nobody's where that is no one person. "Venn was born there" introduces nobody
    where Venn has answered before, nor does the one introduction amid a talk that names no one."""
    calls = _calls(doc, article, turns)
    parted = sections(article, turns)
    if not parted:
        yield from _each_named(turns, _interviewee(doc, article, turns), calls)
    several = len(parted) > 2 or all(section.start < section.end for section in parted)
    whom: Speaker | None = None
    for section in parted:
        before = whom
        if section.start == section.end:
            whom = _interviewee(doc, article, turns)
        elif not _is_on(doc, section, before):
            whom = _guest(doc, article, section) or (None if several else before)
        yield from _each_named(section.turns, whom, calls)


def _is_on(doc: Doc, section: Section, whom: Speaker | None) -> bool:
    """Whether an introduction begins with the surname of who answered before it."""
    name = "" if whom is None else whom.name.split()[-1]
    return bool(name) and text_of(doc).startswith(f"{name} ", section.start)


def _guest(doc: Doc, article: Article, section: Section) -> Speaker | None:
    """The one person of whom the main clauses of an introduction tell ("*Ada Venn* runs the shop
    that Bo Lund built", "*Ada Venn*, shopkeeper"), in full where the text before has the name so.
    What the parse takes for another's name is a person's under a heading that calls one."""
    people = [ent for ent in _people(doc, article) if ent.end_char <= section.end]
    opening = [ent for ent in doc.ents if ent.start_char == section.start and _is_whole_name(ent)]
    here = [ent for ent in people if ent.start_char >= section.start]
    heading = section.heading == (section.start, section.end)  # "The shopkeeper: Ada Venn, 33"
    told = [ent for ent in (*opening, *here) if heading or _is_head(ent.root)]
    if len({_surname(ent) for ent in told}) != 1:
        return None
    same = [ent for ent in people if _surname(ent) == _surname(told[0])]
    if not same:
        return _as_speaker(told[0]) if _calls_person(doc, section) else None
    return _as_speaker(max(same, key=lambda ent: (len(ent), ent.start)))


def _is_head(name: Token) -> bool:
    """Whether a main clause tells of this name, alone or with another ("Ada Venn and *Bo Lund*")."""
    one = name.head if name.dep_ == "conj" else name
    return one.dep_ == "ROOT" or _is_main_subject(one)


def _is_whole_name(ent: Span) -> bool:
    return len(ent) > 1 and all(token.pos_ == "PROPN" for token in ent)


def _calls_person(doc: Doc, section: Section) -> bool:
    """Whether the heading calls a person ("The shopkeeper") who then says "I"."""
    start, end = section.heading
    heads = [one for one in doc if start <= one.idx < end and one.dep_ == "ROOT"]
    speaks = any(I_ALONE.search(_answer(doc, turn)) for turn in section.turns if not turn.asks)
    return speaks and any(type_hint(one) == "Person" for one in heads)


def _each_named(
    turns: Iterable[Turn], whom: Speaker | None, calls: Mapping[int, Speaker]
) -> Iterator[Turn]:
    """The turns, the unnamed ones as of ``whom`` or, from a question that calls another on, as of
    the one it calls. Where several answer, or are called back, a call goes as far as the next
    question, and what follows one that calls nobody is of nobody by name."""
    several = whom is None or whom.name == INTERVIEWEES
    back = len(list(groupby(one.name for one in calls.values()))) > 2
    now = default = None if back and not several else whom
    for turn in turns:
        if turn.asks:
            now = calls.get(turn.parts[0][0], default if several or back else now)
        yield _with_name(turn, now) if _is_unnamed(turn) else turn


def _calls(doc: Doc, article: Article, turns: Sequence[Turn]) -> dict[int, Speaker]:
    """Whom the questions call by a given name, or title and surname, by where these begin: "Ada, are
    you sorry?", of those whom the text before them names in full; empty where they call fewer than
    two."""
    first = _first_place(turns)
    people = [ent for ent in _people(doc, article) if ent.end_char <= first and len(ent) > 1]
    titles = "|".join(map(re.escape, sorted(_titles())))
    found: dict[int, Speaker] = {}
    for turn in (turn for turn in turns if turn.asks and turn.mark is None):
        start, end = turn.parts[0][0], turn.parts[-1][1]
        text = text_of(doc)[start:end]
        called = {
            _surname(ent): ent
            for ent in people
            if YOU.search(text) and _calling(ent, titles).search(text)
        }
        if len(called) == 1:
            found[start] = _as_speaker(next(iter(called.values())))
    return found if len({whom.name for whom in found.values()}) > 1 else {}


def _calling(ent: Span, titles: str) -> re.Pattern[str]:
    """How a question calls somebody: "Ada, ...", "..., Dr Venn?"."""
    name = rf"(?:{re.escape(ent[0].text)}|(?i:{titles})\.? {re.escape(ent.text.split()[-1])})"
    return re.compile(rf"^(?:[A-Z][a-z]{{1,4}},? )?{name},|, {name}\?$")


def _with_name(turn: Turn, whom: Speaker | None) -> Turn:
    if whom is None or (whom.name == INTERVIEWEES and turn.mark is not None):
        return turn
    if whom.start < 0 or whom.name == INTERVIEWEES:
        whom = replace(whom, start=turn.speaker.start, end=turn.speaker.end)
    return replace(turn, speaker=whom)


def _without_captions(text: str, turns: Iterable[Turn]) -> Iterator[Turn]:
    """The turns without what names their speakers in the third person: a caption without a mark,
    and what the narrator sees meanwhile ("Venn points at the wall.")."""
    for turn in turns:
        if turn.asks or not turn.speaker.named or turn.mark is not None:
            yield turn
            continue
        name = re.compile(
            rf"(?<![\w'’-] ){re.escape(turn.speaker.name.split()[-1])}\b(?! [A-Z])|"
            rf"{re.escape(turn.speaker.name)}"
        )
        parts = tuple(
            (s, e) for s, e in turn.parts if not name.search(text[s:e]) or of_self(text[s:e])
        )
        if parts:
            yield replace(turn, parts=parts)


def _interviewee(doc: Doc, article: Article, turns: Sequence[Turn]) -> Speaker | None:
    """Who the unnamed party is, or ``interviewees`` where they are several; None where nothing
    tells, or the text before says that the name is kept back."""
    if words().nameless.search(text_of(doc), 0, _first_place(turns)):
        return None
    if _is_several(doc, article, turns):
        return Speaker(INTERVIEWEES, -1, -1)
    own = _self_named(doc, turns)
    if len({_surname(ent) for ent in own}) > 1:
        return Speaker(INTERVIEWEES, -1, -1)
    if whom := _introduced(doc, article, turns):
        return whom
    if own:
        return _as_speaker(own[0])
    whom = (
        _in_title(doc, article)
        or _in_lead(doc, article, turns)
        or _called(doc, article, turns)
        or _pulled(doc, turns)
    )
    if whom is None:
        return _left(doc, article, turns)
    return whom if whom.name.split()[-1].casefold() not in _askers(doc) else None


def _first_place(turns: Sequence[Turn]) -> int:
    return min(turn.mark[0] if turn.mark else turn.parts[0][0] for turn in turns)


def _is_several(doc: Doc, article: Article, turns: Sequence[Turn]) -> bool:
    """Whether the headline or the lead says that the talk was with several: by a plural, or by two
    names that belong together, wherever these stand if those who answer are "we"."""
    names = list(_title_names(article))
    if len(names) > 1 or words().several.search(article.title or ""):
        return True
    first = _first_place(turns)
    people = [ent for ent in _people(doc, article) if ent.end_char <= first]
    for sentence in _telling(article, doc, first):
        if words().several.search(sentence.text):
            return True
        here = [ent for ent in people if _is_told_of(ent, sentence)]
        if any(_are_together(one, other) for one, other in pairwise(here)):
            return True
    untold = [ent for ent in people if not _is_told_in(ent, turns)]
    return _are_we(doc, turns) and any(_are_together(*both) for both in pairwise(untold))


def _are_we(doc: Doc, turns: Sequence[Turn]) -> bool:
    """Whether in two answers or more, and most, somebody is "we"."""
    said = [_answer(doc, turn) for turn in turns if _is_unnamed(turn)]
    ours = sum(_WE.search(text) is not None for text in said)
    return ours > 1 and 2 * ours > len(said)


def _answer(doc: Doc, turn: Turn) -> str:
    return QUOTED.sub(" ", " ".join(text_of(doc)[start:end] for start, end in turn.parts))


def _are_together(one: Span, other: Span) -> bool:
    """ "Anna Rask and Bo Lund", "Anna Rask, a baker, and Bo Lund"."""
    root = other.root
    while root.dep_ in ("appos", "compound", "flat", "nmod") and root.head.i not in range(
        one.start, one.end
    ):
        root = root.head
    return root.dep_ == "conj" and (
        root.head.i in range(one.start, one.end) or root.head == one.root.head
    )


def _self_named(doc: Doc, turns: Iterable[Turn]) -> list[Span]:
    """The names by which those who answer call themselves."""
    found = []
    for turn in turns:
        for start, end in () if turn.asks else turn.parts:
            said = text_of(doc)[start:end]
            for match in words().own_name.finditer(QUOTED.sub(lambda m: " " * len(m[0]), said)):
                at = start + match.end()
                found += [
                    ent
                    for ent in doc.ents
                    if ent.label_ == "PERSON" and ent.start_char == at and len(ent) > 1
                ]
    return found


def _title_names(article: Article) -> Iterator[str]:
    """The people whom a headline says it talked to; the outlet is nobody."""
    title, outlet = article.title or "", (article.publisher or "").casefold()
    for form in words().in_title:
        if found := form.search(title):
            names = (_bare_name(name) for name in found.groups() if name)
            yield from (
                name for name in names if _is_name(name, title) and name.casefold() != outlet
            )
            return


def _bare_name(name: str) -> str:
    """The name without title and trade: "Biologist Ada Venn", "Dr. Venn"."""
    parts = name.split()
    while len(parts) > 1 and (_is_trade(parts[0]) or parts[0].casefold().strip(".") in _titles()):
        parts = parts[1:]
    return " ".join(parts)


def _titles() -> frozenset[str]:
    return words().titles - {"the"}


def _is_trade(word: str) -> bool:
    return phrase_words().types.get(word.casefold()) == "Group"


def _is_name(name: str, title: str) -> bool:
    """Whether it may be a person's name: two words or more, the last no word for what somebody
    is, and not in a headline of nothing but capitals."""
    parts = name.split()
    if len(parts) < 2 or parts[0].casefold() == "the" or _is_trade(parts[-1]):
        return False
    rest = [part for part in title.replace(name, "").split() if len(part) > 3]
    return not rest or any(part[0].islower() for part in rest)


def _in_title(doc: Doc, article: Article) -> Speaker | None:
    """The one person whom the headline says it talked to, at the place where the text has the name
    or the surname, else in the headline alone."""
    names = list(_title_names(article))
    if len(names) != 1:
        return None
    name, surname = names[0], names[0].split()[-1]
    same = [m for m in _people(doc, article) if _surname(m) == surname.casefold()]
    if same:
        best = max(same, key=lambda ent: (len(ent), -ent.start))
        return Speaker(name, best.start_char, best.end_char, named=True)
    return Speaker(name, -1, -1)


def _in_lead(doc: Doc, article: Article, turns: Sequence[Turn]) -> Speaker | None:
    """The name, taken for none by the parse, that the lead has where a headline has it."""
    for sentence in _telling(article, doc, _first_place(turns)):
        found = words().in_title[0].search(sentence.text)
        if found and not found[2] and _is_name(found[1], "") and _bare_name(found[1]) == found[1]:
            start = sentence.start_char + found.start(1)
            if not any(
                e.start_char < start + len(found[1]) and start < e.end_char for e in doc.ents
            ):
                return Speaker(found[1], start, start + len(found[1]), named=True)
    return None


def _called(doc: Doc, article: Article, turns: Sequence[Turn]) -> Speaker | None:
    """The one person before the turns by whose surname, or title and surname, questions begin or
    end: "Professor Venn, where were you?"."""
    first = _first_place(turns)
    asked = [text_of(doc)[start:end] for turn in turns if turn.asks for start, end in turn.parts]
    people = [ent for ent in _people(doc, article) if ent.end_char <= first and len(ent) > 1]
    titles = "|".join(map(re.escape, sorted(_titles())))
    found = []
    for ent in people:
        name = rf"(?:(?:{titles})\.? )?(?:{re.escape(ent.text)}|{re.escape(_surname(ent))})"
        called = re.compile(rf"^{name},|, {name}\?$", re.IGNORECASE)
        found += [ent] if any(called.search(text) for text in asked) else []
    if len({_surname(ent) for ent in found}) != 1:
        return None
    full = max(found, key=lambda ent: (len(ent), -ent.start))
    return _as_speaker(full)


def _pulled(doc: Doc, turns: Sequence[Turn]) -> Speaker | None:
    """Whose name stands behind a quotation outside of the turns that an answer repeats."""
    said = " ".join(_plain(text_of(doc)[s:e]) for t in turns if not t.asks for s, e in t.parts)
    inside = Stretches(part for turn in turns for part in turn.parts)
    for quoted in QUOTED.finditer(text_of(doc)):
        text = _plain(quoted[0])
        if inside.touch(*quoted.span()) or len(text.split()) < _LEAST or text not in said:
            continue
        behind = _BEHIND.match(text_of(doc), quoted.end())
        if behind and _is_name(behind[1], ""):
            return Speaker(behind[1], *behind.span(1), named=True)
    return None


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _people(doc: Doc, article: Article) -> list[Span]:
    """The people of the article who are neither the outlet nor its reporter, nor said to have
    asked."""
    outlet = (article.publisher or "").casefold().removeprefix("the ")
    asked = _askers(doc)
    return [
        ent
        for ent in doc.ents
        if ent.label_ == "PERSON"
        and not (outlet and ent.text.casefold().removeprefix("the ") == outlet)
        and not _is_reporter(ent, article)
        and _surname(ent) not in asked
    ]


def _askers(doc: Doc) -> set[str]:
    """The surnames of those who are said to have asked."""
    people = (ent for ent in doc.ents if ent.label_ == "PERSON" and len(ent) > 1)
    return {_surname(ent) for ent in people if _has_asked(ent)}


def _has_asked(ent: Span) -> bool:
    """Whether a by-line, a note or the lead says that this person led the talk: "By Owen Lisle",
    "Owen Lisle asked the questions", "Owen Lisle met the judge". Who was met by the paper, or has a
    name twice, may be anybody."""
    text, start, end = text_of(ent.doc), ent.start_char, ent.end_char
    if leads_talk(text, start, end):
        return True
    return text.count(ent.text) == 1 and _talks_to_somebody(ent.root)


def _talks_to_somebody(subject: Token) -> bool:
    """Whether this is who, in their clause, asks or meets "her", or somebody named by a trade."""
    while subject.dep_ in ("appos", "flat"):
        subject = subject.head
    verb = subject.head
    if subject.dep_ != "nsubj" or verb.lemma_ not in _OWN["talks"]:
        return False
    whom = next((one for one in verb.rights if one.dep_ in ("obj", "iobj", "obl")), None)
    if whom is None or whom.lower_ in _REPORTERS:
        return False
    if whom.lower_ in PRONOUNS.third:
        return True
    owned = any(one.dep_ == "nmod:poss" for one in whom.lefts)  # "Ada met *her* husband"
    return whom.pos_ == "NOUN" and not owned and type_hint(whom) == "Person"


def _introduced(doc: Doc, article: Article, turns: Sequence[Turn]) -> Speaker | None:
    """The one person whom the text before the first turn says it talked to: named where the lead,
    or the paragraph before the first question, tells so; where it says "she", the one named most;
    else the only one. None where it may be several."""
    first = _first_place(turns)
    quoted = Stretches(found.span() for found in QUOTED.finditer(text_of(doc), 0, first))
    people = [
        ent
        for ent in _people(doc, article)
        if ent.end_char <= first and not quoted.touch(ent.start_char, ent.end_char)
    ]
    count = Counter(_surname(ent) for ent in people)
    telling = list(_telling(article, doc, first))
    alone = len(count) == 1 and not any(_is_topic(e, s) for e in people for s in telling)
    told = people if alone else _told_of(people, telling)
    if not told:
        return None
    best = max(count[_surname(ent)] for ent in told)
    most = [ent for ent in told if count[_surname(ent)] == best]
    if len({_surname(ent) for ent in most}) > 1:
        asked = [ent for ent in most if any(_is_asked(ent, s) for s in telling)]
        most = asked or [ent for ent in most if not _is_told_in(ent, turns)]
    if len({_surname(ent) for ent in most}) != 1:
        return None
    known = [ent for ent in people if _surname(ent) == _surname(most[0])]
    full = max(known, key=lambda ent: (len(ent), -ent.start))
    return _as_speaker(full)


def _left(doc: Doc, article: Article, turns: Sequence[Turn]) -> Speaker | None:
    """The one person named before the turns of whom they don't tell, as they do of another there."""
    first = _first_place(turns)
    before = [e for e in _people(doc, article) if e.end_char <= first]
    people = [ent for ent in before if not _is_told_in(ent, turns)]
    if len({_surname(ent) for ent in people}) != 1 or len(before) < 2:
        return None
    return _as_speaker(max(people, key=lambda ent: (len(ent), -ent.start)))


def _is_told_in(ent: Span, turns: Sequence[Turn]) -> bool:
    """Whether the parties tell of this person: "I never met *Rask*". Who is called by name in a
    question, or tells the own, may be the one asked."""
    last = ent.text.removesuffix("'s").removesuffix("’s").split()[-1]
    given = rf"(?:{re.escape(ent[0].text)} )?" if len(ent) > 1 else ""
    called = re.compile(
        rf"(?<![A-Z][\w.'’-] )(?P<before>^|\W){given}{re.escape(last)}(?![\w-]| [A-Z])(?P<after>\W|$)"
    )
    for turn in turns:
        for start, end in turn.parts:
            said = QUOTED.sub(" ", text_of(ent.doc)[start:end])
            if any(_is_third(said, found) for found in called.finditer(said)):
                return True
    return False


def _is_third(said: str, found: re.Match[str]) -> bool:
    """Whether a name isn't called, nor somebody's own, nor behind another given name."""
    before, after = said[: found.end("before")].rstrip(), said[found.start("after") :]
    if before.endswith(",") or (after.startswith(",") and len(before.split()) < _LEAST):
        return False
    own = words().own_name.search(f"{before} ")
    return not (own and own.end() > len(before)) and not _GIVEN.search(before)


def _told_of(people: list[Span], sentences: Iterable[Span]) -> list[Span]:
    """Of the people those who can be meant by the first sentence that tells of a talk. A headline
    that names nobody ("Interview with a bar owner") decides nothing."""
    for sentence in sentences:
        named_here = _uppermost([ent for ent in people if _is_told_of(ent, sentence)])
        if named_here or sentence.start:
            whom = [token.idx for token in sentence if token.lower_ in PRONOUNS.third]
            return named_here or (_meant(people, whom) or people if whom else [])
    return []


def _meant(people: list[Span], pronouns: Collection[int]) -> list[Span]:
    """Of the people those for whom one of these pronouns, told by where it begins, stands: of whom
    main clauses tell ("*Ada Venn* leads the board that Bo Lund founded. She answered"), else those
    that coreference has."""
    clusters = people[0].doc._.kg_clusters if people and pronouns else ()
    places = {m.start for c in clusters if any(one.start in pronouns for one in c) for m in c}
    told = [ent for ent in people if pronouns and _is_main_subject(ent.root)]
    return told or [ent for ent in people if ent.start_char in places]


def _is_main_subject(name: Token) -> bool:
    return name.dep_ == "nsubj" and name.head.dep_ == "ROOT"


def _uppermost(people: list[Span]) -> list[Span]:
    """Those who are not told of another: "William Evans, president of the *Magicians*"."""
    roots = {ent.root for ent in people}
    return [
        ent
        for ent in people
        if ent.root.dep_ == "conj" or not any(one in roots for one in ent.root.ancestors)
    ]


def _telling(article: Article, doc: Doc, first: int) -> Iterator[Span]:
    """The sentences of the headline, the first and the last two paragraphs before a place, that
    tell of a talk with somebody."""
    before = [block for block in article.blocks if block.end <= first]
    plain = [block for block in before if block.kind in ("paragraph", "keypoint")]
    heads = [block for block in before if block.kind == "headline"]
    places = [(b.start, b.end) for b in (*heads, *plain[:1], *plain[-2:])]
    for sentence in doc.sents:
        here = any(start <= sentence.start_char < end for start, end in places)
        if here and words().cues.search(sentence.text):
            yield sentence


def _is_told_of(ent: Span, sentence: Span) -> bool:
    """Whether the sentence may say that this person was talked to."""
    return sentence.start <= ent.start < sentence.end and not _is_topic(ent, sentence)


def _is_topic(ent: Span, sentence: Span) -> bool:
    """Whether the talk that the sentence tells of was *about* this person."""
    if not sentence.start <= ent.start < sentence.end:
        return False
    between = sentence.text[: ent.start_char - sentence.start_char]
    cue = words().cues.search(between)
    return cue is not None and _ABOUT.search(between, cue.end()) is not None


def _is_asked(ent: Span, sentence: Span) -> bool:
    """Whether the sentence says that somebody spoke *to* this person."""
    if not sentence.start <= ent.start < sentence.end:
        return False
    cue = words().cues.search(sentence.text)
    return cue is not None and sentence.start_char + cue.end() <= ent.start_char + 1


def _surname(ent: Span) -> str:
    """The last word of a name, without letters after it: "Ada Venn KC"."""
    parts = _bare_end(ent.text).split()
    return str(parts[-1].casefold())


def _bare_end(name: str) -> str:
    parts = name.removesuffix("'s").removesuffix("’s").split()
    while len(parts) > 2 and _LETTERS.fullmatch(parts[-1]):
        parts = parts[:-1]
    return " ".join(parts)


def _opening(ent: Span) -> int:
    """Where the sentence of a name begins, in characters."""
    return tokens_of(ent.doc)[sentence_of(ent[0])[0]].idx


def _is_reporter(ent: Span, article: Article) -> bool:
    before = ent.doc[max(0, ent.start - 2) : ent.start]
    named_so = any(token.lower_ in _REPORTERS for token in before)
    sentence = text_of(ent.doc)[_opening(ent) : ent.start_char]
    asked = words().asked_by.search(sentence) is not None  # "She spoke to Owen Lisle"
    return named_so or asked or any(_surname(ent) in name.casefold() for name in article.authors)


def _of_themselves(text: str, turns: Iterable[Turn]) -> set[str]:
    """The full names of those who say "I": they are people, whatever the parse takes them for."""
    return {
        turn.speaker.name
        for turn in turns
        if turn.speaker.named and " " in turn.speaker.name
        if any(I_ALONE.search(QUOTED.sub(" ", text[s:e])) for s, e in turn.parts)
    }


def _mentions(
    mentions: Sequence[Mention], turns: Sequence[Turn], outlet: str, text: str
) -> tuple[Mention, ...]:
    marks = [turn.mark for turn in turns if turn.mark is not None]
    kept = [
        m for m in mentions
        if not any(start <= m.start < end for start, end in marks)
    ]  # fmt: skip
    number = max((m.cluster for m in mentions), default=-1) + 1
    clusters: dict[str, int] = {}
    places: dict[tuple[int, int], Mention] = {}
    for turn in turns:
        who = turn.speaker
        if turn.asks or not who.named:
            continue
        if who.name not in clusters:
            clusters[who.name] = _cluster(who.name, kept, number)
            number = max(number, clusters[who.name]) + 1
        if not any(m.start <= who.start and who.end <= m.end and m.kind == "name" for m in kept):
            place = (who.start, who.end)
            places[place] = Mention(*place, who.name, "name", "PERSON", clusters[who.name])
    people = {clusters[name] for name in _of_themselves(text, turns) if name in clusters}
    kept = [_in_full(m, turns) for m in kept]
    kept = [
        replace(m, label="PERSON") if m.kind == "name" and m.cluster in people else m for m in kept
    ]
    present = _present(turns, clusters)
    whole = tuple(place for turn in turns for place in turn.parts)
    present += [(whole, cluster) for cluster in _clusters_of(outlet, mentions)]
    kept = [m for m in kept if m.kind == "name" or not _is_present(m, present)]
    return tuple(sorted([*kept, *places.values()], key=lambda m: (m.start, m.end, m.cluster)))


def _in_full(mention: Mention, turns: Sequence[Turn]) -> Mention:
    """The mention under the name that the headline has of a speaker: "Daly", "Marymegan Daly"."""
    for turn in turns:
        who = turn.speaker
        if who.named and (mention.start, mention.end) == (who.start, who.end):
            ends = who.name.endswith(f" {mention.text}")
            return replace(mention, text=who.name) if ends else mention
    return mention


def _cluster(name: str, mentions: Sequence[Mention], new: int) -> int:
    """The cluster in which a mention has just this name, else the one in which a longer name
    begins so ("Ana Ruiz": "Ana Ruiz Soto"), or ``new``."""
    names = [(m.text.casefold(), m.cluster) for m in mentions if m.kind == "name"]
    same = (cluster for text, cluster in names if text == name.casefold())
    longer = {c for text, c in names if " " in name and text.startswith(f"{name.casefold()} ")}
    return next(same, longer.pop() if len(longer) == 1 else new)


def _clusters_of(outlet: str, mentions: Sequence[Mention]) -> set[int]:
    """The clusters in which a name is the outlet's, who is no "council" of its interview."""
    name = outlet.casefold().removeprefix("the ")
    named_so = (m for m in mentions if m.kind == "name" and name)
    return {m.cluster for m in named_so if m.text.casefold().removeprefix("the ") == name}


def _present(
    turns: Sequence[Turn], clusters: dict[str, int]
) -> list[tuple[tuple[tuple[int, int], ...], int]]:
    """The words of each turn, with the cluster of the one who speaks there or is asked."""
    found = []
    for turn, following in zip(turns, [*turns[1:], None], strict=True):
        party = following if turn.asks and following is not None else turn
        if party.speaker.name in clusters:
            found.append((turn.parts, clusters[party.speaker.name]))
    return found


def _is_present(
    mention: Mention, present: Sequence[tuple[tuple[tuple[int, int], ...], int]]
) -> bool:
    """Whether it would mean somebody who is "I" or "you" there: nobody is "he" or "the mayor" in
    their own words."""
    return any(
        mention.cluster == cluster and any(s <= mention.start < e for s, e in parts)
        for parts, cluster in present
    )
