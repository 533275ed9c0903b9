"""``kg stats``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kg.cli.terminal import destination, graph_option, table, to_option


@click.command("stats")
@graph_option
@to_option
@click.option("--top", type=click.IntRange(1), default=10, show_default=True,
              help="Length of the rankings.")  # fmt: skip
@click.option("--all", "everything", is_flag=True, help="Count rhetoric with the rest.")
@click.option("--json", "as_json", is_flag=True, help="Write the numbers as JSON.")
def command(folder: Path, to: Path | None, top: int, everything: bool, as_json: bool) -> None:
    """Count what is in the graph: entities, statements, relations, the most connected things."""
    from kg.knowledge_graph import Graph
    from kg.results import to_plain

    with Graph(folder) as graph:
        found = graph.stats(top, everything=everything)
    with destination(to) as file:
        if as_json:
            file.write(json.dumps(to_plain(found), sort_keys=True) + "\n")
            return
        whole = [
            ("triples", found.triples),
            ("articles", found.articles),
            ("quotes", found.quotes),
            ("passages", found.evidence),
            ("sensitive, unchecked", found.unchecked),
            ("connected parts", found.components),
            ("rhetoric, set apart (--all)", found.apart),
        ]
        table("", ("in the graph", "count"), whole, file=file)
        for title, rows in (
            ("entities", found.entities),
            ("statements", found.statements),
            ("events", found.events),
            ("relations", found.relations),
            ("not in the ontology yet", found.open_relations),
        ):
            table("", (title, "count"), rows, file=file)
        columns = ("most connected", "type", "neighbours", "statements")
        table("", columns, found.connected, file=file)
