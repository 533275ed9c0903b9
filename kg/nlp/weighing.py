"""What a name can be, by the signs of a whole article.

The network reads a sentence or two, and takes a firm that it never heard of for a person and a surname
that stands alone for a town. The article shows by its grammar what they are: who is *at* Orvell, that
Orvell raised *its* prices, that Venn said *she* would leave. Each sign for a body has a weight; three are
enough where no sign speaks for a person. Where the signs are few or at odds, the type stays.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from spacy.tokens import Span, Token

from kg.nlp.coreference.lexicon import given_names, labels_of, lexicon, plain
from kg.places import known_place

_WORDS: Final = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_EITHER: Final = frozenset(_WORDS["either"])
_TRADED: Final = frozenset(_WORDS["traded"])
_HAD: Final = frozenset(_WORDS["had"])
_HEADS: Final = frozenset(_WORDS["heads"])
_LEADERS: Final = frozenset(_WORDS["leaders"])
_CHIEFS: Final = frozenset({"executive", "officer"})
_VOICES: Final = frozenset(_WORDS["voices"])
_KIN: Final = frozenset(_WORDS["kin"])
_AFTER_PEOPLE: Final = frozenset(_WORDS["after_people"])
_STYLED: Final = frozenset(_WORDS["styled"])
_WITHIN: Final = frozenset(_WORDS["within"])
_SUBJECTS: Final = frozenset({"nsubj", "nsubj:pass"})
_HE_OR_SHE: Final = frozenset({"he", "him", "his", "himself", "she", "her", "hers", "herself"})
_NO_PEOPLE: Final = frozenset({"GPE", "LOC", "FAC", "ORG"})
_NO_SHIPS: Final = _NO_PEOPLE | {"PERSON"}
_NO_STATIONS: Final = _NO_SHIPS | {"PRODUCT"}
_VESSELS: Final = frozenset(_WORDS["vessels"])
#: "PennDOT": letters that stand for words, behind a part of one.
_LETTERS_BEHIND: Final = re.compile(r"[A-Z][a-z]+[A-Z]{2,}s?")
#: "KZRT": a station, by its call sign.
_STATION: Final = re.compile(r"[KW][B-DF-HJ-NP-TV-XZ]{3}")
#: "Ada Venn", "Ada Mary Venn-Holm".
_FULL_NAME: Final = re.compile(
    r"[A-Z][a-zà-ž]+(?: [A-Z][a-zà-ž]+)?(?: [A-Z][a-zà-ž]+(?:-[A-Z][a-zà-ž]+)?)"
)
#: So many words stand between a name and its verb at most: "on Thursday".
_NEAR: Final = 4
#: So much is enough.
_SURE: Final = 3


def bodies_and_people(spans: Sequence[Span], best: dict[str, str]) -> dict[str, str]:
    """The names whose type of ``best`` the article belies, with their own: bodies taken for people, people
    for places or bodies. ``spans`` are all names of the article."""
    if not spans or not spans[0].doc.has_annotation("DEP"):
        return {}
    mentions: dict[str, list[Span]] = {}
    for span in (one for one in spans if one.text.strip()):
        mentions.setdefault(span.text, []).append(span)
    typed = {name: best.get(name, found[0].label_) for name, found in mentions.items()}
    people = [name.split() for name, label in typed.items() if label == "PERSON" and " " in name]
    last = {full[-1] for full in people}
    parts = {part for name in people for part in (name[0], name[-1])}
    long = [name.split() for name, label in typed.items() if label == "ORG" and " " in name]
    bodies = {name[0]: 2 + (name[-1] not in _AFTER_PEOPLE) for name in long}
    out = {}
    for name, label in typed.items():
        found = mentions[name]
        station = label in _NO_STATIONS and _STATION.fullmatch(name) is not None
        mistaken = label == "PERSON" and name not in parts
        if station or (mistaken and _is_body(name, found, bodies.get(name, 0))):
            out[name] = "ORG"
        elif label in _NO_PEOPLE and name in last and _is_person(name, label, found, typed):
            out[name] = "PERSON"
        elif label == "ORG" and _FULL_NAME.fullmatch(name):
            *_, surname = name.split()
            if surname not in _AFTER_PEOPLE and _is_somebody([*found, *mentions.get(surname, ())]):
                out |= {one: "PERSON" for one in (name, surname) if one in typed}
    return out


def _is_somebody(found: Sequence[Span]) -> bool:
    """Whether a full name that was taken for a body's is a person's: nothing speaks for a body, and one sure
    sign or two of "he" for a person."""
    if any(holds(span) for span in found for _, holds in _SIGNS):
        return False
    sure = (_is_titled, _is_aged, _has_kin)
    weight = sum(2 for span in found if any(holds(span) for holds in sure))
    return weight + sum(map(_is_he_or_she, found)) > 1


def _is_body(name: str, found: Sequence[Span], begins: int) -> bool:
    """Whether the signs are sure that it is a body; ``begins``: how much it weighs that the name of one
    begins with it ("*Orvell* Foods")."""
    first = name.split(maxsplit=1)[0].lower()
    if first in given_names() or plain(first) in given_names() or any(map(_is_human, found)):
        return False
    weight = 3 * (_LETTERS_BEHIND.fullmatch(name) is not None) + begins
    acting = [span for span in found if span.root.dep_ in _SUBJECTS]
    if any(map(_has_the, acting)) and not all(map(_has_the, acting)) and not _is_styled(name):
        weight += 2 + (" " in name)  # "Jal Board awarded", "the Jal Board said"
    weight += sum(worth for worth, holds in _SIGNS if any(map(holds, found)))
    return weight >= _SURE


def _is_person(name: str, label: str, found: Sequence[Span], typed: Iterable[str]) -> bool:
    """Whether a word with which a person's name ends is that person wherever it stands alone."""
    if known_place(name) is not None or any(name in one.split()[:-1] for one in typed):
        return False
    if label == "ORG":
        return any(map(_is_human, found)) and not any(
            holds(span) for span in found for _, holds in _SIGNS
        )
    return not any(map(_is_where, found))


def _is_where(span: Span) -> bool:
    """ "in *Allen*", "*Allen*, Texas"."""
    after = span.doc[span.end : span.end + 2]
    beside = len(after) == 2 and after[0].text == "," and after[1].ent_type_ in _NO_PEOPLE
    return beside or any(t.lower_ in _WITHIN for t in _cases(span))


# --- signs of a body ---------------------------------------------------------------------------


def _takes_which(span: Span) -> bool:
    """ "*Orvell*, which makes paint, has": a clause on all that is said stands behind the verb."""
    return _relative(span) == "which" and span.root.dep_ in _SUBJECTS and (
        span.root.head.i > span.end + 1
    )  # fmt: skip


def _is_called_body(span: Span) -> bool:
    """ "the chipmaker *Orvell*", "*Orvell*, a startup"."""
    return any(labels_of(noun) == {"ORG"} and noun not in _EITHER for noun in _nouns(span))


def _may_be_called_body(span: Span) -> bool:
    """ "a Danish rival, *Orvell*"."""
    return any(noun in _EITHER for noun in _nouns(span))


def _has_staff(span: Span) -> bool:
    """ "an engineer at *Orvell*", "anybody else at *Orvell*"."""
    head = span.root.head
    there = span.root.dep_ == "nmod" and any(t.lower_ == "at" for t in _cases(span))
    return there and (head.pos_ == "PRON" or "PERSON" in labels_of(head.lemma_.lower()))


def _owns_with_its(span: Span) -> bool:
    """ "*Orvell* raised its prices": nothing else before that it could stand for."""
    verb = span.root.head
    if span.root.dep_ not in _SUBJECTS or not 0 <= verb.i - span.end <= _NEAR:
        return False
    words = span.doc[verb.i + 1 : span.sent.end]
    its = next((token for token in words if token.lower_ == "its"), None)
    if its is None:
        return False
    above = set(its.ancestors)  # "a quarter of its value": the quarter is not what has it
    between = (t for t in words if t.i < its.i and t not in above)
    return verb in above and not any(t.dep_ in _SUBJECTS or _is_thing(t) for t in between)


def _is_it(span: Span) -> bool:
    """ "*Orvell* said it had sold the plant", "denied it and said it would appeal"."""
    if span.root.dep_ not in _SUBJECTS:
        return False
    verb = span.root.head
    more = (t for t in verb.children if t.dep_ == "conj" and not _subjects(t))
    return any(map(_says_it, (verb, *more)))


def _subjects(verb: Token) -> list[Token]:
    return [token for token in verb.children if token.dep_ in _SUBJECTS]


def _says_it(verb: Token) -> bool:
    """Whether what is said begins with an "it" that stands for something."""
    words = lexicon()
    if verb.lemma_.lower() not in words.speech:
        return False
    for clause in (t for t in verb.children if t.dep_ == "ccomp" and t.i > verb.i):
        empty = clause.lemma_.lower() in words.expletive_verbs | words.expletive_words
        made = any(t.dep_ == "cop" or t.dep_.startswith("csubj") for t in clause.children)
        if clause.pos_ == "VERB" and not (empty or made):
            return any(t.lower_ == "it" for t in _subjects(clause))
    return False


def _is_traded(span: Span) -> bool:
    """ "shares in *Orvell*", "*Orvell* stock"."""
    head = span.root.head
    into = span.root.dep_ == "nmod" and any(t.lower_ == "in" for t in _cases(span))
    return head.lemma_.lower() in _TRADED and (into or span.root.dep_ == "compound")


def _has_what_bodies_have(span: Span) -> bool:
    """ "*Orvell*'s shareholders"."""
    owns = span.root.dep_ in ("nmod:poss", "compound")
    return owns and span.root.head.lemma_.lower() in _HAD


def _has_chief(span: Span) -> bool:
    """ "*Orvell* CEO Ada Venn", "*Orvell*'s chief executive"."""
    post, root = span.root.head, span.root
    if root.dep_ not in ("nmod:poss", "compound") or post.i < span.end:
        return False
    words = {token.lower_ for token in post.lefts if token.i >= span.end}
    return post.text in _HEADS or (post.lower_ in _CHIEFS and "chief" in words)


def _has_head(span: Span) -> bool:
    """ "*Orvell* chairman Ada Venn"; "the *Venn* founder" may be of a work."""
    post, root, doc = span.root.head, span.root, span.doc
    after = doc[post.i + 1 : post.i + 2]
    named = any(token.ent_type_ == "PERSON" for token in after)
    return root.dep_ == "compound" and named and post.lower_ in _LEADERS and post.i == span.end


def _has_voice(span: Span) -> bool:
    """ "a spokesperson for *Orvell*"; people have some too."""
    head = span.root.head
    return span.root.dep_ == "nmod" and head.lemma_.lower() in _VOICES


_SIGNS: Final[tuple[tuple[int, Callable[[Span], bool]], ...]] = (
    (3, _takes_which),
    (3, _is_called_body),
    (3, _has_staff),
    (3, _has_chief),
    (2, _has_head),
    (2, _owns_with_its),
    (2, _is_traded),
    (2, _has_what_bodies_have),
    (1, _is_it),
    (1, _has_voice),
    (1, _may_be_called_body),
)


def is_vessel(span: Span) -> bool:
    """Whether a name is called a ship: "the dredger, the *Orvell Maid*", "the *Orvell Maid*, a dredger". What has
    no "the" may be its captain."""
    root, head, doc = span.root, span.root.head, span.doc
    if span.label_ not in _NO_SHIPS or span.start == 0 or doc[span.start - 1].lower_ != "the":
        return False
    before = root.dep_ == "appos" and head.i < span.start and head.dep_ != "nmod:poss"
    tied = [head] if before else [t for t in root.children if t.dep_ == "appos" and t not in span]
    return any(t.tag_ == "NN" and t.lemma_.lower() in _VESSELS for t in tied)


# --- signs of a person -------------------------------------------------------------------------


def _is_human(span: Span) -> bool:
    """Whether one place shows that it is a person."""
    return (
        _relative(span) in ("who", "whom")
        or _is_titled(span)
        or _is_aged(span)
        or any(labels_of(noun) == {"PERSON"} for noun in _nouns(span))
        or _has_kin(span)
        or _is_he_or_she(span)
    )


def _has_kin(span: Span) -> bool:
    """ "*Venn*'s wife"."""
    return span.root.dep_ == "nmod:poss" and span.root.head.lemma_.lower() in _KIN


def _is_titled(span: Span) -> bool:
    """ "Mr *Venn*", "Judge *Venn*"; not "former *Orvell* partner"."""
    if span.start == 0 or span.root.dep_ == "compound":
        return False
    before = span.doc[span.start - 1]
    return before.lower_ in lexicon().titles and before.text[0].isupper()


def _is_aged(span: Span) -> bool:
    """ "*Venn*, 54,"."""
    after = [token.text for token in span.doc[span.end : span.end + 3]]
    return len(after) == 3 and after[0] == "," and after[1].isdigit() and after[2] in ",.;)"


def _is_he_or_she(span: Span) -> bool:
    """Whether "he" or "she" comes next, in its sentence or at the beginning of the one behind it, and
    nobody else is named there."""
    doc, sentence = span.doc, span.sent
    if any(t.ent_type_ == "PERSON" and t not in span for t in sentence):
        return False
    if any(t.lower_ in _HE_OR_SHE for t in doc[span.end : sentence.end]):
        return True
    opening = doc[sentence.end : sentence.end + 1]
    return any(t.lower_ in _HE_OR_SHE for t in opening)


# --- around a name -----------------------------------------------------------------------------


def _nouns(span: Span) -> Iterator[str]:
    """The nouns that stand for the same: before it, in apposition, or said of it; not "the head of the
    union, *Ada Venn*"."""
    root, head = span.root, span.root.head
    before = root.dep_ in ("appos", "flat") and head.i < span.start and head.dep_ != "nmod"
    tied = [head] if before else []
    tied += [t for t in root.children if t.dep_ in ("appos", "compound") and t not in span]
    if root.dep_ == "nsubj" and any(t.dep_ == "cop" for t in head.children):
        tied.append(head)
    return (noun.lemma_.lower() for noun in tied if noun.tag_ == "NN")


def _has_the(span: Span) -> bool:
    """ "the *Orvell Board* said"; not "the *Venn* of old", "the *Venn* files"."""
    doc, root = span.doc, span.root
    if span.start == 0 or doc[span.start - 1].lower_ != "the" or root.dep_ == "compound":
        return False
    return doc[span.start - 1].head == root and not any(
        t.i >= span.end and t.dep_ != "punct" for t in root.children
    )


def _is_styled(name: str) -> bool:
    """Whether a name tells what somebody is: "the Duke of Orvell", "the Dalai Lama"."""
    words = [word.lower() for word in name.split()]
    return any(w in _STYLED or w in lexicon().titles or "PERSON" in labels_of(w) for w in words)


def _relative(span: Span) -> str:
    """The relative pronoun right behind a name, whose clause hangs on it."""
    doc, place = span.doc, span.end
    place += place < len(doc) and doc[place].text == ","
    clauses = [t for t in span.root.children if t.dep_ == "acl:relcl"]
    if place >= len(doc) or not any(clause.i > place for clause in clauses):
        return ""
    return doc[place].lower_


def _cases(span: Span) -> Iterator[Token]:
    return (token for token in span.root.children if token.dep_ == "case" and token.i < span.start)


def _is_thing(token: Token) -> bool:
    """Whether "it" could stand for it."""
    if token.pos_ == "PROPN":
        return token.ent_type_ not in ("DATE", "TIME")
    plural = "Number=Plur" in str(token.morph)
    return token.pos_ == "NOUN" and not plural and token.dep_ not in ("compound", "obl:unmarked")
