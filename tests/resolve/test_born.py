"""Whose name at birth a name is."""

from __future__ import annotations

import pytest

from kg.resolve.within import resolve_within
from tests.support.written import article, mentions

NAMES = ("Ada Holm-Venn", "Ada Venn", "Ada Quell", "Ada Mary Holm", "Ida Mary Holm", "Ida Roe")


def people(text: str) -> list[set[str]]:
    found = [(name, "PERSON", n) for n, name in enumerate(NAMES) if name in text]
    entities = resolve_within(article(text), mentions(text, *found), (), ()).entities
    return [{name.text for name in entity.names} for entity in entities]


@pytest.mark.parametrize(
    "text",
    [
        "Ada Holm-Venn drew maps. Ada Mary Holm was born in Emsby.",
        "Ada Venn, who drew maps, died on Monday. Ada Mary Holm was born in Emsby.",
    ],
)
def test_a_name_that_comes_up_with_a_birth_is_that_at_birth(text: str) -> None:
    (one,) = people(text)
    assert len(one) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Ada Holm-Venn drew maps. Ada Mary Holm was there.",
        "Ada Holm-Venn drew maps. Ida Mary Holm was born in Emsby.",
        "Ada Holm-Venn drew maps. Ada Quell came. Ada Mary Holm was born in Emsby.",
        "Ada Holm-Venn drew maps. Ada Mary Holm met her. Ada Mary Holm was born in Emsby.",
        # nobody died, it is not the dead one's, it is a daughter
        "Ada Venn drew maps. Ada Mary Holm was born in Emsby.",
        "Ida Roe died. Ada Venn spoke. Ada Mary Holm was born in Emsby.",
        "Ada Venn, who drew maps, died on Monday. A daughter, Ada Mary Holm was born in Emsby.",
    ],
)
def test_else_it_is_somebody_elses(text: str) -> None:
    assert all(len(names) == 1 for names in people(text))
