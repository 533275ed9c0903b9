"""``kg search``."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.terminal import graph_option, plain, progress
from kg.model import STATUSES

if TYPE_CHECKING:
    from kg.graph.search import Hit

_KINDS = ("name", "statement", "passage")
#: Characters of a passage that are shown.
_SHOWN = 300


@click.command("search")
@click.argument("words", nargs=-1, required=True, metavar="WORDS...")
@graph_option
@click.option("--kind", "kinds", multiple=True, type=click.Choice(_KINDS),
              help="Only these; repeatable.")  # fmt: skip
@click.option("--status", "statuses", multiple=True, type=click.Choice(STATUSES),
              help="Only statements of this status; repeatable.")  # fmt: skip
@click.option("--source", default="", help="Only from sources with this in their name.")
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True,
              help="How many to show of each kind.")  # fmt: skip
@click.option("--all", "everything", is_flag=True, help="Find rhetoric, too.")
@click.option("--json", "as_json", is_flag=True, help="Write what is found as JSON Lines.")
def command(
    words: tuple[str, ...],
    folder: Path,
    kinds: tuple[str, ...],
    statuses: tuple[str, ...],
    source: str,
    limit: int,
    everything: bool,
    as_json: bool,
) -> None:
    """Find names, statements and passages that have these words.

    Case, accents and endings make no difference (sued finds suing); '"two words"' in quotation
    marks follow each other, word* is the start of one. The best come first. The first search of a
    graph makes its index.
    """
    from kg.knowledge_graph import Graph
    from kg.results import to_plain

    with Graph(folder) as graph, progress() as tell:
        found = graph.search(
            " ".join(words), kinds=kinds or (("statement",) if statuses else _KINDS),
            statuses=statuses, source=source, limit=limit, everything=everything,
            progress=tell,
        )  # fmt: skip
    if as_json:
        for hit in found.hits:
            click.echo(json.dumps(to_plain(hit), sort_keys=True))
        return
    for kind, count in found.counts:
        hits = [hit for hit in found.hits if hit.kind == kind]
        if not hits:
            continue
        more = "" if count == len(hits) else f", of {count:,}; see --limit"
        click.echo(f"{kind}s ({len(hits)}{more})")
        for hit in hits:
            _show(hit)
    if not found.hits:
        click.echo("Nothing has these words.", err=True)


def _show(hit: Hit) -> None:
    from rich.console import Console
    from rich.text import Text

    line = Text("  ")
    if hit.kind == "name":
        line.append(plain(hit.told), "bold").append(f"  {plain(hit.status)}  ").append(
            plain(hit.iri), "dim"
        )
    elif hit.kind == "statement":
        line.append(f"{hit.status}  ", _STYLES.get(hit.status, "")).append(_line(hit.told), "bold")
        if hit.by:
            line.append(f"  (says {plain(hit.by)})")
        line.append(f"\n    {_line(hit.passage)}")
    else:
        line.append(_line(hit.passage))
    if hit.source:
        where = ", ".join(part for part in (hit.date, hit.source, f"{hit.start}-{hit.end}") if part)
        line.append(f"\n    {plain(where)}", "dim")
    Console(file=sys.stdout, highlight=False, soft_wrap=not sys.stdout.isatty()).print(line)


def _line(text: str) -> str:
    """On one line, shortened."""
    joined = plain(" ".join(text.split()))
    return joined if len(joined) <= _SHOWN else f"{joined[:_SHOWN]}…"


_STYLES = {
    "asserted": "green", "claimed": "cyan", "planned": "blue", "possible": "yellow",
    "hypothetical": "yellow", "denied": "red",
}  # fmt: skip
