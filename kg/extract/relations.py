"""Who did what to whom: the relations that verbs and copulas state.

Reads Universal Dependencies: active and passive, relative and participial clauses, coordination,
control and raising ("plans to expand": X expand, planned), light verbs ("make use of"), linking
verbs, "X is Y", "X is in Y". What the sentence tells besides (time, place, amount, instrument,
purpose) goes to the claim's arguments. A verb without object takes the phrase with its preposition
("result in"), else its place, time or amount; without any of these it states no relation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from spacy.tokens import Doc, Token

from kg.extract import predicates
from kg.extract.attribution import cue_words
from kg.extract.beside import beside
from kg.extract.circumstances import Circumstance, circumstances, classify, is_time, settled
from kg.extract.claims import make_claim
from kg.extract.clauses import (
    agent,
    is_infinitive,
    is_passive,
    is_purpose,
    own_subject,
    subject,
)
from kg.extract.objects import (
    colouring,
    direct_object,
    folded_complement,
    light_object,
    stranded,
    verb_words,
)
from kg.extract.phrases import (
    antecedent,
    argument,
    child,
    children,
    clause_argument,
    conjuncts,
    content_head,
    is_generic,
    is_plural,
    maker_argument,
    meant,
    named_head,
    preposition,
    relation,
    value_at,
)
from kg.extract.status import Standing, speech_only, status
from kg.lexicon import Lexicon, load_lexicon
from kg.model import Argument, Article, BlockKind, Claim

EXTRACTOR: Final = "relations"


@dataclass(frozen=True, slots=True)
class _Core:
    """A subject, an object and the label between them, before arguments are made."""

    subject: Token
    object: Token
    label: str
    words: tuple[Token, ...]
    confidence: float
    used: tuple[Token, ...] = ()  # tokens that are no circumstance any more
    clause: bool = False  # the object is the clause that this token heads
    whole: bool = False  # the subject is the group itself, not its members


def relations(doc: Doc, article: Article) -> Iterator[Claim]:
    """The relations of an article, in text order."""
    lexicon = load_lexicon()
    clauses: dict[int, str] = {}
    pending: list[Claim] = []
    for token in doc:
        if token.lower_ == "including":
            for core in _including(token):
                block = block_of(article, token.idx)
                told = speech_only(status(whole_of(token)))
                pending += _claims(token, core, told, lexicon, block)
            continue
        if not _states(token):
            continue
        for claim in _of_predicate(token, lexicon, article):
            clauses.setdefault(token.idx, claim.key)
            pending.append(claim)
    for claim in pending:
        linked = _linked(claim, clauses)
        if linked.object.kind != "clause" or linked.object.claim is not None:
            yield linked
    for claim in beside(doc):
        yield replace(claim, block=block_of(article, claim.start))


def _linked(claim: Claim, clauses: dict[int, str]) -> Claim:
    """The claim with its clause arguments pointing to the claims they stand for."""

    def link(argument_: Argument) -> Argument:
        if argument_.kind != "clause":
            return argument_
        return replace(argument_, claim=clauses.get(argument_.head_start))

    further = tuple(link(a) for a in claim.arguments)
    return replace(claim, object=link(claim.object), arguments=further)


def whole_of(including: Token) -> Token:
    """The noun (or the verb of the clause) whose members "including" lists."""
    return including.head.head if relation(including) == "case" else including.head


def block_of(article: Article, start: int) -> BlockKind:
    """The kind of the block that a place stands in."""
    for block in article.blocks:
        if block.start <= start < block.end:
            return block.kind
    return "paragraph"


def _states(token: Token) -> bool:
    """Whether the token heads a clause that may state something."""
    kind = relation(token)
    if kind in ("aux", "cop", "compound", "fixed", "flat", "case", "mark", "goeswith"):
        return False
    if token.pos_ == "VERB":
        if kind == "amod" or token.lemma_ in verb_words().skip:
            return False
        return not _folded(token)
    if token.pos_ in ("NOUN", "PROPN", "ADJ", "NUM", "PRON", "ADV", "SYM", "X"):
        return child(token, "cop") is not None and not _folded(token)
    return False


def _folded(verb: Token) -> bool:
    return folded_complement(verb) is not None


# --- one predicate ---------------------------------------------------------------------------


def _of_predicate(verb: Token, lexicon: Lexicon, article: Article) -> Iterator[Claim]:
    cores = list(_cores(verb))
    if not cores:
        return
    standing = status(verb)
    block = block_of(article, verb.idx)
    for core in cores:
        yield from _claims(verb, core, standing, lexicon, block)


def _claims(
    verb: Token, core: _Core, standing: Standing, lexicon: Lexicon, block: BlockKind
) -> Iterator[Claim]:
    sources = (core.subject,) if core.whole else meant(core.subject)
    subjects = [(t, argument(t, "subject")) for t in sources]
    objects: list[tuple[Token, Argument | None]]
    if core.clause:
        objects = [(core.object, clause_argument(core.object, "object"))]
    else:
        objects = [(t, argument(t, "object")) for t in meant(core.object)]
    for (s_token, s), (o_token, o) in _pairs(verb, subjects, objects):
        if s is None or o is None or s.kind in ("literal", "clause") or _same(s, o):
            continue
        if s.kind == "topic" and is_time(s_token):
            continue
        number = core.label == "is" and o.literal is not None and not o.literal.unit
        if number and predicates.class_of(s, content_head(antecedent(s_token))) in ("Person", None):
            continue  # "she was one"
        s_class = predicates.class_of(s, content_head(antecedent(s_token)))
        o_class = predicates.class_of(o, content_head(antecedent(o_token)))
        sense = None
        if not core.clause and not _causes(verb):
            sense = predicates.lookup(core.label, s_class, o_class, lexicon)
        done_by, done_to = s, o
        if sense is not None and sense.metonymy and not sense.inverse:
            done_to = maker_argument(antecedent(o_token), "object") or o
        predicate = predicates.predicate(core.label, core.words, sense)
        if sense is not None and sense.inverse:
            if o.kind in ("literal", "clause"):
                continue
            done_by, done_to = replace(o, role="subject"), replace(s, role="object")
        used = {*core.used, o_token, s_token, core.object, core.subject}
        yield make_claim(
            done_by,
            predicate,
            done_to,
            standing,
            extractor=EXTRACTOR,
            arguments=_further(verb, used, done_to),
            confidence=core.confidence,
            block=block,
        )


def _causes(verb: Token) -> bool:
    """ "caused the site to shut down": the site is not what was caused."""
    return verb.lemma_ in verb_words().causatives and child(verb, "xcomp") is not None


_Pair = tuple[tuple[Token, Argument | None], tuple[Token, Argument | None]]


def _pairs(
    verb: Token,
    subjects: list[tuple[Token, Argument | None]],
    objects: list[tuple[Token, Argument | None]],
) -> Iterator[_Pair]:
    """Every pair; with "respectively", the first with the first."""
    if len(subjects) == len(objects) > 1 and any(
        t.lower_ == "respectively" for t in verb.subtree
    ):  # fmt: skip
        yield from zip(subjects, objects, strict=True)
        return
    for s in subjects:
        for o in objects:
            yield s, o


def _same(one: Argument, other: Argument) -> bool:
    if (one.head_start, one.head_end) == (other.head_start, other.head_end):
        return True
    return one.label.lower() == other.label.lower() and "topic" not in (one.kind, other.kind)


# --- who and whom ----------------------------------------------------------------------------


def _cores(verb: Token) -> Iterator[_Core]:
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
        return
    label = predicates.lemma(verb)
    target = direct_object(verb)
    linked = _linking(verb, who, target, words, base)
    if linked:
        yield from linked
        if target is None:
            return
    if target is not None:
        if child(verb, "ccomp") is not None and _is_speech(verb):
            return  # "told Lund that": the quotes extractor's
        yield from _transitive(verb, who, target, label, words, base)
        return
    content = child(verb, "ccomp")
    if content is not None:
        if not _is_speech(verb):
            yield _Core(who, content, label, words, base - 0.1, (content,), clause=True)
        return
    yield from _intransitive(verb, who, label, chain, words, base)


def _transitive(
    verb: Token, who: Token, target: Token, label: str, words: tuple[Token, ...], base: float
) -> Iterator[_Core]:
    light = light_object(verb, target)
    if light is not None:
        object_, mark, extra = light
        phrase = f"{label} {target.lemma_.lower()} {mark}"
        yield _Core(who, object_, phrase, (*words, *extra), base, (target, object_))
        if phrase not in load_lexicon().verbs and child(target, "amod", "compound") is not None:
            yield _Core(who, target, label, words, base - 0.05, (target,))
    elif not (verb.lemma_ in verb_words().aspect and _stands_for_verb(target)):
        made = _becomes(verb, target)
        if made is not None:
            label, words = f"{label} {made.lower_}", (*words, made)
        yield _Core(who, target, label, words, base, (target,))
    receiver = child(verb, "iobj")
    if receiver is not None and light is None and child(verb, "xcomp", "ccomp") is None:
        yield _Core(who, receiver, f"{label} to", words, base - 0.1, (receiver,))


def _becomes(verb: Token, target: Token) -> Token | None:
    """ "make films *better*", "keep prices *low*": what the object becomes."""
    if verb.lemma_.lower() not in ("make", "keep", "render", "leave"):
        return None
    found = [c for c in children(verb, "xcomp") if c.pos_ == "ADJ" and c.i > target.i]
    found += [
        c for t in conjuncts(target) for c in children(t, "amod", "advmod", "xcomp")
        if c.i > t.i and c.tag_ in ("JJR", "RBR") and not any(g.dep_ == "case" for g in c.children)
    ]  # fmt: skip
    return found[0] if found else None


def _including(doc_token: Token) -> Iterator[_Core]:
    """ "sports including sailing", "sports, including sailing and canoeing"."""
    if doc_token.lower_ != "including":
        return
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
        yield _Core(whole, part, "include", (doc_token,), 0.8, (part,), whole=True)


def _stands_for_verb(noun: Token) -> bool:
    """Whether the nominals extractor reads this object: an event noun with an object."""
    from kg.extract.nominals import frame_of, participants

    frame = frame_of(noun)
    if frame is None:
        return False
    found = participants(noun, frame)
    return found.subject is not None and found.object is not None


def _is_speech(verb: Token) -> bool:
    """Whether the verb's clause is read by the quotes extractor."""
    words = cue_words()
    if verb.lemma_ in verb_words().speech:
        return True
    return verb.lemma_ in words.verbs and verb.lemma_ not in words.weak


def _intransitive(
    verb: Token,
    who: Token,
    label: str,
    chain: list[Token],
    words: tuple[Token, ...],
    base: float,
) -> Iterator[_Core]:
    left = stranded(verb)
    if left is not None:
        noun, mark = left
        yield _Core(who, noun, f"{label} {mark}", words, base - 0.1, (noun,))
        return
    told = _beside([verb])
    told += [classify(c) for c in children(verb, "obj") if preposition(c) is not None]
    core = [c for c in told if c.core]
    if _is_speech(verb):
        yield from _obliques(who, label, words, base, [c for c in core if c.role == c.mark])
        return
    where = [c for c in told if c.role == "place" and not c.core]
    when = [] if core else [c for c in told if c.role == "time" and _dated(c.token)]
    yield from _obliques(who, label, words, base, [*core, *where, *when] or _last_resort(told))


def _obliques(
    who: Token, label: str, words: tuple[Token, ...], base: float, chosen: list[Circumstance]
) -> Iterator[_Core]:
    known = load_lexicon().verbs
    for rank, c in enumerate(chosen):
        plain = c.role not in ("place", "time") and named_head(c.token) is None
        if rank and plain and f"{label} {c.mark}" not in known:
            continue  # one open predicate a verb, unless another names somebody, a place or time
        mark = [t for t in c.token.children if t.dep_ == "case" and t.i < c.token.i]
        mark += [f for m in mark for f in children(m, "fixed")]
        if c.mark == "using":
            mark = [c.token.head]
        confidence = base - 0.05 - 0.05 * rank
        yield _Core(
            who, c.token, f"{label} {c.mark}".strip(), (*words, *mark), confidence, (c.token,)
        )


def _last_resort(beside: list[Circumstance]) -> list[Circumstance]:
    """A place, time or amount as object where nothing else is one: one only."""
    for role in ("place", "amount", "time"):
        found = [c for c in beside if c.role == role]
        if role == "time":
            marks = ("", "on", "in", "at", "since", "during")
            found = [c for c in found if c.mark in marks and _dated(c.token)]
        if found:
            return found[:1]
    return []


def _dated(token: Token) -> bool:
    """Whether a time is one of the calendar or clock, not "at the same time"."""
    return value_at(token) is not None or token.pos_ in ("PROPN", "NUM")


def _beside(verbs: Iterable[Token]) -> list[Circumstance]:
    found: list[Circumstance] = []
    for verb in verbs:
        found += circumstances(verb)
    return found


def _passive(
    verb: Token, who: Token | None, chain: list[Token], words: tuple[Token, ...], base: float
) -> Iterator[_Core]:
    done_by = agent(verb)
    label = predicates.lemma(verb)
    if who is None or relation(who) == "expl":
        return
    beside = [c for c in (*_beside([verb]), *_means(verb)) if c.token != done_by]
    second = child(verb, "obj")
    if done_by is not None and not is_time(done_by) and value_at(done_by) is None:
        by = [t for t in done_by.children if t.dep_ == "case"]
        yield _Core(done_by, who, label, (*words, *by), base, (done_by,))
    elif second is not None and relation(second) == "obj":
        yield _Core(who, second, f"be {predicates.participle(verb)}", words, base - 0.05, (second,))
        return
    linked = _linking(verb, who, None, words, base)
    yield from linked
    if linked:
        return
    passive_label = f"be {predicates.participle(verb)}"
    core = [c for c in beside if c.core]
    if done_by is not None:
        core = [c for c in core if f"{passive_label} {c.mark}" in load_lexicon().verbs]
    elif not core and child(verb, "xcomp", "ccomp") is None:
        core = _last_resort(beside)
    yield from _obliques(who, passive_label, words, base - 0.05, core)


def _means(verb: Token) -> Iterator[Circumstance]:
    """ "was created *using AI algorithms*"."""
    for c in children(verb, "advcl"):
        if c.lower_ in ("using", "utilizing", "utilising", "employing"):
            tool = child(c, "obj")
            if tool is not None and own_subject(c) is None and not is_generic(tool):
                yield Circumstance(tool, "instrument", "using", True)


def _linking(
    verb: Token, who: Token, target: Token | None, words: tuple[Token, ...], base: float
) -> list[_Core]:
    label = verb_words().linking.get(verb.lemma_)
    if label is None:
        return []
    for c in children(verb, "xcomp"):
        if c.pos_ in ("NOUN", "PROPN") and child(c, "cop") is None:
            of = target if target is not None else who
            if label.startswith("be ") and target is None and not is_passive(verb):
                return []
            return [_Core(of, c, label, words, base - 0.05, (c,))]
    if label.startswith("be ") and is_passive(verb):
        for c in children(verb, "obl"):
            if preposition(c) == "as":
                return [_Core(who, c, f"{label} as", words, base - 0.05, (c,))]
    return []


def _there_is(verb: Token, who: Token, words: tuple[Token, ...]) -> Iterator[_Core]:
    """ "There is growing concern within the industry": only where a place or group is told."""
    if child(verb, "expl") is None:
        return
    for c in _beside([verb]):
        if (
            c.mark in ("in", "within", "among", "at", "on", "across", "between")
            and c.role != "time"
        ):
            mark = [t for t in c.token.children if t.dep_ == "case" and t.i < c.token.i]
            yield _Core(who, c.token, f"be {c.mark}", (*words, *mark), 0.7, (c.token,))
            return


def _copula(head: Token) -> Iterator[_Core]:
    who = subject(head)
    if who is None or relation(who) == "expl" or child(head, "expl") is not None:
        return
    words = tuple(t for t in predicates.group(head) if t != head)
    mark = preposition(head)
    if mark is not None:
        if is_generic(head) or classify(head).mark in ("like", "as"):
            return
        case = [t for t in head.children if t.dep_ == "case" and t.i < head.i]
        yield _Core(who, head, f"be {mark}", (*words, *case), 0.8, (head,))
    elif head.pos_ in ("NOUN", "PROPN", "NUM", "SYM", "X", "PRON"):
        if head.pos_ == "PRON" or is_generic(content_head(head)):
            return
        yield _Core(who, head, "is", words or (head,), 0.85, (head,))
    elif head.pos_ in ("ADJ", "ADV"):
        for c in [c for c in circumstances(head, "obl") if c.core]:
            case = [t for t in c.token.children if t.dep_ == "case" and t.i < c.token.i]
            label = f"be {head.lower_} {c.mark}"
            yield _Core(who, c.token, label, (*words, head, *case), 0.75, (c.token,))
            return


# --- further arguments -----------------------------------------------------------------------


def _further(verb: Token, used: set[Token], object_: Argument) -> list[Argument]:
    """Times, places, amounts, instruments and purposes of the predicate and of what colours it."""
    beside: list[tuple[Circumstance, Token, Argument]] = []
    aims: list[Argument] = []
    for at in (verb, *colouring(verb)):
        for c in circumstances(at, *(() if at.pos_ == "VERB" else ("obl", "advmod"))):
            if c.token in used or c.role == "manner" or c.mark.startswith("according"):
                continue
            if c.token.head != at and c.token in verb.subtree and c.token.head == verb:
                continue
            for token in conjuncts(c.token):
                made = argument(token, c.role)
                if made is not None and not _same(made, object_):
                    beside.append((c, token, made))
        for aim in children(at, "advcl"):
            if is_purpose(aim) and aim.i > at.i:
                aims.append(clause_argument(aim, "purpose"))
    found = [*settled(beside, verb), *aims]
    second = child(verb, "xcomp")
    if second is not None and is_infinitive(second) and second not in used and not _folded(verb):
        found.append(clause_argument(second, "clause"))
    done_by = agent(verb) if is_passive(verb) else None
    if done_by is not None and done_by not in used:
        made = argument(done_by, "by")
        if made is not None:
            found.append(made)
    return _once(found)


def _once(arguments: Iterable[Argument]) -> list[Argument]:
    seen: set[tuple[int, int]] = set()
    kept: list[Argument] = []
    for one in arguments:
        place = (one.head_start, one.head_end)
        if place not in seen:
            seen.add(place)
            kept.append(one)
    return kept
