"""Whether the claims inside a quotation are that quotation's speaker's, on real articles.

    python -m benchmarks.quality.speakers ../shared/corpora

Needs no annotation: a claim whose predicate stands inside a quotation and that is said to be
somebody's is either the speaker's, or somebody's whom the speaker cites, who then stands inside
the quotation too, or inside another one in it. `strangers` are the others: the text has them say
what, by the quotation, somebody else says.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.quality.articles import wikinews
from benchmarks.quality.settings import everything
from kg.model import Article, ArticleResult, LinkedClaim, LinkedQuote
from kg.nlp.load import load_pipeline
from kg.pipeline import process


def attributed(result: ArticleResult) -> Iterator[tuple[LinkedClaim, LinkedQuote]]:
    """Each claim with an attribution, with the innermost quotation of a known speaker around it."""
    for linked in result.claims:
        place = linked.claim.predicate.start
        around = [
            quote
            for quote in result.quotes
            if quote.speaker is not None and _inside(place, quote.quote.parts)
        ]
        if around and linked.attribution is not None:
            yield linked, min(around, key=lambda q: sum(e - s for s, e in q.quote.parts))


def strangers(result: ArticleResult) -> list[tuple[LinkedClaim, LinkedQuote]]:
    """Those that are neither the speaker's nor somebody's whom the speaker cites."""
    return [
        (linked, quote)
        for linked, quote in attributed(result)
        if linked.attribution != quote.speaker
        and linked.claim.attribution is not None
        and not _inside(linked.claim.attribution.head_start, quote.quote.parts)
    ]


def _inside(place: int, parts: Sequence[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in parts)


def results(articles: Sequence[Article]) -> Iterator[ArticleResult]:
    """What `kg` makes of the articles."""
    nlp, settings = load_pipeline(), everything()
    return (process(article, nlp, settings) for article in articles)


def main(arguments: list[str]) -> int:
    """Print the figures, and with ``--show`` the strangers."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("corpora", type=Path)
    options.add_argument("--show", action="store_true")
    given = options.parse_args(arguments)
    articles = wikinews(given.corpora / "raw" / "wikinews_2019.jsonl.gz")
    claims = wrong = 0
    for result in results(list(articles.values())):
        claims += sum(1 for _ in attributed(result))
        for linked, quote in strangers(result):
            wrong += 1
            if given.show and linked.claim.attribution and quote.quote.speaker:
                words = linked.claim.predicate.text, quote.quote.text[:80]
                who = linked.claim.attribution.label, quote.quote.speaker.label
                print(result.article.id, *words, "by {} not {}".format(*who), sep=" | ")
    print(f"claims inside quotations {claims}, not their speaker's {wrong} ({wrong / claims:.4f})")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
