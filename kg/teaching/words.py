"""Words that say a taught relation: what examples' own sentences offer for the lexicon.

A verb is offered where the shipped extractors read a statement between the two ends, in words that no
relation has yet ("complain about", also the other way round); a noun where both ends hang on it by
marks of their own ("Fay's complaint against Solheim"). Each is tried out on the sentences it comes from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kg.analysis import analysis_of, keep
from kg.extract import extract
from kg.lexicon import Own, load_lexicon
from kg.model import Argument, Article, Block, Claim
from kg.pipeline import parse
from kg.teaching.examples import Example, Range

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

#: The extractors that ask the lexicon.
_ASK: Final = ("relations", "nominals")
#: A sense asks for classes if so many of its examples have one.
_TYPED: Final = 2
_MOST_TYPES: Final = 2
#: Words that say nothing by themselves: what the class of the other end is, decides.
_PREFIXES: Final = (
    "@prefix kg: <https://kg.example/ontology#> .\n@prefix lex: <https://kg.example/lexicon#> .\n"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """Words for the lexicon. ``term`` is ``verb``, ``inverseVerb`` or ``noun``; ``marks`` are those of the
    subject and the object of a noun; ``subject_types`` and ``object_types`` the classes that it is
    taken for (none: any). ``lines`` are those of the examples that it was found in."""

    term: str
    words: str
    marks: tuple[str, ...] = ()
    subject_types: tuple[str, ...] = ()
    object_types: tuple[str, ...] = ()
    lines: tuple[int, ...] = ()

    @property
    def label(self) -> str:
        """The entry for people: "complain about", "complaint ('s, against)"."""
        marks = f" ({', '.join(self.marks)})" if self.marks else ""
        turned = ", subject and object exchanged" if self.term == "inverseVerb" else ""
        return f"{self.words}{marks}{turned}"

    def turtle(self) -> str:
        """The sense as Turtle: a node without its property."""
        parts = [f'lex:{self.term} "{self.words}"']
        if self.marks:
            parts += [f'lex:subject "{self.marks[0]}"', f'lex:object "{self.marks[1]}"']
        for term, classes in (
            ("subjectType", self.subject_types),
            ("objectType", self.object_types),
        ):
            if classes:
                parts.append(f"lex:{term} {', '.join(f'kg:{name}' for name in classes)}")
        return f"[ {' ; '.join(parts)} ]"


def turtle_of(relation: str, entries: Iterable[Entry]) -> str:
    """What the lexicon says of a relation in these words; empty where there are none."""
    return "".join(f"kg:{relation} lex:sense {entry.turtle()} .\n" for entry in entries)


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads sentences with the shipped pipeline; ``lexicon`` is what the user has already."""

    nlp: Language
    lexicon: Own | None = None

    def doc(self, sentence: str) -> Doc:
        """The parse of a sentence, anew: extraction mends it."""
        return parse(_article(sentence), self.nlp)

    def claims(self, sentence: str, more: str = "") -> tuple[Claim, ...]:
        """What the extractors that ask the lexicon read, with ``more`` Turtle beside the user's."""
        doc = self.doc(sentence)
        text = (self.lexicon.text if self.lexicon else "") + (
            f"\n{_PREFIXES}{more}" if more else ""
        )
        if text:
            own = Own("words of the examples", text)
            keep(replace(analysis_of(doc), lexicon=load_lexicon(own=own)))
        return extract(doc, _article(sentence), _ASK).claims


def _article(sentence: str) -> Article:
    block = Block("paragraph", 0, len(sentence))
    return Article(id="example", source="example", text=sentence, blocks=(block,))


def proposals(
    reader: Reader, examples: Sequence[Example], relation: str
) -> tuple[tuple[Entry, ...], Counter[str]]:
    """The entries that the examples offer, those that most of them share first; and the other relations
    of the ontology that say examples already, with how many."""
    found: dict[tuple[str, str, tuple[str, ...]], list[tuple[int, str | None, str | None]]] = {}
    said: Counter[str] = Counter()
    for one in examples:
        if not one.holds:
            continue
        read = list(_read(reader, one, relation, said))
        for key, classes in read:
            found.setdefault(key, []).append((one.line, *classes))
    entries = [
        Entry(
            term, words, marks, _types(c[1] for c in cases), _types(c[2] for c in cases),
            tuple(sorted({c[0] for c in cases})),
        )
        for (term, words, marks), cases in found.items()
    ]  # fmt: skip
    return tuple(sorted(entries, key=lambda e: (-len(e.lines), e.term, e.words, e.marks))), said


def _types(classes: Iterable[str | None]) -> tuple[str, ...]:
    """The classes to ask for: where all that are known are one or two."""
    known = [name for name in classes if name not in (None, "Topic", "Clause")]
    kinds = sorted({name for name in known if name})
    return tuple(kinds) if len(known) >= _TYPED and len(kinds) <= _MOST_TYPES else ()


_Offer = tuple[tuple[str, str, tuple[str, ...]], tuple[str | None, str | None]]


def _read(reader: Reader, one: Example, relation: str, said: Counter[str]) -> Iterator[_Offer]:
    doc = reader.doc(one.sentence)
    if reader.lexicon is not None:
        keep(replace(analysis_of(doc), lexicon=load_lexicon(own=reader.lexicon)))
    claims = extract(doc, _article(one.sentence), _ASK).claims
    nouns = list(_nouns(doc, one))
    for claim in claims:
        turned = _between(claim, one.object, one.subject)
        if not turned and not _between(claim, one.subject, one.object):
            continue
        if claim.predicate.property is not None:
            said[claim.predicate.property] += 1
            nouns = []
        elif claim.predicate.label.partition(" ")[2] or claim.extractor == "relations":
            ends = (claim.object, claim.subject) if turned else (claim.subject, claim.object)
            subject, object_ = (_class(doc, end) for end in ends)
            yield (
                ("inverseVerb" if turned else "verb", claim.predicate.label, ()),
                (subject, object_),
            )
            nouns = []
    yield from nouns


def _nouns(doc: Doc, one: Example) -> Iterator[_Offer]:
    """Nouns on which both ends hang by marks that tell them apart."""
    from kg.extract.grammar.annotations import name_at
    from kg.extract.statements.nominals import places

    for token in doc:
        if (
            token.pos_ != "NOUN"
            or name_at(token) is not None
            or _in(token, one.subject)
            or _in(token, one.object)
        ):
            continue
        marks = [(mark, t) for mark, t in places(token) if not mark.endswith("<")]
        subject = next((m for m, t in marks if _covers(t, one.subject)), None)
        object_ = next((m for m, t in marks if _covers(t, one.object)), None)
        if subject and object_ and subject != object_ and "acl" not in (subject, object_):
            yield ("noun", token.lemma_.lower(), (subject, object_)), (None, None)


def _in(token: Token, place: Range) -> bool:
    return token.idx < place[1] and place[0] < token.idx + len(token.text)


def _covers(token: Token, place: Range) -> bool:
    """Whether the phrase that a token heads is the end: its head stands in it."""
    return _in(token, place)


def _between(claim: Claim, subject: Range, object_: Range) -> bool:
    return is_at(claim.subject, subject) and is_at(claim.object, object_)


def is_at(end: Argument, place: Range) -> bool:
    """Whether a participant is what stands at this place."""
    return end.kind != "clause" and end.head_start < place[1] and place[0] < end.head_end


def _class(doc: Doc, end: Argument) -> str | None:
    from kg.extract.statements.predicates import class_of

    span = doc.char_span(end.head_start, end.head_end, alignment_mode="expand")
    return class_of(end, span.root if span is not None else None)


@dataclass(frozen=True, slots=True)
class Trial:
    """What entries do on the examples: the lines that they state, and the counterexamples that they
    state as well; ``beside`` are statements of other ends in the same sentences."""

    covered: frozenset[int]
    against: tuple[int, ...]


def trial(
    reader: Reader, examples: Sequence[Example], relation: str, entries: Sequence[Entry]
) -> Trial:
    """What these entries, with the user's own lexicon, state of the examples' sentences."""
    more = turtle_of(relation, entries)
    covered: set[int] = set()
    against: list[int] = []
    for one in examples:
        stated = [c for c in reader.claims(one.sentence, more) if c.predicate.property == relation]
        if any(_between(c, one.subject, one.object) for c in stated):
            if one.holds:
                covered.add(one.line)
            else:
                against.append(one.line)
    return Trial(frozenset(covered), tuple(against))
