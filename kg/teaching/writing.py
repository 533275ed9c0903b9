"""A taught relation in the user's own files: the ontology, the lexicon, and what is beside the lexicon.

What stands in the files stays, with its comments; what is new goes below. Teaching again adds the words
that are not there yet, and puts what the network learned in the place of what it had learned before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.errors import ConfigError
from kg.folder import replacing
from kg.graph.ontology import Ontology
from kg.lexicon import Own, load_lexicon, property_label
from kg.results import to_json
from kg.taught import Taught, beside, lessons, read_lessons
from kg.teaching.words import Entry, turtle_of

_PREFIXES: Final = {
    "kg": "https://kg.example/ontology#",
    "lex": "https://kg.example/lexicon#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
}
_AGENTS: Final = frozenset({"Person", "Organization", "Group", "Company"})


def name_of(relation: str) -> str:
    """The local name of a relation, from it or from its label: "complainedAbout".

    >>> name_of("complained about"), name_of("kg:sued")
    ('complainedAbout', 'sued')
    """
    first, *more = re.findall(r"[^\W_]+", relation.strip().removeprefix("kg:")) or [""]
    name: str = (first[:1].lower() + first[1:]) + "".join(
        word[:1].upper() + word[1:] for word in more
    )
    if not re.fullmatch(r"[a-z][A-Za-z0-9]*", name):
        raise ConfigError(
            f"{relation!r} is no name for a relation: give words of letters, such as 'complained about'."
        )
    return name


def class_of_all(classes: Iterable[str | None]) -> str:
    """The class of the ends of a relation: the one that all have whose class is known, ``Agent`` for
    persons and bodies, else ``Thing``."""
    kinds = {name for name in classes if name is not None}
    if len(kinds) == 1:
        return min(kinds)
    return "Agent" if kinds and kinds <= _AGENTS else "Thing"


def declaration(relation: str, label: str, comment: str, domain: str, range_: str) -> str:
    """What the ontology says of a new relation. A range of ``Value`` makes it one to a literal."""
    literal = range_ == "Value"
    kind, above = ("Datatype", "value") if literal else ("Object", "relatedTo")
    return (
        f"kg:{relation} a owl:{kind}Property ; rdfs:subPropertyOf kg:{above} ;\n"
        f"  rdfs:label {_text(label)} ; rdfs:comment {_text(comment)} ;\n"
        f"  rdfs:domain kg:{domain} ; rdfs:range {'rdfs:Literal' if literal else f'kg:{range_}'} .\n"
    )


def _text(words: str) -> str:
    return str(ox.Literal(" ".join(words.split()), language="en"))


def new_entries(relation: str, entries: Sequence[Entry], lexicon: Own | None) -> tuple[Entry, ...]:
    """The entries that the user's lexicon and the shipped one do not have for this relation."""
    known = load_lexicon(own=lexicon)
    out = []
    for entry in entries:
        senses = (known.nouns if entry.term == "noun" else known.verbs).get(entry.words, ())
        if not any(
            sense.property == relation and sense.inverse == (entry.term == "inverseVerb")
            for sense in senses
        ):
            out.append(entry)
    return tuple(out)


def declare(path: Path, relation: str, text: str, terms: Ontology) -> bool:
    """Add the declaration of a relation to the user's ontology; False where one has it already."""
    known = terms.terms.get(relation)
    if known is not None and known.kind == "relation":
        return False
    _append(path, text, ("kg", "owl", "rdfs"))
    return True


def add_words(path: Path, relation: str, entries: Sequence[Entry]) -> bool:
    """Add entries to the user's lexicon; False where there is nothing to add."""
    if not entries:
        return False
    _append(path, turtle_of(relation, entries), ("kg", "lex"))
    return True


def keep_lesson(lexicon: Path, network: str, taught: Taught) -> list[str]:
    """Put what the network learned beside the lexicon, in the place of what it knew of the relation; the
    files that were written. Raises `ConfigError` for a file that another network learned."""
    path = beside(lexicon)
    known = {}
    if path.exists():
        before = read_lessons(path.read_text(encoding="utf-8"), str(path))
        known = {one.relation: one for one in before.relations}
        if before.network != network:
            raise ConfigError(
                f"{path}: learned by another network than the shipped one. Move it away and teach "
                f"{', '.join(known)} again."
            )
    known[taught.relation] = taught
    with replacing(path) as file:
        file.write(to_json(lessons(network, known)) + "\n")
    if lexicon.exists():
        return [str(path)]
    _append(lexicon, "# What was taught without words stands beside this file.\n", ("kg", "lex"))
    return [str(lexicon), str(path)]


def _append(path: Path, text: str, prefixes: Iterable[str]) -> None:
    """Put Turtle below what a file has, with the prefixes that it lacks. The file changes whole or
    not at all."""
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    lacking = [
        f"@prefix {name}: <{_PREFIXES[name]}> .\n"
        for name in prefixes
        if not re.search(rf"(?mi)^\s*@?prefix\s+{name}:\s*<{re.escape(_PREFIXES[name])}>", before)
    ]
    gap = "\n" if before else ""
    if before and not before.endswith("\n"):
        gap = "\n\n"
    made = before + gap + "".join(lacking) + ("\n" if lacking else "") + text
    list(ox.parse(made.encode(), format=ox.RdfFormat.TURTLE))
    with replacing(path) as file:
        file.write(made)


def label_of(relation: str, given: str, terms: Ontology) -> str:
    """The label of a relation: that of the ontology, else the user's words, else made of its name."""
    known = terms.terms.get(relation)
    if known is not None:
        return known.label
    words = given.strip().removeprefix("kg:")
    return words if " " in words else property_label(relation)
