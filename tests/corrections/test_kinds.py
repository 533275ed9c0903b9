"""What each kind of correction does to a graph, and what it refuses."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg import corrections
from kg.errors import ConfigError, GraphError, UnknownName
from kg.graph.shapes import check
from kg.model import ArticleResult, LocalEntity, Name, Node
from kg.resolve.within import resolve_within
from kg.seeds import Seed
from tests.corrections.news import BASE, Opened, merged
from tests.support.written import article, claim, mentions, quote

TRIAL = "Ada Moreno used Vanta. Vanta sued Halden Steel. She praised Kestrel."


def result(text, found, claims=(), quotes=(), **facts) -> ArticleResult:
    made = article(text, **facts)
    resolved = resolve_within(made, mentions(text, *found), claims, quotes)
    return ArticleResult(made, resolved.entities, resolved.claims, resolved.quotes, (), 1, "p")


def trial(text=TRIAL, **facts) -> ArticleResult:
    found = [("Ada Moreno", "PERSON", 1), ("Vanta", "ORG", 2), ("Vanta", "ORG", 2),
             ("Halden Steel", "ORG", 3), ("She", None, 1), ("Kestrel", "ORG", 4)]  # fmt: skip
    one = claim(text, "Ada Moreno", "used", "Vanta")
    at = text.index("Vanta sued")
    other = claim(text, "Vanta", "sued", "Halden Steel")
    subject = replace(other.subject, start=at, end=at + 5, head_start=at, head_end=at + 5)
    other = replace(other, subject=subject, start=at, key="sued")
    she = claim(text, "She", "praised", "Kestrel")
    return result(text, found, [one, other, she], **facts)


def said(graph: Opened) -> dict[str, tuple[str, str, str, str]]:
    """words of the predicate -> subject, object, status, who says so."""
    return {
        s.predicate.label: (
            s.subject.label,
            s.object.label if isinstance(s.object, Node) else str(s.object),
            s.status,
            s.attributed_to.label if s.attributed_to else "",
        )
        for s in graph.store.statements()
    }


def after(made, *results) -> Opened:
    """The graph of these results as it is with one correction, which keeps all rules."""
    given = results or (trial(),)
    graph = Opened(given, [made])
    with merged(given, [made]) as found:
        (outcome,) = found.corrections()
    assert (outcome.state, outcome.note) == ("applied", "")
    assert check(graph.store) == ()
    return graph


def now(results=None) -> Opened:
    return Opened(results or [trial()])


def test_merged_things_are_one_with_the_first_ones_name_and_class():
    graph = after(corrections.merge(now(), "Halden Steel", "Kestrel"))
    assert said(graph)["praised"][1] == "Halden Steel"
    assert graph.store.entity(f"{BASE}entity/Halden_Steel_org").aliases == ("Kestrel",)
    assert graph.store.entity(f"{BASE}entity/Halden_Steel_org").replaces == (
        f"{BASE}entity/Kestrel",
    )


def test_a_part_that_is_split_off_takes_its_statements_along():
    graph = after(corrections.split(now(), "Vanta", article="a.txt", to="Vanta Records"))
    assert said(graph)["used"][1] == said(graph)["sued"][0] == "Vanta Records"


def test_one_place_is_split_off_alone():
    at = TRIAL.index("She")
    made = corrections.split(
        now(), "Ada Moreno", [f"{at}-{at + 3}"], article="a.txt", to="Ida Berg"
    )
    graph = after(made)
    assert said(graph)["praised"][0] == "Ida Berg"
    assert said(graph)["used"][0] == "Ada Moreno"


def test_all_mentions_of_some_words_are_split_off():
    """The article took two people for one."""
    text = "Rolf Berg used Vanta. Mia praised Kestrel."
    found = [
        ("Rolf Berg", "PERSON", 1),
        ("Vanta", "ORG", 2),
        ("Mia", "PERSON", 3),
        ("Kestrel", "ORG", 4),
    ]
    made = result(
        text,
        found,
        [claim(text, "Rolf Berg", "used", "Vanta"), claim(text, "Mia", "praised", "Kestrel")],
    )
    rolf = next(e for e in made.entities if e.label == "Rolf Berg")
    mia = next(e for e in made.entities if e.label == "Mia")
    both = LocalEntity(
        rolf.key,
        rolf.label,
        "Person",
        (*rolf.names, Name("Mia", "alias")),
        (*rolf.mentions, *mia.mentions),
    )
    made = replace(
        made,
        entities=(both, *(e for e in made.entities if e.key not in (rolf.key, mia.key))),
        claims=tuple(replace(c, subject=rolf.key) for c in made.claims),
    )
    assert said(now([made]))["praised"][0] == "Rolf Berg"
    graph = after(corrections.split(now([made]), "Rolf Berg", ["Mia"]), made)
    assert (said(graph)["praised"][0], said(graph)["used"][0]) == ("Mia", "Rolf Berg")
    assert "Mia" not in graph.store.entity(f"{BASE}entity/Rolf_Berg").aliases


def test_two_people_of_one_name_are_parted_by_article():
    one, other = trial(), trial("Today " + TRIAL, source="b.txt")
    graph = after(corrections.split(now([one, other]), "Ada Moreno", article="b.txt"), one, other)
    found = [e for e in graph.store.entities() if e.label == "Ada Moreno"]
    assert sorted(e.articles for e in found) == sorted([(one.article.id,), (other.article.id,)])


def short() -> ArticleResult:
    text = "Halden Steel (HS) used Vanta."
    found = [("Halden Steel", "ORG", 1), ("HS", "ORG", 1), ("Vanta", "ORG", 2)]
    return result(text, found, [claim(text, "Halden Steel", "used", "Vanta")])


def other_short() -> ArticleResult:
    text = "HS praised Kestrel."
    found = [("HS", "ORG", 1), ("Kestrel", "ORG", 2)]
    return result(text, found, [claim(text, "HS", "praised", "Kestrel")], source="b.txt")


def test_distinct_names_are_not_joined_by_what_a_text_says():
    results = (short(), other_short())
    before = now(results)
    assert said(before)["praised"][0] == "Halden Steel"
    graph = after(corrections.distinct(before, "Halden Steel", "HS"), *results)
    assert said(graph)["praised"][0] == "HS"


def test_distinct_names_are_not_joined_by_a_seed():
    from kg.corrections.articles import Book
    from kg.merge import merge

    results = [trial(), other_short()]
    seeds = (Seed("s", "Halden Steel", "Organization", ("HS",)),)
    made = corrections.distinct(now(results), "Halden Steel", "HS")
    book = Book([made], {r.article.id: r.article.source for r in results})
    with merge(lambda: results, seeds=seeds, book=book) as graph:
        labels = {e.id.rpartition("/")[2]: e.label for e in graph.entities()}
    assert labels["HS"] == "HS" and labels["Halden_Steel_org"] == "Halden Steel"


@pytest.mark.parametrize(
    ("make", "label", "kind"),
    [
        (lambda g: corrections.rename(g, "Vanta", "Vanta Labs"), "Vanta Labs", "Organization"),
        (lambda g: corrections.retype(g, "Vanta", "Film"), "Vanta", "Film"),
    ],
)
def test_a_name_or_class_changes_and_the_iri_stays(make, label, kind):
    entity = after(make(now())).store.entity(f"{BASE}entity/Vanta")
    assert (entity.label, entity.type) == (label, kind)
    assert label == "Vanta" or "Vanta" in entity.aliases


def test_what_is_called_by_an_alias_is_that_thing():
    graph = after(corrections.alias(now(), "Vanta", "Kestrel"))
    assert said(graph)["praised"][1] == "Vanta"
    assert after(corrections.alias(now(), "Vanta", "VNT")).store.entity(
        f"{BASE}entity/Vanta"
    ).aliases == ("VNT",)


def test_a_link_is_the_same_thing_elsewhere():
    graph = after(corrections.link(now(), "Vanta", "Q42"))
    assert graph.store.entity(f"{BASE}entity/Vanta").same_as == (
        "http://www.wikidata.org/entity/Q42",
    )


def test_a_rejected_reading_is_gone_and_its_statement_is_named():
    made = corrections.reject(now(), ("Vanta", "sued", "Halden Steel"))
    graph = after(made)
    assert "sued" not in said(graph)
    (found,) = graph.store.corrections()
    ((old, new),) = found.revised
    assert old in {s.id for s in now().store.statements()} and new == ""


def test_another_passage_may_say_what_was_rejected():
    made = corrections.reject(now(), ("Vanta", "sued", "Halden Steel"))
    graph = after(made, trial(), trial("Today " + TRIAL, source="b.txt"))
    (statement,) = [s for s in graph.store.statements() if s.predicate.label == "sued"]
    assert [e.source for e in statement.evidence] == ["b.txt"]


def test_in_a_newer_version_a_passage_is_found_by_its_words():
    made = corrections.reject(now(), ("Vanta", "sued", "Halden Steel"))
    assert "sued" not in said(after(made, trial("Updated today. " + TRIAL)))


def test_a_statement_is_confirmed_or_claimed_by_somebody():
    graph = after(corrections.confirm(now(), ("Ada Moreno", "used", "Vanta")))
    assert [s.predicate.label for s in graph.store.statements() if s.confirmed] == ["used"]
    made = corrections.status(now(), ("Ada Moreno", "used", "Vanta"), "claimed", "Kestrel")
    graph = after(made)
    assert said(graph)["used"] == ("Ada Moreno", "Vanta", "claimed", "Kestrel")
    rows = graph.store.query(
        "SELECT ?old { ?new prov:wasRevisionOf ?old ; prov:wasGeneratedBy ?c . ?c a kg:Correction }"
    )
    assert len(list(rows)) == 1


def test_what_was_corrected_can_be_confirmed():
    first = corrections.status(now(), ("Ada Moreno", "used", "Vanta"), "claimed", "Kestrel")
    second = corrections.confirm(after(first), ("Ada Moreno", "used", "Vanta"))
    with merged([trial()], [second, first]) as graph:
        assert [c.state for c in graph.corrections()] == ["applied", "applied"]
        (statement,) = [s for s in graph.statements() if s.predicate.label == "used"]
    assert statement.confirmed and statement.status == "claimed"


def test_a_quotation_gets_its_speaker():
    text = "It was late, Kestrel said. Ada Moreno left."
    given = result(
        text,
        [("Kestrel", "ORG", 1), ("Ada Moreno", "PERSON", 2)],
        quotes=[quote(text, "It was late", "Kestrel")],
    )
    (one,) = now([given]).store.statements()
    made = corrections.status(now([given]), one.id, "asserted", "Ada Moreno")
    (statement,) = after(made, given).store.statements()
    assert statement.subject.label == "Ada Moreno"


def test_an_added_statement_has_its_passage_and_is_told_from_what_was_read():
    start = TRIAL.index("She praised")
    made = corrections.add(
        now(),
        "Ada Moreno",
        "member of",
        "Kestrel",
        ("a.txt", start, len(TRIAL) - 1),
        to="claimed",
        by="Vanta",
    )
    graph = after(made)
    (statement,) = [s for s in graph.store.statements() if s.by_hand]
    assert statement.predicate.id.endswith("#memberOf")
    assert (statement.status, statement.attributed_to.label) == ("claimed", "Vanta")
    assert statement.evidence[0].text == "She praised Kestrel"
    assert statement.subject.id == f"{BASE}entity/Ada_Moreno"
    moved = after(made, trial("Updated today. " + TRIAL))
    assert sum(s.by_hand for s in moved.store.statements()) == 1


@pytest.mark.parametrize(
    ("make", "error", "words"),
    [
        (lambda g: corrections.merge(g, "Vanta", "Vanta"), GraphError, "one in this graph already"),
        (lambda g: corrections.merge(g, "Vanta", "Vantag"), GraphError, "Did you mean: Vanta"),
        (lambda g: corrections.split(g, "Vanta"), ConfigError, "say which mentions"),
        (lambda g: corrections.split(g, "Vanta", ["VNT"]), GraphError, "nowhere called 'VNT'"),
        (lambda g: corrections.split(g, "Vanta", ["900-999"], article="a.txt"), GraphError, "no passage"),
        (lambda g: corrections.retype(g, "Vanta", "Flim"), UnknownName, "did you mean 'Film'"),
        (lambda g: corrections.retype(g, "Vanta", "Statement"), UnknownName, "no class 'Statement'"),
        (lambda g: corrections.link(g, "Vanta", "42"), ConfigError, "neither Q and a number"),
        (lambda g: corrections.reject(g, ("Vanta", "bought", "Kestrel")), GraphError, "no statement"),
        (lambda g: corrections.reject(g, ("Ada Moreno", "*", "*")), GraphError, "are 2 statements"),
        (lambda g: corrections.reject(g, "stmt:0"), GraphError, "no statement"),
        (lambda g: corrections.status(g, ("Vanta", "sued", "*"), "true"), UnknownName, "no status 'true'"),
        (lambda g: corrections.add(g, "A", "used", "B", ("b.txt", 0, 4)), GraphError, "no article 'b.txt'"),
        (lambda g: corrections.add(g, "A", "used", "B", ("a.txt", 4, 4)), GraphError, "no passage 4-4"),
        (lambda g: corrections.confirm(g, ("Vanta", "sued", "*"), date="today"), ConfigError, "2026-11-30"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_what_to_do(make, error, words):
    with pytest.raises(error) as told:
        make(now())
    assert words in str(told.value)
