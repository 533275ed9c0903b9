"""``kg check``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from kg.cli.terminal import graph_option, plain

SHOWN = 50


@click.command("check")
@graph_option
@click.option("--deep", is_flag=True, help="Read every byte of the store and of all results, too.")
def command(folder: Path, deep: bool) -> int:
    """Check the graph against its rules (SHACL), and its files against what was written.

    Exit code 1 when a rule is broken or a file is damaged.
    """
    from kg.damage import damage
    from kg.knowledge_graph import Graph

    if damaged := damage(folder, deep=deep):
        _show(damaged)
        click.echo(
            f"{len(damaged)} damaged. Build again: kg build SOURCE --out {folder}; what is sound "
            "is kept.",
            err=True,
        )
        return 1
    with Graph(folder) as graph:
        found = graph.check()
    _show([str(violation) for violation in found])
    click.echo(f"{len(found)} broken rules." if found else "Clean.", err=True)
    return 1 if found else 0


def _show(lines: Sequence[str]) -> None:
    for line in lines[:SHOWN]:
        click.echo(plain(line))
    if len(lines) > SHOWN:
        click.echo(f"... and {len(lines) - SHOWN} more.")
