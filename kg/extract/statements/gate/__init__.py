"""What is not worth stating is left out here, with the reason, before anything is made of it.

`gate` goes over the claims and quotations of an article. Left out are

- ``tautology``: both ends are the same thing ("a deal is a deal", a place in itself);
- ``generic``: nobody and nothing is told at either end ("they want it", "people like things");
- ``question``: an end is what is asked for ("which minister signed it is unclear");
- ``half``: the object is only a promise of content ("expressed its willingness"), or the one who
  gets it is missing (`kg.extract.statements.complements` takes along what the text tells);
- ``condition``: unnamed things under "if" or "unless" ("unless residents need help"), and wishes
  ("may they recover");
- ``figure of speech``: the words mean something else ("buried in debt");
- ``no speaker``: said by what cannot speak, such as a storm or a strike, only thought by nobody
  in particular ("some speculated that"), or said by a "he" who is not the man whom the sentence before
  is about ("Ruiz spoke for him. He said");
- ``unheard``: said of "I" or "we" without marks, and nobody is told to say it
  (`kg.extract.speech.unmarked`).

A claim whose object is a claim that is left out goes, too. The words are in ``words/en/gate.toml``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from spacy.tokens import Doc

from kg.extract.grammar.stretches import Stretches
from kg.extract.statements.complements import completed
from kg.extract.statements.gate.figures import figure, part_of_body
from kg.extract.statements.gate.further import only_frames, open_end, strays
from kg.extract.statements.gate.generic import condition, generic, place_kills, question, tautology
from kg.extract.statements.gate.half import half, or_hurt, points_at_words
from kg.extract.statements.gate.restated import of_one_kind, of_some, once, with_own_name
from kg.extract.statements.gate.text import Text
from kg.model import Claim, Quote


@dataclass(frozen=True, slots=True)
class Refused:
    """Where something was left out, why, and the claim that was (None for a quotation)."""

    start: int
    end: int
    reason: str
    claim: Claim | None = None


@dataclass(frozen=True, slots=True)
class Gated:
    """What is stated, in its order, and what is not."""

    claims: tuple[Claim, ...]
    quotes: tuple[Quote, ...]
    refused: tuple[Refused, ...] = ()


def gate(
    doc: Doc,
    claims: Iterable[Claim],
    quotes: Iterable[Quote],
    first_person: Collection[int] = (),
) -> Gated:
    """The claims and quotations that say something, completed where they need it.

    ``first_person`` are the offsets of those "I" and "we" that somebody is known for.
    """
    text = Text(doc, first_person)
    kept: list[Claim] = []
    refused: dict[str, Refused] = {}
    for claim in claims:
        found, reason = _judged(claim, text)
        if found is None:
            refused[claim.key] = Refused(claim.start, claim.end, reason, claim)
        else:
            kept.append(found)
    out = dict(refused)
    while True:
        more = [c for c in kept if c.key not in out and c.object.claim in out]
        if not more:
            break
        out |= {c.key: Refused(c.start, c.end, out[c.object.claim or ""].reason, c) for c in more}
    silent = [
        q
        for q in quotes
        if q.speaker is not None
        and (
            text.is_mute(q.speaker)
            or (text.is_crowd(q.speaker) and text.is_guess(q))
            or text.is_passed_over(q.speaker)
        )
    ]
    nobody = [q for q in quotes if text.is_unheard(q.start, q.speaker)]
    unheard = {q.key for q in (*silent, *nobody)}
    return Gated(
        tuple(_unlinked(c, out) for c in kept if c.key not in out),
        tuple(_at_second_hand((q for q in quotes if q.key not in unheard), text)),
        (
            *out.values(),
            *(Refused(q.evidence_start, q.evidence_end, "no speaker") for q in silent),
            *(Refused(q.evidence_start, q.evidence_end, "unheard") for q in nobody),
        ),
    )


def _at_second_hand(quotes: Iterable[Quote], text: Text) -> Iterator[Quote]:
    """The quotations; one that somebody else's words tell of is only claimed: "Lund said the
    ministry *had told him that* it was over"."""
    quotes = tuple(quotes)
    cued = [(q.cue_start, q) for q in quotes if q.cue_start is not None]
    saying = Stretches((cue, cue + 1) for cue, _ in cued)
    told = {
        inner.key: outer.speaker
        for cue, outer in sorted(
            cued, key=lambda one: one[1].start - one[1].end
        )  # the innermost last
        if not (outer.cue or "")
        .lower()
        .startswith("according")  # "Lund says so, *according to* a source"
        for part in outer.parts
        for at, inner in map(cued.__getitem__, saying.touching(*part))
        if text.in_one(cue, at) and not text.is_same(outer.speaker, inner.speaker)
    }
    for quote in quotes:
        second = quote.status == "asserted" and quote.key in told
        yield replace(quote, status="claimed", attribution=told[quote.key]) if second else quote


def _unlinked(claim: Claim, out: Mapping[str, Refused]) -> Claim:
    if not any(a.claim in out for a in claim.arguments):
        return claim
    further = (replace(a, claim=None) if a.claim in out else a for a in claim.arguments)
    return replace(claim, arguments=tuple(further))


def _judged(claim: Claim, text: Text) -> tuple[Claim | None, str]:
    """The claim as it may be stated, or None and the reason."""
    for reason, holds in _REASONS:
        if holds(claim, text):
            return None, reason
    verb, noun = text.verb(claim), text.head(claim.object)
    if claim.extractor == "relations":
        found = completed(claim, verb, noun)
        if found is None:
            return None, "half"
        claim = found
    own = tuple(
        a
        for a in claim.arguments
        if not (strays(a, claim, text) or open_end(a) or only_frames(a, text) or text.is_anybody(a))
    )
    claim = claim if own == claim.arguments else replace(claim, arguments=own)
    return of_some(once(of_one_kind(with_own_name(claim, text), text), text), text), ""


def _no_speaker(claim: Claim, text: Text) -> bool:
    return claim.attribution is not None and text.is_mute(claim.attribution)


def _unheard(claim: Claim, text: Text) -> bool:
    return text.is_unheard(claim.predicate.start, claim.attribution)


_REASONS: Final[tuple[tuple[str, Callable[[Claim, Text], bool]], ...]] = (
    ("tautology", tautology),
    ("question", question),
    ("generic", generic),
    ("condition", condition),
    ("half", half),
    ("figure of speech", figure),
    ("half", points_at_words),
    ("half", or_hurt),
    ("figure of speech", part_of_body),
    ("generic", place_kills),
    ("no speaker", _no_speaker),
    ("unheard", _unheard),
)
