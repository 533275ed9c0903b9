"""What follows, as rows of a page: only what can be looked up in it, premises before what needs them."""

from __future__ import annotations

import json
from dataclasses import replace

from kg.view import ViewOptions, render
from tests.support.graphs import following, small
from tests.view.test_html import data_of


def rows(parts, found, **options) -> list[tuple[str, str, str, list, int]]:
    data = data_of(render(*parts.parts(), ViewOptions(**options), found))
    names = [row[1] for row in data["nodes"]]
    return [
        (
            names[one], data["relations"][relation][1],
            names[other] if isinstance(other, int) else other,
            [[kind, *map(str, numbers)] if kind == "i" else [kind] for kind, *numbers in premises],
            len(denials),
        )
        for one, relation, other, _, _, premises, denials in data["inferred"]
    ]  # fmt: skip


def test_facts_are_told_with_their_premises_and_denials():
    assert rows(small(), following(small())) == [
        ("Alder Studios", "owns", "Beacon Labs", [["s"]], 1),
        ("Ada Demir", "oversees", "Beacon Labs", [["s"], ["i", "0"]], 1),
        ("CutMind 2", "is a", "product", [["s"]], 0),
    ]


def test_what_a_fact_follows_from_stands_before_it_and_once():
    owns, oversees, _ = following(small())
    found = rows(small(), [oversees, owns])
    assert [relation for _, relation, *_ in found] == ["owns", "oversees"]


def test_a_fact_is_left_out_where_a_premise_is_not_shown():
    found = following(small())
    used = [one for one in found if one.rule == "range"]
    assert rows(small(), found, statuses=("denied", "claimed")) == []
    assert len(rows(small(), found, until="2025-06-30")) < 3
    gone = replace(used[0].follows_from[0], id="https://kg.example/statement/gone")
    assert rows(small(), [replace(used[0], follows_from=(gone,))]) == []
    beside = replace(used[0], follows_from=(gone, *used[0].follows_from))
    assert rows(small(), [beside])[0][3] == [["s"]]  # another statement tells the same fact


def test_a_page_of_a_graph_without_has_none():
    assert rows(small(), ()) == []
    assert json.dumps(data_of(render(*small().parts()))["inferred"]) == "[]"
