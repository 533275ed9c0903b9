"""``kg mcp``."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.terminal import graph_option


@click.command("mcp")
@graph_option
@click.option("--old", type=click.Path(exists=True, path_type=Path), metavar="FOLDER|FILE",
              help="An older graph, or a .ttl or .nt file of one, that diff compares with.")  # fmt: skip
@click.option("--timeout", type=click.FloatRange(0.1, 3600), default=30, show_default=True,
              metavar="SECONDS", help="End a call after so long.")  # fmt: skip
@click.option("--kilobytes", type=click.IntRange(1), default=256, show_default=True,
              help="How long an answer may be.")  # fmt: skip
@click.option("--memory", type=click.IntRange(0), default=2048, show_default=True,
              help="Megabytes that a worker may use; 0: any.")  # fmt: skip
def command(folder: Path, old: Path | None, timeout: float, kilobytes: int, memory: int) -> None:
    """Offer the graph to an assistant: Model Context Protocol on stdin and stdout.

    Tools: ask, search, explain, quotes, query and, with --old, diff. Read-only; each answer has status,
    passage and source.
    """
    from kg.serve import Options, offer

    options = Options(
        folder, workers=1, timeout=timeout, rows=1000, bytes=kilobytes << 10, memory=memory
    )
    offer(options, old)
