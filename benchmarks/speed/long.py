"""A report of 200 pages, and a folder of ten thousand files: what is read, how long it takes, what it needs.

    python -m benchmarks.speed.long [KIND ...] [--pages 200] [--files 10000] [--build]

The text is invented (`benchmarks.speed.growth.report`): chapters with titles, a table of contents,
a running head and a number on each page, footnotes, paragraphs that run over the end of a page.
Each kind is read, with ``--build`` also made a graph of, in a process of its own. Printed are
processor seconds, the peak of resident memory, and the share of chapter titles and of paragraphs
that are blocks as they were written. Of the folder one file in five is an article (two sentences);
the others are of kinds that nobody reads, and counted by their endings.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from benchmarks.quality.reading.make import paged
from benchmarks.speed.growth import report

KINDS = ("pdf", "html", "txt")
FOLDER = "folder"
_ENDINGS = (".txt", ".html", ".jpg", ".jpg", ".pptx", ".rtf", ".mp4", "", ".jpg", ".key")
_LINES = 44  # of a page, beside its head and number
_WIDTH = 88
_TITLES = (
    "The harbour and its neighbours|Who pays for the ferries|What the auditors found|"
    "Twenty years of delays|The new bridge|Witnesses and their words|Money from abroad|"
    "A vote without a majority|The night of the flood|What is to be done"
).split("|")

_NOTES = (
    "See the protocol of the council.|The sum does not hold what was paid in kind.|Letter of 3 May 1998.|"
    "Some of these ships have other owners today.|He told the inquiry so in a letter."
).split("|")


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of the report."""

    title: str
    paragraphs: tuple[str, ...]


def chapters(pages: int) -> list[Chapter]:
    """The chapters of a report of about so many pages, ten pages each."""
    source = report()
    made = []
    for number in range(1, max(1, pages // 10) + 1):
        paragraphs: list[str] = []
        lines = 0
        while lines < 10 * _LINES:
            paragraphs.append(next(source).strip())
            lines += len(textwrap.wrap(paragraphs[-1], _WIDTH)) + 1
        title = f"{number}. {_TITLES[(number - 1) % len(_TITLES)]}"
        made.append(Chapter(title, tuple(paragraphs)))
    return made


def as_text(given: Sequence[Chapter]) -> str:
    """The report as wrapped plain text."""
    lines = ["Inquiry into the harbour of Velm", ""]
    for chapter in given:
        lines += [chapter.title, ""]
        for paragraph in chapter.paragraphs:
            lines += [*textwrap.wrap(paragraph, 72), ""]
    return "\n".join(lines)


def as_html(given: Sequence[Chapter]) -> str:
    """The report as one web page."""
    body = "".join(
        f"<h2>{escape(c.title)}</h2>" + "".join(f"<p>{escape(p)}</p>" for p in c.paragraphs)
        for c in given
    )
    title = "Inquiry into the harbour of Velm"
    return (
        f'<!doctype html><html lang="en"><head><title>{title}</title></head><body><article>'
        f"<h1>{title}</h1>{body}</article></body></html>"
    )


def as_pdf(given: Sequence[Chapter]) -> bytes:
    """The report as it is printed: a table of contents, then a chapter on new pages."""
    contents = ["Contents", ""]
    printed: list[list[str]] = []
    for chapter in given:
        contents.append(f"{chapter.title} {'.' * (70 - len(chapter.title))} {len(printed) + 2}")
        lines = [chapter.title, "", ""]
        for paragraph in chapter.paragraphs:
            lines += [*textwrap.wrap(paragraph, _WIDTH), ""]
        printed += [lines[at : at + _LINES] for at in range(0, len(lines), _LINES)]
    pages = ["Inquiry into the harbour of Velm\n\n\n" + "\n".join(contents)]
    for number, page in enumerate(printed, 2):
        foot = (
            [f"{number} See the protocol of the council, part {number}."] if not number % 4 else []
        )
        pages.append(
            "\n".join(["Inquiry into the harbour of Velm", "", *page, "", *foot, f"{number}"])
        )
    return paged(pages)


def write(kind: str, pages: int, folder: Path) -> tuple[Path, list[Chapter]]:
    """The report as a file of this kind."""
    given = chapters(pages)
    path = folder / f"report.{kind}"
    if kind == "pdf":
        path.write_bytes(as_pdf(given))
    else:
        path.write_text(as_html(given) if kind == "html" else as_text(given), encoding="utf-8")
    return path, given


def fill(folder: Path, files: int) -> None:
    """So many files of ten endings in folders of a hundred."""
    for number in range(files):
        place = folder / f"{number // 100:03}"
        place.mkdir(exist_ok=True)
        ending = _ENDINGS[number % len(_ENDINGS)]
        text = (
            f"The council of Velm met for the {number}th time on Monday. Mayor Ane Rask of the "
            f"harbour party opened quay {number} and thanked its builders."
        )
        if ending == ".html":
            text = as_html([Chapter(f"Quay {number} opens", (text,))])
        (place / f"{number:05}{ending}").write_text(text, encoding="utf-8")


def measure_folder(files: int, *, build: bool) -> dict[str, object]:
    """What a folder of so many files takes, in this process."""
    from kg.config import load_config
    from kg.model import Article
    from kg.read import read, unread

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "in"
        folder.mkdir()
        fill(folder, files)
        start = time.process_time()
        told: dict[str, object] = {"kind": FOLDER, "files": files, "unread": unread([folder])}
        told["counted, s"] = round(time.process_time() - start, 2)
        found = (isinstance(item, Article) for item in read([folder], settings=load_config()))
        told["articles"] = sum(found)
        told["read, s"] = round(time.process_time() - start, 1)
        told["read, MB"] = _peak()
        if build:
            told |= _built(folder, Path(name) / "out")
    return told


def measure(kind: str, pages: int, *, build: bool) -> dict[str, object]:
    """What reading, and building, takes and gives, in this process."""
    from kg.config import load_config
    from kg.model import Article
    from kg.read import read

    with tempfile.TemporaryDirectory() as folder:
        path, given = write(kind, pages, Path(folder))
        start = time.process_time()
        found = list(read([path], settings=load_config(read={"max_characters": 10_000_000})))
        told: dict[str, object] = {"kind": kind, "read, s": round(time.process_time() - start, 1)}
        told["read, MB"] = _peak()
        [article] = found
        if not isinstance(article, Article):
            return told | {"failure": article.error}
        blocks = {(b.kind, article.text[b.start : b.end]) for b in article.blocks}
        paragraphs = [p for c in given for p in c.paragraphs]
        told["characters"] = len(article.text)
        told["titles"] = sum(("subheading", c.title) in blocks for c in given) / len(given)
        told["paragraphs"] = sum(("paragraph", p) in blocks for p in paragraphs) / len(paragraphs)
        told["other blocks"] = len(article.blocks) - round(
            float(told["titles"]) * len(given) + float(told["paragraphs"]) * len(paragraphs)  # type: ignore[arg-type]
        )
        if build:
            told |= _built(path, Path(folder) / "out")
    return told


def _built(source: Path, out: Path) -> dict[str, object]:
    """What building takes: processor seconds, and the peak of memory so far."""
    import kg

    start = time.process_time()
    kg.build([source], out)
    return {"build, s": round(time.process_time() - start, 1), "build, MB": _peak()}


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000


def apart(kind: str, pages: int, files: int, *, build: bool) -> Iterator[dict[str, object]]:
    """The same in a process of its own."""
    more = ["--build"] if build else []
    command = [sys.executable, "-m", "benchmarks.speed.long", kind, "--here"]
    sizes = ["--pages", str(pages), "--files", str(files)]
    answer = subprocess.run([*command, *sizes, *more], capture_output=True, text=True, check=True)
    yield json.loads(answer.stdout.splitlines()[-1])


def main() -> None:
    p = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    p.add_argument("kinds", nargs="*", choices=[*KINDS, FOLDER, []], default=[])
    p.add_argument("--pages", type=int, default=200)
    p.add_argument("--files", type=int, default=10_000)
    p.add_argument("--build", action="store_true", help="make a graph of it, too")
    p.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    given = p.parse_args()
    for kind in given.kinds or (*KINDS, FOLDER):
        if not given.here:
            print(*apart(kind, given.pages, given.files, build=given.build), flush=True)
        elif kind == FOLDER:
            print(json.dumps(measure_folder(given.files, build=given.build)))
        else:
            print(json.dumps(measure(kind, given.pages, build=given.build)))


if __name__ == "__main__":
    main()
