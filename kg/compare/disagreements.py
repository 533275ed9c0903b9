"""Where articles disagree: what one says is so, the other says is not, or is otherwise.

The one definition, for the page, the command line and Python. Two passages disagree where they stand in two articles,
or are by two named speakers of one, and speak of the same thing at the same time, and

- one asserts or claims what the other denies (``yes or no``), also as "the claim" (`kg.compare.denials`);
- they give different numbers of the same unit (``number``);
- they give a different day to what happens once (``date``);
- they name another for what only one can be or have said (``name``).

What is planned, possible or hypothetical disagrees with nothing: a plan that was given up is no
denial. What cannot be undone is denied at any time after it was told. Nor does a number that grew until a later article, "at least ten" with twelve, a year
with one of its months, a name with words for somebody unnamed, two parts of a list that one passage gives both.
"""

from __future__ import annotations

import re
import tomllib
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from hashlib import sha256
from itertools import combinations
from pathlib import Path
from typing import Any, Final
from typing import Literal as OneOf

from kg.compare.denials import denials, denied, speaker
from kg.compare.numbers import Number, in_words, number
from kg.compare.times import Days, days, overlap, spoken_of
from kg.model import Evidence, Literal, Node, Quotation, Statement

Kind = OneOf["yes or no", "number", "date", "name"]
#: So long ago is what a passage without a time can deny or repeat.
_LATELY: Final = timedelta(days=14)
#: Words that a quotation must have for its speaker to be a matter of disagreement.
_WORDS: Final = 6
#: A speaker who is read from less than his name beside the words is no matter of disagreement.
_SPEAKER: Final = 0.85
_SMALL: Final = frozenset("a an and at by de for in la of on the to".split())
#: What `questions` calls the one that a denial of what was said answers.
DENIAL: Final = "denial"
#: Characters of the other names. Where two questions share one, statements are compared in vain.
_SHORT: Final = 12
#: Statements of one thing and relation that are compared: of more, the first by IRI.
_MOST: Final = 200
_SEVERAL: Final = 3


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two passages that cannot both be right. The statement and evidence of ``one`` are from the
    earlier article; ``about`` is what they give differently, as each has it."""

    kind: Kind
    one: Statement
    other: Statement
    passage: Evidence
    other_passage: Evidence
    about: tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Piece:
    """One passage of a statement, with the days that it speaks of and when it was published."""

    statement: Statement
    evidence: Evidence
    when: Days | None
    told: Days | None
    published: str


#: What of two passages differs, as each has it; None where they agree or cannot be compared.
_Test = Callable[[_Piece, _Piece], tuple[str, str] | None]


def disagreements(
    statements: Iterable[Statement], dates: Mapping[str, str | None]
) -> tuple[Disagreement, ...]:
    """Every disagreement of these statements, sorted by kind and subject; of two statements one at
    most, and of one matter one for each two answers. ``dates`` tell when each article, by its id,
    was published."""
    groups: defaultdict[tuple[str, ...], list[Statement]] = defaultdict(list)
    inside: defaultdict[str, set[str]] = defaultdict(set)
    statements = _concerned(statements if isinstance(statements, Sequence) else tuple(statements))
    for statement in statements:
        if statement.predicate.id.endswith("#locatedIn") and isinstance(statement.object, Node):
            inside[statement.subject.id].add(statement.object.id)
        for key in _keys(statement):
            groups[key].append(statement)
    found: dict[tuple[str, str], Disagreement] = {}
    for key, group in sorted(groups.items()):
        test = _TESTS[key[0]]
        pieces = [
            piece
            for statement in sorted(group, key=lambda s: s.id)[:_MOST]
            for piece in _pieces(statement, dates)
        ]
        if len({_voice(piece) for piece in pieces}) < 2:
            continue
        told: set[frozenset[str]] = set()
        for one, other, about in _differing(pieces, test):
            pair = (one.statement.id, other.statement.id)
            if frozenset(about) in told or pair in found or pair[::-1] in found:
                continue
            if not _is_part(one.statement.object, other.statement.object, inside):
                told.add(frozenset(about))
                found[pair] = _made(key[0], one, other, about)  # type: ignore[arg-type]
    for one_denied in denials(statements, _lists()["denials"]):
        claim, denial = one_denied.claim, one_denied.denial
        about = ("yes", "no") if _is_so(claim) else ("no", "yes")
        found[claim.id, denial.id] = Disagreement(
            "yes or no", claim, denial, one_denied.passage, one_denied.denied_in, about
        )
    order = {"yes or no": 0, "number": 1, "date": 2, "name": 3}
    return tuple(
        sorted(
            found.values(),
            key=lambda d: (order[d.kind], d.one.subject.label, d.one.id, d.other.id),
        )
    )


def questions(statement: Statement) -> tuple[str, ...]:
    """Short names of what a statement answers and another one can answer otherwise, sorted: how many,
    which day, who. Two that disagree have one in common; but yes and no have the same ends instead,
    and a denial of what was said right before answers `DENIAL`."""
    found = {
        sha256("\n".join(key).encode()).hexdigest()[:_SHORT]
        for key in _keys(statement)
        if key[0] != "yes or no"
    }
    if denied(statement, _lists()["denials"]):
        found.add(DENIAL)
    return tuple(sorted(found))


def _concerned(statements: Sequence[Statement]) -> list[Statement]:
    """Of these the few that may disagree with one of them, or tell which place lies in which. They are
    looped over once, and of the others only numbers are held."""
    answers: dict[int, int] = {}  # by the hash of a group: 3 if two of it may differ
    asked, places, said_in, said = array("q"), array("l"), array("q"), array("l")
    denied_in: set[int] = set()
    needed: set[int] = set()
    for place, statement in enumerate(statements):
        for key in _keys(statement):
            group = hash(key)
            before = answers.get(group, 0)
            answers[group] = before | _answer(key[0], statement, first=not before)
            asked.append(group)
            places.append(place)
        articles = [hash(e.article) for e in statement.evidence]
        if speaker(statement) is not None:
            said_in.extend(articles)
            said.extend([place] * len(articles))
        elif denied(statement, _lists()["denials"]):
            denied_in.update(articles)
            needed.add(place)
        if statement.predicate.id.endswith("#locatedIn"):
            needed.add(place)
    needed.update(at for group, at in zip(asked, places, strict=True) if answers[group] == _SEVERAL)
    needed.update(at for article, at in zip(said_in, said, strict=True) if article in denied_in)
    return [statements[place] for place in sorted(needed)]


def _answer(kind: str, statement: Statement, *, first: bool) -> int:
    """1 or 2; both together are two answers that may differ, which one passage never gives."""
    if kind == "yes or no":
        return 1 if _is_so(statement) else 2
    if kind != "name" and len(statement.evidence) > 1:
        return _SEVERAL
    return 1 if first else 2


def _made(kind: Kind, one: _Piece, other: _Piece, about: tuple[str, str]) -> Disagreement:
    return Disagreement(kind, one.statement, other.statement, one.evidence, other.evidence, about)


def _keys(statement: Statement) -> Iterator[tuple[str, ...]]:
    """The groups in which a statement can contradict another one, the kind first."""
    if statement.status not in ("asserted", "claimed", "denied"):
        return
    subject, target, does = statement.subject.id, statement.object, statement.predicate.id
    name = does.rsplit("#", 1)[-1] if "#" in does else ""
    words = _relations()
    if isinstance(target, Quotation):
        plain = _plain(target.text)
        if len(plain.split()) >= _WORDS and _is_told(statement):
            yield "name", "said", plain
        return
    if isinstance(target, str):
        return
    positive = statement.polarity == "positive" and statement.status != "denied"
    same = target.id if isinstance(target, Node) else f"{target.value} {target.unit or ''}"
    definite = _is_definite(statement.subject)
    if definite and isinstance(target, Node) and _is_definite(target):
        yield "yes or no", subject, does, same
    if not positive:
        return
    for what, counted in _numbers(statement):
        yield "number", does, *what, counted.unit
    if not definite:
        return
    if name in words["once"] and any(a.role == "time" for a in statement.arguments):
        yield "date", subject, does, same
    if name in words["single"] and (isinstance(target, Literal) or target.label[:1].isupper()):
        yield "name", subject, does
    if name in words["one_doer"] and isinstance(target, Node) and _is_event(target):
        yield "name", same, does, "by"


def _numbers(statement: Statement) -> Iterator[tuple[tuple[str, ...], Number]]:
    """What a statement counts, with the number: people whom a thing killed, people who died in it,
    the price at which one bought another."""
    subject, target = statement.subject, statement.object
    ends = [end for end in (subject, target) if isinstance(end, Node | Literal)]
    for end, other in zip(ends, reversed(ends), strict=True) if len(ends) == 2 else ():
        if not isinstance(other, Node) or not _is_definite(other):
            continue
        if (counted := number(end)) is not None:
            yield ("of", other.id), counted
    if isinstance(target, Node) and _is_definite(subject) and _is_definite(target):
        for argument in statement.arguments:
            if argument.role in ("amount", "for") and (counted := in_words(argument)) is not None:
                yield (subject.id, target.id), counted


def _pieces(statement: Statement, dates: Mapping[str, str | None]) -> Iterator[_Piece]:
    for evidence in statement.evidence:
        published = dates.get(evidence.article) or ""
        told = [
            a.value
            for a in statement.arguments
            if a.role == "time" and a.value and (not a.evidence or evidence.id in a.evidence)
        ]
        spans = [span for value in told if (span := days(value))]
        exact = spans[0] if len(set(spans)) == 1 else None
        yield _Piece(statement, evidence, spoken_of(told, published), exact, published)


def _differing(
    pieces: Sequence[_Piece], test: _Test
) -> Iterator[tuple[_Piece, _Piece, tuple[str, str]]]:
    """Passages of two articles, or of two speakers, that differ, the earlier one first."""
    order = sorted(
        pieces, key=lambda p: (p.published, p.evidence.source, p.evidence.start, p.evidence.id)
    )
    for one, other in combinations(order, 2):
        if _are_two(one, other):
            about = test(one, other)
            if about is not None:
                yield one, other, about


def _voice(piece: _Piece) -> tuple[str, str]:
    """Where something is said, and by whom: "" for the article itself."""
    speaker = piece.statement.attributed_to
    return piece.evidence.article, speaker.id if speaker else ""


def _are_two(one: _Piece, other: _Piece) -> bool:
    """Whether two sources speak: two articles, or two named speakers in two passages of one."""
    (first, speaker), (second, other_speaker) = _voice(one), _voice(other)
    if first != second:
        return True
    apart = one.evidence.end <= other.evidence.start or other.evidence.end <= one.evidence.start
    return apart and bool(speaker and other_speaker) and speaker != other_speaker


def _yes_or_no(one: _Piece, other: _Piece) -> tuple[str, str] | None:
    first, second = _is_so(one.statement), _is_so(other.statement)
    if first == second or not (_same_time(one, other) or _undone(one, other)):
        return None
    return ("yes", "no") if first else ("no", "yes")


def _undone(one: _Piece, other: _Piece) -> bool:
    """Whether the later article denies what cannot be undone: who bought a firm in May did so in
    July, too. That something had not happened yet denies nothing."""
    name = one.statement.predicate.id.rsplit("#", 1)[-1]
    lasting = name in _relations()["once"] and _is_so(one.statement)
    return lasting and other.told is None and bool(one.published and other.published)


def _is_told(statement: Statement) -> bool:
    """Whether a person's name stands where it is told who said something."""
    speaker = statement.subject
    named = _is_name(speaker.label) and all(
        speaker.label.split()[-1] in e.subject_text for e in statement.evidence
    )
    return speaker.type == "Person" and named and statement.confidence >= _SPEAKER


def _is_so(statement: Statement) -> bool:
    return statement.polarity == "positive" and statement.status != "denied"


def _number(one: _Piece, other: _Piece) -> tuple[str, str] | None:
    """The numbers for what both count, unless they agree or are of two events."""
    if not _same_time(one, other):
        return None
    name = one.statement.predicate.id.rsplit("#", 1)[-1]
    theirs = {(*what, n.unit): n for what, n in _numbers(other.statement)}
    for what, first in _numbers(one.statement):
        second = theirs.get((*what, first.unit))
        if second is None or first.agrees(second) or _gives_both(one, other, first, second):
            continue
        grew = one.published != other.published and second.value > first.value
        if grew and name in _relations()["growing"]:
            continue
        if first.unit in _relations()["passing"] and one.published != other.published:
            continue
        if name in _relations()["aging"] and not _grew_younger(one, other, first, second):
            continue
        ends = (one.statement.subject, one.statement.object)
        event = any(isinstance(end, Node) and _is_event(end) for end in ends)
        deal = what[0] != "of" and name in _relations()["deals"]
        if deal or (what[0] == "of" and (name in _relations()["states"] or event)):
            return first.label, second.label
    return None


def _gives_both(one: _Piece, other: _Piece, first: Number, second: Number) -> bool:
    """Whether a passage has both: two parts of one list, "two fines and four years"."""
    found = ((one, second), (other, first))
    return any(_has(piece.evidence.text, counted.label) for piece, counted in found)


def _has(text: str, words: str) -> bool:
    """Whether the words stand in the text as they are: no "two men" in "thirty-two men"."""
    whole = rf"(?<![\w$€£¥-])(?<!\d[,.]){re.escape(words.casefold())}(?!\w)"
    return re.search(whole, text.casefold()) is not None


def _grew_younger(one: _Piece, other: _Piece, first: Number, second: Number) -> bool:
    """Whether two ages cannot be right: of one day, or the later report has the lower one. A report tells
    the age at an arrest, too, years before."""
    if one.told and other.told:
        return True
    return one.published != other.published and second.value < first.value


def _date(one: _Piece, other: _Piece) -> tuple[str, str] | None:
    if one.told is None or other.told is None or overlap(one.told, other.told):
        return None
    return _span(one.told), _span(other.told)


def _span(span: Days) -> str:
    return span[0].isoformat() if span[0] == span[1] else f"{span[0]} to {span[1]}"


def _name(one: _Piece, other: _Piece) -> tuple[str, str] | None:
    first, second = one.statement, other.statement
    if isinstance(first.object, Quotation) or first.object == second.object:
        ends = first.subject, second.subject
        if not _same_time(one, other) or first.predicate.id != second.predicate.id:
            return None
    else:
        ends = first.object, second.object  # type: ignore[assignment]
    labels = tuple(end.label if isinstance(end, Node | Literal) else "" for end in ends)
    if any(isinstance(end, Node) for end in ends):
        differ = ends[0] != ends[1] and not _alike(*labels) and all(map(_is_name, labels))
    else:
        spans = [days(end.value) if isinstance(end, Literal) else None for end in ends]
        differ = all(spans) and not overlap(spans[0], spans[1])  # type: ignore[arg-type]
    return labels if differ else None  # type: ignore[return-value]


def _is_part(one: object, other: object, inside: Mapping[str, set[str]]) -> bool:
    """Whether one place is told to lie in the other, or in something that does."""
    if not isinstance(one, Node) or not isinstance(other, Node):
        return False
    first, second = (
        {n.id}.union(*({place} | inside.get(place, set()) for place in inside.get(n.id, ())))
        for n in (one, other)
    )
    return one.id != other.id and (other.id in first or one.id in second)


def _alike(one: str, other: str) -> bool:
    """Whether one name can be the other one's short form: "Runway", "Runway AI"."""
    first, second = ({*_plain(name).split()} for name in (one, other))
    return not first or not second or first <= second or second <= first


def _same_time(one: _Piece, other: _Piece) -> bool:
    """Whether both speak of the same days. A passage that tells no time speaks of the days before it
    was published: of more of them where the other one tells its time."""
    if (one.told is None) != (other.told is None):
        told, plain = (one, other) if one.told else (other, one)
        out = days(plain.published)
        return bool(told.told and out and overlap(told.told, (out[0] - _LATELY, out[1])))
    return one.when is not None and other.when is not None and overlap(one.when, other.when)


def _is_event(node: Node) -> bool:
    """Whether it is an event with a name of its own: "Eaton Fire", not "Israeli airstrike"."""
    words = node.label.split()
    own = [word for word in words if word not in _SMALL]
    named = all(word[:1].isupper() or word[:1].isdigit() for word in own)
    return node.type in _relations()["events"] and named


def _is_name(label: str) -> bool:
    """Whether it names one: "Ada Holm", not "Harwick officer"."""
    last = label.split()[-1:] or [""]
    return last[0][:1].isupper() or last[0][:1].isdigit()


def _is_definite(node: Node) -> bool:
    """Whether two articles mean the same by it: a name, or words with one among them."""
    return any(word[:1].isupper() for word in node.label.split())


@cache
def _lists() -> Mapping[str, Any]:
    path = Path(__file__).with_name("disagreements.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def _relations() -> Mapping[str, frozenset[str]]:
    return {name: frozenset(v) for name, v in _lists().items() if isinstance(v, list)}


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()


_TESTS: Final[Mapping[str, _Test]] = {
    "yes or no": _yes_or_no,
    "number": _number,
    "date": _date,
    "name": _name,
}
