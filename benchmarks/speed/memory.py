"""How much memory a graph of many articles takes, and whether it stays flat.

    python -m benchmarks.speed.memory [FILE.jsonl.gz ...] [--parsed 100] [--sizes 300 3000]

Parsing thousands of articles would take most of an hour and say nothing about merging, storing,
exporting and drawing, which are what could grow. So so many real articles are parsed once; their
results are then copied under other ids, as many times as need be. In each copy half of the names
and nouns (by a hash of their words) are those of the copy alone: entities and statements grow with
the articles, as they do in real news, and some are shared by all. Then one more article is built
into that output by `kg build`, in a process of its own: the language pipeline is loaded, and all
results are merged, stored, exported and drawn. Its peak resident memory is what is printed.

Ends with status 1 when a build takes more than 1,000 MB, or that of the most articles over 10 % more than
that of the fewest.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.speed.build import articles, peak
from benchmarks.speed.texts import default_files
from kg.folder import manifest_text, read_manifest, read_result, write_result
from kg.layout import MANIFEST
from kg.listing import Listing
from kg.model import ArticleResult
from kg.results import from_plain, to_plain

MOST = 1000.0  # MB
GROWTH = 1.1


def own(words: str, number: int) -> str:
    """The words, for half of all words with the number of the copy."""
    shared = hashlib.sha256(words.casefold().encode()).digest()[0] % 2
    return words if shared else f"{words} {number}"


def renamed(result: dict[str, Any], number: int) -> dict[str, Any]:
    """A result with names of its own; where they stand in the text stays as it is."""
    for entity in result.get("entities", ()):
        entity["label"] = own(entity["label"], number)
        for name in entity.get("names", ()):
            name["text"] = own(name["text"], number)
    return result


def multiply(source: Path, target: Path, count: int) -> None:
    """An output of ``count`` articles, made of the results of another output."""
    manifest = read_manifest(source)
    assert manifest is not None
    known = sorted(manifest.articles)
    (target / "results").mkdir(parents=True)
    made = {}
    for number in range(count):
        copy, place = divmod(number, len(known))
        entry = manifest.articles[known[place]]
        result = read_result(source, known[place])
        if copy:
            article = replace(
                result.article,
                id=hashlib.sha256(f"{known[place]} {copy}".encode()).hexdigest()[
                    : len(known[place])
                ],
                source=f"copy-{copy}/{result.article.source}",
                publisher=f"outlet {copy % 20}",
            )
            plain = renamed(to_plain(result), copy)
            result = replace(from_plain(ArticleResult, plain), article=article)
            entry = replace(entry, origins=tuple((o, article.source) for o, _ in entry.origins))
        made[result.article.id] = entry
        write_result(target, result)
    state = replace(manifest, articles=Listing.of(made), graph=None, files={})
    (target / MANIFEST).write_text(manifest_text(state), encoding="utf-8")


def main(arguments: list[str] | None = None) -> int:
    """Measure, print, and compare with what must be kept to."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("files", type=Path, nargs="*")
    parser.add_argument("--parsed", type=int, default=100)
    parser.add_argument("--sizes", type=int, nargs="*", default=[300, 3000])
    given = parser.parse_args(arguments)
    paths = given.files or list(default_files())
    if not all(path.exists() for path in paths):
        print("no articles to read: name a .jsonl.gz file", file=sys.stderr)
        return 2
    peaks = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        text = articles(paths, given.parsed + 1, folder).read_text(encoding="utf-8")
        lines = text.removesuffix("\n").split("\n")
        first, more = folder / "first.jsonl", folder / "more" / "one.jsonl"
        first.write_text("\n".join(lines[:-1]) + "\n", encoding="utf-8")
        more.parent.mkdir()
        more.write_text(lines[-1] + "\n", encoding="utf-8")
        print(f"{given.parsed} articles parsed: peak {peak(first, folder / 'parsed'):.0f} MB")
        for size in sorted(given.sizes):
            out = folder / f"of-{size}"
            multiply(folder / "parsed", out, size)
            peaks.append(peak(more, out))
            triples = sum(1 for _ in (out / "graph.ttl").open(encoding="utf-8"))
            print(
                f"{size} articles: peak {peaks[-1]:.0f} MB, at most {MOST:g} "
                f"(graph.ttl: {triples:,} lines)",
                flush=True,
            )
            if triples < 20 * size:
                print("The copies are not in the graph: nothing was measured.", file=sys.stderr)
                return 2
            shutil.rmtree(out)
    growth = peaks[-1] / peaks[0]
    print(f"the most articles over the fewest: {growth:.2f}, at most {GROWTH:g}")
    return int(max(peaks) > MOST or growth > GROWTH)


if __name__ == "__main__":
    sys.exit(main())
