"""``kg sources``."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.query import format_option, show
from kg.cli.terminal import graph_option, to_option


@click.command("sources")
@click.argument("source", default="", metavar="[NAME]")
@click.option("--articles", is_flag=True, help="List the articles, by date.")
@graph_option
@format_option
@to_option
def command(source: str, articles: bool, folder: Path, form: str, to: Path | None) -> None:
    """List the sources of the graph: articles, first and last day, statements, quotations.

    NAME is a part of a source's name. A source is who publishes an article; failing that, its web
    site or file.
    """
    from kg.knowledge_graph import Graph

    with Graph(folder) as graph:
        show(graph.query("articles" if articles else "sources", source=source), form, to)
