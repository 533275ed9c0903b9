"""``kg query``."""

from __future__ import annotations

import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.terminal import F, destination, graph_option, plain, raw_option, table, to_option

if TYPE_CHECKING:
    from kg.graph import Answer

DEFUSED = "Cells that a spreadsheet would run as formulas start with an apostrophe; --raw: not."
FORMATS = ("table", "csv", "tsv", "json", "markdown")


def format_option(function: F) -> F:
    """``--format``: how to write an answer."""
    return click.option(
        "--format", "-f", "form", type=click.Choice(FORMATS), default="table", show_default=True,
        help="How to write the answer; CONSTRUCT and DESCRIBE give Turtle.",
    )(function)  # fmt: skip


@click.command("query")
@click.argument("query", required=False, metavar="[SPARQL|FILE.rq|NAME]")
@click.argument("values", nargs=-1, metavar="[PARAMETER=VALUE]...")
@graph_option
@format_option
@to_option
@raw_option
@click.option(
    "--timeout",
    type=click.FloatRange(min=0),
    metavar="SECONDS",
    default=60,
    show_default=True,
    help="End the query after so many seconds; 0: never.",
)
@click.option("--infer", is_flag=True, help="Look in what follows from the facts, too.")
@click.option("--allow-service", is_flag=True, help="Let SERVICE in the query ask other servers.")
@click.option("--list", "list_", is_flag=True, help="List the queries that come along.")
def command(
    query: str | None,
    values: tuple[str, ...],
    folder: Path,
    form: str,
    to: Path | None,
    raw: bool,
    timeout: float,
    infer: bool,
    allow_service: bool,
    list_: bool,
) -> int:
    """Ask the graph with SPARQL, or with a query that comes along.

    Well-known prefixes are declared. Give the query itself, a file that ends in .rq, or a name
    that --list shows; PARAMETER=VALUE fills in what such a query leaves open.
    """
    if list_:
        _list()
        return 0
    if query is None:
        raise click.UsageError("Give a query, a file that ends in .rq, or a name; see --list.")
    from kg.errors import QueryTimeout
    from kg.knowledge_graph import Graph

    with Graph(folder) as graph:
        try:
            answer = graph.query(
                query,
                timeout=timeout or math.inf,
                allow_service=allow_service,
                infer=infer,
                **_parameters(values),
            )
        except QueryTimeout as error:
            click.echo(f"Stopped: {plain(str(error))} See --timeout.", err=True)
            return 1
        show(answer, form, to, raw=raw)
    return 0


def show(answer: Answer, form: str, to: Path | None, *, raw: bool = False) -> None:
    """Write an answer to ``to``, or to stdout; a table for people where nothing else is asked for."""
    for note in answer.notes:
        click.echo(f"Note: {plain(note)}", err=True)
    with destination(to) as file:
        if form == "table" and answer.kind == "select" and to is None:
            _table(answer)
            return
        told = answer.to(form, raw=raw)  # type: ignore[arg-type]
        file.write(told)
        if form == "csv" and not raw and told != answer.to("csv", raw=True):
            click.echo(DEFUSED, err=True)


def _parameters(values: tuple[str, ...]) -> dict[str, str]:
    pairs = [value.partition("=") for value in values]
    for name, equals, _ in pairs:
        if not equals or not name.isidentifier():
            raise click.UsageError(f"{name!r}: give a parameter as NAME=VALUE.")
    return {name: value for name, _, value in pairs}


def _list() -> None:
    from kg.graph import shipped_queries

    rows = [
        (query.name, query.title, ", ".join(f"{n}: {what}" for n, what in query.parameters))
        for query in shipped_queries()
    ]
    table("", ("name", "answers", "parameters"), rows, file=sys.stdout)


def _table(answer: Answer) -> None:
    if not answer.rows:
        click.echo("No rows.", err=True)
        return
    rows = [[plain(" ".join(cell.split())) for cell in row] for row in answer.text_rows()]
    table("", answer.columns, rows, file=sys.stdout)
