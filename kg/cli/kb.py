"""``kg kb``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.cli.terminal import plain, table

FORMS = ("tsv", "turtle", "wikidata", "geonames")


@click.group("kb")
def command() -> None:
    """Make a knowledge base that 'kg build --kb' looks names up in; look one up."""


@command.command("make")
@click.argument("sources", nargs=-1, required=True, metavar="FILE...",
                type=click.Path(exists=True, dir_okay=False, path_type=Path))  # fmt: skip
@click.option("--to", required=True, type=click.Path(dir_okay=False, path_type=Path),
              help="The file to write, such as base.sqlite.")  # fmt: skip
@click.option("--form", type=click.Choice(FORMS), help="What the files are; without it, they tell.")
@click.option("--class", "default", default="", metavar="CLASS",
              help="Class of the things of a table that has none for them.")  # fmt: skip
def make(sources: tuple[Path, ...], to: Path, form: str | None, default: str) -> None:
    """Make one of a Wikidata JSON dump, of tables (.tsv) of Wikidata or your own, of GeoNames tables, or of
    Turtle. Files may be packed (.gz, .bz2); they are read line by line (Turtle: whole)."""
    from kg.kb.entries import entries
    from kg.kb.index import write_index

    things = (entry for source in sources for entry in entries(source, form, default))
    click.echo(f"{to}: {write_index(things, to):,} things.", err=True)


@command.command("find")
@click.argument("name")
@click.option("--kb", "source", default="places", show_default=True, metavar="FILE",
              help="What 'kg kb make' wrote, or 'places': the shipped one.")  # fmt: skip
def find(name: str, source: str) -> None:
    """Show what a name can mean."""
    import tempfile

    from kg.kb.index import KnowledgeBase, name_key
    from kg.kb.keeping import take_base
    from kg.layout import KB

    with tempfile.TemporaryDirectory(prefix="kg-") as folder:
        take_base(source, Path(folder))
        with KnowledgeBase(Path(folder) / KB) as base:
            keys = {name_key(name, kind) for kind in ("Person", "Place")}
            found = {c.entry.id: c.entry for key in sorted(keys) for c in base.candidates(key)}
    rows = [
        (e.label, e.type, e.description, ", ".join(e.within), int(e.rank), e.id)
        for e in sorted(found.values(), key=lambda e: (-e.rank, e.id))
    ]
    if not rows:
        click.echo(f"Nothing is called {plain(name)!r} there.", err=True)
        return
    table("", ("name", "class", "what", "within", "rank", "id"), rows, file=sys.stdout)
