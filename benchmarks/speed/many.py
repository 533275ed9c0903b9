"""Graphs of as many statements as wanted, of the shape of real news.

    python -m benchmarks.speed.many [FOLDER] [--statements 10000] [--of OUTPUT]

Parsing what makes 300,000 statements would take hours, so a few articles are parsed and the results
copied under other ids, as in `benchmarks.speed.memory`. How often a name is said in news follows
Zipf's law: the most frequent twice as often as the second, three times as often as the third. So
each name and noun, by a hash of its words, is one thing in all copies, or two, four, eight... in
turn; its neighbours, quotations, roles, events and denials come along. Each copy has a month of
its own. OUTPUT is what a build wrote; without it `seeds/articles` are built.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import kg
from kg.building import all_seeds
from kg.config import load_config
from kg.fingerprint import pipeline_fingerprint
from kg.folder import (
    manifest_text,
    read_manifest,
    read_result,
    replacing,
    result_path,
    write_result,
)
from kg.graph import open_graph, write_graph
from kg.layout import MANIFEST
from kg.listing import Listed, Listing
from kg.merge import merge
from kg.model import Article, ArticleResult
from kg.results import from_json, from_plain

ROOT = Path(__file__).resolve().parents[2]
#: A name stands for 2 to the power of less than this many things, in so many copies or more.
POWERS = 12


@cache
def things(words: str) -> int:
    """How many things go by this name."""
    return int(2 ** (sha256(words.casefold().encode()).digest()[0] % POWERS))


def named(words: str, number: int) -> str:
    """The name of the thing that the words mean in this copy."""
    which = number % things(words)
    return f"{words} {which}" if which else words


def copied(article: Article, plain: dict[str, Any], number: int) -> ArticleResult:
    """The result under another id, its names those of that copy; where they stand stays."""
    entities = [
        entity
        | {
            "label": named(entity["label"], number),
            "names": [n | {"text": named(n["text"], number)} for n in entity["names"]],
        }
        for entity in plain["entities"]
    ]
    quotes = plain["quotes"]
    if number:
        # Nobody else says the same words a month later.
        quotes = [
            q | {"quote": q["quote"] | {"text": f"{q['quote']['text']} ({number})"}} for q in quotes
        ]
        key = sha256(f"{article.id} {number}".encode()).hexdigest()[: len(article.id)]
        article = replace(article, id=key, source=f"copy-{number}/{article.source}")
    month = f"{2000 + number // 12 % 25}-{number % 12 + 1:02}-15"
    article = replace(article, date=month, publisher=f"outlet {number % 20}")
    return replace(
        from_plain(ArticleResult, plain | {"entities": entities, "quotes": quotes}), article=article
    )


def copies(source: Path, first: int, after: int) -> Iterator[ArticleResult]:
    """The results of an output again and again, those of these numbers."""
    manifest = read_manifest(source)
    assert manifest is not None
    known: list[tuple[Article, dict[str, Any]]] = []
    for key in sorted(manifest.articles):
        lines = result_path(source, key).read_text(encoding="utf-8").split("\n")
        known.append((from_json(Article, lines[1]), json.loads(lines[2])))
    for number in range(first, after):
        copy, place = divmod(number, len(known))
        yield copied(*known[place], copy)


def spread(source: Path, target: Path, count: int) -> None:
    """An output of so many articles that has its results and no graph yet."""
    manifest = read_manifest(source)
    assert manifest is not None
    settings = load_config()
    pipeline = pipeline_fingerprint(settings, all_seeds(settings))
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    listed = {}
    for result in copies(source, 0, count):
        write_result(target, replace(result, pipeline=pipeline))
        listed[result.article.id] = Listed((("", result.article.source),), pipeline)
    with replacing(target / MANIFEST) as file:
        file.write(manifest_text(replace(manifest, articles=Listing.of(listed), graph=None)))


def many(source: Path, store: Path, statements: int) -> int:
    """Write a store of about so many statements, of the articles of an output; how many it has."""
    manifest = read_manifest(source)
    assert manifest is not None
    said = 0
    for key in manifest.articles:
        result = read_result(source, key)
        said += len(result.claims) + len(result.quotes)
    count = max(1, round(len(manifest.articles) * statements / said))

    def results() -> Iterator[ArticleResult]:
        return copies(source, 0, count)

    made: Counter[str] = Counter()
    with (
        tempfile.TemporaryDirectory() as scratch,
        merge(results, scratch=Path(scratch) / "merge") as merged,
    ):

        def counted() -> Iterator[Any]:
            for statement in merged.statements():
                made[statement.status] += 1
                yield statement

        texts = (result.article for result in results())
        write_graph(
            store, merged.entities(), counted(), texts, settings=load_config(),
            events=merged.events(),
        )  # fmt: skip
    return made.total()


def output(folder: Path, given: Path | None = None) -> Path:
    """The output to copy from: the one given, or one built of `seeds/articles` in the folder."""
    if given is None:
        kg.build([ROOT / "seeds/articles"], given := folder / "seeds").close()
    return given


def main() -> None:
    """Write one such store."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--statements", type=int, default=10_000)
    parser.add_argument("--of", type=Path, metavar="OUTPUT")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        store = given.folder or Path(name) / "store"
        shutil.rmtree(store, ignore_errors=True)
        made = many(output(Path(name), given.of), store, given.statements)
        with open_graph(store) as graph:
            print(f"{made:,} statements, {len(graph):,} triples")


if __name__ == "__main__":
    main()
