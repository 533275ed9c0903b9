"""Words are data: no list of them stands in the code of `kg.extract`, and each in `rules.toml` is used."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import get_args

import pytest

import kg.extract
from kg.extract.words.load import word_lists
from kg.model import Status

HOME = Path(kg.extract.__file__).parent
#: The names of Universal Dependencies, which the code speaks as it speaks Python.
RELATIONS = frozenset(
    "acl advcl advmod amod appos aux case cc ccomp clf compound conj cop csubj dep det discourse "
    "dislocated expl fixed flat goeswith iobj list mark nmod nsubj nummod obj obl orphan parataxis "
    "punct reparandum root vocative xcomp".split()
)
#: Further roles of an argument than a preposition.
ROLES = frozenset({"time", "place", "manner", "amount", "clause"})
#: What else stands in lists and is no word of English, by the module and the first of its names.
NAMES = {
    ("factuality/evidence", "so"): "the tables of evidence.toml",
    ("factuality/standing", "aimed"): "the tables of status.toml",
    ("grammar/index", "heads"): "attributes of a class",
    ("speech/turns", "askers"): "the lists of turns.toml",
    ("statements/abstain", "other language"): "the reasons of an abstention",
    ("statements/deduplicate", "roles"): "extractors",
    ("statements/learned", "person"): "kinds of participants",
}


def _is_word(node: ast.expr) -> bool:
    told = node.value if isinstance(node, ast.Constant) else None
    return isinstance(told, str) and re.fullmatch(r"[a-z][a-z '-]*", told) is not None


def _lists(tree: ast.AST) -> list[tuple[int, list[str]]]:
    """The literal collections of three or more lower-case words, each with its line."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.List | ast.Tuple | ast.Set):
            parts = node.elts
        elif isinstance(node, ast.Dict):
            parts = [key for key in node.keys if key is not None]
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "split"
            and isinstance(node.func.value, ast.Constant)
        ):
            parts = [ast.Constant(word) for word in str(node.func.value.value).split()]
        else:
            continue
        if len(parts) > 2 and all(map(_is_word, parts)):
            found.append((getattr(node, "lineno", 0), [part.value for part in parts]))
    return found


def test_no_list_of_words_stands_in_code():
    allowed = (RELATIONS, frozenset(get_args(Status)), ROLES)
    wrong = [
        f"{file.relative_to(HOME)}:{line}: {', '.join(words)}"
        for file in sorted(HOME.rglob("*.py"))
        for line, words in _lists(ast.parse(file.read_text(encoding="utf-8")))
        if (file.relative_to(HOME).with_suffix("").as_posix(), words[0]) not in NAMES
        if not any(set(words) <= known for known in allowed)
    ]
    assert not wrong, "Put these into kg/extract/words/en/ (rules.toml):\n" + "\n".join(wrong)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("x in ('say', 'tell', 'add')", ["say", "tell", "add"]),
        ("X = frozenset({'no one', 'nobody', 'n'})", ["no one", "nobody", "n"]),
        ("'in at on'.split()", ["in", "at", "on"]),
        ("{'in': 1, 'at': 2, 'on': 3}", ["in", "at", "on"]),
        ("x in ('say', 'tell')", None),
        ("x in ('VBD', 'VBZ', 'VBN')", None),
        ("'in at on'.split(' ', 1)[0].split", ["in", "at", "on"]),
    ],
)
def test_such_a_list_is_seen(code, words):
    assert [found for _, found in _lists(ast.parse(code))] == ([words] if words else [])


def test_every_list_of_rules_is_used_by_its_module_and_by_none_else():
    asked: dict[str, set[str]] = {}
    for file in HOME.rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        for module, name in re.findall(r'rule_words\("(\w+)"\)(?:\["(\w+)"\])?', text):
            assert module == file.stem
            asked.setdefault(module, set()).update(re.findall(r'_OWN\["(\w+)"\]', text))
            asked[module] |= {name} - {""}
    assert asked == {module: set(lists) for module, lists in word_lists("rules").items()}
