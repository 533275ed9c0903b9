from __future__ import annotations

import pytest

from kg.events.tellings import event_classes, event_label, event_roles, tellings
from kg.graph.ontology import load_ontology
from kg.model import Argument, ArticleResult, Literal, Participant
from kg.resolve.within import resolve_within
from tests.support.written import argument, article, claim, mentions

NAMES = {"Disney": "ORG", "Universal": "ORG", "Midjourney": "ORG", "Ada Berg": "PERSON",
         "Novatek": "ORG", "Leeds": "GPE", "Kabul": "GPE", "Hugo Prize": "WORK_OF_ART"}  # fmt: skip


def when(text: str, words: str, value: str, datatype: str = "xsd:date") -> Argument:
    return argument(text, "time", words, kind="literal", literal=Literal(value, datatype, words))


def told(text: str, *claims):
    """The tellings of claims: (subject, words, property, object, further arguments, more)."""
    made = []
    for number, (subject, words, relation, target, further, more) in enumerate(claims):
        one = claim(text, subject, words, target, key=f"c{number}", **more)
        predicate = type(one.predicate)(
            words, words, one.predicate.start, one.predicate.end, relation
        )
        made.append(
            type(one)(**{f: getattr(one, f) for f in one.__slots__}
                      | {"predicate": predicate, "arguments": tuple(further)})
        )  # fmt: skip
    names = [(name, label, i) for i, (name, label) in enumerate(NAMES.items(), 1) if name in text]
    resolved = resolve_within(article(text), mentions(text, *names), made, ())
    result = ArticleResult(article(text), resolved.entities, resolved.claims, (), (), 1, "p")
    labels = {entity.key: entity.label for entity in resolved.entities}
    return [(t, {(role, labels[key]) for role, key in t.participants}) for t in tellings(result)]


def test_coordinated_plaintiffs_sue_in_one_lawsuit():
    text = "Disney and Universal sued Midjourney over copyright on 11 June 2025."
    rest = [when(text, "11 June 2025", "2025-06-11"), argument(text, "over", "copyright")]
    (found,) = told(
        text,
        ("Disney", "sued", "sued", "Midjourney", rest, {}),
        ("Universal", "sued", "sued", "Midjourney", rest, {}),
    )
    telling, who = found
    assert telling.type == "Lawsuit"
    assert who == {("plaintiff", "Disney"), ("plaintiff", "Universal"),
                   ("defendant", "Midjourney"), ("cause", "copyright")}  # fmt: skip
    assert telling.times == ("2025-06-11",)
    assert len(telling.claims) == 2


@pytest.mark.parametrize(
    ("more", "number"),
    [
        ({}, 1),
        ({"status": "planned"}, 1),
        ({"status": "possible"}, 1),
        ({"status": "claimed"}, 1),
        ({"status": "denied", "polarity": "negative"}, 0),
        ({"status": "asserted", "polarity": "negative"}, 0),
        ({"status": "hypothetical"}, 0),
    ],
)
def test_what_is_denied_or_supposed_is_no_event(more, number):
    text = "Disney sued Midjourney."
    found = told(text, ("Disney", "sued", "sued", "Midjourney", [], more))
    assert len(found) == number
    assert all(telling.status == more.get("status", "asserted") for telling, _ in found)


def test_a_place_of_death_and_a_date_of_death_are_one_death():
    text = "Ada Berg died in Leeds on 5 August 2019."
    one = ("Ada Berg", "died", "diedIn", "Leeds", [], {})
    day = when(text, "5 August 2019", "2019-08-05")
    ((telling, who),) = told(text, one, ("Ada Berg", "died", "dateOfDeath", "Ada", [day], {}))
    assert telling.type == "Death"
    assert who == {("deceased", "Ada Berg")}
    assert [words for words, _ in telling.places] == ["Leeds"]


def test_words_that_overlap_tell_of_one_event_of_a_participant_that_both_have():
    text = "Ada Berg was appointed chairwoman by Novatek."
    ((telling, who),) = told(
        text,
        ("Novatek", "was appointed", "appointed", "Ada Berg", [], {}),
        ("Ada Berg", "appointed chairwoman", "hasRole", "chairwoman", [], {}),
    )
    assert telling.type == "Appointment"
    assert who == {("appointee", "Ada Berg"), ("appointer", "Novatek"), ("post", "chairwoman")}


@pytest.mark.parametrize(
    ("text", "claims", "kind"),
    [
        (
            "A car bombing killed five people.",
            ("car bombing", "killed", "killed", "five people"),
            "Attack",
        ),
        ("A fire killed five people.", ("fire", "killed", "killed", "five people"), "Disaster"),
        ("A doctor killed five people.", ("doctor", "killed", "killed", "five people"), "Death"),
        ("Disney launched a rocket.", ("Disney", "launched", "launched", "rocket"), "Launch"),
        ("Novatek won the Hugo Prize.", ("Novatek", "won", "won", "Hugo Prize"), "Award"),
        ("Novatek won the cup.", ("Novatek", "won", "won", "cup"), "Contest"),
        ("Ada Berg won the election.", ("Ada Berg", "won", "won", "election"), "Election"),
        ("A court ruled on the plan.", ("court", "ruled on", "ruledOn", "plan"), "Ruling"),
        ("Novatek won praise.", ("Novatek", "won", "won", "praise"), None),
        ("Ada Berg attacked the plan.", ("Ada Berg", "attacked", "attacked", "plan"), None),
        ("Ada Berg was the chairwoman.", ("Ada Berg", "was", "hasRole", "chairwoman"), None),
        ("The pilots went on strike.", ("pilots", "went on", None, "strike"), None),
    ],
)
def test_who_and_what_decide_the_class_of_an_event(text, claims, kind):
    found = told(text, (*claims, [], {}))
    assert [telling.type for telling, _ in found] == ([kind] if kind else [])


def test_an_open_relation_can_tell_of_a_strike():
    text = "The pilots go on strike over pay."
    pay = argument(text, "over", "pay")
    ((telling, who),) = told(text, ("pilots", "go on", None, "strike", [pay], {}))
    assert telling.type == "Strike"
    assert {role for role, _ in who} == {"striker", "cause"}


@pytest.mark.parametrize(
    ("text", "words", "target", "kind", "roles"),
    [
        ("They say be elected to the senate: Ada Berg.", "be elected to", "senate", "Election",
         {"electedPerson", "post"}),
        ("They say die in her sleep: Ada Berg.", "die in", "sleep", "Death", {"deceased"}),
    ],
)  # fmt: skip
def test_open_relations_of_persons_tell_of_events(text, words, target, kind, roles):
    ((telling, who),) = told(text, ("Ada Berg", words, None, target, [], {}))
    assert telling.type == kind
    assert {role for role, _ in who} == roles


def test_a_crowd_is_no_competition():
    text = "Disney beat Universal in front of 31,400 people. Disney beat Universal in the final."
    crowd = argument(text, "in", "front of 31,400 people")
    final = argument(text, "in", "final")
    ((_, who),) = told(text, ("Disney", "beat", "defeated", "Universal", [crowd], {}))
    assert "competition" not in {role for role, _ in who}
    ((_, who),) = told(text, ("Disney", "beat", "defeated", "Universal", [final], {}))
    assert ("competition", "final") in who


def test_a_clock_and_a_span_are_no_date():
    text = "Disney sued Midjourney at noon within two months."
    rest = [
        when(text, "noon", "12:00:00", "xsd:time"),
        when(text, "two months", "P2M", "xsd:duration"),
    ]
    ((telling, _),) = told(text, ("Disney", "sued", "sued", "Midjourney", rest, {}))
    assert telling.times == ()


def test_roles_and_classes_are_terms_of_the_ontology():
    ontology = load_ontology()
    assert event_roles()
    for role in event_roles():
        assert "participant" in ontology.terms[role].parents, role
    for name, kind in event_classes().items():
        assert "Event" in ontology.above(name), name
        assert set(kind.core) <= event_roles()
        assert {role for _, role in kind.label} <= event_roles()


def test_a_label_names_a_few_and_counts_on():
    def taking(role, *names):
        return [Participant(role, f"e:{name}", name) for name in names]

    few = [*taking("plaintiff", "A", "B"), *taking("defendant", "C")]
    assert event_label("Lawsuit", few) == "lawsuit of A and B against C"
    many = taking("deceased", "A", "B", "C", "D", "E")
    assert event_label("Death", many) == "death of A, B, C and others"
