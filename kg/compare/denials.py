"""Who denies what another one said right before: "The ministry denies the claim"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kg.model import Evidence, Node, Quotation, Statement

#: What was said at most so many characters before the denial is meant by it.
_NEAR: Final = 250
#: So few characters are between a clause and one that hangs on it: "with two missiles, after".
_TIED: Final = 30
#: What is denied, behind the noun for it: "claims *of a cover-up*".
_TOLD: Final = re.compile(r" (?:of|about|that) ")
_SMALL: Final = frozenset("any all the that and his her its their was were had has".split())
_STEM: Final = 4
_NAME: Final = re.compile(r"\b[A-Z]\w+")


@dataclass(frozen=True, slots=True)
class Denial:
    """What one says and another one denies, in one article."""

    claim: Statement
    denial: Statement
    passage: Evidence
    denied_in: Evidence


def denials(
    statements: Iterable[Statement], words: Mapping[str, Iterable[str]]
) -> Iterator[Denial]:
    """Each denial with the claim before it that it means. ``words`` has the relations of denying
    (``verbs``), and the nouns for what was ``said`` and what somebody has not ``done``."""
    done = frozenset(words["done"])
    plain = done | frozenset(words["said"])
    claims: defaultdict[str, list[tuple[Evidence, Statement]]] = defaultdict(list)
    found: list[tuple[Evidence, Statement, bool]] = []
    for statement in statements:
        if speaker(statement) is not None:
            for evidence in statement.evidence:
                claims[evidence.article].append((evidence, statement))
        elif nouns := denied(statement, words):
            found += [(e, statement, bool(nouns & done)) for e in statement.evidence]
    told: set[tuple[str, str]] = set()
    for evidence, denial, own in sorted(found, key=lambda f: (f[0].id, f[1].id)):
        before = [
            (evidence.start - e.end, e.id, claim.id, claim, e)
            for e, claim in claims[evidence.article]
            if 0 < evidence.start - e.end <= _NEAR
            and _meant(denial, claim, own=own)
            and _names(denial, claim, e, plain)
        ]
        if before:
            *_, claim, e = min(before, key=lambda b: (_rank(b[3], denial), b[:3]))
            claim, e = _foremost(claim, e, [(b[3], b[4]) for b in before])
            if (
                claim.id,
                denial.subject.id,
            ) not in told:  # "rejects the report and the accusations"
                told.add((claim.id, denial.subject.id))
                yield Denial(claim, denial, e, evidence)


def _foremost(
    claim: Statement, piece: Evidence, before: Iterable[tuple[Statement, Evidence]]
) -> tuple[Statement, Evidence]:
    """What a claim hangs on, if it does: of "it sank the ship after that ignored warnings" the first is
    meant."""
    of, quoted = speaker(claim), isinstance(claim.object, Quotation)
    for other, e in sorted(before, key=lambda b: (-b[1].end, b[1].id, b[0].id)):
        beside = e.start < piece.start and piece.start - e.end <= _TIED
        if beside and speaker(other) == of and isinstance(other.object, Quotation) == quoted:
            claim, piece = other, e
    return claim, piece


def denied(statement: Statement, words: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """The nouns by which a statement denies what was said: "claim", "involvement"; none for one that
    denies nothing of the kind. ``words`` as for `denials`."""
    target = statement.object
    if statement.status != "asserted" or not isinstance(target, Node):
        return frozenset()
    if _name(statement) not in words["verbs"]:
        return frozenset()
    return _nouns(target.label) & {*words["said"], *words["done"]}


def _meant(denial: Statement, claim: Statement, *, own: bool) -> bool:
    """Whether a denial can mean a claim: another one's, of the one who is named as its speaker, and
    about who denies it where that is what is denied."""
    of, target = speaker(claim), denial.object
    if of is None or _shared(of, denial.subject) or not isinstance(target, Node):
        return False
    owner, _, rest = target.label.partition("'s ")
    if rest and not {*_NAME.findall(owner)} & {*_NAME.findall(of.label)}:
        return False
    return _about(claim, denial) if own else True


def _names(denial: Statement, claim: Statement, piece: Evidence, plain: frozenset[str]) -> bool:
    """Whether the claim has a word of what the denial says to deny: "allegations of bribery" are not
    those of a payment. ``plain`` are words that say nothing of it."""
    label = denial.object.label if isinstance(denial.object, Node) else ""
    told = _stems(_TOLD.split(label, maxsplit=1)[-1] if _TOLD.search(label) else "", plain)
    ends = [claim.subject, claim.object, claim.attributed_to]
    said = [piece.text, claim.predicate.label, *(e.label for e in ends if isinstance(e, Node))]
    return not told or bool(told & _stems(" ".join(said), plain))


def _stems(text: str, plain: frozenset[str]) -> frozenset[str]:
    words = (word.removesuffix("s") for word in re.findall(r"[^\W\d_]{3,}", text.casefold()))
    return frozenset(word[:_STEM] for word in words if word not in plain | _SMALL)


def speaker(statement: Statement) -> Node | None:
    """Whose claim it is; None for what is no claim."""
    if isinstance(statement.object, Quotation):
        return statement.subject if statement.status == "asserted" else None
    return statement.attributed_to if statement.status in ("claimed", "possible") else None


def _about(claim: Statement, denial: Statement) -> bool:
    """Whether a claim is about who denies it; of mere words nobody knows."""
    told = not isinstance(claim.object, Quotation)
    return told and _shared(claim.subject, denial.subject)


def _rank(claim: Statement, denial: Statement) -> int:
    return 0 if _about(claim, denial) else 2 if isinstance(claim.object, Quotation) else 1


def _shared(one: Node, other: Node) -> bool:
    """Whether both are one, or have one name: "UAE warplanes", "United Arab Emirates officials"."""
    if one.id == other.id:
        return True
    ours, theirs = {*_NAME.findall(one.label)}, {*_NAME.findall(other.label)}
    if not ours or not theirs:
        return False
    first, second = ("".join(w[0] for w in _NAME.findall(n.label)) for n in (one, other))
    return ours <= theirs or theirs <= ours or first in theirs or second in ours


def _name(statement: Statement) -> str:
    return re.split("[#/]", statement.predicate.id)[-1]


def _nouns(label: str) -> frozenset[str]:
    """The nouns of what is denied, in the singular: "allegations of involvement in it" are two."""
    words = re.findall(r"[^\W\d_]+", label.partition(" that ")[0].partition(" in ")[0].casefold())
    return frozenset(word.removesuffix("s") for word in words)
