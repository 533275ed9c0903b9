"""Who did what to whom: the relations that verbs and copulas state.

Reads Universal Dependencies: active and passive, relative and participial clauses, coordination,
control and raising ("plans to expand": X expand, planned), light verbs ("make use of"), linking
verbs, "X is Y", "X is in Y". What the sentence tells besides (time, place, amount, instrument,
purpose) goes to the claim's arguments. A verb without object takes the phrase with its preposition
("result in"), else its place, time or amount; without any of these it states no relation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from spacy.tokens import Doc, Token

from kg.extract.factuality.beside_clauses import is_result
from kg.extract.factuality.evidence import is_void
from kg.extract.factuality.governors import is_past
from kg.extract.factuality.modality import by_reports
from kg.extract.factuality.on_nouns import claimed_by_another
from kg.extract.factuality.status import (
    Standing,
    judged,
    speech_only,
    standing,
    status,
    weaker,
)
from kg.extract.grammar.adjuncts import Circumstance, classify, is_time, on_clock, settled
from kg.extract.grammar.annotations import name_at, text_of
from kg.extract.grammar.arguments import (
    argument,
    clause_argument,
    content_head,
    maker_argument,
    named_head,
)
from kg.extract.grammar.coordination import conjuncts, is_alternative, meant, of_verb
from kg.extract.grammar.index import below, relation, spelled, standing_as, tagged, tokens_of
from kg.extract.grammar.noun_phrases import ranked
from kg.extract.grammar.objects import (
    colouring,
    folded_complement,
    verb_words,
)
from kg.extract.grammar.subjects import (
    agent,
    is_infinitive,
    is_of_clause,
    is_passive,
    is_purpose,
)
from kg.extract.grammar.tree import (
    after_comma,
    antecedent,
    child,
    children,
    is_plural,
    preposition,
    sentence_of,
)
from kg.extract.statements import predicates
from kg.extract.statements.blocks import block_of, in_block
from kg.extract.statements.claims import apart, make_claim
from kg.extract.statements.complements import complements
from kg.extract.statements.learned import names_school
from kg.extract.statements.owners import with_owner
from kg.extract.statements.predications import Core, cores, including, is_idiom
from kg.extract.statements.prepositions import beside
from kg.extract.statements.until import told_beside
from kg.extract.words.load import rule_words
from kg.lexicon import Lexicon, Sense, lexicon_of, property_label
from kg.model import Argument, Article, BlockKind, Claim, Literal

_OWN: Final = rule_words("relations")

EXTRACTOR: Final = "relations"


def relations(doc: Doc, article: Article) -> Iterator[Claim]:
    """The relations of an article, in text order."""
    lexicon = lexicon_of(doc)
    clauses: dict[int, str] = {}
    pending: list[Claim] = []
    tokens, listing = tokens_of(doc), set(spelled(doc, ["including"]))
    verbs = {token.i for token in tagged(doc, ("VERB",))}
    described = {token.head.i for token in standing_as(doc, ("cop",))}
    for place in sorted(listing | verbs | described):
        token = tokens[place]
        if place in listing:
            for core in including(token):
                block = block_of(article, token.idx)
                told = speech_only(status(whole_of(token)))
                pending += _claims(token, core, told, lexicon, block)
            continue
        if not _states(token) or is_idiom(token):
            continue
        for claim in _of_predicate(token, lexicon, article):
            clauses.setdefault(token.idx, claim.key)
            pending.append(claim)
    for claim in pending:
        linked = _linked(claim, clauses)
        if linked.object.kind != "clause" or linked.object.claim is not None:
            yield linked
        elif (charge := _as_charge(linked, lexicon)) is not None:
            yield charge
    for claim in beside(doc):
        yield in_block(claim, article)


def _linked(claim: Claim, clauses: dict[int, str]) -> Claim:
    """The claim with its clause arguments pointing to the claims they stand for."""

    if not any(one.kind == "clause" for one in (claim.object, *claim.arguments)):
        return claim

    def link(argument_: Argument) -> Argument:
        if argument_.kind != "clause":
            return argument_
        return replace(argument_, claim=clauses.get(argument_.head_start))

    further = tuple(link(a) for a in claim.arguments)
    return replace(claim, object=link(claim.object), arguments=further)


def _as_charge(claim: Claim, lexicon: Lexicon) -> Claim | None:
    """ "was charged with *leaving the scene*": of what, where nothing else is told of it."""
    said = claim.predicate
    sense = _charge(said.label, lexicon)
    if sense is None:
        return None
    label, crime = property_label(sense.property), replace(claim.object, kind="topic")
    told = replace(said, label=label, property=sense.property)
    return replace(claim, object=crime, predicate=told)


def _charge(label: str, lexicon: Lexicon) -> Sense | None:
    sense = predicates.lookup(label, "Person", "Topic", lexicon)
    return sense if sense is not None and sense.property in _OWN["charges"] else None


def _deeds(core: Core, lexicon: Lexicon) -> _Ends:
    """The further charges that are verbs: "with theft and *leaving the scene*"."""
    if core.clause or _charge(core.label, lexicon) is None:
        return []
    found = [core.object]
    for at in found:  # one hangs on the other
        found += children(at, "conj")
    return [(t, _without_next(t)) for t in found[1:] if t.tag_ == "VBG"]


def _without_next(gerund: Token) -> Argument:
    """ "*driving while drunk* and leaving the scene"."""
    whole, further = clause_argument(gerund, "object"), child(gerund, "conj")
    if further is None:
        return whole
    words = list(gerund.doc[gerund.i : further.left_edge.i])
    while len(words) > 1 and (words[-1].is_punct or relation(words[-1]) == "cc"):
        words.pop()
    stop = words[-1].idx + len(words[-1].text)
    text = text_of(gerund.doc)[whole.start : stop]
    return replace(whole, end=stop, label=" ".join(text.split()))


def whole_of(including: Token) -> Token:
    """The noun (or the verb of the clause) whose members "including" lists."""
    return including.head.head if relation(including) == "case" else including.head


def _states(token: Token) -> bool:
    """Whether the token heads a clause that may state something."""
    kind = relation(token)
    if kind in ("aux", "cop", "compound", "fixed", "flat", "case", "mark", "goeswith"):
        return False
    if token.pos_ == "VERB":
        if kind == "amod" or token.lemma_ in verb_words().skip_verbs_always:
            return False
        if _thing(token) or _joins(token) or _calls_what(token):
            return False
        return not _folded(token)
    if token.pos_ in ("NOUN", "PROPN", "ADJ", "NUM", "PRON", "ADV", "SYM", "X"):
        return child(token, "cop") is not None and not _folded(token)
    return False


def _joins(token: Token) -> bool:
    """ "rose *compared* to April", "rain *coupled* with wind": no more than a word between two."""
    if token.lower_ == "based" and relation(token) == "advcl" and token.i > token.head.i:
        return True  # "justified it *based* on maps"
    return (
        token.lower_ in verb_words().joining
        and relation(token) in ("acl", "advcl")
        and child(token, "aux", "nsubj", "mark") is None
    )


def _calls_what(token: Token) -> bool:
    """ "met with what the paper *called* fury from shopkeepers", "spread what it *described* as lies":
    the paper calls from nobody, and is itself described as nothing."""
    calls = token.lemma_ in verb_words().calling or token.lemma_ in _OWN["describing"]
    return calls and token.head.lower_ == "what" and relation(token) == "acl"


def _thing(token: Token) -> bool:
    """ "the Assembly building in Qom": a noun that the parse took for a participle."""
    return (
        token.lower_ in _OWN["things"]
        and relation(token) in ("acl", "advcl", "xcomp", "dep")
        and token.doc[token.i - 1].pos_ in ("PROPN", "NOUN")
        and child(token, "obj", "aux", "advmod") is None
    )


def _folded(verb: Token) -> bool:
    return folded_complement(verb) is not None


# --- one predicate ---------------------------------------------------------------------------


def _of_predicate(verb: Token, lexicon: Lexicon, article: Article) -> Iterator[Claim]:
    found = list(cores(verb))
    if not found:
        return
    told = status(verb)
    if told.status == "denied" and _until(verb):
        return
    block = block_of(article, verb.idx)
    another = claimed_by_another(verb, told)
    for core in _ungapped(found):
        if _is_judged(verb, core):
            yield from _claims(verb, replace(core, label="is"), judged(verb), lexicon, block)
            continue
        yield from _claims(verb, core, told, lexicon, block)
        if another is not None:
            yield from map(apart, _claims(verb, core, another, lexicon, block))


def _ungapped(found: list[Core]) -> Iterator[Core]:
    """Each with its own subject: "Ada Lund was charged with murder and *Bo Dale with theft*"."""
    gapped = {core.object: _gapped(core) for core in found}
    further = {what for pairs in gapped.values() for _, what in pairs}
    for core in found:
        if core.object in further:
            continue
        used = (*core.used, core.object, *further)
        yield replace(core, used=used) if further else core
        for who, what in gapped[core.object]:
            yield replace(core, subject=who, object=what, used=used)


def _gapped(core: Core) -> list[tuple[Token, Token]]:
    """Of whom else the same is told, and with what."""
    mark, found = preposition(core.object), list[tuple[Token, Token]]()
    if core.clause or mark is None or name_at(core.object) is not None:
        return found
    for who in children(core.object, "conj"):
        name = name_at(who)
        if name is None or name[2] != "PERSON" or preposition(who) is not None:
            continue
        behind = (c for c in children(core.object.head, "obl") if c.left_edge.i > who.i)
        own = [*children(who, "nmod", "orphan"), *behind]
        found += [(who, what) for what in own if preposition(what) == mark][:1]
    return found


def _is_judged(verb: Token, core: Core) -> bool:
    """ "called the plan a *waste*": what somebody thinks of it, no name of it."""
    return (
        core.label == "be called"
        and verb.lemma_ in ("call", "label")
        and not is_passive(verb)
        and core.object.pos_ == "NOUN"
        and named_head(core.object) is None
    )


def _until(verb: Token) -> bool:
    """ "had *not met* him *until being admitted*": of neither it is said that it never was."""
    until = [verb] if relation(verb) == "advcl" else []
    until += children(verb, "advcl")
    return any(c.lower_ in ("until", "till") for at in until for c in children(at, "mark", "case"))


def _claims(
    verb: Token, core: Core, stands: Standing, lexicon: Lexicon, block: BlockKind
) -> Iterator[Claim]:
    sources = (core.subject,) if core.whole else (*meant(core.subject), *_listed(core.subject))
    sources = of_verb((t for t in sources if not _is_rest(t)), verb)
    subjects = [(t, argument(t, "subject")) for t in sources]
    objects: list[tuple[Token, Argument | None]]
    if core.clause:
        objects = [(core.object, clause_argument(core.object, "object"))]
    else:
        told_by_name = (*meant(core.object), *_listed(core.object))
        others = {who for who, _ in _gapped(core)}
        told_by_name = tuple(t for t in told_by_name if t not in others)
        objects = [(t, argument(t, "object")) for t in told_by_name if not _is_rest(t)]
        objects = [(t, _as_time(t, with_owner(verb, core.subject, t, o))) for t, o in objects]
        objects += _deeds(core, lexicon)
    objects, other_ends = _first_end(verb, core, objects)
    for (s_token, s), (o_token, o) in _pairs(verb, subjects, objects):
        if s is None or o is None or s.kind in ("literal", "clause") or _same(s, o):
            continue
        if s.kind == "topic" and (is_time(s_token) or _in_name_of(verb, s)):
            continue
        if len(subjects) > 1 and s.kind == "topic" and _is_counted(o_token):
            continue  # "bombings and raids killed 75": all of them did
        if _is_bare(verb, core, s, s_token, o, o_token):
            continue
        s_class = predicates.class_of(s, content_head(antecedent(s_token)))
        o_class = predicates.class_of(o, content_head(antecedent(o_token)))
        sense = None
        if (s_class == o_class and _likewise(verb)) or _also_does(core, o_token):
            continue
        if not (
            o.kind == "clause"
            or _in_own_words(verb, core, o_token, o)
            or _is_on_way(verb, core, stands)
        ):
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
            _either(verb, (s_token, o_token), stands),
            extractor=EXTRACTOR,
            arguments=[
                *other_ends,
                *_of_this(_further(verb, used, done_to), core, objects, o_token),
            ],
            confidence=core.confidence,
            block=block,
        )


_Ends = list[tuple[Token, Argument | None]]


def _first_end(verb: Token, core: Core, objects: _Ends) -> tuple[_Ends, list[Argument]]:
    """The objects, and with whom they are told as one: "a cable connects *Leeds* and *York*" connects
    neither alone, and of what is "between it and York" each is half."""
    if core.label.endswith(" between"):
        apart = len(objects) > 1 or is_plural(core.object)
        rest = [replace(o, role="and") for _, o in objects[1:] if o is not None]
        return (objects[:1], rest) if apart else ([], [])
    joins = verb.lemma_ in _OWN["joining"] and relation(core.object) == "obj"
    if not joins or any(preposition(c) in ("to", "with") for c in children(verb, "obl")):
        return objects, []
    return objects[:1], [replace(o, role="with") for _, o in objects[1:] if o is not None]


def _is_rest(token: Token) -> bool:
    """ "meals, law books and *other items*": what is left of a list is nothing by itself."""
    rest = any(c.lower_ == "other" for c in children(token, "amod", "det"))
    return rest and relation(token) == "conj" and token.head.i < token.i


def _is_counted(token: Token) -> bool:
    """ "*75* people", "*dozens* of people"."""
    return token.pos_ == "NUM" or child(token, "nummod") is not None or token.lower_ in _OWN["many"]


def _listed(noun: Token) -> tuple[Token, ...]:
    """The names that tell who a plural is: "two firms, *Orvell and Norr Air*, signed"."""
    if noun.pos_ != "NOUN" or not is_plural(noun) or named_head(noun) is not None:
        return ()
    beside = [noun, *(c for c in children(noun, "nmod") if c.i > noun.i and not is_plural(c))]
    for c in (one for at in beside for one in children(at, "appos")):
        names = conjuncts(c)
        first = c.left_edge
        apart = {first.text, first.nbor(-1).text if first.i else ""} & {",", "–", "—", ":"}
        if len(names) > 1 and apart and all(name_at(n) is not None for n in names):
            return tuple(names)
    return ()


def _either(verb: Token, ends: Iterable[Token], told: Standing) -> Standing:
    """How it stands of one of "a shotgun or a rifle" what is told to have happened."""
    if told.status in ("asserted", "claimed") and is_past(verb) and any(map(is_alternative, ends)):
        return weaker(standing("possible"), told)
    return told


def _as_time(token: Token, one: Argument | None) -> Argument | None:
    """A day that the text has no date for as a value: "died on *Friday*" is about no Friday."""
    if one is None or one.kind != "topic" or _OWN["days"].isdisjoint(one.label.lower().split()):
        return one
    day = Literal(one.label, "xsd:string", one.label)
    return replace(one, kind="literal", literal=day) if is_time(token) else one


def _is_bare(
    verb: Token, core: Core, s: Argument, s_token: Token, o: Argument, o_token: Token
) -> bool:
    """Whether the object is a number and the text leaves out of what: "she was one", "Holm had 7"."""
    if o.literal is None or o.literal.unit:
        return False
    if o.literal.datatype not in ("xsd:integer", "xsd:decimal"):
        return False
    head = content_head(antecedent(s_token))
    if core.label == "is":
        return o_token.lower_ == "one" or predicates.class_of(s, head) in ("Person", None)
    words = verb_words()
    if verb.lemma_ in words.counted_verbs or head.lemma_.lower() in words.counted_nouns:
        return False
    return relation(core.object) == "obj"


def _likewise(verb: Token) -> bool:
    """ "reopened on Sunday, *joining* the others": they did so, too."""
    alone = verb.lemma_ == "join" and verb.tag_ == "VBG" and child(verb, "aux", "nsubj") is None
    return alone and relation(verb) in ("advcl", "acl") and after_comma(verb)


def _also_does(core: Core, o_token: Token) -> bool:
    """ "are a party of small government and *cutting* red tape": no second thing they are; "named Ada Lund
    chair and *Bo Dale clerk*"."""
    if o_token == core.object:
        return False
    names = [name_at(c) for c in children(o_token, "compound")]
    of_another = any(name is not None and name[2] == "PERSON" for name in names)
    made = core.label in verb_words().linking.values()
    return (core.label == "is" and o_token.tag_ == "VBG") or (made and of_another)


def _in_name_of(verb: Token, subject_: Argument) -> bool:
    """ "the only species known to eat seals" eat seals: said by what they are called."""
    return relation(verb) in ("acl", "xcomp") and subject_.start <= verb.idx < subject_.end


def _causes(verb: Token) -> bool:
    """ "caused the site to shut down": the site is not what was caused."""
    condemned = verb.lemma_ == "condemn" and any(
        preposition(c) == "to" for c in children(verb, "obl")
    )  # "condemned them to poverty"
    return condemned or (
        verb.lemma_ in verb_words().causatives and child(verb, "xcomp") is not None
    )


def _in_own_words(verb: Token, core: Core, o_token: Token, o: Argument) -> bool:
    """Whether the words of the predicate stand for no relation of the ontology here."""
    return (
        core.clause
        or _causes(verb)
        or is_void(verb)
        or (core.label == "become" and ranked(o_token))  # "became the first woman to lead": no post
        or (core.label == "be named" and named_head(o_token) is not None)
        or (core.label == "lead" and _led_to(verb))
        or (core.label == "attend" and _is_no_school(o_token, o))
        or _awaits_trial(verb, core)
        or (core.label == "join" and _joins_in(verb))
        or (core.label == "deliver" and o_token.lemma_.lower() in _OWN["born"])
        or (core.label == "direct" and _orders(verb, core))
        or (core.label == "merge" and child(o_token, "nmod:poss") is not None)  # "their parties"
        or (verb.lemma_ == "go" and o_token.lower_ in _OWN["resorts"])
        or (" in" in core.label and o_token.lemma_.lower() in _OWN["vehicles"])
        or _means_else(core, o_token, o)
        or _lightly(verb, core, o_token)
        or _strikes(verb, core, o_token, o)
        or (core.label in verb_words().game_verbs and _in_game(verb))
        or (core.label == "go to" and names_school(o.label.lower()))
        or _is_when(core, o_token)
        or (core.label == "offer" and _is_bid(verb, o))
    )


def _is_no_school(o_token: Token, o: Argument) -> bool:
    """ "attended the General Assembly": a body, and none that one studies at."""
    body = predicates.class_of(o, content_head(antecedent(o_token))) == "Organization"
    return body and not names_school(o.label.lower())


def _awaits_trial(verb: Token, core: Core) -> bool:
    """ "jailed five suspects *pending trial*": none is sentenced yet."""
    awaited = (c for c in children(verb, "obl") if preposition(c) in _OWN["awaiting"])
    return core.label in _OWN["jailing"] and any(c.lemma_ in _OWN["trials"] for c in awaited)


def _is_bid(verb: Token, o: Argument) -> bool:
    """ "offered Lund a contract", "offered 5 million dollars": who is offered it has not got it."""
    to = child(verb, "iobj", "obj")  # the first of two
    names = [name_at(t) for t in (to, *children(to, "appos"))] if to is not None else []
    return o.literal is not None or any(n is not None and n[2] == "PERSON" for n in names)


def _is_on_way(verb: Token, core: Core, stands: Standing) -> bool:
    """ "was *going to* Leeds", "was *hiring* nurses": whether it came to that isn't told; "*refused to
    travel* to Leeds": not then."""
    if core.label not in _OWN["going"]:
        return False
    unasked = any(above.lemma_ in _OWN["refusing"] for above in colouring(verb))
    going = verb.tag_ == "VBG" and child(verb, "aux") is not None and stands.status != "planned"
    return unasked or going


def _is_when(core: Core, o_token: Token) -> bool:
    """ "the fair opened *Friday*": it opened, and opened no Friday."""
    if core.label.endswith(" on"):
        return False  # "died *Friday*"
    bare = relation(core.object) == "obl" and preposition(core.object) is None
    return bare and is_time(o_token)


def _strikes(verb: Token, core: Core, o_token: Token, o: Argument) -> bool:
    """ "*beat* the man with a stick": no contest is told of, nor a result."""
    if core.label not in (words := verb_words()).contest_verbs:
        return False
    start, end = sentence_of(verb)
    told = {t.lemma_.lower() for t in verb.doc[start:end]}
    scored = any(c.role == "score" for c in told_beside(verb))
    person = predicates.class_of(o, content_head(antecedent(o_token))) in ("Person", "Group")
    return person and not scored and told.isdisjoint(words.contest_words)


def _in_game(verb: Token) -> bool:
    """ "*hit* Lund for a touchdown", "will *meet* Orvell in the semifinal"."""
    words = verb_words().game_words
    beside = [w for c in children(verb, "obl") for w in (c, *children(c, "compound"))]
    return any(w.lemma_.lower() in words for w in beside)


def _means_else(core: Core, o_token: Token, o: Argument) -> bool:
    """ "cut the rope": no less of it; "overturned a theory": no law; "attacked the idea": with words; "hit
    a high": came to it."""
    words, head = verb_words(), content_head(antecedent(o_token))
    if o.kind != "topic" or name_at(head) is not None:
        return False
    noun = head.lemma_.lower()
    for verbs, nouns in (
        (words.measured_verbs, words.measured_nouns),
        (words.repealed_verbs, words.repealed_nouns),
    ):
        if core.label in verbs:
            return noun not in nouns
    in_words = core.label in words.ideas_verbs and noun in words.ideas_nouns
    near = {
        noun,
        *(c.lower_ for c in children(head, "amod", "compound")),
    }  # "a record high average"
    return in_words or (core.label in words.reached_verbs and bool(near & words.reached_nouns))


def _lightly(verb: Token, core: Core, o_token: Token) -> bool:
    """ "occupied a post", "took control of the Senate", "attacked her as a liar", "ran a race", "fought a
    war", "breached a wall": no force, no purchase, no firm, no foe and no law."""
    words, noun = verb_words(), content_head(antecedent(o_token)).lemma_.lower()
    if core.label in words.ideas_verbs:
        return any(preposition(c) in words.ideas_marks for c in children(verb, "obl"))
    light = (
        (words.held_verbs, words.held_nouns),
        (words.governed_verbs, words.governed_nouns),
        (words.raced_verbs, words.raced_nouns),
        (words.waged_verbs, words.waged_nouns),
        (words.vying_verbs, words.vying_nouns),
        (words.passed_verbs, words.passed_nouns),
        (words.agreed_verbs, words.agreed_nouns),
        (words.played_verbs, words.played_nouns),
    )
    return any(core.label in verbs and noun in nouns for verbs, nouns in light)


def _orders(verb: Token, core: Core) -> bool:
    """ "directed the company *to pay*"."""
    behind = [c for c in children(verb, "xcomp", "advcl") if c.left_edge.i > core.object.i]
    return any(is_infinitive(c) for c in behind)


def _led_to(verb: Token) -> bool:
    """ "led the Colts *to a win*", "*with* 30 points", "*past* the Bears", "*in* the series": of their game, not of their
    board."""
    beside = [(preposition(c), c) for c in children(verb, "obl")]
    won = any(mark in _OWN["won"] and not is_time(c) for mark, c in beside)
    points = any(mark == "with" and c.lemma_.lower() in _OWN["points"] for mark, c in beside)
    by = agent(verb) if is_passive(verb) else None  # "led by Lund, who had 20 points"
    points = points or (by is not None and any(t.lemma_ in _OWN["points"] for t in below(by)))
    return (
        won or points or any(m == "in" and c.lemma_.lower() in _OWN["matches"] for m, c in beside)
    )


def _joins_in(verb: Token) -> bool:
    """ "joined Lund *in praising* it": did it, too, and is no member."""
    shared = (c for c in children(verb, "advcl") if c.tag_ == "VBG")
    return any(m.lower_ == "in" for c in shared for m in children(c, "mark", "case"))


_Pair = tuple[tuple[Token, Argument | None], tuple[Token, Argument | None]]


def _pairs(
    verb: Token,
    subjects: list[tuple[Token, Argument | None]],
    objects: list[tuple[Token, Argument | None]],
) -> Iterator[_Pair]:
    """Every pair; with "respectively", the first with the first: none where several have one thing
    each of what one noun names ("won the northern and the southern races respectively")."""
    if _each_its_own(verb):
        if len(subjects) == len(objects) > 1:
            yield from zip(subjects, objects, strict=True)
            return
        if len(subjects) > 1 and any(is_plural(token) for token, _ in objects):
            return
    for s in subjects:
        for o in objects:
            yield s, o


def _each_its_own(verb: Token) -> bool:
    """Whether what is told goes with one of several each, "respectively"."""
    told = spelled(verb.doc, ["respectively"])
    return bool(told) and any(t.lower_ == "respectively" for t in below(verb))


def _same(one: Argument, other: Argument) -> bool:
    if (one.head_start, one.head_end) == (other.head_start, other.head_end):
        return True
    return one.label.lower() == other.label.lower() and "topic" not in (one.kind, other.kind)


# --- further arguments -----------------------------------------------------------------------


def _further(verb: Token, used: set[Token], object_: Argument) -> list[Argument]:
    """Times, places, amounts, instruments and purposes of the predicate and of what colours it."""
    beside: list[tuple[Circumstance, Token, Argument]] = []
    aims: list[Argument] = []
    apart = _each_its_own(verb)
    for at in (verb, *colouring(verb), *(t for t in used if relation(t) == "xcomp")):
        for c in told_beside(at, *(() if at.pos_ == "VERB" else ("obl", "advmod"))):
            source = c.mark.startswith("according") or by_reports(c.token)
            if c.token in used or c.role == "manner" or source:
                continue
            if c.token.head != at and c.token in below(verb) and c.token.head == verb:
                continue
            for token in () if apart and conjuncts(c.token)[1:] else _all_of(c):
                made = on_clock(argument(token, c.role))
                if made is not None and not (_same(made, object_) or _is_bare_day(made)):
                    beside.append((c, token, made))
        for aim in children(at, "advcl"):
            told = is_purpose(aim) and aim.i > at.i and is_of_clause(aim) and not is_idiom(aim)
            if told and not is_result(aim, at):  # "overtook Lund to become mayor": no purpose
                aims.append(clause_argument(aim, "purpose"))
    found = [*settled(beside, verb), *map(_over, formerly(verb)), *aims]
    if not _folded(verb):
        found += complements(verb, used)
    done_by = agent(verb) if is_passive(verb) else None
    if done_by is not None and done_by not in used:
        made = argument(done_by, "by")
        if made is not None:
            found.append(made)
    return _once(found)


def _of_this(
    told: list[Argument], core: Core, objects: _Ends, o_token: Token
) -> Iterator[Argument]:
    """Each of several with its own: "elected Ada Lund as chair and *Bo Dale as clerk*", "sent Ada Lund to
    Leeds and *Bo Dale to York*"."""
    own = {classify(c).role: c for c in children(o_token, "nmod", "orphan") if preposition(c)}
    for one in told:
        other = own.get(one.role)
        if other is not None and o_token != core.object and one.start < o_token.idx:
            if (instead := argument(other, one.role)) is not None:
                yield instead
        elif not _is_of_next(one, told, objects, o_token):
            yield one


def _is_of_next(one: Argument, told: list[Argument], objects: _Ends, o_token: Token) -> bool:
    """Whether each object is followed by a phrase of the same role, and this one by another."""
    alike = sorted(a.start for a in told if a.role == one.role)
    places = sorted(t.idx for t, _ in objects)
    if len(places) < 2 or len(alike) != len(places):
        return False
    ordered = sorted([*alike, *places])
    return ordered[::2] == places and alike[places.index(o_token.idx)] != one.start


def formerly(verb: Token) -> list[Token]:
    """ "*once* led the party": the words that say that a state is over."""
    known = [c for c in children(verb, "advmod") if c.lower_ in _OWN["formerly"] and c.i < verb.i]
    return known if known and is_past(verb) else []


def _over(word: Token) -> Argument:
    start, end, label = word.idx, word.idx + len(word.text), word.lower_
    said = Literal(label, "xsd:string", label)
    return Argument("time", "literal", start, end, start, end, label, None, said)


def _all_of(c: Circumstance) -> list[Token]:
    """What a circumstance names; of times only what is a time, too ("on 6 May, *Tonga* on 8 May")."""
    return [t for t in conjuncts(c.token) if t == c.token or c.role != "time" or is_time(t)]


def _is_bare_day(made: Argument) -> bool:
    """ "on March 4 and *5*": of which month, its words don't say."""
    return made.role == "time" and made.label.isdigit() and len(made.label) <= 2


def _once(arguments: Iterable[Argument]) -> list[Argument]:
    seen: set[tuple[int, int] | str] = set()
    kept: list[Argument] = []
    for one in arguments:
        value = one.literal.value if one.literal and one.literal.datatype == "xsd:date" else None
        place = (one.head_start, one.head_end)
        if place not in seen and (value is None or value not in seen):
            seen |= {place} if value is None else {place, value}
            kept.append(one)
    return kept
