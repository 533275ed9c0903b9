"""A relation taught by examples: `teach` finds what says it, a `Lesson` tells and writes that.

First words for the lexicon; where these carry too few of the examples, what the network learns of them. Both
are tried on the examples, on the other ends of their sentences and on the counterexamples, and
on the texts of a graph, where one is given: nothing is written before somebody saw what it states.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.config import data_folder, load_config
from kg.errors import ConfigError
from kg.extract.statements.taught import end_at, ends, found, pair, pairs_of, states_of
from kg.graph.ontology import Ontology, load_ontology
from kg.lexicon import Own, read_own
from kg.model import Article
from kg.taught import Taught
from kg.teaching.examples import Example, checked, example, read_examples
from kg.teaching.network import Outcome, learn
from kg.teaching.rows import Row, general, row
from kg.teaching.words import Entry, Reader, proposals, trial
from kg.teaching.writing import (
    add_words,
    class_of_all,
    declaration,
    declare,
    keep_lesson,
    label_of,
    name_of,
    new_entries,
)
from kg.vocabulary import read_words

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from kg.extract.statements.pair_features import Place
    from kg.knowledge_graph import Graph

#: Words that state so many of the examples are enough.
ENOUGH: Final = 0.8
#: Characters of a graph's articles that are read for what else would be stated.
_READ: Final = 120_000
_SHOWN: Final = 50


@dataclass(frozen=True, slots=True)
class New:
    """A statement that the graph's texts would give. ``by`` are the words that say it, or
    ``network``; ``pair`` is the passage as an example, where a person may call it one."""

    subject: str
    object: str
    passage: str
    source: str
    by: str
    confidence: float = 1.0
    pair: Example | None = None


@dataclass(frozen=True, slots=True)
class Lesson:
    """What examples teach of a relation; nothing of it is written before `write`.

    ``entries`` are words for the lexicon and ``struck`` those that state a counterexample; ``covered``
    the lines of the examples that the words state, ``said`` other relations of the ontology that say
    examples already, with how many; ``taught`` what the network learned, None where the words are enough or it is
    not good enough, which ``outcome`` tells; ``new`` what else would be stated; ``offered`` the labels of all entries that
    were found, also of those that `without` took out.
    """

    relation: str
    label: str
    domain: str
    range: str
    examples: tuple[Example, ...]
    entries: tuple[Entry, ...]
    struck: tuple[Entry, ...]
    covered: frozenset[int]
    said: tuple[tuple[str, int], ...]
    taught: Taught | None
    outcome: Outcome | None
    new: tuple[New, ...]
    network: str
    ontology: Path
    lexicon: Path
    offered: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write."""
        return not self.entries and self.taught is None

    def without(self, *labels: str) -> Lesson:
        """The lesson without these entries (by `Entry.label`) or without the network (``network``)."""
        kept = tuple(entry for entry in self.entries if entry.label not in labels)
        taught = None if "network" in labels else self.taught
        new = tuple(one for one in self.new if one.by not in labels)
        return replace(self, entries=kept, taught=taught, new=new)

    def write(self) -> tuple[str, ...]:
        """Write it to the user's files; the paths of those that changed. Raises `ConfigError` where
        there is nothing to write."""
        if self.is_empty:
            raise ConfigError(f"{self.relation}: nothing was learned; nothing is written.")
        terms = _terms(_own(self.ontology))
        examples = [one for one in self.examples if one.holds]
        comment = f"Taught by {len(examples)} examples, such as: {examples[0].sentence}"
        text = declaration(self.relation, self.label, comment, self.domain, self.range)
        done = []
        if declare(self.ontology, self.relation, text, terms):
            done.append(str(self.ontology))
        if add_words(self.lexicon, self.relation, self.entries):
            done.append(str(self.lexicon))
        if self.taught is not None:
            done += keep_lesson(self.lexicon, self.network, self.taught)
        return tuple(done)


def teach(
    relation: str,
    examples: str | Path | Iterable[Mapping[str, Any] | Example],
    *,
    ontology: str | Path = "ontology.ttl",
    lexicon: str | Path = "lexicon.ttl",
    graph: str | Path | Graph | None = None,
) -> Lesson:
    """What examples (a file, or rows with ``sentence``, ``subject``, ``object`` and perhaps ``holds``) teach
    of a relation, given by its name or label.

    ``ontology`` and ``lexicon`` are the user's own files, which need not be there yet; ``graph`` is one to
    show what else would be stated. The shipped pipeline is used. The same examples, files and
    graph give the same lesson. Raises `ConfigError` for examples that are none, with the line.
    """
    from kg.nlp.load import load_pipeline

    name = name_of(relation)
    known = _examples(examples)
    words = _words(Path(lexicon))
    terms = _terms(_own(Path(ontology)))
    nlp = load_pipeline()
    reader = Reader(nlp, words)
    term = terms.terms.get(name)
    if term is not None and term.kind != "relation":
        raise ConfigError(f"{name} is a {term.kind} of the ontology; choose another name.")
    offered, said = proposals(reader, known, name)
    entries, struck = _sifted(reader, known, name, new_entries(name, offered, words))
    covered = trial(reader, known, name, entries).covered
    holding = [one for one in known if one.holds]
    articles = _articles_of(graph)
    docs = list(_parsed(nlp, articles)) if articles else []
    taught, outcome = None, None
    if len(covered) < ENOUGH * len(holding):
        taught, outcome = _learned(nlp, name, known, docs)
    new = list(_new_by_words(graph, reader, name, entries, terms))
    if taught is not None:
        new += _new_by_network(taught, docs, articles, known)
    domain, range_ = _classes(nlp, holding)
    return Lesson(
        name, label_of(name, relation, terms), domain, range_, known, entries, struck, covered,
        tuple(sorted((n, c) for n, c in said.items() if n != name)), taught, outcome, tuple(new[:_SHOWN]),
        _network(nlp), Path(ontology), Path(lexicon), tuple(entry.label for entry in entries),
    )  # fmt: skip


def _examples(given: str | Path | Iterable[Mapping[str, Any] | Example]) -> tuple[Example, ...]:
    if isinstance(given, str | Path):
        return read_examples(given)
    made = (
        one if isinstance(one, Example) else example(one, f"example {n}", n)
        for n, one in enumerate(given, 1)
    )
    return checked((replace(one, line=n) for n, one in enumerate(made, 1)), "examples")


def _own(path: Path) -> Own | None:
    return read_own(path) if path.exists() else None


def _words(path: Path) -> Own | None:
    return read_words(path) if path.exists() else None


def _terms(own: Own | None) -> Ontology:
    return load_ontology(own=own)


def _network(nlp: Language) -> str:
    from kg.nlp.words import network_of

    return network_of(nlp)


def _sifted(
    reader: Reader, known: Sequence[Example], name: str, offered: Sequence[Entry]
) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """The entries that state an example and no counterexample, and those that state one."""
    entries, struck = [], []
    for entry in offered:
        own = {one for one in known if one.line in entry.lines or not one.holds}
        tried = trial(reader, sorted(own, key=lambda one: one.line), name, [entry])
        if tried.against:
            struck.append(entry)
        elif tried.covered:
            entries.append(entry)
    return tuple(entries), tuple(struck)


# --- the network -------------------------------------------------------------------------------


def _learned(
    nlp: Language, name: str, known: Sequence[Example], docs: Sequence[Doc]
) -> tuple[Taught | None, Outcome | None]:
    right: list[Row] = []
    wrong: list[Row] = []
    against: list[Row] = []
    by_sentence: dict[str, list[Example]] = {}
    for one in known:
        by_sentence.setdefault(one.sentence, []).append(one)
    sentences = _docs(nlp, by_sentence)
    for group, (doc, own) in enumerate(zip(sentences, by_sentence.values(), strict=True)):
        states = states_of(doc)
        if states is None:
            return None, None
        given = []
        for one in own:
            two = end_at(doc, *one.subject), end_at(doc, *one.object)
            if two[0] is not None and two[1] is not None and two[0].head.i != two[1].head.i:
                given.append((two[0], two[1]))
                (right if one.holds else against).append(row(pair(two[0], two[1]), states, group))
        wrong += other_pairs(doc, given, group)
    if len({one.group for one in right}) < 2:
        return None, Outcome(0.0, 0.0)
    others = general([*docs, *_parsed(nlp, _shipped())])
    taught, outcome = learn(name, right, wrong, others, against)
    return (taught if outcome.good else None), outcome


def other_pairs(doc: Doc, given: Sequence[tuple[Place, Place]], group: int) -> list[Row]:
    """The other pairs of a sentence that examples come from, the ends of theirs among them: what was not
    given is taken not to hold."""
    states = states_of(doc)
    if states is None:
        return []
    own = {(place.start, place.end): place for two in given for place in two}
    taken = {i for place in own.values() for i in range(place.start, place.end)}
    others = [p for p in ends(doc) if not taken & set(range(p.start, p.end))]
    known = {(one.head.i, other.head.i) for one, other in given}
    return [
        row(one, states, group) for one in pairs_of([*own.values(), *others])
        if (one.subject.head.i, one.object.head.i) not in known
    ]  # fmt: skip


def shipped_pairs(nlp: Language) -> list[Row]:
    """General pairs of the shipped articles."""
    return general(_parsed(nlp, _shipped()))


def _shipped() -> Iterator[Article]:
    from kg.read import read

    for one in read([data_folder("seeds") / "articles"], settings=load_config()):
        if isinstance(one, Article):
            yield one


def _parsed(nlp: Language, articles: Iterable[Article]) -> Iterator[Doc]:
    """The trees, names and values of articles."""
    return _docs(nlp, (article.text for article in articles))


def _docs(nlp: Language, texts: Iterable[str]) -> Iterator[Doc]:
    """As `kg.pipeline.parse`, without coreference, which pairs do not use."""
    for text in texts:
        doc = nlp.make_doc(text)
        for name, part in nlp.pipeline:
            if name not in ("kg_coreference", "kg_words"):
                doc = part(doc)
        yield doc


# --- what else it would state -------------------------------------------------------------------


def _articles_of(graph: str | Path | Graph | None) -> tuple[Article, ...]:
    """Articles of a graph, by id, up to so many characters."""
    if graph is None:
        return ()
    with _opened(graph) as opened:
        found: list[Article] = []
        size = 0
        for article in opened.articles():
            size += len(article.text)
            if found and size > _READ:
                break
            found.append(article)
    return tuple(found)


@contextmanager
def _opened(graph: str | Path | Graph) -> Iterator[Graph]:
    """A graph by its folder, closed at the end; one that is open already stays so."""
    from kg.knowledge_graph import Graph

    if not isinstance(graph, str | Path):
        yield graph
        return
    with Graph(graph) as opened:
        yield opened


def _new_by_words(
    graph: str | Path | Graph | None,
    reader: Reader,
    name: str,
    entries: Sequence[Entry],
    terms: Ontology,
) -> Iterator[New]:
    """The statements that the graph has in these words already, as an open relation."""
    from kg.model import Node
    from kg.teaching.suggestions import open_relations

    verbs = {entry.words: entry for entry in entries if entry.term != "noun"}
    if graph is None or not verbs:
        return
    with _opened(graph) as opened:
        for relation in open_relations(opened, labels=verbs):
            entry = verbs[relation.label]
            for one in opened.store.statements_of(relation.id):
                if not isinstance(one.object, Node) or not one.evidence:
                    continue
                pair_ = (one.subject, one.object)
                subject, object_ = reversed(pair_) if entry.term == "inverseVerb" else pair_
                if _suits(subject.type, entry.subject_types, terms) and _suits(
                    object_.type, entry.object_types, terms
                ):
                    told = one.evidence[0]
                    yield New(subject.label, object_.label, told.text, told.source, entry.label)


def _suits(kind: str, wanted: Sequence[str], terms: Ontology) -> bool:
    return not wanted or kind in wanted or any(above in wanted for above in terms.above(kind))


def _new_by_network(
    taught: Taught, docs: Sequence[Doc], articles: Sequence[Article], known: Sequence[Example]
) -> list[New]:
    """What the network would tell of a graph's articles, the surest first."""
    made: list[tuple[float, New]] = []
    sentences = {one.sentence for one in known}
    for doc, article in zip(docs, articles, strict=True):
        states = states_of(doc)
        if states is None:
            continue
        groups: dict[int, list[Place]] = {}
        for place in ends(doc):
            groups.setdefault(place.head.sent.start, []).append(place)
        for group in groups.values():
            for one in pairs_of(group):
                told = found([taught], one, states)
                sentence = one.subject.head.sent
                if not told or sentence.text.strip() in sentences:
                    continue
                total = told[0].score
                places = [
                    (p.char[0] - sentence.start_char, p.char[1] - sentence.start_char)
                    for p in (one.subject, one.object)
                ]
                example_ = Example(sentence.text, places[0], places[1])
                made.append(
                    (-total, New(*example_.ends, sentence.text, article.source, "network",
                                 told[0].confidence, example_))
                )  # fmt: skip
    return [
        one for _, one in sorted(made, key=lambda item: (item[0], item[1].source, item[1].passage))
    ]


def _classes(nlp: Language, holding: Sequence[Example]) -> tuple[str, str]:
    """The classes of the two ends, as names and values tell them."""
    from kg.extract.statements.predicates import CLASSES

    kinds: tuple[list[str | None], list[str | None]] = ([], [])
    for doc, one in zip(_docs(nlp, (e.sentence for e in holding)), holding, strict=True):
        for found_, place in zip(kinds, (one.subject, one.object), strict=True):
            end = end_at(doc, *place)
            label = end.label if end is not None else ""
            found_.append("Value" if label == "DATE" else CLASSES.get(label, "Thing"))
    domain, range_ = (class_of_all(found_) for found_ in kinds)
    return ("Thing" if domain == "Value" else domain), range_
