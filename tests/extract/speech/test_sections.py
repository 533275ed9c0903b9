"""A round-up of several short talks: whose answers are whose, section by section."""

from __future__ import annotations

import pytest

from kg.extract.speech.parties import named
from kg.extract.speech.sections import sections
from kg.extract.speech.turns import turns_of
from kg.model import Article
from kg.nlp.load import load_pipeline
from kg.pipeline import parse
from kg.read.article import Facts, article

LEAD = "The pier closed in May. The Harbour Post spoke to those who worked on it."
ADA = "Ada Venn has baked on the quay for nine years."
BAKER = ("What did you lose?", "I lost half of my customers. My sister left in June.")
STAY = ("Will you stay?", "I will, until my lease ends.")
PILOT = ("When did you stop?", "I stopped in August. The council cut our grant.")
PROTEST = ("Did you protest?", "We did. I wrote to the minister.")


def page(*lines: str) -> Article:
    return article("\n\n".join((LEAD, *lines)), "a.txt", Facts())


def answering(*lines: str) -> list[str]:
    """Who gives each answer of a page of these lines."""
    given = page(*lines)
    doc = parse(given, load_pipeline())
    return [t.speaker.name for t in named(doc, given, turns_of(given)) if not t.asks]


@pytest.mark.parametrize(
    ("introduction", "guest"),
    [
        ("Tomas Lund flew the last mail plane.", "Tomas Lund"),
        ("Tomas Lund, 61, flew the mail plane, which Greta Ost had paid for.", "Tomas Lund"),
        ("Tomas Lund, pilot. He talked to us in the hangar.", "Tomas Lund"),
        ("Tomas Lund and Greta Ost flew the last mail plane.", "interviewee"),
        ("She did not want to see her name in print.", "interviewee"),
        ("She asked us not to print her name.", "interviewee"),
        ("Little Sorrel has 190 people and an airfield.", "interviewee"),
        ("Venn also flew the last mail plane.", "Ada Venn"),
    ],
)
def test_a_section_says_who_answers_in_it(introduction: str, guest: str) -> None:
    lines = ("The baker", ADA, *BAKER, *STAY, "The hangar", introduction, *PILOT, *PROTEST)
    assert answering(*lines) == ["Ada Venn"] * 2 + [guest] * 2


def test_each_of_three_sections_has_its_guest() -> None:
    pilot = ("The pilot", "Tomas Lund flew the last mail plane.", *PILOT)
    nurse = (
        "The nurse",
        "Greta Ost runs the ward.",
        "How are you?",
        "I am tired. My ward is full.",
    )
    assert answering("The baker", ADA, *BAKER, *STAY, *pilot, *nurse) == [
        *("Ada Venn", "Ada Venn", "Tomas Lund", "Greta Ost"),
    ]


def test_the_first_guest_may_be_introduced_by_the_lead() -> None:
    pilot = ("The pilot", "Tomas Lund flew the last mail plane.", *PILOT, *PROTEST)
    assert answering(ADA, *BAKER, *STAY, *pilot) == ["Ada Venn"] * 2 + ["Tomas Lund"] * 2


def test_a_name_taken_for_a_place_is_a_person_under_a_heading_that_calls_one() -> None:
    shop = "Ishbel Corrie runs the only bakery on Little Sorrel."
    assert answering("The baker", ADA, *BAKER, *STAY, "The shopkeeper", shop, *PILOT, *PROTEST) == [
        *["Ada Venn"] * 2,
        *["Ishbel Corrie"] * 2,
    ]


@pytest.mark.parametrize("after", [(), ("I sold my van, too. It was my last.",)])
def test_a_cross_head_begins_no_section(after: tuple[str, ...]) -> None:
    lines = (ADA, *BAKER, *STAY, "On leaving", *after, *PILOT, *PROTEST)
    given = page(*lines)
    assert sections(given, turns_of(given)) == ()
    assert set(answering(*lines)) == {"Ada Venn"}


def test_one_introduction_amid_a_talk_that_names_nobody_changes_nothing() -> None:
    told = "The grant was cut in a vote of nine to four."
    assert set(answering(ADA, *BAKER, *STAY, "On the grant", told, *PILOT, *PROTEST)) == {
        "Ada Venn"
    }


def test_a_section_is_its_heading_its_introduction_and_its_turns() -> None:
    pilot = "Tomas Lund flew the last mail plane."
    given = page("The baker", ADA, *BAKER, *STAY, "The pilot", pilot, *PILOT, *PROTEST)
    found = sections(given, turns_of(given))
    assert [given.text[slice(*one.heading)] for one in found] == ["The baker", "The pilot"]
    assert [given.text[one.start : one.end] for one in found] == [ADA, pilot]
    assert [len(one.turns) for one in found] == [4, 4]


def test_a_heading_may_introduce_a_guest_itself() -> None:
    first, second = "The baker: Ada Venn, 52, Sorrel Quay", "The pilot: Tomas Lund, 61"
    assert answering(first, *BAKER, *STAY, second, *PILOT, *PROTEST) == [
        *["Ada Venn"] * 2, *["Tomas Lund"] * 2,
    ]  # fmt: skip
    assert sections(page(first, *BAKER), turns_of(page(first, *BAKER))) == ()
