"""Whether it is so, and who says so: the standing of a predicate in its clauses.

`status` reads what the text does to a predicate: negation and its scope, modals, hedges,
reporting and planning verbs, conditionals, questions, quotation marks, "according to". The table
is that of the ontology (``kg:Status``); where two readings compete, the weaker wins. The words
are in ``words/en/status.toml``.

How a predicate stands depends on the words around it (its *own* standing) and on what governs it
(the standing *above*): "X denied that Y might sell Z" is possible by its own words and denied
from above.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from spacy.tokens import Doc, Token

from kg.analysis import analysis_of
from kg.extract.factuality.evidence import (
    Bearing,
    below_noun,
    below_word,
    beside,
    is_alleging,
    is_content,
    is_gerund,
    is_tried,
    of_event,
    said_falsely,
)
from kg.extract.factuality.governors import (
    claimed,
    default_kind,
    is_past,
    is_speech,
    kind_of,
    noun_kind,
    of_kind,
    speech_only,
)
from kg.extract.factuality.modality import (
    according_to,
    is_generic_source,
    is_imperative,
    is_question,
    own_standing,
    source_standing,
)
from kg.extract.factuality.negation import (
    before_but,
    is_cleft,
    is_denied_relative,
    is_negated,
    is_relative,
)
from kg.extract.factuality.quoted_words import (
    clausal,
    in_marks,
    in_position,
    in_reports,
    in_source,
    in_told_words,
)
from kg.extract.factuality.standing import ASSERTED, Standing, lists, standing, weaker
from kg.extract.grammar.arguments import named_head
from kg.extract.grammar.index import kids, relation
from kg.extract.grammar.subjects import (
    agent,
    called_on,
    is_infinitive,
    is_nonfinite,
    is_passive,
    is_purpose,
    object_controlled,
    own_subject,
    subject,
)
from kg.extract.grammar.tree import after_comma, child, children, is_clausal, preposition
from kg.extract.speech.speakers import speaker_of

__all__ = [
    "Standing",
    "hedged",
    "judged",
    "presupposed",
    "source_standing",
    "speaker_of",
    "speech_only",
    "standing",
    "status",
    "weaker",
]  # fmt: skip

#: "see it changing": the participle is as true as the verb.
_SEEN: Final = frozenset({"see", "have", "find", "want", "hear", "watch", "imagine", "picture"})
_ASKING: Final = frozenset({"call", "ask", "push", "campaign", "lobby", "appeal", "beg", "plead",
                            "pray", "press", "petition", "vote", "argue", "wait"})  # fmt: skip
_REACTING: Final = frozenset({"protest", "condemn", "mourn", "mark", "celebrate", "commemorate",
                              "denounce", "criticize", "criticise", "regret", "punish"})  # fmt: skip
#: What has befallen those that a plan is for.
_BEFALLEN: Final = frozenset({"affect", "hit", "damage", "destroy", "suspend", "injure", "displace",
                              "hold", "detain", "seize", "arrest", "kill", "ban", "occupy", "strand",
                              "trap", "wound", "capture", "devastate", "ravage"})  # fmt: skip
_NAMING: Final = frozenset({"call", "name", "title", "entitle", "dub", "know", "nickname"})
_HAVING: Final = frozenset({"have", "get", "receive", "give", "see", "take", "find", "make"})
_ENOUGH: Final = frozenset({"enough", "sufficient"})
#: Verbs of saying that hardly take a noun with a participle.
_REPORTS: Final = frozenset(
    {"report", "say", "claim", "state", "allege", "believe", "add", "suggest"}
)


def status(token: Token) -> Standing:
    """How the predicate ``token`` stands: a verb, the noun or adjective of a copula, or a noun
    that stands for a verb ("adoption").

    ``attribution`` is the innermost named or specific speaker. Linear: each token is judged once.
    """
    return _status(token, analysis_of(token.doc).known[_judged_yet], 0)


def _judged_yet(_: Doc) -> dict[int, Standing]:
    return {}


def _status(token: Token, memo: dict[int, Standing], depth: int) -> Standing:
    known = memo.get(token.i)
    if known is not None:
        return known
    if depth > 60 or in_source(token):
        return in_marks(token) or ASSERTED
    clausal = is_clausal(token) or token.pos_ in ("VERB", "AUX")
    own = own_standing(token) if clausal else _own_nominal(token)
    above = _above(token, memo, depth) if clausal else _above_nominal(token, memo, depth)
    if own.status == "denied" and above.status == "hypothetical":
        own = replace(above, polarity="negative")  # "was told not to leave"
    result = weaker(weaker(own, above), in_position(token))
    quoted = in_marks(token)
    if quoted is not None:
        speaker = quoted.attribution or result.attribution
        result = replace(weaker(result, quoted), attribution=speaker)
    if result == ASSERTED:
        result = in_told_words(token)
    if result == ASSERTED:
        result = in_reports(token)
    memo[token.i] = result
    return result


def judged(verb: Token) -> Standing:
    """How it stands what somebody calls another: claimed by whoever does so."""
    found, who = status(verb), subject(verb)
    if who is None or found.status == "denied":
        return weaker(standing("possible"), found)
    return replace(weaker(standing("claimed"), found), attribution=who)


def hedged(noun: Token, told: Standing) -> Standing:
    """``told`` of a noun, with the doubt of its own adjectives: "an *alleged* leader"."""
    for c in children(noun, "amod"):
        found = lists()["adjectives_on_nouns"].get(c.lower_)
        if found is not None and found != "denied":
            told = weaker(told, standing(found))
    return told


def presupposed(token: Token) -> Standing:
    """How it stands what a phrase says by the way ("Ada Venn, the mayor of Tarn, denied it"): so
    by the narrator, whatever is told of her; in quotation marks by who speaks."""
    return in_marks(token) or ASSERTED


# --- what governs it -------------------------------------------------------------------------


def _above(verb: Token, memo: dict[int, Standing], depth: int) -> Standing:
    head, kind = _governor(verb)
    if head == verb or kind == "root":
        return _root(verb)
    if kind in ("ccomp", "csubj", "xcomp"):
        return _complement(verb, head, memo, depth)
    if kind == "conj":
        charge = _charge_beside(verb, head)
        if charge is not None:
            return _charged(charge, _status(charge, memo, depth + 1))
        above = _above(head, memo, depth) if clausal(head) else _status(head, memo, depth + 1)
        if not clausal(head) and relation(head) in ("obl", "nmod", "obj") and clausal(head.head):
            # "can be used for automation but also to reduce risks"
            above = weaker(above, _status(head.head, memo, depth + 1))
        return weaker(_shared_own(verb, head), above)
    above = _status(head, memo, depth + 1)
    if kind == "parataxis":
        return speech_only(above) if not is_speech(verb) else speech_only(ASSERTED)
    if kind == "advcl":
        return _adverbial(verb, head, above)
    if kind == "acl":
        bearing = below_noun(verb, head, _negates(memo, depth))
        return _adnominal(verb, head, above) if bearing is None else _borne(bearing, above)
    if kind in ("appos", "nmod", "obl", "obj", "nsubj", "list", "dep", "discourse"):
        return speech_only(above)
    return above


def _governor(verb: Token) -> tuple[Token, str]:
    """What a clause hangs on, and by which relation; one for the shapes that parses give to one
    construction."""
    head, kind = verb.head, relation(verb)
    if kind != "advcl":
        return head, kind
    if is_relative(verb):
        return head, "acl"  # "it was Berg that *called*"
    if is_infinitive(verb) and head.lower_ in _ENOUGH and relation(head) in ("amod", "det"):
        return head.head, "acl"  # "has enough water to *supply* the town"
    if _is_bare_gerund(verb, head):
        return head, "xcomp"  # "stopped *claiming* it"
    return head, kind


def _is_bare_gerund(verb: Token, head: Token) -> bool:
    """Whether a gerund stands right behind a verb that takes one: "stopped *claiming*"."""
    return (
        verb.tag_ == "VBG"
        and verb.left_edge.i == head.i + 1
        and child(verb, "mark", "case") is None
        and own_subject(verb) is None
        and head.pos_ == "VERB"
        and head.lemma_ in lists()["gerunds"]
    )


def _negates(memo: dict[int, Standing], depth: int) -> Callable[[Token], bool]:
    """Whether a governor is negated, by its own words or from above: "failed to prove"."""
    return lambda t: is_negated(t) or _status(t, memo, depth + 1).status == "denied"


def _shared_own(verb: Token, head: Token) -> Standing:
    """A conjunct keeps the hedges and the source of the first clause when it has no subject of
    its own ("reportedly bought and sold")."""
    if not clausal(head):
        return ASSERTED
    shared = according_to(head)
    if is_question(head):
        shared = weaker(shared, standing("hypothetical"))
    first = own_subject(head)
    for c in children(head, "advmod"):
        if c.lower_ in lists()["possibly"] and c.i < head.i:
            # "Reportedly, two were killed and eight were injured"
            leads = first is not None and c.i < first.i
            if leads or own_subject(verb) is None:
                shared = weaker(shared, standing("possible"))
    if any(c.lower_ in lists()["marks"] for c in children(head, "mark")):
        shared = weaker(shared, standing("hypothetical"))
    return shared


def _root(verb: Token) -> Standing:
    result = ASSERTED
    for c in children(verb, "parataxis", "ccomp", "conj"):
        if relation(c) == "conj" and not any(g.lower_ == "so" for g in children(c, "advmod")):
            continue  # but "sold it, or so the paper claimed"
        if child(c, "mark") is not None:
            continue  # "found that it could rule on it": no "..., he said"
        if is_speech(c) and _no_content(c) and _set_off(c):
            speaker = speaker_of(c)
            if speaker is not None and is_generic_source(speaker):
                return weaker(source_standing(speaker), result)
            told = standing("claimed")
            return weaker(replace(told, attribution=speaker), result)
    return result


def _set_off(verb: Token) -> bool:
    """Whether a clause is set off by a comma, dash or quotation mark, as in "..., he said"."""
    doc = verb.doc
    before, after = verb.left_edge.i - 1, verb.right_edge.i + 1
    own = [verb.left_edge, verb.right_edge]
    beside = [doc[i] for i in (before, after) if 0 <= i < len(doc)]
    return any(t.is_punct and t.text not in "()" for t in (*own, *beside))


def _no_content(verb: Token) -> bool:
    return child(verb, "ccomp", "xcomp", "obj") is None


def _complement(verb: Token, head: Token, memo: dict[int, Standing], depth: int) -> Standing:
    """Below a verb, adjective or noun that takes a clause."""
    above = _status(head, memo, depth + 1)
    infinitive = relation(verb) == "xcomp" or (is_nonfinite(verb) and own_subject(verb) is None)
    kind = kind_of(head, infinitive=infinitive)
    negated = is_negated(head)
    bearing = None
    if not is_infinitive(verb):
        bearing = below_word(verb, head, lambda _: negated or above.status == "denied")
    elif said_falsely(head):
        bearing = Bearing("denied")
    if bearing is not None:
        return _borne(bearing, above)
    if negated and any(c.lower_ == "why" for c in children(verb, "advmod")):
        return speech_only(above)  # "could not explain why it broke the rules"
    if head.lower_ == "able" and any(c.lower_ in ("was", "were") for c in children(head, "cop")):
        return above  # "was able to determine": did
    if kind is None:
        kind = default_kind(verb, head, infinitive=infinitive)
    if relation(verb) == "csubj":
        if verb.tag_ == "VBG" and kind in ("possible", "planned", "hypothetical"):
            return weaker(standing("hypothetical"), speech_only(above))  # "leaving was expected to"
        wanted = kind == "hypothetical" and head.pos_ == "ADJ"  # "it is vital that they sell it"
        kind = kind if wanted or kind in ("possible", "denied") else "transparent"
    if head.lemma_ == "call" and is_infinitive(verb) and not is_passive(head):
        return weaker(standing("hypothetical"), above)  # "called for the state to ban it"
    if head.lemma_ == "hear" and not infinitive:
        who = subject(head)
        if who is not None and who.lemma_.lower() in lists()["hearers"]:
            return weaker(standing("possible", certainty=0.6), above)  # "the court heard that"
    if head.lemma_ == "end" and verb.tag_ == "VBG" and child(head, "compound:prt") is None:
        return weaker(standing("denied"), above)  # "ends broadcasting", but "ended up winning"
    if head.lemma_ in ("want", "like", "wish") and _is_performed(verb, head):
        return speech_only(above)  # "I want to thank the crew": by these words it's done
    if kind == "factive" and infinitive and head.lemma_ in ("certain", "sure"):
        return weaker(standing("possible"), above)  # "is certain to hit the coast"
    if kind is not None and head.lemma_ in ("be", "remain"):
        kind = None
    if head.lemma_ in ("be", "remain") and not infinitive:
        what = subject(head)
        if what is not None and what.pos_ == "NOUN":  # "the position remained that"
            return noun_kind(what, lists()["nouns"].get(what.lemma_.lower()), above)
    if kind == "factive" and not infinitive and above.status == "planned":
        return weaker(standing("hypothetical"), speech_only(above))  # "hopes to prove that"
    if kind == "factive":
        return above if not negated else speech_only(above) if not infinitive else above
    if head.lemma_ == "suggest" and infinitive and is_passive(head):
        return weaker(standing("possible"), above)  # "is suggested to slow growth"
    if kind == "claim":
        unsaid = negated or (above.status == "denied" and not infinitive)
        return claimed(verb, head, above, infinitive=infinitive, negated=unsaid)
    if head.lemma_ == "have" and is_infinitive(verb) and not is_past(head):
        return weaker(standing("hypothetical"), above)  # "has to sell"
    if kind in ("enable", "transparent"):
        if kind == "enable" and not is_past(head):
            return weaker(standing("possible"), above)
        return above
    if kind == "denied":
        if head.lemma_ in ("fail", "hesitate", "forget") and negated:
            return replace(above, status="asserted", polarity="positive")
        denied = _hindered(head, above)
        speaker = subject(head) if head.lemma_ in ("deny", "dispute", "refute", "reject") else None
        return replace(denied, attribution=speaker) if speaker is not None else denied
    if kind in ("planned", "possible", "hypothetical"):
        lower = weaker(standing(kind), above)
        thinker = None
        if not infinitive and kind in ("possible", "planned") and not is_passive(head):
            thinker = subject(head) if head.pos_ == "VERB" else None
        if thinker is not None and head.lemma_ not in ("seem", "appear") and thinker.dep_ != "expl":
            lower = replace(lower, attribution=lower.attribution or thinker)
        return lower
    return above


def _is_performed(verb: Token, head: Token) -> bool:
    who = subject(head)
    return (
        verb.lemma_ in lists()["performed"]
        and who is not None
        and who.lower_ in ("i", "we")
        and head.tag_ in ("VB", "VBP")
        and not is_negated(head)
    )


def _hindered(head: Token, above: Standing) -> Standing:
    """What is denied by its governor; only a plan or a chance to prevent something leaves it open."""
    if head.lemma_ in lists()["hindering"] and above.status in (
        "possible", "planned", "hypothetical",
    ):  # fmt: skip
        return weaker(standing("hypothetical"), above)
    return weaker(standing("denied"), above)


def _borne(bearing: Bearing, above: Standing) -> Standing:
    """What a clause has from the table of evidence. A negated governor is denied itself, the clause
    under it need not be: it keeps from above who speaks."""
    if bearing.negated:
        above = speech_only(above)
    result = weaker(standing(bearing.status), above)
    if bearing.by is None:
        return result
    if result.status == "asserted":
        result = weaker(standing("claimed"), result)
    return replace(result, attribution=bearing.by)


def _adverbial(verb: Token, head: Token, above: Standing) -> Standing:
    marks = {c.lower_ for c in children(verb, "mark", "advmod", "case")}
    if any(c.lower_ in lists()["marks"] for c in children(verb, "mark")):
        return weaker(standing("hypothetical"), speech_only(above))
    bearing = beside(verb, head, marks, negated=above.status == "denied")
    if bearing is not None:
        return _borne(bearing, above)
    if is_infinitive(verb) and called_on(head) is not None:
        return weaker(standing("hypothetical"), above)  # "called on drivers to wait"
    if is_infinitive(verb) and object_controlled(verb):
        kind = lists()["infinitive"].get(head.lemma_, "planned")
        return of_kind(kind, head, above)
    if "from" in marks and (
        head.lemma_ in lists()["hindering"] or lists()["infinitive"].get(head.lemma_) == "denied"
    ):
        return _hindered(head, above)  # "banned X from flying"
    if "against" in marks and verb.tag_ == "VBG" and object_controlled(verb):
        return weaker(standing("hypothetical"), above)  # "warned X against voting"
    if is_purpose(verb):
        if _but_to(verb):
            return weaker(standing("planned"), speech_only(above))
        if lists()["adjectives"].get(head.lower_) == "factive":
            return above  # "were surprised to find"
        if head.lemma_ in _ASKING and _for_somebody(verb):
            return weaker(standing("hypothetical"), above)  # "called for the killers to be tried"
        if _result(verb, head):
            return above
        if is_past(head) and head.lemma_ in ("use", "utilize", "utilise", "employ", "leverage",
                                           "go", "join", "team", "partner"):  # fmt: skip
            return above
        return weaker(standing("planned"), above)
    if marks & {"before", "until", "till"} and above.status != "asserted":
        return above
    if _is_gerund_subject(verb, head):
        return weaker(standing("hypothetical"), speech_only(above))
    if "without" in marks:
        return speech_only(above)
    if is_nonfinite(verb):
        return _participle(verb, head, above, marks)
    speaker = speech_only(above)
    if above.status in ("planned", "possible", "hypothetical") and marks & {
        "when", "once", "until", "before", "after",
    } and not is_past(verb):  # fmt: skip
        return weaker(standing(above.status), speaker)
    if marks & {"until", "till"} and verb.tag_ in ("VBZ", "VBP") and is_past(head):
        return weaker(standing("planned"), speaker)  # "placed a stay until it hears the case"
    return speaker


def _is_gerund_subject(verb: Token, head: Token) -> bool:
    """ "*Returning* to normal was expected to take longer": the parse takes it for an adjunct."""
    if verb.tag_ != "VBG" or verb.i > head.i or own_subject(head) is not None:
        return False
    after = verb.right_edge.i + 1
    kind = kind_of(head, infinitive=False)
    return verb.doc[after].pos_ == "AUX" and kind in ("possible", "planned", "hypothetical")


def _but_to(verb: Token) -> bool:
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


def _participle(verb: Token, head: Token, above: Standing, marks: set[str]) -> Standing:
    """A participle or gerund beside its clause: "after selling it", "accused of selling it"."""
    if above.status == "denied" and after_comma(verb):
        return speech_only(above)  # "no longer holds it, having lost it in 1972"
    if "as" in marks and verb.tag_ == "VBG" and _described(head):
        by = agent(head) if is_passive(head) else subject(head)
        if by is not None and not is_generic_source(by):  # "cited a rule as barring him"
            return replace(weaker(standing("claimed"), above), attribution=by)
        return weaker(standing("possible", certainty=0.6), above) if by is None else above
    accused = lists()["accused"].get(head.lemma_)
    if accused is not None and is_gerund(verb) and accused in marks:
        return _charged(head, above)
    if "for" in marks and _takes_responsibility(head):
        return replace(weaker(standing("claimed"), above), attribution=subject(head))
    if marks & {"for", "over"} and is_tried(verb, head):
        return weaker(standing("possible"), above)  # "stood trial for stealing it"
    if "against" in marks and head.lemma_ in lists()["warning"]:
        return weaker(standing("hypothetical"), speech_only(above))  # "warned against selling it"
    if marks & {"to", "of"} and _is_not_guilty(head):
        return weaker(standing("denied"), above)  # "pleaded not guilty to stealing it"
    if (
        verb.tag_ == "VBG"
        and head.lemma_ in lists()["aimed"]
        and marks & {"at", "on", "toward", "towards"}
    ):
        return weaker(standing("planned"), above)
    if head.lemma_ in lists()["punished"] and "for" in marks:
        return above  # "was jailed for stealing it"
    if verb.tag_ == "VBG" and marks & {"of", "about", "to", "for", "on"}:
        kind = lists()["infinitive"].get(head.lemma_) or lists()["clause"].get(head.lemma_)
        stance = lists()["adjectives"].get(head.lower_)
        if stance == "possible" or (stance == "planned" and "to" in marks):
            return weaker(standing(stance), above)  # "is optimistic of", "committed to selling it"
        if kind in ("planned", "possible", "hypothetical") or head.lemma_ == "think":
            return weaker(standing("planned"), above)
    if marks & {"despite", "after", "since", "besides", "from"}:
        return speech_only(above)
    return above


def _charged(head: Token, above: Standing) -> Standing:
    """What somebody is accused of by the verb ``head``."""
    if above.status == "denied":  # "was never accused of stealing it"
        return weaker(standing("hypothetical"), speech_only(above))
    by = agent(head) if is_passive(head) else subject(head)
    if by is None:
        return weaker(standing("possible"), above)
    return replace(weaker(standing("claimed"), above), attribution=by)


def _charge_beside(verb: Token, head: Token) -> Token | None:
    """The "charged" of "was charged with theft, and *leaving* the scene", wherever that hangs."""
    charge = head.head if relation(head) == "obl" else head
    mark = lists()["accused"].get(charge.lemma_) if verb.tag_ == "VBG" else None
    if mark is None or charge.tag_ == "VBG":
        return None
    return charge if any(preposition(c) == mark for c in children(charge, "obl")) else None


def _takes_responsibility(verb: Token) -> bool:
    """ "claimed responsibility *for killing* two": so by their own words."""
    return any(
        c.lemma_.lower() in ("responsibility", "credit") for c in children(verb, "obj")
    ) and verb.lemma_ in ("claim", "take", "accept", "assume")


def _is_not_guilty(head: Token) -> bool:
    """ "*not guilty* of", "*pleaded* not guilty to": the parse hangs the crime on either word."""
    return any(
        word.lower_ == "guilty" and is_negated(word) for word in (head, *children(head, "xcomp"))
    )


def _described(verb: Token) -> bool:
    words = lists()
    return verb.lemma_ in ("cite", "list", "quote") or "claim" in (
        words["clause"].get(verb.lemma_), words["infinitive"].get(verb.lemma_)
    )  # fmt: skip


def _result(verb: Token, head: Token) -> bool:
    """ "..., only to lose", "grew up to become", "too ... to"."""
    before = verb.doc[verb.left_edge.i - 1].lower_ if verb.left_edge.i else ""
    if any(c.lower_ == "only" for c in children(verb, "advmod")) or before == "only":
        return True
    if verb.lemma_ in lists()["results"] and head.lemma_ in lists()["reaching"]:
        return is_past(head)  # "gained two points to end at 92", "beat Holm to win"
    return head.lemma_ in ("grow", "go", "rise", "live") and verb.lemma_ == "become"


def _adnominal(verb: Token, head: Token, above: Standing) -> Standing:
    speaker = speech_only(above)
    if is_cleft(verb):
        return above
    if is_denied_relative(verb):
        return weaker(standing("denied"), speaker)
    if _is_example(verb, head):
        return weaker(standing("hypothetical"), speaker)
    kind = lists()["nouns"].get(head.lemma_.lower())
    if is_relative(verb) and (kind is None or not is_content(verb, head)):
        return _of_what_may_be(verb, head, above, speaker)
    if relation(head) == "obj" and head.head.lemma_ in _REPORTS and head.head.pos_ == "VERB":
        # "state media reported a block of flats collapsed": the parse took the clause for a noun
        return claimed(verb, head.head, speaker, infinitive=False, negated=is_negated(head.head))
    upper = lists()["nouns"].get(head.head.lemma_.lower()) if relation(head) == "nmod" else None
    if upper in ("possible", "hypothetical") and verb.tag_ == "VBG" and head.head.pos_ == "NOUN":
        return noun_kind(head.head, upper, speaker)  # "the possibility of a fault causing it"
    if verb.tag_ == "VBG" and relation(head) == "obj" and head.head.lemma_ in _SEEN:
        return above  # "would like to see these results changing it"
    if verb.tag_ == "VBN" and verb.lemma_ in _NAMING and named_head(head) is None:
        return speaker  # "a song called ...": it is, whatever is said of it
    if verb.tag_ == "VBG" and kind == "hypothetical" and is_speech(verb):
        return speaker  # "joined the calls by officials *asking* for it"
    if is_tried(verb, head) and any(c.lower_ == "for" for c in children(verb, "mark")):
        return weaker(standing("possible"), speaker)  # "his trial for stealing it"
    if verb.tag_ == "VBG" and head.lemma_ == "conviction" and children(verb, "mark"):
        return speaker  # "his conviction for stealing it"
    if verb.tag_ == "VBN" and own_subject(verb) is None and not children(verb, "mark"):
        for c in children(head, "amod"):  # "an alleged bribe paid to him"
            doubt = lists()["adjectives_on_nouns"].get(c.lower_)
            if doubt == "possible":
                speaker = weaker(standing("possible"), speaker)
        return _of_what_may_be(verb, head, above, speaker)  # "a report published by ..."
    if verb.tag_ == "VBG" and head.lemma_ in lists()["drafts"] and own_subject(verb) is None:
        return weaker(standing("planned"), speaker)  # "a bill banning it"
    if verb.tag_ == "VBG" and kind == "planned" and children(verb, "mark"):
        return noun_kind(head, kind, speaker)  # "efforts on leaving the union"
    if not is_infinitive(verb) and own_subject(verb) is None:
        return speaker if kind in (None, "planned") else noun_kind(head, kind, speaker)
    if is_infinitive(verb):
        if _but_to(verb):
            return weaker(standing("planned"), speaker)
        if relation(head) == "obj" and head.head.lemma_ in _HAVING and is_negated(head.head):
            return weaker(standing("denied"), speaker)  # "does not have the right to impose it"
        if _is_enough(head):
            return weaker(standing("possible"), above)  # "has enough water to supply the town"
        if kind in (None, "claim", "factive"):
            first = any(c.lower_ in ("first", "last", "second", "third", "latest")
                        for c in kids(head))  # fmt: skip
            if first or head.lower_ in ("first", "last", "second", "third"):
                return above
            return weaker(standing("planned"), speaker)
        return weaker(noun_kind(head, kind, speaker), above)
    return noun_kind(head, kind, speaker)


def _is_enough(noun: Token) -> bool:
    return any(c.lower_ in _ENOUGH for c in kids(noun))


def _is_example(verb: Token, head: Token) -> bool:
    """ "think of a mayor who *sells* the park", "looked like a man who had *robbed* a bank"."""
    if not is_relative(verb) or not any(c.lower_ in ("a", "an") for c in children(head, "det")):
        return False
    if preposition(head) in ("like", "as", "than"):
        return preposition(head) == "like"
    return relation(head) in ("obl", "obj") and is_imperative(head.head)


def _of_what_may_be(verb: Token, head: Token, above: Standing, speaker: Standing) -> Standing:
    """A relative clause or participle of something that only a plan or a supposition brings up
    ("could build a plant that employs fifty") is no surer than that."""
    for c in children(head, "amod"):
        if lists()["adjectives_on_nouns"].get(c.lower_) == "planned":
            return weaker(standing("planned"), speaker)  # "a future council that respects it"
    if above.status not in ("planned", "possible", "hypothetical") or named_head(head) is not None:
        return speaker
    if after_comma(verb) or relation(head) not in ("obj", "nsubj", "nsubj:pass", "obl"):
        return speaker
    if is_past(verb) and above.status == "planned":
        return speaker
    if verb.tag_ == "VBN" and verb.lemma_ in _BEFALLEN:
        return speaker  # "to help towns *hit by the storm*": they were
    first = {c.lower_ for c in children(head, "det", "nmod:poss")}
    anybody = bool(first & {"any", "every", "whatever"})
    made = relation(head) == "obj" and (not first or bool(first & {"a", "an", "any"}))
    made = made or (relation(head) == "nsubj" and not first and head.tag_ == "NNS")
    return weaker(standing(above.status), speaker) if anybody or made else speaker


# --- nouns that stand for verbs --------------------------------------------------------------


def _own_nominal(noun: Token) -> Standing:
    words = lists()
    result = ASSERTED
    for c in kids(noun):
        kind = relation(c)
        if kind in ("amod", "compound", "advmod"):
            found = words["adjectives_on_nouns"].get(c.lower_)
            if found is not None:
                result = weaker(result, standing(found))
        elif (kind == "det" and c.lower_ in ("no", "neither")) or (
            kind == "case" and c.lower_ == "without"
        ):
            result = weaker(result, standing("denied"))
        elif kind == "case" and c.lower_ in ("against", "for") and noun.head.lemma_ in (
            "call", "push", "lobby", "campaign", "argue", "vote", "ask", "plead", "appeal",
            "advocate",
        ):  # fmt: skip
            result = weaker(result, standing("hypothetical"))
    return weaker(according_to(noun), result)


def _above_nominal(noun: Token, memo: dict[int, Standing], depth: int) -> Standing:
    """Below the verb or noun that governs an event noun: "plans the purchase", "calls for a ban",
    "concerns about the use"."""
    head = noun.head
    if head == noun:
        return _root(noun)
    kind = relation(noun)
    bearing = of_event(noun, _negates(memo, depth))
    if bearing is not None:
        return _borne(bearing, speech_only(_status(head, memo, depth + 1)))
    if kind in ("conj", "appos", "flat"):
        return _status(head, memo, depth + 1)
    if clausal(head):
        return _below_verb(noun, head, kind, memo, depth)
    above = _status(head, memo, depth + 1)
    found = lists()["nouns"].get(head.lemma_.lower())
    if kind in ("nmod", "compound", "amod") and found in (
        "planned", "possible", "hypothetical", "denied",
    ) and not _known_event(noun):  # fmt: skip
        return weaker(standing(found), speech_only(above))
    if kind == "nmod" and preposition(noun) == "of" and is_alleging(head):
        return noun_kind(head, "claim", speech_only(above))  # "the allegation of bribery"
    if kind == "nmod" and preposition(noun) in ("after", "following", "amid", "since", "despite"):
        return speech_only(above)
    return above if kind in ("nmod", "compound") else speech_only(above)


def _below_verb(
    noun: Token, head: Token, kind: str, memo: dict[int, Standing], depth: int
) -> Standing:
    above = _status(head, memo, depth + 1)
    if kind not in ("obj", "obl", "nsubj", "iobj"):
        return speech_only(above)
    if kind == "nsubj" and not is_passive(head):
        if above.status in ("possible", "planned", "hypothetical") and not _known_event(noun):
            return above
        return speech_only(above)
    if above.status == "planned" and head.lemma_ in _REACTING:
        return speech_only(above)  # "march to protest the escalation of the war"
    if kind == "obl" and preposition(noun) in ("after", "since", "following", "because of",
                                               "due to", "despite", "amid", "over"):  # fmt: skip
        return speech_only(above)
    found = lists()["nominal"].get(head.lemma_)
    if found is None and (child(noun, "nmod:poss") is not None or kind == "obl"):
        return speech_only(above)
    if found is not None and not (kind == "obl" and found == "planned"):
        lowered = weaker(standing(found), above)
        if head.lemma_ == "allege":
            lowered = replace(lowered, attribution=subject(head) or lowered.attribution)
        return lowered
    told = lists()["clause"].get(head.lemma_) in ("factive", "claim")
    if above.status == "denied" and (told or _known_event(noun)):
        return speech_only(above)  # "failed to report abuse by a priest"
    return above


def _known_event(noun: Token) -> bool:
    """ "Netflix's use", "the use": told as known; "a ban", "use" are not."""
    if child(noun, "nmod:poss") is not None:
        return True
    return any(relation(c) == "det" and c.lower_ in ("the", "this", "that") for c in kids(noun))
