"""What the words around a name say that it is: "the city of Oslo", "Time magazine", "the film Alien",
"the Java Sea", somebody who "was charged"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.nlp.coreference.lexicon import labels_of, lexicon
from kg.nlp.mentions import Candidate

_OPENING = ('"', "“", "'", "‘", "«", "„")
_MARKS = frozenset({*_OPENING, "”", "’"})


def phrases(mention: Candidate) -> Iterator[Token]:
    """The nouns whose phrases mean the named one as the name does: "the city" in "the city of Oslo",
    "the film" in "the film Alien", "magazine" in "Time magazine"."""
    for noun in (_of_which(mention), _before(mention), _after(mention)):
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
    return noun if noun.pos_ == "NOUN" and _is_definite(noun) else None


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
    return doc[at] if mention.label in known and "Plur" not in str(doc[at].morph) else None


def _after(mention: Candidate) -> Token | None:
    """ "Time magazine": a noun after the name that only says what it is."""
    head = mention.head
    noun = head.head
    if head.dep_ not in ("compound", "nmod", "flat") or noun.i != mention.end:
        return None
    lemma = noun.lemma_.lower()
    if noun.pos_ != "NOUN" or lemma not in lexicon().tail_nouns or "Plur" in str(noun.morph):
        return None
    return noun if mention.label in labels_of(lemma) else None


def _is_definite(noun: Token) -> bool:
    return any(
        (c.dep_ == "det" and c.lower_ in ("the", "this")) or c.dep_ == "nmod:poss"
        for c in noun.lefts
    )


def own_noun(mention: Candidate, label: str | None) -> str:
    """The noun in a name that says what it is: "sea" of the Java Sea, "act" of the Clean Air Act of
    1963, "university" of the University of Bonn; "" if there is none."""
    if said := _made_of(mention, label):
        return said
    words = [t.lower_ for t in mention.head.doc[mention.start : mention.end] if t.is_alpha]
    if "of" in words[1:]:
        words = words[: words.index("of", 1)]
    if len(words) < 2 and "of" not in mention.lemma.split():
        return ""
    return words[-1] if words and label in labels_of(words[-1]) else ""


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


def _denied(verb: Token) -> bool:
    return any(c.lower_ in ("not", "n't", "never", "n’t") for c in verb.children)
