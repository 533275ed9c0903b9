"""The quote ledger: one utterance, and the words that each article has for it."""

from __future__ import annotations

from itertools import permutations

import pytest

from kg.compare.quotes import ledger
from kg.model import Article, Evidence, Node, Quotation, Relation, Statement, StatementArgument

KG = "https://kg.example/ontology#"
ANN = Node("e:Ann", "Ann Lee", "Person")
FULL = "We have never taken a single euro from this firm, and we will open all our books on Friday"


def said(text, article, *, speech="direct", speaker=ANN, does="said"):
    piece = Evidence(
        f"ev:{article}:{text}", article, f"{article}.txt", 0, 9, text, "", "", text, "x"
    )
    quotation = Quotation(f"q:{text}", text, speech, "said", 0, 9)
    return Statement(
        f"s:{speaker.id}:{text}:{does}", speaker, Relation(f"{KG}{does}", does), quotation,
        "asserted", evidence=(piece,),
    )  # fmt: skip


def role(label, at, article):
    piece = Evidence(
        f"ev:{article}:{label}", article, f"{article}.txt", 0, 9, label, "", "", "", "x"
    )
    return Statement(
        f"s:{label}", ANN, Relation(f"{KG}hasRole", "has role"), Node(f"e:{label}", label, "Topic"),
        "asserted", evidence=(piece,), arguments=(StatementArgument("at", at),),
    )  # fmt: skip


def articles(**dates):
    return [
        Article(key, f"{key}.txt", "", date=date, publisher=key.upper())
        for key, date in {"a": "2025-06-10", "b": "2025-06-11", "c": "2025-06-12", **dates}.items()
    ]


def utterances(*statements, **dates):
    found = {ledger(order, articles(**dates)) for order in permutations(statements)}
    assert len(found) == 1  # the order changes nothing
    return found.pop()


def shape(*statements, **dates):
    return [[v.article for v in u.variants] for u in utterances(*statements, **dates)]


@pytest.mark.parametrize(
    ("text", "speech"),
    [
        pytest.param(FULL, "direct", id="whole"),
        pytest.param("We have never taken a single euro from this firm", "direct", id="shortened"),
        pytest.param("we've never taken a single euro from this firm and we will open all our books on Friday", "direct", id="edited"),
        pytest.param("never taken a single euro", "mixed", id="in part"),
        pytest.param("they had never taken money, not a single euro, from the firm", "indirect", id="indirect"),
    ],
)  # fmt: skip
def test_one_utterance_in_two_articles(text, speech):
    assert shape(said(FULL, "a"), said(text, "b", speech=speech)) == [["a", "b"]]


@pytest.mark.parametrize(
    ("one", "other", "speech"),
    [
        (FULL, "We will never again take a boat to the island at night", "direct"),
        (FULL, "the firm was a good neighbour", "indirect"),
        ("26 ships passed through the strait in the past 24 hours", "35 ships passed through the strait in the past 24 hours", "indirect"),
        ("an airstrike killed the union leader Tom Rae", "an airstrike killed the union leader Ole Vik", "indirect"),
        ("No, no, no", "No comment", "direct"),
    ],
)  # fmt: skip
def test_two_utterances(one, other, speech):
    assert len(shape(said(one, "a", speech=speech), said(other, "b", speech=speech))) == 2


def test_another_speaker_another_month_or_a_denial_is_another_utterance():
    bob = Node("e:Bob", "Bob Orr", "Person")
    assert len(shape(said(FULL, "a"), said(FULL, "b", speaker=bob))) == 2
    assert len(shape(said(FULL, "a"), said(FULL, "b"), b="2025-08-01")) == 2
    assert len(shape(said(FULL, "a"), said(FULL, "b", does="denied"))) == 2


def test_who_speaks_without_a_name_is_nobody():
    assert utterances(said(FULL, "a", speaker=Node("e:x", "spokesman", "Topic"))) == ()


def test_the_first_in_print_comes_first_and_each_has_its_own_words():
    short = "We have never taken one single euro from this firm"
    (one,) = utterances(said(short, "c"), said(FULL, "b"), said(FULL, "a"))
    assert one.text == FULL
    assert (one.variants[0].outlet, one.variants[0].date) == ("A", "2025-06-10")
    assert one.outlets == ("A", "B", "C")
    assert [(p.kind, p.text) for p in one.variants[2].pieces] == [
        ("same", "We have never taken"),
        ("left", "a"),
        ("own", "one"),
        ("same", "single euro from this firm"),
        ("left", "and we will open all our books on Friday"),
    ]


def test_the_post_is_that_of_the_time():
    found = utterances(
        said(FULL, "a"), role("mayor", "Porthaven", "a"), role("minister", "Velden", "d"),
        d="2021-01-01",
    )  # fmt: skip
    assert found[0].post == "mayor, Porthaven"
    assert (
        utterances(said(FULL, "a"), role("minister", "Velden", "d"), d="2021-01-01")[0].post == ""
    )
    near = utterances(said(FULL, "a"), role("minister", "Velden", "d"), d="2025-03-01")
    assert near[0].post == "minister, Velden"
