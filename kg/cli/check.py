"""``kg check``."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.terminal import graph_option, plain

SHOWN = 50


@click.command("check")
@graph_option
def command(folder: Path) -> int:
    """Check the graph against its rules (SHACL): exit code 1 when one is broken."""
    from kg.knowledge_graph import Graph

    with Graph(folder) as graph:
        found = graph.check()
    for violation in found[:SHOWN]:
        click.echo(plain(str(violation)))
    if len(found) > SHOWN:
        click.echo(f"... and {len(found) - SHOWN} more.")
    click.echo(f"{len(found)} broken rules." if found else "Clean.", err=True)
    return 1 if found else 0
