"""How long it takes to tell which of very many names are one thing.

    python -m benchmarks.speed.names [--names 100000] [--beside 8]

Made-up names of people, bodies and places: each once, and as many again drawn by Zipf's law, so a few
stand in thousands of articles. One in ten is a form of another (initials, without a middle name, short for a company's,
another spelling). Each article has eight names. Printed: processor time of taking the names and of
resolving them, what came out, how many pairs were weighed, and memory. All with all would be half a
million million pairs.
"""

from __future__ import annotations

import argparse
import hashlib
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

from kg.merge.names import Names
from kg.merge.tables import fresh_tables
from kg.merge.undecided import Likely
from kg.model import Article, ArticleResult, LocalEntity, Name
from kg.resolve.across import Key
from kg.resolve.likeness import Weighed

_FIRST = "ba be bi bo da de di do fa fe ka ke ki ko la le li lo ma me mi mo na ne ni no ra re ri ro sa se ta te va ve".split()
_LAST = "berg dal dorf feld gard holm lund mark stad strom vik wald".split()
_ENDS = ("Motors", "Airlines", "Group", "Systems", "Industries")


def _word(dice: Random, syllables: int) -> str:
    return "".join(dice.choice(_FIRST) for _ in range(syllables)).capitalize()


def made(count: int) -> list[tuple[str, str]]:
    """Names with their classes."""
    dice = Random(1)
    found: dict[str, str] = {}
    while len(found) < count:
        surname = _word(dice, 3) + dice.choice(_LAST)
        given, kind = _word(dice, 2), dice.random()
        if kind < 0.5:
            found[f"{given} {surname}"] = "Person"
            if dice.random() < 0.2:
                middle = _word(dice, 2)
                found[f"{given} {middle} {surname}"] = "Person"
                found[f"{given[0]}. {surname}"] = "Person"
        elif kind < 0.85:
            found[surname + dice.choice(("", " Steel", " Bank"))] = "Organization"
            if dice.random() < 0.1:
                found[f"{surname} {dice.choice(_ENDS)}"] = "Company"
        else:
            found[f"{_word(dice, 2)} {surname}"] = "Place"
    return list(found.items())[:count]


def articles(names: list[tuple[str, str]], beside: int) -> Iterator[ArticleResult]:
    """Articles with these names: each once, and as many drawn by Zipf's law."""
    dice = Random(2)
    count = len(names)
    order = list(range(count))
    dice.shuffle(order)
    for start in range(0, count, beside // 2):
        own = order[start : start + beside // 2]
        often = (min(count - 1, int(count ** dice.random()) - 1) for _ in own)
        chosen = [names[number] for number in dict.fromkeys([*own, *often])]
        key = hashlib.sha256(str(start).encode()).hexdigest()[:16]
        entities = tuple(
            LocalEntity(f"e{n}", name, kind, (Name(name, "full name"),), ((n, n + 1),))
            for n, (name, kind) in enumerate(chosen)
        )
        article = Article(key, key, "x" * beside, date=f"20{start % 20:02}-01-01")
        yield ArticleResult(article, entities, (), (), (), 1, "p")


def main() -> None:
    """Print the times."""
    p = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    p.add_argument("--names", type=int, default=100_000)
    p.add_argument("--beside", type=int, default=8)
    a = p.parse_args()
    weighed = 0
    plain = Likely.weigh

    def weigh(self: Likely, way: str, one: Key, other: Key) -> Weighed:
        nonlocal weighed
        weighed += 1
        return plain(self, way, one, other)

    Likely.weigh = weigh  # type: ignore[method-assign]
    names = made(a.names)
    with tempfile.TemporaryDirectory() as folder:
        db = fresh_tables(Path(folder) / "names.sqlite")
        begun = time.process_time()
        graph = Names(db, "https://kg.example/")
        count = 0
        for result in articles(names, a.beside):
            graph.take(result, {})
            count += 1
        taken = time.process_time()
        graph.resolve_all()
        resolved = time.process_time()
        (entities,) = db.execute("SELECT COUNT(*) FROM entity").fetchone()
        (doubts,) = db.execute("SELECT COUNT(*) / 2 FROM doubt").fetchone()
        db.close()
    print(f"{len(names):,} names in {count:,} articles: {entities:,} entities")
    print(f"taken {taken - begun:.1f} s, resolved {resolved - taken:.1f} s (processor)")
    print(f"{weighed:,} pairs weighed, {doubts:,} told as likely")
    print(f"memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
