"""Precision of whole articles: every statement of an article, judged by reading it with the article open.

`lay` writes articles paragraph by paragraph, after each the statements read there, numbered; a reader
answers a line a statement: ``n  mark  cause  use  not asserted``, separated by tabs (marks, causes and
uses: `benchmarks.quality.twice`). `keep` joins the answers with what identifies each statement: ids,
offsets, content keys, no text. ``shown`` is a hash of the statement as it reads.

The articles are those that may teach: Wikinews of 2019 outside the gold and outside round 3 of
`benchmarks.quality.precision`, Wikinews of 2020 (interviews too), stories of the portal, of the Voice of
America (GMB) and press releases (re3d); and newspapers (MEN, ECB+ dev), which teach nothing and tell what
becomes of it elsewhere (``judged/newspapers``).

Usage::

    python -m benchmarks.quality.whole lay CORPORA ARTICLE... > working.txt
    python -m benchmarks.quality.whole keep CORPORA working.txt answers.tsv >> judged/training/NAME.tsv
    python -m benchmarks.quality.whole report
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path

from benchmarks.quality.precision import (
    Drawn,
    Linked,
    content,
    digest,
    evidence,
    plain_article,
    show,
    shuffled,
    stories,
    unseen_wikinews,
)
from benchmarks.quality.settings import everything
from corpora.newspapers import Story, ecbplus, gmb, men, re3d
from kg.model import Article, ArticleResult, LinkedClaim
from kg.nlp.load import load_pipeline
from kg.pipeline import process

JUDGED = Path(__file__).parent / "judged"
KEPT = JUDGED / "training"
_HEAD = re.compile(r"^\((\d+)\) (\S+) (\S+)$")


@dataclass(frozen=True, slots=True)
class Judged:
    """A statement as a reader found it; ``start``/``end`` are the words that say it."""

    article: str
    start: int
    end: int
    key: str
    kind: str
    status: str
    shown: str
    mark: str
    cause: str
    use: str
    not_asserted: bool


def load(kept: Path = KEPT) -> list[Judged]:
    """All judged statements of a folder, or of a file."""
    names = [field.name for field in fields(Judged)]
    out = []
    for path in sorted(kept.glob("*.tsv")) if kept.is_dir() else [kept]:
        for line in path.read_text(encoding="utf-8").splitlines():
            cells = line.split("\t")
            if cells != names:
                article, start, end, *rest, untrue = cells
                out.append(Judged(article, int(start), int(end), *rest, untrue == "1"))
    return out


def articles(corpora: Path) -> dict[str, Article]:
    """The articles that may teach, and the newspapers that may not, by id."""
    raw = corpora / "raw"
    news = unseen_wikinews(raw / "wikinews_2019.jsonl.gz")
    kept = {article.id for article in shuffled(news, 3)}
    with gzip.open(raw / "wikinews_2020_half.jsonl.gz", "rt", encoding="utf-8") as lines:
        later = [plain_article(row) for row in map(json.loads, lines)]
    return (
        {name: article for name, article in news.items() if name not in kept}
        | {article.id: article for article in later}
        | stories(raw / "current_events.jsonl.gz")
        | {story.id: _article(story) for story in _newspapers(corpora)}
    )


def _newspapers(corpora: Path) -> Iterator[Story]:
    yield from gmb(corpora / "gmb")
    yield from re3d(corpora / "re3d")
    yield from men(corpora / "men")
    yield from ecbplus(corpora / "ecbplus", "dev")


def _article(story: Story) -> Article:
    plain = plain_article({"id": story.id, "text": story.text})
    return replace(plain, title=story.title or "")


def shown(result: ArticleResult, linked: Linked) -> str:
    """A hash of a statement as it reads."""
    return digest(show(1, Drawn(result, linked)))


def made(corpora: Path, names: list[str]) -> Iterator[ArticleResult]:
    """What each article gives when nothing is left out for being unsure."""
    settings = everything()
    nlp, texts = load_pipeline(), articles(corpora)
    for name in names:
        yield process(texts[name], nlp, settings)


def statements(result: ArticleResult) -> list[Linked]:
    """Claims and quotes in the order of the text."""
    every: list[Linked] = [*result.claims, *result.quotes]
    return sorted(every, key=lambda one: (*evidence(one), content(one).key))


def lay(results: Iterator[ArticleResult]) -> Iterator[str]:
    """Articles with the statements after the paragraphs that say them."""
    number = 0
    for result in results:
        text, todo = result.article.text, statements(result)
        yield f"\n######## {result.article.id} | {result.article.date}"
        for block in result.article.blocks:
            yield "TEXT: " + " ".join(text[block.start : block.end].split())
            for linked in todo:
                if block.start <= evidence(linked)[0] < block.end:
                    number += 1
                    yield f"({number}) {result.article.id} {content(linked).key}"
                    lines = show(number, Drawn(result, linked)).splitlines()
                    yield from (line for line in lines if line[:3] in ("C: ", "Q: ", "   "))


def keep(corpora: Path, working: str, answers: str) -> Iterator[str]:
    """The answers beside what identifies their statements, a line each."""
    heads = [m.groups() for line in working.splitlines() if (m := _HEAD.match(line))]
    asked = {int(number): (article, key) for number, article, key in heads}
    results = made(corpora, sorted({article for article, _ in asked.values()}))
    known = {
        (result.article.id, content(one).key): (result, one)
        for result in results
        for one in statements(result)
    }
    for line in answers.splitlines():
        number, mark, cause, use, untrue, *_ = line.split("\t")
        result, one = known[asked[int(number)]]
        kind = "claim" if isinstance(one, LinkedClaim) else "quote"
        row = Judged(
            result.article.id, *evidence(one), content(one).key, kind, content(one).status,
            shown(result, one), mark, cause, use, untrue == "1",
        )  # fmt: skip
        yield "\t".join(str(int(v) if isinstance(v, bool) else v) for v in astuple(row))


def report(of: list[Judged]) -> str:
    """Precision when nothing is left out, and the causes of what is not ``+``."""
    told = [one for one in of if one.status == "asserted"]
    causes = Counter(one.cause for one in of if one.mark != "+")
    shares = {
        "strict": [one.mark == "+" for one in of],
        "core": [one.mark != "-" for one in of],
        "useful": [one.use == "U" for one in of],
        "wrongly asserted": [one.not_asserted for one in told],
    }
    lines = [f"{len(of)} statements of {len({one.article for one in of})} articles"]
    lines += [f"  {name:17s} {sum(held) / len(held):.3f}" for name, held in shares.items()]
    return "\n".join(
        [*lines, "  causes: " + ", ".join(f"{k} {n}" for k, n in causes.most_common())]
    )


def main(arguments: list[str]) -> None:
    """Run one of the three commands."""
    match arguments:
        case ["lay", corpora, *names]:
            print(*lay(made(Path(corpora), names)), sep="\n")
        case ["keep", corpora, working, answers]:
            print(
                *keep(Path(corpora), Path(working).read_text(), Path(answers).read_text()), sep="\n"
            )
        case ["report"]:
            print(report(load()))
        case _:
            print(__doc__, file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1:])
