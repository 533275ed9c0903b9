"""Claims with content-based keys."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from hashlib import blake2b

from kg.extract.factuality.status import Standing
from kg.extract.speech.speakers import as_argument
from kg.model import Argument, BlockKind, Claim, Predicate


def claim_key(subject: Argument, predicate: Predicate, object_: Argument, extractor: str) -> str:
    """A key that depends on the words and their places only: the same article, the same key."""
    parts = (
        extractor, predicate.property or "", predicate.label, predicate.start, predicate.end,
        subject.head_start, subject.head_end, subject.label,
        object_.kind, object_.head_start, object_.head_end, object_.label,
    )  # fmt: skip
    return blake2b("\x1f".join(map(str, parts)).encode(), digest_size=8).hexdigest()


def apart(claim: Claim) -> Claim:
    """The claim with a key of its own beside the same one that another says or denies."""
    by = claim.attribution
    whose = f"{claim.extractor} {by.head_start if by is not None else ''}"
    key = claim_key(claim.subject, claim.predicate, claim.object, whose)
    return replace(claim, key=key)


def make_claim(
    subject: Argument,
    predicate: Predicate,
    object_: Argument,
    standing: Standing,
    *,
    extractor: str,
    arguments: Iterable[Argument] = (),
    confidence: float = 1.0,
    block: BlockKind = "paragraph",
) -> Claim:
    """The claim, with the key, the smallest range that holds its words, and the speaker of
    ``standing`` as its attribution."""
    heads = {(subject.head_start, subject.head_end), (object_.head_start, object_.head_end)}
    further = tuple(a for a in arguments if (a.head_start, a.head_end) not in heads)
    spans = [(subject.start, subject.end), (predicate.start, predicate.end),
             (object_.start, object_.end)]  # fmt: skip
    speaker = standing.attribution
    return Claim(
        key=claim_key(subject, predicate, object_, extractor),
        subject=subject,
        predicate=predicate,
        object=object_,
        start=min(s for s, _ in spans),
        end=max(e for _, e in spans),
        extractor=extractor,
        arguments=further,
        status=standing.status,
        polarity=standing.polarity,
        certainty=standing.certainty,
        confidence=round(confidence, 2),
        attribution=as_argument(speaker, "attribution") if speaker is not None else None,
        sourcing=standing.sourcing,
        block=block,
    )
