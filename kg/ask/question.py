"""A parsed question as a pattern: who does what to whom, and which end is asked for.

The shipped parser reads questions as it reads news, so the order of words is its business: "Who did
Disney sue?" has its object in front and "Who did the mayor meet with?" its preposition at the end.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

from spacy.tokens import Doc, Token

from kg.ask.words import words
from kg.extract.grammar.annotations import value_at

#: What is wanted of the open end.
Asks = Literal["thing", "time", "place", "count", "amount", "age", "truth"]
_NOUNS: Final = ("NOUN", "PROPN", "NUM", "ADJ", "SYM", "X")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A participant as the question words it.

    ``text`` is without article, ``terms`` its words and ``lemmas`` theirs, ``head`` the lemma of the
    word that says what it is. ``ref`` tells one participant from another: the place of its head.
    ``of`` is Y and ``post`` the words before it in "the mayor of Y", "Y's mayor"; ``clauses`` are
    relative clauses, in which ``ref`` stands for it. ``asked``: the question asks for it, of the
    kind ``head`` where it has one. ``value`` is what a date or number means (ISO 8601, EDTF).
    """

    ref: int
    text: str
    terms: tuple[str, ...] = ()
    lemmas: tuple[str, ...] = ()
    head: str = ""
    asked: bool = False
    of: Phrase | None = None
    post: tuple[str, ...] = ()
    clauses: tuple[Clause, ...] = ()
    proper: bool = False
    plural: bool = False
    value: str = ""


@dataclass(frozen=True, slots=True)
class Complement:
    """A further participant: the words that mark it ("with", "in"; several where one will do)."""

    marks: tuple[str, ...]
    phrase: Phrase


@dataclass(frozen=True, slots=True)
class Clause:
    """A verb and its participants. ``verb`` is its lemma with particles ("take over"), ``form`` the
    word as it stands; ``passive``: ``subject`` is who it is done to. ``is_``: "be", of which
    ``object`` tells what or who the subject is. ``content`` are the words of what somebody said;
    ``negated`` and ``planned`` tell what the question takes for granted."""

    verb: str
    form: str
    subject: Phrase | None = None
    object: Phrase | None = None
    agent: Phrase | None = None
    complements: tuple[Complement, ...] = ()
    passive: bool = False
    is_: bool = False
    negated: bool = False
    planned: bool = False
    content: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """``clauses`` hold together, in an order of their own: the first is the main one. ``asked`` is
    the open end, None for yes or no; ``source`` is Y of "according to Y"."""

    text: str
    asks: Asks
    clauses: tuple[Clause, ...]
    asked: Phrase | None = None
    source: Phrase | None = None


class NotUnderstood(Exception):
    """What of a question is not understood, in words for whoever asked."""


def read(doc: Doc) -> Question:
    """What a parsed question asks. Raises `NotUnderstood`."""
    return _Reader(doc).question()


class _Reader:
    """One question while it is read."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.asked: Phrase | None = None
        self.asks: Asks = "truth"
        self.source: Phrase | None = None

    def question(self) -> Question:
        roots = [t for t in self.doc if t.head == t and not t.is_punct]
        if not roots:
            raise NotUnderstood("There is no question in these words.")
        if len(roots) > 1:
            raise NotUnderstood("These are several sentences; ask one question.")
        root = roots[0]
        clauses = [self.clause(root)]
        clauses += [
            self.joined(c, clauses[0]) for c in root.children
            if c.dep_ == "conj" and c.pos_ in ("VERB", "AUX")
        ]  # fmt: skip
        asks = self.asks
        if self.asked is None and not _is_truth(self.doc):
            raise NotUnderstood(
                "It is no question of who, what, which, where, when, how many or yes and no."
            )
        return Question(self.doc.text.strip(), asks, tuple(clauses), self.asked, self.source)

    def joined(self, verb: Token, first: Clause) -> Clause:
        """A verb joined by "and", which shares the subject of the first."""
        own = self.clause(verb)
        return own if own.subject or own.passive else replace(own, subject=first.subject)

    # --- clauses -------------------------------------------------------------------------------

    def clause(self, verb: Token, ref: Token | None = None) -> Clause:
        """The clause of a verb; ``ref`` is the noun that a relative clause is about."""
        if _is_copula(verb):
            return self.copula(verb, ref)
        planned = any(
            c.dep_ == "aux" and c.lower_ in ("will", "shall", "'ll") for c in verb.children
        )
        main = verb
        if verb.lemma_ in words("verbs", "planning"):
            inner = next((c for c in verb.children if c.dep_ == "xcomp" and c.pos_ == "VERB"), None)
            if inner is not None:
                main, planned = inner, True
        parts = [*main.children, *([] if main is verb else verb.children), *_torn(main)]
        found: dict[str, Phrase] = {}
        complements: list[Complement] = []
        stranded = _stranded(parts)
        content: tuple[str, ...] = ()
        for part in sorted(parts, key=lambda t: t.i):
            dep = part.dep_.split(":")[0]
            if part.dep_ in ("nsubj", "nsubj:pass", "csubj", "nsubj:outer", "expl"):
                found.setdefault("subject", self.phrase(part, ref))
            elif dep == "flat":
                found.setdefault("object", self.phrase(part, ref))
            elif dep in ("obj", "iobj") and _preposition(part) is None and stranded is None:
                found.setdefault("object" if dep == "obj" else "to", self.phrase(part, ref))
            elif part.dep_ == "obl:agent":
                found["agent"] = self.phrase(part, ref)
            elif dep in ("obj", "iobj", "obl", "nmod", "advmod", "advcl"):
                self.complement(
                    part, ref, stranded, complements, passive=_passive(main), found=found
                )
            elif dep == "xcomp" and part.pos_ in _NOUNS:
                complements.append(Complement(("as",), self.phrase(part, ref)))
            elif dep in ("ccomp", "xcomp", "parataxis"):
                content = _content(part)
        if "to" in found:
            complements.append(Complement(("to",), found.pop("to")))
        if ref is not None and not _mentions(found, complements, ref):
            self.gap(found, complements, ref, stranded)
        return Clause(
            _verb(main), main.lower_, found.get("subject"), found.get("object"), found.get("agent"),
            tuple(complements), passive=_passive(main), planned=planned, content=content,
            negated=_negated(verb) or _negated(main),
        )  # fmt: skip

    def gap(
        self,
        found: dict[str, Phrase],
        complements: list[Complement],
        ref: Token,
        stranded: str | None,
    ) -> None:
        """The place that a relative clause leaves open: "companies *that* Disney sued"."""
        own = Phrase(ref.i, ref.text)
        if stranded is not None:
            complements.append(Complement((stranded,), own))
        elif "subject" not in found:
            found["subject"] = own
        elif "object" not in found:
            found["object"] = own

    def complement(
        self, part: Token, ref: Token | None, stranded: str | None, to: list[Complement],
        *, passive: bool, found: dict[str, Phrase],
    ) -> None:  # fmt: skip
        """A phrase with a preposition, or an adverb that asks."""
        low = part.lower_
        if part.dep_.startswith("adv"):
            asks = _adverb(part)
            if asks is None:
                if part.pos_ in ("ADV", "PART") or low in ("not", "n't", "ever"):
                    return
                raise NotUnderstood(f"“{_text(part)}” is not understood here.")
            self.open(part, asks)
            to.append(Complement(_MARKS[asks], self.asked or Phrase(part.i, low)))
            return
        mark = _preposition(part)
        if mark == "according to":
            self.source = self.phrase(part, ref)
            return
        phrase = self.phrase(part, ref)
        if passive and mark == "by" and "agent" not in found:
            found["agent"] = phrase
            return
        own = mark or (stranded if phrase.asked or phrase.ref == getattr(ref, "i", -1) else None)
        if own is None and stranded is not None:
            own = stranded
        if own is None:
            own = "time"
        to.append(Complement((own,), phrase))

    def copula(self, root: Token, ref: Token | None) -> Clause:
        """ "Who is the mayor of Porthaven?", "Is Dunmore a member of the party?", "How old is Ford?" """
        subject = next((c for c in root.children if c.dep_.startswith("nsubj")), None)
        old = root.lemma_ in ("old", "tall", "big", "large", "high") and _how(root)
        if old:
            if root.lemma_ != "old" or subject is None:
                raise NotUnderstood(f"“how {root.lower_}” is not asked of a graph.")
            self.open(root, "age")
            assert self.asked is not None
            self.asked = replace(self.asked, head="age")
            return Clause("be", "is", self.phrase(subject, ref), self.asked, is_=True)
        complements: list[Complement] = []
        found: dict[str, Phrase] = {}
        about = root
        marked = _preposition(root)
        if root.lower_ in words("asked", "where") | words("asked", "when"):
            self.open(root, "place" if root.lower_ == "where" else "time")
            complements.append(Complement(_MARKS[self.asks], self.asked or Phrase(root.i, "")))
            predicate = None
        elif marked is not None or root.lemma_ == "be":
            predicate = None
            if marked is not None:
                complements.append(Complement((marked,), self.phrase(root, ref)))
        else:
            predicate = self.phrase(about, ref)
            for part in root.children:
                if part.dep_ == "nmod" and part.i < root.i and _determined(part) is not None:
                    predicate = replace(predicate, of=self.phrase(part, ref))
        for part in root.children:
            own = part.dep_.split(":")[0]
            if own == "obl" or (own == "advmod" and _adverb(part) is not None):
                self.complement(
                    part,
                    ref,
                    _stranded(list(root.children)),
                    complements,
                    passive=False,
                    found=found,
                )
        own_subject = self.phrase(subject, ref) if subject is not None else None
        if own_subject is None and ref is not None:
            own_subject = Phrase(ref.i, ref.text)
        return Clause(
            "be", "is", own_subject, predicate, None, tuple(complements), is_=True,
            negated=_negated(root),
        )  # fmt: skip

    # --- phrases -------------------------------------------------------------------------------

    def open(self, token: Token, asks: Asks) -> None:
        if self.asked is not None and self.asked.ref != token.i:
            raise NotUnderstood("It asks for two things at once; ask one after the other.")
        self.asked = Phrase(token.i, token.text, asked=True)
        self.asks = asks

    def phrase(self, token: Token, ref: Token | None) -> Phrase:
        """The participant that a token heads."""
        low = token.lower_
        if ref is not None and (token.tag_ in ("WDT", "WP", "WRB") or low == "that"):
            return Phrase(ref.i, ref.text)
        if low in words("asked", "who") | words("asked", "what") and token.pos_ in ("PRON", "DET"):
            if self.asked is not None and self.asked.ref == token.i:
                return self.asked
            self.open(token, "thing")
            assert self.asked is not None
            head = "person" if low in words("asked", "who") else ""
            of = _child_of(token)
            self.asked = replace(
                self.asked, head="" if head == "person" else head,
                terms=("who",) if head else ("what",),
                clauses=self.relative(token), of=self.phrase(of, ref) if of is not None else None,
            )  # fmt: skip
            return self.asked
        asks = _determined(token)
        of = _child_of(token)
        possessor = next((c for c in token.children if c.dep_ == "nmod:poss"), None)
        inner = possessor or of or _maker(token)
        before = _before(token)
        inside = sorted([*before, token], key=lambda t: t.i)
        if asks is None and possessor is not None and possessor.lower_ == "whose":
            self.open(possessor, "thing")
            assert self.asked is not None
            self.asked = replace(self.asked, terms=("who",))
        made = Phrase(
            token.i,
            _text(token),
            tuple(t.text for t in inside),
            tuple(t.lemma_.casefold() for t in inside),
            token.lemma_.casefold(),
            of=self.phrase(inner, ref) if inner is not None and asks is None else None,
            post=tuple(t.lemma_.casefold() for t in inside if t.pos_ != "PROPN" or t == token),
            clauses=self.relative(token),
            proper=token.pos_ == "PROPN" or bool(token.ent_type_) or token.text[:1].isupper(),
            plural=token.tag_ in ("NNS", "NNPS"),
            value=_value(token),
        )
        if asks is None:
            return made
        self.open(token, asks)
        self.asked = replace(made, asked=True, of=self.phrase(of, ref) if of is not None else None)
        return self.asked

    def relative(self, noun: Token) -> tuple[Clause, ...]:
        """What relative clauses and participles say of the noun."""
        found = []
        for c in noun.children:
            if c.dep_ == "acl:relcl" or (c.dep_ == "acl" and c.pos_ == "VERB"):
                one = self.clause(c, noun)
                if c.dep_ == "acl" and c.tag_ == "VBN":
                    one = replace(one, passive=True)
                found.append(one)
                found += [
                    self.joined(d, one) for d in c.children
                    if d.dep_ == "conj" and d.pos_ in ("VERB", "AUX")
                ]  # fmt: skip
        return tuple(found)


_MARKS: Final[dict[str, tuple[str, ...]]] = {
    "place": ("where",),
    "time": ("when",),
    "amount": ("amount",),
}


def _is_copula(root: Token) -> bool:
    if any(c.dep_ == "cop" for c in root.children) or root.lemma_ == "be":
        return True
    asks = root.lower_ in words("asked", "who") | words("asked", "what")
    return asks and any(c.dep_.startswith("nsubj") for c in root.children)


def _is_truth(doc: Doc) -> bool:
    first = next((t for t in doc if not t.is_punct), None)
    return first is not None and (first.pos_ == "AUX" or first.lemma_ in ("do", "be", "have"))


def _determined(token: Token) -> Asks | None:
    """What "which X", "how many X" ask for; None where the phrase is told."""
    for c in token.children:
        if c.lower_ in words("asked", "what") and c.dep_.startswith("det"):
            return "thing"
        if c.lower_ in ("many", "much") and _how(c):
            return "count" if c.lower_ == "many" else "amount"
    if token.lower_ in ("many", "much") and _how(token):
        return "count" if token.lower_ == "many" else "amount"
    return None


def _how(token: Token) -> bool:
    return any(c.lower_ == "how" for c in token.children)


def _adverb(token: Token) -> Asks | None:
    low = token.lower_
    if low in words("asked", "where"):
        return "place"
    if low in words("asked", "when"):
        return "time"
    if low == "long" and _how(token):
        return None
    return "amount" if low == "much" and _how(token) else None


def _child_of(token: Token) -> Token | None:
    """Y of "the N of Y", "the N at Y"."""
    return next(
        (
            c
            for c in token.children
            if c.dep_ == "nmod" and _preposition(c) in ("of", "at", "for", "to", "in", "from")
        ),
        None,
    )


def _maker(token: Token) -> Token | None:
    """ "Netflix" of "the Netflix boss"."""
    if token.pos_ != "NOUN":
        return None
    return next((c for c in token.children if c.dep_ == "compound" and c.pos_ == "PROPN"), None)


def _before(token: Token) -> list[Token]:
    """The words of a phrase before (and, of a name, after) its head that are no article."""
    kept = ("compound", "amod", "flat", "nummod", "nmod:desc", "nmod:unmarked", "appos")
    inside: list[Token] = []
    for c in token.children:
        torn = token.dep_.startswith("nsubj") and token.i < token.head.i < c.i
        if (c.dep_ in kept or c.dep_.startswith("flat")) and not c.is_punct and not torn:
            inside += [*_before(c), c]
    return sorted(inside, key=lambda t: t.i)


def _text(token: Token) -> str:
    """The words of a phrase without its article, question word and relative clause."""
    left = [t for t in token.subtree if not _beyond(t, token)]
    while left and (
        left[0].lower_ in words("names", "articles")
        or left[0].is_punct
        or left[0].dep_ == "case"
        or left[0].tag_ in ("WDT", "WP$", "WP")
    ):
        left.pop(0)
    while left and (left[-1].is_punct or left[-1].tag_ == "POS"):
        left.pop()
    return "".join(t.text_with_ws for t in left).strip()


def _beyond(token: Token, head: Token) -> bool:
    at = token
    if head.dep_.startswith("nsubj") and head.i < head.head.i < token.i:
        return True
    while at != head:
        if at.dep_ in ("acl:relcl", "acl", "cop", "nsubj", "aux", "punct") and at.head == head:
            return True
        at = at.head
    return False


def _preposition(token: Token) -> str | None:
    """The preposition before a phrase; "according to" whole."""
    for c in token.children:
        if c.dep_ == "case" and c.i < token.i and c.tag_ != "POS":
            more = [d for d in c.children if d.dep_ == "fixed"]
            return " ".join(t.lower_ for t in sorted([c, *more], key=lambda t: t.i))
    return None


def _stranded(parts: list[Token]) -> str | None:
    """The preposition at the end: "Who did she meet *with*?" """
    for part in parts:
        if (
            part.pos_ == "ADP"
            and part.dep_ in ("case", "obl", "advmod", "mark")
            and not list(part.children)
        ):
            return part.lower_
        for c in part.children:
            if c.dep_ == "case" and c.i > part.i and c.pos_ == "ADP" and c.tag_ != "POS":
                return c.lower_
    return None


def _torn(verb: Token) -> list[Token]:
    """What the parse took for the rest of a name before the verb: "Did *X* sue *Y*?" """
    return [
        c
        for subject in verb.children
        for c in subject.children
        if subject.dep_.startswith("nsubj")
        and subject.i < verb.i < c.i
        and c.dep_.startswith("flat")
    ]


def _passive(verb: Token) -> bool:
    return any(c.dep_ in ("aux:pass", "nsubj:pass") for c in verb.children)


def _negated(verb: Token) -> bool:
    return any(c.lower_ in ("not", "n't", "n’t", "never") for c in verb.children)


def _verb(verb: Token) -> str:
    parts = [c.lower_ for c in verb.children if c.dep_ == "compound:prt"]
    helped = any(c.lemma_ == "do" and c.dep_ == "aux" for c in verb.children)
    return " ".join([verb.lower_ if helped else verb.lemma_.lower(), *parts])


def _value(token: Token) -> str:
    found = value_at(token)
    return found.value if found is not None else ""


def _content(token: Token) -> tuple[str, ...]:
    """The words that carry what was said."""
    kinds = ("NOUN", "PROPN", "VERB", "ADJ", "NUM")
    return tuple(t.lemma_.casefold() for t in token.subtree if t.pos_ in kinds and not t.is_stop)


def _mentions(found: dict[str, Phrase], complements: list[Complement], ref: Token) -> bool:
    told = [*found.values(), *(c.phrase for c in complements)]
    return any(phrase.ref == ref.i for phrase in told)
