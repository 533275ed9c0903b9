"""``kg export``."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.terminal import destination, graph_option, raw_option


@click.command("export")
@click.option(
    "--format",
    "-f",
    "form",
    default="turtle",
    show_default=True,
    help="turtle, nt, trig, jsonld, jsonl, articles, events, graphml, gexf, csv, parquet, ftm, or another that 'kg components' "
    "lists.",
)
@graph_option
@click.option(
    "--to",
    type=click.Path(),
    help="Write to this file; csv to a folder, or to NAME/: nodes.csv and relationships.csv; "
    "parquet to a folder of tables.",
)
@click.option(
    "--shards",
    type=click.IntRange(1, 256),
    metavar="N",
    help="Write N files to the folder --to, all of an entity in one: turtle, nt, jsonl, articles, csv.",
)
@raw_option
@click.option(
    "--infer",
    is_flag=True,
    help="Write what follows from the facts, too, marked and with what it follows from.",
)
def command(
    form: str, folder: Path, to: str | None, shards: int | None, raw: bool, infer: bool
) -> None:
    """Write the graph in an exchange format, sorted: two runs differ only where the articles do.

    jsonl is one statement a line, events one event; articles is the cleaned text that every offset
    counts in.
    """
    from kg.knowledge_graph import Graph

    if shards is not None and to is None:
        raise click.UsageError("--shards writes files to a folder: name it with --to.")
    if shards is not None and infer:
        raise click.UsageError("--shards writes what texts say; leave out --infer, or --shards.")
    with Graph(folder) as graph:
        if shards is not None and to is not None:
            graph.export_shards(form, to, shards, raw=raw)
            return
        if to is not None:
            graph.export(form, to, raw=raw, infer=infer)
            return
        with destination(None) as file:
            graph.export(form, file, raw=raw, infer=infer)
