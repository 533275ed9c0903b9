"""What evidence and accusation make of a clause: found, doubted, denied, dropped, acquitted of.

A governing word has a *signature*: what follows for its clause when it is affirmed and when it is
negated. "Found that X stole" states it, "did not find that X stole" leaves it unproven, "denied
that" denies it, "did not know that" presupposes it. The signatures, each with a sentence that shows
it, are in ``words/en/evidence.toml``; a word without one is read by the lists of ``status.toml``.

A function gives a `Bearing`, or None where the table says nothing. Whether a governor is negated is
more than its own "not" ("failed to prove", "unable to confirm"), so it is told by the caller.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Final

from spacy.tokens import Token

from kg.extract.factuality.negation import is_negative
from kg.extract.grammar.index import relation
from kg.extract.grammar.subjects import agent, is_passive, own_subject, subject
from kg.extract.grammar.tree import child, children, preposition
from kg.extract.words.load import word_lists
from kg.model import Status

_EFFECTS: Final[dict[str, Status]] = {
    "so": "asserted",
    "unproven": "hypothetical",
    "denied": "denied",
}
_TABLES: Final = ("verbs", "adjectives", "nouns", "acts", "qualities", "participles")
#: "proved false", "turned out to be false".
_TURNING: Final = frozenset({"prove", "be", "remain", "seem", "appear", "find", "call", "deem",
                             "declare", "consider", "turn", "label", "rule", "become"})  # fmt: skip
#: Nouns that take the place of a negation: "a lack of evidence that".
_LACKING: Final = frozenset({"lack", "absence", "shortage", "dearth"})
_LACKS: Final = frozenset({"lack", "miss", "need", "await"})


@dataclass(frozen=True, slots=True)
class Signature:
    """What follows for the clause; None where the other lists say."""

    name: str
    affirmed: Status | None
    negated: Status | None
    by: bool
    marks: frozenset[str]

    def of(self, *, negated: bool) -> Status | None:
        return self.negated if negated else self.affirmed


@dataclass(frozen=True, slots=True)
class Bearing:
    """The status that a clause gets from what governs it, and the head word of who says so."""

    status: Status
    by: Token | None = None
    negated: bool = False


@cache
def signatures(table: str) -> dict[str, Signature]:
    """Word -> signature of a table of ``words/en/evidence.toml``; of a lead ("far from"), too."""
    found: dict[str, Signature] = {}
    for entry in word_lists("evidence")[table]:
        signature = Signature(
            entry["name"],
            _EFFECTS.get(entry.get("affirmed", "")),
            _EFFECTS.get(entry.get("negated", "")),
            entry.get("by", False),
            frozenset(entry.get("marks", ())),
        )
        for word in (*entry.get("words", ()), *entry.get("leads", ())):
            found.setdefault(word, signature)
    return found


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(word_lists("evidence")[name]["words"])


Negates = Callable[[Token], bool]


def below_word(head: Token, *, negated: bool) -> Bearing | None:
    """What a verb or adjective makes of its "that" clause: "did not find that"."""
    if said_falsely(head):
        return Bearing("denied")
    table = "verbs" if head.pos_ in ("VERB", "AUX") else "adjectives"
    signature = signatures(table).get(lemma_of(head))
    if signature is None:
        return None
    who = subject(head) if signature.by else None
    if signature.name == "thinking" and not negated and who is not None and _hardly(who):
        return Bearing("hypothetical")  # "few believe that"
    return _bearing(signature, negated, who)


def below_noun(clause: Token, noun: Token, negates: Negates) -> Bearing | None:
    """What becomes of the clause of a noun: "no evidence that", "dropped the charge that",
    "the rumour that ... was false"."""
    signature = signatures("nouns").get(noun.lemma_.lower())
    if signature is None or not _is_content(clause, noun):
        return None
    for reading in _NOUN_READINGS:
        found = reading(noun, signature, negates)
        if found is not None:
            return found
    return _bearing(signature, False, None)


def beside(verb: Token, head: Token, marks: set[str], *, negated: bool) -> Bearing | None:
    """What becomes of a participle beside its clause: "acquitted of stealing", "far from
    stealing", "wrongly accused of stealing"."""
    lead = _lead(verb)
    table = signatures("participles")
    if lead in table:
        return _bearing(table[lead], False, None)
    if verb.tag_ != "VBG":
        return None
    if "of" in marks and said_falsely(head):
        return Bearing("denied")
    signature = table.get(head.lemma_)
    if signature is None or not signature.marks & marks:
        return None
    return _bearing(signature, negated, None)


def said_falsely(head: Token) -> bool:
    """ "falsely claims", "was wrongly convicted"."""
    return any(c.lower_ in _words("falsely") for c in children(head, "advmod"))


def lemma_of(verb: Token) -> str:
    """The lemma with its particle: "rule out"."""
    particle = child(verb, "compound:prt")
    lemma = verb.lemma_.lower()
    return lemma if particle is None else f"{lemma} {particle.lower_}"


def _bearing(signature: Signature, negated: bool, who: Token | None) -> Bearing | None:
    status = signature.of(negated=negated)
    if status is None:
        return None
    return Bearing(status, who if who is not None and not is_negative(who) else None, negated)


def _hardly(phrase: Token) -> bool:
    return phrase.lower_ in _words("hardly") or any(
        c.lower_ in _words("hardly") for c in children(phrase, "amod", "advmod", "det")
    )


def _is_content(clause: Token, noun: Token) -> bool:
    """Whether the clause is what the noun says: "the claim that X lied", not "the claim that X
    made"; and "reason to believe"."""
    if clause.i < noun.i:
        return False
    marks = {c.lower_ for c in children(clause, "mark")}
    if clause.dep_ != "acl:relcl":
        return "that" in marks or "to" in marks or own_subject(clause) is not None
    if own_subject(clause) is None or own_subject(clause) == child(clause, "nsubj:outer"):
        return False
    if "that" in marks:
        return True
    # "the charge that Ravn laundered cash": the parse has "that" for one object of two
    return len(children(clause, "obj")) > 1


# --- what befalls the noun ---------------------------------------------------------------------


def _described(noun: Token, signature: Signature, negates: Negates) -> Bearing | None:
    """ "baseless claims that"; "little evidence that"."""
    for c in children(noun, "amod", "det", "advmod"):
        quality = signatures("qualities").get(c.lower_)
        if quality is not None and quality.affirmed is not None:
            return Bearing(quality.affirmed)
        if c.lower_ in _words("hardly") and signature.negated == "denied":
            return Bearing("hypothetical", negated=True)
    return None


def _none(noun: Token, signature: Signature, negates: Negates) -> Bearing | None:
    """ "no evidence that", "without proof that", "a lack of proof that"."""
    lacking = relation(noun) == "nmod" and noun.head.lemma_ in _LACKING
    if not (is_negative(noun) or preposition(noun) == "without" or lacking):
        return None
    return _bearing(signature, True, None)


def _doubted(noun: Token, signature: Signature, negates: Negates) -> Bearing | None:
    """ "cast doubt on reports that"."""
    doubt = noun.head
    if relation(noun) != "nmod" or signatures("nouns").get(doubt.lemma_, signature).name != "doubt":
        return None
    return Bearing("hypothetical")


def _acted_on(noun: Token, signature: Signature, negates: Negates) -> Bearing | None:
    """ "dropped the charge that", "the finding that ... was upheld"."""
    verb = noun.head
    if verb.pos_ != "VERB" or not _undergoes(noun, verb):
        return None
    act = signatures("acts").get(lemma_of(verb))
    negated = negates(verb)
    if act is not None:
        who = (agent(verb) if is_passive(verb) else subject(verb)) if act.by else None
        if act.name == "upholding" and signature.name == "evidence" and not negated:
            return None
        return _bearing(act, negated, who)
    if negated or lemma_of(verb) in _LACKS:
        return _bearing(signature, True, None)
    return None


def _undergoes(noun: Token, verb: Token) -> bool:
    kind = relation(noun)
    if kind == "obl":
        return preposition(noun) in ("of", "from", "on", "for", "with", "about", "at")
    return kind == "obj" or noun.dep_ == "nsubj:pass" or (kind == "nsubj" and _there_is(verb))


def _there_is(verb: Token) -> bool:
    return verb.lemma_ in ("be", "exist", "emerge", "remain", "appear", "surface", "come")


def _judged(noun: Token, signature: Signature, negates: Negates) -> Bearing | None:
    """ "the rumour that ... was false", "... proved false", "... turned out to be a hoax"."""
    judge = noun.head
    if relation(noun) != "nsubj":
        return None
    if judge.pos_ == "VERB" and judge.lemma_ in _TURNING:
        inner = child(judge, "xcomp", "obj")
        if inner is None:
            return None
        negated, judge = negates(judge), inner
    else:
        negated = negates(judge)
    quality = signatures("qualities").get(judge.lower_)
    return None if quality is None else _bearing(quality, negated, None)


_NOUN_READINGS: Final = (_described, _none, _doubted, _acted_on, _judged)


def _lead(verb: Token) -> str:
    """The two words that open a participle: "far from", "instead of"."""
    first = verb.left_edge
    if first == verb:
        return ""
    doc, at = verb.doc, first.i
    if doc[at].lower_ in ("from", "of", "than") and at:
        at -= 1
    return " ".join(doc[i].lower_ for i in range(at, min(at + 2, verb.i)))
