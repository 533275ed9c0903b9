"""Posts in a text: "co-CEO", "Secretary of State", and the words that tell where and when.

The posts and what they mean for person and organisation are in ``words/en/roles.toml``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from spacy.tokens import Doc, Token

from kg.analysis import analysis_of
from kg.countries import country, is_country, is_nation
from kg.extract.grammar.annotations import mention_at, mentions_of, name_at, names_of, text_of
from kg.extract.grammar.arguments import argument, named_head
from kg.extract.grammar.index import kids, relation, spelled, tokens_of, words_of
from kg.extract.grammar.labels import type_hint
from kg.extract.grammar.noun_phrases import phrase_tokens
from kg.extract.grammar.tree import (
    child,
    children,
    is_plural,
    possessor,
    preposition,
    sentence_of,
)
from kg.extract.words.load import rule_words, word_file, word_table
from kg.model import Argument

_OWN: Final = rule_words("posts")

_BODIES: Final = frozenset({"ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT", "WORK_OF_ART", ""})
_HYPHENS: Final = frozenset("-–‐")
_DEPUTY: Final = _OWN["deputy"]
_LEAGUE: Final = (" League", " Conference", " Division")


@dataclass(frozen=True, slots=True)
class Words:
    """The word lists of ``words/en/roles.toml``; ``property`` maps a post to the property it means."""

    property: Mapping[str, str]
    former: frozenset[str]
    future: frozenset[str]
    prepositions: frozenset[str]
    as_verbs: frozenset[str]
    serving: frozenset[str]
    getting: frozenset[str]
    proposing: frozenset[str]
    ending: frozenset[str]
    shared: frozenset[str]
    of_state: frozenset[str]
    governing: frozenset[str]
    own_kinds: frozenset[str]
    of_all: frozenset[str]
    fields: frozenset[str]
    with_fields: frozenset[str]
    with_matters: frozenset[str]
    with_titles: frozenset[str]
    one_of: Mapping[str, str]
    of_people: frozenset[str]
    of_country: frozenset[str]
    sent: frozenset[str]
    resigning: frozenset[str]
    removing: frozenset[str]
    of_something: frozenset[str]
    plurals: Mapping[str, str]


@cache
def lists() -> Words:
    """The word lists of ``words/en/roles.toml``."""
    return word_table(Words, "roles")


@cache
def _fields() -> frozenset[str]:
    """The adjectives that tell which post it is."""
    lines = word_file("pertaining.txt").splitlines()
    return lists().fields.union(*(line.split() for line in lines if not line.startswith("#")))


@dataclass(frozen=True, slots=True)
class Post:
    """The words of a post: tokens from ``start`` to ``end`` (exclusive), its head, its name in
    ``words/en/roles.toml`` and the property it means."""

    start: int
    end: int
    head: Token
    name: str
    means: str

    def label(self, doc: Doc) -> str:
        """Readable, lower case unless it is an abbreviation: "co-CEO", "prime minister"."""
        words = doc[self.start : self.end].text.split()
        words = [w[3:] if w.lower().startswith("ex-") else w for w in words[:1]] + words[1:]
        if " ".join(words).lower() in (f"{self.name}s", lists().plurals.get(self.name, "")):
            words = self.name.split()
        elif words and words[-1].lower() == f"{self.name.split()[-1]}s":
            words[-1] = words[-1][:-1]  # "acting presidents"
        elif words and words[-1].lower().endswith("men"):
            words[-1] = f"{words[-1][:-2]}an"  # "committee chairmen"
        words = [*_rank_apart(self), *words]
        return " ".join(w if any(c.isupper() for c in w[1:]) else w.lower() for w in words)

    def leads(self, doc: Doc, *, place: bool) -> bool:
        """Whether who holds it leads the place, or the body, that it is of: not "police chief" of a
        town, nor "policy chief" of a union of states."""
        words = self.label(doc).removeprefix("former ")
        if place:
            return words in lists().governing and not _of_some(self)
        kind = words.removesuffix(self.name).split()
        whole = not words.endswith(self.name) or not kind or kind[-1] in lists().own_kinds
        return whole and not _of_a_part(self)

    @property
    def plural(self) -> bool:
        """Whether several hold it: "Senators X and Y"."""
        return is_plural(self.head)


def _of_some(post: Post) -> bool:
    """Whether it is a leader of some who live in a place: "Kashmir's *pro-independence* leader"."""
    told = (c for c in children(post.head, "amod", "compound") if c.i < post.start)
    return post.name == "leader" and any(
        name_at(c) is None and c.lower_ not in lists().of_all for c in told
    )


def _of_a_part(post: Post) -> bool:
    """Whether it is a post in a part of the body only: "research and *communications* manager",
    "director *of assurance* at Orbex"."""
    head, doc = post.head, post.head.doc
    before = doc[post.start - 1] if post.start else head
    plain = before.pos_ == "NOUN" and before.is_lower and name_at(before) is None
    if plain and before.lower_ not in lists().own_kinds and head in before.ancestors:
        return True
    return part_of(post) is not None


def part_of(post: Post) -> Token | None:
    """What a post is for, where it is no body: the "assurance" of "director *of assurance*"."""
    return next(
        (
            c
            for c in children(post.head, "nmod")
            if preposition(c) in ("of", "for")
            and (c.left_edge.i == post.end and c.tag_ in ("NN", "NNS") and c.is_lower)
            and type_hint(c) not in ("Group", "Organization", "Place", "Person")
            and name_at(c) is None
            and child(c, "det", "nmod:poss") is None
        ),
        None,
    )


def _rank_apart(post: Post) -> list[str]:
    """The rank that the name of a body parts from its post: "*Assistant* Leeds Prosecutor"."""
    doc, at = post.head.doc, post.start - 1
    while at >= 0 and post.start - at <= 5 and name_at(doc[at]) is not None:
        at -= 1
    apart = 0 <= at < post.start - 1 and doc[at].lower_ in _DEPUTY
    return [doc[at].text] if apart and relation(doc[at]) in ("amod", "compound") else []


def is_deputy(word: Token) -> bool:
    """ "*deputy*", "*acting*": whose post is not quite that."""
    return word.lower_ in _DEPUTY


def posts(doc: Doc) -> tuple[Post, ...]:
    """The posts that the text names, the longest reading of each."""
    return analysis_of(doc).known[_posts]


def _posts(doc: Doc) -> tuple[Post, ...]:
    known = lists().property
    found: list[Post] = []
    longest = 8
    text, tokens = text_of(doc), tokens_of(doc)
    firsts = [w for w in words_of(doc) if w.removeprefix("ex-").rstrip("s") in _firsts()]
    for at in spelled(doc, firsts):
        if found and at < found[-1].end:
            continue
        best: Post | None = None
        for end in range(min(len(doc), at + longest), at, -1):
            last = tokens[end - 1]
            if last.is_space or last.is_punct:
                continue
            name = _spelled(text[tokens[at].idx : last.idx + len(last.text)])
            if name in known:
                head = _head(tokens[at:end])
                if _is_post(head, at, end) and not _is_another_thing(doc, at, name):
                    start, property_ = _deputy(doc, at, head, known[name])
                    property_ = _one_of(head, property_)
                    best = _whole(doc, Post(start, end, head, name, property_))
                    if (
                        found
                        and found[-1].name in _DEPUTY
                        and (found[-1].end == at or best.start < found[-1].end)
                    ):  # "deputy secretary of state"; not "[...] Sheriff's Deputy Mayor"
                        best = replace(best, start=_behind_owner(doc, found.pop()))
                    if found and (best.start <= found[-1].start or _is_part(found[-1], best)):
                        # "*chief* nursing officer", "*sheriff's* deputy", "*consultant* vascular surgeon"
                        best = replace(best, start=min(best.start, found.pop().start))
                    if found and best.start < found[-1].end:
                        best = replace(best, start=found[-1].end)
                break
        if best is not None:
            found.append(best)
    return tuple(found)


def _is_part(before: Post, post: Post) -> bool:
    """Whether a post is but a word of the next: "*consultant* surgeon", "*trainee* teacher"."""
    word = before.head
    apart = name_at(word) is not None or not word.is_lower or before.plural
    return relation(word) == "compound" and word.head == post.head and not apart


def _behind_owner(doc: Doc, post: Post) -> int:
    """Where the post begins without whose deputy it is."""
    own = [t.i + 1 for t in doc[post.start : post.end] if t.tag_ == "POS"]
    return max(own, default=post.start)


@cache
def _firsts() -> frozenset[str]:
    """The words with which a post can begin, without a plural's s."""
    first = {post.split()[0] for post in lists().property}
    first |= {word.split("-")[0] for word in first}
    first |= {word.replace("man", "men") for word in first if word.endswith("man")}
    first |= {word[:-1] + "ie" for word in first if word.endswith("y")}
    return frozenset(word.rstrip("s") for word in first)


def _deputy(doc: Doc, start: int, head: Token, property_: str) -> tuple[int, str]:
    """A deputy does not lead: the post's start with "deputy", and what it then stands for."""
    near = start > 0 and doc[start - 1].lower_ in _DEPUTY
    lower = near or any(c.lower_ in _DEPUTY and c.i < head.i for c in kids(head))
    if lower and property_ in ("leads", "chiefExecutiveOf"):
        property_ = "worksFor"
    return (start - 1 if near else start), property_


def _one_of(head: Token, property_: str) -> str:
    """What a post means that several have: "*a* director of the bank" doesn't lead it."""
    if any(relation(c) == "det" and c.lower_ in ("a", "an") for c in kids(head)):
        return lists().one_of.get(property_, property_)
    return property_


def _whole(doc: Doc, post: Post) -> Post:
    """The post with the words that tell which: "*physics* professor", "*civil rights* leader",
    "*Roads and Bridges* Minister", "Secretary *of Transportation*"."""
    title = name_at(post.head)
    end = post.end
    if title is not None and title[2] == "ORG" and title[0] == doc[post.start].idx:
        while end < len(doc) and doc[end].idx < title[1] and doc[end].lower_ != "for":
            end += 1
    end = max(end, _matter(doc, end, post))
    start = post.start
    reach = _field_word if post.name in lists().with_fields else _kind_word
    if post.name in lists().with_titles and doc[start].is_title:
        reach = _title_word
    at = start - 1
    while at >= 0 and reach(doc[at], range(start, end), post.head):
        start = at if doc[at].pos_ not in ("CCONJ", "PUNCT") else start
        at -= 1
    start = _whose(doc, _with_rank(doc, _untorn(doc, start), post), post.head)
    return replace(post, start=start, end=end)


def _untorn(doc: Doc, start: int) -> int:
    """The start with the first part of a word with a hyphen: "*open*-source developer"; not "ex-chancellor"."""
    if start < 2 or doc[start - 1].text not in _HYPHENS or doc[start - 1].whitespace_:
        return start
    first, told = doc[start - 2], lists().former | lists().future | _DEPUTY
    apart = first.whitespace_ or name_at(first) is not None or first.lower_ in told
    return start if apart or not first.is_alpha or start == doc[start].head.i else start - 2


def _with_rank(doc: Doc, start: int, post: Post) -> int:
    """The start with the rank that words of a field part from its post: "*Chief* Nursing Officer",
    "*Deputy* Police Commissioner"."""
    ranks = _DEPUTY | (_OWN["chief"] if post.head.lower_ in _OWN["with_chief"] else frozenset())
    at = start
    while at > max(post.head.left_edge.i, start - 4):
        at -= 1
        if doc[at].lower_ in ranks and doc[at].lower_ != doc[start].lower_:
            return at
        if name_at(doc[at]) is not None or not doc[at].is_alpha:
            return start
    return start


def _whose(doc: Doc, start: int, head: Token) -> int:
    """The start with those whom the post is for: "*children's* commissioner"."""
    if start < 2 or doc[start - 1].tag_ != "POS":
        return start
    owner = doc[start - 2]
    of_office = owner.lower_ in _OWN["with_deputies"] and doc[start].lower_ in _DEPUTY
    plain = (
        (owner.tag_ == "NNS" or of_office)
        and name_at(owner) is None
        and owner.head in (head, head.head)
    )
    bare = all(relation(c) in ("det", "case") or (of_office and name_at(c)) for c in kids(owner))
    return start - 2 if plain and bare else start


def _matter(doc: Doc, end: int, post: Post) -> int:
    """The end of what a ministry is for, after it: "Secretary *of Justice*", not "of Norway"."""
    of_matters = post.name in lists().with_matters and end + 1 < len(doc)
    if not of_matters or doc[end].lower_ != "of" or not doc[end].nbor().text[:1].isupper():
        return end
    name = name_at(doc[end + 1])
    if (name is not None and name[2] != "ORG") or country(doc[end + 1].text) is not None:
        return end
    at = end + 1
    while at < len(doc) and (doc[at].text[:1].isupper() or doc[at].lower_ == "and"):
        at += 1
    return at


def _kind_word(token: Token, inside: range, head: Token) -> bool:
    """A common noun that hangs on the post, or a word that hangs on such a noun."""
    if name_at(token) is not None or token.lower_ in lists().former | lists().future:
        return False
    if _is_another_thing(token.doc, token.i, token.lower_):
        return False  # "free *agent* forward"
    hangs = token.head.i in inside or token.head == head.head
    if relation(token) == "compound":
        return hangs and token.pos_ == "NOUN" and token.lower_ not in _DEPUTY
    deeper = token.head.i in inside and token.head.i < head.i and token.head.pos_ == "NOUN"
    return relation(token) == "amod" and (deeper or (hangs and token.lower_ in _fields()))


def _field_word(token: Token, inside: range, head: Token) -> bool:
    """A word of what a ministry is for: "*foreign affairs* minister", "*Roads and Bridges* Minister",
    whatever else the names of the text make of it."""
    name = name_at(token)
    if country(token.text) is not None:
        return False
    if name is not None and (name[2] != "ORG" or "\n" in text_of(token.doc)[name[0] : head.idx]):
        return False
    if token.lower_ in lists().former or token.lower_ in lists().future:
        return False
    if token.lower_ == "and":
        before = token.nbor(-1) if token.i else token
        part = relation(before) in ("compound", "conj", "nmod") or name_at(before) is None
        part = part or country(_first_word(before)) is not None
        return token.i + 1 in inside and part and before.text[:1].isupper()
    if name is not None or (token.pos_ in ("NOUN", "PROPN") and token.text[:1].isupper()):
        return token.text[:1].isupper() and not token.text.isupper()
    return _kind_word(token, inside, head) or (relation(token) == "amod" and token.head == head)


def _title_word(token: Token, inside: range, head: Token) -> bool:
    """A word of a title that tells what the office is for: "*Energy* Secretary", also where the text's
    names join it to the country ("U.S. *Trade* Representative")."""
    name, first = name_at(token), _first_word(token)
    joined = name is not None and name[2] == "ORG" and first != token.text
    if not (name is None or (joined and (is_country(first) or country(first) is not None))):
        return False
    titled = token.is_title and token.pos_ in ("NOUN", "PROPN") and country(token.text) is None
    known = token.lower_ in lists().former | lists().future | _DEPUTY
    hangs = relation(token) in ("compound", "nmod") and token.head.i in inside
    return (titled and hangs and not known) or _kind_word(token, inside, head)


def _first_word(token: Token) -> str:
    name = name_at(token)
    return token.text if name is None else text_of(token.doc)[name[0] : name[1]].split()[0]


def _spelled(text: str) -> str:
    text = " ".join(text.lower().replace("–", "-").replace("‐", "-").split()).removeprefix("ex-")
    if text in lists().property:
        return text
    for plural, singular in (("men", "man"), ("women", "woman"), ("ies", "y"), ("s", "")):
        if text.endswith(plural) and text[: -len(plural)] + singular in lists().property:
            return text[: -len(plural)] + singular
    return text


def _head(tokens: Sequence[Token]) -> Token:
    inside = set(tokens)
    tops = [t for t in tokens if t.head not in inside or t.head == t]
    nouns = [t for t in tops if t.pos_ in ("NOUN", "PROPN", "ADJ")]
    return (nouns or tops or tokens)[-1]


def _is_post(head: Token, start: int, end: int) -> bool:
    if head.pos_ not in ("NOUN", "PROPN", "ADJ", "X"):
        return False
    name = name_at(head)
    if name is not None and name[2] != "PERSON":  # "the House Speaker Show"
        return name[2] == "ORG" and name[0] >= head.doc[start].idx
    following = head.doc[end] if end < len(head.doc) else None
    hyphen = following is not None and following.text in _HYPHENS
    return not (hyphen and head.whitespace_ == "")


def _is_another_thing(doc: Doc, start: int, name: str) -> bool:
    """ "*free* agent", "*fake* doctor": the word before makes of the post something else."""
    before = doc[start - 1].lower_ if start else ""
    if name in _OWN["players"] and before in _OWN["figurative"]:
        return True  # "a *key* player in the affair"
    if name in _OWN["also_ranks"] and before in _OWN["of_ranks"]:
        return True  # "*Lieutenant* Commander Lund" commands nothing
    return before in _OWN["untrue"] or (name in _OWN["agents"] and before in _OWN["other_agents"])


_PEOPLE: Final = _OWN["people"]


def is_person(token: Token, *, named: bool = False) -> bool:
    """Whether the token means a person; ``named``: whether it is part of a person's name."""
    own = name_at(token)
    if named and own is not None:
        return own[2] == "PERSON"
    found = named_head(token)
    if found is not None and not named:
        return found[1][2] == "PERSON"
    if named:
        return token.pos_ == "PROPN" and name_at(token) is None and token.ent_type_ == "PERSON"
    if token.pos_ == "PRON":
        return token.lower_ in _PEOPLE
    mention = mention_at(token)
    return mention is not None and mention.label == "PERSON"


# --- where -------------------------------------------------------------------------------------


def where(post: Post) -> Argument | None:
    """The organisation or place that the words of the post give, as ``at``; as ``place`` what it is only
    in: "a designer *in Leeds*"."""
    found = _where(post)
    doc = post.head.doc
    if found is not None and found.label.lower().endswith(tuple(_OWN["honours"])):
        return None
    if of_league(post, found):
        return None
    if found is not None and post.name in lists().of_country and _is_party(found, doc):
        return None
    if found is not None and found.kind == "mention":
        found = _union(found, post, doc)
    if found is None or not found.head_start < doc[post.start].idx < found.head_end:
        return found
    start, end = found.head_start, doc[post.start].idx
    own = text_of(doc)[start:end].rstrip()  # "*U.S. Defense* Secretary": of the U.S.
    nation = own if is_country(own) else country(own)
    return found if nation is None else _place(nation, start, start + len(own))


def of_league(post: Post, at: Argument | None = None) -> bool:
    """ "an *NBA* coach", "a *Super League* goalkeeper": at one of its teams; not the league's president."""
    if post.name not in _OWN["of_teams"] or (at := at or _where(post)) is None:
        return False
    return at.label.removeprefix("the ") in _OWN["leagues"] or at.label.endswith(_LEAGUE)


def _union(at: Argument, post: Post, doc: Doc) -> Argument:
    """The union of states whose post it is, without what it is for: "*European Union* Health commissioner"."""
    name = text_of(doc)[at.head_start : at.head_end]
    own = next((one for one in _OWN["unions"] if name.startswith(f"{one} ")), None)
    if own is None or post.name not in _OWN["of_unions"]:
        return at
    end = at.head_start + len(own)
    return replace(at, end=end, head_end=end, label=own)


def _is_party(at: Argument, doc: Doc) -> bool:
    """Whether a body of one word stands where a country's name would: "*Labour* prime minister"."""
    words = doc.char_span(at.head_start, at.head_end)
    name = name_at(words[0]) if words is not None and len(words) == 1 else None
    return at.kind == "mention" and name is not None and name[2] in ("ORG", "NORP")


def _where(post: Post) -> Argument | None:
    heads = [post.head]
    at = post.head
    while relation(at) == "conj" and _says_who(at.head):
        if is_person(at.head, named=True) or any(
            at.head.i < c.i < post.start and is_person(c, named=True) for c in kids(at.head)
        ):
            break  # "the Peru expert Lund and the *scholar* Venn"
        at = at.head
        heads.append(at)
    own = (
        post.label(post.head.doc).lower() != post.name
    )  # "a *union* leader and founder of the Front"
    heads += [
        c for c in children(post.head, "conj")
        if not (own or is_person(c, named=True) or child(c, "det") is not None)
    ]  # fmt: skip
    apart = len(heads) > 1 and when_of(post) is not None  # "Leeds mayor and *former* trader"
    for head in heads:
        beside = head == post.head or not (apart or head.i > post.head.i)
        found = _body_of(head, post, beside=beside)
        if found is None and head == post.head:
            found = _just_before(post) or _body_told(post, definite=True)
        if found is not None:
            return found
    if (found := _body_told(post)) is not None:
        return found
    place = in_place(post)
    found = body_argument(place) if place is not None else None
    inside = found is not None and place is not None and preposition(place) == "in"
    return replace(found, role="place") if found is not None and inside else found


def _body_told(post: Post, *, definite: bool = False) -> Argument | None:
    """What has no name, but is told: "speaker of *the House*"; "director of *the asylum* and professor at
    Leeds Infirmary" is no director of the infirmary. With ``definite`` only what has an article or an owner."""
    for c in children(post.head, "nmod"):
        bare = child(c, "det", "nmod:poss") is None
        if (definite and bare) or _is_of_holder(c, post.head) or not _tells_body(c):
            continue
        found = argument(c, "at") if c.i >= post.end and _may_be_body(c) else None
        if found is not None and found.kind != "literal":
            return found
    return None


def _tells_body(token: Token) -> bool:
    """ "speaker *of* the House", "the ranking member *on* the ethics panel"; not "expert on Peru"."""
    mark = preposition(token)
    on_it = mark == "on" and type_hint(token) in ("Group", "Organization")
    return on_it or mark in _OWN["of_body"]


def _says_who(token: Token) -> bool:
    """Whether it is a post or another word for a person: not the "existence" of "told them of *its
    existence* and Trump's attorney ...", nor the first of a list of people."""
    return _spelled(token.text) in lists().property or (
        token.pos_ in ("NOUN", "PROPN") and type_hint(token) == "Person"
    )


def in_place(post: Post) -> Token | None:
    """The place where somebody has a post, who does not lead it: "the Front's leader *in Norway*"; of
    "the mayor in Leeds" none, for it is the town's."""
    if post.name in _OWN["of_a_place"]:
        return None
    return next((c for c in children(post.head, "nmod") if _is_in(c)), None)


def is_one_of_several(at: Argument, post: Post) -> bool:
    """Whether a body has many such posts: who is a commissioner of the European Union does not lead it."""
    whose = at.label.removeprefix("the ")
    union = whose in _OWN["unions"] or whose.split()[-1] in _OWN["courts"]
    return post.name in _OWN["of_unions"] and union


def is_in_country(at: Argument, doc: Doc) -> bool:
    """Whether it is the part of a body that works in a country: "Amnesty *in Peru*"."""
    span = doc.char_span(at.head_start, at.head_end, alignment_mode="expand")
    near = children(span.root, "nmod") if span is not None else ()
    return any(_is_in(c) and is_country(text_of(doc)[slice(*_span_of(c))]) for c in near)


def _is_in(token: Token) -> bool:
    name = name_at(token)
    there = preposition(token) in _OWN["somewhere"]
    return there and name is not None and name[2] in ("GPE", "LOC")


def _span_of(token: Token) -> tuple[int, int]:
    name = name_at(token)
    assert name is not None
    return name[0], name[1]


def _body_of(head: Token, post: Post, *, beside: bool) -> Argument | None:
    inside = range(post.start, post.end)  # "Secretary of State", "Defence Secretary"
    owner = possessor(head)
    if owner is not None and (nearer := _behind(owner, head, inside)) is not None and beside:
        return body_argument(nearer)
    if owner is not None and (is_body(owner) or _has_staff(owner, post)):
        return body_argument(owner)
    for c in children(head, "nmod", "obl"):
        if c.i in inside or c.dep_ == "nmod:poss" or preposition(c) not in lists().prepositions:
            continue
        if name_at(c) is not None and name_at(c) == name_at(post.head):
            continue  # "Secretary of Justice for Guam", read as one name
        if _whence(c, post) or c == in_place(post):
            continue
        if is_body(c) and not _is_of_holder(c, head):
            return body_argument(c)
    for c in children(head, "compound", "amod", "nmod") if beside else ():
        if c.i in inside or c.i > head.i or preposition(c) is not None:
            continue
        if is_body(c, named=True) and _fits(c, post):
            return body_argument(c)
    return None


def _is_of_holder(body: Token, post: Token) -> bool:
    """ "the team's leader, Ada Venn *of the museum*": she leads the team."""
    return possessor(post) is not None and any(c.i < body.i for c in children(post, "appos"))


def _behind(owner: Token, head: Token, inside: range) -> Token | None:
    """The body that stands between an owner and the post: "the fleet's *Navy Press Agency* head"."""
    names = ((c, name_at(c)) for c in children(head, "compound") if owner.i < c.i < head.i)
    return next(
        (c for c, n in names if n is not None and n[2] == "ORG" and c.i not in inside), None
    )


def _whence(token: Token, post: Post) -> bool:
    """ "a coach *from Bilbao*": no body that she works for; but "a senator from Ohio"."""
    name = name_at(token)
    place = name is not None and name[2] in ("GPE", "LOC")
    return preposition(token) == "from" and place and post.means != "memberOf"


def _has_staff(owner: Token, post: Post) -> bool:
    """ "Lund's chief of staff"."""
    return post.name in lists().of_people and is_person(owner, named=True)


def _fits(token: Token, post: Post) -> bool:
    """ "French President", but not "Republican Representative": a party is not where."""
    name = name_at(token)
    if name is not None and "\n" in text_of(token.doc)[name[0] : post.head.idx]:
        return False
    if name is None or (name[2] == "NORP" and post.means == "memberOf"):
        return False
    # "American director Lund": whence, not where
    return not (name[2] == "NORP" and is_nation(token.text)) or post.name in lists().of_state


def body_argument(token: Token) -> Argument | None:
    """The organisation or place as the argument ``at``; for an "its" of which coreference knows
    nothing, the one body that the sentence before names."""
    own = token.lower_ in ("its", "their") and not _explained(token)
    meant = _only_body_before(token) if own else token
    found = argument(meant, "at") if meant is not None else None
    if found is not None and own:  # it stands where the "its" does
        found = replace(found, start=token.idx, end=token.idx + len(token.text))
    return _of_nation(found, token.doc) if found is not None and found.kind == "mention" else None


def _explained(pronoun: Token) -> bool:
    """Whether a name stands for the pronoun."""
    own = mention_at(pronoun)
    return own is not None and any(
        m.cluster == own.cluster and m.kind == "name" for m in mentions_of(pronoun.doc)
    )


def _only_body_before(pronoun: Token) -> Token | None:
    doc, (start, _) = pronoun.doc, sentence_of(pronoun)
    if not start or pronoun.i != start:
        return None
    before = range(sentence_of(doc[start - 1])[0], start)
    bodies = {e.text: e for e in names_of(doc) if e.label_ == "ORG" and e.start in before}
    root: Token | None = next(iter(bodies.values())).root if len(bodies) == 1 else None
    return root


def _of_nation(at: Argument, doc: Doc) -> Argument:
    """The country, for a word for its people: "*Norwegian* prime minister"."""
    place = country(text_of(doc)[at.head_start : at.head_end])
    return at if place is None else _place(place, at.head_start, at.head_end)


def _place(name: str, start: int, end: int) -> Argument:
    return Argument("at", "topic", start, end, start, end, name, "Place")


def is_body(token: Token, *, named: bool = False) -> bool:
    """Whether the token means an organisation or a place; ``named``: by name only."""
    name = name_at(token)
    if name is not None:
        return name[2] in _BODIES
    if named:
        return False
    if token.lower_ in _OWN["holders"]:
        return True
    mention = mention_at(token)
    return mention is not None and mention.label in ("ORG", "GPE") and _may_be_body(token)


def _may_be_body(token: Token) -> bool:
    """Whether a word without a name is no office, and no rank: not "teacher Ada Lund for *president*",
    not "a player at *number five*"."""
    ranked = child(token, "flat", "nummod") is not None and token.lower_ in _OWN["ranking"]
    return token.pos_ not in ("PRON", "NUM") and not ranked and type_hint(token) != "Person"


def _just_before(post: Post) -> Argument | None:
    """``Netflix co-CEO``, ``French President``: a name that ends where the post begins."""
    doc = post.head.doc
    at = post.start - 1
    skipped = 0
    stop = {*lists().former, "deputy", "vice", "senior", "acting", "interim", "chief"}
    while at >= 0 and skipped < 3 and doc[at].lower_ in stop | {"-"}:
        at -= 1
        skipped += 1
    if at < 0:
        return None
    token = doc[at]
    if token.text == ")":  # "the Organisation of Islamic Cooperation (OIC) head"
        opening = next((i for i in range(at, max(at - 8, 0), -1) if doc[i].text == "("), None)
        token = doc[opening - 1] if opening else token
    elif token.tag_ == "POS" and at > 0:
        token = doc[at - 1]
    name = name_at(token)
    if name is None or name[2] not in _BODIES or not name[2] or not _fits(token, post):
        return None
    nation = country(token.text) if post.name in lists().of_state and name[2] == "ORG" else None
    if nation is not None:  # of "Bangladeshi Road Transport", before its minister
        return _place(nation, token.idx, token.idx + len(token.text))
    if "\n" in text_of(doc)[name[0] : doc[post.start].idx]:
        return None
    span = doc.char_span(name[0], name[1], alignment_mode="expand")
    if span is None or token.i != span.end - 1:
        return None
    label = text_of(doc)[name[0] : name[1]]
    found = Argument("at", "mention", name[0], name[1], name[0], name[1], label)
    return _of_nation(found, doc)


def is_regional(at: Argument, doc: Doc) -> bool:
    """Whether a town or region stands before the name of a body: "*Leeds* Labour chief"."""
    span = doc.char_span(at.head_start, at.head_end, alignment_mode="expand")
    if at.kind != "mention" or span is None or not span.start:
        return False
    before = doc[span.start - 1]
    name = name_at(before)
    return (
        name is not None
        and name[2] in ("GPE", "LOC")
        and relation(before) in ("compound", "nmod")
        and not is_country(text_of(doc)[name[0] : name[1]])
    )


def where_of_verb(verb: Token | None) -> Argument | None:
    """The organisation that goes with a verb of getting a post."""
    if verb is None:
        return None
    for c in children(verb, "obl"):
        if preposition(c) in _OWN["of_body_near"] and is_body(c, named=True):
            return body_argument(c)
    return None


def _before(post: Post) -> Iterator[Token]:
    """Up to three words before the post and a place or body that stands there, back to what ends another
    phrase: "*then*-New Jersey governor"."""
    doc, left = post.head.doc, 3
    for place in range(post.start - 1, -1, -1):
        token = doc[place]
        name = name_at(token)
        left -= name is None or name[2] not in ("GPE", "LOC", "ORG")
        if (
            left < 0
            or (
                token.pos_ == "NOUN" and type_hint(token) == "Person"
            )  # "former *candidate* Senator"
            or token.pos_ in ("ADP", "VERB", "CCONJ")
            or (token.is_punct and token.text not in _HYPHENS)
        ):
            return
        yield token


def when_of(post: Post) -> Token | None:
    """The word that says that the post is past or to come: "former", "-elect"."""
    known = lists()
    doc = post.head.doc
    own = tokens_of(doc)[post.start : post.end]
    near = [t for t in phrase_tokens(post.head) if t.i < post.end]
    for token in (*near, *own, *_before(post)):
        word = token.lower_
        if word in known.former or word in known.future or word.startswith("ex-"):
            return token
    if post.end < len(doc) and doc[post.end].lower_ in ("-elect", "elect", "designate"):
        return doc[post.end]
    return _shared_past(post)


def _shared_past(post: Post) -> Token | None:
    """The "former" of "the *former* player and coach": of both, unless the second has words of its own."""
    head = post.head
    own = child(head, "det", "nmod:poss") is not None
    if relation(head) != "conj" or own or any(c.lower_ in _OWN["present"] for c in kids(head)):
        return None
    first = head.head
    return next(
        (c for c in children(first, "amod") if c.lower_ in lists().former and c.i < first.i), None
    )
