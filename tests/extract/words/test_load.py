"""Words are data: the tables that are read from files, and the lists that still stand in code."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

import kg.extract
from kg.extract.words import load
from kg.extract.words.load import word_table

HOUSE = Path(kg.extract.__file__).parent

#: What a list may hold that are no words of English: relations of Universal Dependencies, statuses,
#: roles of arguments, names of extractors and fields.
NO_WORDS = frozenset(
    "acl advcl advmod amod appos aux case cc ccomp compound conj cop csubj dep det discourse "
    "dislocated expl fixed flat goeswith iobj list mark nmod nsubj nummod obj obl orphan parataxis "
    "punct reparandum vocative xcomp asserted claimed planned possible hypothetical denied amount "
    "instrument place time roles attributes relations nominals asked heads kids links places tags "
    "tokens words askers answerers titles particles labels pictures st nd rd th".split()
)
#: How many words stand in lists of three or more in the code of each package. They may go, to
#: ``words/en/``; none may come.
LEFT = {"factuality": 320, "grammar": 141, "speech": 64, "statements": 277}


def lists_in(code: str) -> Iterator[list[str]]:
    """The literal collections of three or more lower-case words."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Set | ast.List | ast.Tuple):
            words = [e.value for e in node.elts if isinstance(e, ast.Constant)]
            found = [w for w in words if isinstance(w, str) and w.isalpha() and w.islower()]
            if len(found) >= 3 and not NO_WORDS.issuperset(found):
                yield found


def test_a_list_of_words_in_code_is_seen() -> None:
    code = "x = frozenset({'town', 'city', 'village'}); y = ('nsubj', 'obj', 'obl'); z = ['a', 1]"
    assert [sorted(found) for found in lists_in(code)] == [["city", "town", "village"]]


def test_no_word_list_is_added_to_the_code() -> None:
    found: Counter[str] = Counter()
    for file in HOUSE.rglob("*.py"):
        for words in lists_in(file.read_text(encoding="utf-8")):
            found[file.relative_to(HOUSE).parts[0]] += len(words)
    assert {name: found[name] for name in found if found[name] > LEFT.get(name, 0)} == {}


@dataclass(frozen=True, slots=True)
class Lists:
    small: frozenset[str]
    endings: tuple[str, ...]
    kinds: Mapping[str, str]
    marks: Mapping[str, frozenset[str]]
    use_weak: frozenset[str]


WORDS = """
[lists]
small = ["a", "the"]
endings = ["or", "er"]
[kinds]
group = ["team", "crew"]
person = ["crew", "pilot"]
[marks]
fire = ["at", "on"]
[use]
weak = ["go"]
"""


def test_a_table_is_filled_by_the_names_and_types_of_its_fields(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    load.word_lists.cache_clear()
    monkeypatch.setattr(load, "word_file", lambda _: WORDS)
    found = word_table(Lists, "anything")
    load.word_lists.cache_clear()
    assert found.small == {"a", "the"}
    assert found.endings == ("or", "er")
    assert found.kinds == {"team": "group", "crew": "group", "pilot": "person"}
    assert found.marks["fire"] == {"at", "on"}
    assert found.use_weak == {"go"}
    with pytest.raises(TypeError):
        found.kinds["mate"] = "person"  # type: ignore[index]
