"""Who holds which post, and where.

For "Ted Sarandos, Netflix's co-CEO", "Netflix co-CEO Ted Sarandos", "X was named chairman of Y":
a claim ``hasRole`` (the object is the post, the argument ``at`` the organisation or place) and the
direct relation between person and organisation (``chiefExecutiveOf``, ``leads``, ``worksFor``,
``memberOf``, ``founded``). Posts and their relations are in ``roles.toml``.

A former post keeps ``hasRole`` with the argument ``time`` ("former"), asserted: it is true that the
person had it. Its direct relation is an open predicate ("former chief executive of"), because the
property would say that it still holds. A post to come ("incoming", "-elect") is planned.

Where the text gives no organisation ("co-CEO Greg Peters"), it is taken from another holder of the
same shared post, or from what the article said of this person's post before; nothing is guessed
from mere nearness.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from spacy.tokens import Doc, Token

from kg.extract.claims import make_claim
from kg.extract.phrases import (
    argument,
    child,
    children,
    conjuncts,
    mention_at,
    name_at,
    named_head,
    phrase_tokens,
    possessor,
    preposition,
    relation,
)
from kg.extract.status import Standing, standing, status, weaker
from kg.model import Argument, Article, BlockKind, Claim, Predicate

_BODIES: Final = frozenset({"ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT", "WORK_OF_ART", ""})
_LABELS: Final = {
    "chiefExecutiveOf": "chief executive of",
    "leads": "leads",
    "worksFor": "works for",
    "memberOf": "member of",
    "founded": "founded",
}
_HYPHENS: Final = frozenset("-–‐")
_PLURALS: Final = {"congressman": "congressmen", "secretary": "secretaries", "deputy": "deputies"}
_DEPUTY: Final = frozenset({"deputy", "vice", "assistant", "associate", "acting", "interim"})


@dataclass(frozen=True, slots=True)
class _Lists:
    posts: dict[str, str]
    former: frozenset[str]
    future: frozenset[str]
    prepositions: frozenset[str]
    as_verbs: frozenset[str]
    getting: frozenset[str]
    ending: frozenset[str]
    shared: frozenset[str]


@cache
def _lists() -> _Lists:
    path = Path(__file__).with_suffix(".toml")
    data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    posts: dict[str, str] = {}
    for name, words in data["property"].items():
        for word in words:
            posts.setdefault(word, name)
    lists = {k: frozenset(v) for k, v in data["lists"].items()}
    return _Lists(
        posts=posts,
        former=lists["former"],
        future=lists["future"],
        prepositions=lists["prepositions"],
        as_verbs=lists["as_verbs"],
        getting=lists["getting"],
        ending=lists["ending"],
        shared=lists["shared"],
    )


@dataclass(frozen=True, slots=True)
class Post:
    """The words of a post: tokens from ``start`` to ``end`` (exclusive), its head, its name in
    ``roles.toml`` and the property it means."""

    start: int
    end: int
    head: Token
    name: str
    means: str

    def label(self, doc: Doc) -> str:
        """Readable, lower case unless it is an abbreviation: "co-CEO", "prime minister"."""
        words = doc[self.start : self.end].text.split()
        if " ".join(words).lower() in (f"{self.name}s", _PLURALS.get(self.name, "")):
            words = self.name.split()
        return " ".join(w if any(c.isupper() for c in w[1:]) else w.lower() for w in words)

    @property
    def plural(self) -> bool:
        """Whether several hold it: "Senators X and Y"."""
        return self.head.tag_ in ("NNS", "NNPS") or "Plur" in self.head.morph.get("Number", [])


@dataclass(slots=True)
class _Held:
    """One person in one post."""

    person: Argument
    post: Post
    at: Argument | None
    standing: Standing
    time: Argument | None
    confidence: float
    words: tuple[int, int] | None = None  # a verb's words, where a verb says it
    context: bool = False  # ``at`` was found elsewhere


def roles(doc: Doc, article: Article) -> Iterator[Claim]:
    """The claims about posts, in text order."""
    held = [h for post in posts(doc) for h in _holders(doc, post)]
    _from_context(doc, held)
    for one in held:
        yield from _claims(doc, article, one)


def posts(doc: Doc) -> list[Post]:
    """The posts that the text names, the longest reading of each."""
    known = _lists().posts
    found: list[Post] = []
    at = 0
    longest = 8
    while at < len(doc):
        best: Post | None = None
        for end in range(min(len(doc), at + longest), at, -1):
            tokens = doc[at:end]
            if tokens[-1].is_space or tokens[-1].is_punct:
                continue
            name = _spelled(tokens.text)
            if name in known:
                head = _head(list(tokens))
                if _is_post(head, at, end):
                    start, property_ = _deputy(doc, at, head, known[name])
                    best = Post(start, end, head, name, property_)
                break
        if best is None:
            at += 1
        else:
            found.append(best)
            at = best.end
    return found


def _deputy(doc: Doc, start: int, head: Token, property_: str) -> tuple[int, str]:
    """A deputy does not lead: the post's start with "deputy", and what it then stands for."""
    near = start > 0 and doc[start - 1].lower_ in _DEPUTY
    lower = near or any(c.lower_ in _DEPUTY and c.i < head.i for c in head.children)
    if lower and property_ in ("leads", "chiefExecutiveOf"):
        property_ = "worksFor"
    return (start - 1 if near else start), property_


def _spelled(text: str) -> str:
    text = " ".join(text.lower().replace("–", "-").replace("‐", "-").split())
    if text in _lists().posts:
        return text
    for plural, singular in (("men", "man"), ("women", "woman"), ("ies", "y"), ("s", "")):
        if text.endswith(plural) and text[: -len(plural)] + singular in _lists().posts:
            return text[: -len(plural)] + singular
    return text


def _head(tokens: list[Token]) -> Token:
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


# --- who ---------------------------------------------------------------------------------------


def _holders(doc: Doc, post: Post) -> Iterator[_Held]:
    where = _where(post)
    when = _when(post)
    found: list[tuple[Token, float, Token | None]] = []
    person = _title_of(doc, post)
    if person is not None:
        together = conjuncts(person) if post.plural else (person,)
        if not post.plural or len(together) > 1:  # "announced to journalists X was alive"
            found = [(p, 0.9, None) for p in together if _person(p, named=True)]
    else:
        found = list(_by_tree(post))
    for holder, confidence, verb in found:
        who = argument(holder, "subject")
        if who is None or who.kind == "literal":
            continue
        at = where or _where_of_verb(verb) or _of_person(holder, post)
        base = standing("asserted")
        words = None
        if verb is not None:
            base = status(verb)
            words = (verb.idx, verb.idx + len(verb.text))
        if when is not None and when.lower_.strip("-") in _lists().future:
            base = weaker(base, standing("planned"))
        past = when if when is not None and when.lower_.strip("-") not in _lists().future else None
        if verb is not None and verb.lemma_ in _lists().ending:
            past = verb
        time = None
        if past is not None:
            start, end = past.idx, past.idx + len(past.text)
            word = past.lower_ if past.lower_ in ("then", "late", "retired") else "former"
            time = Argument("time", "topic", start, end, start, end, word)
        if at is not None and at.kind == "topic" and verb is None and not at.label:
            at = None
        if at is not None and (at.head_start, at.head_end) == (who.head_start, who.head_end):
            at = None
        yield _Held(who, post, at, base, time, confidence, words)


def _of_person(person: Token, post: Post) -> Argument | None:
    """``Tristan Smith of University College London, a researcher``."""
    for c in children(person, "nmod"):
        if preposition(c) in ("of", "from", "at", "with") and _body(c, named=True):
            name = name_at(c)
            if name is not None and (name[2] == "ORG" or post.means == "memberOf"):
                return _at(c)
    return None


def _title_of(doc: Doc, post: Post) -> Token | None:
    """The person whose name follows at once: "co-CEO Greg Peters", "the singer Bob Dylan"."""
    if post.end >= len(doc):
        return None
    after = doc[post.end]
    name = name_at(after)
    if name is None or name[2] != "PERSON":
        own = name_at(post.head)  # the title is inside the name: "President Donald Trump"
        if own is None or own[2] != "PERSON" or after.idx >= own[1]:
            return None
    if after.head == post.head or not after.is_punct:
        top = after
        while top.head != top and name_at(top.head) == name_at(after) and name_at(after):
            top = top.head
        return top
    return None


def _by_tree(post: Post) -> Iterator[tuple[Token, float, Token | None]]:
    head = post.head
    first = head
    while relation(first) == "conj" and first.head.pos_ in ("NOUN", "PROPN"):
        if _person(first.head, named=True):
            break
        first = first.head  # "founder and CEO of X"
    kind = relation(first)
    if kind == "appos" and _person(first.head):
        yield first.head, 0.9, None
        return
    for c in children(first, "appos"):
        if _person(c, named=True):
            for one in conjuncts(c):
                if _person(one, named=True):
                    yield one, 0.9, None
            return
    for c in children(first, "flat"):
        if _person(c, named=True):
            yield c, 0.85, None
            return
    subject = child(first, "nsubj")
    if subject is not None and child(first, "cop") is not None:
        for one in conjuncts(subject):
            if _person(one):
                yield one, 0.9, first
        return
    if kind in ("xcomp", "obj", "obl"):
        yield from _under_verb(first)


def _under_verb(head: Token) -> Iterator[tuple[Token, float, Token | None]]:
    """``was named chairman``, ``named X chairman``, ``serves as chairman``."""
    verb = head.head
    if verb.pos_ not in ("VERB", "AUX"):
        return
    lemma = verb.lemma_.lower()
    lists = _lists()
    prepositional = relation(head) == "obl"
    if prepositional:
        if preposition(head) != "as" or lemma not in lists.as_verbs:
            return
    elif lemma not in lists.getting and f"{lemma}e" not in lists.getting:
        return
    passive = child(verb, "nsubj:pass")
    holder: Token | None = passive
    if holder is None:
        objects = [c for c in children(verb, "obj", "iobj") if c != head]
        subject = _subject(verb)
        transitive = lemma in ("appoint", "name", "elect", "choose", "nominate", "promote", "make",
                               "hire", "select", "pick", "tap", "designate", "install")  # fmt: skip
        holder = objects[0] if objects and transitive else subject
        if transitive and not objects and verb.tag_ == "VBN" and relation(verb) == "acl":
            holder = verb.head
        elif transitive and not objects:
            return
    if holder is not None and _person(holder):
        for one in conjuncts(holder):
            if _person(one):
                yield one, 0.85, verb


def _subject(verb: Token) -> Token | None:
    from kg.extract.clauses import subject

    return subject(verb)


_PEOPLE: Final = frozenset(["he", "she", "who", "him", "her", "they", "i", "we", "his"])


def _person(token: Token, *, named: bool = False) -> bool:
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


def _where(post: Post) -> Argument | None:
    """The organisation or place that the words of the post give."""
    heads = [post.head]
    at = post.head
    while relation(at) == "conj" and at.head.pos_ in ("NOUN", "PROPN"):
        if _person(at.head, named=True):
            break
        at = at.head
        heads.append(at)
    heads += [c for c in children(post.head, "conj") if not _person(c, named=True)]
    for head in heads:
        found = _body_of(head, post)
        if found is not None:
            return found
    before = _just_before(post)
    if before is not None:
        return before
    for c in children(post.head, "nmod"):  # "Speaker of the House": no name, but told
        if preposition(c) in ("of", "for", "at") and c.i >= post.end and c.pos_ != "PRON":
            found = argument(c, "at")
            if found is not None and found.kind != "literal":
                return found
    return None


def _body_of(head: Token, post: Post) -> Argument | None:
    inside = range(post.start, post.end)  # "Secretary of State", "Defence Secretary"
    owner = possessor(head)
    if owner is not None and _body(owner):
        return _at(owner)
    for c in children(head, "nmod", "obl"):
        if c.i in inside or c.dep_ == "nmod:poss" or preposition(c) not in _lists().prepositions:
            continue
        if _body(c):
            return _at(c)
    for c in children(head, "compound", "amod", "nmod"):
        if c.i in inside or c.i > head.i or preposition(c) is not None:
            continue
        if _body(c, named=True) and _fits(c, post):
            return _at(c)
    return None


def _fits(token: Token, post: Post) -> bool:
    """ "French President", but not "Republican Representative": a party is not where."""
    name = name_at(token)
    if name is not None and "\n" in token.doc.text[name[0] : post.head.idx]:
        return False
    return name is not None and not (name[2] == "NORP" and post.means == "memberOf")


def _at(token: Token) -> Argument | None:
    found = argument(token, "at")
    return found if found is not None and found.kind == "mention" else None


def _body(token: Token, *, named: bool = False) -> bool:
    name = name_at(token)
    if name is not None:
        return name[2] in _BODIES
    if named:
        return False
    if token.lower_ in ("its", "their", "it", "which", "whose", "our", "they"):
        return True
    mention = mention_at(token)
    return mention is not None and mention.label in ("ORG", "GPE")


def _just_before(post: Post) -> Argument | None:
    """``Netflix co-CEO``, ``French President``: a name that ends where the post begins."""
    doc = post.head.doc
    at = post.start - 1
    skipped = 0
    stop = {*_lists().former, "deputy", "vice", "senior", "acting", "interim", "chief"}
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
    if "\n" in doc.text[name[0] : doc[post.start].idx]:
        return None
    span = doc.char_span(name[0], name[1], alignment_mode="expand")
    if span is None or token.i != span.end - 1:
        return None
    return Argument(
        "at", "mention", name[0], name[1], name[0], name[1], doc.text[name[0] : name[1]]
    )


def _where_of_verb(verb: Token | None) -> Argument | None:
    if verb is None:
        return None
    for c in children(verb, "obl"):
        if preposition(c) in ("of", "at", "for", "with") and _body(c, named=True):
            return _at(c)
    return None


def _when(post: Post) -> Token | None:
    """The word that says that the post is past or to come: "former", "-elect"."""
    lists = _lists()
    doc = post.head.doc
    near = [t for t in phrase_tokens(post.head) if t.i < post.end]
    near += list(doc[max(0, post.start - 3) : post.start])
    for token in near:
        word = token.lower_
        if word in lists.former or word in lists.future or word.startswith("ex-"):
            return token
    if post.end < len(doc) and doc[post.end].lower_ in ("-elect", "elect", "designate"):
        return doc[post.end]
    return None


# --- context -----------------------------------------------------------------------------------


def _from_context(doc: Doc, held: list[_Held]) -> None:
    """Give those without an organisation that of the same person's post elsewhere, or of another
    holder of the same shared post; only if the article knows just one."""
    clusters = {}
    mentions = doc._.kg_mentions if Doc.has_extension("kg_mentions") else None
    for mention in mentions or ():
        clusters[mention.start, mention.end] = mention.cluster

    def who(one: _Held) -> object:
        span = (one.person.head_start, one.person.head_end)
        return clusters.get(span, doc.text[span[0] : span[1]].split()[-1].casefold())

    def body(at: Argument) -> str:
        cluster = clusters.get((at.head_start, at.head_end))
        return str(cluster) if cluster is not None else at.label.casefold()

    by_person: dict[tuple[object, str], dict[str, Argument]] = {}
    by_post: dict[str, dict[str, Argument]] = {}
    for one in held:
        if one.at is not None and one.time is None:
            by_person.setdefault((who(one), one.post.means), {})[body(one.at)] = one.at
            if one.post.name in _lists().shared:
                by_post.setdefault(one.post.name, {})[body(one.at)] = one.at
    main = _main_company(doc)
    for number, one in enumerate(held):
        if one.at is not None or one.time is not None:
            continue
        for known in (
            by_person.get((who(one), one.post.means)),
            by_post.get(one.post.name),
        ):
            if known is not None and len(known) == 1:
                held[number] = replace_at(one, next(iter(known.values())))
                break
        else:
            if one.post.means == "chiefExecutiveOf" and main is not None:
                held[number] = replace_at(one, main)


def _main_company(doc: Doc) -> Argument | None:
    """The one organisation that the article is about: it does things at least twice, and twice as
    often as any other, and stands in the first sentences."""
    count: dict[str, int] = {}
    first: dict[str, tuple[int, int]] = {}
    for ent in doc.ents:
        if ent.label_ == "ORG":
            first.setdefault(ent.text, (ent.start_char, ent.end_char))
            if ent.root.dep_.startswith("nsubj") or ent.root.dep_ == "nmod:poss":
                count[ent.text] = count.get(ent.text, 0) + 1
    ranked = sorted(count, key=lambda n: (-count[n], n))
    if not ranked or count[ranked[0]] < 2 or first[ranked[0]][0] > 200:
        return None
    if len(ranked) > 1 and count[ranked[1]] * 2 > count[ranked[0]]:
        return None
    start, end = first[ranked[0]]
    return Argument("at", "mention", start, end, start, end, ranked[0])


def replace_at(held: _Held, at: Argument) -> _Held:
    """The same holding with an organisation found elsewhere, and less certain."""
    return _Held(
        held.person, held.post, at, held.standing, held.time,
        min(held.confidence, 0.6), held.words, True,
    )  # fmt: skip


# --- claims ------------------------------------------------------------------------------------


def _claims(doc: Doc, article: Article, one: _Held) -> Iterator[Claim]:
    post = one.post
    start, end = doc[post.start].idx, doc[post.end - 1].idx + len(doc[post.end - 1].text)
    label = post.label(doc)
    role = Argument("object", "topic", start, end, start, end, label)
    further: list[Argument] = []
    if one.at is not None:
        further.append(one.at)
    if one.time is not None:
        further.append(one.time)
    words = one.words or (start, end)
    text = doc.text[words[0] : words[1]]
    has = Predicate("has role", text, *words, property="hasRole")
    block = _block(article, start)
    low = min(one.person.start, start, words[0])
    high = max(one.person.end, end, words[1])
    yield make_claim(
        one.person, has, role, one.standing,
        extractor="roles", arguments=further, confidence=one.confidence, block=block,
    )  # fmt: skip
    if one.at is None or one.at.kind != "mention":
        return
    place = _label(doc, one.at)
    if place == "NORP" or (place in ("GPE", "LOC") and post.means in ("worksFor", "memberOf")):
        return  # a minister of a country: the post says all
    name: str | None = post.means
    said = _LABELS[post.means]
    if one.time is not None and post.means != "founded":
        said, name = f"former {label} of", None
    predicate = Predicate(said, doc.text[start:end], start, end, property=name)
    claim = make_claim(
        one.person, predicate, replace(one.at, role="object"), one.standing, extractor="roles",
        arguments=[a for a in further if a.role != "at"], confidence=one.confidence, block=block,
    )  # fmt: skip
    if one.context:
        claim = replace(claim, start=low, end=high)
    yield claim


def _label(doc: Doc, at: Argument) -> str | None:
    span = doc.char_span(at.head_start, at.head_end, alignment_mode="expand")
    return next((e.label_ for e in span.ents), None) if span is not None else None


def _block(article: Article, offset: int) -> BlockKind:
    for block in article.blocks:
        if block.start <= offset < block.end:
            return block.kind
    return "paragraph"
