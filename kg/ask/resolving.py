"""What the phrases of a question stand for: a thing of the graph, several, or one that is only described."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from kg.ask.names import Names
from kg.ask.question import Phrase
from kg.ask.words import mapping, words
from kg.countries import country
from kg.extract.words.load import word_lists
from kg.graph.named import plain
from kg.graph.ontology import load_ontology

#: So many things one phrase of common words may stand for.
_MOST: Final = 60
#: Added to the place of a phrase for one that is not said on its own.
_INVENTED: Final = 1_000
#: Nouns of which it is remembered what they stand for: each end of a statement that is looked at is asked for it.
_NOUNS: Final = 1_000
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_CLASSES: Final = ("Organization", "Person", "Place", "CreativeWork", "Product", "Event", "Law")


@dataclass(frozen=True, slots=True)
class Meant:
    """The things that a phrase means in one reading."""

    iris: tuple[str, ...]
    told: str


def meant(phrase: Phrase, names: Names) -> tuple[Meant, ...]:
    """What a phrase may mean, the likeliest first; empty where the graph has nothing of that name."""
    found = _named(phrase, names)
    if found:
        return found
    topics = _topics(phrase, names)
    return (Meant(topics, phrase.text),) if topics else ()


def _named(phrase: Phrase, names: Names) -> tuple[Meant, ...]:
    whole = names.called(phrase.text)
    if not phrase.proper and " " not in phrase.text:  # "son" is nobody's name
        whole = tuple(
            i for i in whole if i not in names.named or plain(names.label[i]) == plain(phrase.text)
        )
    if whole:
        if " " not in phrase.text:  # an article may call one of several Bergs so
            whole = tuple(dict.fromkeys((*whole, *_namesakes(phrase.text, names))))
        return _readings(phrase.text, whole, names)
    terms = [t for t in phrase.text.split() if plain(t)]
    lower = phrase.text == phrase.text.lower()
    for at in range(1, len(terms)):  # "President Trump", "the actor Ricardo Darín"
        rest = names.called(" ".join(terms[at:])) if len(terms) - at > 1 or phrase.proper else ()
        if rest and (lower or terms[at][:1].isupper()) and _are_titles(terms[:at], lower=lower):
            return _readings(phrase.text, rest, names)
    if not phrase.proper:
        return ()
    having = names.having(tuple(terms))
    part = tuple(iri for iri in having if _is_short_for(terms, iri, names))
    part = part or _of_one_year(phrase.text, having, names)
    return _readings(phrase.text, part, names) if part else ()


def _of_one_year(text: str, having: tuple[str, ...], names: Names) -> tuple[str, ...]:
    """ "The National Convention", where there is that of one year alone: "2020 National Convention"."""
    years: dict[str, list[str]] = {}
    for iri in having:
        year, _, rest = plain(names.label[iri]).partition(" ")
        if _YEAR.fullmatch(year) and rest == plain(text) and iri in names.named:
            years.setdefault(year, []).append(iri)
    return tuple(*years.values()) if len(years) == 1 else ()


def _namesakes(surname: str, names: Names) -> Iterator[str]:
    """The people of a surname."""
    for iri in names.having((surname,)):
        if _is_short_for([surname], iri, names) and names.thing(iri).type == "Person":
            yield iri


def _is_short_for(terms: list[str], iri: str, names: Names) -> bool:
    """Whether the words may stand for a thing of a longer name: a surname, a first and last name,
    a company without its "Inc."."""
    if iri not in names.named:
        return False
    asked = plain(" ".join(terms)).split()
    label = plain(names.label[iri]).split()
    if all(word in words("names", "fillers") for word in label if word not in asked):
        return True
    if names.thing(iri).type != "Person":
        return False
    known = [word for word in label if word not in words("names", "suffixes")]
    return known[-1:] == asked[-1:] and (len(asked) == 1 or known[0] == asked[0])


def _are_titles(before: list[str], *, lower: bool) -> bool:
    """Whether the words before a name only say who it is: "President", "the dive boat"; in a
    question without capitals titles alone. In "the widow of Brand" they do not."""
    return not set(before) & words("names", "behind") and all(
        (w.islower() and not lower) or w.casefold() in words("names", "titles") for w in before
    )


def _readings(text: str, found: tuple[str, ...], names: Names) -> tuple[Meant, ...]:
    """Things of one name: those whose own name it is and those that it may be short for."""
    key = plain(text)
    groups: dict[str, list[str]] = {}
    for iri in found:
        label = plain(names.label[iri])
        groups.setdefault("" if key in label.split() and label == key else label, []).append(iri)
    own = groups.pop("", [])
    if len(groups) <= 1:  # "Trump" and "Donald Trump", of one surname that nobody else has
        return (Meant(tuple(sorted({*own, *found})), _told(found, names)),)
    readings = [
        Meant(tuple(sorted({*group, *own})), _told(tuple(group), names))
        for group in groups.values()
    ]
    return tuple(sorted(readings, key=lambda m: (m.told, m.iris)))


def _told(iris: tuple[str, ...], names: Names) -> str:
    return max((names.label[iri] for iri in iris), key=lambda label: (len(label), label))


def _topics(phrase: Phrase, names: Names) -> tuple[str, ...]:
    """The things without a name that the words describe: all words must be there, and the word
    that says what it is must be what it is."""
    asked = tuple(w for w in phrase.lemmas if w not in words("names", "articles"))
    if phrase.of is not None:
        asked += phrase.of.lemmas
    found = [iri for iri in names.having(asked) if head_of(names.label[iri]) == plain(phrase.head)]
    return tuple(found[:_MOST])


def of_nation(phrase: Phrase) -> Phrase | None:
    """ "The Thai prime minister" as the prime minister of Thailand; None where no country is told."""
    land = country(phrase.post[0]) if len(phrase.post) > 1 and phrase.of is None else None
    if land is None or phrase.clauses or phrase.also:
        return None
    words_ = tuple(land.split())
    lemmas = tuple(word.casefold() for word in words_)
    of = Phrase(phrase.ref + _INVENTED, land, words_, lemmas, lemmas[-1], proper=True)
    return replace(phrase, of=of, post=phrase.post[1:])


def head_of(label: str) -> str:
    """The word that says what a described thing is: "contract" of "contract worth $84 million"."""
    kept: list[str] = []
    for word in label.split():
        if kept and word.casefold() in words("names", "behind"):
            break
        kept.append(word)
    return plain(kept[-1]) if kept else ""


@lru_cache(maxsize=_NOUNS)
def kinds(noun: str) -> tuple[str, ...]:
    """The classes of what a noun may stand for: "company"; empty where the classes do not tell."""
    ontology = load_ontology()
    for name in _CLASSES:
        if noun in mapping("classes")[name]:
            below = [t for t in ontology.terms if name in ontology.above(t)]
            return tuple(sorted({name, *below, *mapping("also").get(name, ())}))
    return ()


@lru_cache(maxsize=_NOUNS)
def noun_classes(noun: str) -> tuple[str, ...]:
    """The classes of what a noun is used of where articles are read: "player" of people."""
    ontology = load_ontology()
    for name, nouns in word_lists("phrases")["types"].items():
        if noun in nouns:
            above = "Person" if name == "Group" else name
            below = [t for t in ontology.terms if above in ontology.above(t)]
            return tuple(sorted({name, above, *below, *mapping("also").get(above, ())}))
    return ()


@lru_cache(maxsize=_NOUNS)
def exact_kinds(words_: str, noun: str) -> tuple[str, ...]:
    """The narrow class that a noun, or a phrase, is the name of: "series", "AI model"; with those
    below it."""
    ontology = load_ontology()
    named = {t.label.casefold(): name for name, t in ontology.terms.items() if t.kind == "class"}
    name = named.get(words_) or named.get(noun)
    if (
        name is None
        or "Event" in ontology.above(name)
        or name in _CLASSES
        or name in ("Thing", "Topic", "Group", "Agent", "Company")
    ):
        return ()
    return tuple(sorted({name, *(t for t in ontology.terms if name in ontology.above(t))}))


@lru_cache(maxsize=_NOUNS)
def unlike(noun: str) -> tuple[str, ...]:
    """The nouns that what a noun stands for is not called: a party is no parliament, but may be
    called an organisation. Empty for a noun that says no more than the class."""
    broad = words("kinds", "broad")
    if noun in broad:
        return ()
    same = same_nouns(noun)
    for name in _CLASSES:
        if noun in mapping("classes")[name]:
            listed = (*mapping("classes")[name], *mapping("kinds")["more"].get(name, ()))
            return tuple(other for other in listed if other not in broad and other not in same)
    return ()


@lru_cache(maxsize=_NOUNS)
def same_nouns(noun: str) -> tuple[str, ...]:
    """The nouns that are used for one another: "film", "movie"."""
    return next((tuple(group) for group in mapping("kinds")["same"] if noun in group), (noun,))


def country_or_not(noun: str) -> bool | None:
    """Whether a noun stands for countries, or for places that are none; None where for neither."""
    if noun in words("kinds", "countries"):
        return True
    return False if noun in words("kinds", "no_countries") else None
