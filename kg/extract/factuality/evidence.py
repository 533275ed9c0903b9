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

from kg.extract.factuality.negation import before_but, is_negative, is_relative
from kg.extract.grammar.index import kids, relation
from kg.extract.grammar.subjects import agent, is_infinitive, is_passive, own_subject, subject
from kg.extract.grammar.tree import child, children, preposition
from kg.extract.words.load import rule_words, word_lists
from kg.model import Status

_OWN: Final = rule_words("evidence")

_EFFECTS: Final[dict[str, Status]] = {
    "so": "asserted",
    "unproven": "hypothetical",
    "denied": "denied",
}


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


_ANY: Final = Signature("event", None, None, False, frozenset())
Negates = Callable[[Token], bool]


def below_word(clause: Token, head: Token, negates: Negates) -> Bearing | None:
    """What a verb, adjective or noun makes of its "that" clause: "did not find that", "it is a
    myth that"."""
    if said_falsely(head) or _falsely_before(clause) or _taken_back(head):
        return Bearing("denied")
    negated = negates(head)
    if head.pos_ in ("VERB", "AUX"):
        signature = signatures("verbs").get(lemma_of(head))
        judged = _found_to_be(head, negated)
        if judged is not None or signature is None:
            return judged
        return _of_verb(signature, head, negated)
    if (far := _far_from(head)) is not None:
        return far
    if preposition(head) in _words("beyond"):
        doubt = signatures("nouns").get(head.lemma_.lower())
        return _bearing(doubt, True, None) if doubt is not None and doubt.name == "doubt" else None
    signature = signatures("adjectives").get(head.lower_) or signatures("qualities").get(
        head.lower_
    )
    return None if signature is None else _bearing(signature, negated, None)


def _far_from(head: Token) -> Bearing | None:
    """ "it is far from clear that"."""
    what = child(head, "obl") if head.lower_ == "far" else None
    if what is None or preposition(what) != "from":
        return None
    certain = signatures("adjectives").get(what.lower_)
    return None if certain is None else _bearing(certain, True, None)


def _of_verb(signature: Signature, head: Token, negated: bool) -> Bearing | None:
    who = subject(head)
    few = _hardly(head) or (who is not None and _hardly(who))
    nobody = few or (who is not None and is_negative(who))
    if nobody and signature.name in ("doubting", "denying"):
        return Bearing("asserted", negated=True)  # "nobody denies that"
    if few:
        return Bearing("hypothetical", negated=True)  # "few believe that", "little suggests that"
    return _bearing(signature, negated, who if signature.by else None)


def _found_to_be(head: Token, negated: bool) -> Bearing | None:
    """ "it remains unproven that", "they consider it unproven that"."""
    quality = (
        child(head, "xcomp") if head.lemma_ in (_words("turning") | _words("describing")) else None
    )
    signature = signatures("qualities").get(quality.lower_) if quality is not None else None
    return None if signature is None else _bearing(signature, negated, None)


def below_noun(clause: Token, noun: Token, negates: Negates) -> Bearing | None:
    """What becomes of the clause of a noun: "no evidence that", "dropped the charge that",
    "the rumour that ... was false"."""
    signature = signatures("nouns").get(noun.lemma_.lower())
    if signature is None or before_but(noun):
        return None
    if not (is_content(clause, noun) or _is_charge(clause)):
        return None
    for reading in _NOUN_READINGS:
        found = reading(noun, signature, negates)
        if found is not None and not (found.status == "asserted" and is_infinitive(clause)):
            return found  # but not "confirmed plans to sell it"
    described = _described_as(clause, noun)
    return described or _bearing(signature, False, None)


def of_event(noun: Token, negates: Negates) -> Bearing | None:
    """What becomes of an event that a noun tells: "no proof of a sale", "withdrew its report of the
    sale", "the sale was never proved", "the attack did not happen", "the theft was a lie"."""
    above = noun.head
    if relation(noun) == "nmod" and preposition(noun) in ("of", "about"):
        signature = signatures("nouns").get(above.lemma_.lower())
        if signature is None or signature.name == "ground":
            return None
        readings = (reading(above, signature, negates) for reading in _NOUN_READINGS)
        return next((found for found in readings if found is not None), None)
    if relation(noun) != "nsubj":
        return None
    act = signatures("acts").get(lemma_of(above))
    if not negates(above):
        ended = act is not None and act.name == "collapsing" and noun.lemma_ in _words("held")
        return None if ended else _judged(noun, _ANY, negates)
    if above.lemma_ in _words("happening"):
        return Bearing("denied", negated=True)
    if act is not None and act.name == "upholding" and is_passive(above):
        return Bearing("hypothetical", negated=True)
    return None


def denies(verb: Token) -> bool:
    """Whether what somebody says by this verb is that it is not so: "denied that", "ruled out
    that", "doubted that"."""
    signature = signatures("verbs").get(lemma_of(verb))
    return signature is not None and signature.affirmed in ("denied", "hypothetical")


def beside(verb: Token, head: Token, marks: set[str], *, negated: bool) -> Bearing | None:
    """What becomes of a participle beside its clause: "acquitted of stealing", "far from
    stealing", "wrongly accused of stealing"; and of the clause in "far from clear that"."""
    if "that" in marks and (far := _far_from(head)) is not None:
        return far
    lead = _lead(verb)
    table = signatures("participles")
    if lead in table:
        return _bearing(table[lead], False, None)
    if is_infinitive(verb) and any(c.lower_ == "too" for c in children(head, "advmod")):
        return Bearing("denied")  # "too poor to buy it"
    if not is_gerund(verb):
        return None
    if marks & {"of", "for"} and said_falsely(head):
        return Bearing("denied")
    denying = signatures("verbs").get(lemma_of(head))
    if denying is not None and denying.name == "denying" and verb.left_edge.i == head.i + 1:
        return _of_verb(denying, head, negated)  # "rejects having sold it"
    signature = table.get(head.lemma_)
    if signature is None or not signature.marks & marks:
        return None
    return _bearing(signature, negated, None)


def is_gerund(verb: Token) -> bool:
    """ "of selling it", "of having sold it"."""
    return verb.tag_ == "VBG" or any(c.lower_ == "having" for c in children(verb, "aux"))


def is_tried(verb: Token, head: Token) -> bool:
    """ "stood trial for *stealing*", "the trial of X for *stealing*"."""
    return is_gerund(verb) and any(
        c.lemma_.lower() in _words("trials") for c in (head, *children(head, "obj", "xcomp", "obl"))
    )


def is_alleging(noun: Token) -> bool:
    """ "the allegation of bribery": the event is no more than claimed."""
    return noun.lemma_.lower() in _words("alleging")


def miscalled(verb: Token) -> bool:
    """ "wrongly called him a thief"."""
    return verb.lemma_ in _words("naming") and said_falsely(verb)


def said_falsely(head: Token) -> bool:
    """ "falsely claims", "was wrongly convicted"."""
    return any(c.lower_ in _words("falsely") for c in children(head, "advmod"))


def is_void(verb: Token) -> bool:
    """ "was *improperly* sworn in as governor": then one is none."""
    appoints = verb.lemma_ in _words("appointing")
    return appoints and any(c.lower_ in _words("void") for c in children(verb, "advmod"))


def only_almost(verb: Token) -> bool:
    """ "nearly hit the bridge", "hunted nearly to extinction": not "nearly doubled", "nearly lost two million"."""
    found = [c for c in children(verb, "advmod") if c.lower_ in _words("almost")]
    if not any(c.i < verb.i or c.doc[c.i + 1].lower_ == "to" for c in found):
        return False
    if verb.lemma_ in word_lists("evidence")["almost"]["degrees"]:
        return False
    what = child(verb, "obj")
    return what is None or child(what, "nummod") is None


def _falsely_before(clause: Token) -> bool:
    """ "said, *wrongly*, that": the parse hangs the word on the clause."""
    that = child(clause, "mark")
    return that is not None and any(
        c.i < that.i and c.lower_ in _words("falsely") for c in children(clause, "advmod")
    )


def _taken_back(head: Token) -> bool:
    """ "apologised for saying that", "was wrong to say that", "retracted a story saying that"."""
    above = head.head
    quality = signatures("qualities").get(above.lower_)
    if quality is not None and quality.name == "false":
        return relation(head) in ("csubj", "xcomp", "advcl") and head.i > above.i
    if relation(head) == "advcl":
        back = lemma_of(above) in _words("recanting")
        return back and (head.tag_ == "VBG" or above.lemma_ == "lie")
    if relation(head) != "acl" or above.dep_ not in ("obj", "nsubj:pass"):
        return False
    return above.head.pos_ == "VERB" and lemma_of(above.head) in _words("recanting")


def lemma_of(verb: Token) -> str:
    """The lemma with its particle: "rule out", "take back"."""
    particle = child(verb, "compound:prt")
    if particle is None:
        # "was thrown out": a parse may make an adverb of a particle
        after = [c for c in children(verb, "advmod") if c.i > verb.i]
        particle = next(
            (c for c in after
             if c.tag_ == "RP" or (c.i == verb.i + 1 and c.lower_ in _words("back"))), None
        )  # fmt: skip
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


def is_content(clause: Token, noun: Token) -> bool:
    """Whether the clause is what the noun says: "the claim that X lied", not "the claim that X
    made"; and "reason to believe"."""
    asks = [c for c in kids(clause) if c.tag_ in ("WP", "WDT", "WRB", "WP$")]
    if clause.i < noun.i or any(c.lower_ != "that" for c in asks):
        return False
    marks = {c.lower_ for c in children(clause, "mark")}
    who = own_subject(clause)
    if not is_relative(clause):
        return bool(marks & {"that", "to"}) or who is not None
    if who is None or who.tag_ in ("WP", "WDT") or who.lower_ == "that":
        return False
    # "the charge that Ravn laundered cash", "proof the firm broke the rules": nothing is missing
    full = child(clause, "cop") is not None or any(
        c.tag_ not in ("WP", "WDT") and c.lower_ != "that" for c in children(clause, "obj")
    )
    return "that" in marks or full


def _is_charge(clause: Token) -> bool:
    """ "charges of stealing", "his conviction for stealing"."""
    return is_gerund(clause) and any(
        c.lower_ in _OWN["clauses_with"] for c in children(clause, "mark")
    )


# --- what befalls the noun ---------------------------------------------------------------------


def _described(noun: Token, signature: Signature, negates: Negates) -> Bearing | None:
    """ "baseless claims that"; "little evidence that"."""
    for c in children(noun, "amod", "det", "advmod", "nummod"):
        quality = signatures("qualities").get(c.lower_)
        if quality is not None and quality.affirmed is not None:
            return Bearing(quality.affirmed)
        if c.lower_ in _words("hardly") and signature.negated == "denied":
            return Bearing("hypothetical", negated=True)
    return None


def _none(noun: Token, signature: Signature, negates: Negates) -> Bearing | None:
    """ "no evidence that", "without proof that", "a lack of proof that", "no basis for the claim
    that", "contrary to reports that"."""
    if is_negative(noun) or preposition(noun) == "without":
        return _bearing(signature, True, None)
    above = noun.head
    if relation(noun) == "nmod" and above.lemma_ in _words("bits"):
        bit = _none(above, signature, negates) or _acted_on(above, signature, negates)
        return bit if bit is None or bit.status == signature.negated else None
    if relation(noun) == "nmod" and above.lemma_ in _words("lacking"):
        return _bearing(signature, True, None)
    ground = signatures("nouns").get(above.lemma_) or signatures("qualities").get(above.lemma_)
    if relation(noun) == "nmod" and ground is not None and ground.negated == "denied":
        return Bearing("denied", negated=True) if is_negative(above) else None
    if relation(noun) == "obl" and above.lower_ == "contrary":
        return Bearing("denied")
    return None


def _doubted(noun: Token, signature: Signature, negates: Negates) -> Bearing | None:
    """ "cast doubt on reports that", "poured scorn on the idea that"."""
    what: Token | None = noun.head
    if relation(noun) == "obl" and preposition(noun) in ("on", "over") and what is not None:
        what = child(what, "obj")
    elif relation(noun) != "nmod":
        return None
    if what is None:
        return None
    if what.lemma_ in _words("scorn"):
        return Bearing("denied", subject(what.head) if relation(what) == "obj" else None)
    doubt = signatures("nouns").get(what.lemma_)
    return Bearing("hypothetical") if doubt is not None and doubt.name == "doubt" else None


def _acted_on(noun: Token, signature: Signature, negates: Negates) -> Bearing | None:
    """ "dropped the charge that", "the finding that ... was upheld"."""
    verb = noun.head
    if relation(noun) == "nmod" and preposition(noun) == "of" and relation(verb) == "obj":
        acquitting = signatures("participles").get(verb.head.lemma_)  # "cleared X of the charge"
        if acquitting is not None and acquitting.name == "acquitting":
            return _bearing(acquitting, negates(verb.head), subject(verb.head))
    if verb.pos_ != "VERB" or not _undergoes(noun, verb):
        return None
    act = signatures("acts").get(lemma_of(verb))
    negated = negates(verb)
    if (does := own_subject(verb)) is not None and _hardly(does):
        return Bearing("hypothetical", negated=True)  # "little supports the claim that"
    if act is not None:
        who = (agent(verb) if is_passive(verb) else subject(verb)) if act.by else None
        if act.name == "upholding" and signature.name == "evidence" and not negated:
            return None
        return _bearing(act, negated, who)
    if negated or lemma_of(verb) in _words("lacks"):
        return _bearing(signature, True, None)
    return None


def _undergoes(noun: Token, verb: Token) -> bool:
    kind = relation(noun)
    if kind == "obl":
        return preposition(noun) in _OWN["missing_of"]
    return kind == "obj" or noun.dep_ == "nsubj:pass" or (kind == "nsubj" and _there_is(verb))


def _there_is(verb: Token) -> bool:
    return verb.lemma_ in _OWN["existing"]


def _judged(noun: Token, signature: Signature, negates: Negates) -> Bearing | None:
    """ "the rumour that ... was false", "... proved false", "... has no foundation",
    "... collapsed"."""
    judge = noun.head
    if relation(noun) != "nsubj":
        return None
    negated = negates(judge)
    if judge.pos_ == "VERB":
        act = signatures("acts").get(lemma_of(judge))
        if act is not None and act.name in ("collapsing", "holding"):
            return _bearing(act, negated, None)
        lacks = judge.lemma_ in _words("lacks")
        inner = child(judge, "xcomp", "obj") if _turns(judge) else None
        if inner is None:
            return None
        negated, judge = negated or lacks, inner
    negated = negated or preposition(judge) == "without"
    quality = signatures("qualities").get(judge.lower_)
    return None if quality is None else _bearing(quality, negated, None)


def _turns(verb: Token) -> bool:
    return (
        verb.lemma_ in _words("turning") or verb.lemma_ in _words("lacks") or verb.lemma_ == "have"
    )


def _described_as(clause: Token, noun: Token) -> Bearing | None:
    """ "called the claim that ... absurd", "called absurd the claim that", "described it as
    baseless"."""
    verb = noun.head
    # "called false the report that": a parse may make a second xcomp of the report
    if verb.lemma_ not in _words("describing") or relation(noun) not in ("obj", "nsubj", "xcomp"):
        return None
    beside_it = [c for c in children(verb, "xcomp") if c != noun]
    said = [*beside_it, *children(clause, "xcomp", "advcl", "advmod", "amod")]
    said += [c for t in (verb, clause) for c in children(t, "obl") if preposition(c) == "as"]
    for word in said:
        quality = signatures("qualities").get(word.lower_)
        if quality is not None:
            return _bearing(quality, False, None if is_passive(verb) else subject(verb))
    return None


_NOUN_READINGS: Final = (_described, _none, _doubted, _acted_on, _judged)


def _lead(verb: Token) -> str:
    """The two words that open a participle: "far from", "instead of"."""
    first = verb.left_edge
    if first == verb:
        return ""
    doc, at = verb.doc, first.i
    if doc[at].lower_ in _OWN["away_from"] and at:
        at -= 1
    return " ".join(doc[i].lower_ for i in range(at, min(at + 2, verb.i)))
