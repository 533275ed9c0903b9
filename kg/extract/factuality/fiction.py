"""What only happens in a story: the plot of a film, novel or play, told in the present as reviews and
announcements tell it. "The drama follows a guard *who robs his bank*" states of no guard that he did.

It is ``hypothetical``, and its ``sourcing`` are the words for the story. Who plays whom, who made the film
and what is told of it in the past stay as they stand. The words are those of ``[fiction]`` in
``words/en/rules.toml``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from spacy.tokens import Doc, Token

from kg.analysis import analysis_of
from kg.extract.factuality.standing import ASSERTED, Standing, standing
from kg.extract.grammar.annotations import name_at, names_of, text_of
from kg.extract.grammar.index import below, kids, relation, spelled
from kg.extract.grammar.labels import means_people
from kg.extract.grammar.subjects import helping_verbs, own_subject
from kg.extract.grammar.tree import children, preposition
from kg.extract.words.load import rule_words

_OWN: Final = rule_words("fiction")
_WORK: Final = "WORK_OF_ART"


def in_fiction(token: Token) -> Standing:
    """How a predicate stands in the plot of a story; asserted where it is in none."""
    story = analysis_of(token.doc).known[_plots].get(token.i)
    if story is None or any(t.tag_ == "VBD" for t in (token, *helping_verbs(token))):
        return ASSERTED
    start, last = story.left_edge.idx, story.right_edge
    words = text_of(token.doc)[start : last.idx + len(last.text)].strip(" ,;:")
    return replace(standing("hypothetical"), sourcing=" ".join(words.split()))


def _plots(doc: Doc) -> dict[int, Token]:
    """The words that tell a plot, each with the word for its story."""
    found: dict[int, Token] = {}
    for story, told in _tellings(doc):
        for word in told:
            found.setdefault(word.i, story)
    return found


def _tellings(doc: Doc) -> Iterator[tuple[Token, set[Token]]]:
    """Each word for a story, and the words that tell its plot."""
    named = [name.root for name in names_of(doc) if name.label_ == _WORK]
    for story in [*(doc[place] for place in spelled(doc, _OWN["stories"])), *named]:
        verb, mark = story.head, preposition(story)
        if relation(story) == "nsubj" and verb.lemma_ in _OWN["telling"]:
            if story in named or _is_story(story):
                yield story, {*below(verb)} - {verb, *below(story)}
        elif story not in named and not (_is_story(story) and (named or _is_screened(story))):
            continue
        elif relation(story) == "obl" and mark in _OWN["settings"] and _tells_plot(verb):
            yield story, {*below(verb)} - {*below(story)}
        for clause in children(story, "acl"):
            within = any(w.lower_ in _OWN["wherein"] for w in below(clause))
            if within and _tells_plot(clause):
                yield story, {*below(clause)}
    for place in spelled(doc, _OWN["playing"]):
        for role in _roles(doc[place]):
            yield role, {*below(role)} - {role}


def _is_story(word: Token) -> bool:
    """Whether a noun means a work of fiction, no documentary."""
    before = {w.lower_ for w in children(word, "amod", "compound")}
    return word.pos_ == "NOUN" and before.isdisjoint(_OWN["true"])


def _is_screened(word: Token) -> bool:
    """Whether it is no series of matches or episode of one's life, where no work is named."""
    before = {w.lower_ for w in children(word, "amod", "compound")}
    return word.lower_ not in _OWN["open"] or not before.isdisjoint(_OWN["screen"])


def _tells_plot(verb: Token) -> bool:
    """Whether it is what somebody does in a story, and nothing that is done for it ("in the film, Berg
    *plays* a guard", "in the film, Orvo *uses* a model")."""
    who = own_subject(verb)
    if who is None or verb.lemma_ in _OWN["made"]:
        return False
    if not _is_person(who) and (who.pos_ != "PRON" or name_at(who) is not None):
        return False
    return any(
        t.tag_ in ("VBZ", "VBP") for t in (verb, *helping_verbs(verb), *children(verb, "cop"))
    )


def _roles(verb: Token) -> Iterator[Token]:
    """Whom an actor plays: "plays *a guard* who", "stars as *Mia Vogel*, a lawyer who"."""
    plays = verb.lemma_ in _OWN["acting"]
    for noun in (*kids(verb), *(c for star in children(verb, "obj") for c in kids(star))):
        of_role = plays and relation(noun) == "obj" and noun.head == verb
        of_role = of_role or (relation(noun) in ("obl", "nmod") and preposition(noun) == "as")
        if of_role and _is_person(noun):
            yield noun


def _is_person(noun: Token) -> bool:
    name = name_at(noun)
    return means_people(noun) if name is None else name[2] == "PERSON"
