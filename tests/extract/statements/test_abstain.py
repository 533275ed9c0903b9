from __future__ import annotations

import pytest

from kg.extract.statements.abstain import REASONS, abstentions, reason
from kg.extract.statements.quotes import quotes
from kg.model import Article, Block
from tests.extract.trees import article, tree
from tests.support.docs import make_doc

NOTHING = """
    The  DET   2 det
    plan NOUN  3 nsubj
    {verb} VERB 0 root fail XPOS=VBD
    .    PUNCT 3 punct
"""


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("*** PUNCT 0 root", "no words"),
        ("A DET 3 det\nquiet ADJ 3 amod\nday NOUN 0 root\n. PUNCT 3 punct", "no verb"),
        ("Did AUX 3 aux\nit PRON 3 nsubj\nwork VERB 0 root\n? PUNCT 3 punct", "question"),
        ("Read VERB 0 root read XPOS=VB|Mood=Imp\nmore ADJ 1 obj\n. PUNCT 1 punct", "order"),
        ("Closing VERB 0 root close XPOS=VBG\nsoon ADV 1 advmod\n. PUNCT 1 punct", "no subject"),
        ("This PRON 2 nsubj\nhelps VERB 0 root help XPOS=VBZ\n. PUNCT 2 punct", "generic"),
        (NOTHING.format(verb="failed"), "no second participant"),
    ],
)  # fmt: skip
def test_each_reason(rows: str, expected: str):
    (sentence,) = make_doc(rows).sents
    assert reason(sentence) == expected
    assert expected in REASONS


def test_a_headline_without_a_verb_is_a_heading():
    doc = make_doc("Real ADJ 2 amod\nlife NOUN 0 root")
    block = Block("headline", 0, len(doc.text))
    found = list(
        abstentions(doc, Article(id="a", source="a", text=doc.text, blocks=(block,)), [], [])
    )
    assert [(f.start, f.end, f.reason) for f in found] == [(0, 9, "heading")]


def test_a_sentence_with_a_quote_does_not_abstain():
    doc = tree("Sales fell sharply")
    found = list(quotes(doc, article(doc)))
    assert list(abstentions(doc, article(doc), [], found)) == []
    assert len(list(abstentions(doc, article(doc), [], []))) == 1


def test_offsets_leave_out_white_space():
    doc = make_doc("A DET 2 det\nday NOUN 0 root\n¶\n" + NOTHING.format(verb="failed"))
    found = list(abstentions(doc, article(doc), [], []))
    assert [doc.text[f.start : f.end] for f in found] == ["A day", "The plan failed."]
