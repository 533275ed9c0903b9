"""Repairs of the parse before anything is read from it, where news text tells better.

A parser hangs a phrase by its looks. What is mended here are the attachments that it takes for
another far more often than not, each by a rule on words that decide the matter ("fires rockets
*at the base*", "convicted Lund *of fraud*", "seized weapons, *including a rifle*"). The words are
in ``words/en/repair.toml``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Doc, Token

from kg.analysis import forget
from kg.extract.grammar.annotations import name_at, text_of, value_at
from kg.extract.grammar.index import kids, relation, spelled, standing_as
from kg.extract.grammar.labels import means_people, type_hint
from kg.extract.grammar.subjects import (
    addressed,
    helping_verbs,
    is_infinitive,
    object_controls,
    own_subject,
    speaks,
)
from kg.extract.grammar.tree import (
    FINITE,
    TENSED,
    child,
    children,
    is_plural,
    preposition,
    sentence_of,
)
from kg.extract.words.load import rule_words, word_lists, word_table

_OWN: Final = rule_words("repair")
_TURNING: Final = word_lists("gate")["turning"]

_PLACES: Final = frozenset({"GPE", "LOC", "FAC"})
_NOMINAL: Final = ("NOUN", "PROPN", "NUM", "PRON")
#: What a noun of a class can be said of, by the label of the name.
_NAMES_OF: Final[Mapping[str, frozenset[str]]] = {
    "Person": frozenset({"PERSON"}),
    "Organization": frozenset({"ORG"}),
    "Company": frozenset({"ORG"}),
    "Place": _PLACES,
    "CreativeWork": frozenset({"WORK_OF_ART"}),
}
#: The words of a dateline's place are fewer ("SAN JUAN DEL SUR").
_LONGEST_PLACE: Final = 5
#: In characters.
_LONGEST_PAIR: Final = 30


@dataclass(frozen=True, slots=True)
class _Words:
    verbs: Mapping[str, frozenset[str]]
    of: frozenset[str]
    apart: frozenset[str]
    people_verbs: frozenset[str]
    people_prepositions: frozenset[str]
    driven: frozenset[str]
    measured: frozenset[str]
    means: frozenset[str]
    plots: frozenset[str]
    bodies_verbs: frozenset[str]
    bodies_words: frozenset[str]
    outer: frozenset[str]
    deadly: frozenset[str]
    violent: frozenset[str]
    pairs: frozenset[str]


_WORDS: Final = word_table(_Words, "repair")


def mend(doc: Doc) -> None:
    """Mend the heads and relations of ``doc`` in place. A mended parse stays as it is."""
    for rule, moved in _RULES:
        found = [change for token in standing_as(doc, moved) for change in rule(token)]
        for token, head, dep in found:
            if head not in token.subtree and head.sent == token.sent:
                token.head = head
                token.dep_ = dep
        if found:
            forget(doc)


_Change = tuple[Token, Token, str]


def _lifted(token: Token) -> Iterator[_Change]:
    """A phrase behind an object that is the verb's: "fires rockets *at the base*"."""
    mark = preposition(token)
    if token.dep_ == "nmod:poss" or token.head.i > token.i or mark is None:
        return
    top = _top_noun(token)
    if top is None or top[0].head.pos_ != "VERB" or top[0].i < top[0].head.i:
        return
    behind = _Behind(token, mark, *top)
    if any(holds(behind) for holds in _OF_THE_VERB):
        yield token, behind.verb, "obl"


def _top_noun(token: Token) -> tuple[Token, bool] | None:
    """The noun right below the verb that a phrase stands behind, and whether it hangs on another
    that is part of it; None where more of the noun follows."""
    noun, through = token.head, False
    if _has_more(noun, token):
        return None
    while relation(noun) in ("nmod", "appos", "flat", "conj") and noun.head.i < noun.i:
        if _has_more(noun.head, token) or (relation(noun) == "conj" and not _is_when(token)):
            return None
        through = through or (relation(noun) == "nmod" and noun.dep_ != "nmod:desc")
        noun = noun.head
    return noun, through


@dataclass(frozen=True, slots=True)
class _Behind:
    """A phrase with its preposition, behind a noun of a verb; see `_top_noun`."""

    token: Token
    mark: str
    noun: Token
    through: bool

    @property
    def verb(self) -> Token:
        return self.noun.head

    @property
    def lemma(self) -> str:
        return str(self.noun.head.lemma_.lower())

    @property
    def of_object(self) -> bool:
        return relation(self.noun) in ("obj", "iobj")


def _when_named(b: _Behind) -> bool:
    """ "will visit Lebanon *in May*"."""
    if relation(b.noun) not in ("obl", "obj", "iobj") or not _is_when(b.token):
        return False
    label = name_at(b.token.head)
    return label is not None and label[2] in (*_PLACES, "PERSON", "ORG")


def _told_of(b: _Behind) -> bool:
    """ "was told by Lund *of the danger*"."""
    told = b.mark == "of" and relation(b.noun) == "obl" and b.lemma in _WORDS.of
    return told and _person(b.token.head)


def _of_what(b: _Behind) -> bool:
    """ "convicted Lund *of fraud*"."""
    if b.mark != "of" or not b.of_object or b.lemma not in _WORDS.of or _has_article(b.token):
        return False
    inner = b.token.head
    return _person(inner) or (b.through and (_has_article(inner) or name_at(inner) is not None))


def _following(b: _Behind) -> bool:
    """ "boosted investment *following talks*"."""
    return b.of_object and b.mark in _OWN["after_events"] and not _eventful(b.token, b.noun)


def _apart(b: _Behind) -> bool:
    """ "met Lund *on arrival*"."""
    alone = b.token.lemma_.lower() in _WORDS.apart and not kids(b.token)[1:]
    return b.of_object and b.mark == "on" and alone


def _own_preposition(b: _Behind) -> bool:
    """ "fires rockets *at the base*"."""
    own = b.of_object and not b.through and b.mark in _WORDS.verbs.get(b.lemma, ())
    return own and (b.lemma not in _WORDS.measured or value_at(b.token) is not None)


def _of_people(b: _Behind) -> bool:
    """ "killed two people *in an attack*"."""
    known = b.lemma in _WORDS.people_verbs and b.mark in _WORDS.people_prepositions
    if not b.of_object or b.through or not known or not _people(b.noun):
        return False
    return _is_when(b.token) or _is_where(b.token) or _happens(b.token)


def _from_seller(b: _Behind) -> bool:
    """ "bought land with a view *from Norr Bank* for $2 million"."""
    priced = any(
        preposition(c) == "for" and value_at(c) is not None and c.i > b.token.i
        for c in children(b.verb, "obl")
    )
    buys = b.mark == "from" and b.lemma in _OWN["buying"]
    return buys and priced and name_at(b.token) is not None


#: When a phrase behind a noun is the verb's.
_OF_THE_VERB: Final = (
    _when_named, _told_of, _of_what, _following, _apart, _own_preposition, _of_people, _from_seller,
)  # fmt: skip


def _eventful(token: Token, noun: Token) -> bool:
    """Whether what the phrase hangs on, or the object above, happens itself."""
    return any(
        _happens(t) or t.lemma_.lower() in _WORDS.violent or value_at(t) is not None
        for t in (token.head, noun)
    )


def _has_more(noun: Token, phrase: Token) -> bool:
    """Whether more of the noun follows the phrase: then it can't be taken out."""
    return any(c.i > phrase.i and not c.is_punct and phrase not in (c, *c.ancestors)
               for c in kids(noun) if c != phrase and phrase.i < c.i)  # fmt: skip


def _is_when(token: Token) -> bool:
    value = value_at(token)
    return value is not None and value.datatype in (
        "xsd:date", "xsd:gYear", "xsd:gYearMonth", "xsd:dateTime",
    )  # fmt: skip


def _is_where(token: Token) -> bool:
    name = name_at(token)
    return name[2] in _PLACES if name is not None else type_hint(token) == "Place"


def _happens(token: Token) -> bool:
    name = name_at(token)
    return name[2] == "EVENT" if name is not None else type_hint(token) == "Event"


def _has_article(token: Token) -> bool:
    return child(token, "det", "nmod:poss") is not None


def _person(token: Token) -> bool:
    name = name_at(token)
    return name is not None and name[2] == "PERSON"


def _people(noun: Token) -> bool:
    name = name_at(noun)
    if name is not None:
        return name[2] in ("PERSON", "NORP")
    return noun.pos_ == "NUM" or type_hint(noun) in ("Person", "Group")


def _including(token: Token) -> Iterator[_Change]:
    """ "killed six suspects and seized weapons, *including* a rifle": the weapons are meant, the
    nearest plural noun before the comma; people are of people ("sends a group of deportees under
    new arrangements, *including* a teacher"). In "across Spain, *including* in Madrid" it says no more
    than "among others"."""
    if token.lower_ != "including" or token.i < 2:
        return
    part = token.head
    if part.i < token.i or relation(part) not in ("nmod", "obl"):
        return
    follows = token.doc[token.i + 1]
    if relation(follows) == "case" and follows.head == part:
        yield token, part, "advmod"
        return
    place = token.i - 1
    while place > 0 and token.doc[place].is_punct:
        place -= 1
    at = token.doc[place]
    somebody = _people(part) and part.pos_ != "NUM"
    while at.i >= part.left_edge.i - 24:
        verb = somebody and at.pos_ == "VERB"
        if at.pos_ not in _NOMINAL and not verb:
            return
        near = children(at, "obj", "nsubj") if verb else [at]
        for noun in (*near, *(c for one in near if verb for c in children(one, "nmod"))):
            plain = noun.pos_ in ("NOUN", "PROPN") and name_at(noun) is None
            if plain and is_plural(noun) and (not somebody or _people(noun)):
                if noun != part.head and noun.i < token.i:
                    yield part, noun, "nmod"
                return
        if at.head.i > at.i or at.head == at:
            return
        at = at.head


def _after_including(token: Token) -> Iterator[_Change]:
    """ "killed 43 people, including 20 *during a vigil*": the 20."""
    if not spelled(token.doc, ["including"]) or token.head.pos_ != "VERB":
        return
    before = token.left_edge.i - 1
    if before < 2:
        return
    at = token.doc[before]
    for _ in range(6):
        if any(c.lower_ == "including" for c in children(at, "case")):
            if at.right_edge.i == before and at != token and at.pos_ == "NUM":
                yield token, at, "nmod"
            return
        if at.head == at or at.head.i > before:
            return
        at = at.head


def _behind_comma(token: Token) -> Iterator[_Change]:
    """ "lets Ohio use the map, *staying* a ruling", "urged residents to leave, *warning* that":
    who lets and urges."""
    if token.tag_ != "VBG" or child(token, "mark", "nsubj") is not None:
        return
    start = token.left_edge.i
    doc, inner = token.doc, token.head
    comma = doc[start].text == "," or doc[start - 1].text == ","
    if not comma or token.i < inner.i or not is_infinitive(inner):
        return
    outer = inner.head
    if relation(inner) not in ("xcomp", "advcl") or outer.i > inner.i:
        return
    target = addressed(outer)
    if target is None or not target.i < inner.i or outer.lemma_ in _WORDS.driven:
        return
    if object_controls(outer):
        yield token, outer, "advcl"


def _finite(token: Token) -> Iterator[_Change]:
    """ "urged the embassy to reconsider and *spoke* with Lund": a finite verb goes on with the
    finite clause, not with the infinitive before it."""
    if token.tag_ not in TENSED:
        return
    if token.pos_ != "VERB" or own_subject(token) is not None or helping_verbs(token):
        return
    first = token.head
    if first.pos_ != "VERB" or first.tag_ not in ("VB", "VBG") or first.i > token.i:
        return
    if any(relation(c) == "aux" and c.tag_ != "TO" for c in kids(first)):
        return
    at = first
    for _ in range(6):
        if at.head == at or at.head.i > at.i:
            return
        at = at.head
        finite = at.tag_ == token.tag_ or any(
            relation(c) in ("aux", "cop") and c.tag_ == token.tag_ for c in kids(at)
        )
        if at.pos_ in ("VERB", "ADJ") and finite and own_subject(at) is not None:
            yield token, at, "conj"
            return


def _by_noun(token: Token) -> Iterator[_Change]:
    """ "failed to report abuse *by a priest*": whose abuse it is. Beside an active verb with an
    object right before, "by somebody" is the object's."""
    if preposition(token) != "by" or token.head.pos_ != "VERB":
        return
    found = child(token.head, "obj")
    if found is None or found.i < token.head.i or token.left_edge.i != found.right_edge.i + 1:
        return
    if found.pos_ != "NOUN" or name_at(found) is not None or value_at(token) is not None:
        return
    bare = token.tag_ == "NN" and not kids(token)[1:]  # "by bus"
    if token.pos_ in _NOMINAL and not bare and token.lemma_.lower() not in _WORDS.means:
        yield token, found, "nmod"


def _behind_aside(token: Token) -> Iterator[_Change]:
    """ "postponed the summit, scheduled for May, *due to* an outbreak": behind the second comma
    the clause goes on that the first one broke off."""
    if preposition(token) not in _WORDS.outer:
        return
    start, doc = token.left_edge.i, token.doc
    if start < 4 or "," not in (doc[start].text, doc[start - 1].text):
        return
    aside = token.head
    for _ in range(5):
        if relation(aside) == "acl" or aside.head == aside or aside.head.i > aside.i:
            break
        aside = aside.head
    first = aside.left_edge.i
    if relation(aside) != "acl" or "," not in (doc[first].text, doc[first - 1].text):
        return
    main = aside.head
    while main.pos_ not in ("VERB", "AUX") and main.head != main and main.head.i < main.i:
        main = main.head
    if main.pos_ == "VERB" and main.i < aside.i:
        yield token, main, "obl"


def _that_killed(token: Token) -> Iterator[_Change]:
    """ "an attack on a centre in Homs *that killed two*": what kills is the attack."""
    if token.dep_ != "acl:relcl" or token.lemma_ not in _WORDS.deadly:
        return
    if not any(c.lower_ in ("that", "which") and relation(c) == "nsubj" for c in kids(token)):
        return
    at = token.head
    if _happens(at):
        return
    for _ in range(5):
        if relation(at) not in ("nmod", "conj", "appos", "flat") or at.head.i > at.i:
            return
        at = at.head
        if _happens(at) or at.lemma_.lower() in _WORDS.violent:
            yield token, at, "acl:relcl"
            return


def _before_title(token: Token) -> Iterator[_Change]:
    """ "spoke *with* US Secretary of State Lund": with Lund, not with the title alone."""
    title = token.head
    if token.tag_ == "POS" or token.i > title.i:
        return
    name = title.head
    if title.dep_ == "nmod:desc" and name.i > title.i and token.i == title.left_edge.i:
        yield token, name, "case"


def _absolute(token: Token) -> Iterator[_Change]:
    """ "had bid to host it, *with Ghana winning*": beside the whole clause, not the infinitive."""
    if token.tag_ != "VBG" or own_subject(token) is None:
        return
    start, doc, inner = token.left_edge.i, token.doc, token.head
    if not any(c.lower_ == "with" for c in children(token, "mark")) or not is_infinitive(inner):
        return
    if "," in (doc[start].text, doc[start - 1].text) and relation(inner) in ("xcomp", "advcl"):
        yield token, inner.head, "advcl"


def _ruling(token: Token) -> Iterator[_Change]:
    """ "The court blocks a bill that would require ..., *ruling* that": who can rule."""
    if token.tag_ != "VBG" or not speaks(token):
        return
    start, doc = token.left_edge.i, token.doc
    if (
        "," not in (doc[start].text, doc[start - 1].text)
        or child(token, "mark", "nsubj") is not None
    ):
        return
    at = token.head
    for _ in range(8):
        who = own_subject(at) if at.pos_ in ("VERB", "ADJ", "NOUN") else None
        if who is not None and at.i < token.i and _can_rule(who):
            if at != token.head:
                yield token, at, "advcl"
            return
        if at.head == at:
            return
        at = at.head


def _can_rule(who: Token) -> bool:
    name = name_at(who)
    if name is not None:
        return name[2] in ("PERSON", "ORG", "GPE", "NORP")
    return who.lower_ in _OWN["pronouns"] or type_hint(who) in (
        "Person", "Group", "Organization",
    )  # fmt: skip


def _plot(token: Token) -> Iterator[_Change]:
    """ "foiled an attempt by the group *to bomb* an embassy": the attempt was to."""
    verb = token.head
    if not is_infinitive(token) or verb.pos_ != "VERB":
        return
    found = child(verb, "obj")
    if found is None or not verb.i < found.i < token.i or found.pos_ != "NOUN":
        return
    if found.lemma_.lower() in _WORDS.plots and found.right_edge.i + 1 == token.left_edge.i:
        yield token, found, "acl"


def _after_source(token: Token) -> Iterator[_Change]:
    """ "killed 20 according to officials *on Thursday*": when they said so."""
    if not _is_when(token):
        return
    for c in kids(token.head):
        if (preposition(c) or "").startswith("according") and (
            c.right_edge.i + 1 == token.left_edge.i
        ):
            yield token, token.head, "dep"
            return


def _led(token: Token) -> Iterator[_Change]:
    """ "a consortium of companies *led by* Orbex": the consortium is."""
    if token.tag_ != "VBN" or token.lemma_ not in _WORDS.bodies_verbs:
        return
    noun = token.head
    if not is_plural(noun) or preposition(noun) != "of" or relation(noun) != "nmod":
        return
    if noun.head.lemma_.lower() in _WORDS.bodies_words and noun.head.i < noun.i:
        yield token, noun.head, "acl"


def _against(token: Token) -> Iterator[_Change]:
    """ "warned citizens living abroad *against voting*": what they are warned against."""
    if token.tag_ != "VBG":
        return
    if not any(c.lower_ == "against" for c in children(token, "mark", "case")):
        return
    at = token.head
    for _ in range(4):
        if at.pos_ == "VERB" and at.lemma_ in _OWN["warning"]:
            if at != token.head:
                yield token, at, "advcl"
            return
        if at.head == at or at.head.i > at.i:
            return
        at = at.head


def _subordinate_subject(token: Token) -> Iterator[_Change]:
    """ "Orbex was represented by Berg while *Moe* signed for Norr": Moe signed, and no more."""
    first = token.left_edge.i
    mark = token.doc[first - 1] if first else token
    clause = mark.head
    behind = token.head.i < mark.i < token.i < clause.i
    if not behind or relation(mark) != "mark" or own_subject(clause) is not None:
        return
    if any(t.tag_ in FINITE for t in (clause, *helping_verbs(clause))):
        yield token, clause, "nsubj"


def _next_subject(token: Token) -> Iterator[_Change]:
    """ "When trade resumes in May, *the port* will open": the subject of what follows the comma."""
    clause, first = token.head, token.left_edge.i
    above = clause.head
    if not clause.i < first <= token.i < above.i or relation(clause) != "advcl":
        return
    if token.doc[first - 1].text == "," and own_subject(above) is None:
        yield token, above, "nsubj"


def _parallel(token: Token) -> Iterator[_Change]:
    """ "convicted Lund of murder and *Berg* of theft": Berg, too, no murder."""
    beside = token.head
    verb, mark = beside.head, preposition(beside)
    if not _person(token) or name_at(beside) is not None or preposition(token) is not None:
        return
    holder = child(verb, "obj")
    if mark is None or holder is None or not _person(holder) or holder.i > beside.i:
        return
    own = (*children(token, "nmod", "orphan"), *children(verb, "obl"))
    if any(preposition(c) == mark and c.i > token.i for c in own):
        yield token, holder, "conj"


def _charge(token: Token) -> Iterator[_Change]:
    """ "was charged with murder and *leaving the scene*": a charge, nothing else that he does."""
    verb = token.head
    if token.tag_ != "VBG" or verb.tag_ not in ("VBN", "VBD") or child(token, "aux", "nsubj"):
        return
    around = any(c.left_edge.i < token.i < c.i for c in children(verb, "conj"))
    if verb.lemma_ not in _OWN["charging"] or around:
        return  # "and leaving the court he waved"
    for charge in children(verb, "obl"):
        if preposition(charge) in _OWN["of_charges"] and verb.i < charge.i < token.i:
            yield token, charge, "conj"


def _told_subject(token: Token) -> Iterator[_Change]:
    """ "*Lund* was held after a chase, the police said": of two subjects the first is that of what is told."""
    verb = token.head
    told = next((c for c in children(verb, "ccomp") if token.i < c.i < verb.i), None)
    if told is None or own_subject(told) is not None:
        return
    speaks_behind = any(told.i < c.i for c in children(verb, "nsubj") if c != token)
    group = (told, *helping_verbs(told), *children(told, "cop"))
    if speaks_behind and any(t.tag_ in FINITE for t in group):
        yield token, told, "nsubj:pass" if children(told, "aux:pass") else "nsubj"


def _told_along(token: Token) -> Iterator[_Change]:
    """ "Sales fell, *closing* the mill, the mayor said": what stands before who says it is told."""
    verb = token.head
    told = next((c for c in children(verb, "ccomp") if c.i < token.i < verb.i), None)
    speaker = next(iter(children(verb, "nsubj")), None)
    if told is not None and speaker is not None and token.i < speaker.i:
        yield token, told, "advcl"


def _not_he(token: Token) -> Iterator[_Change]:
    """ "The mayor, *not Lars Berg*, sold it": no other name of the mayor."""
    if any(c.lower_ == "not" and c.i < token.i for c in children(token, "advmod", "cc")):
        yield token, token.head, "conj"


def _so_far_from(token: Token) -> Iterator[_Change]:
    """ "the town of Vell, *120 km south Port Sudan*": where it lies from there, no other name of it."""
    if name_at(token) is None:
        return
    for whither in children(token, "advmod"):
        if whither.i < token.i and child(whither, "obl", "nummod") is not None:
            yield token, token.head, "dep"


def _away(token: Token) -> Iterator[_Change]:
    """ "broke away *from Spain*": the verb's, as in "broke *from Spain*"."""
    way = token.head
    if way.lower_ not in _TURNING or relation(way) != "advmod" or way.head.pos_ != "VERB":
        return
    if way.head.i + 1 == way.i == token.left_edge.i - 1 and preposition(token) is not None:
        yield token, way.head, token.dep_


def _dateline(token: Token) -> Iterator[_Change]:
    """ "PORT HALE: Sales fell, *said* the bank": where it was written says and does nothing."""
    if token.head.i <= token.i:
        return
    doc, first, after = token.doc, token.left_edge.i, token.right_edge.i + 1
    if (
        first != sentence_of(token)[0]
        or after >= len(doc)
        or doc[after].text not in (":", "—", "–", "―")
    ):
        return
    place = doc[first:after]
    if all(word.is_upper and word.is_alpha for word in place) and len(place) < _LONGEST_PLACE:
        yield token, token.head, "dep"


def _between(token: Token) -> Iterator[_Change]:
    """ "reports fighting between rebels and *troops*": the other of the two."""
    first = [
        c for c in children(token.head, "nmod")
        if preposition(c) == "between" and c.i < token.i and child(c, "conj") is None
    ]  # fmt: skip
    joined = any(c.lower_ == "and" for c in children(token, "cc"))
    if len(first) == 1 and joined and token.left_edge.i == first[0].right_edge.i + 1:
        yield token, first[0], "conj"


def _behind_conjunct(token: Token) -> Iterator[_Change]:
    """ "was shot and driven *to hospital*": whither goes with the last verb."""
    if preposition(token) not in _OWN["whither"]:
        return
    before = token.doc[token.left_edge.i - 1] if token.left_edge.i else token
    if before.pos_ == "VERB" and relation(before) == "conj" and before.head == token.head:
        yield token, before, token.dep_


def _ordered(token: Token) -> Iterator[_Change]:
    """ "ordered two men *detained*": that they be, and no men who are."""
    who = token.head
    orders = relation(who) == "obj" and who.head.lemma_ == "order" and means_people(who)
    if orders and token.tag_ == "VBN" and token.i == who.i + 1:
        yield token, who.head, "xcomp"


def _how(token: Token) -> Iterator[_Change]:
    """ "heard how Ann Berg - a guard - *had fallen*": what was heard, and no manner."""
    how = token.head
    if how.lower_ == "how" and relation(how) == "obj" and how.i < token.i:
        yield token, how.head, "ccomp"
        yield how, token, "advmod"


def _reduced_relative(token: Token) -> Iterator[_Change]:
    """ "the widow of a guard *Lund killed*": Lund killed the guard, and is no guard."""
    noun = token.head if relation(token) == "appos" else token.doc[token.left_edge.i - 1]
    above = noun if noun.head != token else token
    first, after = token.i, token.right_edge.i + 1
    if noun.i + 1 != first or noun.pos_ != "NOUN" or relation(above) != "nmod" or is_plural(noun):
        return
    name = name_at(token)
    owner = child(noun, "nmod:poss")  # "*a* sheriff's deputy Lund killed"
    article = child(noun, "det") or (owner and child(owner, "det"))
    if name is None or name[2] not in ("PERSON", "ORG") or article is None:
        return
    while after < len(token.doc) and token.doc[after].idx < name[1]:
        after += 1
    verb = _verb_at(token.doc, after)
    if verb is None or noun in verb.subtree or child(verb, "obj") is not None:
        return
    finite = verb.tag_ != "VBN" or child(verb, "aux") is not None
    ends = verb.right_edge == verb  # else "the widow of the clerk Lund, *killed in Oslo*"
    if finite or ends or article.lower_ in ("a", "an"):
        if above == token:
            yield noun, token.head, token.dep_
        yield verb, noun, "acl:relcl"
        yield token, verb, "nsubj:pass" if child(verb, "aux") is not None else "nsubj"


def _verb_at(doc: Doc, at: int) -> Token | None:
    """The verb whose group begins at a token."""
    if at >= len(doc):
        return None
    word = doc[at]
    verb = word.head if relation(word) in ("aux", "cop") and word.head.i > at else word
    return verb if verb.tag_ in ("VBD", "VBN", "VBZ", "VBG") else None


def _named_to_be(token: Token) -> Iterator[_Change]:
    """ "named *Ada Lund* president": her, to be that."""
    post, name = token.head, name_at(token)
    verb = post.head
    if name is None or name[2] != "PERSON" or verb.lemma_ not in _OWN["naming"] or not _bare(post):
        return
    if relation(post) in ("obj", "xcomp") and token.left_edge.i == verb.i + 1:
        yield token, verb, "obj"
        yield post, verb, "xcomp"


def _price(token: Token) -> Iterator[_Change]:
    """ "buys it from Norr Bank *for $2 million*": the price is no part of the name before."""
    above = token.head
    priced = preposition(token) == "for" and value_at(token) is not None
    if above.i < token.i and priced and above.head.pos_ == "VERB":
        yield token, above.head, "obl"


def _made_offer(token: Token) -> Iterator[_Change]:
    """ "made *Ada Lund* an offer": to her."""
    verb = token.head
    offer = next((c for c in children(verb, "xcomp", "obj") if c.i > token.right_edge.i), None)
    if verb.lemma_ != "make" or offer is None or offer.lemma_.lower() not in _OWN["offers"]:
        return
    if token.pos_ in ("PROPN", "PRON") and offer.left_edge.i == token.right_edge.i + 1:
        yield token, verb, "iobj"
        yield offer, verb, "obj"


def _bare(noun: Token) -> bool:
    """A common noun of one person, without article, owner and name."""
    more = child(noun, "det", "nmod:poss", "appos", "flat")
    return noun.pos_ == "NOUN" and type_hint(noun) == "Person" and more is None


def _tooth_and_nail(token: Token) -> Iterator[_Change]:
    """ "fought the plan *tooth and nail*": how; what is fought hangs on the tooth."""
    low, rest = token.idx, text_of(token.doc)[token.idx : token.idx + _LONGEST_PAIR].lower()
    if not any(rest.startswith(one) for one in _WORDS.pairs) or low < token.head.idx:
        return
    yield token, token.head, "advmod"
    own = [c for c in kids(token) if c.i < token.i]
    if own and relation(own[-1]) == "compound":
        yield own[-1], token.head, "obj"
        for c in own[:-1]:
            yield c, own[-1], c.dep_


def _done_by_owner(token: Token) -> Iterator[_Change]:
    """ "his *patient charting of* the sky": what he did, no patient of his who charts."""
    word, owner = token.head, child(token.head, "nmod:poss")
    of_what = [c for c in children(token, "obl") if preposition(c) == "of"]
    if token.tag_ != "VBG" or owner is None or word.i + 1 != token.i or not of_what:
        return
    if child(token, "obj") is None and not is_plural(word) and word.pos_ == "NOUN":
        yield token, word.head, word.dep_
        yield owner, token, owner.dep_
        yield word, token, "amod"


def _of_nearer_name(token: Token) -> Iterator[_Change]:
    """ "Lund, the head of Orbex, *a shipping firm* in Oslo": Orbex is one, not Lund; "Orbex, led by Lund,
    *a lawyer*"."""
    kind = _NAMES_OF.get(type_hint(token) or "")
    above, first = name_at(token.head), token.left_edge
    start = first.i + 1 if first.text == "," else first.i
    if kind is None or name_at(token) is not None or is_plural(token) or start < 2:
        return
    if above is None or above[2] in kind or token.doc[start - 1].text != ",":
        return
    before = token.doc[start - 2]
    name = name_at(before)
    if name is None or name == above or name[2] not in kind:
        return
    while name_at(before.head) == name and before.head != before:
        before = before.head
    if token.head in before.ancestors and token.head.i < before.i:
        yield token, before, "appos"


def _relative_of(token: Token) -> Iterator[_Change]:
    """ "people who know *the deal*, which was led by Orbex", "the mayor of *a town*, which was flooded":
    the nearest noun that is such a one, in kind and in number."""
    noun = token.head
    pronoun = next((c for c in children(token, "nsubj", "obj") if c.tag_ in ("WDT", "WP")), None)
    if pronoun is None or noun.pos_ not in ("NOUN", "PROPN") or _is_antecedent(noun, pronoun):
        return
    for place in range(pronoun.i - 1, noun.i, -1):
        found = token.doc[place]
        plain = found.pos_ in ("NOUN", "PROPN") and relation(found) in ("nmod", "obl", "obj")
        if plain and noun in found.ancestors and _is_antecedent(found, pronoun):
            yield token, found, token.dep_
            return


def _is_antecedent(noun: Token, pronoun: Token) -> bool:
    """Whether a relative pronoun can stand for the noun: no person for "which", not several where the
    verb is that of one."""
    person = _person(noun) or (name_at(noun) is None and type_hint(noun) == "Person")
    if pronoun.lower_ == "which" and person:
        return False
    if relation(pronoun) != "nsubj" or child(noun, "conj") is not None or name_at(noun) is not None:
        return True
    many = _is_of_many(pronoun.head)
    if many is None or many == is_plural(noun):
        return True
    return many and type_hint(noun) in ("Group", "Organization")


def _is_of_many(verb: Token) -> bool | None:
    """Whether the verb's form tells of several ("were", "have"), or of one; None where it doesn't."""
    for word in (*(c for c in kids(verb) if relation(c) in ("aux", "cop")), verb):
        if word.tag_ == "VBZ" or word.lower_ == "was":
            return False
        if word.tag_ in ("VBP", "VBD"):
            return None if word.tag_ == "VBD" and word.lower_ != "were" else True
    return None


#: Each rule, and the relations of the tokens that it may move.
_RULES: Final[tuple[tuple[Callable[[Token], Iterator[_Change]], tuple[str, ...]], ...]] = (
    (_before_title, ("case",)),
    (_reduced_relative, ("appos", "nmod")),
    (_how, ("acl", "advcl")),
    (_absolute, ("advcl",)),
    (_ruling, ("advcl", "acl")),
    (_plot, ("advcl",)),
    (_after_source, ("obl",)),
    (_led, ("acl",)),
    (_named_to_be, ("compound",)),
    (_made_offer, ("obj",)),
    (_price, ("compound",)),
    (_tooth_and_nail, ("obj",)),
    (_done_by_owner, ("acl",)),
    (_of_nearer_name, ("appos",)),
    (_relative_of, ("acl",)),
    (_parallel, ("conj",)),
    (_charge, ("conj",)),
    (_told_subject, ("nsubj",)),
    (_told_along, ("advcl",)),
    (_next_subject, ("nsubj", "obj")),
    (_subordinate_subject, ("conj",)),
    (_between, ("conj",)),
    (_finite, ("conj",)),
    (_including, ("case",)),
    (_after_including, ("obl",)),
    (_behind_conjunct, ("obl",)),
    (_lifted, ("nmod",)),
    (_behind_comma, ("advcl",)),
    (_against, ("advcl", "acl", "obl")),
    (_by_noun, ("obl",)),
    (_behind_aside, ("obl", "nmod")),
    (_that_killed, ("acl",)),
    (_ordered, ("acl",)),
    (_not_he, ("appos",)),
    (_so_far_from, ("appos",)),
    (_away, ("obl",)),
    (_dateline, ("nsubj",)),
)
