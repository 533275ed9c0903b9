"""What is known of an entity while an article is read: mentions so far, type, gender, nouns."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from kg.nlp.coreference.lexicon import labels_of, lexicon
from kg.nlp.mentions import Candidate, Gender, Number


@dataclass(slots=True, eq=False)
class Entity:
    """A cluster in the making. ``mentions`` are those read so far, by place; ``names`` all names,
    also those still to come; ``nouns`` what the article calls it (apposition, copula),
    ``once`` what it calls it as of old alone ("the former mayor"), ``said`` the phrases that it says it is ("is *the mayor*"), which are no mentions."""

    id: int
    mentions: list[Candidate] = field(default_factory=list)
    names: list[Candidate] = field(default_factory=list)
    label: str | None = None
    gender: Gender = ""
    number: Number = ""
    nouns: set[str] = field(default_factory=set)
    general: bool = False
    once: set[str] = field(default_factory=set)
    ages: set[int] = field(default_factory=set)
    lands: set[str] = field(default_factory=set)
    said: list[Candidate] = field(default_factory=list)

    def add(self, mention: Candidate) -> None:
        """Take in a mention that is read now."""
        mention.cluster = self.id
        self.mentions.append(mention)
        if mention.kind == "noun" and not mention.members:
            self.nouns.add(mention.lemma)
            self.gender = self.gender or lexicon().gender.get(mention.lemma, "")
        if not self.number:
            self.number = mention.number
        if mention.pronoun in ("he", "she") and not self.gender:
            self.gender = mention.gender

    @property
    def last(self) -> Candidate:
        """The latest mention read."""
        return self.mentions[-1]

    def labels(self) -> frozenset[str]:
        """The labels it may have: its own, else those of its nouns; empty if unknown."""
        if self.label:
            return frozenset({self.label})
        found: set[str] = set()
        for noun in self.nouns:
            found |= labels_of(noun)
        return frozenset(found)

    def may_be_person(self) -> bool:
        """Whether "he" or "she" can stand for it."""
        if self.label or self.general:
            return self.label == "PERSON"
        labels = self.labels()
        return not labels or "PERSON" in labels


def named(id_: int, mentions: list[Candidate]) -> Entity:
    """The entity of a group of names; none of them is read yet."""
    labels = Counter(m.label for m in mentions if m.label)
    if all(m.lemma in lexicon().general for m in mentions):
        # "AI" is no organisation that could be "the company", whatever its label
        return Entity(id_, [], list(mentions), None, "n", "sing", general=True)
    label = max(labels, key=lambda k: (labels[k], k)) if labels else None
    genders: Counter[Gender] = Counter(m.gender for m in mentions if m.gender)
    gender: Gender = max(genders, key=lambda k: (genders[k], k)) if genders else ""
    plural = sum(m.number == "plur" for m in mentions) * 2 > len(mentions)
    return Entity(
        id_, [], list(mentions), label, gender if label in ("PERSON", None) else "n",
        "plur" if plural else "sing",
    )  # fmt: skip
