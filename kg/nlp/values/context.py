"""What the words of a rule's match are: their tokens, numbers, meanings, and the clause's tense."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
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


@dataclass
class Context:
    """A text's words and tokens, as the readers of rules look at them."""

    doc: Doc
    words: list[Lexeme]

    @cached_property
    def base(self) -> when.Date | None:
        return when.parse(self.doc._.kg_date)

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

    def direction(self, word: int) -> when.Direction:
        """-1 where the clause looks back, 1 where it looks ahead, 0 where it does not say."""
        tense = table().settings["tense"]
        if self.text(word - 1) in ("until", "till") and self.base:
            ahead = self._verb_direction(self.token(word))
            return 1 if ahead >= 0 else -1
        return self._verb_direction(self.token(word)) if tense else 0

    def _verb_direction(self, token: Token) -> when.Direction:
        tense = table().settings["tense"]
        at = token
        for _ in range(12):
            if at.pos_ in ("VERB", "AUX") or any(c.dep_ == "cop" for c in at.children):
                helpers = {
                    c.lower_.replace("’", "'")
                    for c in at.children
                    if c.dep_.startswith(("aux", "cop"))
                }
                if helpers & set(tense["future"]):
                    return 1
                if "to" in helpers or any(
                    c.lower_ == "to" and c.dep_ == "mark" for c in at.children
                ):
                    governor = at.head
                    if at.dep_ in ("xcomp", "acl", "advcl", "ccomp", "ROOT", "csubj") and (
                        governor.lemma_.lower() in tense["plans"]
                        or governor.pos_ in ("NOUN", "AUX")
                        or at.dep_ == "ROOT"
                    ):
                        return 1
                    if governor is at:
                        return 1
                else:
                    if at.lemma_.lower() in tense["plans"][1:6] and (_passive(at) or _is_due(at)):
                        return 1
                    past = "Tense=Past" in str(at.morph) or any(
                        "Tense=Past" in str(c.morph)
                        or c.lower_ in ("has", "have", "had", "’ve", "'ve")
                        for c in at.children
                        if c.dep_.startswith(("aux", "cop"))
                    )
                    if "VerbForm=Fin" in str(at.morph) or helpers or past:
                        return -1 if past else 0
            if at.head is at:
                break
            at = at.head
        return 0

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


def _passive(token: Token) -> bool:
    return any(c.dep_ == "aux:pass" for c in token.children)


def _is_due(token: Token) -> bool:
    """ "The hearing *is due* on 3 January": what was due may be over."""
    return any(c.dep_ == "cop" and "Tense=Pres" in str(c.morph) for c in token.children)


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
