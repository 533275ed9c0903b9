from __future__ import annotations

import pytest

from kg.model import Article, Entity
from kg.view.first import Told, first_screen, links, outlined, shapes
from kg.view.select import Head
from kg.view.stories import belonging, stories
from tests.support.graphs import graph, small


def article(number: int, title: str = "", publisher: str | None = None) -> Article:
    return Article(f"a{number}", f"{number}.txt", f"Text {number}.", title or None, None, publisher)


def outline(statements):
    told: list[Told] = []
    assert list(outlined(statements, told)) == list(statements)
    return told


def named(name: str, *numbers: int) -> Entity:
    return Entity(name, name, "Person", (), tuple(f"a{n}" for n in numbers))


def test_articles_that_share_rare_names_are_one_story():
    texts = [article(n, f"Title {n}", "Ledger" if n % 2 else "Post") for n in range(8)]
    entities = [
        named("Ada Demir", 0, 1, 2), named("Alder Studios", 0, 1, 2), named("Beacon", 3, 4),
        named("Omar Gallo", 3, 4), named("Porthaven", 0, 1, 3, 5, 6, 7), named("Else", 5), named("More", 6),
        named("Last", 7),
    ]  # fmt: skip
    found = stories(list(map(Head.of, texts)), entities)
    assert {frozenset(s.articles) for s in found} >= {
        frozenset({"a0", "a1", "a2"}),
        frozenset({"a3", "a4"}),
    }
    assert found[0].articles[0] in {"a0", "a1", "a2"}, "the most reported story comes first"
    assert found[0].title.startswith("Title ")


@pytest.mark.parametrize("count", [0, 1])
def test_none_and_one_article_are_no_trouble(count):
    found = stories([Head.of(article(n)) for n in range(count)], [named("Ada", 0)])
    assert [s.title for s in found] == ["Text 0."] * count


def test_stories_do_not_depend_on_the_order_of_articles_and_names():
    parts = graph(120)
    once = stories(list(map(Head.of, parts.articles)), parts.entities)
    again = stories(list(map(Head.of, parts.articles[::-1])), parts.entities[::-1])
    assert once == again
    assert sum(len(s.articles) for s in once) == len(parts.articles)


def test_few_pairs_of_a_large_corpus_tell_the_same_stories(monkeypatch):
    texts = [article(n) for n in range(160)]
    each = [range(first, first + 8) for first in range(0, 160, 8)]
    entities = [named(f"Name {n} {which}", *some) for n, some in enumerate(each) for which in "ab"]
    whole = stories(list(map(Head.of, texts)), entities)
    assert {frozenset(s.articles) for s in whole} == {
        frozenset(f"a{n}" for n in some) for some in each
    }
    monkeypatch.setattr("kg.view.stories._PAIRS", 2 * len(texts))
    assert stories(list(map(Head.of, texts)), entities) == whole


def test_an_entity_belongs_where_most_is_said_of_it():
    parts = graph(120)
    found = stories(list(map(Head.of, parts.articles)), parts.entities)
    home = belonging(found, parts.entities, outline(parts.statements))
    assert len(set(home.values())) > 3
    for entity in parts.entities[:20]:
        counts = [
            sum(
                entity.id in (s.subject.id, getattr(s.object, "id", ""))
                and any(e.article in story.articles for e in s.evidence)
                for s in parts.statements
            )
            for story in found
        ]
        assert counts[home[entity.id]] == max(counts)


def test_only_names_that_do_something_have_a_shape():
    parts = small()
    worth = shapes(parts.entities, outline(parts.statements))
    labels = {e.label for e in parts.entities if e.id in worth}
    assert "crews" not in labels
    assert {"Alder Studios", "Ada Demir"} <= labels


def test_nothing_on_the_first_screen_stands_alone():
    parts = graph(200)
    told = outline(parts.statements)
    worth = shapes(parts.entities, told)
    home = belonging(
        stories(list(map(Head.of, parts.articles)), parts.entities), parts.entities, told
    )
    first = first_screen(parts.entities, told, worth, home, 40)
    assert len(first) == 40
    linked = {iri for pair in links(worth, told) if set(pair) <= set(first) for iri in pair}
    assert linked == set(first)


def test_where_nothing_is_linked_the_most_important_names_are_shown():
    parts = graph(1)
    assert len(first_screen(parts.entities, [], {parts.entities[0].id}, {}, 40)) == 1
