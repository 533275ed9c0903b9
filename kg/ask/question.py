"""A parsed question as a pattern: who does what to whom, and which end is asked for.

The shipped parser reads questions as it reads news, so the order of words is its business: "Who did
Disney sue?" has its object in front and "Who did the mayor meet with?" its preposition at the end.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

from spacy.tokens import Doc, Token

from kg.ask.words import kin, words
from kg.extract.grammar.annotations import value_at
from kg.extract.statements.predicates import particles

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
    kind ``head`` where it has one. ``some``: any of them ("a firm"); ``also``: those that "and"
    joins to it. ``value`` is what a date or number means (ISO 8601, EDTF).
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
    some: bool = False
    also: tuple[Phrase, ...] = ()
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
    the open end, None for yes or no; ``source`` is Y of "according to Y"; ``most``: who does it
    most often."""

    text: str
    asks: Asks
    clauses: tuple[Clause, ...]
    asked: Phrase | None = None
    source: Phrase | None = None
    most: bool = False


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
        self.most = False

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
        return Question(
            self.doc.text.strip(), asks, tuple(clauses), self.asked, self.source, self.most
        )

    def joined(self, verb: Token, first: Clause) -> Clause:
        """A verb joined by "and", which shares the subject of the first."""
        own = self.clause(verb)
        return own if own.subject or own.passive else replace(own, subject=first.subject)

    # --- clauses -------------------------------------------------------------------------------

    def clause(self, verb: Token, ref: Token | None = None) -> Clause:
        """The clause of a verb; ``ref`` is the noun that a relative clause is about."""
        if _is_copula(verb):
            return self.copula(verb, ref)
        main = _coloured(verb)
        parts = sorted({*main.children, *verb.children, *_torn(main)} - {main}, key=lambda t: t.i)
        reported = main is not verb and _passive(verb)
        found = _Parts(self, main, ref, _stranded(parts), passive=_passive(main))
        for part in parts:
            if not (part.dep_ == "obj" and _light(main)):
                found.take(part)
        if ref is not None and not found.mentions(ref):
            self.gap(found.ends, found.complements, ref, found.stranded)
        light = _light(main)  # "Where did it take place?"
        return Clause(
            _verb(main) + light, _form(main) + light, found.ends.get("subject"), found.ends.get("object"),
            found.ends.get("agent"), tuple(found.complements), passive=_passive(main),
            planned=(main is not verb and not reported) or _future(verb),
            content=found.content, negated=_negated(verb) or _negated(main),
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

    def complement(self, part: Token, ref: Token | None, stranded: str | None) -> Complement | None:
        """A phrase with a preposition, or an adverb that asks; None for one that says nothing, and
        for whoever says so ("according to")."""
        asks = _adverb(part)
        if asks is not None:
            self.open(part, asks)
            return Complement(_MARKS["long" if part.lower_ == "long" else asks], self.opened())
        if part.dep_.startswith("adv"):
            if any(t.lower_ in words("asked", "most") for t in part.subtree):
                self.most = True
                return None
            if part.pos_ in ("ADV", "PART") or part.lower_ in ("not", "n't", "ever"):
                return None
            raise NotUnderstood(f"“{_text(part)}” is not understood here.")
        mark = _preposition(part)
        if mark == "than" or part.lower_ in words("asked", "most"):
            self.most = True
            return None
        phrase = self.phrase(part, ref)
        if mark == "according to":
            self.source = phrase
            return None
        if phrase.asked and part.lemma_ in words("asked", "times"):
            self.asks = "time"
            return Complement(_MARKS["time"], phrase)
        return Complement((mark or stranded or "time",), phrase)

    def opened(self) -> Phrase:
        """The open end."""
        assert self.asked is not None
        return self.asked

    def copula(self, root: Token, ref: Token | None) -> Clause:
        """ "Who is the mayor of Porthaven?", "Is Dunmore a member of the party?", "How old is Ford?" """
        subjects = [c for c in root.children if c.dep_.startswith("nsubj")]
        own = [c for c in subjects[0].children if c.dep_ == "nsubj"] if subjects else []
        subjects = [*own, *subjects]  # "When was *Chirac* mayor of Paris?"
        subject = self.phrase(subjects[0], ref) if subjects else self.before(root)
        complements: list[Complement] = self.posted(subjects[0], ref) if subjects else []
        if root.lemma_ in words("asked", "sizes") and _how(root):
            return self.size(root, subject)
        if subject is None and ref is not None:
            subject = Phrase(ref.i, ref.text)
        predicate = None
        marked = _preposition(root)
        asks = _adverb(root)
        if asks is not None:
            self.open(root, asks)
            complements.append(Complement(_MARKS[asks], self.opened()))
            if len(subjects) > 1:  # "When was Chirac mayor of Paris?"
                predicate = self.phrase(subjects[1], ref)
        elif marked is not None:
            complements.append(Complement((marked,), self.phrase(root, ref)))
        elif root.lemma_ != "be":
            predicate = self.predicate(root, ref)
        stranded = _stranded(list(root.children))
        for part in root.children:
            dep = part.dep_.split(":")[0]
            if dep == "obl" or (dep == "advmod" and _adverb(part) is not None):
                one = self.complement(part, ref, stranded)
                complements += [one] if one is not None else []
        return Clause(
            "be", "is", subject, predicate, None, tuple(complements), is_=True,
            negated=_negated(root),
        )  # fmt: skip

    def posted(self, noun: Token, ref: Token | None) -> list[Complement]:
        """ "What was Felt's post *at the FBI*?" """
        if not any(c.dep_ == "nmod:poss" for c in noun.children):
            return []
        behind = _child_of(noun)
        mark = _preposition(behind) if behind is not None else None
        if behind is None or mark in (None, "of"):
            return []
        return [Complement((mark,), self.phrase(behind, ref))]

    def before(self, root: Token) -> Phrase | None:
        """ "Which club is *Desmond Pike* chairman of?", where the parse finds one phrase."""
        names = [t for c in _makers(root) for t in (c, *c.children) if t.pos_ == "PROPN"]
        if not names or any(c.dep_.startswith("det") for c in root.children):
            return None
        text, lemmas = " ".join(t.text for t in names), tuple(t.lemma_.casefold() for t in names)
        terms = tuple(t.text for t in names)
        return Phrase(names[0].i, text, terms, lemmas, lemmas[-1], proper=True)

    def predicate(self, root: Token, ref: Token | None) -> Phrase:
        """What somebody is; "Which party is Cherry *a member of*?" has the rest in front."""
        found = self.phrase(root, ref)
        for part in root.children:
            if part.dep_ == "nmod" and part.i < root.i and _determined(part) is not None:
                found = replace(found, of=self.phrase(part, ref))
        return found

    def size(self, root: Token, subject: Phrase | None) -> Clause:
        if root.lemma_ != "old" or subject is None:
            raise NotUnderstood(f"“how {root.lower_}” is not asked of a graph.")
        self.open(root, "age")
        self.asked = replace(self.opened(), head="age")
        return Clause("be", "is", subject, self.asked, is_=True)

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
            return self.question_word(token, ref)
        asks = _determined(token)
        if token.lower_ == "much" and asks is not None:
            asks = "amount"
        inside = sorted([*_before(token), token], key=lambda t: t.i)
        made = Phrase(
            token.i,
            _text(token),
            tuple(t.text for t in inside),
            tuple(t.lemma_.casefold() for t in inside),
            token.lemma_.casefold(),
            of=self.of(token, ref, asked=asks is not None),
            post=tuple(t.lemma_.casefold() for t in inside if t.pos_ != "PROPN" or t == token),
            clauses=self.relative(token),
            proper=token.pos_ == "PROPN" or bool(token.ent_type_) or token.text[:1].isupper(),
            plural=token.tag_ in ("NNS", "NNPS"),
            also=tuple(
                self.phrase(c, ref)
                for c in token.children
                if c.dep_ == "conj" and c.pos_ in ("NOUN", "PROPN")
            ),
            some=any(c.lower_ in words("names", "some") for c in token.children),
            value=_value(token),
        )
        if asks is None:
            return made
        self.open(token, asks)
        self.asked = replace(made, asked=True)
        return self.asked

    def question_word(self, token: Token, ref: Token | None) -> Phrase:
        if self.asked is not None and self.asked.ref == token.i:
            return self.asked
        self.open(token, "thing")
        who = token.lower_ in words("asked", "who")
        self.asked = replace(
            self.opened(), terms=("who",) if who else ("what",), clauses=self.relative(token)
        )
        return self.asked

    def of(self, token: Token, ref: Token | None, *, asked: bool) -> Phrase | None:
        """Y of "the N of Y", "Y's N", "the Y N"."""
        possessor = next((c for c in token.children if c.dep_ == "nmod:poss"), None)
        if possessor is not None and possessor.tag_ != "PRP$" and not asked:
            return self.phrase(possessor, ref)
        if possessor is not None and token.lemma_ in kin():
            raise NotUnderstood(f"“{possessor.text}” does not say whom it means.")
        behind = _child_of(token)
        if behind is not None:
            return self.phrase(behind, ref)
        before = _makers(token)
        if not before or asked:
            return None
        return Phrase(
            before[-1].i, " ".join(t.text for t in before), tuple(t.text for t in before),
            tuple(t.lemma_.casefold() for t in before), before[-1].lemma_.casefold(), proper=True,
        )  # fmt: skip

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
    "long": ("duration",),
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
    return "amount" if low in ("much", "long") and _how(token) else None


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


def _makers(token: Token) -> list[Token]:
    """ "Castell Marine" of "the Castell Marine spokesman"."""
    if token.pos_ != "NOUN":
        return []
    return [c for c in token.children if c.dep_ == "compound" and c.pos_ == "PROPN"]


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
        or left[0].dep_ in ("case", "fixed")
        or left[0].tag_ in ("WDT", "WP$", "WP", "PRP$")
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
        if (
            at.dep_ in ("acl:relcl", "acl", "cop", "nsubj", "aux", "punct", "appos")
            and at.head == head
        ):
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
    helped = any(c.lemma_ == "do" and c.dep_ == "aux" for c in verb.children)
    return " ".join([verb.lower_ if helped else verb.lemma_.lower(), *_particles(verb)])


def _form(verb: Token) -> str:
    return " ".join([verb.lower_, *_particles(verb)])


def _particles(verb: Token) -> list[str]:
    return [c.lower_ for c in particles(verb)]


def _coloured(verb: Token) -> Token:
    """The verb that another only colours: "plans to *extend*", "is said to *own*"."""
    colours = verb.lemma_ in words("verbs", "planning")
    reported = _passive(verb) and verb.lemma_ in words("verbs", "say") | words("verbs", "reported")
    for c in verb.children if colours or reported else ():
        if c.dep_ == "xcomp" and c.pos_ == "VERB":
            return c
    return verb


def _light(verb: Token) -> str:
    fixed = words("verbs", "fixed")
    found = (c for c in verb.children if c.dep_ == "obj" and not list(c.children))
    return next((f" {c.lower_}" for c in found if f"{verb.lemma_} {c.lower_}" in fixed), "")


def _future(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ in ("will", "shall", "'ll") for c in verb.children)


def _value(token: Token) -> str:
    found = value_at(token)
    return found.value if found is not None else ""


def _content(token: Token) -> tuple[str, ...]:
    """The words that carry what was said; "=" before those of a name that none may lack."""
    kinds = ("NOUN", "PROPN", "VERB", "ADJ", "NUM")
    return tuple(
        f"{'=' if _ends_name(t) else ''}{t.lemma_.casefold()}"
        for t in token.subtree
        if t.pos_ in kinds and not t.is_stop
    )


def _ends_name(token: Token) -> bool:
    behind = token.doc[token.i + 1 : token.i + 2]
    return token.pos_ == "PROPN" and not any(t.pos_ == "PROPN" for t in behind)


class _Parts:
    """The participants of one clause while they are read."""

    def __init__(
        self,
        reader: _Reader,
        verb: Token,
        ref: Token | None,
        stranded: str | None,
        *,
        passive: bool,
    ) -> None:
        self.reader, self.verb, self.ref = reader, verb, ref
        self.stranded, self.passive = stranded, passive
        self.ends: dict[str, Phrase] = {}
        self.complements: list[Complement] = []
        self.content: tuple[str, ...] = ()

    def take(self, part: Token) -> None:
        """Read one word that hangs on the verb, with all that hangs on it."""
        dep = part.dep_.split(":")[0]
        if dep == "nsubj" or part.dep_ == "expl":
            self._subject(self._phrase(part))
        elif dep == "csubj":
            raise NotUnderstood(f"“{_text(part)}” is not understood here.")
        elif part.dep_ == "obl:agent" or (
            self.passive and _preposition(part) == "by" and dep == "obl"
        ):
            self.ends["agent"] = self._phrase(part)
        elif dep == "flat" or (dep in ("obj", "iobj") and self._is_object(part)):
            self._object(part, dep)
        elif dep in ("obj", "iobj", "obl", "nmod", "advmod", "advcl"):
            one = self.reader.complement(part, self.ref, self._stranded(part))
            self.complements += [one] if one is not None else []
        elif dep == "xcomp" and part.pos_ in _NOUNS:
            self.complements.append(Complement(("as",), self._phrase(part)))
        elif dep in ("ccomp", "xcomp", "parataxis"):
            self.content = _content(part)

    def _phrase(self, part: Token) -> Phrase:
        return self.reader.phrase(part, self.ref)

    def _subject(self, phrase: Phrase) -> None:
        first = self.ends.get("subject")
        if first is None:
            self.ends["subject"] = phrase
        elif first.asked:  # "Which models has OpenAI launched?", read as two subjects
            self.ends.setdefault("object", first)
            self.ends["subject"] = phrase
        elif phrase.ref != first.ref:
            raise NotUnderstood(f"“{first.text}” and “{phrase.text}” both seem to do it.")

    def _is_object(self, part: Token) -> bool:
        return _preposition(part) is None and not self._stranded(part) and _adverb(part) is None

    def _stranded(self, part: Token) -> str | None:
        """The preposition at the end belongs to what stands in front."""
        return self.stranded if part.i < self.verb.i else None

    def _object(self, part: Token, dep: str) -> None:
        first, phrase = self.ends.get("object"), self._phrase(part)
        if dep == "iobj":
            self.complements.append(Complement(("to",), phrase))
        elif first is None:
            self.ends["object"] = phrase
        elif self.verb.lemma_ in words("verbs", "calling"):  # "What did she call the deal?"
            self.ends["object"] = phrase if first.asked else first
            self.complements.append(Complement(("as",), first if first.asked else phrase))
        else:
            self.complements.append(Complement(("to",), phrase))

    def mentions(self, ref: Token) -> bool:
        """Whether the noun that a relative clause is about stands in it."""
        told = [*self.ends.values(), *(c.phrase for c in self.complements)]
        return any(phrase.ref == ref.i for phrase in told)
