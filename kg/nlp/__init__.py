"""From text to parsed documents, by spaCy."""

import kg.nlp.spacy_alone  # noqa: F401  before any other import of spaCy
