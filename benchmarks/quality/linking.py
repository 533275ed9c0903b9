"""How often a name is linked to the right thing, on the links of the current-events portal.

    python -m benchmarks.quality.linking [--show] [--fewrel | --gum]

Each link of a story is a name with the page that its writer meant. The base is the shipped one of
places (``seeds/places.tsv``), the surroundings of a name are the other links of its story. A link is
right where the page is called as the thing is, and what the page's title adds in brackets or
after a comma fits it. A name that the base holds is one whose page is called like a thing of the base.
``--fewrel``: names of FewRel with their Wikidata ids, a base of the gazetteer's places and people. ``--gum``:
names of GUM with their Wikipedia pages. Both are read by the pipeline, whose classes count.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from itertools import accumulate, chain
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from corpora.conllu import docs_from_conllu
from corpora.gum import gold_mentions
from kg.config import load_config
from kg.kb.entries import WIKIDATA, Entry, entries
from kg.kb.index import KnowledgeBase, name_key, write_index
from kg.kb.linking import is_elsewhere, link
from kg.model import Article, ArticleResult, Block, LocalEntity
from kg.nlp.load import load_pipeline
from kg.pipeline import process
from kg.resolve.kinds import family

if TYPE_CHECKING:
    from spacy.language import Language

    from kg.config import Settings

CORPORA = Path("../shared/corpora")
PORTAL = CORPORA / "raw/current_events.jsonl.gz"
FEWREL = CORPORA / "fewrel/val_wiki.jsonl.gz"
PLACES = Path("seeds/places.tsv")
BODIES = Path("seeds/bodies.tsv")


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
    """Names of one sentence each, each sentence read as an article: the class that the pipeline gives a name,
    and the other names of the sentence. Sentences with an even number are for looking, the others for scoring."""
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
        nlp, settings = load_pipeline(), load_config()
        tally: dict[str, Counter[str]] = {"looking": Counter(), "scoring": Counter()}
        with KnowledgeBase(f"{folder}/kb.sqlite") as base:
            lines = gzip.decompress(FEWREL.read_bytes()).decode().splitlines()
            for number, line in enumerate(lines):
                half = tally[("looking", "scoring")[number % 2]]
                sentence = json.loads(line)
                ends = [e for e in (sentence["head"], sentence["tail"]) if _can_be(base, e)]
                if not ends:
                    continue
                starts = [*accumulate((len(w) + 1 for w in sentence["tokens"]), initial=0)]
                result = read(" ".join(sentence["tokens"]), nlp, settings)
                for end in ends:
                    first, last = end["spans"][0]
                    span = starts[first], starts[last] - 1
                    found = meant(base, result, span, [" ".join(sentence["tokens"])])
                    gold = f"{WIKIDATA}{end['qid']}"
                    half["held"] += base.has(gold)
                    half["named"] += any(
                        c.entry.id == gold
                        for kind in ("Place", "Person")
                        for c in base.candidates(name_key(end["name"], kind))
                    )
                    half["said"] += found is not None
                    half["right"] += found is not None and found.id == gold
    for half_of, n in (*tally.items(), ("both", tally["looking"] + tally["scoring"])):
        print(
            f"FewRel, {half_of}: {n['named']} names in the base, {n['said']} linked for sure, "
            f"{n['right']} right; precision {n['right'] / n['said']:.3f}, recall "
            f"{n['right'] / n['named']:.3f}; of all {n['held']} names of its things "
            f"{n['right'] / n['held']:.3f}"
        )


def gum() -> None:
    """Names of the news and lives of GUM with their Wikipedia pages; the base is the shipped one
    of places and bodies."""
    nlp, settings = load_pipeline(), load_config()
    held = said = right = 0
    wrong: Counter[tuple[str, str]] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        write_index(chain(entries(PLACES), entries(BODIES)), f"{folder}/kb.sqlite")
        with KnowledgeBase(f"{folder}/kb.sqlite") as base:
            for path in sorted((CORPORA / "gum/train").glob("GUM_*.conllu.gz")):
                if not path.name.startswith(("GUM_news_", "GUM_bio_")):
                    continue
                for doc in docs_from_conllu(path):
                    result = read(doc.text, nlp, settings)
                    words = [e.label for e in result.entities]
                    for m in gold_mentions(doc):
                        if m.kind != "name" or not m.page:
                            continue
                        page = unquote(m.page).replace("_", " ")
                        span = m.start, m.end
                        text = doc.text[m.start : m.end]
                        keys = {name_key(text, kind) for kind in ("Place", "Organization")}
                        is_held = any(
                            fits(base, c.entry, page) for k in keys for c in base.candidates(k)
                        )
                        held += is_held
                        found = meant(base, result, span, words)
                        if found is not None:
                            said += 1
                            good = fits(base, found, page)
                            right += good
                            wrong[page, found.label] += not good
    print(f"GUM: {held} held, {said} linked for sure, {right} right")
    print(f"precision {right / said:.3f}, recall {right / held:.3f}")
    if "--show" in sys.argv[1:]:
        print((+wrong).most_common(40))


def _can_be(base: KnowledgeBase, end: Mapping[str, Any]) -> bool:
    """Whether the base has what a name means, or something called so."""
    return base.has(f"{WIKIDATA}{end['qid']}") or any(
        base.candidates(name_key(end["name"], kind), kind.casefold())
        for kind in ("Place", "Person")
    )


def read(text: str, nlp: Language, settings: Settings) -> ArticleResult:
    """What the pipeline makes of a text."""
    block = Block("paragraph", 0, len(text))
    key = hashlib.sha256(text.encode()).hexdigest()[:16]
    return process(Article(key, key, text, blocks=(block,)), nlp, settings)


def meant(
    base: KnowledgeBase, result: ArticleResult, span: tuple[int, int], words: Iterable[str]
) -> Entry | None:
    """What the name at these characters surely means; None where the pipeline has no name there."""
    entity = _named_at(result, span)
    if entity is None:
        return None
    others = {
        name_key(name.text, e.type)
        for e in result.entities
        if e.named and e is not entity
        for name in e.names
    }
    key, of = name_key(entity.label, entity.type), family(entity.type)
    found = link(base, key, of, lambda: others, lambda: is_elsewhere(words))
    return found.entry if found is not None and found.sure else None


def _named_at(result: ArticleResult, span: tuple[int, int]) -> LocalEntity | None:
    """The named thing with a mention there; "the" and "state of" before it may be in or out."""
    text = result.article.text
    for entity in filter(lambda e: e.named, result.entities):
        for start, end in entity.mentions:
            before = text[min(start, span[0]) : max(start, span[0])]
            if end == span[1] and (not before or before.islower()):
                return entity
    return None


@cache
def _kinds() -> dict[str, str]:
    with (CORPORA / "gazetteer/places_qid.tsv").open(encoding="utf-8") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {f"{WIKIDATA}{row['qid']}": row["kind"] for row in rows}


def main() -> None:
    if "--fewrel" in sys.argv[1:]:
        fewrel()
        return
    if "--gum" in sys.argv[1:]:
        gum()
        return
    with tempfile.TemporaryDirectory() as folder:
        write_index(entries(PLACES), f"{folder}/kb.sqlite")
        base = KnowledgeBase(f"{folder}/kb.sqlite")
        held = right = near = 0
        wrong: Counter[tuple[str, str, str]] = Counter()
        missed: Counter[str] = Counter()
        for line in gzip.decompress(PORTAL.read_bytes()).decode().splitlines():
            story = json.loads(line)
            links = [
                (name_key(one["text"], "Place"), one["target"])
                for one in story["links"]
                if "$" not in one["text"]  # of money
            ]
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
