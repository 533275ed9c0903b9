"""What in a parse may stand for an entity: names, noun phrases and pronouns, with their features.

`candidates` finds them all; which of them are *mentions* (and of what) is decided in
`kg.nlp.coreference`. A candidate's span is narrow: a name is the entity's words without a final
possessive ``'s``; a noun phrase runs from its determiner to its head; a group is a coordination.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from spacy.tokens import Doc, Span, Token

from kg.model import MentionKind

NAME_LABELS: Final = frozenset(
    {"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT", "WORK_OF_ART", "EVENT", "LAW"}
)
Gender = Literal["m", "f", "n", ""]
Number = Literal["sing", "plur", ""]

#: Third person: form -> (class, gender, number).
PRONOUNS: Final[dict[str, tuple[str, Gender, Number]]] = {
    **dict.fromkeys(("he", "him", "his", "himself"), ("he", "m", "sing")),
    **dict.fromkeys(("she", "her", "hers", "herself"), ("she", "f", "sing")),
    **dict.fromkeys(("it", "its", "itself"), ("it", "n", "sing")),
    **dict.fromkeys(
        ("they", "them", "their", "theirs", "themselves", "themself"), ("they", "", "plur")
    ),
}
REFLEXIVE: Final = frozenset({"himself", "herself", "itself", "themselves", "themself"})
RELATIVE: Final = frozenset({"who", "whom", "which", "that", "whose"})
FIRST_PERSON: Final = frozenset("i me my mine myself we us our ours ourselves".split())
_PHRASE: Final = frozenset({"det", "amod", "compound", "nummod", "nmod:poss", "flat"})
_NAME_PARTS: Final = frozenset({"flat", "compound", "flat:name", "nmod", "goeswith", "nummod"})
_ROLES: Final = {
    "nsubj": "subj", "nsubj:pass": "subj", "nsubj:outer": "subj", "csubj": "subj", "ROOT": "root",
    "obj": "obj", "iobj": "obj", "obl": "obl", "obl:agent": "subj", "obl:unmarked": "obl",
    "nmod:poss": "poss", "nmod": "nmod", "appos": "appos", "conj": "conj", "compound": "nmod",
    "flat": "nmod", "obl:npmod": "obl", "obl:tmod": "obl", "det:poss": "poss",
}  # fmt: skip


_WORD: Final = re.compile(r"[^\s\"“”‘’'()\[\],;:!?–—-]+|(?<=\w)['’-](?=\w)")


def words_of(text: str) -> tuple[str, ...]:
    """The words of a name in lower case, without quotation marks and hyphens."""
    return tuple(w.lower() for w in _WORD.findall(text) if w not in "-'’")


@dataclass(slots=True, eq=False)
class Candidate:
    """A place that may stand for an entity. ``start``/``end`` are tokens, ``head`` its head."""

    start: int
    end: int
    head: Token
    kind: MentionKind
    label: str | None = None
    gender: Gender = ""
    number: Number = ""
    role: str = "other"
    sentence: int = 0
    quoted: bool = False
    definite: bool = False
    members: tuple[int, ...] = ()
    pronoun: str = ""
    cluster: int = -1
    lemma: str = ""
    ahead: bool = False

    @property
    def i(self) -> int:
        """The index of the head token."""
        return self.head.i


def role(token: Token) -> str:
    """The grammatical role, coarse; a conjunct has that of the first one."""
    at = token
    for _ in range(6):
        if at.dep_ != "conj" or at.head is at:
            break
        at = at.head
    return _ROLES.get(at.dep_, "other")


def quoted(doc: Doc) -> bytearray:
    """1 for every token within quotation marks; a mark left open closes with its paragraph."""
    inside = bytearray(len(doc))
    opened = -1
    for token in doc:
        text = token.text
        if token.is_space and "\n\n" in text:
            opened = -1
        elif text in ('"', "“", "”", "``", "''", "„", "«", "»"):
            if opened >= 0 and text not in ("“", "``", "„", "«"):
                inside[opened + 1 : token.i] = b"\1" * (token.i - opened - 1)
                opened = -1
            elif text not in ("”", "''", "»"):
                opened = token.i
    return inside


def _aged(token: Token, taken: bytearray) -> Candidate | None:
    """Who a word of a value is: "the 43-year-*old* said"."""
    if taken[token.i] != 2 or token.lower_ not in ("old", "year-old"):
        return None
    led = any(c.dep_ == "det" and c.lower_ == "the" for c in token.children)
    return _noun(token) if led and role(token) in ("subj", "obj", "obl") else None


def _candidate(token: Token, taken: bytearray) -> Candidate | None:
    """What the word itself may stand for, outside names and values."""
    if token.pos_ == "PRON":
        return None if _in_title(token) else _pronoun(token)
    if token.pos_ == "PROPN":
        whole = token.dep_ not in ("flat", "goeswith", "compound")
        # a pipeline may take a dash or a bracket for a name
        return _proper(token, taken) if whole and words_of(token.text) else None
    if token.pos_ == "NOUN":
        whole = token.dep_ not in ("compound", "fixed", "flat", "goeswith")
        return _noun(token) if whole else None
    if token.pos_ == "ADJ" and token.dep_ in ("nsubj", "obj", "nsubj:pass"):
        # "the accused", "the unemployed"
        return _noun(token) if any(c.lower_ == "the" for c in token.children) else None
    return None


def _pronoun(token: Token) -> Candidate | None:
    at, after, word = token.i, token.i + 1, token.lower_
    if word in PRONOUNS:
        form, gender, number = PRONOUNS[word]
        return Candidate(
            at, after, token, "pronoun", None, gender, number, pronoun=form, lemma=word
        )
    if word in RELATIVE and _relative_head(token) is not None:
        return Candidate(at, after, token, "pronoun", pronoun="rel", lemma="which")
    if word in ("someone", "everyone", "anyone", "somebody", "nobody", "one"):
        return Candidate(at, after, token, "noun", lemma=word)
    return None


def candidates(doc: Doc) -> list[Candidate]:
    """All candidates, by the place of their heads (a group before its members)."""
    taken = bytearray(len(doc))
    found: list[Candidate] = []
    for ent in doc.ents:
        name = _name(ent) if ent.label_ in NAME_LABELS else None
        if name is not None:
            taken[ent.start : ent.end] = b"\1" * len(ent)
            found.append(name)
    for span in doc.spans.get("kg_values", ()):
        if not any(taken[span.start : span.end]):
            taken[span.start : span.end] = b"\2" * len(span)
    for token in doc:
        one = _aged(token, taken) if taken[token.i] else _candidate(token, taken)
        if one is not None:
            found.append(one)
    sentence = [n for n, sent in enumerate(doc.sents) for _ in sent]
    inside = quoted(doc)
    for c in found:
        c.sentence = sentence[c.i]
        c.quoted = bool(inside[c.i])
        c.role = role(c.head)
    found += _groups(found)
    found.sort(key=lambda c: (c.i, -(c.end - c.start)))
    return found


def _in_title(token: Token) -> bool:
    """A pronoun that is part of a name: "The Man Who Knew Too Much", "His Band of Renown"."""
    after = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    before = token.doc[token.i - 1] if token.i else None
    return (
        token.is_title
        and not token.is_sent_start
        and after is not None
        and after.text[:1].isupper()
        and before is not None
        and (before.is_title or before.is_lower)
    )


def _name(ent: Span) -> Candidate | None:
    start, end = ent.start, ent.end
    while end > start and (
        ent.doc[end - 1].lower_ in ("'s", "’s", "'", "’") or ent.doc[end - 1].is_space
    ):
        end -= 1
    while start < end and ent.doc[start].is_space:
        start += 1
    if not words_of(ent.doc[start:end].text):
        return None
    head = ent.doc[start:end].root
    plural = "Number=Plur" in str(head.morph) and ent.label_ in ("NORP",)
    return Candidate(
        start, end, head, "name", ent.label_, "", "plur" if plural else "sing",
        definite=True, lemma=ent.doc[start:end].text.lower(),
    )  # fmt: skip


def _proper(token: Token, taken: bytearray) -> Candidate:
    """A proper noun that no entity covers, with its parts."""
    doc = token.doc
    start, end = token.i, token.i + 1
    parts = {c.i for c in token.children if c.dep_ in _NAME_PARTS and c.pos_ in ("PROPN", "NUM")}
    while (step := _step(doc, start - 1, -1)) in parts and not taken[step]:
        start = step
    while (step := _step(doc, end, 1)) in parts and not taken[step]:
        end = step + 1
    plural = "Number=Plur" in str(token.morph)
    return Candidate(
        start, end, token, "name", None, "", "plur" if plural else "sing", definite=True,
        lemma=doc[start:end].text.lower(),
    )  # fmt: skip


def _step(doc: Doc, at: int, way: int) -> int:
    """The next word from here, past a hyphen that joins it to this one ("SARS-CoV-2")."""
    if not 0 < at < len(doc) - 1 or doc[at].text != "-":
        return at
    return at if doc[at].whitespace_ or doc[at - 1].whitespace_ else at + way


def _noun(token: Token) -> Candidate:
    doc = token.doc
    start = token.i
    definite = False
    for child in token.lefts:
        if child.dep_ in _PHRASE and child.pos_ != "PUNCT":
            start = min(start, child.left_edge.i if child.dep_ == "nmod:poss" else child.i)
            if child.dep_ == "det" and child.lower_ in ("the", "this", "that", "these", "those"):
                definite = True
            if child.dep_ == "nmod:poss":
                definite = True
    # a bracket or quotation mark within does not belong
    while doc[start].is_punct and start < token.i:
        start += 1
    number: Number = "plur" if "Number=Plur" in str(token.morph) else "sing"
    return Candidate(
        start, token.i + 1, token, "noun", None, "", number, definite=definite,
        lemma=_called(token),
    )  # fmt: skip


def _called(noun: Token) -> str:
    """The lemma of a noun; a state of emergency is none of those that "the state" stands for."""
    lemma = noun.lemma_.lower()
    if lemma == "state":
        for child in noun.rights:
            if child.dep_ == "nmod" and child.pos_ == "NOUN" and child.i - noun.i <= 3:
                return f"{lemma} of {child.lemma_.lower()}"
    return lemma


def _relative_head(token: Token) -> Token | None:
    """The noun that a relative pronoun stands for."""
    if "PronType=Int" in str(token.morph):
        return None
    at = token
    for _ in range(6):
        if at.dep_ == "acl:relcl":
            return at.head if at.head is not at and at.head.i < token.i else None
        if at.head is at:
            return None
        at = at.head
    return None


def antecedent_of_relative(token: Token) -> Token | None:
    """The head noun that "who", "which", "that" or "whose" takes up, None if there is none."""
    return _relative_head(token)


def _groups(found: list[Candidate]) -> list[Candidate]:
    by_head = {c.i: c for c in found if c.kind != "pronoun" or c.pronoun != "rel"}
    groups = []
    for c in list(by_head.values()):
        if c.head.dep_ == "conj":
            continue
        others = [by_head[t.i] for t in c.head.children if t.dep_ == "conj" and t.i in by_head]
        if others and any(
            t.dep_ == "cc" and t.lower_ in ("and", "&") for o in others for t in o.head.children
        ):
            members = [c, *others]
            groups.append(
                Candidate(
                    c.start, max(o.end for o in others), c.head, "noun", None, "", "plur",
                    c.role, c.sentence, c.quoted, True, tuple(m.i for m in members),
                    lemma="",
                )
            )  # fmt: skip
    return groups
