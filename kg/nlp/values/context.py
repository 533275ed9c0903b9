"""What the words of a rule's match are: their tokens, numbers, meanings, and the clause's tense."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, cached_property
from typing import Any, Final

from spacy.tokens import Doc, Token

from kg.nlp.values import time as when
from kg.nlp.values.numbers import number
from kg.nlp.values.rules import Lexeme, table

#: Entity labels within which a number is part of the name.
INSIDE_NAMES: Final = frozenset(
    {"PERSON", "ORG", "PRODUCT", "WORK_OF_ART", "LAW", "FAC", "GPE", "LOC", "EVENT"}
)
#: Value, datatype, unit; None for words without a value.
Found = tuple[str, str, str | None] | None


class Rejected(Exception):
    """The words fit a rule's shape but mean something else."""


@dataclass(frozen=True, slots=True)
class Tense:
    """Where a clause looks from the day of the article: back (-1), ahead (1) or unsaid (0).
    ``sure`` where the date is when that happens; ``planned`` where a plan is told in the past
    ("was to open on Wednesday"): the day may be over or to come."""

    toward: when.Direction
    sure: bool = False
    planned: bool = False


@dataclass
class Context:
    """A text's words and tokens, as the readers of rules look at them."""

    doc: Doc
    words: list[Lexeme]

    @cached_property
    def base(self) -> when.Date | None:
        return when.parse(self.doc._.kg_date)

    @cached_property
    def country(self) -> str | None:
        """The two letters of the country that the outlet writes from, where its address or name say."""
        found: str | None = self.doc._.kg_outlet
        return found

    @cached_property
    def day_first(self) -> bool | None:
        """Whether 03/04/2025 is the 3rd of April in this text: what its other dates say, else where the
        outlet is; None where neither does, or its dates contradict each other."""
        said = {
            o for w in self.words if w.shape == "slashed" and (o := order_of(w.text)) is not None
        }
        if said:
            return said.pop() if len(said) == 1 else None
        known = table().settings["outlets"]
        return True if self.country in known["day_first"] else (
            False if self.country in known["month_first"] else None
        )  # fmt: skip

    @cached_property
    def source(self) -> str:
        """The text (a Doc builds it anew at each call)."""
        text: str = self.doc.text
        return text

    @cached_property
    def starts(self) -> list[int]:
        return [token.idx for token in self.doc]

    # -- places --

    def token(self, word: int) -> Token:
        """The token that the word stands in."""
        at = bisect_right(self.starts, self.words[word].start) - 1
        return self.doc[max(at, 0)]

    def text(self, word: int) -> str:
        return self.words[word].text if 0 <= word < len(self.words) else ""

    def raw(self, word: int) -> str:
        w = self.words[word]
        return self.source[w.start : w.end]

    def part(self, match: re.Match[str], name: str) -> list[Lexeme]:
        if name not in match.re.groupindex or match.start(name) < 0:
            return []
        return self.words[match.start(name) : match.end(name)]

    def word(self, match: re.Match[str], name: str) -> str | None:
        found = self.part(match, name)
        return found[0].text if found else None

    def mean(self, match: re.Match[str], name: str, *classes: str) -> Any:
        word = self.word(match, name) or ""
        known = table().words
        return next((known[c][word] for c in classes if word in known[c]), None)

    def need(self, match: re.Match[str], name: str = "n") -> Decimal:
        value = number(self.part(match, name))
        if value is None:
            raise Rejected
        return value

    # -- tense --

    def tense(self, word: int) -> Tense:
        """Where the clause of the date at this word looks. Said after "until" and the like, or of
        something else than the clause's verb, that is a hint only."""
        token = self.token(word)
        at, apart = token, False
        for _ in range(12):
            found = _told_by(at)
            if found is not None:
                until = self.text(word - 1) in ("until", "till")
                if until and found.toward >= 0 and not found.planned:
                    return Tense(1)
                return replace(found, sure=found.sure and not apart and not self._bound(word))
            if at.head == at:
                break
            apart = apart or not (at is token or self._of_date(at))
            at = at.head
        return Tense(1 if self.text(word - 1) in ("until", "till") else 0)

    def direction(self, word: int) -> when.Direction:
        """-1 where the clause looks back, 1 where it looks ahead, 0 where it does not say."""
        return self.tense(word).toward

    def _bound(self, word: int) -> bool:
        """Whether a date says until or from when: "extended to May 1", "Saturday" in between."""
        known = table()
        at = word - 1
        while self.text(at) in ("the", ",") or self.text(at) in (
            known.words["month"].keys() | known.words["weekday"].keys()
        ):
            at -= 1
        return self.text(at) in known.settings["tense"]["ahead"]

    def _of_date(self, token: Token) -> bool:
        return _is_dated(token) or token.is_digit

    def _range(self, match: re.Match[str]) -> None:
        """Reject "five and six" without "between", and ranges that go down ("31-19")."""
        joint = match.end("n")
        while joint < match.start("n2") and self.text(joint) not in (
            "and",
            "to",
            "or",
            "-",
            "–",
            "—",
        ):
            joint += 1
        between = any(self.text(i) == "between" for i in range(match.start(), match.start("n")))
        between = between or self.text(match.start("n")) == "between"
        if (self.text(joint) == "and") != between:
            raise Rejected
        if (
            self.text(match.start() - 1) == "from"
            and self.text(match.start() - 2) not in table().words["ranging"]
        ):
            # "rose from 5 to 7": two values, no range
            raise Rejected
        first, last = self._ends(match)
        if not first < last:
            raise Rejected

    def _ends(self, match: re.Match[str]) -> tuple[Decimal, Decimal]:
        """Both ends of a range; "2 to 3 million" is millions twice."""
        first, last = self.need(match), self.need(match, "n2")
        words, words2 = self.part(match, "n"), self.part(match, "n2")
        big = {**table().words["magnitude"], **table().words["hundred"]}
        if words2[-1].text in big and words[-1].text not in big and first < 1000:
            first *= big[words2[-1].text]
        return first, last

    def _ordinal(self, match: re.Match[str]) -> int:
        text = self.word(match, "n") or ""
        known = table().words["ordinal"]
        return int(known[text]) if text in known else int(re.sub(r"\D", "", text) or 0)


def order_of(slashed: str) -> bool | None:
    """Whether the day comes first in a date of figures; None where it can be read both ways."""
    first, second = (int(n) for n in re.split(r"[/.-]", slashed)[:2])
    if first > 31:  # "2024/07/09"
        return None
    if "." in slashed:  # nobody writes months first with points
        return None
    return None if max(first, second) <= 12 or first == second else first > 12


def _told_by(verb: Token) -> Tense | None:
    """Where the predicate looks; None where it doesn't say ("to open", under a verb that plans
    nothing)."""
    helpers = {c.lower_.replace("’", "'"): c for c in verb.children if c.dep_[:3] in ("aux", "cop")}
    if verb.pos_ not in ("VERB", "AUX") and not any(c.dep_ == "cop" for c in verb.children):
        return None
    words = table().settings["tense"]
    if helpers.keys() & set(words["future"]):
        return Tense(1, sure="would" not in helpers)
    if "to" in helpers or any(c.lower_ == "to" and c.dep_ == "mark" for c in verb.children):
        return _of_infinitive(verb, words)
    past = _is_past(verb)
    if verb.lemma_.lower() in words["plans"][1:6]:
        if _passive(verb) or any(c.dep_ == "cop" for c in verb.children):
            return _plan(verb, past and not _now(verb))
        if verb.tag_ == "VBN" and verb.dep_ == "acl":
            return Tense(1)  # "a debate scheduled for October 15": held since, or not
    if past:
        return Tense(-1, sure=verb.lemma_.lower() not in words["ahead_of"])
    if _announced(verb, helpers.values(), words):
        return Tense(1)
    return Tense(0) if "VerbForm=Fin" in str(verb.morph) or helpers else None


def _of_infinitive(verb: Token, words: Mapping[str, Any]) -> Tense | None:
    governor = verb.head
    if governor == verb:
        return _plan(verb, _is_past(verb))
    plans = governor.lemma_.lower() in words["plans"] or governor.pos_ in ("NOUN", "AUX")
    if plans and verb.dep_ in ("xcomp", "acl", "advcl", "ccomp", "csubj"):
        told = _is_past(governor) and not _now(governor)
        return _plan(governor, governor.pos_ != "NOUN" and (told or _is_past(verb)))
    return _plan(verb, True) if _is_past(verb) else None


def _plan(verb: Token, past: bool) -> Tense:
    """A plan looks ahead; told in the past by the text itself, either way."""
    planned = past and not _reported(verb)
    return Tense(0 if planned else 1, sure=not past, planned=planned)


def _reported(verb: Token) -> bool:
    """ "said it *was to open* on Wednesday": to come when it was said."""
    return verb.dep_ in ("ccomp", "parataxis") or (
        verb.dep_ == "conj" and verb.head.dep_ == "ccomp"
    )


def _is_past(verb: Token) -> bool:
    if "Tense=Past" in str(verb.morph):
        return True
    return any(
        "Tense=Past" in str(c.morph) or c.lower_ in ("has", "have", "had", "’ve", "'ve")
        for c in verb.children
        if c.dep_.startswith(("aux", "cop"))
    )


def _announced(verb: Token, helpers: Iterable[Token], words: Mapping[str, Any]) -> bool:
    """ "the funeral is on Friday", "the hearing resumes on Monday": told in the present, to come."""
    if _is_dated(verb):
        return any("Tense=Pres" in str(c.morph) for c in helpers)
    return verb.lemma_.lower() in words["scheduled"] and "Tense=Pres" in str(verb.morph)


def _is_dated(token: Token) -> bool:
    known = table().words
    return token.lower_ in known["month"] or token.lower_ in known["weekday"]


def _now(verb: Token) -> bool:
    """ "is scheduled": a participle is past by its form alone."""
    return any(c.dep_ == "aux:pass" and "Tense=Pres" in str(c.morph) for c in verb.children)


def _passive(token: Token) -> bool:
    return any(c.dep_ == "aux:pass" for c in token.children)


@cache
def qualifier_before() -> re.Pattern[str]:
    """Matches a qualifying phrase ("more than") at the end of a text."""
    words = table().settings["approximate"]
    known = sorted(
        {w for w in words["before"] if w not in ("just", "exactly", "a record")}, key=len
    )
    body = "|".join(re.escape(w).replace("\\ ", r"\s+") for w in reversed(known))
    return re.compile(rf"(?<![\w-])({body})\s+$", re.IGNORECASE)


@cache
def qualifier_after() -> re.Pattern[str]:
    """Matches a qualifying phrase ("or more") at the start of a text."""
    words = table().settings["approximate"]["after"]
    body = "|".join(re.escape(w).replace("\\ ", r"\s+") for w in words)
    return re.compile(rf"\s+(?:{body})\b|\+(?!\w)", re.IGNORECASE)
