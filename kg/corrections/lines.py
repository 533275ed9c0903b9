"""Corrections as JSON Lines, one a line, and back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from hashlib import sha256
from typing import Final

from kg.errors import ConfigError
from kg.model import STATUSES, Correction, Thing
from kg.results import from_plain, to_plain

#: Kind -> how many things and passages it is about: (fewest, most) of each, and whether it has a ``to``.
KINDS: Final[Mapping[str, tuple[tuple[int, int], tuple[int, int], bool]]] = {
    "merge": ((2, 2), (0, 0), False),
    "split": ((2, 2), (1, 1_000), False),
    "distinct": ((2, 2), (0, 0), False),
    "rename": ((1, 1), (0, 0), True),
    "retype": ((1, 1), (0, 0), True),
    "alias": ((1, 1), (0, 0), True),
    "link": ((1, 1), (0, 0), True),
    "reject": ((0, 0), (1, 10_000), False),
    "confirm": ((0, 0), (1, 10_000), False),
    "status": ((0, 1), (1, 10_000), True),
    "add": ((2, 3), (1, 1), True),
}
#: The kinds that are about statements as they are read in passages.
READINGS: Final = ("reject", "confirm", "status")
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_DATE: Final = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_FIELDS: Final = frozenset(f.name for f in fields(Correction))


def sealed(correction: Correction) -> Correction:
    """The correction with its id. Raises `ConfigError` for one that says too little or too much."""
    if wrong := _wrong(correction):
        raise ConfigError(f"{correction.what}: {wrong}")
    return replace(correction, id=_id(correction))


def to_lines(corrections: Iterable[Correction]) -> str:
    """The corrections as a file's text, each once, by date and id; empty for none."""
    each = {correction.id: correction for correction in corrections}
    ranked = sorted(each.values(), key=lambda c: (c.date, c.id))
    return "".join(f"{to_line(correction)}\n" for correction in ranked)


def to_line(correction: Correction) -> str:
    """One correction as JSON, its id first; what is empty is left out."""
    plain = {"id": correction.id, **to_plain(replace(correction, id=""))}
    return json.dumps(plain, ensure_ascii=False)


def from_lines(text: str, where: str = "corrections") -> tuple[Correction, ...]:
    """The corrections of a file's text, sorted as `to_lines` writes them.

    An ``id`` may be left out; one that does not fit its line means that the line was changed.
    Raises `ConfigError` with the line for what is no correction.
    """
    found: dict[str, Correction] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            made = _from_line(line, f"{where}:{number}")
            found[made.id] = made
    return tuple(sorted(found.values(), key=lambda c: (c.date, c.id)))


def _from_line(line: str, where: str) -> Correction:
    try:
        plain = json.loads(line)
        if not isinstance(plain, dict):
            raise ValueError("it is no object")
        if unknown := sorted(set(plain) - _FIELDS):
            raise ValueError(f"unknown field {unknown[0]!r}; known: {', '.join(sorted(_FIELDS))}")
        made = from_plain(Correction, plain)
    except ValueError as error:
        raise ConfigError(f"{where}: no correction: {error}.") from error
    if wrong := _wrong(made):
        raise ConfigError(f"{where}: {wrong}")
    if made.id and made.id != _id(made):
        raise ConfigError(
            f"{where}: the line was changed, its id {made.id} is of another one. Leave the id out."
        )
    return replace(made, id=_id(made))


def told(correction: Correction) -> str:
    """A correction in a line, as a reader says it."""
    names = [f"“{thing.name}”" for thing in correction.things]
    passages = correction.passages
    if correction.what == "split":
        what = sorted({f"“{p.text}”" if p.text else "all" for p in passages})
        where = sorted({p.source for p in passages if p.source})
        inside = f" in {', '.join(where)}" if where else ""
        return f"split {names[0]}: {', '.join(what)}{inside} is {names[1]}"
    if correction.what == "add":
        first = passages[0]
        return f"add {names[0]} {first.predicate} {names[1]} ({correction.to})"
    if passages:
        first = passages[0]
        said = " … ".join(part for part in (first.subject, first.predicate, first.object) if part)
        names.append(f"“{said}” ({first.source} {first.start}-{first.end})")
        if correction.what == "status":
            speaker = f", says {names[0]}" if correction.things else ""
            return f"status {names[-1]} is {correction.to}{speaker}"
    end = f" is {correction.to}" if correction.to else ""
    return f"{correction.what} {', '.join(names)}{end}"


def _id(correction: Correction) -> str:
    plain = json.dumps(to_plain(replace(correction, id="")), sort_keys=True)
    return sha256(plain.encode()).hexdigest()[:12]


def _wrong(correction: Correction) -> str:
    """What is wrong with it, or nothing."""
    if correction.what not in KINDS:
        return f"no kind of correction {correction.what!r}; known: {', '.join(KINDS)}."
    things, passages, target = KINDS[correction.what]
    for name, found, (low, high) in (
        ("things", correction.things, things),
        ("passages", correction.passages, passages),
    ):
        if not low <= len(found) <= high:
            least = low if low == high else f"{low} to {high}"
            return f"a {correction.what!r} has {least} {name}, not {len(found)}."
    if target != bool(correction.to):
        return f"a {correction.what!r} has {'a' if target else 'no'} field 'to'."
    if any(not thing.name.strip() for thing in correction.things):
        return "a thing has a name."
    if correction.date and not _DATE.fullmatch(correction.date):
        return f"date {correction.date!r}: write it like 2026-11-30."
    return _wrong_target(correction)


def _wrong_target(correction: Correction) -> str:
    what, to = correction.what, correction.to
    if what in ("status", "add") and to not in STATUSES:
        return f"no status {to!r}; known: {', '.join(STATUSES)}."
    if what == "link" and not _ADDRESS.fullmatch(to):
        return f"{to!r} is neither Q and a number nor an http(s) address."
    if what in ("merge", "distinct") and _same(*correction.things):
        return "the two are one name; 'split' parts its mentions."
    if what == "add" and not correction.passages[0].predicate:
        return "a statement has a predicate."
    return ""


def _same(one: Thing, other: Thing) -> bool:
    return (one.name, one.scope, one.named) == (other.name, other.scope, other.named)
