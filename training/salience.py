"""How much a statement tells: fits the weights of ``kg/merge/salience.toml``.

    python -m training.salience CORPORA [--show]

The statements of the articles that readers judged whole, merged one article at a time, teach a logistic
regression over `kg.merge.salience.features` what the chance is that a reader wants a statement in a graph
(use U, beside M, marginal, and N, noise). Printed is, each article rated by weights that did not see it,
the area under the ROC curve and the share of wanted ones among those that come first. With ``--show``
nothing is written.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks.quality.precision import content, evidence
from benchmarks.quality.whole import Judged, load, made
from kg.merge import merge
from kg.merge.salience import features
from kg.model import ArticleResult, LinkedClaim, Quotation, Statement
from training.confidence import Row, area, columns, crossed, fitted, matrix
from training.judged import JUDGED, ROOT

OUT = ROOT / "kg" / "merge" / "salience.toml"


def rows(corpora: Path) -> Iterator[Row]:
    """The judged statements that are still made, with what they show."""
    known = {(one.article, one.key): one for one in load(JUDGED / "training")}
    for result in made(corpora, sorted({article for article, _ in known})):
        with merge(lambda result=result: [result]) as merged:  # type: ignore[misc]
            every = list(merged.statements())
            for judged, statement in _pairs(result, every, known):
                yield Row(judged, features(statement, merged.is_named))


def _pairs(
    result: ArticleResult, every: list[Statement], known: dict[tuple[str, str], Judged]
) -> Iterator[tuple[Judged, Statement]]:
    text = result.article.text
    for linked in (*result.claims, *result.quotes):
        judged = known.get((result.article.id, content(linked).key))
        if judged is None:
            continue
        found = [s for s in every for e in s.evidence if (e.start, e.end) == evidence(linked)]
        if isinstance(linked, LinkedClaim):
            claim = linked.claim
            words = tuple(text[a.start : a.end] for a in (claim.subject, claim.object))
            found = [
                s
                for s in found
                for e in s.evidence
                if (e.subject_text, e.object_text) == words
                and e.predicate_text == claim.predicate.text
            ]
        else:
            found = [s for s in found if isinstance(s.object, Quotation)]
        if len(found) == 1:
            yield judged, found[0]


def main() -> None:
    """Fit, report, write."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("corpora", type=Path)
    arguments.add_argument("--show", action="store_true")
    given = arguments.parse_args()
    of = list(rows(given.corpora))
    names = columns(of)
    wanted = np.array([row.judged.use == "U" for row in of])
    weights = fitted(matrix(of, names), wanted.astype(np.float64), names)
    values = crossed(of, names, wanted)
    first = np.argsort(-values, kind="stable")
    print(f"{len(of)} statements, {len(names)} features; area {area(values, wanted):.3f}")
    for share in (1.0, 0.8, 0.6, 0.4, 0.2):
        print(f"first {share:.0%}: {wanted[first[: round(len(of) * share)]].mean():.3f} wanted")
    if not given.show:
        table = "".join(f'"{name}" = {value}\n' for name, value in weights.weights.items())
        old = OUT.read_text(encoding="utf-8")
        new = re.sub(r"(?m)^intercept = .*$", f"intercept = {weights.intercept}", old)
        new = re.sub(r"(?s)\[weights\]\n.*?\n\n", lambda _: f"[weights]\n{table}\n", new)
        OUT.write_text(new, encoding="utf-8")


if __name__ == "__main__":
    main()
