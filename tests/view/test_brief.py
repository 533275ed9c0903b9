from __future__ import annotations

from dataclasses import replace

import pytest

from kg.model import Evidence, Literal, Node, Relation, Statement, StatementArgument
from kg.view.brief import brief, sentence
from kg.view.select import Head
from kg.view.stories import stories
from tests.support.graphs import BASE, graph, small


def node(label: str, kind: str = "Organization", *aliases: str) -> Node:
    return Node(f"{BASE}entity/{label}", label, kind, aliases)


def told(
    subject: Node,
    relation: str,
    target: Node | Literal,
    text: str,
    words: tuple[str, str, str],
    **more,
) -> Statement:
    name, label = relation.split("=")
    evidence = Evidence("ev", "a0", "a.txt", 0, len(text), text, *words, "relations")
    known = Relation(f"{BASE}{name}", label)
    return Statement(
        "s", subject, known, target, more.pop("status", "asserted"), evidence=(evidence,), **more
    )


ALDER, COURT, CUP = node("Alder Studios"), node("High Court"), node("Harbour Cup", "Event")
CASES = [
    (told(ALDER, "ontology#used=used", node("CutMind", "Software"), "Alder Studios has begun to use CutMind.",
          ("Alder Studios", "has begun to use", "CutMind")), "Alder Studios has begun to use CutMind."),
    (told(ALDER, "ontology#won=won", CUP, "They won the Harbour Cup.", ("They", "won", "the Harbour Cup")),
     "Alder Studios won the Harbour Cup."),
    (told(ALDER, "ontology#sued=sued", node("Beacon"), "Beacon was sued by Alder in May.",
          ("Alder", "was sued by", "Beacon")), "Beacon was sued by Alder Studios."),
    (told(node("Ada Demir", "Person"), "ontology#chiefExecutiveOf=chief executive of", ALDER,
          "Alder Studios boss Ada Demir spoke.", ("Ada Demir", "boss", "Alder Studios")),
     "Ada Demir is chief executive of Alder Studios."),
    (told(COURT, "relation/annul=annul", node("contract", "Topic"), "The court annulled the contract on Monday.",
          ("The court", "annulled", "the contract"), arguments=(StatementArgument("time", "Monday"),)),
     "High Court annulled the contract on Monday."),
    (told(ALDER, "ontology#released=released", node("Coast Hour", "Series"), "Alder plans to release Coast Hour.",
          ("Alder", "plans to release", "Coast Hour"), status="planned"), "Alder Studios plans to release Coast Hour."),
    (told(ALDER, "ontology#used=used", CUP, "It used it, Gallo said, for show.", ("It", "used", "it"), status="claimed",
          attributed_to=node("Omar Gallo", "Person")), "Alder Studios used Harbour Cup, says Omar Gallo."),
    (told(ALDER, "ontology#fined=fined", node("Beacon"), "Alder fined Beacon, insiders say.", ("Alder", "fined", "Beacon"),
          sourcing="insiders"), "Alder Studios fined Beacon, according to insiders."),
    (told(ALDER, "ontology#revenue=revenue", Literal("1", "xsd:decimal", "$1 million"), "Alder earned $1 million.",
          ("Alder", "earned", "$1 million")), "Alder Studios earned $1 million."),
    (told(node("Ribeira", "Place"), "ontology#isA=is a", node("city", "Topic"), "It shook Ribeira, a city in the hills.",
          ("Ribeira", ",", "city")), "Ribeira is a city."),
    (told(node("Ada Demir", "Person"), "ontology#hasRole=has role", node("chair", "Topic"), "The chair, Ada Demir, left.",
          ("Ada Demir", ",", "chair")), "Ada Demir is the chair."),
    (told(node("Ada Demir", "Person"), "ontology#hasRole=has role", node("president", "Topic"), "Club president Ada Demir left.",
          ("Ada Demir", "president", "president")), "Ada Demir is president."),
    (told(ALDER, "ontology#used=used", node("CutMind", "Software"), "Alder Studios Has Begun To Use CutMind",
          ("Alder Studios", "Has Begun To Use", "CutMind")), "Alder Studios has begun to use CutMind."),
]  # fmt: skip


@pytest.mark.parametrize(("statement", "expected"), CASES, ids=[c[1] for c in CASES])
def test_a_statement_becomes_a_plain_sentence(statement, expected):
    assert sentence(statement) == expected


@pytest.mark.parametrize(
    "statement",
    [
        told(node("chick", "Topic"), "relation/band=band", ALDER, "It banded Alder.", ("It", "banded", "Alder")),
        told(ALDER, "relation/join=join", CUP, "Joining, Alder joining the cup.", ("Alder", "joining", "the cup")),
        told(ALDER, "ontology#isA=is a", node("startup", "Topic"), "London startup Alder grew.", ("Alder", "startup", "startup")),
        told(node("Ada Demir", "Person"), "relation/spend=spend", CUP, "I spend the cup.", ("I", "spend", "the cup")),
        told(ALDER, "ontology#elected=elected", CUP, "Alder is to elect the cup.", ("Alder", "elect", "the cup"), status="planned"),
        told(node("Ada Demir", "Person"), "ontology#hasRole=has role", node("officer", "Topic"), "Cabinet officers Ada Demir and Omar Gallo left.",
             ("Ada Demir", "officers", "officers")),
    ],
    ids=["nobody named", "no verb", "a class without an article", "of somebody else", "half a verb", "a post of several"],
)  # fmt: skip
def test_words_that_make_no_sentence_make_none(statement):
    assert sentence(statement) is None


@pytest.mark.parametrize("size", [0, 60])
def test_a_brief_has_at_most_eight_sentences_of_statements_that_are_there(size):
    parts = graph(size) if size else small()
    lines = brief(stories(list(map(Head.of, parts.articles)), parts.entities), parts.statements)
    known = {s.id for s in parts.statements}
    assert 4 <= len(lines) <= 8
    assert {line.statement for line in lines} <= known
    assert [line.story for line in lines] == sorted(line.story for line in lines)
    assert len({line.text for line in lines}) == len(lines)


def test_where_few_sentences_can_be_made_the_brief_tells_what_was_said():
    parts = small()
    chosen = [s for s in parts.statements if s.predicate.label in ("said", "leads")]
    lines = brief(stories(list(map(Head.of, parts.articles)), parts.entities), chosen)
    assert {line.text for line in lines} == {
        "Ada Demir leads Alder Studios.",
        "Ada Demir said: “It was done ten times faster”",
    }
    assert not any("“" in line.text for line in brief(stories(list(map(Head.of, parts.articles)), parts.entities), parts.statements))  # fmt: skip


def test_without_outlets_and_dates_there_is_a_brief_all_the_same():
    parts = small()
    bare = [replace(a, publisher=None, date=None, title=None) for a in parts.articles]
    assert len(brief(stories(list(map(Head.of, bare)), parts.entities), parts.statements)) >= 4
