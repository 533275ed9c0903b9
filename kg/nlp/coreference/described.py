"""What the words around a name say that it is: "the city of Oslo", "Time magazine", "the film Alien",
"the Java Sea", somebody who "was charged"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Token

from kg.countries import countries, country
from kg.nlp.coreference.features import subject
from kg.nlp.coreference.lexicon import labels_of, lexicon, may_be_person
from kg.nlp.coreference.names import age_of
from kg.nlp.mentions import Candidate

_OPENING = ('"', "“", "'", "‘", "«", "„")
#: What follows one of these in a name is no part of its own noun.
_WHOSE = frozenset({"of", "for", "in", "on", "at", "against", "to"})
#: A name of these classes of which the last word is a noun is mostly one of that kind.
_BY_NOUN = frozenset({"ORG", "FAC", "EVENT", "LAW", "LOC"})
_OLD = r"(\d{1,3})[- ]years?[- ]old"
_YEARS = re.compile(rf"(?:the|this) {_OLD}\b", re.IGNORECASE)
_YEARS_BEFORE = re.compile(rf"\b{_OLD}(?: [\w-]+){{0,3}},? ?$")
_YEARS_AFTER = re.compile(rf"[ ,(]*(?:an? |is |was |who is |who was )*{_OLD}\b")
_MAY = frozenset("may might could would should can 'd ’d will 'll ’ll wo shall must".split())


def phrases(mention: Candidate) -> Iterator[Token]:
    """The nouns whose phrases mean the named one as the name does: "the city" in "the city of Oslo",
    "the film" in "the film Alien", "magazine" in "Time magazine", "the driver" in "police identified the
    driver as Ada Venn"."""
    for noun in (_of_which(mention), _before(mention), _after(mention), _identified(mention)):
        if noun is not None:
            yield noun


def _of_which(mention: Candidate) -> Token | None:
    """ "The town of Vik", but no government of it."""
    head, doc = mention.head, mention.head.doc
    noun = head.head
    if head.dep_ != "nmod" or mention.label not in ("GPE", "LOC", None):
        return None
    told = doc[noun.i + 1 : mention.start].text.lower()
    if noun.lemma_.lower() not in lexicon().named_with_of or told not in ("of", "of the"):
        return None
    return noun if noun.pos_ == "NOUN" and _is_one(noun) and _is_definite(noun) else None


def _before(mention: Candidate) -> Token | None:
    """ "The film Alien", "the archbishop Jan Holm": right before the name, of its class."""
    head, doc = mention.head, mention.head.doc
    at = mention.start - 1
    if at > 0 and doc[at].text in _OPENING:
        at -= 1
    if at <= 0 or doc[at].pos_ != "NOUN" or not _is_definite(doc[at]):
        return None
    if head.dep_ == "nsubj" and head.head.dep_.startswith("acl"):
        return None  # "the company Runway bought"
    known = labels_of(doc[at].lemma_.lower())
    return doc[at] if mention.label in known and _is_one(doc[at]) else None


def _after(mention: Candidate) -> Token | None:
    """ "Time magazine", "Salan district": a noun after the name that only says what it is."""
    head = mention.head
    noun = head.head
    if head.dep_ not in ("compound", "nmod", "flat") or noun.i != mention.end:
        return None
    lemma, known = noun.lemma_.lower(), lexicon()
    only = known.of_places if mention.label in ("GPE", "LOC") else known.tail_nouns
    if noun.pos_ != "NOUN" or lemma not in only or not _is_one(noun):
        return None
    return noun if mention.label in labels_of(lemma) else None


def _identified(mention: Candidate) -> Token | None:
    """ "Police identified *the driver* as Ada Venn", "*a man* identified as Ada Venn"; not by a witness."""
    head = mention.head
    verb = head.head
    below = {c.dep_: c for c in verb.children}
    if mention.label != "PERSON" or head.dep_ != "obl" or not _identifies(verb, head):
        return None
    by = below.get("nsubj") or below.get("obl:agent")
    if by is not None and by.lemma_.lower() not in lexicon().identifiers and by.ent_type_ != "ORG":
        return None
    noun = below.get("obj") or below.get("nsubj:pass") or verb.head
    if noun.tag_ in ("WP", "WDT"):
        noun = verb.head
    named = noun.pos_ == "NOUN" and (noun != verb.head or verb.dep_.startswith("acl"))
    return noun if named and _is_one(noun) and may_be_person(noun.lemma_.lower()) else None


def _identifies(verb: Token, name: Token) -> bool:
    """Whether the verb says for sure that it is one with this name."""
    known = lexicon()
    if verb.lemma_.lower() not in known.identifying or not _holds(verb):
        return False
    doubted = any(c.dep_ == "advmod" and c.lower_ in known.mistaken for c in verb.children)
    marks = {c.lower_ for c in name.children if c.dep_ == "case"}
    return marks == {"as"} and not doubted and not any(c.dep_ == "conj" for c in name.children)


def _is_one(noun: Token) -> bool:
    return "Plur" not in str(noun.morph)


def _is_definite(noun: Token) -> bool:
    return any(
        (c.dep_ == "det" and c.lower_ in ("the", "this")) or c.dep_ == "nmod:poss"
        for c in noun.lefts
    )


def ages_of(mention: Candidate) -> set[int]:
    """How old the text says somebody is right beside the name."""
    doc = mention.head.doc
    before = doc[max(mention.start - 8, 0) : mention.start].text
    after = doc[mention.end : mention.end + 8].text
    told = {m[1] for m in (_YEARS_BEFORE.search(before), _YEARS_AFTER.match(after)) if m}
    return {int(age) for age in told} | {age for age in (age_of(mention),) if age}


def lands_of(mention: Candidate) -> set[str]:
    """Of which countries the text says somebody is right beside the name: "the *Dane* Bo Dale", "Bo Dale,
    a *Danish* painter", "*Denmark's* Bo Dale"."""
    head = mention.head
    beside = [c for c in head.children if c.dep_ in ("appos", "nmod:desc", "compound")]
    nouns = [head, *beside, *([head.head] if head.dep_ in ("appos", "flat") else [])]
    words = [c.text for noun in nouns for c in (noun, *noun.children)]
    lands = {country(word) or (word if word in countries() else None) for word in words}
    return {land for land in lands if land is not None}


def age_told(mention: Candidate) -> int:
    """The age in a phrase like "the 43-year-old", "the 43-year-old driver"; 0 if there is none."""
    told = _YEARS.match(mention.head.doc[mention.start : mention.end].text)
    return int(told[1]) if told else 0


def own_noun(mention: Candidate, label: str | None) -> str:
    """The noun in a name that says what it is: "sea" of the Java Sea, "act" of the Clean Air Act of
    1963, "university" of the University of Bonn; "" if there is none."""
    if said := _made_of(mention, label):
        return said
    words = [t.lower_ for t in mention.head.doc[mention.start : mention.end] if t.is_alpha]
    whole = len(words)
    words = words[: next((at for at, word in enumerate(words) if at and word in _WHOSE), whole)]
    if not words or (len(words) < 2 and whole == 1):
        return ""
    known = labels_of(words[-1])
    own = label in known or (label in _BY_NOUN and not known & {"PERSON", "GPE", "LOC"})
    return words[-1] if own else ""


def _made_of(mention: Candidate, label: str | None) -> str:
    """ "Plane" for a thing in "an Orbis 9 cargo plane"."""
    noun = mention.head.head
    if mention.head.dep_ != "compound" or noun.i < mention.end:
        return ""
    lemma = noun.lemma_.lower()
    return lemma if label in labels_of(lemma) - {"PERSON", "ORG", "GPE", "NORP"} else ""


def parts_played(mention: Candidate) -> frozenset[str]:
    """What somebody is called who was charged, arrested, killed, or pleads or sues."""
    known, head = lexicon(), mention.head
    played: set[str] = set()
    if head.dep_ in ("nsubj", "nsubj:pass") and not _denied(head.head):
        lists = known.doing if head.dep_ == "nsubj" else known.suffering
        played |= lists.get(head.head.lemma_.lower(), frozenset())
    for noun in (head, *(c for c in head.children if c.dep_ == "appos")):
        for (
            verb
        ) in noun.children:  # "Ida Roth, charged with theft", "Ida Roth, a clerk accused of it"
            if verb.dep_ == "acl" and "Tense=Past" in str(verb.morph) and not _denied(verb):
                played |= known.suffering.get(verb.lemma_.lower(), frozenset())
    return frozenset(played)


def said_of(noun: Token) -> Token | None:
    """Of whom a phrase is said: "*Ada Venn* is the mayor", "the mayor is *Ada Venn*", "*she* became
    mayor"; None where it is not said as so."""
    verb = noun.head
    if _is_predicate(noun):
        return subject(noun) if _holds(noun) else None
    if noun.dep_ == "nsubj" and verb.pos_ == "PROPN" and _holds(verb):
        return verb if any(c.dep_ == "cop" for c in verb.children) else None
    who = subject(verb) if noun.dep_ in ("xcomp", "obl") else None
    return who if who is not None and noun in _become(verb, _is_made(verb, who)) else None


def said_to_be(head: Token) -> Iterator[Token]:
    """What the text says that somebody or something is: "Ada Venn is a *surgeon* and *poet*", "Ada Venn,
    who was a *nurse*", "Ada Venn became *mayor*", "works as a *clerk*"."""
    for noun in (*_after_be(head), *_after_become(head)):
        yield noun
        for other in noun.children:  # no "a surgeon and her brother"
            if other.dep_ == "conj" and other.pos_ == "NOUN":
                below = {c.dep_ for c in other.children}
                if not below & {"det", "nmod:poss", "nsubj", "cop", "case"}:
                    yield other


def _after_be(head: Token) -> Iterator[Token]:
    nouns = [c for c in head.children if c.dep_ == "acl:relcl" and _is_about(c, "who", "which")]
    if head.dep_ == "nsubj":
        nouns.append(head.head)
    for noun in nouns:
        if noun.pos_ == "NOUN" and _is_predicate(noun) and _holds(noun):
            yield noun


def _is_predicate(noun: Token) -> bool:
    """ "Is *the mayor*", no "is at the mayor's"."""
    below = {c.dep_ for c in noun.children}
    return "cop" in below and "case" not in below


def _after_become(head: Token) -> Iterator[Token]:
    for verb in _verbs_of(head):
        yield from _become(verb, _is_made(verb, head))


def _become(verb: Token, made: bool) -> list[Token]:
    """The nouns that tell what somebody became, or was made: "became *mayor*", "works as a *clerk*"."""
    known, lemma = lexicon(), verb.lemma_.lower()
    bare = lemma in (known.making if made else known.becoming)
    serves = lemma in (known.making if made else known.serving)
    if not (bare or serves) or not _holds(verb):
        return []
    found = []
    for noun in verb.children:
        if noun.pos_ != "NOUN" or noun.i < verb.i or noun.dep_ not in ("xcomp", "obl"):
            continue
        case = {c.lower_ for c in noun.children if c.dep_ in ("case", "mark")}
        if case == {"as"} if case or noun.dep_ == "obl" else bare:
            found.append(noun)
    return found


def _verbs_of(head: Token) -> Iterator[Token]:
    """What is told of it: "Ada Venn *works*", "Ada Venn, who *works*", "Ada Venn, *elected* in May",
    "they *elected* Ada Venn"."""
    for below in head.children:
        past = below.dep_ == "acl" and "Tense=Past" in str(below.morph)
        if past or (below.dep_ == "acl:relcl" and _is_about(below, "who", "which")):
            yield below
    if head.dep_ in ("nsubj", "nsubj:pass", "obj"):
        yield head.head


def _is_made(verb: Token, head: Token) -> bool:
    """Whether it is done to it: "was elected"."""
    passive = any(c.dep_ == "nsubj:pass" for c in verb.children)
    return passive or verb.dep_ == "acl" or (head.dep_ == "obj" and head.head == verb)


def _is_about(clause: Token, *words: str) -> bool:
    """Whether one of these words is the clause's subject."""
    return any(c.dep_ in ("nsubj", "nsubj:pass") and c.lower_ in words for c in clause.children)


def _holds(verb: Token) -> bool:
    """Whether it is told as so: no "would become", no "is not"."""
    below = [c for c in verb.children if c.dep_ in ("aux", "cop", "mark")]
    may = any(c.lower_ in _MAY or c.lower_ == "to" for c in below)
    bare = verb.tag_ == "VB" and not any(c.dep_ == "aux" for c in below)  # "asked that he serve"
    return not (may or bare or _denied(verb))


def _denied(verb: Token) -> bool:
    return any(c.lower_ in ("not", "n't", "never", "n’t") for c in verb.children)
