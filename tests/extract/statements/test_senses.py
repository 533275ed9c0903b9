"""Words of a heavy sense and a light one: what a sentence tells by which of them."""

from __future__ import annotations

import pytest

from kg.extract import extract
from kg.model import Article
from kg.nlp.load import load_pipeline


def said(text: str) -> set[str]:
    """ "subject | relation | object", a relation of the ontology by its name."""
    found = extract(load_pipeline()(text), Article("a", "a", text)).claims
    return {
        f"{c.subject.label} | {c.predicate.property or c.predicate.label} | {c.object.label}"
        for c in found
    }


@pytest.mark.parametrize(
    ("text", "expected", "never"),
    [
        ("Peru occupies a fine location at the sea.", "Peru | occupy |", "occupied"),
        ("Karl Holm occupied the post of treasurer.", "Karl Holm | occupy |", "occupied"),
        ("Chile occupied Peru in 1881.", "Chile | occupied | Peru", "occupy"),
        ("The Labour Party took control of the Senate.", "Labour Party | take control of |", "acquired"),
        ("Orbex took control of Velmar Steel.", "Orbex | acquired | Velmar Steel", "take control of"),
        ("Karl Holm attacked Ida Moss as a liar.", "Karl Holm | attack |", "attacked"),
        ("Karl Holm led the Leeds Bears with 32 points.", "Karl Holm | lead |", "leads"),
        ("Karl Holm leads the Labour Party.", "Karl Holm | leads | Labour Party", "lead"),
        ("Karl Holm assembled a team of lawyers.", "Karl Holm | assemble |", "manufactures"),
        ("Chile attacked Peru in 1879.", "Chile | attacked | Peru", "attack"),
        ("Ida Moss moved from Lima to Oslo in May.", "Ida Moss | residesIn | Oslo", "residesIn | Lima"),
        ("Karl Holm attended the Peruvian General Assembly.", "Karl Holm | attend |", "educatedAt"),
        ("A Lima court jailed five suspects pending trial.", "Lima court | jail |", "sentenced"),
        ("A Lima court jailed Karl Holm for two years.", "Lima court | sentenced | Karl Holm", "jail"),
        ("The guards harassed Karl Holm.", "guard | harass | Karl Holm", "assaulted"),
        ("The illness has devastated poor women.", "illness | devastate |", "destroyed"),
        ("The storm devastated Lima.", "storm | destroyed | Lima", "devastate"),
        ("Guards lowered the gates of the dam.", "guard | lower |", "reduced"),
        ("Ida Moss was sitting outside a café in Lima.", "Ida Moss | sit", "locatedIn"),
        ("Peru broke away from Chile in 1825.", "Peru | break away from | Chile", "break in"),
        ("On Monday, the Senate voted to cut aid.", "Senate | reduced | aid", "vote on"),
        ("In other news, Ida Moss was ambushed near Lima.", "Ida Moss | be ambushed near | Lima", "be ambushed in"),
        ("The new frames weigh 41 grams.", "new frame | weigh | 41 grams", "considers"),
        ("The council is weighing a ban on cars.", "council | considers | ban on cars", "weigh"),
        ("Ida Moss overturned the theory.", "Ida Moss | overturn | theory", "repealed"),
        ("A Lima court overturned the ban.", "Lima court | repealed | ban", "overturn"),
        ("Karl Holm refused to travel to Lima.", "Karl Holm | travel to | Lima", "visited"),
        ("Karl Holm was going to Lima when the guards stopped him.", "Karl Holm | go to | Lima", "visited"),
        ("Karl Holm did not travel to Lima.", "Karl Holm | visited | Lima", "travel"),
        ("Karl Holm is travelling to Lima next week.", "Karl Holm | visited | Lima", "travel"),
        ("The bank left untouched its forecast for sales.", "bank | leave untouched | forecast", "leave | "),
        ("Ida Moss died in 1990.", "Ida Moss | dateOfDeath | 1990", "diedIn"),
        ("Lund hit Venn for a five-yard touchdown.", "Lund | hit | Venn", "struck"),
        ("A truck hit Ida Moss in Lima.", "truck | struck | Ida Moss", "hit |"),
        ("The Bears will meet the Leeds Rovers in the semifinal.", "Bears | meet | Leeds Rovers", "metWith"),
        ("Karl Holm met Ida Moss in Lima.", "Karl Holm | metWith | Ida Moss", "meet"),
        ("Leeds was led by Karl Holm, who scored 19 points.", "Karl Holm | lead |", "leads"),
        ("Peru breached the threshold of 300 cases.", "Peru | breach |", "violated"),
        ("Orbex breached the contract.", "Orbex | violated | contract", "breach"),
        ("The council adopted a decision on the dam.", "council | adopt |", "used"),
        ("The council adopted the technology.", "council | used | technology", "adopt"),
        ("Karl Holm ran a red light in Lima.", "Karl Holm | run |", "operates"),
        ("Karl Holm runs a hotel in Lima.", "Karl Holm | operates | hotel", "run"),
        ("Orbex was recruiting nurses.", "Orbex | recruit |", "hired"),
        ("Orbex recruited nurses.", "Orbex | hired | nurse", "recruit"),
        ("The news prompted Karl Holm.", "news | prompt | Karl Holm", "causes"),
        ("The news prompted a protest.", "news | causes | protest", "prompt"),
        ("Ida Moss went to Leeds University.", "Ida Moss | go to | Leeds University", "visited"),
        ("The cut, which is located in the Mediterranean between Sicily and Tunisia, grew.", "cut | locatedIn |", "headquarteredIn"),
        ("In 2004, about 170 pilgrims were killed.", "about 170 pilgrims | be killed in | 2004", "diedIn"),
    ],
)  # fmt: skip
def test_a_relation_has_the_weight_that_its_ends_give_it(text: str, expected: str, never: str):
    assert any(one.startswith(expected) for one in said(text))
    assert not any(f"| {never} |" in f"{one} |" for one in said(text))


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The United Nations food agency says the harvest has failed.", "United Nations food agency"),
        ("The United Nations nuclear agency says the harvest has failed.", "United Nations nuclear agency"),
        ("The Interfax news agency says the harvest has failed.", "Interfax"),
    ],
)  # fmt: skip
def test_a_part_of_a_body_speaks_for_itself(text: str, speaker: str):
    (quote,) = extract(load_pipeline()(text), Article("a", "a", text)).quotes
    assert quote.speaker is not None
    assert quote.speaker.label == speaker


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("Medals will be awarded in eight events Sunday.", "won"),
        ("Ida Moss was elected by a landslide.", "elected"),
        ("Etihad Airways flies to Baghdad.", "visited"),
        ("Ida Moss attended a ceremony at the Tarn School of Medicine.", "educatedAt"),
        ("The Pakistani-based group Tarn Front sued Orbex.", "headquarteredIn"),
        ("The Red Cross has appealed for $3 million in food aid for Iraqis this year.", "Iraqis"),
    ],
)  # fmt: skip
def test_who_or_what_has_another_part_is_not_told_in_this_one(text: str, never: str):
    assert not any(never in one.split(" | ") for one in said(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Peruvian media quote Karl Holm as saying it would wait.", "Peruvian media | quote | Karl Holm"),
        ("Tens of thousands of Somalis fled to Norway.", "tens of thousands of Somalis | flee to | Norway"),
        ("Peruvian authorities closed Orbex.", "Peruvian authorities | closed | Orbex"),
        ("Vega Cup, the first Grand Slam tennis tournament of the season, began.",
         "Vega Cup | isA | first Grand Slam tennis tournament of season"),
        ("Acme signed a deal to buy Orbex.", "Acme | bought | Orbex"),
        ("More than 40 bakers and young cooks were killed in a raid.", "more than 40 bakers and young cooks | be killed in | raid"),
        ("Peru's bakers closed Orbex.", "Peru's bakers | closed | Orbex"),
        ("Peru has denied involvement in any of the attacks.", "Peru | denied | involvement in any of attacks"),
    ],
)  # fmt: skip
def test_a_label_keeps_what_makes_it_true(text: str, expected: str):
    assert expected in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "Karl Holm, the director, has created a new position to lead Orbex Institute efforts in Peru.",
        "Peru and Karl Holm signed an agreement to lead the Orbex Institute.",
        "Karl Holm has withdrawn his candidacy to lead the Orbex Institute.",
        "The team's leader, Ida Moss of Orbex's Moon Laboratory, resigned.",
        "Chile invited Peru's pro-independence leader, Karl Holm, for talks.",
    ],
)  # fmt: skip
def test_who_sets_it_up_is_not_who_will_do_it(text: str):
    assert not any("| leads |" in one for one in said(text))


def test_no_number_has_staff_and_a_town_lies_in_no_other():
    text = "Karl Holm is the best player on the team at number five."
    held = [
        c
        for c in extract(load_pipeline()(text), Article("a", "a", text)).claims
        if c.predicate.property == "hasRole"
    ]
    assert all(a.label != "number five" for c in held for a in c.arguments)
    text = "Rebels attacked the town of Vell, 120 kilometers south Port Rosk on the coast."
    assert not any(one.startswith("Port Rosk | locatedIn") for one in said(text))


def test_who_says_it_behind_a_comma_is_the_subject():
    text = "Bishop Karl Holm mourned for Peer Vega, saying that he had admired the late mayor."
    found = extract(load_pipeline()(text), Article("a", "a", text)).quotes
    assert {q.speaker.label for q in found if q.speaker is not None} == {"Karl Holm"}


def test_who_is_quoted_saying_it_speaks():
    text = "The Lima Press quotes the baker Karl Holm saying the mill has closed."
    found = extract(load_pipeline()(text), Article("a", "a", text)).quotes
    assert [q.speaker.label for q in found if q.speaker is not None] == ["Karl Holm"]


def test_who_is_blamed_for_it_has_done_it():
    text = "Karl Holm was fined by the city of Lima for dumping waste."
    told = said(text)
    assert "Karl Holm | dump | waste" in told
    assert not any("Lima" in one and "| dump |" in one for one in told)


def test_a_visit_that_is_dated_ahead_has_not_been_made():
    text = "The accord comes ahead of President Karl Holm's visit to Peru next week."
    claims = extract(load_pipeline()(text), Article("a", "a", text)).claims
    assert {c.status for c in claims if c.predicate.property == "visited"} == {"planned"}


def test_a_president_is_not_where_the_same_person_governed():
    text = "Ida Moss has known President Karl Holm since he became the governor of Texas."
    assert "Karl Holm | hasRole | president" in said(text)
    held = [
        c
        for c in extract(load_pipeline()(text), Article("a", "a", text)).claims
        if c.object.label == "president"
    ]
    assert not any(a.label == "Texas" for c in held for a in c.arguments)


def test_each_of_several_chairmen_is_a_chairman():
    told = said("Karl Holm and Ida Moss, chairmen of the Lima council, resigned.")
    assert not any("chairmen" in one for one in told)
