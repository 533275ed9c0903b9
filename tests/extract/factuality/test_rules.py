"""The tables of rules about clauses: each rule has a name and its sentence, and the first that holds decides."""

from __future__ import annotations

import re

import pytest

from kg.extract.factuality import below_verbs, beside_clauses, on_nouns
from kg.extract.factuality.rules import Clause, Rule, always, decided, lowered, only
from kg.extract.factuality.standing import standing
from tests.support.docs import make_doc

TABLES = {
    f"{module.__name__.rpartition('.')[2]}.{name}": table
    for module in (below_verbs, beside_clauses, on_nouns)
    for name, table in vars(module).items()
    if isinstance(table, tuple) and table and all(isinstance(rule, Rule) for rule in table)
}


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_each_rule_has_its_own_name_and_the_clause_that_taught_it(table):
    names = [rule.name for rule in table]
    assert len(set(names)) == len(names)
    assert table[-1].guard is always and always not in [rule.guard for rule in table[:-1]]
    for rule in table[:-1]:
        assert re.search(r"\*[^*]+\*", rule.taught_by), rule.name


def test_all_tables_are_seen():
    assert len(TABLES) == 5


def test_the_first_rule_that_holds_decides_and_its_effect_knows_what_stands_above():
    doc = make_doc("said VERB 0 root\nleft VERB 1 ccomp")
    held = Clause(doc[1], doc[0], standing("claimed"))
    rules = (
        Rule("never", "", lambda _: False, only("denied")),
        Rule("a plan", "", lambda c: c.verb.text == "left", lowered("planned")),
        Rule("rest", "", always, only("denied")),
    )
    assert decided(rules, held).status == "planned"
    assert decided(rules[2:], held).status == "denied"
    assert decided((rules[1],), Clause(doc[1], doc[0], standing("denied"))).status == "denied"
