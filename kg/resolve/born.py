"""Whose name at birth a name is: "*Ada Mary Holm* was born in Emsby", of Ada Holm-Venn.

Lives are told so. One is the other where the given name is the same, the name comes up for the first time with
the birth, nobody else of the article could be meant, and either the surname is a part of the other's double one or
the article is of the other's death and the sentence begins with the birth.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from kg.model import Mention

_BORN: Final = re.compile(r" was born\b")
#: So far into an article it tells whose death it is of.
_LEAD: Final = 600
_DEATH: Final = re.compile(r"\b(?:died|dies|has died)\b")
_BEGINS: Final = re.compile(r"(?:^|\n|[.!?][\"”’)]* )$")


def born_as(
    text: str, names: Mapping[int, Sequence[Mention]], people: Mapping[int, tuple[str, ...]]
) -> Iterator[tuple[int, int]]:
    """Which group is the name at birth of which other. ``names`` are the names of each group in the order of the
    text, ``people`` the longest of each as `kg.resolve.names.person_parts` gives it."""
    first = {index: found[0] for index, found in names.items()}
    dead = min(first, key=lambda index: first[index].start, default=-1)
    if _DEATH.search(text, 0, _LEAD) is None:
        dead = -1
    for index, born in people.items():
        start = first[index].start
        if len(born) < 2 or not _BORN.match(text, first[index].end):
            continue
        homes = [
            other
            for other, full in people.items()
            if other != index
            and full[0] == born[0]
            and len(full) > 1
            and first[other].start < start
        ]
        begins = _BEGINS.search(text, max(0, start - 4), start) is not None
        if len(homes) == 1 and (
            _is_part(born[-1], people[homes[0]][-1]) or (begins and homes[0] == dead)
        ):
            yield index, homes[0]


def _is_part(surname: str, double: str) -> bool:
    parts = double.split("-")
    return len(parts) > 1 and surname in parts
