"""Dates, times, money, percentages, quantities, numbers: right span and value, on annotated news.

    python -m benchmarks.quality.values ../shared/corpora [--half look|score|both] [--errors] [--pin]

Two parts. ``values_gold.jsonl`` holds 200 sentences drawn by seed from the raw news corpora (half of
them from all sentences with a number or a word of time, half from those with money, units,
percentages or relative dates) with every expression in them annotated by hand: offsets in the
article, label, value and unit; no text, only a fingerprint of each sentence. ``gold/values.jsonl``
holds 220 short articles of our own, written for kinds that are rare in those corpora (scores, votes,
fiscal years, 03/04/2025, time zones, lakh and crore, decimal commas): their text is there, each
expression marked in it as ``[words|LABEL|value]``, with the date and the address that the article has.

``-`` is an expression without a value ("dozens", or a date that can be read two ways), ``?`` one where
the guideline leaves the answer open (it is not scored, neither as missed nor as spurious). Half of
each part was for looking at errors, half only for scoring; whole articles are parsed, with their date.

*right* is the share of annotated expressions with exactly that span (a leading article apart),
label, value and unit; *precision* the share of ours in those sentences that are annotated so.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from benchmarks.quality import gate

GOLD = Path(__file__).with_name("values_gold.jsonl")
OWN = Path(__file__).parent / "gold" / "values.jsonl"
_ARTICLE = re.compile(r"(?:the|a|an)\s+", re.IGNORECASE)
_MARK = re.compile(r"\[([^\[\]|]+)\|([A-Z]+)\|([^\[\]|]+)\]")


@dataclass(frozen=True, slots=True)
class Annotated:
    """A parsed text with the part of it that is annotated; expressions are start, end, label, value."""

    name: str
    doc: Doc
    start: int
    end: int
    expressions: tuple[tuple[int, int, str, str], ...]


@cache
def _pipeline(name: str | None) -> Language:
    from kg.nlp.load import load_pipeline

    nlp = load_pipeline(name)
    if "kg_values" not in nlp.pipe_names:
        nlp.add_pipe("kg_values", last=True)
    return nlp


def of_corpora(corpora: Path, half: str, pipeline: str | None = None) -> Iterator[Annotated]:
    """The sentences of real news. Ends the program where a text is not the one annotated."""
    gold: list[dict[str, Any]] = [json.loads(line) for line in GOLD.read_text().splitlines()]
    gold = [s for s in gold if half in (s["half"], "both")]
    docs = _parsed(corpora, {s["article"] for s in gold}, pipeline)
    for sentence in gold:
        doc = docs[sentence["article"]]
        words = doc.text[sentence["start"] : sentence["end"]]
        if hashlib.sha256(words.encode()).hexdigest()[:16] != sentence["sha256"]:
            raise SystemExit(f"{sentence['article']}: not the text that was annotated")
        expressions = tuple((s, e, label, value) for s, e, label, value in sentence["expressions"])
        yield Annotated(sentence["article"], doc, sentence["start"], sentence["end"], expressions)


def _parsed(corpora: Path, wanted: set[str], pipeline: str | None) -> dict[str, Doc]:
    nlp = _pipeline(pipeline)
    docs = []
    for name in ("wikinews_2019", "current_events"):
        with gzip.open(corpora / f"raw/{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                article = json.loads(line)
                if article["id"] in wanted:
                    doc = nlp.make_doc(article["text"])
                    doc._.kg_date = article["date"]
                    doc.user_data["id"] = article["id"]
                    docs.append(doc)
    return {doc.user_data["id"]: doc for doc in nlp.pipe(docs, batch_size=16)}


def of_our_own(half: str, pipeline: str | None = None) -> Iterator[Annotated]:
    """The short articles of our own, as `kg.pipeline.parse` reads them."""
    from kg.model import Article
    from kg.pipeline import parse

    nlp = _pipeline(pipeline)
    for number, line in enumerate(OWN.read_text(encoding="utf-8").splitlines(), 1):
        row = json.loads(line)
        if half not in (row["half"], "both"):
            continue
        text, expressions = unmarked(row["marked"])
        article = Article(
            id=f"own-{number}", source="own", text=text, date=row["date"], url=row.get("url")
        )
        doc = parse(article, nlp)
        yield Annotated(f"{row['kind']}:{number}", doc, 0, len(text), expressions)


def unmarked(marked: str) -> tuple[str, tuple[tuple[int, int, str, str], ...]]:
    """The text without its marks, and the expressions that they mark."""
    text, expressions, last = "", [], 0
    for match in _MARK.finditer(marked):
        text += marked[last : match.start()]
        expressions.append((len(text), len(text) + len(match[1]), match[2], match[3]))
        text += match[1]
        last = match.end()
    return text + marked[last:], tuple(expressions)


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    article = _ARTICLE.match(text, start, end)
    return (article.end() if article else start), end


def _end(span: Span) -> int:
    """Where the value's own words end: the pipeline leaves a full stop on a letter ("for £1.3m.")."""
    literal = span._.kg_value
    stop = literal is not None and span.text.endswith(".") and not literal.label.endswith(".")
    return span.end_char - stop


@dataclass(slots=True)
class Tally:
    """What was counted over annotated sentences."""

    right: int = 0
    total: int = 0
    ours: int = 0
    errors: bool = False

    def add(self, part: Annotated) -> None:
        doc, text = part.doc, part.doc.text
        found = {
            _bare(text, s.start_char, _end(s)): s
            for s in doc.spans["kg_values"]
            if part.start <= s.start_char < part.end
        }
        for start, end, label, value in part.expressions:
            span = found.pop(_bare(text, start, end), None)
            if value == "?":
                for place in [p for p in found if p[0] < end and start < p[1]]:
                    del found[place]
                continue
            literal = span._.kg_value if span is not None else None
            got = " ".join(x for x in (literal.value, literal.unit) if x) if literal else "-"
            good = span is not None and span.label_ == label and got == value
            self.total += 1
            self.ours += span is not None
            self.right += good
            if self.errors and not good:
                print(f"{part.name} {text[start:end]!r} {label} {value}, got {span} {got}")
        self.ours += len(found)
        if self.errors:
            for span in found.values():
                print(f"{part.name} spurious: {span.text!r} {span.label_} {span._.kg_value}")

    def shares(self, name: str = "") -> dict[str, float]:
        return {f"{name}right": self.right / self.total, f"{name}precision": self.right / self.ours}


def own_scores(half: str, *, errors: bool = False, pipeline: str | None = None) -> Tally:
    """What is right of a half of the articles of our own (or of ``both``); no corpora are needed."""
    tally = Tally(errors=errors)
    for part in of_our_own(half, pipeline):
        tally.add(part)
    return tally


def score(corpora: Path, half: str, *, errors: bool, pipeline: str | None) -> dict[str, float]:
    """The two shares on a half of the exam (or ``both``), over both parts and of our own alone."""
    tally = Tally(errors=errors)
    for part in of_corpora(corpora, half, pipeline):
        tally.add(part)
    own = own_scores(half, errors=errors, pipeline=pipeline)
    both = Tally(tally.right + own.right, tally.total + own.total, tally.ours + own.ours)
    return {
        "expressions": both.total,
        **both.shares(),
        **tally.shares("corpora "),
        **own.shares("own "),
    }


def main() -> int:
    """Print the table; 1 when a floor is missed."""
    p = gate.options(__doc__)
    p.add_argument("--half", choices=("look", "score", "both"), default="score")
    p.add_argument("--pipeline", default=None)
    p.add_argument("--errors", action="store_true")
    a = gate.given(p)
    scores = score(a.corpora, a.half, errors=a.errors, pipeline=a.pipeline)
    print(f"{scores.pop('expressions'):.0f} expressions")
    if a.half != "score":
        print(scores)
        return 0
    return gate.settle("values", scores, gate.files(GOLD, OWN), pinning=a.pin)


if __name__ == "__main__":
    sys.exit(main())
