"""What a claim must not lose: the result word of "tested positive for", the infinitive of "its
willingness to talk", the recipient of "gave the job to Mia Vogel".

`result_word` belongs to a verb's predicate; `complements` are further arguments ("called the ban
*unlawful*", "keep them *from entering*"). `completed` takes the complement of an object along, or
answers None where the text has none: then half a thing would be said. The words are in
``words/en/gate.toml``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import cache
from operator import attrgetter
from typing import Final

from spacy.tokens import Token

from kg.extract.grammar.annotations import name_at, text_of, value_at
from kg.extract.grammar.arguments import argument, clause_argument
from kg.extract.grammar.index import below, kids, relation
from kg.extract.grammar.objects import verb_words
from kg.extract.grammar.subjects import is_infinitive
from kg.extract.grammar.tree import child, children
from kg.extract.words.load import rule_words, word_table
from kg.model import Argument, Claim

_OWN: Final = rule_words("complements")

#: Of a complement so many words are taken along, up to a comma.
_LONGEST: Final = 14
#: Further arguments that complete nothing.
_SETTING: Final = frozenset({"time", "place", "manner", "amount"})


@dataclass(frozen=True, slots=True)
class _Words:
    results: frozenset[str]
    shell_nouns: frozenset[str]
    shell_verbs: frozenset[str]
    third_recipient: frozenset[str]
    third_place: frozenset[str]
    third_given: frozenset[str]
    third_letting: frozenset[str]
    complement_from: frozenset[str]
    complement_as: frozenset[str]
    complement_of: frozenset[str]
    complement_spent: frozenset[str]
    complement_told: frozenset[str]


@cache
def _words() -> _Words:
    return word_table(_Words, "gate")


def result_word(verb: Token) -> tuple[Token, ...]:
    """The words that say how it came out: "positive" of "tested positive for the virus", "not
    guilty" of "pleaded not guilty to fraud"; empty where the verb says it all."""
    if verb.lemma_.lower() not in _words().results:
        return ()
    for c in children(verb, "xcomp", "obj"):
        if relation(c) == "obj" and c.lower_ not in _OWN["outcomes"]:
            continue
        if c.pos_ in ("ADJ", "NOUN") and c.i > verb.i and child(c, "cop", "mark") is None:
            return (*(n for n in kids(c) if n.lower_ == "not"), c)
    return ()


def complements(verb: Token, used: Collection[Token]) -> Iterator[Argument]:
    """Who gets the object, and what the predicate says of it, or has it do, as clauses: "called the
    ban *unlawful*", "had the river *cross two borders*", "kept them *from entering*", "described it
    *as being unfair*", "spent a year *fighting for it*". ``used`` is part of the predicate."""
    target = child(verb, "obj", "iobj")
    if (to := _receiver(verb, used)) is not None:
        yield to
    for c in children(verb, "xcomp", "advcl"):
        if c not in used and c.i > verb.i:
            role = _role_of(c, verb, target)
            if role is not None:
                yield clause_argument(c, role)
    if target is not None and verb.lemma_.lower() in verb_words().viewing:
        for c in children(target, "amod"):  # "called the deals *legitimate and fair*"
            if c.i > target.i and c not in used:
                yield clause_argument(c, "as")


def _receiver(verb: Token, used: Collection[Token]) -> Argument | None:
    found = child(verb, "iobj")
    if found is None or found in used or child(verb, "obj") is None:
        return None
    if found.pos_ == "PRON" and verb.lemma_.lower() not in _words().third_recipient:
        return None  # "earned him the name"
    return argument(found, "to")


def _role_of(complement: Token, verb: Token, target: Token | None) -> str | None:
    """The role of a clause beside a verb with an object; None for one that completes nothing."""
    words, lemma = _words(), verb.lemma_.lower()
    marks = {m.lower_ for m in children(complement, "mark")}
    if relation(complement) == "xcomp" and (
        is_infinitive(complement) or (target is not None and not marks)
    ):
        if target is not None and target.i > complement.i:
            return None
        return "as" if _is_set_beside(complement) else "clause"
    if "from" in marks and lemma in words.complement_from:
        return "from"
    if "of" in marks and lemma in words.complement_of:
        return "of"
    participle = complement.tag_ in ("VBG", "VBN") or child(complement, "cop") is not None
    if "as" in marks and lemma in words.complement_as and participle:
        return "as"
    spent = complement.tag_ == "VBG" and lemma in words.complement_spent and marks <= {"in"}
    return "clause" if spent else None


def _is_set_beside(complement: Token) -> bool:
    """Whether it is a noun or adjective: "called the ban *unlawful*"."""
    return complement.pos_ != "VERB" and child(complement, "cop", "mark") is None


def completed(claim: Claim, verb: Token, noun: Token) -> Claim | None:
    """The claim with what completes its object (headed by ``noun``), or None where that is not
    told. Claims that need nothing come back as they are."""
    if _untold(claim, verb, noun):
        return None
    if claim.object.kind in ("literal", "clause"):
        return claim
    lemma = verb.lemma_.lower()
    direct = relation(noun) == "obj" and noun.head == verb
    said = claim.predicate.label if direct else ""  # "put" is not "put out", "give" not "be given"
    if said in _words().third_letting and child(verb, "xcomp") is not None:
        return None
    if said in _words().third_place and not (
        _goes_on(noun) or _told(claim, verb, _SETTING - {"place"})
    ):
        return None
    if name_at(noun) is not None:
        return claim
    if noun.lemma_.lower() in _words().shell_nouns and noun.pos_ == "NOUN":
        found = _with_content(claim, verb, noun)
        if found is not None or lemma in _words().shell_verbs:
            return found
    if said in _words().third_recipient:
        return _with_recipient(claim, verb, noun)
    return claim


def _untold(claim: Claim, verb: Token, noun: Token) -> bool:
    """ "was told by the minister", "accused the firm": what isn't said."""
    accuses = claim.predicate.property == "accused" and verb.lemma_ == "accuse"
    if claim.predicate.label not in _words().complement_told and not accuses:
        return False
    if relation(verb) == "acl" or (relation(noun) == "obj" and child(verb, "iobj") is not None):
        return False  # "a witness quoted by the BBC", "told him a story"
    return not any(a.kind == "clause" or a.role in _OWN["told_roles"] for a in claim.arguments)


def _with_content(claim: Claim, verb: Token, noun: Token) -> Claim | None:
    """The claim whose object is "willingness to talk" or "concern that the bridge is unsafe"."""
    end = noun.idx + len(noun.text)
    if claim.object.end > end:
        return claim
    last = noun.right_edge.i
    own = [c for c in kids(noun) if c.dep_ == "acl" and c.i > noun.i and _complements(c)]
    own += [
        c
        for c in children(verb, "advcl", "xcomp", "ccomp")
        if c.left_edge.i == last + 1 and _complements(c)
    ]
    if verb.lemma_.lower() not in _words().shell_verbs:
        own = [c for c in own if is_infinitive(c)]  # not "threw out the claim that she forged it"
    for clause in own:
        words = sorted(below(clause), key=attrgetter("i"))
        cut = next((n for n, t in enumerate(words) if _ends(t, clause)), len(words))
        broken, words = cut > _LONGEST, words[: min(cut, _LONGEST)]
        while broken and words and _is_torn(words[-1]):
            words = words[:-1]
        if not words:
            continue
        if words[-1].i < clause.i or words[-1].i - words[0].i + 1 != len(words):
            continue
        stop = words[-1].idx + len(words[-1].text)
        return _longer(claim, " ".join(text_of(noun.doc)[end:stop].split()), stop)
    specific = child(noun, "compound", "amod", "nummod") is not None  # "made the right decision"
    return claim if specific or _told(claim, verb, _SETTING) else None


def _ends(token: Token, clause: Token) -> bool:
    """Whether a mark ends the clause; not the hyphen of "the 30-year-old plan"."""
    tied = token.tag_ == "HYPH" and not token.whitespace_ and not token.nbor(-1).whitespace_
    return token.is_punct and token.i > clause.i and not tied


def _is_torn(last: Token) -> bool:
    """Whether words can't end so: "in an effort to reduce *the*", "to help *Ada* (Lund)", "its *world* (cup)"."""
    if last.pos_ in ("ADP", "DET", "CCONJ", "PART", "SCONJ", "PUNCT"):
        return True
    if any(above.i > last.i for above in last.ancestors):
        return True
    name = name_at(last)
    return name is not None and name[1] > last.idx + len(last.text)


def _complements(clause: Token) -> bool:
    if is_infinitive(clause):
        return True
    marks = {c.lower_ for c in children(clause, "mark")}
    return bool(marks & _OWN["clause_marks"])


def _longer(claim: Claim, more: str, end: int) -> Claim:
    whole = replace(claim.object, kind="topic", label=f"{claim.object.label} {more}", end=end)
    inside = claim.object.start
    further = tuple(a for a in claim.arguments if not (inside <= a.start and a.end <= end))
    return replace(claim, object=whole, arguments=further, end=max(claim.end, end))


def _told(claim: Claim, verb: Token, setting: frozenset[str]) -> bool:
    """Whether a further argument says more than the setting."""
    return any(a.role not in setting for a in claim.arguments) or child(verb, "iobj") is not None


def _with_recipient(claim: Claim, verb: Token, noun: Token) -> Claim | None:
    if any(a.role in _OWN["recipients"] for a in claim.arguments):
        return claim
    lemma = noun.lemma_.lower()
    given = _words().third_given | verb_words().nouns  # "gave her support": nothing changes hands
    said = lemma in given or value_at(noun) is not None
    return claim if said or _goes_on(noun) else None


def _goes_on(noun: Token) -> bool:
    return any(c.i > noun.i and relation(c) in ("nmod", "acl") for c in kids(noun))
