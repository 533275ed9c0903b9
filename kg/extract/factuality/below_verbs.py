"""How a clause stands that a verb, an adjective or a noun takes: "denied *that it rained*"."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from spacy.tokens import Token

from kg.extract.factuality.evidence import Bearing, below_word, said_falsely
from kg.extract.factuality.governors import (
    claimed,
    default_kind,
    is_after,
    is_past,
    kind_of,
    noun_kind,
)
from kg.extract.factuality.modality import is_generic_source, source_standing
from kg.extract.factuality.negation import is_negated
from kg.extract.factuality.rules import (
    OPEN,
    Clause,
    Rule,
    always,
    as_above,
    borne,
    by_the_way,
    decided,
    lowered,
    only,
)
from kg.extract.factuality.standing import Standing, lists, standing, weaker
from kg.extract.grammar.annotations import name_at
from kg.extract.grammar.index import relation
from kg.extract.grammar.labels import means_people
from kg.extract.grammar.subjects import (
    helping_verbs,
    is_infinitive,
    is_nonfinite,
    is_passive,
    own_subject,
    subject,
)
from kg.extract.grammar.tree import child, children, is_plural
from kg.extract.words.load import rule_words

_OWN: Final = rule_words("below_verbs")
#: How a parse tags a bare form, also where it takes it for a noun.
_BARE: Final = frozenset({"VB", "VBP", "NN"})


def below_verb(verb: Token, head: Token, above: Standing) -> Standing:
    """How the clause of ``verb`` stands below ``head``, which itself stands as ``above``."""
    infinitive = relation(verb) == "xcomp" or (is_nonfinite(verb) and own_subject(verb) is None)
    negated = is_negated(head)
    bearing = None
    if not is_infinitive(verb):
        bearing = below_word(verb, head, lambda _: negated or above.status == "denied")
    elif said_falsely(head):
        bearing = Bearing("denied")
    if bearing is not None:
        return borne(bearing, above)
    found = kind_of(head, infinitive=infinitive)
    kind = default_kind(verb, head, infinitive=infinitive) if found is None else found
    return decided(
        _RULES,
        Clause(
            verb, head, above, kind=_kind(verb, head, kind), subject_kind=kind,
            infinitive=infinitive, negated=negated,
        ),
    )  # fmt: skip


def is_advised(verb: Token, head: Token) -> bool:
    """Whether a clause tells what shall be, without a "should": "insisted the bank *return* it",
    "suggested farmers *plant* trees". Behind a plural only the tense of ``head`` shows it."""
    who = own_subject(verb)
    bare = verb.lower_ == verb.lemma_ and child(verb, "aux", "cop") is None
    if who is None or not bare or is_infinitive(verb) or relation(verb) != "ccomp":
        return False
    if head.lemma_ not in _OWN["advising"] or verb.tag_ not in _BARE:
        return False
    if not is_plural(who) and who.pos_ != "PRON" and child(who, "conj") is None:
        return True
    says = subject(head)
    somebody = says is not None and says.lower_ not in _OWN["things"] and (
        says.pos_ in ("PRON", "PROPN") or means_people(says)
    )  # fmt: skip
    told = head.lemma_ not in _OWN["asserting"] and verb.lemma_ not in _OWN["lasting"]
    return told and somebody and is_past(head)


def _kind(verb: Token, head: Token, kind: str) -> str | None:
    """What the head makes of the clause: less of one that is its subject, nothing if it is a copula."""
    if head.lemma_ in ("be", "remain"):
        return None
    if relation(verb) != "csubj":
        return kind
    wanted = kind == "hypothetical" and head.pos_ == "ADJ"  # "it is vital that they sell it"
    meant = (
        kind in OPEN and head.pos_ == "NOUN" and is_infinitive(verb)
    )  # "it is his plan to leave"
    said = kind == "claim" and is_passive(head) and verb.i > head.i  # "it was alleged that he left"
    return kind if wanted or meant or said or kind in ("possible", "denied") else "transparent"


def hindered(clause: Clause) -> Standing:
    """What is denied by its governor; only a plan or a chance to prevent something leaves it open, and
    what is not stopped goes on ("refused to stop *selling it*", "did not keep him *from flying*")."""
    if clause.above.status == "denied" and _is_stopped(clause):
        return clause.speaker
    if clause.head.lemma_ in lists()["hindering"] and clause.above.status in OPEN:
        return replace(weaker(standing("hypothetical"), clause.above), polarity="positive")
    if clause.head.lemma_ in lists()["hindering"] and clause.above.status == "denied":
        return weaker(standing("possible"), clause.speaker)  # "did not ban him *from flying*"
    return weaker(standing("denied"), clause.above)


def _is_stopped(c: Clause) -> bool:
    """Whether the governor ends what goes on; one that keeps somebody from it has done so by now."""
    ends = c.head.lemma_ in _OWN["ending"] and (c.head.lemma_ == "cease" or c.verb.tag_ == "VBG")
    ahead = any(a.tag_ == "MD" for a in helping_verbs(c.head))
    return ends and not (ahead and "from" in c.marks)


def _denied(c: Clause) -> Standing:
    found = hindered(c)
    speaker = subject(c.head) if c.head.lemma_ in _OWN["disputing"] else None
    return replace(found, attribution=speaker) if speaker is not None else found


def _thought(c: Clause) -> Standing:
    """What may be so, by whoever thinks or hopes so."""
    assert c.kind in ("planned", "possible", "hypothetical")
    lower = weaker(standing(c.kind), c.above)
    if c.infinitive or c.kind == "hypothetical" or is_passive(c.head) or c.head.pos_ != "VERB":
        return lower
    thinker = subject(c.head)
    if thinker is None or c.head.lemma_ in ("seem", "appear") or thinker.dep_ == "expl":
        return lower
    return replace(lower, attribution=lower.attribution or thinker)


def _claimed(c: Clause) -> Standing:
    unsaid = c.negated or (c.above.status == "denied" and not c.infinitive)
    return claimed(c.verb, c.head, c.above, infinitive=c.infinitive, negated=unsaid)


def is_hearing(verb: Token) -> bool:
    """Whether a body hears what others tell it: "the court *heard*"."""
    who = subject(verb) if verb.lemma_ == "hear" else None
    return who is not None and who.lemma_.lower() in lists()["hearers"]


def _is_verdict(c: Clause) -> bool:
    """Whether those who judge find it so: theirs, however sure they are."""
    if c.infinitive or c.negated or c.head.lemma_ not in _OWN["judging"]:
        return False
    who = subject(c.head)
    return who is not None and who.lemma_.lower() in _OWN["judges"] and c.kind == "factive"


def _by_unnamed(c: Clause) -> bool:
    who = subject(c.head) if c.kind == "factive" and not c.infinitive else None
    return who is not None and c.head.lemma_ in _OWN["telling"] and is_generic_source(who)


def _as_sourced(c: Clause) -> Standing:
    who = subject(c.head)
    assert who is not None
    return weaker(source_standing(who), c.above)


def _by_outlet(c: Clause) -> bool:
    """Whether a paper tells so what its sources told it."""
    if c.infinitive or c.negated or c.head.lemma_ not in _OWN["hearing_of"]:
        return False
    who = subject(c.head)
    name = name_at(who) if who is not None else None
    return name is not None and name[2] == "ORG"


def _is_performed(c: Clause) -> bool:
    if c.head.lemma_ not in _OWN["wishing"]:
        return False
    who = subject(c.head)
    return (
        c.verb.lemma_ in lists()["performed"]
        and who is not None
        and who.lower_ in ("i", "we")
        and c.head.tag_ in ("VB", "VBP")
        and not is_negated(c.head)
    )


def owns_up(c: Clause) -> bool:
    """Whether it is what somebody says to have done: "confessed *to killing her*", "pleaded guilty *to
    killing her*"."""
    return (
        c.verb.tag_ == "VBG"
        and c.head.lemma_ in _OWN["owning_up"]
        and not c.negated
        and subject(c.head) is not None
    )


def owned_up(c: Clause) -> Standing:
    """What one has done by one's own words."""
    return replace(weaker(standing("claimed"), c.above), attribution=subject(c.head))


def _is_in_vain(c: Clause) -> bool:
    words = children(c.head, "advmod")
    vain = any(w.lower_ in _OWN["in_vain"] for w in words)
    return c.infinitive and vain and c.above.status == "asserted"


def _is_but_failed(c: Clause) -> bool:
    """Whether who tried it "was unable" or "failed", told between and hung on the trying."""
    return c.infinitive and any(
        at.i < c.verb.i
        and kind_of(at, infinitive=True) == "denied"
        and any(w.lower_ == "but" for w in children(at, "cc"))
        for at in children(c.head, "conj")
    )


def _noun_of_copula(c: Clause) -> Token | None:
    if c.head.lemma_ not in ("be", "remain") or c.infinitive:
        return None
    what = subject(c.head)
    return what if what is not None and what.pos_ == "NOUN" else None


def _has_it(c: Clause) -> Token | None:
    if c.head.lemma_ != "have" or c.infinitive or is_passive(c.head):
        return None
    it = child(c.head, "expl", "obj")
    what = own_subject(c.head) if it is not None and it.lower_ == "it" else None
    return what if what is not None and what.pos_ == "NOUN" else None


def _as_it_has(c: Clause) -> Standing:
    noun = _has_it(c)
    assert noun is not None
    return noun_kind(noun, lists()["nouns"].get(noun.lemma_.lower()), c.above)


def _as_the_noun(c: Clause) -> Standing:
    noun = _noun_of_copula(c)
    assert noun is not None
    return noun_kind(noun, lists()["nouns"].get(noun.lemma_.lower()), c.above)


_RULES: Final = (
    Rule(
        "advised", "suggested farmers *plant* trees",
        lambda c: is_advised(c.verb, c.head), lowered("hypothetical"),
    ),
    Rule(
        "why", "could not explain *why it broke*",
        lambda c: c.negated and any(w.lower_ == "why" for w in children(c.verb, "advmod")),
        by_the_way,
    ),
    Rule(
        "was able", "was able *to tell*: did",
        lambda c: c.head.lower_ == "able"
        and any(w.lower_ in ("was", "were") for w in children(c.head, "cop")),
        as_above,
    ),
    Rule(
        "gerund as subject", "*leaving* was expected to cost more",
        lambda c: relation(c.verb) == "csubj" and c.verb.tag_ == "VBG" and c.subject_kind in OPEN,
        only("hypothetical"),
    ),
    Rule(
        "called for", "called for the state *to ban it*",
        lambda c: c.head.lemma_ == "call" and is_infinitive(c.verb) and not is_passive(c.head),
        lowered("hypothetical"),
    ),
    Rule(
        "hearing", "the court heard *that he left*",
        lambda c: is_hearing(c.head) and not c.infinitive, lowered("possible", certainty=0.6),
    ),
    Rule(
        "end", "ends *broadcasting*, but not: ended up winning",
        lambda c: c.head.lemma_ == "end" and c.verb.tag_ == "VBG"
        and child(c.head, "compound:prt") is None,
        lowered("denied"),
    ),
    Rule("owned up", "confessed *killing her*", owns_up, owned_up),
    Rule("performed", "I want *to thank the crew*: by these words it is done", _is_performed, by_the_way),
    Rule(
        "certain to", "is certain *to hit the coast*",
        lambda c: c.kind == "factive" and c.infinitive and c.head.lemma_ in ("certain", "sure"),
        lowered("possible"),
    ),
    Rule("noun of a copula", "the position remained *that it was theirs*", _noun_of_copula, _as_the_noun),
    Rule("noun that has it", "rumour has it *that it leaked*", _has_it, _as_it_has),
    Rule(
        "planned proof", "hopes to prove *that it leaked*",
        lambda c: c.kind == "factive" and not c.infinitive and c.above.status == "planned",
        only("hypothetical"),
    ),
    Rule(
        "fact unknown", "did not know *that it leaked*",
        lambda c: c.kind == "factive" and c.negated and not c.infinitive, by_the_way,
    ),
    Rule("verdict", "the jury found *that it leaked*", _is_verdict, _claimed),
    Rule("unnamed source", "sources confirmed *that it leaked*", _by_unnamed, _as_sourced),
    Rule("outlet", "the Herald has learned *that it leaked*", _by_outlet, _claimed),
    Rule("fact", "found *that it leaked*", lambda c: c.kind == "factive", as_above),
    Rule(
        "suggested to", "is suggested *to slow growth*",
        lambda c: c.head.lemma_ == "suggest" and c.infinitive and is_passive(c.head),
        lowered("possible"),
    ),
    Rule(
        "agreed", "it was agreed *that it would leak*",
        lambda c: c.head.lemma_ in _OWN["agreeing"] and is_passive(c.head) and not c.infinitive
        and any(a.tag_ == "MD" for a in helping_verbs(c.verb)),
        lowered("planned"),
    ),
    Rule("claim", "said *that it leaked*", lambda c: c.kind == "claim", _claimed),
    Rule(
        "has to", "has *to sell*",
        lambda c: c.head.lemma_ == "have" and is_infinitive(c.verb) and not is_past(c.head),
        lowered("hypothetical"),
    ),
    Rule(
        "enabled", "helps the town *to grow*",
        lambda c: c.kind == "enable" and not (is_past(c.head) or is_after(c.head)), lowered("possible"),
    ),
    Rule("done", "began *to leak*", lambda c: c.kind in ("enable", "transparent"), as_above),
    Rule(
        "did not fail", "did not fail *to see it*: did",
        lambda c: c.kind == "denied" and c.head.lemma_ in _OWN["failing"] and c.negated,
        lambda c: replace(c.above, status="asserted", polarity="positive"),
    ),
    Rule("denied", "denied *having left*", lambda c: c.kind == "denied", _denied),
    Rule("in vain", "tried unsuccessfully *to sell it*", _is_in_vain, lowered("denied")),
    Rule("but failed", "tried, but was unable, *to sell it*", _is_but_failed, lowered("denied")),
    Rule("open", "hoped *that it would hold*", lambda c: c.kind in OPEN, _thought),
    Rule("told", "whatever else takes a clause", always, as_above),
)  # fmt: skip
