"""An extractor as somebody else would write it: who won which award.

Installed beside kg, it is found by its entry point; kg knows nothing of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kg.model import Argument, Article, Claim, Predicate

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def awards(doc: Doc, article: Article) -> Iterator[Claim]:
    """A claim for each "X won the Y Award"."""
    for verb in doc:
        if verb.lemma_ != "win":
            continue
        subjects = [t for t in verb.children if t.dep_ == "nsubj"]
        objects = [t for t in verb.children if t.dep_ == "obj"]
        for subject in subjects:
            for prize in objects:
                if prize.text in ("Award", "Prize", "Oscar"):
                    yield _claim(doc, subject, verb, prize)


def _claim(doc: Doc, subject: Token, verb: Token, prize: Token) -> Claim:
    who, what = _phrase("subject", subject), _phrase("object", prize)
    return Claim(
        key=f"awards{verb.idx}",
        subject=who,
        predicate=Predicate("won", verb.text, verb.idx, verb.idx + len(verb)),
        object=what,
        start=min(who.start, verb.idx),
        end=max(what.end, verb.idx + len(verb)),
        extractor="awards",
    )


def _phrase(role: str, head: Token) -> Argument:
    words: Iterable[Token] = [t for t in head.subtree if not t.is_punct]
    start = min(t.idx for t in words)
    end = max(t.idx + len(t) for t in words)
    return Argument(
        role=role,
        kind="mention",
        start=start,
        end=end,
        head_start=head.idx,
        head_end=head.idx + len(head),
        label=head.doc.text[start:end],
    )
