"""The sentences of ``speech_and_posts.txt`` and ``told.txt`` as Docs.

The trees were made once by the shipped pipeline, checked and where wrong corrected, so that these
tests tell whether the rules are right, not whether the parser is.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from spacy.tokens import Doc

from kg.model import Article
from kg.nlp.values import find_values
from tests.support.docs import make_doc

FILES = [Path(__file__).with_name(name) for name in ("speech_and_posts.txt", "told.txt")]


@cache
def _blocks() -> dict[str, str]:
    joined = "\n".join(file.read_text(encoding="utf-8") for file in FILES)
    blocks = ("\n" + joined).split("\n# text = ")[1:]
    return {block.split("\n", 1)[0]: block for block in blocks}


def tree(name: str) -> Doc:
    """The Doc of the sentence that begins with these words (or is it)."""
    found = [text for text in _blocks() if text.startswith(name)]
    if len(found) != 1:
        raise KeyError(f"{name!r} begins {len(found)} sentences")
    block = _blocks()[found[0]]
    lines = block.split("\n")
    ents = [
        (int(start), int(end), label)
        for line in lines
        if line.startswith("# ents = ")
        for start, end, label in (e.split(":") for e in line[9:].split("; ") if e)
    ]
    rows = "\n".join(line for line in lines[1:] if not line.startswith("#"))
    doc = make_doc(rows, ents)
    assert doc.text.strip() == found[0]
    return find_values(doc)


def article(doc: Doc) -> Article:
    """An article of the Doc's text."""
    return Article(id="a", source="a", text=doc.text)
