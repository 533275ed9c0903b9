"""Tables that state something, such as look like it, and what becomes of the names in them."""

from __future__ import annotations

import pytest

from kg.config import load_config
from kg.model import ArticleResult
from kg.nlp.load import load_pipeline
from kg.pipeline import process
from kg.read.article import article
from kg.read.clean import Line

Triple = tuple[str, str, str]


def read(
    *rows: str, before: str = "The council has named its officers on Monday."
) -> ArticleResult:
    lines = [Line(before, "paragraph"), *(Line(row, kind="table") for row in rows)]
    lines.append(Line("The council meets again in the old town hall on Thursday.", "paragraph"))
    return process(article(lines, "a.html"), load_pipeline(), load_config())


def triples(result: ArticleResult) -> set[Triple]:
    return {
        (c.subject.label, c.predicate.property or c.predicate.label, c.object.label)
        for c in (linked.claim for linked in result.claims)
        if c.extractor == "tables"
    }


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (("Name | Age", "Ane Rask | 44"), {("Ane Rask", "age", "44")}),
        (("Age | Name", "44 | Ane Rask*"), {("Ane Rask", "age", "44")}),
        (("Ages of the officers", "Name | Age", "Ane Rask | 44"), {("Ane Rask", "age", "44")}),
        (
            ("Firm | Turnover, $ million", "Alder Foods | 1,200.5"),
            {("Alder Foods", "revenue", "1,200.5")},
        ),
        (
            ("Name | Age", "Ane Rask | 44", "City | Mayor", "Bergen | Tomas Vik"),
            {("Ane Rask", "age", "44"), ("Tomas Vik", "leads", "Bergen")},
        ),
        (
            ("Home | Score | Away", "Ashby Rovers | 0–1 | Dale United"),
            {("Dale United", "defeated", "Ashby Rovers")},
        ),
    ],
    ids=["plain", "turned", "caption", "unit in the head", "two tables", "match"],
)
def test_rows_state_what_their_heads_tell(rows: tuple[str, ...], expected: set[Triple]) -> None:
    assert triples(read(*rows)) == expected


@pytest.mark.parametrize(
    "rows",
    [
        ("Name | Age", "Ane Rask | 44 | Treasurer"),
        ("Name | Age", "Ane Rask"),
        ("Name | Age", "Ane Rask | 440"),
        ("Name | Age", "Total | 44"),
        ("Name | Name", "Ane Rask | Tomas Vik"),
        ("Name | Score | Name | Score", "Ane Rask | 3 | Tomas Vik | 4"),
        ("Name | Age", "Name | Score", "Ane Rask | 44"),
        ("Expected ages", "Name | Age", "Ane Rask | 44"),
        ("Name | Age (estimated)", "Ane Rask | 44"),
        ("Company | Revenue", "Alder Foods | 1,200"),
        ("Company | Revenue (change)", "Alder Foods | +4%"),
        ("Home | Score | Away", "Ashby Rovers | 1–1 | Dale United"),
        ("Home | Score | Away", "Ashby Rovers | v | Dale United"),
        ("Home | Score | Away", "Ashby Rovers | 1-1 (4-3 pens) | Dale United"),
        ("Player | Position", "Ane Rask | 3"),
        ("Born | 3 May 1961", "Party | Labour"),
        ("| |", "| |"),
        ("Name | " * 300, "Ane Rask | " * 300),
    ],
    ids=str,
)  # fmt: skip
def test_a_table_that_does_not_tell_what_it_means_states_nothing(rows: tuple[str, ...]) -> None:
    assert triples(read(*rows)) == set()


@pytest.mark.parametrize(
    "before",
    [
        "These are the forecasts of the institute for next year.",
        "Clubs would not comment on the rumours, which are these.",
        "Who could follow them?",
    ],
)
def test_what_is_not_so_is_not_stated(before: str) -> None:
    assert triples(read("Name | Age", "Ane Rask | 44", before=before)) == set()


def test_evidence_is_the_row_and_the_predicate_is_the_head() -> None:
    result = read("Company | Revenue 2024 (€m)", "Alder Foods | 812", "Nordlys Foods | 97")
    text = result.article.text
    [first, second] = [one.claim for one in result.claims if one.claim.extractor == "tables"]
    assert text[second.start : second.end] == "Nordlys Foods | 97"
    predicate = second.predicate
    assert text[predicate.start : predicate.end] == predicate.text == "Revenue 2024 (€m)"
    assert first.object.literal is not None
    assert (first.object.literal.value, first.object.literal.unit) == ("812000000", "EUR")
    [when] = first.arguments
    assert (when.role, text[when.start : when.end]) == ("time", "2024")
    assert (first.status, first.block, first.attribution) == ("asserted", "table", None)


def test_a_name_in_a_cell_is_what_its_head_says() -> None:
    result = read("City | Mayor", "Tampere | Kalervo Kummola", "Malmö | Katrin Jammeh")
    types = {entity.label: entity.type for entity in result.entities}
    assert types["Kalervo Kummola"] == types["Katrin Jammeh"] == "Person"
    assert types["Tampere"] == types["Malmö"] == "Place"


def test_a_name_that_the_article_names_elsewhere_stays_what_it_is_there() -> None:
    before = "The city of Paris sued the bank on Monday, and the mayor of Paris said so."
    result = read("Person | Age", "Paris | 44", before=before)
    assert {e.type for e in result.entities if e.label == "Paris"} == {"Place"}
    assert triples(result) == set()
