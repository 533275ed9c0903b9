"""An ontology and a lexicon of the user's, beside the shipped ones.

`load_vocabulary` reads the files of the settings and finds what is wrong in them before the first
article. The words belong to the pipeline that is loaded with them, the classes and relations to the
graph that is written with them; nothing of a process changes. Both travel as text: to worker
processes, and in the manifest of a graph, so that a later command needs no file that may have gone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from kg.config import Settings
from kg.errors import ConfigError
from kg.graph.ontology import Ontology, load_ontology
from kg.graph.vocab import KG
from kg.lexicon import Own, load_lexicon, local_name, owners, properties, read_own
from kg.taught import beside, read_lessons


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the user adds to the shipped ontology and lexicon; None: nothing. ``only``: facts are told
    in the user's terms alone (`kg.graph.only`)."""

    ontology: Own | None = None
    lexicon: Own | None = None
    only: bool = False

    def terms(self) -> Ontology:
        """The shipped ontology with the user's classes and relations. Raises `ConfigError`."""
        return load_ontology(own=self.ontology, only=self.only)


#: The shipped ontology and lexicon alone.
SHIPPED: Final = Vocabulary()


def load_vocabulary(settings: Settings) -> Vocabulary:
    """The files that ``graph.ontology`` and ``pipeline.lexicon`` name, read and checked.

    Raises `ConfigError`: for a file that
    cannot be read or is not Turtle (with line and column), an ontology without a class or relation,
    a lexicon without words, with a term it cannot have, or with words for a relation that no
    ontology declares.
    """
    ontology, lexicon = settings.graph.ontology, settings.pipeline.lexicon
    own = Vocabulary(
        read_own(ontology) if ontology else None,
        read_words(lexicon) if lexicon else None,
        settings.graph.only,
    )
    if own.only and own.ontology is None:
        raise ConfigError(
            "only what an ontology of yours has is to be fact: name it (--ontology FILE)."
        )
    terms = own.terms()
    if own.only and terms.only is not None and not terms.only.terms():
        raise ConfigError(
            f"{ontology}: nothing in it can be a fact: it declares no relation and no class."
        )
    if own.lexicon is not None:
        load_lexicon(own=own.lexicon)
        _check_names(own.lexicon, terms)
        _check_relations(own.lexicon, terms)
    return own


def _check_names(lexicon: Own, ontology: Ontology) -> None:
    """Words of a relation in the user's namespace go by its local name, which must not be ours."""
    for iri in sorted(owners(lexicon)):
        name = local_name(iri)
        if not iri.startswith(KG) and name in ontology.terms and ontology.iri(name) != iri:
            raise ConfigError(
                f"{lexicon.name}: words for <{iri}>, but kg:{name} is a relation, too. Say that it is "
                f"the same (<{iri}> owl:equivalentProperty kg:{name}) and give kg:{name} the words, or "
                "give it another name."
            )


def read_words(path: str | Path) -> Own:
    """A lexicon of the user's with what was taught beside it, where anything was. Raises as
    `read_own`."""
    found, file = read_own(path), beside(path)
    return replace(found, taught=read_own(file).text) if file.exists() else found


def _check_relations(lexicon: Own, ontology: Ontology) -> None:
    terms = ontology.terms
    relations = sorted(name for name, term in terms.items() if term.kind == "relation")
    names = list(properties(lexicon))
    if lexicon.taught:
        known = read_lessons(lexicon.taught, str(beside(lexicon.name)))
        names += [one.relation for one in known.relations]
    for name in names:
        if name not in relations:
            near = get_close_matches(name, relations, n=1)
            guess = f"did you mean kg:{near[0]}?" if near else "declare it."
            raise ConfigError(
                f"{lexicon.name}: words for kg:{name}, which no ontology declares as a "
                f"relation; {guess} (--ontology FILE takes a file of declarations)"
            )
