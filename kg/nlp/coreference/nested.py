"""Names within names: "Oslo" in "Oslo City Museum", of an article that speaks of Oslo."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from kg.nlp.coreference.entities import Entity
from kg.nlp.mentions import Candidate

_LABELS: Final = frozenset({"GPE", "LOC"})
_WITHIN: Final = frozenset({"GPE", "LOC", "ORG", "FAC", "EVENT", "LAW"})
#: A name within a name has at most so many words.
_LONGEST: Final = 4


def nested(entities: Sequence[Entity]) -> Iterator[tuple[Entity, Candidate]]:
    """The named ones of an article with the places where their names stand in other names."""
    owners = {
        _words(mention): entity
        for entity in entities
        if entity.label in _LABELS
        for mention in entity.names
    }
    for entity in entities:
        if entity.label not in _WITHIN:
            continue
        for mention in entity.names:
            for start, end, owner in _inside(mention, owners):
                if owner is not entity:
                    head = mention.head.doc[start:end].root
                    yield owner, replace(mention, start=start, end=end, head=head)


def _inside(
    mention: Candidate, owners: dict[tuple[str, ...], Entity]
) -> Iterator[tuple[int, int, Entity]]:
    """From left to right the longest names within a name."""
    at = mention.start
    while at < mention.end:
        for end in range(min(mention.end, at + _LONGEST), at, -1):
            words = tuple(t.lower_ for t in mention.head.doc[at:end])
            if end - at < mention.end - mention.start and words in owners:
                yield at, end, owners[words]
                at = end
                break
        else:
            at += 1


def _words(mention: Candidate) -> tuple[str, ...]:
    words = tuple(t.lower_ for t in mention.head.doc[mention.start : mention.end])
    return words[1:] if words[0] == "the" and len(words) > 1 else words
