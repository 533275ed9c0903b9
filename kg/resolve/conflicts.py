"""What tells two people of one name apart: given names, ages, lives, posts.

Within an article these stop names from being joined (`kg.resolve.within`), across articles they
part the people of one full name (`parted`). Who is not told apart by anything stays one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.model import ArticleResult, LinkedClaim
from kg.resolve.names import words

_AGE: Final = re.compile(
    r",? \((?:aged )?(\d{1,3})\)|, aged? (\d{1,3})\b|, (\d{1,3})(?=[,.;]| and\b| or\b)"
)
_YEAR: Final = re.compile(r"(\d{4})(?:-\d\d)?")
#: How many years two tellings of a birth may differ: "43" is one of two years, and papers are late.
_SLACK: Final = 2
_OLD: Final = re.compile(r"(\d{1,3})\b.*")
_AGED: Final = re.compile(r"age (?:of )?(\d{1,3})")
_SAID: Final = ("asserted", "claimed")
#: What carries the facts of a person.
_BORN: Final = "dateOfBirth"
_DIED: Final = "dateOfDeath"
#: So much more must be told of one of two people of a name to have those of whom nothing is told.
RATIO: Final = 3


def differ(one: Sequence[str], other: Sequence[str]) -> bool:
    """Are these two people, by their given names: one surname, and none is short for the other?

    >>> differ(("lena", "brook"), ("peter", "brook")), differ(("rob", "gale"), ("robert", "gale"))
    (True, False)
    """
    if min(len(one), len(other)) < 2 or one[-1] != other[-1]:
        return False
    if {one[0], other[0]} & words().crowned:
        return False
    first, second = one[0].rstrip("."), other[0].rstrip(".")
    if first.startswith(second) or second.startswith(first):
        return False
    return first not in other and second not in one


def age_after(text: str, end: int) -> int | None:
    """The age that stands right after a name ("Eric Mohn, 70, ...")."""
    told = _AGE.match(text, end)
    age = int(next(filter(None, told.groups()))) if told else 0
    return age if 0 < age < 120 else None


@dataclass(frozen=True, slots=True)
class Facts:
    """What one article tells of a person's life: years of birth (first and last possible) and of
    death, posts that one holds alone ("mayor" -> where), and the year of the article."""

    born: tuple[int, int] | None = None
    died: int | None = None
    posts: tuple[tuple[str, str], ...] = ()
    year: int | None = None

    def __bool__(self) -> bool:
        return self.born is not None or self.died is not None or bool(self.posts)


def facts_of(result: ArticleResult) -> dict[str, Facts]:
    """The facts of the people of an article, by the key of their entities.

    Only what the text or somebody in it says is so counts; what was so once ("former mayor") does
    not.
    """
    year = _year(result.article.date)
    people = {e.key for e in result.entities if e.named and e.type == "Person"}
    labels = {e.key: e.label for e in result.entities}
    found: dict[str, list[LinkedClaim]] = {}
    for linked in result.claims:
        claim = linked.claim
        if linked.subject in people and claim.status in _SAID and claim.polarity == "positive":
            found.setdefault(linked.subject, []).append(linked)
    return {key: told for key, of in found.items() if (told := _facts(of, year, labels))}


def _facts(claims: Iterable[LinkedClaim], year: int | None, labels: Mapping[str, str]) -> Facts:
    born = died = age = None
    posts: list[tuple[str, str]] = []
    for linked in claims:
        name, told = linked.claim.predicate.property, linked.claim.object.label
        if found := _OLD.fullmatch(told) if name == "age" else _AGED.fullmatch(told):
            age = int(found[1])
        elif name == _BORN:
            born = born or _value_year(linked)
        elif name == _DIED:
            died = died or _value_year(linked)
            age = next(map(int, _ages(linked)), age)
        elif name == "hasRole":
            posts += _posts(linked, labels)
    then = died or year  # who died is as old as on that day
    span = (born, born) if born else (then - age - 1, then - age) if age and then else None
    return Facts(span, died, tuple(sorted(set(posts))), year)


def _ages(died: LinkedClaim) -> Iterator[str]:
    """ "died on Sunday *at the age of 91*"."""
    for argument in died.claim.arguments:
        if found := (_OLD if argument.role == "age" else _AGED).fullmatch(argument.label):
            yield found[1]


def _posts(linked: LinkedClaim, labels: Mapping[str, str]) -> list[tuple[str, str]]:
    claim = linked.claim
    roles = {argument.role for argument in claim.arguments}
    post = labels.get(linked.object or "", claim.object.label).casefold()
    if post not in words().held_alone or "time" in roles:
        return []
    return [
        (post, labels.get(key or "", argument.label).casefold())
        for argument, key in zip(claim.arguments, linked.arguments, strict=True)
        if argument.role == "at"
    ]


def _value_year(linked: LinkedClaim) -> int | None:
    literal = linked.claim.object.literal
    return _year(literal.value if literal else None)


def _year(told: str | None) -> int | None:
    found = _YEAR.match(told or "")
    return int(found[1]) if found else None


def conflict(one: Facts, other: Facts) -> str:
    """Why these cannot be facts of one person; empty where nothing speaks against it."""
    if one.born and other.born:
        gap = max(one.born[0], other.born[0]) - min(one.born[1], other.born[1])
        if gap > _SLACK:
            return f"born about {one.born[1]}, not about {other.born[1]}"
    if one.died and other.died and abs(one.died - other.died) > 1:
        return f"died in {one.died}, not in {other.died}"
    for dead, alive in ((one, other), (other, one)):
        if dead.died and alive.born and alive.born[0] > dead.died:
            return f"one died in {dead.died}, before the other was born"
    if one.year is None or one.year != other.year:
        return ""
    there = dict(other.posts)
    for post, at in one.posts:
        if there.get(post, at) != at:
            return f"{post} of {at}, not of {there[post]}, in {one.year}"
    return ""


def parted(told: Mapping[str, Facts], articles: Sequence[str]) -> dict[str, tuple[int, str]]:
    """The people of one full name: article -> number of the person (0: the one first written about)
    and why this one is kept apart (empty for number 0).

    ``articles`` are all that have the name, the oldest first; ``told`` are the facts that some of them
    tell. Where no two conflict there is one person. An article that tells nothing has the person with
    `RATIO` times the articles of all others, else somebody of its own.
    """
    people: list[tuple[list[str], str]] = []
    for article in sorted(told):
        facts = told[article]
        why = ""
        for members, _ in people:
            reasons = (conflict(facts, told[member]) for member in members[:_COMPARED])
            against = next(filter(None, reasons), "")
            if not against:
                members.append(article)
                break
            why = why or against
        else:
            people.append(([article], why))
    if len(people) < 2:
        return {}
    place = {article: at for at, article in enumerate(articles)}
    people.sort(key=lambda person: min(place[article] for article in person[0]))
    number = {a: (n, _apart(told, people, n)) for n, (own, _) in enumerate(people) for a in own}
    sizes = Counter(n for n, _ in number.values())
    (most, size), *_ = sizes.most_common(1)
    clear = size >= RATIO * (len(number) - size)
    whys = dict(number.values())
    for article in [a for a in articles if a not in number]:
        own = (most, whys[most]) if clear else (len(sizes), "several people have this name")
        number[article] = own
        if own[0]:
            sizes[own[0]] += 1
    return number


#: A new article is compared with so many of a person's articles.
_COMPARED: Final = 8


def _apart(told: Mapping[str, Facts], people: Sequence[tuple[list[str], str]], n: int) -> str:
    if n == 0:
        return ""
    mine = told[people[n][0][0]]
    pairs = (conflict(mine, told[article]) for article in people[0][0][:_COMPARED])
    return f"kept apart: {next(filter(None, pairs), '') or people[n][1]}"
