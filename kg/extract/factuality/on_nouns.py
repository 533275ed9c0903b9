"""How a clause stands that is told of a noun: "the plan *to sell it*", "a ship *that sank*"."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from spacy.tokens import Token

from kg.extract.factuality.below_verbs import is_hearing
from kg.extract.factuality.beside_clauses import but_to
from kg.extract.factuality.evidence import is_content, is_tried
from kg.extract.factuality.governors import claimed, is_past, is_speech, noun_kind
from kg.extract.factuality.modality import is_imperative
from kg.extract.factuality.negation import is_cleft, is_denied_relative, is_negated, is_relative
from kg.extract.factuality.rules import (
    OPEN,
    Clause,
    Rule,
    always,
    as_above,
    by_the_way,
    decided,
    lowered,
    only,
)
from kg.extract.factuality.standing import ASSERTED, Standing, lists, standing, weaker
from kg.extract.grammar.arguments import named_head
from kg.extract.grammar.index import kids, relation
from kg.extract.grammar.labels import type_hint
from kg.extract.grammar.subjects import helping_verbs, is_infinitive, own_subject
from kg.extract.grammar.tree import after_comma, children, preposition
from kg.extract.speech.reported_span import commented
from kg.extract.words.load import rule_words
from kg.model import Status

_OWN: Final = rule_words("on_nouns")
#: "has enough water to supply the town".
ENOUGH: Final = frozenset({"enough", "sufficient"})


def on_noun(verb: Token, head: Token, above: Standing) -> Standing:
    """How the clause of ``verb`` stands that is told of the noun ``head``, which stands as ``above``."""
    kind = lists()["nouns"].get(head.lemma_.lower())
    return decided(_RULES, Clause(verb, head, above, kind=kind))


def claimed_by_another(verb: Token, told: Standing) -> Standing | None:
    """What the claim is to the one whose it is, where another denies it: "Lund denied *Berg's* claim
    that he sold it" is denied by Lund (``told``) and claimed by Berg."""
    noun = verb.head
    if relation(verb) != "acl" or told.status not in ("denied", "hypothetical") or is_negated(verb):
        return None
    if lists()["nouns"].get(noun.lemma_.lower()) not in _PLAIN[1:] or not is_content(verb, noun):
        return None
    whose = [
        *children(noun, "nmod:poss"),
        *(c for c in children(noun, "nmod") if preposition(c) in _OWN["claimants"]),
    ]
    if not whose or whose[0] == told.attribution or whose[0].pos_ == "PRON":
        return None
    return replace(standing("claimed"), attribution=whose[0])


def _is_of_the_noun(c: Clause) -> bool:
    return is_relative(c.verb) and (c.kind is None or not is_content(c.verb, c.head))


def _is_reported(c: Clause) -> bool:
    verb = c.head.head
    return relation(c.head) == "obj" and verb.lemma_ in _OWN["reports"] and verb.pos_ == "VERB"


def _reported(c: Clause) -> Standing:
    verb = c.head.head
    return claimed(c.verb, verb, c.speaker, infinitive=False, negated=is_negated(verb))


def _upper(c: Clause) -> str | None:
    return lists()["nouns"].get(c.head.head.lemma_.lower()) if relation(c.head) == "nmod" else None


def _is_of_upper(c: Clause) -> bool:
    found = _upper(c) in ("possible", "hypothetical")
    return found and c.verb.tag_ == "VBG" and c.head.head.pos_ == "NOUN"


def _doubted(c: Clause) -> Standing:
    """ "an *alleged* bribe paid to him"."""
    speaker = c.speaker
    if any(
        lists()["adjectives_on_nouns"].get(w.lower_) == "possible" for w in children(c.head, "amod")
    ):
        speaker = weaker(standing("possible"), speaker)
    return _of_what_may_be(c, speaker)


def _is_limited(c: Clause) -> bool:
    """Whether it is told that the ability, right or chance is less than before, or gone."""
    if c.kind != "possible" or not is_infinitive(c.verb):
        return False
    head, above = c.head, c.head.head
    if above.pos_ == "NOUN":
        return relation(head) == "nmod" and above.lemma_ in _OWN["limits"]
    undergoes = relation(head) == "obj" or head.dep_ == "nsubj:pass"
    return undergoes and above.lemma_ in lists()["limiting"]


def _is_enough(noun: Token) -> bool:
    return any(c.lower_ in ENOUGH for c in kids(noun))


def _is_first(c: Clause) -> bool:
    first = any(w.lower_ in _OWN["ordinals"] for w in kids(c.head))
    return c.kind in _PLAIN and (first or c.head.lower_ in _OWN["ordinal_heads"])


def _is_example(c: Clause) -> bool:
    """ "think of a mayor who *sells* the park", "looked like a man who had *robbed* a bank"."""
    verb, head = c.verb, c.head
    if not is_relative(verb) or not any(w.lower_ in ("a", "an") for w in children(head, "det")):
        return False
    if preposition(head) in _OWN["likening"]:
        return preposition(head) == "like"
    return relation(head) in ("obl", "obj") and is_imperative(head.head)


def _of_what_may_be(c: Clause, speaker: Standing) -> Standing:
    """A relative clause or participle of something that only a plan or a supposition brings up
    ("could build a plant that employs fifty") is no surer than that."""
    for word in children(c.head, "amod"):
        if lists()["adjectives_on_nouns"].get(word.lower_) == "planned":
            return weaker(standing("planned"), speaker)  # "a future council that respects it"
    wanted = _wanted(c)
    if wanted is not None:
        return weaker(standing(wanted), speaker)
    if c.above.status in OPEN and _comes_with_it(c):
        return weaker(standing(c.above.status), speaker)
    return speaker


def _only_wanted(c: Clause) -> Standing:
    wanted = _wanted(c)
    return c.speaker if wanted is None else weaker(standing(wanted), c.speaker)


def _wanted(c: Clause) -> Status | None:
    """How it stands what is told of a noun that somebody only wants or plans to make: "calls for a
    council *led by a judge*", "plans to build a port *run by Orbex*"; None where it may be there."""
    verb, head = c.verb, c.head
    if named_head(head) is not None or after_comma(verb) or not _is_new(head):
        return None
    if verb.tag_ == "VBD" or any(w.tag_ == "VBD" for w in helping_verbs(verb)):
        return None  # "seeks a man *who robbed a bank*"
    if verb.tag_ == "VBN" and verb.lemma_ in _OWN["made_before"] | _OWN["befallen"]:
        return None  # "wants a law *passed in May*"
    by = head
    while _stands_for(by):
        by = by.head
    if by == head and verb.tag_ == "VBN" and type_hint(head) in ("Person", "Group"):
        return None  # "seeks a man *accused of it*"
    above = by.head
    if above.pos_ != "VERB" or relation(by) not in ("obj", "obl"):
        return None
    if c.above.status in OPEN and relation(by) == "obj" and above.lemma_ in _OWN["creating"]:
        return c.above.status
    if relation(by) == "obj":
        return "hypothetical" if above.lemma_ in _OWN["wanting"] else None
    asks = preposition(by) == "for" and above.lemma_ in _OWN["wanting_for"]
    return "hypothetical" if asks else None


def _stands_for(noun: Token) -> bool:
    """ "the creation *of a council*", "a council, *a body of ten judges*": of it the other is told."""
    if relation(noun) != "nmod" or preposition(noun) != "of":
        return relation(noun) == "appos"
    return noun.head.lemma_ in _OWN["making"] or relation(noun.head) == "appos"


def _is_new(noun: Token) -> bool:
    """Whether nothing before the noun says that it is known: "*a* council", "rules"."""
    known = children(noun, "nmod:poss") or [
        w for w in children(noun, "det") if w.lower_ not in _OWN["new"]
    ]
    return not known


def _comes_with_it(c: Clause) -> bool:
    """Whether the noun is brought up by what is open alone: nothing that is there anyway."""
    verb, head = c.verb, c.head
    if named_head(head) is not None or after_comma(verb):
        return False
    if relation(head) not in ("obj", "nsubj", "obl"):
        return False
    if is_past(verb) and c.above.status == "planned":
        return False
    if relation(head) == "obj" and head.head.lemma_ in _OWN["siding"]:
        return False
    if verb.tag_ == "VBN" and verb.lemma_ in _OWN["befallen"]:
        return False  # "to help towns *hit by the storm*": they were
    first = {w.lower_ for w in children(head, "det", "nmod:poss")}
    if first & _OWN["whatever"]:
        return True
    if relation(head) == "obj" and (not first or first & _OWN["indefinite"]):
        return True
    return relation(head) == "nsubj" and not first and head.tag_ == "NNS"


_PLAIN: Final = (None, "claim", "factive")
_RULES: Final = (
    Rule(
        "comment", "said it was rigged, a charge *the council rejects*",
        lambda c: is_relative(c.verb) and commented(c.head), lambda c: ASSERTED,
    ),
    Rule(
        "in the event", "closes in the event *that it rains*",
        lambda c: c.head.lemma_ == "event" and preposition(c.head) == "in"
        and any(m.lower_ == "that" for m in children(c.verb, "mark")),
        only("hypothetical"),
    ),
    Rule(
        "testimony", "the court heard evidence *that it sank*",
        lambda c: c.head.lemma_ == "evidence" and relation(c.head) == "obj" and is_hearing(c.head.head),
        lowered("possible", certainty=0.6),
    ),
    Rule("cleft", "it was Lund *who left*", lambda c: is_cleft(c.verb), as_above),
    Rule(
        "denied", "it was not Lund *who left*", lambda c: is_denied_relative(c.verb), only("denied")
    ),
    Rule("example", "think of a mayor *who sells the park*", _is_example, only("hypothetical")),
    Rule(
        "relative", "could build a plant *that employs fifty*", _is_of_the_noun,
        lambda c: _of_what_may_be(c, c.speaker),
    ),
    # The parse took the clause of "reported" for one of the noun.
    Rule("reported", "reported a block of flats *collapsed*", _is_reported, _reported),
    Rule(
        "of a possibility", "the possibility of a fault *causing it*", _is_of_upper,
        lambda c: noun_kind(c.head.head, _upper(c), c.speaker),
    ),
    Rule(
        "seen", "would like to see these results *changing it*",
        lambda c: c.verb.tag_ == "VBG" and relation(c.head) == "obj"
        and c.head.head.lemma_ in _OWN["seen"],
        as_above,
    ),
    Rule(
        "named", "a song *called Dawn*: it is, whatever is said of it",
        lambda c: c.verb.tag_ == "VBN" and c.verb.lemma_ in _OWN["naming"]
        and named_head(c.head) is None,
        by_the_way,
    ),
    Rule(
        "call that asks", "joined the calls by officials *asking for it*",
        lambda c: c.verb.tag_ == "VBG" and c.kind == "hypothetical" and is_speech(c.verb),
        by_the_way,
    ),
    Rule(
        "trial", "his trial *for stealing it*",
        lambda c: is_tried(c.verb, c.head)
        and any(w.lower_ == "for" for w in children(c.verb, "mark")),
        only("possible"),
    ),
    Rule(
        "conviction", "his conviction *for stealing it*",
        lambda c: c.verb.tag_ == "VBG" and c.head.lemma_ == "conviction"
        and children(c.verb, "mark"),
        by_the_way,
    ),
    Rule(
        "participle", "a report *published by the council*",
        lambda c: c.verb.tag_ == "VBN" and own_subject(c.verb) is None
        and not children(c.verb, "mark"),
        _doubted,
    ),
    Rule(
        "draft", "a bill *banning it*",
        lambda c: c.verb.tag_ == "VBG" and c.head.lemma_ in lists()["drafts"]
        and own_subject(c.verb) is None,
        only("planned"),
    ),
    Rule(
        "efforts", "efforts *on leaving the union*",
        lambda c: c.verb.tag_ == "VBG" and c.kind == "planned" and children(c.verb, "mark"),
        lambda c: noun_kind(c.head, c.kind, c.speaker),
    ),
    Rule(
        "plain participle", "the crew *sailing it*",
        lambda c: not is_infinitive(c.verb) and own_subject(c.verb) is None,
        lambda c: _only_wanted(c) if c.kind in (None, "planned")
        else noun_kind(c.head, c.kind, c.speaker),
    ),
    Rule(
        "content", "the claim *that it sank*", lambda c: not is_infinitive(c.verb),
        lambda c: noun_kind(c.head, c.kind, c.speaker),
    ),
    Rule("but to", "has no choice *but to leave*", lambda c: but_to(c.verb), only("planned")),
    Rule(
        "no right", "does not have the right *to impose it*",
        lambda c: relation(c.head) == "obj" and c.head.head.lemma_ in _OWN["having"]
        and is_negated(c.head.head),
        only("denied"),
    ),
    Rule(
        "limited", "curbs its ability *to impose it*", _is_limited, only("hypothetical"),
    ),
    Rule(
        "enough", "has enough water *to supply the town*", lambda c: _is_enough(c.head),
        lowered("possible"),
    ),
    Rule("first", "the first *to leave*", _is_first, as_above),
    Rule("for a purpose", "a tool *to cut it*", lambda c: c.kind in _PLAIN, only("planned")),
    Rule(
        "plan", "the plan *to leave*", always,
        lambda c: weaker(noun_kind(c.head, c.kind, c.speaker), c.above),
    ),
)  # fmt: skip
