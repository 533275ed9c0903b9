"""How likely an editor wants a statement: fits ``kg/worth.toml`` and shows what a limit gives and costs.

    python -m training.worth CORPORA [--show]

The statements that readers judged are made again: whole articles by one reader each (``judged/training``,
``judged/newspapers``), and the rounds of unseen articles by two (``judged/twice-*.jsonl``, which count
double). Those that are still made, and sure enough to be asked for, teach two logistic regressions over
the features of `kg.worth`, one of claims and one of quotations: is the use U, wanted, not M or N? Readers
differ more in that than in what is right (of one kind of quotation one reader wants eight of ten, another
three), so each set has a level of its own; the level that is written is that of the strictest rounds of
prose. Printed is, each article rated by weights that did not see it, the area under the ROC curve and what
each limit keeps of the rounds. With ``--show`` nothing is written.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.quality.precision import content
from benchmarks.quality.settings import everything
from benchmarks.quality.whole import Judged
from kg.config import load_config
from kg.extract import extract
from kg.extract.grammar.annotations import mentions_of
from kg.extract.statements.confidence import rated
from kg.extract.statements.features import Features
from kg.limits import limits
from kg.model import Article, LinkedClaim, LinkedQuote
from kg.nlp.load import load_pipeline
from kg.pipeline import parse
from kg.resolve.within import resolve_within
from kg.worth import Worth
from training.confidence import FOLDS, SEEN, Bools, Floats, area, number
from training.judged import ROOT, rounds, still, wholes

OUT = ROOT / "kg" / "worth.toml"
#: How strongly weights are drawn towards nothing (features scaled to unit variance).
PULL = 100.0
#: A statement that two readers judged counts as two.
TWICE = 2.0
LIMITS = (0.0, 0.3, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7)
#: The strictest rounds.
LAST = ("twice-5", "twice-6", "twice-8", "twice-10")
KINDS = ("claims", "quotations")


@dataclass(frozen=True, slots=True)
class Row:
    """A judged statement, with the readers' marks as means: ``told`` by the limits of confidence alone;
    ``anyhow``: what is told of those, whatever it is worth or as the best of its speaker's."""

    article: str
    of: str
    interview: bool
    kind: str
    asserted: bool
    told: bool
    anyhow: bool
    wanted: float
    strict: float
    core: float
    untrue: float
    features: Features

    @property
    def is_round(self) -> bool:
        return self.of.startswith("twice")


@dataclass(frozen=True, slots=True)
class Made:
    """A statement as it is made today."""

    kind: str
    linked: LinkedClaim | LinkedQuote
    told: bool
    anyhow: bool
    features: Features


def made(article: Article) -> list[Made]:
    """The statements of an article that are sure enough to be asked for."""
    nlp, usual = load_pipeline(), load_config().pipeline.worth_quoted
    asked, most = (
        limits(load_config(pipeline={"worth": worth, "worth_quoted": worth}))
        for worth in (0.0, 1.0)
    )
    doc = parse(article, nlp)
    found = extract(doc, article, everything().pipeline.extractors)
    likely = [one for one in rated(doc, found.claims) if one.confidence >= asked.least]
    resolved = resolve_within(
        article, mentions_of(doc), likely, found.quotes, first_person=found.first_person
    )
    worth, limit = Worth(doc, resolved), asked.of(doc, resolved)
    least, always = asked.of_quotes(doc, resolved), most.of(doc, resolved)
    best = worth.wanted(resolved.quotes, usual)
    out = []
    for one in resolved.claims:
        sure = one.claim.confidence
        told, anyhow = sure >= limit(one), sure >= always(one)
        out.append(Made("claims", one, told, anyhow, worth.claim(one)))
    for quoted in resolved.quotes:
        told = quoted.quote.confidence >= least(quoted)
        anyhow = quoted.quote.key in best and worth.of_quote(quoted) < usual
        out.append(Made("quotations", quoted, told, anyhow, worth.quote(quoted)))
    return out


def once(corpora: Path) -> Iterator[Row]:
    """The statements that one reader judged."""
    for part in ("training", "newspapers"):
        for article, of, known in wholes(corpora, part):
            for one in made(article):
                judged = known.get(content(one.linked).key)
                if judged is not None and judged.status == content(one.linked).status:
                    yield _once(of, judged, one)


def _once(of: str, judged: Judged, one: Made) -> Row:
    mark = judged.mark
    return Row(
        judged.article, of, False, one.kind, judged.status == "asserted", one.told, one.anyhow,
        float(judged.use == "U"), float(mark == "+"), float(mark != "-"), float(judged.not_asserted),
        one.features,
    )  # fmt: skip


def twice(corpora: Path) -> Iterator[Row]:
    """The statements that two readers judged, where one is still made of the same words with the same
    status."""
    for article, of, judged in rounds(corpora):
        every = made(article)
        for row in judged:
            linked = still(row, (one.linked for one in every))
            for one in every:
                if one.linked is linked:
                    yield _twice(article.id, of, row, one)


def _twice(article: str, of: str, row: dict[str, object], one: Made) -> Row:
    return Row(
        article, of, "interview" in str(row["part"]), one.kind, row["status"] == "asserted", one.told,
        one.anyhow, _mean(row["uses"], "U"), _mean(row["marks"], "+"), 1 - _mean(row["marks"], "-"),
        _mean(row["not_asserted"], True), one.features,
    )  # fmt: skip


def _mean(of: object, what: object) -> float:
    assert isinstance(of, list)
    return float(sum(one == what for one in of) / len(of))


# --- the regression --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights by feature, and the level of each set of judged statements."""

    weights: Floats
    levels: dict[str, float]

    @property
    def intercept(self) -> float:
        """The level of the strictest rounds."""
        return float(np.mean([self.levels[name] for name in LAST]))


def columns(of: Sequence[Row]) -> list[str]:
    """The features that enough statements have."""
    names = {name for row in of for name in row.features}
    held = {name: sum(bool(row.features.get(name)) for row in of) for name in names}
    return sorted(name for name, count in held.items() if count >= SEEN)


def matrix(of: Sequence[Row], names: Sequence[str]) -> Floats:
    """A row a statement, a column a feature."""
    return np.array([[row.features.get(name, 0.0) for name in names] for row in of], np.float64)


def fitted(of: Sequence[Row], x: Floats) -> Fitted:
    """Logistic regression (Newton's method) with an L2 penalty on features of unit variance; the
    levels are free."""
    sets = sorted({row.of for row in of})
    spread = x.std(0)
    spread[spread == 0] = 1.0
    levels = np.array([[float(row.of == name) for name in sets] for row in of])
    z = np.c_[levels, x / spread]
    y = np.array([row.wanted for row in of])
    counts = np.array([TWICE if row.is_round else 1.0 for row in of])
    pull = np.full(z.shape[1], PULL)
    pull[: len(sets)] = 1e-3
    w = np.zeros(z.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(z @ w, -30, 30)))
        slope = (z * (counts * p * (1 - p))[:, None]).T @ z + np.diag(pull)
        step = np.linalg.solve(slope, z.T @ (counts * (y - p)) - pull * w)
        w += step
        if abs(step).max() < 1e-8:
            break
    found = dict(zip(sets, map(float, w[: len(sets)]), strict=True))
    return Fitted(w[len(sets) :] / spread, found)


def crossed(of: Sequence[Row], names: Sequence[str]) -> Floats:
    """The worth of each statement, by weights that did not see its article."""
    x = matrix(of, names)
    fold = np.array([number(row.article) % FOLDS for row in of])
    out = np.zeros(len(of))
    for k in range(FOLDS):
        own = fold == k
        found = fitted([row for row, mine in zip(of, own, strict=True) if not mine], x[~own])
        out[own] = 1 / (1 + np.exp(-x[own] @ found.weights - found.intercept))
    return out


def by_limit(of: Sequence[Row], values: Floats, kept: Bools) -> Iterator[str]:
    """What of the told statements each limit keeps."""
    for limit in LIMITS:
        left = [
            row
            for row, value, mine in zip(of, values, kept, strict=True)
            if mine and (value >= limit or row.anyhow)
        ]
        every = [row for row, mine in zip(of, kept, strict=True) if mine]
        told = [row.untrue for row in left if row.asserted]
        shares = [
            len(left) / max(1, len(every)),
            sum(row.wanted for row in left) / max(1.0, sum(row.wanted for row in every)),
            *(float(np.mean([getattr(row, what) for row in left])) for what in ("wanted", "strict", "core")),
            float(np.mean(told)),
            sum(row.kind == "quotations" for row in left) / max(1, len(left)),
        ]  # fmt: skip
        yield f"{limit:.2f}   " + "  ".join(f"{share:6.3f}" for share in shares)


# --- the command -----------------------------------------------------------------------------


def main() -> None:
    """Fit, report, write."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("corpora", type=Path)
    arguments.add_argument("--show", action="store_true")
    given = arguments.parse_args()
    every = [*once(given.corpora), *twice(given.corpora)]
    order: list[Row] = []
    rated_: list[Floats] = []
    text = [
        "# How likely an editor wants a claim, or a quotation: logistic regressions over the features that",
        "# kg.worth explains. Written by `python -m training.worth CORPORA`; do not edit by hand.",
    ]
    for kind in KINDS:
        of = [row for row in every if row.kind == kind]
        names = columns(of)
        found, values = fitted(of, matrix(of, names)), crossed(of, names)
        told = np.array([row.told and row.is_round and not row.interview for row in of])
        wanted = np.array([row.wanted > 0.5 for row in of])
        print(
            f"{kind}: {len(of)} statements, {sum(row.is_round for row in of)} of rounds; {len(names)} features"
        )
        print(f"area of those told: of rounds {area(values[told], wanted[told]):.3f}", end=", ")
        told = np.array([row.told and not row.is_round for row in of])
        print(f"of whole articles {area(values[told], wanted[told]):.3f}")
        print("levels: " + ", ".join(f"{n} {level:.2f}" for n, level in found.levels.items()))
        text += ["", f"[{kind}]", f"intercept = {found.intercept:.3f}", "", f"[{kind}.weights]"]
        text += [f"{json.dumps(n)} = {v:.3f}" for n, v in zip(names, found.weights, strict=True)]
        order += of
        rated_.append(values)
    values = np.concatenate(rated_)
    sets: dict[str, Callable[[Row], bool]] = {
        "rounds, prose": lambda row: row.is_round and not row.interview,
        "the strictest": lambda row: row.of in LAST and not row.interview,
        "rounds, interviews": lambda row: row.is_round and row.interview,
        "whole articles": lambda row: not row.is_round,
    }
    for name, holds in sets.items():
        kept = np.array([row.told and holds(row) for row in order])
        print(
            f"\n{name}: {kept.sum()} told\nlimit   kept  wanted kept  useful  strict    core  untrue  quotations"
        )
        print(*by_limit(order, values, kept), sep="\n")
    if not given.show:
        OUT.write_text("\n".join(text) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
