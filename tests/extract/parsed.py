"""The sentences of ``clauses.conllu`` as Docs, and what ``clauses.txt`` expects of them.

The parses were made once by the shipped pipeline and checked by eye, so that these tests tell
whether the rules are right, not whether the parser is. Names stand in MISC (``Ent=B-ORG``).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from spacy.tokens import Doc, Span

from kg.model import Claim
from tests.support.docs import make_doc

HERE = Path(__file__).parent


@cache
def parses(of: str = "clauses") -> dict[str, str]:
    """CoNLL-U of each sentence by its text, from the file with this name."""
    blocks = (HERE / f"{of}.conllu").read_text(encoding="utf-8").strip().split("\n\n")
    return {block.split("# text = ")[1].split("\n")[0]: block for block in blocks}


def doc_of(sentence: str, of: str = "clauses") -> Doc:
    """The Doc of one of the sentences."""
    doc = make_doc(parses(of)[sentence])
    spans: list[tuple[int, int, str]] = []
    for i, misc in enumerate(doc.user_data["misc"]):
        begin, _, label = misc.get("Ent", "").partition("-")
        if begin == "B":
            spans.append((i, i + 1, label))
        elif begin == "I":
            spans[-1] = (spans[-1][0], i + 1, label)
    doc.set_ents([Span(doc, *span) for span in spans])
    return doc


def expected(of: str = "clauses") -> dict[str, list[str]]:
    """The lines below each sentence."""
    found: dict[str, list[str]] = {}
    for line in (HERE / f"{of}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("> "):
            found[line[2:]] = now = []
        elif line and not line.startswith(("#", "-")):
            now.append(line)
    return found


def told(claim: Claim) -> str:
    """A claim as a line of ``clauses.txt``."""
    said = claim.predicate.property or f"“{claim.predicate.label}”"
    line = f"{claim.subject.label} | {said} | {claim.object.label} | {claim.status}"
    if claim.attribution is not None:
        line += f" by {claim.attribution.label}"
    if claim.sourcing is not None:
        line += f" from {claim.sourcing}"
    return line + "".join(f" | {a.role} {a.label}" for a in claim.arguments)
