"""When, where, how much, with what: the phrases beside a predicate and their roles."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from spacy.tokens import Token

from kg.countries import is_country
from kg.extract.grammar.annotations import name_at, value_at
from kg.extract.grammar.arguments import content_head, is_generic, named_head
from kg.extract.grammar.index import kids, links, relation, remembered, tokens_of
from kg.extract.grammar.labels import type_hint
from kg.extract.grammar.subjects import subject
from kg.extract.grammar.tree import antecedent, child, children, preposition, sentence_of
from kg.extract.words.cues import cue_words
from kg.extract.words.load import rule_words, word_table
from kg.model import Argument, Literal

_OWN: Final = rule_words("adjuncts")

_TIMES: Final = ("xsd:date", "xsd:gYear", "xsd:gMonth", "xsd:gDay", "xsd:time", "xsd:duration",
                 "xsd:dayTime", "xsd:yearMonth", "edtf", "time:")  # fmt: skip
_DURATION: Final = re.compile(r"P(T?\d)|[0-9X]{4}-")
_HOURS: Final = re.compile(r"\d\d:\d\d:\d\d\S*/\d\d:")
_DECADE_OF_LIFE: Final = re.compile(r"in (?:his|her|their|my|our|your)\b", re.IGNORECASE)
_YEAR: Final = re.compile(r"1[5-9]\d\d|20\d\d")
#: What somebody's age may be, and no hour, and a time of day with a point.
_AGE: Final = re.compile(r"1[3-9]|[2-9]\d|10\d")
_HOUR: Final = re.compile(r"\d|1[0-2]")
_CLOCK: Final = re.compile(r"(?:1?\d|2[0-3])\.[0-5]\d")
_PLACES: Final = frozenset({"GPE", "LOC", "FAC"})
_BOUNDS: Final = _OWN["bounds"]
_ACTORS: Final = frozenset({"PERSON", "ORG", "NORP"})


@dataclass(frozen=True, slots=True)
class Circumstance:
    """A phrase beside a predicate. ``role`` is time, place, amount, instrument or the preposition;
    ``mark`` its preposition ("" for none); ``core`` whether it can be what the predicate is
    about ("worked *with Obama*"), not only a circumstance of it."""

    token: Token
    role: str
    mark: str
    core: bool


@dataclass(frozen=True, slots=True)
class _Words:
    times: frozenset[str]
    time_prepositions: frozenset[str]
    place_prepositions: frozenset[str]
    instrument_prepositions: frozenset[str]
    adjuncts: frozenset[str]
    manner: frozenset[str]
    units: frozenset[str]
    aims: frozenset[str]
    attempts: frozenset[str]
    no_places: frozenset[str]
    changes: frozenset[str]
    eras: frozenset[str]
    joined: frozenset[str]
    idle: frozenset[str]
    laid: frozenset[str]
    events: frozenset[str]


_WORDS: Final = word_table(_Words, "adjuncts")


def circumstances(verb: Token, *relations: str) -> list[Circumstance]:
    """The phrases beside ``verb``, in text order (default: its ``obl`` and ``nmod`` children and
    relative adverbs)."""
    return list(_beside(verb, *(relations or ("obl", "nmod", "advmod"))))


@remembered
def _beside(verb: Token, *relations: str) -> tuple[Circumstance, ...]:
    found: list[Circumstance] = []
    for c in children(verb, *relations):
        if c.dep_ in ("obl:agent", "nmod:poss", "nmod:desc"):
            continue
        if relation(c) == "advmod":
            found += _adverb(c)
            continue
        if _until_main(c, verb) or _spans_all(c, verb):
            continue
        if _compared(c, verb):
            break  # "6 hectares, up from 2 hectares in 2020": nothing of it is the verb's
        joined = _joined(c)
        if joined is not None:
            found.append(joined)
            continue
        if (
            _of_subject(c, verb)
            or _idle(c)
            or any(d.lower_ in ("no", "neither") for d in children(c, "det"))
        ):
            continue  # "with no plan": nothing goes with it
        if not vague(c) and not _aims(c) and (not is_generic(c) or is_time(c)):
            found.append(classify(c))
    return tuple(found)


def _until_main(token: Token, verb: Token) -> bool:
    """ "*three years* after Orbex bought it, it closed": how long after, no time of the buying."""
    after = token.right_edge.i + 1
    marks = (c for c in children(verb, "mark") if c.i == after)
    return token.i < verb.i and any(c.lower_ in _OWN["from_then"] for c in marks)


def _spans_all(token: Token, verb: Token) -> bool:
    """ "*From Norway to Peru*, towns sent help": from everywhere, not from one place to the other."""
    if token.i > verb.i:
        return False
    tokens, start = tokens_of(token.doc), sentence_of(token)[0]
    if tokens[start].lower_ != "from" or is_time(token):
        return False
    comma = next((t.i for t in tokens[start : verb.i] if t.text == ","), start)
    return token.i < comma and any(t.lower_ == "to" for t in tokens[start:comma])


def _of_subject(token: Token, verb: Token) -> bool:
    """ "The toll of *the crash after takeoff yesterday* rises": told of an event in the subject."""
    if token.i > verb.i:
        return False
    subjects = [c for c in children(verb, "nsubj") if c.i < token.i]
    if not subjects:
        return False
    between = token.doc[subjects[-1].i + 1 : token.left_edge.i]
    return any(
        relation(t) == "nmod" and (type_hint(t) == "Event" or t.lemma_.lower() in _WORDS.events)
        for t in between
    ) and not any(t.text == "," and t.head == verb for t in between)


def _idle(token: Token) -> bool:
    """Whether the phrase tells nothing here: "at large", "in exchange" without its "for", and the
    parts of a whole, which are told by themselves ("*including* a blackout")."""
    lead = preposition(token) or ""
    said = f"{lead} {token.lower_}"
    if lead.startswith("including") or said in _WORDS.idle:
        return True
    bare = all(kind in ("case", "punct", "advcl") for _, _, kind in links(token))
    return bare and any(phrase.startswith(f"{said} ") for phrase in _WORDS.joined)


def _joined(token: Token) -> Circumstance | None:
    """What stands behind three words that are one preposition: "in response *to a leak*"."""
    lead = preposition(token)
    if lead is None or any(
        relation(c) in ("amod", "nmod:poss", "conj", "nummod") for c in kids(token)
    ):
        return None
    for c in children(token, "nmod"):
        mark = f"{lead} {token.lower_} {preposition(c)}"
        if mark in _WORDS.joined and c.i > token.i:
            if is_generic(c) or c.lemma_.lower() in _WORDS.attempts:
                return None
            article = next((d.lower_ for d in children(token, "det")), "")
            mark = " ".join(f"{lead} {article} {token.lower_} {preposition(c)}".split())
            return Circumstance(c, mark, mark, False)
    return None


def _compared(token: Token, verb: Token) -> bool:
    """Whether the phrase says what something is compared with: "up from 2", "than in 2020"."""
    case = [c for c in kids(token) if c.dep_ == "case" and c.i < token.i]
    if token.i < verb.i or not case:
        return False
    before = token.doc[case[0].i - 1].lower_ if case[0].i else ""
    if case[0].lower_ == "from":
        return before in _WORDS.changes
    return case[0].lower_ in _OWN["compared"]


def _aims(token: Token) -> bool:
    """ "in an attempt to", "in an effort to": only the infinitive says what for."""
    return token.lemma_.lower() in _WORDS.attempts and preposition(token) in ("in", "as")


def vague(token: Token) -> bool:
    """Whether the phrase tells a time without telling which ("at the same time", "this week"
    where no date is known), or a year before the common era, which no value holds."""
    end = token.right_edge.i + 1
    after = token.doc[end].lower_ if end < len(token.doc) else ""
    if after in _WORDS.eras or token.lower_ in _WORDS.eras:
        return True
    if value_at(token) is not None or name_at(token) is not None:
        return False
    if any(c.lower_ == "local" for c in kids(token)) and token.lower_ == "time":
        return True  # "22:00 local time"
    if token.lemma_.lower() not in _WORDS.units or any(c.pos_ == "NUM" for c in kids(token)):
        return False
    return not any(c.lower_ in ("last", "next") for c in kids(token))


def settled(found: list[tuple[Circumstance, Token, Argument]], verb: Token) -> list[Argument]:
    """The arguments of a claim from the circumstances of its ``verb``, without what would tell
    two times where the sentence tells one: of several points (or stretches) of time that nearest
    to the verb; of "between 2019 and 2021" one."""
    nearest: dict[str, Token] = {}
    for c, _, made in found:
        if c.role == "time":
            kind = made.literal.datatype if made.literal else ""
            known = nearest.setdefault(kind, c.token)
            if abs(c.token.i - verb.i) < abs(known.i - verb.i):
                nearest[kind] = c.token
    kept: list[Argument] = []
    for c, token, made in found:
        if c.role == "time":
            kind = made.literal.datatype if made.literal else ""
            if nearest[kind] != c.token or (token != c.token and c.mark in ("between", "from")):
                continue
        kept.append(made)
    return kept


def _adverb(token: Token) -> list[Circumstance]:
    if token.lower_ in ("where", "when"):
        meant = _relative_adverb(token)
        if meant is not None:
            role = "place" if token.lower_ == "where" else "time"
            if role == "place" and not _somewhere(meant):
                return []
            return [Circumstance(meant, role, "in", False)]
        return []
    return [Circumstance(token, "time", "", False)] if is_time(token) and _dated(token) else []


def _dated(token: Token) -> bool:
    """Whether an adverb has a value that is a time: "yesterday", not "first" or "over"."""
    value = value_at(token)
    return value is not None and value.datatype.startswith(_TIMES)


def _somewhere(token: Token) -> bool:
    named = named_head(token)
    if named is not None:
        return named[1][2] in ("GPE", "LOC", "FAC", "ORG", "EVENT")
    if token.lemma_.lower() in _WORDS.no_places:
        return False
    return type_hint(token) in (None, "Place", "Organization", "Event")


def _relative_adverb(token: Token) -> Token | None:
    at = token
    for _ in range(8):
        if at.dep_ == "acl:relcl":
            return at.head
        if at.head == at:
            return None
        at = at.head
    return None


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase as the rules see it: ``token`` heads what it means, ``label`` is that of its name."""

    token: Token
    mark: str
    value: Literal | None
    label: str | None
    is_time: bool
    plain: bool  # no "one of" its means

    @property
    def lemma(self) -> str:
        return str(self.token.lemma_.lower())

    @property
    def ends(self) -> list[Token]:
        """The ends of "between May and June"; a bare "31" is no time."""
        if self.value is None or "/" in self.value.value or not self.is_time:
            return []
        return children(self.token, "conj") if self.mark in ("between", "from") else []


@dataclass(frozen=True, slots=True)
class _Rule:
    """What a phrase is beside its predicate: ``role`` ("" for its preposition) and ``core``."""

    taught_by: str
    guard: Callable[[_Phrase], object]
    role: str = ""
    core: bool = False


def classify(token: Token) -> Circumstance:
    """The role of one phrase, headed by ``token``."""
    mark = preposition(token) or ""
    token = antecedent(token)
    head = content_head(token)  # "in *one* of its productions" tells no amount
    value = value_at(token) if head == token else None
    named = named_head(token)
    label = named[1][2] if named is not None else None
    if value is not None and not is_time(token):
        mark = _before_amount(mark, value)
    phrase = _Phrase(token, mark, value, label, is_time(token), head == token)
    rule = next(rule for rule in _RULES if rule.guard(phrase))
    return Circumstance(token, rule.role or mark, mark, rule.core)


def _before_amount(mark: str, value: Literal) -> str:
    """The preposition without a word of the amount: none of "lost *between $2m and $3m*", "by" of
    "fell *by between 5% and 7%*"."""
    before, _, last = mark.rpartition(" ")
    return before if value.label.lower().startswith(f"{last} ") else mark


def _is_between_times(p: _Phrase) -> bool:
    return bool(p.ends) and all(is_time(c) for c in p.ends)


def _is_manner(p: _Phrase) -> bool:
    means = p.mark == "with" and (p.lemma in _WORDS.aims or _is_told(p.token))
    said_more = child(p.token, "compound") is not None  # "on *bribery* charges"
    return (p.lemma in _WORDS.manner and not said_more) or means


def _is_in_place(p: _Phrase) -> bool:
    there = p.label in _PLACES or (p.label is None and _is_place(p.token))
    return p.mark in _WORDS.place_prepositions and there


def _is_instrument(p: _Phrase) -> bool:
    if p.mark == "with":  # "led the league *with nine wins*", "presented him *with a prize*"
        counted = p.value is not None or child(p.token, "nummod") is not None
        if counted or p.token.head.lemma_ in _OWN["giving"]:
            return False
    return p.mark in _WORDS.instrument_prepositions and not (
        p.label in _ACTORS | {"GPE"} or type_hint(p.token) in ("Person", "Group", "Organization")
    )


def _is_age(p: _Phrase) -> bool:
    """ "won a place *at 19*": how old somebody was; no hour of the clock."""
    return _is_bare_of_somebody(p, _AGE)


def _is_hour_or_age(p: _Phrase) -> bool:
    """ "met him *at 5*"."""
    return _is_bare_of_somebody(p, _HOUR)


def _is_on_clock(p: _Phrase) -> bool:
    """ "surrendered *at 8.40*": when, as the British write it."""
    return _is_bare_of_somebody(p, _CLOCK)


def on_clock(one: Argument | None) -> Argument | None:
    """The argument with a time of day where it has a number that tells one: "8.40"."""
    if one is None or one.role != "time" or one.literal is None:
        return one
    if one.literal.datatype != "xsd:decimal" or not _CLOCK.fullmatch(one.label):
        return one
    hour, _, minute = one.label.partition(".")
    told = Literal(f"{int(hour):02}:{minute}:00", "xsd:time", one.label)
    return replace(one, literal=told)


def _is_bare_of_somebody(p: _Phrase, kind: re.Pattern[str]) -> bool:
    """Whether it is a bare number of that kind behind "at", beside what a person does, and no price or
    place in a list."""
    verb = p.token.head
    if p.mark != "at" or not p.plain or kind.fullmatch(p.token.text) is None:
        return False
    if verb.pos_ != "VERB" or kids(p.token)[1:] or verb.lemma_ in _OWN["rated"]:
        return False
    who = subject(verb)
    name = name_at(who) if who is not None else None
    if who is None or name is not None:
        return name is not None and name[2] == "PERSON"
    return who.lower_ in _OWN["persons"] or type_hint(who) == "Person"


def _is_excepted(p: _Phrase) -> bool:
    first = p.token.left_edge
    return p.mark == "for" and first.i > 0 and first.nbor(-1).lower_ == "but"


def _goes_on(p: _Phrase) -> bool:
    told = any(c.lower_ in _OWN["else_"] for c in children(p.token, "amod", "det"))
    return p.mark == "in" and told and p.lemma in _OWN["going_on"] and p.token.i < p.token.head.i


def _is_counted(p: _Phrase) -> bool:
    return not p.mark and p.plain and any(relation(c) == "nummod" for c in kids(p.token))


#: The first that holds decides.
_RULES: Final[tuple[_Rule, ...]] = (
    _Rule(
        "sentenced *to 73 months*",
        lambda p: p.mark in _OWN["to_what"] and (p.is_time or p.value is not None), core=True,
    ),
    _Rule("*between May and June*", _is_between_times),
    _Rule("*between 3 and 5*", lambda p: p.ends, "manner"),
    _Rule(
        "*after six months of closure*",
        lambda p: p.value is not None and p.mark in ("after", "before")
        and p.value.value.startswith("P"),
    ),
    _Rule("but *for Ohio*, Lund stands", _is_excepted, "manner"),
    _Rule("*in other news*, Lund resigned", _goes_on, "manner"),
    _Rule("won *with 51% of the vote*", lambda p: p.mark == "with" and _is_share(p.token), "amount"),
    _Rule("*with him gone*, she ran", lambda p: p.mark == "with" and p.token.i < p.token.head.i),
    _Rule(
        "ten died, *with Bergen reporting 40*",
        lambda p: p.mark == "with" and _set_off(p.token), "manner",
    ),
    _Rule(
        "died *at the age of 91*: not when",
        lambda p: p.value is not None and p.lemma == "age"
        and p.value.label.lower().startswith("age of"), core=True,
    ),
    _Rule(
        "a woman *in her 60s*",
        lambda p: p.value is not None and _DECADE_OF_LIFE.match(p.value.label), "in",
    ),
    _Rule("won *3-1*", lambda p: p.value is not None and p.value.unit == "score", "score"),
    _Rule("voted *52 to 48*", lambda p: p.value is not None and p.value.unit == "votes", "votes"),
    _Rule("won *2–0*", lambda p: p.value is not None and _scored(p.token), "manner"),
    _Rule(
        "*with a minimum term of* two years",
        lambda p: p.is_time and p.value is None and p.mark in _OWN["with_time"],
    ),
    _Rule(
        "closed *until June 15*: not when",
        lambda p: p.value is not None and p.is_time and p.mark in _BOUNDS,
    ),
    _Rule(
        "called *for 20 years*",
        lambda p: p.is_time and p.mark == "for" and p.token.head.lemma_ in _OWN["asked_for"],
        core=True,
    ),
    _Rule(
        "was sworn in *for a second term*",
        lambda p: p.lemma == "term" and p.mark == "for" and p.value is None,
    ),
    _Rule("closed *in May*", lambda p: p.is_time, "time"),
    _Rule(
        "fell *below 5 euros*",
        lambda p: p.value is not None and p.label is None and p.mark in _OWN["against_what"],
    ),
    _Rule("won *at 19*", _is_age, "age"),
    _Rule("won *at 9*: an hour, or so old", _is_hour_or_age),
    _Rule("surrendered *at 8.40*", _is_on_clock, "time"),
    _Rule("sold *for 5 euros*", lambda p: p.value is not None and p.label is None, "amount"),
    _Rule(
        "said *in a statement*",
        lambda p: p.mark in _OWN["at_occasions"] and p.lemma in cue_words().occasions,
    ),
    _Rule(
        "was held *without bail*",
        lambda p: p.mark == "without" and p.lemma in _OWN["held_without"], core=True,
    ),
    _Rule("left *in haste*", _is_manner, "manner"),
    _Rule("jailed *for life*", lambda p: p.mark == "for" and p.lemma == "life" and not list(p.token.rights), "time"),
    _Rule("grew *because of it*", lambda p: p.mark in _WORDS.adjuncts),
    _Rule(
        "closed *during the war*",
        lambda p: p.mark in _WORDS.time_prepositions and p.label not in _ACTORS,
    ),
    _Rule(
        "imposed sanctions *on Iran*",
        lambda p: p.mark == "on" and p.label == "GPE" and p.token.head.lemma_ in _WORDS.laid,
        core=True,
    ),
    _Rule(
        "struck a tougher tone *on Iran*",
        lambda p: p.mark == "on" and p.label == "GPE" and is_country(p.token.text),
        core=True,
    ),
    _Rule(
        "fired rockets *at Leeds*",
        lambda p: p.mark == "at" and p.token.head.lemma_ in _OWN["aiming"],
        core=True,
    ),
    _Rule(
        "charged him *with theft*",
        lambda p: p.mark == "with" and p.token.head.lemma_ in _OWN["charging"],
        core=True,
    ),
    _Rule(
        "works *in Leeds*", lambda p: p.mark in _OWN["in_places"] and _is_in_place(p), "place",
        core=True,
    ),
    _Rule("ran *through Leeds*", _is_in_place, "place"),
    _Rule("cut it *with a saw*", _is_instrument, "instrument", core=True),
    _Rule("grew *ten miles*", _is_counted, "amount"),
    _Rule("left *that way*", lambda p: not p.mark, "manner"),
    _Rule("worked *with Lund*", lambda _: True, core=True),
)  # fmt: skip


def _is_share(token: Token) -> bool:
    own = value_at(token)
    return own is not None and own.unit == "%"


def _set_off(token: Token) -> bool:
    """Whether a comma stands before the phrase, and more is told of its noun: ", with the next
    city, Bergen, reporting 40"."""
    first = token.left_edge
    return "," in (first.text, first.nbor(-1).text if first.i else "") and bool(
        children(token, "appos", "acl")
    )


def _scored(token: Token) -> bool:
    """Whether a number is half of a score."""
    doc, place = token.doc, token.i + 1
    return (
        place + 1 < len(doc)
        and doc[place].text in ("–", "-", "—")
        and token.text.isdigit()
        and len(token.text) < 4
        and doc[place + 1].text.isdigit()
    )


def _is_told(token: Token) -> bool:
    """ "with the toll *likely higher*": what goes with it is a clause."""
    return any(
        c.i > token.i
        and (relation(c) in ("acl", "amod", "xcomp", "advcl") and c.dep_ != "acl:relcl")
        and c.pos_ in ("ADJ", "VERB")
        and not any(g.dep_ == "case" for g in kids(c))
        for c in kids(token)
    )


def _is_place(token: Token) -> bool:
    return type_hint(token) == "Place"


@remembered
def is_time(token: Token) -> bool:
    """Whether the phrase is a date, a time or a stretch of time."""
    value = value_at(token)
    if value is not None:
        told = _DURATION.match(value.value) or _HOURS.match(value.value)
        return value.datatype.startswith(_TIMES) or told is not None
    if name_at(token) is not None:  # "on *Independence Day*"
        return token.lower_ in _OWN["holidays"] and preposition(token) == "on"
    if token.i and token.nbor(-1).lower_ == "light":
        return False  # "520 light years"
    if _YEAR.fullmatch(token.text) and (preposition(token) or "") in _OWN["in_years"]:
        return True
    return token.lemma_.lower() in _WORDS.times or token.lower_ in _WORDS.times
