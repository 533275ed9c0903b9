"""``kg pull``."""

from __future__ import annotations

import os
from pathlib import Path

import click

from kg.cli.push import PASSWORD, TOKEN
from kg.cli.terminal import progress


@click.command("pull")
@click.argument("endpoint", metavar="URL")
@click.option("--to", required=True, type=click.Path(path_type=Path), metavar="FILE|FOLDER",
              help="A name with .ttl, .nt or .nt.gz is a file; any other a folder with a graph to ask.")  # fmt: skip
@click.option(
    "--from-graph", metavar="IRI", help="The named graph there; without it, the default one."
)
@click.option("--batch", type=click.IntRange(1, 1_000_000), default=5000, show_default=True,
              help="Triples asked for at once, about.")  # fmt: skip
@click.option("--most", type=click.IntRange(1), default=100_000_000, show_default=True,
              help="Refuse a graph of more triples.")  # fmt: skip
@click.option("--user", help=f"Where the store asks for a name; the password is in {PASSWORD}.")
def command(
    endpoint: str, to: Path, from_graph: str | None, batch: int, most: int, user: str | None
) -> None:
    """Take a graph from another store.

    URL is where it answers SPARQL queries: http://localhost:7878/query of Oxigraph's server. A token is
    taken from KG_PUSH_TOKEN. All triples are counted; a pull that is stopped goes on where it was.
    """
    from kg.pull import pull
    from kg.remote import Store

    store = Store(
        endpoint, from_graph, token=os.environ.get(TOKEN), user=user,
        password=os.environ.get(PASSWORD, ""),
    )  # fmt: skip
    with progress() as tell:
        count = pull(store, to, batch=batch, most=most, progress=tell)
    click.echo(f"{count:,} triples in {to}.")
