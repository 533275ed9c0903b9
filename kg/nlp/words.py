"""The component ``kg_words``: the user's words for relations, part of the pipeline that has them.

It puts the lexicon of the pipeline, and what its network learned of relations, into the documents that the
pipeline reads, where `kg.lexicon.lexicon_of` and the extractor ``taught`` find them. Two pipelines
with different words can work beside each other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from kg.analysis import analysis_of, keep
from kg.errors import ConfigError
from kg.lexicon import Own, load_lexicon
from kg.nlp.parser import KGParser
from kg.taught import Lessons, beside, read_lessons


@Language.factory("kg_words", default_config={"taught": ""})
def make_words(nlp: Language, name: str, file: str, text: str, taught: str) -> Callable[[Doc], Doc]:
    """The component. ``text`` is Turtle, ``file`` its name for messages, ``taught`` what stands beside
    it. Raises `ConfigError`, also for what another network learned."""
    lexicon = load_lexicon(own=Own(file, text))
    lessons = _lessons(nlp, taught, str(beside(file))) if taught else None

    def words(doc: Doc) -> Doc:
        keep(replace(analysis_of(doc), lexicon=lexicon, taught=lessons))
        return doc

    return words


def _lessons(nlp: Language, taught: str, file: str) -> Lessons:
    found = read_lessons(taught, file)
    if found.network != network_of(nlp):
        raise ConfigError(
            f"{file}: learned by another network than that of this pipeline. Teach the relations "
            f"again: kg teach {found.relations[0].relation if found.relations else 'RELATION'} EXAMPLES"
        )
    return found


def network_of(nlp: Language) -> str:
    """The fingerprint of the network whose states a pipeline gives; empty where it gives none."""
    parsers = [part for _, part in nlp.pipeline if isinstance(part, KGParser)]
    return parsers[0].network if parsers else ""
