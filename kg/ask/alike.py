"""Words that may stand for one another whatever their part of speech: synonyms, and the noun of a verb
(``nouns.txt``, ``adjectives.txt``, ``derived.txt``: WordNet, as for verbs in ``synonyms.txt``)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from kg.ask.stems import stems
from kg.ask.synonyms import groups, lines, synonyms
from kg.ask.words import mapping, near_words


@cache
def alike(lemma: str, kind: str) -> frozenset[tuple[str, ...]]:
    """The stems of the words that may stand for one, itself among them; ``kind`` is its part of speech
    as the parser tells it (``VERB``, ``NOUN``, ``ADJ``).

    >>> ("evacuat",) in alike("evacuation", "NOUN"), ("physician",) in alike("doctor", "NOUN")
    (True, True)
    """
    near = {lemma, *_near(lemma, kind)}
    for word in sorted(near):
        near |= _derived().get(word, set())
    for word in sorted(_derived().get(lemma, ())):
        near |= {*synonyms(word), *groups("nouns").get(word, ())}
    return frozenset(found for word in near if (found := stems(word)))


@cache
def verbs_alike(verb: str) -> frozenset[tuple[str, ...]]:
    """The stems of the verbs that may stand for one, itself among them."""
    return frozenset(found for word in (verb, *_near(verb, "VERB")) if (found := stems(word)))


def _near(lemma: str, kind: str) -> Iterable[str]:
    if kind == "VERB":
        same = mapping("converse").get(lemma, ())
        turned = (verb for verb, others in mapping("converse").items() if lemma in others)
        return (*near_words(lemma), *synonyms(lemma), *same, *turned)
    if kind in ("ADJ", "ADV"):
        return groups("adjectives").get(lemma, ())
    same = (group for group in mapping("kinds")["same"] if lemma in group)
    return (*groups("nouns").get(lemma, ()), *(word for group in same for word in group))


@cache
def _derived() -> dict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for line in lines("derived"):
        word, _, others = line.partition(": ")
        for other in others.split(", "):
            found[word].add(other)
            found[other].add(word)
    return dict(found)
