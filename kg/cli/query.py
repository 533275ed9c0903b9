"""``kg query``."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.terminal import graph_option, to_option

FORMATS = ("table", "csv", "tsv", "json", "markdown", "turtle")


@click.command("query")
@click.argument("query", required=False, metavar="[SPARQL|FILE.rq|NAME]")
@click.argument("values", nargs=-1, metavar="[NAME=VALUE]...")
@graph_option
@click.option(
    "--format", "-f", "format_", type=click.Choice(FORMATS), help="How to write the answer."
)
@to_option
@click.option("--list", "list_", is_flag=True, help="List the queries that come along.")
def command(
    query: str | None,
    values: tuple[str, ...],
    folder: Path,
    format_: str | None,
    to: Path | None,
    list_: bool,
) -> int:
    """Ask the graph with SPARQL, or with a query that comes along.

    Well-known prefixes are declared. Give the query itself, a file that ends in .rq, or a name
    from --list; NAME=VALUE fills in what the query leaves open, for instance: kg query used
    """
    return 0
