"""Pipelines by name: the shipped one, or any spaCy pipeline that is installed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Final

import spacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.util import registry

import kg.nlp.parser  # noqa: F401  registers the component
from kg.errors import ConfigError, UnknownName
from kg.lexicon import Own

_LOADING: Final = Lock()  # threads that come together wait for one set of weights
#: The folder of the shipped pipeline.
SHIPPED = Path(__file__).parent / "models" / "en"


def _bare() -> Callable[[Language], Tokenizer]:
    """A tokenizer without rules, for a pipeline that comes with some: spaCy would first make those of
    its own English, a tenth of a second."""
    return lambda nlp: Tokenizer(nlp.vocab)


registry.tokenizers.register("kg.bare_tokenizer.v1", func=_bare)


def blank_pipeline() -> Language:
    """An English pipeline with our tokenizer and a ``kg_parser`` without weights."""
    from kg.nlp.tokenize import english_tokenizer

    nlp = spacy.blank("en")
    nlp.tokenizer = english_tokenizer(nlp)
    nlp.add_pipe("kg_parser")
    return nlp


def load_pipeline(name: str | None = None, words: Own | None = None) -> Language:
    """The shipped pipeline, or the spaCy pipeline of that name or folder, with a lexicon of its
    own: the shipped one, with the user's ``words`` beside it.

    A pipeline whose parser speaks ClearNLP labels (spaCy's own English ones) gets a component that
    turns its trees into Universal Dependencies. The same name and words give the same object
    again, until `unload`. An unknown name is an `UnknownName` that says what to install, a pipeline without a tagger
    or parser a `ConfigError`.
    """
    shipped = not name or Path(name).resolve() == SHIPPED
    with _LOADING:
        return _load("" if shipped else str(name), words)


def unload() -> None:
    """Let go of the pipelines that are loaded; the next `load_pipeline` reads its weights again."""
    with _LOADING:
        _load.cache_clear()


@lru_cache(maxsize=4)  # each holds its weights
def _load(name: str, words: Own | None) -> Language:
    if not name:
        if not (SHIPPED / "config.cfg").is_file():
            raise UnknownName(
                "pipeline folder", str(SHIPPED), _installed(), "The shipped weights are missing."
            )
        bare = {"nlp": {"tokenizer": {"@tokenizers": "kg.bare_tokenizer.v1"}}}
        return _complete(spacy.load(SHIPPED, config=bare), words)
    try:
        nlp = spacy.load(name)
    except OSError as error:
        raise UnknownName(
            "pipeline", name, ["en (shipped: leave the name empty)", *_installed()],
            f"Install it first, for instance: python -m spacy download {name}",
        ) from error  # fmt: skip
    _check(nlp, name)
    if _speaks_clearnlp(nlp):
        import kg.nlp.clearnlp  # noqa: F401  registers the component

        # After all that the pipeline has: the turn asks for parts of speech, lemmas and names.
        nlp.add_pipe("kg_clearnlp_to_ud")
    return _complete(nlp, words)


def _complete(nlp: Language, words: Own | None) -> Language:
    """The pipeline with the components that extraction needs and that have no weights of their
    own: names agreed within the article, values (dates, amounts), coreference, the user's words."""
    import kg.nlp.consistency
    import kg.nlp.coreference
    import kg.nlp.values
    from kg.nlp.tokenize import BoundedTokenizer

    nlp.tokenizer = BoundedTokenizer(nlp.tokenizer)
    nlp.max_length = sys.maxsize  # how long an article may be is a setting of ours
    for name in ("kg_entity_consistency", "kg_values", "kg_coreference"):
        if name not in nlp.pipe_names:
            nlp.add_pipe(name)
    if words is not None:
        import kg.nlp.words  # noqa: F401  registers its component

        nlp.add_pipe(
            "kg_words", config={"file": words.name, "text": words.text, "taught": words.taught}
        )
    return nlp


def _check(nlp: Language, name: str) -> None:
    """Raise `ConfigError` for a pipeline that does not give what every statement is read from."""
    doc = nlp("Ann Lee met Bob Ray.")
    needed = {"HEAD": "heads", "DEP": "relations between words", "POS": "parts of speech"}
    missing = [words for attribute, words in needed.items() if not doc.has_annotation(attribute)]
    if missing:
        raise ConfigError(
            f"pipeline {name!r} gives no {', no '.join(missing)}; statements are read from trees. "
            "Choose one with a tagger and a parser."
        )


def _speaks_clearnlp(nlp: Language) -> bool:
    if "parser" not in nlp.pipe_names or "kg_clearnlp_to_ud" in nlp.pipe_names:
        return False
    labels = set(getattr(nlp.get_pipe("parser"), "labels", ()))
    return bool(labels & {"dobj", "pobj", "nsubjpass"})


def _installed() -> list[str]:
    return sorted(spacy.util.get_installed_models())
