"""``kg diff``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from kg.cli.terminal import destination, plain, table, to_option

if TYPE_CHECKING:
    from kg.compare.differences import Change

FORMATS = ("table", "markdown", "json", "patch")
_COLUMNS = ("what", "label", "before", "after", "sources")


@click.command("diff")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--format", "-f", "form", type=click.Choice(FORMATS), default="table", show_default=True,
              help="How to write it; patch: RDF Patch, triple by triple.")  # fmt: skip
@click.option("--only", metavar="WHAT,...", help="Only these: came, went, status, merged, split, "
              "renamed, class, contradicted.")  # fmt: skip
@to_option
def command(old: Path, new: Path, form: str, only: str | None, to: Path | None) -> int:
    """Tell what two graphs hold differently.

    What came, went, changed its status, was merged, split or contradicted. OLD and NEW are folders
    that 'kg build' wrote, or Turtle (.ttl) or N-Triples (.nt) files of such graphs. Exit code 0:
    nothing differs, 1: something does, 2: they cannot be compared.
    """
    from kg.knowledge_graph import diff, patch

    wanted = _wanted(only) if only else None
    with destination(to) as file:
        if form == "patch":
            return int(_patched(patch(old, new), file))
        found = diff(old, new)
        if wanted is not None:
            found = tuple(change for change in found if change.what in wanted)
        _write(found, form, file)
    if not found:
        click.echo("Nothing differs.", err=True)
    return int(bool(found))


def _wanted(only: str) -> set[str]:
    from kg.compare.differences import WHATS

    wanted = {word.strip() for word in only.split(",")}
    if unknown := sorted(wanted - {*WHATS}):
        raise click.UsageError(f"--only knows no {unknown[0]!r}; it takes {', '.join(WHATS)}.")
    return wanted


def _patched(lines: Iterator[str], file: IO[str]) -> bool:
    differ = False
    for line in lines:
        differ = differ or line[0] in "AD"
        file.write(line + "\n")
    return differ


def _write(found: Sequence[Change], form: str, file: IO[str]) -> None:
    from kg.results import to_plain

    if form == "json":
        for change in found:
            file.write(json.dumps(to_plain(change), ensure_ascii=False, sort_keys=True) + "\n")
        return
    for kind, changes in groupby(found, key=lambda change: change.kind):
        rows = [_row(change) for change in changes]
        if form == "table":
            table(f"{kind}s", _COLUMNS, rows, file=file)
        else:
            file.write(_markdown(f"{kind}s", rows))


def _row(change: Change) -> tuple[str, ...]:
    cells = (change.before, change.after, change.sources)
    return (change.what, change.label, *(", ".join(cell) for cell in cells))


def _markdown(title: str, rows: Sequence[Sequence[str]]) -> str:
    def line(cells: Sequence[str]) -> str:
        plain_cells = (" ".join(plain(cell).replace("|", "\\|").split()) for cell in cells)
        return f"| {' | '.join(plain_cells)} |\n"

    return f"## {title}\n\n{line(_COLUMNS)}{line(['---'] * 5)}{''.join(map(line, rows))}\n"
