"""Subjects, objects and the label between them: what a predicate states, before it is a claim.

`cores` reads verbs (active and passive, linking and light verbs, "there is") and copulas ("X is Y",
"X is in Y"); `including` reads "sports, including sailing".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Token

from kg.extract.grammar.adjuncts import Circumstance, circumstances, classify, is_time
from kg.extract.grammar.annotations import name_at, value_at
from kg.extract.grammar.arguments import content_head, is_generic, named_head
from kg.extract.grammar.coordination import conjuncts
from kg.extract.grammar.index import kids, relation
from kg.extract.grammar.labels import means_people, type_hint
from kg.extract.grammar.objects import colouring, direct_object, light_object, stranded, verb_words
from kg.extract.grammar.subjects import agent, is_passive, is_purpose, own_subject, subject
from kg.extract.grammar.tree import after_comma, child, children, is_plural, preposition
from kg.extract.statements import predicates
from kg.extract.statements.complements import result_word
from kg.extract.statements.until import told_beside
from kg.extract.words.cues import cue_words
from kg.extract.words.load import rule_words
from kg.lexicon import lexicon_of

_OWN: Final = rule_words("predications")

_TELLING: Final = _OWN["telling"]
_THIN: Final = _OWN["thin"]
_CALENDAR: Final = frozenset({"xsd:date", "xsd:dateTime", "xsd:gYearMonth", "xsd:gYear"})


@dataclass(frozen=True, slots=True)
class Core:
    """A subject, an object and the label between them, before arguments are made."""

    subject: Token
    object: Token
    label: str
    words: tuple[Token, ...]
    confidence: float
    used: tuple[Token, ...] = ()  # tokens that are no circumstance any more
    clause: bool = False  # the object is the clause that this token heads
    whole: bool = False  # the subject is the group itself, not its members


def cores(verb: Token) -> Iterator[Core]:
    if verb.pos_ != "VERB":
        yield from _copula(verb)
        return
    who = subject(verb)
    chain = colouring(verb)
    words = (*predicates.group(verb), *(w for above in chain for w in predicates.group(above)))
    base = 0.9 if own_subject(verb) is not None else 0.85
    if is_passive(verb):
        yield from _passive(verb, who, chain, words, base)
        return
    if own_subject(verb) is not None and child(verb, "expl") is not None and verb.lemma_ != "be":
        who = own_subject(verb)
    if who is None or relation(who) == "expl":
        return
    if verb.lemma_ == "be":
        yield from _there_is(verb, who, words)
    elif not any(holds(verb, who, chain) for holds in _UNTOLD):
        yield from _active(verb, who, chain, words, base)


def _says_when(verb: Token, who: Token, chain: list[Token]) -> bool:
    """ "said his father, Omar Haddad, *following* the ceremony"."""
    people = named_head(who) is not None or who.pos_ == "PRON"
    return verb.lower_ == "following" and people and after_comma(verb)


def _what_it_was(verb: Token, who: Token, chain: list[Token]) -> bool:
    """ "*what* I saw in the film": what it was isn't told."""
    return any(c.lower_ in ("what", "whatever") for c in children(verb, "obj"))


def _does_nothing_to(verb: Token, who: Token, chain: list[Token]) -> bool:
    """ "Ada Venn *dies* | Champion swimmer ...": what the parse takes for an object is the next line."""
    other = child(verb, "obj", "ccomp")
    return verb.lemma_ in _OWN["no_object"] and other is not None and not is_time(other)


def _makes_offer(verb: Token, who: Token, chain: list[Token]) -> bool:
    """ "made *Lund an offer*": Lund is not what was made, nor what he is."""
    target = child(verb, "obj")
    made = next((c for c in children(verb, "xcomp") if c.pos_ == "NOUN" and c.i > verb.i), None)
    if verb.lemma_ != "make" or target is None or made is None or name_at(target) is None:
        return False
    return type_hint(made) not in ("Person", "Group", "Organization", "Place")


#: When a verb tells nothing of its subject.
_UNTOLD: Final[tuple[Callable[[Token, Token, list[Token]], bool], ...]] = (
    _says_when,
    lambda verb, who, chain: _does_so(verb),
    lambda verb, who, chain: _starts_out(verb),
    lambda verb, who, chain: _lessened(verb, chain),
    lambda verb, who, chain: _gerund(who),
    lambda verb, who, chain: _nobody(verb, who),
    lambda verb, who, chain: _only_topic(verb, who),
    _what_it_was,
    _makes_offer,
    _does_nothing_to,
)


def _active(
    verb: Token, who: Token, chain: list[Token], words: tuple[Token, ...], base: float
) -> Iterator[Core]:
    label = predicates.lemma(verb)
    target = direct_object(verb)
    linked = _linking(verb, who, target, words, base)
    if linked and not _in_ones_view(verb, target, linked[0].object):
        yield from linked
        if target is None or verb.lemma_ in verb_words().calling:
            return
    how = child(verb, "xcomp")
    links = target is None and verb.lemma_ in verb_words().linking
    if links and how is not None and how.pos_ == "ADJ" and how.i > verb.i:
        label, words = f"{label} {how.lower_}", (*words, how)  # "remained stable until 2015"
    came_out = result_word(verb)
    if came_out and (target is None or target in came_out):
        yield from _resulting(verb, who, label, came_out, words, base)
        return
    if target is not None:
        if child(verb, "ccomp") is not None and _is_speech(verb):
            return  # "told Lund that": the quotes extractor's
        if verb.lemma_ in _TELLING and _told_to_be(target):
            return  # "reported 150 soldiers killed": not the soldiers
        yield from _transitive(verb, who, target, label, words, base)
        return
    content = child(verb, "ccomp")
    if content is not None:
        if not _is_speech(verb):
            yield Core(who, content, label, words, base - 0.1, (content,), clause=True)
        return
    together = _together(verb, who)
    if together and f"{label} with" in lexicon_of(verb.doc).verbs:
        for other in together:
            yield Core(who, other, f"{label} with", words, base, (other,), whole=True)
        return
    yield from _intransitive(verb, who, label, chain, words, base)


def _together(verb: Token, who: Token) -> tuple[Token, ...]:
    """With whom one does what only two can do: "Berg and *Ruiz* met in Oslo"."""
    if verb.lemma_.lower() not in _OWN["mutual"]:
        return ()
    first, *others = conjuncts(who)
    if any(named_head(one) is None for one in (first, *others)) or any(
        preposition(c) == "with" for c in children(verb, "obl")
    ):
        return ()
    return tuple(others)


def _resulting(
    verb: Token,
    who: Token,
    label: str,
    came_out: tuple[Token, ...],
    words: tuple[Token, ...],
    base: float,
) -> Iterator[Core]:
    """ "tested *positive* for the virus", "was declared *bankrupt* in May"."""
    label = " ".join((label, *(t.lower_ for t in came_out)))
    words = (*words, *came_out)
    deed = _deed(verb, label)
    if deed is not None:
        mark = children(deed, "mark")
        label = f"{label} {mark[0].lower_}"
        yield Core(who, deed, label, (*words, *mark), base - 0.05, (deed,), clause=True)
        return
    beside = _beside([verb]) + circumstances(came_out[-1], "obl", "nmod")
    pleas = _OWN["pleas"]
    core = [
        c
        for c in beside
        if c.core and (c.token.head == came_out[-1] or f"{label} {c.mark}" in pleas)
    ]
    yield from _obliques(who, label, words, base - 0.05, core or _last_resort(beside))


def _told_to_be(target: Token) -> bool:
    return any(
        c.i > at.i and (c.tag_ in ("VBN", "VBD") or c.lower_ in _OWN["states"])
        and not kids(c)
        for at in conjuncts(target)
        for c in (*children(at, "acl", "amod"), *(d for n in children(at, "nmod") for d in children(n, "acl")))
    )  # fmt: skip


def _nobody(verb: Token, who: Token) -> bool:
    """ "no drugs were found suitable for *treating* it": of none of them it is said that they do."""
    if own_subject(verb) is not None or is_purpose(verb):
        return False
    none = any(c.lower_ == "no" and relation(c) == "det" for c in kids(who))
    return none and own_subject(verb.head) != who


def _only_topic(verb: Token, who: Token) -> bool:
    """ "the talks focused on *saving* the bank": what they are about, nothing they do."""
    at = verb.head if relation(verb) == "conj" else verb
    above = at.head
    return (
        at.tag_ == "VBG"
        and above.lemma_ in verb_words().topical
        and own_subject(verb) is None
        and named_head(who) is None
        and not means_people(who)
    )


def _does_so(verb: Token) -> bool:
    """ "did so at his request": what isn't told."""
    return verb.lemma_ == "do" and any(c.lower_ == "so" for c in children(verb, "advmod"))


def _starts_out(verb: Token) -> bool:
    """ "*Starting in 1968*, he fought": from when the other verb holds."""
    return (
        verb.tag_ == "VBG"
        and verb.lemma_ in ("start", "begin")
        and relation(verb) == "advcl"
        and own_subject(verb) is None
        and child(verb, "obj", "xcomp") is None
    )


def _gerund(who: Token) -> bool:
    """ "Understanding the roles of proteins would aid": not the roles do."""
    first = who.left_edge
    return (
        first.tag_ == "VBG"
        and first != who
        and bool(first.is_sent_start or first.nbor(-1).is_punct)
        and first.nbor(1).tag_ in ("DT", "PRP$")
    )


def _lessened(verb: Token, chain: list[Token]) -> bool:
    """ "less likely to commit": it isn't said that they do."""
    return any(c.lower_ in _OWN["less"] for at in chain for c in children(at, "advmod"))


def _transitive(
    verb: Token, who: Token, target: Token, label: str, words: tuple[Token, ...], base: float
) -> Iterator[Core]:
    light = light_object(verb, target)
    if light is not None:
        object_, mark, extra = light
        phrase = f"{label} {target.lemma_.lower()} {mark}"
        more = child(target, "amod", "compound") is not None
        if more and phrase not in lexicon_of(verb.doc).verbs and named_head(object_) is None:
            yield Core(
                who, target, label, words, base - 0.05, (target,)
            )  # "took *great* pride in it"
            return
        yield Core(who, object_, phrase, (*words, *extra), base, (target, object_))
    elif _empty(verb, target) and _becomes(verb, target) is None:
        return
    elif (idiom := _idiom(verb)) is not None:
        yield Core(who, target, idiom[0], (*words, *idiom[1]), base, (target, idiom[1][-1]))
    elif not (verb.lemma_ in verb_words().aspect and _stands_for_verb(target)):
        made = _becomes(verb, target)
        if made is not None:
            came_out = (*(n for n in kids(made) if n.lower_ == "not"), made)
            label, words = " ".join((label, *(t.lower_ for t in came_out))), (*words, *came_out)
        used = (target,) if made is None else (target, made)
        yield Core(who, target, label, words, base, used)


def _empty(verb: Token, target: Token) -> bool:
    """ "had little to do with", "has nothing", "take it"."""
    words = verb_words()
    if f"{verb.lemma_} {target.lemma_.lower()}" in words.idioms:
        return True
    if verb.lemma_ not in _THIN or content_head(target) != target:
        return False
    return target.lemma_.lower() in words.nothing and child(target, "nmod") is None


def _idiom(verb: Token) -> tuple[str, tuple[Token, ...]] | None:
    """ "took Apple *to court*", "took him *into custody*": a phrase that the lexicon knows with
    the verb. Its label and its words."""
    known, wholes = lexicon_of(verb.doc).verbs, verb_words().wholes
    for c in children(verb, "obl"):
        label = f"{predicates.lemma(verb)} {preposition(c)} {c.lemma_.lower()}"
        if (label in known or label in wholes) and child(c, "amod", "nmod:poss") is None:
            return label, (*(t for t in kids(c) if t.dep_ == "case"), c)
    for c in children(verb, "xcomp", "advcl"):
        if is_idiom(c):
            mark = child(c, "mark")
            label = f"{predicates.lemma(verb)} to {c.lemma_.lower()}"
            return label, (c,) if mark is None else (mark, c)
    return None


def is_idiom(token: Token) -> bool:
    """Whether the token is the "court" of "took Apple to court", read as a verb."""
    mark = child(token, "mark")
    if mark is None or mark.lower_ != "to" or mark.i + 1 != token.i or relation(token) == "root":
        return False
    label = f"{predicates.lemma(token.head)} to {token.lemma_.lower()}"
    return label in lexicon_of(token.doc).verbs and child(token, "obj") is None


def _becomes(verb: Token, target: Token) -> Token | None:
    """ "make films *better*", "keep prices *low*", "left *unchanged* its forecast": what the object becomes."""
    lemma = verb.lemma_.lower()
    if lemma not in _OWN["making"]:
        return None
    found = [
        c for c in children(verb, "xcomp")
        if c.pos_ == "ADJ" and (c.i > target.i or c.i == verb.i + 1 < target.left_edge.i)
    ]  # fmt: skip
    found += [
        c for t in conjuncts(target) for c in children(t, "amod", "advmod", "xcomp")
        if c.i > t.i and c.tag_ in ("JJR", "RBR") and not any(g.dep_ == "case" for g in kids(c))
    ]  # fmt: skip
    known = lexicon_of(verb.doc).verbs  # "found him *not guilty*"
    apart = (c for c in found if c.nbor(-1).lower_ in _OWN["not_only"])
    other = {c for c in apart if f"{lemma} {c.nbor(-1).lower_} {c.lower_}" not in known}
    found = [c for c in found if c not in other]
    return found[0] if found else None


def including(doc_token: Token) -> Iterator[Core]:
    """ "sports including sailing", "sports, including sailing and canoeing"."""
    if doc_token.lower_ != "including" or child(doc_token, "mark", "advmod") is not None:
        return
    before = doc_token.doc[doc_token.i - 1] if doc_token.i else doc_token
    if before.pos_ == "ADP":
        return  # "discussions on including Lebanon"
    if relation(doc_token) == "case":
        part = doc_token.head
        whole = part.head
        if relation(part) not in ("nmod", "obl", "acl", "appos") or whole.i > part.i:
            return
        if whole.pos_ == "VERB":  # "47 people were arrested, including ..."
            done = subject(whole)
            if done is None:
                return
            whole = done
    else:
        found = child(doc_token, "obj")
        if found is None or relation(doc_token) != "acl":
            return
        part, whole = found, doc_token.head
    if whole.pos_ in ("NOUN", "PROPN") and is_plural(whole):
        yield Core(whole, part, "include", (doc_token,), 0.8, (part,), whole=True)


def _stands_for_verb(noun: Token) -> bool:
    """Whether the nominals extractor reads this object: an event noun with an object."""
    from kg.extract.statements.nominals import frame_of, participants

    frame = frame_of(noun)
    if frame is None:
        return False
    found = participants(noun, frame)
    return found.subject is not None and found.object is not None


def _is_speech(verb: Token) -> bool:
    """Whether the verb's clause is read by the quotes extractor."""
    words = cue_words()
    if verb.lemma_ in verb_words().skip_speech:
        return True
    return verb.lemma_ in words.verbs and verb.lemma_ not in words.weak


def _intransitive(
    verb: Token,
    who: Token,
    label: str,
    chain: list[Token],
    words: tuple[Token, ...],
    base: float,
) -> Iterator[Core]:
    left = stranded(verb)
    if left is not None:
        noun, mark = left
        yield Core(who, noun, f"{label} {mark}", words, base - 0.1, (noun,))
        return
    told = _beside([verb])
    told += [classify(c) for c in children(verb, "obj") if preposition(c) is not None]
    core = [c for c in told if c.core and not (_is_for_whom(c, told) or _says_who_first(c, verb))]
    core = [c for c in core if not _tells_of_what(c, verb, told)]
    if _is_speech(verb):
        yield from _obliques(who, label, words, base, [c for c in core if c.role == c.mark])
        return
    where = [c for c in told if c.role == "place" and not c.core]
    told = [c for c in told if not (_is_when(c) and f"{label} {c.mark}" in _OWN["on_what"])]
    when = [c for c in told if _is_when(c) and _dated(c.token) and not _from_when(c.token)]
    when = [c for c in when if " " not in c.mark]  # "*as of* Friday"
    if _has_date(label, who):  # "died *on Friday* of a stroke"
        dated = [c for c in when if c.mark in ("", "on", "in") and _is_day_of(verb, c.token)]
        chosen = [*dated, *(c for c in core if not (dated and c.token.lemma_ == "age")), *where]
    else:
        chosen = [*core, *where, *(() if core else when)]
    chosen = chosen or _last_resort(told)
    if f"{label} between" not in lexicon_of(verb.doc).verbs and any(map(_spans, chosen)):
        dated = [c for c in told if _is_when(c) and _dated(c.token)]
        chosen = [c for c in chosen if not _spans(c)] or dated[:1] or chosen
    yield from _obliques(who, label, words, base, chosen)


def _says_who_first(c: Circumstance, verb: Token) -> bool:
    """ "*as a child*, Lund lived in Leeds": who Lund was then, nothing that he lived as."""
    return c.mark == "as" and c.token.i < verb.i


def _tells_of_what(c: Circumstance, verb: Token, told: list[Circumstance]) -> bool:
    """ "*on earnings*, net profit rose by 5 per cent"."""
    measured = any(t.role == "amount" for t in told)
    bare = all(relation(t) in ("case", "punct") for t in kids(c.token))
    return measured and bare and c.mark == "on" and c.role == "on" and c.token.i < verb.i


def _is_for_whom(c: Circumstance, told: list[Circumstance]) -> bool:
    """ "appealed for $3 million in aid *for farmers*": of the two, the sum is what is asked for."""
    sums = (t for t in told if t.role == "amount" and t.mark == c.mark)
    return any(t.token.i < c.token.i for t in sums)


def _spans(c: Circumstance) -> bool:
    """ "crashed *between Leeds and York*": between the two, not between each."""
    return c.mark == "between" and len(conjuncts(c.token)) > 1


def _obliques(
    who: Token, label: str, words: tuple[Token, ...], base: float, chosen: list[Circumstance]
) -> Iterator[Core]:
    known = lexicon_of(who.doc).verbs
    timed, seen = False, set[str]()
    also: tuple[Token, ...] = ()
    for rank, c in enumerate(chosen):
        if c.mark in seen and any(c.token in w.ancestors for w in words):
            continue  # "Scripps, where he assisted in work": not "assisted in Scripps" too
        if rank and _nested(chosen[rank - 1], c):
            continue
        seen.add(c.mark)
        if _is_when(c):
            if timed:
                continue
            timed = True
        plain = c.role != "place" and not _is_when(c) and named_head(c.token) is None
        if rank and plain and f"{label} {c.mark}" not in known:
            continue  # one open predicate a verb, unless another names somebody, a place or time
        mark = [t for t in kids(c.token) if t.dep_ == "case" and t.i < c.token.i]
        mark += [f for m in mark for f in children(m, "fixed")]
        mark = [t for t in mark if t.lower_ in c.mark.split()]
        if c.mark == "using":
            mark = [c.token.head]
        state = f"{c.mark} {c.token.lemma_.lower()}"
        more = any(d.role in ("place", "time") or named_head(d.token) for d in chosen[rank + 1 :])
        if state in verb_words().states and more:
            label, words = f"{label} {state}", (*words, *mark, c.token)
            also = (c.token,)
            continue  # "was set on fire in Leeds"
        confidence = base - 0.05 - 0.05 * rank
        yield Core(
            who,
            c.token,
            f"{label} {c.mark or _mark_of_day(c.token, label, who)}".strip(),
            (*words, *mark),
            confidence,
            (c.token, *also),
        )
        if f"{c.mark} {c.token.lemma_.lower()}" in verb_words().states:
            return  # "set on fire in": of that nothing is "set in"


def _is_day_of(verb: Token, token: Token) -> bool:
    """Not "died of wounds *suffered* in a crash on Friday", nor "in the last three years"."""
    value = value_at(token)
    other = any(t.pos_ == "VERB" for t in verb.doc[verb.i + 1 : token.i])
    return not other and (value is None or value.datatype in _CALENDAR)


def _mark_of_day(token: Token, label: str, who: Token) -> str:
    """ "was arrested *Friday*", "died *yesterday*": as "on Friday"."""
    other = f"{label} on" in lexicon_of(who.doc).verbs  # "be broadcast on"
    said = (label.startswith("be ") and not other) or _has_date(label, who)
    value = value_at(token)
    dated = value is not None and value.datatype == "xsd:date"
    return "on" if said and (dated or _is_day(token)) else ""


def _has_date(label: str, who: Token) -> bool:
    """Whether the lexicon has a property for the day of it: "died *on Friday*"."""
    return any(
        sense.strict and sense.object_types == {"Value"}
        for sense in lexicon_of(who.doc).verbs.get(f"{label} on", ())
    )


def _nested(one: Circumstance, other: Circumstance) -> bool:
    """ "presiding in the court *for Virginia*", "flew from Tomsk *in Siberia*": not the verb's."""
    nested = (other.mark in ("for", "of") and not _is_when(one)) or (one.mark, other.mark) == (
        "from",
        "in",
    )
    return nested and other.token.left_edge.i == one.token.right_edge.i + 1


def _last_resort(beside: list[Circumstance]) -> list[Circumstance]:
    """A place, score, amount or time as object where nothing else is one, or what stands behind three
    words that are one preposition ("closed *in the wake of the storm*"): one only, and what somebody
    was arrested for before when."""
    why = [c for c in beside if c.mark in _OWN["what_for"]][:1]
    for role in ("place", "amount", "time"):
        if role == "time" and why:
            return why
        like = (role, "score") if role == "amount" else (role,)
        found = [c for c in beside if c.role in like or (role == "time" and _is_when(c))]
        if role == "time":
            marks = ("", "on", "in", "at", "since", "during")
            found = [c for c in found if c.mark in marks or _is_set_for(c)]
            found = [c for c in found if _dated(c.token)]
            found = [c for c in found if not _from_when(c.token)]
        if found:
            return found[:1]
    return [c for c in beside if len(c.mark.split()) > 2][:1]


def _is_set_for(c: Circumstance) -> bool:
    """ "is scheduled *for 15 October*": a day of the calendar, not how long."""
    value = value_at(c.token)
    return c.mark == "for" and value is not None and value.datatype in _CALENDAR


def _is_when(c: Circumstance) -> bool:
    """Whether it tells a time, or up to or from when."""
    return c.role == "time" or (c.role == c.mark and not c.core and is_time(c.token))


def _from_when(token: Token) -> bool:
    """ "two weeks before the vote": the stretch is counted from something else."""
    after, value = token.right_edge.i + 1, value_at(token)
    if value is None or not value.value.startswith("P"):
        return False
    return after < len(token.doc) and token.doc[after].lower_ in _OWN["counted_from"]


def _dated(token: Token) -> bool:
    """Whether a time is one of the calendar or clock, not "at the same time"."""
    return value_at(token) is not None or token.pos_ in ("PROPN", "NUM") or _is_day(token)


def _is_day(token: Token) -> bool:
    """ "yesterday", "*Monday* morning"."""
    return (child(token, "compound") or token).lower_ in _OWN["days"]


def _beside(verbs: Iterable[Token]) -> list[Circumstance]:
    found: list[Circumstance] = []
    for verb in verbs:
        found += told_beside(verb)
    return found


def _passive(
    verb: Token, who: Token | None, chain: list[Token], words: tuple[Token, ...], base: float
) -> Iterator[Core]:
    done_by = agent(verb)
    label = predicates.lemma(verb)
    if who is None or relation(who) == "expl":
        return
    beside = [c for c in (*_beside([verb]), *_means(verb)) if c.token != done_by]
    second = child(verb, "obj")
    if done_by is not None and _is_sequel(verb, who, done_by):
        return
    if done_by is not None and not is_time(done_by) and value_at(done_by) is None:
        by = [t for t in kids(done_by) if t.dep_ == "case"]
        came_out = result_word(verb)
        label = " ".join((label, *(t.lower_ for t in came_out)))
        yield Core(done_by, who, label, (*words, *came_out, *by), base, (done_by,))
    elif second is not None and relation(second) == "obj":
        yield Core(who, second, f"be {predicates.participle(verb)}", words, base - 0.05, (second,))
        return
    linked = _linking(verb, who, None, words, base)
    yield from linked
    if linked:
        return
    passive_label = f"be {predicates.participle(verb)}"
    came_out = result_word(verb)
    held = child(verb, "xcomp") if verb.lemma_ in verb_words().calling and not came_out else None
    if held is not None and held.pos_ == "ADJ":  # "is considered *unsafe* in large quantities"
        passive_label, words = f"{passive_label} {held.lower_}", (*words, held)
    if came_out and done_by is None:
        yield from _resulting(verb, who, passive_label, came_out, words, base - 0.05)
        return
    core = [c for c in beside if c.core]
    if done_by is not None:
        core = [c for c in core if f"{passive_label} {c.mark}" in lexicon_of(verb.doc).verbs]
    elif not core and child(verb, "xcomp", "ccomp") is None:
        core = _last_resort(beside)
        deed = _deed(verb, passive_label)
        if deed is not None:
            mark = children(deed, "mark")
            label = f"{passive_label} {mark[0].lower_}"
            yield Core(who, deed, label, (*words, *mark), base - 0.05, (deed,), clause=True)
            core = [c for c in core if not _is_when(c)]
    yield from _obliques(who, passive_label, words, base - 0.05, core)


def _is_sequel(verb: Token, who: Token, done_by: Token) -> bool:
    """ "a blast, followed by the tower *coming down*", "had the most *votes*, followed by *Cole*":
    the two that follow each other are not these."""
    if verb.lemma_ not in ("follow", "precede"):
        return False
    if child(who, "nummod") is not None and not means_people(who):
        return True  # "Leeds has 262 cases, followed by York"
    behind = any(c.tag_ == "VBG" and c.i > done_by.i for c in children(done_by, "acl"))
    before, after = named_head(who), named_head(done_by)
    person = after is not None and after[1][2] == "PERSON" and who.pos_ != "PRON"
    return behind or (person and (before is None or before[1][2] != "PERSON"))


def _deed(verb: Token, label: str) -> Token | None:
    """ "was convicted of *poisoning* her landlord": where the lexicon knows the verb with the word
    before the gerund."""
    known = lexicon_of(verb.doc).verbs
    for c in children(verb, "advcl"):
        mark = child(c, "mark")
        if c.tag_ != "VBG" or mark is None or mark.lower_ not in _OWN["for_doing"]:
            continue
        if f"{label} {mark.lower_}" in known or f"{label} {mark.lower_}" in _OWN["pleas"]:
            return c
    return None


def _means(verb: Token) -> Iterator[Circumstance]:
    """ "was created *using AI algorithms*"."""
    for c in children(verb, "advcl"):
        if c.lower_ in _OWN["using"]:
            tool = child(c, "obj")
            if tool is not None and own_subject(c) is None and not is_generic(tool):
                yield Circumstance(tool, "instrument", "using", True)


def _in_ones_view(verb: Token, target: Token | None, complement: Token) -> bool:
    """ "called him a coward": who calls him so belongs to it; not "called the ship Vega"."""
    return (
        target is not None
        and verb.lemma_ in verb_words().viewing
        and named_head(complement) is None
    )


def _linking(
    verb: Token, who: Token, target: Token | None, words: tuple[Token, ...], base: float
) -> list[Core]:
    label = verb_words().linking.get(verb.lemma_)
    if label is None:
        return []
    for c in children(verb, "xcomp"):
        if c.pos_ in ("NOUN", "PROPN") and child(c, "cop") is None:
            of = target if target is not None else who
            if label.startswith("be ") and target is None and not is_passive(verb):
                return []
            return [Core(of, c, label, words, base - 0.05, (c,))]
    if label.startswith("be ") and is_passive(verb):
        for c in children(verb, "obl"):
            if preposition(c) == "as":
                return [Core(who, c, f"{label} as", words, base - 0.05, (c,))]
    return []


def _there_is(verb: Token, who: Token, words: tuple[Token, ...]) -> Iterator[Core]:
    """ "There is growing concern within the industry": only where a place or group is told."""
    if child(verb, "expl") is None:
        return
    for c in _beside([verb]):
        if (
            c.mark in _OWN["among"]
            and c.role != "time"
            and (c.role == "place" or named_head(c.token) is not None or type_hint(c.token))
        ):
            mark = [t for t in kids(c.token) if t.dep_ == "case" and t.i < c.token.i]
            yield Core(who, c.token, f"be {c.mark}", (*words, *mark), 0.7, (c.token,))
            return


def _compares(head: Token) -> bool:
    """Whether the copula is the second half of a comparison: "than attempts were to suicides"."""
    marks = {c.lower_ for c in children(head, "mark", "case")}
    return "than" in marks


def _of_which(head: Token) -> Token | None:
    """The team of "was part of the team"."""
    if head.lemma_.lower() != "part" or child(head, "amod") is not None:
        return None
    for c in children(head, "nmod"):
        if preposition(c) == "of":
            return c
    return None


def _lists_members(who: Token, head: Token) -> bool:
    """ "The states listed were Texas and Ohio": several names for a plural noun are its members."""
    if name_at(who) is not None or who.pos_ != "NOUN" or not is_plural(who):
        return False
    listed = [t for t in conjuncts(head) if not is_plural(t) and t.pos_ in ("NOUN", "PROPN")]
    return len(listed) > 1 and len(listed) == len(conjuncts(head))


def _copula(head: Token) -> Iterator[Core]:
    who = subject(head)
    if who is None or relation(who) == "expl" or child(head, "expl") is not None:
        return
    own = own_subject(head)
    if (own is not None and own.left_edge.dep_ == "case") or _compares(head):
        return  # "among the buildings hit is", "than attempts were to suicides"
    words = tuple(t for t in predicates.group(head) if t != head)
    mark = preposition(head)
    if mark is not None:
        if is_generic(head) or classify(head).mark in ("like", "as"):
            return
        case = [t for t in kids(head) if t.dep_ == "case" and t.i < head.i]
        yield Core(who, head, f"be {mark}", (*words, *case), 0.8, (head,))
    elif head.pos_ in ("NOUN", "PROPN", "NUM", "SYM", "X", "PRON"):
        if head.pos_ == "PRON" or is_generic(content_head(head)):
            return
        whole = _of_which(head)
        if whole is not None:
            case = [t for t in kids(whole) if t.dep_ == "case" and t.i < whole.i]
            yield Core(who, whole, "be part of", (*words, head, *case), 0.85, (head, whole))
            return
        if is_plural(who) and value_at(head) is not None and len(conjuncts(head)) > 1:
            return  # "the rates were 49 % for one, 29 % for another"
        if _lists_members(who, head):
            yield Core(who, head, "include", words or (head,), 0.7, (head,), whole=True)
            return
        yield Core(who, head, "is", words or (head,), 0.85, (head,))
    elif head.pos_ in ("ADJ", "ADV"):
        yield from _described(head, who, words)


def _described(head: Token, who: Token, words: tuple[Token, ...]) -> Iterator[Core]:
    """ "was *loyal to Lund*", "is *due on 3 March*": the first that an adjective says it with."""
    found = circumstances(head, "obl")
    core = [c for c in found if c.core]
    if not core and head.lower_ in _OWN["expected"]:
        core = _last_resort(found)
    for c in core[:1]:
        case = [t for t in kids(c.token) if t.dep_ == "case" and t.i < c.token.i]
        rank = _rank(head)
        told = "be " + "".join(f"{t.lower_}{t.whitespace_}" for t in rank) + head.lower_
        mark = c.mark or _mark_of_day(c.token, told, who)
        label = f"{told} {mark}".strip()
        yield Core(who, c.token, label, (*words, *rank, head, *case), 0.75, (c.token,))


def _rank(head: Token) -> list[Token]:
    """The first part of "is *fourth-*largest", "is *second* largest"."""
    doc, at = head.doc, head.i
    if at > 1 and doc[at - 1].tag_ == "HYPH":
        return [doc[at - 2], doc[at - 1]]
    return [c for c in children(head, "advmod") if head.tag_ == "JJS" and c.i == at - 1]
