"""What the many places of one statement say together, counted: so an update of a statement that
thousands of articles make reads those that come and go, and no others.

A tally has each value that a place gives (its words for the relation, certainty, a further argument...)
with how many give it. It can be corrected both ways, and tells all of a statement but where it is said.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.merge.drafts import Draft
from kg.merge.tables import opened, sealed
from kg.model import BY_HAND, Evidence, Literal, StatementArgument
from kg.results import from_json, to_json

#: In so many places a statement is counted.
OFTEN = 64
_Value = str | float


@dataclass(frozen=True, slots=True)
class Said:
    """A statement in one place of one article: its id, where it starts, the evidence."""

    place: tuple[str, int, str]
    printed: str
    draft: Draft

    @property
    def article(self) -> str:
        """The id of the article."""
        return self.place[0]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many places there are, and how many give each value."""

    places: int
    counts: Counter[tuple[str, _Value]]

    @classmethod
    def of(cls, said: Sequence[Said]) -> Tally | None:
        """The tally of a statement; None where there are few places, or where it takes all of them
        to tell what it is: of a quotation, and of what a person stated."""
        if not is_often(said) or any(map(_takes_all, said)):
            return None
        return cls(len(said), Counter(value for one in said for value in _values(one)))

    def changed(self, gone: Sequence[Said], came: Sequence[Said]) -> Tally | None:
        """The tally without some places and with others; None as for `of`. Raises ``ValueError``
        where it has not what is to go."""
        places = self.places - len(gone) + len(came)
        if places < OFTEN or any(map(_takes_all, came)):
            return None
        counts = self.counts.copy()
        counts.subtract(value for one in gone for value in _values(one))
        counts.update(value for one in came for value in _values(one))
        if min(counts.values()) < 0:
            raise ValueError("a tally does not fit its statement")
        return Tally(places, +counts)

    def values(self) -> defaultdict[str, list[_Value]]:
        """The values by what they are of."""
        found: defaultdict[str, list[_Value]] = defaultdict(list)
        for what, value in self.counts:
            found[what].append(value)
        return found


def is_often(said: Sequence[Said]) -> bool:
    """Whether a statement has very many places."""
    return len(said) >= OFTEN


def _takes_all(said: Said) -> bool:
    draft = said.draft
    return draft.object.quotation is not None or draft.evidence.extractor == BY_HAND


def _values(said: Said) -> Iterator[tuple[str, _Value]]:
    """What a place gives: all that `kg.merge.merged` makes a statement of but its evidence."""
    draft = said.draft
    yield "printed", said.printed
    yield "label", draft.predicate.label
    yield "certainty", draft.certainty
    yield "confidence", draft.confidence
    for what in ("sourcing", "time", "place"):
        if value := getattr(draft, what):
            yield what, value
    if draft.object.literal:
        yield "literal", to_json(draft.object.literal)
    if draft.confirmed:
        yield "confirmed", ""
    for correction in draft.corrections:
        yield "correction", correction
    for argument in dict.fromkeys(draft.arguments):
        yield "argument", to_json(argument)


# --- what a statement is made of -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Together:
    """What the places of a statement make together; ``evidence`` and that of ``arguments`` may be of
    some places only. ``first`` is the draft of the first place."""

    first: Draft
    labels: Sequence[str]
    certainty: float
    confidence: float
    sourcing: str | None
    time: str | None
    place: str | None
    literals: Sequence[Literal]
    arguments: tuple[StatementArgument, ...]
    printed: Iterable[str]
    evidence: tuple[Evidence, ...]
    confirmed: bool
    corrections: tuple[str, ...]


def together(said: Sequence[Said]) -> Together:
    """What these places, sorted, make together."""
    drafts = [one.draft for one in said]
    arguments: dict[StatementArgument, set[str]] = {}
    for draft in drafts:
        for argument in draft.arguments:
            arguments.setdefault(argument, set()).add(draft.evidence.id)
    return Together(
        first=drafts[0],
        labels=[draft.predicate.label for draft in drafts],
        certainty=max(draft.certainty for draft in drafts),
        confidence=max(draft.confidence for draft in drafts),
        sourcing=min((d.sourcing for d in drafts if d.sourcing), default=None),
        time=min((d.time for d in drafts if d.time), default=None),
        place=min((d.place for d in drafts if d.place), default=None),
        literals=[d.object.literal for d in drafts if d.object.literal],
        arguments=tuple(
            replace(argument, evidence=tuple(sorted(told))) for argument, told in arguments.items()
        ),
        printed=[one.printed for one in said],
        evidence=tuple(draft.evidence for draft in drafts),
        confirmed=any(draft.confirmed for draft in drafts),
        corrections=tuple(sorted({key for draft in drafts for key in draft.corrections})),
    )


def of_tally(tally: Tally, first: Draft, some: Sequence[Said]) -> Together:
    """What a tally makes, with the evidence of these places."""
    found = tally.values()
    evidence: defaultdict[StatementArgument, set[str]] = defaultdict(set)
    for one in some:
        for argument in one.draft.arguments:
            evidence[argument].add(one.draft.evidence.id)
    arguments = [from_json(StatementArgument, str(told)) for told in found["argument"]]
    return Together(
        first=first,
        labels=[str(label) for label in found["label"]],
        certainty=float(max(found["certainty"])),
        confidence=float(max(found["confidence"])),
        sourcing=_least(found["sourcing"]),
        time=_least(found["time"]),
        place=_least(found["place"]),
        literals=[from_json(Literal, str(told)) for told in found["literal"]],
        arguments=tuple(replace(a, evidence=tuple(sorted(evidence.get(a, ())))) for a in arguments),
        printed=map(str, found["printed"]),
        evidence=tuple(one.draft.evidence for one in some),
        confirmed=bool(found["confirmed"]),
        corrections=tuple(sorted(map(str, found["correction"]))),
    )


def _least(values: Iterable[_Value]) -> str | None:
    return min(map(str, values), default=None)


# --- kept ----------------------------------------------------------------------------------------


def read_tally(db: sqlite3.Connection, statement: str) -> Tally | None:
    """The tally that is kept of a statement, if there is one. Raises ``ValueError`` where it is
    damaged."""
    row = db.execute("SELECT body FROM tally WHERE statement = ?", (statement,)).fetchone()
    if row is None:
        return None
    kept = from_json(_Kept, opened(row[0]))
    return Tally(kept.places, Counter({(what, value): n for what, value, n in kept.counts}))


def keep_tally(db: sqlite3.Connection, statement: str, tally: Tally | None) -> None:
    """Keep the tally of a statement; None takes it away."""
    if tally is None:
        db.execute("DELETE FROM tally WHERE statement = ?", (statement,))
        return
    counts = tuple((what, value, n) for (what, value), n in tally.counts.items())
    row = (statement, sealed(to_json(_Kept(tally.places, counts))))
    db.execute("INSERT OR REPLACE INTO tally VALUES (?, ?)", row)


@dataclass(frozen=True, slots=True)
class _Kept:
    places: int
    counts: tuple[tuple[str, _Value, int], ...]
