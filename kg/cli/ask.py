"""``kg ask``."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.explain import show_statements
from kg.cli.terminal import graph_option, plain

if TYPE_CHECKING:
    from kg.ask import Answered
    from kg.ask import Found as Answer
    from kg.knowledge_graph import Graph


@click.command("ask")
@click.argument("words", nargs=-1, required=True, metavar="QUESTION...")
@graph_option
@click.option("--sparql", is_flag=True, help="Show the query that the question became.")
@click.option("--json", "as_json", is_flag=True, help="Write the whole answer as one line of JSON.")
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True,
              help="How many answers to show.")  # fmt: skip
@click.pass_context
def command(
    ctx: click.Context,
    words: tuple[str, ...],
    folder: Path,
    sparql: bool,
    as_json: bool,
    limit: int,
) -> None:
    """Ask a question in plain words: who, what, which, where, when, why, how many, yes or no.

    The first line says how the question was understood; each answer shows the passages that say it.
    Exit code 1: the question was not understood, or the graph does not know.
    """
    from kg.knowledge_graph import Graph
    from kg.results import to_plain

    with Graph(folder) as graph:
        found = graph.ask(" ".join(words))
        if as_json:
            click.echo(json.dumps(to_plain(found), sort_keys=True))
        else:
            _show(graph, found, sparql, limit)
    if not found.answers:
        ctx.exit(1)


def _show(graph: Graph, found: Answered, sparql: bool, limit: int) -> None:
    if found.reading is not None:
        click.echo(f"read as: {plain(found.reading.told)}", err=True)
        if sparql:
            click.echo(found.reading.sparql)
    for answer in found.answers[:limit]:
        _answer(graph, answer)
    if len(found.answers) > limit:
        click.echo(f"... and {len(found.answers) - limit} more; see --limit.", err=True)
    if found.why:
        click.echo(plain(found.why), err=True)
    if found.nearest:
        click.echo("What comes nearest:", err=True)
        show_statements(graph, found.nearest, limit)
    for other in found.others:
        click.echo(f"It may also mean: {plain(other.told)}", err=True)


def _answer(graph: Graph, answer: Answer) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(file=sys.stdout, highlight=False, soft_wrap=not sys.stdout.isatty())
    console.print(Text(plain(answer.label), "bold"))
    show_statements(graph, answer.statements, 3)
    for one in answer.against:
        who = one.attributed_to.label if one.attributed_to else "the text"
        console.print(Text(f"denied by {plain(who)}", "red"))
    if answer.against:
        show_statements(graph, answer.against, 3)
    console.print()
