"""The shipped pipeline: the same parse in any batch, order and number of threads; odd text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.analysis import analysis_of
from kg.errors import ConfigError, UnknownName
from kg.nlp.load import SHIPPED, blank_pipeline, load_pipeline

NEWS = (
    "The harbour authority of Lisbon has adopted software from Quayside, a startup in Porto, to "
    "plan its berths. “We don't want to replace anyone,” said Ana Duarte, its director. The union, "
    "which was not consulted, may strike in March.\n\nThe deal is worth €4 million."
)
TEXTS = [
    NEWS,
    "HARBOUR STAFF WALK OUT OVER NEW SOFTWARE\n\nShe left.",
    "no capitals here and no stop at the end",
    "One.",
    "",
    "Was it fair? The court in The Hague will decide.",
]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_pipeline()


def shown(doc: Doc) -> list[tuple[object, ...]]:
    return [
        (t.text, t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_, t.head.i, t.is_sent_start,
         t.ent_iob_, t.ent_type_, analysis_of(doc).arcs[t.i])
        for t in doc
    ]  # fmt: skip


def test_a_plain_sentence_is_read_right(nlp: Language) -> None:
    doc = nlp("The company bought two theatres in Berlin.")
    assert [t.pos_ for t in doc] == ["DET", "NOUN", "VERB", "NUM", "NOUN", "ADP", "PROPN", "PUNCT"]
    assert [t.lemma_ for t in doc][1:5] == ["company", "buy", "two", "theatre"]
    assert [(t.dep_, t.head.text) for t in doc[:5]] == [
        ("det", "company"), ("nsubj", "bought"), ("ROOT", "bought"),
        ("nummod", "theatres"), ("obj", "bought"),
    ]  # fmt: skip
    assert str(doc[2].morph) == "Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin"
    assert [(e.text, e.label_) for e in doc.ents] == [("Berlin", "GPE")]


def test_a_clear_arc_is_more_certain_than_a_phrase_that_may_belong_to_either(nlp: Language) -> None:
    doc = nlp("She saw the man with the telescope.")
    arcs = dict(zip((t.text for t in doc), analysis_of(doc).arcs, strict=True))
    assert arcs["She"] > 0.95 and arcs["telescope"] < arcs["man"]
    assert all(0 <= chance <= 1 for chance in arcs.values())


def test_sentences_end_where_they_should(nlp: Language) -> None:
    starts = [s.text.split()[0] for s in nlp(NEWS).sents]
    assert starts == ["The", "“We", "The", "The"]


def test_every_sentence_is_one_tree_with_one_root(nlp: Language) -> None:
    for doc in nlp.pipe(TEXTS):
        for sent in doc.sents:
            assert [t.dep_ for t in sent if t.head.i == t.i] == ["ROOT"]
            assert {t.i for t in sent.root.subtree} == {t.i for t in sent}
            assert all(t.head in sent for t in sent)


def test_the_parse_is_the_same_in_any_batch_and_order(nlp: Language) -> None:
    alone = [shown(nlp(t)) for t in TEXTS]
    assert [shown(d) for d in nlp.pipe(TEXTS, batch_size=2)] == alone
    assert [shown(d) for d in nlp.pipe(TEXTS, batch_size=100)] == alone
    assert [shown(d) for d in nlp.pipe(TEXTS[::-1])] == alone[::-1]


@pytest.mark.parametrize("threads", [1, 2, 4])
def test_the_parse_is_the_same_with_any_number_of_threads(nlp: Language, threads: int) -> None:
    other = spacy.load(SHIPPED, config={"components": {"kg_parser": {"threads": threads}}})
    assert [shown(d) for d in other.pipe(TEXTS)] == [shown(d) for d in nlp.pipe(TEXTS)]


def test_a_paragraph_is_read_without_its_neighbours(nlp: Language) -> None:
    first, second = NEWS.split("\n\n")
    whole = [t for t in nlp(NEWS) if not t.is_space]
    parts = [t for part in (first, second) for t in nlp(part)]
    assert [(t.text, t.tag_, t.dep_, t.ent_type_) for t in whole] == [
        (t.text, t.tag_, t.dep_, t.ent_type_) for t in parts
    ]


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "\n\n\n", "🎉", "🎉🎉 👩‍👩‍👧 ✨\n✨", "a" * 10_000, "the end of " * 900, "?!" * 3000,
        "\u200b\u200b", "A.B.C." * 400, "  leading and\ttrailing  \n", "漢字 と かな", "e\u0301tude",
        "\x00\x07 bell", "|" * 50 + "\n" + "-" * 50,
    ],
)  # fmt: skip
def test_odd_text_is_parsed_all_the_same(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert doc.text == text
    for sent in doc.sents:
        assert sum(t.head.i == t.i for t in sent) == 1


def test_a_name_with_two_blanks_in_it_is_one_name(nlp: Language) -> None:
    doc = nlp("Roger  Ferguson has served as Chief Executive Officer of TIAA-CREF since 2008.")
    assert "Roger  Ferguson" in [entity.text for entity in doc.ents]


def test_words_and_sentences_that_are_given_are_kept(nlp: Language) -> None:
    words = ["They", "left", ".", "She", "did", "not"]
    doc = Doc(nlp.vocab, words=words, sent_starts=[True, False, False, False, True, False])
    parsed = next(iter(nlp.pipe([doc])))
    assert [t.text for t in parsed] == words
    assert [t.i for t in parsed if t.is_sent_start] == [0, 4]


def test_given_words_without_sentences_are_segmented(nlp: Language) -> None:
    words = ["They", "left", "the", "house", ".", "She", "did", "not", "."]
    doc = nlp(Doc(nlp.vocab, words=words))
    assert [t.i for t in doc if t.is_sent_start] == [0, 5]


def test_a_long_paragraph_is_read_in_windows(nlp: Language) -> None:
    sentence = "The harbour authority of Lisbon has adopted new software to plan its berths. "
    doc = nlp(sentence * 60)
    assert [len(s) for s in doc.sents] == [len(nlp(sentence.strip()))] * 60


@pytest.mark.parametrize("as_written", [str.upper, str.title, str.capitalize])
def test_headlines_keep_their_subject_and_verb(
    nlp: Language, as_written: Callable[[str], str]
) -> None:
    doc = nlp(as_written("minister faces trial as regulators close in"))
    found = [t.dep_ for t in doc][:6]
    assert found == ["nsubj", "ROOT", "obj", "mark", "nsubj", "advcl"]


def test_a_saved_pipeline_is_the_same_pipeline(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "copy")
    other = spacy.load(tmp_path / "copy")
    assert shown(other(NEWS)) == shown(nlp(NEWS))
    third = blank_pipeline()
    third.get_pipe("kg_parser").from_bytes(nlp.get_pipe("kg_parser").to_bytes())  # type: ignore[attr-defined]
    assert shown(third(NEWS)) == shown(nlp(NEWS))


def test_a_blank_component_says_that_it_has_no_weights() -> None:
    with pytest.raises(ConfigError, match="no weights"):
        blank_pipeline()("A text.")


def test_an_unknown_pipeline_says_what_to_install() -> None:
    with pytest.raises(UnknownName, match=r"spacy download en_no_such"):
        load_pipeline("en_no_such")
