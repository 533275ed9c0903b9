"""A relation taught by examples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from kg.config import data_folder, load_config
from kg.extract.statements.taught import ends, pairs_of, states_of
from kg.model import Article
from kg.teaching.network import Row, general, row

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from kg.extract.statements.pair_features import Place


def beside(doc: Doc, given: Sequence[tuple[Place, Place]], group: int) -> list[Row]:
    """The other pairs of a sentence that examples come from, the ends of theirs among them: what was not
    given is taken not to hold."""
    states = states_of(doc)
    if states is None:
        return []
    own = {(place.start, place.end): place for two in given for place in two}
    taken = {i for place in own.values() for i in range(place.start, place.end)}
    others = [p for p in ends(doc) if not taken & set(range(p.start, p.end))]
    known = {(one.head.i, other.head.i) for one, other in given}
    found = pairs_of([*own.values(), *others])
    return [
        row(one, states, group) for one in found
        if (one.subject.head.i, one.object.head.i) not in known
    ]  # fmt: skip


def shipped_pairs(nlp: Language) -> list[Row]:
    """General pairs of the shipped articles."""
    return general(_parsed(nlp, _articles([data_folder("seeds") / "articles"])))


def _articles(sources: Iterable[object]) -> Iterator[Article]:
    from kg.read import read

    for found in read([str(source) for source in sources], settings=load_config()):
        if isinstance(found, Article):
            yield found


def _parsed(nlp: Language, articles: Iterable[Article]) -> Iterator[Doc]:
    """The trees, names and values of articles; coreference, which pairs do not use, is left out."""
    for article in articles:
        doc = nlp.make_doc(article.text)
        for name, part in nlp.pipeline:
            if name not in ("kg_coreference", "kg_words"):
                doc = part(doc)
        yield doc
