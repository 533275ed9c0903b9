"""ClearNLP-style parses, made by hand over the label set, in UD shape."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

import kg.nlp.clearnlp
from kg.nlp.clearnlp import ONLY_CLEARNLP, to_ud
from tests.support.docs import make_doc, vocab

Row = tuple[str, str]


def deps(doc: Doc) -> dict[str, Row]:
    return {t.text: (t.dep_, t.head.text) for t in doc}


CASES: list[tuple[str, dict[str, Row]]] = [
    (
        """Netflix PROPN 2 nsubj
        used VERB 0 root use
        software NOUN 2 dobj
        from ADP 3 prep
        Runway PROPN 4 pobj
        in ADP 2 prep
        July PROPN 6 pobj""",
        {
            "software": ("obj", "used"), "Runway": ("nmod", "software"), "from": ("case", "Runway"),
            "July": ("obl", "used"), "in": ("case", "July"),
        },
    ),
    (
        """The DET 2 det
        series NOUN 4 nsubjpass
        was AUX 4 auxpass be
        made VERB 0 root make
        by ADP 4 agent
        Netflix PROPN 5 pobj""",
        {
            "series": ("nsubj:pass", "made"), "was": ("aux:pass", "made"),
            "Netflix": ("obl:agent", "made"), "by": ("case", "Netflix"),
        },
    ),
    (
        """Runway PROPN 2 nsubj
        is AUX 0 root be
        not PART 2 neg
        a DET 5 det
        startup NOUN 2 attr
        in ADP 5 prep
        Paris PROPN 6 pobj""",
        {
            "startup": ("ROOT", "startup"), "is": ("cop", "startup"), "Runway": ("nsubj", "startup"),
            "not": ("advmod", "startup"), "Paris": ("nmod", "startup"),
        },
    ),
    (
        """They PRON 2 nsubj
        said VERB 0 root say
        that SCONJ 5 mark
        costs NOUN 5 nsubj
        are AUX 2 ccomp be
        lower ADJ 5 acomp""",
        {
            "lower": ("ccomp", "said"), "are": ("cop", "lower"), "costs": ("nsubj", "lower"),
            "that": ("mark", "lower"),
        },
    ),
    (
        """There PRON 2 expl
        is AUX 0 root be
        a DET 4 det
        consensus NOUN 2 attr""",
        {"consensus": ("nsubj", "is"), "is": ("ROOT", "is"), "There": ("expl", "is")},
    ),
    (
        """She PRON 2 nsubj
        was AUX 0 root be
        in ADP 2 prep
        Rome PROPN 3 pobj""",
        {"Rome": ("ROOT", "Rome"), "was": ("cop", "Rome"), "She": ("nsubj", "Rome")},
    ),
    (
        """She PRON 2 nsubj
        gave VERB 0 root give
        him PRON 2 dative
        all DET 6 predet
        the DET 6 det
        rights NOUN 2 dobj
        back ADV 2 prt""",
        {
            "him": ("iobj", "gave"), "rights": ("obj", "gave"), "all": ("det:predet", "rights"),
            "back": ("compound:prt", "gave"),
        },
    ),
    (
        """She PRON 2 nsubj
        gave VERB 0 root give
        money NOUN 2 dobj
        to ADP 2 dative
        them PRON 4 pobj""",
        {"them": ("obl", "gave"), "to": ("case", "them")},
    ),
    (
        """After ADP 5 prep
        leaving VERB 1 pcomp leave
        Sony PROPN 2 dobj
        he PRON 5 nsubj
        founded VERB 0 root found
        his PRON 7 poss
        firm NOUN 5 dobj""",
        {
            "leaving": ("advcl", "founded"), "After": ("mark", "leaving"),
            "his": ("nmod:poss", "firm"),
        },
    ),
    (
        """According VERB 6 prep
        to ADP 1 prep
        sources NOUN 2 pobj
        , PUNCT 6 punct
        it PRON 6 nsubj
        fell VERB 0 root fall
        last ADJ 8 amod
        year NOUN 6 npadvmod""",
        {
            "sources": ("obl", "fell"), "According": ("case", "sources"), "to": ("case", "sources"),
            "year": ("obl:unmarked", "fell"),
        },
    ),
    (
        """actors NOUN 0 root actor
        , PUNCT 1 punct
        writers NOUN 1 conj writer
        and CCONJ 3 cc
        crews NOUN 3 conj crew
        who PRON 7 nsubj
        struck VERB 1 relcl strike""",
        {
            "writers": ("conj", "actors"), "crews": ("conj", "actors"), "and": ("cc", "crews"),
            "struck": ("acl:relcl", "actors"),
        },
    ),
    (
        """It PRON 2 nsubj
        works VERB 0 root work
        in ADP 2 prep
        Paris PROPN 3 pobj
        and CCONJ 3 cc
        in ADP 3 conj
        London PROPN 6 pobj""",
        {"Paris": ("obl", "works"), "London": ("conj", "Paris"), "and": ("cc", "London")},
    ),
    (
        """It PRON 2 nsubj
        plans VERB 0 root plan
        to PART 4 aux to XPOS=TO
        seem VERB 2 xcomp seem
        small ADJ 4 acomp""",
        {"to": ("mark", "seem"), "seem": ("xcomp", "plans"), "small": ("xcomp", "seem")},
    ),
    (
        """It PRON 2 nsubj
        costs VERB 0 root cost
        $ SYM 6 quantmod
        about ADV 6 quantmod
        11 NUM 6 compound
        billion NUM 2 dobj""",
        {"$": ("obj", "costs"), "billion": ("nummod", "$"), "11": ("compound", "billion")},
    ),
    (
        """What PRON 2 csubjpass
        happened VERB 3 csubjpass happen
        confirmed VERB 0 root confirm
        both CCONJ 5 preconj
        named VERB 3 oprd name
        yes INTJ 3 intj""",
        {
            "happened": ("csubj:pass", "confirmed"), "both": ("cc:preconj", "named"),
            "named": ("xcomp", "confirmed"), "yes": ("discourse", "confirmed"),
        },
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "expected"), CASES)
def test_clearnlp_tree_becomes_ud(rows: str, expected: dict[str, Row]) -> None:
    got = deps(to_ud(make_doc(rows)))
    assert {k: got[k] for k in expected} == expected


@pytest.mark.parametrize(("rows", "_"), CASES)
def test_result_is_one_tree_a_sentence_without_clearnlp_labels(rows: str, _: object) -> None:
    doc = to_ud(make_doc(rows))
    assert sum(t.head.i == t.i for t in doc) == 1
    assert not {t.dep_ for t in doc} & (ONLY_CLEARNLP - {"mark"})
    for token in doc:
        assert token.is_ancestor(token) is False


def test_every_label_of_spacys_english_parser_is_covered() -> None:
    used = {line.split()[3] for rows, _ in CASES for line in rows.splitlines()}
    spacys = {
        "nsubjpass", "auxpass", "dobj", "dative", "prep", "pobj", "pcomp", "attr", "acomp", "agent",
        "poss", "relcl", "npadvmod", "quantmod", "prt", "neg", "csubjpass", "predet", "preconj",
        "intj", "oprd",
    }  # fmt: skip
    assert spacys <= used


def test_a_ud_tree_is_left_alone() -> None:
    doc = make_doc("Ann PROPN 2 nsubj\nlives VERB 0 root\nin ADP 4 case\nRome PROPN 2 obl")
    before = deps(doc)
    assert deps(to_ud(doc)) == before


def test_names_of_persons_hang_on_their_first_word() -> None:
    doc = make_doc(
        "CEO PROPN 3 compound\nTed PROPN 3 compound\nSarandos PROPN 4 nsubj\n"
        "spoke VERB 0 root speak\nto ADP 4 prep\nus PRON 5 pobj",
        ents={"Ted Sarandos": "PERSON"},
    )
    got = deps(to_ud(doc))
    assert got["Ted"] == ("nsubj", "spoke")
    assert got["Sarandos"] == ("flat", "Ted")


def test_missing_morphology_comes_from_the_tag() -> None:
    doc = Doc(vocab(), words=["They", "left"], tags=["PRP", "VBD"], pos=["PRON", "VERB"],
              heads=[1, 1], deps=["nsubj", "ROOT"])  # fmt: skip
    to_ud(doc)
    assert doc[1].morph.get("Tense") == ["Past"]


def test_component_has_a_factory() -> None:
    nlp = spacy.blank("en")
    assert kg.nlp.clearnlp.make_clearnlp_to_ud is not None
    nlp.add_pipe("kg_clearnlp_to_ud")
    assert nlp("No parse here").text == "No parse here"
