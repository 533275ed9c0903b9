"""What a clause's own words do to its standing: modals, hedges, orders, questions, conditions,
"according to". Negation is in `negation`; the words are in ``words/en/status.toml``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from spacy.tokens import Doc, Token

from kg.extract.factuality.evidence import miscalled, only_almost
from kg.extract.factuality.negation import is_negated, negate
from kg.extract.factuality.standing import ASSERTED, Standing, lists, standing, weaker
from kg.extract.grammar.adjuncts import is_time
from kg.extract.grammar.annotations import name_at, text_of, value_at
from kg.extract.grammar.arguments import named_head
from kg.extract.grammar.coordination import is_alternative
from kg.extract.grammar.index import below, kids, links, relation
from kg.extract.grammar.labels import means_people, type_hint
from kg.extract.grammar.noun_phrases import char_range, phrase_tokens
from kg.extract.grammar.subjects import helping_verbs, is_infinitive, is_passive, own_subject
from kg.extract.grammar.tree import child, children, features, preposition
from kg.extract.speech.indirect import told_by
from kg.extract.words.load import rule_words
from kg.model import Status

_OWN: Final = rule_words("modality")

_PERCEIVED: Final = _OWN["perceived"]
#: Papers that somebody speaks in.
_PAPERS: Final = _OWN["papers"]


def own_standing(verb: Token) -> Standing:
    words = lists()
    helping = helping_verbs(verb)
    result = _by_modals(verb, helping)
    if (
        _is_to(verb)
        or _and_to(verb)
        or _due_to(verb)
        or _scheduled(verb)
        or _going_to(verb)
        or _dated_ahead(verb, helping)
        or _under_way(verb, helping)
    ):
        result = weaker(result, standing("planned"))
    for c, _, kind in links(verb):
        if kind in ("advmod", "obl", "discourse", "parataxis") and c.lower_ in words["possibly"]:
            result = weaker(
                result, standing("possible", certainty=float(words["possibly"][c.lower_]))
            )
        elif kind == "mark" and (supposes(c) or _as_though(c)):
            if c.lower_ == "whether" and any(
                d.lower_ == "or" for d in below(verb)
            ) and relation(verb) == "advcl":  # fmt: skip
                continue
            result = weaker(result, standing("hypothetical"))
    if (
        is_imperative(verb)
        or is_question(verb)
        or how_to(verb)
        or _conditional_inversion(verb)
        or _depends(verb, helping)
    ):
        result = weaker(result, standing("hypothetical"))
    if verb.tag_ in ("VBD", "VBN") and is_alternative(verb):
        result = weaker(result, standing("possible"))  # "damaged or destroyed"
    if is_negated(verb) or only_almost(verb) or miscalled(verb):
        result = negate(_open(result, helping))
    return weaker(according_to(verb), result)


def _by_modals(verb: Token, helping: Sequence[Token]) -> Standing:
    result = ASSERTED
    for aux in helping:
        name: Status | None = lists()["modals"].get(aux.lower_)
        if name is None or (aux.lower_ in ("'d", "’d") and verb.tag_ != "VB"):
            continue
        if aux.lower_ == "would" and (_habit(verb) or _turned_out(verb)):
            continue
        if aux.lower_ == "may" and _is_wish(verb, aux):
            name = "hypothetical"
        if aux.lower_ == "would" and _future_in_past(verb):
            name = "planned"
        if name == "planned" and _foreseen(verb):
            name = "possible"
        result = weaker(result, standing(name))
    return result


def _foreseen(verb: Token) -> bool:
    """Whether nobody plans what will be so: "the *storm* will hit the coast", "Orbex will *lose* it"."""
    who = own_subject(verb)
    if who is None and relation(verb) == "conj":
        who = own_subject(verb.head)  # "the economy will grow and *double*"
    nature = who is not None and who.lemma_.lower() in _OWN["unplanned"]
    return nature or verb.lemma_ in _OWN["befalling"]


def _open(result: Standing, helping: Sequence[Token]) -> Standing:
    """ "*may not* play": left open, where "can not" denies."""
    if result.status == "possible" and any(a.lower_ in ("may", "might") for a in helping):
        return standing("possible", certainty=0.4)
    return result


def supposes(mark: Token) -> bool:
    """Whether what the mark leads in is only supposed: "if", "*in case* it rains"."""
    fixed = child(mark, "fixed")
    return mark.lower_ in lists()["marks"] or (fixed is not None and fixed.lower_ == "case")


def _as_though(mark: Token) -> bool:
    """ "acted *as though* the firm had lied"."""
    if mark.lower_ not in ("as", "though"):
        return False
    return "as though" in mark.doc[max(mark.i - 1, 0) : mark.i + 2].text.lower()


def _depends(verb: Token, helping: Sequence[Token]) -> bool:
    """Whether its clause holds on a condition: "if he slept, he *betrayed* the town". A past or
    perfect before its "if" is left alone: "told reporters he would leave if ..."."""
    past = any(a.tag_ == "VBD" for a in (verb, *helping)) or (
        any(a.lower_ in _OWN["perfect"] for a in helping)
        and not any(a.tag_ == "MD" for a in helping)
    )
    return any(
        kind == "advcl"
        and any(_conditional(m) for m in children(c, "mark"))
        and (not past or (c.i < verb.i and lists()["clause"].get(verb.lemma_) != "claim"))
        for c, _, kind in links(verb)
    )


def _conditional(mark: Token) -> bool:
    """Whether it is the "if" of a condition: not "as if", "even if"."""
    before = mark.doc[mark.i - 1].lower_ if mark.i else ""
    return mark.lower_ in ("if", "unless") and before not in ("as", "even")


def is_imperative(verb: Token) -> bool:
    """Whether it is an order: by its mood, or a bare form that opens its sentence."""
    if "Mood=Imp" in features(verb):
        return True
    if relation(verb) == "conj" and verb.tag_ == "VB" and own_subject(verb) is None:
        return is_imperative(verb.head) and not helping_verbs(verb)
    return (
        relation(verb) == "root"
        and verb.tag_ == "VB"
        and child(verb, "nsubj", "csubj", "aux", "mark", "expl") is None
    )


def how_to(verb: Token) -> bool:
    """ "how to deal with it", "what to do"."""
    if not is_infinitive(verb) or _is_to(verb):
        return False
    return any(c.tag_ in ("WRB", "WP", "WDT") and c.i < verb.i for c in kids(verb))


def is_question(verb: Token) -> bool:
    """Whether its clause, or one coordinated with it, ends in a question mark."""
    for c, _, kind in links(verb):
        if kind == "punct" and c.text.startswith("?"):
            if any(t.text == ":" for t in verb.doc[verb.i : c.i]):
                return _asks(verb)  # "raised a question: who pays?"
            return _asks(verb) or child(verb, "parataxis", "conj", "appos", "ccomp") is None
        if kind == "conj" and c.i > verb.i and is_question(c):
            return _asks(verb)
    return False


def _asks(verb: Token) -> bool:
    """Whether the clause has the form of a question: a helping verb before the subject, or a
    question word."""
    who = own_subject(verb)
    for c in kids(verb):
        if relation(c) in ("aux", "cop") and who is not None and c.i < who.i:
            return True
        if c.tag_ in ("WP", "WRB", "WDT", "WP$") and c.i < verb.i:
            return True
    return who is not None and who.tag_ in ("WP", "WDT")


def _is_to(verb: Token) -> bool:
    """ "is to open", "are to be held": a form of "be" right before the "to"."""
    for c in kids(verb):
        if c.tag_ == "TO" and c.i < verb.i:
            before = [a for a in kids(verb) if a.lemma_ == "be" and a.i < c.i]
            if before and before[-1].i >= c.i - 3:
                return True
    if relation(verb) in ("xcomp", "ccomp") and verb.head.lemma_ == "be" and is_infinitive(verb):
        return verb.head.pos_ in ("AUX", "VERB") and verb.i > verb.head.i
    return False


def _and_to(verb: Token) -> bool:
    """ "was sentenced to a year *and to pay* a fine": joined to what was done, and not done yet."""
    joined = relation(verb) == "conj" and any(c.tag_ == "TO" and c.i < verb.i for c in kids(verb))
    return joined and not is_infinitive(verb.head) and is_infinitive(verb)


def _dated_ahead(verb: Token, helping: Sequence[Token]) -> bool:
    """ "meets on Friday", "is opening in June": a present with a date after the article's."""
    present = verb.tag_ in ("VBZ", "VBP") and not helping
    if not present and not _is_going_on(verb, helping):
        return False
    if _on_a_weekday(verb) or is_ahead(verb) or _under_a_plan(verb):
        return True
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


def _is_going_on(verb: Token, helping: Sequence[Token]) -> bool:
    return verb.tag_ == "VBG" and any(a.tag_ in ("VBZ", "VBP") for a in helping)


def _under_way(verb: Token, helping: Sequence[Token]) -> bool:
    """ "Orbex *is buying* the mill", "Lund *is meeting* envoys": not done before it is over."""
    return verb.lemma_ in _OWN["done_at_the_end"] and _is_going_on(verb, helping)


def is_ahead(event: Token) -> bool:
    """ "opens *tomorrow*", "is visiting Oslo *next week*", "a trip to Oslo *next week*"."""
    return any(
        c.lower_ in _OWN["tomorrow"] or any(g.lower_ == "next" for g in children(c, "amod"))
        for c in children(event, "obl", "advmod", "nmod")
        if is_time(c)
    )


def _under_a_plan(verb: Token) -> bool:
    """ "*Under the deal*, Orbex buys the mill": it is only agreed on."""
    return any(
        c.lemma_.lower() in _OWN["plans"] and preposition(c) == "under"
        for c in children(verb, "obl")
    )


def _on_a_weekday(verb: Token) -> bool:
    """ "The council meets on Friday", "meets Friday": news told in the present names a day that is to come."""
    if lists()["clause"].get(verb.lemma_) or verb.lemma_ in _OWN["helping"]:
        return False
    return any(
        c.lower_.endswith("day") and len(c.lower_) > 5 and c.tag_ == "NNP"
        and all(g.lower_ == "on" for g in children(c, "case"))
        and child(c, "det") is None
        for c in children(verb, "obl")
    )  # fmt: skip


def _scheduled(verb: Token) -> bool:
    """ "is scheduled for Monday", "a launch planned for 2021"."""
    if verb.tag_ != "VBN" or verb.lemma_ not in _OWN["scheduled"]:
        return False
    return any(preposition(c) in _OWN["scheduled_when"] for c in children(verb, "obl"))


def _due_to(verb: Token) -> bool:
    """ "is due to meet", "is about to open", where the parser takes the words for a conjunction."""
    return any(
        c.lower_ in _OWN["due"] and any(g.lower_ == "to" for g in kids(c))
        for c in children(verb, "mark")
    )


def _going_to(verb: Token) -> bool:
    head = verb.head
    return (
        relation(verb) == "xcomp"
        and head.lower_ in ("going", "gonna")
        and (is_infinitive(verb) or head.lower_ == "gonna")
    )


def _turned_out(verb: Token) -> bool:
    """ "who *would later become* president": told from behind, so it did."""
    return (
        relation(verb) in ("root", "acl")
        and any(c.lower_ in lists()["afterwards"] for c in children(verb, "advmod"))
        and not any(relation(c) == "advcl" and c.i < verb.i for c in kids(verb))
        and told_by(verb) is None
    )


def _future_in_past(verb: Token) -> bool:
    """ "said it would open": a plan told in the past, unless a condition comes with it."""
    if any(relation(c) == "advcl" and any(m.lower_ in ("if", "unless") for m in kids(c))
           for c in kids(verb)):  # fmt: skip
        return False
    if any(c.lower_ in ("have", "'ve", "’ve", "n't", "not") for c in kids(verb)):
        return False
    if relation(verb) == "ccomp" and verb.head.tag_ in ("VBD", "VBN", "VBZ"):
        return True
    if verb.dep_ == "csubj:pass" and verb.head.i < verb.i:
        return True  # "it was decided that it would open"
    told = told_by(verb)
    return told is not None and told.verb is not None and told.verb.tag_ == "VBD"


def _is_wish(verb: Token, may: Token) -> bool:
    """ "*May* the river never *rise* again"."""
    who = own_subject(verb)
    return may.is_title and who is not None and may.i < who.i


def _habit(verb: Token) -> bool:
    """ "found that when it rained, they would hide": what was so each time."""
    head = verb.head
    if relation(verb) != "ccomp" or head.tag_ != "VBD" or head.lemma_ not in _PERCEIVED:
        return False
    return any(
        relation(c) == "advcl" and any(m.lower_ in ("when", "whenever") for m in kids(c))
        for c in (*kids(verb), *kids(head))
    )


def _conditional_inversion(verb: Token) -> bool:
    """ "Had it known, ...", "were the council to sell it, ..." """
    if relation(verb) == "acl" and _is_were_to(verb):
        return True
    if relation(verb) not in ("advcl", "ccomp"):
        return False
    aux = [c for c in kids(verb) if relation(c) == "aux" and c.lower_ in _OWN["inverted"]]
    who = own_subject(verb)
    return bool(aux) and who is not None and aux[0].i < who.i


def _is_were_to(verb: Token) -> bool:
    """ "*Were* the council *to sell* it": the parse hangs the verb on the noun."""
    be = child(verb.head, "cop", "aux")
    return (
        be is not None
        and be.lower_ == "were"
        and is_infinitive(verb)
        and be.i < verb.head.left_edge.i + 1
        and be.i < verb.head.i < verb.i
    )


def according_to(verb: Token) -> Standing:
    for c in children(verb, "obl", "advcl", "nmod", "advmod"):
        lead = preposition(c) or ""
        if lead == "per" and not _names_source(c):
            continue  # "157 miles per hour"
        if lead in _OWN["sources"] or by_reports(c):
            return source_standing(c)
        if c.lower_ == "according":
            for inner in children(c, "obl", "nmod", "fixed"):
                return source_standing(inner)
        if lead == "in" and c.lemma_.lower() in _PAPERS and relation(c) == "obl" and c.i < verb.i:
            who = next((n for n in children(c, "nmod") if preposition(n) in ("of", "by")), None)
            if who is not None and named_head(who) is not None:
                return replace(standing("claimed"), attribution=who)  # "in a report of the agency,"
        if lead in ("in", "for") and c.lemma_.lower() in _OWN["views"]:
            who = child(c, "nmod:poss") or next(
                (n for n in children(c, "nmod") if preposition(n) == "of"), None
            )
            if who is not None:
                return replace(standing("claimed"), attribution=who)
    return ASSERTED


def by_reports(token: Token) -> bool:
    """Whether a phrase before its verb names the source: "*By reports*, Lund won"."""
    before = preposition(token) == "by" and token.i < token.head.i and token.tag_ == "NNS"
    return before and not is_passive(token.head) and is_generic_source(token)


def _names_source(token: Token) -> bool:
    """Whether "per" means "according to" ("per *sources*"): not in "157 miles per hour", "per advice"."""
    several = token.tag_ == "NNS" and is_generic_source(token)
    return (
        several
        or name_at(token) is not None
        or child(token, "det", "nmod:poss") is not None
        or type_hint(token) in ("Person", "Group", "Organization")
    )


def source_standing(source: Token) -> Standing:
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
    if any(c.ent_type_ for c in children(token, "appos", "flat", "nmod:desc")):
        return False  # "the newspaper The Lakeland Post"
    after = token.i + 1
    if after < len(token.doc) and token.doc[after].text == "The":
        after += 1
    if token.doc[after : after + 1] and token.doc[after].ent_type_ in ("ORG", "WORK_OF_ART"):
        return False  # the same, whatever the tree says
    if token.lemma_.lower() in _OWN["one_of_them"] and any(
        c.lower_ in _OWN["pointing"] for c in children(token, "det")
    ):
        return token.tag_ != "NN"  # "the newspaper", "the report": one that was told of before
    if any(c.lower_ == "familiar" for c in kids(token)):
        return True  # "people familiar with the matter"
    if any(c.lower_ == "state" for c in kids(token)):
        return False  # "state media"
    if token.lemma_.lower() not in lists()["sources"] and token.lower_ not in lists()["sources"]:
        return False
    inside = [t for t in phrase_tokens(token) if t.i != token.i]
    return not any(name_at(t) is not None or _keeps(t, token) for t in inside)


def _keeps(body: Token, papers: Token) -> bool:
    """ "*police* accounts": those of somebody; but not "media reports", "police sources"."""
    sources = lists()["sources"]
    of = body.head == papers and relation(body) == "compound" and body.lower_ not in sources
    return of and papers.lemma_.lower() in _OWN["accounts"] and means_people(body)
