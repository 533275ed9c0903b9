"""Dates, times, money, percentages, quantities, numbers: right span and value, on annotated news.

    python -m benchmarks.quality.values ../shared/corpora [--half look|score|both] [--errors] [--pin]

``values_gold.jsonl`` holds 200 sentences drawn by seed from the raw news corpora (half of them from
all sentences with a number or a word of time, half from those with money, units, percentages or
relative dates) with every expression in them annotated by hand: offsets in the article, label,
value and unit; no text, only a fingerprint of each sentence. ``-`` is an expression without a
value ("dozens"), ``?`` one where the guideline leaves the answer open (it is not scored, neither
as missed nor as spurious). Half of the sentences were for looking at errors, half only for scoring;
whole articles are parsed, with their date.

*right* is the share of annotated expressions with exactly that span (a leading article apart),
label, value and unit; *precision* the share of ours in those sentences that are annotated so.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import sys
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from benchmarks.quality import gate

GOLD = Path(__file__).with_name("values_gold.jsonl")
_ARTICLE = re.compile(r"(?:the|a|an)\s+", re.IGNORECASE)


def _parsed(corpora: Path, wanted: set[str], pipeline: str | None) -> dict[str, Doc]:
    from kg.nlp import values
    from kg.nlp.load import load_pipeline

    nlp = load_pipeline(pipeline)
    if "kg_values" not in nlp.pipe_names:
        nlp.add_pipe("kg_values", last=True)
    assert values.KEY
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


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    article = _ARTICLE.match(text, start, end)
    return (article.end() if article else start), end


def score(corpora: Path, half: str, *, errors: bool, pipeline: str | None) -> dict[str, float]:
    """The two shares on a half of the exam (or ``both``)."""
    gold: list[dict[str, Any]] = [json.loads(line) for line in GOLD.read_text().splitlines()]
    gold = [s for s in gold if half in (s["half"], "both")]
    docs = _parsed(corpora, {s["article"] for s in gold}, pipeline)
    right = total = ours = ours_right = 0
    for sentence in gold:
        doc = docs[sentence["article"]]
        words = doc.text[sentence["start"] : sentence["end"]]
        if hashlib.sha256(words.encode()).hexdigest()[:16] != sentence["sha256"]:
            raise SystemExit(f"{sentence['article']}: not the text that was annotated")
        found = {
            _bare(doc.text, s.start_char, s.end_char): s
            for s in doc.spans["kg_values"]
            if sentence["start"] <= s.start_char < sentence["end"]
        }
        for start, end, label, value in sentence["expressions"]:
            span = found.pop(_bare(doc.text, start, end), None)
            if value == "?":
                for place in [p for p in found if p[0] < end and start < p[1]]:
                    del found[place]
                continue
            literal = span._.kg_value if span is not None else None
            got = " ".join(x for x in (literal.value, literal.unit) if x) if literal else "-"
            good = span is not None and span.label_ == label and got == value
            total += 1
            ours += span is not None
            right += good
            ours_right += good
            if errors and not good:
                print(
                    f"{sentence['article']} {doc.text[start:end]!r} {label} {value}, got {span} {got}"
                )
        ours += len(found)
        if errors:
            for span in found.values():
                print(
                    f"{sentence['article']} spurious: {span.text!r} {span.label_} {span._.kg_value}"
                )
    return {"right": right / total, "precision": ours_right / ours, "expressions": total}


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
    return gate.settle("values", scores, gate.files(GOLD), pinning=a.pin)


if __name__ == "__main__":
    sys.exit(main())
