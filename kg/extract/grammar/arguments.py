"""Participants from tokens: what a noun phrase is, as an `Argument`.

`argument` reads the noun phrase that a token heads. Everything reads Universal Dependencies
(version 2); word lists are in ``words/en/phrases.toml``.
"""

from __future__ import annotations

from typing import Final

from spacy.tokens import Token

from kg.countries import country
from kg.extract.grammar.annotations import (
    closed_end,
    marked,
    mention_at,
    name_at,
    text_of,
    value_at,
)
from kg.extract.grammar.index import below, kids, links, relation, remembered
from kg.extract.grammar.labels import is_dropped, topic_label, type_hint
from kg.extract.grammar.noun_phrases import char_range, phrase_tokens, ranked
from kg.extract.grammar.tree import antecedent, children, is_plural, preposition
from kg.extract.words.cues import cue_words
from kg.extract.words.load import rule_words
from kg.extract.words.phrases import phrase_words
from kg.model import Argument, Literal

_OWN: Final = rule_words("arguments")


@remembered
def content_head(token: Token) -> Token:
    """The word that carries the meaning: "productions" in "one of its productions"."""
    words = phrase_words()
    at = token
    for _ in range(4):
        if at.lemma_.lower() not in words.transparent and at.pos_ != "NUM":
            return at
        if name_at(at) is not None or _counted_itself(at):
            return at
        inner = [
            c for c in children(at, "nmod") if preposition(c) in ("of", "among") and c.i > at.i
        ]
        part = inner and at.lemma_.lower() in words.parts
        if not inner or (part and (name_at(inner[0]) is not None or _is_theirs(at))):
            return at  # "the northern part of Malta" is not Malta
        at = inner[0]
    return at


def _is_theirs(part: Token) -> bool:
    """ "the *Soviet* part of the mission"."""
    return any(c.text[:1].isupper() for c in children(part, "amod"))


def _counted_itself(token: Token) -> bool:
    """ "*the* number of workers" is a number, "a number of workers" are workers."""
    if token.lemma_.lower() not in _OWN["quantities"]:
        return False
    return any(c.lower_ == "the" for c in kids(token))


def is_generic(token: Token) -> bool:
    """Whether a phrase carries no node: "the way", "some", "it all" - a generic head that no
    adjective, noun or "of" phrase specifies."""
    if name_at(token) is not None or value_at(token) is not None:
        return False
    if token.lemma_.lower() not in phrase_words().generic and token.pos_ not in (
        "DET",
        "ADV",
        "PART",
    ):
        return False
    return not any(
        relation(c) in ("amod", "compound")
        or (relation(c) == "nmod" and c.dep_ != "nmod:poss")
        or (relation(c) == "nummod" and c.text[0].isdigit())  # "scored *20* points"
        for c in kids(token)
    )


@remembered
def named_head(token: Token) -> tuple[Token, tuple[int, int, str]] | None:
    """The name that says who or what the phrase of ``token`` is: the token's own, or that of a
    noun beside it ("the startup Runway", "its rival, Lionsgate")."""
    own = name_at(token)
    if own is not None:
        return token, own
    if token.pos_ not in ("NOUN", "ADJ", "PROPN"):
        return None
    for c, dep, kind in links(token):
        if kind in ("flat", "appos") or dep in ("nmod:desc", "nmod:unmarked"):
            name = name_at(c) or _untyped_name(token, c)
            if (
                name is None
                or c.lower_ in cue_words().times
                or (kind == "appos" and not _plain_apposition(token, c))
            ):
                continue
            if name[2] in ("NORP", "LAW") or (dep == "nmod:unmarked" and c.i < token.i):
                continue
            return c, name
    beside = _name_after(token)
    if beside is not None:
        return beside
    above = token.head
    if relation(token) == "appos" and above.i < token.i:  # "Runway, a startup" -> Runway
        name = name_at(above)
        if name is not None and not is_plural(token):
            return above, name
        start = token.left_edge.i + (1 if token.left_edge.is_punct else 0)
        place = start - 2  # "software from Runway, a startup"
        if place > 0 and token.doc[place + 1].text == "," and not is_plural(token):
            before = token.doc[place]
            name = name_at(before)
            if name is not None and name[2] not in ("NORP", "GPE", "LOC"):
                return before, name
    return None


def _name_after(token: Token) -> tuple[Token, tuple[int, int, str]] | None:
    """The person right after a noun that the parse took for a second object: "confirms
    businessman Howard Lutnick"."""
    if token.pos_ != "NOUN" or token.i + 1 >= len(token.doc):
        return None
    after = token.doc[token.i + 1]
    name = name_at(after)
    if name is None or name[2] != "PERSON" or after.head != token.head or after.idx != name[0]:
        return None
    return (after, name) if after.dep_ == token.dep_ else None


def _untyped_name(token: Token, beside: Token) -> tuple[int, int, str] | None:
    """A proper noun right after a common one that no entity covers: "AI firm Midjourney"."""
    if beside.pos_ != "PROPN" or token.pos_ != "NOUN" or beside.left_edge.i != token.i + 1:
        return None
    return (*_head_range(beside), "")


def _plain_apposition(token: Token, name: Token) -> bool:
    """Whether "token, Name" means one thing: singular, and the name not in brackets."""
    before = token.doc[name.left_edge.i - 1].text if name.left_edge.i else ""
    apart = before in ("(", "[", ":", "–", "—")
    return not apart and not is_plural(token) and name.i > token.i


def maker(token: Token) -> Token | None:
    """The company meant with its product: "Runway" for "software from Runway" and for "Runway's
    technology"; None where the phrase names the product itself or nobody."""
    words = phrase_words()
    if token.lemma_.lower() not in words.products or name_at(token) is not None:
        return None
    beside = children(token, "nmod")
    if relation(token) in ("nmod", "obj", "obl"):  # "adoption of software from Runway"
        last = phrase_tokens(token)[-1].i
        beside += [
            c
            for c in children(token.head, "nmod", "obl")
            if c.left_edge.i == last + 1 and preposition(c) == "from"
        ]
    for c in beside:
        if c.dep_ == "nmod:poss" or preposition(c) in words.makers:
            found = name_at(c)
            if found is None and c.pos_ == "PROPN":
                return c
            if found is not None and found[2] not in ("GPE", "LOC", "FAC", "EVENT", "NORP"):
                return c
    for c in children(token, "acl"):  # "software made by Runway"
        if c.lemma_.lower() in words.making:
            for by in children(c, "obl"):
                found = name_at(by) if by.dep_ == "obl:agent" else None
                if found is not None and found[2] in ("ORG", "PERSON", "PRODUCT"):
                    return by
    return None


@remembered
def argument(token: Token, role: str) -> Argument | None:
    """The participant that ``token`` heads, or None where it carries no node ("the way").

    A relative pronoun is replaced by what it stands for in ``head_start``/``label``, but the span
    stays that of the antecedent's phrase. The kind is ``literal`` for dates, money and numbers,
    ``mention`` for names, pronouns and nouns that the article's mentions know, else ``topic``.
    """
    token = antecedent(token)
    head = antecedent(content_head(token))
    tokens = phrase_tokens(token)
    start, end = char_range(tokens)
    spans = marked(token.doc).value_span
    whole = head == token or spans.get(token.i, head.i) == spans.get(head.i)  # "first half of 2025"
    literal = _literal(token) if whole else None
    if literal is not None and role == "object" and _of_something(token):
        literal = None
    if literal is not None:
        span = spans.get(token.i, (start, end))
        return Argument(role, "literal", *span, *span, literal.label, None, literal)
    named = named_head(head)
    over = _over(head, named)
    share = _share(token, head)
    of_people = None if named is None else _of_people(*named, share)
    some = over is not None or of_people is not None
    if named is not None and not some:
        at, (name_start, name_end, kind) = named
        start, end = min(start, name_start), max(end, name_end)
        label = text_of(token.doc)[name_start:name_end]
        hint = None if at == head and kind else type_hint(head)
        return Argument(role, "mention", start, end, name_start, name_end, label, hint)
    if (
        head.pos_ == "ADJ"
        and relation(head) == "conj"
        and head.head.pos_ in ("NOUN", "PROPN")
        and not any(relation(c) == "det" for c in kids(head))
    ):
        return None  # "was an adopter of scuba gear and also interested in"
    if is_generic(head) or (head.pos_ == "VERB" and head.tag_ != "VBG"):
        return None
    head_start, head_end = _head_range(head)
    known = None if some or share else mention_at(head)
    pronoun = head.pos_ == "PRON" or head.tag_ in ("PRP", "PRP$", "WP")
    kind = "mention" if known is not None or pronoun else "topic"
    several = bool(share) or (is_plural(head) and token.lemma_.lower() in phrase_words().runs)
    label = head.text if pronoun else share + topic_label(head, counted=several)
    if not label or not any(c.isalnum() for c in label):
        return None
    if kind == "topic" and len(label) > 120:
        return None
    hint = over or of_people or (None if pronoun else type_hint(head))
    one = share.startswith("one of ") or (token != head and token.lower_ in _OWN["one_of"])
    if one and hint == "Group":
        hint = None if phrase_words().types.get(head.lemma_.lower()) != "Group" else "Person"
    return Argument(
        role, "mention" if kind == "mention" else "topic", start, end, head_start, head_end,
        label, hint,
    )  # fmt: skip


#: What a thing of the past was.
_OVER: Final = {"GPE": "Place", "LOC": "Place", "FAC": "Place", "ORG": "Organization"}


def _over(head: Token, named: tuple[Token, tuple[int, int, str]] | None) -> str | None:
    """The class of what is no more, or not yet, where its name stands behind "*former*" or "a" and a
    word of how it is: "the *former* Rosk Republic", "a *nuclear-free* Peru" is not what the name alone
    means."""
    if named is None or named[0] != head:
        return None
    before = (c for c in children(head, "amod") if c.lower_ in _OWN["former"])
    near = any(c.idx + len(c.text_with_ws) == named[1][0] for c in before)
    return _OVER.get(named[1][2]) if near or _is_imagined(head, named[1]) else None


def _is_imagined(head: Token, name: tuple[int, int, str]) -> bool:
    """ "a *united* Ireland", "a *nuclear-free* Middle East"."""
    one = any(c.lower_ in ("a", "an") for c in children(head, "det"))
    return one and name[2] in ("GPE", "LOC") and any(
        c.idx < name[0] for c in children(head, "amod")
    )  # fmt: skip


def _of_people(at: Token, name: tuple[int, int, str], share: str) -> str | None:
    """The class of some of a people, who are not the people, nor the corps: "53 Palestinians", "two
    Swiss", "five more *Marines*", "tens of thousands of *Somalis*"; and of one of them: "a 16-year-old
    *Palestinian*", "the 93rd *American*", "the *Dane*"."""
    many = name[2] == "NORP" or (name[2] == "ORG" and at.tag_ == "NNPS")
    counted = any(relation(c) == "nummod" and c.idx < name[0] for c in kids(at))
    if many and (counted or bool(share)):
        return "Group"
    if name[2] != "NORP" or at.tag_ in ("NNPS", "NNS"):
        return None
    if _is_known(at):
        return None
    before = [c for c in children(at, "amod") if c.idx < name[0]]
    one = any(c.lower_ in _OWN["single"] for c in kids(at))
    ranked = any("NumType=Ord" in str(c.morph) for c in before)
    return "Person" if (before and (one or ranked)) or _is_one_of_them(at, name) else None


def _is_known(at: Token) -> bool:
    """Whether coreference has a name for whom a noun means: "Bo Dale ... the *Dane*"."""
    known = mention_at(at)
    if known is None or known.kind != "noun":
        return False
    return any(m.kind == "name" for m in at.doc._.kg_clusters[known.cluster])


def _is_one_of_them(at: Token, name: tuple[int, int, str]) -> bool:
    """ "The *Dane*", "a *Finn*", no "the French", "the Iraqi Kurds" or "the Quartet"."""
    led = any(c.lower_ in _OWN["leading"] and c.idx < name[0] for c in children(at, "det"))
    whole = at.lower_.endswith(tuple(_OWN["peoples"]))
    alone = name == (at.idx, at.idx + len(at.text), "NORP")
    return led and alone and not whole and country(at.text) is not None


def _share(token: Token, head: Token) -> str:
    """What part of them is meant: "over 80 % of " for "over 80 % of the seats"."""
    words = phrase_words()
    if content_head(token).tag_ == "WP":  # "six of whom"
        return "" if token.lower_ in _OWN["all"] else f"{token.lower_} of "
    people = head.tag_ in ("JJ", "VBN") and any(c.lower_ == "the" for c in kids(head))
    if token != head and token.lower_ in _OWN["one_of"] and _has_named_owner(head):
        return f"{token.lower_} of "  # "another of *the Foundation's* projects"
    one = token.lower_ == "one" and not _stands_out(head)
    counted = token.pos_ == "NUM" and not one and (is_plural(head) or people)
    counted = counted or (is_plural(token) and token.lemma_.lower() in words.crowds)
    if token == head or token.i > head.i or token.lower_ in words.negative:
        return ""
    if token.lemma_.lower() not in words.shares and not counted:
        return ""
    last = _last_of_crowd(token, head)
    before = [
        t for t in phrase_tokens(token)
        if token.i <= t.i <= last.i or (t.i < token.i and not is_dropped(t))
    ]  # fmt: skip
    if any(
        t != token and t.pos_ not in ("NUM", "NOUN", "ADJ", "ADV", "SYM", "ADP", "PUNCT")
        for t in before
    ):
        return ""
    doc = token.doc
    said = "".join(doc[t.i].lower_ + t.whitespace_ for t in before)
    return f"{' '.join(said.split())} of " if said else ""


def _has_named_owner(noun: Token) -> bool:
    return any(name_at(c) is not None for c in children(noun, "nmod:poss"))


def _last_of_crowd(token: Token, head: Token) -> Token:
    """The last word of a number in words: "tens of *thousands*" of people."""
    at = head.head
    between = token.i < at.i < head.i and at.head == token
    return at if between and at.lemma_.lower() in phrase_words().crowds else token


def _stands_out(noun: Token) -> bool:
    """Whether one of them is less than the phrase without "one of": "one of the four", "one of the
    largest", "one of the *most* visited", "one of the *first*", "one of the *main* ones"."""
    before = [c for c in kids(noun) if c.i < noun.i]
    return ranked(noun) or any(
        relation(c) == "nummod"
        or c.lower_ in _OWN["singling_out"]
        or any(t.tag_ in ("JJS", "RBS") for t in (c, *kids(c)))
        for c in before
        if relation(c) != "nmod"
    )


def _of_something(token: Token) -> bool:
    """Whether a stretch of time or a number only measures what follows: "three days of *mourning*",
    "450°F *glue guns*"."""
    value = value_at(token)
    if value is None:
        return False
    if value.value.startswith("P") or (value.unit and not value.unit.isupper()):
        return any(preposition(c) == "of" and c.i > token.i for c in children(token, "nmod"))
    span = marked(token.doc).value_span.get(token.i)
    if span is None or value.datatype not in ("xsd:integer", "xsd:decimal"):
        return False
    doc, place = token.doc, token.i
    while place + 1 < len(doc) and doc[place + 1].idx < span[1]:
        place += 1
    after = doc[place + 1] if place + 1 < len(doc) else None
    return after is not None and after.lower_ in _OWN["states"]


def maker_argument(token: Token, role: str) -> Argument | None:
    """`argument`, but with the maker as the head where a product is named by it (metonymy)."""
    made_by = maker(token)
    if made_by is None:
        return argument(token, role)
    name = name_at(made_by) or (*_head_range(made_by), "")
    start, end = char_range(phrase_tokens(token))
    start, end = min(start, name[0]), max(end, name[1])
    label = text_of(token.doc)[name[0] : name[1]]
    return Argument(role, "mention", start, end, name[0], name[1], label)


def _literal(token: Token) -> Literal | None:
    """The value that the token heads: "$1 billion", but not "20" in "20-second videos"."""
    index = marked(token.doc)
    literal = index.value.get(token.i)
    if literal is None or index.name.get(token.i) is not None:
        return None
    outside = token.head
    same = index.value_span.get(outside.i) == index.value_span[token.i]
    return None if same and outside != token else literal


def _head_range(token: Token) -> tuple[int, int]:
    if token.pos_ != "PROPN":
        return token.idx, token.idx + len(token.text)
    phrase = phrase_tokens(token)
    place = phrase.index(token)
    first = last = place
    while (
        first and _part_of_name(phrase[first - 1]) and not _is_other_name(phrase[first - 1], token)
    ):
        first -= 1
    while last + 1 < len(phrase) and _part_of_name(phrase[last + 1]):
        last += 1
    return char_range(t for t in phrase[first : last + 1] if first == last or t.text != "-")


def _part_of_name(token: Token) -> bool:
    return token.pos_ == "PROPN" or (token.text in ("-", "&") or token.tag_ == "NNP")


def _is_other_name(before: Token, head: Token) -> bool:
    """ "*U.S.* Republicans": what the head is not named by."""
    found = name_at(before)
    return found is not None and found[2] in ("GPE", "LOC", "NORP") and name_at(head) is None


def clause_argument(token: Token, role: str) -> Argument:
    """A whole clause as a participant, headed by the predicate ``token``. Its ``claim`` is filled
    in when the clause's own claims are known."""
    outside = {
        t.i
        for c in kids(token)
        if c.i < token.i and relation(c) in ("mark", "punct", "cc")
        for t in below(c)
    }
    inside = [t for t in below(token) if t.i not in outside]
    while len(inside) > 1 and inside[-1].is_punct:
        inside.pop()
    while len(inside) > 1 and inside[0].is_punct:
        inside.pop(0)
    text = text_of(token.doc)
    start, end = char_range(inside)
    end = closed_end(text, start, end)
    label = " ".join(text[start:end].split())
    return Argument(role, "clause", start, end, token.idx, token.idx + len(token.text), label[:200])
