from __future__ import annotations

import pytest

from kg.extract.statements.posts import posts
from kg.extract.statements.roles import roles
from kg.model import Article, Claim
from kg.nlp.load import load_pipeline
from tests.extract.trees import article, tree
from tests.support.docs import Entities, make_doc

Triple = tuple[str, str, str]


def claims(name: str) -> list[Claim]:
    doc = tree(name)
    return list(roles(doc, article(doc)))


def triples(name: str) -> set[Triple]:
    return {
        (c.subject.label, c.predicate.property or c.predicate.label, c.object.label)
        for c in claims(name)
    }


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Maria Lopez, Acme's chief executive",
         {("Maria Lopez", "hasRole", "chief executive"),
          ("Maria Lopez", "chiefExecutiveOf", "Acme")}),
        ("Acme CEO Maria Lopez",
         {("Maria Lopez", "hasRole", "CEO"), ("Maria Lopez", "chiefExecutiveOf", "Acme")}),
        ("John Smith is president",
         {("John Smith", "hasRole", "president"), ("John Smith", "leads", "France")}),
        ("Maria Lopez was named chairman",
         {("Maria Lopez", "hasRole", "chairman"), ("Maria Lopez", "leads", "Acme")}),
        ("Maria Lopez serves as director",
         {("Maria Lopez", "hasRole", "director"), ("Maria Lopez", "leads", "Acme Institute")}),
        ("Maria Lopez, founder and CEO",
         {("Maria Lopez", "hasRole", "founder"), ("Maria Lopez", "founded", "Acme"),
          ("Maria Lopez", "hasRole", "CEO"), ("Maria Lopez", "chiefExecutiveOf", "Acme")}),
        ("Acme appointed Maria Lopez", {("Maria Lopez", "hasRole", "chief executive")}),
        ("Deputy Prime Minister", {("John Smith", "hasRole", "deputy prime minister")}),
        ("US Secretary of State", {("John Smith", "hasRole", "secretary of state")}),
        ("Senators John Smith",
         {("John Smith", "hasRole", "senator"), ("Maria Lopez", "hasRole", "senator")}),
        ("Former president", {("John Smith", "hasRole", "president")}),
        ('"We built it in a week," said',
         {("Maria Lopez", "hasRole", "head"), ("Maria Lopez", "leads", "Acme")}),
        ("Lopez wrote the song", set()),
        ("The minister said", set()),
    ],
)  # fmt: skip
def test_who_holds_which_post_where(sentence: str, expected: set[Triple]):
    assert triples(sentence) == expected


def test_the_post_says_where():
    (claim,) = claims("US Secretary of State")
    assert [(a.role, a.label) for a in claim.arguments] == [("at", "US")]
    claim = claims("Maria Lopez, Acme's chief executive")[0]
    assert [(a.role, a.label) for a in claim.arguments] == [("at", "Acme")]


def arguments_of(claim: Claim) -> list[str]:
    return [f"{a.role} {a.label}" for a in claim.arguments]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Norwegian prime minister", {("Erna Lund", "hasRole", "prime minister", "at Norway"),
                                      ("Erna Lund", "leads", "Norway")}),
        ("American director", {("Ben Cole", "hasRole", "director"),  # whence, not where
                               ("Jan Rot", "hasRole", "ambassador", "of Poland")}),
        ("Ben Cole, a prominent", {("Ben Cole", "hasRole", "civil rights leader"),
                                   ("Anna Holm", "hasRole", "physics professor")}),
        ("Carl Weber, a director", {("Carl Weber", "hasRole", "director", "at Atlas Bank",
                                     "time former")}),  # he resigned
        ("Roads and Bridges", {("Anil Dutta", "hasRole", "roads and bridges minister")}),
        ("Elaine Lund, the Secretary", {("Elaine Lund", "hasRole", "secretary of transportation",
                                         "time former")}),
        ("Holm's chief of staff", {("Lars Moe", "hasRole", "chief of staff", "of Holm",
                                    "time former")}),
        ("Anna Holm was elected", {("Anna Holm", "hasRole", "fellow", "at Royal Society"),
                                   ("Anna Holm", "memberOf", "Royal Society")}),
    ],
)  # fmt: skip
def test_which_post_it_is_and_of_whom(sentence: str, expected: set[tuple[str, ...]]):
    assert {
        (c.subject.label, c.predicate.property or "", c.object.label, *arguments_of(c))
        for c in claims(sentence)
    } == expected


def test_a_former_post_is_asserted_with_its_time_and_no_present_relation():
    (claim,) = claims("Former president")
    assert claim.status == "asserted"
    assert [(a.role, a.label) for a in claim.arguments] == [("time", "former")]


def test_a_person_without_a_name_is_taken_from_the_apposition():
    assert triples("The company's chairman") >= {("John Smith", "hasRole", "chairman")}


def test_the_organisation_of_a_shared_post_is_that_of_the_other_holder():
    from tests.support.docs import make_doc

    doc = make_doc(
        """
        Acme   PROPN 2 compound
        co-CEO NOUN  3 nmod:desc
        Maria  PROPN 5 nsubj
        Lopez  PROPN 3 flat
        spoke  VERB  0 root     speak XPOS=VBD
        .      PUNCT 5 punct

        Co-CEO NOUN  2 nmod:desc co-ceo
        John   PROPN 4 nsubj
        Smith  PROPN 2 flat
        agreed VERB  0 root     agree XPOS=VBD
        .      PUNCT 4 punct
        """,
        {"Acme": "ORG", "Maria Lopez": "PERSON", "John Smith": "PERSON"},
    )
    found = [
        (c.subject.label, c.object.label, c.confidence)
        for c in roles(doc, article(doc))
        if c.predicate.property == "chiefExecutiveOf"
    ]
    assert found == [("Maria Lopez", "Acme", 0.9), ("John Smith", "Acme", 0.6)]
    evidence = [c for c in roles(doc, article(doc)) if c.subject.label == "John Smith"]
    assert all(doc.text[c.start : c.end] == "Co-CEO John Smith" for c in evidence)


def test_the_longest_post_is_read():
    doc = tree("US Secretary of State")
    assert [p.name for p in posts(doc)] == ["secretary of state"]
    doc = tree("Acme appointed Maria Lopez")
    assert [p.name for p in posts(doc)] == ["chief executive"]


def test_every_claim_stands_on_its_words():
    for name in ("Maria Lopez, founder", "Acme CEO", "Mayor John Smith"):
        doc = tree(name)
        for claim in roles(doc, article(doc)):
            for part in (claim.subject, claim.object, *claim.arguments):
                assert 0 <= part.start <= part.head_start < part.head_end <= part.end
                assert part.end <= len(doc.text)
            assert doc.text[claim.predicate.start : claim.predicate.end] == claim.predicate.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Truck driver Rosa Lind sued Orvell.", "truck driver"),
        ("Finnish open-source developer Rosa Lind sued Orvell.", "open-source developer"),
        ("Oslo-based developer Rosa Lind sued Orvell.", "developer"),  # where, not which
        ("Omar Tal, a fire service spokesman, denied it.", "fire service spokesman"),
        ("Ida Berg, a peace envoy, resigned.", "peace envoy"),
        ("Civil Aviation Minister Omar Tal resigned.", "civil aviation minister"),
        ("Ida Berg, the Secretary of Justice, resigned.", "secretary of justice"),
        ("Transportation Secretary Ida Berg resigned.", "transportation secretary"),
        ("U.S. Trade Representative Ida Berg resigned.", "trade representative"),
        # near misses: words that judge, or name where
        ("Omar Tal, a prominent leader, denied it.", "leader"),
        ("French President Ida Berg resigned.", "president"),
    ],
)
def test_a_post_has_the_words_that_tell_its_kind(text: str, expected: str):
    doc = load_pipeline()(text)
    found = [c for c in roles(doc, Article("a", "a", text)) if c.predicate.property == "hasRole"]
    assert [c.object.label for c in found] == [expected]


def from_text(text: str) -> list[Claim]:
    doc = load_pipeline()(text)
    return list(roles(doc, article(doc)))


@pytest.mark.parametrize(
    ("text", "post", "at"),
    [
        ("Special adviser Ida Orr was sent.", "special adviser", None),
        ("Assistant Oakfield County Prosecutor Rob Vale spoke.", "assistant prosecutor",
         "Oakfield County"),
        ("Leeds Council children's commissioner Ida Orr spoke.", "children's commissioner",
         "Leeds Council"),
        ("Oakfield County Prosecutor Rob Vale spoke.", "prosecutor", "Oakfield County"),
        ("The club's new coach Rob Vale spoke.", "coach", None),  # "new" is no rank
        ("Leeds Chief Deputy City Attorney Rob Vale spoke.", "chief deputy city attorney", "Leeds"),
        ("Orvell deputy group chief executive officer Rob Vale spoke.",
         "deputy group chief executive officer", "Orvell"),
        ("Leeds coach Dean Vale spoke.", "coach", "Leeds"),  # called so
    ],
)  # fmt: skip
def test_a_post_has_its_rank_and_for_whom_it_is(text: str, post: str, at: str | None):
    found = [c for c in from_text(text) if c.predicate.property == "hasRole"]
    assert [c.object.label for c in found] == [post]
    where = [a.label for c in found for a in c.arguments if a.role == "at"]
    assert at is None or where == [at]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Front's leader in Norway, Ida Orr, spoke.", {"hasRole leader, at Front", "memberOf Front"}),
        ("Ida Orr, the Redd Institute director in Peru, spoke.",
         {"hasRole director, at Redd Institute", "worksFor Redd Institute"}),
        ("Ida Orr, director of the Redd Institute in Peru, spoke.",
         {"hasRole director, at Redd Institute", "worksFor Redd Institute"}),
        ("Ida Orr is a sound designer in Norway.", {"hasRole sound designer, place Norway"}),
        ("Ida Orr, the party leader in Norway, spoke.", {"hasRole party leader, place Norway"}),
        ("Ida Orr, the Redd Institute director for Peru, spoke.",
         {"hasRole director, at Redd Institute", "worksFor Redd Institute"}),
        ("European Union Health Commissioner Ida Orr spoke.",
         {"hasRole commissioner, at European Union", "worksFor European Union"}),
        ("Leeds Court Commissioner Ida Orr spoke.",
         {"hasRole commissioner, at Leeds Court", "worksFor Leeds Court"}),
        ("Prime Minister Ida Orr of the Redd Party spoke.", {"hasRole prime minister"}),
        ("The spokesman, Lieutenant Commander Ida Orr, spoke.", {"hasRole spokesman"}),
        ("Ex-president Ida Orr spoke.", {"hasRole president, time former"}),
        ("Ida Orr, a union leader and co-founder of the Redd Party, spoke.",
         {"hasRole union leader", "hasRole co-founder, at Redd Party", "founded Redd Party"}),
        ("Then-New Jersey Governor Ida Orr spoke.", {"hasRole governor, at New Jersey, time then"}),
        ("Ida Orr once served as mayor of Leeds.", {"hasRole mayor, at Leeds, time once"}),
        ("Ida Orr served as mayor of Leeds.", {"hasRole mayor, at Leeds, time former"}),
        ("Ex-Prime Minister Ida Orr, now the president of the Redd Council, spoke.",
         {"hasRole prime minister, time former", "hasRole president, at Redd Council",
          "leads Redd Council"}),
        ("Orr, a minister and former Army colonel, spoke.", {"hasRole minister"}),
        ("He is appointed by the King or Queen, currently Queen Ida Orr.", {"hasRole queen"}),
        ("The Leeds council's Redd Party leader Ida Orr spoke.",
         {"hasRole leader, at Redd Party", "leads Redd Party"}),
        ("Ida Orr, the president of Peru, died.", {"hasRole president, at Peru, time former"}),
        ("Ida Orr, the president of Peru, was assassinated.",
         {"hasRole president, at Peru, time former"}),
        # near misses: the town's own mayor, and who speaks of the dead
        ("Ida Orr, the mayor in Leeds, spoke.", {"hasRole mayor, at Leeds", "leads Leeds"}),
        ("Ida Orr, the president of Peru, said two had died.",
         {"hasRole president, at Peru", "leads Peru"}),
    ],
)  # fmt: skip
def test_who_leads_in_a_place_leads_no_place_and_the_dead_lead_nothing(
    text: str, expected: set[str]
):
    found = set()
    for claim in from_text(text):
        further = [f"{a.role} {a.label.removeprefix('the ')}" for a in claim.arguments]
        kind = claim.predicate.property
        label = claim.object.label.removeprefix("the ")
        found.add(", ".join([f"{kind} {label}", *(further if kind == "hasRole" else [])]))
    assert found == expected


@pytest.mark.parametrize(
    ("rows", "ents", "post"),
    [
        ("Acme PROPN 3 nmod:poss\n's PART 1 case\nrecords NOUN 7 nsubj record Number=Plur\nand CCONJ 5 cc\n"
         "lawyer NOUN 3 conj lawyer Number=Sing\nVenn PROPN 5 flat\n"
         "vanished VERB 0 root vanish Tense=Past|VerbForm=Fin\n",
         [(0, 1, "ORG"), (5, 6, "PERSON")], "lawyer"),
        ("They PRON 2 nsubj they\nchose VERB 0 root choose Tense=Past|VerbForm=Fin\n"
         "teacher NOUN 2 obj teacher Number=Sing\nVenn PROPN 3 appos\nfor ADP 6 case\n"
         "president NOUN 3 nmod president Number=Sing\n",
         [(3, 4, "PERSON")], "teacher"),
    ],
)  # fmt: skip
def test_no_body_from_beside_the_post_and_no_office(rows: str, ents: Entities, post: str):
    doc = make_doc(rows, ents)
    (claim,) = [c for c in roles(doc, article(doc)) if c.predicate.property == "hasRole"]
    assert (claim.object.label, claim.arguments) == (post, ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rob Vale is the fifth NHL coach.", {("hasRole", "coach")}),
        ("NHL president Rob Vale spoke.", {("hasRole", "president"), ("leads", "NHL")}),
        ("Rob Vale was never an NHL coach.", set()),
        (
            "Leeds Rovers coach Rob Vale spoke.",
            {("hasRole", "coach"), ("worksFor", "Leeds Rovers")},
        ),
        ("South East Asia leader Rob Vale spoke.", {("hasRole", "leader")}),
        ("Peru leader Rob Vale spoke.", {("hasRole", "leader"), ("leads", "Peru")}),
        ("Rob Vale was named coach of the year.", set()),
        (
            "Rob Vale was named coach of the Leeds Rovers.",
            {("hasRole", "coach"), ("worksFor", "Leeds Rovers")},
        ),
    ],
)
def test_who_is_in_a_league_or_a_region_is_not_in_its_service(
    text: str, expected: set[tuple[str, str]]
):
    assert {(str(c.predicate.property), c.object.label) for c in from_text(text)} == expected
