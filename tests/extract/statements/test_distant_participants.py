from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from kg.extract.statements.distant_participants import farther
from kg.extract.statements.nominals import all_places, any_frame, participants

VOCAB = spacy.blank("en").vocab


def doc(tree: str) -> Doc:
    """``word/POS/dep/head`` a token, heads counted from 1; a head of its own number is the root."""
    rows = [token.split("/") for token in tree.split()]
    return Doc(
        VOCAB, words=[r[0] for r in rows], lemmas=[r[0] for r in rows], pos=[r[1] for r in rows],
        deps=[r[2] for r in rows], heads=[int(r[3]) - 1 for r in rows],
    )  # fmt: skip


def found(tree: str, noun: str) -> dict[str, str]:
    made = doc(tree)
    token = next(t for t in made if t.text == noun)
    return {mark: t.text for mark, t in farther(token) if mark != "self<"}


@pytest.mark.parametrize(
    ("tree", "noun", "expected"),
    [
        ("rebel/NOUN/compound/2 troops/NOUN/nsubj/3 fled/VERB/ROOT/3", "rebel",
         {"compound<": "troops"}),
        ("the/DET/det/2 decision/NOUN/ROOT/2 she/PRON/nsubj/4 made/VERB/acl:relcl/2", "decision",
         {"relcl<": "she"}),
        ("stress/NOUN/ROOT/1 exerted/VERB/acl/1 by/ADP/case/4 strings/NOUN/obl/2", "stress",
         {"acl by<": "strings"}),
        ("Mao/PROPN/nmod:poss/3 's/PART/case/1 life/NOUN/ROOT/3 and/CCONJ/cc/5 influence/NOUN/conj/3",
         "influence", {"conj 's<": "Mao"}),
        ("Chan/PROPN/ROOT/1 another/DET/det/3 leader/NOUN/appos/1", "leader", {"appos<": "Chan"}),
        ("they/PRON/nsubj/2 sent/VERB/ROOT/2 millions/NOUN/obj/2 to/ADP/case/5 labor/NOUN/obl/2",
         "labor", {"obl obj<": "millions"}),
        ("support/NOUN/nsubj/2 extends/VERB/ROOT/2 to/ADP/case/4 forces/NOUN/obl/2", "support",
         {"nsubj to<": "forces"}),
        ("they/PRON/nsubj/2 have/VERB/ROOT/2 capital/NOUN/obj/2 for/ADP/case/5 trade/NOUN/nmod/3",
         "trade", {"far subject<": "they"}),
        ("NATO/PROPN/nsubj/2 began/VERB/ROOT/2 to/PART/mark/4 award/VERB/xcomp/2 medals/NOUN/obj/4",
         "award", {"verb obj<": "medals", "verb nsubj<": "NATO"}),
    ],
)  # fmt: skip
def test_participants_stand_farther_off(tree, noun, expected):
    assert found(tree, noun) == expected


def test_a_noun_can_name_its_own_participant():
    noun = doc("a/DET/det/2 leader/NOUN/ROOT/2")[1]
    assert ("self<", noun) in all_places(noun)


def test_claims_never_rest_on_what_stands_farther_off():
    made = doc("the/DET/det/2 decision/NOUN/ROOT/2 she/PRON/nsubj/4 made/VERB/acl:relcl/2")
    noun = made[1]
    frame = any_frame(noun)
    corpus = ({"relcl<": (0.9, 0.0)}, {})
    sure = participants(noun, frame, corpus=corpus)
    assert (sure.subject, sure.object) == (None, None)
    guess = participants(noun, type(frame)("decide", {"relcl<": (0.9, 0.0)}), least=0.3)
    assert guess.subject == made[2]
