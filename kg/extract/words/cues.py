"""The words that tell of speech, as ``words/en/cues.toml`` has them."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kg.extract.words.load import word_table

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class CueWords:
    """The word lists of ``words/en/cues.toml``. ``verbs`` maps a verb's lemma to its first kind."""

    verbs: Mapping[str, str]
    weak: frozenset[str]
    indirect: frozenset[str]
    speaker_needed: frozenset[str]
    addressee_object: frozenset[str]
    naming: frozenset[str]
    clause_only: frozenset[str]
    nouns: frozenset[str]
    as_verbs: frozenset[str]
    occasions: frozenset[str]
    documents: frozenset[str]
    outlets: frozenset[str]
    people: frozenset[str]
    person_endings: tuple[str, ...]
    times: frozenset[str]
    small: frozenset[str]
    subordinating: frozenset[str]
    open_questions: frozenset[str]
    before_content: frozenset[str]
    skipped: frozenset[str]
    issuing: frozenset[str]
    shared: frozenset[str]
    telling_us: frozenset[str]
    writing: frozenset[str]
    narrating: frozenset[str]


@cache
def cue_words() -> CueWords:
    """The cue words that ship with the package."""
    return word_table(CueWords, "cues")


def lemma(token: Token) -> str:
    """The lower-case lemma; a form that a lemmatiser cut too short ("emphasiz") gets its e."""
    return whole_lemma(token, cue_words().verbs)


def whole_lemma(token: Token, known: Container[str]) -> str:
    """The lower-case lemma, with the e that a lemmatiser took where only so it is ``known``."""
    found: str = token.lemma_.lower()
    return f"{found}e" if found not in known and f"{found}e" in known else found
