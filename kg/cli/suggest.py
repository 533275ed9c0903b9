"""``kg suggest``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kg.cli.terminal import destination, graph_option, plain, to_option


@click.command("suggest")
@click.argument("labels", nargs=-1, metavar="[WORDS]...")
@graph_option
@click.option(
    "--least", type=click.IntRange(1), default=2, show_default=True, help="How often, at least."
)
@click.option(
    "--most", type=click.IntRange(1), default=20, show_default=True, help="How many of each kind."
)
@to_option
def command(labels: tuple[str, ...], folder: Path, least: int, most: int, to: Path | None) -> int:
    """Tell which relations and classes a graph uses often and the ontology lacks.

    Relations that mean nearly the same stand together, with passages. With WORDS ("complain about") the
    passages of these relations are written as examples for 'kg teach', to be read first.
    """
    from kg.knowledge_graph import Graph
    from kg.teaching.suggestions import examples_of, suggest

    with Graph(folder) as graph:
        if labels:
            found = examples_of(graph, labels)
            if not found:
                raise click.UsageError(
                    f"No relation is called {' or '.join(labels)} in this graph."
                )
            with destination(to) as file:
                for told in found:
                    row = {
                        "sentence": told.sentence,
                        "subject": told.subject,
                        "object": told.object,
                    }
                    file.write(json.dumps(row, ensure_ascii=False) + "\n")
            return 0
        suggestions = suggest(graph, least=least, most=most)
    with destination(to) as file:
        for one in suggestions:
            words = ", ".join(f"{label} ({count})" for label, count in one.labels)
            file.write(plain(f"{one.what}: {words}\n"))
            for told in one.examples:
                file.write(plain(f"    {told.subject} | {told.object}\n"))
                file.write(plain(f"      {told.sentence}  ({told.source})\n"))
    if not suggestions:
        click.echo("The ontology has all that this graph uses so often; see --least.", err=True)
    return 0
