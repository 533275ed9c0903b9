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
from kg.extract.factuality.below_verbs import below_verb
from kg.extract.factuality.beside_clauses import beside_clause, charge_beside, charged
from kg.extract.factuality.evidence import (
    below_noun,
    is_alleging,
    of_event,
)
from kg.extract.factuality.fiction import in_fiction
from kg.extract.factuality.governors import (
    is_speech,
    noun_kind,
    speech_only,
)
from kg.extract.factuality.modality import (
    according_to,
    how_to,
    is_ahead,
    is_generic_source,
    is_question,
    own_standing,
    source_standing,
    supposes,
)
from kg.extract.factuality.negation import (
    is_negated,
    is_relative,
)
from kg.extract.factuality.on_nouns import ENOUGH, on_noun
from kg.extract.factuality.quoted_words import (
    clausal,
    in_headline,
    in_marks,
    in_position,
    in_reports,
    in_source,
    in_told_words,
)
from kg.extract.factuality.rules import OPEN, borne
from kg.extract.factuality.standing import ASSERTED, Standing, lists, standing, weaker
from kg.extract.grammar.index import kids, relation
from kg.extract.grammar.subjects import (
    is_infinitive,
    is_passive,
    own_subject,
    subject,
)
from kg.extract.grammar.tree import after_comma, child, children, is_clausal, preposition
from kg.extract.speech.speakers import speaker_of
from kg.extract.words.load import rule_words

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

_OWN: Final = rule_words("status")


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
    if own.status == "denied" and _is_left_open(token, above):
        own = replace(above, polarity="negative")
    result = weaker(weaker(own, above), in_position(token))
    quoted = in_marks(token)
    if quoted is not None:
        speaker = quoted.attribution or result.attribution
        result = replace(weaker(result, quoted), attribution=speaker)
    if result == ASSERTED:
        result = in_told_words(token)
    if result == ASSERTED:
        result = in_reports(token)
    if result == ASSERTED:
        result = in_headline(token)
    if result.status == "asserted":
        result = weaker(result, in_fiction(token))
    memo[token.i] = result
    return result


def _is_left_open(verb: Token, above: Standing) -> bool:
    """Whether what is not to be done is only asked or meant: "was told not to leave", "vowed not to
    leave"."""
    meant = relation(verb) == "conj" or is_infinitive(verb)
    return above.status == "hypothetical" or (above.status == "planned" and meant)


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
        return below_verb(verb, head, _status(head, memo, depth + 1))
    if kind == "conj":
        return _beside_conjunct(verb, head, memo, depth)
    above = _status(head, memo, depth + 1)
    if kind == "parataxis":
        return speech_only(above) if not is_speech(verb) else speech_only(ASSERTED)
    if kind == "advcl":
        return beside_clause(verb, head, above)
    if kind == "acl":
        bearing = below_noun(verb, head, _negates(memo, depth))
        return on_noun(verb, head, above) if bearing is None else borne(bearing, above)
    if kind in ("appos", "nmod", "obl", "obj", "nsubj", "list", "dep", "discourse"):
        return speech_only(above)
    return above


def _beside_conjunct(verb: Token, head: Token, memo: dict[int, Standing], depth: int) -> Standing:
    charge = charge_beside(verb, head)
    if charge is not None:
        return charged(charge, _status(charge, memo, depth + 1))
    above = _above(head, memo, depth) if clausal(head) else _status(head, memo, depth + 1)
    if not clausal(head) and relation(head) in ("obl", "nmod", "obj") and clausal(head.head):
        # "can be used for automation but also to reduce risks"
        above = weaker(above, _status(head.head, memo, depth + 1))
    return weaker(_shared_own(verb, head), above)


def _governor(verb: Token) -> tuple[Token, str]:
    """What a clause hangs on, and by which relation; one for the shapes that parses give to one
    construction."""
    head, kind = verb.head, relation(verb)
    if how_to(verb):
        return head, "dep"  # "failed to agree on *how to divide* it"
    if kind != "advcl":
        return head, kind
    if is_relative(verb):
        return head, "acl"  # "it was Berg that *called*"
    if is_infinitive(verb) and head.lower_ in ENOUGH and relation(head) in ("amod", "det"):
        return head.head, "acl"  # "has enough water to *supply* the town"
    if head.lower_ == "soon" and head != head.head:
        return head.head, "advcl"  # "left as *soon* as it opened"
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
    if any(map(supposes, children(head, "mark"))):
        shared = weaker(shared, standing("hypothetical"))
    return shared


def _root(verb: Token) -> Standing:
    result = ASSERTED
    for c in children(verb, "parataxis", "ccomp", "conj"):
        if relation(c) == "conj" and not any(g.lower_ == "so" for g in children(c, "advmod")):
            continue  # but "sold it, or so the paper claimed"
        if child(c, "mark") is not None:
            continue  # "found that it could rule on it": no "..., he said"
        if relation(c) == "ccomp" and c.i > verb.i and not after_comma(c):
            continue  # "a memo suggests the bank *knew* of it"
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
    if ";" in (own[0].text, *(t.text for t in beside[:1])):
        return False  # "has discussed it; she was quoted by the Courier"
    return any(t.is_punct and t.text not in "()" for t in (*own, *beside))


def _no_content(verb: Token) -> bool:
    return child(verb, "ccomp", "xcomp", "obj") is None


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
        elif (
            kind == "case"
            and c.lower_ in ("against", "for")
            and noun.head.lemma_ in _OWN["advocating"]
        ):
            result = weaker(result, standing("hypothetical"))
    if is_ahead(noun) and not any(c.lemma_ == "day" for c in children(noun, "nmod")):
        result = weaker(result, standing("planned"))  # "a trip *next week*"; not "the next day"
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
        return borne(bearing, speech_only(_status(head, memo, depth + 1)))
    if kind in ("conj", "appos", "flat"):
        return _status(head, memo, depth + 1)
    if clausal(head):
        return _below_verb(noun, head, kind, memo, depth)
    above = _status(head, memo, depth + 1)
    found = lists()["nouns"].get(head.lemma_.lower())
    lowers = kind in ("nmod", "compound", "amod") and found in (*OPEN, "denied")
    if lowers and not _known_event(noun):
        return weaker(standing(found), speech_only(above))
    if kind == "nmod" and preposition(noun) == "of" and is_alleging(head):
        return noun_kind(head, "claim", speech_only(above))  # "the allegation of bribery"
    if kind == "nmod" and preposition(noun) in _OWN["following"]:
        return speech_only(above)
    return above if kind in ("nmod", "compound") else speech_only(above)


def _below_verb(
    noun: Token, head: Token, kind: str, memo: dict[int, Standing], depth: int
) -> Standing:
    above = _status(head, memo, depth + 1)
    if kind not in ("obj", "obl", "nsubj", "iobj"):
        return speech_only(above)
    if kind == "nsubj" and not is_passive(head):
        return above if above.status in OPEN and not _known_event(noun) else speech_only(above)
    if above.status == "planned" and head.lemma_ in _OWN["reacting"]:
        return speech_only(above)  # "march to protest the escalation of the war"
    beside = _beside_verb(noun, head, above) if kind == "obl" else None
    if beside is not None:
        return beside
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


def _beside_verb(noun: Token, head: Token, above: Standing) -> Standing | None:
    """How what happens at the time of another thing, or comes of it, stands by that alone."""
    mark = preposition(noun)
    if mark == "during" and above.status == "planned":
        return above  # "will meet him *during her visit*"
    if mark in _OWN["following_verbs"] | _OWN["settings"]:
        return speech_only(above)  # "denied it in an interview": that took place
    return above if f"{head.lemma_} {mark}" in _OWN["outcomes"] else None


def _known_event(noun: Token) -> bool:
    """ "Netflix's use", "the use": told as known; "a ban", "use" are not."""
    if child(noun, "nmod:poss") is not None:
        return True
    return any(relation(c) == "det" and c.lower_ in _OWN["definite"] for c in kids(noun))
