"""``kg build``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.terminal import plain, progress, table

if TYPE_CHECKING:
    from kg.building import Report

#: Failures told one by one; the others as a number.
TOLD = 20


@click.command("build")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option(
    "--out",
    "-o",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("output"),
    show_default=True,
    help="The folder to write; an existing graph in it is brought up to date.",
)
@click.option(
    "--jobs",
    "-j",
    type=click.IntRange(0, 256),
    help="Processes to work in, with 300 MB of memory each. Left out, or 0: as many as there are "
    "cores, at most one for ten articles and for 600 MB of the machine's memory.",
)
@click.option("--runner", help="How to run over articles (see 'kg components').")
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="A Dask cluster to run on (tcp://HOST:8786), with --runner dask; it needs kg[dask].",
)
@click.option(
    "--pipeline", help="A spaCy pipeline, by name or folder, in place of the shipped one."
)
@click.option(
    "--seeds",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Turtle file of entities known beforehand, used beside the shipped ones.",
)
@click.option("--no-seeds", is_flag=True, help="Don't use the shipped seed entities.")
@click.option(
    "--ontology",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="File of classes and relations (Turtle or RDF/XML), used beside the shipped ones.",
)
@click.option(
    "--only",
    is_flag=True,
    help="Leave out of the facts all that the file of --ontology does not declare, or map to ours.",
)
@click.option(
    "--lexicon",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Turtle file of words for relations, used beside the shipped ones.",
)
@click.option(
    "--infer",
    is_flag=True,
    help="Write what follows from the facts, in a graph of its own; see kg query --infer.",
)
@click.option(
    "--meta",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Table (.csv, .jsonl, .toml) of title, date, publisher... by file name.",
)
@click.option(
    "--sure",
    type=click.FloatRange(0, 1),
    help="Leave out what is less likely than this to be right, 0 to 1.",
)
@click.option("--follow", is_flag=True, help="Fetch the pages that feeds and sitemaps name.")
@click.option(
    "--corrections",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="File of corrections (see 'kg corrections export'), beside those of the graph itself.",
)
@click.option("--turtle/--no-turtle", default=None, help="Write graph.ttl, or not.")
@click.option("--page/--no-page", default=None, help="Write graph.html, or not.")
@click.option(
    "--anew", is_flag=True, help="Merge and store all articles anew, also where few changed."
)
@click.option(
    "--kb",
    metavar="FILE",
    help="Knowledge base to look names up in: made by 'kg kb make', or a .tsv or .ttl file; 'places' "
    "or 'world' come along. The graph keeps it, and is then merged anew by each build; 'none' takes it away.",
)
@click.option(
    "--config", type=click.Path(dir_okay=False, path_type=Path), help="Settings file (TOML)."
)
@click.option("--quiet", "-q", is_flag=True, help="No progress bar, no table.")
@click.option("--json", "as_json", is_flag=True, help="Write the report to stdout as JSON.")
def command(
    sources: tuple[str, ...],
    out: Path,
    jobs: int | None,
    runner: str | None,
    scheduler: str | None,
    pipeline: str | None,
    seeds: Path | None,
    no_seeds: bool,
    ontology: Path | None,
    only: bool,
    lexicon: Path | None,
    infer: bool,
    meta: Path | None,
    sure: float | None,
    follow: bool,
    corrections: Path | None,
    turtle: bool | None,
    page: bool | None,
    anew: bool,
    kb: str | None,
    config: Path | None,
    quiet: bool,
    as_json: bool,
) -> int:
    """Read articles and build the graph, or bring it up to date.

    A SOURCE is a file (.txt, .md, .html, .jsonl, .pdf, .docx, .odt, .epub, .eml, .mbox, .warc,
    .wacz, a feed or sitemap, .gz or .zip of them), a folder, an http(s) address, or - for standard input. Over an
    existing output only new and changed articles are processed: a changed file takes the place of
    its older version, everything else stays. A build that was interrupted goes on where it stopped.
    """
    from kg.building import build
    from kg.config import load_config
    from kg.run.cores import usable

    given: dict[str, dict[str, object]] = {
        "build": {}, "pipeline": {}, "read": {}, "resolve": {}, "graph": {}
    }  # fmt: skip
    if pipeline is not None:
        given["pipeline"]["name"] = pipeline
    if sure is not None:
        for limit in ("", "_relation", "_named", "_unnamed", "_little", "_sensitive"):
            given["pipeline"][f"confidence{limit}"] = sure
        given["pipeline"] |= {"worth": 0.0, "worth_quoted": 0.0}
    given["build"] |= _told(
        jobs=jobs, runner=runner, scheduler=scheduler, turtle=turtle, page=page, anew=anew or None
    )
    if follow:
        given["read"]["follow"] = True
    if no_seeds:
        given["resolve"]["seeds"] = False
    if ontology is not None:
        given["graph"]["ontology"] = str(ontology)
    if lexicon is not None:
        given["pipeline"]["lexicon"] = str(lexicon)
    given["graph"] |= _told(only=only or None, infer=infer or None)
    settings = load_config(config, **given)
    with progress(quiet=quiet) as tell:
        report = build(
            sources, out, settings=settings, seeds=seeds, meta=meta, corrections=corrections,
            kb=kb, cores=usable(), progress=tell,
        )  # fmt: skip
    if as_json:
        from kg.results import to_plain

        news(report)
        click.echo(json.dumps(to_plain(report), sort_keys=True))
    elif quiet:
        news(report)
    else:
        summary(report)
    return 3 if report.failures else 0


def _told(**wanted: object) -> dict[str, object]:
    """The settings that an option was given for."""
    return {name: value for name, value in wanted.items() if value is not None}


def news(report: Report) -> None:
    """What was repaired, what was read in part, what failed, which dates cannot be told and which
    corrections don't hold, on stderr."""
    for line in report.repaired[:TOLD]:
        click.echo(plain(f"repaired: {line}"), err=True)
    if len(report.repaired) > TOLD:
        click.echo(f"... and {len(report.repaired) - TOLD} more repaired.", err=True)
    for line in report.partial[:TOLD]:
        click.echo(plain(f"in part: {line}."), err=True)
    if len(report.partial) > TOLD:
        click.echo(f"... and {len(report.partial) - TOLD} more in part.", err=True)
    for failure in report.failures[:TOLD]:
        click.echo(plain(f"failed: {failure.error} {failure.hint}".rstrip()), err=True)
    if len(report.failures) > TOLD:
        click.echo(f"... and {len(report.failures) - TOLD} more failures.", err=True)
    for line in report.two_ways[:TOLD]:
        click.echo(plain(f"left without a value: {line}"), err=True)
    if len(report.two_ways) > TOLD:
        click.echo(f"... and {len(report.two_ways) - TOLD} more left without a value.", err=True)
    for line in report.uncorrected[:TOLD]:
        click.echo(plain(f"correction {line}"), err=True)
    if len(report.uncorrected) > TOLD:
        click.echo(f"... and {len(report.uncorrected) - TOLD} more; kg corrections check", err=True)


def summary(report: Report) -> None:
    """The report on stderr: what was read and what was not and why, what is in the graph, what to
    do next."""
    part, failed = len(report.partial), len(report.failures)
    if report.read or failed:
        whole = max(report.read - part - sum(f.stage != "read" for f in report.failures), 0)
        click.echo(
            f"Articles read whole: {whole:,}, in part: {part:,}, not at all: {failed:,}.", err=True
        )
    news(report)
    if report.unread:
        kinds = ", ".join(f"{ending} ({count:,})" for ending, count in report.unread[:12])
        click.echo(f"Files that nobody reads, passed over: {plain(kinds)}", err=True)
    table(
        "",
        ("", "now in the graph"),
        [
            ("articles", report.articles),
            ("  of these new or changed", report.processed),
            ("  replaced older versions", report.replaced),
            ("sentences", report.sentences),
            ("  that gave nothing", report.silent),
            ("quotes", report.quotes),
            *((f"statements {status}", count) for status, count in report.statements),
            *([("facts that follow", report.inferred)] if report.inferred else []),
            *((f"entities {kind}", count) for kind, count in report.entities),
            ("sensitive statements, unchecked", report.unchecked),
            *([("corrections", report.corrected)] if report.corrected else []),
            ("failures", len(report.failures)),
        ],
        file=sys.stderr,
    )
    if report.open:
        words = ", ".join(f"{label} ({count})" for label, count in report.open[:8])
        click.echo(f"Not in the ontology yet, kept in their own words: {plain(words)}", err=True)
    if report.outputs:
        click.echo(f"Written: {', '.join(report.outputs)}", err=True)
    click.echo("Next:", err=True)
    for what, do in _next(report):
        click.echo(f"  {what:<8}{do}", err=True)


def _next(report: Report) -> Iterator[tuple[str, str]]:
    """What a person does next, and the command for it."""
    import shlex

    here = "" if report.out == "output" else f" --graph {shlex.quote(report.out)}"
    page = next((path for path in report.outputs if path.endswith(".html")), None)
    if page:
        yield "look", f"open {page} in a browser"
    yield "ask", f"kg ask 'Who ...?'{here}; kg query --list"
    if report.unchecked:
        yield "verify", f"kg query sensitive{here}   (what can hurt somebody and nobody checked)"
    yield (
        ("" if report.unchecked else "verify"),
        f"kg explain NAME{here}   (the passages behind it)",
    )
    yield "mend", f"kg correct reject STATEMENT{here}; kg correct --help"
