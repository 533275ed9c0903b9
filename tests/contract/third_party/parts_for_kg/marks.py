"""A spaCy component: what it is called is all it does."""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc


@Language.factory("plain_marks")
def make_marks(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """The component."""

    def marks(doc: Doc) -> Doc:
        return doc

    return marks
