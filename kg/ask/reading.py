"""A parsed question to its pattern.

The shipped parser reads questions as it reads news, so the order of words is its business: "Who did
Disney sue?" has its object in front and "Who did the mayor meet with?" its preposition at the end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from spacy.tokens import Doc, Token

from kg.ask import grammar
from kg.ask.question import Asks, Clause, Complement, NotUnderstood, Phrase, Question
from kg.ask.turning import ways
from kg.ask.words import kin, words

_NOUNS: Final = ("NOUN", "PROPN", "NUM", "ADJ", "SYM", "X")
_MARKS: Final[dict[str, tuple[str, ...]]] = {
    "place": ("where",),
    "time": ("when",),
    "amount": ("amount",),
    "long": ("duration",),
    "thing": ("why",),
}


def read(doc: Doc, *, stated: bool = False) -> tuple[Question, ...]:
    """The ways to understand a parsed question, the likeliest first; ``stated``: a statement with a
    question mark asks whether it is so. Raises `NotUnderstood`."""
    return _Reader(doc, stated=stated).questions()


class _Reader:
    """One question while it is read."""

    def __init__(self, doc: Doc, *, stated: bool) -> None:
        self.doc, self.stated = doc, stated
        self.asked: Phrase | None = None
        self.asks: Asks = "truth"
        self.source: Phrase | None = None
        self.most = False
        self.aside: list[Phrase] = []
        self.accused: Token | None = None
        self.around: list[Complement] = []
        self.front: list[Token] = []

    def questions(self) -> tuple[Question, ...]:
        found = self.question()
        accused = self.clause(self.accused) if self.accused is not None else None
        return ways(found, accused)

    def question(self) -> Question:
        roots = [t for t in self.doc if t.head == t and not t.is_punct]
        if not roots:
            raise NotUnderstood("There is no question in these words.")
        if len(roots) > 1:
            raise NotUnderstood("These are several sentences; ask one question.")
        if grammar.is_bare(self.doc):
            return self.bare(roots[0])
        first = grammar.told_of(roots[0]) or roots[0]
        root = self.told_by(grammar.claimed_true(first) or first)
        clauses = [self.clause(root, front=self.front)]
        clauses += [
            self.joined(c, clauses[0]) for c in root.children
            if c.dep_ == "conj" and c.pos_ in ("VERB", "AUX")
        ]  # fmt: skip
        asks = self.asks
        if self.asked is None and not (grammar.is_truth(self.doc) or self._is_stated()):
            raise NotUnderstood(
                "It is no question of who, what, which, where, when, why, how many or yes and no."
            )
        return Question(
            self.doc.text.strip(), asks, tuple(clauses), self.asked, self.source, self.most,
            tuple(self.aside), names=grammar.names(self.doc),
        )  # fmt: skip

    def _is_stated(self) -> bool:
        """ "Disney sued Midjourney?" """
        return self.stated and not any(t.tag_.startswith("W") for t in self.doc)

    def told_by(self, root: Token) -> Token:
        """The verb of "What does Hale say *threatens* the mill?": Hale is who says so."""
        inner = grammar.said_inside(root)
        who = next((c for c in root.children if c.dep_ == "nsubj"), None)
        if inner is None or who is None or who.tag_.startswith("W"):
            return root
        self.front = [c for c in root.children if c.i < who.i and grammar.asks(c)]
        if not self.front and not any(grammar.asks(c) for c in inner.children if c.i < who.i):
            return root
        self.source = self.phrase(who, None)
        return inner

    def bare(self, root: Token) -> Question:
        """ "mayor of Porthaven?": who or what it is."""
        asked = Phrase(-1, "what", terms=("what",), asked=True)
        clause = Clause("be", "is", self.phrase(root, None), asked, is_=True)
        names = grammar.names(self.doc)
        return Question(self.doc.text.strip(), "thing", (clause,), asked, names=names)

    def joined(self, verb: Token, first: Clause) -> Clause:
        """A verb joined by "and", which shares the subject of the first."""
        own = self.clause(verb)
        return own if own.subject or own.passive else replace(own, subject=first.subject)

    # --- clauses -------------------------------------------------------------------------------

    def clause(self, verb: Token, ref: Token | None = None, front: Sequence[Token] = ()) -> Clause:
        """The clause of a verb; ``ref`` is the noun that a relative clause is about, ``front`` what
        stands before another verb that it belongs to."""
        main = grammar.coloured(verb)
        if main is verb and grammar.is_copula(verb):
            return self.copula(verb, ref)
        parts = sorted(
            {*main.children, *verb.children, *grammar.torn(main), *front} - {main},
            key=lambda t: t.i,
        )
        found = _Parts(self, main, ref, grammar.stranded(parts), passive=grammar.passive(main))
        for part in parts:
            if part in front and grammar.adverb(part) is None:
                self.gap(found.ends, found.complements, self.phrase(part, ref), found.stranded)
            elif not (part.dep_ == "obj" and grammar.light(main)):
                found.take(part)
        if ref is not None and not found.mentions(ref):
            own = Phrase(ref.i, ref.text)
            self.gap(found.ends, found.complements, own, found.stranded)
        light = grammar.light(main) + found.verdict  # "Where did it take place?"
        return Clause(
            grammar.lemma(main) + light, grammar.form(main) + light, found.ends.get("subject"), found.ends.get("object"),
            found.ends.get("agent"), tuple(found.complements), passive=grammar.passive(main),
            planned=(main is not verb and grammar.planned(verb)) or grammar.future(verb),
            content=found.content, negated=grammar.negated(verb) or grammar.negated(main),
        )  # fmt: skip

    def gap(
        self,
        found: dict[str, Phrase],
        complements: list[Complement],
        own: Phrase,
        stranded: str | None,
    ) -> None:
        """The place that a relative clause leaves open: "companies *that* Disney sued"."""
        if stranded is not None:
            complements.append(Complement((stranded,), own))
        elif "subject" not in found:
            found["subject"] = own
        elif "object" not in found:
            found["object"] = own

    def complement(self, part: Token, ref: Token | None, stranded: str | None) -> Complement | None:
        """A phrase with a preposition, or an adverb that asks; None for one that says nothing, and
        for whoever says so ("according to")."""
        asks = grammar.adverb(part)
        if asks is not None:
            self.open(part, asks)
            return Complement(_MARKS["long" if part.lower_ == "long" else asks], self.opened())
        if part.dep_.startswith("adv"):
            return self.adverbial(part)
        mark = grammar.preposition(part)
        counted = part.lemma_ in words("asked", "tellings") and grammar.most(part)
        if mark == "than" or part.lower_ in words("asked", "most") or counted:
            self.most = True
            return None
        phrase = self.phrase(part, ref)
        if mark == "according to" or _is_account(mark, phrase):
            self.source = phrase if mark == "according to" else phrase.of
            return None
        return self.marked(part, phrase, mark or stranded)

    def marked(self, part: Token, phrase: Phrase, mark: str | None) -> Complement:
        """A phrase by its preposition; one that asks for a time or an amount by that."""
        for noun, asks in (("times", "time"), ("amounts", "amount")):
            if self.asks == "count" and phrase.asked and part.lemma_ in words("asked", "tellings"):
                raise NotUnderstood(f"“{phrase.text}” is not counted.")
            if phrase.asked and part.lemma_ in words("asked", noun) and (mark or asks == "time"):
                self.asks = "time" if asks == "time" else "amount"
                return Complement(_MARKS[asks], phrase)
        if phrase.asked and part.lemma_ in words("asked", "scores"):  # "by what score"
            return Complement(("score",), phrase)
        return Complement((mark or "time",), phrase)

    def adverbial(self, part: Token) -> Complement | None:
        """An adverb, or a clause that tells when, why or what about."""
        if any(t.lower_ in words("asked", "most") for t in part.subtree):
            self.most = True
            return None
        if grammar.is_described(part):
            self.open(part, "thing")
            return Complement(("how",), self.opened())
        if part.pos_ in ("ADV", "PART") or part.lower_ in ("not", "n't", "ever"):
            return None
        mark, lemmas = grammar.gerund_after(part), grammar.carrying(part)
        whole = _whole(part)
        proper = any(t.pos_ == "PROPN" for t in part.subtree)
        phrase = Phrase(part.i, whole, lemmas=lemmas, head=part.lemma_.casefold(), proper=proper)
        if mark in words("verbs", "about") and part.head.lemma_ in words("verbs", "say"):
            return Complement(("about",), replace(phrase, text=whole.partition(" ")[2]))
        if mark is not None and part.head.lemma_ in words("verbs", "accusing"):
            self.accused = part
        self.aside.append(phrase)
        return None

    def opened(self) -> Phrase:
        """The open end."""
        assert self.asked is not None
        return self.asked

    def copula(self, root: Token, ref: Token | None) -> Clause:
        """ "Who is the mayor of Porthaven?", "Is Dunmore a member of the party?", "How old is Ford?" """
        if (said := self.saying(root, ref)) is not None:
            return said
        subjects = [c for c in root.children if c.dep_.startswith("nsubj")]
        if not subjects and grammar.told_of(root.head) == root:
            subjects = [root.head]
        own = [c for c in subjects[0].children if c.dep_ == "nsubj"] if subjects else []
        subjects = [*own, *subjects]  # "When was *Chirac* mayor of Paris?"
        subject = self.phrase(subjects[0], ref) if subjects else self.before(root)
        complements: list[Complement] = self.posted(subjects[0], ref) if subjects else []
        self.around = [
            Complement((mark,), self.phrase(c, ref))
            for noun in (*subjects[:1], root)
            for mark, c in grammar.succession(noun)
        ]
        if root.lemma_ in words("asked", "sizes") and grammar.how(root):
            return self.size(root, subject)
        if subject is None and ref is not None:
            subject = Phrase(ref.i, ref.text)
        predicate = None
        end = self.where_from(root, ref) or self.end_of_being(root, ref)
        if end is not None:
            complements.append(end)
            if grammar.adverb(root) is not None and len(subjects) > 1:
                predicate = self.phrase(subjects[1], ref)  # "When was Chirac mayor of Paris?"
        elif root.lemma_ != "be":
            predicate = self.predicate(root, ref)
        stranded = grammar.stranded(list(root.children))
        for part in root.children:
            dep = part.dep_.split(":")[0]
            if dep == "obl" or (dep == "advmod" and grammar.adverb(part) is not None):
                one = self.complement(part, ref, stranded)
                complements += [one] if one is not None else []
        return Clause(
            "be", "is", subject, predicate, None, (*complements, *self.around), is_=True,
            negated=grammar.negated(root), planned=grammar.future(root),
        )  # fmt: skip

    def where_from(self, root: Token, ref: Token | None) -> Complement | None:
        """ "Where is Hale *from*?", "Which country is Hale *from*?" """
        if root.lemma_ == "be" or grammar.stranded([root, *root.children]) != "from":
            return None
        if (asks := grammar.adverb(root)) is not None:
            self.open(root, asks)
            return Complement(("from",), self.opened())
        land = self.phrase(root, ref)
        if land.asked and land.head in words("kinds", "countries"):
            self.asked = land = Phrase(land.ref, "what", ("what",), asked=True)
        return Complement(("from",), land)

    def end_of_being(self, root: Token, ref: Token | None) -> Complement | None:
        """When or where somebody is something, or is "*in* the city"; None where it is a noun that is told."""
        if (asks := grammar.adverb(root)) is not None:
            self.open(root, asks)
            return Complement(_MARKS[asks], self.opened())
        marked = grammar.preposition(root)
        return Complement((marked,), self.phrase(root, ref)) if marked is not None else None

    def posted(self, noun: Token, ref: Token | None) -> list[Complement]:
        """ "What was Hale's post *at the bank*?" """
        if not any(c.dep_ == "nmod:poss" for c in noun.children):
            return []
        behind = grammar.child_of(noun)
        mark = grammar.preposition(behind) if behind is not None else None
        if behind is None or mark in (None, "of"):
            return []
        return [Complement((mark,), self.phrase(behind, ref))]

    def saying(self, root: Token, ref: Token | None) -> Clause | None:
        """ "What was Hale's *comment* about the deal?": what Hale said about it."""
        other = next((c for c in root.children if c.dep_.startswith("nsubj")), None)
        asked, noun = (root, other) if other and other.pos_ == "NOUN" else (other, root)
        if asked is None or noun is None or asked.lower_ not in words("asked", "what"):
            return None
        who = grammar.speaker(noun)
        post = noun.lemma_ in words("asked", "posts") and not any(
            grammar.preposition(c) in ("about", "on") for c in noun.children
        )
        if who is None or post or noun.lemma_ not in words("verbs", "sayings"):
            return None
        rest = (c for c in (*noun.children, *root.children) if grammar.preposition(c))
        speaker, said = self.phrase(who, ref), self.question_word(asked, ref)
        about = tuple(
            Complement(("about",), self.phrase(c, ref)) for c in dict.fromkeys(rest)
            if c != who and grammar.preposition(c) in words("verbs", "about_saying")
        )  # fmt: skip
        return Clause("say", "said", speaker, said, complements=about)

    def before(self, root: Token) -> Phrase | None:
        """ "Which club is *Desmond Pike* chairman of?", where the parse finds one phrase."""
        names = [t for c in grammar.makers(root) for t in (c, *c.children) if t.pos_ == "PROPN"]
        if not names or any(c.dep_.startswith("det") for c in root.children):
            return None
        text, lemmas = " ".join(t.text for t in names), tuple(t.lemma_.casefold() for t in names)
        terms = tuple(t.text for t in names)
        return Phrase(names[0].i, text, terms, lemmas, lemmas[-1], proper=True)

    def predicate(self, root: Token, ref: Token | None) -> Phrase:
        """What somebody is; "Which party is Cherry *a member of*?" has the rest in front."""
        found = self.phrase(root, ref)
        if found.of is not None:
            self.aside += [
                Phrase(part.i, _whole(part), lemmas=grammar.carrying(part), proper=True)
                for part in grammar.beside(root)
                if grammar.determined(part) is None
                and part.i not in {c.phrase.ref for c in self.around}
            ]  # fmt: skip
        for part in root.children:
            if part.dep_ == "nmod" and part.i < root.i and grammar.asks(part):
                found = replace(found, of=self.phrase(part, ref), text=" ".join(found.terms))
        return found

    def size(self, root: Token, subject: Phrase | None) -> Clause:
        if subject is None:
            raise NotUnderstood(f"“how {root.lower_}” is not asked of a graph.")
        if root.lemma_ != "old":
            self.open(root, "amount")
            self.asked = replace(self.opened(), head=root.lemma_)
            return Clause(
                "be", "is", subject, complements=(Complement(("amount",), self.asked),), is_=True
            )
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
        asks = grammar.determined(token)
        if token.lower_ == "much" and asks is not None:
            asks = "amount"
        if (name := grammar.name_of(token)) is not None:
            return self.phrase(name, ref)
        inside = sorted([*grammar.before(token), token], key=lambda t: t.i)
        made = Phrase(
            token.i,
            grammar.text(token),
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
            value=grammar.value(token),
            by=grammar.before_of(token),
        )
        if (second := grammar.post_of(token)) is not None:  # "Hale's chief of staff"
            made = replace(made, post=(*made.post, "of", second.lemma_.casefold()))
        if (whole := grammar.property_of(token)) is not None:  # "Hale's date of birth"
            made = replace(made, post=tuple(whole.split()), head=whole)
        if asks is None:
            return made
        if made.head in ("many", "much") and made.of is not None:  # "how many of the workers"
            of = made.of
            made = replace(of, ref=made.ref, terms=(made.head, *of.terms), text=made.text)
        self.open(token, asks)
        self.asked = replace(made, asked=True)
        return self.asked

    def question_word(self, token: Token, ref: Token | None) -> Phrase:
        if self.asked is not None and self.asked.ref == token.i:
            return self.asked
        self.open(token, "thing")
        who = token.lower_ in words("asked", "who")
        made = replace(
            self.opened(), terms=("who",) if who else ("what",), clauses=self.relative(token)
        )
        among = grammar.child_of(token)
        if among is not None and grammar.preposition(among) == "of":  # "which of the firms"
            kind = self.phrase(among, ref)
            made = replace(kind, ref=made.ref, text=made.text, asked=True)
        self.asked = made
        return self.asked

    def of(self, token: Token, ref: Token | None, *, asked: bool) -> Phrase | None:
        """Y of "the N of Y", "Y's N", "the Y N"."""
        possessor = next((c for c in token.children if c.dep_ == "nmod:poss"), None)
        if possessor is not None and possessor.tag_ != "PRP$" and not asked:
            return self.phrase(possessor, ref)
        if possessor is not None and token.lemma_ in kin():
            whose = self.antecedent(token)
            if whose is None:
                raise NotUnderstood(f"“{possessor.text}” does not say whom it means.")
            return self.phrase(whose, ref)
        behind = grammar.child_of(token)
        if behind is not None and grammar.property_of(token) is not None:
            behind = grammar.child_of(behind)
        elif (second := grammar.post_of(token)) is not None:
            behind = grammar.child_of(second) or grammar.child_of(token, second)
        if behind is not None:
            return self.phrase(behind, ref)
        before = grammar.makers(token)
        if not before or asked:
            return None
        return Phrase(
            before[-1].i, " ".join(t.text for t in before), tuple(t.text for t in before),
            tuple(t.lemma_.casefold() for t in before), before[-1].lemma_.casefold(), proper=True,
        )  # fmt: skip

    def antecedent(self, noun: Token) -> Token | None:
        """Whose it is: "When did *Hale* meet her daughter?" """
        return next(
            (
                t
                for t in self.doc
                if t.dep_.startswith("nsubj") and t.pos_ == "PROPN" and t.i < noun.i
            ),
            None,
        )

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


def _is_account(mark: str | None, phrase: Phrase) -> bool:
    """ "by Hale's account", "in Hale's view"."""
    return (
        mark in words("accounts", "marks")
        and phrase.head in words("accounts", "nouns")
        and phrase.of is not None
        and phrase.of.proper
    )


def _whole(part: Token) -> str:
    """A clause with all its words, as the question has it."""
    return part.doc[part.left_edge.i : part.right_edge.i + 1].text.strip(" ?")


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
        self.verdict = ""

    def take(self, part: Token) -> None:
        """Read one word that hangs on the verb, with all that hangs on it."""
        dep = part.dep_.split(":")[0]
        if (deed := grammar.wants_deed(part)) is not None:
            asked = self.reader.question_word(deed, self.ref)
            self.complements.append(Complement(("clause",), asked))
        elif dep == "nsubj" or part.dep_ == "expl":
            self._subject(self._phrase(part))
        elif dep == "csubj":
            raise NotUnderstood(f"“{grammar.text(part)}” is not understood here.")
        elif part.dep_ == "obl:agent" or (
            self.passive and grammar.preposition(part) == "by" and dep == "obl"
        ):
            self.ends["agent"] = self._phrase(part)
        elif dep == "flat" or (dep in ("obj", "iobj") and self._is_object(part)):
            self._object(part, dep)
        elif dep in ("obj", "iobj", "obl", "nmod", "advmod", "advcl"):
            one = self.reader.complement(part, self.ref, self._stranded(part))
            self.complements += [one] if one is not None else []
        elif dep == "xcomp" and part.lower_ in words("verbs", "verdicts"):
            self.verdict = f" {part.lower_}"
            for c in grammar.of_state(part):
                one = self.reader.complement(c, self.ref, grammar.stranded([c]))
                self.complements += [one] if one is not None else []
        elif dep == "xcomp" and part.pos_ in _NOUNS:
            self._called(self._phrase(part))
        elif dep in ("ccomp", "xcomp", "parataxis"):
            self.content = grammar.content(part)

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
        return (
            grammar.preposition(part) is None
            and not self._stranded(part)
            and grammar.adverb(part) is None
        )

    def _stranded(self, part: Token) -> str | None:
        """The preposition at the end belongs to what stands in front."""
        return self.stranded if part.i < self.verb.i else None

    def _object(self, part: Token, dep: str) -> None:
        if part.lower_ in words("names", "anything") and (about := grammar.told_about(part)):
            self.complements.append(Complement(("about",), self._about(about)))
            return
        first, phrase = self.ends.get("object"), self._phrase(part)
        if dep == "iobj":
            self.complements.append(Complement(("to",), phrase))
        elif first is None:
            self.ends["object"] = phrase
        elif self.verb.lemma_ in words("verbs", "calling"):
            self._called(phrase)
        else:
            self.complements.append(Complement(("to",), phrase))

    def _called(self, phrase: Phrase) -> None:
        """ "What did she call *the deal*?", "Whom did she call *a liar*?": which is called the other."""
        first = self.ends.get("object")
        what = first is not None and first.asked and not first.head and first.terms[:1] == ("what",)
        if first is not None and what and self.verb.lemma_ in words("verbs", "calling"):
            self.ends["object"], phrase = phrase, first
        self.complements.append(Complement(("as",), phrase))

    def _about(self, part: Token) -> Phrase:
        """What something was said about: a phrase, or the words of a clause."""
        if part.pos_ in _NOUNS:
            return self._phrase(part)
        return Phrase(part.i, _whole(part).partition(" ")[2], lemmas=grammar.carrying(part))

    def mentions(self, ref: Token) -> bool:
        """Whether the noun that a relative clause is about stands in it."""
        told = [*self.ends.values(), *(c.phrase for c in self.complements)]
        return any(phrase.ref == ref.i for phrase in told)
