from __future__ import annotations

from random import Random

import pytest

from kg.merge import names as module
from kg.merge.names import Names
from kg.resolve.sets import Sets
from tests.merge.news import news
from tests.merge.test_update import whole


def all_of_a_family(self: Names, kind: str) -> Sets:
    sets = Sets[int]()
    found = self._db.execute("SELECT id FROM grp WHERE family = ?", (kind,)).fetchall()
    for (number,) in found:
        sets.join(found[0][0], number)
    return sets


@pytest.mark.parametrize("seed", range(8))
def test_names_joined_a_few_at_a_time_are_those_joined_all_at_once(seed, monkeypatch):
    dice = Random(seed)
    results = {r.article.id: r for r in (news(dice.randrange(10**6)) for _ in range(25))}
    monkeypatch.setattr(module, "_AT_ONCE", 1)
    parts = whole(results.values())
    monkeypatch.setattr(Names, "_linked", all_of_a_family)
    assert whole(results.values()) == parts
