"""How sure a claim is: fits ``kg/extract/statements/confidence.toml`` and shows what a limit gives and costs.

    python -m training.confidence CORPORA [--show]

The statements that readers judged (`training.judged`: whole articles by one of them each, rounds of
unseen articles by two) are made again; those that are still made, with the same status, teach
a logistic regression over the features of `kg.extract.statements.features` what the chance is that a
claim is right in its core. Those of unnamed sources teach nothing: readers did not see that
there are some. A slip counts only where the statement still reads the same in every part:
it may have been mended. Printed are, each article rated by weights that did not see it (ten folds):
the area under the ROC curve, a reliability table, precision by limit, and what each limit costs in
recall on the gold; and the same of newspapers that taught nothing (``judged/newspapers``). With ``--show``
nothing is written. Repeat it when the parser or many rules change.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc

from benchmarks.quality.articles import own_articles, wikinews
from benchmarks.quality.facts import Scores, score
from benchmarks.quality.gold import GoldArticle, corpus
from benchmarks.quality.gold import draw as gold_draw
from benchmarks.quality.gold import load as load_gold
from benchmarks.quality.precision import evidence
from benchmarks.quality.settings import everything
from benchmarks.quality.whole import Judged, shown
from kg.extract import extract
from kg.extract.grammar.annotations import mentions_of
from kg.extract.statements.confidence import Weights, confidence, rated, sure
from kg.extract.statements.features import Features, Reader
from kg.model import Article, ArticleResult, LinkedClaim
from kg.nlp.load import load_pipeline
from kg.pipeline import parse, process
from kg.resolve.within import resolve_within
from training.judged import ROOT, rounds, still, wholes

OUT = ROOT / "kg" / "extract" / "statements" / "confidence.toml"
FOLDS = 10
#: How strongly weights are drawn towards nothing (features scaled to unit variance): those of a relation or
#: of a class of names, of which few marks speak each, ten times as strongly as the others.
PULL, PULL_KIND = 100.0, 1000.0
#: A feature must be seen in as many marks.
SEEN = 12
LIMITS = (0.0, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9)
#: Further arguments are left out where their arc is less probable: of the judged statements with such
#: an argument below 0.8 one in four has a fault in an argument, of the others one in eight.
ARGUMENTS = {"amount": 0.9, "instrument": 0.9, "other": 0.8}
#: Each of these is a doubt: where the few statements that have it were right by chance, it is left out,
#: and never makes a claim surer.
DOUBTS = ("antecedent", "doubt", "loose", "names", "rival", "vague", "weakest")
EXTRACTORS = ("attributes", "nominals", "relations", "roles")

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Row:
    """A judged statement and what it rests on."""

    judged: Judged
    features: Features


def rows(corpora: Path, part: str = "training") -> tuple[list[Row], int]:
    """The judged claims of a folder that are still made, and how many are not."""
    found: list[Row] = []
    judged = 0
    for article, _, known in wholes(corpora, part):
        judged += sum(one.kind == "claim" for one in known.values())
        result, reader = again(article)
        for linked in result.claims:
            one = known.get(linked.claim.key)
            if one is None or one.status != linked.claim.status or linked.claim.sourcing:
                continue
            if not _may_be_mended(one) or shown(result, linked) == one.shown:
                found.append(Row(one, reader.features(linked.claim)))
    return found, judged - len(found)


def twice(corpora: Path) -> Iterator[Row]:
    """The claims of the rounds that are still made of the same words with the same status: one row for
    each of the two readers."""
    for article, _, judged in rounds(corpora):
        result, reader = again(article)
        for row in judged:
            linked = still(row, (*result.claims, *result.quotes))
            if not isinstance(linked, LinkedClaim) or linked.claim.sourcing:
                continue
            claim = linked.claim
            features = reader.features(claim)
            for mark, use, untrue in zip(
                row["marks"], row["uses"], row["not_asserted"], strict=True
            ):
                one = Judged(
                    article.id, *evidence(linked), claim.key, "claim", claim.status, "", mark, "",
                    use, untrue,
                )  # fmt: skip
                yield Row(one, features)


def again(article: Article) -> tuple[ArticleResult, Reader]:
    """What an article gives today when nothing is left out, and who tells what it rests on."""
    doc = parse(article, load_pipeline())
    found = extract(doc, article)
    resolved = resolve_within(
        article,
        mentions_of(doc),
        rated(doc, found.claims),
        found.quotes,
        first_person=found.first_person,
    )
    result = ArticleResult(
        article=article, entities=resolved.entities, claims=resolved.claims, quotes=resolved.quotes
    )
    return result, Reader(doc)


def _may_be_mended(one: Judged) -> bool:
    """Whether the fault may be gone where the statement reads otherwise today: a slip, or that
    another one was meant or said it."""
    return one.mark == "~" or (one.mark == "-" and one.cause in ("speaker", "coreference"))


# --- the regression --------------------------------------------------------------------------


def columns(of: list[Row]) -> list[str]:
    """The features that enough statements have."""
    seen = Counter(name for row in of for name, value in row.features.items() if value)
    return sorted(name for name, count in seen.items() if count >= SEEN)


def doubting(of: list[Row], names: list[str]) -> list[str]:
    """The names without those of doubts that would make a claim surer."""
    weights = fitted(matrix(of, names), core(of).astype(np.float64), names).weights
    return [name for name in names if name not in DOUBTS or weights[name] <= 0]


def matrix(of: list[Row], names: list[str]) -> Floats:
    """A row a statement, a column a feature."""
    return np.array([[row.features.get(name, 0.0) for name in names] for row in of], np.float64)


def fitted(x: Floats, y: Floats, names: list[str]) -> Weights:
    """Logistic regression with an L2 penalty on features of unit variance (Newton's method)."""
    mean, spread = x.mean(0), x.std(0)
    spread[spread == 0] = 1.0
    z = np.c_[np.ones(len(x)), (x - mean) / spread]
    pull = np.diag([1e-6, *(PULL_KIND if _is_kind(name) else PULL for name in names)])
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


def _is_kind(feature: str) -> bool:
    """Whether a feature tells of one relation or of one class of names.

    >>> [_is_kind(name) for name in ("is:won", "object:ORG", "object:NOUN", "object:definite", "late")]
    [True, True, False, False, False]
    """
    what, _, kind = feature.partition(":")
    return what == "is" or (kind.isupper() and kind not in ("NOUN", "PROPN", "PRON"))


def crossed(of: list[Row], names: list[str], yes: Bools) -> Floats:
    """The chance of each statement, by weights that did not see its article."""
    x, y = matrix(of, names), yes.astype(np.float64)
    fold = np.array([number(row.judged.article) % FOLDS for row in of])
    out = np.zeros(len(of))
    for k in range(FOLDS):
        own = fold == k
        weights = fitted(x[~own], y[~own], names)
        out[own] = [
            confidence(row.features, weights) for row, mine in zip(of, own, strict=True) if mine
        ]
    return out


def core(of: list[Row]) -> Bools:
    """Which are right in their core."""
    return np.array([row.judged.mark != "-" for row in of])


def area(values: Floats, yes: Bools) -> float:
    """The chance that a right one is rated above a wrong one (area under the ROC curve)."""
    above, below = values[yes][:, None], values[~yes][None]
    return float((above > below).mean() + (above == below).mean() / 2)


def reliability(values: Floats, yes: Bools) -> Iterator[str]:
    """What is said to be how sure, and how many of it are right."""
    for low in range(10):
        own = (values >= low / 10) & (values < (low + 1) / 10)
        if own.any():
            yield f"{low / 10:.1f}-{(low + 1) / 10:.1f}  {own.sum():5d}  {yes[own].mean():.3f}"


def by_limit(of: list[Row], values: Floats) -> Iterator[str]:
    """Precision of what reaches each limit."""
    right, strict = core(of), np.array([row.judged.mark == "+" for row in of])
    useful = np.array([row.judged.use == "U" for row in of])
    told = np.array([row.judged.status == "asserted" for row in of])
    untrue = np.array([row.judged.not_asserted for row in of])
    for limit in LIMITS:
        kept = values >= limit
        yield (
            f"{limit:.2f}   {kept.mean():.2f}   {strict[kept].mean():.3f}   {right[kept].mean():.3f}   "
            f"{useful[kept].mean():.3f}   {untrue[kept & told].mean():.3f}"
        )


def number(article: str) -> int:
    return int(blake2b(article.encode()).hexdigest(), 16)


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


def costs(corpora: Path, weights: Weights) -> Iterator[str]:
    """Recall, claims and wrongly asserted at each limit, by half of the gold."""
    nlp, settings = load_pipeline(), everything()
    for name, gold, texts in gold_sets(corpora):
        scores = {limit: Scores() for limit in LIMITS}
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


def without(result: ArticleResult, doc: Doc, limit: float, weights: Weights) -> ArticleResult:
    """The result as it were with this limit."""
    plain = [linked.claim for linked in result.claims]
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


# --- the command -----------------------------------------------------------------------------


def told(weights: Weights, count: int) -> str:
    """The weights as TOML."""
    lines = [
        "# How sure a claim is: a logistic regression over its features, which",
        "# kg.extract.statements.features explains. Written by `python -m training.confidence CORPORA`;",
        "# do not edit by hand.",
        "",
        f"extractors = {json.dumps(sorted(weights.extractors))}",
        f"judged = {count}  # statements that it was fitted to",
        f"intercept = {weights.intercept}",
        f"doubt = {weights.doubt}  # where the parser does not say how certain it is",
        "",
        "[weights]",
        *(f"{json.dumps(name)} = {value}" for name, value in weights.weights.items()),
        "",
        "# A further argument of this role is left out when its arc is less probable.",
        "[arguments]",
        *(f"{role} = {least}" for role, least in sorted(weights.arguments.items())),
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Fit, report, write."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("corpora", type=Path)
    arguments.add_argument("--show", action="store_true")
    given = arguments.parse_args()
    of, lost = rows(given.corpora)
    of += twice(given.corpora)
    names = doubting(of, columns(of))
    weights = fitted(matrix(of, names), core(of).astype(np.float64), names)
    values = crossed(of, names, core(of))
    print(f"{len(of)} judged statements are still made, {lost} are not; {len(names)} features")
    print(f"area under the curve, by article: {area(values, core(of)):.3f}\n")
    print("said to be  statements  right in their core", *reliability(values, core(of)), sep="\n")
    print(
        "\nlimit  kept  strict  core    useful  wrongly asserted", *by_limit(of, values), sep="\n"
    )
    others, lost = rows(given.corpora, "newspapers")
    rated = np.array([confidence(row.features, weights) for row in others])
    print(
        f"\nnewspapers: {len(others)} statements, {lost} no longer made; area {area(rated, core(others)):.3f}"
    )
    print(*reliability(rated, core(others)), sep="\n")
    print(*by_limit(others, rated), sep="\n")
    print()
    for line in costs(given.corpora, weights):
        print(line)
    if not given.show:
        OUT.write_text(told(weights, len(of)), encoding="utf-8")


if __name__ == "__main__":
    main()
