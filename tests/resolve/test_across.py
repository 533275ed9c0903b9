from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import LocalEntity
from kg.resolve.across import Group, group_key, join, outvoted
from kg.seeds import Seed


def group(family, name, *, aliases=(), label=None, kind=None, article="", count=1):
    kinds = {"person": "Person", "organization": "Organization", "made": "Series"}
    return Group(
        (family, name, article),
        Counter({label or name.title(): count}),
        Counter({kind or kinds.get(family, "Topic"): count}),
        set(aliases),
        1,
    )


def sets(groups, seeds=()):
    return sorted(sorted(key[1] for key in entity.groups) for entity in join(groups, seeds))


def test_a_title_that_one_text_gives_in_brackets_joins_the_others():
    found = [
        group("made", "el eternauta", aliases={"eternaut"}),
        group("made", "eternaut", count=4),
    ]
    (entity,) = join(found)
    assert len(entity.groups) == 2
    assert set(entity.reasons.values()) == {"same name", "alias"}


def test_an_alias_that_two_names_claim_joins_neither():
    found = [
        group("organization", "screen actors guild", aliases={"sag"}),
        group("organization", "student action group", aliases={"sag"}),
        group("organization", "sag"),
    ]
    assert len(join(found)) == 3


def test_no_chain_through_a_name_that_has_an_alias_of_its_own():
    found = [
        group("organization", "a corp", aliases={"b corp"}),
        group("organization", "b corp", aliases={"c corp"}),
        group("organization", "c corp"),
    ]
    assert ["a corp", "b corp", "c corp"] not in sets(found)


def test_people_are_called_by_a_noun_however_often_the_adjective_is_used():
    found = group("other", "democrats", kind="Group")
    found.labels.update({"Democratic": 9, "Democrats": 2})
    (entity,) = join([found])
    assert entity.label == "Democrats"


def test_a_person_and_a_company_of_one_name_stay_two():
    found = [group("person", "jack daniel"), group("organization", "jack daniel")]
    entities = join(found)
    assert len(entities) == 2


def test_a_surname_alone_is_of_its_article():
    one = LocalEntity("e1", "Sarandos", "Person")
    assert group_key(one, "a1") != group_key(one, "a2")
    full = LocalEntity("e1", "Ted Sarandos", "Person")
    assert group_key(full, "a1") == group_key(full, "a2")
    titled = LocalEntity("e1", "co-CEO Ted Sarandos", "Person")
    assert group_key(titled, "a1") == group_key(full, "a2")


def test_a_seed_joins_names_it_knows_but_no_surname():
    seeds = [Seed("s", "The Eternaut", "Series", ("El Eternauta",))]
    found = [group("made", "el eternauta"), group("made", "eternaut")]
    (entity,) = join(found, seeds)
    assert (entity.label, entity.type) == ("The Eternaut", "Series")
    people = [group("person", "sarandos", article="a1"), group("person", "ted sarandos")]
    assert len(join(people, [Seed("t", "Ted Sarandos", "Person", ("Sarandos",))])) == 2


def test_a_name_of_two_seeds_takes_neither():
    seeds = [Seed("1", "Mercury One", "Series", ("Mercury",)), Seed("2", "Mercury", "Series")]
    (entity,) = join([group("made", "mercury")], seeds)
    assert entity.seed is None


names = st.sampled_from(["alpha", "beta", "gamma", "delta", "sag"])
groups = st.dictionaries(
    st.tuples(st.sampled_from(["organization", "made"]), names),
    st.sets(names, max_size=2),
    max_size=8,
)


@given(groups, st.randoms())
def test_the_order_of_names_changes_nothing(found, random):
    made = [group(family, name, aliases=aliases) for (family, name), aliases in found.items()]
    before = join(made)
    random.shuffle(made)
    assert join(made) == before


@given(groups)
def test_every_name_is_in_one_entity(found):
    made = [group(family, name, aliases=aliases) for (family, name), aliases in found.items()]
    entities = join(made)
    keys = [key for entity in entities for key in entity.groups]
    assert sorted(keys) == sorted(g.key for g in made)


def kinds_of(name, **counts):
    """Groups of one name: ``Series=3, Person=(1, 2)`` are mentions, or (mentions, articles)."""
    from kg.resolve.kinds import family

    made = []
    for kind, count in counts.items():
        mentions, articles = count if isinstance(count, tuple) else (count, 1)
        group = Group(
            (family(kind), name, ""), Counter({name: mentions}), Counter({kind: mentions})
        )
        group.articles = articles
        made.append(group)
    return made


@pytest.mark.parametrize(
    ("counts", "lost"),
    [
        ({"Series": 3, "Person": 3}, {"person"}),
        ({"Organization": 9, "Product": 2}, {"made"}),
        ({"Organization": 1, "Person": 1}, set()),
        ({"Organization": 5, "Person": 2}, set()),
        ({"Organization": 50, "Place": (3, 2)}, set()),
        ({"Organization": 50, "Place": 3}, {"place"}),
        ({"AIModel": 2, "Organization": 3, "Event": 1}, {"organization", "event"}),
    ],
)
def test_a_slip_of_one_article_is_outvoted(counts, lost):
    assert {key[0] for key in outvoted(kinds_of("sora", **counts))} == lost


def test_names_of_two_words_are_seldom_shared():
    found = outvoted(kinds_of("el eternauta", Series=3, Place=6, Person=3))
    assert {key[0] for key in found} == {"place", "person"}


def test_a_lone_word_taken_for_a_person_is_the_company_of_other_articles():
    person = group("person", "openai", article="a1")
    assert outvoted([person, group("organization", "openai")]) == {
        person.key: ("organization", "openai", "")
    }
    place = group("place", "washington", kind="Place")
    assert outvoted([group("person", "washington", article="a1"), place]) == {}


def test_a_monarch_has_a_whole_name():
    queen = LocalEntity("e1", "Elizabeth II", "Person")
    assert group_key(queen, "a1") == group_key(queen, "a2")


def test_a_title_is_not_taken_over_by_the_place_that_it_is_called_after():
    film = group("made", "australia", kind="CreativeWork")
    country = group("place", "australia", kind="Place", count=12)
    assert outvoted([film, country]) == {}
