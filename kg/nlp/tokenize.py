"""English words as the UD treebanks cut them."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokenizer import Tokenizer


def english_tokenizer(nlp: Language) -> Tokenizer:
    return nlp.tokenizer
