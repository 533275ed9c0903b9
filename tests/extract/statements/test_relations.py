"""What verbs, copulas and nouns say, and whether it is so: a sentence a case."""

from __future__ import annotations

import pytest

from kg.extract.statements.deduplicate import distinct
from kg.extract.statements.nominals import nominals
from kg.extract.statements.relations import relations
from kg.model import Article, Claim
from tests.extract.parsed import doc_of, expected, parses, told


def claims_of(sentence: str) -> list[Claim]:
    doc = doc_of(sentence)
    article = Article("a", "a", doc.text)
    return distinct([*relations(doc, article), *nominals(doc, article)])


@pytest.mark.parametrize("sentence", list(expected()))
def test_sentence_says_what_a_careful_reader_reads(sentence: str) -> None:
    assert [told(c) for c in claims_of(sentence)] == expected()[sentence]


def test_every_parse_has_its_expectation() -> None:
    assert list(parses()) == list(expected())


@pytest.mark.parametrize("sentence", list(expected()))
def test_words_stand_where_the_claim_says(sentence: str) -> None:
    text = doc_of(sentence).text
    for claim in claims_of(sentence):
        for part in (claim.subject, claim.object, *claim.arguments):
            assert 0 <= part.start <= part.head_start < part.head_end <= part.end <= len(text)
        said = claim.predicate
        assert text[said.start : said.end].split()[0] == said.text.split()[0]
        assert claim.start <= min(said.start, claim.subject.start, claim.object.start)
        assert claim.end >= max(said.end, claim.subject.end, claim.object.end)


def test_denied_is_negative_and_the_rest_positive() -> None:
    for sentence in expected():
        for claim in claims_of(sentence):
            if claim.status == "denied":
                assert claim.polarity == "negative", sentence
            if claim.status in ("asserted", "claimed", "planned"):
                assert claim.polarity == "positive", sentence


def test_keys_differ_and_repeat() -> None:
    sentence = "Helvar sued Tessin and Orbex."
    keys = [c.key for c in claims_of(sentence)]
    assert len(set(keys)) == len(keys) == 2
    assert keys == [c.key for c in claims_of(sentence)]


def test_weaker_status_wins_where_two_extractors_agree() -> None:
    first, _ = claims_of("Helvar sued Tessin and Orbex.")
    from dataclasses import replace

    hedged = replace(first, key="other", status="possible", extractor="nominals")
    (kept,) = distinct([first, hedged])
    assert kept.status == "possible"
    assert kept.extractor == "relations"
