"""``kg view``."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.terminal import graph_option, to_option


def _split(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """``("Person,Place", "Event")`` as three names."""
    return tuple(name for value in values for part in value.split(",") if (name := part.strip()))


@click.command("view")
@graph_option
@to_option
@click.option("--focus", help="Show only what is around this name.")
@click.option("--hops", type=click.IntRange(1, 3), default=1, show_default=True,
              help="How far around --focus.")  # fmt: skip
@click.option("--since", help="Only articles of this date (2025-08-06, 2025-08, 2025) or later.")
@click.option("--until", help="Only articles of this date or earlier.")
@click.option("--types", "--type", "types", multiple=True, callback=_split,
              help="Only statements about these types: Person,Place; repeatable.")  # fmt: skip
@click.option("--status", "statuses", multiple=True, callback=_split,
              help="Only these statuses: asserted,claimed; repeatable.")  # fmt: skip
@click.option("--min-sources", type=click.IntRange(1), default=1, show_default=True,
              help="Only what so many independent sources say.")  # fmt: skip
@click.option("--all", "everything", is_flag=True,
              help="Show rhetoric, too: something abstract that signals something abstract.")  # fmt: skip
@click.option("--topics", is_flag=True, help="Show things without a name of their own, too.")
@click.option("--excerpts", is_flag=True,
              help="Of the articles' texts take along only the paragraphs that statements stand in.")  # fmt: skip
@click.option("--title", help="The page's title.")
@click.option("--pyvis", is_flag=True,
              help="As pyvis draws it: small graphs, to go on with in vis-network. Without --to, network.html.")  # fmt: skip
@click.option("--open", "open_", is_flag=True, help="Open the page in a browser.")
def command(
    folder: Path,
    to: Path | None,
    focus: str | None,
    hops: int,
    since: str | None,
    until: str | None,
    types: tuple[str, ...],
    statuses: tuple[str, ...],
    min_sources: int,
    everything: bool,
    topics: bool,
    excerpts: bool,
    title: str | None,
    pyvis: bool,
    open_: bool,
) -> None:
    """Write the graph as one HTML file to look at; it needs no network.

    Without --to, it is graph.html in the graph's folder.
    """
    from kg.knowledge_graph import Graph

    more = {"title": title} if title else {}
    with Graph(folder) as graph:
        write = graph.network_page if pyvis else graph.view
        path = write(
            to, focus=focus, hops=hops, since=since, until=until, types=types, statuses=statuses,
            min_sources=min_sources, everything=everything, topics=topics,
            excerpts=excerpts, **more,
        )  # fmt: skip
    click.echo(str(path))
    if open_:
        click.launch(str(path))
