"""``kg people``."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.query import format_option, show
from kg.cli.terminal import graph_option, to_option


@click.command("people")
@click.argument("who", default="", metavar="[NAME]")
@graph_option
@format_option
@to_option
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True,
              help="People to show.")  # fmt: skip
def command(who: str, folder: Path, form: str, to: Path | None, limit: int) -> None:
    """List the people of the graph: posts, quotations, statements about them, articles.

    NAME is a part of a name or of a post. Those that most is said of come first. All of them, in
    any format: kg query people.
    """
    from dataclasses import replace

    from kg.knowledge_graph import Graph

    with Graph(folder) as graph:
        answer = graph.query("people", who=who)
        show(replace(answer, rows=answer.rows[:limit]), form, to)
    if len(answer.rows) > limit:
        click.echo(f"... and {len(answer.rows) - limit:,} more; see --limit.", err=True)
