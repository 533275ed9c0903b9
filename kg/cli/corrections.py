"""``kg corrections``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from kg.cli.correct import outcome
from kg.cli.terminal import destination, graph_option, plain, progress, table, to_option


@click.group("corrections", context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """List what was corrected, take it back, bring it from one graph to another.

    Corrections lie in corrections.jsonl of the graph's folder, one a line. They hold in every build
    into that folder.
    """


@command.command("list")
@graph_option
@click.option("--json", "as_json", is_flag=True, help="As JSON Lines, with what became of each.")
def show(folder: Path, as_json: bool) -> None:
    """List all, with what became of each."""
    from kg.knowledge_graph import Graph
    from kg.results import to_plain

    with Graph(folder) as graph:
        found = sorted(graph.corrections(), key=lambda c: (c.correction.date, c.correction.id))
    if as_json:
        for one in found:
            click.echo(json.dumps(to_plain(one), sort_keys=True))
        return
    if not found:
        click.echo("No corrections.", err=True)
        return
    columns = ("id", "correction", "editor", "date", "why", "state")
    rows = [
        (c.id, one.label, c.editor, c.date, c.why, one.state)
        for one in found
        for c in [one.correction]
    ]
    table("", columns, rows, file=sys.stdout)


@command.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@graph_option
@click.option("--quiet", "-q", is_flag=True, help="No progress bar.")
def undo(ids: tuple[str, ...], folder: Path, quiet: bool) -> int:
    """Take corrections back, by their ids or the start of one."""
    from kg.building import correct

    with progress(quiet=quiet) as tell:
        report = correct(out=folder, undo=ids, progress=tell)
    click.echo(f"Undone: {len(ids)}.", err=True)
    return outcome(report)


@command.command("add")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@graph_option
@click.option("--quiet", "-q", is_flag=True, help="No progress bar.")
def add(file: Path, folder: Path, quiet: bool) -> int:
    """Apply a file of corrections; those that are there already change nothing."""
    from kg.building import correct, load_corrections

    with progress(quiet=quiet) as tell:
        report = correct(load_corrections(file), folder, progress=tell)
    click.echo(f"Corrections that hold: {report.corrected}.", err=True)
    return outcome(report)


@command.command()
@graph_option
def check(folder: Path) -> int:
    """Tell which do not hold, or not everywhere: what they are about is gone, or they contradict
    each other. Exit code 1 when there are any."""
    from kg.knowledge_graph import Graph

    with Graph(folder) as graph:
        wrong = [found for found in graph.corrections() if found.note]
    for found in wrong:
        click.echo(plain(f"{found.correction.id}  {found.label}: {found.state}: {found.note}"))
    click.echo(f"{len(wrong)} to look at." if wrong else "All hold.", err=True)
    return 1 if wrong else 0


@command.command()
@graph_option
@to_option
@click.option("--judged", is_flag=True,
              help="What was rejected and confirmed, as confidence is learned from it.")  # fmt: skip
def export(folder: Path, to: Path | None, judged: bool) -> None:
    """Write them as JSON Lines, for 'kg build --corrections' and 'kg corrections add'."""
    from kg.corrections import to_lines
    from kg.knowledge_graph import Graph

    with Graph(folder) as graph:
        text = graph.judged() if judged else to_lines(c.correction for c in graph.corrections())
    with destination(to) as file:
        file.write(text)
