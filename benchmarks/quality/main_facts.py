"""How much of what an article is about is told by default: its main facts, as two editors wrote them down.

Precision says whether what is told is right; this says whether what matters is there. Two editors, each
alone and without the output, wrote down the three to six facts that whoever reads the article must know
(who did what to whom, the result, the verdict, the death, the figure), each with every sentence that
says it. The articles are our own, written as many outlets write (``judged/press-*.jsonl``); those of
``LOOKING`` are for looking, the others only for scoring.

A fact is *told* where a statement of a build with default settings has its participants and its
predicate, as `benchmarks.quality.facts` matches them, at one of the places that say it; *read* where
it would be with no limit of confidence or worth. *Both wrote* is of the facts that both editors have.

Usage: ``python -m benchmarks.quality.main_facts [--missed] [--pin]``, and to make the annotation of two
working files (the format of `benchmarks.quality.gold`, ``F=`` for a further place of the fact before)
``python -m benchmarks.quality.main_facts compile FIRST SECOND``
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.quality import gate
from benchmarks.quality.facts import Scores, score
from benchmarks.quality.gold import (
    Fact,
    GoldArticle,
    GoldEntity,
    annotated,
    compile_file,
    fingerprint,
    overlap,
    sentences,
)
from benchmarks.quality.rounds import numbered
from benchmarks.quality.settings import everything
from kg.config import Settings, load_config
from kg.model import Article
from kg.nlp.load import load_pipeline
from kg.pipeline import process
from kg.read import read

HERE = Path(__file__).parent
GOLD = HERE / "gold" / "main.jsonl"
#: Articles that who writes rules may read.
LOOKING = ("press-16", "press-17")
Range = tuple[int, int]
_FACT = re.compile(r"^F(=?) *\|", re.M)


@dataclass(frozen=True, slots=True)
class Main:
    """A main fact: each place that says it, and how many of the two editors have it."""

    places: tuple[Fact, ...]
    editors: int


@dataclass(frozen=True, slots=True)
class Annotated:
    """An article's main facts; offsets are of its text without the title."""

    id: str
    fingerprint: str
    entities: tuple[GoldEntity, ...]
    facts: tuple[Main, ...]

    @property
    def looking(self) -> bool:
        """Whether it may be read by who writes rules."""
        return self.id.startswith(LOOKING)


def articles() -> dict[str, Article]:
    """The press articles by file and line."""
    found = read(list(map(str, _files())), settings=load_config())
    return {one.source: one for one in found if isinstance(one, Article)}


def load() -> list[Annotated]:
    """The annotation."""
    return [_annotated(json.loads(line)) for line in GOLD.read_text("utf-8").splitlines()]


def told(gold: Annotated, article: Article, settings: Settings) -> set[int]:
    """Which of the facts (by number) are told under these settings."""
    if fingerprint(article.text) != gold.fingerprint:
        raise SystemExit(f"{gold.id}: the text is not the annotated one")
    places = [place for fact in gold.facts for place in fact.places]
    scores = Scores()
    exam = GoldArticle(gold.id, gold.fingerprint, gold.entities, tuple(places), ())
    score(exam, process(article, load_pipeline(), settings), scores)
    missed = {fact for _, fact in scores.missed}
    return {n for n, fact in enumerate(gold.facts) if set(fact.places) - missed}


def figures(gold: Iterable[Annotated], texts: dict[str, Article], missed: bool) -> dict[str, float]:
    """Shares of main facts that are told and read, and of articles of which none is told."""
    counts = dict.fromkeys(
        ("all", "told", "read", "both", "both told", "both read", "none", "of"), 0
    )
    for one in gold:
        here, read_ = (told(one, texts[one.id], s) for s in (load_config(), everything()))
        both = {n for n, fact in enumerate(one.facts) if fact.editors == 2}
        found = {"all": len(one.facts), "told": len(here), "read": len(read_), "both": len(both)}
        found |= {"both told": len(both & here), "both read": len(both & read_)}
        found |= {"none": int(not here), "of": 1}
        counts = {key: value + found[key] for key, value in counts.items()}
        if missed and one.looking:
            print("\n".join(_shown(one, texts[one.id].text, here, read_)))
    share = lambda part, whole: counts[part] / max(counts[whole], 1)  # noqa: E731
    return {
        "told": share("told", "all"),
        "told_of_both": share("both told", "both"),
        "read": share("read", "all"),
        "read_of_both": share("both read", "both"),
        "articles_without": share("none", "of"),
    }


def _shown(one: Annotated, text: str, here: set[int], read_: set[int]) -> Iterator[str]:
    for n, fact in enumerate(one.facts):
        if n not in here:
            place = fact.places[0]
            words = (place.subject, place.predicate, place.object)
            why = "unsure or not wanted" if n in read_ else "not read"
            yield f"{one.id}: {' | '.join(text[slice(*part)] for part in words)} ({place.status}): {why}"


def compiled(
    first: str, second: str, texts: dict[str, Article]
) -> tuple[list[Annotated], list[str]]:
    """The annotation of two working files, and the lines that could not be placed. The editors saw the
    title above the text as it came; what only the title says, or what no article keeps (a byline), is
    left out."""
    whole = {row["id"]: f"{row['title']}\n\n{row['text']}" for row in _rows()}
    passes, problems = [], []
    for working in (first, second):
        done, wrong = compile_file(_FACT.sub("F |", working), whole)
        problems += wrong
        sizes = _groups(working)
        passes.append({one.id: (one, groups) for one, groups in zip(done, sizes, strict=True)})
    made = []
    for key in sorted(passes[0].keys() & passes[1].keys()):
        place = _Places(whole[key], texts[key].text)
        ours, theirs = (
            [place.facts(group) for group in _split(one.facts, sizes)]
            for one, sizes in (one[key] for one in passes)
        )
        entities = _joined(place.entity(e) for one in passes for e in one[key][0].entities)
        facts = tuple(_merged([g for g in ours if g], [g for g in theirs if g]))
        made.append(Annotated(key, fingerprint(texts[key].text), entities, facts))
    return made, problems


def _files() -> list[Path]:
    return sorted((HERE / "judged").glob("press-*.jsonl"))


def _rows() -> list[dict[str, Any]]:
    return [row for path in _files() for row in numbered(path)]


class _Places:
    """From the text that the editors saw to that of the article: sentence by sentence."""

    def __init__(self, seen: str, kept: str) -> None:
        self.moves: list[tuple[int, int, int]] = []
        start = 0
        for begin, end in sentences(seen):
            found = kept.find(seen[begin:end], start)
            if found >= 0:
                self.moves.append((begin, end, found - begin))
                start = found + end - begin

    def span(self, span: Range) -> Range | None:
        """Where it stands in the article; None where the article hasn't it."""
        by = next(
            (by for begin, end, by in self.moves if begin <= span[0] and span[1] <= end), None
        )
        return None if by is None else (span[0] + by, span[1] + by)

    def facts(self, group: Iterable[Fact]) -> list[Fact]:
        """Those of which the article has all words."""
        made = []
        for fact in group:
            ends = [
                self.span(s) for s in (fact.sentence, fact.subject, fact.predicate, fact.object)
            ]
            if None not in ends:
                by = fact.attribution and self.span(fact.attribution)
                made.append(Fact(*filter(None, ends), status=fact.status, attribution=by))
        return made

    def entity(self, entity: GoldEntity) -> GoldEntity:
        """It, where the article names it."""
        return GoldEntity(entity.type, tuple(filter(None, map(self.span, entity.names))))


def _groups(working: str) -> Iterator[list[int]]:
    """Of each article, of how many places each of its facts is."""
    for _, lines in annotated(working):
        sizes: list[int] = []
        for match in _FACT.finditer(lines):
            if match[1] and sizes:
                sizes[-1] += 1
            else:
                sizes.append(1)
        yield sizes


def _split(facts: tuple[Fact, ...], sizes: list[int]) -> Iterator[list[Fact]]:
    rest = list(facts)
    for size in sizes:
        yield rest[:size]
        rest = rest[size:]


def _joined(entities: Iterable[GoldEntity]) -> tuple[GoldEntity, ...]:
    """What both call one thing is one thing."""
    made: list[GoldEntity] = []
    for entity in entities:
        same = [one for one in made if set(entity.names) & set(one.names)]
        made = [one for one in made if one not in same]
        spots = set(entity.names).union(*(one.names for one in same))
        if spots:
            made.append(GoldEntity(entity.type, tuple(sorted(spots))))
    return tuple(sorted(made, key=lambda one: one.names))


def _same(a: list[Fact], b: list[Fact]) -> bool:
    return any(
        overlap(one.predicate, two.predicate)
        and (overlap(one.object, two.object) or overlap(one.subject, two.subject))
        for one in a
        for two in b
    )


def _merged(ours: list[list[Fact]], theirs: list[list[Fact]]) -> Iterator[Main]:
    left = list(theirs)
    for group in ours:
        twins = [other for other in left if _same(group, other)]
        left = [other for other in left if other not in twins]
        places = dict.fromkeys([*group, *(place for other in twins for place in other)])
        yield Main(tuple(places), 2 if twins else 1)
    for group in left:
        yield Main(tuple(group), 1)


def _annotated(row: dict[str, Any]) -> Annotated:
    def fact(values: dict[str, Any]) -> Fact:
        return Fact(**{k: tuple(v) if isinstance(v, list) else v for k, v in values.items()})

    return Annotated(
        row["id"],
        row["fingerprint"],
        tuple(GoldEntity(e["type"], tuple(map(tuple, e["names"]))) for e in row["entities"]),
        tuple(Main(tuple(map(fact, f["places"])), f["editors"]) for f in row["facts"]),
    )


def exam(gold: Iterable[Annotated]) -> str:
    """The fingerprint of the half that is scored."""
    return gate.fingerprint(repr(one) for one in gold if not one.looking)


def main(arguments: list[str]) -> int:
    """Run one of the commands named in the module's docstring."""
    if arguments[:1] == ["compile"]:
        first, second = (Path(name).read_text(encoding="utf-8") for name in arguments[1:3])
        made, problems = compiled(first, second, articles())
        lines = (json.dumps(asdict(one), separators=(",", ":")) for one in made)
        GOLD.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        facts = [fact for one in made for fact in one.facts]
        both = sum(fact.editors == 2 for fact in facts)
        print("\n".join([*problems, f"{len(made)} articles, {len(facts)} facts, {both} of both"]))
        return 1 if problems else 0
    p = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    p.add_argument(
        "--missed", action="store_true", help="print what is not told, of the looking half"
    )
    p.add_argument("--pin", action="store_true", help="raise the floors to these scores")
    given = p.parse_args(arguments)
    gold, texts = load(), articles()
    looking = figures((one for one in gold if one.looking), texts, given.missed)
    print("looking", *(f"{key} {value:.3f}" for key, value in looking.items()))
    scores = figures((one for one in gold if not one.looking), texts, missed=False)
    return gate.settle("main", scores, exam(gold), pinning=given.pin, ceilings=["articles_without"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
