"""What nouns say that stand for verbs: "Apple's purchase of Beats", "trial adoption of software
from Runway", "the integration of AI by Netflix", "talks between Iran and Iraq".

Which nouns these are, what verb they stand for and how their subject and object hang on them comes
from the lexicon, else from ``nominalizations.tsv``, counted in QANom (Klein et al. 2020). A noun
states a relation where both its participants are told, in its own phrase or by the verb that
governs it ("Netflix has begun the adoption of ...").
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from spacy.tokens import Doc, Token

from kg.extract import predicates
from kg.extract.circumstances import circumstances, is_time
from kg.extract.claims import make_claim
from kg.extract.clauses import is_passive, subject
from kg.extract.phrases import (
    antecedent,
    argument,
    children,
    conjuncts,
    content_head,
    is_generic,
    maker_argument,
    meant,
    name_at,
    possessor,
    preposition,
    relation,
    value_at,
)
from kg.extract.status import status
from kg.lexicon import Sense, load_lexicon
from kg.model import Argument, Article, Claim

EXTRACTOR: Final = "nominals"
_SUBJECT_DEFAULT: Final = frozenset({"'s", "by"})


@dataclass(frozen=True, slots=True)
class Frame:
    """What a noun stands for: the verb's label, and the marks of subject and object (``'s``,
    ``compound`` or a preposition). ``senses`` are the lexicon's, if it knows the noun."""

    verb: str
    subject_marks: frozenset[str]
    object_marks: frozenset[str]
    senses: tuple[Sense, ...] = ()
    #: whether "of" brings the one who does it ("the death of X")
    of_subject: bool = False


@dataclass(frozen=True, slots=True)
class Participants:
    """The participants found for an event noun; None where the sentence doesn't tell."""

    subject: Token | None
    object: Token | None
    governor: Token | None = None


@dataclass(frozen=True, slots=True)
class _Words:
    not_events: frozenset[str]
    control: frozenset[str]
    control_nouns: frozenset[str]
    mutual: dict[str, str]


@cache
def _words() -> _Words:
    path = Path(__file__).with_suffix(".toml")
    data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    return _Words(
        frozenset(data["not_events"]),
        frozenset(data["control"]),
        frozenset(data["control_nouns"]),
        data["mutual"],
    )


@cache
def frames() -> dict[str, Frame]:
    """The frames of the corpus and the lexicon, by lemma."""
    folder = Path(__file__).parent
    settings: dict[str, Any] = tomllib.loads((folder / "nominals.toml").read_text(encoding="utf-8"))
    endings, allowed = tuple(settings["agent_endings"]), frozenset(settings["agents_allowed"])
    found: dict[str, Frame] = {}
    lines = (folder / "nominalizations.tsv").read_text(encoding="utf-8").splitlines()
    for line in lines:
        if line.startswith("#"):
            continue
        noun, verb, _, _, subjects, objects = line.split("\t")
        if noun in _words().not_events or (noun.endswith(endings) and noun not in allowed):
            continue
        found[noun] = _frame(verb, _counts(subjects), _counts(objects))
    for noun, senses in load_lexicon().nouns.items():
        marks = [s for sense in senses for s in sense.subject_marks]
        objects_ = [s for sense in senses for s in sense.object_marks]
        known = found.get(noun)
        found[noun] = Frame(
            known.verb if known is not None else noun,
            frozenset(marks) | (known.subject_marks if known else frozenset()),
            frozenset(objects_),
            senses,
            False,
        )
    return found


def _counts(text: str) -> dict[str, int]:
    if text == "-":
        return {}
    return {mark: int(count) for mark, _, count in (x.partition("=") for x in text.split(" "))}


def _frame(verb: str, subjects: dict[str, int], objects: dict[str, int]) -> Frame:
    """Marks that the counts support; "of" belongs to the one it is seen with more often."""
    of_subject = subjects.get("of", 0) > objects.get("of", 0)
    subject_marks = set(_SUBJECT_DEFAULT)
    object_marks = set() if of_subject else {"of"}
    for mark, count in subjects.items():
        if count > objects.get(mark, 0) and mark not in ("compound", "in", "to"):
            subject_marks.add(mark)
    for mark, count in objects.items():
        if count > subjects.get(mark, 0) and (count > 1 or mark in ("of", "compound")):
            object_marks.add(mark)
    object_marks.discard("'s")
    return Frame(verb, frozenset(subject_marks), frozenset(object_marks), (), of_subject)


def frame_of(noun: Token) -> Frame | None:
    """The frame of an event noun, or None."""
    if noun.pos_ != "NOUN" or name_at(noun) is not None:
        return None
    if relation(noun) in ("compound", "fixed", "flat"):
        return None
    return frames().get(noun.lemma_.lower())


def participants(noun: Token, frame: Frame) -> Participants:
    """Who does what the noun says, and to whom, as far as the sentence tells."""
    owner = possessor(noun)
    by = _marked(noun, {"by"})
    first = by
    governor: Token | None = None
    target = _marked(noun, set(frame.object_marks) - {"compound", "by"})
    if target is None and "compound" in frame.object_marks:
        target = _compound(noun)
    if first is None and owner is not None:
        first = owner
    elif owner is not None and target is None:
        target = owner  # "Lincoln's assassination by Booth"
    if first is None:
        first = _marked(noun, set(frame.subject_marks) - {"'s", "by"} - set(frame.object_marks))
    if first is None and frame.of_subject:
        first = _marked(noun, {"of"})
    if first is None:
        first, governor = _from_above(noun)
    if first is not None and target is not None and first == target:
        target = None
    return Participants(first, target, governor)


def _marked(noun: Token, marks: set[str]) -> Token | None:
    for c in children(noun, "nmod"):
        if c.i > noun.i and (preposition(c) or "") in marks and not is_time(c):
            return c
    return None


def _compound(noun: Token) -> Token | None:
    found = [c for c in children(noun, "compound") if c.i < noun.i and c.pos_ in ("NOUN", "PROPN")]
    return found[-1] if found else None


def _from_above(noun: Token) -> tuple[Token | None, Token | None]:
    """The subject of a governing verb that has the same one: "has begun the adoption of"."""
    words = _words()
    at = noun
    for _ in range(3):
        head = at.head
        kind = relation(at)
        if kind == "conj" and head != at:
            at = head
            continue
        if head.pos_ == "VERB" and kind in ("obj", "obl") and head.lemma_ in words.control:
            if kind == "obl" and preposition(at) not in ("in", "with", "to", "on"):
                return None, None
            if is_passive(head):
                return None, None
            return subject(head), head
        if head.pos_ == "NOUN" and kind == "nmod" and head.lemma_ in words.control_nouns:
            owner = possessor(head)
            if owner is not None:
                return owner, head
            at = head
            continue
        return None, None
    return None, None


def nominals(doc: Doc, article: Article) -> Iterator[Claim]:
    """The relations that nouns state, in text order."""
    from kg.extract.relations import block_of

    for noun in doc:
        if noun.pos_ != "NOUN":
            continue
        for claim in (*_mutual(noun), *_of_noun(noun)):
            yield replace(claim, block=block_of(article, noun.idx))


def _of_noun(noun: Token) -> Iterator[Claim]:
    from kg.extract.relations import light_noun

    frame = frame_of(noun)
    if frame is None:
        return
    if not frame.senses and light_noun(noun):
        return
    found = participants(noun, frame)
    if found.subject is None or found.object is None:
        return
    standing = status(noun)
    words = _predicate_words(noun, found)
    for s_token in meant(found.subject):
        for o_token in meant(found.object):
            s, o = argument(s_token, "subject"), argument(o_token, "object")
            if s is None or o is None or s.kind == "literal" or is_time(s_token):
                continue
            if is_generic(content_head(antecedent(o_token))) or (s.start == o.start):
                continue
            sense, label = _sense(noun, frame, s, s_token, o, o_token, found.object)
            if sense is not None and sense.metonymy and not sense.inverse:
                o = maker_argument(antecedent(o_token), "object") or o
            predicate = predicates.predicate(label, words, sense)
            if sense is not None and sense.inverse and o.kind != "literal":
                s, o = replace(o, role="subject"), replace(s, role="object")
            yield make_claim(
                s, predicate, o, standing,
                extractor=EXTRACTOR,
                arguments=_further(noun, {s_token, o_token, found.subject, found.object}, found),
                confidence=0.75 if found.governor is None else 0.7,
            )  # fmt: skip


def _sense(
    noun: Token,
    frame: Frame,
    s: Argument,
    s_token: Token,
    o: Argument,
    o_token: Token,
    marked: Token,
) -> tuple[Sense | None, str]:
    """The lexicon's sense of the noun, else of the verb it stands for; and the open label."""
    s_class = predicates.class_of(s, content_head(antecedent(s_token)))
    o_class = predicates.class_of(o, content_head(antecedent(o_token)))
    mark = preposition(marked) or ("'s" if marked.dep_ == "nmod:poss" else "compound")
    for sense in frame.senses:
        pair = (o_class, s_class) if sense.inverse else (s_class, o_class)
        if mark in (*sense.object_marks, "'s") and sense.fits(*pair):
            return sense, frame.verb
    label = frame.verb if mark in ("of", "'s", "compound") else f"{frame.verb} {mark}"
    lexicon = load_lexicon()
    found = lexicon.verb(label, s_class, o_class) or lexicon.verb(frame.verb, s_class, o_class)
    if found is None and label != frame.verb and mark in ("for", "on", "to", "with"):
        label = frame.verb if _transitive_with(noun, mark) else label
    return found, label


def _transitive_with(noun: Token, mark: str) -> bool:
    """ "support for X" is "support X", "attack on X" "attack X": the noun's preposition only."""
    return (noun.lemma_.lower(), mark) in {
        ("support", "for"), ("attack", "on"), ("assault", "on"), ("ban", "on"), ("request", "for"),
        ("demand", "for"), ("influence", "on"), ("visit", "to"), ("raid", "on"), ("praise", "for"),
        ("need", "for"), ("desire", "for"), ("answer", "to"), ("damage", "to"), ("love", "for"),
        ("control", "over"), ("strike", "on"), ("respect", "for"), ("threat", "to"),
    }  # fmt: skip


def _predicate_words(noun: Token, found: Participants) -> list[Token]:
    words = [noun]
    if found.governor is not None and found.governor.pos_ == "VERB":
        words += predicates.group(found.governor)
    if found.object is not None:
        words += [t for t in found.object.children if t.dep_ == "case" and t.i < found.object.i]
    return words


def _further(noun: Token, used: set[Token], found: Participants) -> list[Argument]:
    made: list[Argument] = []
    places = [noun]
    if found.governor is not None and found.governor.pos_ == "VERB":
        places.append(found.governor)
    elif relation(noun) in ("obj", "nsubj") and noun.head.pos_ == "VERB":
        pass
    for at in places:
        for c in circumstances(at, "nmod", "obl", "advmod"):
            own = c.role == "manner" or c.mark.startswith("according") or c.mark in ("of", "by", "")
            if c.token in used or (own and c.role != "time"):
                continue
            one = argument(c.token, c.role)
            if one is not None:
                made.append(one)
    return made


def _mutual(noun: Token) -> Iterator[Claim]:
    """ "talks between Iran and Iraq", "a match between X and Y"."""
    label = _words().mutual.get(noun.lemma_.lower())
    if label is None:
        return
    for c in children(noun, "nmod"):
        if preposition(c) != "between":
            continue
        parties = conjuncts(c)
        if len(parties) < 2 or value_at(c) is not None:
            return
        first = argument(parties[0], "subject")
        standing = status(noun)
        case = [t for t in c.children if t.dep_ == "case"]
        for other in parties[1:]:
            second = argument(other, "object")
            if first is None or second is None or first.kind == "literal":
                continue
            s_class = predicates.class_of(first, parties[0])
            o_class = predicates.class_of(second, other)
            sense = predicates.lookup(label, s_class, o_class)
            predicate = predicates.predicate(label, [noun, *case], sense)
            used = {c, *parties}
            yield make_claim(
                first, predicate, second, standing,
                extractor=EXTRACTOR,
                arguments=_further(noun, used, Participants(None, None)),
                confidence=0.75,
            )  # fmt: skip
