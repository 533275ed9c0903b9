"""Who holds which post, and where.

For "Ted Sarandos, Netflix's co-CEO", "Netflix co-CEO Ted Sarandos", "X was named chairman of Y":
a claim ``hasRole`` (the object is the post, the argument ``at`` the organisation or place) and the
direct relation between person and organisation (``chiefExecutiveOf``, ``leads``, ``worksFor``,
``memberOf``, ``founded``). Posts and their relations are in ``words/en/roles.toml``.

A former post keeps ``hasRole`` with the argument ``time`` ("former"), asserted: it is true that the
person had it. It has no direct relation, which would say that it still holds. A post to come ("incoming", "-elect") is planned.

Where the text gives no organisation ("co-CEO Greg Peters"), it is taken from another holder of the
same shared post, or from what the article said of this person's post before; nothing is guessed
from mere nearness.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from spacy.tokens import Doc, Token

from kg.extract.factuality.evidence import is_void
from kg.extract.factuality.governors import is_past
from kg.extract.factuality.status import Standing, hedged, presupposed, standing, status, weaker
from kg.extract.grammar.annotations import label_within, mentions_of, name_at, names_of, text_of
from kg.extract.grammar.arguments import argument
from kg.extract.grammar.coordination import conjuncts, is_alternative, is_besides, of_verb
from kg.extract.grammar.index import kids, relation
from kg.extract.grammar.labels import type_hint
from kg.extract.grammar.noun_phrases import ranked
from kg.extract.grammar.stretches import Stretches
from kg.extract.grammar.subjects import is_infinitive
from kg.extract.grammar.tree import child, children, is_plural, preposition
from kg.extract.statements.blocks import block_of
from kg.extract.statements.claims import make_claim
from kg.extract.statements.posts import (
    Post,
    body_argument,
    in_place,
    is_body,
    is_in_country,
    is_one_of_several,
    is_person,
    is_regional,
    lists,
    of_league,
    part_of,
    posts,
    when_of,
    where,
    where_of_verb,
)
from kg.extract.statements.relations import formerly
from kg.extract.words.load import rule_words
from kg.model import Argument, Article, Claim, Literal, Predicate

_OWN: Final = rule_words("roles")

#: What is told, by the narrator or by somebody.
_SAID: Final = ("asserted", "claimed")
_LABELS: Final = {
    "chiefExecutiveOf": "chief executive of",
    "leads": "leads",
    "worksFor": "works for",
    "memberOf": "member of",
    "founded": "founded",
    "owns": "owns",
}


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
    found = posts(doc)
    titles = Stretches((doc[p.start].idx, doc[p.end - 1].idx + len(doc[p.end - 1])) for p in found)
    held = [h for post in found for h in _holders(doc, post) if not _is_title(h.person, titles)]
    _from_context(doc, held)
    for one in held:
        yield from _claims(doc, article, one)


def _is_title(person: Argument, titles: Stretches) -> bool:
    """Whether a post was taken for a person's name: "*Deputy Secretary of State* spoke"."""
    start = person.head_start + (4 if person.label.startswith("The ") else 0)
    at_end = titles.touch(person.head_end - 1, person.head_end)
    inside = titles.touching(person.head_start, person.head_end)
    return at_end and (titles.touch(start, start + 1) or len(inside) > 1)  # not "Ada King"


# --- who ---------------------------------------------------------------------------------------


def _holders(doc: Doc, post: Post) -> Iterator[_Held]:
    place = where(post)
    when = when_of(post)
    found: list[tuple[Token, float, Token | None]] = []
    person = _title_of(doc, post)
    if person is not None:
        together = _sharing(person) if post.plural else (person,)
        if not post.plural or len(together) > 1:  # "announced to journalists X was alive"
            found = [(p, 0.9, None) for p in together if is_person(p, named=True)]
    else:
        found = list(_by_tree(post))
    if (place is None and _is_feat(post)) or _is_no_post(doc, post):
        return
    for holder, confidence, verb in found:
        who = argument(holder, "subject")
        if who is None or who.kind == "literal" or _names_chair(doc, holder, post):
            continue
        at = place or where_of_verb(verb) or _of_person(holder, post)
        base = _stands(post, when, verb)
        if base.status == "denied" and of_league(post):
            continue  # "was never an *NBA* coach": but a coach
        words = None if verb is None else (verb.idx, verb.idx + len(verb.text))
        past = when if when is not None and when.lower_.strip("-") not in lists().future else None
        if verb is not None and verb.lemma_ in lists().ending:
            past = verb
        time = _once(past or _lost(holder) or _was(verb))
        if at is not None and at.kind == "topic" and verb is None and not at.label:
            at = None
        if at is not None and (at.head_start, at.head_end) == (who.head_start, who.head_end):
            at = None
        yield _Held(who, post, at, base, time, confidence, words)


def _stands(post: Post, when: Token | None, verb: Token | None) -> Standing:
    """Whether it is so; a post to come is planned, and so is one that somebody is only proposed for."""
    base = hedged(post.head, presupposed(post.head)) if verb is None else status(verb)
    coming = when is not None and when.lower_.strip("-") in lists().future
    proposed = verb is not None and verb.lemma_ in lists().proposing
    return weaker(base, standing("planned")) if coming or proposed else base


def _names_chair(doc: Doc, holder: Token, post: Post) -> bool:
    """Whether a post is called after somebody: "the *Ada Venn* Professor of Ecology"."""
    name, start = name_at(holder), doc[post.start].idx
    return name is not None and name[1] + 1 == start and doc[post.start].is_title


def _once(past: Token | None) -> Argument | None:
    """That the post is no more held, by the word that says so: "former", "late", "then", or "was"."""
    if past is None:
        return None
    start, end = past.idx, past.idx + len(past.text)
    if past.lower_.startswith("ex-"):
        end = start + len("ex")  # the rest is the post
    then = past.lower_ == "then" or past.pos_ == "AUX"
    own = past.lower_ == "retired" or past.tag_ == "RB"
    word = "then" if then else past.lower_ if own else "former"
    said = Literal(word, "xsd:string", word)
    return Argument("time", "literal", start, end, start, end, word, None, said)


def _lost(holder: Token) -> Token | None:
    """The verb by which the holder lost the post: "Bank chief Ana Vega *resigned*", "the coach, Lund,
    was *sacked*"."""
    verb = holder.head
    while relation(holder) in ("appos", "flat", "nmod", "compound") and verb.pos_ != "VERB":
        holder, verb = verb, verb.head
    if verb.pos_ != "VERB" or not is_past(verb) or status(verb).status not in _SAID:
        return None
    if holder.dep_ == "nsubj:pass":
        return verb if verb.lemma_ in lists().removing else None
    gone = holder.dep_ == "nsubj" and verb.lemma_ in lists().resigning
    return verb if gone and child(verb, "obj") is None else None  # not "quit the meeting"


def _was(head: Token | None) -> Token | None:
    """The "was" of "Felt was the director" and "*served* as the director" (in what somebody said, it may
    still be so), the "once" of "once served", the "began" of "began as a clerk"."""
    if head is not None and (over := formerly(head)):
        return over[0]
    if head is not None and head.tag_ == "VBD" and (head.lemma_ in lists().serving or _began(head)):
        return None if status(head).attribution is not None else head
    be = child(head, "cop") if head is not None else None
    if head is None or be is None or be.tag_ != "VBD" or relation(head) == "ccomp":
        return None
    return None if status(head).attribution is not None else be


def _began(verb: Token) -> bool:
    """ "*began* her career as a clerk", "*started out* as one": what she has come from."""
    done = child(verb, "obj")
    if verb.lemma_ not in _OWN["starting"]:
        return False
    return done is None or done.lemma_.lower() in _OWN["careers"]


def _of_person(person: Token, post: Post) -> Argument | None:
    """``Tristan Smith of University College London, a researcher``."""
    for c in children(person, "nmod"):
        if preposition(c) in _OWN["of_body"] and is_body(c, named=True):
            name = name_at(c)
            # not "Prime Minister Lund *of the Front*", nor "Moe *of Ohio*, a member of the panel"
            body = name is not None and name[2] == "ORG" and not post.name.endswith("minister")
            if body or (name is not None and post.name in _OWN["representing"]):
                return body_argument(c)
    return None


def _is_feat(post: Post) -> bool:
    """ "became *the 14th player to score*": what is told is what they did, no post."""
    behind = child(post.head, "acl")
    return ranked(post.head) and behind is not None and is_infinitive(behind)


def _is_no_post(doc: Doc, post: Post) -> bool:
    honour = any(c.lemma_ in _OWN["spans"] for c in children(post.head, "nmod"))
    return honour or _is_either(post) or _is_given_name(doc, post)  # "*coach of the year*"


def _is_either(post: Post) -> bool:
    """ "By the *King or Queen*, currently Queen Ida II": nobody is both."""
    joined = children(post.head, "conj")
    return any(child(c, "cc") is not None and is_alternative(c) for c in joined)


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
    if relation(after).startswith("nsubj") and after.head.head == post.head:
        return None  # "the guard *Lund killed*"
    if after.head == post.head or not after.is_punct:
        top = after
        while top.head != top and name_at(top.head) == name_at(after) and name_at(after):
            top = top.head
        return top
    return None


def _is_given_name(doc: Doc, post: Post) -> bool:
    """ "coach *Dean* Holm", "striker *Earl* Venn": whom a post before the name gives it is called so."""
    name = name_at(post.head)
    if name is None or name[2] != "PERSON" or name[0] != doc[post.start].idx or not post.start:
        return False
    before = doc[post.start - 1]
    titled = before.is_lower and before.pos_ == "NOUN" and type_hint(before) == "Person"
    return titled and post.end - post.start == 1


def _by_tree(post: Post) -> Iterator[tuple[Token, float, Token | None]]:
    head = post.head
    first = head
    while relation(first) == "conj" and first.head.pos_ in ("NOUN", "PROPN"):
        if _is_apart(first):
            break
        first = first.head  # "founder and CEO of X"
    kind = relation(first)
    if kind == "appos" and child(first, "cc") is not None:
        return  # "Anna Holm, and Mayor Rosa Vega's chief of staff"
    if kind == "appos" and is_person(first.head):
        yield first.head, 0.9, None
        return
    named = _named_for(head, first)
    if named is not None:
        for one in conjuncts(named) if relation(named) == "appos" else [named]:
            if is_person(one, named=True):
                yield one, 0.9 if relation(named) == "appos" else 0.85, None
        return
    subject = child(first, "nsubj")
    if subject is not None and child(first, "cop") is not None:
        for one in conjuncts(subject):
            if is_person(one):
                yield one, 0.9, first
        return
    yield from _under_verb(first) if kind in ("xcomp", "obj", "obl") else _as_elected(first)


def _as_elected(post: Token) -> Iterator[tuple[Token, float, Token | None]]:
    """ "elected Ada Lund as chair and *Bo Dale as clerk*", "named her chair and *Bo Dale clerk*"."""
    holder, own = post.head, _own_name(post)
    if own is not None and relation(post) == "conj":
        verb = holder.head
        if verb.lemma_.lower() in _OWN["appointing"] and not is_void(verb):
            yield own, 0.85, verb
    elif preposition(post) == "as" and is_person(holder, named=True):
        elected = _elected(holder)
        if elected is not None:
            yield holder, 0.85, elected


def _own_name(post: Token) -> Token | None:
    """The name right before a post that the parse took for a part of it."""
    before = (c for c in children(post, "compound") if c.i < post.i)
    return next((c for c in before if is_person(c, named=True)), None)


def _elected(name: Token) -> Token | None:
    """The verb of "elected Ada Lund as chair and *Bo Dale* as clerk", "those elected were *Lund* as chair"."""
    first = name
    while relation(first) == "conj" and is_person(first.head, named=True):
        first = first.head
    verb: Token | None = first.head
    if child(first, "cop") is not None:
        those = child(first, "nsubj")
        verb = child(those, "acl") if those is not None else None
    elif first.dep_ not in ("obj", "nsubj:pass"):
        return None
    if verb is None or verb.lemma_.lower() not in _OWN["appointing"] or is_void(verb):
        return None
    return verb


def _is_apart(post: Token) -> bool:
    """Whether a post behind an "and" is not that of the one before: "Premier Ann Vale, Mayor (of Leeds)
    *Karl Holm*", "his father was a clerk and *his mother is* a director"."""
    if is_person(post.head, named=True) or child(post, "nsubj") is not None:
        return True
    if _own_name(post) is not None:
        return True  # "named Ada Lund chair and *Bo Dale clerk*"
    return next(_named_beside(post), None) is not None


def _named_for(post: Token, first: Token) -> Token | None:
    """Whose name stands beside the post or the first of several; not "the author, Ana Lund, and *her
    driver*", a second one with words of his own."""
    another = post != first and any(
        relation(c) in ("det", "nummod") or c.dep_ == "nmod:poss" for c in kids(post)
    )
    return None if another else next(_named_beside(first), None)


def _named_beside(post: Token) -> Iterator[Token]:
    """ "the mayor, *Lund*", "Mayor *Lund*"."""
    yield from (c for c in children(post, "appos") if is_person(c, named=True))
    yield from (c for c in children(post, "flat") if is_person(c, named=True))


def _under_verb(head: Token) -> Iterator[tuple[Token, float, Token | None]]:
    """``was named chairman``, ``named X chairman``, ``serves as chairman``."""
    verb = head.head
    if verb.pos_ not in ("VERB", "AUX") or is_void(verb):
        return
    lemma = verb.lemma_.lower()
    known = lists()
    prepositional = relation(head) == "obl"
    if prepositional:
        if preposition(head) != "as" or lemma not in known.as_verbs:
            return
        if ranked(head) and is_plural(head):
            return  # "joined Berg as the only *players* with three goals"
    elif lemma not in known.getting and f"{lemma}e" not in known.getting:
        return
    passive = child(verb, "nsubj:pass")
    holder: Token | None = passive
    if holder is None:
        objects = [c for c in children(verb, "obj", "iobj") if c != head]
        subject = _subject(verb)
        transitive = lemma in _OWN["appointing"]
        holder = objects[0] if objects and transitive else subject
        if transitive and not objects and verb.tag_ == "VBN" and relation(verb) == "acl":
            holder = verb.head
        elif transitive and not objects:
            return
    if holder is not None and is_person(holder):
        for one in of_verb(conjuncts(holder), verb):
            behind = prepositional and holder.i < head.i < one.i  # "and *Bo Dale* as clerk"
            if is_person(one) and not behind:
                yield one, 0.85, verb


def _subject(verb: Token) -> Token | None:
    from kg.extract.grammar.subjects import subject

    return subject(verb)


# --- context -----------------------------------------------------------------------------------


def _from_context(doc: Doc, held: list[_Held]) -> None:
    """Give those without an organisation that of the same person's post elsewhere, or of another
    holder of the same shared post; only if the article knows just one."""
    clusters = {(mention.start, mention.end): mention.cluster for mention in mentions_of(doc)}

    def who(one: _Held) -> object:
        span = (one.person.head_start, one.person.head_end)
        return clusters.get(span, text_of(doc)[span[0] : span[1]].split()[-1].casefold())

    told = {text_of(doc)[start:end]: cluster for (start, end), cluster in clusters.items()}

    def body(at: Argument) -> str:
        cluster = clusters.get((at.head_start, at.head_end))
        if at.kind == "topic" and at.type == "Place":  # the country of "Norwegian"
            cluster = told.get(at.label)
        return str(cluster) if cluster is not None else at.label.casefold()

    by_person: dict[tuple[object, str], dict[str, Argument]] = {}
    by_post: dict[str, dict[str, Argument]] = {}
    for one in held:
        if one.at is not None and one.at.role == "at" and one.time is None:
            by_person.setdefault((who(one), _kind(one.post)), {})[body(one.at)] = one.at
            if one.post.name in lists().shared:
                by_post.setdefault(one.post.name, {})[body(one.at)] = one.at
    main = _main_company(doc)
    called = () if main is None else (body(main), main.label.casefold())
    spoken_of = _spoken_of(doc)
    for number, one in enumerate(held):
        if one.at is not None or one.time is not None:
            continue
        for known in (
            by_person.get((who(one), _kind(one.post))),
            by_post.get(one.post.name),
        ):
            if known is not None and len(known) == 1:
                held[number] = replace_at(one, next(iter(known.values())))
                break
        else:
            leads = one.post.means == "chiefExecutiveOf"
            if main is not None and leads and spoken_of(one.person.start) in called:
                held[number] = replace_at(one, main)


def _kind(post: Post) -> str:
    """What two posts of one person have in common where they are at one body: an officer of the Cabinet
    is no secretary of it, and who governs a state does not preside over it."""
    own = post.name in lists().of_state or post.means in ("worksFor", "memberOf")
    return post.name if own else post.means


def _spoken_of(doc: Doc) -> Callable[[int], str | None]:
    """Tells the organisation last mentioned before a place, by name, noun or pronoun, as its
    cluster's number: "Netflix confirmed it. It told investors ... Co-CEO Ted Sarandos"."""
    mentions = mentions_of(doc)
    bodies = {m.cluster for m in mentions if m.label == "ORG"}
    clusters = [(m.start, m.end, str(m.cluster)) for m in mentions if m.cluster in bodies]
    named = [
        (e.start_char, e.end_char, e.text.casefold()) for e in names_of(doc) if e.label_ == "ORG"
    ]

    def told(place: int) -> str | None:
        for known in (clusters, named):
            after = bisect_left(known, (place,))
            for at in range(after - 1, -1, -1):  # those that begin before the place
                if known[at][1] <= place:
                    return known[at][2]
        return None

    return told


def _main_company(doc: Doc) -> Argument | None:
    """The one organisation that the article is about: it does things at least twice, and twice as
    often as any other, and stands in the first sentences."""
    count: dict[str, int] = {}
    first: dict[str, tuple[int, int]] = {}
    for ent in names_of(doc):
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


def _sharing(person: Token) -> list[Token]:
    """Those of several joined people who share the post before the first: of "Senators *Lund* and *Berg*,
    as well as director Holm" not Holm."""
    found: list[Token] = []
    for one in conjuncts(person):
        own = any(
            c.i < one.i and not c.text.endswith(".") and (c.pos_ == "NOUN" or c.dep_ == "nmod:desc")
            for c in children(one, "compound", "nmod", "amod")
        )
        if one != person and (own or is_besides(one) or one.head.pos_ == "NOUN"):
            break
        found.append(one)
    return found


def _worded(doc: Doc, one: _Held) -> tuple[_Held, int, int, str]:
    """The holding, where its post stands and how it reads: "director *of assurance*", with what it is for,
    which is then no body where it is held."""
    post, part = one.post, part_of(one.post)
    last = part if part is not None else doc[post.end - 1]
    start, end, label = doc[post.start].idx, last.idx + len(last.text), post.label(doc)
    if part is None:
        return one, start, end, label
    if one.at is not None and one.at.head_start <= part.idx < one.at.head_end:
        one = replace(one, at=None)  # "minister *for trade*"
    return one, start, end, f"{label} {doc[post.end : part.i + 1].text}"


def _is_of_what(post: Post, doc: Doc) -> bool:
    """ "owner Frank Doyle", "founding member Frank Doyle": of what?"""
    rank = post.label(doc).removesuffix(post.name).split()
    return post.name in lists().of_something and _OWN["ranks"].issuperset(rank)


def _of_part(one: _Held, doc: Doc) -> bool:
    """Whether the post is in a part of the body, or at a place that it does not lead."""
    at = one.at
    assert at is not None
    part = is_regional(at, doc) or is_in_country(at, doc) or is_one_of_several(at, one.post)
    region = label_within(doc, at.head_start, at.head_end) == "LOC"  # "*South Asia* leader"
    part = part or (region and one.post.name == "leader")
    return part or in_place(one.post) is not None


def _claims(doc: Doc, article: Article, one: _Held) -> Iterator[Claim]:
    post = one.post
    if one.at is None and _is_of_what(post, doc):
        return
    one, start, end, label = _worded(doc, one)
    role = Argument("object", "topic", start, end, start, end, label)
    further: list[Argument] = []
    place = label_within(doc, one.at.head_start, one.at.head_end) if one.at is not None else None
    nation = one.at is not None and one.at.type == "Place" and one.at.kind == "topic"
    if one.at is not None:  # "Houthi leader", "Lund's adviser": of people, at no body
        people = place in ("NORP", "PERSON") and not nation
        people = people or (post.name in lists().sent and nation)
        further.append(replace(one.at, role="of") if people else one.at)
    if one.time is not None:
        further.append(one.time)
    words = one.words or (start, end)
    text = text_of(doc)[words[0] : words[1]]
    has = Predicate("has role", text, *words, property="hasRole")
    block = block_of(article, start)
    low = min(one.person.start, start, words[0])
    high = max(one.person.end, end, words[1])
    yield make_claim(
        one.person, has, role, one.standing,
        extractor="roles", arguments=further, confidence=one.confidence, block=block,
    )  # fmt: skip
    if one.at is None or one.at.role != "at" or not (one.at.kind == "mention" or nation):
        return
    if one.time is not None and post.means != "founded":
        return  # the property would say that it still holds
    served = post.means in ("worksFor", "memberOf")
    if place in ("NORP", "PERSON", "WORK_OF_ART") and not nation:
        return  # of people, or the director of a film
    of_place = nation or place in ("GPE", "LOC")
    if of_place and served:
        return  # a minister of a country: the post says all
    means = post.means
    if means == "leads" and (not post.leads(doc, place=of_place) or _of_part(one, doc)):
        if of_place:
            return
        means = "memberOf" if post.head.lemma_.lower() == "leader" else "worksFor"
    predicate = Predicate(_LABELS[means], text_of(doc)[start:end], start, end, property=means)
    claim = make_claim(
        one.person, predicate, replace(one.at, role="object"), one.standing, extractor="roles",
        arguments=[a for a in further if a.role != "at"], confidence=one.confidence, block=block,
    )  # fmt: skip
    if one.context:
        claim = replace(claim, start=low, end=high)
    yield claim
