"""What a name can be, by the signs of a whole article."""

from __future__ import annotations

import re

import pytest
from spacy.tokens import Doc, Span

from kg.nlp.consistency import entity_consistency
from kg.nlp.load import load_pipeline
from tests.support.docs import make_doc

#: Sentences as they are parsed.
PARSED = {
    "which": "Orvell:PROPN:8:nsubj ,:PUNCT:4:punct which:PRON:4:nsubj makes:VERB:1:acl:relcl:make "
    "paint:NOUN:4:obj:paint:NN ,:PUNCT:1:punct has:AUX:8:aux closed:VERB:0:ROOT:close",
    "who": "Orvell:PROPN:8:nsubj ,:PUNCT:4:punct who:PRON:4:nsubj makes:VERB:1:acl:relcl:make "
    "paint:NOUN:4:obj:paint:NN ,:PUNCT:1:punct has:AUX:8:aux closed:VERB:0:ROOT:close",
    "shares": "Shares:NOUN:4:nsubj:share:NNS in:ADP:3:case Orvell:PROPN:1:nmod fell:VERB:0:ROOT:fall",
    "spokesman": "A:DET:2:det spokesman:NOUN:5:nsubj:spokesman:NN for:ADP:4:case Orvell:PROPN:2:nmod "
    "declined:VERB:0:ROOT:decline",
    "nobody": "Nobody:PRON:4:nsubj at:ADP:3:case Orvell:PROPN:1:nmod answered:VERB:0:ROOT:answer",
    "nobody at Ida": "Nobody:PRON:4:nsubj at:ADP:3:case Ida:PROPN:1:nmod answered:VERB:0:ROOT:answer",
    "its": "Orvell:PROPN:4:nsubj on:ADP:3:case Monday:PROPN:4:obl raised:VERB:0:ROOT:raise "
    "its:PRON:6:nmod:poss prices:NOUN:4:obj:price:NNS",
    "its quarter": "Orvell:PROPN:2:nsubj lost:VERB:0:ROOT:lose a:DET:4:det quarter:NOUN:2:obj:quarter:NN "
    "of:ADP:7:case its:PRON:7:nmod:poss value:NOUN:4:nmod:value:NN",
    "its of a court": "Orvell:PROPN:2:nsubj told:VERB:0:ROOT:tell the:DET:4:det court:NOUN:2:obj:court:NN "
    "about:ADP:7:case its:PRON:7:nmod:poss plans:NOUN:2:obl:plan:NNS",
    "foods": "Orvell:PROPN:2:compound Foods:PROPN:3:nsubj grew:VERB:0:ROOT:grow",
    "fund": "Orvell:PROPN:2:compound Foundation:PROPN:3:nsubj grew:VERB:0:ROOT:grow",
    "it": "Orvell:PROPN:2:nsubj said:VERB:0:ROOT:say it:PRON:5:nsubj had:AUX:5:aux "
    "sold:VERB:2:ccomp:sell boats:NOUN:5:obj:boat:NNS",
    "it rained": "Orvell:PROPN:2:nsubj said:VERB:0:ROOT:say it:PRON:5:nsubj was:AUX:5:aux "
    "raining:VERB:2:ccomp:rain",
    "she": "Orvell:PROPN:2:nsubj said:VERB:0:ROOT:say she:PRON:5:nsubj would:AUX:5:aux "
    "leave:VERB:2:ccomp:leave",
    "chief": "Orvell:PROPN:4:compound chief:NOUN:4:compound:chief:NN executive:NOUN:4:compound:executive:NN "
    "officer:NOUN:5:nsubj:officer:NN spoke:VERB:0:ROOT:speak",
    "officer": "Orvell:PROPN:2:nmod:poss officer:NOUN:3:nsubj:officer:NN spoke:VERB:0:ROOT:speak",
    "chairman": "Orvell:PROPN:2:compound chairman:NOUN:3:compound:chairman:NN Ida:PROPN:4:nsubj spoke:VERB:0:ROOT:speak",
    "it and": "Orvell:PROPN:2:nsubj denied:VERB:0:ROOT:deny guilt:NOUN:2:obj:guilt:NN and:CCONJ:5:cc said:VERB:2:conj:say "
    "it:PRON:7:nsubj appealed:VERB:5:ccomp:appeal",
    "rival": "A:DET:2:det rival:NOUN:6:nsubj:rival:NN ,:PUNCT:4:punct Orvell:PROPN:2:appos "
    ",:PUNCT:2:punct won:VERB:0:ROOT:win",
    "maker": "The:DET:2:det chipmaker:NOUN:4:nsubj:chipmaker:NN Orvell:PROPN:2:appos grew:VERB:0:ROOT:grow",
    "Ida": "Ida:PROPN:3:nsubj Orvell:PROPN:1:flat grew:VERB:0:ROOT:grow",
    "letters": "OrvDOT:PROPN:2:nsubj closed:VERB:0:ROOT:close roads:NOUN:2:obj:road:NNS",
    "board": "Jalk:PROPN:3:nsubj Nara:PROPN:1:flat won:VERB:0:ROOT:win",
    "the board": "The:DET:2:det Jalk:PROPN:4:nsubj Nara:PROPN:2:flat denied:VERB:0:ROOT:deny it:PRON:4:obj",
    "lama": "Orvell:PROPN:3:nsubj Lama:PROPN:1:flat won:VERB:0:ROOT:win",
    "the lama": "The:DET:2:det Orvell:PROPN:4:nsubj Lama:PROPN:2:flat denied:VERB:0:ROOT:deny it:PRON:4:obj",
    "union": "The:DET:2:det head:NOUN:10:nsubj:head:NN of:ADP:5:case the:DET:5:det union:NOUN:2:nmod:union:NN "
    ",:PUNCT:7:punct Tano:PROPN:5:appos Venn:PROPN:7:flat ,:PUNCT:2:punct spoke:VERB:0:ROOT:speak",
    "Rosa": "Rosa:PROPN:3:nsubj Quell:PROPN:1:flat spoke:VERB:0:ROOT:speak",
    "to Quell": "They:PRON:2:nsubj surrendered:VERB:0:ROOT:surrender to:ADP:4:case Quell:PROPN:2:obl",
    "in Quell": "They:PRON:2:nsubj met:VERB:0:ROOT:meet in:ADP:4:case Quell:PROPN:2:obl",
    "Quell, Texas": "They:PRON:2:nsubj left:VERB:0:ROOT:leave for:ADP:4:case Quell:PROPN:2:obl "
    ",:PUNCT:6:punct Texas:PROPN:4:appos",
    "Quell said he": "Quell:PROPN:2:nsubj said:VERB:0:ROOT:say he:PRON:4:nsubj grew:VERB:2:ccomp:grow",
    "Quell grew": "Quell:PROPN:2:nsubj grew:VERB:0:ROOT:grow",
    "Ada": "Ada:PROPN:3:nsubj Lyon:PROPN:1:flat spoke:VERB:0:ROOT:speak",
    "to Lyon": "They:PRON:2:nsubj moved:VERB:0:ROOT:move to:ADP:4:case Lyon:PROPN:2:obl",
    "dredger": "The:DET:2:det dredger:NOUN:8:nsubj:dredger:NN ,:PUNCT:6:punct the:DET:6:det "
    "Orvell:PROPN:6:compound Maid:PROPN:2:appos ,:PUNCT:2:punct sank:VERB:0:ROOT:sink",
    "a dredger": "The:DET:3:det Orvell:PROPN:3:compound Maid:PROPN:8:nsubj ,:PUNCT:6:punct a:DET:6:det "
    "dredger:NOUN:3:appos:dredger:NN ,:PUNCT:3:punct sank:VERB:0:ROOT:sink",
    "ferry": "The:DET:2:det captain:NOUN:8:nsubj:captain:NN of:ADP:5:case the:DET:5:det "
    "ferry:NOUN:2:nmod:ferry:NN ,:PUNCT:7:punct Orvell:PROPN:5:appos spoke:VERB:0:ROOT:speak",
}  # fmt: skip


def row(word: str) -> str:
    form, pos, head, *rest = word.split(":")
    tie = [part for part in rest if part in _TIES or part in ("relcl", "poss")]
    lemma, *tag = rest[len(tie) :] or ["_"]
    plural = "|Number=Plur" if tag == ["NNS"] else ""
    xpos = f"XPOS={tag[0]}{plural}" if tag else "_"
    return f"{form} {pos} {head} {':'.join(tie)} {lemma or '_'} {xpos}"


_TIES = frozenset(
    "ROOT acl appos aux case cc ccomp conj compound det flat nmod nsubj obj obl punct".split()
)


def read(*sentences: str, ents: dict[str, str]) -> Doc:
    rows = ("\n".join(map(row, PARSED[name].split(" "))) for name in sentences)
    words = " ".join(word.split(":")[0] for name in sentences for word in PARSED[name].split(" "))
    there = {name: label for name, label in ents.items() if name in words}
    return entity_consistency(make_doc("\n\n".join(rows), ents=there))


def labels(*sentences: str, ents: dict[str, str]) -> dict[str, str]:
    return {span.text: span.label_ for span in read(*sentences, ents=ents).ents}


@pytest.mark.parametrize(
    "sentences",
    [
        ("which",),
        ("nobody",),
        ("maker",),
        ("chief",),
        ("shares", "spokesman"),
        ("its", "spokesman"),
        ("its", "rival"),
        ("its quarter", "rival"),
        ("chairman", "it and"),
        ("foods", "it rained"),
        ("fund", "it"),
        ("spokesman", "rival", "it"),
    ],
)
def test_a_body_is_no_person_where_the_signs_are_enough(sentences: tuple[str, ...]) -> None:
    ents = {"Orvell Foods": "ORG", "Orvell Foundation": "ORG", "Orvell": "PERSON", "Ida": "PERSON"}
    assert labels(*sentences, ents=ents)["Orvell"] == "ORG"


@pytest.mark.parametrize(
    "sentences",
    [
        ("its",),
        ("officer",),
        ("shares",),
        ("its of a court", "spokesman"),
        ("fund", "it rained"),
        ("foods", "it rained", "she"),
        ("shares", "spokesman", "who"),
        ("shares", "spokesman", "she"),
        ("nobody", "Ida"),
        ("ferry",),
    ],
)
def test_a_person_stays_one_where_they_are_few_or_one_speaks_for_it(
    sentences: tuple[str, ...],
) -> None:
    ents = {
        "Ida Orvell": "PERSON",
        "Orvell Foods": "ORG",
        "Orvell Foundation": "ORG",
        "Orvell": "PERSON",
    }
    assert labels(*sentences, ents=ents)["Orvell"] == "PERSON"


def test_letters_behind_a_part_of_a_word_are_a_bodys() -> None:
    assert labels("letters", ents={"OrvDOT": "PERSON"}) == {"OrvDOT": "ORG"}


@pytest.mark.parametrize(
    ("name", "label"), [("KVRT", "ORG"), ("WADE", "PERSON"), ("MVRT", "PERSON")]
)
def test_a_call_sign_is_a_stations(name: str, label: str) -> None:
    made = make_doc(f"They PRON 2 nsubj\ntold VERB 0 root\n{name} PROPN 2 obj", {name: "PERSON"})
    assert [span.label_ for span in entity_consistency(made).ents] == [label]


def test_only_a_body_is_named_with_the_and_without() -> None:
    person = {"Jalk Nara": "PERSON"}
    assert labels("board", "the board", ents=person) == {"Jalk Nara": "ORG"}
    assert labels("the board", ents=person) == labels("board", ents=person) == person
    lama = {"Orvell Lama": "PERSON"}
    assert labels("lama", "the lama", ents=lama) == lama


def test_a_given_name_and_the_head_of_a_body_are_a_persons() -> None:
    assert labels("nobody at Ida", ents={"Ida": "PERSON"}) == {"Ida": "PERSON"}
    assert labels("union", ents={"Tano Venn": "PERSON"}) == {"Tano Venn": "PERSON"}


@pytest.mark.parametrize(
    ("sentences", "taken", "label"),
    [
        (("Rosa", "to Quell"), "GPE", "PERSON"),
        (("to Quell",), "GPE", "GPE"),
        (("Rosa", "to Quell", "in Quell"), "GPE", "GPE"),
        (("Rosa", "Quell, Texas"), "GPE", "GPE"),
        (("Rosa", "Quell said he"), "ORG", "PERSON"),
        (("Rosa", "Quell grew"), "ORG", "ORG"),
    ],
)
def test_a_surname_alone_is_the_person_unless_it_may_be_a_place_or_body(
    sentences: tuple[str, ...], taken: str, label: str
) -> None:
    ents = {"Rosa Quell": "PERSON", "Quell": taken, "Texas": "GPE"}
    assert labels(*sentences, ents=ents)["Quell"] == label


def test_a_known_town_stays_one() -> None:
    ents = {"Ada Lyon": "PERSON", "Lyon": "GPE"}
    assert labels("Ada", "to Lyon", ents=ents)["Lyon"] == "GPE"


@pytest.mark.parametrize("sentence", ["dredger", "a dredger"])
@pytest.mark.parametrize("taken", ["GPE", "PERSON"])
def test_what_is_called_a_ship_is_no_place(sentence: str, taken: str) -> None:
    assert labels(sentence, ents={"Orvell Maid": taken}) == {"Orvell Maid": "PRODUCT"}


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Orvell Maren sold the mill. Orvell Maren’s wife, a vet, left Bern.", "PERSON"),
        ("Orvell Maren, 54, sold the mill.", "PERSON"),
        ("Orvell Maren sold the mill. It raised its prices.", "ORG"),
        ("Shares in Orvell Maren fell. Orvell Maren’s wife left Bern.", "ORG"),
    ],
)
def test_a_full_name_taken_for_a_body_is_somebodys_where_a_sure_sign_says_so(
    text: str, label: str
) -> None:
    doc = load_pipeline()(text)
    at = [doc.char_span(found.start(), found.end()) for found in re.finditer("Orvell Maren", text)]
    doc.ents = tuple(Span(doc, span.start, span.end, "ORG") for span in at if span is not None)
    found = {one.label_ for one in entity_consistency(doc).ents if one.text == "Orvell Maren"}
    assert found == {label}
