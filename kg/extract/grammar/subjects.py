"""The parts of a clause: who does it, to whom, in which voice and with which helping verbs.

Every function takes the token of a predicate (a verb, or the noun or adjective of a copula) in a
Universal Dependencies tree and returns tokens.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from spacy.tokens import Token

from kg.extract.grammar.annotations import name_at, value_at
from kg.extract.grammar.arguments import content_head
from kg.extract.grammar.index import kids, links, relation, remembered
from kg.extract.grammar.labels import means_people, type_hint
from kg.extract.grammar.tree import (
    after_comma,
    antecedent,
    child,
    children,
    has_gap_filled,
    is_plural,
    left_neighbour,
    preposition,
)
from kg.extract.words.load import rule_words, word_sets

_OWN: Final = rule_words("subjects")

_DEPTH: Final = 8
#: The word lists of ``words/en/subjects.toml``.
_WORDS: Final = word_sets("subjects")
#: By a preposition, the verbs whose object does what the words after it tell: "ban X *from* flying".
_OBJECT_BY_MARK: Final[Mapping[str, frozenset[str]]] = {
    name.removeprefix("object_"): verbs
    for name, verbs in _WORDS.items()
    if name.startswith("object_") and name != "object_control"
}


@remembered
def is_passive(verb: Token) -> bool:
    """Whether the verb is in the passive: "was sued", "the scene created by Netflix"."""
    for c in kids(verb):
        if c.dep_ in ("aux:pass", "csubj:pass"):
            return True
        if c.dep_ == "nsubj:pass":
            return not _took(verb)
        if c.dep_ == "nsubj" and relation(verb) != "conj":
            return False
    if verb.tag_ != "VBN" or any(relation(c) == "aux" for c in kids(verb)):
        return False
    kind = relation(verb)
    if kind == "acl" or (kind in ("advcl", "xcomp") and child(verb, "obj") is None):
        return True
    if kind == "conj" and verb.head.pos_ in ("VERB", "AUX"):
        return verb.head.tag_ == "VBN" and is_passive(verb.head) and child(verb, "nsubj") is None
    return child(verb, "obl:agent") is not None and child(verb, "obj") is None


def _took(verb: Token) -> bool:
    """ "The quake *destroyed* 300 homes", read as a passive: it has an object and no helping verb."""
    return (
        child(verb, "obj") is not None
        and child(verb, "aux", "obl:agent") is None
        and verb.lemma_ not in _WORDS["two_objects"]
    )


def agent(verb: Token) -> Token | None:
    """The "by X" of a passive."""
    for c in children(verb, "obl", "nmod"):
        if c.lemma_.lower() in _WORDS["no_agents"]:
            continue
        if c.dep_ == "obl:agent" or (preposition(c) == "by" and relation(c) == "obl"):
            return c
    return None


def _is_to(verb: Token) -> bool:
    """ "is to open"."""
    return is_infinitive(verb) and any(c.lemma_ == "be" for c in children(verb, "aux", "cop"))


@remembered
def own_subject(verb: Token) -> Token | None:
    """The grammatical subject inside the clause itself."""
    found = None
    for c in kids(verb):
        if c.dep_ in ("nsubj", "nsubj:pass", "nsubj:outer"):
            if found is not None and (c.dep_ == "nsubj:outer" or found.i < verb.i < c.i):
                continue
            found = c
    return found


def subject(verb: Token) -> Token | None:
    """The grammatical subject, found also where another clause says it: coordination ("sued and
    won"), control and raising ("plans to expand"), participles ("killing 12"), relative pronouns
    (what they stand for). For a passive the one it is done to. None where nobody is named."""
    return _subject(verb, 0)


def _subject(verb: Token, depth: int) -> Token | None:
    found = own_subject(verb)
    if found is not None:
        return _told_of(verb, found)
    if relation(verb) in ("conj", "parataxis") and not is_nonfinite(verb):
        found = left_neighbour(verb)
        if found is not None:
            return found
    if depth > _DEPTH or verb.head == verb:
        return None
    found = _for_subject(verb)
    if found is not None:
        return found
    elsewhere = _ELSEWHERE.get(relation(verb))
    return elsewhere(verb, depth) if elsewhere is not None else None


def _told_of(verb: Token, own: Token) -> Token | None:
    """Whom a clause's own subject means: what a pronoun stands for, who a noun is said to be."""
    meant = antecedent(own)
    if meant.lemma_.lower() in _WORDS["tasks"] and _is_to(verb):
        return None  # "the challenge is to compare": it does not
    return _of_copula(meant) if meant != own else own


def _of_hung(verb: Token, depth: int) -> Token | None:
    """Of a clause hung on a noun or a verb: relative, participle, purpose."""
    if verb.dep_ == "acl:relcl":
        return None if has_gap_filled(verb) else _of_copula(_nearest(verb.head, verb))
    nearer = _beside_participle(verb)
    if nearer is not None:
        return nearer
    if _cites(verb):
        return _said_before(verb) or _speaker_above(_clause_above(verb), depth)
    if _participle_after_comma(verb):
        return _of_participle(verb, depth)
    return _of_noun(verb, depth) if relation(verb) == "acl" else _of_adverbial(verb, depth)


def _of_coordinated(verb: Token, depth: int) -> Token | None:
    """Of the clause that it is joined to: "sued and won"."""
    head = verb.head
    if (beyond := _beyond_relative(verb)) is not None:
        return beyond
    if head.pos_ not in ("VERB", "AUX", "ADJ") and child(head, "cop", "nsubj") is None:
        return None
    return _subject(head, depth + 1)


def _beyond_relative(verb: Token) -> Token | None:
    """Who a sentence begins with that has no verb but those of relative clauses, for what the parse
    joined to these: "*Lund*, whose map sold and whose book was read, died"."""
    first = min((a.i for a in helping_verbs(verb)), default=verb.i)
    if verb.doc[first - 1].text != ",":
        return None
    at = verb
    while relation(at) == "conj":
        at = at.head
    two = [c for c in children(at, "nsubj") if c.i < at.i]
    if len(two) == 2 and any(c.lower_ == "whose" for c in children(two[1], "nmod:poss")):
        return two[0]
    top = at.head
    while relation(top) == "appos":
        top = top.head
    bare = relation(top) == "root" and top.pos_ in ("NOUN", "PROPN") and child(top, "cop") is None
    return top if at.dep_ == "acl:relcl" and bare and top.i < at.i else None


def _of_complement(verb: Token, depth: int) -> Token | None:
    """Of "plans to expand", "urged Lund to resign"."""
    return None if _outside_relative(verb) else _controller(verb, verb.head, depth)


def _of_adverbial(verb: Token, depth: int) -> Token | None:
    """Of a clause that tells purpose, manner or time."""
    if _outside_relative(verb):
        return None
    if verb.tag_ == "VBN" and verb.lemma_ in _WORDS["adnominal"] and verb.i > verb.head.i:
        found = _noun_before(verb)
        if found is not None:
            return found
    return _of_nonfinite(verb, depth) if is_nonfinite(verb) else None


def _of_nonfinite(verb: Token, depth: int) -> Token | None:
    """Of "sold it to pay debts", "is used for classifying storms", "banned Lund from flying"."""
    head = verb.head
    if _if_done(verb) or (is_passive(head) and verb.lemma_ in _WORDS["means"]):
        return None
    if is_passive(head) and verb.tag_ == "VBG" and _is_by(verb):
        return agent(head)
    if told := _by_reason(verb, depth):
        return told[0]
    infinitive = is_infinitive(verb)
    passive = _passive_of_purpose(verb) if infinitive else None
    if passive is not None:
        return _doer_of_purpose(verb, passive)
    if infinitive and (_of_law(child(head, "obj"), verb) or _sets_up_post(head)):
        return None
    if object_controlled(verb):
        target = addressed(head)
        return antecedent(target) if target is not None else None
    found = _subject(head, depth + 1)
    if found is not None and infinitive and found.lemma_.lower() in _WORDS["plans"]:
        return _owner(found)
    return found


def _by_reason(verb: Token, depth: int) -> tuple[Token | None, ...]:
    """Who did what a passive or a burden is *for*, or nobody; nothing of other verbs."""
    head = verb.head
    if verb.tag_ != "VBG" or not any(c.lower_ == "for" for c in children(verb, "mark", "case")):
        return ()
    if (burdened := _burdened(head, verb)) is not None:
        return (burdened,)
    if head.lemma_ in _WORDS["asking_for"]:
        return (None,)  # "*called for closing* the mill": whoever has it
    done_by = agent(head) if is_passive(head) else None
    if done_by is None:
        return ()
    if head.lemma_ in _WORDS["means"]:
        return (done_by,)  # "is used by the centre for classifying storms"
    blamed = head.lemma_ in _OBJECT_BY_MARK["for"]  # "*Lund* was fined by the court for lying"
    return (_subject(head, depth + 1) if blamed else None,)


def _burdened(head: Token, verb: Token) -> Token | None:
    """Who did it in "imposed a fine on *Lund* for stealing", "a fine was imposed on *Lund* for stealing"."""
    if head.lemma_ not in _WORDS["imposing"]:
        return None
    laid = child(head, "obj", "nsubj:pass")
    near = [*children(head, "obl"), *(children(laid, "nmod") if laid is not None else ())]
    return next((c for c in near if preposition(c) in _WORDS["upon"] and c.i < verb.i), None)


def _if_done(verb: Token) -> bool:
    """ "would allow Lund to stay *if adopted*": neither Lund nor who allows it is adopted."""
    return (
        verb.tag_ == "VBN"
        and is_nonfinite(verb.head)
        and child(verb, "mark") is not None
        and child(verb, "aux") is None
    )


def _is_by(verb: Token) -> bool:
    """ "costs were cut *by closing* two mills": whoever cut them closed the mills, not the costs."""
    return any(c.lower_ == "by" for c in children(verb, "mark", "case"))


def _passive_of_purpose(verb: Token) -> Token | None:
    """The passive whose purpose an infinitive tells: "*built* to last"."""
    made, head = participle_before(verb), verb.head
    if made is not None:
        return made
    return head if is_passive(head) and not _told_to(head) else None


def _of_content(verb: Token, depth: int) -> Token | None:
    """Of an infinitive or participle that the parse took for what is said or added."""
    if not is_nonfinite(verb):
        return None
    target = addressed(verb.head) if object_controls(verb.head) else None
    if target is not None and target.i < verb.i:
        return antecedent(target)
    return _subject(verb.head, depth + 1) if relation(verb) == "ccomp" else None


def _of_taking(verb: Token, depth: int) -> Token | None:
    """ "it took *the crew* two days to find it"."""
    head = verb.head
    took = is_infinitive(verb) and head.lemma_ == "take" and child(head, "expl") is not None
    return child(head, "iobj") if took else None


#: Where a clause without a subject of its own finds one, by how it hangs in the sentence.
_ELSEWHERE: Final[Mapping[str, Callable[[Token, int], Token | None]]] = {
    "acl": _of_hung,
    "advcl": _of_hung,
    "conj": _of_coordinated,
    "csubj": _of_taking,
    "xcomp": _of_complement,
    "ccomp": _of_content,
    "parataxis": _of_content,
}


def _outside_relative(verb: Token) -> bool:
    """ "went to Ohio, which had no such law, *to take part*": not Ohio, though hung there."""
    return (
        is_infinitive(verb)
        and verb.head.dep_ == "acl:relcl"
        and after_comma(verb)
        and after_comma(verb.head)
    )


def participle_before(verb: Token) -> Token | None:
    """The participle whose purpose an infinitive right behind it tells, though the parse hung it on
    the clause: "dismantled the tents *erected* to deal with"."""
    start = verb.left_edge.i
    before = verb.doc[start - 1] if start else verb
    reduced = before.tag_ == "VBN" and before.dep_ == "acl" and before.head.i < before.i
    return before if reduced and is_infinitive(verb) and before != verb.head else None


def is_of_clause(verb: Token) -> bool:
    """Whether a purpose is that of the clause it hangs on."""
    return participle_before(verb) is None and not _outside_relative(verb)


def object_controlled(verb: Token) -> bool:
    """Whether the parse took the infinitive of "urged X to resign" for a purpose; also "banned X
    from flying"."""
    head = verb.head
    target = addressed(head)
    if relation(verb) != "advcl" or target is None or target.i > verb.i or verb.i < head.i:
        return False
    marks = {c.lower_ for c in children(verb, "mark", "case")}
    if not marks and verb.tag_ == "VBG" and verb.left_edge.i == target.right_edge.i + 1:
        return head.lemma_ in _WORDS["perceived"]
    if "as" in marks and verb.tag_ in ("VBG", "VBN"):
        return True  # "lists Saha as belonging to"
    for mark, verbs in _OBJECT_BY_MARK.items():
        if mark in marks and (verb.tag_ == "VBG" or mark == "from"):
            return head.lemma_ in verbs
    asked = head.lemma_ in _WORDS["object_control"] or called_on(head) is not None
    return is_infinitive(verb) and (asked or _made_to(verb, head, target))


def _made_to(verb: Token, head: Token, target: Token) -> bool:
    """ "hired *Lund* to lead it", "sent *officers* to guard it", "built *a bridge* to connect them": not
    who hires, sends or builds."""
    if head.lemma_ in _WORDS["sending"] and _somebody(target):
        return True
    if head.lemma_ in _WORDS["engaging"]:
        one = type_hint(target) == "Person" and not is_plural(target)
        return target.pos_ == "PROPN" or one
    made = head.lemma_ in _WORDS["made_for"] or head.lemma_ in _WORDS["making"]
    return made and verb.lemma_ in _WORDS["joining"]


def called_on(verb: Token) -> Token | None:
    """ "called on *drivers* to wait", "appealed to *the king* to resign"."""
    mark = _WORDS["called_on"] if verb.lemma_ in _OWN["calling_on"] else ()
    return next((c for c in children(verb, "obl") if preposition(c) in mark and c.i > verb.i), None)


def object_controls(verb: Token) -> bool:
    """Whether with this verb the object does what an infinitive says ("urged X to resign")."""
    return verb.lemma_ in _WORDS["object_control"] and verb.lemma_ not in _WORDS["subject_control"]


def speaks(verb: Token) -> bool:
    """Whether only somebody who can speak does it: "ruling that", "accusing X"."""
    return verb.lemma_ in _WORDS["speaks"]


def addressed(verb: Token) -> Token | None:
    """The object of a verb, or a second subject after it: so the parse of some short sentences."""
    found = child(verb, "obj", "iobj")
    if found is not None:
        return found
    if called_on(verb) is not None:
        return called_on(verb)
    subjects = [c for c in kids(verb) if c.dep_ == "nsubj"]
    if len(subjects) == 2 and subjects[0].i < verb.i < subjects[1].i:
        return subjects[1]
    return None


def _noun_before(verb: Token) -> Token | None:
    """The noun that a participle follows after a comma: 'the series "Nova", set to open in May'."""
    doc, place = verb.doc, verb.left_edge.i
    if not doc[place].is_punct:
        place -= 1
    if place < 1 or not doc[place].is_punct:
        return None
    while place > 0 and doc[place].is_punct:
        place -= 1
    at = doc[place]
    while relation(at) in ("flat", "compound", "nmod", "amod", "appos") and at.head.i < verb.i:
        at = at.head
    return at if at.pos_ in ("NOUN", "PROPN") else None


def _beside_participle(verb: Token) -> Token | None:
    """Whose participle it is where the parse hung it elsewhere: of the phrase with "with" before it
    ("with the next city, Bergen, *reporting* 40 deaths"), and of the noun right before a comma where
    somebody does it ("died in the raid, *conducted by* the militia")."""
    if verb.tag_ == "VBG":
        return _with_participle(verb)
    before = _noun_before(verb) if verb.tag_ == "VBN" else None
    if before is None or before.i < verb.head.i or verb.lemma_ in _WORDS["depictive"]:
        return None
    if not after_comma(verb):
        return None
    while relation(before) == "appos":
        before = before.head
    done = agent(verb) is not None and relation(before) in ("obl", "obj", "nmod")
    return before if done else None


def _with_participle(verb: Token) -> Token | None:
    """The noun of the phrase with "with" that ends right before the participle, or before its comma
    where the noun has an apposition."""
    start = verb.left_edge.i
    comma = verb.doc[start].text == "," or (start > 0 and verb.doc[start - 1].text == ",")
    at = verb.doc[start - 1] if start else verb
    if at.text == ",":
        at = at.nbor(-1) if at.i else at
    set_off = False
    while at not in (at.head, verb.head) and at.head.i < start:
        if preposition(at) == "with":
            one = child(at, "conj") is None and value_at(at) is None
            return (
                at
                if one and (set_off or not comma) and verb.lemma_ not in _WORDS["results"]
                else None
            )
        set_off = set_off or relation(at) == "appos"
        at = at.head
    return None


def _cites(verb: Token) -> bool:
    """ "reported him dead *citing* officials": who speaks does."""
    return verb.tag_ == "VBG" and verb.lemma_ in _WORDS["cites"] and child(verb, "mark") is None


def _said_before(verb: Token) -> Token | None:
    """Who says it in the words put in right before: "Lund left, *the paper* reports, citing guards"."""
    for token in reversed(list(verb.doc[verb.head.i + 1 : verb.left_edge.i])):
        if token.pos_ == "VERB":
            says = token.lemma_ in _WORDS["speaks"] | _WORDS["reports"]
            who = own_subject(token) if says else None
            return antecedent(who) if who is not None else None
    return None


def _clause_above(verb: Token) -> Token:
    """The clause that a participle belongs to, past nouns and infinitives that the parse hung it on."""
    at = verb.head
    while at.head != at and (at.pos_ not in ("VERB", "AUX") or is_nonfinite(at)):
        at = at.head
    return at


def _for_subject(verb: Token) -> Token | None:
    """ "opens the door *for small businesses* to grow": who shall do it."""
    start = verb.left_edge.i
    lead = [c for c in children(verb, "mark") if c.lower_ == "for"]
    if lead and is_infinitive(verb):  # "provides *for any fines* to be paid", the noun hung higher
        start = min(c.i for c in kids(verb) if c.tag_ == "TO")
        at = verb.doc[start - 1]
        while at.head.i < start and at.head.i > lead[0].i:
            at = at.head
        return at if at.pos_ in ("NOUN", "PROPN", "PRON") and lead[0].i < at.i else None
    if not is_infinitive(verb) or start < 2 or verb.doc[start].tag_ != "TO":
        return None
    at = verb.doc[start - 1]
    while relation(at) in ("flat", "compound", "nmod", "amod") and at.head.i < start and (
        preposition(at) != "for"
    ):  # fmt: skip
        at = at.head
    if at.pos_ in ("NOUN", "PROPN", "PRON") and preposition(at) == "for":
        return at if at != verb.head else None
    return None


def _of_copula(noun: Token) -> Token:
    """Who it is: Lund for the "lawyer" of "Lund is a lawyer who defended Hale"."""
    of = own_subject(noun) if child(noun, "cop") is not None else None
    if of is None or relation(of) == "expl" or of.lower_ in _OWN["no_antecedents"]:
        return noun
    return of


def _of_noun(verb: Token, depth: int) -> Token | None:
    """Of an infinitive or participle behind a noun."""
    head = _nearest(verb.head, verb)
    if is_infinitive(verb):
        return _of_noun_with_infinitive(verb, head, depth)
    if verb.tag_ in ("VBG", "VBN") or is_nonfinite(verb):
        return _of_noun_with_participle(verb, head, depth)
    return None


def _of_noun_with_infinitive(verb: Token, head: Token, depth: int) -> Token | None:
    """Whoever has the plan in "plans to expand", "decision by Apple to buy"; the noun itself in
    "the first company to use it"."""
    text = head.lemma_.lower() in _WORDS["texts"]
    given_up = relation(head) == "obj" and head.head.lemma_ in _WORDS["giving_up"]
    if given_up or (not text and _of_law(head, verb)):
        return None
    owner = _owner(head)
    if owner is not None or text:
        return owner if owner is not None else head
    if not _plan_like(head):
        names_it = relation(head) in ("nsubj", "obj", "obl", "nmod")
        return head if names_it and (head.pos_ == "PROPN" or _ordinal(head)) else None
    if relation(head) != "obj" or head.head.pos_ != "VERB":
        return None
    if head.head.lemma_ in _WORDS["others"]:
        return None  # "awards included a trip to receive a medal"
    if _sets_up_post(head.head):
        return None
    if head.head.lemma_ in _WORDS["setting_up"] and type_hint(head) in ("Organization", "Group"):
        return head  # "created a commission to study it"
    found = _subject(head.head, depth + 1)
    shared = found is not None and (is_plural(found) or child(found, "conj") is not None)
    return None if shared and head.lemma_.lower() in _WORDS["agreements"] else found


def _of_noun_with_participle(verb: Token, head: Token, depth: int) -> Token | None:
    """The noun of "the scene made by Hale"; whoever has the method of "the method of lifting it"."""
    about = _told_about(verb, head)
    if about is not None:
        return about
    if child(verb, "mark") is None and child(verb, "case") is None:
        return head
    owner = _owner(head)
    if owner is not None or is_passive(verb) or head.lemma_.lower() not in _WORDS["means_nouns"]:
        return owner
    if relation(head) not in ("obj", "obl") or head.head.pos_ != "VERB" or is_passive(head.head):
        return None
    return _subject(head.head, depth + 1)


def _nearest(head: Token, verb: Token) -> Token:
    """The apposition right before a clause that the parse hung on the noun before it: "software
    from Runway, *a startup* gaining attention"."""
    start = verb.left_edge.i
    for c in children(head, "appos"):
        if head.i < c.i and c.right_edge.i == start - 1 and c.pos_ in ("NOUN", "PROPN"):
            return c
    return head


def _participle_after_comma(verb: Token) -> bool:
    """Whether it is a participle that a comma sets off, behind what it hangs on: ", killing 12"."""
    start = verb.left_edge.i
    if verb.doc[start].text == ",":
        start += 1
    if verb.tag_ != "VBG" or start <= verb.head.i + 1 or verb.doc[start - 1].text != ",":
        return False
    return child(verb, "mark", "case", "aux", "nsubj") is None


def _of_participle(verb: Token, depth: int) -> Token | None:
    """Who does what a participle behind a comma tells. The parse often hangs it on the noun
    before the comma; it belongs to the clause, unless that noun is the clause's subject, a name
    or a text ("the act, outlawing ...")."""
    noun, clause = verb.head, verb.head
    if relation(verb) == "acl":
        while clause.head != clause and clause.pos_ not in ("VERB", "AUX"):
            clause = clause.head
        named = name_at(noun) is not None or noun.lemma_.lower() in _WORDS["texts"]
        of_subject = relation(noun) in ("nsubj", "root") or clause.pos_ not in ("VERB", "AUX")
        if (
            (named and verb.lemma_ not in _WORDS["speaks"])
            or of_subject
            or verb.lemma_ in _WORDS["of_nouns"]
        ):
            return noun
        if relation(noun) == "appos" or (
            verb.lemma_ not in _WORDS["results"] | _WORDS["speaks"] and _group(noun)
        ):
            return noun
    if verb.lemma_ in _WORDS["speaks"]:
        return _speaker_above(clause, depth)
    if verb.lemma_ in _WORDS["results"] and is_passive(clause):
        return agent(clause)
    found = _subject(clause, depth + 1)
    if verb.lemma_ in _WORDS["outcomes"] and found is not None:
        # "won in Ohio, giving him 54": what happened gave them, not who did it
        return None if _somebody(found) else found
    return found


def _somebody(noun: Token) -> bool:
    name = name_at(noun)
    if name is not None:
        return name[2] in ("PERSON", "ORG", "GPE", "NORP")
    return noun.lower_ in _WORDS["people"] or type_hint(noun) in ("Person", "Group", "Organization")


def _speaker_above(clause: Token, depth: int) -> Token | None:
    """The subject of the nearest clause that can speak: "the court blocks a bill that would
    require ..., ruling": the court."""
    at = clause
    for _ in range(5):
        found = _subject(at, depth + 1)
        if found is not None and _can_speak(found):
            return found
        while at.head != at:
            at = at.head
            if at.pos_ in ("VERB", "AUX"):
                break
        else:
            return None
    return None


def _can_speak(token: Token) -> bool:
    name = name_at(token)
    if name is not None:
        return name[2] in ("PERSON", "ORG", "GPE", "NORP")
    return token.lower_ in _WORDS["people"] or means_people(content_head(token))  # "thousands of"


def _group(noun: Token) -> bool:
    return type_hint(noun) in ("Person", "Group", "Organization", "Product", "CreativeWork")


def _told_to(verb: Token) -> bool:
    """ "was asked to", "is expected to": the one it is done to does what the infinitive says."""
    return verb.lemma_ in _WORDS["object_control"] | _WORDS["raised"] | _WORDS["engaging"]


def _doer_of_purpose(verb: Token, head: Token) -> Token | None:
    """Who does what is the purpose of a passive: the agent; a thing that was made for it."""
    done_by = agent(head)
    if done_by is not None:
        return done_by
    thing = _subject(head, 1)
    if thing is None or head.lemma_ not in _WORDS["made_for"] | {"use"}:
        return None
    return None if thing.lemma_.lower() in _WORDS["money"] else thing


def _told_about(verb: Token, head: Token) -> Token | None:
    """Who does it in "complaints about churches not handling cases", "the prospect of Iran
    building a bomb": the noun right before the participle, where a noun is about it."""
    if verb.tag_ != "VBG" or not children(head, "nmod") or child(verb, "mark", "case") is not None:
        return None
    start = verb.left_edge.i
    for c in children(head, "nmod"):
        if c.right_edge.i == start - 1 and preposition(c) in _WORDS["about"] and c.i > head.i:
            negated = any(t.lower_ == "not" and t.i < verb.i for t in kids(verb))
            if negated or head.lemma_.lower() in _WORDS["told"]:
                return c
    return None


def _owner(noun: Token) -> Token | None:
    """ "*its* plan to", "the decision *by Apple* to", "the authority *of a governor* to", "bids *from
    two firms* to"."""
    for c in kids(noun):
        if c.dep_ == "nmod:poss":  # "the mayor's *nominee* to lead it"
            return noun if type_hint(noun) == "Person" else c
        if relation(c) == "nmod" and c.pos_ in ("NOUN", "PROPN"):
            mark = preposition(c)
            lemma = noun.lemma_.lower()
            if mark == "by" or (mark == "of" and lemma in _WORDS["held"]):
                return c
            if mark == "from" and lemma in _WORDS["submitted"]:
                return c
    return None


def _ordinal(noun: Token) -> bool:
    return any(c.lower_ in _OWN["firsts"]
               for c in kids(noun))  # fmt: skip


def _plan_like(noun: Token) -> bool:
    return noun.pos_ == "NOUN" and noun.tag_ in ("NN", "NNS")


def _sets_up_post(verb: Token) -> bool:
    """ "created a post *to lead* it": nobody does so yet."""
    made = child(verb, "obj") if verb.lemma_ in _WORDS["setting_up"] else None
    return made is not None and made.lemma_.lower() in _WORDS["posts"]


def _of_law(noun: Token | None, verb: Token) -> bool:
    """ "passed a bill (this week) *to build* a wall": those who pass it do not build."""
    return (
        noun is not None
        and noun.i < verb.i
        and noun.lemma_.lower() in _WORDS["laws"]
        and noun.head.lemma_ in _WORDS["legislating"]
    )


def _is_of_the_gap(head: Token) -> bool:
    """ "a man *she believed* to be a spy", "a guard *they told* to leave": the man was, the guard is to."""
    if head.dep_ != "acl:relcl" or is_passive(head) or child(head, "obj", "iobj") is not None:
        return False
    who = own_subject(head)
    if who is None or who.tag_ in ("WP", "WDT"):
        return False
    return head.lemma_ in _WORDS["object_control"] | _WORDS["thought"]


def _controller(verb: Token, head: Token, depth: int) -> Token | None:
    if _is_of_the_gap(head):
        return head.head
    if head.lemma_ not in _WORDS["subject_control"]:
        target = addressed(head)
        if target is not None and target.i < verb.i:
            return antecedent(target)
    if _is_somebodys(verb, head):
        return None
    if is_passive(head) and head.lemma_ == "use":
        return _doer_of_purpose(verb, head)
    if not is_passive(head) and head.pos_ not in ("VERB", "ADJ", "NOUN", "AUX", "ADV", "PROPN"):
        return None
    return _subject(head, depth + 1)


def _is_somebodys(verb: Token, head: Token) -> bool:
    """Whether not the subject of ``head`` does it: "what we have is enough to start trading", "leaving
    at least 15,000 stranded" (the parse lost who was), "the money was spent to win"."""
    if not is_infinitive(verb):
        return head.lemma_ == "leave" and not is_passive(head) and verb.tag_ == "VBN"
    return head.lower_ == "enough" or (is_passive(head) and head.lemma_ in _WORDS["spent"])


def is_nonfinite(verb: Token) -> bool:
    """Whether it is an infinitive or a participle without a finite helping verb."""
    if any(c.tag_ in ("VBD", "VBP", "VBZ", "MD") for c in children(verb, "aux", "cop")):
        return False
    if verb.tag_ in ("VBD", "VBP", "VBZ", "MD"):
        return False
    return verb.tag_ in ("VB", "VBG", "VBN") or is_infinitive(verb)


@remembered
def is_infinitive(verb: Token) -> bool:
    """Whether the verb has its "to"."""
    return any(c.tag_ == "TO" and c.i < verb.i for c in kids(verb))


def is_purpose(verb: Token) -> bool:
    """Whether it is an adverbial infinitive: "..., to reduce costs"."""
    return is_infinitive(verb) and relation(verb) == "advcl"


@remembered
def helping_verbs(verb: Token) -> tuple[Token, ...]:
    """Auxiliaries of the verb, in order; those of the first verb of a coordination where the
    verb shares them ("will launch and sell")."""
    own = tuple(c for c, _, kind in links(verb) if kind == "aux")
    if own or relation(verb) != "conj" or own_subject(verb) is not None:
        return own
    first = verb.head
    if child(verb, "cop") is not None:
        return own
    above = tuple(c for c in kids(first) if relation(c) == "aux" and c.i < first.i)
    if verb.tag_ == "VB" and first.tag_ != "VB" and not is_infinitive(verb):
        return tuple(
            c for c in above if c.tag_ == "MD"
        )  # "*would* be led by Lund and feature Berg"
    if first.pos_ not in ("VERB", "AUX"):
        return own
    if above and verb.tag_ in ("VB", "VBG", "VBN") and first.tag_ == verb.tag_:
        return above
    return own
