"""Which words express which property: `ontology/lexicon.ttl` as plain values.

A property of the ontology carries its words::

    kg:used lex:verb "use", "utilize", "make use of" ; lex:noun "use", "adoption" .
    kg:owns lex:inverseVerb "belong to" .
    kg:investedIn lex:sense [ lex:noun "investment" ; lex:object "in" ;
                              lex:subjectType kg:Organization ] .

``lex:verb`` are the words of an active clause in its order (lemma, particle, preposition; a passive
without an agent starts with "be": "be born in"); ``lex:inverseVerb`` the same with subject and
object exchanged. ``lex:noun`` are nouns that stand for the verb; the marks before their subject
(default ``'s``, ``by``) and object (default ``of``) are ``lex:subject`` and ``lex:object``
(``'s`` possessive, ``compound`` "AI use", else a preposition). ``lex:subjectType`` and
``lex:objectType`` name classes: the sense is taken only where the participant is one of them, or
nothing tells its class. ``lex:strict true`` takes it only where it is one of them.
``lex:metonymy true`` takes a product named by its maker for the maker ("software from Runway").
Further senses of the same property stand in ``lex:sense`` nodes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import pyoxigraph as ox

from kg.analysis import analysis_of
from kg.config import data_folder
from kg.errors import ConfigError

if TYPE_CHECKING:
    from spacy.tokens import Doc

T = TypeVar("T")
#: How a file of RDF/XML begins; Turtle begins with none of these.
_XML: Final = re.compile(r"\ufeff?\s*<(?:\?xml|!|rdf:RDF|RDF)")
LEX: Final = "https://kg.example/lexicon#"
_TERMS: Final = frozenset(
    [
        "verb",
        "inverseVerb",
        "noun",
        "inverseNoun",
        "subject",
        "object",
        "subjectType",
        "objectType",
        "strict",
        "metonymy",
        "sense",
    ]
)


@dataclass(frozen=True, slots=True)
class Sense:
    """One way to say a property. ``inverse``: the grammatical subject is the object."""

    property: str
    inverse: bool = False
    subject_marks: tuple[str, ...] = ("'s", "by")
    object_marks: tuple[str, ...] = ("of",)
    subject_types: frozenset[str] = frozenset()
    object_types: frozenset[str] = frozenset()
    strict: bool = False
    metonymy: bool = False

    def fits(self, subject: str | None, object_: str | None) -> bool:
        """Whether classes (local names; None: unknown) of the participants suit this sense.
        ``subject`` and ``object_`` are those of the property, not of the grammar."""
        return _fits(subject, self.subject_types, self.strict) and _fits(
            object_, self.object_types, self.strict
        )


def _fits(given: str | None, wanted: frozenset[str], strict: bool) -> bool:
    if not wanted:
        return True
    if given is None:
        return not strict
    return given in wanted


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """Words (as an open predicate would be labelled) -> senses, in a fixed order. ``first_words``
    are those of the verbs; ``derived`` remembers what else is made of them (see `derived`)."""

    verbs: dict[str, tuple[Sense, ...]]
    nouns: dict[str, tuple[Sense, ...]]
    first_words: frozenset[str] = frozenset()
    derived: dict[Any, Any] = field(default_factory=dict, repr=False)

    def verb(self, words: str, subject: str | None, object_: str | None) -> Sense | None:
        """The sense of a verb's words for a grammatical subject and object of these classes."""
        for sense in self.verbs.get(words, ()):
            pair = (object_, subject) if sense.inverse else (subject, object_)
            if sense.fits(*pair):
                return sense
        return None

    def noun(self, word: str) -> tuple[Sense, ...]:
        """The senses of a noun, in order."""
        return self.nouns.get(word, ())


@dataclass(frozen=True, slots=True)
class Own:
    """A Turtle file of the user's, read beside the shipped one. ``name`` is for messages;
    ``taught`` what stands beside a lexicon (`kg.taught`): relations that the network learned."""

    name: str
    text: str
    taught: str = ""


def read_own(path: str | Path) -> Own:
    """The file of a setting, RDF/XML as the same in N-Triples. Raises `ConfigError` when it cannot
    be read as text."""
    try:
        text = Path(path).read_text(encoding="utf-8")
        return Own(str(path), _triples(str(path), text) if _XML.match(text) else text)
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ConfigError(f"{path}: cannot be read: {reason}.") from None


def _triples(name: str, text: str) -> str:
    """RDF/XML as N-Triples, which are Turtle, too: sorted, the same each time."""
    try:
        data = ox.Dataset(ox.parse(text.encode(), format=ox.RdfFormat.RDF_XML, base_iri="urn:own"))
    except SyntaxError as error:
        raise ConfigError(f"{name}: not valid RDF/XML: {error.msg}") from None
    data.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return "".join(sorted(f"{quad.triple} .\n" for quad in data))


def derived(function: Callable[[Lexicon], T]) -> Callable[[Lexicon], T]:
    """As `functools.cache`, for what is made of a lexicon: it lives and dies with that."""

    @wraps(function)
    def known(lexicon: Lexicon) -> T:
        try:
            made: T = lexicon.derived[function]
        except KeyError:
            made = lexicon.derived[function] = function(lexicon)
        return made

    return known


def lexicon_of(doc: Doc) -> Lexicon:
    """The lexicon of the pipeline that read ``doc``: the shipped one, unless it was loaded with
    words of the user's."""
    found = analysis_of(doc).lexicon
    return load_lexicon() if found is None else found


@lru_cache(maxsize=8)
def load_lexicon(path: str | None = None, own: Own | None = None) -> Lexicon:
    """The lexicon of a Turtle file, read once (by default the shipped one), with the user's words
    beside it.

    Raises `ConfigError` with line and column where the Turtle does not parse, and with the
    offending term where it says something unknown.
    """
    file = Path(path) if path else data_folder("ontology") / "lexicon.ttl"
    try:
        texts = [(str(file), file.read_bytes())]
    except FileNotFoundError:
        raise ConfigError(f"{file}: no such lexicon file.") from None
    if own is not None:
        texts.append((own.name, own.text.encode()))
    verbs: dict[str, list[Sense]] = {}
    nouns: dict[str, list[Sense]] = {}
    for name, data in texts:
        _read(name, data, verbs, nouns)
    first_words = frozenset(words.split(" ")[0] for words in verbs)
    return Lexicon(_sorted(verbs), _sorted(nouns), first_words)


def properties(own: Own) -> tuple[str, ...]:
    """The properties that a user's lexicon has words for. Raises `ConfigError` where it has none and
    nothing was taught beside it, and as `load_lexicon`."""
    verbs: dict[str, list[Sense]] = {}
    nouns: dict[str, list[Sense]] = {}
    _read(own.name, own.text.encode(), verbs, nouns)
    found = {sense.property for senses in (*verbs.values(), *nouns.values()) for sense in senses}
    if not found and not own.taught:
        raise ConfigError(f"{own.name}: no words for any relation (lex:verb, lex:noun...) in it.")
    return tuple(sorted(found))


def owners(own: Own) -> frozenset[str]:
    """The IRIs that a user's lexicon has words for. The file parses."""
    quads = ox.parse(own.text.encode(), format=ox.RdfFormat.TURTLE)
    return frozenset(
        quad.subject.value
        for quad in quads
        if quad.predicate.value.startswith(LEX) and isinstance(quad.subject, ox.NamedNode)
    )


def _read(
    name: str, data: bytes, verbs: dict[str, list[Sense]], nouns: dict[str, list[Sense]]
) -> None:
    """Add the senses of a Turtle file."""
    try:
        quads = list(ox.parse(data, format=ox.RdfFormat.TURTLE))
    except SyntaxError as error:
        line, column = error.lineno or 0, error.offset or 0
        raise ConfigError(f"{name}:{line}:{column}: not valid Turtle: {error.msg}") from None
    nodes: dict[str, dict[str, list[ox.NamedNode | ox.BlankNode | ox.Literal]]] = {}
    owner: dict[str, str] = {}
    for quad in quads:
        if not quad.predicate.value.startswith(LEX):
            continue
        term = quad.predicate.value.removeprefix(LEX)
        if term not in _TERMS:
            raise ConfigError(
                f"{name}: unknown term lex:{term} on {quad.subject}; known: "
                + ", ".join(sorted(_TERMS))
            )
        nodes.setdefault(str(quad.subject), {}).setdefault(term, []).append(quad.object)
        if term == "sense":
            owner[str(quad.object)] = quad.subject.value
        if isinstance(quad.subject, ox.NamedNode):
            owner[str(quad.subject)] = quad.subject.value
    for key, values in nodes.items():
        if key not in owner:
            raise ConfigError(f"{name}: the words {_strings(values)} belong to no property.")
        _add(values, local_name(owner[key]), verbs, nouns)


def _add(
    values: dict[str, list[ox.NamedNode | ox.BlankNode | ox.Literal]],
    name: str,
    verbs: dict[str, list[Sense]],
    nouns: dict[str, list[Sense]],
) -> None:
    def texts(term: str) -> tuple[str, ...]:
        return tuple(sorted(v.value for v in values.get(term, ())))

    def classes(term: str) -> frozenset[str]:
        return frozenset(local_name(v.value) for v in values.get(term, ()))

    def sense(*, inverse: bool) -> Sense:
        return Sense(
            property=name,
            inverse=inverse,
            subject_marks=texts("subject") or ("'s", "by"),
            object_marks=texts("object") or ("of",),
            subject_types=classes("subjectType"),
            object_types=classes("objectType"),
            strict="true" in texts("strict"),
            metonymy="true" in texts("metonymy"),
        )

    for term, table, inverse in (
        ("verb", verbs, False),
        ("inverseVerb", verbs, True),
        ("noun", nouns, False),
        ("inverseNoun", nouns, True),
    ):
        for word in texts(term):
            table.setdefault(word, []).append(sense(inverse=inverse))


def _sorted(table: dict[str, list[Sense]]) -> dict[str, tuple[Sense, ...]]:
    """Strict senses first, then those that ask for classes, then the rest; by name within."""

    def order(sense: Sense) -> tuple[bool, bool, str, bool]:
        free = not sense.subject_types and not sense.object_types
        return (not sense.strict, free, sense.property, sense.inverse)

    return {word: tuple(sorted(table[word], key=order)) for word in sorted(table)}


def _strings(values: dict[str, list[ox.NamedNode | ox.BlankNode | ox.Literal]]) -> str:
    words: Iterable[str] = (v.value for group in values.values() for v in group)
    return ", ".join(sorted(words))


def local_name(iri: str) -> str:
    """What stands after the last ``#`` or ``/``."""
    return re.split(r"[#/]", iri)[-1]


def property_label(name: str) -> str:
    """A readable label of a property's local name: "located in" for ``locatedIn``."""
    return re.sub(r"(?<=[a-z0-9])([A-Z])", lambda m: " " + m[1].lower(), name)
