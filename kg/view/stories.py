"""Which articles tell the same story, what each story is called, and what belongs to it."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest

import networkx as nx

from kg.model import Article, Entity
from kg.view.first import Told
from kg.view.louvain import louvain

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


def stories(articles: Sequence[Article], entities: Iterable[Entity]) -> tuple[Story, ...]:
    """The stories of these articles: the most outlets and articles first, then the longest.

    Articles belong together that share names few others have (cosine of inverse frequencies)."""
    known = {a.id: a for a in articles}
    names: dict[str, list[str]] = {
        e.id: found
        for e in entities
        if e.named and (found := [a for a in e.articles if a in known])
    }
    near: dict[str, float] = defaultdict(float)
    alike: list[tuple[str, str, float]] = []
    most = max(1, _PAIRS // max(1, len(known)))
    for one, weights in _shared(names, len(known)):
        for other, weight in weights.items():
            near[one] += weight
            near[other] += weight
        like = (pair for pair in weights.items() if pair[1] >= _ALIKE)
        alike += ((one, *pair) for pair in nsmallest(most, like, key=lambda p: (-p[1], p[0])))
    sized: list[tuple[tuple[int, ...], Story]] = []
    for group in _groups(sorted(known), alike):
        ids = sorted(group, key=lambda a: (-near[a], known[a].date or "", a))
        outlets = {known[a].publisher for a in ids} - {None}
        size = (-len(outlets), -len(ids), -sum(len(known[a].text) for a in ids))
        sized.append((size, Story(_headline(known[ids[0]]), tuple(ids))))
    sized.sort(key=lambda item: (item[0], item[1].articles))
    return tuple(story for _, story in sized)


def _groups(ids: Sequence[str], alike: Sequence[tuple[str, str, float]]) -> list[list[str]]:
    """The articles in groups that are alike."""
    if not alike:
        return [[article] for article in ids]
    number = {article: i for i, article in enumerate(ids)}
    plain: nx.Graph[int] = nx.Graph()
    plain.add_nodes_from(range(len(ids)))
    plain.add_weighted_edges_from((number[a], number[b], weight) for a, b, weight in sorted(alike))
    return [[ids[i] for i in group] for group in louvain(plain.adjacency(), seed=7)]


def _headline(article: Article) -> str:
    """The title; of an article without one, its first line."""
    words = article.title or article.text.split("\n", 1)[0]
    return " ".join(words.split()) or article.source


def _shared(
    names: Mapping[str, Sequence[str]], total: int
) -> Iterator[tuple[str, dict[str, float]]]:
    """Each article with those after it that share a name with it, and how alike they are, 0 to 1. They are
    told article by article: all of them at once would fill the memory."""
    most = min(max(_FEW, _COMMON * total), _MANY)
    length: dict[str, float] = defaultdict(float)
    named: dict[str, list[tuple[float, list[str], int]]] = defaultdict(list)
    for _, found in sorted(names.items()):
        if len(found) > most:
            continue
        weight, where = math.log(1 + total / len(found)) ** 2, sorted(found)
        for after, one in enumerate(where, 1):
            length[one] += weight
            named[one].append((weight, where, after))
    for one in sorted(named):
        shared: dict[str, float] = defaultdict(float)
        for weight, where, after in named[one]:
            for other in where[after:]:
                shared[other] += weight
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
        for article in e.articles:
            if article in story_of:
                said[e.id][story_of[article]] += 0
        counts = said.get(e.id)
        homes[e.id] = min(counts, key=lambda n: (-counts[n], n)) if counts else -1
    return homes
