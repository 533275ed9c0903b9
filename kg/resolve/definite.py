"""What a noun with "the" stands for, where its article tells it.

"The government" is the "Samoan government" of an article about Samoa; "the committee" the one
committee that it names; "the attack" the "car bomb attack" told before. Where two fit, or none, the
noun keeps its own words.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from kg.countries import country
from kg.model import Argument
from kg.resolve.names import words

_LONGEST: Final = 6  # words of a label that is taken over
_STEM: Final = 4  # letters that "Samoan" and "Samoa" share
_OF: Final = re.compile(r"([\w-]+(?: [\w-]+)?) of (?:the )?$")
_IN: Final = re.compile(r"\b[Ii]n ([A-Z]\w*)(?: [A-Z]\w*){0,3}, $")
_AFTER: Final = re.compile(r"(['’]s)? ([\w-]+)(?: ([\w-]+))?")


@dataclass(frozen=True, slots=True)
class Named:
    """A name where it stands: ``kind`` is ``place``, ``people`` (an adjective of one) or ``body``
    (neither a place nor a person), ``key`` its entity."""

    start: int
    end: int
    name: str
    kind: str
    key: str


class Definites:
    """The fuller phrases of an article, by their head nouns.

    ``phrases`` are the participants of its claims, ``names`` its names in text order.
    """

    def __init__(self, text: str, phrases: Iterable[Argument], names: Sequence[Named]) -> None:
        self._text = text
        self._phrases: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        for one in phrases:
            label = one.label.strip()
            if one.kind == "topic" and label:
                head = text[one.head_start : one.head_end].casefold()
                self._phrases[head].append((one.start, label))
        self._bodies = [one for one in names if one.kind == "body"]
        owners = [one for one in names if one.kind != "body"]
        self._owned = _owned(text, owners)
        self._owners = [(one.start, _stem(one.name)) for one in owners]

    def entity(self, noun: str, start: int) -> str | None:
        """The key of the one name before ``start`` that has the noun as its head."""
        noun = noun.casefold()
        if noun in words().owned or noun in words().places or _is_plural(noun):
            return None
        found = [one for one in self._bodies if one.start < start and _heads(one.name, noun)]
        if len({one.key for one in found}) != 1:
            return None
        told = [(place, label) for place, label in self._phrases[noun] if place < start]
        if any(" " in label or place < found[0].start for place, label in told):
            return None  # "a water board", "a board" are others
        return found[0].key

    def label(self, label: str, noun: str, start: int) -> str | None:
        """The fuller label of the one phrase that "the ``label``" can take up; ``noun`` is its head."""
        if label.casefold() in words().owned:
            full = self._owned.get(label.casefold(), "")
            owners = {_stem(word) for word in full.split()}
            told_by_then = any(at < start and stem in owners for at, stem in self._owners)
            return full if told_by_then and not self._elsewhere(full, start) else None
        if " " in label or noun.casefold() in words().places:
            return None
        told = sorted(self._phrases[noun.casefold()])
        return _fullest([said for place, said in told if place < start])

    def _elsewhere(self, full: str, start: int) -> bool:
        """Whether a place stands right before that is not the one of a town or province: "the Lowick police ...
        Meanwhile, *in Aske*, the police"."""
        where = _IN.search(self._text, max(0, start - 60), start)
        if where is None or any(country(word) for word in full.split()):
            return False
        return _stem(where[1]) not in {_stem(word) for word in full.split()}


def _owned(text: str, names: Sequence[Named]) -> dict[str, str]:
    """What a country has -> whose it is: "Samoan government", where the article gives one to nobody
    else and speaks of no other country more; without such words that of its only nation."""
    if not names:
        return {}
    counts = Counter(_stem(one.name) for one in names)
    most = max(counts.values())
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for one in names:
        for noun, label in _phrases(text, one):
            if noun in words().owned:
                found[noun].setdefault(_stem(one.name), label)
    labels = {
        noun: next(iter(of.values()))
        for noun, of in found.items()
        if len(of) == 1 and counts[next(iter(of))] == most
    }
    owners = {stem for of in found.values() for stem in of}
    if len(owners) == 1 and counts[(stem := owners.pop())] == most:
        own = next((n.name for n in names if n.kind == "place" and _stem(n.name) == stem), None)
        if own is not None:
            labels |= {noun: f"{noun} of {own}" for noun in words().national if noun not in found}
    people = [one.name for one in names if one.kind == "people"]
    singular = (name[:-1] if name.endswith("ans") else name for name in people)
    nation = next((name for name in singular if not name.endswith("s")), None)  # no "Serbs"
    if (
        nation
        and country(nation)
        and most > 1
        and counts[_stem(nation)] == most
        and len(set(map(_stem, people))) == 1
    ):
        labels |= {noun: f"{nation} {noun}" for noun in words().national if noun not in found}
    return labels


def _phrases(text: str, one: Named) -> Iterable[tuple[str, str]]:
    """Nouns that the name stands at, with the label of both: "Samoa's government"."""
    after = _AFTER.match(text, one.end)
    if after is not None:
        _, first, second = after.groups()
        for said in (first, f"{first} {second}" if second else first):
            noun = said.casefold()
            yield noun, f"{one.name} {noun}" if one.kind == "people" else f"{noun} of {one.name}"
    before = _OF.search(text, max(0, one.start - 40), one.start)
    if before is not None:
        whole = before[1].casefold()
        for noun in (whole, whole.split()[-1]):
            yield noun, f"{noun} of {one.name}"


def _stem(name: str) -> str:
    return name[:_STEM].casefold()


def _is_plural(noun: str) -> bool:
    return noun.endswith("s") and not noun.endswith("ss")


def _heads(name: str, noun: str) -> bool:
    """Whether the noun is the head of the name: "Board of Trade", "Water Board"."""
    parts = name.casefold().split()
    if len(parts) < 2 or noun not in parts:
        return False
    at = parts.index(noun)
    return at == len(parts) - 1 or parts[at + 1] in ("of", "on", "for")


def _fullest(labels: Sequence[str]) -> str | None:
    """The longest of labels that all say the same, more or less fully, where the first was no bare
    noun."""
    if not labels or " " not in labels[0]:
        return None
    full = max(labels, key=lambda label: (len(label.split()), label))
    own = full.casefold().split()
    if len(own) > _LONGEST or any(c.isdigit() for c in full) or words().several & {*own}:
        return None
    alike = all(set(label.casefold().split()) <= set(own) for label in labels)
    return full if alike else None
