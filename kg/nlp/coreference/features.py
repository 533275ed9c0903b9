"""What speaks for an entity as the antecedent of a pronoun or a definite noun.

Features are strings, read from the parse alone; `kg.nlp.coreference.network` weighs them. Hard
constraints (gender, number, type, binding) are in `possible`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from spacy.tokens import Token

from kg.countries import is_of_region
from kg.nlp.coreference.entities import Entity
from kg.nlp.coreference.lexicon import given_names, labels_of, lexicon, plain
from kg.nlp.mentions import REFLEXIVE, Candidate

_CLASS = {"he": "p", "she": "p", "it": "i", "they": "t"}
_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer"})
#: A clause without a subject, of these, has that of the one above it.
_SHARING = frozenset({"conj", "xcomp", "advcl", "acl"})
_SINGULAR_THINGS = frozenset({"PERSON", "WORK_OF_ART", "PRODUCT", "LAW", "EVENT", "FAC", "LOC"})


def kind_of(mention: Candidate) -> str:
    """``p`` for he and she, ``i`` for it, ``t`` for they, ``n`` for a noun."""
    return _CLASS.get(mention.pronoun, "n")


def governor(token: Token) -> Token:
    """The word that a phrase depends on, past coordination and prepositional modifiers."""
    at = token
    for _ in range(6):
        if at.dep_ != "conj" or at.head is at:
            break
        at = at.head
    return at.head


def clause(token: Token) -> Token:
    """The verb (or predicate) of the clause that a word stands in."""
    at = token
    for _ in range(30):
        if at.dep_ in ("ROOT", "ccomp", "advcl", "acl", "acl:relcl", "parataxis", "csubj", "xcomp"):
            return at
        if at.dep_ == "conj" and at.pos_ in ("VERB", "AUX"):
            return at
        if at.head is at:
            return at
        at = at.head
    return at


def subject(verb: Token) -> Token | None:
    """The subject of a verb; a verb without one shares that of the verb it is joined to."""
    at = verb
    for _ in range(5):
        for child in at.children:
            if child.dep_ in _SUBJECTS:
                return child
        if at.dep_ in _SHARING and at.head is not at:
            at = at.head
        else:
            return None
    return None


def _doer(verb: Token) -> Token | None:
    """Who does what a verb says, where grammar tells: "Ida told *Karl* to leave", of joined verbs the nearest
    subject ("Ida was ill, and *Karl* cooked and sang")."""
    at = verb
    for _ in range(5):
        before = [c for c in at.head.children if c.i < at.i]
        joined = (c for c in reversed(before) if c.dep_ == "conj" and at.dep_ == "conj")
        for near in (at, *joined):
            for child in near.children:
                if child.dep_ in _SUBJECTS:
                    return child
        told = [c for c in before if c.dep_ in ("obj", "iobj") and c.i > at.head.i]
        if at.dep_ == "xcomp" and told:
            return told[-1]
        if at.dep_ not in _SHARING or at.head is at:
            return None
        at = at.head
    return None


def is_expletive(token: Token) -> bool:
    """ "It is clear that", "it seems", "it rained"."""
    if token.dep_ == "expl":
        return True
    if token.lower_ != "it" or token.dep_ not in ("nsubj", "nsubj:pass", "obj"):
        return False
    known = lexicon()
    verb = token.head
    clausal = any(c.dep_ in ("csubj", "csubj:pass") for c in verb.children)
    if clausal:
        return True
    if verb.lemma_.lower() in known.expletive_verbs or verb.lower_ in known.expletive_times:
        return True
    if verb.lower_ in known.expletive_words or verb.lemma_.lower() in known.expletive_words:
        passive = token.dep_ != "nsubj" or any(c.dep_ == "aux:pass" for c in verb.children)
        if verb.pos_ == "VERB" and not passive:
            return False  # "it said that": a body
        return any(
            c.dep_ in ("ccomp", "xcomp", "advcl", "acl", "acl:relcl", "csubj") and c.i > verb.i
            for c in verb.children
        )
    return False


def _dominates(above: Token, below: Token) -> bool:
    at = below
    for _ in range(40):
        if at is above or at.i == above.i:
            return True
        if at.head is at:
            return False
        at = at.head
    return False


def bound(pronoun: Candidate, mention: Candidate) -> bool:
    """Whether grammar forbids that the pronoun stands for this mention ("Ann saw her")."""
    if mention.sentence != pronoun.sentence:
        return False
    p, m = pronoun.head, mention.head
    if m.i == p.i or (mention.start <= p.i < mention.end):
        return True
    if pronoun.role == "poss":
        # "his boss": not his boss, but "a lawyer who lost his job"
        within = _dominates(m, p) and m.dep_ != "nsubj" and mention.kind != "name"
        return p.head.i == m.i or (within and not _in_own_clause(p, m))
    if _dominates(m, p):
        return not _in_own_clause(p, m)
    if mention.role == "poss":
        return m.head.i == p.i
    joined = (m.dep_ == "conj" and m.head.i == p.i) or (p.dep_ == "conj" and p.head.i == m.i)
    return joined or governor(m).i == governor(p).i or _beside_subject(p, m)


def _in_own_clause(pronoun: Token, noun: Token) -> bool:
    """Whether a clause of the noun's own holds the pronoun: "Ann, who said she", not "the report on
    it"."""
    at = pronoun
    for _ in range(30):
        if at.dep_ in ("acl:relcl", "acl"):
            return True
        if at.i == noun.i or at.head is at:
            return False
        at = at.head
    return False


def _beside_subject(pronoun: Token, noun: Token) -> bool:
    """Whether it is the subject of the verb whose other argument is the pronoun: "Ann talked about
    her"."""
    own = clause(pronoun)
    who = _doer(own)
    return (
        who is not None
        and who.i == noun.i
        and pronoun.dep_ in ("obj", "iobj", "obl", "obl:agent")
        and pronoun.head.i == own.i
    )


def speaks(token: Token) -> bool:
    """Whether it is who says something: no river and no bridge."""
    return token.dep_ == "nsubj" and token.head.lemma_.lower() in lexicon().speech


def possible(mention: Candidate, entity: Entity) -> bool:
    """Whether an entity can be the antecedent, by number, gender, type and grammar."""
    kind = kind_of(mention)
    last = entity.last
    if last.members and mention.i in last.members:
        return False
    if kind == "t" and _is_one(entity):
        return last.pronoun == "they" or entity.number == "plur"
    fits = _POSSIBLE.get(kind)
    if fits is not None and not fits(mention, entity):
        return False
    vague = last.kind == "noun" and not entity.names and last.lemma in lexicon().never
    if vague and kind != "n":
        return False
    same = [m for m in entity.mentions[-4:] if m.sentence == mention.sentence]
    if mention.lemma in REFLEXIVE:
        return True
    if kind == "n" and any(_dominates(m.head, mention.head) for m in same):
        return False  # "the firm, which sells to *the navy*"
    return not any(bound(mention, m) for m in same)


def _is_one(entity: Entity) -> bool:
    """Whether "they" can mean it only where the article says so: one thing, and no group."""
    single = entity.number == "sing" and not entity.names
    return (single and not entity.nouns & lexicon().groups) or entity.label in _SINGULAR_THINGS


def _he_possible(mention: Candidate, entity: Entity) -> bool:
    if not entity.label and any(m.pronoun == "it" for m in entity.mentions):
        return False  # "the inquiry ... it": a thing
    one = entity.number != "plur" and entity.may_be_person()
    return one and entity.gender in ("", mention.gender)


def _it_possible(mention: Candidate, entity: Entity) -> bool:
    if entity.number == "plur" or entity.gender in ("m", "f"):
        return False
    if entity.label in ("PERSON", "NORP"):
        return False
    if not entity.label and entity.labels() == {"PERSON"}:
        return False
    if any(m.pronoun in ("he", "she") for m in entity.mentions[-3:]):
        return False
    return not (entity.label in ("LOC", "FAC") and speaks(mention.head))


def _noun_possible(mention: Candidate, entity: Entity) -> bool:
    if entity.number and entity.number != mention.number and entity.label != "NORP":
        return False
    if entity.names and _is_another(mention, entity):
        return False
    owned = any(c.dep_ == "nmod:poss" for c in mention.head.lefts)
    if mention.lemma in entity.nouns:
        return not (owned and entity.names) and not _told_apart(mention, entity)
    if not entity.names or owned or _of_a_name(mention.head):
        # "his brother", "the owner of Orion" are no name's second mention
        return False
    labels = labels_of(mention.lemma)
    if not entity.label or entity.label not in labels or _is_told_by_itself(mention):
        return False
    if _of_another_class(mention, entity):
        return False
    gender = lexicon().gender.get(mention.lemma, "")
    return not (gender and entity.gender and gender != entity.gender)


#: What each kind asks of the entity; "they" asks no more than `_is_one`.
_POSSIBLE: Final[Mapping[str, Callable[[Candidate, Entity], bool]]] = {
    "p": _he_possible,
    "i": _it_possible,
    "n": _noun_possible,
}


def _is_another(mention: Candidate, entity: Entity) -> bool:
    """ "The other country", and "the current law" where a bill has a name."""
    known = lexicon()
    words = {t.lower_ for t in mention.head.lefts}
    if entity.label == "LAW" and not known.of_other_laws.isdisjoint(words):
        return True
    return not known.always_elsewhere.isdisjoint(words)


def _told_apart(mention: Candidate, entity: Entity) -> bool:
    """ "The district court" is not the Court of Appeals: of a named body no other word tells more than
    its names or earlier phrases do."""
    if entity.label != "ORG" or not entity.names or mention.lemma not in lexicon().classes:
        return False
    words = modifiers(mention) - {w for name in entity.names for w in name.lemma.split()}
    return bool(words) and not any(words <= modifiers(m) for m in entity.mentions)


def _of_a_name(noun: Token) -> bool:
    """ "The government of Peru": told by whose it is."""
    return any(
        c.dep_ == "nmod" and c.pos_ == "PROPN" and any(x.lower_ == "of" for x in c.lefts)
        for c in noun.rights
    )


def _is_told_by_itself(mention: Candidate) -> bool:
    """ "The exchange of fire", "the firm that sold it", but "the firm, which sold it"."""
    doc = mention.head.doc
    return any(
        restricts(c) and not any(t.text == "," for t in doc[mention.end : c.i])
        for c in mention.head.rights
    )


def restricts(after: Token) -> bool:
    """Whether what stands after a noun tells which one it is."""
    return after.dep_ in ("acl", "acl:relcl") or (
        after.dep_ == "nmod" and any(c.lower_ == "of" for c in after.lefts)
    )


def _of_another_class(mention: Candidate, entity: Entity) -> bool:
    """Whether the entity's own nouns and names say that it is a body or place of another class."""
    noun = mention.lemma
    if noun in lexicon().only_told:
        return True
    if entity.label == "GPE":
        return _of_another_size(noun, entity) or _of_another_region(mention, entity)
    classes = lexicon().classes
    called = {*entity.nouns, *(word for m in entity.names for word in m.lemma.split())}
    known = {classes[word] for word in called if word in classes}
    by_name = {classes[word] for m in entity.names for word in _of_body(m.lemma) if word in classes}
    if not (known | by_name).isdisjoint(lexicon().apart.get(noun, ())):
        return True  # "the company" is no ministry
    if not called.isdisjoint(lexicon().apart_called.get(noun, ())):
        return True  # "the agency" is no contractor
    if noun not in classes:
        return False
    return classes[noun] not in known | by_name and (bool(known) or noun in lexicon().known_only)


def _of_body(name: str) -> frozenset[str]:
    """What everybody knows that a body of this name is: "newspaper" of the Tarn *Herald*."""
    known, words = lexicon(), name.removeprefix("the ").split()
    whole = known.bodies.get(" ".join(words), frozenset())
    return whole | (known.body_ends.get(words[-1], frozenset()) if len(words) > 1 else frozenset())


def _of_another_region(mention: Candidate, entity: Entity) -> bool:
    """ "The *African* nation" is not the United States."""
    words = [t.text for t in mention.head.lefts]
    names = [name.head.doc[name.start : name.end].text for name in entity.names]
    told = {is_of_region(name, word) for name in names for word in words}
    return False in told and True not in told


def _of_another_size(noun: str, entity: Entity) -> bool:
    """ "The country" is no town, "the town" and "the government" are no country; the text may call a
    place so."""
    known = lexicon()
    if noun in known.classes or (noun in known.landforms and is_country(entity)):
        return True
    for these, those in ((known.settlements, known.lands), (known.lands, known.settlements)):
        if noun in these and not these & entity.nouns and those & entity.nouns:
            return True
    if noun in known.of_countries:
        return not entity.nouns & known.of_countries and not is_country(entity)
    return noun in known.of_others and (
        is_country(entity) or not known.of_countries.isdisjoint(entity.nouns)
    )


def is_of_sort(noun: str, entity: Entity) -> bool:
    """Whether the article or the name says that it is what the noun tells, or need not say it."""
    known = lexicon()
    if noun in entity.nouns:
        return True
    if entity.label in ("PERSON", "ORG", "GPE"):
        return noun not in known.told
    classes = known.classes
    if noun in classes and any(classes.get(called) == classes[noun] for called in entity.nouns):
        return True
    return noun in known.of_any_sort


def is_country(entity: Entity) -> bool:
    """Whether it has the name of a country."""
    known = lexicon()
    names = {m.lemma.removeprefix("the ") for m in entity.names}
    return any(known.aliases.get(name, name) in known.countries for name in names)


def _bin(value: int, edges: Sequence[int]) -> int:
    return next((n for n, edge in enumerate(edges) if value <= edge), len(edges))


def features(
    mention: Candidate, entity: Entity, rank: int, first: bool, most: int
) -> Iterator[str]:
    """The features of one candidate antecedent.

    ``rank`` counts the possible entities mentioned more recently, ``first`` tells that none of them
    stands before it in its sentence, ``most`` is the largest number of mentions of any of them.
    """
    kind = kind_of(mention)
    for f in _plain_features(mention, entity, rank, first, most):
        yield f
        yield f"{kind}:{f}"


def _plain_features(
    mention: Candidate, entity: Entity, rank: int, first: bool, most: int
) -> Iterator[str]:
    kind, last = kind_of(mention), entity.last
    near = _bin(mention.sentence - last.sentence, (0, 1, 2, 3, 6))
    yield f"near{near}"
    yield f"role{min(near, 2)}{last.role}"
    yield f"rank{min(rank, 5)}"
    yield f"what-{_what(last)}"
    yield f"count{_bin(len(entity.mentions), (1, 2, 4, 8))}"
    yield f"named{bool(entity.names)}"
    if first:
        yield f"first{min(near, 2)}"
    yield from _likeness(mention, last, near)
    if len(entity.mentions) == most and most > 1:
        yield "main"
    yield from _sort(mention, entity)
    yield from _surroundings(mention, entity, near)
    yield from _history(mention, entity)
    if kind == "t":
        yield f"number-{entity.number or 'none'}-{_what(last)}"
        if entity.nouns & lexicon().groups:
            yield "groupnoun"
    if kind == "n":
        yield from _noun(mention, entity, rank)


def _what(last: Candidate) -> str:
    """What the entity was called last."""
    if last.pronoun:
        return "pron"
    if last.members:
        return "group"
    if last.kind == "name":
        return last.kind
    return "def" if last.definite else "indef"


def _likeness(mention: Candidate, last: Candidate, near: int) -> Iterator[str]:
    """What the mention has in common with the one before it."""
    if last.pronoun and last.pronoun == mention.pronoun:
        yield f"samepron{min(near, 2)}"
    if last.role == mention.role:
        yield f"parallel{min(near, 2)}-{mention.role}"
    else:
        yield f"roles{min(near, 1)}-{mention.role}-{last.role}"


def _sort(mention: Candidate, entity: Entity) -> Iterator[str]:
    """What sort of thing it is, and of which sex."""
    if entity.gender and entity.gender == mention.gender:
        yield "gender"
    if kind_of(mention) == "p" and not entity.gender and entity.names:
        # a first name alone, or a surname that is one too: no proof
        usual = given_names().get(plain(entity.names[0].lemma.split()[0]), "")
        yield f"given-{usual == mention.gender if usual else 'none'}"
    if entity.last.i > mention.i:
        yield "after"
    yield f"label-{entity.label or '-'.join(sorted(entity.labels())) or 'none'}"
    if not entity.label and entity.names:
        yield "untyped"


def _surroundings(mention: Candidate, entity: Entity, near: int) -> Iterator[str]:
    """How the sentences and clauses of the two stand to each other."""
    last = entity.last
    if near == 0 and last.i <= mention.i:
        yield from _within(mention, last)
    elif near == 1 and last.role == "subj" and last.head.head.dep_ == "ROOT":
        yield "prev-main-subject"
    if mention.quoted != last.quoted:
        yield f"quote{mention.quoted}"
    names = [m for m in entity.mentions if m.kind == "name"]
    if names and near:
        yield f"name-near{_bin(mention.sentence - names[-1].sentence, (0, 1, 2, 4, 8))}"
    if last.head.dep_ == "conj":
        yield "conj"
    yield f"{mention.role}-{last.role}-{min(near, 2)}"
    if last.role in ("obl", "nmod"):
        case = next((c.lower_ for c in last.head.children if c.dep_ == "case"), "")
        yield f"case-{case}"


def _history(mention: Candidate, entity: Entity) -> Iterator[str]:
    """Features of the entity's earlier mentions."""
    here = {m.role for m in entity.mentions if m.sentence == mention.sentence}
    before = {m.role for m in entity.mentions if m.sentence == mention.sentence - 1}
    if len(here) > 1 and "subj" in here:
        yield "subject-here"
    if "subj" in before:
        yield f"subject-before-{bool(here)}"
    if entity.mentions[0].sentence == 0 and mention.sentence > 1:
        yield "opens"
    chain = [m.pronoun for m in entity.mentions[-3:] if m.pronoun]
    if chain and chain[-1] == mention.pronoun:
        yield f"chain{len(chain)}"
    if len({m.sentence for m in entity.mentions}) > 2:
        yield "recurs"


def _within(mention: Candidate, last: Candidate) -> Iterator[str]:
    """Features of an antecedent in the same sentence."""
    own = clause(mention.head)
    who = subject(own)
    if who is not None and who.i == last.i:
        yield f"own-subject-{mention.role}"
    at, depth = own, 0
    while at.head is not at and depth < 4:
        link = at.dep_
        at = clause(at.head)
        depth += 1
        above = subject(at)
        if above is not None and above.i == last.i:
            yield f"subject-above{min(depth, 2)}-{link}-{mention.role}"
            if at.lemma_.lower() in lexicon().speech:
                yield f"speaker-{mention.quoted}"
            break
        if at.head is at:
            break
    gap = abs(mention.i - last.i)
    yield f"clause-{own.dep_}-{last.role}-{mention.role}"
    yield f"gap{_bin(gap, (2, 4, 8, 15))}"
    if last.head.dep_ in ("nmod", "nmod:poss", "appos"):
        yield f"inside-{last.head.dep_}"
    if _dominates(last.head, mention.head):
        yield "dominates"


def _noun(mention: Candidate, entity: Entity, rank: int) -> Iterator[str]:
    labels = labels_of(mention.lemma)
    if mention.lemma in entity.nouns:
        yield "called-so"
        if any(
            m.kind == "noun" and m.lemma == mention.lemma and m.head.text == mention.head.text
            for m in entity.mentions
        ):
            yield "same-noun"
    sentences = _bin(mention.sentence - entity.last.sentence, (0, 1, 2, 4))
    if entity.label in labels:
        yield f"fits-{len(labels)}"
        if entity.label == "GPE":
            yield f"country-{is_country(entity)}-{mention.lemma in lexicon().of_countries}"
        yield f"fits-rank{min(rank, 2)}-{min(sentences, 2)}"
        if rank == 0 and entity.last.role == "subj":
            yield f"fits-subject{sentences}"
    yield f"apart{sentences}"
    det = mention.head.doc[mention.start].lower_
    yield f"det-{det if det in ('the', 'this', 'that', 'these', 'those') else 'other'}"
    extra = modifiers(mention)
    yield f"mods{min(len(extra), 2)}"
    if extra and any(extra <= modifiers(m) for m in entity.mentions if m.kind == "noun"):
        yield "same-mods"
    after = [c for c in mention.head.rights if c.dep_ in ("nmod", "acl", "acl:relcl")]
    yield f"followed{bool(after)}"
    if mention.end - mention.start == 2:
        yield "bare"


def modifiers(mention: Candidate) -> frozenset[str]:
    """The words that say which one, light ones ("streaming") left out."""
    light = lexicon().light
    return frozenset(
        c.lower_
        for c in mention.head.lefts
        if c.dep_ in ("amod", "compound", "nummod", "nmod:poss") and c.lower_ not in light
    )


def null_features(mention: Candidate, choices: int) -> Iterator[str]:
    """The features of "no antecedent"."""
    kind = kind_of(mention)
    found = ["null", f"null-{mention.role}", f"null-choices{_bin(choices, (0, 1, 2, 4))}"]
    if kind == "i":
        if is_expletive(mention.head):
            found.append("null-expletive")
        if mention.role == "subj":
            found.append(f"null-verb-{mention.head.head.lemma_ == 'be' or _copula(mention.head)}")
    if mention.quoted:
        found.append("null-quoted")
    if kind == "n":
        found.append(f"null-noun{bool(labels_of(mention.lemma))}")
        found.append(f"null-mods{min(len(modifiers(mention)), 2)}")
        after = [c for c in mention.head.rights if c.dep_ in ("nmod", "acl", "acl:relcl")]
        found.append(f"null-followed{bool(after)}")
    for f in found:
        yield f"{kind}:{f}"


def _copula(token: Token) -> bool:
    return any(c.dep_ == "cop" for c in token.head.children)
