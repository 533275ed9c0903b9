"""An IRI is made of what a thing is called: articles that come and go change none."""

from __future__ import annotations

from collections import defaultdict
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import corrections
from kg.merge import Merged, merge
from kg.model import Article, ArticleResult, LocalEntity, Name
from kg.resolve.across import TOPIC, Key, local_name, seed_iris
from kg.seeds import Seed
from tests.corrections.news import BASE, Opened, lines, merged, told
from tests.merge.news import SEEDS, news

POOL = [told(seed) for seed in range(30)]
MEETING = [news(seed) for seed in range(40)]
SEED_IRIS = {f"{BASE}entity/{name}" for name in seed_iris(SEEDS).values()}
SOME = st.sets(st.integers(0, 29), min_size=1, max_size=10)


def iris(results: list[ArticleResult]) -> dict[tuple[str, str], str]:
    """(article, name) -> IRI, as far as the graph tells why."""
    with merged(results) as graph:
        return {
            (article, entity.label): entity.id
            for entity in graph.entities()
            for article in entity.articles
        }


def mentions(graph: Merged) -> dict[str, frozenset[tuple[str, str]]]:
    """Each entity with what it consists of: things of articles, by article and key."""
    rows = graph.db.execute(
        "SELECT g.entity, l.article, l.key FROM local l JOIN grp g ON g.id = l.grp"
    )
    found = defaultdict(set)
    for iri, article, key in rows:
        found[iri].add((article, key))
    return {iri: frozenset(told) for iri, told in found.items()}


def parted(graph: Merged) -> set[str]:
    """The entities that are one of several people of a name."""
    rows = graph.db.execute("SELECT entity FROM grp WHERE parted IS NOT NULL")
    return {iri for (iri,) in rows}


@settings(max_examples=80, deadline=None)
@given(SOME, SOME, st.randoms(use_true_random=False))
def test_what_consists_of_the_same_mentions_keeps_its_iri(some, more, random: Random):
    """Whatever else comes and goes; but for namesakes, of whom the next test tells."""
    told = {}
    for chosen in (some, some | more, more):
        results = [MEETING[number] for number in chosen]
        random.shuffle(results)
        with merge(lambda results=results: results, base=BASE, seeds=SEEDS) as graph:
            several = parted(graph)
            for iri, found in mentions(graph).items():
                if iri not in several:
                    assert told.setdefault(found, iri) == iri


@settings(max_examples=60, deadline=None)
@given(st.sets(st.integers(0, 39), min_size=4, max_size=20))
def test_of_namesakes_the_one_first_written_about_keeps_the_name(some):
    """So news that comes in the order of its dates gives nobody's IRI to somebody else."""
    results = [MEETING[number] for number in some]
    with merge(lambda: results, base=BASE, seeds=SEEDS) as graph:
        rows = graph.db.execute(
            "SELECT f.raw, f.article FROM life f JOIN dated d ON d.article = f.article "
            "ORDER BY d.day DESC, d.article DESC"
        )
        oldest = dict(rows.fetchall())
        several = graph.db.execute(
            "SELECT id, entity FROM grp WHERE parted IS NOT NULL AND part IS NULL"
        ).fetchall()
        held = mentions(graph)
    for number, iri in several:
        assert oldest[number] in {article for article, _ in held[iri]}


@settings(max_examples=40, deadline=None)
@given(SOME, st.randoms(use_true_random=False))
def test_what_a_name_would_have_alone_leads_to_what_it_is_now(some, random: Random):
    """A name that is joined with others keeps the way to it that it had before."""
    results = [MEETING[number] for number in some]
    with merge(lambda: results, base=BASE, seeds=SEEDS) as graph:
        known = {entity.id: entity.replaces for entity in graph.entities()}
        everything = mentions(graph).keys() | known.keys()
        rows = graph.db.execute(
            "SELECT r.family, r.name, r.article, g.entity FROM local l JOIN grp r ON r.id = l.raw "
            "JOIN grp g ON g.id = l.grp"
        ).fetchall()
    for *key, iri in rows:
        alone = f"{BASE}entity/{local_name(tuple(key))}"
        if iri in known and alone not in everything and alone not in SEED_IRIS:
            assert alone == iri or alone in known[iri]


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


KEYS = st.tuples(
    st.sampled_from(["person", "organization", "place", "made", "event", "law", TOPIC, "Vaccine"]),
    st.text("ab1'+.-& 华_ß", min_size=1, max_size=6).map(str.strip).filter(bool),
    st.sampled_from(["", "3f2a1b2c99", "77aa88bb11"]),
)


@settings(max_examples=300)
@given(KEYS, KEYS)
def test_two_keys_never_have_one_iri(one: Key, other: Key):
    assert (local_name(one) == local_name(other)) == (one == other)


@pytest.mark.parametrize(
    ("key", "name"),
    [
        (("organization", "netflix", ""), "Netflix"),
        (("organization", "un", ""), "UN"),
        (("organization", "bank of england", ""), "Bank_of_England_org"),
        (("person", "ted sarandos", ""), "Ted_Sarandos"),
        (("person", "sarandos", "0123456789abcdef"), "Sarandos_01234567"),
        (("person", "ada vale", "0123456789abcdef:e2"), "Ada_Vale_01234567_e2"),
        (("place", "buenos aires", ""), "Buenos_Aires_place"),
        (("made", "eternaut", ""), "Eternaut_work"),
        ((TOPIC, "visual effects", ""), "visual_effects"),
        ((TOPIC, "company", "0123456789abcdef"), "company_01234567"),
    ],
)
def test_an_iri_can_be_read(key: Key, name: str):
    assert local_name(key) == name


def test_a_seed_is_called_as_its_file_spells_it():
    seeds = (
        Seed("1", "OpenAI", "Company"),
        Seed("2", "The Eternaut", "Series", ("El Eternauta",)),
        Seed("3", "Congo", "Place"),
        Seed("4", "DR Congo", "Place", ("Congo",)),
    )
    assert seed_iris(seeds) == {
        "1": "OpenAI",
        "2": "The_Eternaut_work",
        "4": "DR_Congo_place",
    }


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
