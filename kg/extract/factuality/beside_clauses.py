"""How a clause stands that is set beside another: "to cut costs", "after losing it", "when it rains"."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from spacy.tokens import Token

from kg.extract.factuality.below_verbs import hindered, owned_up, owns_up
from kg.extract.factuality.evidence import beside, is_gerund, is_tried
from kg.extract.factuality.governors import is_let, is_past, kind_of, of_kind, speech_only
from kg.extract.factuality.modality import is_generic_source, supposes
from kg.extract.factuality.negation import before_but, is_negated
from kg.extract.factuality.quoted_words import has_full_stop
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
from kg.extract.grammar.adjuncts import is_time
from kg.extract.grammar.annotations import is_score
from kg.extract.grammar.index import kids, relation
from kg.extract.grammar.subjects import (
    agent,
    called_on,
    helping_verbs,
    is_infinitive,
    is_nonfinite,
    is_passive,
    is_purpose,
    object_controlled,
    own_subject,
    subject,
)
from kg.extract.grammar.tree import after_comma, children, preposition
from kg.extract.words.load import rule_words
from kg.extract.words.pronouns import PRONOUNS

_OWN: Final = rule_words("beside_clauses")


def beside_clause(verb: Token, head: Token, above: Standing) -> Standing:
    """How the clause of ``verb`` stands beside that of ``head``, which itself stands as ``above``."""
    marks = {c.lower_ for c in children(verb, "mark", "advmod", "case")}
    if verb.head != head:
        marks.add(verb.head.lower_)  # "as *soon* as it opens"
    if any(map(supposes, children(verb, "mark"))):
        return weaker(standing("hypothetical"), speech_only(above))
    bearing = beside(verb, head, marks, negated=above.status == "denied")
    if bearing is not None:
        return borne(bearing, above)
    return decided(_RULES, Clause(verb, head, above, frozenset(marks)))


def _is_asked(c: Clause) -> bool:
    return is_infinitive(c.verb) and object_controlled(c.verb)


def _is_kept_from(c: Clause) -> bool:
    return "from" in c.marks and (
        c.head.lemma_ in lists()["hindering"]
        or lists()["infinitive"].get(c.head.lemma_) == "denied"
    )


def _is_at_the_time(c: Clause) -> bool:
    return c.above.status in OPEN and bool(c.marks & _OWN["at_the_time"]) and not is_past(c.verb)


def _at_the_time(c: Clause) -> Standing:
    """As what it is the time of; what may be done "when the ministers *meet*" leaves their meeting
    no less planned."""
    scheduled = c.above.status == "possible" and c.verb.tag_ in ("VBZ", "VBP")
    return weaker(standing("planned" if scheduled else c.above.status), c.speaker)


def _is_yet_to_come(c: Clause) -> bool:
    """Whether it is told in the present as the time of what was done; in no headline, which tells
    in the present what is over, and neither by who speaks of themselves nor of who says it now."""
    if not _is_now(c.verb):
        return False
    was = is_past(c.head) and any(t.tag_ == "VBD" for t in (c.head, *helping_verbs(c.head)))
    if not was or not c.marks & _OWN["at_the_time"] or not has_full_stop(c.verb):
        return False
    who = own_subject(c.verb)
    talks = who is not None and who.lower_ in PRONOUNS.speaker | PRONOUNS.group | PRONOUNS.hearer
    says = lists()["clause"].get(c.verb.lemma_) == "claim" and children(c.verb, "ccomp", "xcomp")
    return not talks and not says  # "I left when I *see* her", "after the army *says* they crossed"


def _is_until(c: Clause) -> bool:
    """Whether it ends what it stands beside and may never be so, or comes after what is not so."""
    waits = c.marks & {"until", "till"} and _is_now(c.verb)
    doing = "before" in c.marks and is_nonfinite(c.verb)
    return bool(waits or (c.marks & _OWN["until"] and c.above.status != "asserted" and not doing))


def _until(c: Clause) -> Standing:
    """What something waits for is no more than a condition ("rejects talks *until it disarms*"), at most
    planned where it is in the calendar; what is denied before it is not denied with it."""
    if c.marks & {"until", "till"} and _is_now(c.verb):
        when = (w for at in (c.verb, *children(c.verb, "obl")) for w in children(at, "obl", "nmod"))
        set_down = c.verb.lemma_ in _OWN["in_calendars"] or any(map(is_time, when))
        return weaker(standing("planned" if set_down else "hypothetical"), c.speaker)
    if (
        c.above.status == "denied"
    ):  # "did not ask *before he sold it*", "will not ask *before it meets*"
        return c.speaker if is_past(c.head) else weaker(standing("hypothetical"), c.speaker)
    return replace(c.above, polarity="positive")


def _is_before(c: Clause) -> bool:
    """Whether a gerund tells what one has not done yet, or would have done after what is denied."""
    going_on = c.head.tag_ == "VBG" and not is_nonfinite(c.head) and not is_past(c.head)
    put_off = c.head.lemma_ in _OWN["putting_off"]
    return "before" in c.marks and (going_on or put_off or c.above.status == "denied")


def _before(c: Clause) -> Standing:
    done = c.above.status == "denied" and is_past(c.head)
    return c.speaker if done else weaker(standing("planned"), c.speaker)


def _is_now(verb: Token) -> bool:
    """Whether a clause stands in the present, by a form that the past does not share ("*hit*")."""
    group = (verb, *helping_verbs(verb), *children(verb, "cop"))
    now = [t for t in group if t.tag_ in ("VBZ", "VBP")]
    past = any(t.tag_ in ("VBD", "MD") for t in group)
    return not past and any(t.tag_ == "VBZ" or t.lemma_ not in _OWN["alike"] for t in now)


def _purpose(c: Clause) -> Standing:
    return decided(_PURPOSES, c)


def _participle(c: Clause) -> Standing:
    """A participle or gerund beside its clause: "after selling it", "accused of selling it"."""
    return decided(_PARTICIPLES, c)


def _is_gerund_subject(c: Clause) -> bool:
    """ "*Returning* to normal was expected to take longer": the parse takes it for an adjunct."""
    if c.verb.tag_ != "VBG" or c.verb.i > c.head.i or own_subject(c.head) is not None:
        return False
    after = c.verb.right_edge.i + 1
    kind = kind_of(c.head, infinitive=False)
    return c.verb.doc[after].pos_ == "AUX" and kind in OPEN


def but_to(verb: Token) -> bool:
    """ "has no choice *but to leave*"."""
    return verb.doc[verb.left_edge.i].lower_ == "but" or (
        verb.left_edge.i > 1 and before_but(verb.doc[verb.left_edge.i - 2])
    )


def _for_somebody(verb: Token) -> bool:
    """ "called *for the killers* to be tried": a "for" between what asks and what is asked."""
    who, above = subject(verb), verb.head
    return any(t.lower_ == "for" for t in verb.doc[above.i + 1 : above.i + 3]) and (
        who is not None and above.i < who.i < verb.i
    )


def charged(head: Token, above: Standing) -> Standing:
    """What somebody is accused of by the verb ``head``."""
    if above.status == "denied":  # "was never accused of stealing it"
        return weaker(standing("hypothetical"), speech_only(above))
    by = agent(head) if is_passive(head) else subject(head)
    if by is None:
        return weaker(standing("possible"), above)
    return replace(weaker(standing("claimed"), above), attribution=by)


def charge_beside(verb: Token, head: Token) -> Token | None:
    """The "charged" of "was charged with theft, and *leaving* the scene", wherever that hangs."""
    charge = head.head if relation(head) == "obl" else head
    mark = lists()["accused"].get(charge.lemma_) if verb.tag_ == "VBG" else None
    if mark is None or charge.tag_ == "VBG":
        return None
    return charge if any(preposition(c) == mark for c in children(charge, "obl")) else None


def _is_charged(c: Clause) -> bool:
    accused = lists()["accused"].get(c.head.lemma_)
    return accused is not None and is_gerund(c.verb) and accused in c.marks


def _is_punished(c: Clause) -> bool:
    """Whether it is why somebody is punished: by a court that is told, or by anybody else."""
    if not c.marks & _OWN["grounds"] or not is_gerund(c.verb):
        return False
    if c.head.lemma_ in lists()["convicted"]:
        return not is_passive(c.head) or agent(c.head) is not None
    return c.head.lemma_ in lists()["punished"]


def _takes_responsibility(verb: Token) -> bool:
    """ "claimed responsibility *for killing* two": so by their own words."""
    return (
        any(c.lemma_.lower() in ("responsibility", "credit") for c in children(verb, "obj"))
        and verb.lemma_ in _OWN["assuming"]
    )


def _is_not_guilty(head: Token) -> bool:
    """ "*not guilty* of", "*pleaded* not guilty to": the parse hangs the crime on either word."""
    return any(
        word.lower_ == "guilty" and is_negated(word) for word in (head, *children(head, "xcomp"))
    )


def _is_described(verb: Token) -> bool:
    words = lists()
    return verb.lemma_ in _OWN["citing"] or "claim" in (
        words["clause"].get(verb.lemma_), words["infinitive"].get(verb.lemma_)
    )  # fmt: skip


def _described(c: Clause) -> Standing:
    by = agent(c.head) if is_passive(c.head) else subject(c.head)
    if by is None:
        return weaker(standing("possible", certainty=0.6), c.above)
    if is_generic_source(by):
        return c.above
    return replace(weaker(standing("claimed"), c.above), attribution=by)


def _of_doing(c: Clause) -> Standing | None:
    """What its head makes of a gerund: "is optimistic *of winning*", "committed *to selling it*"."""
    if c.verb.tag_ != "VBG" or not c.marks & _OWN["of_doing"]:
        return None
    words = lists()
    kind = words["infinitive"].get(c.head.lemma_) or words["clause"].get(c.head.lemma_)
    stance = words["adjectives"].get(c.head.lower_)
    if stance == "possible" or (stance == "planned" and "to" in c.marks):
        return weaker(standing(stance), c.above)
    if kind in OPEN or c.head.lemma_ == "think":
        return weaker(standing("planned"), c.above)
    return None


def _is_limited(c: Clause) -> bool:
    """Whether the infinitive is what a right or power was for that is taken away: parses hang it on
    the verb that takes it."""
    before = c.verb.doc[c.verb.left_edge.i - 1] if c.verb.left_edge.i else c.verb
    able = before.pos_ == "NOUN" and lists()["nouns"].get(before.lemma_.lower()) == "possible"
    return able and c.head.lemma_ in lists()["limiting"]


def _result(c: Clause) -> bool:
    return is_result(c.verb, c.head)


def is_result(verb: Token, head: Token) -> bool:
    """Whether an infinitive tells what came of it: "..., only to lose", "grew up to become"."""
    before = verb.doc[verb.left_edge.i - 1].lower_ if verb.left_edge.i else ""
    if any(w.lower_ == "only" for w in children(verb, "advmod")) or before == "only":
        return True
    if is_past(head) and any(is_score(c) for c in children(verb, "obl", "obj")):
        return True  # "fended off a comeback to win 75-63"
    if verb.lemma_ in lists()["results"] and head.lemma_ in lists()["reaching"]:
        # "gained two points to end at 92", "beat Holm to win", "LIONS BEAT BEARS TO WIN CUP"
        return is_past(head) or (_wins(verb) and _as_headlines_tell(head))
    if verb.lemma_ in _OWN["joining"] and head.lemma_ in _OWN["leaving"]:
        return is_past(head) or is_let(head)  # "left to join Orbex"
    if verb.lemma_ in _OWN["decided"] and head.lemma_ in _OWN["deciding"]:
        return is_past(head) and not is_passive(head)  # "scored twice to help Peru win"
    if verb.lemma_ == "become":
        overtook = head.lemma_ in _OWN["overtaking"] and is_past(head) and not is_passive(head)
        return overtook or head.lemma_ in _OWN["growing"]
    over = head.head if head.tag_ == "VBG" else head  # "won, *firing* 13 aces to beat Holm"
    return _wins(verb) and head.lemma_ in _OWN["playing"] and is_past(over)


def _as_headlines_tell(head: Token) -> bool:
    """Whether what is over is told as if it were now: "Lions *beat* Bears 2-1"."""
    finite = head.tag_ in ("VBP", "VBZ", "VB") and relation(head) == "root"
    return finite and not any(relation(c) == "aux" for c in kids(head))


def _wins(verb: Token) -> bool:
    """ "earn a tenth *victory*", "win the *title*", "*beat* Lund"."""
    prize = any(c.lemma_.lower() in _OWN["prizes"] for c in children(verb, "obj"))
    return (prize and verb.lemma_ in lists()["results"]) or verb.lemma_ in _OWN["besting"]


def _took(c: Clause) -> bool:
    """ "took five sets *to beat Lund*", "needed three hours *to find it*": what took so long was done."""
    if c.head.lemma_ not in _OWN["taking"] or not is_past(c.head) or is_negated(c.head):
        return False
    if c.above.status != "asserted" and c.head.lemma_ != "take":
        return False  # "said that it needed a year to pay"
    return any(is_time(w) or _counts(w) for w in children(c.head, "obj"))


def _counts(noun: Token) -> bool:
    """ "five *sets*", "a third *attempt*"."""
    return noun.lemma_.lower() in _OWN["tries"] and bool(children(noun, "nummod", "amod", "det"))


def _is_the_latest(word: Token) -> bool:
    """ "*the latest*"; not "it is *best* to wait"."""
    return word.tag_ == "JJS" and any(c.lower_ == "the" for c in children(word, "det"))


_RULES: Final = (
    Rule(
        "called on", "called on drivers *to wait*",
        lambda c: is_infinitive(c.verb) and called_on(c.head) is not None, lowered("hypothetical"),
    ),
    Rule(
        "asked", "asked them *to wait*", _is_asked,
        lambda c: of_kind(lists()["infinitive"].get(c.head.lemma_, "planned"), c.head, c.above),
    ),
    Rule(
        "the latest", "is *the latest to hit it*",
        lambda c: is_infinitive(c.verb) and _is_the_latest(c.head), as_above,
    ),
    Rule("kept from", "banned Lund *from flying*", _is_kept_from, hindered),
    Rule(
        "against", "warned Lund *against voting*",
        lambda c: "against" in c.marks and c.verb.tag_ == "VBG" and object_controlled(c.verb),
        lowered("hypothetical"),
    ),
    Rule("purpose", "closed it *to cut costs*", lambda c: is_purpose(c.verb), _purpose),
    Rule("until", "rejects talks *until it disarms*", _is_until, _until),
    Rule(
        "gerund as subject", "*returning* was expected to take longer", _is_gerund_subject,
        only("hypothetical"),
    ),
    Rule("without", "left *without paying*", lambda c: "without" in c.marks, by_the_way),
    Rule("participle", "*after losing it*", lambda c: is_nonfinite(c.verb), _participle),
    Rule(
        "at that time", "will leave *when it ends*", _is_at_the_time,
        _at_the_time,
    ),
    Rule(
        "until now open", "left *before the court hears it*", _is_yet_to_come, only("planned"),
    ),
    Rule("told", "left *because it rained*", always, by_the_way),
)  # fmt: skip
_PURPOSES: Final = (
    Rule(
        "limited", "strips her of the power *to sell it*", _is_limited, only("hypothetical"),
    ),
    Rule("but to", "has no choice *but to leave*", lambda c: but_to(c.verb), only("planned")),
    Rule(
        "found", "were surprised *to find it*",
        lambda c: lists()["adjectives"].get(c.head.lower_) == "factive", as_above,
    ),
    Rule(
        "for somebody", "called for the killers *to be tried*",
        lambda c: c.head.lemma_ in _OWN["asking"] and _for_somebody(c.verb), lowered("hypothetical"),
    ),
    Rule(
        "called off", "cancelled a trip *to attend it*",
        lambda c: c.head.lemma_ in _OWN["calling_off"], lowered("hypothetical"),
    ),
    Rule("result", "grew up *to become mayor*", _result, as_above),
    Rule(
        "used", "used it *to cut costs*: did",
        lambda c: is_past(c.head) and c.head.lemma_ in _OWN["used"], as_above,
    ),
    Rule("took", "needed two hours *to win*: did", _took, as_above),
    Rule("purpose", "closed it *to cut costs*", always, lowered("planned")),
)  # fmt: skip
_PARTICIPLES: Final = (
    Rule(
        "having lost", "no longer holds it, *having lost it* in 1972",
        lambda c: c.above.status == "denied" and after_comma(c.verb), by_the_way,
    ),
    Rule(
        "described", "cited a rule *as barring him*",
        lambda c: "as" in c.marks and c.verb.tag_ == "VBG" and _is_described(c.head), _described,
    ),
    Rule(
        "charged", "was accused *of stealing it*", _is_charged, lambda c: charged(c.head, c.above)
    ),
    Rule(
        "responsibility", "claimed responsibility *for killing two*",
        lambda c: "for" in c.marks and _takes_responsibility(c.head),
        lambda c: replace(weaker(standing("claimed"), c.above), attribution=subject(c.head)),
    ),
    Rule(
        "tried", "stood trial *for stealing it*",
        lambda c: c.marks & {"for", "over"} and is_tried(c.verb, c.head), lowered("possible"),
    ),
    Rule(
        "warned against", "warned *against selling it*",
        lambda c: "against" in c.marks and c.head.lemma_ in lists()["warning"], only("hypothetical"),
    ),
    Rule(
        "not guilty", "pleaded not guilty *to stealing it*",
        lambda c: c.marks & {"to", "of"} and _is_not_guilty(c.head), lowered("denied"),
    ),
    Rule(
        "owned up", "pleaded guilty *to killing her*", lambda c: "to" in c.marks and owns_up(c),
        owned_up,
    ),
    Rule(
        "aimed at", "aimed *at selling it*",
        lambda c: c.verb.tag_ == "VBG" and c.head.lemma_ in lists()["aimed"]
        and c.marks & _OWN["aimed_at"],
        lowered("planned"),
    ),
    Rule(
        "punished", "a court fined him *for stealing it*", _is_punished,
        lambda c: charged(c.head, c.above),
    ),
    Rule(
        "thanked", "was thanked *for saving it*",
        lambda c: c.head.lemma_ in lists()["thanked"] and "for" in c.marks,
        lambda c: c.speaker if c.above.status == "denied" else c.above,  # "never forgave him for it"
    ),
    Rule("of doing", "is optimistic *of winning*", _of_doing, lambda c: _of_doing(c) or c.above),
    Rule(
        "asked for", "called *for closing it*",
        lambda c: "for" in c.marks and c.verb.tag_ == "VBG" and c.head.pos_ == "VERB"
        and c.head.lemma_ in _OWN["asking"],
        lowered("hypothetical"),
    ),
    Rule("before", "puts it off for a day *before leaving*", _is_before, _before),
    Rule("despite", "left *despite winning*", lambda c: c.marks & _OWN["despite"], by_the_way),
    Rule("told", "*selling it*, he left", always, as_above),
)  # fmt: skip
