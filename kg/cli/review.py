"""``kg review``."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.query import format_option, show
from kg.cli.terminal import graph_option, to_option


@click.command("review")
@click.argument("about", default="", metavar="[NAME]")
@click.option("--names", is_flag=True, help="List pairs of names that are likely one thing.")
@graph_option
@format_option
@to_option
def command(about: str, names: bool, folder: Path, form: str, to: Path | None) -> None:
    """List what nobody decided: pairs of names that are likely one thing, but not surely.

    NAME is a part of one of the names. A person decides: kg correct merge A B, or kg correct
    distinct A B.
    """
    from kg.knowledge_graph import Graph

    if not names:
        raise click.UsageError("Say what to review: --names.")
    with Graph(folder) as graph:
        show(graph.query("undecided-names", about=about), form, to)
