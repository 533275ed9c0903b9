"""Names are made of content: articles that speak of something else change no IRI."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import corrections
from kg.model import Article, ArticleResult, LocalEntity, Name
from kg.resolve.across import local_names
from kg.resolve.names import slug
from tests.corrections.news import BASE, Opened, lines, merged, told

POOL = [told(seed) for seed in range(30)]
SOME = st.sets(st.integers(0, 29), min_size=1, max_size=10)


def names(results: list[ArticleResult]) -> set[str]:
    """What names of the articles look like in an IRI."""
    return {slug(n.text).casefold() for r in results for e in r.entities for n in e.names}


def iris(results: list[ArticleResult]) -> dict[tuple[str, str], str]:
    """(article, name) -> IRI, as far as the graph tells why."""
    with merged(results) as graph:
        return {
            (article, entity.label): entity.id
            for entity in graph.entities()
            for article in entity.articles
        }


@settings(max_examples=60, deadline=None)
@given(SOME, SOME, st.randoms(use_true_random=False))
def test_articles_that_share_no_name_change_no_iri(some, more, random: Random):
    here = [POOL[number] for number in sorted(some)]
    known = names(here)
    others = [POOL[number] for number in sorted(more) if not known & names([POOL[number]])]
    both = [*here, *others]
    random.shuffle(both)
    before, after = iris(here), iris(both)
    assert {key: after.get(key) for key in before} == before


@settings(max_examples=30, deadline=None)
@given(SOME, st.randoms(use_true_random=False))
def test_the_order_of_articles_changes_nothing(some, random: Random):
    here = [POOL[number] for number in sorted(some)]
    mixed = random.sample(here, len(here))
    assert lines(mixed) == lines(here)


def firm(name: str, number: int) -> ArticleResult:
    text = f"{name} grew, {number} times."
    article = Article(f"{number:016x}", f"{number}.txt", text)
    entity = LocalEntity("e1", name, "Organization", (Name(name, "full name"),), ((0, len(name)),))
    return ArticleResult(article, (entity,), (), (), (), 1, "p")


@pytest.mark.parametrize("often", ["Vanta & Sons", "Vanta Sons"])
def test_who_is_written_about_most_changes_no_iri(often):
    """Two firms whose names make one IRI: the one that news turns to gets no other name."""
    here = [firm("Vanta & Sons", 1), firm("Vanta Sons", 2)]
    before = {label: iri for (_, label), iri in iris(here).items()}
    assert len(set(before.values())) == 2
    for number in range(3, 9):
        here.append(firm(often, number))
        assert {label: iri for (_, label), iri in iris(here).items()} == before


def test_a_name_that_is_taken_gets_its_class_and_then_a_piece_of_its_hash():
    found = local_names("C++", "Software", ("made", "c++", ""))
    first = [next(found) for _ in range(4)]
    assert first[:2] == ["C", "C_Software"]
    assert [name.rpartition("_")[0] for name in first[2:]] == ["C_Software", "C_Software"]
    assert len(set(first)) == 4
    assert (
        first[2]
        != list(zip(range(3), local_names("C#", "Software", ("made", "c#", "")), strict=False))[2][
            1
        ]
    )


def test_the_iri_of_what_was_merged_leads_to_what_it_is_now():
    results = POOL[:6]
    graph = Opened(results)
    one, other = [e for e in graph.store.entities() if e.named][:2]
    made = corrections.merge(graph, one.id, other.id)
    now = Opened(results, [made])
    assert now.store.entity(one.id).replaces == (other.id,)
    assert f"<{other.id}> <http://purl.org/dc/terms/isReplacedBy> <{one.id}> ." in lines(
        results, [made]
    )
    found = now.store.query(f"SELECT ?now {{ <{other.id}> dcterms:isReplacedBy ?now }}")
    assert len(list(found)) == 1
    assert corrections.rename(now, other.id, "Another").things == made.things[:1]
    assert BASE in one.id
