"""What nouns say that stand for verbs: "Apple's purchase of Beats", "trial adoption of software
from Runway", "the integration of AI by Netflix", "talks between Iran and Iraq".

Which nouns these are, what verb they stand for and how their subject and object hang on them comes
from the lexicon, else from ``words/en/nominalizations.tsv``, counted in QANom (Klein et al. 2020). A noun
states a relation where both its participants are told, in its own phrase or by the verb that
governs it ("Netflix has begun the adoption of ...").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from spacy.tokens import Doc, Token

from kg.extract.factuality.status import status
from kg.extract.grammar.adjuncts import circumstances, is_time
from kg.extract.grammar.annotations import is_score, name_at, value_at
from kg.extract.grammar.arguments import argument, content_head, is_generic, maker_argument
from kg.extract.grammar.coordination import conjuncts, meant
from kg.extract.grammar.index import kids, relation, tagged
from kg.extract.grammar.labels import means_people
from kg.extract.grammar.objects import light_noun
from kg.extract.grammar.subjects import is_infinitive, is_passive, subject
from kg.extract.grammar.tree import antecedent, child, children, is_plural, possessor, preposition
from kg.extract.statements import predicates
from kg.extract.statements.blocks import block_of
from kg.extract.statements.claims import make_claim
from kg.extract.statements.distant_participants import farther
from kg.extract.words.load import rule_words, word_file, word_table
from kg.lexicon import Lexicon, Sense, derived, lexicon_of
from kg.model import Argument, Article, Claim

_OWN: Final = rule_words("nominals")

EXTRACTOR: Final = "nominals"
#: Weight of what all nouns do against what this noun did in the corpus.
_PRIOR: Final = 2.0
#: From this likelihood on a participant is taken for a claim.
SURE: Final = 0.45
_LEXICON: Final = 0.95


@dataclass(frozen=True, slots=True)
class Frame:
    """What a noun stands for: the verb, the lexicon's senses, and for each place beside the noun
    how likely a phrase there is its subject and its object."""

    verb: str
    likely: dict[str, tuple[float, float]]
    senses: tuple[Sense, ...] = ()


@dataclass(frozen=True, slots=True)
class Participants:
    """The participants found for an event noun; None where the sentence doesn't tell. ``governor``
    is the verb or noun that has the subject."""

    subject: Token | None
    object: Token | None
    governor: Token | None = None


@dataclass(frozen=True, slots=True)
class _Words:
    not_events: frozenset[str]
    named_by_kind: frozenset[str]
    control: frozenset[str]
    control_known: frozenset[str]
    control_nouns: frozenset[str]
    mutual: Mapping[str, str]
    agent_endings: tuple[str, ...]
    agents_allowed: frozenset[str]
    ended: frozenset[str]
    own: frozenset[str]
    intransitive: frozenset[str]
    ordinals: frozenset[str]


_WORDS: Final = word_table(_Words, "nominals")


#: The likelihoods over all nouns by place, and each noun's frame with the share of its uses that
#: name an event.
Counted = tuple[dict[str, tuple[float, float]], dict[str, tuple[Frame, float]]]


@cache
def _corpus() -> Counted:
    """What is counted in the corpus."""
    return counted(word_file("nominalizations.tsv"))


def counted(text: str) -> Counted:
    """Frames of a table such as ``training/nominalizations.py`` writes."""
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    everywhere: dict[str, tuple[float, float]] = {}
    frames_: dict[str, tuple[Frame, float]] = {}
    for noun, verb, judged, named, numbers in rows:
        likely: dict[str, tuple[float, float]] = {}
        for mark, (seen, subjects, objects) in _counts(numbers).items():
            prior = everywhere.get(mark, (0.2, 0.2))
            weight = 0.0 if noun == "*" else _PRIOR
            likely[mark] = (
                (subjects + weight * prior[0]) / (seen + weight),
                (objects + weight * prior[1]) / (seen + weight),
            )
        if noun == "*":
            everywhere = likely
        else:
            frames_[noun] = (Frame(verb, likely), int(named) / int(judged))
    return everywhere, frames_


def _counts(text: str) -> dict[str, tuple[int, int, int]]:
    if text == "-":
        return {}
    found: dict[str, tuple[int, int, int]] = {}
    for item in text.split(" "):
        mark, _, numbers = item.rpartition("=")
        seen, subjects, objects = (int(n) for n in numbers.split("/"))
        found[mark.replace("_", " ")] = (seen, subjects, objects)
    return found


@derived
def frames(lexicon: Lexicon) -> dict[str, Frame]:
    """The nouns taken for events wherever they stand: those of the lexicon and those that mostly
    are events in the corpus, people ("leader") and bodies ("government") left out."""
    found: dict[str, Frame] = {}
    for noun, (frame, share) in _corpus()[1].items():
        agent = noun.endswith(_WORDS.agent_endings) and noun not in _WORDS.agents_allowed
        if share >= 0.4 and not agent and noun not in _WORDS.not_events:
            found[noun] = frame
    for noun, senses in lexicon.nouns.items():
        found[noun] = _with_senses(noun, senses, _corpus()[1].get(noun))
    return found


def _with_senses(noun: str, senses: tuple[Sense, ...], known: tuple[Frame, float] | None) -> Frame:
    """The frame of a noun of the lexicon, whose marks go before what is counted."""
    likely = dict(known[0].likely) if known is not None else {}
    for sense in senses:
        for mark in sense.subject_marks:
            likely[mark] = (_LEXICON, 0.0)
    for sense in senses:
        for mark in sense.object_marks:
            likely[mark] = (likely.get(mark, (0.0, 0.0))[0] if mark == "'s" else 0.0, _LEXICON)
    return Frame(known[0].verb if known is not None else noun, likely, senses)


def frame_of(noun: Token) -> Frame | None:
    """The frame of an event noun, or None."""
    if noun.pos_ != "NOUN" or name_at(noun) is not None:
        return None
    if relation(noun) in ("compound", "fixed", "flat"):
        return None
    return frames(lexicon_of(noun.doc)).get(noun.lemma_.lower())


def any_frame(noun: Token, corpus: Counted | None = None) -> Frame:
    """The frame of a noun that is known to name an event here, whether or not it often does.
    ``corpus`` stands for what is counted in QANom, for whoever holds a part of that out."""
    lemma = noun.lemma_.lower()
    seen = (corpus or _corpus())[1].get(lemma)
    senses = lexicon_of(noun.doc).nouns.get(lemma)
    if senses is not None:
        return _with_senses(lemma, senses, seen)
    return seen[0] if seen is not None else Frame(lemma, {})


def places(noun: Token) -> list[tuple[str, Token]]:
    """Where participants of an event noun can stand, and what stands there: ``'s`` (possessive),
    a preposition, ``compound``, ``amod`` (a name as adjective: "British support"), ``acl`` (a
    clause); and from what governs the noun ``obj<`` and ``obl<`` (the subject of the verb whose
    object or oblique it is), ``to<`` (an oblique beside it as object), ``nsubj<`` (the object of
    the verb whose subject it is), ``nmod<`` (the noun it hangs on), ``is<`` (what it is said of)."""
    return [*_below(noun), *_above(noun), *_of_copula(noun)]


def _below(noun: Token) -> Iterator[tuple[str, Token]]:
    for c in kids(noun):
        kind = relation(c)
        if c.dep_ == "nmod:poss":
            yield "'s", c
        elif kind == "nmod":
            mark = preposition(c)
            if mark is not None and not is_time(c):
                yield mark, c
            if mark == "of":  # "the purchase of X by Y", where the parse hangs Y on X
                yield from (("by", d) for d in children(c, "nmod") if preposition(d) == "by")
        elif kind == "amod" and name_at(c) is not None:
            yield "amod", c
        elif kind == "acl" and c.i > noun.i and is_infinitive(c):
            yield "acl", c
    compounds = [c for c in children(noun, "compound") if c.i < noun.i]
    if compounds and compounds[-1].pos_ in ("NOUN", "PROPN"):
        yield "compound", compounds[-1]


def _above(noun: Token) -> Iterator[tuple[str, Token]]:
    at = noun
    while relation(at) == "conj" and at.head.pos_ == "NOUN":
        at = at.head
    kind = relation(at)
    if kind == "nmod" and at.dep_ != "nmod:poss":
        yield "nmod<", at.head
    if at.head.pos_ != "VERB":
        return
    if kind in ("obj", "obl"):
        above = subject(at.head)
        if above is not None and above != noun and relation(above) != "expl":
            yield f"{kind}<", above
    if kind == "obj":
        for c in children(at.head, "obl"):
            if c.i > noun.i and preposition(c) is not None and not is_time(c):
                yield f"{preposition(c)}<", c
    target = child(at.head, "obj") if kind == "nsubj" else None
    if target is not None:
        yield "nsubj<", target


def _of_copula(noun: Token) -> Iterator[tuple[str, Token]]:
    below = child(noun, "nsubj")
    if below is not None and below.i < noun.i and relation(below) != "expl":
        yield "is<", below


def all_places(noun: Token) -> list[tuple[str, Token]]:
    """`places` and those farther off (`kg.extract.statements.distant_participants`), each token once."""
    found = places(noun)
    known = {token.i for _, token in found}
    for mark, token in farther(noun):
        if token.i not in known and token.pos_ != "PUNCT":
            known.add(token.i)
            found.append((mark, token))
    return found


def participants(
    noun: Token, frame: Frame, *, least: float = SURE, corpus: Counted | None = None
) -> Participants:
    """Who does what the noun says, and to whom: for each role the likeliest phrase beside it whose
    likelihood is at least ``least`` (below `SURE`, phrases farther off too). The subject may come
    from a governing verb or noun of the kind that has the same subject ("has begun the adoption
    of")."""
    everywhere = (corpus or _corpus())[0]
    options: list[tuple[float, int, str, Token]] = []
    for rank, (mark, token) in enumerate(places(noun) if least >= SURE else all_places(noun)):
        if least >= SURE and (mark.endswith("<") or mark == "between"):
            continue
        if least >= SURE and mark == "compound" and (is_plural(noun) or _names_kind(noun, token)):
            continue  # "content productions" are things
        if mark == "'s" and _is_where(noun, token):
            continue
        nothing = (0.0, 0.0)
        first, second = frame.likely.get(mark) or everywhere.get(mark, nothing)
        if frame.senses and least >= SURE and max(first, second) < _LEXICON:
            continue  # the lexicon knows the marks of this noun
        options.append((first, -rank, "subject", token))
        options.append((second, -rank, "object", token))
    found: dict[str, Token] = {}
    for likely, _, role, token in sorted(options, key=lambda o: (-o[0], -o[1], o[2])):
        if likely >= least and role not in found and token not in found.values():
            found[role] = token
    owner = possessor(noun)
    if owner is not None and found.get("subject") not in (None, owner) and "object" not in found:
        found["object"] = owner  # "Lincoln's assassination by Booth"
    governor: Token | None = None
    if "subject" not in found:
        own = noun.lemma_.lower() in _WORDS.own
        above, governor = _from_above(noun, known=bool(frame.senses) and not own)
        if above is not None and above != found.get("object"):
            found["subject"] = above
    return Participants(found.get("subject"), found.get("object"), governor)


def _names_kind(noun: Token, before: Token) -> bool:
    """ "a *peace* plan", "a *press* release": which it is, nothing that is planned or released."""
    lemma = noun.lemma_.lower()
    return not _WORDS.named_by_kind.isdisjoint((lemma, f"{before.lower_} {lemma}"))


def _is_where(noun: Token, owner: Token) -> bool:
    """ "*Peru's* first attack on the police": the first one there, whoever did it."""
    name = name_at(owner)
    if name is None or name[2] not in ("GPE", "LOC"):
        return False
    ranked_ = any(c.lower_ in _WORDS.ordinals or c.tag_ == "JJS" for c in children(noun, "amod"))
    return ranked_ or any(preposition(c) == "by" and _can_act(c) for c in children(noun, "nmod"))


def _can_act(token: Token) -> bool:
    return name_at(token) is not None or means_people(token)


def _from_above(noun: Token, *, known: bool) -> tuple[Token | None, Token | None]:
    """The subject of a governing verb that has the same one: "has begun the adoption of"."""
    words = _WORDS
    at = noun
    for _ in range(3):
        head = at.head
        kind = relation(at)
        if kind == "conj" and head != at:
            at = head
            continue
        shares = head.lemma_ in words.control or (known and head.lemma_ in words.control_known)
        if head.pos_ == "VERB" and kind in ("obj", "obl") and shares:
            if kind == "obl" and preposition(at) not in _OWN["controlled_with"]:
                return None, None
            if is_passive(head):
                return None, None
            return _holder(subject(head)), head
        if head.pos_ == "NOUN" and kind == "nmod" and head.lemma_ in words.control_nouns:
            owner = possessor(head)
            if owner is not None:
                return owner, head
            at = head
            continue
        return None, None
    return None, None


def _holder(subject_: Token | None) -> Token | None:
    """Whose plan it is, where the subject is a plan ("its plans include the purchase of")."""
    if subject_ is not None and subject_.lemma_.lower() in _WORDS.control_nouns:
        return possessor(subject_)
    return subject_


def nominals(doc: Doc, article: Article) -> Iterator[Claim]:
    """The relations that nouns state, in text order."""
    for noun in tagged(doc, ("NOUN",)):
        for claim in (*_mutual(noun), *_of_noun(noun)):
            yield replace(claim, block=block_of(article, noun.idx))


def _of_noun(noun: Token) -> Iterator[Claim]:
    frame = frame_of(noun)
    if frame is None:
        return
    if not frame.senses and light_noun(noun):
        return
    found = participants(noun, frame)
    if found.subject is None or found.object is None or found.object.pos_ == "VERB":
        return
    if _is_none(noun, frame, found.object):
        return
    standing = status(noun)
    words = _predicate_words(noun, found)
    for s_token in meant(found.subject):
        for o_token in meant(found.object):
            s, o = argument(s_token, "subject"), argument(o_token, "object")
            if s is None or o is None or s.start == o.start or _says_nothing(s, s_token, o_token):
                continue
            sense, label = _sense(noun, frame, s, s_token, o, o_token, found.object)
            if not label:
                continue
            if sense is not None and sense.metonymy and not sense.inverse:
                o = maker_argument(antecedent(o_token), "object") or o
            predicate = predicates.predicate(label, words, sense)
            if sense is not None and sense.inverse and o.kind != "literal":
                s, o = replace(o, role="subject"), replace(s, role="object")
            yield make_claim(
                s, predicate, o, standing,
                extractor=EXTRACTOR,
                arguments=_further(
                    noun, {noun, s_token, o_token, found.subject, found.object}, found
                ),
                confidence=0.75 if found.governor is None else 0.7,
            )  # fmt: skip


def _is_none(noun: Token, frame: Frame, object_: Token) -> bool:
    """Whether nothing is said to have been done to the object."""
    mark = preposition(object_)
    if frame.verb in _WORDS.intransitive and mark == "of":
        return True  # "the disappearance of sharks from the bay": the sharks disappear
    if relation(noun) == "obj" and noun.head.lemma_ in _WORDS.ended:
        return True  # "suspends contributions to": whether any were made, it does not say
    # "the thrashing of a boy", "the loss to the bank"
    return f"{noun.lemma_.lower()} {mark}" in _OWN["scored"] and _score(noun) is None


def _says_nothing(s: Argument, s_token: Token, o_token: Token) -> bool:
    nobody = s.kind == "literal" or is_time(s_token)
    return nobody or is_generic(content_head(antecedent(o_token)))


def _sense(
    noun: Token,
    frame: Frame,
    s: Argument,
    s_token: Token,
    o: Argument,
    o_token: Token,
    marked: Token,
) -> tuple[Sense | None, str]:
    """The lexicon's sense of the noun, else of the verb it stands for; and the open label."""
    s_class = predicates.class_of(s, content_head(antecedent(s_token)))
    o_class = predicates.class_of(o, content_head(antecedent(o_token)))
    mark = preposition(marked) or ("'s" if marked.dep_ == "nmod:poss" else "compound")
    for sense in frame.senses:
        pair = (o_class, s_class) if sense.inverse else (s_class, o_class)
        if mark in (*sense.object_marks, "'s") and sense.fits(*pair):
            return sense, frame.verb
    label = frame.verb if mark in ("of", "'s", "compound") else f"{frame.verb} {mark}"
    if len({sense.inverse for sense in frame.senses}) > 1:
        return None, ""  # an "interview" of two people: who asked?
    lexicon = lexicon_of(noun.doc)
    found = lexicon.verb(label, s_class, o_class) or lexicon.verb(frame.verb, s_class, o_class)
    if found is None and label != frame.verb and mark in _OWN["addressed"]:
        label = frame.verb if _transitive_with(noun, mark) else label
    return found, label


def _transitive_with(noun: Token, mark: str) -> bool:
    """ "support for X" is "support X", "attack on X" "attack X": the noun's preposition only."""
    return (noun.lemma_.lower(), mark) in {
        ("support", "for"), ("attack", "on"), ("assault", "on"), ("ban", "on"), ("request", "for"),
        ("demand", "for"), ("influence", "on"), ("visit", "to"), ("raid", "on"), ("praise", "for"),
        ("need", "for"), ("desire", "for"), ("answer", "to"), ("damage", "to"), ("love", "for"),
        ("control", "over"), ("strike", "on"), ("respect", "for"), ("threat", "to"),
    }  # fmt: skip


def _predicate_words(noun: Token, found: Participants) -> list[Token]:
    words = [noun]
    if found.governor is not None and found.governor.pos_ == "VERB":
        words += predicates.group(found.governor)
    if found.object is not None:
        words += [t for t in kids(found.object) if t.dep_ == "case" and t.i < found.object.i]
    return words


def _further(noun: Token, used: set[Token], found: Participants) -> list[Argument]:
    score = _score(noun)
    made: list[Argument] = [] if score is None else [score]
    places = [noun]
    if found.governor is not None and found.governor.pos_ == "VERB":
        places.append(found.governor)
    elif relation(noun) in ("obj", "nsubj") and noun.head.pos_ == "VERB":
        pass
    for at in places:
        for c in circumstances(at, "nmod", "obl", "advmod"):
            own = c.role == "manner" or c.mark.startswith("according") or c.mark in ("of", "by", "")
            if c.token in used or (own and c.role != "time"):
                continue
            one = argument(c.token, c.role)
            if one is not None:
                made.append(one)
    return made


def _score(noun: Token) -> Argument | None:
    """ "their *3-1* win over Leeds"."""
    for c in children(noun, "compound", "amod", "nummod"):
        if is_score(c):
            return argument(c, "score")
    return None


def _both(token: Token) -> bool:
    """ "between *the two countries* and ...": they are the two."""
    return is_plural(token) and any(t.lower_ in ("two", "both") for t in kids(token))


def _mutual(noun: Token) -> Iterator[Claim]:
    """ "talks between Iran and Iraq", "a match between X and Y"."""
    label = _WORDS.mutual.get(noun.lemma_.lower())
    if label is None:
        return
    for c in children(noun, "nmod"):
        if preposition(c) != "between":
            continue
        parties = conjuncts(c)
        if len(parties) < 2 or value_at(c) is not None or _both(c):
            return
        first = argument(parties[0], "subject")
        standing = status(noun)
        if standing.status == "denied" and any(c.lower_ in _WORDS.ordinals for c in kids(noun)):
            return  # "the second debate was cancelled": they had a first
        case = [t for t in kids(c) if t.dep_ == "case"]
        for other in parties[1:]:
            second = argument(other, "object")
            if first is None or second is None or first.kind == "literal":
                continue
            s_class = predicates.class_of(first, parties[0])
            o_class = predicates.class_of(second, other)
            sense = predicates.lookup(label, s_class, o_class, lexicon_of(noun.doc))
            predicate = predicates.predicate(label, [noun, *case], sense)
            used = {c, *parties}
            yield make_claim(
                first, predicate, second, standing,
                extractor=EXTRACTOR,
                arguments=_further(noun, used, Participants(None, None)),
                confidence=0.75,
            )  # fmt: skip
