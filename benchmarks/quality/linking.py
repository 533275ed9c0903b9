"""How often a name is linked to the right thing, on the links of the current-events portal.

    python -m benchmarks.quality.linking [--show] [--fewrel]

Each link of a story is a name with the page that its writer meant. The base is the shipped one of
places (``seeds/places.tsv``), the surroundings of a name are the other links of its story. A link is
right where the page is called as the thing is, and what the page's title adds in brackets or
after a comma fits it. A name that the base holds is one whose page is called like a thing of the base.
``--fewrel``: names of FewRel with their Wikidata ids, a base of the gazetteer's places and people.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import sys
import tempfile
from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import chain
from pathlib import Path

from kg.kb.entries import WIKIDATA, Entry, entries
from kg.kb.index import KnowledgeBase, name_key, write_index
from kg.kb.linking import is_elsewhere, link

CORPORA = Path("../shared/corpora")
PORTAL = CORPORA / "raw/current_events.jsonl.gz"
FEWREL = CORPORA / "fewrel/val_wiki.jsonl.gz"
_CAPITALS = re.compile(r"[A-Z]\w+(?: [A-Z]\w+)*")
PLACES = Path("seeds/places.tsv")


def fits(base: KnowledgeBase, entry: Entry, page: str) -> bool:
    """Whether a page of that title is about the thing."""
    core, more = re.fullmatch(r"([^(,]+)(.*)", page.partition("#")[0]).groups()  # type: ignore[union-attr]
    names = {name_key(name, "Place") for name in (entry.label, *entry.aliases)}
    if name_key(core, "Place") not in names:
        return False
    added = name_key(more.strip(" (),"), "Place")
    where = {entry.description, *base.around(entry)}
    if not added:
        return True
    return (
        added in where
        or added in ("city", "town")
        or {*added.split()} & {*" ".join(where).split()} != set()
    )


def fewrel() -> None:
    """Names of one sentence each, whatever their class; the surroundings are its other capitals."""
    with tempfile.TemporaryDirectory() as folder:
        places = entries(CORPORA / "gazetteer/places_qid.tsv", default="Place")
        people = entries(CORPORA / "gazetteer/us_congress_qid.tsv", default="Person")
        # The table says of a country that it lies in itself.
        tops = (
            replace(e, code=e.within[0], within=()) if e.description == "country" else e
            for e in (replace(e, description=_kinds().get(e.id, "")) for e in places)
            if e.id.startswith("http")
        )
        write_index(chain(tops, people), f"{folder}/kb.sqlite")
        with KnowledgeBase(f"{folder}/kb.sqlite") as base:
            held = said = right = 0
            for line in gzip.decompress(FEWREL.read_bytes()).decode().splitlines():
                sentence = json.loads(line)
                text = " ".join(sentence["tokens"])
                capitals = {name_key(m, "Place") for m in _CAPITALS.findall(text)}
                for end in (sentence["head"], sentence["tail"]):
                    gold = f"{WIKIDATA}{end['qid']}"
                    held += base.has(gold)
                    links = [
                        link(
                            base,
                            name_key(end["name"], kind),
                            kind.casefold(),
                            lambda c=capitals: c,  # type: ignore[misc]
                            lambda words=sentence["tokens"]: is_elsewhere(words),  # type: ignore[misc]
                        )
                        for kind in ("Place", "Person")
                    ]
                    sure = [found for found in links if found and found.sure]
                    if sure:
                        best = max(sure, key=lambda found: found.score)
                        said, right = said + 1, right + (best.entry.id == gold)
    print(f"FewRel: {held} held, {said} linked for sure, {right} right")
    print(f"precision {right / said:.3f}, recall {right / held:.3f}")


@cache
def _kinds() -> dict[str, str]:
    with (CORPORA / "gazetteer/places_qid.tsv").open(encoding="utf-8") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {f"{WIKIDATA}{row['qid']}": row["kind"] for row in rows}


def main() -> None:
    if "--fewrel" in sys.argv[1:]:
        fewrel()
        return
    with tempfile.TemporaryDirectory() as folder:
        write_index(entries(PLACES), f"{folder}/kb.sqlite")
        base = KnowledgeBase(f"{folder}/kb.sqlite")
        held = right = near = 0
        wrong: Counter[tuple[str, str, str]] = Counter()
        missed: Counter[str] = Counter()
        for line in gzip.decompress(PORTAL.read_bytes()).decode().splitlines():
            story = json.loads(line)
            links = [(name_key(one["text"], "Place"), one["target"]) for one in story["links"]]
            links = [(name, page) for name, page in links if name and "://" not in page]
            for name, page in links:
                around = {other for other, _ in links if other != name}
                candidates = base.candidates(name, "place")
                is_held = any(fits(base, c.entry, page) for c in candidates)
                held += is_held
                found = link(base, name, "place", lambda around=around: around)  # type: ignore[misc]
                near += found is not None and not found.sure
                if found is None or not found.sure:
                    missed[name] += is_held
                elif fits(base, found.entry, page):
                    right += 1
                else:
                    wrong[name, page, f"{found.entry.label}, {found.entry.within}"] += 1
        base.close()
    said = right + wrong.total()
    print(
        f"names that the base holds: {held}; linked for sure: {said}, right {right}; near: {near}"
    )
    print(f"precision {right / said:.3f}, recall {right / held:.3f}")
    if "--show" in sys.argv[1:]:
        print(wrong.most_common(40), missed.most_common(30), sep="\n")


if __name__ == "__main__":
    main()
