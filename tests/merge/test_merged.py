from __future__ import annotations

import json
import tracemalloc
from dataclasses import replace
from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from kg.merge import merge
from kg.merge.drafts import _hash
from kg.merge.merged import _arguments
from kg.model import Argument, ArticleResult, Literal, Quotation, StatementArgument
from kg.resolve.within import resolve_within
from kg.results import result_from_json, to_json
from kg.seeds import Seed
from tests.support.written import argument, article, claim, mentions, quote


def result(text, found, claims=(), quotes=(), **facts) -> ArticleResult:
    made = article(text, **facts)
    resolved = resolve_within(made, mentions(text, *found), claims, quotes)
    return ArticleResult(made, resolved.entities, resolved.claims, resolved.quotes, (), 1, "p")


def netflix(text="Netflix used Runway.", **facts) -> ArticleResult:
    return result(
        text,
        [("Netflix", "ORG", 1), ("Runway", "ORG", 2)],
        [replace(claim(text, "Netflix", "used", "Runway"), predicate=used(text))],
        **facts,
    )


def used(text):
    return replace(claim(text, "Netflix", "used", "Runway").predicate, property="used")


def merged(*results):
    with merge(lambda: results) as graph:
        return list(graph.entities()), list(graph.statements())


def test_the_same_statement_of_two_outlets_is_one_with_two_sources():
    one = netflix(publisher="A")
    two = netflix("This week Netflix used Runway.", publisher="B", source="b.txt")
    two = replace(
        two, claims=tuple(replace(c, claim=replace(c.claim, start=0)) for c in two.claims)
    )
    entities, (statement,) = merged(one, two)
    assert [e.label for e in entities] == ["Netflix", "Runway"]
    assert statement.source_count == 2
    assert len(statement.evidence) == 2
    assert statement.subject.id == "https://kg.example/entity/Netflix"
    assert statement.predicate.id == "https://kg.example/ontology#used"


def test_every_evidence_is_words_at_its_place():
    made = netflix()
    _, (statement,) = merged(made)
    (evidence,) = statement.evidence
    assert evidence.text == made.article.text[evidence.start : evidence.end]
    assert (evidence.subject_text, evidence.predicate_text, evidence.object_text) == (
        "Netflix",
        "used",
        "Runway",
    )


def test_status_polarity_and_speaker_make_another_statement():
    made = netflix()
    (linked,) = made.claims
    variants = [
        linked,
        replace(linked, claim=replace(linked.claim, key="2", status="possible")),
        replace(
            linked,
            claim=replace(linked.claim, key="3", status="possible", polarity="negative"),
        ),
        replace(linked, attribution="e2", claim=replace(linked.claim, key="4", status="claimed")),
    ]
    _, statements = merged(replace(made, claims=tuple(variants)))
    assert len(statements) == 4
    assert {s.attributed_to.label for s in statements if s.attributed_to} == {"Runway"}


def test_a_quotation_is_what_somebody_said_and_two_outlets_share_it():
    def spoken(text, publisher):
        return result(
            text,
            [("Ann Lee", "PERSON", 1), ("Runway", "ORG", 2)],
            (),
            [quote(text, "Runway is great", "Ann Lee")],
            publisher=publisher,
        )

    one = spoken("“Runway is great,” Ann Lee said.", "A")
    two = spoken("Then Ann Lee said: “Runway is great.”", "B")
    _, (statement,) = merged(one, two)
    assert isinstance(statement.object, Quotation)
    assert statement.predicate.label == "said"
    assert statement.object.about == ("https://kg.example/entity/Runway",)
    assert len(statement.evidence) == 2
    first = statement.evidence[0]
    source = {r.article.id: r for r in (one, two)}[first.article].article
    assert source.text[statement.object.start : statement.object.end] == "Runway is great"


def test_who_is_told_is_called_by_his_name():
    text = "Ann Lee told him: “Runway is great.” Bo Dale left."
    said = quote(text, "Runway is great", "Ann Lee", "told")
    at = text.index("him")
    said = replace(said, addressee=Argument("addressee", "mention", at, at + 3, at, at + 3, "him"))
    found = result(
        text, [("Ann Lee", "PERSON", 1), ("Bo Dale", "PERSON", 2), ("him", None, 2)], [], [said]
    )
    _, (statement,) = merged(found)
    assert [a.label for a in statement.arguments] == ["Bo Dale"]


def test_nobody_knows_who_said_it():
    text = "“It is great,” someone said."
    _, (statement,) = merged(result(text, [], (), [quote(text, "It is great", None)]))
    assert statement.subject.id.endswith("#UnknownSpeaker")


def test_values_are_the_same_whatever_their_words():
    def cost(text, label):
        value = Literal("1000000000", "xsd:decimal", label, "USD")
        made = claim(text, "Apple TV+", "costs", label)
        made = replace(made, object=replace(made.object, kind="literal", literal=value))
        return result(text, [("Apple TV+", "ORG", 1)], [made])

    _, (statement,) = merged(
        cost("Apple TV+ costs $1 billion.", "$1 billion"),
        cost("Apple TV+ costs US$1bn.", "US$1bn"),
    )
    assert len(statement.evidence) == 2
    assert isinstance(statement.object, Literal)


def test_a_clause_is_the_statement_it_stands_for():
    text = "Netflix hopes Runway helps studios."
    inner = claim(text, "Runway", "helps", "studios", status="hypothetical")
    outer = claim(text, "Netflix", "hopes", "Runway helps studios")
    outer = replace(outer, object=replace(outer.object, kind="clause", claim=inner.key))
    made = result(text, [("Netflix", "ORG", 1), ("Runway", "ORG", 2)], [outer, inner])
    _, statements = merged(made)
    by_label = {s.predicate.label: s for s in statements}
    assert by_label["hopes"].object == by_label["helps"].id


def test_clauses_in_a_circle_are_left_out():
    text = "Netflix hopes Runway helps."
    one = claim(text, "Netflix", "hopes", "Runway helps")
    other = claim(text, "Runway", "helps", "Netflix hopes")
    one = replace(one, object=replace(one.object, kind="clause", claim=other.key))
    other = replace(other, object=replace(other.object, kind="clause", claim=one.key))
    found = [("Netflix", "ORG", 1), ("Runway", "ORG", 2)]
    assert merged(result(text, found, [one, other]))[1] == []


def test_topics_stand_in_the_graph_only_where_a_statement_uses_them():
    text = "Netflix used generative AI. Hope remains."
    made = result(text, [("Netflix", "ORG", 1)], [claim(text, "Netflix", "used", "generative AI")])
    stray = replace(made.entities[-1], key="t:hope", label="hope")
    entities, _ = merged(replace(made, entities=(*made.entities, stray)))
    assert [e.label for e in entities] == ["Netflix", "generative AI"]


def test_merges_keep_their_reasons():
    text = "Netflix showed El Eternauta (The Eternaut)."
    one = result(text, [("Netflix", "ORG", 1), ("El Eternauta", "WORK_OF_ART", 2)])
    two = result("We saw The Eternaut.", [("The Eternaut", "WORK_OF_ART", 1)])
    entities, _ = merged(one, two)
    (series,) = [e for e in entities if e.label != "Netflix"]
    assert {(m.article, m.name, m.reason) for m in series.merges} >= {
        (one.article.id, "The Eternaut", "bracket"),
        (two.article.id, "The Eternaut", "alias"),
    }
    assert len(series.articles) == 2
    (netflix,) = [e for e in entities if e.label == "Netflix"]
    assert netflix.merges == (), "one name in one article: nothing was merged"


@given(st.permutations(range(4)))
def test_the_order_of_articles_changes_nothing(order):
    results = [
        netflix(publisher="A"),
        netflix("So Netflix used Runway.", publisher="B"),
        result("Sarandos left.", [("Sarandos", "PERSON", 1)]),
        result("Sarandos came.", [("Sarandos", "PERSON", 1)]),
    ]
    assert merged(*results) == merged(*[results[i] for i in order])


def test_a_result_survives_the_disk():
    made = netflix(publisher="A", authors=("Ann Lee",))
    text = made.article.text
    linked = replace(made.claims[0], arguments=("e1",))
    extra = argument(text, "time", "used", literal=Literal("2025", "xsd:gYear", "2025"))
    linked = replace(linked, claim=replace(linked.claim, arguments=(extra,)))
    made = replace(made, claims=(linked,))
    assert result_from_json(to_json(made)) == made


def named(text, *found):
    return result(text, found)


def test_things_of_one_name_have_iris_of_their_own():
    entities, _ = merged(
        named("Jack Daniel left.", ("Jack Daniel", "PERSON", 1)),
        named("Jack Daniel grew.", ("Jack Daniel", "ORG", 1)),
        named("jack daniel", ("jack daniel", "GPE", 1)),
        named("Sarandos left.", ("Sarandos", "PERSON", 1)),
        named("Sarandos came.", ("Sarandos", "PERSON", 1)),
    )
    assert len(entities) == 5
    assert len({e.id.casefold() for e in entities}) == 5


def phrase(words, source="b.txt"):
    text = f"Unions fear {words} a lot."
    return result(
        text, [("Unions", "NORP", 9)], [claim(text, "Unions", "fear", words)], source=source
    )


def test_a_phrase_that_is_a_name_elsewhere_is_that_thing_letter_for_letter():
    one = named("RTX grew.", ("RTX", "PRODUCT", 1))
    entities, (statement,) = merged(one, phrase("RTX"))
    assert statement.object.type == "Product"
    two = named("Act grew.", ("Act", "ORG", 1))
    entities, (statement,) = merged(two, phrase("act"))
    assert statement.object.type == "Topic"
    assert len([e for e in entities if e.label.casefold() == "act"]) == 2


def test_a_phrase_that_one_article_writes_small_is_small():
    entities, _ = merged(phrase("Gene edits"), phrase("gene edits", "c.txt"))
    assert [e.label for e in entities if e.label.casefold() == "gene edits"] == ["gene edits"]


def test_a_seed_names_a_phrase():
    seeds = [Seed("s", "Artificial intelligence", "Technology", ("AI",))]
    with merge(lambda: [phrase("AI")], seeds=seeds) as graph:
        (statement,) = graph.statements()
        (entity,) = [e for e in graph.entities() if e.type == "Technology"]
    assert statement.object.label == "Artificial intelligence"
    assert [(m.name, m.reason) for m in entity.merges] == [("AI", "seed")]


def test_memory_does_not_grow_with_the_articles(tmp_path):
    def results(count):
        for number in range(count):
            text = f"Netflix used Runway for thing {number} in many words of plain text. " * 200
            found = [("Netflix", "ORG", 1), ("Runway", "ORG", 2)]
            claims = [claim(text, "Netflix", "used", f"thing {number}")]
            yield result(text, found, claims)

    def peak(count):
        tracemalloc.start()
        with merge(lambda: results(count), scratch=tmp_path / f"{count}.db") as graph:
            assert sum(1 for _ in graph.entities()) == count + 2
            assert sum(1 for _ in graph.statements()) == count
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return top

    whole = sum(len(to_json(made)) for made in results(300))
    assert peak(300) < 0.2 * whole


def test_a_title_that_one_article_took_for_a_person_joins_the_series():
    text = "The series El Eternauta is out. The series El Eternauta won."
    one = named(text, ("El Eternauta", "WORK_OF_ART", 1), ("El Eternauta", "WORK_OF_ART", 1))
    two = named("We saw El Eternauta.", ("El Eternauta", "PERSON", 1))
    ((series,), _) = merged(one, two)
    assert (series.label, series.type, len(series.articles)) == ("El Eternauta", "Series", 2)


# --- events --------------------------------------------------------------------------------------

SUED = "Disney sued Midjourney"


def suit(text=f"{SUED} in June.", time="2025-06", *, subject="Disney", **facts) -> ArticleResult:
    made = claim(text, subject, "sued", "Midjourney")
    when = argument(
        text, "time", "in", kind="literal", literal=Literal(time, "xsd:gYearMonth", "June")
    )
    made = replace(
        made,
        predicate=replace(made.predicate, property="sued"),
        arguments=(when,) if time else (),
        status=facts.pop("status", "asserted"),
    )
    return result(text, [(subject, "ORG", 1), ("Midjourney", "ORG", 2)], [made], **facts)


def events_of(*results):
    with merge(lambda: results) as graph:
        return list(graph.events())


def test_two_articles_tell_of_one_lawsuit_each_with_its_words():
    one = suit(publisher="A")
    two = suit(f"This year in court: {SUED}.", None, publisher="B", source="b.txt")
    (event,) = events_of(one, two)
    assert event.type == "Lawsuit"
    assert event.label == "lawsuit of Disney against Midjourney"
    assert [(p.role, p.label) for p in event.participants] == [
        ("defendant", "Midjourney"), ("plaintiff", "Disney"),
    ]  # fmt: skip
    assert event.time == "2025-06"
    assert len(event.evidence) == 2
    assert len(event.statements) == 1


def test_events_come_and_go_with_their_articles_in_any_order():
    one, two = suit(publisher="A"), suit(f"Again: {SUED} in court.", "2025-06", publisher="B")
    other = suit(f"At last {SUED} in 2024.", "2024-03", publisher="C")
    assert events_of(one, two, other) == events_of(other, two, one)
    assert len(events_of(one, two, other)) == 2
    assert events_of(one, two) != events_of(one)
    assert [e.id for e in events_of(one, two)] == [e.id for e in events_of(one)]


def test_a_plan_and_a_deed_are_two_events():
    done = suit(publisher="A")
    planned = suit(f"Perhaps: {SUED} in court.", publisher="B", status="planned")
    assert sorted(e.status for e in events_of(done, planned)) == ["asserted", "planned"]


def test_a_plain_triple_makes_no_event():
    assert events_of(suit(f"{SUED} in court.", None)) == []


def test_an_argument_knows_which_article_gives_it():
    one = suit(publisher="A")
    two = suit(f"Again: {SUED} in court.", "2024-06", publisher="B", source="b.txt")
    with merge(lambda: (one, two)) as graph:
        (statement,) = graph.statements()
    told = {argument.value: argument.evidence for argument in statement.arguments}
    by_article = {piece.article: piece.id for piece in statement.evidence}
    assert told == {
        "2025-06": (by_article[one.article.id],),
        "2024-06": (by_article[two.article.id],),
    }


def test_an_id_is_that_of_the_parts_as_json():
    parts = ["Müller\n", 3, -1, None, True, 0.5, [1, 2, [None]], {"b": "\u2028", "a": {"z": 1}}]
    plain = json.dumps(parts, sort_keys=True, separators=(",", ":"))
    assert _hash(*parts) == sha256(plain.encode()).hexdigest()[:16]


def test_one_thing_is_told_once_in_one_role():
    iri = "https://example.org/Norway"
    short = StatementArgument("at", "NO", entity=iri, evidence=("e1",))
    whole = StatementArgument("at", "Norway", entity=iri, evidence=("e2",))
    of = StatementArgument("of", "Norway", entity=iri)
    assert _arguments([short, whole, of]) == (replace(whole, evidence=("e1", "e2")), of)
    body = StatementArgument("at", "Fishing Board", entity="https://example.org/b1")
    theirs = StatementArgument("at", "Fishing Board of Norway", entity="https://example.org/b2")
    other = StatementArgument("at", "Fishing Boards", entity="https://example.org/b3")
    assert _arguments([body, theirs, other]) == (theirs, other)
