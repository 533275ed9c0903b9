"""What the claims of an article tell of events: a release, a lawsuit, a death, with who took part.

No words are read anew. Claims of one predicate ("Disney and Universal sued Midjourney in June") are
one telling of one event; ``events.toml`` says which relations tell of which class of event (below
``kg:Event`` in the ontology) and in which roles their subject, object and further arguments take
part, as in the Simple Event Model (van Hage et al. 2011: event, actor with role, place, time).
A telling has the status and attribution of its claims. What is denied, negated or supposed is no
event. `kg.events.identity` brings the tellings of one event together.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Final

from kg.model import Argument, ArticleResult, LinkedClaim, LocalEntity, Participant, Status

#: The roles that are circumstances, not participants.
TIME: Final = "time"
PLACE: Final = "place"
AMOUNT: Final = "amount"
_TOLD: Final = ("asserted", "claimed", "planned", "possible")
_NAMED: Final = 3  # participants of a role that a label names before the last
#: Datatypes of a time that tells when: no clock, no span.
DATES: Final = {"xsd:date", "xsd:gYear", "xsd:gYearMonth", "xsd:gMonth", "xsd:gMonthDay",
                 "xsd:dateTime", "edtf:EDTF"}  # fmt: skip
_WHERE: Final = ("at", "in", "near", "on", "outside")
_AFTER_HEAD: Final = re.compile(
    r"\s+(?:against|at|between|by|for|from|in|into|near|of|off|on|over|to|with)\s|,\s"
)


@dataclass(frozen=True, slots=True)
class Telling:
    """One place of an article that tells of an event.

    ``participants`` are (role, key of the article's entity), ``places`` (words, key or None),
    ``values`` (role, words, value, datatype, unit or nothing) of what is no entity: a price, a term of prison.
    ``claims`` are the keys of the claims it is made of; ``times`` are ISO 8601 or EDTF.
    """

    type: str
    status: Status
    attribution: str | None
    claims: tuple[str, ...]
    participants: tuple[tuple[str, str], ...]
    times: tuple[str, ...] = ()
    places: tuple[tuple[str, str | None], ...] = ()
    values: tuple[tuple[str, str, str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class EventClass:
    """How the events of a class are known again and called (see ``events.toml``)."""

    once: bool
    core: tuple[str, ...]
    label: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Rule:
    kind: str
    subject: str
    object: str
    words: frozenset[str] | None
    subject_types: frozenset[str] | None
    object_types: frozenset[str] | None
    subject_heads: frozenset[str] | None
    object_heads: frozenset[str] | None
    arguments: Mapping[str, str]


@dataclass(slots=True)
class _Draft:
    """A telling while its claims are read: class, status and attribution, and its predicate."""

    kind: tuple[str, Status, str | None]
    start: int
    end: int
    participants: set[tuple[str, str]] = field(default_factory=set)
    times: set[str] = field(default_factory=set)
    places: set[tuple[str, str | None]] = field(default_factory=set)
    values: set[tuple[str, str, str, str, str]] = field(default_factory=set)
    claims: list[str] = field(default_factory=list)

    def take(self, role: str, argument: Argument, key: str | None) -> None:
        """Add what takes part in this role; a circumstance that has no value is left out."""
        literal = argument.literal
        words = " ".join((literal.label if literal else argument.label).split())
        if role == TIME:
            if literal is not None and literal.datatype in DATES:
                self.times.add(literal.value)
        elif role == PLACE:
            self.places.add((words, key))
        elif role and key is not None:
            self.participants.add((role, key))
        elif role and literal is not None:
            self.values.add((role, words, literal.value, literal.datatype, literal.unit or ""))

    def same(self, other: _Draft) -> bool:
        """Whether two claims tell of one event: by the same words, or by words that overlap ("was
        appointed", "appointed minister") of a participant that both have."""
        if self.kind != other.kind or self.end <= other.start or other.end <= self.start:
            return False
        here = (self.start, self.end) == (other.start, other.end)
        return here or bool(self.participants & other.participants)

    def join(self, other: _Draft) -> None:
        """Add all that another one has."""
        self.start, self.end = min(self.start, other.start), max(self.end, other.end)
        self.participants |= other.participants
        self.times |= other.times
        self.places |= other.places
        self.values |= other.values
        self.claims += other.claims

    def telling(self) -> Telling:
        kind, status, attribution = self.kind
        return Telling(
            type=kind,
            status=status,
            attribution=attribution,
            claims=tuple(self.claims),
            participants=tuple(sorted(self.participants)),
            times=tuple(sorted(self.times)),
            places=tuple(sorted(self.places, key=lambda pair: (pair[0], pair[1] or ""))),
            values=tuple(sorted(self.values)),
        )


@cache
def event_classes() -> dict[str, EventClass]:
    """The classes of events by local name, in the order of ``events.toml``."""
    return {
        name: EventClass(
            once=plain.get("once", False),
            core=tuple(plain["core"]),
            label=tuple((words[0], words[1]) for words in map(str.split, plain["label"])),
        )
        for name, plain in _data()["class"].items()
    }


@cache
def event_roles() -> frozenset[str]:
    """All roles that a participant can have: local names of the ontology."""
    roles = {role for kind in event_classes().values() for role in kind.core}
    for rules in _rules().values():
        for rule in rules:
            roles |= {rule.subject, rule.object, *rule.arguments.values()}
    return frozenset(roles - {TIME, PLACE, AMOUNT, ""})


@cache
def event_relations() -> frozenset[str]:
    """The relations of the ontology that tell of events."""
    return frozenset(name for name in _rules() if not name.startswith("~"))


def event_label(kind: str, participants: Sequence[Participant]) -> str:
    """What a reader calls an event: "release of Gen-4 by Runway"."""
    words = [kind.casefold()]
    for word, role in event_classes()[kind].label:
        names = [item.label for item in participants if item.role == role]
        if names:
            head, last = names[:-1][:_NAMED], names[-1] if len(names) <= _NAMED + 1 else "others"
            words += [word, f"{', '.join(head)} and {last}" if head else last]
    return " ".join(words)


def tellings(result: ArticleResult) -> tuple[Telling, ...]:
    """The tellings of events in an article, in text order.

    A telling may be thin ("Runway released Gen-4", no time, no place): whether there is enough for
    a node is told once all tellings of an event are together.
    """
    entities = {entity.key: entity for entity in result.entities}
    drafts: list[_Draft] = []
    for linked in sorted(result.claims, key=_order):
        claim = linked.claim
        if claim.status not in _TOLD or claim.polarity != "positive":
            continue
        rule = _rule(linked, entities)
        if rule is None or linked.subject not in entities:
            continue
        found = _Draft(
            (rule.kind, claim.status, linked.attribution),
            claim.predicate.start,
            claim.predicate.end,
        )
        found.claims.append(claim.key)
        found.take(rule.subject, claim.subject, linked.subject)
        found.take(rule.object, claim.object, linked.object)
        for argument, key in zip(claim.arguments, linked.arguments, strict=True):
            if key is None or key not in (linked.subject, linked.object):
                _take_argument(found, rule, argument, entities.get(key or ""))
        same = next((draft for draft in drafts if draft.same(found)), None)
        if same is None:
            drafts.append(found)
        else:
            same.join(found)
    return tuple(draft.telling() for draft in drafts if draft.participants)


def _take_argument(
    draft: _Draft, rule: _Rule, argument: Argument, entity: LocalEntity | None
) -> None:
    key = entity.key if entity else None
    role = rule.arguments.get(argument.role, "")
    if role and not _fits(entity, None, _role_heads().get(role)):
        role = ""
    if argument.role in (TIME, PLACE):
        draft.take(argument.role, argument, key)
    elif argument.role in _WHERE and entity is not None and entity.type == "Place":
        draft.take(PLACE, argument, key)
    elif role:
        draft.take(role, argument, key)
    elif argument.role == AMOUNT:
        draft.take(AMOUNT, argument, None)


def _rule(linked: LinkedClaim, entities: Mapping[str, LocalEntity]) -> _Rule | None:
    subject = entities.get(linked.subject)
    target = entities.get(linked.object or "")
    predicate = linked.claim.predicate
    words = set(predicate.text.casefold().split())
    for rule in _rules().get(predicate.property or f"~{predicate.label.casefold()}", ()):
        if (
            (rule.words is None or rule.words & words)
            and _fits(subject, rule.subject_types, rule.subject_heads)
            and _fits(target, rule.object_types, rule.object_heads)
            and (target is not None or linked.claim.object.literal is not None)
        ):
            return rule
    return None


def _fits(
    entity: LocalEntity | None, types: frozenset[str] | None, heads: frozenset[str] | None
) -> bool:
    if types is None and heads is None:
        return True
    if entity is None or (types is not None and entity.type not in types):
        return False
    return heads is None or bool(heads & set(_heads(entity)))


@cache
def _role_heads() -> dict[str, frozenset[str]]:
    data = _data()
    return {role: frozenset(data["heads"][name]) for role, name in data["role_heads"].items()}


def _heads(entity: LocalEntity) -> Iterator[str]:
    """What can be the head noun of a label: its last word before a preposition; the first word too
    of a name ("Typhoon Haiyan"); with and without a plural's s."""
    words = _AFTER_HEAD.split(entity.label.casefold())[0].split()
    for word in {*words[-1:], *(words[:1] if entity.named else ())}:
        yield word
        if word.endswith("s"):
            yield word[:-1]


def _order(linked: LinkedClaim) -> tuple[int, int, int, str]:
    claim = linked.claim
    return (claim.predicate.start, claim.subject.start, claim.object.start, claim.key)


@cache
def _rules() -> dict[str, tuple[_Rule, ...]]:
    """The rules by relation, in the order of the file."""
    data = _data()
    heads = {name: frozenset(words) for name, words in data["heads"].items()}
    found: dict[str, list[_Rule]] = {}
    for plain in data["rule"]:
        rule = _Rule(
            kind=plain["class"],
            subject=plain["subject"],
            object=plain["object"],
            words=heads.get(plain.get("words", "")),
            subject_types=_set(plain.get("subject_types")),
            object_types=_set(plain.get("object_types")),
            subject_heads=heads.get(plain.get("subject_heads", "")),
            object_heads=heads.get(plain.get("object_heads", "")),
            arguments=plain.get("arguments", {}),
        )
        for relation in plain["of"]:
            found.setdefault(relation, []).append(rule)
    return {name: tuple(rules) for name, rules in found.items()}


def _set(names: Sequence[str] | None) -> frozenset[str] | None:
    return None if names is None else frozenset(names)


@cache
def _data() -> dict[str, Any]:
    text = files("kg.events").joinpath("events.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
