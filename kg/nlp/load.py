"""Pipelines by name: the shipped one, or any spaCy pipeline that is installed."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

import spacy
from spacy.language import Language

import kg.nlp.parser  # noqa: F401  registers the component
from kg.errors import UnknownName

#: The folder of the shipped pipeline.
SHIPPED = Path(__file__).parent / "models" / "en"


def blank_pipeline() -> Language:
    """An English pipeline with our tokenizer and a ``kg_parser`` without weights."""
    from kg.nlp.tokenize import english_tokenizer

    nlp = spacy.blank("en")
    nlp.tokenizer = english_tokenizer(nlp)
    nlp.add_pipe("kg_parser")
    return nlp


def load_pipeline(name: str | None = None) -> Language:
    """The shipped pipeline, or the spaCy pipeline of that name or folder.

    A pipeline whose parser speaks ClearNLP labels (spaCy's own English ones) gets a component that
    turns its trees into Universal Dependencies. The same name gives the same object again. An
    unknown name is an `UnknownName` that says what to install.
    """
    shipped = not name or Path(name).resolve() == SHIPPED
    return _load("" if shipped else str(name))


@cache
def _load(name: str) -> Language:
    if not name:
        if not (SHIPPED / "config.cfg").is_file():
            raise UnknownName(
                "pipeline folder", str(SHIPPED), _installed(), "The shipped weights are missing."
            )
        return _complete(spacy.load(SHIPPED))
    try:
        nlp = spacy.load(name)
    except OSError as error:
        raise UnknownName(
            "pipeline", name, ["en (shipped: leave the name empty)", *_installed()],
            f"Install it first, for instance: python -m spacy download {name}",
        ) from error  # fmt: skip
    if _speaks_clearnlp(nlp):
        import kg.nlp.clearnlp  # noqa: F401  registers the component

        after = "parser" if "parser" in nlp.pipe_names else None
        nlp.add_pipe("kg_clearnlp_to_ud", after=after)
    return _complete(nlp)


def _complete(nlp: Language) -> Language:
    """The pipeline with the components that extraction needs and that have no weights of their
    own: names agreed within the article, values (dates, amounts), coreference."""
    import kg.nlp.consistency
    import kg.nlp.coreference
    import kg.nlp.values  # noqa: F401  each registers its component
    from kg.nlp.tokenize import BoundedTokenizer

    nlp.tokenizer = BoundedTokenizer(nlp.tokenizer)
    nlp.max_length = sys.maxsize  # how long an article may be is a setting of ours
    for name in ("kg_entity_consistency", "kg_values", "kg_coreference"):
        if name not in nlp.pipe_names:
            nlp.add_pipe(name)
    return nlp


def _speaks_clearnlp(nlp: Language) -> bool:
    if "parser" not in nlp.pipe_names or "kg_clearnlp_to_ud" in nlp.pipe_names:
        return False
    labels = set(getattr(nlp.get_pipe("parser"), "labels", ()))
    return bool(labels & {"dobj", "pobj", "nsubjpass"})


def _installed() -> list[str]:
    return sorted(spacy.util.get_installed_models())
