"""The words of a noun phrase: from which token to which it goes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from spacy.tokens import Token

from kg.extract.grammar.annotations import name_at
from kg.extract.grammar.index import kids, relation, remembered, tokens_of
from kg.extract.grammar.tree import child, preposition
from kg.extract.words.cues import cue_words
from kg.extract.words.load import rule_words
from kg.extract.words.phrases import phrase_words

_OWN: Final = rule_words("noun_phrases")
#: Words from a counted noun to one that its number counts, too.
_NEAR: Final = 3

#: Relations that are no part of the noun phrase of their head.
_OUTSIDE: Final = frozenset(
    {
        "parataxis", "conj", "cc", "mark", "dislocated", "discourse",
        "vocative", "nsubj", "csubj", "cop", "aux", "expl", "advcl", "ccomp", "xcomp", "obj",
        "orphan", "reparandum", "list", "dep", "obl",
    }
)  # fmt: skip


@remembered
def phrase_tokens(token: Token) -> tuple[Token, ...]:
    """The words of the noun phrase of ``token``, in order and without a gap: no relative clause,
    apposition, bracket, coordinated phrase, subject or preposition of its own."""
    keep = {token.i}
    queue = [c for c in kids(token) if _inside(c, token)]
    while queue:
        at = queue.pop()
        keep.add(at.i)
        queue.extend(c for c in kids(at) if _inside_deeper(c, at))
    tokens = tokens_of(token.doc)
    start = end = token.i
    while True:
        if start - 1 in keep or (start > 1 and tokens[start - 1].is_punct and start - 2 in keep):
            start -= 1
            continue
        before = _over_bracket(tokens, start - 1, -1)
        if before is None or before not in keep:
            break
        start = before
    last = len(tokens) - 1
    while True:
        if end + 1 in keep or (end + 2 <= last and tokens[end + 1].is_punct and end + 2 in keep):
            end += 1
            continue
        after = _over_bracket(tokens, end + 1, 1)
        if after is None or after not in keep:
            break
        end = after
    end = _ranked_end(token, end)
    out = list(tokens[start : _before_but(token, end) + 1])
    while len(out) > 1 and out[-1].is_punct and out[-1].text not in ")]%":
        out.pop()
    while len(out) > 1 and (
        (out[0].is_punct and out[0].text not in "([$#")
        or (out[0].pos_ == "ADP" and leads_in(out[0], token))
    ):
        out.pop(0)
    return tuple(out)


def _over_bracket(tokens: Sequence[Token], place: int, step: int) -> int | None:
    """The place behind a short bracket that opens at ``place``: "intelligence (AI) software"."""
    opening, closing = ("(", ")") if step > 0 else (")", "(")
    if not 0 <= place < len(tokens) or tokens[place].text != opening:
        return None
    for at in range(place + step, place + 7 * step, step):
        if not 0 <= at < len(tokens):
            return None
        if tokens[at].text == closing:
            return at + step
    return None


def _inside(c: Token, head: Token) -> bool:
    inside = _INSIDE.get(relation(c))
    return inside(c, head) if inside is not None else relation(c) not in _OUTSIDE


def _case_inside(c: Token, head: Token) -> bool:
    return c.tag_ != "POS" and c.i > head.i


def _adjective_inside(c: Token, head: Token) -> bool:
    return c.i <= head.i + 1


def _sign_inside(c: Token, head: Token) -> bool:
    return c.text in ("-", "–", "/", "'", "&")


def _noun_inside(c: Token, head: Token) -> bool:
    if c.dep_ in ("nmod:unmarked", "nmod:tmod", "nmod:npmod"):
        return c.i < head.i
    if _set_off(c, head):
        return False  # "338 seats, each with a member"
    if preposition(c) == "since" and not singled_out(head):
        return False  # "had been prime minister *since his election in May*"
    return not (preposition(c) or "").startswith(tuple(_OWN["other_phrases"]))


def _adverb_inside(c: Token, head: Token) -> bool:
    if c.lower_ in _OWN["between"]:
        return False  # "is now one of the organizers"
    counts = c.lower_ in phrase_words().about_numbers and c.right_edge.i + 1 < len(c.doc)
    return c.i < head.i and (
        head.pos_ in ("NUM", "ADJ") or (counts and c.doc[c.right_edge.i + 1].pos_ == "NUM")
    )


def _clause_inside(c: Token, head: Token) -> bool:
    """ "the *growing* number"; "the first woman *to lead the church*", "the only species *known to
    eat it*"."""
    if c.i < head.i:
        return not c.dep_.endswith("relcl")
    infinitive = any(t.tag_ == "TO" and t.i < c.i for t in kids(c))
    if infinitive and head.lemma_.lower() in _OWN["stretches"]:
        return False
    return singled_out(head) and child(c, "nsubj") is None and (infinitive or _alone(c, head))


def _before_but(noun: Token, end: int) -> int:
    """The end of "a plan for inspections, *but with conditions*": how it is done is no part of it."""
    doc = noun.doc
    for place in range(noun.i + 1, end):
        if doc[place].text == "," and doc[place + 1].lower_ == "but":
            return place - 1
    return end


def _ranked_end(noun: Token, end: int) -> int:
    """The end of "the 37th country *to legalize gambling*" where the parse hangs the infinitive
    on the verb."""
    doc = noun.doc
    if noun.lemma_.lower() in _OWN["stretches"]:
        return end
    if noun.i != end or end + 2 >= len(doc) or doc[end + 1].tag_ != "TO" or not ranked(noun):
        return end
    verb = doc[end + 1].head
    if verb.i <= end or verb.head != noun.head or relation(verb) not in ("advcl", "xcomp"):
        return end
    last: int = verb.right_edge.i
    while last > end and doc[last].is_punct:
        last -= 1
    return last


def _set_off(phrase: Token, noun: Token) -> bool:
    start = phrase.left_edge
    before = noun.doc[start.i - 1].text if start.i else ""
    return phrase.i > noun.i and "," in (start.text, before)


def _alone(clause: Token, noun: Token) -> bool:
    """ "the *only* species known to eat it": without the clause it says too much."""
    return clause.i == noun.i + 1 and any(
        c.lower_ in _OWN["only_before"] for c in kids(noun) if c.i < noun.i
    )


def _names(apposed: Token, noun: Token) -> bool:
    """Whether a name stands right behind a common noun, without a mark: "the group Orbex"."""
    if noun.pos_ != "NOUN" or name_at(noun) is not None or name_at(apposed) is None:
        return False
    start = apposed.left_edge.i
    return start == noun.i + 1 and not noun.doc[start].is_punct


def shares_count(c: Token, noun: Token) -> bool:
    """Whether a number counts both: "40 fighters *and drivers* were killed" says of neither how many."""
    if (
        noun.tag_ != "NNS"
        or c.tag_ != "NNS"
        or child(c, "det", "nummod", "nmod", "conj") is not None
    ):
        return False
    joined = child(c, "cc")
    counted = child(noun, "nummod") is not None and child(noun, "nmod", "det") is None
    return counted and joined is not None and joined.lower_ == "and" and c.i - noun.i <= _NEAR


#: Whether a word that hangs on the noun so is of its phrase; of other relations all but ``_OUTSIDE``.
_INSIDE: Final[Mapping[str, Callable[[Token, Token], bool]]] = {
    "case": _case_inside,
    "amod": _adjective_inside,
    "nmod": _noun_inside,
    "punct": _sign_inside,
    "advmod": _adverb_inside,
    "acl": _clause_inside,
    "conj": shares_count,
    "appos": _names,
}


@remembered
def ranked(noun: Token) -> bool:
    """Whether it is the first, the last, the only one, the 37th; but not "last year"."""
    if noun.lower_ in cue_words().times:
        return False
    return any(_is_rank(c) for c in kids(noun) if c.i < noun.i)


def _is_rank(word: Token) -> bool:
    numbered = word.text[:1].isdigit() and word.text[-2:] in _OWN["rank_endings"]
    return numbered or word.lower_ in _OWN["ranks"]


def singled_out(noun: Token) -> bool:
    """Whether it is one among all: the first, the only one, or the youngest."""
    return ranked(noun) or any(_is_most(c) for c in kids(noun) if c.i < noun.i)


def singles_out(word: Token) -> bool:
    """Whether a word before a noun makes it one among all: "*first*", "*youngest*"."""
    return _is_rank(word) or _is_most(word)


def _is_most(word: Token) -> bool:
    """ "*youngest*", "most *famous*"."""
    return word.tag_ == "JJS" or (word.tag_ == "JJ" and any(c.tag_ == "RBS" for c in kids(word)))


def _inside_deeper(c: Token, head: Token) -> bool:
    kind = relation(c)
    if kind == "appos" and _names(c, head):
        return True
    if kind in ("acl", "parataxis", "appos"):
        return kind == "acl" and c.i < head.i
    if kind == "nmod" and (preposition(c) or "").startswith(tuple(_OWN["other_phrases"])):
        return False
    return kind not in ("nsubj", "csubj", "advcl", "ccomp")


def char_range(tokens: Iterable[Token]) -> tuple[int, int]:
    """From the first to the last character of these tokens."""
    places = [(token.idx, len(token)) for token in tokens]
    return min(places)[0], sum(max(places))


def leads_in(token: Token, head: Token) -> bool:
    """Whether a first word is none of the label: "*with* its crews", "*both* pilots"; but not
    "*over* 80 seats"."""
    if token == head or token.tag_ not in ("IN", "CC", "TO"):
        return False
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else token
    if following.tag_ == "HYPH" or following.text == "-":
        return False  # "*out*-of-control cars"
    counts = following.pos_ == "NUM" or following.lower_ in phrase_words().about_numbers
    return not counts and following.text not in "$€£¥"
