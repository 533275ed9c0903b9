"""The component ``kg_words``: the user's words for relations, part of the pipeline that has them.

It puts the lexicon of the pipeline into the documents that the pipeline reads, where
`kg.lexicon.lexicon_of` finds it. Two pipelines with different words can work beside each other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from kg.analysis import analysis_of, keep
from kg.lexicon import Own, load_lexicon


@Language.factory("kg_words")
def make_words(nlp: Language, name: str, file: str, text: str) -> Callable[[Doc], Doc]:
    """The component. ``text`` is Turtle, ``file`` its name for messages. Raises `ConfigError`."""
    lexicon = load_lexicon(own=Own(file, text))

    def words(doc: Doc) -> Doc:
        keep(replace(analysis_of(doc), lexicon=lexicon))
        return doc

    return words
