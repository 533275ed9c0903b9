"""Which articles tell the same story, what each story is called, and what belongs to it."""

from __future__ import annotations

import math
from array import array
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import nsmallest

from kg.model import Entity
from kg.view.first import Told
from kg.view.louvain import grouped, linked
from kg.view.select import Head

#: Two articles are of one story when the names they share weigh so much of all their names. Of 100 articles of
#: one year, 0.18 finds six stories of several articles, five of them one story each; 0.14 joins four articles that share
#: nothing but a news agency, 0.22 loses three of the six.
_ALIKE = 0.18
#: Names in a larger part of the articles than this tell nothing of a story.
_COMMON = 0.4
_FEW = 5  # in a corpus of so few articles no name is common
#: Nor does a name in so many: the pairs of articles that share it would be half a million.
_MANY = 1_000
#: So many pairs of articles tell what is of one story, in a corpus of any size: of an article that is like
#: more others than its share of them, those that it is most like.
_PAIRS = 200_000


@dataclass(frozen=True, slots=True)
class Story:
    """Articles that tell of the same, by id, the most typical first; ``title`` is its headline."""

    title: str
    articles: tuple[str, ...]


def stories(heads: Sequence[Head], entities: Iterable[Entity]) -> tuple[Story, ...]:
    """The stories of these articles: the most outlets and articles first, then the longest.

    Articles belong together that share names few others have (cosine of inverse frequencies)."""
    known = {head.id: head for head in heads}
    ids = sorted(known)
    near = array("d", [0.0]) * len(ids)
    # So many links may be a hundred times as many numbers: in arrays they take a tenth of the memory.
    ones, others, weights = array("l"), array("l"), array("d")
    most = max(1, _PAIRS // max(1, len(ids)))
    for one, alike in _shared(_named(ids, entities), len(ids)):
        for other, weight in alike.items():
            near[one] += weight
            near[other] += weight
        like = (pair for pair in alike.items() if pair[1] >= _ALIKE)
        for other, weight in sorted(nsmallest(most, like, key=lambda p: (-p[1], p[0]))):
            ones.append(one)
            others.append(other)
            weights.append(weight)
    groups: Iterable[list[int]] = ([at] for at in range(len(ids)))
    if ones:
        groups = grouped(linked(len(ids), zip(ones, others, weights, strict=True)), seed=7)
    sized: list[tuple[tuple[int, ...], Story]] = []
    for group in groups:
        group.sort(key=lambda at: (-near[at], known[ids[at]].date or "", at))
        found = [known[ids[at]] for at in group]
        outlets = {head.publisher for head in found} - {None}
        size = (-len(outlets), -len(found), -sum(head.letters for head in found))
        sized.append((size, Story(_headline(found[0]), tuple(head.id for head in found))))
    sized.sort(key=lambda item: (item[0], item[1].articles))
    return tuple(story for _, story in sized)


def _named(ids: Sequence[str], entities: Iterable[Entity]) -> list[array[int]]:
    """For each name, in the order of IRIs, the numbers of the articles that have it, sorted."""
    number = {article: at for at, article in enumerate(ids)}
    found = sorted(
        (e.id, array("l", sorted(number[a] for a in e.articles if a in number)))
        for e in entities
        if e.named
    )
    return [where for _, where in found if where]


def _headline(head: Head) -> str:
    """The title; of an article without one, its first line."""
    return " ".join((head.title or head.first).split()) or head.source


def _shared(names: Sequence[array[int]], total: int) -> Iterator[tuple[int, dict[int, float]]]:
    """Each article with those after it that share a name with it, and how alike they are, 0 to 1. They are
    told article by article: all of them at once would fill the memory."""
    most = min(max(_FEW, _COMMON * total), _MANY)
    length = array("d", [0.0]) * total
    telling = [0.0] * len(names)
    names_of = [array("l") for _ in range(total)]
    for name, where in enumerate(names):
        if len(where) <= most:
            telling[name] = weight = math.log(1 + total / len(where)) ** 2
            for one in where:
                length[one] += weight
                names_of[one].append(name)
    for one, its in enumerate(names_of):
        shared: dict[int, float] = defaultdict(float)
        for name in its:
            weight, where = telling[name], names[name]
            for other in where[bisect_right(where, one) :]:
                shared[other] += weight
        if its:
            yield one, {o: w / math.sqrt(length[one] * length[o]) for o, w in shared.items()}


def belonging(
    found: Sequence[Story], entities: Iterable[Entity], told: Iterable[Told]
) -> dict[str, int]:
    """The number of the story in which most is said of an entity; -1: none."""
    story_of = {article: i for i, story in enumerate(found) for article in story.articles}
    said: dict[str, Counter[int]] = defaultdict(Counter)
    for t in told:
        for number in {story_of[a] for a in t.articles if a in story_of}:
            said[t.subject][number] += 1
            if t.other is not None and t.other != t.subject:
                said[t.other][number] += 1
    homes = {}
    for e in entities:
        if counts := said.get(e.id):
            homes[e.id] = min(counts, key=lambda n: (-counts[n], n))
        else:  # nothing is said of it: the first story that has its name
            homes[e.id] = min((story_of[a] for a in e.articles if a in story_of), default=-1)
    return homes
