"""What a graph tells often and the ontology has no term for: relations and classes worth teaching.

Relations in their own words ("complain about") are brought together by what they mean: each label is the
mean of the network's states of its words in the passages that say it, seen against all labels; labels
that are near each other make a group. Things without a class are brought together by their noun.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from kg.extract.statements.taught import states_of
from kg.model import Node, Statement

if TYPE_CHECKING:
    import numpy.typing as npt
    from spacy.language import Language

    from kg.knowledge_graph import Graph

    Floats = npt.NDArray[np.float64]

#: Passages of a label that its meaning is read from, and those that are shown.
_READ: Final = 6
_SHOWN: Final = 3
#: Labels nearer than this (cosine) are of one group.
NEAR: Final = 0.6
_LABELS: Final = 80
_SENTENCE: Final = re.compile(r"[.!?][\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9])|\n+")


@dataclass(frozen=True, slots=True)
class OpenRelation:
    """A relation in the words of texts: its IRI, its label, in how many statements."""

    id: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Told:
    """A statement that shows what is meant, with its sentence, word for word, and the words for both ends
    in it."""

    subject: str
    object: str
    sentence: str
    source: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something worth teaching: its labels with how often each is used, the most frequent first, and
    ``examples``. ``what`` is ``relation`` or ``class``."""

    what: str
    labels: tuple[tuple[str, int], ...]
    examples: tuple[Told, ...] = field(default=())

    @property
    def count(self) -> int:
        return sum(count for _, count in self.labels)


def suggest(graph: Graph, *, least: int = 2, most: int = 20) -> tuple[Suggestion, ...]:
    """The relations, then the classes that are used ``least`` times or more and that no ontology has, the
    most frequent first, ``most`` of each."""
    from kg.nlp.load import load_pipeline

    return (
        *relations(graph, load_pipeline(), least=least)[:most],
        *classes(graph, least=least)[:most],
    )


def examples_of(graph: Graph, labels: Iterable[str], most: int = 50) -> tuple[Told, ...]:
    """What the graph tells in these words, as examples for `kg.teach`: one of each sentence, of as many
    different subjects as can be."""
    found: dict[str, Told] = {}
    for relation in open_relations(graph, labels=set(labels)):
        for told in _told(graph, graph.store.statements_of(relation.id)):
            found.setdefault(told.sentence, told)
    seen: Counter[str] = Counter()
    ranked = []
    for told in found.values():
        ranked.append((seen[told.subject], told))
        seen[told.subject] += 1
    return tuple(told for _, told in sorted(ranked, key=lambda item: item[0])[:most])


def open_relations(graph: Graph, labels: Container[str] | None = None) -> list[OpenRelation]:
    """The relations that no ontology has, the most frequent first; of these ``labels``."""
    found = graph.query(
        "SELECT ?p ?label (COUNT(?st) AS ?count) WHERE { ?p rdfs:subPropertyOf kg:relatedTo ; "
        "rdfs:label ?label . FILTER(STRSTARTS(STR(?p), STR(rel:))) ?st rdf:predicate ?p . } "
        "GROUP BY ?p ?label ORDER BY DESC(?count) ?label"
    )
    return [
        OpenRelation(row["p"] or "", row["label"] or "", int(row["count"] or 0))
        for row in found
        if labels is None or row["label"] in labels
    ]


# --- relations ---------------------------------------------------------------------------------


def relations(graph: Graph, nlp: Language, *, least: int = 2) -> list[Suggestion]:
    """The open relations, those of one meaning together."""
    known = [one for one in open_relations(graph) if one.count >= least][:_LABELS]
    told = {
        one.label: _first(_told(graph, graph.store.statements_of(one.id)), _READ) for one in known
    }
    groups = _groups(known, _meanings(nlp, told))
    made = [
        Suggestion(
            "relation",
            tuple((one.label, one.count) for one in group),
            tuple(told_ for one in group for told_ in told[one.label])[:_SHOWN],
        )
        for group in groups
    ]
    return sorted(made, key=lambda one: (-one.count, one.labels))


def _told(graph: Graph, statements: Iterable[Statement]) -> Iterator[Told]:
    texts: dict[str, str] = {}
    for one in statements:
        if not isinstance(one.object, Node) or not one.evidence:
            continue
        place = one.evidence[0]
        if not texts:
            texts = {article.id: article.text for article in graph.articles()}
        sentence = sentence_at(texts.get(place.article, ""), place.start, place.end)
        if place.subject_text in sentence and place.object_text in sentence:
            yield Told(place.subject_text, place.object_text, sentence, place.source)


def _first(found: Iterable[Told], most: int) -> tuple[Told, ...]:
    """So many of them, of different sentences."""
    kept: dict[str, Told] = {}
    for told in found:
        if len(kept) == most:
            break
        kept.setdefault(told.sentence, told)
    return tuple(kept.values())


def sentence_at(text: str, start: int, end: int) -> str:
    """The sentence, or the sentences, of a text around a passage, on one line."""
    ahead = _SENTENCE.finditer(text, max(0, start - 1_000), start + 1)
    before = [found.end() for found in ahead if found.end() <= start]
    after = _SENTENCE.search(text, max(start, end - 1))
    stop = (
        after.start() + (0 if after[0].startswith("\n") else len(after[0].rstrip()))
        if after
        else len(text)
    )
    return " ".join(text[before[-1] if before else max(0, start - 1_000) : stop].split())


def _meanings(nlp: Language, told: dict[str, tuple[Told, ...]]) -> dict[str, Floats]:
    """For each label the direction in which its words lie, seen from the middle of all."""
    parser = nlp.get_pipe("kg_parser")
    found: dict[str, Floats] = {}
    for label, passages in told.items():
        rows = []
        for one in passages:
            doc = parser(nlp.make_doc(one.sentence))
            states = states_of(doc)
            words = set(label.split())
            at = [
                t.i for t in doc if t.lemma_.lower() in words and t.pos_ in ("VERB", "NOUN", "ADJ")
            ]
            if states is not None and at:
                rows.append(states[at].mean(axis=0))
        if rows:
            found[label] = np.mean(rows, axis=0).astype(np.float64)
    if not found:
        return {}
    middle = np.mean(list(found.values()), axis=0)
    return {
        label: (row - middle) / max(float(np.linalg.norm(row - middle)), 1e-9)
        for label, row in found.items()
    }


def _groups(known: Sequence[OpenRelation], meanings: dict[str, Floats]) -> list[list[OpenRelation]]:
    """Each label joins the first group whose most frequent label is near."""
    groups: list[list[OpenRelation]] = []
    for one in known:
        own = meanings.get(one.label)
        for group in groups:
            head = meanings.get(group[0].label)
            if own is not None and head is not None and float(own @ head) >= NEAR:
                group.append(one)
                break
        else:
            groups.append([one])
    return groups


# --- classes -----------------------------------------------------------------------------------


def classes(graph: Graph, *, least: int = 2) -> list[Suggestion]:
    """The nouns of things that have no class but Topic."""
    found = graph.query(
        "SELECT ?label (COUNT(?st) AS ?count) WHERE { ?topic a kg:Topic ; rdfs:label ?label . "
        "?st rdf:subject|rdf:object ?topic . } GROUP BY ?label ORDER BY DESC(?count) ?label"
    )
    by_noun: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in found:
        label = row["label"] or ""
        by_noun[_noun(label)][label] += int(row["count"] or 0)
    made = [
        Suggestion("class", tuple(labels.most_common(5)), ())
        for noun, labels in by_noun.items()
        if sum(labels.values()) >= least and len(labels) > 1 and noun
    ]
    return sorted(made, key=lambda one: (-one.count, one.labels))


def _noun(label: str) -> str:
    """The noun that a label is built on: "agreement" of "trade agreement with Peru"."""
    words = re.split(r" (?:of|in|on|for|with|to|from|by|at|about|against|between) ", label)[0]
    return words.rsplit(" ", 1)[-1].lower()
