"""Participants from tokens: what a noun phrase is, as an `Argument`.

`argument` reads the noun phrase that a token heads. Everything reads Universal Dependencies
(version 2); word lists are in ``phrases.toml``.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from spacy.tokens import Doc, Span, Token

from kg.model import Argument, Literal, Mention

NAMES: Final = frozenset(
    [
        "PERSON",
        "ORG",
        "GPE",
        "LOC",
        "FAC",
        "NORP",
        "PRODUCT",
        "WORK_OF_ART",
        "EVENT",
        "LAW",
        "LANGUAGE",
    ]
)
NOMINAL: Final = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM", "X"})
#: Relations that are no part of the noun phrase of their head.
_OUTSIDE: Final = frozenset(
    {
        "acl", "appos", "parataxis", "conj", "cc", "punct", "mark", "dislocated", "discourse",
        "vocative", "nsubj", "csubj", "cop", "aux", "expl", "advcl", "ccomp", "xcomp", "obj",
        "orphan", "reparandum", "list", "dep", "obl",
    }
)  # fmt: skip
_RELATIVE: Final = frozenset({"who", "whom", "which", "that", "whose"})
_LONGEST_LABEL: Final = 12


@dataclass(frozen=True, slots=True)
class _Words:
    transparent: frozenset[str]
    shares: frozenset[str]
    about_numbers: frozenset[str]
    generic: frozenset[str]
    products: frozenset[str]
    makers: frozenset[str]
    making: frozenset[str]
    examples: frozenset[str]
    types: dict[str, str]
    stay_group: frozenset[str]


@cache
def _words() -> _Words:
    path = Path(__file__).with_suffix(".toml")
    data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    types: dict[str, str] = {}
    for name, lemmas in data["types"].items():
        for lemma in lemmas:
            types.setdefault(lemma, name)
    return _Words(
        transparent=frozenset(data["transparent"]),
        shares=frozenset(data["shares"]),
        about_numbers=frozenset(data["about_numbers"]),
        generic=frozenset(data["generic"]),
        products=frozenset(data["products"]),
        makers=frozenset(data["makers"]),
        making=frozenset(data["making"]),
        examples=frozenset(data["examples"]["words"]),
        types=types,
        stay_group=frozenset(data["singular"]["stay_group"]),
    )


# --- the article's names and values, by token --------------------------------------------------


@dataclass(slots=True)
class _Index:
    """Which mention and which value stands at a token (by ``token.i``)."""

    name: dict[int, tuple[int, int, str]]  # every token of a name -> (start, end) char, label
    mention: dict[int, Mention]  # the syntactic head of a mention -> the mention
    value: dict[int, Literal]  # every token of a value that heads nothing outside it
    value_span: dict[int, tuple[int, int]]


def _index(doc: Doc) -> _Index:
    found = doc.user_data.get("kg.phrases")
    if isinstance(found, _Index):
        return found
    index = _Index({}, {}, {}, {})
    for ent in doc.ents:
        if ent.label_ in NAMES:
            for token in ent:
                index.name[token.i] = (ent.start_char, ent.end_char, ent.label_)
    mentions: Iterable[Mention] = doc._.kg_mentions if Doc.has_extension("kg_mentions") else ()
    for mention in mentions or ():
        span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
        if span is None or not len(span):
            continue
        if mention.kind == "name":
            for token in span:
                known = index.name.get(token.i)
                if known is None or known[1] - known[0] <= mention.end - mention.start:
                    index.name[token.i] = (mention.start, mention.end, mention.label or "")
        index.mention.setdefault(span.root.i, mention)
    for span in doc.spans.get("kg_values", ()):
        literal = span._.kg_value if Span.has_extension("kg_value") else None
        if isinstance(literal, Literal):
            for token in span:
                index.value[token.i] = literal
                index.value_span[token.i] = (span.start_char, span.end_char)
    doc.user_data["kg.phrases"] = index
    return index


def forget(doc: Doc) -> None:
    """Drop what was remembered of ``doc``: call it after its mentions or values were changed."""
    for key in [k for k in doc.user_data if isinstance(k, str) and k.startswith("kg.phrases")]:
        del doc.user_data[key]


def text_of(doc: Doc) -> str:
    """``doc.text``, made once: spaCy puts it together anew each time."""
    text: str | None = doc.user_data.get("kg.phrases.text")
    if text is None:
        text = doc.user_data["kg.phrases.text"] = doc.text
    return text


def name_at(token: Token) -> tuple[int, int, str] | None:
    """``(start, end, label)`` of the name that covers this token, in characters, or None."""
    return _index(token.doc).name.get(token.i)


def mention_at(token: Token) -> Mention | None:
    """The mention (name, noun or pronoun) whose head is this token, or None."""
    return _index(token.doc).mention.get(token.i)


def value_at(token: Token) -> Literal | None:
    """The date, money, number... that this token is part of, or None."""
    return _index(token.doc).value.get(token.i)


# --- small readings of the tree ---------------------------------------------------------------


def relation(token: Token) -> str:
    """The relation without its subtype: ``nsubj`` for ``nsubj:pass``; ``root`` in any case."""
    dep = token.dep_
    return dep.partition(":")[0] if ":" in dep else dep.lower() if dep == "ROOT" else dep


def children(token: Token, *relations: str) -> list[Token]:
    """Its children with one of these relations, in text order (``obl`` also means any subtype)."""
    return [c for c in token.children if c.dep_ in relations or relation(c) in relations]


def child(token: Token, *relations: str) -> Token | None:
    """The first such child."""
    for c in token.children:
        if c.dep_ in relations or relation(c) in relations:
            return c
    return None


def preposition(token: Token) -> str | None:
    """The preposition before a phrase, its fixed parts joined ("according to", "because of")."""
    for c in token.children:
        if c.dep_ == "case" and c.tag_ != "POS" and c.i < token.i:
            words = [c, *children(c, "fixed")]
            more = [
                d for d in token.children
                if d.dep_ == "case" and d != c and d.i == words[-1].i + 1 and d.i < token.i
            ]  # fmt: skip
            return " ".join(t.lower_ for t in sorted([*words, *more], key=lambda t: t.i))
    return None


def possessor(token: Token) -> Token | None:
    """The token of "X" in "X's token" or "its token"."""
    return child(token, "nmod:poss")


def is_plural(token: Token) -> bool:
    """Whether the noun is plural by its tag or form."""
    return token.tag_ in ("NNS", "NNPS") or "Plur" in token.morph.get("Number", [])


def is_clausal(token: Token) -> bool:
    """Whether a token heads a clause: a verb, or a noun or adjective with a copula or subject."""
    if token.pos_ == "VERB":
        return True
    return any(relation(c) in ("nsubj", "cop", "csubj") for c in token.children)


def antecedent(token: Token) -> Token:
    """What a relative pronoun stands for, or the token itself."""
    if token.lower_ not in _RELATIVE or token.pos_ not in ("PRON", "DET", "SCONJ", "ADP"):
        return token
    at = token
    for _ in range(12):
        if at.dep_ in ("acl:relcl", "advcl:relcl"):
            return at.head if at.dep_ == "acl:relcl" else token
        if at.head == at:
            break
        at = at.head
    return _noun_before(token) or token


def _noun_before(token: Token) -> Token | None:
    """The noun that stands right before ", which": where the parse took the clause for another."""
    if token.lower_ not in ("which", "who") or token.is_sent_start or not token.i:
        return None
    doc = token.doc
    place = token.i - 1
    while place > token.i - 4 and place > 0 and (
        doc[place].pos_ in ("ADP", "DET", "NUM") or doc[place].lower_ in ("most", "many", "one")
    ):  # fmt: skip
        place -= 1
    if doc[place].text != ",":
        return None
    noun = doc[place - 1]
    while (
        relation(noun) in ("flat", "compound", "nmod", "punct", "appos") and noun.head.i < token.i
    ):
        noun = noun.head
    return noun if noun.pos_ in ("NOUN", "PROPN") else None


# --- spans -----------------------------------------------------------------------------------


def phrase_tokens(token: Token) -> list[Token]:
    """The words of the noun phrase of ``token``, in order and without a gap: no relative clause,
    apposition, bracket, coordinated phrase, subject or preposition of its own."""
    keep = {token.i}
    queue = [c for c in token.children if _inside(c, token)]
    while queue:
        at = queue.pop()
        keep.add(at.i)
        queue.extend(c for c in at.children if _inside_deeper(c, at))
    doc = token.doc
    start = end = token.i
    while True:
        if start - 1 in keep or (start > 1 and doc[start - 1].is_punct and start - 2 in keep):
            start -= 1
            continue
        before = _over_bracket(doc, start - 1, -1)
        if before is None or before not in keep:
            break
        start = before
    last = len(doc) - 1
    while True:
        if end + 1 in keep or (end + 2 <= last and doc[end + 1].is_punct and end + 2 in keep):
            end += 1
            continue
        after = _over_bracket(doc, end + 1, 1)
        if after is None or after not in keep:
            break
        end = after
    out = [doc[i] for i in range(start, end + 1)]
    while len(out) > 1 and out[-1].is_punct and out[-1].text not in ")]%":
        out.pop()
    while len(out) > 1 and (
        (out[0].is_punct and out[0].text not in "([$#")
        or (out[0].pos_ == "ADP" and _leads_in(out[0], token))
    ):
        out.pop(0)
    return out


def _over_bracket(doc: Doc, place: int, step: int) -> int | None:
    """The place behind a short bracket that opens at ``place``: "intelligence (AI) software"."""
    opening, closing = ("(", ")") if step > 0 else (")", "(")
    if not 0 <= place < len(doc) or doc[place].text != opening:
        return None
    for at in range(place + step, place + 7 * step, step):
        if not 0 <= at < len(doc):
            return None
        if doc[at].text == closing:
            return at + step
    return None


def _inside(c: Token, head: Token) -> bool:
    kind = relation(c)
    if kind == "case":
        return c.tag_ != "POS" and c.i > head.i
    if kind == "amod" and c.i > head.i + 1:
        return False
    if c.dep_ in ("nmod:unmarked", "nmod:tmod", "nmod:npmod"):
        return c.i < head.i
    if kind == "punct":
        return c.text in ("-", "–", "/", "'", "&")
    if kind == "advmod":
        counts = c.lower_ in _words().about_numbers and c.right_edge.i + 1 < len(c.doc)
        return c.i < head.i and (
            head.pos_ in ("NUM", "ADJ") or (counts and c.doc[c.right_edge.i + 1].pos_ == "NUM")
        )
    if kind == "conj" or kind in _OUTSIDE:
        # "the growing number", "a united front": participles before the noun are its modifiers
        return kind == "acl" and c.i < head.i and not c.dep_.endswith("relcl")
    return not (
        kind == "nmod" and (preposition(c) or "").startswith(("according", "such as", "including"))
    )


def _inside_deeper(c: Token, head: Token) -> bool:
    kind = relation(c)
    if kind in ("acl", "parataxis", "appos"):
        return kind == "acl" and c.i < head.i
    if kind == "nmod" and (preposition(c) or "").startswith(("according", "such as", "including")):
        return False
    return kind not in ("nsubj", "csubj", "advcl", "ccomp")


def char_range(tokens: Iterable[Token]) -> tuple[int, int]:
    """From the first to the last character of these tokens."""
    tokens = list(tokens)
    first = min(tokens, key=lambda t: t.i)
    last = max(tokens, key=lambda t: t.i)
    return first.idx, last.idx + len(last.text)


def named_head(token: Token) -> tuple[Token, tuple[int, int, str]] | None:
    """The name that says who or what the phrase of ``token`` is: the token's own, or that of a
    noun beside it ("the startup Runway", "its rival, Lionsgate")."""
    own = name_at(token)
    if own is not None:
        return token, own
    if token.pos_ not in ("NOUN", "ADJ", "PROPN"):
        return None
    for c in token.children:
        kind = relation(c)
        if kind in ("flat", "appos") or c.dep_ in ("nmod:desc", "nmod:unmarked"):
            name = name_at(c) or _untyped_name(token, c)
            if name is None or (kind == "appos" and not _plain_apposition(token, c)):
                continue
            if name[2] in ("NORP", "LAW") or (c.dep_ == "nmod:unmarked" and c.i < token.i):
                continue
            return c, name
    above = token.head
    if relation(token) == "appos" and above.i < token.i:  # "Runway, a startup" -> Runway
        name = name_at(above)
        if name is not None and not is_plural(token):
            return above, name
        place = token.left_edge.i - 2  # "software from Runway, a startup"
        if place > 0 and token.nbor(place + 1 - token.i).text == "," and not is_plural(token):
            before = token.doc[place]
            name = name_at(before)
            if name is not None and name[2] not in ("NORP", "GPE", "LOC"):
                return before, name
    return None


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
    words = _words()
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


# --- labels and types ------------------------------------------------------------------------


def topic_label(token: Token, *, counted: bool = False) -> str:
    """The normalised label of a noun phrase that is no name: its head as a lemma, its modifiers
    in lower case but for names and capitals, without determiners, possessive pronouns and
    brackets: "concern over job security", "AI video generation technology". With ``counted`` the
    head stays as it is written: "seats" of "half of the seats"."""
    tokens = phrase_tokens(token)
    if len(tokens) > _LONGEST_LABEL:
        tokens = _shorten(token, tokens)
    counted = counted or any(relation(c) == "nummod" for c in token.children)
    parts: list[str] = []
    skip_to = -1
    for at in tokens:
        if at.i <= skip_to:
            continue
        if at.text in "([" and at != tokens[0]:
            close = next((t for t in tokens if t.i > at.i and t.text in ")]"), None)
            skip_to = close.i if close is not None else at.i
            continue
        if _dropped(at) or (not parts and _leads_in(at, token)):
            if parts and at.whitespace_:
                parts.append(" ")
            continue
        parts.append(_label_word(at, token, counted) + at.whitespace_)
        if at.tag_ == "POS":
            parts[-2:-1] = [parts[-2].rstrip()] if len(parts) > 1 else []
    return " ".join("".join(parts).split()).strip(" ,;:–—-\"“”'’")


def in_title_case(token: Token) -> bool:
    """Whether the token stands in a headline that writes its words with capitals."""
    memo: dict[int, bool] = token.doc.user_data.setdefault("kg.phrases.title", {})
    start, end = sentence_of(token)
    known = memo.get(start)
    if known is None:
        words = (token.doc[i] for i in range(start, end))
        long = [t for t in words if t.is_alpha and len(t.text) > 3]
        known = len(long) > 2 and sum(t.text[0].isupper() for t in long) >= 0.8 * len(long)
        memo[start] = known
    return known


def sentence_of(token: Token) -> tuple[int, int]:
    """First token and end of the token's sentence. (``token.sent`` reads the whole Doc.)"""
    doc = token.doc
    starts: list[int] | None = doc.user_data.get("kg.phrases.sentences")
    if starts is None:
        starts = [s.start for s in doc.sents]
        doc.user_data["kg.phrases.sentences"] = starts
    place = bisect_right(starts, token.i) - 1
    return starts[place], starts[place + 1] if place + 1 < len(starts) else len(doc)


def _opens(token: Token) -> bool:
    """Whether the word is the first of its sentence or of a quotation."""
    return token.is_sent_start or not token.i or token.nbor(-1).text in "\"“‘'•:-–—"


def _dropped(token: Token) -> bool:
    if token.text in '"“”‘' or token.tag_ in ("``", "''") or token.text in ("``", "''"):
        return True
    if relation(token) == "det" or token.tag_ in ("DT", "PDT", "WDT"):
        return True
    return token.tag_ in ("PRP$", "WP$") or (token.tag_ == "PRP" and token.dep_ == "nmod:poss")


def _leads_in(token: Token, head: Token) -> bool:
    """Whether a first word is none of the label: "*with* its crews", "*both* pilots"; but not
    "*over* 80 seats"."""
    if token == head or token.tag_ not in ("IN", "CC", "TO"):
        return False
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else token
    counts = following.pos_ == "NUM" or following.lower_ in _words().about_numbers
    return not counts and following.text not in "$€£¥"


def _label_word(at: Token, head: Token, counted: bool) -> str:
    if name_at(at) is not None or (at.is_upper and len(at.text) > 1):
        return at.text
    if at.pos_ == "PROPN" and not in_title_case(at):
        return at.text
    if any(c.isupper() for c in at.text[1:]):
        return at.text
    capital = at.text[:1].isupper() and at.pos_ != "NOUN" and not _opens(at)
    if capital and not in_title_case(at):
        return at.text
    if at == head and at.pos_ == "NOUN" and not counted:
        lemma: str = at.lemma_
        return lemma.lower()
    return str(at.lower_)


def _shorten(head: Token, tokens: list[Token]) -> list[Token]:
    """The head with what stands before it, and its first "of" phrase if that is short."""
    kept = [t for t in tokens if t.i <= head.i]
    for c in children(head, "nmod"):
        if c.i > head.i and preposition(c) == "of":
            part = [t for t in phrase_tokens(c) if t.i > head.i]
            if part and len(part) <= 5:
                lead = [t for t in tokens if head.i < t.i < part[0].i]
                kept += [*lead, *part]
            break
    return kept[-_LONGEST_LABEL:]


def type_hint(token: Token) -> str | None:
    """The ontology class that the head noun tells, e.g. Group for "actors and writers"."""
    words = _words()
    found = words.types.get(token.lemma_.lower())
    if found == "Group" and token.lemma_.lower() not in words.stay_group:
        return "Group" if is_plural(token) else "Person"
    if found == "Organization" and token.tag_ == "NNS":
        return "Group"
    return found


# --- arguments -------------------------------------------------------------------------------


def content_head(token: Token) -> Token:
    """The word that carries the meaning: "productions" in "one of its productions"."""
    words = _words()
    at = token
    for _ in range(4):
        if at.lemma_.lower() not in words.transparent and at.pos_ != "NUM":
            return at
        if name_at(at) is not None or _counted_itself(at):
            return at
        inner = [
            c for c in children(at, "nmod") if preposition(c) in ("of", "among") and c.i > at.i
        ]
        if not inner:
            return at
        at = inner[0]
    return at


def _counted_itself(token: Token) -> bool:
    """ "*the* number of workers" is a number, "a number of workers" are workers."""
    if token.lemma_.lower() not in (
        "number",
        "amount",
        "percentage",
        "proportion",
        "total",
        "rate",
    ):
        return False
    return any(c.lower_ == "the" for c in token.children)


def is_generic(token: Token) -> bool:
    """Whether a phrase carries no node: "the way", "some", "it all" - a generic head that no
    adjective, noun or "of" phrase specifies."""
    if name_at(token) is not None or value_at(token) is not None:
        return False
    if token.lemma_.lower() not in _words().generic and token.pos_ not in ("DET", "ADV", "PART"):
        return False
    return not any(
        relation(c) in ("amod", "compound") or (relation(c) == "nmod" and c.dep_ != "nmod:poss")
        for c in token.children
    )


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
    literal = _literal(token) if head == token else None
    if literal is not None:
        span = _index(token.doc).value_span.get(token.i, (start, end))
        return Argument(role, "literal", *span, *span, literal.label, None, literal)
    named = named_head(head)
    if named is not None:
        at, (name_start, name_end, _) = named
        start, end = min(start, name_start), max(end, name_end)
        label = text_of(token.doc)[name_start:name_end]
        hint = type_hint(head) if at != head else None
        return Argument(role, "mention", start, end, name_start, name_end, label, hint)
    if is_generic(head) or (head.pos_ == "VERB" and head.tag_ != "VBG"):
        return None
    head_start, head_end = _head_range(head)
    known = mention_at(head)
    pronoun = head.pos_ == "PRON" or head.tag_ in ("PRP", "PRP$", "WP")
    kind = "mention" if known is not None or pronoun else "topic"
    share = _share(token, head)
    label = head.text if pronoun else share + topic_label(head, counted=bool(share))
    if not label or not any(c.isalnum() for c in label):
        return None
    if kind == "topic" and len(label) > 120:
        return None
    return Argument(
        role, "mention" if kind == "mention" else "topic", start, end, head_start, head_end,
        label, None if pronoun else type_hint(head),
    )  # fmt: skip


def _share(token: Token, head: Token) -> str:
    """What part of them is meant: "over 80 % of " for "over 80 % of the seats"."""
    words = _words()
    if token == head or token.lemma_.lower() not in words.shares or token.i > head.i:
        return ""
    before = [t for t in phrase_tokens(token) if t.i <= token.i and not _dropped(t)]
    if any(t.pos_ not in ("NUM", "NOUN", "ADJ", "ADV", "SYM", "ADP", "PUNCT") for t in before):
        return ""
    doc = token.doc
    said = "".join(doc[t.i].lower_ + t.whitespace_ for t in before)
    return f"{' '.join(said.split())} of "


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
    index = _index(token.doc)
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
    while first and _part_of_name(phrase[first - 1]):
        first -= 1
    while last + 1 < len(phrase) and _part_of_name(phrase[last + 1]):
        last += 1
    return char_range(t for t in phrase[first : last + 1] if first == last or t.text != "-")


def _part_of_name(token: Token) -> bool:
    return token.pos_ == "PROPN" or (token.text in ("-", "&") or token.tag_ == "NNP")


def clause_argument(token: Token, role: str) -> Argument:
    """A whole clause as a participant, headed by the predicate ``token``. Its ``claim`` is filled
    in when the clause's own claims are known."""
    outside = {
        t.i
        for c in token.children
        if c.i < token.i and relation(c) in ("mark", "punct", "cc")
        for t in c.subtree
    }
    inside = [t for t in token.subtree if t.i not in outside]
    while len(inside) > 1 and inside[-1].is_punct:
        inside.pop()
    while len(inside) > 1 and inside[0].is_punct:
        inside.pop(0)
    start, end = char_range(inside)
    label = " ".join(text_of(token.doc)[start:end].split())
    return Argument(role, "clause", start, end, token.idx, token.idx + len(token.text), label[:200])


# --- several at once -------------------------------------------------------------------------


def conjuncts(token: Token) -> tuple[Token, ...]:
    """The token and what is coordinated with it and meant: "X and Y", "X as well as Y", but of
    "not X but Y" only Y, of "X rather than Y" and "X, not Y" only X."""
    found = list(_conjuncts(token))
    if len(found) > 1 and _negated(token):
        found = found[1:]
    return tuple(found)


def _conjuncts(token: Token) -> Iterator[Token]:
    yield token
    clausal = is_clausal(token)
    for c in children(token, "conj"):
        mixed = is_clausal(c) != clausal and not (clausal and c.pos_ in NOMINAL)
        if mixed and (clausal or not _plain_noun(c)):
            continue
        if _left_out(c) or (not clausal and _starts_clause(c)):
            continue
        yield from _conjuncts(c)


def _starts_clause(conjunct: Token) -> bool:
    """Whether a noun that the parse hung on an object is the subject of a verb right after it:
    "studios adopt AI, and even Disney ... is considering it"."""
    doc, at = conjunct.doc, conjunct.right_edge.i + 1
    while at < len(doc) and (doc[at].text == "," or doc[at].pos_ == "ADV"):
        at += 1
    if at >= len(doc) or doc[at].tag_ not in ("VBZ", "VBP", "VBD", "MD"):
        return False
    verb = doc[at].head if relation(doc[at]) in ("aux", "cop") else doc[at]
    if relation(verb) not in ("conj", "parataxis") or verb.i < conjunct.i:
        return False
    return child(verb, "nsubj", "cc", "mark") is None and child(conjunct, "cc") is not None


def _plain_noun(token: Token) -> bool:
    return token.pos_ in NOMINAL and child(token, "nsubj") is None


def _negated(token: Token) -> bool:
    for c in token.children:
        if c.lower_ == "not" and c.i < token.i and relation(c) in ("advmod", "cc"):
            following = token.doc[c.i + 1].lower_ if c.i + 1 < len(token.doc) else ""
            return following not in ("only", "just", "merely", "simply")
    return False


def _left_out(conjunct: Token) -> bool:
    """Whether a conjunct is the one that is not meant: "rather than Y", "but not Y"."""
    for c in children(conjunct, "cc", "advmod", "case", "mark"):
        if c.i > conjunct.i:
            continue
        if c.lower_ in ("not", "rather", "instead", "nor", "never"):
            following = conjunct.doc[c.i + 1].lower_
            if following not in ("only", "just", "merely", "simply", "alone"):
                return True
    return False


def examples(token: Token) -> tuple[Token, ...]:
    """The members that "such as", "including" or "like" name of a group: Sony Pictures and
    Lionsgate for "studios such as Sony Pictures and Lionsgate". Names only."""
    words = _words().examples
    found: list[Token] = []
    for c in children(token, "nmod", "acl", "appos", "obl"):
        first = (preposition(c) or "").split(" ")[0]
        if first in words and c.i > token.i:
            found += [t for t in conjuncts(c) if name_at(t) is not None]
    return tuple(found) if is_plural(token) else ()


def meant(token: Token) -> tuple[Token, ...]:
    """All participants that a phrase names: its conjuncts, and the examples of each."""
    out: list[Token] = []
    for at in conjuncts(antecedent(token)):
        out.append(at)
        out += [t for t in examples(at) if t not in out]
    return tuple(out)
