"""Whole articles against their annotation: facts, status, quotations.

Two exams: our own articles (``seeds/articles``, annotated in ``gold/articles.json``), which run
anywhere, and twenty Wikinews articles (``gold/wikinews.json``: ids and offsets), which need the
corpora. The first half of the Wikinews articles is for looking, the second only for scoring.

Usage: ``python -m benchmarks.quality.articles [CORPORA] [--missed] [--pin] [--pipeline=NAME]``

With another spaCy pipeline than the shipped one the figures are only printed.
"""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.quality import gate
from benchmarks.quality.facts import Scores, score, table
from benchmarks.quality.gold import GoldArticle, corpus, draw, fingerprint, load
from benchmarks.quality.settings import everything
from kg.config import load_config
from kg.model import Article, ArticleResult, Block
from kg.nlp.load import load_pipeline
from kg.pipeline import process
from kg.read import read

HERE = Path(__file__).parent
OWN = HERE.parent.parent / "seeds" / "articles"


def results(
    gold: list[GoldArticle], texts: dict[str, Article], pipeline: str | None = None
) -> list[ArticleResult]:
    """What `kg` makes of the annotated articles. A text that is not the annotated one is an error:
    its offsets would mean other words."""
    nlp, settings = load_pipeline(pipeline), everything()
    for item in gold:
        if fingerprint(texts[item.id].text) != item.fingerprint:
            raise SystemExit(f"{item.id}: the text is not the annotated one")
    return [process(texts[item.id], nlp, settings) for item in gold]


def own_articles() -> dict[str, Article]:
    """Our own articles by source."""
    found = read([str(OWN)], settings=load_config())
    return {article.source: article for article in found if isinstance(article, Article)}


def wikinews(path: Path) -> dict[str, Article]:
    """The Wikinews articles, their paragraphs as blocks, untouched by any cleaning."""
    made = {}
    for key, text in corpus(path).items():
        blocks, start = [], 0
        for part in text.split("\n\n"):
            blocks.append(Block("paragraph", start, start + len(part)))
            start += len(part) + 2
        made[key] = Article(key, key, text, date="2019-01-01", blocks=tuple(blocks))
    return made


def exam(gold: list[GoldArticle], texts: dict[str, Article], pipeline: str | None = None) -> Scores:
    """The scores of these articles together."""
    total = Scores()
    for item, result in zip(gold, results(gold, texts, pipeline), strict=True):
        score(item, result, total)
    return total


def figures(scores: Scores) -> dict[str, float]:
    """The figures that the gate pins."""
    return {
        "fact_recall": scores.recall,
        "status_macro_f1": scores.status_f1,
        "quote_recall": scores.quote_recall,
        "quote_precision": scores.quote_precision,
        "wrongly_asserted": scores.wrongly_asserted,
    }


def show_missed(scores: Scores, texts: dict[str, Article]) -> None:
    """Print what was not found, for looking."""
    for key, fact in scores.missed:
        text = texts[key].text
        words = " | ".join(
            text[slice(*part)] for part in (fact.subject, fact.predicate, fact.object)
        )
        print(f"  {key}: {words} ({fact.status})")
    for key, quote, why in scores.missed_quotes:
        print(f"  {key}: {quote.kind} {texts[key].text[slice(*quote.span)][:90]!r}: {why}")


def main(arguments: list[str]) -> int:
    """Score both exams and check the gate."""
    places = [a for a in arguments if not a.startswith("--")]
    exams = [("articles", load(HERE / "gold" / "articles.json"), own_articles())]
    if places:
        path = Path(places[0]) / "raw" / "wikinews_2019.jsonl.gz"
        gold, texts = load(HERE / "gold" / "wikinews.json"), wikinews(path)
        looking = set(draw(corpus(path))[: len(gold) // 2])
        exams.append(("wikinews-looking", [g for g in gold if g.id in looking], texts))
        exams.append(("wikinews-scoring", [g for g in gold if g.id not in looking], texts))
    pipeline = next((a.partition("=")[2] for a in arguments if a.startswith("--pipeline=")), None)
    wrong = []
    for name, gold, texts in exams:
        scores = exam(gold, texts, pipeline)
        print(f"\n{name} ({len(gold)} articles)\n{table(scores)}")
        if "--missed" in arguments and name != "wikinews-scoring":
            show_missed(scores, texts)
        if pipeline:
            continue
        print_id = gate.fingerprint(repr(item) for item in gold)
        if "--pin" in arguments and name != "wikinews-looking":
            gate.pin(name, figures(scores), print_id, ceilings=["wrongly_asserted"])
        if (gate.FLOORS / f"{name}.toml").exists():
            wrong += gate.check(name, figures(scores), print_id)
    print("\n".join(wrong), file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
