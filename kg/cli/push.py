"""``kg push``."""

from __future__ import annotations

import os
from pathlib import Path

import click

from kg.cli.terminal import graph_option

#: The environment variables of what no command line shows.
TOKEN, PASSWORD = "KG_PUSH_TOKEN", "KG_PUSH_PASSWORD"


@click.command("push")
@click.argument("endpoint", metavar="URL")
@graph_option
@click.option(
    "--to-graph", metavar="IRI", help="The named graph there; without it, the default one."
)
@click.option("--batch", type=click.IntRange(1, 100_000), default=1000, show_default=True,
              help="Triples sent at once.")  # fmt: skip
@click.option("--user", help=f"Where the store asks for a name; the password is in {PASSWORD}.")
@click.option("--whole", is_flag=True, help="Send all of it, as to a store that was emptied.")
@click.option("--dry-run", "dry", is_flag=True, help="Send nothing; only count what differs.")
def command(
    endpoint: str,
    folder: Path,
    to_graph: str | None,
    batch: int,
    user: str | None,
    whole: bool,
    dry: bool,
) -> None:
    """Send what changed since the last push to another store.

    URL is where it takes SPARQL 1.1 Update: http://localhost:7878/update of Oxigraph's server. A token is
    taken from KG_PUSH_TOKEN. A push that is stopped goes on where it was.
    """
    from kg.knowledge_graph import Graph
    from kg.push import Store, push

    store = Store(
        endpoint, to_graph, token=os.environ.get(TOKEN), user=user,
        password=os.environ.get(PASSWORD, ""),
    )  # fmt: skip
    with Graph(folder) as graph:
        done = push(graph, store, batch=batch, whole=whole, dry=dry)
    verb = ("to add", "to take away") if dry else ("added", "taken away")
    click.echo(f"{done.added:,} triples {verb[0]}, {done.removed:,} {verb[1]}.")
