"""What corrections tell of single readings, in the form that confidence is learned from.

A JSON list, one line a claim or quote, with the fields of ``benchmarks/quality/judged``: ids, offsets, a verdict
and its cause, and none of the article's words. What was rejected is ``wrong``, what was confirmed
``right``, what got another status a ``slip``. ``article`` is the id that `kg` gives it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from typing import Final

from kg.corrections.articles import mark_key, read_passage, reads
from kg.corrections.lines import READINGS
from kg.model import ArticleResult, Correction, LinkedClaim, LinkedQuote, Passage

_VERDICTS: Final = {"reject": "wrong", "confirm": "right", "status": "slip"}


def judged(
    corrections: Iterable[Correction],
    articles: Collection[str],
    result: Callable[[str], ArticleResult],
) -> str:
    """The list, sorted. Of one reading that got several verdicts the worst counts. ``result``
    gives what was read in one of the ``articles``."""
    wanted: defaultdict[str, list[tuple[str, Passage]]] = defaultdict(list)
    for correction in corrections:
        for passage in correction.passages if correction.what in READINGS else ():
            if passage.article in articles:
                wanted[passage.article].append((correction.what, passage))
    lines = set()
    for article, places in sorted(wanted.items()):
        found = result(article)
        each: tuple[LinkedClaim | LinkedQuote, ...] = (*found.claims, *found.quotes)
        for linked in each:
            reading = read_passage(found.article, linked)
            verdicts = {
                _VERDICTS[what]
                for what, passage in places
                if reads(reading, passage) and passage.status in (None, reading.status)
            }
            worst = next((v for v in ("wrong", "slip", "right") if v in verdicts), None)
            if worst:
                lines.add(_line(reading, linked, worst))
    return "[\n{}\n]\n".format(",\n".join(sorted(lines))) if lines else "[]\n"


def _line(reading: Passage, linked: LinkedClaim | LinkedQuote, verdict: str) -> str:
    kind, key = mark_key(linked)
    made = linked.claim if isinstance(linked, LinkedClaim) else linked.quote
    plain = {
        "article": reading.article,
        "start": reading.start,
        "end": reading.end,
        "key": key,
        "kind": kind,
        "status": reading.status,
        "extractor": made.extractor,
        "verdict": verdict,
        "cause": "status" if verdict == "slip" else None,
    }
    return json.dumps(plain)
