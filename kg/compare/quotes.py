"""The quote ledger: what one person said once, as each article has it.

Quotations of one speaker are one utterance where they share most of their words, in order for a
direct quotation, in any order where one of them is indirect, and are published within a few days.
The fullest is what the others are aligned with: what of it each outlet printed, and in which words
of its own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Final

from kg.compare.times import days
from kg.model import Article, Evidence, Literal, Node, Quotation, Speech, Statement

_WORD: Final = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
#: Of the shorter one's words, so many the other one has in the same order, and no fewer than.
_DIRECT: Final = (0.75, 4)
#: The same for an indirect one's words that mean something, in any order.
_INDIRECT: Final = (0.6, 3)
#: They stand within so many times their number of such words.
_SPREAD: Final = 3
#: Numbers and names: two reports of one utterance do not differ in them.
_MARKED: Final = re.compile(
    r"\d[\d,.]*\d|\d|(?<=\w )[A-Z]\w+|\b(?:one|two|three|four|five|six|seven|eight|nine|ten)\b"
)
#: Days within which indirect speech can report the same utterance.
_SOON: Final = 3
#: Days within which one utterance is reported: a sentence that is said again next month is another.
_DAYS: Final = 10
#: Days around an utterance in which an article that gives the speaker a post counts.
_POST: Final = 183


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a variant: ``kind`` is ``same`` (the fullest has them, too), ``own`` (only this
    one) or ``left`` (words of the fullest that this one leaves out)."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Variant:
    """One article's words for an utterance, and how they differ from the fullest ones."""

    text: str
    speech: Speech
    denied: bool
    article: str
    source: str
    outlet: str
    date: str
    statement: str
    evidence: Evidence
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Utterance:
    """What somebody said once. ``post`` is what the graph knows them to have been then, or "";
    ``variants`` are in the order of their dates, so the first one had it first; ``text`` is the
    fullest."""

    speaker: Node
    post: str
    text: str
    variants: tuple[Variant, ...]

    @property
    def outlets(self) -> tuple[str, ...]:
        """Who printed it, in order; an article without an outlet by its source."""
        return tuple(dict.fromkeys(v.outlet or v.source for v in self.variants))


def ledger(statements: Iterable[Statement], articles: Iterable[Article]) -> tuple[Utterance, ...]:
    """All utterances of named speakers; those in most articles first, then by date and speaker."""
    known = {article.id: article for article in articles}
    said: defaultdict[str, list[Variant]] = defaultdict(list)
    posts: defaultdict[str, list[Statement]] = defaultdict(list)
    speakers: dict[str, Node] = {}
    for statement in statements:
        if isinstance(statement.object, Quotation):
            if statement.subject.label[:1].isupper():
                speakers[statement.subject.id] = statement.subject
                said[statement.subject.id] += _variants(statement, statement.object, known)
        elif statement.predicate.id.endswith("#hasRole") and statement.status == "asserted":
            posts[statement.subject.id].append(statement)
    found = [
        _utterance(speakers[iri], group, posts[iri], known)
        for iri, variants in sorted(said.items())
        for group in _groups(variants)
    ]
    return tuple(
        sorted(
            found,
            key=lambda u: (
                -len({v.article for v in u.variants}), u.variants[0].date, u.speaker.label,
                u.speaker.id, u.text, u.variants[0].evidence.id,
            ),
        )
    )  # fmt: skip


def _variants(
    statement: Statement, quotation: Quotation, articles: Mapping[str, Article]
) -> Iterable[Variant]:
    for evidence in statement.evidence:
        article = articles.get(evidence.article)
        yield Variant(
            text=" ".join((evidence.object_text or quotation.text).split()),
            speech=quotation.speech,
            denied=statement.predicate.id.endswith("#denied"),
            article=evidence.article,
            source=evidence.source,
            outlet=(article.publisher if article else None) or "",
            date=((article.date if article else None) or "")[:10],
            statement=statement.id,
            evidence=evidence,
        )


def _groups(variants: list[Variant]) -> list[list[Variant]]:
    """Variants that are one utterance, through each other."""
    ordered = sorted(variants, key=_when)
    parent = list(range(len(ordered)))

    def find(one: int) -> int:
        while parent[one] != one:
            one = parent[one]
        return one

    for one, other in _alike_words(ordered):
        if find(one) != find(other) and _is_one(ordered[one], ordered[other]):
            parent[max(find(one), find(other))] = min(find(one), find(other))
    groups: defaultdict[int, list[Variant]] = defaultdict(list)
    for at, variant in enumerate(ordered):
        groups[find(at)].append(variant)
    return list(groups.values())


def _when(variant: Variant) -> tuple[str, str, int, str]:
    return (variant.date or "9999", variant.source, variant.evidence.start, variant.evidence.id)


def _alike_words(variants: list[Variant]) -> list[tuple[int, int]]:
    """The pairs that share a few rarer words: a speaker of thousands of quotations is not compared
    with himself all over."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for at, variant in enumerate(variants):
        for word in {*_content(variant.text)}:
            places[word].append(at)
    shared: defaultdict[tuple[int, int], int] = defaultdict(int)
    for found in places.values():
        if len(found) <= 50:
            for pair in combinations(found, 2):
                shared[pair] += 1
    return sorted(pair for pair, count in shared.items() if count >= 2)


def _is_one(one: Variant, other: Variant) -> bool:
    if one.denied != other.denied or one.evidence.id == other.evidence.id:
        return False
    if one.article == other.article and one.text != other.text:
        return False  # an article that quotes twice tells two things that were said
    indirect = "indirect" in (one.speech, other.speech)
    first, second = (days(v.date) for v in (one, other))
    if first and second and abs((first[0] - second[0]).days) > (_SOON if indirect else _DAYS):
        return False
    return _same_sense(one.text, other.text) if indirect else _same_words(one.text, other.text)


def _same_words(one: str, other: str) -> bool:
    """Whether the shorter one's words stand in the other in the same order."""
    here, there = _words(one), _words(other)
    both = sum(block.size for block in _matcher(here, there).get_matching_blocks())
    return both >= _DIRECT[1] and both >= _DIRECT[0] * min(len(here), len(there))


def _same_sense(one: str, other: str) -> bool:
    """Whether the shorter one's words that mean something stand close together in the other, its
    numbers and names all of them."""
    short, long = sorted(([*_content(one)], [*_content(other)]), key=len)
    wanted = {*short}
    width = max(len(short) * _SPREAD, _INDIRECT[1])
    both = max(
        (len(wanted & {*long[at : at + width]}) for at in range(max(1, len(long) - width + 1))),
        default=0,
    )
    if both < _INDIRECT[1] or both < _INDIRECT[0] * len(wanted):
        return False
    marked = [{w.casefold() for w in _MARKED.findall(text)} for text in (one, other)]
    return marked[0] <= marked[1] or marked[1] <= marked[0]


def _utterance(
    speaker: Node, group: list[Variant], posts: list[Statement], articles: Mapping[str, Article]
) -> Utterance:
    direct = [v for v in group if v.speech != "indirect"] or group
    fullest = max(direct, key=lambda v: (len(_words(v.text)), v.text))
    return Utterance(
        speaker=speaker,
        post=_post(posts, group, articles),
        text=fullest.text,
        variants=tuple(_aligned(fullest.text, variant) for variant in sorted(group, key=_when)),
    )


def _aligned(fullest: str, variant: Variant) -> Variant:
    from dataclasses import replace

    here = [m.span() for m in _WORD.finditer(fullest)]
    there = [m.span() for m in _WORD.finditer(variant.text)]
    pieces = []
    for tag, a, b, c, d in _matcher(_words(fullest), _words(variant.text)).get_opcodes():
        if tag in ("replace", "delete"):
            pieces.append(Piece("left", fullest[here[a][0] : here[b - 1][1]]))
        if tag in ("replace", "insert"):
            pieces.append(Piece("own", variant.text[there[c][0] : there[d - 1][1]]))
        if tag == "equal":
            pieces.append(Piece("same", variant.text[there[c][0] : there[d - 1][1]]))
    return replace(variant, pieces=tuple(pieces))


def _post(posts: list[Statement], group: list[Variant], articles: Mapping[str, Article]) -> str:
    """The post that the articles of the utterance give the speaker, else those of the half year
    around it; "" where they give none."""
    when = days(group[0].date)
    inside = {variant.article for variant in group}
    ranked = []
    for statement in posts:
        for evidence in statement.evidence:
            out = (
                days((articles[evidence.article].date or "")[:10])
                if evidence.article in articles
                else None
            )
            away = abs((out[0] - when[0]).days) if out and when else None
            if evidence.article not in inside and (away is None or away > _POST):
                continue
            label = statement.object.label if isinstance(statement.object, Node | Literal) else ""
            at = sorted(
                a.label
                for a in statement.arguments
                if a.role == "at" and (not a.evidence or evidence.id in a.evidence)
            )
            told = f"{label}, {at[0]}" if at else label
            rank = (evidence.article not in inside, away or 0, not at, evidence.start, told)
            ranked.append((rank, told))
    return min(ranked)[1] if ranked else ""


def _matcher(one: tuple[str, ...], other: tuple[str, ...]) -> SequenceMatcher[str]:
    return SequenceMatcher(None, one, other, autojunk=False)


@cache
def _small_words() -> frozenset[str]:
    return frozenset(
        Path(__file__).with_name("small_words.txt").read_text(encoding="utf-8").split()
    )


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.casefold().replace("’", "'") for word in _WORD.findall(text))


def _content(text: str) -> Iterable[str]:
    """The beginnings of the words that mean something: "closed" and "close" are one."""
    return (word[:5] for word in _words(text) if word not in _small_words() and len(word) > 2)
