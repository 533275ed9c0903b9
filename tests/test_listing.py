"""A list of articles that stays text answers as a dictionary of them does."""

from __future__ import annotations

from random import Random

import msgspec
import pytest

from kg.listing import Listed, Listing

ORIGINS = ("", "/news", '/odd"},"place', "https://news.example/")
SOURCES = ("a.txt", 'b"},"c:1', "é.jsonl:12", "é.jsonl:3", "x.txt")


def some(dice: Random) -> Listed:
    places = {(dice.choice(ORIGINS), dice.choice(SOURCES)) for _ in range(dice.randint(1, 3))}
    return Listed(tuple(sorted(places)), dice.choice("pq"))


def some_id(dice: Random) -> str:
    return f"{dice.randint(0, 999):x}"


@pytest.mark.parametrize("count", [0, 1, 2, 7, 120])
def test_a_listing_answers_as_a_dictionary_does_after_any_changes(count):
    dice = Random(count)
    told = {some_id(dice): some(dice) for _ in range(count)}
    listing = Listing.of(told)
    for _ in range(12):
        assert dict(listing) == told and [*listing] == sorted(told) and len(listing) == len(told)
        assert listing.text() == msgspec.json.encode(told, order="sorted")
        read = Listing(listing.text())  # nothing of it was read yet
        assert len(read) == len(told)
        for key in {*told, *(some_id(dice) for _ in range(30))}:
            assert (read.get(key), key in read) == (told.get(key), key in told)
            starting = [other for other in sorted(told) if other.startswith(key[:2])]
            assert [*read.starting(key[:2])] == starting
        for name in "pq":
            same = all(item.pipeline == name for item in told.values())
            assert read.of_one_pipeline(name) is same
        keys = [some_id(dice) for _ in range(3)] + dice.sample(sorted(told), min(2, len(told)))
        changes = {key: some(dice) if dice.random() < 0.6 else None for key in keys}
        after = listing.changed(changes)
        assert after.since(listing) == {k: v for k, v in changes.items() if v != told.get(k)}
        told = {key: item for key, item in {**told, **changes}.items() if item is not None}
        listing = after


@pytest.mark.parametrize("origin", ORIGINS)
@pytest.mark.parametrize("source", [*SOURCES, "é.jsonl", "b", "nowhere"])
def test_articles_are_found_by_where_they_came_from(origin, source):
    dice = Random(5)
    told = {some_id(dice): some(dice) for _ in range(60)}
    listing = Listing.of(told)
    begun = {k for k, it in told.items() if any(o == origin and s.startswith(source) for o, s in it.origins)}  # fmt: skip
    exact = {k for k, it in told.items() if any(s == source for _, s in it.origins)}
    ended = {k for k, it in told.items() if any(s.endswith(source) for _, s in it.origins)}
    assert {*listing.having(origin, source)} == begun
    assert begun <= {*listing.at([(origin, source)])}
    assert exact <= {*listing.named(source)} <= ended
