"""A kept merge that is brought up to date is the merge of all that is left, made anew.

``KG_UPDATES=400`` is the long form (`make updates`).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import pyoxigraph as ox
import pytest

from kg.corrections.articles import Book
from kg.corrections.lines import from_lines, to_lines
from kg.graph.mapping import Mapper
from kg.graph.ontology import load_ontology
from kg.graph.store import GraphStore
from kg.merge import merge, tally
from kg.merge.counts import Census
from kg.merge.tables import index_for_updates
from kg.merge.update import Kept, keep_tallies, set_meta
from kg.model import ArticleResult, Correction
from kg.resolve.within import resolve_within
from tests.corrections.test_many import random_correction
from tests.merge.news import SEEDS, news
from tests.support.written import article, claim, mentions, quote

BASE = "https://kg.example/"
COUNT = int(os.environ.get("KG_UPDATES", "12"))


def whole(
    results: Iterable[ArticleResult],
    corrections: Sequence[Correction] = (),
    keep: str | Path = ":memory:",
) -> tuple[set[str], dict[tuple[str, str, str], int]]:
    """The lines of a merge of all, and what it counts."""
    given = list(results)
    book = Book(corrections, {r.article.id: r.article.source for r in given})
    mapper, census, lines = Mapper(BASE), Census(), set()
    with merge(lambda: given, base=BASE, seeds=SEEDS, book=book, scratch=keep) as graph:
        for result in given:
            lines.update(mapper.article(result.article))
        for entity in census.each_entity(graph.entities()):
            lines.update(mapper.entity(entity))
        for statement in census.each_statement(graph.statements()):
            lines.update(mapper.statement(statement))
        for event in census.each_event(graph.events()):
            lines.update(mapper.event(event))
        told = [line for found in graph.corrections() for line in mapper.correction(found)]
        lines.update(told, mapper.vocabulary())
        set_meta(graph.db, "corrections", told)
        census.add_to(graph.db)
        keep_tallies(graph)
        index_for_updates(graph.db)
    return lines, dict(+census.counts)


def corrected(
    known: Sequence[Correction], lines: Iterable[str], dice: Random
) -> tuple[Correction, ...]:
    """Some corrections taken back, some made of the graph as it is."""
    kept = [correction for correction in known if dice.random() < 0.7]
    store = ox.Store()
    store.load("\n".join(sorted(lines)).encode(), format=ox.RdfFormat.N_TRIPLES)

    class Opened:
        pass

    graph = Opened()
    graph.store = GraphStore(store, BASE)
    for name in ("entities", "statements", "articles", "entity", "statement", "corrections"):
        setattr(graph, name, getattr(graph.store, name))
    for _ in range(dice.choice((0, 1, 2, 3))):
        made = random_correction(graph, dice)
        if made is not None:
            kept.append(made)
    return from_lines(to_lines(kept))


def subject(line: str) -> str:
    return line.split(" ", 1)[0]


@pytest.mark.parametrize("with_corrections", [False, True])
@pytest.mark.parametrize("seed", range(COUNT))
def test_an_update_gives_what_a_merge_of_all_gives(seed, with_corrections, tmp_path, monkeypatch):
    dice = Random(seed)
    if seed % 3:  # statements of several places are counted
        monkeypatch.setattr(tally, "OFTEN", 2)
    path = tmp_path / "merge.sqlite"
    pool = [news(dice.randrange(10**6)) for _ in range(30)]
    here = {r.article.id: r for r in dice.sample(pool, dice.randint(1, 12))}
    known: tuple[Correction, ...] = ()
    lines, _ = whole(here.values(), known, path)
    for step in range(8):
        came = dice.sample(pool, dice.choice((0, 1, 1, 2, 5)))
        fresh = {result.article.id: result for result in came}
        gone = set(dice.sample(sorted(here), min(len(here) - 1, dice.choice((0, 0, 1, 1, 4)))))
        gone -= fresh.keys()
        now = {key: result for key, result in here.items() if key not in gone} | fresh
        made = corrected(known, lines, dice) if with_corrections else known
        book = Book(made, {key: result.article.source for key, result in now.items()})
        killed = dice.random() < 0.2
        with Kept(path) as kept:
            found = kept.update(
                gone, came, now.__getitem__, base=BASE, seeds=SEEDS, ontology=load_ontology(),
                facts=("asserted",), book=book,
            )  # fmt: skip
            if not killed:
                kept.commit()
            counts = {
                (what, name, label): times
                for what, name, label, times in kept.db.execute("SELECT * FROM met")
            }
        nodes = {Mapper(BASE).article_node(key) for key in found.articles}
        own = {line for line in lines if subject(line) in nodes}
        left, come = (found.removed | own) - found.added, found.added - own
        # What leaves was there and what comes was not: a store can count by it.
        assert (left - lines, come & lines) == (set(), set()), (seed, step)
        wanted, census = whole(now.values(), made)
        assert (lines - left) | come == wanted, (seed, step)
        assert counts == census, (seed, step)
        if not killed:
            here, known, lines = now, made, wanted


def test_an_update_that_ends_before_its_commit_changes_nothing(tmp_path):
    path = tmp_path / "merge.sqlite"
    one, two = news(1), news(2)
    whole([one], (), path)
    before = path.read_bytes()
    with Kept(path) as kept:
        kept.update(
            (), [two], lambda key: two, base=BASE, seeds=SEEDS, ontology=load_ontology(),
            facts=("asserted",), book=Book((), {}),
        )  # fmt: skip
    assert path.read_bytes() == before


def test_who_says_it_without_a_name_is_no_answer_to_who_said_it_after_an_update_either(tmp_path):
    words, path = "The whole of Runway is great for us", tmp_path / "merge.sqlite"

    def spoken(text: str) -> ArticleResult:
        made = article(text)
        named = mentions(text, ("Ann Lee", "PERSON", 1), ("She", None, 1), ("Runway", "ORG", 2))
        said = replace(quote(text, words, "She"), confidence=0.9)
        found = resolve_within(made, named, (), [said])
        return ArticleResult(made, found.entities, found.claims, found.quotes, (), 1, "p")

    one = spoken(f"Ann Lee was there. She said: “{words}.”")
    two = spoken(f"Ann Lee came, too. She said: “{words}.”")
    lines, _ = whole([one], keep=path)
    assert not any("#answers>" in line for line in lines)
    with Kept(path) as kept:
        found = kept.update(
            (), [two], {two.article.id: two}.__getitem__, base=BASE, seeds=SEEDS,
            ontology=load_ontology(), facts=("asserted",), book=Book((), {}),
        )  # fmt: skip
    assert found.removed <= lines
    assert (lines - found.removed) | found.added == whole([one, two])[0]


def test_a_clause_stays_one_while_any_statement_is_about_it(tmp_path):
    path = tmp_path / "merge.sqlite"

    def told(who: str, verb: str) -> ArticleResult:
        text = f"{who} {verb} that Runway sued Netflix."
        made = article(text)
        named = mentions(text, (who, "PERSON", 1), ("Runway", "ORG", 2), ("Netflix", "ORG", 3))
        inner = claim(text, "Runway", "sued", "Netflix")
        inner = replace(
            inner, status="claimed", subject=replace(inner.subject, kind="mention"),
            object=replace(inner.object, kind="mention"),
        )  # fmt: skip
        outer = claim(text, who, verb, "Runway sued Netflix", head="sued")
        outer = replace(
            outer, subject=replace(outer.subject, kind="mention"),
            object=replace(outer.object, kind="clause", claim=inner.key),
        )  # fmt: skip
        found = resolve_within(made, named, [inner, outer], ())
        return ArticleResult(made, found.entities, found.claims, found.quotes, (), 1, "p")

    one, two = told("Ann Lee", "hoped"), told("Bo Strand", "feared")
    lines, _ = whole([one, two], keep=path)
    assert sum("#Clause>" in line for line in lines) == 1
    with Kept(path) as kept:
        found = kept.update(
            {two.article.id}, (), {one.article.id: one}.__getitem__, base=BASE, seeds=SEEDS,
            ontology=load_ontology(), facts=("asserted",), book=Book((), {}),
        )  # fmt: skip
    own = {line for line in lines if subject(line) == Mapper(BASE).article_node(two.article.id)}
    assert (lines - found.removed - own) | found.added == whole([one])[0]
