"""``kg correct``: one subcommand a kind of correction, each a call of `kg.corrections`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.build import news
from kg.cli.terminal import graph_option, plain, progress

if TYPE_CHECKING:
    from kg.building import Report
    from kg.model import Correction


class _Kinds(click.Group):
    """Subcommands in the order they are told in."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


@click.group("correct", cls=_Kinds, context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Say what the graph has wrong: every build from then on respects it.

    A name is a label, another name, an IRI or a prefixed name. A STATEMENT is its IRI (stmt:...,
    'kg explain --ids' shows it), or subject, predicate and object in words. No article is read
    again. 'kg corrections' lists what was said, and takes it back.
    """


def _signed(function: Callable[..., int]) -> Callable[..., int]:
    """The options that all kinds have."""
    for option in (
        click.option("--quiet", "-q", is_flag=True, help="No progress bar."),
        click.option("--why", default="", help="The reason."),
        click.option("--date", default="", help="When, like 2026-11-30; 'today' for today."),
        click.option("--editor", default="", help="Who says so."),
        graph_option,
    ):
        function = option(function)
    return function


def _status_option(function: Callable[..., int]) -> Callable[..., int]:
    return click.option("--by", metavar="WHO", help="Who says it, if not the article.")(function)


@command.command()
@click.argument("keep", metavar="A")
@click.argument("other", metavar="B")
@_signed
def merge(keep: str, other: str, folder: Path, quiet: bool, **signed: str) -> int:
    """A and B are one: A, with its name and class."""
    return _correct("merge", (keep, other), folder, quiet, signed)


@command.command()
@click.argument("name", metavar="A")
@click.option("--mention", "-m", "mentions", multiple=True, metavar="WORDS",
              help="Mentions that read so; with --article also one place: START-END.")  # fmt: skip
@click.option("--article", metavar="ARTICLE", help="Only there; without --mention: all there.")
@click.option("--as", "to", metavar="NAME", help="What they mean; default: what they say.")
@_signed
def split(
    name: str,
    mentions: tuple[str, ...],
    article: str | None,
    to: str | None,
    folder: Path,
    quiet: bool,
    **signed: str,
) -> int:
    """Some mentions of A mean somebody or something else."""
    more = {"article": article, "to": to}
    return _correct("split", (name, mentions), folder, quiet, signed, **more)


@command.command()
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@_signed
def distinct(one: str, other: str, folder: Path, quiet: bool, **signed: str) -> int:
    """A and B are never one thing, whatever an article says."""
    return _correct("distinct", (one, other), folder, quiet, signed)


@command.command()
@click.argument("name", metavar="A")
@click.argument("to", metavar="NAME")
@_signed
def rename(name: str, to: str, folder: Path, quiet: bool, **signed: str) -> int:
    """A is called NAME; its IRI stays."""
    return _correct("rename", (name, to), folder, quiet, signed)


@command.command()
@click.argument("name", metavar="A")
@click.argument("to", metavar="CLASS")
@_signed
def retype(name: str, to: str, folder: Path, quiet: bool, **signed: str) -> int:
    """A is of this class of the ontology (Company, Film...); its IRI stays."""
    return _correct("retype", (name, to), folder, quiet, signed)


@command.command()
@click.argument("name", metavar="A")
@click.argument("to", metavar="NAME")
@_signed
def alias(name: str, to: str, folder: Path, quiet: bool, **signed: str) -> int:
    """A is called NAME, too; what articles call so is A."""
    return _correct("alias", (name, to), folder, quiet, signed)


@command.command()
@click.argument("name", metavar="A")
@click.argument("to", metavar="QID")
@_signed
def link(name: str, to: str, folder: Path, quiet: bool, **signed: str) -> int:
    """A is Wikidata's QID (Q42), or what has that address."""
    return _correct("link", (name, to), folder, quiet, signed)


@command.command()
@click.argument("statement", nargs=-1, required=True, metavar="STATEMENT")
@_signed
def reject(statement: tuple[str, ...], folder: Path, quiet: bool, **signed: str) -> int:
    """The passages of STATEMENT do not say it: it goes."""
    return _correct("reject", (statement,), folder, quiet, signed)


@command.command()
@click.argument("statement", nargs=-1, required=True, metavar="STATEMENT")
@_signed
def confirm(statement: tuple[str, ...], folder: Path, quiet: bool, **signed: str) -> int:
    """The passages of STATEMENT say it."""
    return _correct("confirm", (statement,), folder, quiet, signed)


@command.command()
@click.argument("statement", nargs=-1, required=True, metavar="STATEMENT")
@click.argument("to", metavar="STATUS")
@_status_option
@_signed
def status(
    statement: tuple[str, ...], to: str, by: str | None, folder: Path, quiet: bool, **signed: str
) -> int:
    """STATEMENT is asserted, claimed, possible, planned, hypothetical or denied."""
    return _correct("status", (statement, to), folder, quiet, signed, by=by)


@command.command()
@click.argument("subject", metavar="S")
@click.argument("predicate", metavar="P")
@click.argument("object", metavar="O")
@click.option("--passage", required=True, type=(str, int, int), metavar="ARTICLE START END",
              help="The words that say it, as 'kg explain' counts them.")  # fmt: skip
@click.option("--status", "to", default="asserted", show_default=True, help="Its status.")
@_status_option
@_signed
def add(
    subject: str,
    predicate: str,
    object: str,
    passage: tuple[str, int, int],
    to: str,
    by: str | None,
    folder: Path,
    quiet: bool,
    **signed: str,
) -> int:
    """A passage says S P O, and kg did not read it."""
    parts = (subject, predicate, object, passage)
    return _correct("add", parts, folder, quiet, signed, to=to, by=by)


def _correct(
    what: str,
    about: tuple[Any, ...],
    folder: Path,
    quiet: bool,
    signed: dict[str, str],
    **more: Any,
) -> int:
    from kg import corrections
    from kg.building import correct
    from kg.knowledge_graph import Graph

    if signed["date"] == "today":
        from datetime import date

        signed = {**signed, "date": date.today().isoformat()}
    with Graph(folder) as graph:
        made: Correction = getattr(corrections, what)(graph, *about, **more, **signed)
    with progress(quiet=quiet) as tell:
        report = correct([made], folder, progress=tell)
    click.echo(plain(f"{made.id}  {corrections.told(made)}"))
    return outcome(report)


def outcome(report: Report) -> int:
    """Tell what does not hold; the exit code is 3 then."""
    news(report)
    return 3 if report.uncorrected or report.failures else 0
