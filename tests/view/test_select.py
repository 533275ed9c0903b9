from __future__ import annotations

from dataclasses import replace

import pytest

from kg.errors import ConfigError, UnknownName
from kg.view.options import ViewOptions, words
from kg.view.select import find, mentioned, select
from kg.view.source import Stream
from tests.support.graphs import graph, small


def chosen(**options):
    return select(*small().parts(), ViewOptions(**options))


def labels(selection):
    return {entity.label for entity in selection.entities}


def test_everything_is_shown_when_nothing_is_asked():
    found = chosen()
    assert len(found.entities) == 9
    assert len(found.statements) == 11
    assert found.entities[0].label == "Alder Studios"
    assert (found.left_entities, found.left_statements) == (0, 0)


@pytest.mark.parametrize("name", ["Ada Demir", "ada demir", "Demir", " Ada  Demir "])
def test_a_focus_is_found_by_label_or_alias_whatever_its_case(name):
    assert chosen(focus=name).focus.label == "Ada Demir"


def test_a_label_goes_before_an_alias():
    assert find(small().entities, "beacon labs").label == "Beacon Labs"


def test_hops_widen_the_circle():
    circles = [labels(chosen(focus="Guild of Crews", hops=hops)) for hops in (1, 2, 3)]
    assert circles[0] == {"Guild of Crews", "Beacon Labs"}
    assert circles[0] < circles[1] < circles[2]


def test_an_unknown_focus_offers_the_nearest_name():
    with pytest.raises(UnknownName, match="did you mean 'Ada Demir'"):
        chosen(focus="Ada Demri")


def test_an_unknown_type_and_status_offer_the_known_ones():
    with pytest.raises(UnknownName, match="Company"):
        chosen(types=("Compny",))
    with pytest.raises(UnknownName, match="did you mean 'claimed'"):
        ViewOptions(statuses=("claimd",))


@pytest.mark.parametrize(
    "wrong", [{"hops": 0}, {"hops": 4}, {"since": "yesterday"}, {"first": 0}, {"until": "6/8/2025"}]
)
def test_options_that_cannot_be_meant_are_refused(wrong):
    with pytest.raises(ConfigError):
        ViewOptions(**wrong)


@pytest.mark.parametrize(
    ("options", "count"),
    [
        ({"statuses": ("claimed", "denied")}, 2),
        ({"since": "2025-09"}, 4),
        ({"until": "2024"}, 5),
        ({"since": "2025-08-06", "until": "2025-08-06"}, 3),
        ({"types": ("Place",)}, 1),
        ({"min_sources": 2}, 1),
    ],
)
def test_filters_keep_what_they_say(options, count):
    found = chosen(**options)
    assert len(found.statements) == count
    assert found.total_statements == count


def test_a_limit_keeps_the_most_important_and_counts_the_rest():
    parts = graph(200)
    found = select(*parts.parts(), ViewOptions(limit_entities=50, limit_statements=60))
    assert len(found.statements) <= 60
    assert found.left_statements == 800 - len(found.statements)
    assert found.left_entities + len(found.entities) == 200
    assert all(s.subject.id in found.ranks for s in found.statements)


def test_lists_are_given_as_one_text_or_many():
    assert words("Person, Company,") == words(["Person", "Company"]) == ("Person", "Company")
    assert words(None) == ()


@pytest.mark.parametrize("most", [0, 10**6])
def test_what_is_read_anew_gives_what_is_held(most, monkeypatch):
    monkeypatch.setattr("kg.view.select._HELD", most)
    parts = graph(120)
    entities = sorted(parts.entities, key=lambda e: e.id)
    statements = sorted(parts.statements, key=lambda s: s.id)
    for options in (
        ViewOptions(),
        ViewOptions(limit_entities=40, limit_statements=30),
        ViewOptions(focus=entities[3].id, hops=2, limit_statements=20),
        ViewOptions(statuses=("claimed", "denied"), since="2025"),
    ):
        held = select(*parts.parts(), options)
        anew = select(
            lambda: iter(entities), lambda: iter(statements), lambda: iter(parts.articles), options
        )
        by_iri = {s.id: s for s in statements}
        one_by_one = select(
            parts.entities, Stream(lambda: iter(statements), by_iri.get), parts.articles, options
        )
        for found in (anew, one_by_one):
            assert list(found.statements) == list(found.statements) == list(held.statements)
            assert found.statements[1:3] == held.statements[1:3]
            assert found.statements.ids == [s.id for s in held.statements]
            assert replace(found, statements=held.statements) == held


def test_what_only_rhetoric_names_is_not_counted_unless_all_is_asked_for():
    parts = small()
    (last,) = [e for e in parts.entities if e.label == "Guild of Crews"]
    told = [replace(s, salience=0.0) if last.id in mentioned(s) else s for s in parts.statements]
    some, all_ = (
        select(parts.entities, told, parts.articles, ViewOptions(everything=everything))
        for everything in (False, True)
    )
    assert (some.total_entities, all_.total_entities) == (8, 9)
    assert "Guild of Crews" not in labels(some)


def test_an_entity_that_only_statements_name_has_its_place_among_the_others():
    parts = graph(120)
    gone = {e.id for e in sorted(parts.entities, key=lambda e: e.id)[3:30:5]}
    left = [e for e in parts.entities if e.id not in gone]
    found = select(left, parts.statements, parts.articles, ViewOptions())
    assert gone <= {e.id for e in found.entities}
    ranks = [(-found.ranks[e.id], e.id) for e in found.entities]
    assert ranks == sorted(ranks)
