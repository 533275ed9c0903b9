"""Two mentions of a sentence, described by features: what the closed relations are judged by.

A pair is (subject, object), each a name, a date, a nationality or a pronoun. Its features are the
types, the words between and around, and the path between their heads in the Universal
Dependencies tree. They are strings, so that a learned weight can be read: ``w|bear`` is "bear"
somewhere between the two.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Doc, Span, Token

from kg.extract.grammar.annotations import names_of
from kg.extract.grammar.index import above, kids, remembered, spelled, tokens_of
from kg.extract.words.load import rule_words
from kg.model import Literal

NAMED: Final = frozenset(
    {"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT", "WORK_OF_ART", "EVENT"}
)
PRONOUNS: Final = rule_words("pair_features")["pronouns"]
_ROLES: Final = frozenset({"PRON", "DET", "SCONJ", "ADV"})
_FARTHEST: Final = 60  # tokens between the two
_LONGEST_PATH: Final = 9


@dataclass(frozen=True, slots=True)
class Place:
    """A mention in its sentence: token range, label (``PRON`` and ``DATE`` too) and head token."""

    start: int
    end: int
    label: str
    head: Token

    @property
    def char(self) -> tuple[int, int]:
        """The range in characters."""
        doc = self.head.doc
        last = doc[self.end - 1]
        return doc[self.start].idx, last.idx + len(last.text)


def places(doc: Doc) -> list[Place]:
    """The mentions that pairs are made of, in text order."""
    found: list[Place] = []
    taken: set[int] = set()
    for span in doc.spans.get("kg_values", ()):
        value = span._.kg_value if Span.has_extension("kg_value") else None
        if isinstance(value, Literal) and value.datatype in (
            "xsd:date", "xsd:gYear", "xsd:gYearMonth", "xsd:gMonthDay", "xsd:dateTime", "xsd:gMonth",
        ):  # fmt: skip
            found.append(Place(span.start, span.end, "DATE", span.root))
            taken.update(range(span.start, span.end))
    for ent in names_of(doc):
        if ent.label_ in NAMED and not taken & set(range(ent.start, ent.end)):
            found.append(Place(ent.start, ent.end, ent.label_, ent.root))
            taken.update(range(ent.start, ent.end))
    tokens = tokens_of(doc)
    for place in spelled(doc, PRONOUNS):
        token = tokens[place]
        if place not in taken and token.pos_ in _ROLES:
            if token.lower_ == "that" and not token.dep_.startswith(("nsubj", "obj", "obl")):
                continue
            if token.lower_ in ("where", "which") and not _relative(token):
                continue
            found.append(Place(token.i, token.i + 1, "PRON", token))
    return sorted(found, key=lambda p: (p.start, p.end))


def _relative(token: Token) -> bool:
    at = token
    for _ in range(6):
        if at.dep_ == "acl:relcl":
            return True
        if at.head == at:
            return False
        at = at.head
    return False


def pairs(group: list[Place]) -> Iterator[tuple[Place, Place]]:
    """All ordered pairs of the places of one sentence that stand near enough."""
    for one in group:
        for other in group:
            if one is not other and abs(one.start - other.start) <= _FARTHEST:
                yield one, other


@remembered
def _word(token: Token) -> str:
    if token.ent_type_ and token.ent_type_ in NAMED:
        return f"<{token.ent_type_}>"
    if token.like_num or token.pos_ == "NUM":
        return "<NUM>"
    return token.lemma_.lower()


def _kind(place: Place) -> str:
    return f"PRON:{place.head.lower_}" if place.label == "PRON" else place.label


def _climb(token: Token) -> tuple[Token, ...]:
    return above(token)[:25]


def features(one: Place, other: Place, near: list[Place]) -> set[str]:
    """The features of the pair; ``near`` are all places of the sentence."""
    doc = one.head.doc
    a, b = one.label, other.label
    first, second = (one, other) if one.start <= other.start else (other, one)
    order = "<" if first is one else ">"
    out = {f"t|{a}|{b}{order}", f"k|{_kind(one)}{order}{b}", f"k2|{a}{order}{_kind(other)}"}
    between = [t for t in tokens_of(doc)[first.end : second.start] if not t.is_space]
    size = len(between)
    out.add(f"d|{order}{min(size, 12) if size < 6 else 6 + min(size // 5, 6)}")
    words = [_word(t) for t in between]
    for word in words if size <= 25 else words[:8] + words[-8:]:
        out.add(f"w|{order}{word}")
    if size <= 25:
        for left, right in itertools.pairwise(words):
            out.add(f"b|{order}{left} {right}")
    if size <= 6:
        out.add(f"s|{order}{' '.join(words)}")
    if words:
        out.add(f"first|{order}{words[0]}")
        out.add(f"last|{order}{words[-1]}")
    for offset in (1, 2, 3):
        if first.start - offset >= 0 and not doc[first.start - offset].is_space:
            out.add(f"l{min(offset, 2)}|{order}{_word(doc[first.start - offset])}")
        if second.end + offset - 1 < len(doc):
            out.add(f"r{min(offset, 2)}|{order}{_word(doc[second.end + offset - 1])}")
    out |= _path(one, other)
    nearer = [p for p in near if first.end <= p.start and p.end <= second.start]
    for label in sorted({p.label for p in nearer}):
        out.add(f"n|{order}{label}")
    out.add(f"c|{order}{min(len(nearer), 4)}")
    return out


def _path(one: Place, other: Place) -> set[str]:
    up, down = _climb(one.head), _climb(other.head)
    places_of_down = {t.i: n for n, t in enumerate(down)}
    meet = next((n for n, t in enumerate(up) if t.i in places_of_down), None)
    if meet is None:
        return {"p|none"}
    top = up[meet]
    left, right = up[:meet], down[: places_of_down[top.i]]
    rels = [f"^{t.dep_}" for t in left] + [f"v{t.dep_}" for t in reversed(right)]
    out: set[str] = set()
    path = " ".join(rels)
    if len(rels) <= _LONGEST_PATH:
        out.add(f"p|{path}")
        out.add(f"pt|{one.label} {path} {other.label}")
    else:
        out.add("p|long")
    out.add(f"pl|{min(len(rels), 10)}")
    inner = [t for t in [*left[1:], top, *right[1:]] if t.i not in (one.head.i, other.head.i)]
    for token in inner:
        out.add(f"i|{_word(token)}")
    if top.i not in (one.head.i, other.head.i):
        out.add(f"top|{_word(top)}")
        if len(rels) <= 4:
            out.add(f"tp|{_word(top)} {path}")
    for name, head in (("s", one.head), ("o", other.head)):
        for child in kids(head):
            if child.dep_ in ("case", "mark", "det", "amod", "compound", "nmod:poss", "nmod:desc"):
                out.add(f"h{name}|{child.dep_}:{_word(child)}")
        out.add(f"h{name}|^{head.dep_}:{_word(head.head)}")
    for token in [*inner, top]:
        for child in kids(token):
            if child.dep_ in (
                "case",
                "mark",
                "aux:pass",
                "advmod",
                "compound",
                "amod",
                "cop",
                "obj",
            ):
                out.add(f"ch|{_word(token)}:{_word(child)}")
    return out
