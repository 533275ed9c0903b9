"""What a thing is, where it is, whose it is: what nouns say beside names.

From appositions ("Runway, a startup"; "EyeLine Studios, a production group under Netflix"), words
before a name ("the Argentine series X", "his wife Maureen"), copulas with a noun of relation ("X is
a subsidiary of Y"), participles ("X, based in Y"), places in places ("Fort Myers, Florida"), ages
("X, 39,"), lists of examples ("studios such as X and Y"), and, by learned weights, the fifteen
relations of `kg.extract.statements.learned` (birth, death, work, study, family, founding, seat...).

Posts are left to `kg.extract.statements.roles`; a second name in brackets is a name, not a claim. The nouns
are in ``words/en/attributes.toml``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from spacy.tokens import Doc, Token

from kg.countries import country, is_nation, is_of_continent
from kg.extract.factuality.status import (
    Standing,
    presupposed,
    speech_only,
    standing,
    status,
)
from kg.extract.grammar.annotations import mention_at, name_at, names_of, text_of
from kg.extract.grammar.arguments import argument, named_head
from kg.extract.grammar.coordination import conjuncts, examples, is_besides
from kg.extract.grammar.index import (
    below,
    kids,
    relation,
    spelled,
    standing_as,
    tagged,
    tokens_of,
)
from kg.extract.grammar.labels import means_people, type_hint
from kg.extract.grammar.noun_phrases import char_range, singled_out, singles_out
from kg.extract.grammar.subjects import own_subject
from kg.extract.grammar.tree import FINITE, child, children, is_plural, possessor, preposition
from kg.extract.statements.blocks import in_block
from kg.extract.statements.claims import make_claim
from kg.extract.statements.learned import RELATIONS, Found, closed, property_of
from kg.extract.statements.posts import posts
from kg.extract.words.load import rule_words, word_table
from kg.extract.words.phrases import phrase_words
from kg.extract.words.pronouns import PRONOUNS
from kg.model import Argument, Article, Claim, Literal, Predicate

_OWN: Final = rule_words("attributes")

_LABELS: Final = {
    "isA": "is a",
    "subsidiaryOf": "subsidiary of",
    "partOf": "part of",
    "spouse": "spouse",
    "childOf": "child of",
    "siblingOf": "sibling of",
    "memberOf": "member of",
    "locatedIn": "located in",
    "educatedAt": "educated at",
    "nationality": "nationality",
    "headquarteredIn": "headquartered in",
    "residesIn": "resides in",
    "age": "age",
    "dateOfBirth": "born on",
    "dateOfDeath": "died on",
    "dateFounded": "founded on",
    "bornIn": "born in",
    "worksFor": "works for",
    "politicalAffiliation": "political affiliation",
    "foundedBy": "founded by",
    "chiefExecutiveOf": "chief executive of",
}
_PLACES: Final = frozenset({"GPE", "LOC", "FAC"})
#: What kin are to each other, and how many words around two names are asked what they are.
_KIN: Final = frozenset({"spouse", "childOf", "siblingOf"})
_NEAR: Final = 6
#: What nobody is.
_BODIES: Final = frozenset({"Organization", "Company", "Place"})
#: In words, with the "of".
_LONGEST_OF: Final = 7
#: Of what somebody is suspected of or said to be, which says nothing without.
_LONGEST_DOUBTED: Final = 14


@dataclass(frozen=True, slots=True)
class _Lists:
    relation: Mapping[str, str]
    turned: Mapping[str, str]
    participle: Mapping[str, str]
    kin: frozenset[str]
    further_kin: frozenset[str]
    not_kin_in: frozenset[str]
    not_kin: frozenset[str]
    opinions: frozenset[str]
    empty: frozenset[str]
    once: frozenset[str]
    no_kind: frozenset[str]
    of_before: frozenset[str]


_LISTS: Final = word_table(_Lists, "attributes")


def attributes(doc: Doc, article: Article) -> Iterator[Claim]:
    """The claims of rules, then those of weights, each in text order; duplicates are left in."""
    yield from by_rule(doc, article)
    for found in closed(doc):
        learned = _learned(found)
        if learned is not None:
            yield in_block(learned, article)


def by_rule(doc: Doc, article: Article) -> Iterator[Claim]:
    """The claims of rules alone."""
    taken = {i for post in posts(doc) for i in range(post.start, post.end)}
    seen: set[tuple[int, str | None, int]] = set()
    tokens = tokens_of(doc)
    places = {
        *(token.i for token in standing_as(doc, ("appos",))),
        *(token.i for token in tagged(doc, ("NOUN", "NUM"))),
        *spelled(doc, _LISTS.participle),
        *(i for ent in names_of(doc) if ent.label_ in _PLACES for i in range(ent.start, ent.end)),
    }
    for place in sorted(places):
        token = tokens[place]
        for claim in _at(token, taken):
            same = (claim.subject.head_start, claim.predicate.property, claim.object.head_start)
            if same not in seen:
                seen.add(same)
                yield in_block(claim, article)


def _at(token: Token, taken: set[int]) -> Iterator[Claim]:
    kind, pos = relation(token), token.pos_
    if kind == "appos":
        yield from _apposition(token, token.head, taken)
    elif kind == "nsubj" and pos == "NOUN":
        before = _comma_name(token)
        if before is not None:
            yield from _apposition(token, before, taken)
    if pos == "NOUN" and token.i not in taken:
        yield from _before_name(token)
        yield from _copula(token)
    if pos == "NOUN":
        yield from _examples(token)
        yield from _nationality(token)
    if token.ent_type_ in _PLACES:
        yield from _place_in_place(token)
    if token.lower_ in _LISTS.participle:
        yield from _participle(token)
    if pos == "NUM":
        yield from _age(token)


# --- one claim ---------------------------------------------------------------------------------


def _standing(token: Token) -> Standing:
    """What stands beside a name is presupposed, unless a verb says it."""
    if token.pos_ not in ("VERB", "AUX"):
        return presupposed(token)
    found = status(token)
    return found if found.status == "claimed" else standing("asserted")


def _claim(
    subject: Token | Argument | None,
    property_: str,
    object_: Token | Argument | None,
    words: Token,
    *,
    confidence: float = 0.85,
    how: Standing | None = None,
) -> Iterator[Claim]:
    one = argument(subject, "subject") if isinstance(subject, Token) else subject
    other = argument(object_, "object") if isinstance(object_, Token) else object_
    if one is None or other is None or one.kind == "literal":
        return
    if one.head_start < other.head_end and other.head_start < one.head_end:
        return
    if property_ in _KIN and not _are_kin(words.doc, property_, one, other):
        return
    if property_ == "isA" and other.type in _BODIES and _is_person(words.doc, one):
        return  # "the head of the prison *administration* Oleg Belov"
    start, end = char_range([words])
    predicate = Predicate(_LABELS[property_], words.text, start, end, property=property_)
    yield make_claim(
        one, predicate, other, how if how is not None else _standing(words),
        extractor="attributes", confidence=confidence,
    )  # fmt: skip


def _is_person(doc: Doc, name: Argument) -> bool:
    span = doc.char_span(name.head_start, name.head_end, alignment_mode="expand")
    return span is not None and span[0].ent_type_ == "PERSON"


def _are_kin(doc: Doc, property_: str, one: Argument, other: Argument) -> bool:
    """Whether the nouns of kin around both ends mean it: not "the *son-in-law* of Lund", "his *brother in
    arms*", "like a *son* to her". Those for this relation decide, where there are any: "his wife Ada
    thanked her *mother-in-law*, Rosa"."""
    low, high = min(one.head_start, other.head_start), max(one.head_end, other.head_end)
    span = doc.char_span(low, high, alignment_mode="expand")
    if span is None:
        return True
    near = doc[max(0, span.start - _NEAR) : span.end + _NEAR]
    told = [
        t for t in near if _kin_property(t.lemma_.lower()) is not None and t.sent == span.root.sent
    ]
    own = [t for t in told if _kin_property(t.lemma_.lower()) == property_]
    return not told or any(map(_means_kin, own or told))


def _kin_property(word: str) -> str | None:
    """The relation of a noun of kin; "" of one that has none of its own."""
    found = _LISTS.relation.get(word) or _LISTS.turned.get(word)
    if found in _KIN:
        return found
    return "" if word in _LISTS.kin or word in _LISTS.further_kin else None


def _means_kin(noun: Token) -> bool:
    if noun.lemma_.lower() in _LISTS.further_kin:
        return False
    after = [t.lower_ for t in noun.doc[noun.i + 1 : noun.i + 6] if t.text not in ("-", "–")]
    if after[:1] == ["in"] and after[1:2] and after[1] in _LISTS.not_kin_in:
        return False
    before = {t.lower_ for t in noun.doc[max(0, noun.i - 3) : noun.i] if t.text not in ("-", "–")}
    return before.isdisjoint(_LISTS.not_kin)


# --- appositions and nouns of relation ----------------------------------------------------------


def _comma_name(noun: Token) -> Token | None:
    """The name before "Runway, a startup gaining attention", which parsers take for a clause."""
    start = noun.left_edge.i
    turned = noun.i > noun.head.i and noun.head.pos_ == "VERB"
    if (
        not (noun.head.tag_ == "VBG" or turned)
        or start < 2
        or noun.doc[start].lower_ not in ("a", "an")
    ):
        return None
    before = noun.doc[start - 2]
    named = noun.doc[start - 1].text == "," and name_at(before) is not None
    return before if named else None


def _apposition(noun: Token, head: Token, taken: set[int]) -> Iterator[Claim]:
    if noun.pos_ == "NOUN" and name_at(noun) is None:
        if named_head(head) is None or noun.i in taken:
            return
        said = list(_related(noun, head))
        yield from said
        if noun.lemma_.lower() in _LISTS.empty or noun.tag_ == "NNS":
            return
        points_back = any(c.lower_ in _LISTS.of_before for c in kids(noun))
        if not said and not points_back and any(relation(c) == "det" for c in kids(noun)):
            yield from _claim(_of_kind(head, noun), "isA", _own_kind(noun), noun)
    elif name_at(noun) is not None and head.pos_ == "NOUN" and head.i not in taken:
        yield from _related(head, noun)


def _of_kind(head: Token, noun: Token) -> Token | None:
    """What the noun is said of: in "Doug Miller of Milltech Marine, a firm", the firm."""
    name = name_at(head)
    if name is None or name[2] != "PERSON" or type_hint(noun) not in ("Organization", "Company"):
        return head
    for c in children(head, "nmod"):
        inner = name_at(c)
        if inner is not None and inner[2] == "ORG":
            return c
    return None


def _related(noun: Token, name: Token, how: Standing | None = None) -> Iterator[Claim]:
    """``name`` is the noun of somebody: "a subsidiary of Y", "his wife"."""
    lists = _LISTS
    words = noun.lemma_.lower()
    before = noun.nbor(-1).lower_ if noun.i else ""
    both = f"{before} {words}"
    straight = lists.relation.get(both) or lists.relation.get(words)
    turned = lists.turned.get(both) or lists.turned.get(words)
    for other in _owners(noun):
        if straight is not None:
            if not _suits(straight, name, other):
                continue
            for one in conjuncts(name) if _is_of_each(noun, name) else (name,):
                yield from _claim(one, straight, other, noun, how=how)
        elif turned is not None and _suits(turned, other, name):
            yield from _claim(other, turned, name, noun, how=how)


def _is_of_each(noun: Token, name: Token) -> bool:
    """Whether a noun tells of all names joined with the one it stands at: "his *daughters* Ida and Ruth"; of
    "Ida, the *widow* of Max, and Ben Cole" it tells of Ida."""
    return relation(name) != "appos" and (is_plural(noun) or relation(noun) != "appos")


def _owners(noun: Token) -> Iterator[Token]:
    owner = possessor(noun)
    if owner is not None:
        yield from conjuncts(owner)
        return
    for c in children(noun, "nmod"):
        if preposition(c) in _OWN["within"]:
            yield from conjuncts(c)


def _suits(property_: str, subject: Token, object_: Token) -> bool:
    """Whether the types allow it: a person's wife, an organisation's unit."""
    one, other = _type(subject), _type(object_)
    if property_ in ("spouse", "childOf", "siblingOf"):
        return one == "PERSON" and other == "PERSON"
    if property_ == "subsidiaryOf":
        return other in ("ORG", "IT") and one in ("ORG", "PRODUCT", "FAC", "IT", "")
    if property_ == "memberOf":
        return other in ("ORG", "NORP") and one in ("PERSON", "ORG", "GPE")
    if property_ == "educatedAt":
        return one == "PERSON" and other in ("ORG", "FAC")
    if property_ == "locatedIn":
        return one in _PLACES and other in _PLACES
    return one != "" and other in (*_PLACES, "ORG", "IT")


def _type(token: Token) -> str:
    found = named_head(token)
    if found is not None:
        return found[1][2]
    if token.lower_ in PRONOUNS.person:
        return "PERSON"
    return "IT" if token.lower_ in PRONOUNS.thing else ""


def _before_name(noun: Token) -> Iterator[Claim]:
    """``his wife Maureen``, ``the startup Runway``."""
    found = named_head(noun)
    if found is None or found[0] == noun or relation(found[0]) == "appos":
        after = _after(noun)
        if after is None or name_at(after) is None or after.head != noun:
            if relation(noun) not in ("nmod", "compound") or name_at(noun.head) is None:
                return
            if noun.dep_ != "nmod:desc":
                return
            yield from _related(noun, noun.head)
            return
        found = after, name_at(after) or (0, 0, "")
    name = found[0]
    said = list(_related(noun, name))
    yield from said
    plain = noun.lemma_.lower() not in _LISTS.empty and noun.tag_ == "NN"
    if not said and plain and noun.dep_ != "nmod:desc" and name.i > noun.i:
        yield from _claim(_only(name), "isA", _own_kind(noun), noun, confidence=0.75)


def _after(noun: Token) -> Token | None:
    """The next word, past an opening quotation mark: ``its series "El Eternauta"``."""
    at = noun.i + 1
    if at + 1 < len(noun.doc) and noun.doc[at].is_quote:
        at += 1
    return noun.doc[at] if at < len(noun.doc) else None


def _only(name: Token) -> Argument | None:
    found = name_at(name)
    if found is None:
        return None
    start, end, _ = found
    label = text_of(name.doc)[start:end]
    return Argument("subject", "mention", start, end, start, end, label)


def _own_kind(noun: Token) -> Argument:
    """The kind as topic: the noun in the singular with what stands before it, but no nationality
    ("an Argentinian science fiction series": "science fiction series")."""
    words = [noun]
    at = noun.i - 1
    while at >= 0:
        token = noun.doc[at]
        if token.text == "-" and at and not token.whitespace_ and len(words) > 1:
            words[:0] = [noun.doc[at - 1], token]  # "a *heavy-water* reactor"
            at -= 2
            continue
        if token.head != noun and token.head not in words:
            break
        rank = token.head in words and token.head.tag_ == "JJS"  # "the *second* largest bank"
        if not (rank or relation(token) in ("amod", "compound")) or name_at(token) is not None:
            break
        if token.lower_ in _LISTS.no_kind or not (rank or token.pos_ in ("ADJ", "NOUN", "VERB")):
            break
        words.insert(0, token)
        if token.lower_ in _LISTS.once:
            break
        at -= 1
    told_apart = [c for c in kids(noun) if c.i < words[0].i and singles_out(c)]
    if told_apart and singled_out(noun):  # "the *first* Grand Slam tournament": no kind without it
        words = [*noun.doc[told_apart[0].i : noun.i + 1]]
    once = _once(noun.doc, words[0].i)
    start, end = (once or words[0]).idx, noun.idx + len(noun.text)
    singular = noun.lemma_.lower() if noun.tag_ == "NNS" else noun.text.lower()
    label = "".join(f"{t.text}{t.whitespace_}" for t in words[:-1]) + singular
    if words[0].lower_ in _LISTS.once or (words[0].is_sent_start and words[0].is_title):
        label = label[:1].lower() + label[1:]  # "*Former* boxer Lind"
    label = f"{once.lower_}-{label}" if once is not None else label
    of_what = _of_what(noun)
    if of_what is not None:
        label, end = f"{label} {of_what.role} {of_what.label}", max(end, of_what.end)
    head_end = noun.idx + len(noun.text)
    return Argument("object", "topic", start, end, noun.idx, head_end, label, type_hint(noun))


def _of_what(noun: Token) -> Argument | None:
    """What the "of" right behind a noun of a person names, where it is short ("the alleged
    architect *of the fraud*"), and among which one is the biggest ("the biggest bank *in Peru*")."""
    doubted = any(c.lower_ in _OWN["doubting"] for c in children(noun, "amod"))
    whole = doubted or singled_out(noun)
    whole = whole or any(c.lower_ in _OWN["singling"] for c in children(noun, "amod"))
    longest = _LONGEST_DOUBTED if doubted else _LONGEST_OF
    for c in children(noun, "nmod"):
        mark = preposition(c)
        if mark == "of" and (whole or type_hint(noun) == "Person"):
            if named_head(c) is not None and not whole:
                return None
        elif not whole or mark not in _OWN["scopes"]:
            continue
        near = c.left_edge.i == noun.i + 1 and c.right_edge.i - noun.i <= longest
        found = argument(c, mark) if near else None
        return found if found is not None and found.head_start > noun.idx else None
    return None


def _once(doc: Doc, start: int) -> Token | None:
    """The "ex" or "then" that a hyphen ties to the word at ``start``, with or without blanks."""
    tied = start > 1 and doc[start - 1].text in ("-", "–")
    before = doc[start - 2] if tied else None
    return before if before is not None and before.lower_ in _LISTS.once else None


def _copula(noun: Token) -> Iterator[Claim]:
    """``X is a subsidiary of Y``."""
    subject = child(noun, "nsubj")
    if subject is None or child(noun, "cop") is None:
        return
    if _type(subject):
        yield from _related(noun, subject, status(noun))


# --- lists, places, nations, ages ---------------------------------------------------------------


def _examples(noun: Token) -> Iterator[Claim]:
    for one in examples(noun):
        if noun.lemma_.lower() in _LISTS.empty:
            return
        if _type(one) == "GPE" and phrase_words().types.get(noun.lemma_.lower()) == "Organization":
            continue  # "the associations, including England": its association
        if not is_besides(one):
            told = speech_only(
                status(noun)
            )  # "the minister alleges that crooks such as X pay them"
            how = told if told.attribution is not None else None
            yield from _claim(one, "isA", _own_kind(noun), noun, confidence=0.8, how=how)


def _nationality(noun: Token) -> Iterator[Claim]:
    """``French inventor Franky Zapata``, ``X is an Italian painter``, ``X, a Finnish airline``."""
    if child(noun, "cop") is not None and child(noun, "case") is not None:
        return  # "X has been in Italian custody"
    for c in children(noun, "amod", "compound"):
        name = name_at(c)
        if name is None or name[2] != "NORP" or c.i > noun.i or not _is_of_a_nation(c):
            continue  # "Democratic", "Christian"
        before = c.nbor(-1) if c.i else c
        if before.lower_ in _OWN["sides"] and before.is_title and before.idx < name[0]:
            continue  # "*West* Indian"
        holder = None if noun.lemma_.lower() in _LISTS.opinions else _who(noun)
        if holder is None or _type(holder) not in ("PERSON", "ORG", "WORK_OF_ART", "PRODUCT"):
            continue
        start, end, _ = name
        nation = Argument("object", "mention", start, end, start, end, text_of(noun.doc)[start:end])
        if relation(noun) == "appos" or holder.i < noun.i:
            subject = argument(holder, "subject")
        else:
            subject = _only(holder)
        how = status(noun) if child(noun, "cop") is not None else None
        yield from _claim(subject, "nationality", nation, c, confidence=0.8, how=how)


def _is_of_a_nation(word: Token) -> bool:
    """Whether it tells whose citizen somebody is: neither a continent ("European champion") nor, in small
    letters, a language ("english newspaper")."""
    return is_nation(word.text) and not is_of_continent(word.text) and not word.is_lower


def _who(noun: Token) -> Token | None:
    """Whom the noun is said of: the name beside it, or the subject of its copula."""
    subject = child(noun, "nsubj")
    if subject is not None and child(noun, "cop") is not None:
        return subject
    if relation(noun) == "appos":
        return noun.head if name_at(noun.head) is not None else None
    if noun.dep_ == "nmod:desc" or (relation(noun) == "compound" and noun.head.i > noun.i):
        return noun.head if name_at(noun.head) is not None else None
    found = named_head(noun)
    if found is not None and found[0] != noun:
        return found[0]
    return None


def _place_in_place(token: Token) -> Iterator[Claim]:
    """``Fort Myers, Florida``."""
    inner = name_at(token)
    if inner is None or inner[2] not in _PLACES:
        return
    outer_head = next(
        (
            c for c in kids(token)
            if relation(c) in ("appos", "nmod", "flat", "list") and c.i > token.i
            and c.ent_type_ in ("GPE", "LOC") and preposition(c) is None
        ),
        None,
    )  # fmt: skip
    if outer_head is None:
        return
    outer = name_at(outer_head)
    if outer is None or text_of(token.doc)[inner[1] : outer[0]] != ", ":
        return
    if any(relation(c) == "conj" for c in kids(outer_head)):
        return
    yield from _claim(_only(token), "locatedIn", _only(outer_head), outer_head, confidence=0.85)


def _participle(token: Token) -> Iterator[Claim]:
    """``X, based in Y``; ``Y-based X``."""
    property_ = _LISTS.participle[token.lower_]
    if token.pos_ not in ("VERB", "ADJ") or property_ == "dateFounded":
        return
    holder: Token | None = None
    places: list[Token] = []
    if relation(token) == "acl" and name_at(token.head) is not None:
        holder = token.head
        places = [c for c in children(token, "obl") if preposition(c) in _OWN["at_places"]]
    elif relation(token) == "amod":
        holder = _who(token.head) or (token.head if name_at(token.head) else None)
        places = [c for c in children(token, "compound", "obl", "nmod") if c.i < token.i]
    if holder is None:
        return
    if property_ == "headquarteredIn" and _type(holder) == "PERSON":
        property_ = "residesIn"
    elif property_ == "headquarteredIn" and _type(holder) != "ORG":
        return
    said = status(token).attribution
    itself = said is not None and name_at(said) == name_at(holder)  # "Leeds-based Acme said"
    how = presupposed(token) if itself or relation(token) == "amod" else None
    for place in places:
        if place.ent_type_ in _PLACES and country(place.text) is None:  # no "Pakistani-based"
            yield from _claim(_only(holder), property_, _only(place), token, how=how)


def _age(token: Token) -> Iterator[Claim]:
    """``X, 39,`` and ``39-year-old X``."""
    if not token.text.isdigit() or not 1 <= int(token.text) <= 119:
        return
    doc = token.doc
    head: Token | None = None
    if token.i >= 2 and doc[token.i - 1].text == "," and token.i + 1 < len(doc):
        before, after = doc[token.i - 2], doc[token.i + 1].text
        named = before.ent_type_ == "PERSON" and not _is_of_a_match(before)
        if named and after in (",", ".", ";", ")"):
            head = before
    elif doc[token.i : token.i + 5].text.lower().startswith(f"{token.text}-year-old"):
        for at in doc[token.i + 1 : token.i + 12]:
            if at.ent_type_ == "PERSON" and at.head.i >= token.i:
                head = at
                break
            if (at.is_punct and at.text != "-") or at.pos_ in ("VERB", "AUX", "ADP", "DET", "PRON"):
                break
            if at.tag_ == "POS" or _is_as_old(at):
                break
    if head is None:
        return
    start, end = token.idx, token.idx + len(token.text)
    literal = Literal(token.text, "xsd:integer", token.text, "years")
    age = Argument("object", "literal", start, end, start, end, token.text, None, literal)
    yield from _claim(_only(head), "age", age, token)


def _is_as_old(thing: Token) -> bool:
    """ "the 30-year-old scoring *record* of Ada Venn": the thing is so old, nobody."""
    aged = any(c.lower_ in ("old", "year-old") for c in children(thing, "amod"))
    beside = thing.dep_ == "nmod:desc" or relation(thing) in ("compound", "flat")
    return aged and thing.pos_ == "NOUN" and not beside and not means_people(thing)


def _is_of_a_match(name: Token) -> bool:
    """Whether numbers behind a name tell of a match: "Holm 58, 7" (when he came on, how well he played),
    "Booked: Holm, 34; Venn, 56"."""
    first, doc = name.i, name.doc
    while first and doc[first - 1].ent_type_ == "PERSON":
        first -= 1
    finite = (
        t
        for t in name.sent
        if t.tag_ in FINITE and t.nbor(1 if t.i + 1 < len(doc) else 0).text != ":"
    )
    return name.text.isdigit() or (first == name.i and not any(finite))


# --- learned -----------------------------------------------------------------------------------


def _elsewhere(found: Found) -> bool:
    """ "He chaired it while *the party controlled the House*": a clause of somebody else's."""
    if _says_it(found.object.head, found.subject.head) or _is_anothers(found):
        return True
    if _is_other_kin(found):
        return True
    verb = found.object.head
    while verb.head != verb and verb.pos_ not in ("VERB", "AUX"):
        verb = verb.head
    whose = own_subject(verb)
    if whose is None or found.subject.head in below(verb):
        return False
    return relation(verb) == "advcl" or (relation(verb) == "ccomp" and whose.pos_ != "PRON")


def _is_anothers(found: Found) -> bool:
    """ "*the country's* founder": whose it is, is told, and is neither of the two."""
    owner = possessor(found.trigger) if found.trigger.pos_ == "NOUN" else None
    whose = mention_at(owner) if owner is not None else None
    if owner is None or whose is None:
        return False
    ends = (found.subject.head, found.object.head)
    known = {one.cluster for one in map(mention_at, ends) if one is not None}
    return owner not in ends and whose.cluster not in known


def _is_other_kin(found: Found) -> bool:
    """ "A daughter, Ruth Moss; *her sister*, Ida Holm": whom a noun of other kin tells of is not the
    child that is spoken of beside her."""
    property_ = RELATIONS[found.relation][2]
    if property_ not in _KIN:
        return False
    own = (found.subject.head,) if property_ == "childOf" else ()  # a mother may be a wife
    for head in own or (found.subject.head, found.object.head):
        nouns = (t for t in (head.head, *kids(head)) if t.pos_ == "NOUN" and _is_called(head, t))
        told = {_kin_property(noun.lemma_.lower()) for noun in nouns} - {None}
        if told and property_ not in told:
            return True
    return False


def _is_called(name: Token, noun: Token) -> bool:
    """Whether a noun beside a name says who that is: "her *sister* Ida", "Ida Holm, her *sister*"."""
    at = name if noun == name.head else noun
    return relation(at) in ("appos", "flat", "compound") or at.dep_ == "nmod:desc"


def _says_it(speaker: Token, told_of: Token) -> bool:
    """ "the *Courier* reported that *he* lied": who tells of somebody stands in no relation to him."""
    verb = speaker.head
    said = relation(speaker) == "nsubj" and child(verb, "ccomp")
    return bool(said) and any(told_of in below(c) for c in children(verb, "ccomp"))


def _learned(found: Found) -> Claim | None:
    turned = RELATIONS[found.relation][3]
    subject = argument(found.subject.head, "subject")
    object_ = argument(found.object.head, "object")
    if subject is None or object_ is None or subject.kind == "literal" or _elsewhere(found):
        return None
    if found.object.label == "DATE" and object_.kind != "literal":
        return None
    if relation(found.object.head) == "xcomp":
        return None  # "was born *Ada Vega*"
    if found.trigger.lemma_ == "join" and found.object.label != "ORG":
        return None  # "joined her ships"
    if turned:
        subject, object_ = replace(object_, role="subject"), replace(subject, role="object")
    name = property_of(found)
    verb = found.trigger
    how = status(verb) if verb.pos_ == "VERB" else _standing(found.object.head)
    return next(
        _claim(subject, name, object_, verb, confidence=round(found.score * 0.9, 2), how=how), None
    )
