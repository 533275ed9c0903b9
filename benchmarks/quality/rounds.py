"""A round of two readers: statements of articles that nobody read who writes rules, drawn with a fixed
salt from graphs that `kg build` makes with its default settings.

``draw`` takes stories of the Voice of America (GMB) of which no statement was ever judged, in the order
of a salted hash, and talks and articles of the press of a file each, builds a graph of each, and draws of
all of them, and of stories and press once more of what can hurt somebody. It writes ``sheet.txt``, articles with their statements, numbered, for two readers who
do not know of each other, and ``drawn.jsonl``, what identifies each. A reader answers a line a statement:
``n  mark  cause  use  not asserted  can hurt``, separated by tabs (`benchmarks.quality.twice` tells marks, causes
and uses; the last two are 0 or 1). ``keep`` joins their answers into what ``judged/twice-N.jsonl`` holds: no text.

Usage::

    python -m benchmarks.quality.rounds draw CORPORA SALT OUT [--talks FILE] [--press FILE] [--looked FILE] [--prose N] ...
    python -m benchmarks.quality.rounds keep OUT ANSWERS ANSWERS > judged/twice-N.jsonl
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from itertools import groupby
from pathlib import Path
from typing import Any

import kg
from benchmarks.quality import whole
from corpora.newspapers import gmb

JUDGED = Path(__file__).parent / "judged"
#: Stories that are built for a round.
STORIES = 260
HURTING = "SELECT ?st WHERE { ?st kg:review kg:Unchecked }"
Row = dict[str, Any]


def seen() -> set[str]:
    """Articles of which a statement was judged, in any round or to teach."""
    found = {row["article"] for file in JUDGED.glob("twice-*.jsonl") for row in rows(file)}
    return found | {one.article for one in whole.load()}


def rows(path: Path) -> list[Row]:
    """The lines of a file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def order(salt: str, name: str) -> bytes:
    """Where something comes in a draw.

    >>> order("1", "a") == order("1", "a") != order("2", "a")
    True
    """
    return blake2b(f"{salt} {name}".encode(), digest_size=8).digest()


def stories(
    corpora: Path, salt: str, looked: Iterable[str] = (), number: int = STORIES
) -> list[Row]:
    """Stories that were never judged; nor are they among those that somebody has ``looked`` at."""
    known = seen() | set(looked)
    fresh = {story.id: story.text for story in gmb(corpora / "gmb") if story.id not in known}
    chosen = sorted(fresh, key=lambda name: order(salt, name))[:number]
    return [{"id": name, "title": "", "text": fresh[name]} for name in chosen]


def told(articles: list[Row], folder: Path, name: str) -> list[Row]:
    """What a graph of these articles tells: for each statement its row in the exchange format, the article
    and its number."""
    source = folder / f"{name}.jsonl"
    source.write_text("".join(f"{json.dumps(row)}\n" for row in articles), encoding="utf-8")
    with kg.build([source], folder / name) as graph:
        graph.export("jsonl", folder / f"{name}-statements.jsonl")
        texts = {article.id: article.text for article in graph.articles()}
        hurting = {row["st"] for row in graph.query(HURTING)}
    out = []
    for row in rows(folder / f"{name}-statements.jsonl"):
        first = row["evidence"][0]
        number = int(first["source"].rpartition(":")[2]) if ":" in first["source"] else 1
        article = articles[number - 1]
        out.append(
            {"row": row, "name": article["id"], "text": texts[first["article"]], "n": number}
        )
        out[-1] |= {"hurts": row["id"] in hurting, "of": name}
    return out


def numbered(path: Path) -> list[Row]:
    """The articles of a file, each by the file's name and its line."""
    return [row | {"id": f"{path.name}:{n}"} for n, row in enumerate(rows(path), 1)]


def drawn(found: Iterable[Row], salt: str, number: int, part: str) -> list[Row]:
    """As many statements, in a seeded order."""
    chosen = sorted(found, key=lambda one: order(salt, one["row"]["id"]))[:number]
    return [one | {"part": part} for one in chosen]


def shown(row: Row) -> str:
    """A statement as a reader sees it."""
    status = row["status"]
    if row["polarity"] == "negative":
        status += ", NOT"
    if by := row["attributed_to"]:
        status += f", by {by['label']}"
    if row["sourcing"]:
        status += f", source: {row['sourcing']}"
    target = row["object"]
    label = (
        f"“{target['text']}”" if target.get("text") else target.get("label", target.get("value"))
    )
    kind = f" ({target['type']})" if target.get("type") else ""
    more = [f"{one['role']}: {one['label']}" for one in row["arguments"]]
    subject = row["subject"]
    return (
        f"[{status}] {subject['label']} ({subject['type']}) — {row['predicate']['label']} — {label}{kind}"
        + "".join(f"; {one}" for one in more)
        + f"\n      words: {row['evidence'][0]['text']!r}"
    )


def sheet(found: list[Row]) -> Iterator[str]:
    """Articles, each with its statements."""
    counted = enumerate(found, 1)
    for name, group in groupby(counted, key=lambda pair: pair[1]["name"]):
        items = list(group)
        yield f"=== {name}\n{items[0][1]['text']}\n--- statements"
        for number, one in items:
            yield f"{number}. {shown(one['row'])}"
        yield ""


def identified(one: Row) -> Row:
    """What is kept of a statement."""
    row = one["row"]
    place = row["evidence"][0]
    return {
        "part": one["part"], "article": one["name"], "start": place["start"], "end": place["end"],
        "statement": row["id"].rpartition("/")[2], "status": row["status"], "confidence": row["confidence"],
    }  # fmt: skip


def draw(given: argparse.Namespace) -> None:
    """Write sheet and list of a round."""
    given.out.mkdir(parents=True, exist_ok=True)
    looked = given.looked.read_text(encoding="utf-8").split("\n") if given.looked else ()
    prose = told(stories(given.corpora, given.salt, looked), given.out, "stories")
    found = drawn(prose, given.salt, given.prose, "voice of america")
    if given.press:
        press = told(numbered(given.press), given.out, "press")
        found += drawn(press, given.salt, given.pressed, "press")
        prose += press
    kept = {(one["name"], one["row"]["id"]) for one in found}
    more = [one for one in prose if one["hurts"] and (one["name"], one["row"]["id"]) not in kept]
    found += drawn(more, given.salt, given.hurting, "sensitive")
    if given.talks:
        talks = told(numbered(given.talks), given.out, "talks")
        found += drawn(talks, given.salt, given.spoken, "interview")
    kinds = ("stories", "press", "talks")
    found.sort(
        key=lambda one: (kinds.index(one["of"]), one["n"], one["row"]["evidence"][0]["start"])
    )
    (given.out / "sheet.txt").write_text("\n".join(sheet(found)), encoding="utf-8")
    lines = (f"{json.dumps(identified(one))}\n" for one in found)
    (given.out / "drawn.jsonl").write_text("".join(lines), encoding="utf-8")


def keep(given: argparse.Namespace) -> None:
    """Print the statements of a round with the marks of both readers."""
    marks = [dict(answers(path)) for path in given.answers]
    for number, row in enumerate(rows(given.out / "drawn.jsonl"), 1):
        both = [reader[number] for reader in marks]
        row |= {"marks": [one[0] for one in both], "uses": [one[2] for one in both]}
        row |= {"causes": [one[1] or None for one in both]}
        row |= {"not_asserted": [one[3] == "1" for one in both]}
        row |= {"sensitive": [one[4] == "1" for one in both]}
        print(json.dumps(row))


def answers(path: Path) -> Iterator[tuple[int, list[str]]]:
    """A reader's answers by number."""
    for line in path.read_text(encoding="utf-8").splitlines():
        number, *cells = line.split("\t")
        if number.isdecimal():
            if len(cells) != 5 or cells[0] not in "+~-" or cells[2] not in "UMN":
                raise SystemExit(f"{path}: not an answer: {line!r}")
            yield int(number), cells


def main() -> None:
    p = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    commands = p.add_subparsers(required=True)
    one = commands.add_parser("draw")
    one.add_argument("corpora", type=Path)
    one.add_argument("salt")
    one.add_argument("out", type=Path)
    one.add_argument("--talks", type=Path)
    one.add_argument("--press", type=Path)
    one.add_argument("--looked", type=Path, help="ids of stories that who writes rules has read")
    for name, number in (("--prose", 100), ("--pressed", 100), ("--spoken", 50), ("--hurting", 60)):
        one.add_argument(name, type=int, default=number)
    one.set_defaults(run=draw)
    other = commands.add_parser("keep")
    other.add_argument("out", type=Path)
    other.add_argument("answers", type=Path, nargs=2)
    other.set_defaults(run=keep)
    given = p.parse_args()
    given.run(given)


if __name__ == "__main__":
    main()
