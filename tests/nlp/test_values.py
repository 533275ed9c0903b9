"""Values: right span, label and value, resolved against the article's date. No model is needed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from kg.model import Literal
from kg.nlp import values
from kg.nlp.values.numbers import number, plain
from kg.nlp.values.outlets import country_of
from kg.nlp.values.rules import lexemes
from kg.nlp.values.time import duration
from tests.support.docs import make_doc

DATE = "2025-08-06"  # a Wednesday


@pytest.fixture(scope="module")
def nlp() -> Language:
    blank = spacy.blank("en")
    blank.add_pipe("kg_values")
    return blank


def found(nlp: Language, text: str, date: str | None = DATE) -> list[tuple[str, str, str]]:
    doc = nlp.make_doc(text)
    doc._.kg_date = date
    rows = []
    for span in nlp(doc).spans["kg_values"]:
        literal = span._.kg_value
        value = "-" if literal is None else " ".join(x for x in (literal.value, literal.unit) if x)
        rows.append((span.text, span.label_, value))
    return rows


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in April 2025", ("April 2025", "DATE", "2025-04")),
        ("on April 30, 2025, it", ("April 30, 2025", "DATE", "2025-04-30")),
        ("on 3 May 1960 he", ("3 May 1960", "DATE", "1960-05-03")),
        ("the Sept. 11, 2001 attacks", ("Sept. 11, 2001", "DATE", "2001-09-11")),
        ("dated 2025-08-06.", ("2025-08-06", "DATE", "2025-08-06")),
        ("he left yesterday", ("yesterday", "DATE", "2025-08-05")),
        ("up from last year", ("last year", "DATE", "2024")),
        ("next month it", ("next month", "DATE", "2025-09")),
        ("said last week that", ("last week", "DATE", "2025-07-28/2025-08-03")),
        ("three years ago", ("three years ago", "DATE", "2022")),
        ("a year-and-a-half ago", ("a year-and-a-half ago", "DATE", "2024-02")),
        ("Q2 2025 profit", ("Q2 2025", "DATE", "2025-34")),
        ("second-quarter sales", ("second-quarter", "DATE", "2025-34")),
        ("the first quarter of 2026", ("first quarter of 2026", "DATE", "2026-33")),
        ("in the summer of 2023", ("summer of 2023", "DATE", "2023-22")),
        ("in the 1990s", ("1990s", "DATE", "199X")),
        ("a 19th-century painter", ("19th-century", "DATE", "18XX")),
        ("the 2019–2021 plan", ("2019–2021", "DATE", "2019/2021")),
        ("from 1995 to 2014", ("from 1995 to 2014", "DATE", "1995/2014")),
        ("between five and 24 years", ("between five and 24 years", "DATE", "P5Y/P24Y")),
        ("three to eight years", ("three to eight years", "DATE", "P3Y/P8Y")),
        ("a 32-year-old man", ("32-year-old", "DATE", "P32Y")),
        ("her son, aged 17, left", ("aged 17", "DATE", "P17Y")),
        ("a 20-second clip", ("20-second", "TIME", "PT20S")),
        ("about an hour and a half", ("about an hour and a half", "TIME", "PT1H30M")),
        ("at 2 p.m. today", ("2 p.m.", "TIME", "14:00:00")),
        ("around 12:20 a.m.", ("around 12:20 a.m.", "TIME", "00:20:00")),
        ("at 0700 UTC", ("0700 UTC", "TIME", "07:00:00Z")),
        ("in 2:14:04.", ("2:14:04", "TIME", "PT2H14M4S")),
        ("worth $11 billion", ("$11 billion", "MONEY", "11000000000 USD")),
        ("a $2.5bn deal", ("$2.5bn", "MONEY", "2500000000 USD")),
        ("up to €2–3 million", ("up to €2–3 million", "MONEY", "2000000/3000000 EUR")),
        (
            "100 million Canadian dollars",
            ("100 million Canadian dollars", "MONEY", "100000000 CAD"),
        ),
        ("tens of millions of dollars", ("tens of millions of dollars", "MONEY", "-")),
        ("rose 16%", ("16%", "PERCENT", "16 %")),
        ("10–15% of them", ("10–15%", "PERCENT", "10/15 %")),
        ("45 per cent of", ("45 per cent", "PERCENT", "45 %")),
        ("2.5 percentage points", ("2.5 percentage points", "PERCENT", "2.5 percentage point")),
        ("30 miles per hour", ("30 miles per hour", "QUANTITY", "30 mi/h")),
        ("some 0.5 square km", ("some 0.5 square km", "QUANTITY", "0.5 km2")),
        ("in 1080p quality", ("1080p", "QUANTITY", "1080 p")),
        ("more than 1,000 people", ("more than 1,000", "CARDINAL", "1000")),
        ("two hundred and fifty jobs", ("two hundred and fifty", "CARDINAL", "250")),
        ("two dozen officers", ("two dozen", "CARDINAL", "24")),
        ("half a million views", ("half a million", "CARDINAL", "500000")),
        ("dozens were hurt", ("dozens", "CARDINAL", "-")),
        ("ten times faster", ("ten times", "CARDINAL", "10 times")),
        ("one-tenth the time", ("one-tenth", "CARDINAL", "0.1")),
        ("the 22nd amendment", ("22nd", "ORDINAL", "22")),
    ],
)
def test_expression_gets_span_label_and_value(
    nlp: Language, text: str, expected: tuple[str, str, str]
) -> None:
    assert expected in found(nlp, text)


@pytest.mark.parametrize(
    "text",
    [
        "Gen-4 and Act-2 run on the F-16",
        "an MH-60R flew over Area 51",
        "a category 1 hurricane on Highway 66, page 3, No. 10",
        "it may march on",
        "the 9/11 attacks, open 24/7",
        "First Minister Nicola Sturgeon spoke at half-mast",
        "version 3.1.2 of the 5G stack",
    ],
)
def test_numbers_that_are_part_of_names_are_no_values(nlp: Language, text: str) -> None:
    assert found(nlp, text) == []


@pytest.mark.parametrize("text", ["31 April 2025", "on 99/99/9999", "2025-13-45", "aged 999999"])
def test_bad_dates_do_not_become_dates(nlp: Language, text: str) -> None:
    assert text not in [row[0] for row in found(nlp, text)]


def test_without_an_article_date_a_relative_date_has_no_value(nlp: Language) -> None:
    assert found(nlp, "He left yesterday, in July", None) == [
        ("yesterday", "DATE", "-"), ("July", "DATE", "--07"),
    ]  # fmt: skip


def test_a_damaged_article_date_is_no_date(nlp: Language) -> None:
    assert found(nlp, "He left yesterday", "soon") == [("yesterday", "DATE", "-")]


def test_label_keeps_the_words_that_qualify(nlp: Language) -> None:
    doc = nlp("They sold more than 1,000 cars")
    assert doc.spans["kg_values"][0]._.kg_value == Literal(
        "1000", "xsd:integer", "more than 1,000", None
    )


def _meets(verb: str, feats: str, aux: str | None) -> str:
    lines = ["Leaders PROPN 3 nsubj" if aux else "Leaders PROPN 2 nsubj"]
    if aux:
        lines.append(f"{aux} AUX 3 aux {aux} VerbForm=Fin")
    head = 3 if aux else 2
    lines.append(f"{verb} VERB 0 root meet {feats}")
    lines += [f"on ADP {head + 2} case", f"Friday PROPN {head} obl", f". PUNCT {head} punct"]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("rows", "value"),
    [
        (_meets("met", "Tense=Past|VerbForm=Fin", None), "2025-08-01"),
        (_meets("meet", "VerbForm=Inf", "will"), "2025-08-08"),
    ],
)
def test_tense_decides_which_friday(rows: str, value: str) -> None:
    doc = values.find_values(make_doc(rows, date=DATE))
    assert [s._.kg_value.value for s in doc.spans["kg_values"]] == [value]


def _dated() -> list[tuple[str, str]]:
    text = Path(__file__).with_name("dates.txt").read_text(encoding="utf-8")
    return [
        (block.split("\n", 1)[0], block.split("# values = ")[1])
        for block in text.split("\n# text = ")[1:]
    ]


@pytest.mark.parametrize(("sentence", "block"), _dated())
def test_a_date_lies_where_its_clause_means(sentence: str, block: str) -> None:
    expected, rows = block.split("\n", 1)
    doc = values.find_values(make_doc(rows, date="2020-05-05"))
    assert doc.text.strip() == sentence
    assert "; ".join(s._.kg_value.value for s in doc.spans["kg_values"]) == expected


def test_a_range_needs_between_or_a_dash_and_goes_up(nlp: Language) -> None:
    assert [r[2] for r in found(nlp, "cut 31-19 with five and six")] == ["31", "19", "5", "6"]


def test_a_change_is_two_values(nlp: Language) -> None:
    assert [r[2] for r in found(nlp, "cut from $12.50 to $6; rose from 5% to 7%")] == [
        "12.5 USD", "6 USD", "5 %", "7 %",
    ]  # fmt: skip


def test_entities_are_left_as_they_are() -> None:
    doc = make_doc(
        "The DET 2 det\nDeal NOUN 0 root\nof ADP 4 case\n2025 NUM 2 nmod", ents=[(0, 2, "EVENT")]
    )
    values.find_values(doc)
    assert [e.label_ for e in doc.ents] == ["EVENT"]


@given(st.integers(0, 10**15))
@settings(max_examples=60, deadline=None)
def test_figures_with_commas_are_read_back(value: int) -> None:
    read = number(lexemes(f"{value:,}"))
    assert read is not None and plain(read) == str(value)


@given(st.text(alphabet="0123456789 $%.-–:,/apmJulyMaythousndfirsteco\n", max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_text_is_survived_and_spans_stand_in_order(text: str) -> None:
    blank = spacy.blank("en")
    doc = blank.make_doc(text)
    doc._.kg_date = DATE
    spans = values.find_values(doc).spans["kg_values"]
    assert [s.start for s in spans] == sorted(s.start for s in spans)
    assert all(s.text for s in spans)


def test_gold_file_quotes_no_text() -> None:
    path = Path(__file__).parents[2] / "benchmarks/quality/values_gold.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert {k for row in rows for k in row} == {
        "corpus", "article", "half", "start", "end", "sha256", "expressions",
    }  # fmt: skip
    assert sum(e[3] != "?" for row in rows for e in row["expressions"]) >= 300


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a bid of RM78.68 million", ("RM78.68 million", "MONEY", "78680000 MYR")),
        ("a bid of RM 5 million", ("RM 5 million", "MONEY", "5000000 MYR")),
        ("Rs 500 crore for roads", ("Rs 500 crore", "MONEY", "5000000000 INR")),
        ("fined Rs. 20 lakh", ("Rs. 20 lakh", "MONEY", "2000000 INR")),
        ("fined Rs20,000", ("Rs20,000", "MONEY", "20000 INR")),
        ("sold for USD5m in", ("USD5m", "MONEY", "5000000 USD")),
        ("cost HK$40 billion", ("HK$40 billion", "MONEY", "40000000000 HKD")),
        ("revenue of $1MM in", ("$1MM", "MONEY", "1000000 USD")),
        ("between $1MM and $2MM", ("between $1MM and $2MM", "MONEY", "1000000/2000000 USD")),
        ("5mm of rain", ("5mm", "QUANTITY", "5 mm")),
    ],
)
def test_currencies_of_two_and_three_letters_and_the_millions_of_bankers(nlp, text, expected):
    assert expected in found(nlp, text)


@pytest.mark.parametrize("text", ["the ABC123", "flight MH370", "a BMW320", "the USD5x"])
def test_a_label_is_no_money(nlp, text):
    assert not [row for row in found(nlp, text) if row[1] == "MONEY"]


def dated(nlp: Language, text: str, outlet: str | None = None) -> list[tuple[str, str]]:
    doc = nlp.make_doc(text)
    doc._.kg_date, doc._.kg_outlet = DATE, outlet
    spans = nlp(doc).spans["kg_values"]
    return [(s.text, s._.kg_value.value if s._.kg_value else "-") for s in spans]


@pytest.mark.parametrize(
    ("text", "outlet", "expected"),
    [
        ("paid on 07/03/2025", "uk", [("07/03/2025", "2025-03-07")]),
        ("paid on 07/03/2025", "us", [("07/03/2025", "2025-07-03")]),
        ("paid on 07/03/2025", None, [("07/03/2025", "-")]),
        ("paid on 07/03/2025", "ca", [("07/03/2025", "-")]),
        ("on 07/03/2025 and 07/30/2025", "uk", [("07/03/2025", "2025-07-03"), ("07/30/2025", "2025-07-30")]),
        ("07/03/2025, 30/07/2025, 07/30/2025", "uk", [("07/03/2025", "-"), ("30/07/2025", "2025-07-30"), ("07/30/2025", "2025-07-30")]),
        ("on 5.6.2024", None, [("5.6.2024", "2024-06-05")]),
        ("on 04/04/2024", None, [("04/04/2024", "2024-04-04")]),
        ("born 13/02/61, paid 13/02/24", None, [("13/02/61", "1961-02-13"), ("13/02/24", "2024-02-13")]),
        ("on 40/13/2024", None, []),
    ],
)  # fmt: skip
def test_a_date_of_figures_is_read_as_the_text_or_the_outlet_writes_it_or_not_at_all(
    nlp, text, outlet, expected
):
    assert dated(nlp, text, outlet) == expected


def test_dates_that_can_be_read_two_ways_are_told_once_each(nlp: Language) -> None:
    doc = nlp("paid on 07/03/2025, dated 07/03/2025 and 1-2-2025, in dozens")
    assert values.two_ways(doc) == ("07/03/2025", "1-2-2025")


@pytest.mark.parametrize(
    ("said", "country"),
    [
        (("https://www.courier.co.uk/a/1", None), "uk"),
        ((None, "courier.com.au"), "au"),
        (("https://x.statehouse.gov/a", None), "us"),
        ((None, "The Irish Harbour"), "ie"),
        (("https://news.example.com/a", "The Courier"), None),
        (("https://a.in/x", "The American Sun"), None),
        (("file:///a.uk", None), None),
    ],
)
def test_an_outlet_is_where_its_address_or_its_name_says(said, country):
    assert country_of(*said) == country


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The jury voted 11-1 to convict", ("11-1", "CARDINAL", "11-1 votes")),
        ("Senators backed the deal 61 to 38", ("61 to 38", "CARDINAL", "61-38 votes")),
        ("They lost by 2 goals to 1", ("2 goals to 1", "CARDINAL", "2-1 score")),
        ("They were beaten 2–5", ("2–5", "CARDINAL", "2-5 score")),
        ("in financial year 2023-24", ("financial year 2023-24", "DATE", "2023/2024 fiscal year")),
        ("the 2019/2020 tax year", ("2019/2020 tax year", "DATE", "2019/2020 fiscal year")),
        ("Q3 FY24 sales", ("Q3 FY24", "DATE", "2024-35 fiscal year")),
        ("in H2 2024", ("H2 2024", "DATE", "2024-41")),
        ("at 6 p.m. Eastern", ("6 p.m. Eastern", "TIME", "18:00:00-04:00")),
        ("at 17.40 CEST", ("17.40 CEST", "TIME", "17:40:00+02:00")),
        ("at 4pm UTC+1", ("4pm UTC+1", "TIME", "16:00:00+01:00")),
        ("open 9am-5pm", ("9am-5pm", "TIME", "09:00:00/17:00:00")),
        ("from 11-2pm", ("from 11-2pm", "TIME", "11:00:00/14:00:00")),
        ("Rs 3,45,678", ("Rs 3,45,678", "MONEY", "345678 INR")),
        ("Rs 2 lakh crore", ("Rs 2 lakh crore", "MONEY", "2000000000000 INR")),
        ("between 3 and 4 million euros", ("between 3 and 4 million euros", "MONEY", "3000000/4000000 EUR")),
        ("rose 3,2% to €1,75", ("€1,75", "MONEY", "1.75 EUR")),
        ("a turnout of 3,2% or 1.250 votes", ("1.250", "CARDINAL", "1250")),
        ("two out of every three homes", ("two out of every three", "CARDINAL", "0.6667")),
        ("a few hundred people", ("few hundred", "CARDINAL", "-")),
        ("in her late twenties", ("in her late twenties", "DATE", "P20Y/P29Y")),
        ("in his teens", ("in his teens", "DATE", "P13Y/P19Y")),
        ("between 2 and 3 May 2024", ("between 2 and 3 May 2024", "DATE", "2024-05-02/2024-05-03")),
        ("after 2.5 years", ("2.5 years", "DATE", "P2Y6M")),
        ("a three-to-four-hour delay", ("three-to-four-hour", "TIME", "PT3H/PT4H")),
        ("half a year ago", ("half a year ago", "DATE", "2025-02")),
        ("a frost of -3°C", ("-3°C", "QUANTITY", "-3 Cel")),
        ("at quarter to nine", ("quarter to nine", "TIME", "08:45:00")),
        ("at 2145hrs", ("2145hrs", "TIME", "21:45:00")),
        ("on Wednesday of next week", ("Wednesday of next week", "DATE", "2025-08-13")),
    ],
)  # fmt: skip
def test_scores_accounts_zones_and_other_ways_of_writing(nlp, text, expected):
    assert expected in [(t.removeprefix("a "), *rest) for t, *rest in found(nlp, text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The meeting was moved from 3pm to 5pm", ["15:00:00", "17:00:00"]),
        ("The 5-2 chance won", ["5", "2"]),
        ("He scored two in three games", ["2", "3"]),
        ("twice a week", ["2 times"]),
        ("Sales of 3,400 units and 1.250 metres", ["3400", "1.25 m"]),
        ("cut 10-15 jobs", ["10/15"]),
    ],
)
def test_what_only_looks_like_one_of_them_is_read_as_before(nlp, text, expected):
    assert [row[2] for row in found(nlp, text)] == expected


@pytest.mark.parametrize("count", ["0.5", "2.5", "67.5", "1.25", "3"])
@pytest.mark.parametrize("unit", ["Y", "M", "W", "D", "10Y", "3M"])
def test_only_seconds_of_a_duration_have_decimals(count, unit):
    whole = re.fullmatch(
        r"P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?",
        duration(count, unit),
    )
    assert whole


@pytest.mark.parametrize(
    ("text", "outlet", "expected"),
    [
        ("Velm has 3.200.000 people, 2,5 per home", None, ["3200000", "2.5"]),
        ("12,5 kg of gold in 1.250 boxes", None, ["12.5 kg", "1250"]),
        ("€1.250,50 from 1.250 donors", None, ["1250.5 EUR", "1250"]),
        ("up 2,5% to 1,250 cars", None, ["2.5 %", "-"]),
        ("up 2.5% to 1,250 cars, 1.250 metres on", None, ["2.5 %", "1250", "1.25 m"]),
        ("up 2.5%; it said 2,5 million and 1.250", None, ["2.5 %", "2500000", "-"]),
        ("1.250 came, 4,5 on average", "de", ["-", "4.5"]),
        ("1,250 came, €1.250 million was paid", "de", ["1250", "-"]),
        ("up 2.5% to 1.250 metres", "de", ["2.5 %", "1.25 m"]),
        ("1.250 metres, Psalm 2,5", "us", ["1.25 m", "-"]),
    ],
)
def test_decimals_are_read_as_the_other_numbers_or_the_outlet_have_them_or_not_at_all(
    nlp, text, outlet, expected
):
    doc = nlp.make_doc(text)
    doc._.kg_date, doc._.kg_outlet = DATE, outlet
    found = [span._.kg_value for span in nlp(doc).spans["kg_values"]]
    read = [" ".join(x for x in (v.value, v.unit) if x) if v else "-" for v in found]
    assert read == expected


def test_numbers_that_can_be_read_two_ways_are_told(nlp: Language) -> None:
    doc = nlp.make_doc("More than 1.250 people paid €1.250 million on 07/03/2025, and 2.500 more.")
    doc._.kg_outlet = "de"
    assert values.two_ways(nlp(doc)) == ("1.250", "2.500")  # the date is read as there
