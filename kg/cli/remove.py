"""``kg remove``."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.build import news, summary
from kg.cli.terminal import graph_option, progress


@click.command("remove")
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@graph_option
@click.option("--quiet", "-q", is_flag=True, help="No progress bar, no table.")
def command(
    articles: tuple[str, ...],
    folder: Path,
    quiet: bool,
) -> int:
    """Take articles out, with all that only they support.

    An ARTICLE is its id, the start of its id, or its file name. Afterwards every export is what a
    build without the article would have written.
    """
    from kg.building import remove

    with progress(quiet=quiet) as tell:
        report = remove(articles, folder, progress=tell)
    click.echo(f"Removed {report.removed}.", err=True)
    if quiet:
        news(report)
    else:
        summary(report)
    return 3 if report.failures else 0
