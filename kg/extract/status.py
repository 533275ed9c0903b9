"""Whether it is so, and who says so: the standing of a predicate in its clauses.

`status` reads what the text does to a predicate: negation and its scope, modals, hedges,
reporting and planning verbs, conditionals, questions, quotation marks, "according to". The table
is that of the ontology (``kg:Status``); where two readings compete, the weaker wins. The words
are in ``status.toml``.

How a predicate stands depends on the words around it (its *own* standing) and on what governs it
(the standing *above*): "X denied that Y might sell Z" is possible by its own words and denied
from above.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from spacy.tokens import Doc, Span, Token

from kg.extract.clauses import (
    agent,
    helping_verbs,
    is_infinitive,
    is_nonfinite,
    is_passive,
    is_purpose,
    object_controlled,
    own_subject,
    subject,
)
from kg.extract.phrases import (
    NOMINAL,
    char_range,
    child,
    children,
    conjuncts,
    is_clausal,
    name_at,
    named_head,
    phrase_tokens,
    preposition,
    relation,
    text_of,
    type_hint,
    value_at,
)
from kg.model import STATUSES, Polarity, Status

#: Verbs of saying that hardly take a noun with a participle.
_REPORTS: Final = frozenset(
    {"report", "say", "claim", "state", "allege", "believe", "add", "suggest"}
)
_RANK: Final = {name: rank for rank, name in enumerate(STATUSES)}


@dataclass(frozen=True, slots=True)
class Standing:
    """``attribution`` is the head word of who says so; ``sourcing`` the words of a source that is
    nobody in particular ("according to industry sources")."""

    status: Status = "asserted"
    polarity: Polarity = "positive"
    certainty: float = 1.0
    attribution: Token | None = None
    sourcing: str | None = None


ASSERTED: Final = Standing()


@cache
def _lists() -> dict[str, dict[str, Any]]:
    path = Path(__file__).with_suffix(".toml")
    data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    lists: dict[str, dict[str, Any]] = {}
    for table in ("clause", "infinitive", "adjectives", "nouns", "nominal", "adjectives_on_nouns",
                  "marks", "sources"):  # fmt: skip
        lists[table] = {}
        for kind, words in data[table].items():
            for word in words:
                lists[table].setdefault(word, kind)
    lists["modals"] = data["modals"]
    lists["possibly"] = data["adverbs"]["possible"]
    lists["negative"] = data["adverbs"]["negative"]
    lists["certainty"] = data["certainty"]
    return lists


def weaker(one: Standing, other: Standing) -> Standing:
    """Both at once: the weaker status, the lower certainty, the first's speaker before the
    second's; two negatives stay a negative."""
    rank = max(_RANK[one.status], _RANK[other.status])
    negative = "negative" in (one.polarity, other.polarity)
    return Standing(
        STATUSES[rank],
        "negative" if negative else "positive",
        round(min(one.certainty, other.certainty), 2),
        one.attribution or other.attribution,
        one.sourcing or other.sourcing,
    )


def standing(name: Status, *, certainty: float | None = None) -> Standing:
    """The standing of that status alone."""
    known = float(_lists()["certainty"][name])
    return Standing(
        name,
        "negative" if name == "denied" else "positive",
        known if certainty is None else certainty,
    )


def status(token: Token) -> Standing:
    """How the predicate ``token`` stands: a verb, the noun or adjective of a copula, or a noun
    that stands for a verb ("adoption").

    ``attribution`` is the innermost named or specific speaker. Linear: each token is judged once.
    """
    memo: dict[int, Standing] = token.doc.user_data.setdefault("kg.phrases.status", {})
    return _status(token, memo, 0)


def _status(token: Token, memo: dict[int, Standing], depth: int) -> Standing:
    known = memo.get(token.i)
    if known is not None:
        return known
    if depth > 60:
        return ASSERTED
    clausal = is_clausal(token) or token.pos_ in ("VERB", "AUX")
    own = _own(token) if clausal else _own_nominal(token)
    above = _above(token, memo, depth) if clausal else _above_nominal(token, memo, depth)
    result = weaker(own, above)
    quoted = _quoted(token)
    if quoted is not None:
        speaker = quoted.attribution or result.attribution
        result = replace(weaker(result, quoted), attribution=speaker)
    memo[token.i] = result
    return result


# --- own words -------------------------------------------------------------------------------


def _own(verb: Token) -> Standing:
    lists = _lists()
    result = ASSERTED
    helping = helping_verbs(verb)
    for aux in helping:
        name: Status | None = lists["modals"].get(aux.lower_)
        if name is None or (aux.lower_ in ("'d", "’d") and verb.tag_ != "VB"):
            continue
        if aux.lower_ == "would" and _future_in_past(verb):
            name = "planned"
        result = weaker(result, standing(name))
    if _is_to(verb) or _going_to(verb) or _dated_ahead(verb, helping):
        result = weaker(result, standing("planned"))
    for c in verb.children:
        kind = relation(c)
        if kind in ("advmod", "obl", "discourse", "parataxis") and c.lower_ in lists["possibly"]:
            result = weaker(
                result, standing("possible", certainty=float(lists["possibly"][c.lower_]))
            )
        elif kind == "mark" and c.lower_ in lists["marks"]:
            if c.lower_ == "whether" and any(
                d.lower_ == "or" for d in verb.subtree
            ) and relation(verb) == "advcl":  # fmt: skip
                continue
            result = weaker(result, standing("hypothetical"))
    if (
        is_imperative(verb)
        or _is_question(verb)
        or _how_to(verb)
        or _conditional_inversion(verb)
        or (
            any(
                relation(c) == "advcl"
                and any(m.lower_ in ("if", "unless") for m in children(c, "mark"))
                for c in verb.children
            )
            and not any(a.tag_ in ("VBD",) for a in [verb, *helping])
        )
    ):
        result = weaker(result, standing("hypothetical"))
    if is_negated(verb):
        result = _negate(result)
    return weaker(_according_to(verb), result)


def is_imperative(verb: Token) -> bool:
    """Whether it is an order: by its mood, or a bare form that opens its sentence."""
    if "Imp" in verb.morph.get("Mood", []):
        return True
    if relation(verb) == "conj" and verb.tag_ == "VB" and own_subject(verb) is None:
        return is_imperative(verb.head) and not helping_verbs(verb)
    return (
        relation(verb) == "root"
        and verb.tag_ == "VB"
        and child(verb, "nsubj", "csubj", "aux", "mark", "expl") is None
    )


def _how_to(verb: Token) -> bool:
    """ "how to deal with it", "what to do"."""
    if not is_infinitive(verb):
        return False
    return any(c.tag_ in ("WRB", "WP", "WDT") and c.i < verb.i for c in verb.children)


def _is_question(verb: Token) -> bool:
    """Whether its clause, or one coordinated with it, ends in a question mark."""
    for c in verb.children:
        kind = relation(c)
        if kind == "punct" and c.text.startswith("?"):
            return _asks(verb) or child(verb, "parataxis", "conj", "appos", "ccomp") is None
        if kind == "conj" and c.i > verb.i and _is_question(c):
            return _asks(verb)
    return False


def _asks(verb: Token) -> bool:
    """Whether the clause has the form of a question: a helping verb before the subject, or a
    question word."""
    who = own_subject(verb)
    for c in verb.children:
        if relation(c) in ("aux", "cop") and who is not None and c.i < who.i:
            return True
        if c.tag_ in ("WP", "WRB", "WDT", "WP$") and c.i < verb.i:
            return True
    return who is not None and who.tag_ in ("WP", "WDT")


def _negate(result: Standing) -> Standing:
    """Negation over the rest: "might not" stays possible, "will not", "cannot" are denied."""
    if result.status == "hypothetical" or (
        result.status == "possible" and result.certainty <= 0.45
    ):
        return replace(result, polarity="negative")
    return weaker(result, standing("denied"))


def is_negated(verb: Token) -> bool:
    """Whether the clause of ``verb`` is negated: "not", "never", "no longer", "no one ...",
    "nor", or a shared "not" before "sue or settle"."""
    negative = _lists()["negative"]
    for c in verb.children:
        kind = relation(c)
        if kind in ("advmod", "cc", "aux") and c.lower_ in negative:
            if c.lower_ == "not" and _not_only(c):
                continue
            if c.lower_ in ("no", "neither", "nor") and c.i > verb.i:
                continue
            return True
        if kind == "advmod" and c.lower_ == "longer" and any(
            g.lower_ == "no" for g in c.children
        ):  # fmt: skip
            return True
        if kind in ("nsubj", "obj", "obl", "iobj") and _negative_phrase(c):
            return True
        if kind == "mark" and c.lower_ == "without":
            return True
        if kind == "cc" and c.lower_ == "rather":
            return True
        if kind == "det" and c.lower_ == "no" and verb.pos_ in NOMINAL:
            return True
    if relation(verb) == "conj" and own_subject(verb) is None and verb.head.pos_ == "VERB":
        joined = [c.lower_ for c in children(verb, "cc")]
        shares = helping_verbs(verb) == helping_verbs(verb.head)
        if ("or" in joined or "nor" in joined) and shares and verb.tag_ == verb.head.tag_:
            return verb.tag_ in ("VB", "VBN", "VBG") and is_negated(verb.head)
    return False


def _negative_phrase(token: Token) -> bool:
    if token.lower_ in ("nobody", "none", "nothing", "neither", "no-one"):
        return True
    first = [c for c in token.children if relation(c) == "det" and c.i < token.i]
    return any(c.lower_ in ("no", "neither") for c in first)


def _not_only(token: Token) -> bool:
    after = token.doc[token.i + 1].lower_ if token.i + 1 < len(token.doc) else ""
    return after in ("only", "just", "merely", "simply", "necessarily")


def _is_to(verb: Token) -> bool:
    """ "is to open", "are to be held": a form of "be" right before the "to"."""
    for c in verb.children:
        if c.tag_ == "TO" and c.i < verb.i:
            before = [a for a in verb.children if a.lemma_ == "be" and a.i < c.i]
            if before and before[-1].i >= c.i - 3:
                return True
    if relation(verb) in ("xcomp", "ccomp") and verb.head.lemma_ == "be" and is_infinitive(verb):
        return verb.head.pos_ in ("AUX", "VERB") and verb.i > verb.head.i
    return False


def _dated_ahead(verb: Token, helping: list[Token]) -> bool:
    """ "meets on Friday", "is opening in June": a present with a date after the article's."""
    present = verb.tag_ in ("VBZ", "VBP") and not helping
    if not present and not (verb.tag_ == "VBG" and any(a.tag_ in ("VBZ", "VBP") for a in helping)):
        return False
    doc = verb.doc
    today = doc._.kg_date if Doc.has_extension("kg_date") else None
    if not isinstance(today, str):
        return False
    for c in children(verb, "obl", "advmod"):
        value = value_at(c)
        if value is None or not value.datatype.startswith(("xsd:date", "xsd:gYear")):
            continue
        if value.value[:1].isdigit() and value.value > today[: len(value.value)]:
            return True
    return False


def _going_to(verb: Token) -> bool:
    head = verb.head
    return (
        relation(verb) == "xcomp"
        and head.lower_ in ("going", "gonna")
        and (is_infinitive(verb) or head.lower_ == "gonna")
    )


def _future_in_past(verb: Token) -> bool:
    """ "said it would open": a plan told in the past, unless a condition comes with it."""
    if any(relation(c) == "advcl" and any(m.lower_ in ("if", "unless") for m in c.children)
           for c in verb.children):  # fmt: skip
        return False
    if any(c.lower_ in ("have", "'ve", "’ve", "n't", "not") for c in verb.children):
        return False
    return relation(verb) == "ccomp" and verb.head.tag_ in ("VBD", "VBN", "VBZ")


def _conditional_inversion(verb: Token) -> bool:
    """ "Had it known, ..." """
    if relation(verb) != "advcl":
        return False
    aux = [
        c for c in verb.children if relation(c) == "aux" and c.lower_ in ("had", "were", "should")
    ]
    who = own_subject(verb)
    return bool(aux) and who is not None and aux[0].i < who.i


# --- according to ----------------------------------------------------------------------------


def _according_to(verb: Token) -> Standing:
    for c in children(verb, "obl", "advcl", "nmod", "advmod"):
        lead = preposition(c) or ""
        if lead in ("according to", "according", "per"):
            return source_standing(c, of_clause=verb)
        if c.lower_ == "according":
            for inner in children(c, "obl", "nmod", "fixed"):
                return source_standing(inner, of_clause=verb)
        if lead in ("in", "for") and c.lemma_.lower() in ("view", "opinion", "word", "estimation"):
            who = child(c, "nmod:poss") or next(
                (n for n in children(c, "nmod") if preposition(n) == "of"), None
            )
            if who is not None:
                return replace(standing("claimed"), attribution=who)
    return ASSERTED


def source_standing(source: Token, *, of_clause: Token | None = None) -> Standing:
    """The standing that a source gives: claimed by somebody, or asserted with ``sourcing`` where
    the source is nobody in particular ("industry sources", "reports")."""
    if is_generic_source(source):
        tokens = phrase_tokens(source)
        start, end = char_range(tokens)
        return Standing(certainty=0.9, sourcing=" ".join(text_of(source.doc)[start:end].split()))
    return replace(standing("claimed"), attribution=source)


def is_generic_source(token: Token) -> bool:
    """Whether a source is nobody in particular: "sources", "recent reports", but not "a report by
    Deloitte", "police sources in Kabul said"."""
    if named_head(token) is not None or token.pos_ in ("PROPN", "PRON"):
        return False
    if any(c.lower_ == "familiar" for c in token.children):
        return True  # "people familiar with the matter"
    if any(c.lower_ == "state" for c in token.children):
        return False  # "state media"
    if token.lemma_.lower() not in _lists()["sources"] and token.lower_ not in _lists()["sources"]:
        return False
    inside = [t for t in phrase_tokens(token) if t.i != token.i]
    return not any(name_at(t) is not None for t in inside)


# --- what governs it -------------------------------------------------------------------------


def _above(verb: Token, memo: dict[int, Standing], depth: int) -> Standing:
    head = verb.head
    kind = relation(verb)
    if head == verb or kind == "root":
        return _root(verb)
    if kind in ("ccomp", "csubj", "xcomp"):
        return _complement(verb, head, memo, depth)
    if kind == "conj":
        above = _above(head, memo, depth) if _clausal(head) else _status(head, memo, depth + 1)
        if not _clausal(head) and relation(head) in ("obl", "nmod", "obj") and _clausal(head.head):
            # "can be used for automation but also to reduce risks"
            above = weaker(above, _status(head.head, memo, depth + 1))
        return weaker(_shared_own(verb, head), above)
    above = _status(head, memo, depth + 1)
    if kind == "parataxis":
        return speech_only(above) if not _is_speech(verb) else speech_only(ASSERTED)
    if kind == "advcl":
        return _adverbial(verb, head, above)
    if kind == "acl":
        return _adnominal(verb, head, above)
    if kind in ("appos", "nmod", "obl", "obj", "nsubj", "list", "dep", "discourse"):
        return speech_only(above)
    return above


def _shared_own(verb: Token, head: Token) -> Standing:
    """A conjunct keeps the hedges and the source of the first clause when it has no subject of
    its own ("reportedly bought and sold")."""
    if not _clausal(head):
        return ASSERTED
    shared = _according_to(head)
    if _is_question(head):
        shared = weaker(shared, standing("hypothetical"))
    first = own_subject(head)
    for c in children(head, "advmod"):
        if c.lower_ in _lists()["possibly"] and c.i < head.i:
            # "Reportedly, two were killed and eight were injured"
            leads = first is not None and c.i < first.i
            if leads or own_subject(verb) is None:
                shared = weaker(shared, standing("possible"))
    if any(c.lower_ in _lists()["marks"] for c in children(head, "mark")):
        shared = weaker(shared, standing("hypothetical"))
    return shared


def _clausal(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX") or is_clausal(token)


def _root(verb: Token) -> Standing:
    result = ASSERTED
    for c in children(verb, "parataxis", "ccomp"):
        if _is_speech(c) and _no_content(c) and _set_off(c):
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


def _is_speech(verb: Token) -> bool:
    return verb.pos_ == "VERB" and _lists()["clause"].get(verb.lemma_) in ("claim", "factive")


def _no_content(verb: Token) -> bool:
    return child(verb, "ccomp", "xcomp", "obj") is None


def _kind_of(head: Token, *, infinitive: bool) -> str | None:
    """The kind of a governing verb, noun or adjective."""
    lists = _lists()
    lemma = head.lemma_.lower()
    if head.pos_ in ("ADJ", "ADV"):
        found = lists["adjectives"].get(lemma)
    elif head.pos_ in ("NOUN", "PROPN"):
        found = lists["nouns"].get(lemma)
    elif infinitive:
        found = lists["infinitive"].get(lemma) or lists["clause"].get(lemma)
    else:
        found = lists["clause"].get(lemma)
        if found is None:
            found = lists["infinitive"].get(lemma)
    return None if found is None else str(found)


def _complement(verb: Token, head: Token, memo: dict[int, Standing], depth: int) -> Standing:
    """Below a verb, adjective or noun that takes a clause."""
    above = _status(head, memo, depth + 1)
    infinitive = relation(verb) == "xcomp" or (is_nonfinite(verb) and own_subject(verb) is None)
    kind = _kind_of(head, infinitive=infinitive)
    negated = is_negated(head)
    if kind is None:
        kind = _default_kind(verb, head, infinitive=infinitive)
    if relation(verb) == "csubj":
        kind = kind if kind in ("possible", "denied") else "transparent"
    if kind == "factive":
        return above if not negated else speech_only(above) if not infinitive else above
    if kind == "claim":
        return _claimed(verb, head, above, infinitive=infinitive, negated=negated)
    if head.lemma_ == "have" and is_infinitive(verb) and not _past(head):
        return weaker(standing("hypothetical"), above)  # "has to sell"
    if kind in ("enable", "transparent"):
        if kind == "enable" and not _past(head):
            return weaker(standing("possible"), above)
        return above
    if kind == "denied":
        if head.lemma_ in ("fail", "hesitate", "forget") and negated:
            return replace(above, status="asserted", polarity="positive")
        denied = weaker(standing("denied"), above)
        speaker = subject(head) if head.lemma_ in ("deny", "dispute", "refute", "reject") else None
        return replace(denied, attribution=speaker) if speaker is not None else denied
    if kind in ("planned", "possible", "hypothetical"):
        lower = weaker(standing(kind), above)  # type: ignore[arg-type]
        thinker = None
        if not infinitive and kind in ("possible", "planned") and not is_passive(head):
            thinker = subject(head) if head.pos_ == "VERB" else None
        if thinker is not None and head.lemma_ not in ("seem", "appear") and thinker.dep_ != "expl":
            lower = replace(lower, attribution=lower.attribution or thinker)
        return lower
    return above


def _default_kind(verb: Token, head: Token, *, infinitive: bool) -> str:
    """An unknown governor: a to-infinitive is at best a plan, a finite clause a claim of the one
    who governs it; participles and small clauses are as true as the governor."""
    if head.pos_ in ("ADJ", "ADV"):
        return "transparent" if not is_infinitive(verb) else "possible"
    if head.pos_ in ("NOUN", "PROPN"):
        return "transparent"
    if infinitive:
        return "planned" if is_infinitive(verb) else "transparent"
    who = subject(head)
    return "claim" if who is not None and who.pos_ in NOMINAL else "transparent"


def _claimed(
    verb: Token, head: Token, above: Standing, *, infinitive: bool, negated: bool
) -> Standing:
    told = standing("claimed")
    if infinitive and is_passive(head):  # "is said to", "was believed to be"
        who = agent(head)
        if who is None:
            return weaker(standing("possible"), above)
        return weaker(replace(told, attribution=who), above)
    speaker = speaker_of(head)
    if negated:
        thinks = head.lemma_ in ("think", "believe", "consider", "feel", "expect", "suggest")
        told = standing("denied" if thinks else "possible")
    if speaker is None:
        if is_passive(head) or _impersonal(head):
            return weaker(standing("possible", certainty=0.6), above)
        return weaker(told, above)
    vague = ("suggest", "indicate", "hint", "imply")
    if head.lemma_ in vague and not is_generic_source(speaker) and not _somebody(speaker):
        return weaker(standing("possible", certainty=0.6), above)
    if is_generic_source(speaker):
        if head.lemma_ in ("suggest", "indicate", "hint", "imply", "speculate"):
            sourced = source_standing(speaker)
            return weaker(standing("possible", certainty=0.6), weaker(sourced, above))
        return weaker(source_standing(speaker), above)
    if negated:
        return replace(weaker(told, above), attribution=speaker)
    outer = above if above.status in ("asserted", "claimed", "denied") else speech_only(above)
    if outer.status == "denied":
        outer = speech_only(outer)
    return replace(weaker(told, outer), attribution=speaker)


def _somebody(token: Token) -> bool:
    """Whether a speaker is a person or a body, not a thing that "suggests"."""
    if token.pos_ in ("PROPN", "PRON") or named_head(token) is not None:
        return True
    return type_hint(token) in ("Person", "Group", "Organization")


def _impersonal(head: Token) -> bool:
    who = own_subject(head)
    return child(head, "expl") is not None or (who is not None and who.dep_ == "expl")


def speaker_of(verb: Token) -> Token | None:
    """Who says what a reporting verb reports: its subject, or the "by X" of its passive."""
    if is_passive(verb):
        return agent(verb)
    who = subject(verb)
    if who is None or relation(who) == "expl":
        return None
    return who


def _of_kind(kind: str, head: Token, above: Standing) -> Standing:
    if kind == "enable" and not _past(head):
        return weaker(standing("possible"), above)
    if kind in ("planned", "possible", "hypothetical", "denied"):
        return weaker(standing(kind), above)  # type: ignore[arg-type]
    return above


def _past(head: Token) -> bool:
    helping = helping_verbs(head)
    if any(a.tag_ == "MD" for a in helping):
        return False
    return head.tag_ in ("VBD", "VBN") or any(a.tag_ == "VBD" for a in helping)


def _adverbial(verb: Token, head: Token, above: Standing) -> Standing:
    marks = {c.lower_ for c in children(verb, "mark", "advmod", "case")}
    if any(c.lower_ in _lists()["marks"] for c in children(verb, "mark")):
        return weaker(standing("hypothetical"), speech_only(above))
    if is_infinitive(verb) and object_controlled(verb):
        kind = _lists()["infinitive"].get(head.lemma_, "planned")
        return _of_kind(kind, head, above)
    if "from" in marks and _lists()["infinitive"].get(head.lemma_) == "denied":
        return weaker(standing("denied"), above)  # "banned X from flying"
    if is_purpose(verb):
        if _result(verb, head):
            return above
        if _past(head) and head.lemma_ in ("use", "utilize", "utilise", "employ", "leverage",
                                           "go", "join", "team", "partner"):  # fmt: skip
            return above
        return weaker(standing("planned"), above)
    if marks & {"before", "until", "till"} and above.status != "asserted":
        return above
    if "without" in marks:
        return speech_only(above)
    if is_nonfinite(verb):
        if above.status == "denied" and verb.left_edge.i and verb.left_edge.nbor(-1).text == ",":
            return speech_only(above)  # "no longer holds it, having lost it in 1972"
        if "of" in marks and head.lemma_ in ("accuse", "suspect", "charge"):
            by = agent(head) if is_passive(head) else subject(head)
            if by is None:
                return weaker(standing("possible"), above)
            return replace(weaker(standing("claimed"), above), attribution=by)
        if verb.tag_ == "VBG" and marks & {"of", "about", "to", "for", "on"}:
            kind = _lists()["infinitive"].get(head.lemma_) or _lists()["clause"].get(head.lemma_)
            if kind in ("planned", "possible", "hypothetical") or head.lemma_ == "think":
                return weaker(standing("planned"), above)
        if marks & {"despite", "after", "since", "while", "besides", "from"}:
            return speech_only(above)
        return above
    speaker = speech_only(above)
    if above.status in ("planned", "possible", "hypothetical") and marks & {
        "when", "once", "until", "before", "after",
    } and not _past(verb):  # fmt: skip
        return weaker(standing(above.status), speaker)
    if marks & {"as"} and _is_speech(verb):
        return speaker
    return speaker


def _result(verb: Token, head: Token) -> bool:
    """ "..., only to lose", "grew up to become", "too ... to"."""
    before = verb.doc[verb.left_edge.i - 1].lower_ if verb.left_edge.i else ""
    return any(c.lower_ == "only" for c in children(verb, "advmod")) or (
        before == "only"
        or (head.lemma_ in ("grow", "go", "rise", "live") and verb.lemma_ == "become")
    )


def _adnominal(verb: Token, head: Token, above: Standing) -> Standing:
    speaker = speech_only(above)
    if verb.dep_ == "acl:relcl":
        return speaker
    kind = _lists()["nouns"].get(head.lemma_.lower())
    if relation(head) == "obj" and head.head.lemma_ in _REPORTS and head.head.pos_ == "VERB":
        # "state media reported a block of flats collapsed": the parse took the clause for a noun
        return _claimed(verb, head.head, speaker, infinitive=False, negated=is_negated(head.head))
    upper = _lists()["nouns"].get(head.head.lemma_.lower()) if relation(head) == "nmod" else None
    if upper in ("possible", "hypothetical") and verb.tag_ == "VBG" and head.head.pos_ == "NOUN":
        return _noun_kind(head.head, upper, speaker)  # "the possibility of a fault causing it"
    if not is_infinitive(verb) and own_subject(verb) is None:
        return speaker if kind in (None, "planned") else _noun_kind(head, kind, speaker)
    if is_infinitive(verb):
        if kind in (None, "claim", "factive"):
            first = any(c.lower_ in ("first", "last", "second", "third", "latest")
                        for c in head.children)  # fmt: skip
            if first or head.lower_ in ("first", "last", "second", "third"):
                return above
            return weaker(standing("planned"), speaker)
        return weaker(_noun_kind(head, kind, speaker), above)
    return _noun_kind(head, kind, speaker)


def _noun_kind(head: Token, kind: str | None, speaker: Standing) -> Standing:
    if kind in ("planned", "possible", "hypothetical", "denied"):
        return weaker(standing(kind), speaker)  # type: ignore[arg-type]
    if kind == "claim":
        who = child(head, "nmod:poss") or next(
            (c for c in children(head, "nmod") if preposition(c) in ("by", "of", "from")), None
        )
        if who is None and relation(head) == "obj" and head.head.pos_ == "VERB":
            who = subject(head.head)
        if who is None:
            return weaker(standing("possible", certainty=0.6), speaker)
        return replace(weaker(standing("claimed"), speaker), attribution=who)
    return speaker


def speech_only(above: Standing) -> Standing:
    """What a clause of its own (relative, "because ...") keeps of ``above``: who says so, nothing
    else."""
    if above.attribution is not None:
        return replace(standing("claimed"), attribution=above.attribution, sourcing=above.sourcing)
    return replace(ASSERTED, sourcing=above.sourcing)


# --- nouns that stand for verbs --------------------------------------------------------------


def _own_nominal(noun: Token) -> Standing:
    lists = _lists()
    result = ASSERTED
    for c in noun.children:
        kind = relation(c)
        if kind in ("amod", "compound", "advmod"):
            found = lists["adjectives_on_nouns"].get(c.lower_)
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
    return weaker(_according_to(noun), result)


def _above_nominal(noun: Token, memo: dict[int, Standing], depth: int) -> Standing:
    """Below the verb or noun that governs an event noun: "plans the purchase", "calls for a ban",
    "concerns about the use"."""
    head = noun.head
    if head == noun:
        return _root(noun)
    kind = relation(noun)
    if kind in ("conj", "appos", "flat"):
        return _status(head, memo, depth + 1)
    if _clausal(head):
        return _below_verb(noun, head, kind, memo, depth)
    above = _status(head, memo, depth + 1)
    found = _lists()["nouns"].get(head.lemma_.lower())
    if kind in ("nmod", "compound", "amod") and found in (
        "planned", "possible", "hypothetical", "denied",
    ) and not _known_event(noun):  # fmt: skip
        return weaker(standing(found), speech_only(above))
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
    if kind == "obl" and preposition(noun) in ("after", "since", "following", "because of",
                                               "due to", "despite", "amid", "over"):  # fmt: skip
        return speech_only(above)
    found = _lists()["nominal"].get(head.lemma_)
    if found is None and (child(noun, "nmod:poss") is not None or kind == "obl"):
        return speech_only(above)
    if found is not None and not (kind == "obl" and found == "planned"):
        lowered = weaker(standing(found), above)
        if head.lemma_ == "allege":
            lowered = replace(lowered, attribution=subject(head) or lowered.attribution)
        return lowered
    if above.status == "denied" and _known_event(noun):
        return speech_only(above)
    return above


def _known_event(noun: Token) -> bool:
    """ "Netflix's use", "the use": told as known; "a ban", "use" are not."""
    if child(noun, "nmod:poss") is not None:
        return True
    return any(relation(c) == "det" and c.lower_ in ("the", "this", "that") for c in noun.children)


# --- quotation marks -------------------------------------------------------------------------


def _quoted(token: Token) -> Standing | None:
    """Inside a quotation: claimed by its speaker (``span._.kg_speaker``, a token, or None)."""
    spans = _quotes(token.doc)
    if not spans:
        return None
    for start, end, speaker in spans:
        if start <= token.i < end:
            return replace(standing("claimed"), attribution=speaker)
    return None


def _quotes(doc: Doc) -> list[tuple[int, int, Token | None]]:
    known = doc.user_data.get("kg.phrases.quotes")
    if known is None:
        has_speaker = Span.has_extension("kg_speaker")
        known = [
            (span.start, span.end, span._.kg_speaker if has_speaker else None)
            for span in doc.spans.get("kg_quotes", ())
        ]
        doc.user_data["kg.phrases.quotes"] = known
    return known


def all_sources(token: Token) -> tuple[Token, ...]:
    """The attribution token and those coordinated with it."""
    return conjuncts(token)
