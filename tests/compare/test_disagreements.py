"""What two passages must be to contradict each other."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from kg.compare import denials
from kg.compare.disagreements import DENIAL, disagreements, questions
from kg.compare.numbers import number
from kg.graph.query import shipped_query
from kg.model import Evidence, Literal, Node, Quotation, Relation, Statement, StatementArgument

KG = "https://kg.example/ontology#"
DAY = "2025-06-10"


def node(label, kind="Organization"):
    return Node(f"e:{label}", label, kind)


def said(subject, does, target, article="a", *, status="asserted", time=None, **more):
    """A statement with one piece of evidence, as an article of that id has it."""
    target = node(target) if isinstance(target, str) else target
    subject = node(subject) if isinstance(subject, str) else subject
    iri = f"s:{article}:{subject.label}:{does}:{status}:{getattr(target, 'label', '')}"
    relation = Relation(f"{KG}{does}" if does[0].islower() else f"r:{does}", does)
    text = f"{subject.label} {does} {getattr(target, 'label', '')}"
    at, who = more.pop("at", 0), more.pop("who", subject.label)
    piece = Evidence(
        f"ev:{iri}:{time}", article, f"{article}.txt", at, at + 9, text, who, "", "", "x"
    )
    arguments = list(more.pop("arguments", ()))
    if time:
        arguments.append(StatementArgument("time", time, time, "xsd:date"))
    return Statement(
        iri, subject, relation, target, status,
        polarity="negative" if status == "denied" else "positive",
        arguments=tuple(arguments), evidence=(piece,), **more,
    )  # fmt: skip


def found(*statements, **dates):
    """What disagrees of these in whatever order; the query would find each by its question."""
    published = {"a": DAY, "b": DAY, **dates}
    for each in disagreements(statements, published):
        shared = {*questions(each.one)} & {*questions(each.other)}
        assert shared or each.kind == "yes or no"
    results = {
        tuple((d.kind, d.about) for d in disagreements(order, published))
        for order in permutations(statements)
    }
    assert len(results) == 1  # the order changes nothing
    return [*results.pop()]


FIRE = node("Toll Street Fire", "Disaster")


def test_what_one_article_says_and_another_denies():
    yes, no = (
        said("Halden", "sued", "Dorall"),
        said("Halden", "sued", "Dorall", "b", status="denied"),
    )
    assert found(yes, no) == [("yes or no", ("yes", "no"))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param({"article": "b"}, {"status": "denied", "article": "b"}, id="one article"),
        pytest.param({"status": "planned"}, {"status": "denied", "article": "b"}, id="a plan"),
        pytest.param({"status": "possible"}, {"status": "denied", "article": "b"}, id="a guess"),
        pytest.param(
            {"time": "2025-06-02"}, {"status": "denied", "article": "b", "time": "2025-06-09"},
            id="two days",
        ),
        pytest.param({}, {"article": "b"}, id="both say so"),
    ],
)  # fmt: skip
def test_what_is_no_denial(one, other):
    assert (
        found(said("Halden", "sued", "Dorall", **one), said("Halden", "sued", "Dorall", **other))
        == []
    )


def test_a_denial_weeks_later_is_another_time_and_one_without_dates_none():
    yes, no = (
        said("Halden", "praised", "Dorall", article, status=status)
        for article, status in (("a", "asserted"), ("b", "denied"))
    )
    assert found(yes, no, b="2025-07-20") == []
    assert found(yes, no, a=None, b=None) == []


def test_what_cannot_be_undone_is_denied_weeks_later_but_not_before_it_happened():
    yes, no = (
        said("Halden", "acquired", "Dorall", article, status=status)
        for article, status in (("a", "asserted"), ("b", "denied"))
    )
    assert found(yes, no, b="2025-07-20") == [("yes or no", ("yes", "no"))]
    assert found(yes, no, b="2025-05-02") == []


@pytest.mark.parametrize(("published", "differ"), [(DAY, True), ("2025-06-12", False)])
def test_what_is_measured_at_a_moment_is_another_number_two_days_later(published, differ):
    storm = node("Hurricane Ottar", "Disaster")
    slow, fast = (
        said(storm, "moveAt", Literal(value, "xsd:decimal", f"{value} mph", "mi/h"), article)
        for value, article in (("3", "a"), ("20", "b"))
    )
    assert bool(found(slow, fast, b=published)) is differ


def test_bare_nouns_of_two_articles_are_not_the_same_thing():
    one = said(node("company", "Topic"), "sued", "Dorall")
    other = said(node("company", "Topic"), "sued", "Dorall", "b", status="denied")
    assert found(one, other) == []


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("14 people", "17 people", True),
        ("14 people", "fourteen people", False),
        ("at least 14 people", "17 people", False),
        ("at least 17 people", "14 people", True),
        ("up to 17 people", "14 people", False),
        ("about 1,000 people", "1,080 people", False),
        ("about 1,000 people", "2,000 people", True),
        ("14 people", "17 houses", False),
        ("14 people", "three other people", False),
        ("twenty-one men", "22 men", True),
        ("2.1 million people", "3 million people", True),
        ("people", "17 people", False),
    ],
)
def test_numbers_of_one_unit(one, other, differ):
    pair = said(FIRE, "killed", node(one, "Group")), said(FIRE, "killed", node(other, "Group"), "b")
    assert bool(found(*pair)) is differ
    assert bool(found(*reversed(pair))) is differ


def test_a_count_that_grew_until_a_later_article_is_newer():
    pair = said(FIRE, "killed", node("14 people")), said(FIRE, "killed", node("17 people"), "b")
    assert found(*pair, b="2025-06-11") == []
    assert found(*pair, a="2025-06-11") == [("number", ("17 people", "14 people"))]


def test_who_acts_again_and_again_is_not_counted_twice():
    pair = [
        said("Border Police", "killed", node("two men")),
        said("Border Police", "killed", node("six men"), "b"),
    ]
    assert found(*pair) == []
    strike = node("Harwick airstrike", "Attack")
    assert (
        found(said(strike, "killed", node("two men")), said(strike, "killed", node("six men"), "b"))
        == []
    )


def test_the_price_of_one_deal_differs():
    def deal(words, value, article):
        amount = StatementArgument("amount", words, value, "xsd:decimal")
        return said("Halden", "acquired", "Pinetree", article, arguments=[amount])

    one, other = (
        deal("2.1 billion dollars", "2100000000", "a"),
        deal("2.4 billion dollars", "2400000000", "b"),
    )
    other = Statement(
        **{f: getattr(other, f) for f in other.__slots__ if f != "status"}, status="claimed"
    )
    assert found(one, other) == [("number", ("2.1 billion dollars", "2.4 billion dollars"))]
    assert found(one, deal("1.9 billion euros", "1900000000", "b")) == []


def test_two_polls_of_two_months_are_no_conflict():
    one = said(
        "Greens", "value", Literal("41", "xsd:decimal", "41 percent", "percent"), time="2025-04"
    )
    other = said(
        "Greens",
        "value",
        Literal("38", "xsd:decimal", "38 percent", "percent"),
        "b",
        time="2025-05",
    )
    assert found(one, other) == []


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("2025-06-03", "2025-06-07", True),
        ("2025-06-03", "2025-06", False),
        ("2025", "2025-06-07", False),
        ("2024", "2025-06-07", True),
        ("2025-06-01/2025-06-05", "2025-06-03", False),
        ("2024-22", "2025-06-07", False),
    ],
)
def test_what_happens_once_has_one_day(one, other, differ):
    pair = (
        said("Runway", "appointed", node("Ann Lee", "Person"), time=one),
        said("Runway", "appointed", node("Ann Lee", "Person"), "b", time=other),
    )
    assert bool(found(*pair)) is differ


def test_what_happens_again_has_many_days():
    ann = node("Ann Lee", "Person")
    assert (
        found(
            said("Runway", "visited", ann, time="2025-06-03"),
            said("Runway", "visited", ann, "b", time="2025-06-07"),
        )
        == []
    )


def test_one_statement_can_hold_two_dates_of_two_articles():
    one = said("Runway", "appointed", "Ann Lee", time="2025-06-03")
    second = Evidence("ev:2", "b", "b.txt", 0, 9, "", "", "", "", "x")
    times = [
        StatementArgument("time", v, v, "xsd:date", evidence=(e,))
        for v, e in (("2025-06-03", one.evidence[0].id), ("2025-06-07", "ev:2"))
    ]
    both = Statement(
        one.id, one.subject, one.predicate, one.object, one.status,
        arguments=tuple(times), evidence=(*one.evidence, second),
    )  # fmt: skip
    assert found(both) == [("date", ("2025-06-03", "2025-06-07"))]


def test_one_birthplace_and_one_winner():
    tom = node("Tom Rae", "Person")
    born = [said(tom, "bornIn", node(p, "Place"), a) for p, a in (("Lund", "a"), ("Oslo", "b"))]
    assert found(*born) == [("name", ("Lund", "Oslo"))]
    near = [
        said(tom, "bornIn", node(p, "Place"), a) for p, a in (("Lund", "a"), ("Lund Sweden", "b"))
    ]
    assert found(*near) == []
    inside = said(node("Lund", "Place"), "locatedIn", node("Oslo", "Place"), "c")
    assert found(*born, inside, c=DAY) == []
    assert found(*born, said(tom, "bornIn", node("Oslo", "Place"), "c"), c=DAY) == found(*born)
    cup = node("2025 Harbour Cup", "Contest")
    won = [said(w, "won", cup, a) for w, a in (("Rovers", "a"), ("Harwick", "b"))]
    assert found(*won) == [("name", ("Rovers", "Harwick"))]
    assert found(*won, b="2025-09-01") == []


def quoted(speaker, text, article, **more):
    quotation = Quotation(f"q:{speaker}", text, "direct", "said", 0, 9)
    return said(node(speaker, "Person"), "said", quotation, article, confidence=0.9, **more)


def test_the_same_words_of_two_speakers():
    words = "We never once signed a contract with these people"
    one, other = quoted("Ron Gale", words, "a"), quoted("Mia Holt", f"{words}.", "b")
    assert found(one, other) == [("name", ("Ron Gale", "Mia Holt"))]
    assert (
        found(quoted("Ron Gale", "No comment.", "a"), quoted("Mia Holt", "No comment.", "b")) == []
    )
    assert found(one, quoted("Mia Holt", words, "b", who="she")) == []


def test_whoever_is_not_named_can_be_the_one_who_is():
    words = "We never once signed a contract with these people"
    one = quoted("Ron Gale", words, "a")
    assert found(one, quoted("Harwick Port officer", words, "b")) == []
    assert found(one, quoted("Harwick Port Officer Holt", words, "b")) != []
    cup = node("2025 Harbour Cup", "Contest")
    won = [said(w, "won", cup, a) for w, a in (("Rovers", "a"), ("Harwick team", "b"))]
    assert found(*won) == []


@pytest.mark.parametrize(
    ("first", "second", "later", "time", "differ"),
    [
        (27, 29, DAY, None, False),
        (27, 29, "2025-06-12", None, False),
        (29, 27, "2025-06-12", None, True),
        (27, 29, DAY, DAY, True),
        (27, 27, DAY, DAY, False),
    ],
)
def test_an_age_is_that_of_the_time_told(first, second, later, time, differ):
    tom = node("Tom Rae", "Person")
    aged = [
        said(tom, "age", Literal(str(n), "xsd:integer", str(n), "year"), a, time=time)
        for n, a in ((first, "a"), (second, "b"))
    ]
    assert bool(found(*aged, b=later)) is differ


def test_two_parts_of_one_list_are_no_two_numbers():
    fined = [said(FIRE, "killed", node(who), a) for who, a in (("six men", "a"), ("two men", "b"))]
    assert found(*fined) == [("number", ("six men", "two men"))]
    both = replace(
        fined[0], evidence=(replace(fined[0].evidence[0], text="It killed two men and six men"),)
    )
    assert found(both, fined[1]) == []
    more = replace(
        fined[0], evidence=(replace(fined[0].evidence[0], text="It killed thirty-two men"),)
    )
    assert found(more, fined[1]) != []


def claimed(by, subject, does, target, article="a", **more):
    return said(subject, does, target, article, status="claimed", attributed_to=node(by), **more)


def test_two_named_speakers_of_one_article_disagree_and_one_does_not():
    one = claimed("Halden", FIRE, "killed", node("14 people"))
    assert found(one, claimed("Dorall", FIRE, "killed", node("40 people"), at=50)) == [
        ("number", ("14 people", "40 people"))
    ]
    assert found(one, claimed("Halden", FIRE, "killed", node("40 people"), at=50)) == []
    assert found(one, said(FIRE, "killed", node("40 people"), at=50)) == []


@pytest.mark.parametrize(
    ("claim", "denied", "differ"),
    [
        ({}, "claim", True),
        ({}, "Velden army's claim", True),
        ({}, "Norrland's claim", False),
        ({}, "involvement in the raid", False),
        ({"subject": "Dorall boats"}, "involvement in the raid", True),
        ({}, "request", False),
        ({}, "allegation of bribery", False),
        ({}, "report of a strike on the ferry", True),
        ({"by": "Dorall Fleet"}, "claim", False),
        ({"at": 400}, "claim", False),
        ({"article": "b"}, "claim", False),
    ],
    ids=lambda value: str(value) or "plain",
)  # fmt: skip
def test_a_denial_means_what_another_said_right_before(claim, denied, differ):
    known = {"by": "Velden army", "subject": "Halden Ferry", "does": "struck", "target": "Harbour"}
    said_so = claimed(**{**known, **claim})
    denial = said("Dorall", "denied", node(denied, "Topic"), at=100)
    assert found(said_so, denial) == ([("yes or no", ("yes", "no"))] if differ else [])


def test_a_denial_means_what_another_said_first_of_all():
    """Velden army said that it sank the ferry, after that ignored a warning; Dorall denied the claim."""
    by = node("Velden army")
    first, second = (
        said("Halden Ferry", does, target, status="claimed", attributed_to=by, at=at)
        for does, target, at in (("wasSunk", "Harbour", 10), ("ignored", "Warning", 36))
    )
    denial = said("Dorall", "denied", node("claim", "Topic"), at=60)
    (told,) = disagreements([first, second, denial], {"a": DAY})
    assert told.one is first
    late = said("Halden Ferry", "wasSunk", "Harbour", status="claimed", attributed_to=by, at=-40)
    (told,) = disagreements([late, second, denial], {"a": DAY})
    assert told.one is second


def test_a_denial_means_words_where_no_statement_was_read_from_them():
    said_so = quoted("Ron Gale", "Our men have taken the town", "a")
    denial = said("Dorall", "reject", node("statement", "Topic"), at=60)
    assert found(said_so, denial) == [("yes or no", ("yes", "no"))]


def test_a_number_in_words_or_figures():
    assert number(node("three hundred people")).value == 300
    assert number(node("1,250 rare birds")).unit == "bird"
    assert number(node("14 people")).bound == "" and number(node("over 14 men")).bound == "low"
    assert number(node("2025 election")) is None
    assert number(node("Alder Studios")) is None


def test_the_query_looks_as_far_back_as_the_definition():
    text = shipped_query("disagreements").text
    assert f"?from - ?to <= {denials._NEAR}" in text
    assert f'kg:answers "{DENIAL}"' in text


@pytest.mark.parametrize(
    "relation", tomllib.loads(Path("kg/compare/disagreements.toml").read_text())["denials"]["verbs"]
)
def test_a_denial_is_known_by_its_verb_and_noun(relation):
    assert questions(said("Dorall", relation, node("claim", "Topic"))) == (DENIAL,)
    assert questions(said("Dorall", relation, node("request", "Topic"))) == ()
