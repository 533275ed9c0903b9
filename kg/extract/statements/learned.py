"""Facts of a biography or a company profile, by learned weights.

Fifteen relations (birth, death, residence, nationality, work, study, party, family, founding,
seat, parent company, chief executive) between two mentions of one sentence, judged by a logistic
regression over the features of `kg.extract.statements.pair_features`; the weights are data (``pairs.json.gz``),
trained by ``training/pairs.py``. What rules say with more certainty comes from `roles` and
`attributes`; this finds the many other wordings.
"""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import permutations, takewhile
from pathlib import Path
from typing import Final

from spacy.tokens import Doc, Token

from kg.extract.factuality.quoted_words import in_source
from kg.extract.grammar.index import above, below, kids, tokens_of
from kg.extract.grammar.subjects import is_passive, subject
from kg.extract.grammar.tree import child, has_case, sentence_of
from kg.extract.statements.pair_features import Place, features, pairs, places
from kg.extract.statements.posts import is_deputy, lists
from kg.extract.words.load import rule_words, word_lists
from kg.extract.words.pronouns import PRONOUNS

_PERSON: Final = frozenset({"PERSON", "PRON"})
_ORG: Final = frozenset({"ORG", "PRON", "FAC", "PRODUCT", "WORK_OF_ART"})
_PLACE: Final = frozenset({"GPE", "LOC", "FAC", "PRON"})
_TYPES: Final = {
    "person": _PERSON | {"ORG", "WORK_OF_ART"},
    "org": _ORG | {"PERSON", "GPE", "NORP", "EVENT", "LOC"},
    "place": _PLACE | {"ORG", "PERSON"},
    "date": frozenset({"DATE"}),
    "nation": frozenset({"NORP", "GPE", "PRON"}),
}

#: KnowledgeNet's name -> (types of subject and object, property, whether it is turned around).
RELATIONS: Final[dict[str, tuple[str, str, str, bool]]] = {
    "DATE_OF_BIRTH": ("person", "date", "dateOfBirth", False),
    "DATE_OF_DEATH": ("person", "date", "dateOfDeath", False),
    "DATE_FOUNDED": ("org", "date", "dateFounded", False),
    "PLACE_OF_BIRTH": ("person", "place", "bornIn", False),
    "PLACE_OF_RESIDENCE": ("person", "place", "residesIn", False),
    "NATIONALITY": ("person", "nation", "nationality", False),
    "EMPLOYEE_OR_MEMBER_OF": ("person", "org", "worksFor", False),
    "EDUCATED_AT": ("person", "org", "educatedAt", False),
    "POLITICAL_AFFILIATION": ("person", "org", "politicalAffiliation", False),
    "CHILD_OF": ("person", "person", "childOf", False),
    "SPOUSE": ("person", "person", "spouse", False),
    "HEADQUARTERS": ("org", "place", "headquarteredIn", False),
    "SUBSIDIARY_OF": ("org", "org", "subsidiaryOf", False),
    "FOUNDED_BY": ("org", "person", "foundedBy", False),
    "CEO": ("org", "person", "chiefExecutiveOf", True),
}


def fits(relation: str, subject: str, object_: str) -> bool:
    """Whether mentions with these labels can be subject and object of the relation."""
    one, other, _, _ = RELATIONS[relation]
    return subject in _TYPES[one] and object_ in _TYPES[other]


# --- judging -----------------------------------------------------------------------------------

_SCHOOLS: Final = rule_words("learned")["schools"]
_PARTIES: Final = rule_words("learned")["parties"]
#: "told the Associated Press": it is no more than who hears it.
_SPOKEN_TO: Final = rule_words("learned")["spoken_to"]
_MEMBER: Final = rule_words("learned")["member"]


@dataclass(frozen=True, slots=True)
class Found:
    """A relation between two places of a sentence. ``trigger`` is the word that weighs most."""

    relation: str
    subject: Place
    object: Place
    score: float
    trigger: Token


@cache
def _weights() -> dict[str, dict[str, float]]:
    path = Path(__file__).with_name("pairs.json.gz")
    data: dict[str, dict[str, float]] = json.loads(gzip.decompress(path.read_bytes()))
    return data


def closed(doc: Doc) -> Iterator[Found]:
    """The closed relations of a document that score high enough and have a word that tells them
    (both in ``words/en/learned.toml``), in text order; of several mentions that could be the subject of the
    same object, the best only."""
    near: dict[tuple[int, int], list[Place]] = {}
    for place in places(doc):
        near.setdefault(sentence_of(place.head), []).append(place)
    best: dict[tuple[str, int, int], Found] = {}
    tokens = tokens_of(doc)
    for (start, end), group in near.items():
        kinds = [_kind(place) for place in group]
        if not any(_strict(one, other) for one, other in permutations(kinds, 2)):
            continue
        tells = {
            t.i: rels for t in tokens[start:end] if (rels := _relations_of(t.lemma_, t.lower_))
        }
        heard = frozenset().union(*tells.values()) if tells else frozenset()
        for one, other in pairs(group):
            names = [n for n in _strict(_kind(one), _kind(other)) if n in heard or n == _NATION]
            if not names:
                continue
            for found in _judge(one, other, group, names, tells):
                key = _rival(found)
                if key not in best or best[key].score < found.score:
                    best[key] = found
    yield from sorted(
        best.values(),
        key=lambda f: (f.subject.start, f.object.start, list(RELATIONS).index(f.relation)),
    )


def _rival(found: Found) -> tuple[str, int, int]:
    """Findings with the same key are readings of one fact; the best is kept."""
    sentence = sentence_of(found.subject.head)[0]
    if found.relation == "SPOUSE":
        named = [p.start for p in (found.subject, found.object) if p.label != "PRON"]
        return found.relation, sentence, max(named, default=-1)
    key = found.subject if RELATIONS[found.relation][3] else found.object
    return found.relation, sentence, key.start


_NATION: Final = "NATIONALITY"
_KINDS: Final = {
    "person": frozenset(["PERSON", "he"]),
    "org": frozenset(["ORG", "it"]),
    "place": frozenset(["GPE", "LOC"]),
    "date": frozenset(["DATE"]),
    "nation": frozenset(["NORP"]),
}


def _kind(place: Place) -> str:
    """The label of a name; "he" or "it" for a pronoun that means a person or a thing."""
    if place.label != "PRON":
        return place.label
    word = place.head.lower_
    return "he" if word in PRONOUNS.person else "it" if word in PRONOUNS.thing else ""


@cache
def _strict(subject: str, object_: str) -> tuple[str, ...]:
    """The relations between these kinds; stricter than `fits`, which allows for slips in names."""
    return tuple(
        name
        for name, (one, other, _, _) in RELATIONS.items()
        if subject in _KINDS[one] and object_ in _KINDS[other]
    )


def _judge(
    one: Place,
    other: Place,
    near: list[Place],
    names: list[str],
    tells: dict[int, frozenset[str]],
) -> Iterator[Found]:
    weights = _weights()
    told = {
        name: trigger
        for name, trigger in _told(names, one, other, tells).items()
        if (name not in _OF_SUBJECT or not _of_another(trigger, one))
        and not (name in _OF_OWNER and _told_of_another(trigger, one))
        and (in_source(trigger) or not in_source(one.head))
    }
    if not told or _spoken_to(other.head) or _spoken_to(one.head):
        return
    found = sorted(features(one, other, near))
    for name, trigger in told.items():
        own = weights[name]
        total = own.get("", 0.0) + sum(own.get(f, 0.0) for f in found)
        score = 1 / (1 + math.exp(-max(-35.0, min(35.0, total))))
        if score >= _entry(name)[1]:
            yield Found(name, one, other, score, trigger)


#: Relations whose verb has them as its subject: "lives in", "joined".
_OF_SUBJECT: Final = frozenset({"PLACE_OF_RESIDENCE", "EMPLOYEE_OR_MEMBER_OF"})


def _of_another(trigger: Token, place: Place) -> bool:
    """Whether the verb that tells it is somebody else's: "Diaz warned citizens *living* in Chile"."""
    if trigger.pos_ != "VERB" or trigger.tag_ not in ("VB", "VBG") or is_passive(trigger):
        return False
    who = subject(trigger)
    if who is None or who.i in range(place.start, place.end) or who.pos_ == "PRON":
        return False
    return place.head not in below(who) and who not in below(place.head)


#: Relations that a participle tells of the noun it stands at: "born in", "based in".
_OF_OWNER: Final = frozenset(
    {"DATE_OF_BIRTH", "PLACE_OF_BIRTH", "PLACE_OF_RESIDENCE", "EDUCATED_AT", "HEADQUARTERS"}
)


def _told_of_another(trigger: Token, place: Place) -> bool:
    """Whether the participle that tells it is somebody else's: "Judge Venn ruled that *people* born in Fiji vote"."""
    noun = trigger.head
    if trigger.dep_ != "acl" or noun.pos_ != "NOUN" or noun.i in range(place.start, place.end):
        return False
    return place.head not in below(noun) and noun not in below(place.head)


@cache
def _by_word() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name in RELATIONS:
        for word in _entry(name)[0]:
            found.setdefault(word, set()).add(name)
    return {word: frozenset(names) for word, names in found.items()}


@lru_cache(maxsize=50_000)
def _relations_of(lemma: str, word: str) -> frozenset[str]:
    """The relations that a word of this lemma can tell."""
    by_word, none = _by_word(), frozenset[str]()
    forms = (lemma.lower(), word, f"{lemma.lower()}e")
    return frozenset().union(*(by_word.get(form, none) for form in forms))


@cache
def _entry(relation: str) -> tuple[frozenset[str], float]:
    """The words that tell a relation, and its least score."""
    entry = word_lists("learned")[relation]
    words = set(entry["words"])
    return frozenset(words | ({"of"} if entry.get("of") else set())), float(entry["least"])


def _told(
    names: list[str], one: Place, other: Place, tells: dict[int, frozenset[str]]
) -> dict[str, Token]:
    """For each relation the word that tells it: on the path between the two, beside it, or between
    them where they stand close."""
    first, second = (one, other) if one.start <= other.start else (other, one)
    doc = one.head.doc
    path = _path_tokens(one.head, other.head)
    near = {t.i: t for p in path for t in [p, *kids(p)] if t.i in tells}
    named = {*range(one.start, one.end), *range(other.start, other.end)}
    near = {i: t for i, t in near.items() if i not in named}
    between = tokens_of(doc)[first.end : second.start]
    if len(between) <= 8:
        near |= {t.i: t for t in between if t.i in tells}
    out: dict[str, Token] = {}
    for name in names:
        if name == _NATION:
            if other.head.head.i - other.head.i in range(1, 4):
                out[name] = other.head
            continue
        body = doc[other.start : other.end].text.lower()
        if name == "POLITICAL_AFFILIATION" and not any(part in body for part in _PARTIES):
            continue
        chosen = [
            t for i, t in near.items() if name in tells[i] and _may_tell(t, name, one, other, body)
        ]
        strong = [t for t in chosen if t.is_alpha and t.pos_ in ("VERB", "NOUN", "ADJ", "PROPN")]
        if strong:
            out[name] = min(strong, key=lambda t: (abs(t.i - second.start), t.i))
        elif name == "EMPLOYEE_OR_MEMBER_OF" and len(between) <= 3:
            if doc[one.start : one.end].text.lower() in lists().property:
                continue  # "the distinction of Dean of the House": nobody
            if other.head.head == one.head and any(t.lower_ == "of" for t in between):
                out[name] = other.head
        elif name in ("DATE_OF_BIRTH", "DATE_OF_DEATH") and any(
            not t.is_alpha and name in tells.get(t.i, ())
            for t in doc[
                max(first.end, second.start - 2) : second.start
            ]  # not "a 12-year sentence"
        ):
            out[name] = other.head
    return out


def _may_tell(token: Token, name: str, one: Place, other: Place, body: str) -> bool:
    """Whether a word of a relation tells it of these two."""
    if name == "EDUCATED_AT" and token.lemma_ == "attend":
        what = child(token, "obj")
        attended = what in (None, other.head) or names_school(what.lower_)
        return attended and names_school(body)  # no fair, no visit to one
    if name == "PLACE_OF_RESIDENCE" and token.pos_ == "VERB":
        return not _left_behind(token, other.head)
    if name == "CEO" and any(map(is_deputy, token.doc[max(0, token.i - 3) : token.i])):
        return False
    if name == "HEADQUARTERS" and has_case(other.head, "between"):
        return False  # "a reef located *between* Fiji and Tonga"
    if name == "DATE_OF_DEATH" and token.pos_ == "VERB":
        return bool(one.head.head == token == other.head.head)  # not who survives an attack
    if name == "DATE_OF_DEATH" and token.pos_ == "NOUN":
        return one.head in below(token)  # not who was tried for a death
    return True


def names_school(words: str) -> bool:
    """Whether these words, in lower case, call something that one studies at."""
    return any(part in words for part in _SCHOOLS)


def _left_behind(verb: Token, place: Token) -> bool:
    """Whether the verb tells of leaving it: "moved *from Rome* to Paris"."""
    way = takewhile(lambda t: t != verb, above(place))
    return any(has_case(t, "from") for t in way)


def _path_tokens(one: Token, other: Token) -> list[Token]:
    up, down = above(one)[:20], above(other)[:20]
    below = {t.i: n for n, t in enumerate(down)}
    for n, token in enumerate(up):
        if token.i in below:
            return [*up[1:n], token, *down[1 : below[token.i]]]
    return []


def _spoken_to(token: Token) -> bool:
    """Whether somebody only speaks to it: "told the Associated Press"."""
    return token.dep_ in ("obj", "iobj") and token.head.lemma_.lower() in _SPOKEN_TO


def _is_party(body: Place) -> bool:
    return body.head.doc[body.end - 1].lower_ == "party"


def property_of(found: Found) -> str:
    """The ontology's property: who "joins" or is a "member" belongs, who else works for it."""
    name = RELATIONS[found.relation][2]
    belongs = found.trigger.lemma_.lower() in _MEMBER or _is_party(found.object)
    if name == "worksFor" and belongs:
        return "memberOf"
    return name
