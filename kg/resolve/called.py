"""Whether "the gunman", "the army" can mean the one that coreference took it for.

Nobody is a suspect, a victim or a pilot by nearness alone: the article must call the one with the
name so, before or after the name. The words are in ``names.toml``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Final

from kg.countries import country
from kg.model import Mention
from kg.resolve.names import clean, words

_BEFORE: Final = 80  # characters
_AFTER: Final = 120
_END: Final = re.compile(r"(?:(?<!\b[A-Z])\.|[!?;:\n])\s")  # not behind "U.S."
#: What a noun phrase begins with, or what parts it from the one before.
_SHOWS: Final = re.compile(
    r"\b(?:the|an?|its?|of|to|for|by|with|in|at|on|from|against|and|than|that)\b|['’]s\b",
    re.IGNORECASE,
)
#: What somebody or something is said to be, up to what only tells what it does.
_APPOSED: Final = re.compile(
    r"(?:['’]s)?(?: \([^)]*\))?(?:,| (?:is|was|as)\b) ((?:(?!\b(?:which|who|that|by)\b)[^.,;:\n])*)"
)
_TOKEN: Final = re.compile(r"(?:\w\.){2,}|[\w-]+")  # "U.S." is one word
_WHOSE: Final = re.compile(r" ?['’]s?\b")
_WORD: Final = re.compile(r"[\w-]+")
_BESIDE: Final = re.compile(
    r"(?: (?:of|for|at|in) [^.;:\n]{1,60})? ?,? ?(?:[A-Z][\w.-]+ ){0,3}[\"“]?"
)
#: "The driver, whom police *identified as* Ada Venn".
_IDENTIFIED: Final = re.compile(
    r"(?:(?!\bnot\b|\bnever\b|n['’]t\b)[^.;:\n]){0,60}\b(?:identified|named)\b[^,.;:\n]{0,40} as [\"“]?"
)
_APART: Final = re.compile(r" ?[,(–—-]? ?")
_LANDS: Final = frozenset({"GPE", "LOC", "NORP", "FAC", None})
#: Whom a noun phrase with words of its own means only where they are told of him or it.
DESCRIBED: Final = frozenset({"PERSON", "ORG"})
_SHOWN: Final = frozenset({"the", "this", "that"})


def may_mean(
    text: str,
    noun: Mention,
    names: Sequence[Mention],
    nouns: Sequence[Mention] = (),
    ends: Sequence[int] = (),
) -> bool:
    """Can this noun phrase mean the one with these names, all in text order? ``nouns`` are noun phrases
    that surely do: "a Danish firm"; ``ends`` tell where the names of people and bodies end, sorted."""
    first, *rest = noun.text.casefold().split()
    if first not in _SHOWN or not rest or any(_beside(text, noun, name) for name in names):
        return True
    called = rest[-1]
    known = words()
    if called in known.lands and not {m.label for m in names} & _LANDS:
        return False  # "the country" is no firm
    if {m.label for m in names} <= DESCRIBED and not _is_described(text, noun, names, nouns, ends):
        return False
    told = {word for name in names for word in _told(text, name)}
    told |= {
        one.text.casefold().split()[-1]
        for one in nouns
        if any(_is_identified(text, one, name) for name in names)
    }
    if {m.label for m in names} == {"PERSON"}:
        own = (w for w in noun.text.split()[1:-1] if w.islower())
        alike = next((group for group in known.alike if called in group), frozenset())
        if called in known.accused:
            return bool(told & (alike | {called}))
        if called in known.anybody:
            return bool(told & known.anybody) or not told & (known.honorifics | known.officials)
        return not any(word not in told for word in own) or called not in known.honorifics
    return called not in known.told_bodies or called in told


def surely_means(
    text: str, noun: Mention, names: Sequence[Mention], ends: Sequence[int] = ()
) -> bool:
    """Whether the article, or what everybody knows, describes the one with these names as the noun phrase
    does: "Netflix, a *streaming* service" is "the streaming company". ``ends`` as in `may_mean`."""
    asked, called = _asked(noun)
    if not asked or not {m.label for m in names} <= DESCRIBED or names[0].start > noun.start:
        return False
    told = _all_told(text, names, (), ends)
    firm = called in words().any_firm and {m.label for m in names} == {"ORG"}
    return (called in told or firm) and all(_is_told(word, told) for word in asked)


def _is_described(
    text: str,
    noun: Mention,
    names: Sequence[Mention],
    nouns: Sequence[Mention],
    ends: Sequence[int],
) -> bool:
    """Whether the article, or what everybody knows, tells what the noun phrase tells: "the *streaming*
    company" is one that streams. Praise needs no telling of a body, nor of whom the article calls so."""
    told = _all_told(text, names, nouns, ends)
    asked, called = _asked(noun)
    praised = called in told or any(name.label == "ORG" for name in names)
    praise = words().praise if praised else frozenset()
    return all(word in praise or _is_told(word, told) for word in asked)


def _asked(noun: Mention) -> tuple[list[str], str]:
    """The words of a noun phrase that tell which one, and its noun."""
    *own, called = _tokens(noun.text)
    if _WHOSE.search(noun.text):
        return [], called  # "the firm's chairman": not what he is like
    telling = (word for word in own if word not in words().plain_modifiers | _SHOWN)
    return [word for word in telling if not any(c.isdigit() for c in word)], called


def _all_told(
    text: str, names: Sequence[Mention], nouns: Sequence[Mention], ends: Sequence[int]
) -> frozenset[str]:
    """What is told of the one with these names, in words, with the country of each "Danish"."""
    told = {word for name in names for word in _parts(_described(text, name, ends))}
    told |= {word for one in nouns for word in _parts(one.text)}
    for name in names:
        told |= words().everybody_knows.get(clean(name.text).casefold(), frozenset())
    return frozenset(told | {land for word in told if (land := _land(word))})


def _described(text: str, name: Mention, ends: Sequence[int]) -> str:
    """A name with the words right before it, and what stands behind a comma or "is"."""
    other = bisect_right(ends, name.start)
    begin = max(0, name.start - _BEFORE, ends[other - 1] if other else 0)
    before = _END.split(text[begin : name.start])[-1].rsplit(",", 1)[-1]
    after = _APPOSED.match(text, name.end, name.end + _AFTER)
    return f"{_SHOWS.split(before)[-1]} {name.text} {after[1] if after else ''}"


def _parts(told: str) -> Iterable[str]:
    """The words, and the parts of those with a hyphen: "Oslo-based"."""
    for word in _tokens(told):
        yield from (word, *word.split("-"))


def _tokens(told: str) -> list[str]:
    return [word.replace(".", "") for word in _TOKEN.findall(told.casefold())]


def _is_told(word: str, told: frozenset[str]) -> bool:
    same = next((group for group in words().same_modifiers if word in group), {word})
    return word in told or not told.isdisjoint(same) or (_land(word) or word) in told


def _land(word: str) -> str | None:
    """The country of "Danish", in lower case."""
    found = country(word)
    return found.casefold() if found is not None else None


def _beside(text: str, noun: Mention, name: Mention) -> bool:
    """ "the mayor of Tarn, Ada Venn", "Ada Venn, the mayor"."""
    if noun.end <= name.start:
        near = _BESIDE.fullmatch(text, noun.end, name.start) is not None
        return near or _is_identified(text, noun, name)
    return noun.start < name.end or _APART.fullmatch(text, name.end, noun.start) is not None


def _is_identified(text: str, noun: Mention, name: Mention) -> bool:
    return _IDENTIFIED.fullmatch(text, noun.end, name.start) is not None


def _told(text: str, name: Mention) -> Iterable[str]:
    """The words of a name and around it, in its sentence: in front of it, and after a comma or "is"."""
    before = text[max(0, name.start - _BEFORE) : name.start]
    before = _END.split(before)[-1].rsplit(",", 1)[-1]
    if name.label != "PERSON":  # "the coalition to defeat the Front" is not the Front
        before = " ".join(before.split()[-1:])
    after = _END.split(text[name.end : name.end + _AFTER])[0]
    said = after if re.match(r"(?:,| (?:is|was|as)\b)", after) else ""
    yield from (word.casefold() for word in _WORD.findall(f"{before} {name.text} {said}"))
