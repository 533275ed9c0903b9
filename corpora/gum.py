"""GUM (Zeldes 2017): its documents with their mentions of things and who is meant."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from spacy.tokens import Doc, Token

from corpora.conllu import docs_from_conllu
from kg.nlp.mentions import PRONOUNS

_BRACKET = re.compile(r"\(([^()]+)(\))?|(\d+)(?:\[\d+/\d+\])?\)")


@dataclass
class GoldMention:
    """A mention of GUM: ``heads`` are characters where its head (and its flat parts) start; ``page`` is
    the title of the Wikipedia page about what is meant, empty where there is none."""

    start: int
    end: int
    group: str
    type: str
    link: str
    kind: str
    heads: list[int] = field(default_factory=list)
    page: str = ""


def _head(doc: Doc, start: int, end: int) -> Token:
    return doc[start:end].root


def gold_mentions(doc: Doc) -> list[GoldMention]:
    """The mentions of a gold Doc, with characters as places."""
    found: list[GoldMention] = []
    open_: dict[str, list[tuple[int, list[str]]]] = defaultdict(list)

    def close(group: str, at: int) -> None:
        if not open_[group]:
            return
        first, fields = open_[group].pop()
        head = _head(doc, first, at + 1)
        kind = "noun"
        if head.pos_ == "PROPN" and fields[1] != "time":
            kind = "name"
        elif head.pos_ == "PRON" and head.lower_ in PRONOUNS:
            kind = "pronoun"
        heads = [head.idx, *(t.idx for t in head.children if t.dep_.startswith("flat"))]
        end = doc[at]
        found.append(
            GoldMention(
                doc[first].idx, end.idx + len(end.text), group, fields[1],
                fields[6] if len(fields) > 6 else "", kind, heads,
                fields[7] if len(fields) > 7 else "",
            )
        )  # fmt: skip

    for token, misc in zip(doc, doc.user_data["misc"], strict=True):
        for match in _BRACKET.finditer(misc.get("Entity", "")):
            if match[1]:
                fields = match[1].split("-", 7)
                group = re.sub(r"\[.*", "", fields[0])
                open_[group].append((token.i, fields))
                if match[2]:
                    close(group, token.i)
            elif match[3]:
                close(match[3], token.i)
    found.sort(key=lambda m: (m.start, -m.end))
    return found


def gum(folder: Path) -> Iterator[tuple[Doc, list[GoldMention]]]:
    """The gold Docs of a folder of GUM with their mentions."""
    for path in sorted(folder.glob("*.conllu.gz")):
        for doc in docs_from_conllu(path):
            yield doc, gold_mentions(doc)
