"""When, where, how much, with what: the phrases beside a predicate and their roles."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from spacy.tokens import Token

from kg.extract.attribution import cue_words
from kg.extract.phrases import (
    antecedent,
    children,
    is_generic,
    name_at,
    named_head,
    preposition,
    relation,
    type_hint,
    value_at,
)

_TIMES: Final = ("xsd:date", "xsd:gYear", "xsd:gMonth", "xsd:gDay", "xsd:time", "xsd:duration",
                 "xsd:dayTime", "xsd:yearMonth", "edtf", "time:")  # fmt: skip
_DURATION: Final = re.compile(r"P(T?\d)|[0-9X]{4}-")
_YEAR: Final = re.compile(r"1[5-9]\d\d|20\d\d")
_PLACES: Final = frozenset({"GPE", "LOC", "FAC"})
_ACTORS: Final = frozenset({"PERSON", "ORG", "NORP"})


@dataclass(frozen=True, slots=True)
class Circumstance:
    """A phrase beside a predicate. ``role`` is time, place, amount, instrument or the preposition;
    ``mark`` its preposition ("" for none); ``core`` whether it can be what the predicate is
    about ("worked *with Obama*"), not only a circumstance of it."""

    token: Token
    role: str
    mark: str
    core: bool


@dataclass(frozen=True, slots=True)
class _Words:
    times: frozenset[str]
    time_marks: frozenset[str]
    place_marks: frozenset[str]
    instruments: frozenset[str]
    adjuncts: frozenset[str]
    manner: frozenset[str]


@cache
def _words() -> _Words:
    path = Path(__file__).with_suffix(".toml")
    data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    return _Words(
        frozenset(data["times"]),
        frozenset(data["time_prepositions"]),
        frozenset(data["place_prepositions"]),
        frozenset(data["instrument_prepositions"]),
        frozenset(data["adjuncts"]),
        frozenset(data["manner"]),
    )


def circumstances(verb: Token, *relations: str) -> list[Circumstance]:
    """The phrases beside ``verb``, in text order (default: its ``obl`` and ``nmod`` children and
    relative adverbs)."""
    found: list[Circumstance] = []
    for c in children(verb, *(relations or ("obl", "nmod", "advmod"))):
        if c.dep_ in ("obl:agent", "nmod:poss", "nmod:desc"):
            continue
        if relation(c) == "advmod":
            found += _adverb(c)
            continue
        if not is_generic(c) or is_time(c):
            found.append(classify(c))
    return found


def _adverb(token: Token) -> list[Circumstance]:
    if token.lower_ in ("where", "when"):
        meant = _relative_adverb(token)
        if meant is not None:
            role = "place" if token.lower_ == "where" else "time"
            return [Circumstance(meant, role, "in", False)]
        return []
    return [Circumstance(token, "time", "", False)] if value_at(token) is not None else []


def _relative_adverb(token: Token) -> Token | None:
    at = token
    for _ in range(8):
        if at.dep_ == "acl:relcl":
            return at.head
        if at.head == at:
            return None
        at = at.head
    return None


def classify(token: Token) -> Circumstance:
    """The role of one phrase, headed by ``token``."""
    words = _words()
    mark = preposition(token) or ""
    token = antecedent(token)
    lemma = token.lemma_.lower()
    value = value_at(token)
    named = named_head(token)
    label = named[1][2] if named is not None else None
    if mark in ("to", "into", "of") and (is_time(token) or value is not None):
        return Circumstance(token, mark, mark, True)  # "sentenced to 73 months"
    if is_time(token):
        return Circumstance(token, "time", mark, False)
    if value is not None and label is None:
        return Circumstance(token, "amount", mark, False)
    if mark in ("in", "during", "at", "on", "via") and lemma in cue_words().occasions:
        return Circumstance(token, mark, mark, False)  # "said in a statement"
    if mark in words.adjuncts or lemma in words.manner:
        return Circumstance(token, mark or "manner", mark, False)
    if mark in words.time_marks and label not in _ACTORS:
        return Circumstance(token, "time", mark, False)
    if mark in words.place_marks and (label in _PLACES or (label is None and _is_place(token))):
        return Circumstance(token, "place", mark, mark in ("in", "at", "on", "near"))
    if mark in words.instruments and not (label in _ACTORS or type_hint(token) in
                                          ("Person", "Group", "Organization")):  # fmt: skip
        return Circumstance(token, "instrument", mark, True)
    if not mark:
        role = "amount" if any(relation(c) == "nummod" for c in token.children) else "manner"
        return Circumstance(token, role, "", False)
    return Circumstance(token, mark, mark, True)


def _is_place(token: Token) -> bool:
    return type_hint(token) == "Place"


def is_time(token: Token) -> bool:
    """Whether the phrase is a date, a time or a stretch of time."""
    value = value_at(token)
    if value is not None:
        return value.datatype.startswith(_TIMES) or _DURATION.match(value.value) is not None
    if name_at(token) is not None:
        return False
    if _YEAR.fullmatch(token.text) and (preposition(token) or "") in ("in", "since", "by", "until"):
        return True
    return token.lemma_.lower() in _words().times or token.lower_ in _words().times
