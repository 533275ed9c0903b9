"""How sure a claim is: fits ``kg/extract/statements/confidence.toml`` and shows what a limit costs and gives.

    python -m training.confidence fit CORPORA [--show]
    python -m training.confidence draw CORPORA N > working.txt
    python -m training.confidence again CORPORA > working.txt

``fit`` makes the statements of the judged articles (``benchmarks/quality/judged``) again; those that
are still made, with the same words and status, teach a logistic regression over the features of
`kg.extract.statements.confidence`: a right one counts 1, a slip a half, a wrong one 0 (a slip only if the
statement reads the same in every part: it may have been mended). It prints, each
article judged by weights that did not see it (ten folds), precision by the share of statements kept
beside what one feature alone would give, and what each limit costs in recall on the gold. With
``--show`` nothing is written. Repeat it when the parser changes.

``draw`` prints statements to be judged as ``benchmarks/quality/precision.py`` says (its ``keep``
stores them): two an article that nobody has judged, half from Wikinews (rounds 1 and 2, of which
the published precision has others), half from stories of the portal (rounds 4 and up). Round 3 is
not touched. ``again`` prints, of each judged article, as many claims as were judged, first in the
order of their seeded hash, with the verdicts of those that read as they did: after many changes
those that are still made are mostly the right ones, so that the new ones must be judged, too.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.quality.articles import own_articles, wikinews
from benchmarks.quality.facts import Scores, score
from benchmarks.quality.gold import GoldArticle, corpus
from benchmarks.quality.gold import draw as gold_draw
from benchmarks.quality.gold import load as load_gold
from benchmarks.quality.precision import (
    Drawn,
    Verdict,
    _shown,
    load,
    ranked,
    show,
    shuffled,
    stories,
    unseen_wikinews,
    working_file,
)
from kg.config import load_config
from kg.extract.statements.confidence import Reader, Weights, confidence, sure
from kg.model import Article, ArticleResult, Claim
from kg.nlp.load import load_pipeline
from kg.pipeline import parse, process

ROOT = Path(__file__).resolve().parent.parent
JUDGED = ROOT / "benchmarks" / "quality" / "judged"
OUT = ROOT / "kg" / "extract" / "confidence.toml"
WORTH = {"right": 1.0, "slip": 0.5, "wrong": 0.0}
FOLDS = 10
#: How strongly weights are drawn towards nothing (features scaled to unit variance).
PULL = 3.0
#: Further arguments of these roles are left out where their arc is less probable: of 12 judged ones
#: ("with ...", bare numbers) 7 were wrong, all with less.
ARGUMENTS = {"amount": 0.9, "instrument": 0.9}
EXTRACTORS = ("attributes", "nominals", "relations", "roles")

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Row:
    """A judged statement and what it rests on."""

    verdict: Verdict
    features: dict[str, float]


def judged() -> list[Verdict]:
    """The verdicts on claims; of one that was judged twice the last counts."""
    files = [*sorted(JUDGED.glob("unseen-[12].json")), *sorted(JUDGED.glob("training/*.json"))]
    return [v for path in files for v in load(path) if v.kind == "claim"]


def articles(corpora: Path) -> dict[str, Article]:
    """The articles that statements are drawn from."""
    raw = corpora / "raw"
    return unseen_wikinews(raw / "wikinews_2019.jsonl.gz") | stories(
        raw / "current_events.jsonl.gz"
    )


def rows(corpora: Path) -> tuple[list[Row], int]:
    """The judged claims that are still made, and how many are not."""
    verdicts, texts = judged(), articles(corpora)
    known = {(v.article, v.key): v for v in verdicts}
    nlp, settings = (
        load_pipeline(),
        load_config(pipeline={"confidence": 0.0, "confidence_sensitive": 0.0}),
    )
    found: dict[tuple[str, str], Row] = {}
    for key in sorted({v.article for v in verdicts}):
        article = texts[key]
        result = process(article, nlp, settings)
        reader = Reader(parse(article, nlp))
        for linked in result.claims:
            verdict = known.get((key, linked.claim.key))
            if verdict is None or verdict.status != linked.claim.status:
                continue
            same = _shown(show(1, Drawn(result, linked))) == verdict.shown
            if same or verdict.verdict != "slip":
                found[key, linked.claim.key] = Row(verdict, reader.features(linked.claim))
    return [found[place] for place in sorted(found)], len(known) - len(found)


# --- the regression --------------------------------------------------------------------------


def matrix(of: list[Row], names: list[str]) -> Floats:
    """A row a statement, a column a feature."""
    return np.array([[row.features[name] for name in names] for row in of], np.float64)


def fitted(x: Floats, y: Floats, names: list[str]) -> Weights:
    """Logistic regression with an L2 penalty on features of unit variance (Newton's method)."""
    mean, spread = x.mean(0), x.std(0)
    spread[spread == 0] = 1.0
    z = np.c_[np.ones(len(x)), (x - mean) / spread]
    pull = np.eye(z.shape[1]) * PULL
    pull[0, 0] = 1e-6
    w = np.zeros(z.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-z @ w))
        step = np.linalg.solve((z * (p * (1 - p))[:, None]).T @ z + pull, z.T @ (y - p) - pull @ w)
        w += step
        if abs(step).max() < 1e-9:
            break
    plain = w[1:] / spread
    return Weights(
        extractors=frozenset(EXTRACTORS),
        intercept=round(float(w[0] - plain @ mean), 3),
        weights={n: round(float(v), 3) for n, v in zip(names, plain, strict=True)},
        doubt=round(float(mean[names.index("doubt")]), 3) if "doubt" in names else 0.0,
        arguments=dict(ARGUMENTS),
    )


def rated(of: list[Row], weights: Weights) -> Floats:
    """The confidence of each."""
    return np.array([confidence(row.features, weights) for row in of])


def folds(of: list[Row]) -> npt.NDArray[np.int64]:
    """The fold of each statement: all of an article are in one."""
    return np.array(
        [int(blake2b(row.verdict.article.encode()).hexdigest(), 16) % FOLDS for row in of]
    )


def crossed(of: list[Row], names: list[str]) -> Floats:
    """The confidence of each statement, by weights that did not see its article."""
    y = np.array([WORTH[row.verdict.verdict] for row in of])
    x, fold, out = matrix(of, names), folds(of), np.zeros(len(of))
    for k in range(FOLDS):
        own = fold == k
        if own.any():
            weights = fitted(x[~own], y[~own], names)
            out[own] = rated([row for row, mine in zip(of, own, strict=True) if mine], weights)
    return out


def area(values: Floats, yes: Bools) -> float:
    """The chance that a right one is rated above a wrong one (area under the ROC curve)."""
    above, below = values[yes][:, None], values[~yes][None]
    return float((above > below).mean() + (above == below).mean() / 2)


def curve(name: str, values: Floats, strict: Bools, lenient: Bools) -> str:
    """Strict and lenient precision when the least sure are left out."""
    order = np.argsort(-values, kind="stable")
    cells = []
    for left in (0, 5, 10, 15, 20, 30, 40):
        kept = order[: round(len(order) * (1 - left / 100))]
        cells.append(f"{strict[kept].mean():.3f}/{lenient[kept].mean():.3f}")
    areas = f"{area(values, strict):.3f}/{area(values, lenient):.3f}"
    return f"{name:22s} {areas}   " + "  ".join(cells)


# --- what it costs ---------------------------------------------------------------------------


def gold_sets(corpora: Path) -> Iterator[tuple[str, list[GoldArticle], dict[str, Article]]]:
    """The annotated articles: ours, and the two halves of Wikinews (numbers only of the second)."""
    folder = ROOT / "benchmarks" / "quality" / "gold"
    yield "own", load_gold(folder / "articles.json"), own_articles()
    path = corpora / "raw" / "wikinews_2019.jsonl.gz"
    gold, texts = load_gold(folder / "wikinews.json"), wikinews(path)
    looking = set(gold_draw(corpus(path))[: len(gold) // 2])
    yield "looking", [g for g in gold if g.id in looking], texts
    yield "scoring", [g for g in gold if g.id not in looking], texts


def costs(corpora: Path, weights: Weights, limits: list[float]) -> Iterator[str]:
    """Recall, claims and wrongly asserted at each limit, by half of the gold."""
    nlp, settings = (
        load_pipeline(),
        load_config(pipeline={"confidence": 0.0, "confidence_sensitive": 0.0}),
    )
    for name, gold, texts in gold_sets(corpora):
        scores = {limit: Scores() for limit in limits}
        for item in gold:
            result = process(texts[item.id], nlp, settings)
            doc = parse(texts[item.id], nlp)
            for limit, into in scores.items():
                score(item, without(result, doc, limit, weights), into)
        for limit, into in scores.items():
            yield (
                f"{name:8s} {limit:.2f}  recall {into.recall:.3f}  claims {into.claims:4d}  "
                f"status F1 {into.status_f1:.3f}  wrongly asserted {into.wrongly_asserted:.3f}"
            )


def without(result: ArticleResult, doc: object, limit: float, weights: Weights) -> ArticleResult:
    """The result as it were with this limit."""
    from spacy.tokens import Doc

    assert isinstance(doc, Doc)
    plain: list[Claim] = [linked.claim for linked in result.claims]
    kept = {claim.key: claim for claim in sure(doc, plain, limit, weights)[0]}
    claims = []
    for linked in result.claims:
        claim = kept.get(linked.claim.key)
        if claim is None:
            continue
        places = {(a.role, a.head_start, a.head_end) for a in claim.arguments}
        further = tuple(
            key
            for key, a in zip(linked.arguments, linked.claim.arguments, strict=True)
            if (a.role, a.head_start, a.head_end) in places
        )
        claims.append(replace(linked, claim=claim, arguments=further))
    return replace(result, claims=tuple(claims))


# --- commands --------------------------------------------------------------------------------


def made(of: Iterable[Article]) -> Iterator[ArticleResult]:
    """What each article gives when nothing is left out."""
    nlp, settings = (
        load_pipeline(),
        load_config(pipeline={"confidence": 0.0, "confidence_sensitive": 0.0}),
    )
    for article in of:
        yield process(article, nlp, settings)


def fit(corpora: Path, *, write: bool) -> None:
    """Fit, report, write."""
    of, lost = rows(corpora)
    names = list(of[0].features)
    y = np.array([WORTH[row.verdict.verdict] for row in of])
    x, strict, lenient = matrix(of, names), y == 1, y > 0
    weights = fitted(x, y, names)
    print(f"{len(of)} judged statements are still made, {lost} are not\n")
    print(
        f"{'area (strict/lenient)':>36s}   precision when 0, 5, 10, 15, 20, 30, 40 % are left out"
    )
    print(curve("all features", crossed(of, names), strict, lenient))
    for name in names:
        others = [n for n in names if n != name]
        print(curve(f"without {name}", crossed(of, others), strict, lenient))
    for name in ("distance", "doubt"):
        print(curve(f"{name} alone", -x[:, names.index(name)], strict, lenient))
    print(f"\nintercept {weights.intercept}")
    for name, value in weights.weights.items():
        print(f"  {name:12s} {value:+.3f}   (mean {x[:, names.index(name)].mean():.2f})")
    values = crossed(of, names)
    print("\nlimit  left out  strict  lenient (cross-validated)")
    limits = [0.0, 0.4, 0.45, 0.5, 0.6, 0.7]
    for limit in limits:
        kept = values >= limit
        print(
            f"{limit:.2f}   {1 - kept.mean():.3f}     {strict[kept].mean():.3f}   "
            f"{lenient[kept].mean():.3f}"
        )
    print()
    for line in costs(corpora, weights, limits):
        print(line)
    if write:
        OUT.write_text(told(weights, len(of)), encoding="utf-8")


def told(weights: Weights, count: int) -> str:
    """The weights as TOML."""
    lines = [
        "# How sure a claim is: a logistic regression over its features, which",
        "# kg.extract.statements.confidence.Reader.features explains. Written by",
        "# `python -m training.confidence fit CORPORA`; do not edit by hand.",
        "",
        f"extractors = {json.dumps(sorted(weights.extractors))}",
        f"judged = {count}  # statements that it was fitted to",
        f"intercept = {weights.intercept}",
        f"doubt = {weights.doubt}  # where the parser does not say how certain it is",
        "",
        "[weights]",
        *(f"{name} = {value}" for name, value in weights.weights.items()),
        "",
        "# A further argument of this role is left out when its arc is less probable.",
        "[arguments]",
        *(f"{role} = {least}" for role, least in sorted(weights.arguments.items())),
    ]
    return "\n".join(lines) + "\n"


def draw(corpora: Path, count: int) -> str:
    """A working file of ``count`` claims (see the module's docstring)."""
    known = {(v.article, v.key) for path in sorted(JUDGED.rglob("*.json")) for v in load(path)}
    raw = corpora / "raw"
    news = unseen_wikinews(raw / "wikinews_2019.jsonl.gz")
    short = stories(raw / "current_events.jsonl.gz")
    drawn: list[Drawn] = []
    for articles, rounds in ((news, (1, 2)), (short, (4, 5, 6, 7))):
        wanted = len(drawn) + count // 2
        for result in made(a for r in rounds for a in shuffled(articles, r)):
            ours = [d for d in ranked(result)[0] if (result.article.id, d.key) not in known]
            drawn += ours[:2]
            if len(drawn) >= wanted:
                break
    return working_file(drawn)


def again(corpora: Path) -> str:
    """A working file of the claims that are made now (see the module's docstring)."""
    verdicts, texts = judged(), articles(corpora)
    counts = Counter(article for article, _ in {(v.article, v.key) for v in verdicts})
    drawn: list[Drawn] = []
    keys = sorted(counts)
    for key, result in zip(keys, made(texts[key] for key in keys), strict=True):
        drawn += ranked(result)[0][: counts[key]]
    return working_file(drawn, verdicts)


def main() -> None:
    """Run one of the three commands."""
    arguments = argparse.ArgumentParser(description=__doc__)
    commands = arguments.add_subparsers(dest="command", required=True)
    one = commands.add_parser("fit")
    one.add_argument("corpora", type=Path)
    one.add_argument("--show", action="store_true")
    two = commands.add_parser("draw")
    two.add_argument("corpora", type=Path)
    two.add_argument("count", type=int)
    three = commands.add_parser("again")
    three.add_argument("corpora", type=Path)
    given = arguments.parse_args()
    if given.command == "fit":
        fit(given.corpora, write=not given.show)
    elif given.command == "again":
        print(again(given.corpora))
    else:
        print(draw(given.corpora, given.count))


if __name__ == "__main__":
    main()
