"""Queries, shipped and one's own, and what they give, as a person, a notebook and pandas see it."""

from __future__ import annotations

import json
import sys

import pyoxigraph as ox
import pytest

from kg.errors import ConfigError, QueryError, UnknownName
from kg.graph import shipped_queries
from kg.graph.query import Answer, ShippedQuery, run
from kg.graph.store import GraphStore
from tests.graph.small import NETFLIX
from tests.support.needs import needs

BASE = "https://kg.example/"
DATA = """
@prefix ent: <https://kg.example/entity/> .
@prefix x: <urn:x:> .
ent:Brightwater x:sued ent:Coldstream ; x:paid 12, 2.5 ; x:open true ; x:called "<b>Bright</b>" .
ent:Helios x:paid "a lot"^^<http://www.w3.org/2001/XMLSchema#integer> .
"""
SUED = "SELECT ?who ?whom { ?who <urn:x:sued> ?whom }"
PAID = "SELECT ?who ?sum { ?who <urn:x:paid> ?sum } ORDER BY ?who ?sum"
MANY = f"SELECT ?n {{ VALUES ?n {{ {' '.join(map(str, range(60)))} }} }}"


@pytest.fixture(scope="module")
def store() -> ox.Store:
    made = ox.Store()
    made.load(DATA.encode(), format=ox.RdfFormat.TURTLE)
    return made


def answer(store: ox.Store, query: str) -> Answer:
    return run(store, query, BASE, {})


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        (
            SUED,
            "who              whom\n---------------  --------------\nent:Brightwater  ent:Coldstream",
        ),
        ("SELECT ?who { ?who <urn:x:none> ?whom }", "who\n---"),
        ("ASK { ?who <urn:x:sued> ?whom }", "true"),
        ("ASK { ?who <urn:x:none> ?whom }", "false"),
    ],
)
def test_an_answer_prints_what_it_says(store, query, shown):
    assert repr(answer(store, query)) == shown
    assert str(answer(store, query)) == shown


def test_a_graph_prints_as_turtle(store):
    made = answer(store, "CONSTRUCT { ?a <urn:x:sued> ?b } WHERE { ?a <urn:x:sued> ?b }")
    assert repr(made).endswith("ent:Brightwater <urn:x:sued> ent:Coldstream .")
    assert made._repr_html_().startswith("<pre>@prefix ")


def test_of_a_long_answer_the_first_rows_are_printed_and_the_others_counted(store):
    lines = repr(answer(store, MANY)).splitlines()
    assert len(lines) == 53
    assert lines[-1] == "... and 10 more rows"
    page = answer(store, MANY)._repr_html_()
    assert page.count("<tr>") == 51
    assert page.endswith("<p>and 10 more rows</p>")


def test_in_a_notebook_an_answer_is_a_table_and_its_words_are_no_markup(store):
    page = answer(store, "SELECT ?who ?name { ?who <urn:x:called> ?name }")._repr_html_()
    assert "<th>who</th><th>name</th>" in page
    assert f'<td title="{BASE}entity/Brightwater">ent:Brightwater</td>' in page
    assert "<td>&lt;b&gt;Bright&lt;/b&gt;</td>" in page


def test_pandas_gets_values(store):
    needs("pandas")
    table = answer(store, PAID).to_pandas()
    assert list(table.columns) == ["who", "sum"]
    assert [tuple(row) for row in table.itertuples(index=False)] == [
        (f"{BASE}entity/Brightwater", 2.5),
        (f"{BASE}entity/Brightwater", 12),
        (f"{BASE}entity/Helios", "a lot"),
    ]
    found = answer(store, "SELECT ?is ?none { ?a <urn:x:open> ?is }").to_pandas()
    assert found["is"].tolist() == [True]
    assert found["none"].isna().all()


def test_pandas_takes_what_is_no_table_too(store):
    needs("pandas")
    assert answer(store, "ASK { ?who <urn:x:sued> ?whom }").to_pandas()["answer"].tolist() == [True]
    made = answer(store, "CONSTRUCT WHERE { ?a <urn:x:sued> ?b }").to_pandas()
    assert made.to_dict("records") == [
        {
            "subject": f"{BASE}entity/Brightwater",
            "predicate": "urn:x:sued",
            "object": f"{BASE}entity/Coldstream",
        }
    ]


def test_without_pandas_it_says_what_to_install(store, monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ConfigError, match=r"pip install 'kg\[pandas\]'"):
        answer(store, SUED).to_pandas()


def test_a_query_says_by_which_columns_its_rows_are_sorted(store):
    text = "# order: what who\nSELECT ?who ?what WHERE { VALUES (?who ?what) { ('b' 2) ('c' 1) ('a' 2) ('z' UNDEF) } }"
    rows = run(store, text, "https://kg.example/", {}).text_rows()
    assert rows == [["z", ""], ["c", "1"], ["a", "2"], ["b", "2"]]


def test_a_column_that_is_not_there_cannot_sort(store):
    with pytest.raises(QueryError, match="'when'; the columns are s"):
        run(store, "# order: when\nSELECT ?s WHERE { ?s ?p ?o }", "https://kg.example/", {})


def test_the_first_query_of_the_readme(small: GraphStore) -> None:
    answer = small.query("SELECT ?who WHERE { ?who kg:used ?what }")
    assert answer.text_rows() == [["ent:Netflix"]]
    assert answer.to("csv") == f"who\n{NETFLIX.id}\n"
    assert json.loads(answer.to("json"))["results"]["bindings"][0]["who"]["value"] == NETFLIX.id
    assert answer.to("markdown") == "| who |\n| --- |\n| ent:Netflix |\n"


def test_construct_and_describe_give_turtle(small: GraphStore) -> None:
    made = small.query("CONSTRUCT { ?a kg:used ?b } WHERE { ?a kg:used ?b }").to("table")
    assert made.endswith("ent:Netflix kg:used ent:Runway .\n")
    assert "rdfs:label" in small.query("DESCRIBE ent:Netflix").to("table")


def test_a_syntax_error_tells_line_and_column(small: GraphStore) -> None:
    with pytest.raises(QueryError, match="line 2, column") as caught:
        small.query("SELECT ?x WHERE {\n ?x kg:used }")
    assert caught.value.line == 2


@pytest.mark.parametrize("query", shipped_queries(), ids=lambda query: query.name)
def test_every_shipped_query_runs(
    query: ShippedQuery, small: GraphStore, large: GraphStore
) -> None:
    for graph in (small, large):
        answer = graph.query(query.name, **dict.fromkeys(query.needed, "net"))
        assert answer.kind == "select"
        assert answer.columns


def test_shipped_queries_find_what_they_promise(small: GraphStore) -> None:
    assert small.query("who-used-what").text_rows() == [["Netflix", "Runway", "2"]]
    assert small.query("who-said-what", about="runway").text_rows()[0][:3] == [
        "Ted Sarandos", "direct", "It works,",
    ]  # fmt: skip
    assert small.query("denied").text_rows()[0][:4] == ["Netflix", "sued", "Runway", "Ted Sarandos"]
    assert small.query("corroborated").text_rows() == [["Netflix", "used", "Runway", "2"]]


@pytest.mark.parametrize("which", ["small", "large"])
def test_a_statement_counts_once_in_each_month_that_tells_it(which, request) -> None:
    graph: GraphStore = request.getfixturevalue(which)
    months = {a.id: a.date[:7] for a in graph.articles() if a.date}
    told = {
        (months[e.article], s.status, s.id)
        for s in graph.statements()
        for e in s.evidence
        if e.article in months
    }
    found = [list(map(int, row[1:])) for row in graph.query("months").text_rows()]
    statuses = ("asserted", "claimed", "possible", "planned", "hypothetical", "denied")
    expected = [
        [sum(m == month and s == status for m, s, _ in told) for status in statuses]
        for month in sorted({month for month, _, _ in told})
    ]
    assert expected and found == [[sum(counts), *counts] for counts in expected]


def test_parameters_are_escaped(small: GraphStore) -> None:
    assert not small.query("quotes-by", who='")) } #')
    with pytest.raises(UnknownName, match="did you mean 'who'"):
        small.query("quotes-by", whoo="x")
    with pytest.raises(UnknownName, match="did you mean 'denied'"):
        small.query("deneid")


def test_what_a_query_needs_is_asked_for(small: GraphStore) -> None:
    for open_ in ({}, {"about": ""}):
        with pytest.raises(QueryError, match=r"evidence needs about=\.\.\., the entity"):
            small.query("evidence", **open_)


def test_each_source_tells_the_employer_that_it_names(employed):
    rows = [tuple(row.values()) for row in employed.query("roles")]
    assert rows == [
        ("Ted Sarandos", "director", "Netflix", None, "a1.txt"),
        ("Ted Sarandos", "director", "Runway", "former", "a2.txt"),
    ]
