"""Units have the codes of standards in RDF: ISO 4217 for money, UCUM for measures."""

from __future__ import annotations

import pytest

from kg.graph.mapping import Mapper
from kg.graph.units import _table, is_currency, ucum
from kg.graph.vocab import BASE, KG
from kg.model import StatementArgument
from kg.nlp.values.rules import table


@pytest.mark.parametrize(
    ("unit", "code"),
    [
        ("mi/h", "[mi_i]/h"), ("km/h", "km/h"), ("km2", "km2"), ("mi2", "[mi_i]2"), ("bbl/d", "[bbl_us]/d"),
        ("kWh", "kW.h"), ("Cel", "Cel"), ("[degF]", "[degF]"), ("ha", "har"), ("%", "%"), ("nmi", "[nmi_i]"),
        ("votes", None), ("times", None), ("fiscal year", None), ("t/year", "t/a"), ("p", None),
    ],
)  # fmt: skip
def test_a_measure_has_its_ucum_code(unit, code):
    assert ucum(unit) == code


def test_every_unit_that_is_read_has_a_code_or_is_said_to_have_none():
    words = table().words
    units = {*words["unit"].values(), *words["degreeof"].values(), *words["basis"].values()}
    without = {u for u in units if ucum(u) is None}
    assert without <= set(_table()["none"]["units"])


def test_every_currency_that_is_read_is_one_of_iso_4217_or_said_not_to_be():
    words = table().words
    read = {c.partition("/")[0] for name in ("sign", "currency") for c in words[name].values()}
    read |= set(table().settings["whose"].values())
    assert {c for c in read if not is_currency(c)} == set(_table()["unofficial"]["units"])
    assert not is_currency("Cel") and not is_currency("%")


def test_an_amount_beside_a_statement_tells_its_currency_in_rdf():
    paid = StatementArgument("amount", "$5m", "5000000", "xsd:decimal", unit="USD")
    lines = list(Mapper(BASE)._arguments("https://kg.example/s", [paid]))
    assert any(f'<{KG}currency> "USD"' in line for line in lines)
    assert any(f'<{KG}unit> "USD"' in line for line in lines)
    ran = StatementArgument("distance", "9 miles", "9", "xsd:decimal", unit="mi")
    lines = list(Mapper(BASE)._arguments("https://kg.example/s", [ran]))
    assert any(f'<{KG}ucumCode> "[mi_i]"' in line for line in lines)
