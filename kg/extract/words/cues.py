"""The words that tell of speech, as ``words/en/cues.toml`` has them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kg.extract.words.load import word_lists

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class CueWords:
    """The word lists of ``words/en/cues.toml``. ``kind`` maps a verb's lemma to its first kind."""

    kind: dict[str, str]
    verbs: frozenset[str]
    weak: frozenset[str]
    indirect: frozenset[str]
    speaker_needed: frozenset[str]
    addressee_object: frozenset[str]
    naming: frozenset[str]
    particles: frozenset[str]
    nouns: frozenset[str]
    as_verbs: frozenset[str]
    words_of: frozenset[str]
    occasions: frozenset[str]
    documents: frozenset[str]
    outlets: frozenset[str]
    people: frozenset[str]
    times: frozenset[str]
    clause_only: frozenset[str]


@cache
def cue_words() -> CueWords:
    """The cue words that ship with the package."""
    data = word_lists("cues")
    kind: dict[str, str] = {}
    for name, lemmas in data["verbs"].items():
        for lemma in lemmas:
            kind.setdefault(lemma, name)
    use = data["use"]
    return CueWords(
        kind=kind,
        verbs=frozenset(kind) | {"point"},
        weak=frozenset(use["weak"]),
        indirect=frozenset(use["indirect"]),
        speaker_needed=frozenset(use["speaker_needed"]),
        addressee_object=frozenset(use["addressee_object"]),
        naming=frozenset(use["naming"]),
        particles=frozenset(use["particles"]),
        nouns=frozenset(data["nouns"]["lemmas"]),
        as_verbs=frozenset(data["sources"]["as_verbs"]),
        words_of=frozenset(data["sources"]["words_of"]),
        occasions=frozenset(data["occasions"]["lemmas"]),
        documents=frozenset(data["speakers"]["documents"]),
        outlets=frozenset(data["speakers"]["outlets"]),
        people=frozenset(data["speakers"]["people"]),
        times=frozenset(data["times"]["words"]),
        clause_only=frozenset(use["clause_only"]),
    )


def lemma(token: Token) -> str:
    """The lower-case lemma; a form that a lemmatiser cut too short ("emphasiz") gets its e."""
    found = token.lemma_.lower()
    known = cue_words().verbs
    return f"{found}e" if found not in known and f"{found}e" in known else found
