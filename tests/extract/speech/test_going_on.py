from __future__ import annotations

import re

import pytest
from spacy.tokens import Doc

from kg.analysis import forget
from kg.extract.speech.direct import pieces_of
from kg.extract.speech.going_on import link_speakers
from kg.model import Mention
from kg.nlp.load import load_pipeline


def linked(text: str, *clusters: tuple[str, ...]) -> str | None:
    """The first mention of the cluster of the last "he", "she" or "it" that speaks, when coreference
    has found these clusters (words in text order, an occurrence each)."""
    doc: Doc = load_pipeline()(text)
    labels = {ent.text: ent.label_ for ent in doc.ents}
    found = []
    for number, words in enumerate(clusters):
        at = 0
        for word in words:
            place = re.compile(rf"\b{word}\b").search(text, at)
            assert place is not None
            start, at = place.span()
            kind = "pronoun" if word.lower() in ("he", "she", "it", "her", "him") else "noun"
            kind = "name" if word in labels else kind
            found.append(
                Mention(start, start + len(word), word, kind, labels.get(word), number)  # type: ignore[arg-type]
            )
    doc._.kg_mentions = tuple(sorted(found, key=lambda m: m.start))
    forget(doc)
    link_speakers(doc, pieces_of(doc))
    spoke = [m for m in doc._.kg_mentions if m.kind == "pronoun"]
    if not spoke:
        return None
    return next(m.text for m in doc._.kg_mentions if m.cluster == spoke[-1].cluster)


def test_he_who_goes_on_speaking_is_the_speaker_before():
    text = 'Mayor Bo Lund said the river was high. "The crews came fast," he said.'
    assert linked(text, ("Bo Lund",)) == "Bo Lund"


def test_who_is_named_in_what_is_said_does_not_say_it():
    text = (
        "Mayor Bo Lund wrote no letter. 'The vote was called by the mayor, as he wished. "
        "'So I cannot change the list. The list was drawn up by the mayor,' he said."
    )
    assert linked(text, ("Bo Lund", "the mayor", "the mayor", "he")) is None


def test_a_link_to_what_cannot_speak_gives_way():
    text = 'Mayor Bo Lund said the plan was dead. "It cost too much," he said.'
    assert linked(text, ("Bo Lund",), ("the plan", "he")) == "Bo Lund"
    assert linked('The plan was dead. "We hated it," he said.', ("The plan", "he")) is None


def test_nobody_names_himself():
    text = 'Mayor Bo Lund said it was late. Ola Berg left. "I thank Berg for all," he said.'
    assert linked(text, ("Bo Lund",), ("Ola Berg", "Berg", "he")) is None
    text = 'Mayor Bo Lund said Berg was late. "I thank Berg for all," he said.'
    assert linked(text, ("Bo Lund",), ("Berg", "Berg", "he")) == "Bo Lund"


def test_what_the_speaker_does_in_between_is_no_other_persons():
    text = 'Bo Lund said the river was high. Lund praised them. "The crews came," he said.'
    assert linked(text, ("Bo Lund", "Lund")) == "Bo Lund"


def test_it_that_goes_on_is_a_body():
    text = 'Granton Works said sales fell. "The plan is dead," it said.'
    assert linked(text, ("Granton Works",)) == "Granton Works"


@pytest.mark.parametrize(
    ("text", "clusters"),
    [
        # somebody else has come up
        ('Bo Lund said the river was high. Ola Berg ran. "The crews came," he said.',
         (("Bo Lund",), ("Ola Berg",))),
        # of another sex
        ('Ann Lund said she was sad. "The crews came," he said.', (("Ann Lund", "she"),)),
        # a body is no "he", a person no "it"
        ('Granton Works said sales fell. "The plan is dead," he said.', (("Granton Works",),)),
        ('Bo Lund said sales fell. "The plan is dead," it said.', (("Bo Lund",),)),
    ],
)  # fmt: skip
def test_he_is_nobody_where_it_may_be_another(text: str, clusters: tuple[tuple[str, ...], ...]):
    assert linked(text, *clusters) in (None, *(c[0] for c in clusters if len(c) > 1))


def test_whom_coreference_has_found_stays():
    text = 'Bo Lund said the river was high. Ola Berg ran. "The crews came," he said.'
    assert linked(text, ("Bo Lund",), ("Ola Berg", "he")) == "Ola Berg"


@pytest.mark.parametrize(
    ("text", "clusters", "speaker"),
    [
        # named by the narrator before the other spoke
        ('Ida Berg left. Ann Lund said it was late. "The crews came," she said.',
         (("Ida Berg", "she"), ("Ann Lund",)), "Ann Lund"),
        # named in what is said alone
        ('Granton Works said the rate fell. "Orvell Steel sold the mill." Meanwhile, it said Orvell Steel was sorry.',
         (("Granton Works",), ("Orvell Steel", "it")), "Granton Works"),
        # told of since
        ('Ann Lund said it was late. The crowd cheered Ida Berg. "The crews came," she said.',
         (("Ann Lund",), ("Ida Berg", "she")), "Ida Berg"),
    ],
)  # fmt: skip
def test_who_spoke_last_speaks_on(text: str, clusters: tuple[tuple[str, ...], ...], speaker: str):
    assert linked(text, *clusters) == speaker


def test_somebody_without_a_name_speaks_on():
    text = 'Ola Berg was held. A neighbour recalled seeing Berg in the street. "I was coming home," he said.'
    assert linked(text, ("Ola Berg", "Berg", "he")) == "A neighbour"
