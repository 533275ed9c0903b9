"""Names that may be one by more than their spelling: joined where the articles tell enough."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable

import pytest

from kg.merge import merge
from kg.model import Article, ArticleResult, Entity, LocalEntity, Name
from kg.resolve.across import group_key
from kg.resolve.conflicts import Facts
from kg.resolve.evidence import Seen, weigh
from kg.resolve.variants import forms, known_as
from tests.resolve.test_people import pairs


def news(*names: tuple[str, str], date: str = "2026-03-01", of: str = "") -> ArticleResult:
    """An article that has these names (and class)."""
    text = ". ".join(name for name, _ in names) + f". {of}"
    key = hashlib.sha256(f"{text}{date}".encode()).hexdigest()[:16]
    entities, at = [], 0
    for number, (name, kind) in enumerate(names):
        start = text.index(name, at)
        at = start + len(name)
        entities.append(
            LocalEntity(f"e{number}", name, kind, (Name(name, "full name"),), ((start, at),))
        )
    return ArticleResult(
        Article(key, f"{key}.txt", text, date=date), tuple(entities), (), (), (), 1, "p"
    )


def graph_of(results: Iterable[ArticleResult]) -> list[Entity]:
    found = list(results)
    with merge(lambda: found) as graph:
        return list(graph.entities())


def of(entities: list[Entity], name: str) -> Entity:
    (found,) = [e for e in entities if name in (e.label, *e.aliases)]
    return found


BESIDE = [("Ilse Varga", "Person"), ("Tomas Brandt", "Person"), ("Port of Halden", "Organization")]


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Velden Computer", "Velden", "Company"),
        ("Velden Computer Inc.", "Velden", "Company"),
        ("US Forest Service", "Forest Service", "Organization"),
        ("United States Forest Service", "U.S. Forest Service", "Organization"),
        ("United States", "US", "Place"),
        ("U.S.", "USA", "Place"),
        ("COVID-19", "Covid", "Disaster"),
        ("COVID-19", "coronavirus", "Disaster"),
        ("Ada Marie Quist", "Ada Quist", "Person"),
        ("A. M. Quist", "A.M. Quist", "Person"),
        ("QUIST, ADA", "Ada Quist", "Person"),
        ("Muhammad al-Qadir", "Mohammed al-Kadir", "Person"),
        ("Yuri Kovalsky", "Yury Kovalskyi", "Person"),
        ("Norsk Labour Organisation", "Norsk Labor Organization", "Organization"),
        ("Halden Steel GmbH", "Halden Steel", "Company"),
        ("Hurricane Ottar", "Tropical Storm Ottar", "Disaster"),
        ("Hurricane Ottar", "Ottar", "Disaster"),
        ("HMS Valiant", "Valiant", "Product"),
        ("Skar Islands", "Skar", "Place"),
        ("US State Department", "United States Department of State", "Organization"),
        ("State of Virginia", "Virginia", "Place"),
        ("World War II", "Second World War", "Event"),
    ],
)
def test_names_of_one_thing_are_one_where_articles_speak_of_the_same(one, other, kind):
    found = graph_of([news((one, kind), *BESIDE), news((other, kind), *BESIDE)])
    assert of(found, one).id == of(found, other).id
    assert len(found) == 1 + len(BESIDE)


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Velden Computer", "Velden", "Company"),
        ("US Forest Service", "Forest Service", "Organization"),
        ("Ada Marie Quist", "Ada Quist", "Person"),
        ("A. Quist", "Ada Quist", "Person"),
        ("Muhammad al-Qadir", "Mohammed al-Kadir", "Person"),
    ],
)
def test_a_likeness_alone_joins_nothing(one, other, kind):
    found = graph_of([news((one, kind), ("Oslo", "Place")), news((other, kind), ("Lima", "Place"))])
    assert of(found, one).id != of(found, other).id


def test_two_that_it_could_be_are_told_and_not_joined():
    results = [
        news(("US Forest Service", "Organization"), *BESIDE),
        news(("British Forest Service", "Organization"), *BESIDE),
        news(("Forest Service", "Organization"), *BESIDE),
    ]
    found = graph_of(results)
    assert len(found) == 3 + len(BESIDE)
    near = of(found, "Forest Service").near
    assert {one.id for one in near} == {
        of(found, "US Forest Service").id,
        of(found, "British Forest Service").id,
    }
    assert "beside both: port of halden, ilse varga" in near[0].reason


def test_a_join_tells_why_and_how_sure_it_is():
    results = [news(("Velden Computer", "Company"), *BESIDE), news(("Velden", "Company"), *BESIDE)]
    (reason,) = {m.reason for m in of(graph_of(results), "Velden").merges if m.name == "Velden"}
    assert reason.startswith("short for it; beside both: port of halden, ilse varga, tomas brandt")
    assert reason.endswith("(1.00)")


def test_what_one_article_keeps_apart_and_what_was_ten_years_ago_is_no_evidence():
    both = news(("Ada Marie Quist", "Person"), ("Ada Quist", "Person"), *BESIDE)
    assert len(graph_of([both])) == 2 + len(BESIDE)
    seen = Seen(frozenset({("person", "ilse varga")}), frozenset("a"), years=(2026,))
    late = Seen(seen.around, frozenset("b"), years=(2010,))
    soon = Seen(seen.around, frozenset("b"), years=(2026,))
    assert (
        weigh("middle name", seen, late, "person").score
        < weigh("middle name", seen, soon, "person").score
    )


def test_a_post_that_one_person_holds_speaks_for_one_person():
    def seen(post: str, article: str) -> Seen:
        return Seen(articles=frozenset(article), lives=(Facts(posts=((post, "lowick"),)),))

    mayor = seen("mayor", "a")
    same = weigh("spelling", mayor, seen("mayor", "b"), "person")
    assert same.score > weigh("spelling", mayor, seen("bishop", "b"), "person").score
    assert "both mayor" in same.why


def test_people_of_one_surname_and_other_given_names_are_never_one():
    """Two hundred pairs, each told of beside the same people: nothing but the given name differs."""
    dice = random.Random(7)
    found = pairs()
    wrong = []
    for _ in range(200):
        one, other = next(found)
        middle = dice.choice(["", " Marie", " J."])
        names = [name.replace(" ", f"{middle} ", 1) for name in (one, other)]
        keys = [group_key(LocalEntity("e1", name, "Person"), "a") for name in names]
        results = [news((name, "Person"), *BESIDE) for name in names]
        if len(graph_of(results)) != 2 + len(BESIDE) or keys[0] == keys[1]:
            wrong.append((one, other))
    assert wrong == []


@pytest.mark.parametrize(
    ("family", "one", "other"),
    [
        ("person", "lena brook", "peter brook"),
        ("person", "omar hadid", "amir hadid"),
        ("organization", "bank of velden", "velden bank"),
        ("place", "north velden", "velden"),
        ("organization", "velden news", "velden"),
    ],
)
def test_what_is_no_form_of_a_name_is_never_weighed(family, one, other):
    first, second = ({name, *dict(forms(family, name))} for name in (one, other))
    assert not first & second
    assert known_as(family, one) != known_as(family, other)
