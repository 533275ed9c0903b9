"""Which tellings are of one event, and what they make of it together.

Tellings are one event only when their class, status, attribution and main participants are the
same, and their dates do not contradict each other where such an event happens once (a death, a
founding, a lawsuit of these against those); where it can happen again (an attack, a match), day and
place must be the same too. Participants without a name ("police", "a man") are the same within one
article only. Everything is computed from the set of tellings: their order changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.model import StatementArgument, Status

_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
#: Circumstances and roles that must be told, all together, for an event to be more than a triple.
ENOUGH: Final = 3


@dataclass(frozen=True, slots=True)
class Told:
    """A telling whose participants are entities of the graph: (role, IRI) pairs.

    ``scope`` is the article's id where it can be the same as no other article's, else "". ``once``
    tells whether such an event happens once to its participants (see `kg.events.tellings`), ``single``
    whether it needs no more than one of them: a death, a strike.
    ``evidence`` are (IRI, passage as `kg.merge.copies` reads it).
    """

    type: str
    status: Status
    attribution: str | None
    scope: str
    once: bool
    core: tuple[tuple[str, str], ...]
    participants: tuple[tuple[str, str], ...]
    time: str | None
    places: tuple[StatementArgument, ...]
    values: tuple[StatementArgument, ...]
    statements: tuple[str, ...]
    evidence: tuple[tuple[str, str], ...]
    article: str
    single: bool = False

    def key(self) -> tuple[str, ...]:
        """What all tellings of one event have in common, at least."""
        core = [part for pair in self.core for part in pair]
        return (self.type, self.status, self.attribution or "", self.scope, *core)


def finer(time: str, other: str) -> bool:
    """Whether a time lies within another and tells more: "2025-06-11" than "2025-06", "2025" or
    "--06" (a June without its year)."""
    if time == other or "/" in time or "/" in other:
        return False
    if other.startswith("--"):
        return not time.startswith("--") and time[4:].startswith(other[1:])
    return time.startswith(f"{other}-")


def finest(times: Iterable[str]) -> str | None:
    """The one time that says all that the others say; None for none, or a contradiction."""
    distinct = sorted(set(times))
    for time in distinct:
        if all(time == other or finer(time, other) for other in distinct):
            return time
    return None


def events(told: Sequence[Told]) -> Iterator[tuple[tuple[str, ...], tuple[Told, ...]]]:
    """The tellings of one key, event by event, each with what tells it from the others of the key.

    Of an event that happens once, a vaguer telling goes to the only precise one it can mean; where
    there are two it stays apart, so that no vague telling chains two events together.
    """
    times = {telling.time or "" for telling in told}
    peaks = [time for time in times if not any(_within(other, time) for other in times)]
    groups: dict[tuple[str, ...], list[Told]] = {}
    for telling in told:
        time = telling.time or ""
        mark: tuple[str, ...]
        if telling.once:
            hosts = [peak for peak in peaks if peak == time or _within(peak, time)]
            mark = (hosts[0] if len(hosts) == 1 else time,)
        else:
            where = sorted({place.entity or place.label for place in telling.places})
            mark = (time, *where)
            if not _DAY.fullmatch(time):
                mark = (*mark, telling.article)
        groups.setdefault(mark, []).append(telling)
    for mark in sorted(groups):
        yield mark, tuple(sorted(groups[mark], key=lambda t: (t.article, t.evidence)))


def enough(told: Sequence[Told]) -> bool:
    """Whether the tellings together say more than a plain triple: roles, time and place.

    Without time and place, those who take part must have names: "the winner is appointed by the
    king on merit" tells of no event. Of what needs one participant only, his name and the time
    are enough: "Doris Day died on Monday".
    """
    roles = {role for telling in told for role, _ in telling.participants}
    roles |= {value.role for telling in told for value in telling.values if value.role != "amount"}
    timed = any(telling.time for telling in told)
    placed = any(telling.places for telling in told)
    named = not told[0].scope
    if not (timed or placed) and not named:
        return False
    if told[0].single and named and timed:
        return True
    return len(roles) + timed + placed >= ENOUGH


def _within(time: str, other: str) -> bool:
    """As `finer`; every time lies within no time."""
    return bool(time) and (not other or finer(time, other))
